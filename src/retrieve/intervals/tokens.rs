use tantivy::DocId;
use tantivy::postings::SegmentPostings;

use super::Interval;
use super::word::{Word, numbers};
use crate::index::BlockMap;

/// Something that stands where tokens do.
pub(super) struct Tokens {
    /// Where this is …
    pub(super) word: Word,
    /// … and all of these, which make a [`Phrase`](super::phrase::Phrase) of it before it is read, …
    pub(super) also: Vec<Word>,
    /// … but none of these.
    pub(super) without: Vec<SegmentPostings>,
    /// It covers so many words where these are, else one.
    pub(super) widths: Vec<(u32, SegmentPostings)>,
}

impl Tokens {
    /// What stands wherever one of the tokens does that have these postings.
    pub(super) fn of(postings: Vec<SegmentPostings>) -> Self {
        Self { word: Word(postings), also: Vec::new(), without: Vec::new(), widths: Vec::new() }
    }

    /// Whether it stands at single words, all that its tokens are at.
    pub(super) fn is_single(&self) -> bool {
        self.is_of_words() && self.also.is_empty()
    }

    /// Whether it stands at single words, all at which its [words](Self::words) are together.
    pub(super) fn is_of_words(&self) -> bool {
        self.without.is_empty() && self.widths.is_empty()
    }

    /// What is where it stands.
    pub(super) fn words(self) -> Vec<Word> {
        std::iter::once(self.word).chain(self.also).collect()
    }

    /// The numbers of the words at which its tokens stand, in order.
    pub(super) fn numbers(&mut self, block_map: &BlockMap, header: DocId, out: &mut Vec<u32>) {
        self.word.read(block_map, header, (block_map.first_passage(header), header), out);
        self.word.put_in_order(out);
    }

    pub(super) fn read(&mut self, block_map: &BlockMap, header: DocId) -> Vec<Interval> {
        let mut found = Vec::new();
        self.numbers(block_map, header, &mut found);
        let mut other = Vec::new();
        for postings in &mut self.without {
            other.clear();
            numbers(postings, block_map, header, &mut other);
            found.retain(|number| other.binary_search(number).is_err());
        }
        let mut out: Vec<Interval> = found.into_iter().map(|number| Interval::new(number, number)).collect();
        for (width, postings) in &mut self.widths {
            other.clear();
            numbers(postings, block_map, header, &mut other);
            for number in &other {
                if let Ok(at) = out.binary_search_by_key(number, |interval| interval.first)
                    && let Some(interval) = out.get_mut(at)
                {
                    interval.last = number.saturating_add(*width - 1);
                }
            }
        }
        out
    }
}
