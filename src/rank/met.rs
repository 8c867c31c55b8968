//! The terms of vocabularies that were met, with their numbers in a pool.

use super::numbers::{Numbers, hash_of_number};

/// Terms of some vocabularies by their numbers there, each with its number in a pool, in the order in which they were met. Most that are met are
/// frequent and have small ones: these are looked up in a row, the others in a table.
#[derive(Default)]
pub(super) struct Met {
    vocabularies: Vec<MetOf>,
    /// Those that are not frequent.
    others: Numbers,
    /// The numbers in the pool of the others, in the order in which they were met.
    of_others: Vec<u16>,
    /// How many terms were met.
    count: u16,
}

/// Those of one vocabulary.
#[derive(Clone, Default)]
struct MetOf {
    /// The numbers in the pool of its first terms; nothing if none of its terms was met.
    frequent: Vec<u16>,
    /// The terms, in the order in which they were met.
    terms: Vec<u32>,
    /// Their numbers in the pool.
    numbers: Vec<u16>,
}

/// So many terms of a vocabulary are frequent: their row stays in fast memory.
const FREQUENT: usize = if cfg!(test) { 1 << 4 } else { 1 << 14 };
/// Stands for a term that was not met.
const NONE: u16 = u16::MAX;

impl Met {
    /// Forgets all.
    pub(super) fn clear(&mut self) {
        for MetOf { frequent, terms, numbers } in &mut self.vocabularies {
            frequent.clear();
            terms.clear();
            numbers.clear();
        }
        self.others.clear();
        self.of_others.clear();
        self.count = 0;
    }

    /// How many terms were met.
    pub(super) fn len(&self) -> usize {
        usize::from(self.count)
    }

    /// Calls `take` with each of some terms of a vocabulary, by its number in the pool. Beyond 65,535 different terms new ones are left out.
    pub(super) fn meet(&mut self, vocabulary: usize, terms: &[(u32, u8)], mut take: impl FnMut(u16, u8)) {
        let Self { vocabularies, others, of_others, count } = self;
        if vocabularies.len() <= vocabulary {
            vocabularies.resize(vocabulary + 1, MetOf::default());
        }
        let Some(MetOf { frequent, terms: known, numbers }) = vocabularies.get_mut(vocabulary) else { return };
        frequent.resize(FREQUENT, NONE);
        for &(term, times) in terms {
            let number = if let Some(number) = frequent.get_mut(term as usize) {
                number
            } else {
                let (place, is_new) = others.of(hash_of_number(vocabulary, term));
                if is_new {
                    of_others.push(NONE);
                }
                let Some(number) = of_others.get_mut(place as usize) else { continue };
                number
            };
            if *number == NONE {
                if *count == NONE {
                    continue;
                }
                *number = *count;
                known.push(term);
                numbers.push(*number);
                *count += 1;
            }
            take(*number, times);
        }
    }

    /// Each vocabulary of which terms were met, with these and their numbers in the pool.
    pub(super) fn each(&self) -> impl Iterator<Item = (usize, &[u32], &[u16])> {
        let all = self.vocabularies.iter().enumerate().map(|(vocabulary, met)| (vocabulary, met.terms.as_slice(), met.numbers.as_slice()));
        all.filter(|(_, terms, _)| !terms.is_empty())
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
            let mut met = Met::default();
            for terms in rounds {
                met.clear();
                let mut known: HashMap<(usize, u32), u16> = HashMap::new();
                for (vocabulary, term) in terms {
                    let next = u16::try_from(known.len()).unwrap();
                    let expected = *known.entry((vocabulary, term)).or_insert(next);
                    let mut found = Vec::new();
                    met.meet(vocabulary, &[(term, 3)], |number, times| found.push((number, times)));
                    prop_assert_eq!(found, [(expected, 3)]);
                }
                prop_assert_eq!(met.len(), known.len());
                let numbered = |(vocabulary, terms, numbers): (usize, &[u32], &[u16])| {
                    terms.iter().zip(numbers).map(|(&term, &number)| ((vocabulary, term), number)).collect::<Vec<_>>()
                };
                let each: HashMap<(usize, u32), u16> = met.each().flat_map(numbered).collect();
                prop_assert_eq!(each, known);
            }
        }
    }

    #[test]
    fn beyond_what_numbers_tell_apart_new_terms_are_left_out() {
        let mut met = Met::default();
        let terms: Vec<(u32, u8)> = (0..70_000).map(|term| (term, 1)).collect();
        let mut found = Vec::new();
        met.meet(0, &terms, |number, _| found.push(number));
        assert!(found.iter().copied().eq(0..u16::MAX));
        met.meet(0, &[(3, 1), (69_999, 1), (65_534, 1)], |number, _| found.push(number));
        assert_eq!(found.get(usize::from(u16::MAX)..), Some([3, 65_534].as_slice()));
    }
}
