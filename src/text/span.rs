use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use super::script::is_left_over;

/// A byte range of a text, always on character boundaries of the text that it was made for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// The beginning of `text`, `most` bytes at the most: as many as make whole characters.
///
/// ```
/// assert_eq!(pundit::text::beginning("né en", 2), "n");
/// ```
#[must_use]
pub fn beginning(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}

impl Span {
    /// The span from byte `start` up to byte `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The part of `text` that this span names. A span that does not fit `text` (an index damaged on disk) names nothing: "".
    #[inline]
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it covers no byte.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether the two share a byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies inside this span.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The same place counted from `origin`, which must not lie behind the span's start.
    #[must_use]
    pub const fn relative_to(self, origin: usize) -> Self {
        Self { start: self.start - origin, end: self.end - origin }
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Without what is [left over](is_left_over) at its end: it belongs to the last word, but not to what is shown of it.
    #[must_use]
    pub fn without_left_over(self, text: &str) -> Self {
        Self { end: self.start + self.of(text).trim_end_matches(is_left_over).len(), ..self }
    }

    /// Without the white space at its ends, but with such as belongs to a grapheme of something else: a space that carries a combining mark.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Self {
        let inside = self.of(text);
        let start = inside.len() - inside.trim_start().len();
        let end = start + inside.trim().len();
        if start == end {
            return Self::new(self.start + start, self.start + start);
        }
        let cursor = |at| GraphemeCursor::new(at, inside.len(), true);
        let at_ends = Self::new(start, end).of(inside);
        let splits = |at, c: Option<char>| !c.is_some_and(keeps_apart) && cursor(at).is_boundary(inside, 0) == Ok(false);
        let start = if splits(start, at_ends.chars().next()) {
            cursor(start).prev_boundary(inside, 0).ok().flatten().unwrap_or(start)
        } else {
            start
        };
        let end =
            if splits(end, at_ends.chars().next_back()) { cursor(end).next_boundary(inside, 0).ok().flatten().unwrap_or(end) } else { end };
        Self::new(self.start + start, self.start + end)
    }
}

/// Whether a character, one of the usual ones, is known to share no grapheme with white space beside it.
const fn keeps_apart(c: char) -> bool {
    matches!(c, '!'..'\u{300}' | '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{3011}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF1F}')
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

/// How many code points `text` holds before byte `offset`.
///
/// Output counts in code points, so that a Python slice of the text is the same text; inside, everything counts in bytes.
#[must_use]
pub fn code_points(text: &str, offset: usize) -> usize {
    // A code point starts at every byte that is no continuation byte.
    text.as_bytes().iter().take(offset).filter(|&&byte| byte & 0xC0 != 0x80).count()
}

/// Tells [`code_points`] of one offset after the other, counting on from the one before: a text may have many, and be long.
#[derive(Clone, Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// The offset before, and the code points before that.
    known: (usize, usize),
}

impl<'t> CodePoints<'t> {
    /// Of offsets in `text`.
    #[must_use]
    pub const fn of(text: &'t str) -> Self {
        Self { text, known: (0, 0) }
    }

    /// How many code points stand before byte `offset`.
    pub fn before(&mut self, offset: usize) -> usize {
        let (from, counted) = if self.known.0 <= offset { self.known } else { (0, 0) };
        let between = Span::new(from, offset.min(self.text.len())).of(self.text);
        self.known = (offset, counted + code_points(between, between.len()));
        self.known.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counting_on_gives_what_counting_anew_does() {
        let text = "Paris, 北京 — Київ";
        let mut points = CodePoints::of(text);
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len(), 7, 0, 10, 10, text.len()]).collect();
        for offset in ends {
            assert_eq!(points.before(offset), text.char_indices().filter(|(at, _)| *at < offset).count());
        }
    }

    #[test]
    fn a_space_with_a_mark_is_kept() {
        let trimmed = |text: &'static str| Span::new(0, text.len()).trimmed(text).of(text);
        assert_eq!(trimmed(" \n a b \t"), "a b");
        assert_eq!(trimmed("\n  \u{301}a "), " \u{301}a");
        assert_eq!(trimmed("a\u{D4E} \n"), "a\u{D4E} ");
        assert_eq!(trimmed(" \n"), "");
    }

    #[test]
    fn what_is_known_to_keep_apart_does() {
        for c in (0..0x1_0000).filter_map(char::from_u32).filter(|&c| keeps_apart(c)) {
            for space in [" ", "\n", "\u{A0}", "\u{3000}"] {
                let text = format!("{space}{c}{space}");
                let apart = |at| GraphemeCursor::new(at, text.len(), true).is_boundary(&text, 0) == Ok(true);
                assert!(apart(space.len()) && apart(text.len() - space.len()), "{c:?}");
            }
        }
    }
}
