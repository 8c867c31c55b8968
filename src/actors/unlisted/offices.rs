//! What in a run of words that are written as a name is tells an office, a calling or an honour, and where the name stands beside it.

use super::view::{Gap, View};
use super::words::{Sense, is_place};
use crate::actors::word_list::WordList;

/// Where titles in a run begin, and the name behind them: "Foreign Minister | Wang Yi". `None` where no title stands there, or where it
/// belongs to the name of an organisation or place: "King Abdullah University".
pub(super) fn behind_titles(view: &View<'_>, start: usize, end: usize) -> Option<(usize, usize)> {
    let last = view.senses(end - 1);
    let tail = [Sense::Head, Sense::Place, Sense::Thing].iter().any(|&sense| last.has(sense)) && !last.has(Sense::Family);
    if tail || is_generation(view, end - 1) && end - start < 4 {
        return None;
    }
    let mut titles: Option<(usize, usize)> = None;
    for at in start..end {
        let senses = view.senses(at);
        if senses.has(Sense::Title) || senses.has(Sense::Role) {
            // "Major" and "King" are names too: behind a given name they are no titles, nor before what only tells a generation; and where one
            // is addressed as no more than that: "Dr. King".
            // A place is no given name: "North Carolina Sen. Jane Example".
            let given = at > start
                && view.senses(at - 1).has(Sense::Given)
                && !view.senses(at - 1).has(Sense::Common)
                && !(is_place(view.folded(at - 1)) || at - 1 > start && is_place(&view.key(&(at - 2..at))));
            let addressed = titles.is_some() && at + 1 == end && senses.has(Sense::Family) && view.senses(at - 1).has(Sense::Honorific);
            if given && view.listed(at - 1).is_none() || addressed || at > start && at + 2 == end && is_generation(view, at + 1) {
                break;
            }
            titles = Some((titles.map_or(at, |(first, _)| first), at + 1));
        } else if titles.is_some_and(|(_, name)| name < at + 1) && !senses.has(Sense::Common) && !view.is_acronym(at) {
            break;
        }
    }
    let (first, name) = titles.filter(|&(_, name)| name < end && view.behind(name - 1).0 != Gap::Hyphen)?;
    // "Prime", "Foreign", "Vice": words of the office before its noun.
    let body = end_of_body(view, start, first).unwrap_or(start);
    let mut office = first;
    while office > body && view.senses(office - 1).has(Sense::Common) && view.listed(office - 1).is_none() {
        office -= 1;
    }
    Some((office, name))
}

/// Where the name of an organisation ends in which an office is held, before the office at `office`: "Zelbrook Bank | Governor", "Zelbria Chamber of
/// Commerce | President". It has a word that is none of the language, which the words of offices are: "Foreign Office Minister".
fn end_of_body(view: &View<'_>, start: usize, office: usize) -> Option<usize> {
    // What one does for an organisation, or a part of it.
    static WORK: WordList =
        WordList::new("branch campaign chapter division house initiative mission program programme project service services team unit");
    let name = (start..office).find(|&at| view.is_name_word(at) && !view.senses(at).has(Sense::Common))?;
    let heads = |&at: &usize| view.senses(at).has(Sense::GoesOn) && view.is_name_word(at) && !WORK.holds(view.folded(at));
    let head = (name + 1..office).rev().find(heads)?;
    let linked = matches!(view.folded(head + 1), "of" | "for");
    let vice = || (head..office).find(|&at| matches!(view.folded(at), "vice" | "executive"));
    Some(if linked { vice().unwrap_or(office) } else { head + 1 })
}

/// The name behind the rest of an office that a small word parts from its noun: "Secretary of | State | Jane Example". The words of the office
/// are words of the language.
pub(super) fn behind_office_of(view: &View<'_>, start: usize, end: usize) -> Option<usize> {
    let of = start.checked_sub(1).filter(|&at| matches!(view.folded(at), "of" | "for") && view.behind(at).0 == Gap::Space)?;
    of.checked_sub(1).filter(|&at| view.senses(at).has(Sense::Role) && view.behind(at).0 == Gap::Space)?;
    let office = |at: &usize| {
        let senses = view.senses(*at);
        senses.has(Sense::Common) && !senses.has(Sense::Given) && view.listed(*at).is_none() && view.behind(*at).0 == Gap::Space
    };
    let name = (start..end).find(|at| !office(at))?;
    // Somebody's whole name: "Minister of State Security" is an office, and "Director of the Red Cross Society" has one.
    let last = view.senses(end - 1);
    let tail = [Sense::Head, Sense::Place, Sense::Thing].iter().any(|&sense| last.has(sense)) && !last.has(Sense::Family);
    let named = end - name > 1 && (view.senses(name).has(Sense::Given) || !tail);
    (name > start && named).then_some(name)
}

/// Whether a run names no more than an office, "Attorney General", or a number. Behind another title (`titled`) it may be a family's name, too:
/// "Dr. King".
pub(super) fn is_office(view: &View<'_>, start: usize, end: usize, titled: bool) -> bool {
    let office = |at: usize| {
        let senses = view.senses(at);
        (senses.has(Sense::Title) || senses.has(Sense::Role) || senses.has(Sense::Common)) && !senses.has(Sense::Given)
    };
    let last = view.senses(end - 1);
    let office_last = (last.has(Sense::Title) || last.has(Sense::Role)) && !(end - start > 1 && last.has(Sense::Family));
    // "Ministry of Justice"
    let goes_on = |at: usize| view.senses(at).has(Sense::GoesOn) && matches!(view.folded(at + 1), "of" | "for");
    let headed = (start..end - 1).any(goes_on);
    let roman = start + 1 == end && view.word(start).bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'));
    if titled && start + 1 == end && last.has(Sense::Family) {
        return false;
    }
    roman || view.word(start).chars().count() == 1 && start + 1 == end || (office_last && !headed && (start..end).all(office))
}

/// Whether a run is the letters of a degree or an honour behind a name and a comma: "Jenny Example, M.D.".
pub(super) fn is_degree(view: &View<'_>, start: usize, end: usize) -> bool {
    let behind_name = || start.checked_sub(1).is_some_and(|before| view.behind(before).0 == Gap::Comma && view.is_name_word(before));
    start + 1 == end && view.senses(start).has(Sense::Degree) && behind_name()
}

/// Whether a word only tells which of a family's generations is meant.
fn is_generation(view: &View<'_>, at: usize) -> bool {
    matches!(view.word(at), "Jr" | "Sr" | "II" | "III" | "IV")
}

#[cfg(test)]
mod tests {
    use crate::actors::tag::tests::tag;

    #[test]
    fn what_is_for_an_office_is_none() {
        let tagged = tag("The Ministry of Justice said so.");
        assert_eq!(tagged, "Ministry of Justice=ministry-of-justice:org-form");
        assert_eq!(tag("The Minister of Justice said so, and the Attorney General too."), "");
    }

    #[test]
    fn an_office_begins_behind_the_name_of_whom_it_is_held_in() {
        for (text, body) in [
            ("They met Zelbrook Bank Governor John Torvald.", "Zelbrook Bank=zelbrook-bank"),
            ("They met Zelbrin Chamber of Commerce President John Torvald.", "Zelbrin Chamber of Commerce=zelbrin-chamber-of-commerce"),
        ] {
            let tagged = tag(text);
            assert!(tagged.starts_with(body) && tagged.contains(" John Torvald=john-torvald"), "{tagged}");
        }
        for text in ["They met Energy Minister John Torvald.", "They met Finance Committee Chairman John Torvald."] {
            assert!(tag(text).starts_with("John Torvald="), "{}", tag(text));
        }
    }
}
