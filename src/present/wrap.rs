//! Lines broken between words, where a terminal would break them inside.

use unicode_segmentation::UnicodeSegmentation;

use super::width::columns;
use crate::text::script::is_hangul;

/// Where there are fewer columns, words are too long to be kept whole.
pub(super) const NARROWEST: usize = 16;

/// `line`, which may be painted, broken where it would be wider than `width` columns. What follows a break is indented by `indent` columns, and
/// painted as what stands before it. Where that leaves no room for words, nothing is broken.
pub(super) fn wrapped(line: &str, width: usize, indent: usize) -> String {
    if width < indent + NARROWEST {
        return line.to_owned();
    }
    let mut text = Wrapped { width, indent, ..Wrapped::default() };
    let mut rest = line;
    while let Some(start) = rest.find('\u{1B}') {
        let (plain, escaped) = rest.split_at(start);
        plain.graphemes(true).for_each(|grapheme| text.put(grapheme));
        let (escape, behind) = escaped.split_at(escape_len(escaped));
        text.escape(escape);
        rest = behind;
    }
    rest.graphemes(true).for_each(|grapheme| text.put(grapheme));
    text.out
}

/// A line as far as it has been broken.
#[derive(Default)]
struct Wrapped {
    width: usize,
    indent: usize,
    out: String,
    /// The columns of the last line of it.
    column: usize,
    /// What paints its end.
    paint: String,
    /// The character that was put last.
    before: Option<char>,
    /// The white space since then, if there is any.
    gap: Option<Place>,
    /// Where the last line can be broken last.
    place: Option<Place>,
}

/// Where a line can be broken.
struct Place {
    /// The bytes of white space there, which a break replaces.
    start: usize,
    end: usize,
    /// The columns before what follows it.
    column: usize,
    /// What paints there.
    paint: String,
}

impl Wrapped {
    fn escape(&mut self, escape: &str) {
        self.out.push_str(escape);
        match escape {
            "\u{1B}[0m" => self.paint.clear(),
            colour if colour.ends_with('m') && colour.starts_with("\u{1B}[") => self.paint.push_str(colour),
            _ => {}
        }
    }

    fn put(&mut self, grapheme: &str) {
        let wide = columns(grapheme);
        if grapheme.chars().all(char::is_whitespace) {
            let at = self.out.len();
            let gap = self.gap.get_or_insert_with(|| Place { start: at, end: at, column: 0, paint: self.paint.clone() });
            self.out.push_str(grapheme);
            self.column += wide;
            if gap.end == at {
                gap.end = self.out.len();
            }
            return;
        }
        let here = Place { start: self.out.len(), end: self.out.len(), column: self.column, paint: self.paint.clone() };
        match self.gap.take() {
            Some(gap) if self.before.is_some() => self.place = Some(Place { column: self.column, ..gap }),
            None if self.may_part(grapheme) => self.place = Some(here),
            // A word that is wider than a line.
            None if self.place.is_none() && self.column + wide > self.width => self.place = Some(here),
            // Nor is the indentation of the first line a place to break.
            _ => {}
        }
        if self.column + wide > self.width
            && let Some(place) = self.place.take()
        {
            let reset = if place.paint.is_empty() { "" } else { "\u{1B}[0m" };
            self.out.replace_range(place.start..place.end, &format!("{reset}\n{}{}", " ".repeat(self.indent), place.paint));
            self.column = self.indent + self.column.saturating_sub(place.column);
        }
        self.out.push_str(grapheme);
        self.column += wide;
        self.before = grapheme.chars().next_back();
    }

    /// Whether a line may end before `grapheme` though no white space stands there: around characters of scripts that are written without
    /// spaces, but not between a bracket or a stop and what it belongs to.
    fn may_part(&self, grapheme: &str) -> bool {
        let Some(before) = self.before else { return false };
        let opens = |c: char| matches!(c, '「' | '『' | '（' | '《' | '〈' | '【' | '〔' | '“' | '‘' | '(' | '［');
        let closes = |c: char| !c.is_alphanumeric() && !opens(c);
        let next = grapheme.chars().next();
        // Korean has spaces.
        let is_korean = is_hangul(before) || next.is_some_and(is_hangul);
        // A letter of Indic with its signs may be as wide as two.
        let is_wide = |c: char| columns(c.encode_utf8(&mut [0; 4])) == 2;
        let is_dense = !is_korean && (next.is_some_and(is_wide) || is_wide(before));
        is_dense && !opens(before) && !next.is_some_and(closes)
    }
}

/// The bytes of the escape sequence that `text` begins with: a colour, or a link.
fn escape_len(text: &str) -> usize {
    let end = if text.starts_with("\u{1B}]") {
        text.find("\u{1B}\\").map(|at| at + 2)
    } else {
        text.find(|c: char| c.is_ascii_alphabetic()).map(|at| at + 1)
    };
    end.unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words() {
        let text = "  The council voted on Thursday, and Russia vetoed it.";
        assert_eq!(wrapped(text, 24, 2), "  The council voted on\n  Thursday, and Russia\n  vetoed it.");
        assert_eq!(wrapped("short", 24, 2), "short");
        assert_eq!(wrapped(text, 10, 2), text, "too narrow for words");
        // A word that is wider than a line is broken inside, as the terminal would.
        assert_eq!(wrapped("a/path/that/goes/on/and/on/and/on", 20, 0), "a/path/that/goes/on/\nand/on/and/on");
        assert_eq!(wrapped("exactly as wide here and more", 20, 0), "exactly as wide here\nand more");
    }

    #[test]
    fn colours_and_links_take_no_room_and_end_with_their_line() {
        let painted = "see \u{1B}[1mNorth Korea and Russia\u{1B}[0m there";
        assert_eq!(wrapped(painted, 20, 2), "see \u{1B}[1mNorth Korea and\u{1B}[0m\n  \u{1B}[1mRussia\u{1B}[0m there");
        assert_eq!(
            wrapped("In May Russia and \u{1B}[36mChina\u{1B}[0m vetoed it", 22, 2),
            "In May Russia and\n  \u{1B}[36mChina\u{1B}[0m vetoed it"
        );
        let linked = "\u{1B}]8;;file:///a/very/long/path/indeed\u{1B}\\a link of words\u{1B}]8;;\u{1B}\\";
        assert_eq!(wrapped(linked, 20, 2), linked);
    }

    #[test]
    fn scripts_without_spaces_are_broken_anywhere_but_before_a_stop() {
        assert_eq!(wrapped("安理会讨论对朝鲜的石油制裁。金正恩没有出席。", 26, 0), "安理会讨论对朝鲜的石油制\n裁。金正恩没有出席。");
        assert_eq!(wrapped("安理会讨论对朝鲜的石油制裁。", 26, 0), "安理会讨论对朝鲜的石油制\n裁。");
        assert_eq!(wrapped("제재를 들여다보는 눈만 없어진 상황이다.", 20, 0), "제재를 들여다보는\n눈만 없어진\n상황이다.");
        assert_eq!(wrapped("安理会讨论对朝鲜的「石油制裁」", 20, 0), "安理会讨论对朝鲜的\n「石油制裁」");
    }
}
