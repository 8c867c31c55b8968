//! What is kept of documents to be shown, coded with the numbers of terms.

use super::word_terms::LEFT_OUT;
use crate::index::marks;
use crate::index::texts::coded::{Symbol, put_shell};
use crate::index::texts::{LONGEST, Spelling};
use crate::text::word_numbers::WordNumbers;

/// What is kept of a document, to be added to: its strings in order, and behind them a text.
pub(in crate::index) struct Coding<'i> {
    numbers: &'i mut WordNumbers,
    bytes: &'i mut Vec<u8>,
    /// Where a token is put together.
    token: &'i mut String,
    spelling: Spelling,
}

impl<'i> Coding<'i> {
    /// Begins what is kept of a document, at the end of `bytes`: what is no text of it is `shell`.
    pub(super) fn begin(numbers: &'i mut WordNumbers, bytes: &'i mut Vec<u8>, token: &'i mut String, shell: &[u8]) -> Self {
        put_shell(shell, bytes);
        Self { numbers, bytes, token, spelling: Spelling::default() }
    }

    /// Adds a string that is no word.
    pub(in crate::index) fn string(&mut self, string: &str) {
        self.token.clear();
        self.token.push(marks::STRING);
        self.token.push_str(string);
        let number = (string.len() <= LONGEST).then(|| self.numbers.number(self.token));
        self.put(string, number);
    }

    /// Adds a string that is a term, by its number.
    pub(in crate::index) fn term(&mut self, number: u32) {
        Symbol::Unit(number).put(self.bytes);
    }

    /// The number of a term, [`LEFT_OUT`] if it is too long.
    pub(in crate::index) fn number(&mut self, term: &str) -> u32 {
        if term.len() <= LONGEST { self.numbers.number(term) } else { LEFT_OUT }
    }

    /// Adds the next word of the text, or several together, and before it what stands `between` it and the one before. `number` is that of the token
    /// by which it is spelled, [`LEFT_OUT`] if it has none.
    pub(in crate::index) fn word(&mut self, between: &str, word: &str, number: u32) {
        let kept = self.spelling.kept(between, word);
        if let Some(kept) = kept {
            self.rest(kept);
        }
        self.spelling.comes(word, kept.is_some() || between.is_empty(), self.bytes);
        if number != LEFT_OUT && word.len() <= LONGEST {
            self.term(number);
        } else {
            self.string(word);
        }
    }

    /// Adds what stands between words, or behind the last.
    pub(in crate::index) fn rest(&mut self, rest: &str) {
        if !rest.is_empty() {
            self.spelling.comes(rest, true, self.bytes);
            self.string(rest);
        }
    }

    fn put(&mut self, string: &str, number: Option<u32>) {
        number.map_or(Symbol::Spelled(string.as_bytes()), Symbol::Unit).put(self.bytes);
    }
}
