//! The tokens of a text's words, of what begins at them, and of the terms by which it ranks.

use std::ops::Range;

use super::inversion::{Coding, Tokens};
use super::{marks, shape_of};
use crate::actors::Mention;
use crate::rank::Shape;
use crate::text::grammar::is_grammar;
use crate::text::hyphens;
use crate::text::script::parts_clauses;
use crate::text::sentences::Sentence;
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
    /// The text.
    pub(super) text: &'t str,
    /// Its words.
    pub(super) words: &'t Analysed,
    /// What begins with each of them.
    pub(super) begins: &'t [Begins],
}

/// The bytes that nearly any token takes.
const ROOM: usize = 64;

impl Spoken<'_> {
    /// Adds the tokens of the words in `range` to `out`: each folded, beside it its written form where that differs, what begins there, and the mentions
    /// that do. The spans of `mentions` count from byte `origin`. Gives for each word the number of the token by which it is spelled.
    pub(super) fn words(&self, range: Range<usize>, mentions: &[Mention], origin: usize, mut out: Tokens<'_>) -> Vec<Option<u32>> {
        let mut token = String::with_capacity(ROOM);
        let mut spelled = Vec::with_capacity(range.len());
        let mut mentions = mentions.iter().peekable();
        for at in range {
            let Some(word) = self.words.words.get(at) else { break };
            let (written, folded) = (word.span.of(self.text), self.words.folded.get(at));
            let mut number = out.push(folded);
            if written != folded {
                token.clear();
                if marks::is_capitalised(folded, written) {
                    out.beside(marks::CAPITAL);
                    marks::push_capitalised(&mut token, folded);
                    number = out.number(&token);
                } else {
                    marks::push_written(&mut token, folded, written);
                    number = out.beside(&token);
                }
            }
            spelled.push(number);
            let begins = self.begins.get(at).copied().unwrap_or_default();
            if begins >= Begins::Sentence {
                out.beside(marks::SENTENCE);
            }
            if begins == Begins::Paragraph {
                out.beside(marks::PARAGRAPH);
            }
            if begins == Begins::Word && word.solo && self.is_parted(at) {
                out.beside(marks::CLAUSE);
            }
            while let Some(mention) = mentions.next_if(|mention| mention.span.start + origin < word.span.end) {
                let width = self.width(at, mention.span.end + origin);
                let actor = mention.actor.as_ref().map(|actor| format!("{}{actor}", marks::ACTOR));
                if let Some(actor) = &actor {
                    out.beside(actor);
                }
                let kind = format!("{}{}", marks::KIND, mention.kind);
                out.beside(&kind);
                if width > 1 {
                    out.beside(&marks::wide(&kind, width));
                }
            }
        }
        spelled
    }

    /// Adds the part of the text in `span` to `out`: the words in `range`, which are spelled by the tokens with the numbers `spelled`, and what stands
    /// around them. What a script writes together is one unit: of a run without spaces the words of the dictionary, or else what is of one script.
    pub(super) fn spell(&self, span: Span, range: Range<usize>, spelled: &[Option<u32>], mut out: Coding<'_>) {
        let mut end = span.start;
        let mut at = range.start;
        while at < range.end {
            let behind = self.words.unit_end(at, range.end);
            let Some((first, last)) = self.words.words.get(at).zip(self.words.words.get(behind - 1)) else { break };
            let unit = Span::new(first.span.start, last.span.end);
            let written = unit.of(self.text);
            let number = if behind == at + 1 {
                spelled.get(at - range.start).copied().flatten()
            } else if self.words.folded.joint(at..behind) == written {
                out.number(written)
            } else {
                None
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
        self.words.terms_of_words(range).filter(|(_, term)| shape_of(term) == Shape::SOLO).for_each(|(_, term)| add(term));
        count
    }

    /// The same of spaced words, each at the position of its word. Beside the first part of a word with a hyphen stands what it is closed, which is
    /// not counted.
    pub(super) fn terms_of_words(&self, range: Range<usize>, mut out: Tokens<'_>) -> u64 {
        let mut count = 0;
        // How many positions are taken or passed over.
        let mut next = 0;
        let mut closed = self.words.closed(range.clone()).peekable();
        for (at, term) in self.words.terms_of_words(range.clone()).filter(|(_, term)| shape_of(term) == Shape::SPACED) {
            count += u64::from(!is_grammar(term));
            let place = at - range.start;
            if place > next {
                out.skip(place - next);
            }
            out.push(term);
            next = place.max(next) + 1;
            if let Some((_, stem)) = closed.next_if(|(first, _)| *first == at) {
                out.beside(&format!("{}{stem}", hyphens::MARK));
            }
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::inversion::Inversion;
    use crate::text::sentences::sentences;
    use crate::text::{Analyzer, Language};

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
        let (spoken, all) = (Spoken { text, words: &analysed, begins: &[] }, 0..analysed.words.len());
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
            let (spoken, all) = (Spoken { text: &text, words: &analysed, begins: &[] }, 0..analysed.words.len());
            let mut inversion = Inversion::default();
            spoken.terms_of_words(all.clone(), inversion.terms());
            spoken.terms_of_runs(all, inversion.runs());
            for (tokens, shape) in [(inversion.terms().positions(), Shape::SPACED), (inversion.runs().positions(), Shape::SOLO)] {
                assert!(tokens.iter().all(|(_, term)| shape_of(term) == shape), "{c:?} {tokens:?}");
            }
        }
    }
}
