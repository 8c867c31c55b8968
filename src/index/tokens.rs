//! Analysed text in the form in which it is handed to tantivy.
//!
//! Pieces are analysed once, before tantivy sees them, for words, terms and mentions together. What comes out goes in as a string of
//! tokens with separators, which the tokenizer here cuts apart again: that costs a fifth of handing over a list of tokens, each in an
//! allocation of its own.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The name under which the tokenizer is registered.
pub const COMPACT: &str = "compact";

/// Ends each token.
const END: char = '\n';
/// Begins a token that stands at the same position as the one before.
const BESIDE: char = '\t';

/// What a token beside a word says, by its first character. No word contains these.
pub mod marks {
    /// Before the folded form of a word and then the form in which it is written, where the two differ: see [`written`].
    pub const WRITTEN: char = '=';
    /// Before the id of an actor who is mentioned here.
    pub const ACTOR: char = '@';
    /// Before the kind of an actor who is mentioned here.
    pub const KIND: char = '#';

    /// The token of a word that is written so. Those of one word begin alike, so that its other writings are found by a prefix.
    #[must_use]
    pub fn written(folded: &str, written: &str) -> String {
        format!("{WRITTEN}{folded}\u{1}{written}")
    }
}

/// Tokens on their way to tantivy.
#[derive(Debug, Default)]
pub struct Compact {
    joined: String,
    len: usize,
}

impl Compact {
    /// Adds a token at the next position.
    pub fn push(&mut self, token: &str) {
        self.joined.push_str(token);
        self.joined.push(END);
        self.len += 1;
    }

    /// Adds a token at the position of the last one: something else than a word, as its mark says.
    pub fn beside(&mut self, token: &str) {
        self.joined.push(BESIDE);
        self.joined.push_str(token);
        self.joined.push(END);
    }

    /// How many positions are taken.
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
        CompactTokens { rest: text, token: &mut self.token }
    }
}

/// The tokens of one joined form.
#[derive(Debug)]
pub struct CompactTokens<'a> {
    rest: &'a str,
    token: &'a mut Token,
}

impl TokenStream for CompactTokens<'_> {
    fn advance(&mut self) -> bool {
        let Some((token, rest)) = self.rest.split_once(END) else { return false };
        self.rest = rest;
        let text = match token.strip_prefix(BESIDE) {
            Some(beside) => beside,
            None => {
                // The first position is 0: tantivy resets a token to the position before it.
                self.token.position = self.token.position.wrapping_add(1);
                token
            }
        };
        self.token.text.clear();
        self.token.text.push_str(text);
        true
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
    fn tokens_come_back_with_their_positions() {
        let mut compact = Compact::default();
        compact.push("kim");
        compact.beside(&marks::written("kim", "Kim"));
        compact.beside(&format!("{}kim-jong-un", marks::ACTOR));
        compact.push("left");
        assert_eq!(compact.len(), 2);
        let joined = compact.into_string();
        let mut tokenizer = CompactTokenizer::default();
        for _ in 0..2 {
            let mut stream = tokenizer.token_stream(&joined);
            let mut found = Vec::new();
            stream.process(&mut |token| found.push((token.position, token.text.clone())));
            let expected = [(0, "kim"), (0, "=kim\u{1}Kim"), (0, "@kim-jong-un"), (1, "left")];
            assert_eq!(found, expected.map(|(position, text)| (position, text.to_owned())));
        }
        assert!(!tokenizer.token_stream("").advance());
    }
}
