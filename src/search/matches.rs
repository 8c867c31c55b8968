//! What in a text satisfied a query.

use super::answer::HitMatch;
use crate::actors::Mention;
use crate::index::tokens::marks;
use crate::retrieve::{Element, Need, Plan};
use crate::text::Span;
use crate::text::terms::Analysed;

/// The parts of `text` that satisfy the clauses of `plan` that may be satisfied by words, in the order of their places. `mentions` are those
/// of the text; `title` says that it is a title.
pub(super) fn matches(plan: &Plan, text: &str, analysed: &Analysed, mentions: &[Mention], title: bool) -> Vec<HitMatch> {
    let mut found = Vec::new();
    plan.tree.wanted(&mut |&leaf| {
        let Some(leaf) = plan.leaves.get(leaf) else { return };
        let mut spans = Vec::new();
        Texts { text, analysed, mentions, title }.satisfy(&leaf.need, &mut spans);
        spans.sort_unstable();
        let joined = merged(spans).into_iter().map(|span| HitMatch { span, clause: leaf.label.clone() });
        found.extend(joined);
    });
    found.sort_by(|a, b| a.span.cmp(&b.span).then_with(|| a.clause.cmp(&b.clause)));
    found.dedup();
    found
}

struct Texts<'t> {
    text: &'t str,
    analysed: &'t Analysed,
    mentions: &'t [Mention],
    title: bool,
}

impl Texts<'_> {
    fn satisfy(&self, need: &Need, out: &mut Vec<Span>) {
        let words = &self.analysed.words;
        match need {
            Need::Stem(stems) => {
                let fits = |at: usize| stems.iter().any(|stem| stem == self.analysed.stems.get(at));
                out.extend(words.iter().enumerate().filter(|&(at, word)| !word.solo && fits(at)).map(|(_, word)| word.span));
            }
            Need::Sequence(elements) => {
                for start in 0..words.len() {
                    let all = elements.iter().enumerate().all(|(at, element)| self.fits(element, start + at));
                    if let (true, Some(first), Some(last)) = (all, words.get(start), words.get(start + elements.len() - 1)) {
                        out.push(first.span.cover(last.span));
                    }
                }
            }
            Need::Mention(token) => {
                let is_meant = |mention: &&Mention| match token.strip_prefix(marks::ACTOR) {
                    Some(id) => mention.actor.as_deref() == Some(id),
                    None => token.strip_prefix(marks::KIND) == Some(mention.kind.word()),
                };
                out.extend(self.mentions.iter().filter(is_meant).map(|mention| mention.span));
            }
            Need::All(needs) | Need::Any(needs) => needs.iter().for_each(|need| self.satisfy(need, out)),
            Need::Title(need) if self.title => self.satisfy(need, out),
            Need::Title(_) | Need::Meta(_) | Need::Dates(..) | Need::Nothing => {}
        }
    }

    fn fits(&self, element: &Element, at: usize) -> bool {
        let Some(word) = self.analysed.words.get(at) else { return false };
        element.folded == self.analysed.folded.get(at)
            && element.written.as_deref().is_none_or(|written| written == word.span.of(self.text))
    }
}

/// Sorted spans with those that touch or overlap made one.
fn merged(spans: Vec<Span>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start <= last.end => *last = last.cover(span),
            _ => out.push(span),
        }
    }
    out
}
