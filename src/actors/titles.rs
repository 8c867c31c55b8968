//! Titles inside the names that a table has: a mention is of the name, whatever stands beside it.

use super::Kind;
use super::choose::Part;
use super::context::without_han_title;
use super::matcher::Candidate;
use super::roster::Actor;
use super::unlisted::Sense;
use super::written::is_capitalised;
use crate::text::Span;

/// The span of a person's name where `candidate` stands, without the titles before it and the word for a government behind it: President
/// **Trump**, the **Trump** administration. What the person is mostly called begins with no title: **Sheikh Hasina**.
pub(super) fn without_titles(part: &Part<'_>, candidate: &Candidate, actor: &Actor) -> Span {
    let bare = without_han_title(candidate.span.of(part.text), actor.kind);
    if bare.len() < candidate.span.len() {
        return Span::new(candidate.span.start + bare.start, candidate.span.start + bare.end);
    }
    let mut words = candidate.words.clone();
    if actor.kind != Kind::Person || words.len() < 2 {
        return candidate.span;
    }
    let is_title = |at: usize| {
        let senses = part.senses(at);
        [Sense::Title, Sense::Honorific, Sense::Role].iter().any(|&sense| senses.has(sense))
    };
    let titles = words.clone().take_while(|&at| is_title(at) || part.senses(at).has(Sense::Common)).filter(|&at| is_title(at)).last();
    if let Some(title) = titles
        && title + 1 < words.end
        && !actor.name.starts_with(part.word(Some(words.start)).map_or("", |(word, _)| word))
    {
        words.start = title + 1;
    }
    let is_government = |at: usize| part.senses(at).has(Sense::Head) && part.word(Some(at)).is_some_and(|(word, _)| !is_capitalised(word));
    while words.len() > 1 && is_government(words.end - 1) {
        words.end -= 1;
    }
    let ends = part.word(Some(words.start)).zip(part.word(Some(words.end - 1)));
    ends.map_or(candidate.span, |((_, first), (_, last))| first.cover(last))
}
