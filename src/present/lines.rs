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

/// A cell as text on one line, made harmless. Lists are joined, what is not there is empty.
pub(super) fn cell(value: &Value) -> String {
    escape::one_line(&plain(value))
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
