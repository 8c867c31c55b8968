//! What is so of some documents, a bit a document: where blocks end.
//!
//! Every step of a search asks to which piece a document belongs. A set of bits answers from one or two words of memory, takes an eighth of a byte a
//! document, and lies ready in the file of a segment.

use std::io::{self, Write};

use tantivy::directory::OwnedBytes;
use tantivy::{DocId, TERMINATED};

/// Some documents of a segment, the flagged ones. Clones are of the same.
#[derive(Clone, Debug)]
pub(super) struct Flags {
    /// Words of bits, the lowest first.
    bytes: OwnedBytes,
}

/// Flags that are being written.
#[derive(Debug, Default)]
pub(super) struct NewFlags {
    words: Vec<u64>,
    /// How many documents there are so far.
    docs: DocId,
}

const BITS: u32 = u64::BITS;

impl NewFlags {
    /// Adds a document, flagged or not.
    pub(super) fn push(&mut self, flagged: bool) {
        if self.docs.is_multiple_of(BITS) {
            self.words.push(0);
        }
        if let Some(word) = self.words.last_mut() {
            *word |= u64::from(flagged) << (self.docs % BITS);
        }
        self.docs += 1;
    }

    /// Writes them as [`Flags::read`] has them.
    pub(super) fn put(&self, out: &mut impl Write) -> io::Result<()> {
        self.words.iter().try_for_each(|word| out.write_all(&word.to_le_bytes()))
    }

    /// The bytes that they take in memory.
    pub(super) fn room(&self) -> usize {
        self.words.capacity() * size_of::<u64>()
    }
}

impl Flags {
    /// The bytes that those of so many documents take in a file.
    pub(super) fn size(docs: usize) -> usize {
        docs.div_ceil(BITS as usize) * size_of::<u64>()
    }

    /// Flags as they were written.
    pub(super) const fn read(bytes: OwnedBytes) -> Self {
        Self { bytes }
    }

    #[inline]
    fn word(&self, at: usize) -> Option<u64> {
        self.bytes.get(at.checked_mul(size_of::<u64>())?..)?.first_chunk().map(|word| u64::from_le_bytes(*word))
    }

    /// Which of the documents of a word are flagged that come behind one that is not: where blocks end, the headers.
    #[inline]
    fn behind_others(&self, at: usize) -> u64 {
        let word = self.word(at).unwrap_or_default();
        // Before the first there is none.
        let before = at.checked_sub(1).map_or(u64::MAX, |before| self.word(before).unwrap_or_default());
        word & !(word << 1 | before >> (BITS - 1))
    }

    /// Whether `doc` is flagged.
    pub(super) fn contains(&self, doc: DocId) -> bool {
        self.word((doc / BITS) as usize).is_some_and(|word| word >> (doc % BITS) & 1 == 1)
    }

    /// The first flagged document at or behind `doc`; [`TERMINATED`] if there is none.
    pub(super) fn at_or_after(&self, doc: DocId) -> DocId {
        let mut at = (doc / BITS) as usize;
        let mut mask = u64::MAX << (doc % BITS);
        while let Some(word) = self.word(at) {
            let word = word & mask;
            if word != 0 {
                return number(at) + word.trailing_zeros();
            }
            mask = u64::MAX;
            at += 1;
        }
        TERMINATED
    }

    /// The document behind the last flagged one before `doc`: where blocks end, with that the block begins which ends with `doc`. [`TERMINATED`]
    /// stays itself.
    pub(super) fn after_the_one_before(&self, doc: DocId) -> DocId {
        if doc == TERMINATED {
            return TERMINATED;
        }
        let mut at = (doc / BITS) as usize;
        let mut mask = (1 << (doc % BITS)) - 1;
        loop {
            let word = self.word(at).unwrap_or_default() & mask;
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

/// A count of the flagged documents that come behind one that is not, as it goes on.
pub(super) struct Counted {
    flags: Flags,
    /// The word at hand, and how many there are before it.
    at: usize,
    before: u32,
}

impl Counted {
    /// The count from `doc` on, before which there are so many.
    pub(super) fn new(flags: Flags, doc: DocId, count: u32) -> Self {
        let mut counted = Self { flags, at: (doc / BITS) as usize, before: 0 };
        counted.before = count.saturating_sub(counted.at(doc));
        counted
    }

    /// How many there are before `doc`, which is not before those that were asked for.
    #[inline]
    pub(super) fn at(&mut self, doc: DocId) -> u32 {
        while self.at < (doc / BITS) as usize {
            self.before += self.flags.behind_others(self.at).count_ones();
            self.at += 1;
        }
        self.before + (self.flags.behind_others(self.at) & ((1 << (doc % BITS)) - 1)).count_ones()
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
        fn flags_are_found_as_by_looking_at_each(ends in prop::collection::btree_set(0_u32..400, 0..60)) {
            let mut written = NewFlags::default();
            (0..400).for_each(|doc| written.push(ends.contains(&doc)));
            let mut bytes = Vec::new();
            written.put(&mut bytes).unwrap();
            prop_assert_eq!(bytes.len(), Flags::size(400));
            let bits = Flags::read(OwnedBytes::new(bytes));
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
