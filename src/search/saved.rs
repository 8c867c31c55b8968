//! Queries kept under names.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::query::Mode;
use crate::text::quotation::quoted;

/// Queries with their names, as a plain file beside the index keeps them: lines of `name = query`, `#` before comments.
#[derive(Clone, Debug, Default)]
pub struct SavedQueries {
    queries: BTreeMap<String, String>,
    /// The file that could not be read, and why: only who asks for what is in it has to know.
    unread: Option<(PathBuf, Arc<io::Error>)>,
}

/// Why a query cannot be put together with what is saved.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SavedError {
    /// It has so many bytes.
    #[error("the query has {0} bytes; the limit is {LONGEST}")]
    TooLong(usize),
    /// It has too many with what is saved in it.
    #[error("with its saved queries inserted, the query has more than {LONGEST} bytes, the limit")]
    Grown,
    /// The query of this name stands inside itself.
    #[error("the saved query &{0} contains itself")]
    InItself(String),
    /// The query of this name stands inside others, and these inside others, too deep.
    #[error("the saved query &{0} stands inside more than {DEEPEST} others")]
    TooDeep(String),
    /// No query has this name.
    #[error("no query is saved as &{name}")]
    Unknown {
        /// The name.
        name: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// Whether one has this name cannot be told.
    #[error("cannot look up &{name}: cannot read {}: {source}", path.display())]
    Unread {
        /// The name.
        name: String,
        /// The file of the saved queries.
        path: PathBuf,
        /// What went wrong.
        source: Arc<io::Error>,
    },
}

impl SavedError {
    /// What to do.
    pub(super) fn hint(&self) -> String {
        match self {
            Self::TooLong(_) => "shorten it; to find passages like a whole text use: pundit similar FILE".to_owned(),
            Self::Grown => "use fewer saved queries".to_owned(),
            Self::TooDeep(_) => "write some of them out in those that use them".to_owned(),
            Self::InItself(_) => "save it again without itself inside".to_owned(),
            Self::Unknown { name, known } if known.is_empty() => format!("save one with: pundit save {name} QUERY"),
            Self::Unknown { known, .. } => {
                format!("saved queries are {}", known.iter().map(|known| format!("&{known}")).collect::<Vec<_>>().join(", "))
            }
            Self::Unread { .. } => "make that file readable UTF-8 text, or write the query out".to_owned(),
        }
    }
}

/// How deep saved queries may stand inside each other.
const DEEPEST: usize = 16;

/// How many bytes a query may have, with what is saved in it.
const LONGEST: usize = 65_536;

/// Whether `c` may stand in the name of a saved query.
fn in_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

impl SavedQueries {
    /// The file of the saved queries of the index in `folder`.
    #[must_use]
    pub fn path(folder: &Path) -> PathBuf {
        folder.join("queries.txt")
    }

    /// The saved queries of the index in `folder`: none where there is no such file.
    pub fn open(folder: &Path) -> io::Result<Self> {
        match std::fs::read_to_string(Self::path(folder)) {
            Ok(text) => Ok(Self::parse(&text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    /// The same for queries that may ask for one. If the file cannot be read, those that do are told.
    #[must_use]
    pub fn beside(folder: &Path) -> Self {
        Self::open(folder).unwrap_or_else(|error| Self { unread: Some((Self::path(folder), Arc::new(error))), ..Self::default() })
    }

    /// Reads the lines of such a file. Of two with one name the later counts.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let line = |line: &str| {
            let (name, query) = line.split_once('=')?;
            let name = name.trim();
            Self::is_name(name).then(|| (name.to_owned(), query.trim().to_owned()))
        };
        Self { queries: text.lines().filter(|line| !line.starts_with('#')).filter_map(line).collect(), unread: None }
    }

    /// Whether `name` can be the name of a saved query.
    #[must_use]
    pub fn is_name(name: &str) -> bool {
        !name.is_empty() && name.chars().all(in_name)
    }

    /// The lines of a file of saved queries with `name` set to `query`, or taken out; comments and the order of the rest stay.
    #[must_use]
    pub fn edited(text: &str, name: &str, query: Option<&str>) -> String {
        let is_it = |line: &str| !line.starts_with('#') && line.split_once('=').is_some_and(|(known, _)| known.trim() == name);
        let mut lines: Vec<String> = Vec::new();
        let mut placed = false;
        for line in text.lines() {
            match query {
                Some(query) if is_it(line) && !placed => {
                    placed = true;
                    lines.push(format!("{name} = {query}"));
                }
                _ if is_it(line) => {}
                _ => lines.push(line.to_owned()),
            }
        }
        if let (Some(query), false) = (query, placed) {
            lines.push(format!("{name} = {query}"));
        }
        lines.into_iter().map(|line| line + "\n").collect()
    }

    /// The names with their queries.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.queries.iter().map(|(name, query)| (name.as_str(), query.as_str()))
    }

    /// `query` with each `&name` replaced by the query of that name, in brackets. In quotation marks and inside words `&` is a letter like any
    /// other. Under [`Mode::Any`], where no text is wrong, names that nobody knows stay as they are.
    pub fn expand(&self, query: &str, mode: Mode) -> Result<String, SavedError> {
        if query.len() > LONGEST {
            return Err(SavedError::TooLong(query.len()));
        }
        let mut out = String::new();
        self.expand_into(query, mode, &mut Vec::new(), &mut out)?;
        Ok(out)
    }

    fn expand_into<'s>(&'s self, query: &str, mode: Mode, inside: &mut Vec<&'s str>, out: &mut String) -> Result<(), SavedError> {
        let mut quotations = quoted(query).peekable();
        let mut before = ' ';
        let mut rest = query;
        while let Some(c) = rest.chars().next() {
            let tail = rest.get(c.len_utf8()..).unwrap_or_default();
            let at = query.len() - rest.len();
            while quotations.next_if(|quotation| quotation.end <= at).is_some() {}
            let is_quoted = quotations.peek().is_some_and(|quotation| quotation.start <= at);
            let starts = !is_quoted && c == '&' && (before.is_whitespace() || matches!(before, '(' | '（' | '-' | '+'));
            // The end of a name is looked for where one may begin, not from each letter on.
            let length = if starts { tail.find(|c| !in_name(c)).unwrap_or(tail.len()) } else { 0 };
            let name = tail.get(..length).unwrap_or_default();
            match self.queries.get_key_value(name).filter(|_| starts) {
                Some((name, saved)) => {
                    if inside.contains(&name.as_str()) {
                        return Err(SavedError::InItself(name.clone()));
                    }
                    if inside.len() >= DEEPEST {
                        return Err(SavedError::TooDeep(name.clone()));
                    }
                    inside.push(name);
                    out.push('(');
                    self.expand_into(saved, mode, inside, out)?;
                    out.push(')');
                    inside.pop();
                    rest = tail.get(name.len()..).unwrap_or_default();
                    before = ')';
                }
                None if starts && !name.is_empty() && (mode == Mode::All || self.unread.is_some()) => return Err(self.unknown(name)),
                None => {
                    out.push(c);
                    before = c;
                    rest = tail;
                }
            }
            if out.len() > LONGEST {
                return Err(SavedError::Grown);
            }
        }
        Ok(())
    }

    fn unknown(&self, name: &str) -> SavedError {
        let name = name.to_owned();
        match &self.unread {
            Some((path, source)) => SavedError::Unread { name, path: path.clone(), source: Arc::clone(source) },
            None => SavedError::Unknown { name, known: self.queries.keys().cloned().collect() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_their_queries() {
        let saved =
            SavedQueries::parse("# mine\nfuel = oil OR gas\nnord = &fuel AND \"Nord Stream\"\nloop = &loop\n军火 = munitions\nbroken\n");
        let expand = |query: &str| saved.expand(query, Mode::All).map_err(|error| error.to_string());
        assert_eq!(expand("&nord -&fuel").unwrap(), "((oil OR gas) AND \"Nord Stream\") -(oil OR gas)");
        assert_eq!(expand("(&军火) AT&T \"a &fuel\" R & D").unwrap(), "((munitions)) AT&T \"a &fuel\" R & D");
        assert_eq!(expand("x &loop").unwrap_err(), "the saved query &loop contains itself");
        assert_eq!(expand("&nobody").unwrap_err(), "no query is saved as &nobody");
        assert_eq!(saved.expand("&nobody", Mode::Any).unwrap(), "&nobody");
    }

    #[test]
    fn in_quotations_of_every_language_a_name_is_a_word() {
        let saved = SavedQueries::parse("fuel = oil");
        for quotation in ["\"a &fuel\"", "“a &fuel”", "„a &fuel“", "„a &fuel”", "«a &fuel»", "»a &fuel«", "「a &fuel」"] {
            assert_eq!(saved.expand(&format!("{quotation} &fuel"), Mode::All).unwrap(), format!("{quotation} (oil)"));
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_is_told_to_whoever_asks_for_what_is_in_it() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(SavedQueries::path(folder.path()), b"fuel = \xFF").unwrap();
        let saved = SavedQueries::beside(folder.path());
        assert_eq!(saved.expand("oil R&D \"&fuel\"", Mode::All).unwrap(), "oil R&D \"&fuel\"");
        for mode in [Mode::All, Mode::Any] {
            let error = saved.expand("oil &fuel", mode).unwrap_err();
            assert!(matches!(&error, SavedError::Unread { name, .. } if name == "fuel"), "{error}");
            assert!(error.to_string().contains("queries.txt: "), "{error}");
        }
    }

    #[test]
    fn depth_has_a_bound() {
        let text = (0..=DEEPEST).map(|at| format!("q{at} = &q{}\n", at + 1)).collect::<Vec<_>>().concat();
        let error = SavedQueries::parse(&format!("{text}q{} = oil\n", DEEPEST + 1)).expand("&q0", Mode::All).unwrap_err();
        assert!(matches!(&error, SavedError::TooDeep(name) if *name == format!("q{DEEPEST}")), "{error}");
        let error = SavedQueries::parse("a = &b\nb = &a\n").expand("&a", Mode::All).unwrap_err();
        assert!(matches!(&error, SavedError::InItself(name) if name == "a"), "{error}");
    }

    #[test]
    fn growth_has_a_bound() {
        let mut text = "a0 = word\n".to_owned();
        for at in 1..15 {
            text.push_str(&["a", &at.to_string(), " = ", &format!("&a{} ", at - 1).repeat(10), "\n"].concat());
        }
        let told = |query: &str, mode| SavedQueries::parse(&text).expand(query, mode).map_err(|error| error.to_string());
        assert_eq!(told("&a14", Mode::All).unwrap_err(), "with its saved queries inserted, the query has more than 65536 bytes, the limit");
        // Nothing is saved in it.
        let long = "word ".repeat(15_000);
        for mode in [Mode::All, Mode::Any] {
            assert_eq!(told(&long, mode).unwrap_err(), "the query has 75000 bytes; the limit is 65536");
        }
        assert!(told(long.get(..LONGEST).unwrap(), Mode::All).is_ok());
    }

    #[test]
    fn the_file_stays_as_it_was_but_for_one_line() {
        let text = "# c\na = 1\n\nb = 2\n";
        assert_eq!(SavedQueries::edited(text, "a", Some("9")), "# c\na = 9\n\nb = 2\n");
        assert_eq!(SavedQueries::edited(text, "c", Some("3")), "# c\na = 1\n\nb = 2\nc = 3\n");
        assert_eq!(SavedQueries::edited(text, "b", None), "# c\na = 1\n\n");
    }
}
