//! The forms of words that were met before.

use super::stems::stem;
use super::word_map::WordMap;
use super::{Language, fold};

/// Remembers what forms words have in texts of one language: news repeats its words, and looking one up costs a fraction of making its
/// forms again.
#[derive(Debug)]
pub(super) struct Memory {
    language: Language,
    /// By the word as it is written.
    known: WordMap<Place>,
    /// The forms, one after the other.
    forms: String,
    /// A word as [`fold::lower`] gives it, and the forms of one that is not to be remembered.
    lowered: String,
    passing: String,
}

/// Where the forms of a word stand: its stem right behind its folded form.
#[derive(Clone, Copy, Debug)]
struct Place {
    start: u32,
    middle: u32,
    end: u32,
}

/// The words that are remembered; past that the memory starts anew, so that endless junk words cannot fill it. Some five megabytes.
const REMEMBERED: usize = 50_000;
/// The longest word that is remembered, in bytes.
const LONGEST: usize = 48;

impl Memory {
    /// An empty memory for texts in `language`.
    pub(super) fn new(language: Language) -> Self {
        Self { language, known: WordMap::default(), forms: String::new(), lowered: String::new(), passing: String::new() }
    }

    /// The folded form of `word`, as it is written, and its stem.
    pub(super) fn forms(&mut self, word: &str) -> (&str, &str) {
        if word.len() > LONGEST {
            self.passing.clear();
            let middle = write(word, self.language, &mut self.lowered, &mut self.passing);
            return self.passing.split_at_checked(middle).unwrap_or_default();
        }
        let place = match self.known.get(word) {
            Some(place) => *place,
            None => self.learn(word),
        };
        let form = |start: u32, end: u32| self.forms.get(start as usize..end as usize).unwrap_or_default();
        (form(place.start, place.middle), form(place.middle, place.end))
    }

    fn learn(&mut self, word: &str) -> Place {
        if self.known.len() >= REMEMBERED {
            self.known.clear();
            self.forms.clear();
        }
        // So many short words stay far below 4 GB.
        let small = |at: usize| u32::try_from(at).unwrap_or_default();
        let start = self.forms.len();
        let middle = write(word, self.language, &mut self.lowered, &mut self.forms);
        let place = Place { start: small(start), middle: small(middle), end: small(self.forms.len()) };
        *self.known.get_or_insert_with(word, || place)
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
            assert_eq!(memory.forms(word), fresh.forms(word));
            assert_eq!(memory.forms(word).0, fold::folded(word));
        }
        assert_eq!(memory.forms("Sanctions"), ("sanctions", "sanction"));
    }

    #[test]
    fn junk_does_not_fill_it() {
        let mut memory = Memory::new(Language::ENGLISH);
        for number in 0..REMEMBERED + 10 {
            memory.forms(&number.to_string());
        }
        assert!(memory.known.len() <= REMEMBERED && memory.forms.len() < REMEMBERED * LONGEST);
        assert_eq!(memory.forms("Sanctions"), ("sanctions", "sanction"));
    }
}
