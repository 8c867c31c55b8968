//! The tokens of a text's words, of what begins at them, and of the terms by which it ranks.

use std::ops::Range;

use super::inversion::{Beside, Coding, Inversion, KnownWords, LEFT_OUT, Tokens, WordTerms};
use super::segment::vector::{Vector, beginning};
use super::{marks, shape_of};
use crate::actors::Mention;
use crate::rank::Shape;
use crate::text::grammar::is_grammar;
use crate::text::hyphens;
use crate::text::script::parts_clauses;
use crate::text::sentences::Sentence;
use crate::text::stems::parts;
use crate::text::terms::Analysed;
use crate::text::{Span, Word};

/// What begins with a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Begins {
    /// Nothing but itself.
    #[default]
    Word,
    /// A sentence.
    Sentence,
    /// A paragraph, and so a sentence.
    Paragraph,
}

/// What begins with each of `words`, whose sentences are `sentences`. A sentence without words begins nothing, but what it ends has ended.
pub(super) fn begins(words: &[Word], sentences: &[Sentence]) -> Vec<Begins> {
    let mut sentences = sentences.iter().peekable();
    let mut after_paragraph = true;
    let mut out = Vec::with_capacity(words.len());
    for word in words {
        let mut begins = Begins::Word;
        while let Some(sentence) = sentences.next_if(|sentence| sentence.span.start <= word.span.start) {
            begins = begins.max(if after_paragraph { Begins::Paragraph } else { Begins::Sentence });
            after_paragraph = sentence.ends_paragraph;
        }
        out.push(begins);
    }
    if let Some(first) = out.first_mut() {
        *first = Begins::Paragraph;
    }
    out
}

/// A text with all that is to be said of its words.
pub(super) struct Spoken<'t> {
    text: &'t str,
    words: &'t Analysed,
    /// What begins with each of the words, …
    begins: Vec<Begins>,
    /// … and what is written of it.
    terms: Vec<WordTerms>,
}

impl<'t> Spoken<'t> {
    /// `text` with its words and sentences, to be written to `inversion`, to which the words in `known` are written already.
    pub(super) fn of(
        (text, words): (&'t str, &'t Analysed),
        sentences: &[Sentence],
        known: &mut KnownWords,
        inversion: &mut Inversion,
    ) -> Self {
        let terms = words.words.iter().zip(&words.numbers).enumerate().map(|(at, (word, &number))| {
            let (written, folded) = (word.span.of(text), words.folded.get(at));
            // Variants of Han have one number.
            let number = if word.solo && written != folded { 0 } else { number };
            known.get(number, || terms_of(written, folded, (!word.solo).then(|| words.stems.get(at)), inversion))
        });
        Self { text, words, begins: begins(&words.words, sentences), terms: terms.collect() }
    }

    /// How many words it has.
    pub(super) const fn len(&self) -> usize {
        self.terms.len()
    }

    /// Adds the tokens of the words in `range` to `out`: each folded, beside it its written form where that differs, what begins there, and the mentions
    /// that do. The spans of `mentions` count from byte `origin`.
    pub(super) fn words(&self, range: Range<usize>, mentions: &[Mention], origin: usize, mut out: Tokens<'_>) {
        let mut mentions = mentions.iter().peekable();
        let mut token = String::new();
        let words = self.words.words.iter().zip(&self.terms).zip(&self.begins).enumerate().take(range.end).skip(range.start);
        for (at, ((word, terms), begins)) in words {
            out.push_number(terms.folded);
            match terms.beside {
                Beside::Nothing => {}
                Beside::Capital => out.beside(marks::CAPITAL),
                Beside::Spelled => out.beside_number(terms.spelled),
            }
            if *begins >= Begins::Sentence {
                out.beside(marks::SENTENCE);
            }
            if *begins == Begins::Paragraph {
                out.beside(marks::PARAGRAPH);
            }
            if *begins == Begins::Word && word.solo && self.is_parted(at) {
                out.beside(marks::CLAUSE);
            }
            while let Some(mention) = mentions.next_if(|mention| mention.span.start + origin < word.span.end) {
                let width = self.width(at, mention.span.end + origin);
                if let Some(actor) = &mention.actor {
                    token.clear();
                    token.push(marks::ACTOR);
                    token.push_str(actor);
                    out.beside(&token);
                }
                token.clear();
                token.push(marks::KIND);
                token.push_str(mention.kind.word());
                out.beside(&token);
                if width > 1 {
                    marks::widen(&mut token, width);
                    out.beside(&token);
                }
            }
        }
    }

    /// Adds the part of the text in `span` to `out`: the words in `range`, and what stands around them. What a script writes together is one unit: of a
    /// run without spaces the words of the dictionary, or else what is of one script.
    pub(super) fn spell(&self, span: Span, range: Range<usize>, mut out: Coding<'_>) {
        let mut end = span.start;
        let mut at = range.start;
        while at < range.end {
            let behind = self.words.unit_end(at, range.end);
            let Some((first, last)) = self.words.words.get(at).zip(self.words.words.get(behind - 1)) else { break };
            let unit = Span::new(first.span.start, last.span.end);
            let written = unit.of(self.text);
            let number = if behind == at + 1 {
                self.terms.get(at).map_or(LEFT_OUT, |terms| terms.spelled)
            } else if self.words.folded.joint(at..behind) == written {
                out.number(written)
            } else {
                LEFT_OUT
            };
            out.word(Span::new(end, unit.start).of(self.text), written, number);
            (end, at) = (unit.end, behind);
        }
        out.rest(Span::new(end, span.end).of(self.text));
    }

    /// Whether a sign between clauses stands before the word at `at`.
    fn is_parted(&self, at: usize) -> bool {
        let words = &self.words.words;
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let gap = before.zip(words.get(at)).and_then(|(before, word)| self.text.get(before.span.end..word.span.start));
        gap.is_some_and(|gap| gap.chars().any(parts_clauses))
    }

    /// How many words begin from that at `first` up to byte `end`.
    fn width(&self, first: usize, end: usize) -> usize {
        self.words.words.iter().skip(first).take_while(|word| word.span.start < end).count()
    }

    /// Adds the ranking terms of runs without spaces in `range` to `out`, all at one position, and says how many they are without the words of grammar:
    /// those say little about how much a text says.
    pub(super) fn terms_of_runs(&self, range: Range<usize>, mut out: Tokens<'_>) -> u64 {
        let mut count = 0;
        let mut add = |term: &str| {
            count += u64::from(!is_grammar(term));
            out.beside(term);
        };
        self.words.terms_of_runs(range.clone(), &mut add);
        // A term is looked for in the field that its first character tells, and a few words have forms that begin like runs (〸, which is 十).
        for (_, terms) in self.terms_in(range).filter(|(_, terms)| terms.is_run) {
            count += u64::from(!terms.is_grammar);
            out.beside_number(terms.stem);
        }
        count
    }

    /// The same of spaced words, each at the position of its word. Beside the first part of a word with a hyphen stands what it is closed, which is
    /// not counted.
    pub(super) fn terms_of_words(&self, range: Range<usize>, mut out: Tokens<'_>) -> u64 {
        let mut count = 0;
        // How many positions are taken or passed over.
        let mut next = 0;
        let mut closed = self.words.closed(range.clone()).peekable();
        let first = range.start;
        for (at, terms) in self.terms_in(range).filter(|(_, terms)| !terms.is_run) {
            count += u64::from(!terms.is_grammar);
            let place = at - first;
            if place > next {
                out.skip(place - next);
            }
            out.push_number(terms.stem);
            next = place.max(next) + 1;
            if let Some((_, stem)) = closed.next_if(|(first, _)| *first == at) {
                out.beside(&format!("{}{stem}", hyphens::MARK));
            }
        }
        count
    }

    /// Adds its terms of spaced words to `vector`. Runs without spaces stay out: what is gained from comparing words did not show with pairs of
    /// characters.
    pub(super) fn count(&self, vector: &mut Vector) {
        self.terms_in(0..self.len()).for_each(|(_, terms)| vector.add(terms.beginning));
    }

    /// What is written of the spaced words in `range`, each with its index.
    fn terms_in(&self, range: Range<usize>) -> impl Iterator<Item = (usize, &WordTerms)> {
        let all = self.words.words.iter().zip(&self.terms).enumerate().take(range.end).skip(range.start);
        all.filter(|(_, (word, _))| !word.solo).map(|(at, (_, terms))| (at, terms))
    }
}

/// What is written of a word to `inversion`. A spaced word has a stem.
fn terms_of(written: &str, folded: &str, stem: Option<&str>, inversion: &mut Inversion) -> WordTerms {
    let of_folded = inversion.number(folded);
    let (beside, spelled) = if written == folded {
        (Beside::Nothing, of_folded)
    } else if marks::is_capitalised(folded, written) {
        (Beside::Capital, inversion.number_of_joint(|out| marks::capitalise(folded, out)))
    } else {
        (Beside::Spelled, inversion.number(&marks::written(folded, written)))
    };
    let Some(stem) = stem else {
        return WordTerms { folded: of_folded, spelled, stem: LEFT_OUT, beginning: LEFT_OUT, beside, is_run: true, is_grammar: false };
    };
    // Pieces in several languages are compared by what these have in common.
    let beginning = beginning(parts(stem).0);
    // Often the three are one.
    let of_stem = if stem == folded { of_folded } else { inversion.number(stem) };
    WordTerms {
        folded: of_folded,
        spelled,
        stem: of_stem,
        beginning: match beginning.len() {
            0 => LEFT_OUT,
            len if len == stem.len() => of_stem,
            _ => inversion.number(beginning),
        },
        beside,
        is_run: shape_of(stem) == Shape::SOLO,
        is_grammar: is_grammar(stem),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::sentences::sentences;
    use crate::text::{Analyzer, Language};

    fn spoken<'t>(text: &'t str, words: &'t Analysed, inversion: &mut Inversion) -> Spoken<'t> {
        Spoken::of((text, words), &[], &mut KnownWords::default(), inversion)
    }

    #[test]
    fn sentences_and_paragraphs_begin_with_words() {
        let text = "One two. Three.\n\n?!\n\nFour 五。六";
        let analysed = Analyzer::default().analyse(text, Language::ENGLISH);
        let begins = begins(&analysed.words, &sentences(text));
        let (word, sentence, paragraph) = (Begins::Word, Begins::Sentence, Begins::Paragraph);
        assert_eq!(begins, [paragraph, word, sentence, paragraph, word, sentence]);
    }

    #[test]
    fn stems_stand_at_their_words() {
        let text = "制裁 sanctions 安理会 lifted";
        let analysed = Analyzer::default().analyse(text, Language::ENGLISH);
        let mut inversion = Inversion::default();
        let (spoken, all) = (spoken(text, &analysed, &mut inversion), 0..analysed.words.len());
        assert_eq!(spoken.terms_of_words(all.clone(), inversion.terms()), 2);
        assert_eq!(inversion.terms().positions(), [(2, "sanction".to_owned()), (6, "lift".to_owned())]);
        let runs = spoken.terms_of_runs(all, inversion.runs());
        let found: Vec<String> = inversion.runs().positions().into_iter().map(|(_, term)| term).collect();
        assert_eq!((found, runs), (["制裁", "安理", "理会", "安理会"].map(str::to_owned).to_vec(), 4));
    }

    /// A term is looked for in the field that its first character tells.
    #[test]
    fn terms_of_runs_are_told_by_their_first_character() {
        let analyzer = Analyzer::default();
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            let analysed = analyzer.analyse(&text, Language::ENGLISH);
            let mut inversion = Inversion::default();
            let (spoken, all) = (spoken(&text, &analysed, &mut inversion), 0..analysed.words.len());
            spoken.terms_of_words(all.clone(), inversion.terms());
            spoken.terms_of_runs(all, inversion.runs());
            for (tokens, shape) in [(inversion.terms().positions(), Shape::SPACED), (inversion.runs().positions(), Shape::SOLO)] {
                assert!(tokens.iter().all(|(_, term)| shape_of(term) == shape), "{c:?} {tokens:?}");
            }
        }
    }
}
