use serde_json::{Map, Value};

use super::Date;
use super::boilerplate::{Boilerplate, Margins};
use super::entities::decoded;
use crate::text::{Language, beginning};

/// One article, as read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// The id that its record gives it, if any.
    pub id: Option<String>,
    /// Its path inside its file, if that is an archive.
    pub inside: Option<String>,
    /// Its place in a file of records: the line of a JSON Lines file, the place in a list. `None` for the only piece of a file.
    pub record: Option<u64>,
    /// Its headline.
    pub title: Option<String>,
    /// Its authors' names.
    pub authors: Vec<String>,
    /// The outlet that published it.
    pub source: Option<String>,
    /// When it was published.
    pub date: Option<Date>,
    /// The language that its metadata names.
    pub language: Option<Language>,
    /// Where it was published.
    pub url: Option<String>,
    /// Opinion, news, statement, interview …, as its metadata calls it, in small letters.
    pub kind: Option<String>,
    /// Its subjects, as its metadata calls them.
    pub tags: Vec<String>,
    /// Its text. All spans of the piece are byte ranges of this.
    pub text: String,
    /// Where its text stands in the file.
    pub lines: Lines,
    /// If it is a saved page of a known site: by what the site's boilerplate is found, and what was left out as such.
    pub margins: Option<Box<Margins>>,
}

/// The line of the file in which each part of a text stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Lines {
    /// Lines mean nothing to a reader (a saved page).
    #[default]
    None,
    /// A record, all in one line or beginning there.
    Record(u64),
    /// Line by line: the text from each byte offset on stands in that line, counted from 1. Sorted.
    Text(Vec<(usize, u64)>),
    /// Page by page: the text from each byte offset on stands on that page, counted from 1. Sorted.
    Pages(Vec<(usize, u64)>),
}

impl Lines {
    /// The line in which byte `offset` of the text stands.
    #[must_use]
    pub fn at(&self, offset: usize) -> Option<u64> {
        match self {
            Self::None | Self::Pages(_) => None,
            Self::Record(line) => Some(*line),
            Self::Text(starts) => last_before(starts, offset).map(|(_, line)| line),
        }
    }

    /// Those of the text from byte `start` to `end`.
    fn part(&self, start: usize, end: usize) -> Self {
        let inside = |starts: &[(usize, u64)]| {
            let first = last_before(starts, start).map(|(_, number)| (0, number));
            let rest = starts.iter().filter(|&&(place, _)| place > start && place < end).map(|&(place, number)| (place - start, number));
            first.into_iter().chain(rest).collect()
        };
        match self {
            Self::None => Self::None,
            Self::Record(line) => Self::Record(*line),
            Self::Text(starts) => Self::Text(inside(starts)),
            Self::Pages(starts) => Self::Pages(inside(starts)),
        }
    }

    /// The page on which byte `offset` of the text stands.
    #[must_use]
    pub fn page(&self, offset: usize) -> Option<u64> {
        let Self::Pages(starts) = self else { return None };
        last_before(starts, offset).map(|(_, page)| page)
    }

    /// The byte of the text at which the line in which byte `offset` stands begins, as far as the text has kept its lines.
    #[must_use]
    pub fn start(&self, offset: usize) -> Option<usize> {
        let Self::Text(starts) = self else { return None };
        last_before(starts, offset).map(|(start, _)| start)
    }
}

/// Where a part of `text` that begins at `start` ends: at most `limit` bytes on.
pub(super) fn cut_place(text: &str, start: usize, limit: usize) -> usize {
    let mut end = start.saturating_add(limit).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    if end == text.len() {
        return end;
    }
    // A cut in the first half would make many small parts.
    let mut half = start + (end - start) / 2;
    while !text.is_char_boundary(half) {
        half += 1;
    }
    let room = text.get(half..end).unwrap_or_default();
    let cut = ["\n\n", "\n", ". ", "。", " "].iter().find_map(|mark| room.rfind(mark).map(|at| half + at + mark.len()));
    // A character that is longer than the limit is a part of its own.
    cut.unwrap_or(end).max(start + text.get(start..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8))
}

fn last_before(starts: &[(usize, u64)], offset: usize) -> Option<(usize, u64)> {
    starts.partition_point(|&(start, _)| start <= offset).checked_sub(1).and_then(|at| starts.get(at)).copied()
}

impl Piece {
    /// Fills in what the fields of a record say: JSON, front matter, HTML metadata. Unknown fields are ignored, empty ones too; of two
    /// names for one thing the first in the list wins.
    #[must_use]
    pub fn from_fields(fields: &Map<String, Value>) -> Self {
        let text = |names: &[&str]| names.iter().find_map(|name| field(fields, name).and_then(plain));
        let list = |names: &[&str]| names.iter().find_map(|name| field(fields, name).map(names_in)).unwrap_or_default();
        Self {
            id: text(&["id", "_id"]),
            inside: None,
            record: None,
            title: text(&["title", "headline"]).map(|title| one_line(&decoded(title))).filter(|title| !title.is_empty()),
            authors: list(&["author", "authors", "byline"]),
            source: text(&["source", "outlet", "publisher", "site", "site_name"])
                .map(|source| cut_name(&decoded(source)))
                .filter(|source| !source.trim().is_empty()),
            date: Self::DATES.iter().find_map(|name| field(fields, name).and_then(plain).and_then(|date| Date::parse_field(&date))),
            language: text(&["lang", "language"]).and_then(|tag| Language::parse(&tag)),
            url: text(&["url", "link"]),
            kind: text(&["kind"]).map(|kind| kind.to_lowercase()),
            tags: list(&["tags", "keywords"]),
            text: text(&Self::TEXTS).unwrap_or_default(),
            lines: Lines::None,
            margins: None,
        }
    }

    /// What the field of a text is called.
    pub(super) const TEXTS: [&str; 4] = ["text", "body", "content", "contents"];

    /// What the field of a date is called.
    pub(super) const DATES: [&str; 4] = ["date", "published", "published_at", "datePublished"];

    /// Leaves `boilerplate`, that of its site, out of a saved page, and puts back what is not of it.
    pub fn settle(&mut self, boilerplate: &Boilerplate) {
        if let Some(margins) = &mut self.margins {
            margins.settle(&mut self.text, boilerplate);
        }
    }

    /// Whether a field of this name says anything of a piece: see [`Piece::from_fields`].
    pub(super) fn is_field(name: &str) -> bool {
        FIELDS.iter().any(|field| field.eq_ignore_ascii_case(name))
    }

    /// Itself in parts whose texts are at most `limit` bytes long, cut between paragraphs, else lines, else words, where there are any.
    pub(super) fn cut(self, limit: usize) -> Vec<Self> {
        let (mut head, mut parts) = (Self { margins: None, ..self }, Vec::new());
        let (whole, lines_of_all) = (std::mem::take(&mut head.text), std::mem::take(&mut head.lines));
        let mut start = 0;
        while start < whole.len() {
            let end = cut_place(&whole, start, limit);
            let text = whole.get(start..end).unwrap_or_default().to_owned();
            let lines = lines_of_all.part(start, end);
            parts.push(Self { text, lines, record: Some(parts.len() as u64 + 1), ..head.clone() });
            start = end;
        }
        parts
    }

    /// Whether there is nothing to find it by.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.title.as_ref().is_none_or(|title| title.trim().is_empty())
    }
}

/// The names of the fields that say anything of a piece.
const FIELDS: [&str; 27] = [
    "id",
    "_id",
    "title",
    "headline",
    "author",
    "authors",
    "byline",
    "source",
    "outlet",
    "publisher",
    "site",
    "site_name",
    "date",
    "published",
    "published_at",
    "datePublished",
    "lang",
    "language",
    "url",
    "link",
    "kind",
    "tags",
    "keywords",
    "text",
    "body",
    "content",
    "contents",
];

/// The field by its name in any case.
fn field<'f>(fields: &'f Map<String, Value>, name: &str) -> Option<&'f Value> {
    fields.get(name).or_else(|| fields.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value))
}

/// What a value says in words; a number says itself, a list what its parts say, an object its name.
pub(super) fn plain(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(values) => values.iter().filter_map(plain).collect::<Vec<_>>().join("\n\n"),
        Value::Object(fields) => return fields.get("name").and_then(plain),
        Value::Bool(_) | Value::Null => return None,
    };
    if text.trim().is_empty() { None } else { Some(text) }
}

/// The names in a value: a list's entries, or a text cut at semicolons, or at commas and "and" where that leaves whole names.
pub(super) fn names_in(value: &Value) -> Vec<String> {
    let names: Vec<String> = match value {
        Value::Array(values) => {
            let decoded = values.iter().filter_map(plain).map(decoded);
            decoded.map(|name| behind_by(name.trim()).map_or_else(|| name.clone(), ToOwned::to_owned)).collect()
        }
        // The semicolon of an entity parts no names.
        _ => plain(value).map(|text| split_names(&decoded(text))).unwrap_or_default(),
    };
    names.iter().map(|name| cut_name(&one_line(name))).filter(|name| !name.is_empty()).take(MOST_NAMES).collect()
}

/// More names than these are no authors or subjects of a piece, …
const MOST_NAMES: usize = 1_000;
/// … and what is longer than this, in bytes, is none of a person, an outlet or a subject.
const LONGEST_NAME: usize = 1_000;

/// `name`, as far as that may be one: all pieces of a file may have it.
pub(super) fn cut_name(name: &str) -> String {
    beginning(name, LONGEST_NAME).to_owned()
}

/// What stands before the names of those who wrote a piece.
const BY: [&str; 15] =
    ["By ", "BY ", "by ", "作者：", "作者:", "文／", "文/", "文｜", "撰文：", "撰文:", "Autor:", "Autora:", "Автор:", "بقلم", "Oleh:"];
/// The same, but it begins other lines and names, too: von Trapp.
const MAY_BE_BY: [&str; 5] = ["Par ", "Por ", "Von ", "Door ", "Oleh "];

/// What joins the last of several names to those before it. The y of Spanish stands in names as well.
pub(super) const JOINTS: [&str; 9] = [" and ", " & ", " und ", " et ", " e ", " en ", " och ", " og ", " и "];

/// What stands in `text` behind a word that says that it is the names of those who wrote a piece.
pub(super) fn behind_by(text: &str) -> Option<&str> {
    let is_full = |rest: &&str| rest.contains(' ') && rest.starts_with(char::is_uppercase);
    let sure = BY.iter().find_map(|by| text.strip_prefix(by));
    sure.or_else(|| MAY_BE_BY.iter().find_map(|by| text.strip_prefix(by)).filter(is_full))
        .map(|rest| rest.trim_start_matches([':', '：', ' ', '\u{3000}']))
}

fn split_names(text: &str) -> Vec<String> {
    let text = text.trim();
    let text = behind_by(text).unwrap_or(text);
    if text.contains([';', '；', '、', '|']) {
        return text.split([';', '；', '、', '|']).map(|name| name.trim().to_owned()).collect();
    }
    // "Jane Example, John Sample and Kim Muster" are three; "Perlis, A. J.", "AP, Seoul" and "José Ortega y Gasset" are left alone.
    let joined = JOINTS.iter().chain(&[" y "]).fold(text.to_owned(), |text, joint| text.replace(joint, ","));
    let parts: Vec<&str> = joined.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.len() > 1 && parts.iter().all(|part| part.split_whitespace().count() >= 2 && !part.contains('.')) {
        return parts.into_iter().map(ToOwned::to_owned).collect();
    }
    vec![text.to_owned()]
}

/// `text` with every run of white space made one space.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn piece(value: &Value) -> Piece {
        Piece::from_fields(value.as_object().unwrap())
    }

    #[test]
    fn fields_have_several_names() {
        let found = piece(&json!({
            "_id": 7, "Headline": " A\n title ", "contents": ["One.", "Two."], "published_at": "2024-01-24T08:00:00Z",
            "byline": "By Jane Example and John Sample", "site_name": "The Outlet", "link": "https://outlet.example/a", "language": "zh-Hans",
            "keywords": "sanctions; oil", "kind": "Opinion", "other": {"x": 1}, "url": null,
        }));
        assert_eq!(found.id.as_deref(), Some("7"));
        assert_eq!(found.title.as_deref(), Some("A title"));
        assert_eq!(found.text, "One.\n\nTwo.");
        assert_eq!(found.date.unwrap().to_string(), "2024-01-24");
        assert_eq!(found.authors, ["Jane Example", "John Sample"]);
        assert_eq!(found.source.as_deref(), Some("The Outlet"));
        assert_eq!(found.url.as_deref(), Some("https://outlet.example/a"));
        assert_eq!(found.language.unwrap().code(), "zh");
        assert_eq!(found.tags, ["sanctions", "oil"]);
        assert_eq!(found.kind.as_deref(), Some("opinion"));
    }

    #[test]
    fn every_name_of_a_field_says_something() {
        for name in FIELDS {
            assert!(Piece::is_field(&name.to_uppercase()));
            let value = if name.starts_with("lang") { "en" } else { "2024" };
            assert_ne!(piece(&json!({ name: value })), Piece::default(), "{name}");
        }
    }

    #[test]
    fn authors_are_names_in_any_form() {
        for (value, expected) in [
            (json!(["A B", {"name": "C D"}]), vec!["A B", "C D"]),
            (json!({"@type": "Person", "name": "E F"}), vec!["E F"]),
            (json!("Perlis, A. J.; Samelson, K."), vec!["Perlis, A. J.", "Samelson, K."]),
            (json!("孙一、李二"), vec!["孙一", "李二"]),
            (json!("Sample, Jenny"), vec!["Sample, Jenny"]),
            (json!("Von Erika Beispiel und Max Muster"), vec!["Erika Beispiel", "Max Muster"]),
            (json!(["Par Jeanne Exemple", "Von der Muster", "Von Muster"]), vec!["Jeanne Exemple", "Von der Muster", "Von Muster"]),
            (json!("José Ortega y Gasset"), vec!["José Ortega y Gasset"]),
            (json!("作者：孙一"), vec!["孙一"]),
            (json!("Автор: Анна Примерова и Иван Примеров"), vec!["Анна Примерова", "Иван Примеров"]),
            (json!(""), vec![]),
        ] {
            assert_eq!(piece(&json!({"author": value})).authors, expected, "{value}");
        }
    }

    #[test]
    fn entities_are_the_characters_they_stand_for() {
        let found = piece(&json!({
            "title": "Q&amp;A: what &lt;zero&gt; means &#8211; and AT&T", "author": ["&nbsp;", "A &#38; B"], "source": "R &amp; D",
            "tags": "oil &amp; gas; Espa&ntilde;a", "text": "R &amp; D",
        }));
        assert_eq!(found.title.as_deref(), Some("Q&A: what <zero> means – and AT&T"));
        assert_eq!((found.authors, found.tags), (vec!["A & B".to_owned()], vec!["oil & gas".to_owned(), "España".to_owned()]));
        assert_eq!((found.source.as_deref(), found.text.as_str()), (Some("R & D"), "R &amp; D"));
        assert_eq!(piece(&json!({"author": "Jane Example&nbsp;", "source": "&nbsp;"})).authors, ["Jane Example"]);
        assert_eq!(piece(&json!({"author": "&nbsp;", "source": "&nbsp;"})), Piece::default());
    }

    #[test]
    fn a_long_text_is_cut_between_paragraphs() {
        let text = "One one.\n\nTwo two two.\nThree.\n\n四四四四。五五五五五五五五五五。";
        let lines = Lines::Text(vec![(0, 1), (9, 2), (10, 3), (23, 4), (30, 5), (31, 6)]);
        let parts = Piece { title: Some("T".to_owned()), text: text.to_owned(), lines, ..Piece::default() }.cut(24);
        let found: Vec<_> = parts.iter().map(|part| (part.text.as_str(), part.record, part.lines.at(0))).collect();
        let expected = [("One one.\n\nTwo two two.\n", 1, 1), ("Three.\n\n四四四四。", 2, 4), ("五五五五五五五五", 3, 6), ("五五。", 4, 6)];
        assert_eq!(found, expected.map(|(text, record, line)| (text, Some(record), Some(line))));
        assert!(parts.iter().all(|part| part.title.as_deref() == Some("T")));
    }

    #[test]
    fn lines_are_those_of_the_nearest_start_before() {
        let lines = Lines::Text(vec![(0, 5), (10, 7), (20, 8)]);
        assert_eq!([0, 9, 10, 25].map(|offset| lines.at(offset)), [Some(5), Some(5), Some(7), Some(8)]);
        assert_eq!(Lines::Text(vec![(3, 1)]).at(0), None);
        assert_eq!((Lines::Record(4).at(99), Lines::None.at(0)), (Some(4), None));
    }
}
