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
            Ok(0) => return Some(Err(("nothing is that near", "w/1 is side by side"))),
            Ok(words) if words <= FURTHEST => Reach::Words(words),
            _ => return Some(Err(("that far is no nearness", "write at the most w/10000, or w/p for a paragraph"))),
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
        _ => Err(("so often is nothing asked for", "write atleast1(…) to atleast10000(…)")),
    })
}

/// The weight that `text` ends with, and what stands before it: `x^2`, `x^0.5`.
pub(super) fn weight(text: &str) -> Option<(&str, Weight)> {
    let (before, number) = text.rsplit_once(['^', '＾'])?;
    Some((before, parse_weight(&upright(number))?))
}

fn parse_weight(number: &str) -> Option<Weight> {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || part.len() > 2 || number.ends_with('.') || !digits(whole) || !digits(part) {
        return None;
    }
    let part: u16 = format!("{part:0<2}").parse().ok()?;
    let weight = whole.parse::<u16>().ok()? * 100 + part;
    (1..=10_000).contains(&weight).then_some(Weight(weight))
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
            ("w/0", "nothing is that near"),
            ("w/99999999999", "that far is no nearness"),
            ("NEAR/3", "nearness is written w/5 here"),
            ("near/by", "-"),
        ] {
            assert_eq!(shown(word), expected, "{word}");
        }
        assert_eq!(weight("oil^2.5"), Some(("oil", Weight(250))));
        assert_eq!(weight("oil^0.05"), Some(("oil", Weight(5))));
        for text in ["oil", "oil^", "oil^0", "oil^1000", "oil^x", "oil^1.234", "oil^2.", "^.5"] {
            assert_eq!(weight(text), None, "{text}");
        }
        assert_eq!((fuzzy("oil~"), fuzzy("oil~2"), fuzzy("oil~x"), fuzzy("oil")), (Some(("oil", 1)), Some(("oil", 2)), None, None));
        assert_eq!(
            (at_least("atleast3"), at_least("atleast"), at_least("atleast0").map(|times| times.is_err())),
            (Some(Ok(3)), None, Some(true))
        );
    }
}
