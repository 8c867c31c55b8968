use unicode_segmentation::UnicodeSegmentation;

use super::escape;
use crate::query::SyntaxError;
use crate::text::script::{is_han, is_hangul, is_kana};
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
    let shown = escape::terminal(&error.query);
    // Escaping keeps the number of code points.
    let at = |offset: usize| shown.char_indices().nth(code_points(&error.query, offset)).map_or(shown.len(), |(at, _)| at);
    let (start, end) = (at(error.at.start), at(error.at.end));
    let before = columns(Span::new(0, start).of(&shown));
    let marked = columns(Span::new(start, end).of(&shown)).max(1);
    format!("  {shown}\n  {}{}", " ".repeat(before), "^".repeat(marked))
}

/// The columns that `text` takes in a terminal: East Asian characters take two.
fn columns(text: &str) -> usize {
    let wide = |c: char| is_han(c) || is_kana(c) || is_hangul(c) || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF60}');
    text.graphemes(true).map(|grapheme| if grapheme.chars().next().is_some_and(wide) { 2 } else { 1 }).sum()
}
