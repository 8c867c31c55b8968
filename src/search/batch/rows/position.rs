use crate::text::Span;

/// Where a cell stands in its file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CellPosition {
    /// The line, counted from 1.
    pub line: u64,
    /// The column in code points, counted from 1.
    pub column: u64,
    /// Whether the cell stands in quotation marks, so that such inside are written twice.
    pub quoted: bool,
}

impl CellPosition {
    /// The line and column of the byte `offset` of the cell, whose text is `text`.
    #[must_use]
    pub fn of(self, text: &str, offset: usize) -> (u64, u64) {
        let before = Span::new(0, offset.min(text.len())).of(text);
        let (lines, last) = match before.rsplit_once('\n') {
            Some((earlier, last)) => (earlier.matches('\n').count() + 1, last),
            None => (0, before),
        };
        let doubled = if self.quoted { last.matches('"').count() } else { 0 };
        let columns = last.chars().count() + doubled;
        let first = if lines > 0 { 1 } else { self.column + u64::from(self.quoted) };
        (self.line + lines as u64, first + columns as u64)
    }
}
