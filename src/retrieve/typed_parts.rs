//! The parts of what was typed without a space between them, where scripts without spaces are in it.

use crate::text::grammar::is_small;
use crate::text::script::is_han;
use crate::text::{Word, Words, fold, han};

/// A part of what was typed, as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TypedPart<'t> {
    /// A word of a script with spaces.
    Word(&'t str),
    /// Characters of which some are Han.
    Han(&'t str),
    /// What stands together: others without spaces; and numbers and foreign words with the single characters beside them, or with the word
    /// that goes on with a number. Alone a 月 or 亿 says nothing, and stands in every piece.
    Together(&'t str),
}

/// The parts of `typed`.
pub(super) fn typed_parts(typed: &str) -> Vec<TypedPart<'_>> {
    let words: Vec<Word> = Words::of(typed).collect();
    let mut atoms: Vec<Atom<'_>> = Vec::new();
    let mut rest = words.as_slice();
    for chunk in words.chunk_by(|before, word| before.solo == word.solo && before.span.end == word.span.start) {
        let (Some(first), Some(last)) = (chunk.first(), chunk.last()) else { continue };
        rest = rest.split_at(chunk.len()).1;
        let span = first.span.cover(last.span);
        let (start, text) = (span.start, span.of(typed));
        if !chunk.iter().all(|word| word.solo) || !text.chars().any(is_han) {
            let kind = if first.solo || chunk.len() > 1 { Kind::Others } else { Kind::Word };
            atoms.push(Atom { start, text, kind });
            continue;
        }
        let is_beside = |end: usize| atoms.last().is_some_and(|before| before.kind == Kind::Word && before.end() == end);
        let before = if is_beside(start) { leading(text) } else { 0 };
        let is_followed = rest.first().is_some_and(|next| !next.solo && next.span.start == span.end);
        let behind = text.len() - if is_followed { trailing(text) } else { 0 };
        let cuts = [0, before, behind.max(before), text.len()];
        let kinds = [Kind::Leaning, Kind::Han, Kind::Leaning];
        for (cut, kind) in cuts.windows(2).zip(kinds) {
            let [from, to] = *cut else { continue };
            if let Some(text) = text.get(from..to).filter(|text| !text.is_empty()) {
                atoms.push(Atom { start: start + from, text, kind });
            }
        }
    }
    let goes_on = |a: &Atom<'_>, b: &Atom<'_>| {
        a.end() == b.start && matches!((a.kind, b.kind), (Kind::Word, Kind::Leaning) | (Kind::Leaning, Kind::Word))
    };
    let part = |group: &[Atom<'_>]| {
        let (first, last) = (group.first()?, group.last()?);
        let text = typed.get(first.start..last.end())?;
        Some(match (group.len(), first.kind) {
            (1, Kind::Word) => TypedPart::Word(text),
            (1, Kind::Han) => TypedPart::Han(text),
            _ => TypedPart::Together(text),
        })
    };
    atoms.chunk_by(goes_on).filter_map(part).collect()
}

/// What is not parted further, and where it begins.
struct Atom<'t> {
    start: usize,
    text: &'t str,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A word of a script with spaces.
    Word,
    /// Characters of which some are Han.
    Han,
    /// Those of them that belong to the word beside them.
    Leaning,
    /// Anything else.
    Others,
}

impl Atom<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// How many bytes of `run` belong to the number or word before it: its first character, if that is a word alone, or its first word, if that goes
/// on with the number (50亿美元), and then the character that is counted (500万人).
fn leading(run: &str) -> usize {
    let lowered = lowered(run);
    let words = han::cut_apart(&lowered);
    let taken = match words.as_slice() {
        [first, second, ..] if is_alone(first) && first.starts_with(COUNTING) && is_alone(second) => 2,
        [first, ..] if is_alone(first) || first.starts_with(COUNTING) => 1,
        _ => 0,
    };
    let characters = words.iter().take(taken).map(|word| word.chars().count()).sum();
    run.chars().take_while(|&c| is_han(c)).take(characters).map(char::len_utf8).sum()
}

/// How many bytes of `run` belong to the number or word behind it: its last character, if that is a word alone.
fn trailing(run: &str) -> usize {
    let lowered = lowered(run);
    let is_alone = han::cut_apart(&lowered).last().is_some_and(|word| is_alone(word));
    run.chars().next_back().filter(|&c| is_han(c) && is_alone).map_or(0, char::len_utf8)
}

/// What a number goes on with, in the usual forms.
const COUNTING: [char; 5] = ['百', '千', '万', '亿', '兆'];

/// Whether `word`, as the dictionary cuts it, is a single character. Small words belong to nobody.
fn is_alone(word: &str) -> bool {
    word.chars().nth(1).is_none() && !is_small(word)
}

/// A run in the form in which the dictionary has its words.
pub(super) fn lowered(run: &str) -> String {
    Words::of(run).map(|word| fold::folded(word.span.of(run))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_word_is_in_one_part(typed in "[ab0-9月日年第美国在ガ๑，. -]{0,16}") {
            let words = |text: &str| Words::of(text).map(|word| word.span.of(text).to_owned()).collect::<Vec<_>>();
            let parts = typed_parts(&typed);
            let in_parts: Vec<String> = parts
                .iter()
                .flat_map(|part| match part {
                    TypedPart::Word(text) | TypedPart::Han(text) | TypedPart::Together(text) => words(text),
                })
                .collect();
            prop_assert_eq!(in_parts, words(&typed));
        }
    }

    #[test]
    fn single_characters_stand_beside_numbers_and_foreign_words() {
        let shown = |typed: &str| {
            let show = |part: &TypedPart<'_>| match part {
                TypedPart::Word(text) => format!("w:{text}"),
                TypedPart::Han(text) => format!("h:{text}"),
                TypedPart::Together(text) => format!("t:{text}"),
            };
            typed_parts(typed).iter().map(show).collect::<Vec<_>>().join(" ")
        };
        for (typed, parts) in [
            ("30天", "t:30天"),
            ("10月7日", "t:10月7日"),
            ("2024年美国大选", "t:2024年 h:美国大选"),
            ("第5条", "t:第5条"),
            ("50亿美元", "t:50亿美元"),
            ("3万亿元投资", "t:3万亿元 h:投资"),
            ("500萬人", "t:500萬人"),
            ("A股", "t:A股"),
            ("5G网络", "w:5G h:网络"),
            ("APEC峰会", "w:APEC h:峰会"),
            ("在2024年", "h:在 t:2024年"),
            ("美国2024和", "h:美国 w:2024 h:和"),
            ("制裁，30，天", "h:制裁 w:30 h:天"),
            ("カタカナ", "t:カタカナ"),
            ("制裁", "h:制裁"),
        ] {
            assert_eq!(shown(typed), parts, "{typed}");
        }
    }
}
