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

    /// What is wrong with the line.
    pub(super) fn fault(&self) -> Option<&'static str> {
        self.line.fault
    }

    /// Goes on to the next line, if there is one.
    pub(super) fn go_on(&mut self, lines: &mut Lines) -> io::Result<bool> {
        let next = lines.next()?;
        let is_there = next.is_some();
        if let Some(line) = next {
            *self = Self { line, ..Self::default() };
        }
        Ok(is_there)
    }
}
