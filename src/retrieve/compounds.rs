//! Words that are typed with a hyphen, as what they need.

use super::intervals::{Atom, Places};
use super::plan::Planner;
use crate::text::grammar::is_grammar;
use crate::text::hyphens::{Pair, is_between};
use crate::text::script::{Alphabet, alphabet};
use crate::text::{Word, Words, fold};

/// What is typed with hyphens between all its parts: `asylum-seeker`.
///
/// It stands where its parts follow each other, be it with hyphens or spaces, and where some of them are written closed. The last part
/// inflects; so does the one before an adjective that follows its noun (`attorneys-general`), and every one in Cyrillic letters
/// (стран-участниц). A participle stays as it is, for it is an adjective there: `long-running` is not "in the long run".
pub(super) struct Compound<'t> {
    parts: Vec<&'t str>,
}

/// Compounds of more parts are asked for part by part alone.
const MOST_CLOSED: usize = 4;

/// Adjectives and the like behind the noun that inflects.
const BEHIND_NOUN: [&str; 6] = ["designate", "elect", "general", "laureate", "law", "martial"];

impl<'t> Compound<'t> {
    /// `typed`, if it is one.
    pub(super) fn of(typed: &'t str) -> Option<Self> {
        let words: Vec<Word> = Words::of(typed).collect();
        let hyphens = words.iter().zip(words.iter().skip(1)).all(|(before, word)| is_between(typed, *before, *word));
        let parts: Vec<&str> = words.iter().map(|word| word.span.of(typed)).collect();
        (parts.len() > 1 && hyphens).then_some(Self { parts })
    }

    /// Where it stands.
    pub(super) fn places(&self, planner: &Planner<'_>) -> Places<Atom> {
        let apart = Places::Sequence(self.each(planner));
        let mut either: Vec<Places<Atom>> = self.closed().map(|(at, closed)| self.with(at, &closed, planner)).collect();
        if either.is_empty() {
            return apart;
        }
        either.insert(0, apart);
        Places::Either(either)
    }

    /// The ranking terms of its parts: who writes two of them as one has both.
    pub(super) fn terms(&self, planner: &Planner<'_>) -> Vec<Vec<String>> {
        let mut terms: Vec<Vec<String>> = self.parts.iter().map(|part| planner.inflections(part)).collect();
        for (at, closed) in self.closed() {
            for stems in terms.iter_mut().skip(at).take(2) {
                stems.extend(planner.inflections(&closed));
            }
        }
        terms
    }

    /// Two parts that may be written as one, with the place of the first.
    fn closed(&self) -> impl Iterator<Item = (usize, String)> {
        let of_more = self.parts.len() > 2;
        let few = self.parts.len() <= MOST_CLOSED;
        let pairs = self.parts.iter().zip(self.parts.iter().skip(1)).enumerate().filter(move |_| few);
        pairs.filter_map(move |(at, (first, second))| Some((at, Pair { first, second, of_more }.closed(None)?)))
    }

    /// Where it stands with the parts at `at` and behind it written as one.
    fn with(&self, at: usize, closed: &str, planner: &Planner<'_>) -> Places<Atom> {
        let mut each = self.each(planner);
        each.splice(at..at + 2, [Places::Atom(Atom::Stem(planner.stems(closed)))]);
        if each.len() == 1 { each.remove(0) } else { Places::Sequence(each) }
    }

    /// Where each of its parts stands.
    fn each(&self, planner: &Planner<'_>) -> Vec<Places<Atom>> {
        let last = self.parts.len() - 1;
        let behind_noun = self.parts.last().is_some_and(|last| BEHIND_NOUN.contains(&fold::folded(last).as_str()));
        let atom = |(at, part): (usize, &&str)| {
            let folded = fold::folded(part);
            if at == last && is_number(&folded) {
                return Atom::Folded(plurals(folded));
            }
            if alphabet(part) == Alphabet::Cyrillic || at == last && !is_participle(&folded) {
                let stems = planner.inflections(part);
                // Not "well be" for well-being.
                if !stems.iter().any(|stem| is_grammar(stem)) {
                    return Atom::Stem(stems);
                }
            }
            Atom::Folded(if at == 0 && behind_noun { plurals(folded) } else { vec![folded] })
        };
        self.parts.iter().enumerate().map(atom).map(Places::Atom).collect()
    }
}

/// `word` and its plural, or its singular if it is one: F-16s.
fn plurals(word: String) -> Vec<String> {
    let other = word.strip_suffix('s').map_or_else(|| format!("{word}s"), ToOwned::to_owned);
    vec![word, other]
}

fn is_number(word: &str) -> bool {
    word.strip_suffix('s').unwrap_or(word).chars().all(|c| c.is_ascii_digit())
}

/// Whether a word looks like a participle of English.
fn is_participle(word: &str) -> bool {
    const SHORTEST: usize = 5;
    word.len() >= SHORTEST && (word.ends_with("ing") || word.ends_with("ed"))
}
