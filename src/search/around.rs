//! What stands around a passage in its piece.

use crate::index::StoredPassage;
use crate::text::sentences::sentences;
use crate::text::{Span, Words};

/// How much of a piece is wanted before and behind a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Around {
    /// Passages.
    Passages(usize),
    /// Sentences.
    Sentences(usize),
    /// Words; a character of a script without spaces counts as one.
    Words(usize),
}

impl Around {
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
}

/// What stands before and behind the passage `at` among the passages of its piece.
#[must_use]
pub fn around(passages: &[StoredPassage], at: usize, wanted: Around) -> (String, String) {
    let Some(passage) = passages.get(at) else { return Default::default() };
    let (mut before, mut after) = (String::new(), passage.gap.clone());
    let enough = |text: &str, taken: usize| match wanted {
        Around::Passages(count) => taken >= count,
        // One more than wanted: the outermost may be cut off.
        Around::Sentences(count) => count == 0 || sentences(text).len() > count,
        Around::Words(count) => count == 0 || Words::of(text).count() > count,
    };
    for (taken, other) in passages.get(..at).unwrap_or_default().iter().rev().enumerate() {
        if enough(&before, taken) {
            break;
        }
        before = format!("{}{}{before}", other.text, other.gap);
    }
    for (taken, other) in passages.get(at + 1..).unwrap_or_default().iter().enumerate() {
        if enough(&after, taken) {
            break;
        }
        after.push_str(&other.text);
        after.push_str(&other.gap);
    }
    match wanted {
        Around::Passages(0) | Around::Sentences(0) | Around::Words(0) => Default::default(),
        Around::Passages(_) => (before, after),
        Around::Sentences(count) => {
            let (last, first) = (sentences(&before), sentences(&after));
            let start = last.len().checked_sub(count).and_then(|at| last.get(at)).map_or(0, |sentence| sentence.span.start);
            let end = first.get(count - 1).map_or(after.len(), |sentence| sentence.span.end);
            (Span::new(start, before.len()).of(&before).to_owned(), Span::new(0, end).of(&after).to_owned())
        }
        Around::Words(count) => (last_words(&before, count).to_owned(), first_words(&after, count).to_owned()),
    }
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
    use super::*;

    fn passages() -> Vec<StoredPassage> {
        let passage = |text: &str, gap: &str| StoredPassage { text: text.to_owned(), gap: gap.to_owned(), ..StoredPassage::default() };
        vec![passage("One two. Three four.", "\n\n"), passage("The passage.", " "), passage("五六。七八。", "\n"), passage("Nine ten.", "")]
    }

    #[test]
    fn as_much_as_is_wanted() {
        let told = |wanted: &str| {
            let (before, after) = around(&passages(), 1, Around::parse(wanted).unwrap());
            format!("{}|{}", before.trim(), after.trim())
        };
        assert_eq!(told("1s"), "Three four.|五六。");
        assert_eq!(told("3w"), "two. Three four.|五六。七");
        assert_eq!(told("1"), "One two. Three four.|五六。七八。");
        assert_eq!(told("9s"), "One two. Three four.|五六。七八。\nNine ten.");
        assert_eq!(told("0w"), "|");
        assert_eq!((Around::parse("x"), Around::parse("4x"), Around::parse("")), (None, None, None));
    }
}
