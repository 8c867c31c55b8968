//! Texts of a query that hold more than words.

use super::Pattern;
use super::lex::{ascii, id, is_stop};
use crate::text::script::{Shape, shape};

/// A part of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhrasePart {
    /// Some words.
    Words(String),
    /// A word as it is written.
    Written(String),
    /// A word that is like this.
    Pattern(Pattern),
    /// An actor by its id.
    Actor(String),
}

/// The fewest letters and digits that a pattern has to name.
const FEWEST: usize = 2;

/// The parts of `text` in order; what is wrong with it, and what to do.
pub(super) fn parts(text: &str) -> Result<Vec<PhrasePart>, (&'static str, &'static str)> {
    let mut out: Vec<PhrasePart> = Vec::new();
    for chunk in text.split_whitespace() {
        if let Some(id) = id(chunk) {
            out.push(PhrasePart::Actor(id.to_owned()));
        } else if let Some(word) = as_written(chunk) {
            if is_pattern(word) {
                return Err(("a pattern cannot follow =", "leave out =, or write whole words"));
            }
            out.push(PhrasePart::Written(word.to_owned()));
        } else if is_pattern(chunk) {
            let has_characters = has_characters(chunk);
            for word in chunk.split(|c| !is_lettered(c) || (is_mark(c) && has_characters)) {
                let word: String = bare(word).chars().map(ascii).collect();
                if !word.is_empty() {
                    out.push(part(&word)?);
                }
            }
        } else if let Some(PhrasePart::Words(words)) = out.last_mut() {
            words.push(' ');
            words.push_str(chunk);
        } else {
            out.push(PhrasePart::Words(chunk.to_owned()));
        }
    }
    Ok(out)
}

/// The word that `chunk` asks for as it is written: what stands right behind `=`.
fn as_written(chunk: &str) -> Option<&str> {
    chunk.strip_prefix(['=', '＝']).filter(|word| word.starts_with(char::is_alphanumeric))
}

/// Whether words of `text` are asked for as they are written.
pub(super) fn has_written(text: &str) -> bool {
    text.split_whitespace().any(|chunk| as_written(chunk).is_some())
}

/// How many patterns `text` has at the most, told without making any: what words with wild cards would be.
pub(super) fn patterns_in(text: &str) -> usize {
    let is_one = |word: &&str| {
        let word = bare(word);
        word.contains('*') || (word.contains(|c| is_wild(ascii(c))) && !has_characters(word))
    };
    text.split(|c| !is_lettered(c)).filter(is_one).count()
}

fn part(word: &str) -> Result<PhrasePart, (&'static str, &'static str)> {
    if !word.contains(is_wild) {
        return Ok(PhrasePart::Words(word.to_owned()));
    }
    if has_characters(word) {
        // Whatever stands around characters one by one, stands around them.
        let bare = word.trim_matches('*');
        if !bare.contains(is_wild) {
            return Ok(PhrasePart::Words(bare.to_owned()));
        }
        return Err((
            "* stands for letters of a word, and in scripts without spaces each character is a word",
            "write A pre/2 B for two with one character between them",
        ));
    }
    if Pattern::letters(word) < FEWEST {
        return Err(("this matches too many words", "write two or more letters beside * or ?"));
    }
    let pattern = Pattern::Like(word.to_owned());
    if pattern.is_too_long() {
        return Err(("the word is too long", "write at most 100 letters"));
    }
    if pattern.automaton().is_err() {
        return Err(("this pattern can match in too many ways", "write fewer * and ? in one word"));
    }
    Ok(PhrasePart::Pattern(pattern))
}

const fn is_wild(c: char) -> bool {
    matches!(c, '*' | '?')
}

fn is_mark(c: char) -> bool {
    ascii(c) == '?'
}

fn is_apostrophe(c: char) -> bool {
    matches!(ascii(c), '\'' | '’')
}

/// Whether `text` has characters of a script without spaces: there a question begins right behind the mark of another, and no letter is left out.
fn has_characters(text: &str) -> bool {
    text.chars().any(|c| shape(c) == Shape::Solo)
}

/// Whether `c` may stand in a word with wild cards.
fn is_lettered(c: char) -> bool {
    is_wild(ascii(c)) || is_apostrophe(c) || shape(c) != Shape::Gap
}

/// A word without the punctuation and the single quotes around it.
fn bare(word: &str) -> &str {
    word.trim_start_matches(is_apostrophe).trim_end_matches(|c| is_stop(c) || is_apostrophe(c))
}

/// Whether a word, as it stands in a query, has `*`, or `?` between its letters. Addresses have those too, and are words.
pub(super) fn is_pattern(chunk: &str) -> bool {
    let chunk = bare(chunk);
    let has_characters = has_characters(chunk);
    let wild = chunk.contains(|c| is_wild(ascii(c)) && !(is_mark(c) && has_characters));
    wild && chunk.contains(|c: char| c.is_alphanumeric()) && chunk.chars().all(|c| is_lettered(c) || matches!(ascii(c), '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_hold_words_patterns_and_actors() {
        let shown = |text: &str| match parts(text) {
            Ok(parts) => parts
                .iter()
                .map(|part| match part {
                    PhrasePart::Words(words) => words.clone(),
                    PhrasePart::Written(word) => format!("=<{word}>"),
                    PhrasePart::Pattern(pattern) => format!("<{pattern}>"),
                    PhrasePart::Actor(id) => format!("@<{id}>"),
                })
                .collect::<Vec<_>>()
                .join("|"),
            Err((problem, _)) => problem.to_owned(),
        };
        assert_eq!(shown("the arms control"), "the arms control");
        assert_eq!(shown("@kim-jong-un met  @vladimir-putin."), "@<kim-jong-un>|met|@<vladimir-putin>");
        assert_eq!(shown("arms contr* now, why?"), "arms|<contr*>|now, why?");
        assert_eq!(shown("co-operat*"), "co|<operat*>");
        assert_eq!(shown("the =US ＝said a=b = ="), "the|=<US>|=<said>|a=b = =");
        assert_eq!(shown("=US*"), "a pattern cannot follow =");
        assert_eq!(shown("def?nce ＊ｉｎｇ"), "<def?nce>|<*ing>");
        assert_eq!(shown("制裁*"), "制裁");
        assert!(shown("制*裁").contains("each character is a word"));
        assert_eq!(shown("制裁？不行 为什么?谁 Trump？不"), "制裁？不行 为什么?谁 Trump？不");
        assert_eq!(shown("制裁*？不行"), "制裁|不行");
        assert_eq!(shown("looked?’ and 'sanction*' ‘why?’ it?s'"), "looked?’ and|<sanction*>|‘why?’|<it?s>");
        assert_eq!(shown("a*"), "this matches too many words");
        assert_eq!(shown(&format!("{}*", "ab".repeat(51))), "the word is too long");
        assert!(shown("the *a????????????n").starts_with("this pattern can match in too many ways"));
        assert_eq!(shown("https://a.example/x?y=* some_one@x.org"), "https://a.example/x?y=* some_one@x.org");
    }
}
