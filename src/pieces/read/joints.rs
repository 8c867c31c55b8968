//! Where a tag stands inside a word, or between a word and its punctuation: `<span>P</span>arliament`, `(<i>sic</i>)`, `CO<sub>2</sub>`.
//!
//! The extractor of main text puts a space wherever a tag is. What a reader sees there is one word; so each such place gets a character that no
//! reader sees before the extractor has the page, and loses it afterwards together with the space behind.

use std::borrow::Cow;

/// The word joiner, which says of itself that no word ends here.
const JOINT: char = '\u{2060}';

/// Elements that stand in a line of text without a space of their own.
const INLINE: [&str; 28] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "samp", "small",
    "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];
/// Elements whose contents are no markup.
const RAW: [&str; 5] = ["script", "style", "textarea", "title", "xmp"];

/// `markup`, in which the places are marked where no word ends at a tag.
pub(super) fn marked(markup: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(found) = markup.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + found;
        let mut run = Run::default();
        let mut end = start;
        while let Some(tag) = Tag::at(markup, end) {
            run.add(&tag);
            end = tag.end;
        }
        // What looks like a tag and is none is text.
        at = end.max(start + 1);
        let (before, behind) = (markup.get(..start).unwrap_or_default(), markup.get(end..).unwrap_or_default());
        if end > start && run.joins(before, behind) {
            out.push_str(before.get(copied..).unwrap_or_default());
            out.push(JOINT);
            copied = start;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(markup);
    }
    out.push_str(markup.get(copied..).unwrap_or_default());
    Cow::Owned(out)
}

/// `text`, extracted from what was [`marked`], without the marks, and without the spaces behind them.
pub(super) fn joined(text: &str) -> String {
    let mut parts = text.split(JOINT);
    let mut out = String::with_capacity(text.len());
    out.push_str(parts.next().unwrap_or_default());
    parts.for_each(|part| out.push_str(part.strip_prefix(' ').unwrap_or(part)));
    out
}

/// A tag or a comment, and with an element of no markup all that is in it.
struct Tag<'m> {
    name: &'m str,
    closes: bool,
    /// Where the markup goes on.
    end: usize,
}

impl<'m> Tag<'m> {
    /// The tag that begins at byte `start`, if one does.
    fn at(markup: &'m str, start: usize) -> Option<Self> {
        let rest = markup.get(start..)?.strip_prefix('<')?;
        if let Some(comment) = rest.strip_prefix("!--") {
            let inside = start + "<!--".len();
            // What nobody ends goes on to the end of the page.
            let end = comment.find("-->").map_or(markup.len(), |at| inside + at + "-->".len());
            return Some(Self { name: "wbr", closes: false, end });
        }
        let (named, closes) = rest.strip_prefix('/').map_or((rest, false), |named| (named, true));
        let name = named.get(..named.find(|c: char| !c.is_ascii_alphanumeric())?)?;
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let mut end = markup.len() - named.len() + name.len();
        end += end_of_tag(markup.get(end..)?)?;
        if !closes && RAW.iter().any(|raw| raw.eq_ignore_ascii_case(name)) {
            let closing = |at: &usize| {
                let named = markup.get(end + at + "</".len()..).and_then(|behind| behind.get(..name.len()));
                named.is_some_and(|named| named.eq_ignore_ascii_case(name))
            };
            let inside = markup.get(end..)?.match_indices("</").map(|(at, _)| at).find(closing);
            end = inside.map_or(markup.len(), |inside| end + inside);
        }
        Some(Self { name, closes, end })
    }
}

/// Tags of more bytes are not looked at, so that those that never end cost little.
const LONGEST: usize = 4 << 10;

/// How many bytes of `rest`, which stands behind a tag's name, belong to the tag. A sign in a value in quotes does not end it.
fn end_of_tag(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in rest.bytes().take(LONGEST).enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if byte == open => quote = None,
            _ => {}
        }
    }
    None
}

/// Tags with nothing between.
#[derive(Default)]
struct Run {
    /// Whether a tag of them begins or ends a line of text.
    parts: bool,
    /// Whether one element ends, and then another begins.
    between: bool,
    closes: bool,
    raises: bool,
    lowers: bool,
    is_break: bool,
}

impl Run {
    fn add(&mut self, tag: &Tag<'_>) {
        let is = |name: &str| tag.name.eq_ignore_ascii_case(name);
        let opens = !tag.closes && !is("wbr");
        self.parts |= !INLINE.iter().any(|inline| is(inline));
        self.between |= opens && self.closes;
        self.closes |= tag.closes;
        self.raises |= is("sup");
        self.lowers |= is("sub");
        self.is_break |= is("wbr");
    }

    /// Whether a reader sees as one what stands before them and what stands behind.
    fn joins(&self, before: &str, behind: &str) -> bool {
        let (Some(a), Some(b)) = (before.chars().next_back(), behind.chars().next()) else { return false };
        if self.parts || a.is_whitespace() || b.is_whitespace() || b == '<' {
            return false;
        }
        if !a.is_alphanumeric() || !b.is_alphanumeric() {
            return true;
        }
        // Words of two elements, or of one and the next line, are kept apart by what a style sheet says.
        if self.between {
            return false;
        }
        if b.is_numeric() {
            // The number of a note stands behind a word, and so does a power.
            return !self.raises && (a.is_numeric() || self.lowers || self.is_break);
        }
        // A capital behind a word begins another, unless the first letter alone was made large, or it is a formula's: "H₂O".
        let is_first = a.is_uppercase() && !before.chars().rev().nth(1).is_some_and(char::is_alphanumeric);
        !b.is_uppercase() || is_first || a.is_numeric() && self.lowers
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_word_goes_on_over_a_tag_inside_it() {
        for (markup, expected) in [
            ("<p><span class='d'>P</span>arliament", "<p><span class='d'>P|</span>arliament"),
            ("<b>T</b>HE vote", "<b>T|</b>HE vote"),
            ("H<sub>2</sub>O", "H|<sub>2|</sub>O"),
            ("CO<sub>2</sub> and CO<SUB>2</SUB>-free", "CO|<sub>2</sub> and CO|<SUB>2|</SUB>-free"),
            ("super<wbr>market foot<!-- > -->ball", "super|<wbr>market foot|<!-- > -->ball"),
            ("全国<b>人民</b>代表", "全国|<b>人民|</b>代表"),
            ("(<i>sic</i>) it<em>’s</em> <q>so</q>.", "(|<i>sic|</i>) it|<em>’s</em> <q>so|</q>."),
            ("1<sup>er</sup> mai, $<b>5</b>bn", "1|<sup>er</sup> mai, $|<b>5|</b>bn"),
            ("un<em title='a > b'>in</em>tended", "un|<em title='a > b'>in|</em>tended"),
            ("a<b><i>b</i></b>c", "a|<b><i>b|</i></b>c"),
        ] {
            assert_eq!(marked(markup).replace(JOINT, "|"), expected);
        }
    }

    #[test]
    fn a_word_ends_where_a_reader_sees_it_end() {
        for markup in [
            "one<p>two</p>three<br>four<img>five",
            "word<sup>1</sup> 10<sup>6</sup>",
            "<a>Home</a><a>World</a> <b>one</b><!-- --><i>two</i>",
            "5 May <b>2024</b> London, <span>By</span>Jane <b>BREAKING</b>Trump",
            "in <b>two</b> words <b> and </b> more",
            "a<script>if (a<b>c) '<b>x</b>y'</script>b <style>a<b>c</style> <title>a<b>c</b></title>",
            "a < b, a<3, a<",
            "a<b c=\"",
            "<!-- a<b>c</b>d --> <span title='a<b>c'>x</span>",
        ] {
            assert_eq!(marked(markup), markup);
        }
    }

    #[test]
    fn the_space_behind_a_mark_goes_with_it() {
        assert_eq!(joined("P\u{2060} arliament \u{2060}is\u{2060}\nin"), "Parliament is\nin");
    }

    proptest! {
        /// Nothing else of a page is changed, and any page is read.
        #[test]
        fn marks_are_all_that_is_added(markup in "([a-zA-Z1 é<>/!'\"-]|<b>|</i>|<!--|-->|<script>|</script>|<p>|国){0,60}") {
            prop_assert_eq!(marked(&markup).replace(JOINT, ""), markup);
        }
    }
}
