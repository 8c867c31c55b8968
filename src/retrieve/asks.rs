//! What the clauses of a query ask for, as labels of headers, words and mentions.

use super::plan::Label;
use crate::index::fields::Meta;
use crate::index::tokens::marks;
use crate::query::{Ask, Field, Part};
use crate::text::{Words, fold};

/// What is asked of a field of the header, where it is more than words.
pub(super) fn labels(field: Field, ask: &Ask) -> Vec<Label> {
    match ask {
        Ask::Pattern(pattern) => vec![Label::Like(field, pattern.clone())],
        Ask::Parts(parts) => {
            let labels = parts.iter().flat_map(|part| match part {
                Part::Words(words) | Part::Written(words) => words_in(field, words),
                Part::Pattern(pattern) => vec![Label::Like(field, pattern.clone())],
                Part::Actor(_) => Vec::new(),
            });
            labels.collect()
        }
        _ => Vec::new(),
    }
}

/// The tokens of the words of `text` in a field of the header.
pub(super) fn words_in(field: Field, text: &str) -> Vec<Label> {
    let folded = Words::of(text).map(|word| fold::folded(word.span.of(text)));
    folded.filter_map(|word| Some(Label::Any(vec![meta(field, &word)?.token()]))).collect()
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
                Part::Words(words) | Part::Written(words) => Some(words.as_str()),
                Part::Pattern(_) | Part::Actor(_) => None,
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
                Part::Actor(id) => Some(actor(id)),
                Part::Words(_) | Part::Written(_) | Part::Pattern(_) => None,
            });
            actors.collect()
        }
        _ => Vec::new(),
    }
}
