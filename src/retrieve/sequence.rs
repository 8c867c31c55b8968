//! Words next to each other.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

use super::docs::seek;

/// A walk over the documents that have some words in order, next to each other.
pub(super) struct Sequence {
    words: Vec<WordPostings>,
    /// The document at hand.
    doc: DocId,
    /// Where the sequence begins in it.
    starts: Vec<u32>,
    positions: Vec<u32>,
}

/// A word's postings, less those at which it is written otherwise.
pub(super) struct WordPostings {
    pub(super) postings: SegmentPostings,
    pub(super) without: Vec<SegmentPostings>,
}

impl Sequence {
    /// The walk over documents that have `words`, at least one, in this order.
    pub(super) fn new(words: Vec<WordPostings>) -> Self {
        let mut sequence = Self { words, doc: 0, starts: Vec::new(), positions: Vec::new() };
        sequence.find(0);
        sequence
    }

    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.find(target);
        }
        self.doc
    }

    pub(super) fn times(&self) -> u32 {
        u32::try_from(self.starts.len()).unwrap_or(u32::MAX)
    }

    /// Goes to the first document at or behind `target` that has the sequence.
    fn find(&mut self, target: DocId) {
        let mut target = target;
        loop {
            self.doc = self.align(target);
            if self.doc == TERMINATED {
                self.starts.clear();
                return;
            }
            self.match_positions();
            if !self.starts.is_empty() {
                return;
            }
            target = self.doc + 1;
        }
    }

    /// The first document at or behind `target` that has all the words, in any order.
    fn align(&mut self, mut target: DocId) -> DocId {
        loop {
            let mut furthest = target;
            for word in &mut self.words {
                furthest = furthest.max(seek(&mut word.postings, furthest));
                if furthest >= TERMINATED {
                    return TERMINATED;
                }
            }
            if self.words.iter().all(|word| word.postings.doc() == furthest) {
                return furthest;
            }
            target = furthest;
        }
    }

    /// Finds the positions in the document at hand at which the sequence begins: those of the first word, then of these the ones that the
    /// second word follows, and so on.
    fn match_positions(&mut self) {
        let doc = self.doc;
        for (offset, word) in (0_u32..).zip(&mut self.words) {
            word.positions(doc, &mut self.positions);
            if offset == 0 {
                std::mem::swap(&mut self.starts, &mut self.positions);
            } else {
                let mut at = 0;
                let positions = &self.positions;
                self.starts.retain(|start| {
                    let wanted = start + offset;
                    while positions.get(at).is_some_and(|&position| position < wanted) {
                        at += 1;
                    }
                    positions.get(at) == Some(&wanted)
                });
            }
            if self.starts.is_empty() {
                return;
            }
        }
    }
}

impl WordPostings {
    /// The positions of the word in `doc`, on which its postings stand.
    fn positions(&mut self, doc: DocId, out: &mut Vec<u32>) {
        self.postings.positions(out);
        let mut other = Vec::new();
        for without in &mut self.without {
            if seek(without, doc) == doc {
                without.positions(&mut other);
                out.retain(|position| other.binary_search(position).is_err());
            }
        }
    }
}
