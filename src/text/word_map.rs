//! A map by words that is quick for short ones.

use std::collections::hash_map::Entry;

use rustc_hash::{FxBuildHasher, FxHashMap};

/// Values by word. A word of few bytes is its own key, as a number: that is compared in one step, lies in the table itself, and costs no
/// allocation. Nearly all words are such.
#[derive(Clone, Debug)]
pub struct WordMap<V> {
    short: FxHashMap<Short, V>,
    long: FxHashMap<Box<str>, V>,
}

/// A word of at most fifteen bytes as a number: its bytes, and how many they are. In two halves, which lie closer together in a table than one
/// number of that size would.
type Short = (u64, u64);

impl<V> Default for WordMap<V> {
    fn default() -> Self {
        Self { short: FxHashMap::default(), long: FxHashMap::default() }
    }
}

impl<V> WordMap<V> {
    /// Without words, with room for about so many: nearly all are short.
    #[must_use]
    pub fn with_room(words: usize) -> Self {
        Self { short: FxHashMap::with_capacity_and_hasher(words, FxBuildHasher), long: FxHashMap::default() }
    }

    /// The value of `word`.
    #[inline]
    #[must_use]
    pub fn get(&self, word: &str) -> Option<&V> {
        match number(word) {
            Some(number) => self.short.get(&number),
            None => self.long.get(word),
        }
    }

    /// The value of `word`, made by `make` if there is none.
    pub fn get_or_insert_with(&mut self, word: &str, make: impl FnOnce() -> V) -> &mut V {
        match number(word) {
            Some(number) => self.short.entry(number).or_insert_with(make),
            None => self.long.entry(word.into()).or_insert_with(make),
        }
    }

    /// The value of `word`, which is `value` if there was none.
    #[inline]
    pub fn get_or_insert(&mut self, word: &str, value: V) -> V
    where
        V: Copy,
    {
        match number(word) {
            Some(number) => *self.short.entry(number).or_insert(value),
            None => match self.long.get(word) {
                Some(own) => *own,
                None => *self.long.entry(word.into()).or_insert(value),
            },
        }
    }

    /// Calls `take` with each word and its value, in no certain order.
    pub fn each(&self, mut take: impl FnMut(&str, &V)) {
        for ((low, high), value) in &self.short {
            let bytes = ((u128::from(*high) << 64) | u128::from(*low)).to_le_bytes();
            let [room @ .., len] = &bytes;
            let word = room.get(..usize::from(*len)).and_then(|word| std::str::from_utf8(word).ok());
            take(word.unwrap_or_default(), value);
        }
        self.long.iter().for_each(|(word, value)| take(word, value));
    }

    /// Gives each word of `other` the value that `value` makes of that which it has here, if it has one, and of its value there.
    pub fn take_in<W>(&mut self, other: &WordMap<W>, mut value: impl FnMut(Option<V>, &W) -> V)
    where
        V: Copy,
    {
        for (number, theirs) in &other.short {
            match self.short.entry(*number) {
                Entry::Occupied(mut own) => {
                    let new = value(Some(*own.get()), theirs);
                    own.insert(new);
                }
                Entry::Vacant(own) => drop(own.insert(value(None, theirs))),
            }
        }
        for (word, theirs) in &other.long {
            let new = value(self.long.get(word).copied(), theirs);
            match self.long.get_mut(word) {
                Some(own) => *own = new,
                None => drop(self.long.insert(word.clone(), new)),
            }
        }
    }

    /// How many words have a value.
    #[must_use]
    pub fn len(&self) -> usize {
        self.short.len() + self.long.len()
    }

    /// Whether none has.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.short.clear();
        self.long.clear();
    }
}

#[inline]
fn number(word: &str) -> Option<Short> {
    let mut bytes = [0; 16];
    let [room @ .., len] = &mut bytes;
    room.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    *len = u8::try_from(word.len()).ok()?;
    let [low, high] = [bytes.first_chunk()?, bytes.last_chunk()?].map(|half| u64::from_le_bytes(*half));
    Some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_any_length_keep_their_values() {
        let words = ["", "a", "a\0", "\0a", "fifteen bytes !", "sixteen bytes !!", "制裁", "a word of a great many bytes"];
        let mut map = WordMap::default();
        for (value, word) in words.iter().enumerate() {
            assert_eq!(*map.get_or_insert_with(word, || value), value, "{word:?}");
        }
        for (value, word) in words.iter().enumerate() {
            assert_eq!(map.get(word), Some(&value), "{word:?}");
            assert_eq!(*map.get_or_insert_with(word, || 99), value, "{word:?}");
            assert_eq!(map.get_or_insert(word, 99), value, "{word:?}");
        }
        assert_eq!((map.len(), map.get("b")), (words.len(), None));
        let mut all = Vec::new();
        map.each(|word, value| all.push((*value, word.to_owned())));
        all.sort_unstable();
        assert!(all.iter().map(|(value, word)| (*value, word.as_str())).eq(words.into_iter().enumerate()));
        let mut other = WordMap::default();
        *other.get_or_insert_with("a", || 7) = 7;
        other.take_in(&map, |own, &value| own.unwrap_or(0) + value);
        assert_eq!((other.len(), other.get("a"), other.get("a word of a great many bytes")), (words.len(), Some(&8), Some(&7)));
        map.clear();
        assert!(map.is_empty());
        assert_eq!([map.get_or_insert("制裁", 5), map.get_or_insert("制裁", 6)], [5, 5]);
    }
}
