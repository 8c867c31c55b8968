//! Signs of the query language that look like words, or hang on them.

use super::lex::upright;
use super::syntax::{FURTHEST, MOST_PLACES};
use super::{How, Reach, Weight};

/// What is wrong with a sign, and what to do.
pub(super) type Fault = (&'static str, &'static str);

/// What `word` says of how two things stand to each other: `w/5`, `pre/3`, `w/s`, `w/p`.
pub(super) fn near(word: &str) -> Option<Result<How, Fault>> {
    let word = upright(word).to_lowercase();
    if word.strip_prefix("near/").is_some_and(|words| words.parse::<u32>().is_ok()) {
        return Some(Err(("nearness is written w/5 here", "write w/5 for five words, w/s for a sentence, w/p for a paragraph")));
    }
    let (ordered, reach) = match (word.strip_prefix("w/"), word.strip_prefix("pre/")) {
        (Some(reach), _) => (false, reach),
        (_, Some(reach)) => (true, reach),
        _ => return None,
    };
    let reach = match reach {
        "s" => Reach::Sentence,
        "p" => Reach::Paragraph,
        digits if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => match digits.parse() {
            Ok(0) => return Some(Err(("0 is not a distance", "the smallest is 1: side by side"))),
            Ok(words) if words <= FURTHEST => Reach::Words(words),
            _ => return Some(Err(("the distance is too large", "write at most w/10000, or w/p for a paragraph"))),
        },
        _ => return None,
    };
    Some(Ok(How { negated: false, ordered, reach }))
}

/// How often something is asked for: `atleast3`, right before a bracket.
pub(super) fn at_least(word: &str) -> Option<Result<u32, Fault>> {
    let word = upright(word).to_lowercase();
    let digits = word.strip_prefix("atleast").filter(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    Some(match digits.parse() {
        Ok(times) if (1..=MOST_PLACES).contains(&times) => Ok(times),
        _ => Err(("the count is out of range", "write atleast1(…) to atleast10000(…)")),
    })
}

/// The weight that `text` ends with, and what stands before it: `x^2`, `x^0.5`. A number may be none.
pub(super) fn weight(text: &str) -> Option<(&str, Result<Weight, Fault>)> {
    let (before, number) = text.rsplit_once(['^', '＾'])?;
    Some((before, parse_weight(&upright(number))?))
}

/// The weight that `number` is; `None` where it is no number at all.
fn parse_weight(number: &str) -> Option<Result<Weight, Fault>> {
    let unsigned = number.strip_prefix(['-', '+']).unwrap_or(number);
    let is_number = unsigned.contains(|c: char| c.is_ascii_digit()) && unsigned.chars().all(|c| c.is_ascii_digit() || c == '.');
    is_number.then(|| {
        hundredths(number).filter(|weight| (1..=10_000).contains(weight)).map(Weight).ok_or((
            "a weight is a number above 0 and up to 100, with at most two decimals",
            "oil^0.5 counts half as much; to leave out pieces that have a word, write NOT before it: NOT oil",
        ))
    })
}

/// A number of no more than three digits and two decimals, in hundredths.
fn hundredths(number: &str) -> Option<u16> {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    if whole.len() > 3 || part.len() > 2 {
        return None;
    }
    let part: u32 = format!("{part:0<2}").parse().ok()?;
    let whole: u32 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    u16::try_from(whole * 100 + part).ok()
}

/// How many letters a word may be off, if it says so, and what stands before that: `fuzz~`, `fuzz~2`.
pub(super) fn fuzzy(text: &str) -> Option<(&str, u32)> {
    let (before, number) = text.rsplit_once(['~', '～'])?;
    let number = upright(number);
    match number.as_str() {
        "" => Some((before, 1)),
        digits if digits.len() < 6 && digits.bytes().all(|byte| byte.is_ascii_digit()) => Some((before, digits.parse().ok()?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_told_from_words() {
        let shown = |word: &str| match near(word) {
            Some(Ok(how)) => how.to_string(),
            Some(Err((problem, _))) => problem.to_owned(),
            None => "-".to_owned(),
        };
        for (word, expected) in [
            ("w/5", "w/5"),
            ("W/s", "w/s"),
            ("pre/12", "pre/12"),
            ("ｗ／ｐ", "w/p"),
            ("w/", "-"),
            ("w/o", "-"),
            ("w/5a", "-"),
            ("w/0", "0 is not a distance"),
            ("w/99999999999", "the distance is too large"),
            ("NEAR/3", "nearness is written w/5 here"),
            ("near/by", "-"),
        ] {
            assert_eq!(shown(word), expected, "{word}");
        }
        for (text, expected) in [("oil^2.5", 250), ("oil^0.05", 5), ("oil^.5", 50), ("oil^100", 10_000), ("oil＾２", 200)] {
            assert_eq!(weight(text), Some(("oil", Ok(Weight(expected)))), "{text}");
        }
        for text in ["oil", "oil^", "oil^x", "oil^2nd", "oil^-", "oil^."] {
            assert_eq!(weight(text), None, "{text}");
        }
        for text in [
            "oil^0",
            "oil^0.001",
            "oil^-1",
            "oil^1000",
            "oil^656",
            "oil^700",
            "oil^999.99",
            "oil^100.01",
            "oil^1.234",
            "oil^1.2.3",
            "oil^99999999999",
        ] {
            assert!(weight(text).is_some_and(|(before, weight)| before == "oil" && weight.is_err()), "{text}");
        }
        assert_eq!((fuzzy("oil~"), fuzzy("oil~2"), fuzzy("oil~x"), fuzzy("oil")), (Some(("oil", 1)), Some(("oil", 2)), None, None));
        assert_eq!(
            (at_least("atleast3"), at_least("atleast"), at_least("atleast0").map(|times| times.is_err())),
            (Some(Ok(3)), None, Some(true))
        );
    }
}
