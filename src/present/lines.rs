use std::borrow::Cow;
use std::io::{self, Write};

use serde_json::Value;

use super::escape;
use super::form::{Format, Present};

/// Text for a pipe: an entry a line.
pub(super) struct Lines {
    end: char,
}

impl Lines {
    pub(super) fn new(null: bool) -> Self {
        Self { end: if null { '\0' } else { '\n' } }
    }
}

impl Format for Lines {
    fn page(&mut self, out: &mut dyn Write, page: &dyn Present) -> io::Result<()> {
        page.lines(&mut |line| write!(out, "{line}{}", self.end))
    }
}

/// Columns that hold names by which something is found again: their white space is kept as it is.
const NAMES: [&str; 4] = ["id", "piece", "path", "qid"];

/// A cell of `column` as text on one line, made harmless. Lists are joined, what is not there is empty.
pub(super) fn cell(column: &str, value: &Value) -> String {
    let text = plain(value);
    if NAMES.contains(&column) { escape::terminal(&text).into_owned() } else { escape::one_line(&text) }
}

/// The cells of an entry on a line, made harmless.
pub(super) fn line(columns: &[Cow<'_, str>], cells: &[Value]) -> String {
    columns.iter().zip(cells).map(|(column, value)| cell(column, value)).collect::<Vec<_>>().join("\t")
}

/// The cells of an entry on a line, for programs: names are as they are, unless that would make more cells or lines of them.
pub(super) fn raw_line(columns: &[Cow<'_, str>], cells: &[Value]) -> String {
    let cells: Vec<String> = columns
        .iter()
        .zip(cells)
        .map(|(column, value)| match plain(value) {
            name if NAMES.contains(&column.as_ref()) && (cells.len() == 1 || !name.contains(['\t', '\n', '\r'])) => name,
            _ => cell(column, value),
        })
        .collect();
    cells.join("\t")
}

/// A cell as text, as it is.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}
