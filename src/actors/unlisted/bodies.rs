//! The short forms of organisations that a piece names in full: the letters of a name, which stand in brackets behind it or do not (Republican National
//! Committee … the RNC), and the word of it that says what it is (The Washington Post … the Post).

use std::ops::Range;

use foldhash::HashMap;

use super::evidence::Evidence;
use super::find::{Found, Names};
use super::spread::MOST_SHARING;
use super::view::{Decided, Gap, View};
use super::words::{Sense, initials, is_place};
use crate::actors::{Kind, Rule};

/// An organisation of the piece.
pub(super) struct Body {
    /// Its folded words, a space between, …
    key: String,
    /// … and as it is written.
    name: String,
    /// Its number among the full forms.
    full: usize,
}

impl Body {
    /// The organisation that is `full` among the full forms.
    pub(super) fn new(key: String, name: String, full: usize) -> Self {
        Self { key, name, full }
    }
}

/// The organisations that the roster has found under names of several words, each place of them.
pub(super) fn listed<'v>(view: &'v View<'_>) -> impl Iterator<Item = &'v Decided> {
    view.decided.iter().filter(|one| one.mention.kind == Kind::Org && one.mention.rule == Rule::FullName && one.words.len() > 1)
}

/// The names of one word that are short forms, each with whom it may stand for.
pub(super) fn shortened<'n>(names: &'n Names, bodies: &[Body]) -> Vec<(&'n str, Vec<usize>)> {
    let (mut by_letters, mut by_word) = (HashMap::<String, Vec<usize>>::default(), HashMap::<&str, Vec<usize>>::default());
    // What more than a few share stands for none of them.
    let add = |list: &mut Vec<usize>, full: usize| {
        if list.len() <= MOST_SHARING && !list.contains(&full) {
            list.push(full);
        }
    };
    for body in bodies {
        for letters in letters_of(&body.name) {
            add(by_letters.entry(letters).or_default(), body.full);
        }
        if let Some(word) = telling_word(&body.key) {
            add(by_word.entry(word).or_default(), body.full);
        }
    }
    let fits = |found: &Found| {
        let key = found.key.as_str();
        if found.evidence.has(Evidence::Acronym) {
            // Letters of several are nobody's.
            return by_letters.get(key).filter(|fulls| fulls.len() == 1);
        }
        let is_word = [Evidence::Words1, Evidence::HeadLast, Evidence::TheBefore].iter().all(|&evidence| found.evidence.has(evidence));
        is_word.then(|| by_word.get(key).filter(|fulls| fulls.len() <= MOST_SHARING)).flatten()
    };
    names.found.iter().filter_map(|found| Some((found.key.as_str(), fits(found)?.clone()))).collect()
}

/// What a name is shortened to, folded: its initials with those of small words and without.
fn letters_of(name: &str) -> Vec<String> {
    const FEWEST: usize = 3;
    let mut letters = vec![initials(name), capitals(name)];
    letters.dedup();
    letters.retain(|letters| letters.chars().count() >= FEWEST);
    letters
}

/// The word of a name that says what it is: the last, or the first where a small word stands behind it. "The House" is that of Congress, whichever
/// other the piece names in full, and any body calls itself an organisation.
fn telling_word(key: &str) -> Option<&str> {
    const OF_ALL: [&str; 7] = ["assembly", "conference", "congress", "house", "organisation", "organization", "senate"];
    let first = key.split_once(' ').filter(|(_, rest)| ["of ", "for ", "on "].iter().any(|small| rest.starts_with(small)));
    first.map(|(first, _)| first).or_else(|| key.rsplit(' ').next()).filter(|word| !OF_ALL.contains(word))
}

/// The word in brackets behind a name that is its acronym: made of it, or of what the name is in its own language, "Front for Change and Concord
/// in Chad (FACT)". That begins alike, and has one letter that is not to be found in the name, at the most.
pub(super) fn acronym_behind(view: &View<'_>, words: &Range<usize>) -> Option<usize> {
    const FEWEST: usize = 4;
    let (gap, next) = view.behind(words.end.checked_sub(1)?);
    if gap != Gap::Bracket || !view.is_acronym(next) {
        return None;
    }
    let (acronym, name) = (view.folded(next), view.span_of(words).of(view.text));
    let translated = || {
        let linked = view.senses(words.start).has(Sense::GoesOn) && view.senses(words.start + 1).has(Sense::Link);
        let mut initials = initials(name).chars().collect::<Vec<_>>().into_iter();
        let met = acronym.chars().filter(|&c| {
            let mut ahead = initials.clone();
            let meets = ahead.any(|initial| initial == c);
            if meets {
                initials = ahead;
            }
            meets
        });
        let letters = acronym.chars().count();
        linked && letters >= FEWEST && name.to_lowercase().chars().next() == acronym.chars().next() && met.count() + 1 >= letters
    };
    (is_acronym_of(view.word(next), name) || translated()).then_some(next)
}

/// The letters that stand alone in brackets right behind a name that the roster has, in whatever language they are made of it: "the National
/// Rally (RN)", "Law and Justice party (`PiS`)". Two letters have to stand in the name as initials.
pub(super) fn letters_behind(view: &View<'_>, words: &Range<usize>) -> Option<usize> {
    let (gap, next) = view.behind(words.end.checked_sub(1)?);
    let word = view.word(next);
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let letters = word.chars().count();
    let made = (2..=6).contains(&letters) && capitals > 1 && word.chars().all(char::is_alphabetic);
    if gap != Gap::Bracket || !made || view.listed(next).is_some() || !view.text_behind(next + 1).starts_with(')') {
        return None;
    }
    let initials = initials(view.span_of(words).of(view.text));
    (letters > 2 || view.folded(next).chars().all(|c| initials.contains(c))).then_some(next)
}

/// The word that stands alone in brackets right behind a name and is made of the beginnings of its words, and no other word: "Zelbrook Friends
/// University College (Zefuco)", "Committee on Foreign Investment in the United States (Cfius)".
pub(super) fn word_behind(view: &View<'_>, words: &Range<usize>) -> Option<usize> {
    // No short form is made of more words, and no more are compared.
    const MOST: usize = 12;
    const OTHER: [Sense; 4] = [Sense::Common, Sense::Calendar, Sense::Given, Sense::Family];
    let (gap, next) = view.behind(words.end.checked_sub(1)?);
    let (word, folded) = (view.word(next), view.folded(next));
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let letters = word.chars().count();
    let made =
        (3..=10).contains(&letters) && word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic) && capitals < letters;
    if gap != Gap::Bracket || !made || view.listed(next).is_some() || !view.text_behind(next + 1).starts_with(')') {
        return None;
    }
    let other = capitals < 2 && OTHER.iter().any(|&sense| view.senses(next).has(sense)) || is_place(folded);
    let parts: Vec<&str> = words.clone().take(MOST).map(|at| view.folded(at)).collect();
    let first = parts.first()?;
    let short = !first.starts_with(folded) && first.chars().next() == folded.chars().next() && is_of_beginnings(folded, &parts);
    (!other && short).then_some(next)
}

/// Whether letters are beginnings of some of `words`, in order.
fn is_of_beginnings(letters: &str, words: &[&str]) -> bool {
    let letters: Vec<char> = letters.chars().collect();
    // How many letters may be of the words so far.
    let mut reached = vec![false; letters.len() + 1];
    reached.iter_mut().take(1).for_each(|none| *none = true);
    for word in words {
        // From the end, so that no word is taken twice.
        for start in (0..letters.len()).rev().filter(|&start| reached.get(start) == Some(&true)).collect::<Vec<_>>() {
            let shared = letters.iter().skip(start).zip(word.chars()).take_while(|(letter, other)| **letter == *other).count();
            reached.iter_mut().skip(start + 1).take(shared).for_each(|reached| *reached = true);
        }
    }
    reached.last() == Some(&true)
}

/// Whether an acronym is made of a name: its letters are the initials of the words with capitals, small words passed over or not.
pub(in crate::actors) fn is_acronym_of(acronym: &str, name: &str) -> bool {
    let letters: String = acronym.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    if letters.chars().count() < 2 {
        return false;
    }
    let all = initials(name);
    let capitals = capitals(name);
    let in_order = |initials: &str| {
        let mut rest = letters.chars().peekable();
        initials.chars().for_each(|c| {
            rest.next_if_eq(&c);
        });
        rest.peek().is_none()
    };
    all.starts_with(&letters) || capitals == letters || (letters.len() > 2 && in_order(&all)) || (letters.len() > 1 && in_order(&capitals))
}

/// The first letters of the words of a name that begin with a capital, small.
fn capitals(name: &str) -> String {
    let firsts = name.split([' ', '-', '\u{A0}']).filter_map(|word| word.chars().next());
    firsts.filter(|c| c.is_uppercase()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use crate::actors::tag::tests::tag;

    #[test]
    fn letters_stand_for_the_one_organisation_that_they_are_made_of() {
        let tagged = tag("The Zelbrook Reserve Bank met. Investors watched the ZRB, said Helen Torvald.");
        assert!(tagged.contains("ZRB=zelbrook-reserve-bank:acronym"), "{tagged}");
        let tagged = tag("Lawyers wrote to the Republican National Committee. The RNC said nothing.");
        assert!(tagged.ends_with("RNC=republican-party-us:acronym"), "{tagged}");
        // Two letters tell too little, and those of two are nobody's.
        let tagged = tag("The Zelbrook Bank met. A ZB was seen, and the ZB said so.");
        assert!(!tagged.contains("ZB=zelbrook-bank"), "{tagged}");
        let tagged = tag("The Zelbrook Reserve Bank met the Zelbrook Rescue Brigade. The ZRB said so.");
        assert!(!tagged.contains("ZRB=zelbrook"), "{tagged}");
    }

    #[test]
    fn beginnings_of_words_in_brackets_stand_for_the_organisation() {
        let tagged = tag("The Zelbrook Friends University College (Zefuco) opened. Parents say that Zefuco is good.");
        assert_eq!(tagged.matches("Zefuco=zelbrook-friends-university-college:").count(), 2, "{tagged}");
        // A city is none, nor is what is made of no words of the name.
        for word in ["Zurich", "Zokuda"] {
            let tagged = tag(&format!("The Zelbrook Unified Rich College ({word}) opened."));
            assert!(!tagged.contains(&format!("{word}=zelbrook")), "{tagged}");
        }
    }

    #[test]
    fn the_word_that_says_what_an_organisation_is_stands_for_it() {
        for (text, mention) in [
            ("The Washington Post reported it. The Post said more.", "Post=washington-post:short-name"),
            ("The Bank of England met. They respect the Bank's independence.", "Bank=bank-of-england:short-name"),
            ("The Zelbrook Commission met. Critics say the Commission was biased.", "Commission=zelbrook-commission:short-name"),
        ] {
            assert!(tag(text).ends_with(&format!(" {mention}")), "{}", tag(text));
        }
        let tagged = tag("The Alabama House voted. They took back the House.");
        assert_eq!(tagged.matches("=alabama-house").count(), 1, "{tagged}");
    }
}
