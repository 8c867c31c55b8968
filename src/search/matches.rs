//! What in a text satisfied a query.

use std::ops::Range;

use super::answer::HitMatch;
use crate::actors::Mention;
use crate::retrieve::Plan;
use crate::text::{Span, Word, Words};

/// The parts of `text` at which the leaves of `plan` are satisfied, which `marked` tells by the numbers of its words; in the order of their
/// places, those of one clause that touch made one. A part that is a mention's words is all of the mention.
pub(super) fn matches(plan: &Plan, text: &str, marked: &[(usize, Range<usize>)], mentions: &[Mention]) -> Vec<HitMatch> {
    let Some(last) = marked.iter().map(|(_, range)| range.end).max() else { return Vec::new() };
    // The word behind the last tells whether a mention ends there.
    let mut words: Vec<Word> = Vec::with_capacity(text.len().min(last + 1));
    words.extend(Words::of(text).take(last + 1));
    let mut spans: Vec<(usize, Span)> = marked
        .iter()
        .filter_map(|(leaf, range)| {
            let last = words.get(range.end.min(words.len()).checked_sub(1)?)?;
            let span = words.get(range.start)?.span.cover(last.span);
            let shown = span.without_left_over(text);
            let mention = mentions.iter().find(|mention| mention.span.start == span.start && mention.span.contains(shown));
            Some((*leaf, mention.filter(|mention| is_words_of(mention, &words, range)).map_or(span, |mention| mention.span)))
        })
        .collect();
    // What a clause of the user's is satisfied by, is not told again by what it implies.
    let is_implied = |leaf: usize| plan.leaves.get(leaf).is_some_and(|leaf| leaf.implied);
    let written: Vec<Span> = spans.iter().filter(|(leaf, _)| !is_implied(*leaf)).map(|(_, span)| *span).collect();
    spans.retain(|(leaf, span)| !is_implied(*leaf) || !written.contains(span));
    spans.sort_unstable();
    let mut found: Vec<HitMatch> = Vec::new();
    for group in spans.chunk_by(|a, b| a.0 == b.0) {
        let Some(leaf) = group.first().and_then(|(leaf, _)| plan.leaves.get(*leaf)) else { continue };
        let joined = merged(group.iter().map(|(_, span)| *span));
        found.extend(joined.into_iter().map(|span| HitMatch { span: span.without_left_over(text), clause: leaf.label.clone() }));
    }
    found.sort_by(|a, b| a.span.cmp(&b.span).then_with(|| a.clause.cmp(&b.clause)));
    found.dedup();
    found
}

/// Whether a mention has the words of `range` and no others.
fn is_words_of(mention: &Mention, words: &[Word], range: &Range<usize>) -> bool {
    words.get(range.end).is_none_or(|next| next.span.start >= mention.span.end)
}

/// Sorted spans with those that touch or overlap made one.
fn merged(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start <= last.end => *last = last.cover(span),
            _ => out.push(span),
        }
    }
    out
}
