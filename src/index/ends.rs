//! Where blocks end, a bit a document.
//!
//! Every step of a search asks to which piece a document belongs. A set of bits answers from one or two words of memory, takes an eighth of a byte a
//! document, and is made of two lists of postings when a segment is opened.

use tantivy::{DocId, TERMINATED};

/// The documents of a segment with which blocks end: headers, and the documents of files, which stand alone.
#[derive(Debug)]
pub(super) struct Ends {
    words: Vec<u64>,
}

const BITS: u32 = u64::BITS;

impl Ends {
    /// None yet, for documents below `max_doc`.
    pub(super) fn new(max_doc: DocId) -> Self {
        Self { words: vec![0; max_doc.div_ceil(BITS) as usize] }
    }

    /// Has a block end with `doc`.
    pub(super) fn insert(&mut self, doc: DocId) {
        if let Some(word) = self.words.get_mut((doc / BITS) as usize) {
            *word |= 1 << (doc % BITS);
        }
    }

    /// Whether a block ends with `doc`.
    pub(super) fn contains(&self, doc: DocId) -> bool {
        self.words.get((doc / BITS) as usize).is_some_and(|word| word >> (doc % BITS) & 1 == 1)
    }

    /// The first end at or behind `doc`; [`TERMINATED`] if there is none.
    pub(super) fn at_or_after(&self, doc: DocId) -> DocId {
        let mut at = (doc / BITS) as usize;
        let mut mask = u64::MAX << (doc % BITS);
        while let Some(word) = self.words.get(at) {
            let word = word & mask;
            if word != 0 {
                return number(at) + word.trailing_zeros();
            }
            mask = u64::MAX;
            at += 1;
        }
        TERMINATED
    }

    /// The document behind the last end before `doc`: with that the block begins which ends with `doc`. [`TERMINATED`] stays itself.
    pub(super) fn after_the_one_before(&self, doc: DocId) -> DocId {
        if doc == TERMINATED {
            return TERMINATED;
        }
        let mut at = (doc / BITS) as usize;
        let mut mask = (1 << (doc % BITS)) - 1;
        loop {
            let word = self.words.get(at).copied().unwrap_or_default() & mask;
            if word != 0 {
                return number(at) + BITS - word.leading_zeros();
            }
            if at == 0 {
                return 0;
            }
            mask = u64::MAX;
            at -= 1;
        }
    }
}

/// The document of the first bit of the word at `at`.
fn number(at: usize) -> DocId {
    DocId::try_from(at).unwrap_or(TERMINATED / BITS) * BITS
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn ends_are_found_as_by_looking_at_each(ends in prop::collection::btree_set(0_u32..400, 0..60)) {
            let mut bits = Ends::new(400);
            for &end in &ends {
                bits.insert(end);
            }
            for doc in 0..450 {
                prop_assert_eq!(bits.contains(doc), ends.contains(&doc));
                prop_assert_eq!(bits.at_or_after(doc), ends.range(doc..).next().copied().unwrap_or(TERMINATED));
                if doc < 400 {
                    prop_assert_eq!(bits.after_the_one_before(doc), ends.range(..doc).next_back().map_or(0, |end| end + 1));
                }
            }
        }
    }
}
