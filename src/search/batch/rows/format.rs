//! The form of a file of queries, and where its rows begin.

use std::io;

use super::lines::{Line, Lines};
use super::row::is_known;
use super::table::{delimiter, outline};

/// The form of a file of queries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowFormat {
    /// A query a line, `#` before comments.
    Text,
    /// Cells with a delimiter between them.
    Table(char),
    /// A JSON object a line.
    JsonLines,
    /// The same objects as the elements of an array.
    JsonArray,
    /// Topics as TREC writes them: `<top> <num> … <title> … </top>`, also as XML.
    Topics,
}

/// How many lines may stand above a header, …
const ABOVE: usize = 5;
/// … and how many are looked at for it, empty ones too.
const LOOKED_AT: usize = 12;

impl RowFormat {
    /// The form of the file called `name`, by its ending and its first line with something on it; and how many lines of titles, as spreadsheets
    /// have them, stand above its header. Lines that rows do not begin with are read off `lines`.
    pub(super) fn found(name: &str, lines: &mut Lines) -> io::Result<(Self, usize)> {
        let (mut passed, mut said) = (Vec::new(), None);
        let mut format = Self::Text;
        while let Some(line) = lines.next()? {
            // Spreadsheets may say their delimiter in a first line of its own.
            if let Some(delimiter) = line.text.strip_prefix("sep=").and_then(|rest| rest.chars().next()) {
                said = Some(Self::Table(delimiter));
                continue;
            }
            let first = line.text.clone();
            passed.push(line);
            if is_blank(&first) || first.trim_start().starts_with('#') {
                continue;
            }
            format = Self::of(name, &first);
            let parted = match said.unwrap_or(format) {
                Self::Table(delimiter) => Some(delimiter),
                // Nobody ends a query in delimiters; spreadsheets end each row in as many as it has empty cells.
                Self::Text => Some(delimiter(&first)).filter(|&delimiter| width(&first, delimiter) > 1),
                Self::JsonLines | Self::JsonArray | Self::Topics => None,
            };
            if parted.is_some_and(|delimiter| is_title(&first, delimiter))
                && let Some((delimiter, titles)) = below_titles(lines, &mut passed)?
            {
                return Ok((said.unwrap_or(Self::Table(delimiter)), titles));
            }
            break;
        }
        passed.into_iter().rev().for_each(|line| lines.unread(line));
        Ok((said.unwrap_or(format), 0))
    }

    fn of(name: &str, first: &str) -> Self {
        let start = first.trim_start();
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        match ending.as_deref() {
            Some("csv") => Self::Table(delimiter(first)),
            Some("tsv" | "tab") => Self::Table(delimiter_of_header(first).unwrap_or('\t')),
            Some("json" | "jsonl" | "ndjson") if start.starts_with('[') => Self::JsonArray,
            Some("json" | "jsonl" | "ndjson") => Self::JsonLines,
            Some("xml") => Self::Topics,
            _ => {
                let tag = start.split(|c: char| c == '>' || c.is_whitespace()).next().unwrap_or_default().to_ascii_lowercase();
                let element = start.strip_prefix('[').map(str::trim_start);
                if start.starts_with('{') {
                    Self::JsonLines
                } else if element.is_some_and(|element| element.is_empty() || element.starts_with(['{', '"'])) {
                    Self::JsonArray
                } else if matches!(tag.as_str(), "<top" | "<topic" | "<topics" | "<?xml") {
                    Self::Topics
                } else if first.contains('\t') || is_query(first) {
                    // A header of one column needs no delimiter, and what queries hold is none.
                    Self::Table('\t')
                } else if let Some(delimiter) = delimiter_of_header(first) {
                    Self::Table(delimiter)
                } else {
                    Self::Text
                }
            }
        }
    }
}

/// The delimiter of a header without tabs that has a column of queries beside others.
fn delimiter_of_header(line: &str) -> Option<char> {
    let is_header = |&delimiter: &char| line.contains(delimiter) && outline(line, delimiter).split(delimiter).any(is_query);
    if line.contains('\t') { None } else { [',', ';'].into_iter().find(is_header) }
}

/// Whether a cell names the column of queries.
fn is_query(cell: &str) -> bool {
    unquoted(cell).eq_ignore_ascii_case("query")
}

fn unquoted(cell: &str) -> &str {
    cell.trim().trim_matches('"').trim()
}

/// Whether a line has nothing on it but empty cells.
fn is_blank(line: &str) -> bool {
    let delimiter = delimiter(line);
    outline(line, delimiter).split(delimiter).all(|cell| cell.trim().is_empty())
}

/// How many cells a line has.
fn width(line: &str, delimiter: char) -> usize {
    outline(line, delimiter).split(delimiter).count()
}

/// Whether a line may be a title above a table: one cell has something in it, and it is not the header of one column.
fn is_title(line: &str, delimiter: char) -> bool {
    let cells = outline(line, delimiter);
    let mut filled = cells.split(delimiter).filter(|cell| !unquoted(cell).is_empty());
    filled.next().is_some_and(|cell| !is_query(cell)) && filled.next().is_none()
}

/// The delimiter of the table whose header stands a little below a title, the last line that was `passed`, and how many lines with something on
/// them are above it; the header is the next line then. Else the lines that were read to see that are added to those passed.
///
/// A header names, beside `query`, another column that is understood, or else is as wide as each title, as spreadsheets write them; and what is
/// above it are titles. Queries do not look so.
fn below_titles(lines: &mut Lines, passed: &mut Vec<Line>) -> io::Result<Option<(char, usize)>> {
    let mut titles = passed.split_off(passed.len().saturating_sub(1));
    let mut found = None;
    for _ in 0..LOOKED_AT {
        if titles.len() > ABOVE {
            break;
        }
        let Some(line) = lines.next()? else { break };
        // What cannot be read is told of its row.
        if line.fault.is_some() {
            lines.unread(line);
            break;
        }
        let delimiter = delimiter(&line.text);
        let header = outline(&line.text, delimiter);
        let names = || header.split(delimiter).map(unquoted);
        let count = names().count();
        let is_as_wide = || count > 1 && titles.iter().all(|title| width(&title.text, delimiter) == count);
        if names().any(is_query) && (names().filter(|name| is_known(name)).count() > 1 || is_as_wide()) {
            found = Some(delimiter).filter(|&delimiter| titles.iter().all(|title| is_title(&title.text, delimiter)));
            lines.unread(line);
            break;
        }
        let into = if is_blank(&line.text) { &mut *passed } else { &mut titles };
        into.push(line);
    }
    match found {
        Some(delimiter) => Ok(Some((delimiter, titles.len()))),
        None => {
            passed.append(&mut titles);
            passed.sort_by_key(|line| line.number);
            Ok(None)
        }
    }
}
