use std::io;

use super::CellPosition;
use super::lines::{Line, Lines};

/// A place in a file of which rows are not lines.
#[derive(Debug, Default)]
pub(super) struct Cursor {
    line: Line,
    at: usize,
    /// The code points of the line before it.
    before: u64,
}

impl Cursor {
    /// What follows in the line.
    pub(super) fn rest(&self) -> &str {
        self.line.text.get(self.at..).unwrap_or_default()
    }

    /// Where it stands.
    pub(super) fn position(&self) -> CellPosition {
        CellPosition { line: self.line.number, column: self.before + 1, quoted: false }
    }

    /// Passes over so many bytes of the line.
    pub(super) fn pass(&mut self, len: usize) {
        self.before += self.rest().get(..len).map_or(0, |passed| passed.chars().count() as u64);
        self.at += len;
    }

    /// Goes on to the next line, if there is one, and says what is wrong with it.
    pub(super) fn go_on(&mut self, lines: &mut Lines) -> io::Result<Option<Option<&'static str>>> {
        let Some(line) = lines.next()? else { return Ok(None) };
        let fault = line.fault;
        *self = Self { line, ..Self::default() };
        Ok(Some(fault))
    }
}
