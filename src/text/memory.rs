//! The forms of words that were met before.

use std::sync::atomic::{AtomicU32, Ordering};

use super::stems::stem;
use super::word_map::Key;
use super::word_table::{self, WordTable};
use super::{Language, fold};

/// Remembers what forms words have in texts of one language: news repeats its words, and looking one up costs a fraction of making its
/// forms again.
#[derive(Debug)]
pub(super) struct Memory {
    language: Language,
    /// By the word as it is written.
    known: WordTable<Place>,
    /// The forms, one after the other.
    forms: String,
    /// A word as [`fold::lower`] gives it.
    lowered: String,
}

/// Where the forms of a word stand: its stem right behind its folded form.
#[derive(Clone, Copy, Debug)]
struct Place {
    start: u32,
    middle: u32,
    end: u32,
    number: u32,
}

/// What is remembered of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Remembered<'m> {
    /// Its folded form.
    pub(super) folded: &'m str,
    /// Its stem.
    pub(super) stem: &'m str,
    /// Its number, which no other word has in any memory; 0 for one that is not remembered.
    pub(super) number: u32,
}

/// Numbers from here on are those of solo words.
const SOLO: u32 = 1 << 31;

/// A number that was not given before; 0 when there are none left.
fn new_number() -> u32 {
    static LAST: AtomicU32 = AtomicU32::new(0);
    let next = |last: u32| last.checked_add(1).filter(|&next| next < SOLO);
    LAST.fetch_update(Ordering::Relaxed, Ordering::Relaxed, next).map_or(0, |last| last + 1)
}

/// The number of a solo word, which needs no memory; 0 where it folds to more than one character.
pub(super) fn number_of_solo(folded: &str) -> u32 {
    let mut chars = folded.chars();
    chars.next().filter(|_| chars.next().is_none()).map_or(0, |c| SOLO | u32::from(c))
}

/// So many words are looked up together at the most.
pub(super) const TOGETHER: usize = 64;
/// The words that are remembered; past that the memory starts anew, so that endless junk words cannot fill it. Some five megabytes.
const REMEMBERED: usize = 50_000;
const _: () = assert!(REMEMBERED <= word_table::MOST);
/// The longest word that is remembered, in bytes.
const LONGEST: usize = 48;

impl Memory {
    /// An empty memory for texts in `language`.
    pub(super) fn new(language: Language) -> Self {
        Self { language, known: WordTable::default(), forms: String::new(), lowered: String::new() }
    }

    /// What is remembered of `words`, as they are written, not more than [`TOGETHER`].
    pub(super) fn forms_of(&mut self, words: &[&str]) -> impl Iterator<Item = Remembered<'_>> {
        if self.known.len() + TOGETHER > REMEMBERED || self.forms.len() > REMEMBERED * LONGEST {
            self.known.clear();
            self.forms.clear();
        }
        let keys: Vec<Key<'_>> = words.iter().map(|&word| word.into()).collect();
        let known = self.known.get_all(&keys);
        let places: Vec<Place> = words.iter().zip(known).map(|(word, known)| known.unwrap_or_else(|| self.learn(word))).collect();
        places.into_iter().map(|place| self.at(place))
    }

    /// The same of one word.
    pub(super) fn forms(&mut self, word: &str) -> Remembered<'_> {
        self.forms_of(&[word]).next().unwrap_or_default()
    }

    fn at(&self, place: Place) -> Remembered<'_> {
        let form = |start: u32, end: u32| self.forms.get(start as usize..end as usize).unwrap_or_default();
        Remembered { folded: form(place.start, place.middle), stem: form(place.middle, place.end), number: place.number }
    }

    #[cold]
    fn learn(&mut self, word: &str) -> Place {
        // It may have come a few words before.
        if let Some(place) = self.known.get(word.into()) {
            return place;
        }
        // Texts of pieces are far below 4 GB.
        let small = |at: usize| u32::try_from(at).unwrap_or_default();
        let start = self.forms.len();
        let middle = write(word, self.language, &mut self.lowered, &mut self.forms);
        let place = Place { start: small(start), middle: small(middle), end: small(self.forms.len()), number: 0 };
        if word.len() > LONGEST {
            return place;
        }
        let place = Place { number: new_number(), ..place };
        self.known.insert(word.into(), place);
        place
    }
}

/// Appends the folded form of `word` to `out`, and behind it its stem; where that begins.
fn write(word: &str, language: Language, lowered: &mut String, out: &mut String) -> usize {
    lowered.clear();
    fold::lower(word, lowered);
    fold::strip(lowered, out);
    let middle = out.len();
    // Stemmers want the diacritics; terms do without, so that a query typed without them meets the text.
    fold::strip(&stem(lowered, language), out);
    middle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remembering_changes_nothing() {
        let mut memory = Memory::new(Language::ENGLISH);
        let long = "Sanctions".repeat(9);
        for word in ["Sanctions", "Élysée", "U.S", long.as_str(), "Sanctions", long.as_str(), "Élysée"] {
            let mut fresh = Memory::new(Language::ENGLISH);
            assert_eq!(forms(&mut memory, word), forms(&mut fresh, word));
            assert_eq!(memory.forms(word).folded, fold::folded(word));
        }
        assert_eq!(forms(&mut memory, "Sanctions"), ["sanctions", "sanction"]);
        for (accented, plain) in [("fiancé", "fiance"), ("Clichés", "cliches"), ("résumé", "resume")] {
            assert_eq!(forms(&mut memory, accented), forms(&mut memory, plain));
        }
    }

    fn forms(memory: &mut Memory, word: &str) -> [String; 2] {
        let Remembered { folded, stem, .. } = memory.forms(word);
        [folded.to_owned(), stem.to_owned()]
    }

    #[test]
    fn a_number_is_given_once() {
        let mut memories = [Memory::new(Language::ENGLISH), Memory::new(Language::ENGLISH)];
        let mut given: Vec<u32> = memories.iter_mut().flat_map(|memory| ["oil", "Oil"].map(|word| memory.forms(word).number)).collect();
        assert_eq!(memories[0].forms("oil").number, given[0]);
        assert_eq!(memories[0].forms(&"oil".repeat(LONGEST)).number, 0);
        assert!(number_of_solo("中") > SOLO && number_of_solo("中国") == 0);
        given.sort_unstable();
        given.dedup();
        assert_eq!(given.iter().filter(|&&number| number > 0).count(), 4);
    }

    #[test]
    fn junk_does_not_fill_it() {
        let mut memory = Memory::new(Language::ENGLISH);
        for number in 0..REMEMBERED + 10 {
            memory.forms(&number.to_string());
        }
        assert!(memory.known.len() <= REMEMBERED && memory.forms.len() < REMEMBERED * LONGEST);
        assert_eq!(forms(&mut memory, "Sanctions"), ["sanctions", "sanction"]);
    }
}
