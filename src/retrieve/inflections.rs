//! The stems under which an index may have a word that was typed.
//!
//! A stemmer takes off endings that it knows by their accents: `economía` becomes *econom*, and `economia` *economi*. Who types without accents
//! means both, so a word is also looked for as the index writes it: its writings lie side by side in the dictionary of words. No list of words
//! with accents is needed, and no word becomes another that nobody wrote.
//!
//! Stems of one language find nothing in texts of another (see [`stems`]), but languages share words: who asks for `economic` is glad of the
//! `économie` of French texts. So where the texts of a language do not have a word, it is looked for there by its stems in other languages. Where
//! they have it, it is a word of that language, and no other is meant: the `area` of English texts is never the *are* that a stemmer of Spanish
//! makes of it.

use std::collections::BTreeSet;

use crate::index::Reader;
use crate::text::script::{Alphabet, alphabet};
use crate::text::{Analysed, Analyzer, Language, fold, stems};

/// Finds the stems of words in one index.
#[derive(Clone, Copy)]
pub struct Inflections<'r> {
    analyzer: &'r Analyzer,
    languages: &'r [Language],
    /// The index, where its writings of a word can have stems that the word has not.
    writings: Option<&'r Reader>,
}

/// More writings of a word than this are not looked for.
const MOST_WRITINGS: usize = 8;
/// The fewest letters of a stem by which words of two languages are taken for one: shorter ones are alike by chance.
const SHARED: usize = 5;

impl<'r> Inflections<'r> {
    /// Those in texts in `languages`.
    #[must_use]
    pub const fn new(analyzer: &'r Analyzer, languages: &'r [Language]) -> Self {
        Self { analyzer, languages, writings: None }
    }

    /// Those in the texts of `reader`, which are in `languages`.
    #[must_use]
    pub fn of_index(reader: &'r Reader, analyzer: &'r Analyzer, languages: &'r [Language]) -> Self {
        // English has no endings with accents.
        let writings = languages.iter().any(|language| *language != Language::ENGLISH).then_some(reader);
        Self { writings, ..Self::new(analyzer, languages) }
    }

    /// The stems of `word` in every language of the index, each once.
    pub(super) fn stems_of(&self, word: &str) -> Vec<String> {
        let mut stems = self.written_so(word);
        for writing in self.other_writings(word) {
            for stem in self.written_so(&writing) {
                if !stems.contains(&stem) {
                    stems.push(stem);
                }
            }
        }
        stems.extend(self.shared(&stems));
        stems
    }

    /// The `stems` of one word as those of other languages, where texts in these do not have the word.
    fn shared(&self, stems: &[String]) -> Vec<String> {
        let is_of_one = stems.windows(2).all(|two| matches!(two, [a, b] if stems::parts(a).1 == stems::parts(b).1));
        let Some(reader) = self.writings.filter(|_| !is_of_one) else { return Vec::new() };
        // What cannot be read is told where the word is looked for.
        let is_known =
            |stem: &str| reader.segments().iter().any(|segment| segment.passage_frequency(stem).is_ok_and(|passages| passages > 0));
        let mut shared: Vec<String> = Vec::new();
        for (at, (_, sign)) in stems.iter().map(|stem| stems::parts(stem)).enumerate() {
            let of_language = |stem: &&String| stems::parts(stem).1 == sign;
            let is_first = !stems.iter().take(at).any(|stem| of_language(&stem));
            if !is_first || stems.iter().filter(of_language).any(|stem| is_known(stem)) {
                continue;
            }
            for (plain, _) in stems.iter().map(|stem| stems::parts(stem)).filter(|(plain, _)| plain.chars().nth(SHARED - 1).is_some()) {
                let other = format!("{plain}{sign}");
                if !stems.contains(&other) && !shared.contains(&other) && is_known(&other) {
                    shared.push(other);
                }
            }
        }
        shared
    }

    /// The words of what was typed.
    pub(super) fn analyse(&self, typed: &str) -> Analysed {
        self.analyzer.analyse(typed, Language::ENGLISH)
    }

    /// The stems of a word that is written as `word` is. Foreign words are mostly English.
    fn written_so(&self, word: &str) -> Vec<String> {
        self.analyzer.stems_of(word, self.languages.iter().copied().chain([Language::ENGLISH]))
    }

    /// How else the index may write `word` but for capitals: without accents, and with those that it has.
    fn other_writings(&self, word: &str) -> Vec<String> {
        let Some(reader) = self.writings.filter(|_| matches!(alphabet(word), Alphabet::Latin | Alphabet::Greek)) else {
            return Vec::new();
        };
        let lower = |word: &str| {
            let mut lowered = String::new();
            fold::lower(word, &mut lowered);
            lowered
        };
        let (typed, folded) = (lower(word), fold::folded(word));
        let mut others: Vec<String> = Vec::new();
        // What cannot be read is told where the word is looked for. The same are taken however the index is parted.
        let written = reader.segments().iter().flat_map(|segment| segment.writings_of(&folded).unwrap_or_default());
        let written: BTreeSet<String> = written.map(|writing| lower(&writing)).collect();
        for writing in std::iter::once(folded.clone()).chain(written) {
            if writing != typed && !others.contains(&writing) && others.len() < MOST_WRITINGS {
                others.push(writing);
            }
        }
        others
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::index::{Options, update};

    #[test]
    fn accents_make_no_difference_in_any_language_of_the_index() {
        let (folder, dir) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (root, index) = (folder.path().canonicalize().unwrap(), dir.path().join("index"));
        let mut file = tempfile::Builder::new().prefix("es").suffix(".md").tempfile_in(&root).unwrap();
        let spanish = "La economía y la energía del país, dijo el ministro, son las garantías de que la industria siga en pie este año.";
        write!(file, "---\nlang: es\n---\n\nENERGÍA y economia.\n\n{spanish}\n").unwrap();
        update(&index, std::slice::from_ref(&root), &Options::default(), |_| {}).unwrap();
        let (reader, analyzer) = (Reader::open(&index).unwrap(), Analyzer::default());
        let languages = [Language::parse("es").unwrap()];
        let inflections = Inflections::of_index(&reader, &analyzer, &languages);
        let all = |word: &str| {
            let mut stems = inflections.stems_of(word);
            stems.sort_unstable();
            stems
        };
        for (typed, written) in [("economia", "economía"), ("ENERGIA", "energía"), ("garantias", "garantías")] {
            assert_eq!(all(typed), all(written), "{typed}");
            assert!(all(typed).len() > analyzer.stems_of(typed, languages.into_iter()).len(), "{typed}");
        }
        // Of a word that nobody writes otherwise there is nothing to add.
        let alone = Inflections::new(&analyzer, &languages);
        assert_eq!(inflections.stems_of("industria"), alone.stems_of("industria"));
        assert_eq!(inflections.stems_of("сессия"), alone.stems_of("сессия"));
    }
}
