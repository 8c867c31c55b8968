//! Titles inside the names that a table has: a mention is of the name, whatever stands beside it.

use std::ops::Range;

use super::Kind;
use super::choose::Part;
use super::matcher::Candidate;
use super::roster::Actor;
use super::unlisted::Sense;
use super::written::is_capitalised;
use crate::text::Span;
use crate::text::script::is_han;

/// The span of a person's name where `candidate` stands, without the titles before it and the word for a government behind it: President
/// **Trump**, the **Trump** administration. What the person is mostly called begins with no title: **Sheikh Hasina**.
pub(super) fn without_titles(part: &Part<'_>, candidate: &Candidate, actor: &Actor) -> Span {
    let mut words = candidate.words.clone();
    if actor.kind != Kind::Person || words.len() < 2 {
        return candidate.span;
    }
    let bare = without_han_title(candidate.span.of(part.text));
    if bare.len() < candidate.span.len() {
        return Span::new(candidate.span.start + bare.start, candidate.span.start + bare.end);
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

/// Where the name stands in an alias in Han that has a title: 毛|主席, 埃及总统|塞西.
fn without_han_title(alias: &str) -> Range<usize> {
    const TITLES: [&str; 10] = ["主席", "总统", "總統", "国王", "國王", "天皇", "总理", "總理", "书记", "書記"];
    let whole = 0..alias.len();
    if !alias.chars().all(is_han) {
        return whole;
    }
    let Some((title, at)) = TITLES.iter().find_map(|&title| alias.rfind(title).map(|at| (title, at))) else { return whole };
    match alias.len() - at - title.len() {
        0 if at > 0 => 0..at,
        // A name has two characters.
        rest if rest >= 2 * '中'.len_utf8() => alias.len() - rest..alias.len(),
        _ => whole,
    }
}
