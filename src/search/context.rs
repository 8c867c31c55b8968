//! What stands around a passage in its piece.

use std::borrow::Borrow;
use std::convert::Infallible;
use std::rc::Rc;

use foldhash::HashMap;

use crate::index::{PassageAddress, StoredPassage};
use crate::text::sentences::{is_ended, sentences};
use crate::text::{Span, Words};

/// How much of a piece is wanted before and behind a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContextSize {
    /// Passages.
    Passages(usize),
    /// Sentences.
    Sentences(usize),
    /// Words; a character of a script without spaces counts as one.
    Words(usize),
}

impl ContextSize {
    /// Reads `1s`, `40w`, or `2`, which are passages.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (number, make): (&str, fn(usize) -> Self) = match text.char_indices().last()? {
            (at, 's') => (text.get(..at)?, Self::Sentences),
            (at, 'w') => (text.get(..at)?, Self::Words),
            (at, 'p') => (text.get(..at)?, Self::Passages),
            _ => (text, Self::Passages),
        };
        number.parse().ok().map(make)
    }

    /// How much of what is wanted a text has.
    fn units(self, text: &str) -> usize {
        match self {
            Self::Passages(_) => 1,
            Self::Sentences(_) => sentences(text).len(),
            Self::Words(_) => Words::of(text).count(),
        }
    }
}

/// What stands before and behind the passage `at` among the passages of its piece.
#[must_use]
pub fn context_around(passages: &[StoredPassage], at: usize, wanted: ContextSize) -> (String, String) {
    let Some(passage) = passages.get(at) else { return Default::default() };
    let Ok(found) = around_in(at, &passage.gap, wanted, &mut |at| Ok::<_, Infallible>(passages.get(at)));
    found
}

/// The same, with the passages read by their places, from `at` outwards as far as they are needed. `gap` stands behind the one at `at`; `read` gives
/// none behind the last.
pub(super) fn around_in<P: Borrow<StoredPassage>, E>(
    at: usize,
    gap: &str,
    wanted: ContextSize,
    read: &mut impl FnMut(usize) -> Result<Option<P>, E>,
) -> Result<(String, String), E> {
    if matches!(wanted, ContextSize::Passages(0) | ContextSize::Sentences(0) | ContextSize::Words(0)) {
        return Ok(Default::default());
    }
    let mut before = Side::new(wanted, Vec::new());
    let decided = if matches!(wanted, ContextSize::Sentences(_)) { decided_inwards } else { inwards };
    for at in (0..at).rev() {
        let is_enough = before.is_enough(decided);
        match if is_enough { None } else { read(at)? } {
            Some(other) => before.push(other.borrow()),
            None => break,
        }
    }
    let mut after = Side::new(wanted, vec![gap.to_owned()]);
    for at in at + 1.. {
        let is_enough = after.is_enough(outwards);
        match if is_enough { None } else { read(at)? } {
            Some(other) => after.push(other.borrow()),
            None => break,
        }
    }
    let (before, after) = (inwards(&before.parts), outwards(&after.parts));
    Ok(match wanted {
        ContextSize::Passages(_) => (before, after),
        ContextSize::Sentences(count) => (last_sentences(&before, count).to_owned(), first_sentences(&after, count).to_owned()),
        ContextSize::Words(count) => (last_words(&before, count).to_owned(), first_words(&after, count).to_owned()),
    })
}

/// What was read on one side of a passage, from it outwards.
struct Side {
    wanted: ContextSize,
    parts: Vec<String>,
    /// How much of what is wanted the parts have, each by itself.
    units: usize,
    /// More than so much may be enough.
    bar: usize,
}

impl Side {
    fn new(wanted: ContextSize, parts: Vec<String>) -> Self {
        let bar = match wanted {
            ContextSize::Passages(count) => count - 1,
            // One more than wanted: the outermost may be cut off.
            ContextSize::Sentences(count) | ContextSize::Words(count) => count,
        };
        Self { wanted, parts, units: 0, bar }
    }

    fn push(&mut self, passage: &StoredPassage) {
        let part = [passage.text.as_str(), &passage.gap].concat();
        self.units = self.units.saturating_add(self.wanted.units(&part));
        self.parts.push(part);
    }

    /// Whether nothing further out is needed, where `joined` makes one text of the parts.
    fn is_enough(&mut self, joined: fn(&[String]) -> String) -> bool {
        if self.units <= self.bar {
            return false;
        }
        let (ContextSize::Sentences(count) | ContextSize::Words(count)) = self.wanted else { return true };
        // Together they may have fewer, as where a sentence goes on from one to the next. They are joined again only when there is twice as much.
        self.bar = self.units.saturating_mul(2);
        self.wanted.units(&joined(&self.parts)) > count
    }
}

/// Parts from a passage towards the beginning, as one text.
fn inwards(parts: &[String]) -> String {
    parts.iter().rev().map(String::as_str).collect()
}

/// The same without the first line where a sentence may go on in the next: whether the line is a wrapped one shows in the whole of it, and its beginning
/// may not have been read.
fn decided_inwards(parts: &[String]) -> String {
    let mut text = inwards(parts);
    if let Some(line_end) = text.find('\n').filter(|&at| !is_ended(Span::new(0, at).of(&text))) {
        text.drain(..=line_end);
    }
    text
}

/// Parts from a passage towards the end, as one text.
fn outwards(parts: &[String]) -> String {
    parts.concat()
}

/// Passages that were read lately: hits near each other have the same around them.
#[derive(Default)]
pub(super) struct Recent(HashMap<PassageAddress, Rc<StoredPassage>>);

/// So many are remembered; then all are forgotten.
const REMEMBERED: usize = 1_024;

impl Recent {
    /// The passage at `address`, which `read` reads where that was not done lately.
    pub(super) fn get<E>(
        &mut self,
        address: PassageAddress,
        read: impl FnOnce() -> Result<StoredPassage, E>,
    ) -> Result<Rc<StoredPassage>, E> {
        if let Some(known) = self.0.get(&address) {
            return Ok(Rc::clone(known));
        }
        let passage = Rc::new(read()?);
        if self.0.len() >= REMEMBERED {
            self.0.clear();
        }
        self.0.insert(address, Rc::clone(&passage));
        Ok(passage)
    }
}

/// The end of `text` from its `count`th last sentence on.
fn last_sentences(text: &str, count: usize) -> &str {
    let sentences = sentences(text);
    let start = sentences.len().checked_sub(count).and_then(|at| sentences.get(at)).map_or(0, |sentence| sentence.span.start);
    Span::new(start, text.len()).of(text)
}

/// The beginning of `text` up to its `count`th sentence.
fn first_sentences(text: &str, count: usize) -> &str {
    let Some(last) = count.checked_sub(1) else { return "" };
    let end = sentences(text).get(last).map_or(text.len(), |sentence| sentence.span.end);
    Span::new(0, end).of(text)
}

/// The end of `text` from its `count`th last word on.
pub(super) fn last_words(text: &str, count: usize) -> &str {
    let words: Vec<Span> = Words::of(text).map(|word| word.span).collect();
    let start = words.len().checked_sub(count).map_or(Some(0), |at| words.get(at).map(|word| word.start)).unwrap_or(text.len());
    Span::new(start, text.len()).of(text)
}

/// The beginning of `text` up to its `count`th word, with the marks that follow that without space.
pub(super) fn first_words(text: &str, count: usize) -> &str {
    let Some(last) = count.checked_sub(1) else { return "" };
    let Some(word) = Words::of(text).nth(last) else { return text };
    let rest = Span::new(word.span.end, text.len()).of(text);
    let marks = rest.find(|c: char| c.is_whitespace() || c.is_alphanumeric()).unwrap_or(rest.len());
    Span::new(0, word.span.end + marks).of(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::index::PieceAddress;

    fn passages() -> Vec<StoredPassage> {
        let passage = |text: &str, gap: &str| StoredPassage { text: text.to_owned(), gap: gap.to_owned(), ..StoredPassage::default() };
        vec![passage("One two. Three four.", "\n\n"), passage("The passage.", " "), passage("五六。七八。", "\n"), passage("Nine ten.", "")]
    }

    #[test]
    fn as_much_as_is_wanted() {
        let told = |wanted: &str| {
            let (before, after) = context_around(&passages(), 1, ContextSize::parse(wanted).unwrap());
            format!("{}|{}", before.trim(), after.trim())
        };
        assert_eq!(told("1s"), "Three four.|五六。");
        assert_eq!(told("3w"), "two. Three four.|五六。七");
        assert_eq!(told("1"), "One two. Three four.|五六。七八。");
        assert_eq!(told("9s"), "One two. Three four.|五六。七八。\nNine ten.");
        assert_eq!(told("0w"), "|");
        assert_eq!((ContextSize::parse("x"), ContextSize::parse("4x"), ContextSize::parse("")), (None, None, None));
    }

    /// A piece of so many passages, each of two sentences in a line of its own.
    fn long(passages: usize) -> Vec<StoredPassage> {
        let passage =
            |at| StoredPassage { text: format!("Ship {at} left. It came back."), gap: "\n".to_owned(), ..StoredPassage::default() };
        (0..passages).map(passage).collect()
    }

    #[test]
    fn no_more_is_read_than_is_needed_and_nothing_twice() {
        let piece = long(900);
        for (wanted, most) in [("1s", 4), ("12w", 8), ("2", 4), ("5s", 8)] {
            let wanted = ContextSize::parse(wanted).unwrap();
            let (mut asked, mut read, mut recent) = (0, 0, Recent::default());
            for (at, passage) in piece.iter().enumerate() {
                around_in(at, &passage.gap, wanted, &mut |at| {
                    let Some(passage) = piece.get(at) else { return Ok(None) };
                    asked += 1;
                    let address = PassageAddress { piece: PieceAddress { segment: 0, header: 9_999 }, passage: u32::try_from(at).unwrap() };
                    let passage = recent.get(address, || {
                        read += 1;
                        Ok::<_, Infallible>(passage.clone())
                    });
                    passage.map(Some)
                })
                .unwrap();
            }
            assert!(asked <= most * piece.len(), "{wanted:?}: {asked}");
            assert_eq!(read, piece.len(), "{wanted:?}");
        }
    }

    #[test]
    fn a_sentence_that_was_wrapped_is_whole() {
        let piece = |texts: &[&str]| -> Vec<StoredPassage> {
            let passage = |text: &&str| StoredPassage { text: (*text).to_owned(), gap: " ".to_owned(), ..StoredPassage::default() };
            texts.iter().map(passage).collect()
        };
        // The second passage begins in the middle of a line, the rest of which is too short to look like a wrapped one.
        let piece = piece(&["The first of the ships came in a week ago.", "The others\nare still at sea.", "They are late."]);
        let (before, _) = context_around(&piece, 2, ContextSize::Sentences(1));
        assert_eq!(before, "The others\nare still at sea. ");
    }

    proptest! {
        #[test]
        fn it_is_the_end_and_the_beginning_of_all_that_stands_there(
            texts in prop::collection::vec(("(One|two|三四|e\\.g|5)([ .。]{1,2}(Six|七)){0,3}[.。 ]?", prop::sample::select(vec!["", " ", "\n", "\n\n"])), 1..16),
            at in 0_usize..16,
            count in 1_usize..5,
        ) {
            // Without a space a passage ends behind an end alone: no word is cut.
            let gap = |text: &str, gap: &str| if gap.is_empty() && !text.ends_with('。') { " " } else { gap }.to_owned();
            let piece: Vec<StoredPassage> = texts
                .iter()
                .map(|(text, wanted)| StoredPassage { text: text.clone(), gap: gap(text, wanted), ..StoredPassage::default() })
                .collect();
            let at = at % piece.len();
            let all = |passages: &[StoredPassage]| passages.iter().flat_map(|passage| [passage.text.as_str(), &passage.gap]).collect::<String>();
            let (before, after) = (all(&piece[..at]), format!("{}{}", piece[at].gap, all(&piece[at + 1..])));
            let (last, first) = context_around(&piece, at, ContextSize::Words(count));
            prop_assert_eq!((last.as_str(), first.as_str()), (last_words(&before, count), first_words(&after, count)));
            let (last, first) = context_around(&piece, at, ContextSize::Sentences(count));
            prop_assert_eq!((last.as_str(), first.as_str()), (last_sentences(&before, count), first_sentences(&after, count)));
        }
    }
}
