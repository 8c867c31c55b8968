//! Words with a hyphen, which others write closed: `cease-fire` and `ceasefire`.
//!
//! A hyphen parts words, so that `cease-fire` and `cease fire` are the same; what `ceasefire` finds is told by a term of its own beside the parts.
//! That term is the stem of the closed spelling behind a [`MARK`]: so it is known to cover two words, and counts as no word of the text.
//!
//! Not every hyphen joins a word. A dash that was typed as one, a pronoun behind its verb (`est-elle` is not Estelle), a small word that holds a
//! compound together (`just-in-time` is not about Justin), the party of a politician (`D-Ark.` is not dark): see [`Pair::closed`]. And in some words
//! the hyphen is there to keep two apart: `re-form` is not `reform`.

use super::grammar::is_grammar;
use super::{Language, Span, Word};

/// Begins the term of a word with a hyphen. No word begins with it.
pub const MARK: char = '-';

/// How many words such a term covers.
pub const WIDTH: u32 = 2;

/// Whether `term` is that of a word with a hyphen.
#[must_use]
pub fn is_marked(term: &str) -> bool {
    term.starts_with(MARK)
}

/// Appends to `stems` the terms under which the words of these stems stand where they are written with a hyphen.
pub fn add_marked(stems: &mut Vec<String>) {
    let marked: Vec<String> = stems.iter().map(|stem| format!("{MARK}{stem}")).collect();
    stems.extend(marked);
}

/// Whether nothing but a hyphen stands between two words of `text`, neither of them of a script without spaces.
#[must_use]
pub fn is_between(text: &str, before: Word, word: Word) -> bool {
    if before.solo || word.solo {
        return false;
    }
    match word.span.start.wrapping_sub(before.span.end) {
        1 => text.as_bytes().get(before.span.end) == Some(&b'-'),
        3 => matches!(Span::new(before.span.end, word.span.start).of(text), "\u{2010}" | "\u{2011}"),
        _ => false,
    }
}

/// Two words with a hyphen between them, as they are written.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'t> {
    /// The first.
    pub first: &'t str,
    /// The second.
    pub second: &'t str,
    /// Whether the compound has other parts, too.
    pub of_more: bool,
}

impl Pair<'_> {
    /// The two written as one word, if that may be the same word. A pronoun behind its verb belongs to texts in `language`, if that is known.
    #[must_use]
    pub fn closed(&self, language: Option<Language>) -> Option<String> {
        let [first, second] = [self.first, self.second].map(super::fold::folded);
        let clitic = language.is_some_and(|language| joins_pronouns(language) && CLITICS.contains(&second.as_str()));
        if clitic || !self.may_close(&first, &second) || is_apart(&format!("{first}{second}")) {
            return None;
        }
        Some(format!("{}{}", self.first, self.second))
    }

    /// Whether its parts, folded, are such as join: letters, and behind them letters or a number.
    fn may_close(&self, first: &str, second: &str) -> bool {
        /// So long is what stands behind a single letter: `e-mail`, but not the `D-Vt.` of a senator or the `U-S` of a headline.
        const BEHIND_LETTER: usize = 3;
        let Some(letter) = first.chars().next().filter(|c| c.is_alphabetic()) else { return false };
        let (one, length) = (first.len() == letter.len_utf8(), second.chars().count());
        let number = second.starts_with(|c: char| c.is_ascii_digit());
        let party = one && PARTIES.contains(&self.first) && self.second.starts_with(char::is_uppercase);
        let joins = number || length >= if one { BEHIND_LETTER } else { 2 };
        let small = if self.of_more { is_grammar(first) || is_grammar(second) } else { is_grammar(second) && !ADVERBS.contains(&second) };
        let article = one && is_grammar(first);
        joins && !(party || small || article)
    }
}

/// The parties of American politicians before their states.
const PARTIES: [&str; 3] = ["D", "R", "I"];

/// Small words that end words: `standby`, `login`, `add-on`.
const ADVERBS: [&str; 3] = ["by", "in", "on"];

/// Whether pronouns stand behind verbs with a hyphen: `dit-il`, `disse-me`, `l-a`.
fn joins_pronouns(language: Language) -> bool {
    matches!(language.code(), "fr" | "pt" | "gl" | "ca" | "ro")
}

/// Those pronouns, and what else stands so, folded.
const CLITICS: [&str; 47] = [
    // French.
    "je", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles", "ce", "moi", "toi", "lui", "leur", "les", "la", "le", "en", "ci", "t",
    "y", // Portuguese, Galician.
    "me", "te", "se", "lhe", "lhes", "nos", "vos", "lo", "los", "las", "no", "na", "nas", "o", "a", "os", "as", "ma", "mo",
    // Catalan, Romanian.
    "hi", "ho", "ne", "li", "i", "l", "s",
];

/// Words of English that a hyphen tells apart from others, without an e at the end: to form again is not to reform.
const APART: [&str; 26] = [
    "coop",
    "multiply",
    "react",
    "rebound",
    "reced",
    "recollect",
    "recount",
    "recover",
    "recreation",
    "redress",
    "reform",
    "refus",
    "relay",
    "releas",
    "remark",
    "repair",
    "repress",
    "represent",
    "reserv",
    "resent",
    "resign",
    "resort",
    "restrain",
    "retreat",
    "unionis",
    "unioniz",
];

/// What may stand behind those.
const ENDINGS: [&str; 8] = ["", "e", "s", "es", "ed", "ing", "er", "ers"];

/// Whether a word with a hyphen is another than the one that is written `closed`, folded.
fn is_apart(closed: &str) -> bool {
    APART.iter().any(|apart| closed.strip_prefix(apart).is_some_and(|ending| ENDINGS.contains(&ending)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed(written: &str, language: &str) -> Option<String> {
        let parts: Vec<&str> = written.split('-').collect();
        let pair = Pair { first: parts[0], second: parts[1], of_more: parts.len() > 2 };
        pair.closed(Language::parse(language))
    }

    #[test]
    fn words_that_others_write_closed() {
        for (written, expected) in [
            ("cease-fire", "ceasefire"),
            ("Anti-Semitism", "AntiSemitism"),
            ("co-operation", "cooperation"),
            ("re-election", "reelection"),
            ("e-mails", "emails"),
            ("F-16", "F16"),
            ("G-7", "G7"),
            ("COVID-19", "COVID19"),
            ("stand-by", "standby"),
            ("on-line", "online"),
            ("policy-makers", "policymakers"),
            ("non-co-operation", "nonco"),
            ("week-end", "weekend"),
        ] {
            assert_eq!(closed(written, "en").as_deref(), Some(expected), "{written}");
        }
        assert_eq!(closed("бизнес-план", "ru").as_deref(), Some("бизнесплан"));
    }

    #[test]
    fn hyphens_that_join_no_word() {
        for (written, language) in [
            ("re-form", "en"),
            ("re-signed", "en"),
            ("re-sent", "en"),
            ("re-leasing", "en"),
            ("re-covering", "en"),
            ("co-ops", "en"),
            ("D-Ark", "en"),
            ("U-S", "en"),
            ("is-a", "en"),
            ("in-the", "en"),
            ("just-in-time", "en"),
            ("do-or-die", "en"),
            ("20-percent", "en"),
            ("2020-01", "en"),
            ("est-elle", "fr"),
            ("disse-me", "pt"),
        ] {
            assert_eq!(closed(written, language), None, "{written}");
        }
        assert_eq!(closed("est-elle", "en").as_deref(), Some("estelle"));
    }
}
