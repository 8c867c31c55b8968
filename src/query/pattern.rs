//! Words told by what they are like.

use std::fmt;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use tantivy_fst::{Automaton, Regex};

use crate::text::fold;

/// What a word is like. Compared with words in their folded form, whole.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Pattern {
    /// Letters, with `*` for any more of them and `?` for one.
    Like(String),
    /// This word, but for so many letters added, left out, changed or swapped with the next.
    Fuzzy(String, u8),
    /// What this regular expression describes.
    Regex(String),
}

/// The most letters by which [`Pattern::Fuzzy`] may be off: past two, most words are like any other.
pub(super) const FUZZIEST: u8 = 2;

impl Pattern {
    /// What tells whether a word fits, or why there is none.
    pub fn automaton(&self) -> Result<Fits, String> {
        let regex = |pattern: &str| Regex::new(pattern).map(Fits::Regex).map_err(|error| told(&error.to_string()));
        match self {
            Self::Like(pattern) => {
                let (mut out, mut literal) = (String::new(), String::new());
                for c in pattern.chars().chain(['\0']) {
                    if !matches!(c, '*' | '?' | '\0') {
                        literal.push(c);
                        continue;
                    }
                    // What is folded are letters and digits, of which none means anything to an expression.
                    out.extend(fold::folded(&literal).chars().filter(|c| c.is_alphanumeric() || *c == '\''));
                    literal.clear();
                    out.push_str(match c {
                        '*' => ".*",
                        '?' => ".",
                        _ => "",
                    });
                }
                regex(&out)
            }
            Self::Fuzzy(word, distance) => {
                let builder = LevenshteinAutomatonBuilder::new(*distance, true);
                Ok(Fits::Fuzzy(builder.build_dfa(&fold::folded(word))))
            }
            Self::Regex(pattern) => regex(&format!("(?i:{pattern})")),
        }
    }

    /// How many letters and digits it names.
    pub(super) fn letters(text: &str) -> usize {
        text.chars().filter(|c| c.is_alphanumeric()).count()
    }
}

/// A library's message as one line.
fn told(message: &str) -> String {
    let line = message.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default();
    line.trim_start_matches("error: ").to_owned()
}

/// Tells whether words fit a [`Pattern`], many at once.
pub enum Fits {
    /// By a regular expression.
    Regex(Regex),
    /// By how many letters differ.
    Fuzzy(DFA),
}

/// Where in a word [`Fits`] stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At(Option<usize>);

impl Automaton for Fits {
    type State = At;

    fn start(&self) -> At {
        At(match self {
            Self::Regex(regex) => regex.start(),
            Self::Fuzzy(dfa) => Some(dfa.initial_state() as usize),
        })
    }

    fn is_match(&self, At(state): &At) -> bool {
        match self {
            Self::Regex(regex) => regex.is_match(state),
            Self::Fuzzy(dfa) => small(*state).is_some_and(|state| matches!(dfa.distance(state), Distance::Exact(_))),
        }
    }

    fn can_match(&self, At(state): &At) -> bool {
        match self {
            Self::Regex(regex) => regex.can_match(state),
            Self::Fuzzy(_) => small(*state).is_some_and(|state| state != SINK_STATE),
        }
    }

    fn accept(&self, At(state): &At, byte: u8) -> At {
        At(match self {
            Self::Regex(regex) => regex.accept(state, byte),
            Self::Fuzzy(dfa) => small(*state).map(|state| dfa.transition(state, byte) as usize),
        })
    }
}

fn small(state: Option<usize>) -> Option<u32> {
    state.and_then(|state| u32::try_from(state).ok())
}

impl Fits {
    /// Whether one word fits.
    #[must_use]
    pub fn fits(&self, word: &str) -> bool {
        let end = word.bytes().fold(self.start(), |state, byte| self.accept(&state, byte));
        self.is_match(&end)
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Like(pattern) => f.write_str(pattern),
            Self::Fuzzy(word, distance) => write!(f, "{word}~{distance}"),
            Self::Regex(pattern) => write!(f, "/{pattern}/"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(pattern: &Pattern, words: &[&str]) -> Vec<String> {
        let fits = pattern.automaton().map_err(|error| panic!("{error}")).unwrap();
        words.iter().filter(|word| fits.fits(word)).map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn patterns_fit_whole_folded_words() {
        let words = ["sanction", "sanctions", "sanctioned", "sanctum", "unsanctioned", "elan", "sanktion"];
        let like = |pattern: &str| fits(&Pattern::Like(pattern.to_owned()), &words);
        assert_eq!(like("Sanction*"), ["sanction", "sanctions", "sanctioned"]);
        assert_eq!(like("*sanctioned"), ["sanctioned", "unsanctioned"]);
        assert_eq!(like("san?tion"), ["sanction", "sanktion"]);
        assert_eq!(like("Él?n"), ["elan"]);
        assert_eq!(fits(&Pattern::Fuzzy("sanciton".to_owned(), 1), &words), ["sanction"]);
        assert_eq!(fits(&Pattern::Fuzzy("sanktons".to_owned(), 2), &words), ["sanctions", "sanktion"]);
        assert_eq!(fits(&Pattern::Regex("sanct(ion|UM)s?".to_owned()), &words), ["sanction", "sanctions", "sanctum"]);
    }

    #[test]
    fn broken_and_endless_expressions_are_told() {
        assert!(Pattern::Regex("a(b".to_owned()).automaton().is_err());
        assert!(Pattern::Regex("(a|b)*a(a|b){40}".to_owned()).automaton().is_err());
        assert!(Pattern::Regex("a{1000}{1000}{1000}".to_owned()).automaton().is_err());
    }
}
