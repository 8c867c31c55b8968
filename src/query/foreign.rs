//! Signs that other programs read as OR, NOT or nearness, and that are no signs here.

use super::signs::near;
use crate::text::quotation::quoted;
use crate::text::script::{Shape, shape};

/// How nearness is written.
const NEARNESS: &str = "w/5 for at most five words, w/s for a sentence, w/p for a paragraph, or pre/5 for this order";

/// In longer queries `or` and `not` are words of a sentence.
const SHORT: usize = 5;

/// The first word of `query` outside quotes that another program would read as an operator but that is passed over here, or is a word like
/// any other; with what to write in its place.
///
/// ```
/// use pundit::query::foreign;
/// assert_eq!(foreign("oil | gas"), Some(("|", "OR, in capitals")));
/// assert!(foreign("oil NEAR gas").is_some_and(|(sign, instead)| sign == "NEAR" && instead.starts_with("w/5")));
/// assert_eq!(foreign("oil OR gas"), None);
/// ```
#[must_use]
pub fn foreign(query: &str) -> Option<(&str, &'static str)> {
    let is_short = query.split_whitespace().count() <= SHORT;
    let mut words = bare_words(query).peekable();
    // At the ends nothing is joined.
    let first = words.next();
    if let Some(found) = first.and_then(|first| if words.peek().is_some() { negated(first) } else { None }.or_else(|| glued(first))) {
        return Some(found);
    }
    while let Some(word) = words.next() {
        let is_between = words.peek().is_some();
        if is_between && is_nearness(word) {
            return Some((word, NEARNESS));
        }
        let found = match word {
            "|" | "||" if is_between => Some((word, "OR, in capitals")),
            "or" if is_between && is_short => Some((word, "OR, in capitals")),
            // `not w/5` is a sign of ours.
            "not" if words.peek().is_some_and(|next| ["w/", "W/", "pre/", "PRE/"].iter().any(|near| next.starts_with(near))) => None,
            "not" if is_between && is_short => Some((word, "NOT, in capitals")),
            _ => negated(word).or_else(|| glued(word)),
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// The sign that says NOT of `word` to other programs.
fn negated(word: &str) -> Option<(&str, &'static str)> {
    word.strip_prefix('!').filter(|behind| behind.starts_with(char::is_alphanumeric)).map(|_| ("!", "NOT or -"))
}

/// An operator that is written together with a word of a script without spaces.
fn glued(word: &str) -> Option<(&str, &'static str)> {
    const OPERATORS: [(&str, &str); 3] =
        [("AND", "AND with a space on either side"), ("OR", "OR with a space on either side"), ("NOT", "NOT with a space on either side")];
    let is_solo = |c: char| shape(c) == Shape::Solo;
    if quoted(word).next().is_some() {
        return None;
    }
    OPERATORS.into_iter().find(|(sign, _)| {
        word.match_indices(sign).any(|(at, _)| {
            let (before, behind) = (word.get(..at).unwrap_or_default(), word.get(at + sign.len()..).unwrap_or_default());
            let beside = [before.chars().next_back(), behind.chars().next()];
            beside.into_iter().flatten().any(is_solo) && beside.into_iter().flatten().all(is_solo)
        })
    })
}

/// The words of `query` that do not begin inside quotes.
pub(super) fn bare_words(query: &str) -> impl Iterator<Item = &str> {
    let mut quotations = quoted(query).peekable();
    query.split_whitespace().filter(move |word| {
        let at = word.as_ptr() as usize - query.as_ptr() as usize;
        while quotations.next_if(|quotation| quotation.end <= at).is_some() {}
        quotations.peek().is_none_or(|quotation| at <= quotation.start)
    })
}

/// Whether other programs read `word` as nearness, or it is nearly a sign of ours: `NEAR`, `ADJ3`, `within/5`, `/s`, `w5`, `w/ten`. A word such
/// as w/o is none, though it looks so.
fn is_nearness(word: &str) -> bool {
    if near(word).is_some() {
        return false;
    }
    let is_number = |reach: &str| !reach.is_empty() && reach.bytes().all(|byte| byte.is_ascii_digit());
    let lower = word.to_lowercase();
    let begins =
        |signs: &[&str], word: &str, fits: &dyn Fn(&str) -> bool| signs.iter().filter_map(|sign| word.strip_prefix(sign)).any(fits);
    begins(&["NEAR", "ADJ", "WITHIN"], word, &|reach| reach.is_empty() || is_number(reach))
        || begins(&["/", "near/", "adj/", "within/"], &lower, &|reach| matches!(reach, "s" | "p") || is_number(reach))
        || begins(&["w", "pre"], &lower, &is_number)
        || begins(&["w/", "pre/"], &lower, &|reach| !matches!(reach, "o" | "out" | "e"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn bare_words_begin_in_no_quotation(query in "[a\"“”„«» ]{0,24}") {
            let expected: Vec<&str> = query
                .split_whitespace()
                .filter(|word| {
                    let at = word.as_ptr() as usize - query.as_ptr() as usize;
                    !quoted(&query).any(|quotation| quotation.start < at && at < quotation.end)
                })
                .collect();
            prop_assert_eq!(bare_words(&query).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn nearness_of_other_programs_is_told() {
        for sign in [
            "NEAR", "NEAR3", "ADJ", "ADJ5", "within/5", "near/s", "/s", "/p", "/10", "w/x", "w/ten", "w/", "w/5a", "w5", "pre3", "pre/x",
            "PRE/X",
        ] {
            let query = format!("oil {sign} gas");
            assert_eq!(foreign(&query), Some((sign, NEARNESS)), "{query}");
        }
        for plain in [
            "oil w/5 gas",
            "oil W/S gas",
            "oil w/o gas",
            "oil near gas",
            "w/x gas",
            "oil w/x",
            "\"oil w/x gas\"",
            "oil and/or gas",
            "oil /gas/ coal",
            "„oil w/x gas“",
            "»oil w/x gas«",
            "oil pres coal",
        ] {
            assert_eq!(foreign(plain), None, "{plain}");
        }
    }

    #[test]
    fn signs_of_other_programs_are_told() {
        let sign = |query| foreign(query).map(|(sign, _)| sign);
        assert_eq!(sign("oil or gas"), Some("or"));
        assert_eq!(sign("oil not gas"), Some("not"));
        assert_eq!(sign("oil not w/5 gas"), None);
        assert_eq!(sign("oil || gas"), Some("||"));
        assert_eq!(sign("oil !gas"), Some("!"));
        assert_eq!(sign("!oil gas"), Some("!"));
        assert_eq!(sign("中国AND美国"), Some("AND"));
        assert_eq!(sign("中国 OR美国"), Some("OR"));
        assert_eq!(sign("oil not gas"), Some("not"));
        for plain in [
            "",
            "or",
            "oil or",
            "or oil",
            "oil gas!",
            "\"war and peace\" treaty",
            "“war and peace”",
            "oil AND gas",
            "oil !",
            "!oil",
            "中国ANDROID",
            "FOR美国",
            "\"中国AND美国\"",
            "R&D cuts",
            "to be or not to be",
            "oil and gas",
        ] {
            assert_eq!(sign(plain), None, "{plain}");
        }
    }
}
