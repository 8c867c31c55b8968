//! Words of a text, of any script.
//!
//! A run of letters and digits is a word; of scripts without spaces each character is one ([`Shape::Solo`]). So `G7峰会` is three
//! words, and a Chinese phrase is a run of characters. The rules beyond that:
//!
//! - an apostrophe joins (`don't`, `O'Brien`), but a possessive `'s` belongs to no word (`Kim's` is `Kim`, so that the phrase
//!   "Kim Jong Un" is found in "Kim Jong Un's visit"), nor do [Turkish endings](turkish::is_ending), and an elided article is a
//!   word of its own (`l'Union` is `l` and `Union`);
//! - a point or comma between digits joins (`3.5`, `1,000`), as do the points of an acronym (`U.S.` is one word, without its last point);
//! - a hyphen separates (`Jong-un` is two words), so that spelling with hyphen, dash or space is all one; what is
//!   written closed meets it by a term of its own: see [`super::hyphens`];
//! - combining marks and invisible characters belong to the word in which they stand.

use super::script::{Shape, shape};
use super::{Span, turkish};

/// A word: where it stands, and whether it is one character of a script without spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its place in the text.
    pub span: Span,
    /// Whether it is a single character of a script without spaces.
    pub solo: bool,
}

/// The words of `text` in order.
///
/// ```
/// use pundit::text::Words;
/// let text = "Kim Jong-un's G7峰会 in the U.S.";
/// let words: Vec<_> = Words::of(text).map(|word| word.span.of(text)).collect();
/// assert_eq!(words, ["Kim", "Jong", "un", "G7", "峰", "会", "in", "the", "U.S"]);
/// ```
#[derive(Clone, Debug)]
pub struct Words<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Words<'t> {
    /// The words of `text`.
    #[must_use]
    pub const fn of(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        let byte = *self.text.as_bytes().get(at)?;
        if byte.is_ascii() { Some(char::from(byte)) } else { self.text.get(at..)?.chars().next() }
    }

    fn shape_at(&self, at: usize) -> Shape {
        self.char_at(at).map_or(Shape::Gap, shape)
    }

    /// What the byte at `at` is.
    fn plain_at(&self, at: usize) -> Option<Plain> {
        self.text.as_bytes().get(at).map(|&byte| PLAIN[usize::from(byte)])
    }

    /// The end of the bytes from `at` on that are all `plain`: most text is made of such as need no closer look.
    #[inline]
    fn plain_end(&self, at: usize, plain: Plain) -> usize {
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        at + rest.iter().take_while(|&&byte| PLAIN[usize::from(byte)] == plain).count()
    }

    /// The end of the characters that cling to what stands before `at`.
    fn skip_marks(&self, mut at: usize) -> usize {
        while let Some(c) = self.char_at(at) {
            if c.is_ascii() || shape(c) != Shape::Mark {
                break;
            }
            at += c.len_utf8();
        }
        at
    }

    /// Reads the word of letters and digits that starts at `start`.
    fn spaced(&mut self, start: usize) -> Word {
        let mut at = start;
        let mut end = start;
        loop {
            let plain = self.plain_end(at, Plain::Word);
            if plain > at {
                (at, end) = (plain, plain);
            }
            // What most words end with.
            if self.plain_at(at) == Some(Plain::Gap) {
                break;
            }
            let Some(c) = self.char_at(at) else { break };
            match shape(c) {
                Shape::Letter | Shape::Digit | Shape::Mark => {
                    at += c.len_utf8();
                    end = at;
                }
                Shape::Solo => break,
                Shape::Gap => match self.join(start, at, c) {
                    Join::Inside => at += c.len_utf8(),
                    Join::Ends => break,
                    Join::EndsBehind(next) => {
                        self.at = next;
                        return Word { span: Span::new(start, end), solo: false };
                    }
                },
            }
        }
        self.at = end.max(at);
        Word { span: Span::new(start, end), solo: false }
    }

    /// What the punctuation `c` at `at` does to the word that began at `start`.
    fn join(&self, start: usize, at: usize, c: char) -> Join {
        let next = at + c.len_utf8();
        match c {
            '\'' | '\u{2019}' | '\u{2BC}' | '\u{FF07}' => self.apostrophe(start, at, next),
            '.' if self.is_acronym(start, at) => Join::Inside,
            '.' | ',' | '\u{66B}' | '\u{66C}' => {
                let digits = self.previous_is_digit(start, at) && self.shape_at(next) == Shape::Digit;
                if digits { Join::Inside } else { Join::Ends }
            }
            _ => Join::Ends,
        }
    }

    fn apostrophe(&self, start: usize, at: usize, next: usize) -> Join {
        if self.shape_at(next) != Shape::Letter {
            return Join::Ends;
        }
        let behind = Span::new(start, at).of(self.text);
        if matches!(self.char_at(next), Some('s' | 'S')) && !matches!(self.shape_at(next + 1), Shape::Letter | Shape::Digit | Shape::Mark) {
            return Join::EndsBehind(next + 1);
        }
        let rest = self.text.get(next..).unwrap_or_default();
        let end = next + rest.find(|c| shape(c) != Shape::Letter).unwrap_or(rest.len());
        if turkish::is_ending(behind, Span::new(next, end).of(self.text)) {
            return Join::EndsBehind(end);
        }
        if is_elided(behind) { Join::Ends } else { Join::Inside }
    }

    /// Whether the point at `at` stands between the single letters of an acronym: `U.S.`, `J.F.K`.
    fn is_acronym(&self, start: usize, at: usize) -> bool {
        // Of what stands before an earlier point that joined it was so, too.
        let mut letters = Span::new(start, at).of(self.text).chars().rev().take_while(|&c| c != '.');
        let single = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
        let Some(next) = self.char_at(at + 1) else { return false };
        single && shape(next) == Shape::Letter && !matches!(self.shape_at(at + 1 + next.len_utf8()), Shape::Letter | Shape::Digit)
    }

    fn previous_is_digit(&self, start: usize, at: usize) -> bool {
        Span::new(start, at).of(self.text).chars().next_back().is_some_and(|c| shape(c) == Shape::Digit)
    }
}

/// What a byte is at word boundaries, as far as it tells by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Plain {
    /// An ASCII letter or digit.
    Word,
    /// An ASCII character that parts words.
    Gap,
    /// One that may join them, or a part of another character.
    Other,
}

/// What each byte is.
static PLAIN: [Plain; 256] = {
    let mut plain = [Plain::Other; 256];
    let mut byte = 0_u8;
    while byte.is_ascii() {
        plain[byte as usize] = match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => Plain::Word,
            b'\'' | b'.' | b',' => Plain::Other,
            _ => Plain::Gap,
        };
        byte += 1;
    }
    plain
};

/// What a punctuation mark inside a run of letters does.
enum Join {
    /// It belongs to the word.
    Inside,
    /// The word ends before it.
    Ends,
    /// The word ends before it, and the text up to this byte belongs to no word.
    EndsBehind(usize),
}

/// French, Italian and Catalan articles and pronouns that lose their vowel before another: `l'`, `d'`, `qu'`, `dell'`.
fn is_elided(word: &str) -> bool {
    const ELIDED: [&str; 22] = [
        "l", "d", "j", "m", "t", "n", "s", "c", "qu", "jusqu", "lorsqu", "puisqu", "quelqu", "un", "dell", "all", "nell", "sull", "dall",
        "quell", "gl", "aujourd",
    ];
    word.len() <= 7 && ELIDED.iter().any(|elided| word.eq_ignore_ascii_case(elided))
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        loop {
            self.at = self.plain_end(self.at, Plain::Gap);
            let c = self.char_at(self.at)?;
            let start = self.at;
            match shape(c) {
                Shape::Gap | Shape::Mark => self.at += c.len_utf8(),
                Shape::Letter | Shape::Digit => return Some(self.spaced(start)),
                Shape::Solo => {
                    self.at = self.skip_marks(start + c.len_utf8());
                    return Some(Word { span: Span::new(start, self.at), solo: true });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        Words::of(text).map(|word| word.span.of(text)).collect()
    }

    #[test]
    fn punctuation_inside_words() {
        let table: &[(&str, &[&str])] = &[
            ("don't O'Brien", &["don't", "O'Brien"]),
            ("Putin’s and the Clintons' house", &["Putin", "and", "the", "Clintons", "house"]),
            ("l'Union d’Europe qu'il", &["l", "Union", "d", "Europe", "qu", "il"]),
            ("3.5 1,000 1.", &["3.5", "1,000", "1"]),
            ("the U.S. and U.K.-led, J.Smith e.g. this", &["the", "U.S", "and", "U.K", "led", "J", "Smith", "e.g", "this"]),
            ("example.com end.Next", &["example", "com", "end", "Next"]),
            ("F-16 COVID-19 5G", &["F", "16", "COVID", "19", "5G"]),
            ("co\u{AD}operate caf\u{65}\u{301}", &["co\u{AD}operate", "caf\u{65}\u{301}"]),
            ("s's 'quoted'", &["s", "quoted"]),
            ("Putin'in ve NATO’ya 2024'te O'Neill", &["Putin", "ve", "NATO", "2024", "O'Neill"]),
        ];
        for (text, expected) in table {
            assert_eq!(&words(text), expected, "{text}");
        }
    }

    #[test]
    fn scripts_without_spaces_give_a_word_a_character() {
        assert_eq!(words("在G7峰会上,Xi Jinping的"), ["在", "G7", "峰", "会", "上", "Xi", "Jinping", "的"]);
        assert_eq!(words("북한은 ミサイルー"), ["북", "한", "은", "ミ", "サ", "イ", "ル", "ー"]);
        assert_eq!(words("ไทย ที่"), ["ไ", "ท", "ย", "ที่"]);
    }

    #[test]
    fn words_are_in_order_and_on_boundaries() {
        for text in ["", "  ", "a\u{301}b", "١٬٠٠٠ ريال", "«Ёлка» 𠀀𠀁", "'''", "\u{200B}x\u{200B}", "1.2.3.", "a.b.c.d.e"]
        {
            let mut last = 0;
            for word in Words::of(text) {
                assert!(word.span.start >= last && !word.span.is_empty(), "{text:?}");
                assert!(text.get(word.span.start..word.span.end).is_some(), "{text:?}");
                last = word.span.end;
            }
        }
    }
}
