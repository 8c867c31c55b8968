//! A map by words that is quick for short ones.

use foldhash::HashMap;

/// Values by word. A word of few bytes is its own key, as a number: that is compared in one step, lies in the table itself, and costs no
/// allocation. Nearly all words are such.
#[derive(Clone, Debug)]
pub struct WordMap<V> {
    short: HashMap<Short, V>,
    long: HashMap<Box<str>, V>,
}

/// A word of at most fifteen bytes as a number: its bytes, and how many they are. In two halves, which lie closer together in a table than one
/// number of that size would.
pub type Short = (u64, u64);

impl<V> Default for WordMap<V> {
    fn default() -> Self {
        Self { short: HashMap::default(), long: HashMap::default() }
    }
}

impl<V> WordMap<V> {
    /// The value of `word`.
    #[inline]
    #[must_use]
    pub fn get<'w>(&self, word: impl Into<Key<'w>>) -> Option<&V> {
        match word.into() {
            Key::Short(number) => self.short.get(&number),
            Key::Long(word) => self.long.get(word),
        }
    }

    /// The value of `word`, made by `make` if there is none.
    pub fn get_or_insert_with<'w>(&mut self, word: impl Into<Key<'w>>, make: impl FnOnce() -> V) -> &mut V {
        match word.into() {
            Key::Short(number) => self.short.entry(number).or_insert_with(make),
            Key::Long(word) => self.long.entry(word.into()).or_insert_with(make),
        }
    }

    /// Calls `take` with each word and its value, in no certain order.
    pub fn each(&self, mut take: impl FnMut(&str, &V)) {
        self.short.iter().for_each(|(word, value)| Key::Short(*word).spelled(|word| take(word, value)));
        self.long.iter().for_each(|(word, value)| take(word, value));
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
}

/// A word made ready to be looked up.
#[derive(Clone, Copy, Debug)]
pub enum Key<'w> {
    /// As a number.
    Short(Short),
    /// One that is too long to be its own number.
    Long(&'w str),
}

impl Key<'_> {
    /// Gives `take` the word.
    pub fn spelled<T>(self, take: impl FnOnce(&str) -> T) -> T {
        let (low, high) = match self {
            Self::Short(word) => word,
            Self::Long(word) => return take(word),
        };
        let bytes = ((u128::from(high) << 64) | u128::from(low)).to_le_bytes();
        let [room @ .., len] = &bytes;
        let word = room.get(..usize::from(*len)).and_then(|word| std::str::from_utf8(word).ok());
        take(word.unwrap_or_default())
    }
}

impl<'w> From<&'w str> for Key<'w> {
    #[inline]
    fn from(word: &'w str) -> Self {
        number(word).map_or(Self::Long(word), Self::Short)
    }
}

/// A word as a number, in overlapping steps: what is copied byte by byte into memory and read from there at once is waited for until all before it is
/// done.
#[inline]
fn number(word: &str) -> Option<Short> {
    let bytes = word.as_bytes();
    let len = bytes.len();
    let (low, high) = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        // The last eight end with those behind the first eight.
        (Some(first), Some(last)) => {
            (u64::from_le_bytes(*first), u64::from_le_bytes(*last).unbounded_shr(8 * (16_u32.checked_sub(u32::try_from(len).ok()?)?)))
        }
        _ => (at_most_seven(bytes), 0),
    };
    (len < 16).then_some((low, high | (len as u64) << 56))
}

/// At most seven bytes as a number.
#[inline]
fn at_most_seven(bytes: &[u8]) -> u64 {
    let four = |bytes: &[u8; 4]| u64::from(u32::from_le_bytes(*bytes));
    match (bytes, bytes.first_chunk(), bytes.last_chunk()) {
        (_, Some(first), Some(last)) => four(first) | four(last) << (8 * (bytes.len() - 4)),
        ([first, .., last], ..) => {
            let middle = bytes.len() / 2;
            let of_middle = bytes.get(middle).copied().unwrap_or_default();
            u64::from(*first) | u64::from(of_middle) << (8 * middle) | u64::from(*last) << (8 * (bytes.len() - 1))
        }
        ([only], ..) => u64::from(*only),
        ([], ..) => 0,
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
            assert_eq!(*map.get_or_insert_with(*word, || value), value, "{word:?}");
        }
        for (value, word) in words.iter().enumerate() {
            assert_eq!(map.get(*word), Some(&value), "{word:?}");
            assert_eq!(*map.get_or_insert_with(*word, || 99), value, "{word:?}");
        }
        assert_eq!((map.len(), map.get("b")), (words.len(), None));
        let mut all = Vec::new();
        map.each(|word, value| all.push((*value, word.to_owned())));
        all.sort_unstable();
        assert!(all.iter().map(|(value, word)| (*value, word.as_str())).eq(words.into_iter().enumerate()));
        assert!(!map.is_empty() && WordMap::<u8>::default().is_empty());
    }

    #[test]
    fn each_map_has_keys_of_its_own() {
        let words: Vec<String> = (0..64).map(|word| word.to_string()).collect();
        let order = || {
            let (mut map, mut order) = (WordMap::default(), Vec::new());
            for word in &words {
                *map.get_or_insert_with(word.as_str(), || ()) = ();
            }
            map.each(|word, ()| order.push(word.to_owned()));
            order
        };
        assert_ne!(order(), order());
    }

    #[test]
    fn short_words_are_numbers_by_their_bytes() {
        for word in ["", "a", "ab", "abc", "abcd", "abcdefg", "abcdefgh", "abcdefghi", "ab\0defghijklmno", "\0\0\0\0\0\0\0\0\0"] {
            let mut bytes = [0; 16];
            bytes[..word.len()].copy_from_slice(word.as_bytes());
            bytes[15] = u8::try_from(word.len()).unwrap();
            let halves = [&bytes[..8], &bytes[8..]].map(|half| u64::from_le_bytes(half.try_into().unwrap()));
            assert_eq!(number(word), Some((halves[0], halves[1])), "{word}");
        }
        assert_eq!(["sixteen bytes !!", "a word of a great many bytes"].map(number), [None, None]);
    }
}
