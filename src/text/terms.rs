//! The forms of every word of a text, and the terms by which it ranks.

use std::cell::{OnceCell, RefCell};
use std::ops::Range;

use foldhash::HashMap;

use super::han::{self, HanWord};
use super::hyphens::{self, Pair};
use super::memory::{Memory, TOGETHER, number_of_solo};
use super::script;
use super::stems::Stems;
use super::{Language, Word, Words, fold};

/// Gives words their forms. Remembers them, so each thread keeps one and uses it again.
#[derive(Default)]
pub struct Analyzer {
    stems: Stems,
    memories: RefCell<HashMap<Language, Memory>>,
}

/// The languages whose words are remembered; past that all are forgotten. Most folders have few.
const LANGUAGES: usize = 8;

/// A text's words and their forms, each word at the same index throughout.
#[derive(Debug, Default)]
pub struct Analysed {
    /// Where the words stand.
    pub words: Vec<Word>,
    /// Their folded forms: what phrases and proximity compare.
    pub folded: Forms,
    /// Their stems: what plain words compare. A solo word is its own stem.
    pub stems: Forms,
    /// Their numbers, as far as they have any: words of one number are written alike but for variants of Han, whatever text they stand in. 0
    /// tells nothing.
    pub numbers: Vec<u32>,
    /// What words with a hyphen are written closed, as stems, each with the index of its first part.
    closed: Vec<(usize, String)>,
    /// See [`Analysed::han_words`].
    han_words: OnceCell<Vec<HanWord>>,
}

/// Strings one after the other in one allocation.
#[derive(Debug, Default)]
pub struct Forms {
    joined: String,
    ends: Vec<usize>,
}

impl Forms {
    /// The form at `index`; "" past the end.
    #[inline]
    #[must_use]
    pub fn get(&self, index: usize) -> &str {
        self.joint(index..index + 1)
    }

    /// The forms of `range` written together.
    #[inline]
    #[must_use]
    pub fn joint(&self, range: Range<usize>) -> &str {
        let start = range.start.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let end = range.end.checked_sub(1).and_then(|last| self.ends.get(last)).copied();
        match (start, end) {
            (Some(start), Some(end)) => self.joined.get(start..end).unwrap_or_default(),
            _ => "",
        }
    }

    /// The last form.
    fn last(&self) -> &str {
        self.ends.len().checked_sub(1).map_or("", |last| self.get(last))
    }

    /// Adds the form that `write` appends.
    #[inline]
    fn push(&mut self, write: impl FnOnce(&mut String)) {
        write(&mut self.joined);
        self.ends.push(self.joined.len());
    }
}

impl Analyzer {
    /// The words of `text`, a text in `language`, with their forms.
    #[must_use]
    pub fn analyse(&self, text: &str, language: Language) -> Analysed {
        let mut memories = self.memories.borrow_mut();
        if memories.len() >= LANGUAGES && !memories.contains_key(&language) {
            memories.clear();
        }
        let memory = memories.entry(language).or_insert_with(|| Memory::new(language));
        let mut analysed = Analysed::for_text(text);
        // The words behind a hyphen.
        let mut behind = Vec::new();
        for word in Words::of(text) {
            if analysed.words.last().is_some_and(|before| hyphens::is_between(text, *before, word)) {
                behind.push(analysed.words.len());
            }
            analysed.words.push(word);
        }
        let mut spaced = Vec::with_capacity(TOGETHER);
        for words in analysed.words.chunks(TOGETHER) {
            spaced.clear();
            spaced.extend(words.iter().filter(|word| !word.solo).map(|word| word.span.of(text)));
            let mut remembered = memory.forms_of(&spaced);
            for word in words {
                let number = if word.solo {
                    analysed.folded.push(|out| fold::fold(word.span.of(text), out));
                    let folded = analysed.folded.last();
                    analysed.stems.push(|out| out.push_str(folded));
                    number_of_solo(folded)
                } else {
                    let remembered = remembered.next().unwrap_or_default();
                    analysed.folded.push(|out| out.push_str(remembered.folded));
                    analysed.stems.push(|out| out.push_str(remembered.stem));
                    remembered.number
                };
                analysed.numbers.push(number);
            }
        }
        for (place, &at) in behind.iter().enumerate() {
            let beside = [place.checked_sub(1).and_then(|before| behind.get(before)), behind.get(place + 1)];
            let of_more = beside.into_iter().flatten().any(|&other| other.abs_diff(at) == 1);
            let [first, second] = [at - 1, at].map(|at| analysed.words.get(at).map(|word| word.span.of(text)).unwrap_or_default());
            if let Some(closed) = (Pair { first, second, of_more }).closed(Some(language)) {
                analysed.closed.push((at - 1, memory.forms(&closed).stem.to_owned()));
            }
        }
        analysed
    }

    /// The stems of one word as it is written, in texts in `languages`, each once.
    #[must_use]
    pub fn stems_of(&self, word: &str, languages: impl Iterator<Item = Language>) -> Vec<String> {
        let mut lowered = String::new();
        fold::lower(word, &mut lowered);
        let mut stems = Vec::with_capacity(1);
        self.stems.each(&lowered, languages, |stem| {
            // Stemmers want the diacritics; terms do without, so that a query typed without them meets the text.
            let mut stripped = String::with_capacity(stem.len());
            fold::strip(stem, &mut stripped);
            if !stems.contains(&stripped) {
                stems.push(stripped);
            }
        });
        stems
    }
}

impl Analysed {
    /// With room for the words of `text`.
    fn for_text(text: &str) -> Self {
        /// The bytes of a spaced word and the space behind it, on the average.
        const WORD: usize = 6;
        let words = text.len() / WORD;
        let forms = || Forms { joined: String::with_capacity(text.len()), ends: Vec::with_capacity(words) };
        let numbers = Vec::with_capacity(words);
        Self { words: Vec::with_capacity(words), folded: forms(), stems: forms(), numbers, closed: Vec::new(), han_words: OnceCell::new() }
    }

    /// The words into which the dictionary cuts the text's runs of Han, in order. Runs are cut when this is first asked.
    #[must_use]
    pub fn han_words(&self) -> &[HanWord] {
        self.han_words.get_or_init(|| {
            let is_han =
                |at: &usize| self.words.get(*at).is_some_and(|word| word.solo) && self.folded.get(*at).chars().all(han::is_in_words);
            let all = self.words.len();
            let mut words = Vec::new();
            let mut next = 0;
            while let Some(start) = (next..all).find(is_han) {
                let end = (start + 1..all).find(|at| !(self.runs_on(*at) && is_han(at))).unwrap_or(all);
                let mut first = start;
                han::tagged(self.folded.joint(start..end), |len, part_of_speech| {
                    words.push(HanWord { first, len, part_of_speech });
                    first += len;
                });
                next = end;
            }
            words
        })
    }

    /// Calls `emit` with each ranking term of the words in `range`, in text order.
    ///
    /// A spaced word gives its stem. A run of solo words gives its character pairs and, where it is Han, its dictionary words of three
    /// characters and more: pairs find what a dictionary would cut otherwise, words weigh what belongs together.
    /// A run of one character gives that character.
    pub fn terms(&self, range: Range<usize>, mut emit: impl FnMut(&str)) {
        let mut at = range.start;
        while at < range.end {
            let Some(word) = self.words.get(at) else { break };
            if word.solo {
                let end = self.run_end(at, range.end);
                self.run_terms(at..end, &mut emit);
                at = end;
            } else {
                emit(self.stems.get(at));
                at += 1;
            }
        }
    }

    /// Those of runs without spaces alone.
    pub fn terms_of_runs(&self, range: Range<usize>, mut emit: impl FnMut(&str)) {
        let mut at = range.start;
        while let Some(start) = (at..range.end).find(|&at| self.words.get(at).is_some_and(|word| word.solo)) {
            at = self.run_end(start, range.end);
            self.run_terms(start..at, &mut emit);
        }
    }

    /// Those of spaced words alone, each with the index of its word.
    pub fn terms_of_words(&self, range: Range<usize>) -> impl Iterator<Item = (usize, &str)> {
        let spaced = range.filter(|&at| self.words.get(at).is_some_and(|word| !word.solo));
        spaced.map(|at| (at, self.stems.get(at)))
    }

    /// The words with a hyphen whose parts are in `range`, by the index of the first part, each as the stem of what it is written closed.
    pub fn closed(&self, range: Range<usize>) -> impl Iterator<Item = (usize, &str)> {
        let first = self.closed.partition_point(|(at, _)| *at < range.start);
        let inside = self.closed.iter().skip(first).take_while(move |(at, _)| at + 1 < range.end);
        inside.map(|(at, stem)| (*at, stem.as_str()))
    }

    /// Where the run of adjacent solo words that starts at `from` ends, at the most at `limit`.
    #[must_use]
    pub fn run_end(&self, from: usize, limit: usize) -> usize {
        (from + 1..limit).find(|&at| !self.runs_on(at)).unwrap_or(limit.max(from + 1))
    }

    /// Whether the word at `at` is a solo word right behind the one before.
    fn runs_on(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.words.get(before));
        before.zip(self.words.get(at)).is_some_and(|(before, word)| word.solo && before.span.end == word.span.start)
    }

    /// Where what is written together with the word at `at` ends, at the most at `limit`: a spaced word stands by itself, as does a word of the
    /// dictionary in a run of Han, and what of a run is in one syllabary.
    #[must_use]
    pub fn unit_end(&self, at: usize, limit: usize) -> usize {
        let syllabary = |at: usize| self.folded.get(at).chars().next().and_then(script::syllabary);
        if self.words.get(at).is_none_or(|word| !word.solo) {
            return at + 1;
        }
        if let Some(own) = syllabary(at) {
            return (at + 1..limit).find(|&next| !self.runs_on(next) || syllabary(next) != Some(own)).unwrap_or(limit.max(at + 1));
        }
        let words = self.han_words();
        let word = words.get(words.partition_point(|word| word.first < at));
        word.filter(|word| word.first == at).map_or(at + 1, |word| (at + word.len).clamp(at + 1, limit.max(at + 1)))
    }

    fn run_terms(&self, run: Range<usize>, emit: &mut impl FnMut(&str)) {
        if run.len() == 1 {
            emit(self.folded.get(run.start));
            return;
        }
        for at in run.start..run.end - 1 {
            emit(self.folded.joint(at..at + 2));
        }
        // Pairs say all that shorter words do.
        if run.len() > 2 {
            let words = self.han_words();
            let first = words.partition_point(|word| word.first < run.start);
            let inside = words.iter().skip(first).take_while(|word| word.first + word.len <= run.end);
            inside.filter(|word| word.len > 2).for_each(|word| self.word_terms(word.first..word.first + word.len, emit));
        }
    }

    /// A dictionary word of three characters and more, and the words of three inside it.
    fn word_terms(&self, word: Range<usize>, emit: &mut impl FnMut(&str)) {
        if word.len() > 3 {
            for at in word.start..word.end - 2 {
                let inside = self.folded.joint(at..at + 3);
                if han::is_word(inside) {
                    emit(inside);
                }
            }
        }
        emit(self.folded.joint(word));
    }
}

#[cfg(test)]
mod tests {
    use jieba_rs::Jieba;
    use proptest::prelude::*;

    use super::*;
    use crate::text::dictionary::with_words_in;

    fn terms(text: &str, language: &str) -> Vec<String> {
        let analysed = Analyzer::default().analyse(text, Language::parse(language).unwrap());
        let mut out = Vec::new();
        analysed.terms(0..analysed.words.len(), |term| out.push(term.to_owned()));
        out
    }

    #[test]
    fn spaced_words_give_stems_and_runs_give_pairs() {
        assert_eq!(terms("Sanctions against G7峰会, 中。", "en"), ["sanction", "against", "g7", "峰会", "中"]);
        assert_eq!(terms("安理會", "zh"), ["安理", "理会", "安理会"]);
        assert_eq!(terms("북한은", "ko"), ["북한", "한은"]);
        assert_eq!(terms("présidentielles", "fr"), terms("presidentielles", "fr"));
    }

    #[test]
    fn runs_of_han_are_cut_where_another_script_begins() {
        let analysed = Analyzer::default().analyse("联合国の安理会 制裁，G7", Language::ENGLISH);
        let words: Vec<&str> = analysed.han_words().iter().map(|word| analysed.folded.joint(word.first..word.first + word.len)).collect();
        assert_eq!(words, ["联合国", "安理会", "制裁"]);
    }

    proptest! {
        /// Terms hold what a cut for searching gives, as far as pairs do not.
        #[test]
        fn words_are_those_of_a_cut_for_searching(run in "(安理会|讨论|延长|制裁|联合国|外交部长|发言人|中华人民共和国|朝鲜半岛|[一-龥]){1,8}") {
            // Other forms of characters make other words of a run: it is cut in the usual ones.
            let usual = fold::folded(&run);
            let cut = |jieba: &Jieba| jieba.cut_for_search(&usual, false).iter().map(|token| token.word.to_owned()).collect::<Vec<_>>();
            let long = |term: &String| term.chars().count() > 2;
            let expected: Vec<String> = with_words_in(&usual, cut).into_iter().filter(long).collect();
            prop_assert_eq!(terms(&run, "zh").into_iter().filter(long).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn forms_stand_at_their_words() {
        let text = "Élan 臺灣";
        let analysed = Analyzer::default().analyse(text, Language::ENGLISH);
        assert_eq!(analysed.words.len(), 3);
        assert_eq!((analysed.folded.get(0), analysed.folded.get(1), analysed.folded.get(9)), ("elan", "台", ""));
        assert_eq!(analysed.folded.joint(1..3), "台湾");
    }
}
