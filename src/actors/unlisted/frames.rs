//! What stands around a name as one phrase and tells whose it is: an office and who holds it, kin, what somebody is named.

use std::ops::Range;

use super::view::{Gap, View};
use super::words::Sense;
use crate::actors::Kind;
use crate::actors::word_list::WordList;

/// Whether an office that is held in organisations alone stands behind the name that ends at `last`, and behind that the full name of who holds it:
/// "Zelbrook CEO Jenny Example", "Zelbrook's managing director, Jenny Example". Films have directors, and states presidents.
pub(super) fn holds_office(view: &View<'_>, last: usize) -> bool {
    const RANKS: [&str; 8] = ["acting", "deputy", "former", "global", "group", "interim", "outgoing", "vice"];
    let (gap, mut at) = view.behind(last);
    if !matches!(gap, Gap::Space | Gap::Possessive) {
        return false;
    }
    while RANKS.contains(&view.folded(at)) && view.behind(at).0 == Gap::Space {
        at += 1;
    }
    let Some(mut end) = office(view, at) else { return false };
    // "founder and CEO"
    if view.behind(end).0 == Gap::Space && view.folded(end + 1) == "and" {
        let Some(second) = office(view, end + 2) else { return false };
        end = second;
    }
    let (gap, name) = view.behind(end);
    matches!(gap, Gap::Space | Gap::Comma) && is_full_name(view, name)
}

/// The last word of such an office that begins at `at`.
fn office(view: &View<'_>, at: usize) -> Option<usize> {
    static OFFICES: WordList = WordList::new("ceo cfo coo chair chairman chairperson chairwoman cofounder founder");
    const PAIRS: [(&str, &str); 6] = [
        ("chief", "executive"),
        ("co", "chair"),
        ("co", "founder"),
        ("executive", "chairman"),
        ("general", "manager"),
        ("managing", "director"),
    ];
    let pair = (view.folded(at), view.folded(at + 1));
    if PAIRS.contains(&pair) && matches!(view.behind(at).0, Gap::Space | Gap::Hyphen) {
        let officer = pair.0 == "chief" && view.folded(at + 2) == "officer" && view.behind(at + 1).0 == Gap::Space;
        return Some(at + if officer { 2 } else { 1 });
    }
    OFFICES.holds(pair.0).then_some(at)
}

/// Whether a listed person's name begins at `at`, or a given name or a title and another word of a name.
fn is_full_name(view: &View<'_>, at: usize) -> bool {
    let listed = view.listed(at).is_some_and(|one| one.mention.kind == Kind::Person && one.words.len() > 1);
    let (gap, next) = view.behind(at);
    let given = view.is_name_word(at) && (view.senses(at).has(Sense::Given) || view.senses(at).has(Sense::Title));
    listed || given && matches!(gap, Gap::Space | Gap::Hyphen | Gap::Point) && view.is_name_word(next)
}

/// Whether the words before a name tell of a person: "son of X", "a man named X", and where the name has more words than one, "identified as X".
pub(super) fn tells_of_person(view: &View<'_>, name: &Range<usize>) -> bool {
    const PEOPLE: [&str; 8] = ["baby", "boy", "girl", "man", "person", "teenager", "toddler", "woman"];
    let Some(at) = name.start.checked_sub(1) else { return false };
    let Some(before) = at.checked_sub(1).filter(|&before| view.behind(before).0 == Gap::Space && !view.is_name_word(before)) else {
        return false;
    };
    let word = view.folded(before);
    match view.folded(at) {
        "of" => is_kin(word),
        "as" => name.len() > 1 && word == "identified",
        "called" | "named" => PEOPLE.contains(&word) || view.senses(before).has(Sense::Role),
        _ => false,
    }
}

/// Whether a word names what one person is to another. Who is called the father of a thing is left out: "the father of Zelbrism".
fn is_kin(word: &str) -> bool {
    static KIN: WordList = WordList::new(
        "aunt brother brothers cousin daughter daughters granddaughter grandson husband nephew niece parents sister sisters son sons uncle widow \
         widower wife",
    );
    KIN.holds(word)
}

#[cfg(test)]
mod tests {
    use crate::actors::Kind;
    use crate::actors::tag::tests::{mentions, tag};

    #[test]
    fn an_office_and_who_holds_it_tell_of_an_organisation() {
        for text in [
            "Zelbo CEO Anna Smith denied it. Zelbo reported losses.",
            "Zelbo founder and chief executive Anna Smith denied it.",
            "They spoke to Zelbo's managing director, Anna Smith.",
        ] {
            let found = mentions(text);
            assert!(found.iter().any(|one| one.name == "Zelbo"), "{}", tag(text));
            assert!(found.iter().all(|one| one.name != "Zelbo" || one.kind == Kind::Org), "{}", tag(text));
        }
        // A film has a director, and people have lawyers.
        for text in ["Zelbo director Anna Smith denied it.", "Zelbo lawyer Anna Smith denied it."] {
            assert!(!mentions(text).iter().any(|one| one.name == "Zelbo" && one.kind == Kind::Org), "{}", tag(text));
        }
    }

    #[test]
    fn kin_and_what_one_is_named_tell_of_people() {
        for text in
            ["He was the son of Kajol Zelbrok.", "The victim was identified as Kajol Zelbrok.", "She met a man named Kajol Zelbrok."]
        {
            assert_eq!(tag(text), "Kajol Zelbrok=kajol-zelbrok:apposition", "{text}");
        }
        for text in ["He was a critic of Kajol Zelbrok.", "She met a company named Kajol Zelbrok."] {
            assert!(!tag(text).contains(":apposition"), "{text}: {}", tag(text));
        }
    }
}
