//! How a new segment is written: sort-based inversion.
//!
//! The tokens of each field are written down in memory in the order in which they come, as numbers of terms, and sorted by term when the
//! segment is to be written (Moffat and Bell 1995, *In situ generation of compressed inverted files*). The engine's own way is a list for each
//! term that grows with each token: a look into a table, one at the term that is found, and one at the end of its list, each in another place of
//! memory. A number that is appended touches none of them, takes two bytes, and so leaves fewer segments to merge.
//!
//! - [`lexicon`]: the terms of a segment, and their numbers; [`occurrences`]: the numbers, one after the other, and of a large segment [`aside`] in a file.
//! - An [`Inversion`] has both, for all fields. The threads that analyse have one each, whose table fits in fast memory; of each piece they hand over
//!   what was [`Inverted`], and the thread that writes looks up each of its terms once, and appends the numbers.
//! - [`word_terms`]: what is written of a word, which is worked out once in each piece.
//! - [`coding`]: what is kept of documents to be shown, as numbers of the same terms; it goes to the segment's texts ([`super::texts`]) as it comes.
//! - [`postings`]: occurrences sorted, as the engine writes them; [`new_segment`]: all files of a segment.

mod aside;
mod coding;
mod lexicon;
mod new_segment;
mod occurrences;
mod postings;
mod word_terms;
#[cfg(test)]
mod tests;

pub(super) use coding::Coding;
pub(super) use new_segment::NewSegment;
pub(super) use word_terms::{Beside, KnownWords, LEFT_OUT, WordTerms};

use std::io;
use std::path::Path;

use tantivy::tokenizer::MAX_TOKEN_LEN;

use super::texts::CodedDocuments;
use crate::text::word_numbers::{NumberedWords, WordNumbers};
use occurrences::Occurrences;

/// The tokens of some documents in the fields that have postings, to be added to, and what is kept of the documents. Each thread that analyses uses
/// one again and again, whose table so stays in fast memory.
#[derive(Debug, Default)]
pub(super) struct Inversion {
    numbers: WordNumbers,
    tokens: ByField,
    coded: CodedDocuments,
    /// Room for a token that is put together.
    token: String,
}

/// What an [`Inversion`] has gathered of some documents.
#[derive(Debug, Default)]
pub struct Inverted {
    /// The terms in the order of their numbers.
    terms: NumberedWords,
    tokens: ByField,
    coded: CodedDocuments,
}

/// The tokens in each of the fields that have postings, which [`Fields`](super::fields::Fields) tells. Many terms are in several, so that all have one
/// lexicon.
#[derive(Debug, Default)]
struct ByField {
    words: Occurrences,
    terms: Occurrences,
    runs: Occurrences,
    titles: Occurrences,
    meta: Occurrences,
}

impl ByField {
    const fn each(&self) -> [&Occurrences; 5] {
        let Self { words, terms, runs, titles, meta } = self;
        [words, terms, runs, titles, meta]
    }

    const fn each_mut(&mut self) -> [&mut Occurrences; 5] {
        let Self { words, terms, runs, titles, meta } = self;
        [words, terms, runs, titles, meta]
    }

    /// Adds the tokens of the documents of `other`, whose terms have the numbers `terms` here. What becomes too much for memory is put into files in
    /// `folder`.
    fn append(&mut self, other: &Self, terms: &[u32], folder: &Path) -> io::Result<()> {
        self.each_mut().into_iter().zip(other.each()).try_for_each(|(own, other)| {
            own.append(other, terms)?;
            own.put_aside(folder)
        })
    }

    /// About how many bytes of memory they take.
    fn bytes(&self) -> usize {
        self.each().map(Occurrences::bytes).iter().sum()
    }
}

impl Inversion {
    /// What was gathered. It has nothing then.
    pub(super) fn take(&mut self) -> Inverted {
        let (tokens, coded) = (std::mem::take(&mut self.tokens), std::mem::take(&mut self.coded));
        Inverted { terms: self.numbers.take(), tokens, coded }
    }

    /// The tokens of the field of words, to be added to.
    pub(super) const fn words(&mut self) -> Tokens<'_> {
        Tokens { numbers: &mut self.numbers, occurrences: &mut self.tokens.words }
    }

    /// The same of ranking terms of runs without spaces.
    pub(super) const fn runs(&mut self) -> Tokens<'_> {
        Tokens { numbers: &mut self.numbers, occurrences: &mut self.tokens.runs }
    }

    /// The same of ranking terms that are stems of words.
    pub(super) const fn terms(&mut self) -> Tokens<'_> {
        Tokens { numbers: &mut self.numbers, occurrences: &mut self.tokens.terms }
    }

    /// The same of ranking terms in titles.
    pub(super) const fn titles(&mut self) -> Tokens<'_> {
        Tokens { numbers: &mut self.numbers, occurrences: &mut self.tokens.titles }
    }

    /// The same of metadata.
    pub(super) const fn meta(&mut self) -> Tokens<'_> {
        Tokens { numbers: &mut self.numbers, occurrences: &mut self.tokens.meta }
    }

    /// What is kept of the document to be shown, to be coded.
    pub(super) fn coding(&mut self, shell: &[u8]) -> Coding<'_> {
        Coding::begin(&mut self.numbers, &mut self.coded.bytes, &mut self.token, shell)
    }

    /// The number of `term`, which need be no token; [`LEFT_OUT`] if it is longer than the engine takes (64 kB).
    #[inline]
    pub(super) fn number(&mut self, term: &str) -> u32 {
        number_of(&mut self.numbers, term)
    }

    /// The number of the term that `put` puts together.
    pub(super) fn number_of_joint(&mut self, put: impl FnOnce(&mut String)) -> u32 {
        self.token.clear();
        put(&mut self.token);
        number_of(&mut self.numbers, &self.token)
    }

    /// Ends the document: what is added next belongs to another.
    pub(super) fn end(&mut self) {
        self.coded.end();
        self.tokens.each_mut().into_iter().for_each(Occurrences::end);
    }
}

#[inline]
fn number_of(numbers: &mut WordNumbers, term: &str) -> u32 {
    if term.len() > MAX_TOKEN_LEN { LEFT_OUT } else { numbers.number(term) }
}

/// The tokens of one field, to be added to.
///
/// A token longer than the engine takes (64 kB) is left out; its position stays empty.
pub(super) struct Tokens<'i> {
    numbers: &'i mut WordNumbers,
    occurrences: &'i mut Occurrences,
}

impl Tokens<'_> {
    /// Adds a token at the next position.
    #[inline]
    pub(super) fn push(&mut self, term: &str) {
        let number = number_of(self.numbers, term);
        self.push_number(number);
    }

    /// The same by the number of its term.
    #[inline]
    pub(super) fn push_number(&mut self, number: u32) {
        if number == LEFT_OUT {
            self.skip(1);
        } else {
            self.occurrences.push(number);
        }
    }

    /// Adds a token at the position of the last one: something else than a word, as its mark says.
    #[inline]
    pub(super) fn beside(&mut self, term: &str) {
        let number = number_of(self.numbers, term);
        self.beside_number(number);
    }

    /// The same by the number of its term.
    #[inline]
    pub(super) fn beside_number(&mut self, number: u32) {
        if number != LEFT_OUT {
            self.occurrences.beside(number);
        }
    }

    /// Leaves so many positions empty.
    pub(super) fn skip(&mut self, positions: usize) {
        self.occurrences.skip(u32::try_from(positions).unwrap_or(u32::MAX));
    }
}

#[cfg(test)]
impl Inversion {
    /// For how many short terms there is room.
    pub(super) fn room(&self) -> usize {
        self.numbers.room()
    }
}

#[cfg(test)]
impl Tokens<'_> {
    /// The tokens of the first document, with their positions.
    pub(super) fn positions(&self) -> Vec<(u32, String)> {
        let terms: Vec<String> = self.numbers.words().each().map(|term| term.spelled(str::to_owned)).collect();
        let mut found = Vec::new();
        let take = |term, doc, position| found.extend((doc == 0).then(|| (position, terms[term as usize].clone())));
        self.occurrences.each(take).unwrap();
        found
    }
}
