//! What the clauses of a query ask for: conditions on headers, words and mentions.

use super::intervals::{Atom, Places};
use crate::index::fields::Meta;
use crate::index::marks;
use crate::query::{Ask, Field, Pattern, PhrasePart};
use crate::text::{Words, fold};

/// A condition on the header of a piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeaderCondition {
    /// One of these tokens.
    Any(Vec<String>),
    /// A word in this field that fits this pattern.
    Pattern(Field, Pattern),
    /// Words that meet these, one right behind the other in one name.
    Phrase(Vec<HeaderCondition>),
}

impl HeaderCondition {
    /// Where in a header it is met. Patterns are looked up before this is asked.
    pub(super) fn places(&self) -> Places<Atom> {
        match self {
            Self::Any(tokens) => Places::Atom(Atom::Meta(tokens.clone())),
            Self::Pattern(..) => Places::Either(Vec::new()),
            Self::Phrase(conditions) => Places::Sequence(conditions.iter().map(Self::places).collect()),
        }
    }
}

/// The condition on a field of the header, where more than words is asked of it.
pub(super) fn condition(field: Field, ask: &Ask) -> Option<HeaderCondition> {
    match ask {
        Ask::Pattern(pattern) => Some(HeaderCondition::Pattern(field, pattern.clone())),
        Ask::Parts(parts) => {
            let conditions = parts.iter().flat_map(|part| match part {
                PhrasePart::Words(words) | PhrasePart::Written(words) => words_in(field, words),
                PhrasePart::Pattern(pattern) => vec![HeaderCondition::Pattern(field, pattern.clone())],
                PhrasePart::Actor(_) => Vec::new(),
            });
            phrase(conditions.collect())
        }
        _ => None,
    }
}

/// The condition that a field of the header has the words of `text`.
pub(super) fn words_condition(field: Field, text: &str) -> Option<HeaderCondition> {
    phrase(words_in(field, text))
}

fn words_in(field: Field, text: &str) -> Vec<HeaderCondition> {
    let folded = Words::of(text).map(|word| fold::folded(word.span.of(text)));
    folded.filter_map(|word| Some(HeaderCondition::Any(vec![meta(field, &word)?.token()]))).collect()
}

fn phrase(mut conditions: Vec<HeaderCondition>) -> Option<HeaderCondition> {
    if conditions.len() > 1 { Some(HeaderCondition::Phrase(conditions)) } else { conditions.pop() }
}

/// What of a header has `value` in `field`: a word of it, or its code. Titles are words like those of the text.
pub(super) const fn meta(field: Field, value: &str) -> Option<Meta<'_>> {
    Some(match field {
        Field::Title => return None,
        Field::Author => Meta::Author(value),
        Field::Source => Meta::Source(value),
        Field::Lang => Meta::Lang(value),
        Field::Path => Meta::Path(value),
        Field::Tag => Meta::Tag(value),
        Field::Kind => Meta::Kind(value),
    })
}

/// The words by which a clause ranks.
pub(super) fn words_of(ask: &Ask) -> String {
    match ask {
        Ask::Word(words) | Ask::Phrase(words) | Ask::Exact(words) => words.clone(),
        Ask::Parts(parts) | Ask::Loose(parts, _) => {
            let words = parts.iter().filter_map(|part| match part {
                PhrasePart::Words(words) | PhrasePart::Written(words) => Some(words.as_str()),
                PhrasePart::Pattern(_) | PhrasePart::Actor(_) => None,
            });
            words.collect::<Vec<_>>().join(" ")
        }
        Ask::Pattern(_) | Ask::Field(..) | Ask::In(..) | Ask::Date(..) | Ask::Actor(_) | Ask::Mentions(_) | Ask::Kind(_) => String::new(),
    }
}

/// The marks of the mentions that a clause has.
pub(super) fn mentions_of(ask: &Ask) -> Vec<String> {
    let actor = |id: &String| format!("{}{id}", marks::ACTOR);
    match ask {
        Ask::Actor(id) => vec![actor(id)],
        Ask::Kind(kind) => vec![format!("{}{kind}", marks::KIND)],
        Ask::Parts(parts) | Ask::Loose(parts, _) => {
            let actors = parts.iter().filter_map(|part| match part {
                PhrasePart::Actor(id) => Some(actor(id)),
                PhrasePart::Words(_) | PhrasePart::Written(_) | PhrasePart::Pattern(_) => None,
            });
            actors.collect()
        }
        _ => Vec::new(),
    }
}
