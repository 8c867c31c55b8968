//! Words numbered in the order in which they are met.

use std::hash::BuildHasher as _;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::{FxBuildHasher, FxHashMap};

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
    long: FxHashMap<Box<str>, u32>,
}

impl WordNumbers {
    /// In tables with room for more words too much would have to be forgotten each time.
    const MOST_ROOM: usize = 1 << 14;

    /// The number of `word`.
    #[inline]
    pub fn number(&mut self, word: &str) -> u32 {
        let list = &mut self.list;
        let word = match Key::from(word) {
            Key::Short(word) => word,
            Key::Long(word) => {
                return match self.long.get(word) {
                    Some(number) => *number,
                    None => *self.long.entry(word.into()).or_insert_with(|| list.push_long(word)),
                };
            }
        };
        let hash = |word: &Short| FxBuildHasher.hash_one(word);
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
    #[must_use]
    pub const fn words(&self) -> &NumberedWords {
        &self.list
    }

    /// The same. It forgets them.
    pub fn take(&mut self) -> NumberedWords {
        let room = self.list.len().min(Self::MOST_ROOM);
        if self.short.capacity() > 2 * Self::MOST_ROOM {
            self.short = HashTable::new();
        } else {
            self.short.clear();
        }
        self.long.clear();
        std::mem::replace(&mut self.list, NumberedWords::with_room(room))
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
                *map.get_or_insert_with("a", || 0) = 100;
                let mut next = 0;
                let values = map.values_of(&list, || {
                    next += 1;
                    next
                });
                prop_assert!(met.iter().zip(&values).all(|(word, value)| map.get(*word) == Some(value) && (*word == "a") == (*value == 100)));
                prop_assert_eq!(map.values_of(&list, || 0), values);
            }
        }
    }

    #[test]
    fn what_had_many_words_is_small_again() {
        let mut numbers = WordNumbers::default();
        for word in 0..WordNumbers::MOST_ROOM * 3 {
            numbers.number(&word.to_string());
        }
        assert_eq!(numbers.take().len(), WordNumbers::MOST_ROOM * 3);
        assert!(numbers.short.capacity() <= WordNumbers::MOST_ROOM && numbers.list.words.capacity() < WordNumbers::MOST_ROOM * 2);
        assert_eq!(["b", "a", "b"].map(|word| numbers.number(word)), [0, 1, 0]);
    }
}
