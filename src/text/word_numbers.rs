//! Words numbered in the order in which they are met.

use std::hash::BuildHasher as _;

use foldhash::HashMap;
use foldhash::fast::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use super::word_map::{Key, Short};

/// Words in the order of their numbers, ready to be looked up in a [`WordMap`](super::word_map::WordMap).
#[derive(Debug, Default)]
pub struct NumberedWords {
    /// The words as numbers; of one that is too long, its place in `long`, marked by a length that no number has.
    words: Vec<Short>,
    long: Vec<Box<str>>,
}

impl NumberedWords {
    /// In the second half of a number: here stands no short word.
    const LONG: u64 = u64::from_le_bytes([0, 0, 0, 0, 0, 0, 0, u8::MAX]);

    /// Without words, with room for about so many.
    #[must_use]
    pub fn with_room(words: usize) -> Self {
        Self { words: Vec::with_capacity(words), long: Vec::new() }
    }

    /// Puts a short word at the end, and says at which place.
    #[inline]
    fn push(&mut self, word: Short) -> u32 {
        // So many words do not fit in memory.
        let place = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.push(word);
        place
    }

    #[cold]
    fn push_long(&mut self, word: &str) -> u32 {
        let at = self.long.len() as u64;
        self.long.push(word.into());
        self.push((at, Self::LONG))
    }

    /// The words in order.
    pub fn each(&self) -> impl Iterator<Item = Key<'_>> {
        self.words.iter().map(|&(low, high)| {
            let long = usize::try_from(low).ok().filter(|_| high == Self::LONG).and_then(|at| self.long.get(at));
            long.map_or(Key::Short((low, high)), |word| Key::Long(word))
        })
    }

    /// How many words there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// Numbers words from 0 in the order in which they are met. Beside their list it has a table of places there alone, which for the words of a piece fits
/// in the nearest memory.
#[derive(Debug, Default)]
pub struct WordNumbers {
    list: NumberedWords,
    /// The places of short words in the list.
    short: HashTable<u32>,
    /// By what they are found there.
    hashes: RandomState,
    long: HashMap<Box<str>, u32>,
}

impl WordNumbers {
    /// The number of `word`.
    #[inline]
    pub fn number(&mut self, word: &str) -> u32 {
        let Self { list, hashes, .. } = self;
        let word = match Key::from(word) {
            Key::Short(word) => word,
            Key::Long(word) => {
                return match self.long.get(word) {
                    Some(number) => *number,
                    None => *self.long.entry(word.into()).or_insert_with(|| list.push_long(word)),
                };
            }
        };
        let hash = |word: &Short| hashes.hash_one(word);
        let at = |place: u32| list.words.get(place as usize);
        match self.short.entry(hash(&word), |&place| at(place) == Some(&word), |&place| at(place).map(hash).unwrap_or_default()) {
            Entry::Occupied(place) => *place.get(),
            Entry::Vacant(place) => {
                let number = list.push(word);
                place.insert(number);
                number
            }
        }
    }

    /// The words that have numbers, in their order.
    #[cfg(test)]
    pub(crate) const fn words(&self) -> &NumberedWords {
        &self.list
    }

    /// For how many short words there is room.
    #[cfg(test)]
    pub(crate) fn room(&self) -> usize {
        self.short.capacity()
    }

    /// The words that have numbers, in their order. It forgets them, and keeps room for as many.
    pub fn take(&mut self) -> NumberedWords {
        self.short.clear();
        self.long.clear();
        let room = NumberedWords::with_room(self.list.len());
        std::mem::replace(&mut self.list, room)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::word_map::WordMap;

    proptest! {
        #[test]
        fn words_are_numbered_as_they_are_met(pieces in prop::collection::vec(prop::collection::vec("[a-c制\0]{0,3}|[ab]{14,17}", 0..40), 1..5)) {
            let mut numbers = WordNumbers::default();
            for words in pieces {
                let mut met: Vec<&str> = Vec::new();
                for word in &words {
                    let at = met.iter().position(|other| other == word).unwrap_or_else(|| {
                        met.push(word);
                        met.len() - 1
                    });
                    prop_assert_eq!(numbers.number(word) as usize, at);
                }
                let list = numbers.take();
                prop_assert_eq!((list.len(), list.is_empty()), (met.len(), met.is_empty()));
                let mut map = WordMap::default();
                for (word, number) in list.each().zip(0..) {
                    map.get_or_insert_with(word, || number);
                }
                prop_assert!(met.iter().zip(0..).all(|(word, number)| map.get(*word) == Some(&number)) && map.len() == met.len());
            }
        }
    }
}
