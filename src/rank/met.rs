//! The terms of vocabularies that were met, with their numbers in a pool.

use super::numbers::{Numbers, hash_of_number};

/// Terms of some vocabularies by their numbers there. Most that are met are frequent and have small ones: these are looked up in a row, the others in a
/// table.
pub(super) struct Met {
    /// The numbers in the pool of the first terms of each vocabulary; nothing of one of which none was met.
    frequent: Vec<Vec<u32>>,
    others: Numbers,
    /// The numbers in the pool of the others, in the order in which they were met.
    of_others: Vec<u32>,
}

/// So many terms of a vocabulary are frequent: their row stays in fast memory.
const FREQUENT: usize = if cfg!(test) { 1 << 4 } else { 1 << 14 };
/// Stands for a term that was not met.
const NONE: u32 = u32::MAX;

impl Met {
    /// None.
    pub(super) fn new() -> Self {
        Self { frequent: Vec::new(), others: Numbers::new(), of_others: Vec::new() }
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.frequent.iter_mut().for_each(Vec::clear);
        self.others.clear();
        self.of_others.clear();
    }

    /// The terms of a vocabulary.
    pub(super) fn of(&mut self, vocabulary: usize) -> MetOf<'_> {
        if self.frequent.len() <= vocabulary {
            self.frequent.resize(vocabulary + 1, Vec::new());
        }
        let frequent = self.frequent.get_mut(vocabulary).map_or(&mut [] as &mut [u32], |row| {
            row.resize(FREQUENT, NONE);
            row
        });
        MetOf { vocabulary, frequent, others: &mut self.others, of_others: &mut self.of_others }
    }
}

/// Those of one vocabulary.
pub(super) struct MetOf<'m> {
    vocabulary: usize,
    frequent: &'m mut [u32],
    others: &'m mut Numbers,
    of_others: &'m mut Vec<u32>,
}

impl MetOf<'_> {
    /// The number in the pool of a term; `new` gives it when the term is met for the first time.
    #[inline]
    pub(super) fn number(&mut self, term: u32, new: impl FnOnce() -> u32) -> u32 {
        if let Some(number) = self.frequent.get_mut(term as usize) {
            if *number == NONE {
                *number = new();
            }
            return *number;
        }
        let (place, is_new) = self.others.of(hash_of_number(self.vocabulary, term));
        if is_new {
            self.of_others.push(new());
        }
        self.of_others.get(place as usize).copied().unwrap_or(NONE)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn each_term_of_each_vocabulary_keeps_its_number(rounds in prop::collection::vec(prop::collection::vec((0_usize..3, 0_u32..40), 0..60), 1..4)) {
            let mut met = Met::new();
            for terms in rounds {
                met.clear();
                let mut known: HashMap<(usize, u32), u32> = HashMap::new();
                for (vocabulary, term) in terms {
                    let next = u32::try_from(known.len()).unwrap();
                    let expected = *known.entry((vocabulary, term)).or_insert(next);
                    prop_assert_eq!(met.of(vocabulary).number(term, || next), expected);
                }
            }
        }
    }
}
