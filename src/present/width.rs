//! How much room text takes on a terminal.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::script::{is_han, is_hangul, is_kana};

/// The columns that `text` takes in a terminal: East Asian characters take two.
pub(super) fn columns(text: &str) -> usize {
    let wide = |c: char| is_han(c) || is_kana(c) || is_hangul(c) || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF60}');
    text.graphemes(true).map(|grapheme| if grapheme.chars().next().is_some_and(wide) { 2 } else { 1 }).sum()
}

/// `text` with spaces to make it `width` columns wide: behind it, or before it where it is to stand at the right.
pub(super) fn padded(text: &str, width: usize, right: bool) -> String {
    let gap = " ".repeat(width.saturating_sub(columns(text)));
    if right { format!("{gap}{text}") } else { format!("{text}{gap}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn east_asian_characters_are_wide() {
        assert_eq!((columns("a中e\u{301}"), padded("中", 4, true).as_str(), padded("a", 3, false).as_str()), (4, "  中", "a  "));
    }
}
