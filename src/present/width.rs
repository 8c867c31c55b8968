//! How much room text takes on a terminal.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The columns that `text` takes in a terminal: East Asian characters and emoji take two, marks on other characters none.
pub(super) fn columns(text: &str) -> usize {
    text.width()
}

/// `text` with spaces to make it `width` columns wide: behind it, or before it where it is to stand at the right.
pub(super) fn padded(text: &str, width: usize, right: bool) -> String {
    let gap = " ".repeat(width.saturating_sub(columns(text)));
    if right { format!("{gap}{text}") } else { format!("{text}{gap}") }
}

/// The end of `text` that fits `width` columns, or its beginning, whole graphemes alone.
pub(super) fn cut(text: &str, width: usize, end: bool) -> &str {
    let mut used = 0;
    let mut fits = |grapheme: &str| {
        used += columns(grapheme);
        used <= width
    };
    if end {
        let start = text.grapheme_indices(true).rev().take_while(|(_, grapheme)| fits(grapheme)).last().map_or(text.len(), |(at, _)| at);
        text.get(start..).unwrap_or_default()
    } else {
        let stop = text.grapheme_indices(true).take_while(|(_, grapheme)| fits(grapheme)).last().map_or(0, |(at, g)| at + g.len());
        text.get(..stop).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emoji_are_wide_and_marks_take_no_room() {
        assert_eq!(["🚀", "👩‍👩‍👧", "🇨🇳", "한글", "カ", "ｶ", "é", "n\u{303}", "“…”"].map(columns), [2, 2, 2, 4, 2, 1, 1, 1, 3]);
        assert_eq!(cut("🚀🚀a", 3, false), "🚀");
    }

    #[test]
    fn east_asian_characters_are_wide() {
        assert_eq!((columns("a中e\u{301}"), padded("中", 4, true).as_str(), padded("a", 3, false).as_str()), (4, "  中", "a  "));
        assert_eq!((cut("ab中文", 3, true), cut("ab中文", 3, false), cut("中", 1, true)), ("文", "ab", ""));
    }
}
