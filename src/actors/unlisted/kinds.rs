//! Whether a name that a piece has is somebody's, and of what kind.

use std::ops::Range;

use foldhash::{HashMap, HashSet};

use super::evidence::{Evidence, OF_THINGS, Set};
use super::find::{Found, Names};
use super::view::{Decided, Gap, View};
use super::weights::{Class, judge};
use super::words::{Sense, is_place};
use crate::actors::matcher::CURRENCY;
use crate::actors::word_list::WordList;
use crate::actors::{Kind, Rule};

/// How sure a judgement must be.
const SURE: f32 = 0.5;

/// What kind of actor a name is, if it is one.
pub(super) fn kind_of(views: &[View<'_>], found: &Found) -> Option<Kind> {
    let place = found.places.first().and_then(|place| Some((views.get(place.part)?, &place.words)));
    let first = |is: fn(&View<'_>, &Range<usize>) -> bool| place.is_some_and(|(view, words)| is(view, words));
    if found.regional || first(ends_place) || first(tells_currency) || first(is_partisan) {
        return None;
    }
    let by_form =
        by_title(found.evidence).or_else(|| by_head(found.evidence)).or_else(|| by_sort(found.evidence)).or_else(|| by_article(found));
    let (class, sure) = by_form.or_else(|| Some(judge(found.evidence)).filter(|&(_, sure)| sure >= SURE))?;
    // One word for a faith or a people is nobody, whatever stands beside it; nor is a common word with which sentences begin.
    let one_word = !found.is_person_name() && !found.evidence.meets(TITLED);
    let common = class == Class::Org && found.evidence.has(Evidence::CommonAll) && found.evidence.has(Evidence::Opens);
    if one_word && (found.evidence.has(Evidence::CreedAll) || common) {
        return None;
    }
    if first(|view, words| view.is_genitive(words.start)) {
        return None;
    }
    let inner = place.and_then(|(view, words)| {
        let listed = || words.clone().filter_map(|at| view.listed(at));
        listed().find(|one| one.mention.rule == Rule::FullName).or_else(|| listed().next())
    });
    // A name with a listed one inside has to be plainly another.
    match (class, inner) {
        (Class::Other, _) => None,
        (Class::Person, _) if is_of_places(views, found) => None,
        (Class::Person, None) if first(begins_with_article) && !found.evidence.meets(TITLED) => Some(Kind::Org),
        (Class::Person, None) if first(are_letters) && !found.evidence.meets(OF_PEOPLE) => Some(Kind::Org),
        (Class::Person, None) if found.evidence.has(Evidence::And) && !found.evidence.meets(TITLED) => {
            // PG&E is one, R&D a thing.
            place.is_some_and(|(view, words)| words.clone().any(|at| view.word(at).chars().nth(1).is_some())).then_some(Kind::Org)
        }
        (Class::Person, None) => Some(Kind::Person),
        (Class::Org, None) => Some(Kind::Org),
        // "Zelbrook Venezuela" is there what Zelbrook is elsewhere.
        (Class::Person, Some(_)) if first(ends_in_state) && !found.evidence.meets(OF_ONE) => Some(Kind::Org),
        (Class::Person, Some(one)) => {
            let organ = one.mention.rule == Rule::Nearby;
            let plain =
                one.mention.kind == Kind::State || !organ && one.mention.rule != Rule::FullName || found.evidence.has(Evidence::Generation);
            (plain && found.is_person_name()).then_some(Kind::Person)
        }
        // "Obama White House": one who is listed, and the organisation behind.
        (Class::Org, Some(_)) if first(is_persons) => None,
        (Class::Org, Some(one)) => {
            let headed = [Evidence::HeadLast, Evidence::HeadFirst, Evidence::Company, Evidence::Acronymed]
                .iter()
                .any(|&head| found.evidence.has(head));
            (headed || (one.mention.kind == Kind::State || one.mention.rule == Rule::Nearby) && sure > 0.7).then_some(Kind::Org)
        }
    }
}

/// Whether words are a place and what somebody from there is: California Democrat, African Americans.
fn is_partisan(view: &View<'_>, words: &Range<usize>) -> bool {
    let last = words.end - 1;
    let from = words.start..last;
    let creed = |at: usize| view.senses(at).has(Sense::Creed) && view.listed(at).is_none();
    let place = || view.is_place(&from) || is_place(&view.key(&from)) || from.clone().all(|at| view.is_state(at));
    words.len() > 1 && creed(last) && (place() || view.folded(last) == "americans")
}

/// Whether letters tell whose money the sign behind them is: NT$, HK$.
fn tells_currency(view: &View<'_>, words: &Range<usize>) -> bool {
    words.len() == 1 && view.text_behind(words.end).starts_with(CURRENCY)
}

/// Whether words are the letters of two organisations, a hyphen between: FIOM-CGIL.
fn are_letters(view: &View<'_>, words: &Range<usize>) -> bool {
    let letters = |at: usize| view.is_acronym(at) && !view.senses(at).has(Sense::Given) && !view.senses(at).has(Sense::Family);
    let hyphens = words.clone().take(words.len() - 1).all(|at| view.behind(at).0 == Gap::Hyphen);
    words.len() > 1 && hyphens && words.clone().all(letters)
}

/// Whether words begin with an article with which no person's name does: Die Zeit, Los Zetas. With those that some do (Le Pen) nothing is told.
fn begins_with_article(view: &View<'_>, words: &Range<usize>) -> bool {
    let first = view.senses(words.start);
    let of_people = [Sense::Particle, Sense::Given, Sense::Family, Sense::FamilyFirst].iter().any(|&sense| first.has(sense));
    words.len() > 1 && first.has(Sense::ForeignOpener) && !of_people
}

/// Whether words end in the name of a state that people do not have, too, and begin with another: "Zelbrook Venezuela".
fn ends_in_state(view: &View<'_>, words: &Range<usize>) -> bool {
    let last = view.senses(words.end - 1);
    if last.has(Sense::Family) || last.has(Sense::Given) {
        return false;
    }
    let state = view.listed(words.end - 1).filter(|one| one.mention.kind == Kind::State && one.mention.rule != Rule::Demonym);
    state.is_some_and(|one| one.words.start > words.start && one.words.end == words.end)
}

/// Whether words are a listed person's name and, behind it, the full name of a listed organisation.
fn is_persons(view: &View<'_>, words: &Range<usize>) -> bool {
    let is = |at: usize, kind| view.listed(at).filter(|one| one.mention.kind == kind);
    let whole = |one: &&Decided| one.words.end == words.end && one.mention.rule == Rule::FullName;
    is(words.end - 1, Kind::Org)
        .filter(whole)
        .is_some_and(|org| is(words.start, Kind::Person).is_some_and(|one| one.words.end == org.words.start))
}

/// A title and behind it a name of two words or three that is formed as no organisation's or place's is: a person, whatever else is there.
fn by_title(mut evidence: Set) -> Option<(Class, f32)> {
    use Evidence as E;
    const WORDS: Set = Set::of(&[E::Words2, E::Words3]);
    const NAME: Set = Set::of(&[E::GivenFirst, E::CommonNone, E::FamilyFirst]);
    const OTHER: Set = Set::of(&[E::Acronym, E::Acronymed, E::CommonAll, E::CommonLast]);
    // "Sen. John Strange": what stands behind a given name is a name.
    if evidence.has(E::GivenFirst) && evidence.has(E::Words2) {
        evidence.remove(E::CommonLast);
    }
    let is_name = evidence.meets(WORDS) && evidence.meets(NAME) && !evidence.meets(OF_THINGS) && !evidence.meets(OTHER);
    (evidence.meets(TITLED) && is_name).then_some((Class::Person, 1.0))
}

/// What "and" was let into, with the head of an organisation's name before it or behind: whatever else such a name is made of is common words, which
/// speak against any. "Agency for Healthcare Research and Quality".
fn by_head(evidence: Set) -> Option<(Class, f32)> {
    use Evidence as E;
    const WORDS: Set = Set::of(&[E::Words3, E::Words4]);
    const HEADS: Set = Set::of(&[E::HeadFirst, E::HeadLast]);
    const OTHER: Set = Set::of(&[E::GivenFirst, E::GivenInside, E::Initial, E::HonorificBefore, E::TitleBefore, E::ThingLast]);
    let is_org = evidence.has(E::And) && evidence.meets(WORDS) && evidence.meets(HEADS) && !evidence.meets(OTHER);
    is_org.then_some((Class::Org, 1.0))
}

/// What organisations are stands beside the name, or an office of theirs: "the newspaper Dagens Nyheter", "Keller Postman, a law firm", "Zelbrook CEO
/// Jenny Example". A family name may begin what is said of the organisation: "the company Smith founded".
fn by_sort(evidence: Set) -> Option<(Class, f32)> {
    use Evidence as E;
    const OTHER: Set = Set::of(&[
        E::GivenFirst,
        E::GivenAlone,
        E::FamilyFirst,
        E::Initial,
        E::Generation,
        E::HonorificBefore,
        E::TitleBefore,
        E::RoleBefore,
        E::RoleComma,
        E::Apposition,
        E::Age,
        E::Who,
        E::Shortened,
        E::ShortTitled,
        E::CommonAll,
        E::CreedAll,
        E::KnownPlace,
        E::PlaceLast,
        E::ThingLast,
    ]);
    let founder = evidence.has(E::Words1) && evidence.has(E::FamilyLast);
    let told = evidence.has(E::SortBehind) || (evidence.has(E::SortBefore) || evidence.has(E::OfficeBehind)) && !founder;
    (told && !evidence.meets(OTHER)).then_some((Class::Org, 1.0))
}

/// "the", and the head of an organisation's name that goes on: "the Zelbrook College of Public Policy". What the name ends with is what the organisation
/// is for, not what it makes: "the Commission of Inquiry Report".
fn by_article(found: &Found) -> Option<(Class, f32)> {
    use Evidence as E;
    // Heads that tell of works, events and buildings, too.
    static OTHER: WordList = WordList::new(
        "archive campaign church circle conference exchange force forces house initiative league mission program programme project register \
         service services survey team trust unit wire workshop",
    );
    static SUBJECTS: WordList =
        WordList::new("administration arabic chinese christianity election elections english film islam law policy strategy");
    const AGAINST: Set = Set::of(&[E::HonorificBefore, E::TitleBefore, E::PlaceFirst, E::Digit]);
    let evidence = found.evidence;
    let small = [" of ", " for "].iter().filter_map(|small| found.key.find(small)).min()?;
    let (head, rest) = found.key.split_at_checked(small)?;
    let holds_last = |list: &WordList, words: &str| words.rsplit(' ').next().is_some_and(|last| list.holds(last));
    let goes_on = evidence.has(E::HeadFirst) && !holds_last(&OTHER, head);
    let subject = !evidence.has(E::ThingLast) || holds_last(&SUBJECTS, rest);
    (evidence.has(E::TheBefore) && goes_on && subject && !evidence.meets(AGAINST)).then_some((Class::Org, 1.0))
}

/// What tells of a person whose name ends as a state's does.
const OF_ONE: Set = Set::of(&[
    Evidence::GivenFirst,
    Evidence::GivenInside,
    Evidence::Initial,
    Evidence::HonorificBefore,
    Evidence::TitleBefore,
    Evidence::RoleBefore,
    Evidence::Age,
    Evidence::Who,
]);

/// A title stands before the name.
const TITLED: Set = Set::of(&[Evidence::HonorificBefore, Evidence::TitleBefore]);

/// Whether words end the name of a city of which the first word begins sentences, too: Los | Angeles.
fn ends_place(view: &View<'_>, words: &Range<usize>) -> bool {
    let before = words.start.checked_sub(1).filter(|&at| view.behind(at).0 == Gap::Space && view.is_name_word(at));
    before.is_some_and(|first| is_place(&view.key(&(first..words.end))))
}

/// Strikes the people under one word that stands in small letters in the piece as often: "Shipments fell … shipments". With a title that only
/// people have it may be both: "Mr. Price … the price".
pub(super) fn strike_words(views: &[View<'_>], names: &Names, judged: &mut [Option<Kind>]) {
    let mut small: HashMap<&str, usize> = HashMap::default();
    let doubtful = |found: &Found, kind: Option<Kind>| {
        kind == Some(Kind::Person) && !found.is_person_name() && !found.evidence.has(Evidence::HonorificBefore)
    };
    for (found, kind) in names.found.iter().zip(judged.iter()) {
        if doubtful(found, *kind) {
            small.insert(&found.key, 0);
        }
    }
    if small.is_empty() {
        return;
    }
    for view in views {
        for at in (0..view.len()).filter(|&at| view.word(at).starts_with(char::is_lowercase)) {
            // Names are written small in addresses and handles.
            let alone = at.checked_sub(1).is_none_or(|before| view.gap_text(before).ends_with([' ', '\n', '“', '"', '(']));
            if let Some(times) = small.get_mut(view.folded(at)).filter(|_| alone) {
                *times += 1;
            }
        }
    }
    for (found, kind) in names.found.iter().zip(judged.iter_mut()) {
        if doubtful(found, *kind) && small.get(&*found.key).is_some_and(|&times| times >= found.places.len()) {
            *kind = None;
        }
    }
}

/// Strikes the people whose first word is a word of the language, and the last the family name of somebody else whom the piece names with a given
/// name: "Team Warren", where Elizabeth Warren is named. They would be rivals for "Warren".
pub(super) fn strike_rivals(views: &[View<'_>], names: &Names, judged: &mut [Option<Kind>]) {
    // Of whom something is told that is told of people alone, the first word is a name: Rep. Summer Lee.
    const TOLD: Set = Set::of(&[Evidence::HonorificBefore, Evidence::TitleBefore, Evidence::RoleBefore, Evidence::Age]);
    let doubtful = |found: &Found| {
        let [first, _] = found.key.split(' ').collect::<Vec<_>>()[..] else { return false };
        let Some(place) = found.places.first() else { return false };
        let senses = views.get(place.part).map(|view| view.senses(place.words.start)).unwrap_or_default();
        let of_language = senses.has(Sense::Common) || senses.begins_sentences() || senses.has(Sense::Creed);
        first.len() > 1 && of_language && !senses.has(Sense::Given) && !found.evidence.meets(TOLD)
    };
    let last = |key: &str| key.rsplit(' ').next().map(ToOwned::to_owned);
    let mut bearers: HashSet<String> = HashSet::default();
    for (found, kind) in names.found.iter().zip(judged.iter()) {
        if *kind == Some(Kind::Person) && found.evidence.has(Evidence::GivenFirst) {
            bearers.extend(last(&found.key));
        }
    }
    for view in views {
        let people = view.decided.iter().filter(|one| one.mention.kind == Kind::Person && one.words.len() > 1);
        bearers.extend(people.map(|one| view.folded(one.words.end - 1).to_owned()));
    }
    for (found, kind) in names.found.iter().zip(judged.iter_mut()) {
        if *kind == Some(Kind::Person) && doubtful(found) && last(&found.key).is_some_and(|last| bearers.contains(&last)) {
            *kind = None;
        }
    }
}

/// Takes the one word of a company's name that stands alone for the company, and that of another organisation for nobody, where nothing tells of a
/// person: "Haverbrook Steel Holdings … Haverbrook", but "the Gisborne Council … in Gisborne". Whoever has a given name in the piece has a namesake.
pub(super) fn lend_words(names: &Names, judged: &mut [Option<Kind>]) {
    // Organisations say what they have to say, too.
    const TOLD: Set = Set::of(&[
        Evidence::HonorificBefore,
        Evidence::TitleBefore,
        Evidence::RoleBefore,
        Evidence::RoleComma,
        Evidence::Apposition,
        Evidence::Age,
        Evidence::GivenAlone,
    ]);
    const BUSINESS: [&str; 12] = [
        "group",
        "holdings",
        "holding",
        "industries",
        "partners",
        "ventures",
        "capital",
        "technologies",
        "technology",
        "systems",
        "motors",
        "pharmaceuticals",
    ];
    let mut of_orgs: HashMap<&str, bool> = HashMap::default();
    let mut of_people: HashSet<&str> = HashSet::default();
    for (found, kind) in names.found.iter().zip(judged.iter()).filter(|(found, _)| found.is_person_name()) {
        let words = || found.key.split(' ').filter(|word| word.len() > 3);
        match kind {
            Some(Kind::Org) => {
                let company = found.evidence.has(Evidence::Company) || words().any(|word| BUSINESS.contains(&word));
                words().for_each(|word| *of_orgs.entry(word).or_default() |= company);
            }
            Some(Kind::Person) => of_people.extend(words()),
            _ => {}
        }
    }
    for (found, kind) in names.found.iter().zip(judged.iter_mut()) {
        let alone = !found.is_person_name() && *kind == Some(Kind::Person) && !found.evidence.meets(TOLD);
        if alone && !of_people.contains(&*found.key) {
            match of_orgs.get(&*found.key) {
                Some(true) => *kind = Some(Kind::Org),
                Some(false) => *kind = None,
                None => {}
            }
        }
    }
}

/// Whether a name is a city's, or joins cities, or tells what is theirs: "Pekín y Moscú", "Straßen von Kiew".
fn is_of_places(views: &[View<'_>], found: &Found) -> bool {
    let evidence = found.evidence;
    let joins = Set::of(&[Evidence::And, Evidence::Link, Evidence::Particle]);
    let joined = || {
        let place = found.places.first()?;
        let view = views.get(place.part)?;
        let words = &place.words;
        let city = |at: usize| view.is_place(&(at..at + 1)) || view.is_state(at) || is_place(view.folded(at));
        let small = words.clone().find(|&at| !view.is_name_word(at))?;
        let pair = matches!(view.folded(small), "y" | "e" | "et" | "und" | "and") && city(words.start);
        Some((pair || view.folded(small) == "von") && city(words.end - 1))
    };
    let city = evidence.has(Evidence::KnownPlace) && found.is_person_name() && !evidence.has(Evidence::Shortened);
    (city || evidence.meets(joins) && joined() == Some(true)) && !evidence.meets(OF_PEOPLE)
}

/// What stands beside people alone: Diego Garcia is an island, until he says something.
const OF_PEOPLE: Set = Set::of(&[
    Evidence::HonorificBefore,
    Evidence::TitleBefore,
    Evidence::RoleBefore,
    Evidence::RoleComma,
    Evidence::SaidBehind,
    Evidence::SaidBefore,
    Evidence::AccordingTo,
    Evidence::ActsBehind,
    Evidence::Who,
    Evidence::Apposition,
    Evidence::Age,
    Evidence::ShortTitled,
]);

#[cfg(test)]
#[path = "kinds_tests.rs"]
mod tests;
