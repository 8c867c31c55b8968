//! Endings taken off by language (Snowball; Porter 1980, 2001).

use std::borrow::Cow;
use std::cell::RefCell;

use foldhash::HashMap;
use frostem::{Algorithm, Stemmer};

use super::script::{Alphabet, alphabet};
use super::{Language, english, fold, regular};

/// The longest word that is stemmed, in bytes. What is longer is none, and stemmers move all of it for each letter that they change.
const LONGEST: usize = 200;

/// Stemmers with a memory: news repeats its words, and looking one up costs a tenth of stemming it.
///
/// Not `Sync`: each thread that analyses keeps its own.
#[derive(Default)]
pub struct Stems {
    known: RefCell<HashMap<Algorithm, Known>>,
}

/// The stems of the words that one stemmer has met.
type Known = HashMap<Box<str>, Box<str>>;

/// The words remembered for each language; past that the memory starts anew, so that endless junk words cannot fill it.
const REMEMBERED: usize = 100_000;

impl Stems {
    /// Gives `take` the stems of `lowered` (a word as [`super::fold::lower`] gives it) in texts in `languages`, each stemmer's once. A word that no
    /// stemmer knows is its own stem.
    pub fn each(&self, lowered: &str, languages: impl Iterator<Item = Language>, mut take: impl FnMut(&str)) {
        let alphabet = alphabet(lowered);
        let mut asked = Vec::new();
        for language in languages {
            let algorithm = algorithm(alphabet, language).filter(|_| lowered.len() <= LONGEST);
            if asked.contains(&algorithm) {
                continue;
            }
            asked.push(algorithm);
            match algorithm {
                Some(algorithm) => self.remembered(algorithm, lowered, &mut take),
                None => take(lowered),
            }
        }
    }

    /// Gives `take` the stem of `lowered` by a stemmer.
    fn remembered(&self, algorithm: Algorithm, lowered: &str, take: impl FnOnce(&str)) {
        let mut known = self.known.borrow_mut();
        let known = known.entry(algorithm).or_default();
        if let Some(stem) = known.get(lowered) {
            return take(stem);
        }
        if known.len() >= REMEMBERED {
            known.clear();
        }
        let stem = made(algorithm, lowered);
        take(&stem);
        known.insert(lowered.into(), stem.as_ref().into());
    }
}

/// The stem of `lowered` (a word as [`super::fold::lower`] gives it) in a text in `language`, made without a memory. A word that no stemmer knows
/// is its own stem.
#[must_use]
pub fn stem(lowered: &str, language: Language) -> Cow<'_, str> {
    let algorithm = algorithm(alphabet(lowered), language).filter(|_| lowered.len() <= LONGEST);
    algorithm.map_or(Cow::Borrowed(lowered), |algorithm| made(algorithm, lowered))
}

/// The stem of `lowered` by a stemmer. English has diacritics in loan words alone, which its stemmer knows only without: fiancé is fiance. Its
/// spellings and irregular forms are made one beforehand.
fn made(algorithm: Algorithm, lowered: &str) -> Cow<'_, str> {
    let stemmer = Stemmer::new(algorithm);
    if algorithm != Algorithm::English {
        return match regular::form(lowered, algorithm) {
            Some(regular) => Cow::Owned(stemmer.stem(&regular).into_owned()),
            None => stemmer.stem(lowered),
        };
    }
    let mut stripped = String::with_capacity(lowered.len());
    fold::strip(lowered, &mut stripped);
    match english::stem_apart(&stripped) {
        Some(stem) => Cow::Borrowed(stem),
        None => Cow::Owned(stemmer.stem(&english::regular(&stripped)).into_owned()),
    }
}

/// The stemmer for a word in `alphabet` that stands in a text in `language`.
///
/// A word in another alphabet than its text's is foreign there: Latin words in Chinese or Russian text are mostly English.
fn algorithm(alphabet: Alphabet, language: Language) -> Option<Algorithm> {
    match alphabet {
        Alphabet::Latin => match language.code() {
            "da" => Some(Algorithm::Danish),
            "nl" => Some(Algorithm::Dutch),
            "fi" => Some(Algorithm::Finnish),
            "fr" => Some(Algorithm::French),
            "de" => Some(Algorithm::German),
            "hu" => Some(Algorithm::Hungarian),
            "id" => Some(Algorithm::Indonesian),
            "it" => Some(Algorithm::Italian),
            "nb" | "nn" | "no" => Some(Algorithm::Norwegian),
            "pt" => Some(Algorithm::Portuguese),
            "ro" => Some(Algorithm::Romanian),
            "es" => Some(Algorithm::Spanish),
            "sv" => Some(Algorithm::Swedish),
            "tr" => Some(Algorithm::Turkish),
            // Latin-script languages without a stemmer here: an English ending taken off a Polish word would be an error.
            "cs" | "pl" | "sk" | "sl" | "hr" | "sr" | "bs" | "vi" | "et" | "lv" | "lt" | "az" | "uz" | "sw" | "so" | "ha" | "tl"
            | "fil" | "ms" | "af" | "sq" | "ca" | "eu" | "gl" => None,
            _ => Some(Algorithm::English),
        },
        Alphabet::Cyrillic => match language.code() {
            "uk" | "be" | "bg" | "mk" | "sr" | "kk" | "ky" | "mn" | "tg" => None,
            _ => Some(Algorithm::Russian),
        },
        Alphabet::Arabic => match language.code() {
            "fa" | "ur" | "ps" | "ku" | "ug" => None,
            _ => Some(Algorithm::Arabic),
        },
        Alphabet::Greek => Some(Algorithm::Greek),
        Alphabet::Other => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stem(word: &str, language: &str) -> String {
        super::stem(word, Language::parse(language).unwrap()).into_owned()
    }

    #[test]
    fn endings_go_by_language() {
        assert_eq!(stem("sanctions", "en"), stem("sanctioned", "en"));
        assert_eq!(stem("санкций", "ru"), stem("санкции", "ru"));
        assert_eq!(stem("présidentielles", "fr"), stem("présidentielle", "fr"));
        assert_eq!(stem("sanctions", "zh"), stem("sanctions", "en"));
        assert_eq!(stem("sanctions", "pl"), "sanctions");
        assert_eq!(stem("会", "zh"), "会");
    }

    #[test]
    fn words_without_end_are_their_own_stems() {
        let word = format!("{}sanctions", "anti".repeat(40));
        assert!(word.len() <= LONGEST && stem(&word, "en").len() < word.len());
        for word in ["sanctions".repeat(30), "e\u{301}\u{301}".repeat(2_000_000), "ungen".repeat(1_000_000)] {
            assert!(["en", "de", "fr"].iter().all(|language| stem(&word, language) == word));
        }
    }

    #[test]
    fn each_stemmer_is_asked_once() {
        let languages = ["en", "zh", "de", "pl", "cs"].map(|code| Language::parse(code).unwrap());
        let mut found = Vec::new();
        Stems::default().each("sanktionen", languages.into_iter(), |stem| found.push(stem.to_owned()));
        assert_eq!(found, [stem("sanktionen", "en"), stem("sanktionen", "de"), "sanktionen".to_owned()]);
    }

    #[test]
    fn remembering_changes_nothing() {
        let stems = Stems::default();
        for _ in 0..2 {
            let mut out = String::new();
            stems.each("negotiations", std::iter::once(Language::ENGLISH), |stem| out.push_str(stem));
            assert_eq!(out, stem("negotiations", "en"));
        }
    }
}
