//! The terms of a new segment, and their numbers.

use crate::text::word_map::WordMap;
use crate::text::word_numbers::NumberedWords;

/// Terms, numbered from 0 in the order in which they are first met.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    numbers: WordMap<u32>,
}

impl Lexicon {
    /// Whether `term` was met.
    pub(super) fn contains(&self, term: &str) -> bool {
        self.numbers.get(term).is_some()
    }

    /// The numbers that `terms` have here, in their order.
    pub(super) fn numbers_of(&mut self, terms: &NumberedWords) -> Vec<u32> {
        let mut next = self.len();
        let mut new = || {
            next += 1;
            next - 1
        };
        terms.each().map(|term| *self.numbers.get_or_insert_with(term, &mut new)).collect()
    }

    /// Calls `take` with each term and its number.
    pub(super) fn each(&self, mut take: impl FnMut(&str, u32)) {
        self.numbers.each(|term, &number| take(term, number));
    }

    /// How many terms were met.
    pub(super) fn len(&self) -> u32 {
        u32::try_from(self.numbers.len()).unwrap_or(u32::MAX)
    }

    /// About how many bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        /// A term and its number, in a table that is half full or more.
        const PLACE: usize = 44;
        self.numbers.len() * PLACE
    }

    /// The terms in the order of their bytes, as a dictionary has them.
    pub(super) fn sorted(self) -> SortedTerms {
        /// The bytes of a term, on the average.
        const TERM: usize = 8;
        let count = self.numbers.len();
        let mut sorted = SortedTerms { joined: Vec::with_capacity(count * TERM), places: Vec::with_capacity(count) };
        self.each(|term, number| {
            let start = sorted.joined.len();
            sorted.joined.extend_from_slice(term.as_bytes());
            // A token has at the most 64 kB.
            let len = u32::try_from(term.len()).unwrap_or(u32::MAX);
            sorted.places.push(Place { first: first_bytes(term), start, len, number });
        });
        drop(self.numbers);
        let SortedTerms { joined, places } = &mut sorted;
        let bytes = |place: &Place| place.of(joined);
        places.sort_unstable_by(|a, b| a.first.cmp(&b.first).then_with(|| bytes(a).cmp(bytes(b))));
        sorted
    }
}

/// The terms of a field in order, each with its number.
pub(super) struct SortedTerms {
    joined: Vec<u8>,
    places: Vec<Place>,
}

/// Where a term stands.
struct Place {
    /// Its first bytes as a number: nearly all comparisons end there.
    first: u64,
    start: usize,
    len: u32,
    number: u32,
}

impl Place {
    fn of<'j>(&self, joined: &'j [u8]) -> &'j [u8] {
        joined.get(self.start..self.start + self.len as usize).unwrap_or_default()
    }
}

impl SortedTerms {
    /// How many they are.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// The terms with their numbers, from the one at `first` on.
    pub(super) fn iter_from(&self, first: usize) -> impl Iterator<Item = (&[u8], u32)> {
        self.places.get(first..).unwrap_or_default().iter().map(|place| (place.of(&self.joined), place.number))
    }
}

/// The first eight bytes of `term`, so that numbers are in the order of what they stand for; a shorter one is filled up with the least byte.
fn first_bytes(term: &str) -> u64 {
    let mut first = [0; 8];
    for (to, from) in first.iter_mut().zip(term.bytes()) {
        *to = from;
    }
    u64::from_be_bytes(first)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::text::word_numbers::WordNumbers;

    proptest! {
        #[test]
        fn terms_are_sorted_by_their_bytes(terms in prop::collection::vec("[a-c\0é\u{10ffff}]{0,18}", 0..60)) {
            let (mut numbers, mut lexicon) = (WordNumbers::default(), Lexicon::default());
            numbers.number("b");
            prop_assert_eq!(lexicon.numbers_of(&numbers.take()), [0]);
            let of_piece: Vec<u32> = terms.iter().map(|term| numbers.number(term)).collect();
            let list = numbers.take();
            let of_segment = lexicon.numbers_of(&list);
            prop_assert_eq!(&of_segment, &lexicon.numbers_of(&list));
            prop_assert!(terms.iter().all(|term| lexicon.contains(term)) && !lexicon.contains("d"));
            let mut distinct: BTreeSet<&[u8]> = terms.iter().map(String::as_bytes).collect();
            distinct.insert(b"b");
            prop_assert_eq!(lexicon.len() as usize, distinct.len());
            let sorted = lexicon.sorted();
            prop_assert!(sorted.iter_from(0).map(|(term, _)| term).eq(distinct));
            for (term, number) in sorted.iter_from(0) {
                let at = terms.iter().position(|other| other.as_bytes() == term);
                prop_assert_eq!(at.map_or(0, |at| of_segment[of_piece[at] as usize]), number);
            }
        }
    }
}
