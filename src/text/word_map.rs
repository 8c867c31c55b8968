//! A map by words that is quick for short ones.

use rustc_hash::FxHashMap;

use super::short_words::{ShortWords, bytes_of, short};

/// Values by word. A word of few bytes is its own key, as a number: that is compared in one step, lies in the table itself, and costs no
/// allocation. Nearly all words are such.
#[derive(Clone, Debug)]
pub struct WordMap<V> {
    short: ShortWords<V>,
    long: FxHashMap<Box<str>, V>,
}

impl<V> Default for WordMap<V> {
    fn default() -> Self {
        Self { short: ShortWords::default(), long: FxHashMap::default() }
    }
}

impl<V: Copy + Default> WordMap<V> {
    /// Without words, with room for about so many: nearly all are short.
    #[must_use]
    pub fn with_room(words: usize) -> Self {
        Self { short: ShortWords::with_room(words), long: FxHashMap::default() }
    }

    /// The value of `word`.
    #[inline]
    #[must_use]
    pub fn get(&self, word: &str) -> Option<&V> {
        match short(word) {
            Some(word) => self.short.get(word),
            None => self.long.get(word),
        }
    }

    /// The value of `word`, made by `make` if there is none.
    pub fn get_or_insert_with(&mut self, word: &str, make: impl FnOnce() -> V) -> &mut V {
        match short(word) {
            Some(word) => self.short.get_or_insert_with(word, make),
            None => self.long.entry(word.into()).or_insert_with(make),
        }
    }

    /// The value of `word`, which is `value` if there was none.
    #[inline]
    pub fn get_or_insert(&mut self, word: &str, value: V) -> V {
        match short(word) {
            Some(word) => *self.short.get_or_insert_with(word, || value),
            None => match self.long.get(word) {
                Some(own) => *own,
                None => *self.long.entry(word.into()).or_insert(value),
            },
        }
    }

    /// Calls `take` with each word and its value, in no certain order.
    pub fn each(&self, mut take: impl FnMut(&str, &V)) {
        for (word, value) in self.short.iter() {
            let [room @ .., len] = &bytes_of(word);
            let word = room.get(..usize::from(*len) - 1).and_then(|word| std::str::from_utf8(word).ok());
            take(word.unwrap_or_default(), value);
        }
        self.long.iter().for_each(|(word, value)| take(word, value));
    }

    /// Gives each word of `other` the value that `value` makes of that which it has here, if it has one, and of its value there.
    pub fn take_in<W: Copy + Default>(&mut self, other: &WordMap<W>, mut value: impl FnMut(Option<V>, &W) -> V) {
        for (word, theirs) in other.short.iter() {
            let mut is_new = false;
            let own = self.short.get_or_insert_with(word, || {
                is_new = true;
                value(None, theirs)
            });
            if !is_new {
                *own = value(Some(*own), theirs);
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
