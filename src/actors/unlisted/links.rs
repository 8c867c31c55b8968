//! How a name goes on past words that are not written as those of names are, and past commas: "van der", "of the", "Agriculture, Forestry and".

use super::bodies::acronym_behind;
use super::chunks::is_inner_opener;
use super::view::{Gap, View};
use super::words::{Sense, Senses};

/// Past small words to the next word of the name: "van der", "of the". `next` is the small word behind `last`.
pub(super) fn small_words(view: &View<'_>, start: usize, last: usize, next: usize, linked: &mut bool) -> Option<usize> {
    if matches!(view.folded(next), "the" | "to" | "against" | "in") {
        return as_far_as_acronym(view, start, last, next);
    }
    let mut at = next;
    let mut particles = true;
    let mut words = 0;
    while words < 3 && !view.is_name_word(at) {
        let senses = view.senses(at);
        particles &= senses.has(Sense::Particle);
        let (gap, behind) = view.behind(at);
        if !(senses.has(Sense::Particle) || senses.has(Sense::Link)) || !matches!(gap, Gap::Space | Gap::Hyphen) || behind >= view.len() {
            return None;
        }
        at = behind;
        words += 1;
    }
    // "de La Rochebrune"
    let article = particles && view.senses(at).has(Sense::Particle);
    if !view.is_name_word(at) || is_inner_opener(view, at) && !article {
        return None;
    }
    let first = view.folded(next);
    // "Ione Belarra e Irene Montero": whole names that are joined.
    let whole = |at: usize| view.senses(at).has(Sense::Given) && view.behind(at).0 == Gap::Space && view.is_name_word(at + 1);
    if matches!(first, "e" | "y") && last > start && whole(at) {
        return None;
    }
    if particles && !view.senses(last).has(Sense::GoesOn) {
        return Some(at);
    }
    let takes = match first {
        "and" | "et" | "y" | "und" | "e" => (*linked || is_pair(view, start, last, at)) && !is_another(view, next, at),
        // "Minister of Finance" is an office, "President of Ghana" too.
        // One studies at a university on an island. "Centre for Research on Energy": what is done on something.
        "on" => match view.folded(last) {
            "university" | "college" | "school" | "bank" | "hospital" | "police" | "army" => false,
            "research" | "studies" | "study" | "dialogue" | "cooperation" | "action" | "information" | "education" if *linked => true,
            _ => view.senses(last).has(Sense::GoesOn),
        },
        _ => view.senses(last).has(Sense::GoesOn) || (*linked && matches!(first, "of" | "for" | "de" | "du" | "des" | "da" | "do")),
    };
    if takes && !view.senses(at).has(Sense::Calendar) {
        *linked = true;
        return Some(at);
    }
    None
}

/// Whether "and", the word at `and`, is followed by the article of another organisation: "Council on Foreign Relations and the | Brookings
/// Institution". What a ministry is for has an article too, but ends as no organisation does.
fn is_another(view: &View<'_>, and: usize, name: usize) -> bool {
    let article = name > and + 1 && view.folded(and + 1) == "the";
    let words = std::iter::successors(Some(name), |&at| Some(view.behind(at)).filter(|(gap, _)| *gap == Gap::Space).map(|(_, next)| next));
    article && words.take_while(|&at| view.is_name_word(at)).any(|at| view.senses(at).has(Sense::Head))
}

/// The last word of a name that goes on with "in" or "to" up to its acronym in brackets: "Front for Change and Concord in | Chad (FACT)". `next` is
/// the small word behind `last`.
fn as_far_as_acronym(view: &View<'_>, start: usize, last: usize, next: usize) -> Option<usize> {
    const LONGEST: usize = 6;
    let start = (start..=last).find(|&at| !view.is_opener(at))?;
    // What the roster has so far is the name.
    let goes_on = view.listed(last).is_none() && (start..last).any(|at| view.senses(at).has(Sense::GoesOn));
    if !goes_on {
        return None;
    }
    let mut at = next;
    for _ in 0..LONGEST {
        match view.behind(at) {
            (Gap::Bracket, _) => return acronym_behind(view, &(start..at + 1)).is_some().then_some(at),
            (Gap::Space | Gap::Hyphen, behind) if view.is_name_word(behind) || view.senses(behind).has(Sense::Link) => at = behind,
            _ => return None,
        }
    }
    None
}

/// Whether a comma stands inside a name: before the tail of a company's, "Greenfield Resources, Inc.", or in that of an organ that is for several
/// things, "Ministry of Agriculture, Forestry and Fisheries". What it is for is nobody's name, and "and" stands before the last.
pub(super) fn goes_on_behind_comma(view: &View<'_>, start: usize, next: usize) -> bool {
    if matches!(view.word(next), "Inc" | "Ltd" | "LLC" | "L.L.C" | "L.P" | "LLP" | "PLC") {
        return true;
    }
    let goes_on = |&at: &usize| view.senses(at).has(Sense::GoesOn) && matches!(view.folded(at + 1), "of" | "for" | "on");
    let Some(head) = (start..next).find(goes_on) else { return false };
    let organ = view.senses(head).has(Sense::Organ);
    let thing = |at: usize| {
        let senses = view.senses(at);
        view.is_name_word(at) && view.listed(at).is_none() && !senses.has(Sense::Given) && (organ || senses.has(Sense::Common))
    };
    let mut at = next;
    for _ in 0..9 {
        if !thing(at) {
            return false;
        }
        let (gap, behind) = view.behind(at);
        at = behind;
        match gap {
            Gap::Space if view.folded(at) == "and" => return thing(view.behind(at).1),
            Gap::Comma if view.folded(at) == "and" => at += 1,
            Gap::Space | Gap::Comma => {}
            _ => return false,
        }
    }
    false
}

/// "Food and Agriculture Organization", "National Science and Technology Forum": what "and" joins is one name if its second half ends as an
/// organisation does, and the first is a word or two that are no name by themselves.
fn is_pair(view: &View<'_>, start: usize, last: usize, next: usize) -> bool {
    // The committee of a chamber: "The House Ways and Means Committee".
    let start = (start..last).find(|&at| !view.is_opener(at)).unwrap_or(last);
    let chamber = last > start && matches!(view.folded(start), "house" | "senate");
    let from = start + usize::from(chamber);
    let fits = |senses: Senses| senses.has(Sense::Common) && (chamber || !senses.has(Sense::Head));
    let common = |at: usize| fits(view.senses(at)) && view.listed(at).is_none();
    if last - from > 1 || !(from..=last).all(common) || !chamber && view.begins_sentence(start) {
        return false;
    }
    let mut at = next;
    for _ in 0..3 {
        if at > next && view.senses(at).has(Sense::Head) {
            return true;
        }
        let (gap, behind) = view.behind(at);
        if gap != Gap::Space || behind >= view.len() || !view.is_name_word(behind) {
            return false;
        }
        at = behind;
    }
    false
}
