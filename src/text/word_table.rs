//! A table of words that are asked for many at a time.

use std::hash::BuildHasher as _;

use foldhash::HashMap;
use foldhash::fast::RandomState;

use super::word_map::{Key, Short};

/// Values by word, of at most so many words as two bytes can tell apart.
///
/// A look into a table that does not fit in fast memory is waited for. Those for several words are waited for together if nothing else is done between
/// one and the next: so first the slots of all of them are read, and then what stands there. Words lie in the order in which they were met, those of
/// every text beside each other.
#[derive(Debug)]
pub(super) struct WordTable<V> {
    /// The place of each short word and one more, by its hash: open addressing with linear probing (Knuth, *Sorting and Searching*, 6.4). 0 where there
    /// is none. As many as a power of two, and at least twice as many as there are words.
    slots: Vec<u16>,
    short: Vec<(Short, V)>,
    long: HashMap<Box<str>, V>,
    hashes: RandomState,
}

/// So many words fit in.
pub(super) const MOST: usize = u16::MAX as usize - 1;
/// The slots of a table without words.
const FEWEST_SLOTS: usize = 1 << 8;

impl<V> Default for WordTable<V> {
    fn default() -> Self {
        Self { slots: vec![0; FEWEST_SLOTS], short: Vec::new(), long: HashMap::default(), hashes: RandomState::default() }
    }
}

impl<V: Copy> WordTable<V> {
    /// The values of words, in their order.
    pub(super) fn get_all(&self, words: &[Key<'_>]) -> Vec<Option<V>> {
        let first = |word: &Key<'_>| {
            let slot = if let Key::Short(word) = word { self.slot_of(word) } else { 0 };
            (slot, self.slots.get(slot).copied().unwrap_or_default())
        };
        let firsts: Vec<(usize, u16)> = words.iter().map(first).collect();
        let value = |(word, (slot, place)): (&Key<'_>, (usize, u16))| match word {
            Key::Short(word) => match self.at(place) {
                None => None,
                Some((own, value)) if own == word => Some(*value),
                Some(_) => self.behind(slot, word),
            },
            Key::Long(word) => self.long.get(*word).copied(),
        };
        words.iter().zip(firsts).map(value).collect()
    }

    /// The value of one word.
    pub(super) fn get(&self, word: Key<'_>) -> Option<V> {
        self.get_all(&[word]).into_iter().next().flatten()
    }

    /// Gives a word that has none a value, if there is room for it.
    pub(super) fn insert(&mut self, word: Key<'_>, value: V) {
        match word {
            Key::Short(word) if self.short.len() < MOST => {
                self.short.push((word, value));
                if self.short.len() * 2 > self.slots.len() {
                    self.slots = vec![0; self.slots.len() * 2];
                    (0..self.short.len()).for_each(|at| self.put(at));
                } else {
                    self.put(self.short.len() - 1);
                }
            }
            Key::Short(_) => {}
            Key::Long(word) => drop(self.long.insert(word.into(), value)),
        }
    }

    /// How many words have a value.
    pub(super) fn len(&self) -> usize {
        self.short.len() + self.long.len()
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.slots.fill(0);
        self.short.clear();
        self.long.clear();
    }

    /// The first slot in which a word may be told.
    #[inline]
    fn slot_of(&self, word: &Short) -> usize {
        let [a, b, c, d, ..] = self.hashes.hash_one(word).to_le_bytes();
        // Of a power of two, the lowest bits are what is left over.
        u32::from_le_bytes([a, b, c, d]) as usize & (self.slots.len() - 1)
    }

    /// What stands at a place and one more.
    #[inline]
    fn at(&self, place: u16) -> Option<&(Short, V)> {
        self.short.get(usize::from(place).checked_sub(1)?)
    }

    /// The value of a word that is not told in `slot`, but may be in one behind it.
    #[cold]
    fn behind(&self, slot: usize, word: &Short) -> Option<V> {
        let slots = (slot + 1..slot + self.slots.len()).map(|slot| self.slots.get(slot % self.slots.len()).copied().unwrap_or_default());
        let mut told = slots.map_while(|place| self.at(place));
        told.find(|(own, _)| own == word).map(|(_, value)| *value)
    }

    /// Tells the place of the short word at `at` in the first slot that is free for it.
    fn put(&mut self, at: usize) {
        let Some((word, _)) = self.short.get(at) else { return };
        let (first, count) = (self.slot_of(word), self.slots.len());
        let free = (first..first + count).map(|slot| slot % count).find(|&slot| self.slots.get(slot) == Some(&0));
        if let Some(slot) = free.and_then(|slot| self.slots.get_mut(slot)) {
            *slot = u16::try_from(at + 1).unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_have_the_values_of_a_plain_map(words in prop::collection::vec("[a-c制\0]{0,4}|[ab]{14,17}", 0..800)) {
            let (mut table, mut plain) = (WordTable::default(), HashMap::new());
            for (value, word) in words.iter().enumerate() {
                prop_assert_eq!(table.get(word.as_str().into()), plain.get(word).copied());
                if !plain.contains_key(word) {
                    table.insert(word.as_str().into(), value);
                    plain.insert(word, value);
                }
            }
            prop_assert_eq!(table.len(), plain.len());
            let all: Vec<Key<'_>> = words.iter().map(|word| word.as_str().into()).chain([Key::from("d")]).collect();
            let expected: Vec<Option<usize>> = words.iter().map(|word| plain.get(word).copied()).chain([None]).collect();
            prop_assert_eq!(table.get_all(&all), expected);
            table.clear();
            prop_assert_eq!((table.len(), table.get_all(&all)), (0, vec![None; all.len()]));
        }
    }

    #[test]
    fn words_past_the_last_place_have_none() {
        let mut table = WordTable::default();
        let words: Vec<String> = (0..MOST + 2).map(|word| word.to_string()).collect();
        words.iter().zip(0..).for_each(|(word, value)| table.insert(word.as_str().into(), value));
        let found: Vec<Option<i32>> = words.iter().map(|word| table.get(word.as_str().into())).collect();
        assert!(found[..MOST].iter().zip(0..).all(|(found, value)| *found == Some(value)));
        assert_eq!((table.len(), &found[MOST..]), (MOST, &[None, None][..]));
    }
}
