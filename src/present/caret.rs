use super::escape;
use super::width::columns;
use crate::query::SyntaxError;
use crate::text::{Span, code_points};

/// The query with marks below the part that is at fault.
///
/// ```
/// # use pundit::query::{Mode, parse};
/// let error = parse("a AND", Mode::All).unwrap_err();
/// assert_eq!(pundit::present::caret(&error), "  a AND\n    ^^^");
/// ```
#[must_use]
pub fn caret(error: &SyntaxError) -> String {
    caret_at(&error.query, error.at)
}

/// `text` with marks below `part` of it.
#[must_use]
pub fn caret_at(text: &str, part: Span) -> String {
    let shown = escape::terminal(text);
    // Escaping keeps the number of code points.
    let at = |offset: usize| shown.char_indices().nth(code_points(text, offset)).map_or(shown.len(), |(at, _)| at);
    let (start, end) = (at(part.start), at(part.end));
    let before = columns(Span::new(0, start).of(&shown));
    let marked = columns(Span::new(start, end).of(&shown)).max(1);
    format!("  {shown}\n  {}{}", " ".repeat(before), "^".repeat(marked))
}
