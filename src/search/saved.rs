//! Queries kept under names.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::Error;
use crate::query::Mode;

/// Queries with their names, as a plain file beside the index keeps them: lines of `name = query`, `#` before comments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved(BTreeMap<String, String>);

/// How deep saved queries may stand inside each other.
const DEEPEST: usize = 16;

/// How many bytes a query may have, with what is saved in it.
const LONGEST: usize = 65_536;

/// Whether `c` may stand in the name of a saved query.
fn in_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

impl Saved {
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

    /// Reads the lines of such a file. Of two with one name the later counts.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let line = |line: &str| {
            let (name, query) = line.split_once('=')?;
            let name = name.trim();
            is_name(name).then(|| (name.to_owned(), query.trim().to_owned()))
        };
        Self(text.lines().filter(|line| !line.starts_with('#')).filter_map(line).collect())
    }

    /// The names with their queries.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, query)| (name.as_str(), query.as_str()))
    }

    /// `query` with each `&name` replaced by the query of that name, in brackets. In quotation marks and inside words `&` is a letter like any
    /// other. Under [`Mode::Any`], where no text is wrong, names that nobody knows stay as they are.
    pub fn expand(&self, query: &str, mode: Mode) -> Result<String, Error> {
        if query.len() > LONGEST {
            let problem = format!("a query may have {LONGEST} bytes, and this one has {}", query.len());
            return Err(wrong(problem, "ask something shorter; passages like a whole text are found with: pundit similar FILE"));
        }
        let mut out = String::new();
        self.expand_into(query, mode, &mut Vec::new(), &mut out)?;
        Ok(out)
    }

    fn expand_into<'s>(&'s self, query: &str, mode: Mode, inside: &mut Vec<&'s str>, out: &mut String) -> Result<(), Error> {
        let mut quoted = false;
        let mut before = ' ';
        let mut rest = query;
        while let Some(c) = rest.chars().next() {
            let tail = rest.get(c.len_utf8()..).unwrap_or_default();
            if matches!(c, '"' | '“' | '”' | '＂') {
                quoted = !quoted;
            }
            let starts = !quoted && c == '&' && (before.is_whitespace() || matches!(before, '(' | '（' | '-' | '+'));
            // The end of a name is looked for where one may begin, not from each letter on.
            let length = if starts { tail.find(|c| !in_name(c)).unwrap_or(tail.len()) } else { 0 };
            let name = tail.get(..length).unwrap_or_default();
            match self.0.get_key_value(name).filter(|_| starts) {
                Some((name, saved)) => {
                    if inside.contains(&name.as_str()) || inside.len() >= DEEPEST {
                        return Err(wrong(format!("the saved query &{name} stands inside itself"), "save it anew without"));
                    }
                    inside.push(name);
                    out.push('(');
                    self.expand_into(saved, mode, inside, out)?;
                    out.push(')');
                    inside.pop();
                    rest = tail.get(name.len()..).unwrap_or_default();
                    before = ')';
                }
                None if starts && !name.is_empty() && mode == Mode::All => return Err(self.unknown(name)),
                None => {
                    out.push(c);
                    before = c;
                    rest = tail;
                }
            }
            if out.len() > LONGEST {
                let problem = format!("with what is saved the query has more than the {LONGEST} bytes that it may have");
                return Err(wrong(problem, "use fewer saved queries"));
            }
        }
        Ok(())
    }

    fn unknown(&self, name: &str) -> Error {
        let names: Vec<String> = self.0.keys().map(|known| format!("&{known}")).collect();
        let hint =
            if names.is_empty() { format!("save one with: pundit save {name} QUERY") } else { format!("there are {}", names.join(", ")) };
        wrong(format!("no query is saved as &{name}"), &hint)
    }
}

/// Whether `name` can be the name of a saved query.
#[must_use]
pub fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(in_name)
}

fn wrong(problem: String, hint: &str) -> Error {
    Error::Filter { problem, hint: hint.to_owned() }
}

/// The lines of a file of saved queries with `name` set to `query`, or taken out; comments and the order of the rest stay.
#[must_use]
pub fn with(text: &str, name: &str, query: Option<&str>) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_their_queries() {
        let saved = Saved::parse("# mine\nfuel = oil OR gas\nnord = &fuel AND \"Nord Stream\"\nloop = &loop\n军火 = munitions\nbroken\n");
        let expand = |query: &str| saved.expand(query, Mode::All).map_err(|error| error.to_string());
        assert_eq!(expand("&nord -&fuel").unwrap(), "((oil OR gas) AND \"Nord Stream\") -(oil OR gas)");
        assert_eq!(expand("(&军火) AT&T \"a &fuel\" R & D").unwrap(), "((munitions)) AT&T \"a &fuel\" R & D");
        assert_eq!(expand("x &loop").unwrap_err(), "the saved query &loop stands inside itself");
        assert_eq!(expand("&nobody").unwrap_err(), "no query is saved as &nobody");
        assert_eq!(saved.expand("&nobody", Mode::Any).unwrap(), "&nobody");
    }

    #[test]
    fn growth_has_a_bound() {
        let mut text = "a0 = word\n".to_owned();
        for at in 1..15 {
            text.push_str(&["a", &at.to_string(), " = ", &format!("&a{} ", at - 1).repeat(10), "\n"].concat());
        }
        let told = |query: &str, mode| Saved::parse(&text).expand(query, mode).map_err(|error| error.to_string());
        assert_eq!(told("&a14", Mode::All).unwrap_err(), "with what is saved the query has more than the 65536 bytes that it may have");
        // Nothing is saved in it.
        let long = "word ".repeat(15_000);
        for mode in [Mode::All, Mode::Any] {
            assert_eq!(told(&long, mode).unwrap_err(), "a query may have 65536 bytes, and this one has 75000");
        }
        assert!(told(long.get(..LONGEST).unwrap(), Mode::All).is_ok());
    }

    #[test]
    fn the_file_stays_as_it_was_but_for_one_line() {
        let text = "# c\na = 1\n\nb = 2\n";
        assert_eq!(with(text, "a", Some("9")), "# c\na = 9\n\nb = 2\n");
        assert_eq!(with(text, "c", Some("3")), "# c\na = 1\n\nb = 2\nc = 3\n");
        assert_eq!(with(text, "b", None), "# c\na = 1\n\n");
    }
}
