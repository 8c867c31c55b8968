//! What is written of a word.

use foldhash::HashMap;

/// What is written of a word: the numbers of terms.
#[derive(Clone, Copy, Debug)]
pub(in crate::index) struct WordTerms {
    /// Its folded form.
    pub(in crate::index) folded: u32,
    /// By which it is spelled in a text.
    pub(in crate::index) spelled: u32,
    /// Its stem; [`LEFT_OUT`] of a solo word.
    pub(in crate::index) stem: u32,
    /// As much of its stem as is kept for comparing pieces.
    pub(in crate::index) beginning: u32,
    /// What stands beside its folded form.
    pub(in crate::index) beside: Beside,
    /// Whether its stem has the form of a run without spaces.
    pub(in crate::index) is_run: bool,
    /// Whether its stem is a word of grammar.
    pub(in crate::index) is_grammar: bool,
}

/// What tells of a word how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::index) enum Beside {
    /// Nothing: it is written as it is folded.
    Nothing,
    /// That it begins with a capital.
    Capital,
    /// The term by which it is spelled.
    Spelled,
}

/// The number of what is longer than a term may be.
pub(in crate::index) const LEFT_OUT: u32 = u32::MAX;

/// What is written of the words of a piece, by the numbers that they have for analysis: half of all words of a piece were met in it before.
#[derive(Default)]
pub(in crate::index) struct KnownWords(HashMap<u32, WordTerms>);

impl KnownWords {
    /// Forgets all of them, for another piece.
    pub(in crate::index) fn clear(&mut self) {
        self.0.clear();
    }

    /// What is written of the word with this number, made by `make` if it was not met before. Words without a number have 0; nothing is kept of them.
    #[inline]
    pub(in crate::index) fn get(&mut self, number: u32, make: impl FnOnce() -> WordTerms) -> WordTerms {
        if let Some(known) = self.0.get(&number) {
            return *known;
        }
        let made = make();
        if number != 0 {
            self.0.insert(number, made);
        }
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_asked_for_once_and_those_without_a_number_each_time() {
        let (mut known, mut made) = (KnownWords::default(), 0);
        let mut get = |number: u32| {
            let terms = known.get(number, || {
                made += 1;
                let [folded, spelled, stem, beginning] = [made; 4];
                WordTerms { folded, spelled, stem, beginning, beside: Beside::Nothing, is_run: false, is_grammar: false }
            });
            terms.stem
        };
        assert_eq!([0, 7, 7, 8, 0, 7].map(&mut get), [1, 2, 2, 3, 4, 2]);
    }
}
