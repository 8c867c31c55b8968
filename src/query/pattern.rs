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

/// The most letters of [`Pattern::Like`] and [`Pattern::Fuzzy`]: what words are compared with grows with them, and no word has so many.
pub(super) const MOST_LETTERS: usize = 100;

/// The most `*` of a [`Pattern::Like`]: where many may stand for anything, it takes long to tell in how many ways.
const MOST_STARS: usize = 10;

/// The [size] of a [`Pattern::Regex`], at the most: larger ones are refused in the end, too, but only after all that they stand for was looked at.
const LARGEST: usize = 4_000;

/// The most patterns of a query: all words of the index are compared with each.
pub(super) const MOST_PATTERNS: usize = 256;

/// What is wrong with a query that has more, and what to do.
pub(super) const TOO_MANY: (&str, &str) =
    ("too many words are told by patterns", "write at most 256 words with *, ? or ~ and regular expressions in one query");

impl Pattern {
    /// What tells whether a word fits, or why there is none.
    pub fn automaton(&self) -> Result<Fits, String> {
        if self.is_too_long() {
            return Err(format!("it has more than {MOST_LETTERS} letters"));
        }
        let regex = |pattern: &str| Regex::new(pattern).map(Fits::Regex).map_err(|error| told(&error.to_string()));
        match self {
            Self::Like(pattern) => {
                let expression = expression(pattern);
                if expression.matches(".*").count() > MOST_STARS {
                    return Err(format!("it has more than {MOST_STARS} *"));
                }
                regex(&expression)
            }
            Self::Fuzzy(word, distance) => {
                let builder = LevenshteinAutomatonBuilder::new(*distance, true);
                Ok(Fits::Fuzzy(builder.build_dfa(&fold::folded(word))))
            }
            Self::Regex(pattern) if size(pattern) > LARGEST => Err("it stands for too many letters".to_owned()),
            Self::Regex(pattern) => regex(&format!("(?i:{pattern})")),
        }
    }

    /// Whether it has more letters than words are compared with.
    pub(super) fn is_too_long(&self) -> bool {
        match self {
            Self::Like(text) | Self::Fuzzy(text, _) => fold::folded(text).chars().nth(MOST_LETTERS).is_some(),
            Self::Regex(_) => false,
        }
    }

    /// How many letters and digits it names.
    pub(super) fn letters(text: &str) -> usize {
        text.chars().filter(|c| c.is_alphanumeric()).count()
    }
}

/// How long `expression` would be with what it repeats so often written out, where what stands for many letters counts as several. Not exactly:
/// it is read without regard to what is wrong with it.
fn size(expression: &str) -> usize {
    // For each bracket that is open what was read before it.
    let mut open: Vec<usize> = Vec::new();
    let (mut all, mut last, mut classes) = (0_usize, 0_usize, 0_usize);
    let mut rest = expression;
    while let Some(c) = rest.chars().next() {
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '\\' => {
                let escaped = rest.chars().next();
                rest = rest.get(escaped.map_or(0, char::len_utf8)..).unwrap_or_default();
                last = if escaped.is_some_and(char::is_alphabetic) { 50 } else { 1 };
                // The name of a class or the number of a letter.
                if let (Some('p' | 'P' | 'x' | 'u' | 'U'), Some((_, behind))) =
                    (escaped, rest.strip_prefix('{').and_then(|_| rest.split_once('}')))
                {
                    rest = behind;
                }
            }
            '[' => {
                classes += 1;
                last = 1;
                // What stands right behind it closes nothing.
                rest = rest.strip_prefix('^').unwrap_or(rest);
                rest = rest.strip_prefix(']').unwrap_or(rest);
            }
            ']' if classes > 0 => (classes, last) = (classes - 1, 5),
            _ if classes > 0 => last = 1,
            '(' => {
                open.push(all);
                (all, last) = (0, 0);
            }
            ')' => (last, all) = (all, open.pop().unwrap_or(0)),
            '{' => match times(rest) {
                Some((times, behind)) => {
                    (all, last) = (all.saturating_sub(last), last.saturating_mul(times));
                    rest = behind;
                }
                None => last = 1,
            },
            '.' => last = 10,
            _ => last = 1,
        }
        all = all.saturating_add(last);
    }
    open.iter().fold(all, |all, before| all.saturating_add(*before))
}

/// How often at the most something is repeated by what stands behind `{`, and what follows.
fn times(text: &str) -> Option<(usize, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | ' '))?;
    let (inside, behind) = text.split_at_checked(end)?;
    // A number that is too long for a number is none that could be used.
    let times = inside.split(',').filter(|times| !times.trim().is_empty()).map(|times| times.trim().parse().unwrap_or(usize::MAX)).max()?;
    Some((times.max(1), behind.strip_prefix('}')?))
}

/// The regular expression that says the same as letters with `*` and `?`.
fn expression(pattern: &str) -> String {
    let (mut out, mut literal) = (String::new(), String::new());
    // Of several wild cards in a row it makes no difference which comes first, and one * says as much as many.
    let (mut any, mut more) = (0, false);
    for c in pattern.chars().chain(['\0']) {
        match c {
            '?' | '*' => {
                push_letters(&mut out, &literal);
                literal.clear();
                (any, more) = (any + usize::from(c == '?'), more || c == '*');
            }
            c => {
                out.push_str(&".".repeat(std::mem::take(&mut any)));
                out.push_str(if std::mem::take(&mut more) { ".*" } else { "" });
                if c != '\0' {
                    literal.push(c);
                }
            }
        }
    }
    push_letters(&mut out, &literal);
    out
}

/// Adds `literal` to an expression, folded: what that leaves are letters and digits, of which none means anything to an expression.
fn push_letters(out: &mut String, literal: &str) {
    out.extend(fold::folded(literal).chars().filter(|c| c.is_alphanumeric() || *c == '\''));
}

/// A library's message, where it is one that people meet in our own words, as one line.
fn told(message: &str) -> String {
    let ours = [
        ("Empty match", "words are compared whole; leave ^ and $ out"),
        ("Word boundary", "words are compared whole; leave \\b out"),
        ("Lazy", "words are compared whole; write * and + without a ? behind"),
        ("Compiled regex", "it stands for too many letters"),
    ];
    if let Some((_, told)) = ours.iter().find(|(begin, _)| message.starts_with(begin)) {
        return (*told).to_owned();
    }
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
    fn wild_cards_in_a_row_say_no_more_than_how_many_letters() {
        for (pattern, expected) in [("a*?*b", "a..*b"), ("**", ".*"), ("a?*?", "a...*"), ("*a**b?", ".*a.*b."), ("ab", "ab")] {
            assert_eq!(expression(pattern), expected);
        }
    }

    #[test]
    fn what_an_expression_repeats_makes_it_large() {
        for (expression, expected) in [
            ("abc", 3),
            ("a{30}b{2,}", 32),
            ("(ab|c){1,20}", 80),
            ("((a?){30}b){10}", 610),
            ("a.c", 12),
            ("\\d{4}\\p{Greek}", 250),
            ("[(]b{3}", 10),
            ("[^]({9}]{2}", 15),
            ("[{](a?){9}", 25),
            ("\\{4", 2),
            ("x)a(b", 3),
        ] {
            assert_eq!(size(expression), expected, "{expression}");
        }
        // To find out that each of these has too many forms would take minutes.
        for expression in ["(a?){300000}", "((a?){600}){600}", "(.?){40000}"] {
            assert!(Pattern::Regex(expression.to_owned()).automaton().is_err());
        }
        assert!(Pattern::Regex("a?".repeat(30_000)).automaton().is_err());
    }

    #[test]
    fn what_no_word_can_be_like_is_refused_before_it_grows() {
        let long = "a".repeat(64_000);
        assert!(Pattern::Fuzzy(long.clone(), 2).automaton().is_err());
        assert!(Pattern::Like(format!("{long}*")).automaton().is_err());
        // A ligature has as many letters as it stands for.
        assert!(Pattern::Fuzzy("\u{FDFA}".repeat(20), 1).automaton().is_err());
        assert!(Pattern::Fuzzy("a".repeat(MOST_LETTERS), 2).automaton().is_ok());
    }

    #[test]
    fn broken_and_endless_expressions_are_told() {
        assert!(Pattern::Regex("a(b".to_owned()).automaton().is_err());
        for expression in ["^oil$", "\\boil", "oil+?"] {
            let error = Pattern::Regex(expression.to_owned()).automaton().err();
            assert!(error.is_some_and(|error| error.starts_with("words are compared whole; ")), "{expression}");
        }
        assert!(Pattern::Regex("(a|b)*a(a|b){40}".to_owned()).automaton().is_err());
        assert!(Pattern::Regex("a{1000}{1000}{1000}".to_owned()).automaton().is_err());
        assert!(Pattern::Like("*a????????????n".to_owned()).automaton().is_err());
        assert!(Pattern::Like("*a".repeat(MOST_STARS + 1)).automaton().is_err());
        assert!(Pattern::Like("*a".repeat(MOST_STARS)).automaton().is_ok());
    }
}
