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
    /// With room for so many short words.
    #[must_use]
    pub fn with_room(words: usize) -> Self {
        let short = FxHashMap::with_capacity_and_hasher(words, FxBuildHasher);
        Self { short, long: FxHashMap::default() }
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

/// `word` as a number, if it is short enough. Read in pieces of known sizes that overlap: a copy of its bytes would have to be called for, and
/// waited for before the halves can be read from it.
#[inline]
fn number(word: &str) -> Option<Short> {
    let bytes = word.as_bytes();
    let len = u8::try_from(bytes.len()).ok().filter(|&len| len < 16)?;
    let (low, high) = if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        // What of the last eight bytes is not among the first.
        (u64::from_le_bytes(*first), u64::from_le_bytes(*last).checked_shr(8 * (16 - u32::from(len))).unwrap_or(0))
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let [first, last] = [first, last].map(|four| u64::from(u32::from_le_bytes(*four)));
        (first | last << (8 * (len - 4)), 0)
    } else {
        let byte = |at: u8| bytes.get(usize::from(at)).map_or(0, |&byte| u64::from(byte) << (8 * at));
        (byte(0) | byte(1) | byte(2), 0)
    };
    Some((low, high | u64::from(len) << 56))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_any_length_keep_their_values() {
        let mut words: Vec<String> = (0..18).map(|len| ('a'..).take(len).collect()).collect();
        words.extend(["a\0", "\0a", "ab\0\0", "abcdefgh\0", "制裁"].map(str::to_owned));
        let mut map = WordMap::default();
        for (value, word) in words.iter().enumerate() {
            assert_eq!(*map.get_or_insert_with(word, || value), value, "{word:?}");
        }
        for (value, word) in words.iter().enumerate() {
            assert_eq!(map.get(word), Some(&value), "{word:?}");
            assert_eq!(*map.get_or_insert_with(word, || 99), value, "{word:?}");
        }
        assert_eq!((map.len(), map.get("b")), (words.len(), None));
        let mut all = Vec::new();
        map.each(|word, value| all.push((*value, word.to_owned())));
        all.sort_unstable();
        assert!(all.iter().map(|(_, word)| word).eq(&words));
        let mut other = WordMap::default();
        *other.get_or_insert_with("a", || 7) = 7;
        other.take_in(&map, |own, &value| own.unwrap_or(0) + value);
        assert_eq!((other.len(), other.get("a"), other.get(&words[17])), (words.len(), Some(&8), Some(&17)));
        map.clear();
        assert!(map.is_empty());
    }
}
