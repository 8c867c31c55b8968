//! Sentences joined to passages: as long as a reader takes in at a glance, and no longer than what can be ranked by itself.
//!
//! Lengths are told by weight, in which a word written between spaces counts twice what a character of Chinese does, so that passages of all
//! scripts say about as much.

use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use crate::text::hyphens::is_between;
use crate::text::sentences::{Sentence, clings};
use crate::text::{Span, Word};

/// Some adjacent sentences of a piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Its place in the piece's text, without white space at the ends.
    pub span: Span,
    /// Its words, as indices into the piece's words.
    pub words: Range<usize>,
}

// A spaced word weighs two, a solo word (a Han character) one: about as much as it says.
const SPACED_WEIGHT: usize = 2;
const SOLO_WEIGHT: usize = 1;

/// A passage may end with a paragraph once it weighs this much: 60 words, 120 characters.
const ENOUGH: usize = 120;
/// A passage ends with a sentence once it weighs this much: 110 words, 220 characters.
const PLENTY: usize = 220;
/// A passage ends with a paragraph where one in another kind of script begins, once it weighs this much: 30 words, 60 characters. So the
/// paragraphs of a text and those of its translation share no passage.
const SOME: usize = 60;
/// No passage of several sentences weighs more than this: 180 words, 360 characters. A longer sentence is cut in pieces.
const MOST: usize = 360;

/// Cuts `text` into passages. `words` and `sentences` are those of `text`; `names` are spans in the order of their places that do not overlap.
///
/// Ends fall on paragraph ends where one is near or the script changes, else on sentence ends; inside a sentence only where it is longer than a passage may
/// be, and never inside a name, which would then be found in neither passage. A short rest joins the passage before it.
#[must_use]
pub fn cut(text: &str, words: &[Word], sentences: &[Sentence], names: &[Span]) -> Vec<Passage> {
    let mut cutter = Cutter { text, words, names, next_word: 0, out: Vec::new(), open: None };
    for sentence in sentences {
        cutter.sentence(*sentence);
    }
    cutter.close();
    cutter.join_short_rest();
    cutter.out
}

struct Cutter<'t> {
    text: &'t str,
    words: &'t [Word],
    names: &'t [Span],
    next_word: usize,
    out: Vec<Passage>,
    open: Option<Open>,
}

struct Open {
    passage: Passage,
    weight: usize,
    /// How much of that solo words weigh.
    solo: usize,
    /// Whether a paragraph ends where it ends.
    ends_paragraph: bool,
}

impl Open {
    /// Whether most of it is in a script without spaces.
    const fn is_solo(&self) -> bool {
        self.solo * 2 > self.weight
    }
}

impl Cutter<'_> {
    fn sentence(&mut self, sentence: Sentence) {
        let words = self.take_words(sentence.span.end);
        let weight = self.weight(&words);
        let is_solo = self.solo(&words) * 2 > weight;
        let is_other = |open: &Open| open.ends_paragraph && open.weight >= SOME && weight > 0 && open.is_solo() != is_solo;
        if self.open.as_ref().is_some_and(|open| open.weight + weight > MOST || is_other(open)) {
            self.close();
        }
        if weight > MOST {
            self.long_sentence(sentence.span, words);
        } else {
            self.extend(Passage { span: sentence.span, words }, weight);
        }
        if let Some(open) = &mut self.open {
            open.ends_paragraph = sentence.ends_paragraph;
        }
        let close_at = if sentence.ends_paragraph { ENOUGH } else { PLENTY };
        if self.open.as_ref().is_some_and(|open| open.weight >= close_at) {
            self.close();
        }
    }

    /// The words that end at or before byte `end`, from where the last call stopped.
    fn take_words(&mut self, end: usize) -> Range<usize> {
        let first = self.next_word;
        while self.words.get(self.next_word).is_some_and(|word| word.span.end <= end) {
            self.next_word += 1;
        }
        first..self.next_word
    }

    fn weight(&self, words: &Range<usize>) -> usize {
        let words = self.words.get(words.clone()).unwrap_or_default();
        words.iter().map(|word| if word.solo { SOLO_WEIGHT } else { SPACED_WEIGHT }).sum()
    }

    fn solo(&self, words: &Range<usize>) -> usize {
        self.words.get(words.clone()).unwrap_or_default().iter().filter(|word| word.solo).count() * SOLO_WEIGHT
    }

    fn extend(&mut self, with: Passage, weight: usize) {
        let solo = self.solo(&with.words);
        match &mut self.open {
            Some(open) => {
                open.passage.span.end = with.span.end;
                open.passage.words.end = with.words.end;
                open.weight += weight;
                open.solo += solo;
            }
            None => self.open = Some(Open { passage: with, weight, solo, ends_paragraph: false }),
        }
    }

    fn close(&mut self) {
        self.out.extend(self.open.take().map(|open| open.passage));
    }

    /// Cuts a sentence that is longer than a passage may be, between words.
    fn long_sentence(&mut self, span: Span, words: Range<usize>) {
        let mut start = span.start;
        let mut first = words.start;
        let mut weight = 0;
        for at in words.clone() {
            let Some(word) = self.words.get(at) else { break };
            weight += if word.solo { SOLO_WEIGHT } else { SPACED_WEIGHT };
            // Cut before this word where there is enough, if what stands before it lets go of it.
            if weight > PLENTY && at > first && self.may_cut(at) {
                self.out.push(Passage { span: Span::new(start, word.span.start).trimmed(self.text), words: first..at });
                (start, first) = (word.span.start, at);
                weight = 0;
            }
        }
        let rest = Passage { span: Span::new(start, span.end), words: first..words.end };
        self.extend(rest, weight);
    }

    /// Whether the text may be cut before the word at `at`: not inside a grapheme, a name or a word with a hyphen, which is also found as one.
    fn may_cut(&self, at: usize) -> bool {
        let Some(&word) = self.words.get(at) else { return false };
        let beside = at.checked_sub(1).and_then(|before| self.words.get(before));
        if beside.is_some_and(|&beside| is_between(self.text, beside, word)) {
            return false;
        }
        let at = word.span.start;
        let before = self.names.partition_point(|name| name.start < at).checked_sub(1);
        if before.and_then(|before| self.names.get(before)).is_some_and(|name| name.end > at) {
            return false;
        }
        let boundary = GraphemeCursor::new(at, self.text.len(), true).is_boundary(self.text, 0) == Ok(true);
        boundary && !Span::new(at, self.text.len()).of(self.text).starts_with(clings)
    }

    /// A last passage that weighs little joins the one before it, where the two stay within what a passage may weigh.
    fn join_short_rest(&mut self) {
        let [.., before, last] = self.out.as_slice() else { return };
        let (before_weight, last_weight) = (self.weight(&before.words), self.weight(&last.words));
        if last_weight < ENOUGH / 2 && before_weight + last_weight <= MOST {
            let joined = Passage { span: before.span.cover(last.span), words: before.words.start..last.words.end };
            self.out.truncate(self.out.len() - 2);
            self.out.push(joined);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Words;
    use crate::text::sentences::sentences;

    fn passages(text: &str) -> Vec<Passage> {
        let words: Vec<Word> = Words::of(text).collect();
        cut(text, &words, &sentences(text), &[])
    }

    #[test]
    fn passages_end_with_paragraphs_where_one_is_near() {
        let sentence = "one two three four five six seven eight nine ten. ";
        let text = format!("{}\n\n{}", sentence.repeat(7), sentence.repeat(20));
        let found = passages(&text);
        assert_eq!(found.iter().map(|passage| passage.words.len()).collect::<Vec<_>>(), [70, 110, 90]);
        assert!(found.iter().all(|passage| passage.span.of(&text).ends_with('.')));
    }

    #[test]
    fn a_short_rest_joins_the_passage_before_it() {
        let text = format!("{}\n\nA last word.", "one two three four five six seven eight nine ten. ".repeat(8));
        assert_eq!(passages(&text).len(), 1);
    }

    #[test]
    fn paragraphs_in_two_scripts_share_no_passage() {
        let english = "one two three four five six seven eight nine ten. ".repeat(4);
        let chinese = "安理会周二开会，讨论延长制裁的问题，各国代表意见不一。".repeat(3);
        let text = format!("{english}\n\n{chinese}\n\n{english}\n\n{chinese}\n\n中文。\n\n{english}");
        let found: Vec<String> = passages(&text).iter().map(|passage| passage.span.of(&text).to_owned()).collect();
        let (english, last) = (english.trim(), format!("{chinese}\n\n中文。"));
        assert_eq!(found, [english, &chinese, english, &last, english]);
        // Inside a paragraph a change of script ends nothing, and a line of another script is no passage.
        assert_eq!(passages(&format!("{english} {chinese}\n\n制裁\n\nThe end.")).len(), 1);
    }

    #[test]
    fn a_text_without_sentence_ends_is_cut_between_words() {
        let text = "字".repeat(1_000);
        let found = passages(&text);
        assert!(found.len() > 2 && found.iter().all(|passage| passage.words.len() <= MOST));
        assert_eq!(found.iter().map(|passage| passage.span.of(&text)).collect::<String>(), text);
    }

    #[test]
    fn a_name_is_never_cut() {
        let text = "word ".repeat(109) + "Acme Example Trading Company " + &"word ".repeat(100);
        let words: Vec<Word> = Words::of(&text).collect();
        let name = Span::new(109 * 5, 109 * 5 + 28);
        let found = |names: &[Span]| cut(&text, &words, &sentences(&text), names).into_iter().filter(|it| it.span.contains(name)).count();
        assert_eq!((found(&[]), found(&[name])), (0, 1));
    }

    #[test]
    fn a_word_with_a_hyphen_is_never_cut() {
        let mut cuts = 0;
        for before in 100..125 {
            let text = "word ".repeat(before) + "cease-fire " + &"word ".repeat(100);
            let passages = passages(&text);
            cuts += usize::from(passages.len() > 1);
            assert!(passages.iter().all(|passage| !passage.span.of(&text).ends_with("cease-")), "{before}");
        }
        assert_eq!(cuts, 25);
    }

    #[test]
    fn a_text_without_words_has_a_passage_of_its_marks() {
        assert_eq!(passages("?!").len(), 1);
        assert!(passages(" \n ").is_empty());
    }

    proptest! {
        #[test]
        fn passages_and_gaps_give_back_the_text(text in "([a-zA-Z ]{0,40}|[一-龥。，！”]{0,30}|[.!?\"'\\n ]{0,4}|\\PC{0,10}|e\u{301}|👩‍👩‍👧){0,60}") {
            let mut back = String::new();
            let mut at = 0;
            let words: Vec<Word> = Words::of(&text).collect();
            let mut next_word = 0;
            for passage in passages(&text) {
                let gap = Span::new(at, passage.span.start).of(&text);
                prop_assert!(gap.trim().is_empty(), "gap {gap:?}");
                back.push_str(gap);
                back.push_str(passage.span.of(&text));
                at = passage.span.end;
                // Ends never split a grapheme.
                for end in [passage.span.start, passage.span.end] {
                    prop_assert_eq!(GraphemeCursor::new(end, text.len(), true).is_boundary(&text, 0), Ok(true));
                }
                // Each word lies in one passage.
                prop_assert_eq!(passage.words.start, next_word);
                for word in &words[passage.words.clone()] {
                    prop_assert!(passage.span.contains(word.span));
                }
                next_word = passage.words.end;
            }
            back.push_str(Span::new(at, text.len()).of(&text));
            prop_assert_eq!(back, text);
            prop_assert_eq!(next_word, words.len());
        }
    }
}
