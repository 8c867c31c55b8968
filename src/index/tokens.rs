//! Analysed text in the form in which it is handed to tantivy.
//!
//! Pieces are analysed once, before tantivy sees them, for words, terms and mentions together. What comes out goes in as a string of
//! tokens with separators, which the tokenizer here cuts apart again: that costs a fifth of handing over a list of tokens, each in an
//! allocation of its own.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The name under which the tokenizer is registered.
pub const COMPACT: &str = "compact";

/// Ends each token.
const END: u8 = b'\n';
/// Begins a token that stands at the same position as the one before.
const BESIDE: u8 = b'\t';
/// Begins a number of positions at which nothing stands.
const SKIP: u8 = 0xB;

/// What a token beside a word says, by its first character. No word begins with these.
pub mod marks {
    /// A sentence begins here.
    pub const SENTENCE: &str = ".";
    /// A paragraph begins here.
    pub const PARAGRAPH: &str = "¶";
    /// Behind a sign between clauses, a character of a script without spaces stands here: no word of them goes on over the sign.
    pub const CLAUSE: &str = ",";
    /// Before the folded form of a word and then the form in which it is written, where the two differ: see [`written`].
    pub const WRITTEN: char = '=';
    /// Before the id of an actor who is mentioned here.
    pub const ACTOR: char = '@';
    /// Before the kind of an actor who is mentioned here.
    pub const KIND: char = '#';
    /// Behind a mark, before the number of words that a mention covers: see [`wide`].
    pub const WIDE: char = '\u{1}';

    /// Stands for the written form of a word that differs from the folded one by a capital at the beginning, as nearly all that differ do.
    const CAPITAL: char = '^';

    /// The token of a word that is written so. Those of one word begin alike, so that its other writings are found by a prefix.
    #[must_use]
    pub fn written(folded: &str, written: &str) -> String {
        let mut token = String::new();
        push_written(&mut token, folded, written);
        token
    }

    /// Appends the token of a word that is written so.
    pub(super) fn push_written(out: &mut String, folded: &str, written: &str) {
        out.push(WRITTEN);
        out.push_str(folded);
        out.push('\u{1}');
        if is_capitalised(folded, written) { out.push(CAPITAL) } else { out.push_str(written) }
    }

    fn is_capitalised(folded: &str, written: &str) -> bool {
        let (Some((small, rest)), Some((capital, written))) = (folded.as_bytes().split_first(), written.as_bytes().split_first()) else {
            return false;
        };
        capital.is_ascii_uppercase() && capital.to_ascii_lowercase() == *small && rest == written
    }

    /// The token of a mention with this mark that covers `width` words, where that is more than one; without `width`, what all such begin with.
    #[must_use]
    pub fn wide(mark: &str, width: Option<usize>) -> String {
        format!("{mark}{WIDE}{}", width.map(|width| width.to_string()).unwrap_or_default())
    }

    /// How many words a mention with `mark` covers, by a token that [`wide`] made.
    #[must_use]
    pub fn width(mark: &str, token: &str) -> Option<u32> {
        token.strip_prefix(mark)?.strip_prefix(WIDE)?.parse().ok()
    }
}

/// Tokens on their way to tantivy.
#[derive(Debug, Default)]
pub struct Compact {
    joined: String,
    len: usize,
}

impl Compact {
    /// An empty one with room for tokens of so many bytes, all together.
    pub(super) fn with_room(bytes: usize) -> Self {
        Self { joined: String::with_capacity(bytes), len: 0 }
    }

    /// Adds a token at the next position.
    pub fn push(&mut self, token: &str) {
        self.joined.push_str(token);
        self.joined.push(char::from(END));
        self.len += 1;
    }

    /// Adds a token at the position of the last one: something else than a word, as its mark says.
    pub fn beside(&mut self, token: &str) {
        self.joined.push(char::from(BESIDE));
        self.joined.push_str(token);
        self.joined.push(char::from(END));
    }

    /// Adds how the last word is written, beside it.
    pub(super) fn written(&mut self, folded: &str, written: &str) {
        self.joined.push(char::from(BESIDE));
        marks::push_written(&mut self.joined, folded, written);
        self.joined.push(char::from(END));
    }

    /// Goes on to `position`, if that is further on: the next token pushed stands there.
    pub fn skip_to(&mut self, position: usize) {
        if position > self.len {
            self.joined.push(char::from(SKIP));
            self.joined.push_str(&(position - self.len).to_string());
            self.joined.push(char::from(END));
            self.len = position;
        }
    }

    /// How many positions are taken or passed over.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing was added.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.joined.is_empty()
    }

    /// The joined form.
    #[must_use]
    pub fn into_string(self) -> String {
        self.joined
    }

    /// The tokens with their positions.
    #[cfg(test)]
    pub(super) fn positions(&self) -> Vec<(u32, String)> {
        let mut tokenizer = CompactTokenizer::default();
        let mut found = Vec::new();
        tokenizer.token_stream(&self.joined).process(&mut |token| {
            found.push((u32::try_from(token.position).unwrap_or(u32::MAX), token.text.clone()));
        });
        found
    }
}

/// What the joined form of [`Compact`] says next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry<'a> {
    /// A token at the next position.
    Next(&'a str),
    /// A token at the position of the last one.
    Beside(&'a str),
    /// So many positions at which nothing stands.
    Skip(usize),
}

/// What a joined form says.
pub(super) fn entries(joined: &str) -> Entries<'_> {
    Entries { rest: joined }
}

/// What a joined form says, one after the other.
#[derive(Clone, Debug)]
pub(super) struct Entries<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Entries<'a> {
    type Item = Entry<'a>;

    #[inline]
    fn next(&mut self) -> Option<Entry<'a>> {
        // Tokens are short: their ends are found byte by byte.
        let end = self.rest.bytes().position(|byte| byte == END)?;
        let (token, behind) = self.rest.split_at_checked(end)?;
        self.rest = behind.get(1..).unwrap_or_default();
        let marked = || token.get(1..).unwrap_or_default();
        Some(match token.as_bytes().first() {
            Some(&SKIP) => Entry::Skip(marked().parse().unwrap_or(0)),
            Some(&BESIDE) => Entry::Beside(marked()),
            _ => Entry::Next(token),
        })
    }
}

/// Cuts the joined form of [`Compact`] into its tokens.
#[derive(Clone, Debug, Default)]
pub struct CompactTokenizer {
    token: Token,
}

impl Tokenizer for CompactTokenizer {
    type TokenStream<'a> = CompactTokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        self.token.reset();
        CompactTokens { entries: entries(text), next: 0, token: &mut self.token }
    }
}

/// The tokens of one joined form.
#[derive(Debug)]
pub struct CompactTokens<'a> {
    entries: Entries<'a>,
    /// The position of the next token that is not beside another.
    next: usize,
    token: &'a mut Token,
}

impl TokenStream for CompactTokens<'_> {
    fn advance(&mut self) -> bool {
        for entry in &mut self.entries {
            let text = match entry {
                Entry::Skip(positions) => {
                    self.next += positions;
                    continue;
                }
                Entry::Beside(token) => token,
                Entry::Next(token) => {
                    self.next += 1;
                    token
                }
            };
            // What stands beside nothing stands at the beginning.
            self.token.position = self.next.saturating_sub(1);
            self.token.text.clear();
            self.token.text.push_str(text);
            return true;
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_otherwise_has_another_token() {
        let written = ["Kim", "KIM", "kIm", "Kím", "K", "Kimm"].map(|written| marks::written("kim", written));
        for (at, token) in written.iter().enumerate() {
            assert!(token.starts_with(&marks::written("kim", "")) && !written.iter().skip(at + 1).any(|other| other == token), "{token}");
        }
    }

    #[test]
    fn tokens_come_back_with_their_positions() {
        let mut compact = Compact::default();
        compact.push("kim");
        compact.written("kim", "Kim");
        compact.written("kim", "KIM");
        compact.beside(&format!("{}kim-jong-un", marks::ACTOR));
        compact.push("left");
        compact.skip_to(1);
        compact.skip_to(5);
        compact.push("early");
        assert_eq!(compact.len(), 6);
        let joined = compact.into_string();
        let mut tokenizer = CompactTokenizer::default();
        for _ in 0..2 {
            let mut stream = tokenizer.token_stream(&joined);
            let mut found = Vec::new();
            stream.process(&mut |token| found.push((token.position, token.text.clone())));
            let expected = [(0, "kim"), (0, "=kim\u{1}^"), (0, "=kim\u{1}KIM"), (0, "@kim-jong-un"), (1, "left"), (5, "early")];
            assert_eq!(found, expected.map(|(position, text)| (position, text.to_owned())));
        }
        assert!(!tokenizer.token_stream("").advance());
    }
}
