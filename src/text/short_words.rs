//! A table by short words.

use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

/// A word of at most fifteen bytes as a number: its bytes, and in the highest byte how many they are and one more. In two halves, which lie closer
/// together in a table than one number of that size would.
pub(super) type Short = (u64, u64);

/// No word, whose highest byte would not be nought.
const NONE: Short = (0, 0);

/// Values by short words: open addressing with linear probing (Knuth, *Sorting and Searching*, 6.4). A word stands beside its value, so that most
/// look-ups go to one place of memory; tables that keep apart what is told of their places go to two, and large ones wait for each.
///
/// The hash has keys that are drawn anew for each run, so that nobody can write a text whose words all fall into one place.
#[derive(Clone, Debug)]
pub(super) struct ShortWords<V> {
    /// As many as a power of two, or none. At least a third is empty.
    slots: Vec<(Short, V)>,
    len: usize,
    keys: [u64; 2],
}

/// The keys of this run.
static KEYS: LazyLock<[u64; 2]> = LazyLock::new(|| {
    let random = RandomState::new();
    [0, 1].map(|key| random.hash_one(key))
});
/// The fewest slots of a table that has any.
const FEWEST: usize = 8;

impl<V> Default for ShortWords<V> {
    fn default() -> Self {
        Self { slots: Vec::new(), len: 0, keys: *KEYS }
    }
}

impl<V: Copy + Default> ShortWords<V> {
    /// Without words, with room for so many.
    pub(super) fn with_room(words: usize) -> Self {
        let mut table = Self::default();
        if words > 0 {
            table.slots = empty(slots_for(words));
        }
        table
    }

    /// How many words have a value.
    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// The value of `word`.
    #[inline]
    pub(super) fn get(&self, word: Short) -> Option<&V> {
        let (at, is_there) = self.find(word);
        self.slots.get(at).filter(|_| is_there).map(|(_, value)| value)
    }

    /// The value of `word`, made by `make` if there is none.
    #[inline]
    pub(super) fn get_or_insert_with(&mut self, word: Short, make: impl FnOnce() -> V) -> &mut V {
        if slots_for(self.len + 1) > self.slots.len() {
            self.grow();
        }
        let (at, is_there) = self.find(word);
        // There is an empty slot, and so one was found.
        let slot = &mut self.slots[at];
        if !is_there {
            *slot = (word, make());
            self.len += 1;
        }
        &mut slot.1
    }

    /// The words with their values.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Short, &V)> {
        self.slots.iter().filter(|(word, _)| *word != NONE).map(|(word, value)| (*word, value))
    }

    /// Forgets all, and keeps the room.
    pub(super) fn clear(&mut self) {
        self.slots.fill((NONE, V::default()));
        self.len = 0;
    }

    /// The slot of `word`, and whether it is there; if it is not, that into which it would be put.
    #[inline]
    fn find(&self, word: Short) -> (usize, bool) {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = self.hash(word) & mask;
        while let Some((other, _)) = self.slots.get(at) {
            if *other == word {
                return (at, true);
            }
            if *other == NONE {
                break;
            }
            at = (at + 1) & mask;
        }
        (at, false)
    }

    /// Both halves by a product, whose own halves are put one over the other.
    #[inline]
    fn hash(&self, (low, high): Short) -> usize {
        let [first, second] = self.keys;
        let product = u128::from(low ^ first) * u128::from(high ^ second);
        #[expect(clippy::cast_possible_truncation, reason = "both halves are wanted, one after the other")]
        let hash = ((product >> u64::BITS) as u64 ^ product as u64) as usize;
        hash
    }

    #[cold]
    fn grow(&mut self) {
        let room = empty(slots_for(self.len + 1).max(self.slots.len() * 2));
        let before = std::mem::replace(&mut self.slots, room);
        for (word, value) in before.into_iter().filter(|(word, _)| *word != NONE) {
            let (at, _) = self.find(word);
            self.slots[at] = (word, value);
        }
    }
}

/// How many slots a table of so many words has at the least.
#[inline]
const fn slots_for(words: usize) -> usize {
    let slots = (words + words / 2 + 1).next_power_of_two();
    if slots < FEWEST { FEWEST } else { slots }
}

fn empty<V: Copy + Default>(slots: usize) -> Vec<(Short, V)> {
    vec![(NONE, V::default()); slots]
}

/// A word of at most fifteen bytes as a number. Its bytes are taken in one or two steps, which may overlap: to copy so few costs more than all else
/// that is done with them.
#[inline]
pub(super) fn short(word: &str) -> Option<Short> {
    let bytes = word.as_bytes();
    let len = bytes.len();
    let (low, high) = match len {
        0 => (0, 0),
        1..4 => {
            let [first, middle, last] = [0, len / 2, len - 1].map(|at| u64::from(bytes[at]));
            (first | middle << (8 * (len / 2)) | last << (8 * (len - 1)), 0)
        }
        4..8 => {
            let [first, last] = [bytes.first_chunk()?, bytes.last_chunk()?].map(|part| u64::from(u32::from_le_bytes(*part)));
            (first | last << (8 * (len - 4)), 0)
        }
        8..16 => {
            let [first, last] = [bytes.first_chunk()?, bytes.last_chunk()?].map(|part| u64::from_le_bytes(*part));
            // Of the last eight bytes those that are not among the first.
            (first, if len == 8 { 0 } else { last >> (8 * (16 - len)) })
        }
        _ => return None,
    };
    Some((low, high | (len as u64 + 1) << 56))
}

/// The bytes of the word, and behind them its length and one more.
pub(super) const fn bytes_of((low, high): Short) -> [u8; 16] {
    (((high as u128) << 64) | low as u128).to_le_bytes()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_word_as_a_number_is_its_bytes_and_how_many_they_are() {
        for len in 0..20 {
            let word = &"abcdefghijklmnopqrst"[..len];
            let expected = (len < 16).then(|| {
                let mut bytes = [0; 16];
                bytes[..len].copy_from_slice(word.as_bytes());
                bytes[15] = u8::try_from(len + 1).unwrap();
                bytes
            });
            assert_eq!(short(word).map(bytes_of), expected, "{word}");
        }
    }

    proptest! {
        #[test]
        fn a_table_is_a_map(
            words in prop::collection::vec(("[a-c\0]{0,4}|[a-e]{12,15}", any::<u16>()), 0..200),
            room in 0_usize..40,
            cleared_at in 0_usize..250,
        ) {
            let (mut table, mut map) = (ShortWords::with_room(room), BTreeMap::new());
            for (at, (word, value)) in words.iter().enumerate() {
                if at == cleared_at {
                    table.clear();
                    map.clear();
                }
                let number = short(word).unwrap();
                prop_assert_eq!(table.get(number), map.get(&number));
                prop_assert_eq!(*table.get_or_insert_with(number, || *value), *map.entry(number).or_insert(*value));
                prop_assert!(table.slots.len() >= slots_for(table.len()) && table.slots.len().is_power_of_two());
            }
            prop_assert_eq!(table.len(), map.len());
            let found: BTreeMap<Short, u16> = table.iter().map(|(word, value)| (word, *value)).collect();
            prop_assert_eq!(found, map);
        }
    }

    /// Words that differ in one half alone, or little, do not crowd together.
    #[test]
    fn words_are_spread_over_the_table() {
        let words: Vec<String> =
            (0..30_000).map(|number| format!("{number}")).chain((0..30_000).map(|number| format!("international{number:02}"))).collect();
        let mut table: ShortWords<u32> = ShortWords::default();
        for word in words.iter().filter_map(|word| short(word)) {
            table.get_or_insert_with(word, || 0);
        }
        let mask = table.slots.len() - 1;
        let steps = table.iter().map(|(word, _)| table.find(word).0.wrapping_sub(table.hash(word)) & mask);
        assert!(steps.max().unwrap() < 100);
    }
}
