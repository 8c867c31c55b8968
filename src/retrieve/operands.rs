//! What stands at places of a text, as places.

use super::compounds::Compound;
use super::intervals::{Atom, How, Places, Reach};
use super::plan::Planner;
use crate::index::marks;
use crate::query::{Ask, Leaf, PhrasePart, Tree};
use crate::text::{Word, Words, fold};

/// Where an operand stands. Plain words stand in all their inflections.
pub(super) fn operand(tree: &Tree<Leaf>, planner: &Planner<'_>) -> Places<Atom> {
    match tree {
        Tree::Any(trees) => Places::Either(trees.iter().map(|tree| operand(tree, planner)).collect()),
        Tree::Near(left, how, right, _) => {
            let mut all = Vec::new();
            chained(tree, *how, &mut all);
            // Of two, each pair counts; of more, what is between two of them may be the third.
            if !how.negated && !how.ordered && !matches!(how.reach, Reach::Words(_)) && all.len() > 2 {
                return Places::Together(counted(all.into_iter().map(|tree| operand(tree, planner))), how.reach);
            }
            Places::Near(Box::new(operand(left, planner)), *how, Box::new(operand(right, planner)))
        }
        Tree::Clause(leaf) => clause(&leaf.ask, planner).unwrap_or_else(nowhere),
        // Not operands; no query parses to them here.
        Tree::All(_) | Tree::Best(_) | Tree::Not(_) | Tree::Must(_) | Tree::AtLeast(..) | Tree::Boost(..) => nowhere(),
    }
}

/// The operands that are joined by one sign, however they are bracketed.
fn chained<'t>(tree: &'t Tree<Leaf>, sign: How, operands: &mut Vec<&'t Tree<Leaf>>) {
    match tree {
        Tree::Near(left, how, right, _) if *how == sign => [left, right].into_iter().for_each(|side| chained(side, sign, operands)),
        operand => operands.push(operand),
    }
}

/// Each of `parts` once, with how often it is there.
fn counted(parts: impl IntoIterator<Item = Places<Atom>>) -> Vec<(Places<Atom>, usize)> {
    let mut counted: Vec<(Places<Atom>, usize)> = Vec::new();
    for part in parts {
        match counted.iter_mut().find(|(known, _)| *known == part) {
            Some((_, times)) => *times += 1,
            None => counted.push((part, 1)),
        }
    }
    counted
}

fn nowhere() -> Places<Atom> {
    Places::Either(Vec::new())
}

fn clause(ask: &Ask, planner: &Planner<'_>) -> Option<Places<Atom>> {
    match ask {
        Ask::Word(typed) => {
            let words: Vec<Word> = Words::of(typed).collect();
            match words.as_slice() {
                [word] if !word.solo => Some(Places::Atom(Atom::Stem(planner.stems(word.span.of(typed))))),
                _ => together(typed, planner),
            }
        }
        Ask::Pattern(pattern) => Some(Places::Atom(Atom::Pattern(pattern.clone()))),
        Ask::Phrase(_) | Ask::Parts(_) | Ask::Loose(..) => phrase(ask),
        Ask::Exact(words) => sequence(words, true),
        Ask::Actor(id) => Some(Places::Atom(Atom::Mention(format!("{}{id}", marks::ACTOR)))),
        Ask::Kind(kind) => Some(Places::Atom(Atom::Mention(format!("{}{kind}", marks::KIND)))),
        Ask::Field(..) | Ask::In(..) | Ask::Date(..) | Ask::Mentions(_) => None,
    }
}

/// Where a phrase stands. `None` if it holds no word.
pub(super) fn phrase(ask: &Ask) -> Option<Places<Atom>> {
    match ask {
        Ask::Phrase(words) => sequence(words, false),
        Ask::Parts(parts) => joined(parts.iter().flat_map(elements).collect()),
        Ask::Loose(parts, others) => {
            let counted = counted(parts.iter().flat_map(elements));
            match counted.as_slice() {
                [] => None,
                [(part, 1)] => Some(part.clone()),
                _ => Some(Places::Together(counted, Reach::Words(*others))),
            }
        }
        _ => None,
    }
}

/// The places of each word, pattern or actor of a part of a phrase.
pub(super) fn elements(part: &PhrasePart) -> Vec<Places<Atom>> {
    match part {
        PhrasePart::Words(words) => word_by_word(words, false),
        PhrasePart::Written(words) => word_by_word(words, true),
        PhrasePart::Pattern(pattern) => vec![Places::Atom(Atom::Pattern(pattern.clone()))],
        PhrasePart::Actor(id) => vec![Places::Atom(Atom::Mention(format!("{}{id}", marks::ACTOR)))],
    }
}

/// Where the words of `text` stand next to each other, as written if that is asked for. `None` if there are none.
pub(super) fn sequence(text: &str, as_written: bool) -> Option<Places<Atom>> {
    joined(word_by_word(text, as_written))
}

/// Where the words of `typed`, which was typed as one, stand together. `None` if there are none.
pub(super) fn together(typed: &str, planner: &Planner<'_>) -> Option<Places<Atom>> {
    Compound::of(typed).map_or_else(|| unparted(typed), |compound| Some(compound.places(planner)))
}

/// The same, where characters that are written together stand with no sign between them that parts clauses.
pub(super) fn unparted(typed: &str) -> Option<Places<Atom>> {
    let words: Vec<Word> = Words::of(typed).collect();
    let folded = |word: &Word| fold::folded(word.span.of(typed));
    let runs = words.chunk_by(|before, word| before.solo && word.solo && before.span.end == word.span.start);
    let atom = |run: &[Word]| {
        let forms = run.iter().map(folded).collect();
        Places::Atom(if run.len() > 1 { Atom::Run(forms) } else { Atom::Folded(forms) })
    };
    joined(runs.map(atom).collect())
}

/// The places of each word of `text`, as written if that is asked for.
fn word_by_word(text: &str, as_written: bool) -> Vec<Places<Atom>> {
    let element = |word: Word| {
        let written = word.span.of(text);
        let folded = fold::folded(written);
        Places::Atom(if as_written { Atom::Written { folded, written: written.to_owned() } } else { Atom::Folded(vec![folded]) })
    };
    Words::of(text).map(element).collect()
}

fn joined(mut elements: Vec<Places<Atom>>) -> Option<Places<Atom>> {
    match elements.len() {
        0 => None,
        1 => Some(elements.remove(0)),
        _ => Some(Places::Sequence(elements)),
    }
}
