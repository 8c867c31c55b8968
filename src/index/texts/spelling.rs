//! A text as units, one behind the other: its words, and what stands between them where that is more than one space.
//!
//! Most words stand one space apart, so the space is not kept (the *spaceless words* of Moura, Navarro, Ziviani and Baeza-Yates 2000, *Fast and
//! flexible word searching on compressed text*). Whether one is to be put between two units their letters tell. That need not be right: where it is
//! not, a symbol says so.

use super::Vocabulary;
use super::coded::{Coded, Symbol, Symbols};

/// Whether a space is put behind what ends so, if the next begins like a word.
#[inline]
fn ends_word(unit: &[u8]) -> bool {
    // The last byte of UTF-8 that is not in the midst of a character.
    unit.iter().rev().find(|&&byte| byte & 0xC0 != 0x80).is_some_and(|&byte| is_of_word(byte))
}

/// Whether a space is put before what begins so, if the one before ends like a word.
#[inline]
fn begins_word(unit: &[u8]) -> bool {
    unit.first().is_some_and(|&byte| is_of_word(byte))
}

/// Whether what begins with this byte in UTF-8 is mostly a letter of a word that has spaces around it: Latin, Greek, Cyrillic, Arabic … up to U+1FFF,
/// and Hangul. Behind that are signs, and letters of words that have none.
#[inline]
fn is_of_word(first: u8) -> bool {
    first.is_ascii_alphanumeric() || matches!(first, 0xC3..=0xE1 | 0xEA..=0xED)
}

/// What is put between two units, the first of which is a word at its end or not.
#[inline]
fn is_parted(ends_word: bool, unit: &[u8]) -> bool {
    ends_word && begins_word(unit)
}

/// A text that is being taken apart.
#[derive(Default)]
pub(in crate::index) struct Spelling {
    ends_word: bool,
}

impl Spelling {
    /// What stands between the last unit and the next, if it has to be kept: else it is nothing, or the space that is put there anyway.
    pub(in crate::index) fn kept<'t>(&self, between: &'t str, unit: &str) -> Option<&'t str> {
        let is_put = between == " " && is_parted(self.ends_word, unit.as_bytes());
        Some(between).filter(|between| !between.is_empty() && !is_put)
    }

    /// Says that `unit` is next, which stands right behind the last one if `is_behind`. What is to be said before it is put into `out`.
    pub(in crate::index) fn comes(&mut self, unit: &str, is_behind: bool, out: &mut Vec<u8>) {
        if is_behind && is_parted(self.ends_word, unit.as_bytes()) {
            Symbol::Joined.put(out);
        }
        self.ends_word = ends_word(unit.as_bytes());
    }
}

/// The strings of a coded document, to be read one after the other.
pub(in crate::index) struct Strings<'c> {
    symbols: Symbols<'c>,
    vocabulary: &'c Vocabulary,
}

impl<'c> Strings<'c> {
    /// Those of `coded`, whose units have their numbers in `vocabulary`.
    pub(in crate::index) fn of(coded: &Coded<'c>, vocabulary: &'c Vocabulary) -> Self {
        Self { symbols: coded.symbols(), vocabulary }
    }

    /// The next string, which is one unit.
    pub(in crate::index) fn string(&mut self) -> Option<String> {
        let bytes = match self.symbols.next()? {
            Symbol::Joined => return None,
            Symbol::Spelled(bytes) => bytes,
            Symbol::Unit(number) => self.vocabulary.get(number)?,
        };
        std::str::from_utf8(bytes).ok().map(str::to_owned)
    }

    /// All that is left, as one text.
    pub(in crate::index) fn text(self) -> Option<String> {
        let mut text = Text { bytes: Vec::with_capacity(ROOM), ends_word: false };
        // Units with whether they are joined to what is before, up to the next string that is spelled.
        let mut waiting = Vec::with_capacity(UNITS);
        let mut is_joined = false;
        for symbol in self.symbols {
            match symbol {
                Symbol::Joined => {
                    is_joined = true;
                    continue;
                }
                Symbol::Spelled(bytes) => {
                    text.push_all(&mut waiting, self.vocabulary)?;
                    text.push(bytes, is_joined);
                }
                Symbol::Unit(number) => waiting.push((number, is_joined)),
            }
            is_joined = false;
        }
        text.push_all(&mut waiting, self.vocabulary)?;
        String::from_utf8(text.bytes).ok()
    }
}

/// The bytes of a passage, mostly, and its units.
const ROOM: usize = 1 << 10;
const UNITS: usize = 1 << 8;

/// A text that is being put together.
struct Text {
    bytes: Vec<u8>,
    ends_word: bool,
}

impl Text {
    /// Puts `unit` behind what is there, and a space between unless it `is_joined`, if one belongs there.
    #[inline]
    fn push(&mut self, unit: &[u8], is_joined: bool) {
        if !is_joined && is_parted(self.ends_word, unit) {
            self.bytes.push(b' ');
        }
        self.bytes.extend_from_slice(unit);
        self.ends_word = ends_word(unit);
    }

    /// Puts all that wait behind what is there; `None` if there are none with such numbers.
    fn push_all(&mut self, waiting: &mut Vec<(u32, bool)>, vocabulary: &Vocabulary) -> Option<()> {
        let mut joined = waiting.iter().map(|&(_, is_joined)| is_joined);
        let are_all = vocabulary.each(waiting.iter().map(|&(number, _)| number), |unit| self.push(unit, joined.next().unwrap_or_default()));
        waiting.clear();
        are_all.then_some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::directory::OwnedBytes;

    use super::*;

    proptest! {
        /// However a text is cut, it comes back as it was.
        #[test]
        fn a_text_comes_back(parts in prop::collection::vec(("[a-cé中한 ,.\u{300}’“]{1,4}", "( |  |\n|, |。|)"), 0..30)) {
            let text: String = parts.iter().flat_map(|(unit, behind)| [unit.as_str(), behind]).collect();
            let mut bytes = Vec::new();
            super::super::coded::put_shell(&[], &mut bytes);
            let mut spelling = Spelling::default();
            let mut between = "";
            for (unit, behind) in &parts {
                let kept = spelling.kept(between, unit);
                if let Some(kept) = kept {
                    spelling.comes(kept, true, &mut bytes);
                    Symbol::Spelled(kept.as_bytes()).put(&mut bytes);
                }
                spelling.comes(unit, kept.is_some() || between.is_empty(), &mut bytes);
                Symbol::Spelled(unit.as_bytes()).put(&mut bytes);
                between = behind;
            }
            if !between.is_empty() {
                spelling.comes(between, true, &mut bytes);
                Symbol::Spelled(between.as_bytes()).put(&mut bytes);
            }
            let none = Vocabulary::read(&OwnedBytes::empty(), 0).unwrap();
            let coded = Coded::read(&bytes).unwrap();
            prop_assert_eq!(Strings::of(&coded, &none).text(), Some(text));
        }

        #[test]
        fn damage_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let vocabulary = Vocabulary::read(&OwnedBytes::new(bytes.clone()), 4).or_else(|| Vocabulary::read(&OwnedBytes::empty(), 0)).unwrap();
            if let Some(coded) = Coded::read(&bytes) {
                let strings = || Strings::of(&coded, &vocabulary);
                let most = bytes.len() * 300;
                prop_assert!(strings().text().is_none_or(|text| text.len() <= most));
                prop_assert!(strings().string().is_none_or(|string| string.len() <= most));
                let mut symbols = coded.symbols();
                prop_assert!(std::iter::from_fn(|| symbols.unit()).count() <= bytes.len());
            }
        }
    }

    #[test]
    fn one_space_between_words_takes_no_room() {
        let mut spelling = Spelling::default();
        let mut out = Vec::new();
        spelling.comes("Москва", true, &mut out);
        assert_eq!(spelling.kept(" ", "الأمم"), None);
        assert_eq!((spelling.kept("  ", "and"), spelling.kept(" ", "中")), (Some("  "), Some(" ")));
        spelling.comes("中", true, &mut out);
        assert_eq!((spelling.kept("", "国"), out.is_empty()), (None, true));
    }
}
