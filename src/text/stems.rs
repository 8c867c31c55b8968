//! Endings taken off by language (Snowball; Porter 1980, 2001).
//!
//! Stemmers of two languages make one stem of words that have nothing in common: to one of Spanish, `area` is *are* and `Canada` *can*, which are
//! words of English. So behind a stem stands the sign of its stemmer, in capitals, which no stem has: `areES`. A word is looked for by its stems in
//! all languages of an index, and one of Spanish finds nothing in English texts, whose stems are plain.

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
                None => take(&unstemmed(alphabet, lowered)),
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
    let alphabet = alphabet(lowered);
    let algorithm = algorithm(alphabet, language).filter(|_| lowered.len() <= LONGEST);
    algorithm.map_or_else(|| unstemmed(alphabet, lowered), |algorithm| made(algorithm, lowered))
}

/// A word that no stemmer knows. One in an alphabet of which others are stemmed has a sign, too: the `polic` of Slovene (shelves) is not that of
/// *police*.
fn unstemmed(alphabet: Alphabet, lowered: &str) -> Cow<'_, str> {
    let is_apart = alphabet != Alphabet::Other && lowered.len() <= LONGEST;
    if is_apart { Cow::Owned(format!("{lowered}{UNSTEMMED}")) } else { Cow::Borrowed(lowered) }
}

/// The sign of words that no stemmer knows.
const UNSTEMMED: &str = "XX";

/// A stem as people read it, and the sign of its stemmer.
///
/// ```
/// use pundit::text::{Language, stems};
/// let stem = stems::stem("zonas", Language::parse("es").unwrap());
/// assert_eq!((&*stem, stems::parts(&stem)), ("zonES", ("zon", "ES")));
/// ```
#[must_use]
pub fn parts(stem: &str) -> (&str, &str) {
    let plain = stem.trim_end_matches(|c: char| c.is_ascii_uppercase());
    (plain, stem.strip_prefix(plain).unwrap_or_default())
}

/// The stem of `lowered` by a stemmer, with its sign. English has diacritics in loan words alone, which its stemmer knows only without: fiancé is
/// fiance. Its spellings and irregular forms are made one beforehand.
fn made(algorithm: Algorithm, lowered: &str) -> Cow<'_, str> {
    let stemmer = Stemmer::new(algorithm);
    if algorithm != Algorithm::English {
        let regular = regular::form(lowered, algorithm);
        let mut stem = stemmer.stem(regular.as_deref().unwrap_or(lowered)).into_owned();
        if GRADUAL.contains(&algorithm) {
            for _ in 0..ROUNDS {
                stem = stemmer.stem(&stem).into_owned();
            }
        }
        stem.extend(sign(algorithm).chars().map(|c| c.to_ascii_uppercase()));
        return Cow::Owned(stem);
    }
    let mut stripped = String::with_capacity(lowered.len());
    fold::strip(lowered, &mut stripped);
    match english::stem_apart(&stripped) {
        Some(stem) => Cow::Borrowed(stem),
        None => Cow::Owned(stemmer.stem(&english::regular(&stripped)).into_owned()),
    }
}

/// Stemmers that leave endings behind others: of `seçimler` (elections) one makes `seçim`, and of that `seç`. They are asked so many times more,
/// when there is hardly anything left to take off.
const GRADUAL: [Algorithm; 4] = [Algorithm::Polish, Algorithm::Romanian, Algorithm::Turkish, Algorithm::Ukrainian];
const ROUNDS: usize = 3;

/// The stemmers but that of English: for words of an alphabet in texts in these languages.
const STEMMERS: [(Alphabet, &[&str], Algorithm); 33] = [
    (Alphabet::Latin, &["ca"], Algorithm::Catalan),
    (Alphabet::Latin, &["cs"], Algorithm::Czech),
    (Alphabet::Latin, &["da"], Algorithm::Danish),
    (Alphabet::Latin, &["de"], Algorithm::German),
    (Alphabet::Latin, &["es"], Algorithm::Spanish),
    (Alphabet::Latin, &["et"], Algorithm::Estonian),
    (Alphabet::Latin, &["eu"], Algorithm::Basque),
    (Alphabet::Latin, &["fi"], Algorithm::Finnish),
    (Alphabet::Latin, &["fr"], Algorithm::French),
    (Alphabet::Latin, &["ga"], Algorithm::Irish),
    (Alphabet::Latin, &["hu"], Algorithm::Hungarian),
    (Alphabet::Latin, &["id"], Algorithm::Indonesian),
    (Alphabet::Latin, &["it"], Algorithm::Italian),
    (Alphabet::Latin, &["lt"], Algorithm::Lithuanian),
    (Alphabet::Latin, &["nl"], Algorithm::Dutch),
    (Alphabet::Latin, &["no", "nb", "nn"], Algorithm::Norwegian),
    (Alphabet::Latin, &["pl"], Algorithm::Polish),
    (Alphabet::Latin, &["pt"], Algorithm::Portuguese),
    (Alphabet::Latin, &["ro"], Algorithm::Romanian),
    (Alphabet::Latin, &["sr", "hr", "bs"], Algorithm::Serbian),
    (Alphabet::Latin, &["sv"], Algorithm::Swedish),
    (Alphabet::Latin, &["tr"], Algorithm::Turkish),
    (Alphabet::Cyrillic, &["sr"], Algorithm::Serbian),
    (Alphabet::Cyrillic, &["uk"], Algorithm::Ukrainian),
    (Alphabet::Cyrillic, &["ru"], Algorithm::Russian),
    (Alphabet::Arabic, &["fa"], Algorithm::Persian),
    (Alphabet::Arabic, &["ar"], Algorithm::Arabic),
    (Alphabet::Greek, &["el"], Algorithm::Greek),
    (Alphabet::Other, &["hi"], Algorithm::Hindi),
    (Alphabet::Other, &["hy"], Algorithm::Armenian),
    (Alphabet::Other, &["ne"], Algorithm::Nepali),
    (Alphabet::Other, &["ta"], Algorithm::Tamil),
    (Alphabet::Other, &["yi"], Algorithm::Yiddish),
];

/// Languages without a stemmer here, by their alphabet: an English ending taken off a Vietnamese word would be an error.
const NONE: [(Alphabet, &[&str]); 3] = [
    (Alphabet::Latin, &["af", "az", "fil", "gl", "ha", "lv", "ms", "sk", "sl", "so", "sq", "sw", "tl", "uz", "vi"]),
    (Alphabet::Cyrillic, &["be", "bg", "kk", "ky", "mk", "mn", "tg"]),
    (Alphabet::Arabic, &["ku", "ps", "ug", "ur"]),
];

/// The stemmer for a word in `alphabet` that stands in a text in `language`.
///
/// A word in another alphabet than its text's is foreign there: Latin words in Chinese or Russian text are mostly English, Cyrillic ones mostly
/// Russian.
fn algorithm(alphabet: Alphabet, language: Language) -> Option<Algorithm> {
    let of_language = STEMMERS.iter().find(|(of, languages, _)| *of == alphabet && languages.contains(&language.code()));
    if let Some((.., algorithm)) = of_language {
        return Some(*algorithm);
    }
    if NONE.iter().any(|(of, languages)| *of == alphabet && languages.contains(&language.code())) {
        return None;
    }
    match alphabet {
        Alphabet::Latin => Some(Algorithm::English),
        Alphabet::Cyrillic => Some(Algorithm::Russian),
        Alphabet::Arabic => Some(Algorithm::Arabic),
        Alphabet::Greek => Some(Algorithm::Greek),
        Alphabet::Other => None,
    }
}

/// What stands in capitals behind the stems of a stemmer: its first language. Those of English have none.
fn sign(algorithm: Algorithm) -> &'static str {
    STEMMERS.iter().find(|(.., known)| *known == algorithm).and_then(|(_, languages, _)| languages.first()).copied().unwrap_or_default()
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
        assert_eq!(stem("sanctions", "vi"), "sanctionsXX");
        for (words, language) in [
            ("sankcje sankcja sankcjami", "pl"),
            ("rząd rządu rządów", "pl"),
            ("президент президента президентом", "uk"),
            ("vláda vlády vládou", "cs"),
            ("sankcije sankcija санкције", "sr"),
            ("predsjednik predsjednika", "hr"),
            ("تحریم تحریمها", "fa"),
            ("चुनाव चुनावों", "hi"),
            ("सरकार सरकारों", "hi"),
            ("sancions sanció", "ca"),
            ("karas karo", "lt"),
            ("valitsuse valitsused", "et"),
            ("தடைகள் தடை", "ta"),
        ] {
            let stems: Vec<String> = words.split(' ').map(|word| stem(word, language)).collect();
            assert!(stems.iter().all(|other| *other == stems[0]), "{words}: {stems:?}");
        }
    }

    #[test]
    fn stems_of_two_languages_are_never_one() {
        for (word, language, other) in [("canada", "es", "can"), ("area", "it", "are"), ("notes", "fr", "not"), ("party", "cs", "part")] {
            let found = stem(word, language);
            assert_eq!(parts(&found).0, other);
            assert!(found != stem(other, "en") && found != stem(word, "en"), "{found}");
        }
        // What is no word of any language has no sign.
        assert_eq!(stem("2024", "es"), "2024");
        for (_, languages, algorithm) in STEMMERS {
            let of_stemmer = STEMMERS.iter().filter(|(.., other)| *other == algorithm).count();
            let others = STEMMERS.iter().filter(|(_, other, _)| other.first() == languages.first()).count();
            assert_eq!(of_stemmer, others, "{languages:?}");
        }
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
        let languages = ["en", "zh", "de", "vi", "sk"].map(|code| Language::parse(code).unwrap());
        let mut found = Vec::new();
        Stems::default().each("sanktionen", languages.into_iter(), |stem| found.push(stem.to_owned()));
        assert_eq!(found, [stem("sanktionen", "en"), stem("sanktionen", "de"), "sanktionenXX".to_owned()]);
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
