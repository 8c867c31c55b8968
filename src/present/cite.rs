//! Pieces as the literature cites them.

use serde_json::{Map, Value, json};

use super::author::{Author, author};
use super::json::lined;
use crate::index::StoredPiece;
use crate::search::PieceView;

/// The manners of citing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CitationStyle {
    /// The Chicago Manual of Style, a note.
    #[default]
    Chicago,
    /// The American Psychological Association, an entry of a list of references.
    Apa,
    /// GB/T 7714—2015, an entry of a list of references.
    Gbt7714,
    /// An entry for BibTeX.
    Bibtex,
    /// An item of CSL-JSON, which Zotero and pandoc read.
    CslJson,
}

impl CitationStyle {
    /// All styles with their names.
    pub const ALL: [(Self, &'static str); 5] =
        [(Self::Chicago, "chicago"), (Self::Apa, "apa"), (Self::Gbt7714, "gbt7714"), (Self::Bibtex, "bibtex"), (Self::CslJson, "csl-json")];
}

/// How `piece` is cited. `accessed` is the day on which its page was read, as the user gives it: nothing here looks at a clock.
#[must_use]
pub fn citation(piece: &PieceView, style: CitationStyle, accessed: Option<&str>) -> String {
    match style {
        CitationStyle::Chicago => chicago(&piece.stored, accessed),
        CitationStyle::Apa => apa(&piece.stored, accessed),
        CitationStyle::Gbt7714 => gbt7714(&piece.stored, accessed),
        CitationStyle::Bibtex => bibtex(piece, accessed),
        CitationStyle::CslJson => lined(csl_json(piece, accessed).to_string()),
    }
}

/// The citation below a quotation: a note without the address, which stands elsewhere.
pub(super) fn note(piece: &StoredPiece) -> String {
    let bare = StoredPiece { url: None, ..piece.clone() };
    chicago(&bare, None)
}

/// Where the piece appeared. Of a letter from a person nothing is known but that person, who is named already.
fn outlet(piece: &StoredPiece) -> Option<&str> {
    piece.source.as_deref().filter(|source| piece.authors != [*source])
}

/// Year, month and day of publication, as far as they are known.
fn date(piece: &StoredPiece) -> (Option<&str>, Option<usize>, Option<usize>) {
    parts(piece.date.as_deref().unwrap_or_default())
}

/// A date as it is spelt out: January 24, 2024.
fn spelt(date: &str) -> String {
    let (year, number, day) = parts(date);
    match (year, month(number), day) {
        (Some(year), Some(month), Some(day)) => format!("{month} {day}, {year}"),
        (Some(year), Some(month), None) => format!("{month} {year}"),
        (year, ..) => year.unwrap_or_default().to_owned(),
    }
}

/// The year, month and day of a date.
fn parts(date: &str) -> (Option<&str>, Option<usize>, Option<usize>) {
    let mut parts = date.splitn(3, '-');
    let year = parts.next().filter(|year| !year.is_empty());
    let mut number = || parts.next().and_then(|part| part.get(..2)?.parse::<usize>().ok());
    (year, number(), number())
}

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

fn month(number: Option<usize>) -> Option<&'static str> {
    MONTHS.get(number?.checked_sub(1)?).copied()
}

fn title(piece: &StoredPiece) -> &str {
    piece.title.as_deref().map_or("untitled", str::trim)
}

/// `title` without the full stop that ends it: a comma stands in its place. That of an abbreviation (U.S.) and an ellipsis stay.
fn without_stop(title: &str) -> &str {
    let bare = title.strip_suffix(['.', '。']).unwrap_or(title);
    let word = bare.rsplit(char::is_whitespace).next().unwrap_or_default();
    if word.contains('.') { title } else { bare }
}

/// Several names with commas between, and `and` before the last.
fn joined(names: &[String], and: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [one, two] => format!("{one} {and} {two}"),
        [before @ .., last] => format!("{}, {and} {last}", before.join(", ")),
    }
}

fn chicago(piece: &StoredPiece, accessed: Option<&str>) -> String {
    let names: Vec<String> = piece
        .authors
        .iter()
        .map(|name| match author(name) {
            Author::Person { family, given, suffix } => format!("{given} {family} {suffix}").trim().to_owned(),
            Author::Whole(name) => name.to_owned(),
        })
        .collect();
    // A note names three authors, or the first of more.
    let who = if names.len() > 3 { format!("{} et al.", names.first().map_or("", String::as_str)) } else { joined(&names, "and") };
    let when = spelt(piece.date.as_deref().unwrap_or_default());
    let title = without_stop(title(piece));
    // A mark that ends the title stands in place of the comma.
    let comma = if title.ends_with(['?', '!', '？', '！']) { "" } else { "," };
    let mut rest: Vec<String> = [outlet(piece).unwrap_or_default().to_owned(), when].into_iter().filter(|part| !part.is_empty()).collect();
    rest.extend(accessed.map(|day| format!("accessed {}", spelt(day))));
    rest.extend(piece.url.clone());
    let who = if who.is_empty() { who } else { format!("{who}, ") };
    if rest.is_empty() {
        format!("{who}“{title}{}”", if comma.is_empty() || title.ends_with('.') { "" } else { "." })
    } else {
        format!("{who}“{title}{comma}” {}.", rest.join(", "))
    }
}

/// The first letters of given names, each with its point; hyphens stay.
fn initials(given: &str, point: &str) -> String {
    let word = |word: &str| {
        let parts: Vec<String> =
            word.split('-').filter_map(|part| part.chars().next()).map(|c| format!("{}{point}", c.to_uppercase())).collect();
        parts.join("-")
    };
    given.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

fn apa(piece: &StoredPiece, accessed: Option<&str>) -> String {
    let names: Vec<String> = piece
        .authors
        .iter()
        .map(|name| match author(name) {
            Author::Person { family, given, suffix } => {
                let name = format!("{family}, {}", initials(given, "."));
                if suffix.is_empty() { name } else { format!("{name}, {suffix}") }
            }
            Author::Whole(name) => name.to_owned(),
        })
        .collect();
    let who = match names.as_slice() {
        [one, two] => format!("{one}, & {two}"),
        names => joined(names, "&"),
    };
    let (year, month_number, day) = date(piece);
    let when = match (year, month(month_number), day) {
        (Some(year), Some(month), Some(day)) => format!("({year}, {month} {day})"),
        (Some(year), Some(month), None) => format!("({year}, {month})"),
        (Some(year), ..) => format!("({year})"),
        _ => "(n.d.)".to_owned(),
    };
    let point = |text: &str| if text.ends_with(['.', '?', '!', '。', '？', '！']) { text.to_owned() } else { format!("{text}.") };
    let mut parts =
        if who.is_empty() { vec![point(title(piece)), point(&when)] } else { vec![point(&who), point(&when), point(title(piece))] };
    parts.extend(outlet(piece).map(point));
    parts.extend(match (accessed.map(spelt), &piece.url) {
        (Some(day), Some(url)) => Some(format!("Retrieved {day}, from {url}")),
        (Some(day), None) => Some(format!("Retrieved {day}.")),
        (None, url) => url.clone(),
    });
    parts.join(" ")
}

fn gbt7714(piece: &StoredPiece, accessed: Option<&str>) -> String {
    let name = |name: &String| match author(name) {
        Author::Person { family, given, suffix } => {
            format!("{} {} {}", family.to_uppercase(), initials(given, ""), suffix.trim_end_matches('.')).trim().to_owned()
        }
        Author::Whole(name) => name.to_owned(),
    };
    let mut who = piece.authors.iter().take(3).map(name).collect::<Vec<_>>().join(", ");
    if piece.authors.len() > 3 {
        who.push_str(if piece.lang.starts_with("zh") { ", 等" } else { ", et al" });
    }
    if !who.is_empty() {
        who.push_str(". ");
    }
    let title = piece.title.as_deref().map_or("[题名不详]", str::trim);
    let day = piece.date.as_deref().map(|date| date.get(..10).unwrap_or(date));
    let accessed = accessed.map(|day| format!("[{day}]")).unwrap_or_default();
    let url = piece.url.as_deref().map(|url| format!(". {url}")).unwrap_or_default();
    let online = if piece.url.is_some() { "/OL" } else { "" };
    match (outlet(piece), day) {
        (Some(source), Some(day)) => format!("{who}{title}[N{online}]. {source}, {day}{accessed}{url}."),
        (Some(source), None) => format!("{who}{title}[N{online}]. {source}{accessed}{url}."),
        (None, day) => {
            let day = day.map(|day| format!("({day})")).unwrap_or_default();
            let when = format!("{day}{accessed}");
            let when = if when.is_empty() { when } else { format!(". {when}") };
            format!("{who}{title}[{}]{when}{url}.", if piece.url.is_some() { "EB/OL" } else { "Z" })
        }
    }
}

/// Text for a field of BibTeX: what TeX would act on is escaped.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => out.extend(['\\', c]),
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A part of a name for BibTeX, which would take a comma or `and` in it for the end of the part or the name.
fn tex_name(part: &str) -> String {
    let is_parted = part.contains(',') || part.split_whitespace().any(|word| word.eq_ignore_ascii_case("and"));
    if is_parted { format!("{{{}}}", tex(part)) } else { tex(part) }
}

/// What tells a source from all others, reprints too, in hexadecimal: made of the piece's id and its text.
fn key(piece: &PieceView) -> String {
    let named = [piece.id.as_bytes(), &[0], piece.stored.digest.as_bytes()].concat();
    blake3::hash(&named).to_hex().chars().take(KEY).collect()
}

/// So many digits tell a source from all others.
const KEY: usize = 12;
/// So many tell it from those of the same author and year.
const BRIEF_KEY: usize = 8;

fn bibtex(view: &PieceView, accessed: Option<&str>) -> String {
    let letters = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    let piece = &view.stored;
    let (year, month_number, day) = date(piece);
    let family = piece.authors.first().map_or("", |name| match author(name) {
        Author::Person { family, .. } => family,
        Author::Whole(name) => name,
    });
    // What is there also where a name has no Latin letters, and makes keys of one author and year differ.
    let own: String = key(view).chars().take(BRIEF_KEY).collect();
    let key = [letters(family).as_str(), year.unwrap_or_default(), &own]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    let authors: Vec<String> = piece
        .authors
        .iter()
        .map(|name| match author(name) {
            Author::Person { family, given, suffix } => {
                let parts = [family, suffix, given].map(tex_name);
                parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
            }
            Author::Whole(name) => format!("{{{}}}", tex(name)),
        })
        .collect();
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = month_number.and_then(|number| months.get(number.checked_sub(1)?)).map(|month| (*month).to_owned());
    let braced = |text: String| format!("{{{text}}}");
    let fields = [
        ("author", (!authors.is_empty()).then(|| braced(authors.join(" and ")))),
        ("title", Some(braced(braced(tex(title(piece)))))),
        ("journal", outlet(piece).map(|source| braced(tex(source)))),
        ("year", year.map(|year| braced(year.to_owned()))),
        ("month", month),
        ("day", day.map(|day| braced(day.to_string()))),
        ("url", piece.url.as_deref().map(|url| braced(url.replace(['{', '}', '\\'], "")))),
        ("urldate", accessed.map(|day| braced(day.to_owned()))),
        ("langid", (!piece.lang.is_empty() && piece.lang != "und").then(|| braced(piece.lang.clone()))),
    ];
    let fields: Vec<String> = fields.into_iter().filter_map(|(name, value)| Some(format!("  {name} = {}", value?))).collect();
    format!("@article{{{key},\n{}\n}}", fields.join(",\n"))
}

/// Items of CSL-JSON as one list, which is what programs read.
#[must_use]
pub fn csl_list(items: Vec<Value>) -> String {
    lined(format!("{:#}", Value::Array(items)))
}

/// `piece` as an item of CSL-JSON.
#[must_use]
pub fn csl_json(view: &PieceView, accessed: Option<&str>) -> Value {
    let piece = &view.stored;
    let mut item = Map::new();
    item.insert("id".to_owned(), key(view).into());
    item.insert("type".to_owned(), "article-newspaper".into());
    item.insert("title".to_owned(), title(piece).into());
    let authors: Vec<Value> = piece
        .authors
        .iter()
        .map(|name| match author(name) {
            Author::Person { family, given, suffix: "" } => json!({ "family": family, "given": given }),
            Author::Person { family, given, suffix } => json!({ "family": family, "given": given, "suffix": suffix }),
            Author::Whole(name) => json!({ "literal": name }),
        })
        .collect();
    if !authors.is_empty() {
        item.insert("author".to_owned(), authors.into());
    }
    let parts = |date: &str| -> Vec<u64> { date.splitn(3, '-').map_while(|part| part.get(..part.len().min(4))?.parse().ok()).collect() };
    for (name, value) in [("issued", piece.date.as_deref()), ("accessed", accessed)] {
        if let Some(parts) = value.map(parts).filter(|parts| !parts.is_empty()) {
            item.insert(name.to_owned(), json!({ "date-parts": [parts] }));
        }
    }
    for (name, value) in [("container-title", outlet(piece)), ("URL", piece.url.as_deref())] {
        if let Some(value) = value {
            item.insert(name.to_owned(), value.into());
        }
    }
    if !piece.lang.is_empty() && piece.lang != "und" {
        item.insert("language".to_owned(), piece.lang.as_str().into());
    }
    Value::Object(item)
}

#[cfg(test)]
#[path = "cite_tests.rs"]
mod tests;
