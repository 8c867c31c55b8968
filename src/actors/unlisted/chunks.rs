//! Runs of words that are written as a name is, cut down to the name.

use std::ops::Range;

use super::bodies::is_acronym_of;
use super::links::{goes_on_behind_comma, small_words};
use super::offices::{behind_office_of, behind_titles, is_degree, is_office};
use super::view::{Gap, View};
use super::words::Sense;
use crate::actors::Rule;

/// A run of words that may be a name.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    /// Its words.
    pub(super) words: Range<usize>,
    /// Whether a title stood before it, within the run: "President".
    pub(super) titled: bool,
}

/// The runs of `view`, in order.
pub(super) fn chunks(view: &View<'_>) -> Vec<Chunk> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < view.len() {
        if !view.is_name_word(at) {
            at += 1;
            continue;
        }
        let (mut end, mut is_cut) = run_end(view, at);
        if !is_cut && !is_half(view, at) {
            names(view, at..end, &mut out);
        }
        while is_cut {
            (end, is_cut) = run_end(view, end);
        }
        at = end;
    }
    out
}

/// Whether a run begins with what stands before a hyphen and is nobody: the party of who was named before it (D-Calif., R-Texas), or the first of
/// two peoples (Franco-Algerian).
fn is_half(view: &View<'_>, start: usize) -> bool {
    let (gap, next) = view.behind(start);
    gap == Gap::Hyphen && (matches!(view.word(start), "D" | "R" | "I") || view.is_demonym(next) && is_first_people(view.folded(start)))
}

/// Where the run that starts at `start` ends, and whether that is only because nobody's name is so long: what is written in capitals throughout is
/// none, and each of its words would be compared with each.
fn run_end(view: &View<'_>, start: usize) -> (usize, bool) {
    const LONGEST: usize = 64;
    let mut last = start;
    let mut linked = false;
    loop {
        let (gap, next) = view.behind(last);
        if next >= view.len() {
            return (last + 1, false);
        }
        let goes_on = match gap {
            Gap::Space | Gap::Point => {
                if view.is_name_word(next) {
                    if is_inner_opener(view, next) && !linked {
                        return (last + 1, false);
                    }
                    Some(next)
                } else if gap == Gap::Space {
                    small_words(view, start, last, next, &mut linked)
                } else {
                    None
                }
            }
            Gap::Hyphen => hyphened(view, start, last, next),
            Gap::Possessive => (owns_organisation(view, last) && view.is_name_word(next)).then_some(next),
            Gap::Ampersand => view.is_name_word(next).then_some(next),
            Gap::Comma => goes_on_behind_comma(view, start, next).then_some(next),
            Gap::Break => behind_nickname(view, start, last).or_else(|| behind_apostrophe(view, start, last)),
            Gap::Bracket => None,
        };
        match goes_on {
            Some(word) if word - start > LONGEST => return (word, true),
            Some(word) => last = word,
            None => return (last + 1, false),
        }
    }
}

/// The family name behind a nickname in quotation marks that follows a given name: Luis "Toto" | Caputo. `last` is the given name.
fn behind_nickname(view: &View<'_>, start: usize, last: usize) -> Option<usize> {
    let (nickname, family) = (last + 1, last + 2);
    let opens = matches!(view.gap_text(last), " \"" | " “" | " ‘" | " «" | " „");
    let closes = matches!(view.gap_text(nickname), "\" " | "” " | "’ " | "» " | "“ ");
    let given = last < start + 2 && view.senses(last).has(Sense::Given) && view.listed(last).is_none();
    (given && family < view.len() && opens && closes && view.is_name_word(nickname) && view.is_name_word(family)).then_some(family)
}

/// The second half of a name that is written with an apostrophe, where that is taken for an elision: Horta N'|Tam. No article is `N` or `M`.
fn behind_apostrophe(view: &View<'_>, start: usize, last: usize) -> Option<usize> {
    let half = last > start && matches!(view.word(last), "N" | "M") && matches!(view.gap_text(last), "'" | "’");
    (half && view.is_name_word(last + 1)).then_some(last + 1)
}

/// Whether a word is one that begins sentences, with a capital inside a run as in a headline.
pub(super) fn is_inner_opener(view: &View<'_>, at: usize) -> bool {
    let senses = view.senses(at);
    // Kim Jong Un: given names in East Asia look like anything.
    let eastern = at.checked_sub(2).is_some_and(|first| view.is_name_word(first) && view.senses(first).has(Sense::FamilyFirst));
    let word = !eastern && view.word(at).len() > 1 && !view.is_acronym(at);
    word && view.is_opener(at) && !senses.has(Sense::Given) && view.behind(at).0 != Gap::Hyphen
}

/// "Workers' Party", "People's Bank": owners that belong to the name.
fn owns_organisation(view: &View<'_>, at: usize) -> bool {
    const OWNERS: [&str; 26] = [
        "people",
        "peoples",
        "workers",
        "women",
        "men",
        "children",
        "teachers",
        "farmers",
        "students",
        "nurses",
        "lawyers",
        "journalists",
        "doctors",
        "veterans",
        "citizens",
        "writers",
        "employers",
        "consumers",
        "patients",
        "peasants",
        "youth",
        "mothers",
        "king",
        "queen",
        "prince",
        "world",
    ];
    OWNERS.contains(&view.folded(at))
}

/// The word behind a hyphen, if the name goes on there: "Al-Janabi", "Geun-hye"; but not "China-backed", "US-Russia", "Franco-German".
fn hyphened(view: &View<'_>, start: usize, last: usize, next: usize) -> Option<usize> {
    if view.is_name_word(next) {
        let peoples = view.is_state(next) && is_first_people(view.folded(last));
        return (!peoples && !are_two(view, last, next)).then_some(next);
    }
    let senses = view.senses(next);
    let small = view.word(next).chars().next().is_some_and(char::is_lowercase);
    let eastern = last > start && view.senses(last - 1).has(Sense::FamilyFirst);
    let given = view.word(next).len() > 1
        && (eastern || !senses.has(Sense::Common) && !senses.begins_sentences())
        && !view.is_state(last)
        && !is_backing(view.folded(next));
    (small && given).then_some(next)
}

/// Whether the words on both sides of a hyphen are names that the roster has, each by itself: "Israel-Hamas", "Seoul-Washington".
fn are_two(view: &View<'_>, last: usize, next: usize) -> bool {
    let known = |at: usize| view.listed(at).is_some() || view.is_place(&(at..at + 1));
    let one = || view.listed(last).is_some_and(|one| one.words.contains(&next));
    known(last) && known(next) && !one()
}

/// Whether a word names the first of two peoples.
fn is_first_people(word: &str) -> bool {
    const HALVES: [&str; 18] = [
        "afro", "anglo", "arabo", "austro", "euro", "franco", "germano", "graeco", "greco", "hispano", "ibero", "indo", "italo", "luso",
        "russo", "serbo", "sino", "turco",
    ];
    HALVES.contains(&word)
}

fn is_backing(word: &str) -> bool {
    [
        "backed",
        "led",
        "based",
        "born",
        "style",
        "era",
        "wide",
        "like",
        "aligned",
        "owned",
        "run",
        "funded",
        "affiliated",
        "sponsored",
        "held",
        "linked",
    ]
    .contains(&word)
}

/// The names in a run, without what stands before and behind them: words that begin sentences, demonyms, titles, days. Two where the first
/// is what the second holds an office in: "Tesla | CEO | Elon Musk".
fn names(view: &View<'_>, run: Range<usize>, out: &mut Vec<Chunk>) {
    let Range { mut start, mut end } = run;
    while end > start && (is_tail(view, end - 1) || end - start > 2 && view.senses(end - 1).has(Sense::Degree)) {
        end -= 1;
    }
    let mut titled = false;
    if let Some(name) = behind_office_of(view, start, end) {
        (start, titled) = (name, true);
    }
    while start < end {
        let senses = view.senses(start);
        let alone = start + 1 == end;
        let initial = view.behind(start).0 == Gap::Point && view.word(start).len() == 1;
        let opens = view.is_opener(start) && !initial && !view.is_acronym(start) && !opens_body(view, start, end);
        if opens || (senses.has(Sense::Calendar) && is_date(view, start, end)) {
            start += 1;
        } else if !alone && let Some((office, name)) = behind_titles(view, start, end) {
            if office > start && (!view.is_state(start) || is_body(view, start, office)) {
                out.push(Chunk { words: start..office, titled: false });
            }
            start = name;
            titled = true;
        } else if !alone && senses.has(Sense::Creed) && view.senses(start + 1).has(Sense::Given) && view.behind(start).0 == Gap::Space {
            start += 1;
        } else if !alone && view.is_demonym(start) && !keeps_demonym(view, start, end) {
            start = view.listed(start).map_or(start + 1, |one| one.words.end).max(start + 1);
        } else {
            break;
        }
    }
    let thing = start + 1 == end && view.is_acronym(start) && view.senses(start).has(Sense::Thing);
    if start < end && !thing && !is_party_to_case(view, start, end) && !is_degree(view, start, end) && !is_office(view, start, end, titled)
    {
        out.push(Chunk { words: start..end, titled });
    }
}

/// Whether a name stands in that of a lawsuit, which is nobody's: "Roe v. Wade".
fn is_party_to_case(view: &View<'_>, start: usize, end: usize) -> bool {
    let versus = |at: usize| matches!(view.word(at), "v" | "vs") && view.gap_text(at).starts_with(". ");
    versus(end) && view.gap_text(end - 1) == " " || start.checked_sub(1).is_some_and(|at| versus(at) && view.gap_text(at) == ". ")
}

/// Whether a word with which sentences begin is written large where none does, before the head of an organisation's name: "at All Souls College", "the
/// Tomorrow Group". Articles and small words begin none, nor what is told of those who hold an office.
fn opens_body(view: &View<'_>, start: usize, end: usize) -> bool {
    const OTHER: [&str; 14] =
        ["a", "acting", "an", "as", "but", "by", "ex", "former", "incoming", "interim", "late", "or", "outgoing", "with"];
    let senses = view.senses(start);
    let small = senses.has(Sense::Link) || senses.has(Sense::At) || OTHER.contains(&view.folded(start));
    let inside = start.checked_sub(1).is_some_and(|before| {
        view.behind(before).0 == Gap::Space && !view.is_name_word(before) && view.word(before).starts_with(char::is_lowercase)
    });
    let spaced = || (start..end - 1).all(|at| view.behind(at).0 == Gap::Space && view.is_name_word(at));
    end - start > 1 && inside && !small && view.senses(end - 1).has(Sense::Head) && spaced()
}

/// Whether what begins at a state and stands before an office is an organisation of its own: "Zelbria Football Association | President".
fn is_body(view: &View<'_>, start: usize, end: usize) -> bool {
    let last = view.senses(end - 1);
    let state = view.listed(start).map_or(start..start, |one| one.words.clone());
    state.end < end && last.has(Sense::GoesOn) && !last.has(Sense::Organ) && !view.is_demonym(start)
}

fn is_date(view: &View<'_>, start: usize, end: usize) -> bool {
    // April and August are given names too.
    start + 1 == end || !view.senses(start).has(Sense::Given)
}

fn is_tail(view: &View<'_>, at: usize) -> bool {
    let senses = view.senses(at);
    senses.has(Sense::Calendar) && !senses.has(Sense::Given) && !senses.has(Sense::Family)
}

/// Whether a demonym belongs to the name that follows: "South African Airways", but not "Iraqi Ministry of Finance", "Nigerian Wole Soyinka".
fn keeps_demonym(view: &View<'_>, start: usize, end: usize) -> bool {
    let one = view.listed(start);
    let next = one.map_or(start + 1, |one| one.words.end);
    if next >= end {
        return true;
    }
    // Australian Federal Police (AFP)
    let (gap, behind) = view.behind(end - 1);
    let letters_of = |from: usize| is_acronym_of(view.word(behind), view.span_of(&(from..end)).of(view.text));
    if gap == Gap::Bracket && view.is_acronym(behind) && letters_of(start) && !letters_of(next) {
        return true;
    }
    let heads = |at: usize| view.senses(at).has(Sense::Head);
    let organ = (next..end).any(|at| view.senses(at).has(Sense::Organ));
    let any_head = (next..end).any(heads);
    any_head && !organ && one.is_some_and(|one| one.mention.rule == Rule::Demonym)
}

#[cfg(test)]
mod tests {
    use crate::actors::tag::tests::tag;

    #[test]
    fn words_that_begin_sentences_begin_names_elsewhere() {
        assert_eq!(tag("She left the Tomorrow Group."), "Tomorrow Group=tomorrow-group:org-form");
        let tagged = tag("She said so. Tomorrow Zelbrook Group meets, and former Zelbrook Group members too.");
        assert!(!tagged.contains("Tomorrow") && !tagged.contains("former"), "{tagged}");
    }
}
