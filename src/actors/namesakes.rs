//! Names that stand where somebody or something else is meant: in a relative's name, in a river's, behind the name of another that has the same
//! letters. They are struck from the candidates before anything is decided.

use foldhash::{HashMap, HashSet};

use super::anchors::Place;
use super::choose::Part;
use super::context::{is_title, makes_place};
use super::initials::{has_initial, initialled, initials_before};
use super::key::edits;
use super::matcher::Candidate;
use super::provinces::{Told, is_part, told};
use super::unlisted::{Sense, is_acronym_of, is_arabic_given_name, is_cyrillic_given_name, is_place};
use super::word_list::WordList;
use super::written::{begins_sentence, is_capitalised, is_headline, only_space_between};
use super::{ActorId, Form, Kind, Name, Roster};
use crate::text::script::{Alphabet, alphabet, is_han};
use crate::text::{Language, Span};

/// Strikes them from the title and the text of a piece.
pub(super) fn strike(roster: &Roster, language: Language, parts: &mut [Part<'_>; 2]) {
    let acronyms = introduced(roster, parts);
    let namesakes = Namesakes { roster, language, acronyms, initialled: initialled(roster, parts), shared: told(parts) };
    let mut bearers: HashSet<&str> = HashSet::default();
    for part in parts {
        let mut struck: Vec<(usize, usize)> = Vec::new();
        for (at, candidate) in part.candidates.iter().enumerate() {
            let stays = |name: &Name| !namesakes.means_another(part, candidate, name, &bearers);
            struck.extend(candidate.names.iter().filter(|&&name| !roster.names().get(name).is_some_and(stays)).map(|&name| (at, name)));
            bearers.extend(namesakes.bearer(part, candidate));
        }
        for (at, name) in struck {
            if let Some(candidate) = part.candidates.get_mut(at) {
                candidate.names.retain(|&other| other != name);
            }
        }
    }
}

/// What tells in a piece that a name means another.
struct Namesakes<'r, 'p> {
    roster: &'r Roster,
    language: Language,
    /// Acronyms that the piece introduces for others than the roster does.
    acronyms: Vec<&'p str>,
    /// Family names that the piece gives to others than the roster does, by their initials.
    initialled: HashSet<&'p str>,
    /// Whether the piece is about a part of a state that has another's name.
    shared: Told,
}

impl Namesakes<'_, '_> {
    /// Whether another is meant by a name where it stands. `bearers` are the family names of the people who are named in full before it.
    fn means_another(&self, part: &Part<'_>, candidate: &Candidate, name: &Name, bearers: &HashSet<&str>) -> bool {
        let by_itself = matches!(name.form, Form::Full | Form::Short);
        let written = candidate.span.of(part.text);
        match self.kind(name.actor) {
            Some(Kind::Person) => by_itself && is_one_word(&name.text) && self.is_part_of_person(part, candidate, name.actor),
            Some(Kind::State) => {
                let person = || {
                    let last = is_one_word(&name.text) && may_be_family_name(part, candidate);
                    last && (is_addressed(part, candidate)
                        || behind_given_name(part, candidate)
                        || bearers.contains(written) && !is_at(part, candidate))
                };
                let of_another = || self.roster.actor(name.actor).is_some_and(|state| is_part(&state.id, self.shared, part, candidate));
                by_itself && (is_water(part, candidate) || person() || begins_person(part, candidate) || of_another())
            }
            // Mayor Bloomberg, Emma Bloomberg: somebody of the name of a company.
            Some(Kind::Org) if self.acronyms.contains(&written) => true,
            Some(Kind::Org) => by_itself && is_one_word(&name.text) && is_borne(part, candidate, bearers),
            None => false,
        }
    }

    fn kind(&self, actor: ActorId) -> Option<Kind> {
        self.roster.actor(actor).map(|actor| actor.kind)
    }

    /// The last word of a person's full name.
    fn bearer<'p>(&self, part: &Part<'p>, candidate: &Candidate) -> Option<&'p str> {
        let is_person = |name: &Name| name.form == Form::Full && self.kind(name.actor) == Some(Kind::Person);
        let named = |at: usize| self.roster.names().get(at).is_some_and(is_person);
        let listed = candidate.words.len() > 1 && candidate.names.iter().any(|&name| named(name));
        let full = listed || ends_name(part, candidate);
        full.then(|| part.word(candidate.words.end.checked_sub(1))).flatten().map(|(word, _)| word)
    }

    /// Whether a name of one word ends that of another person than `actor`: "Michelle **Obama**", Мишель **Обама**, 米歇尔·**奥巴马**.
    fn is_part_of_person(&self, part: &Part<'_>, candidate: &Candidate, actor: ActorId) -> bool {
        let span = candidate.span;
        let before = part.text_before(span);
        if let Some(given) = before.strip_suffix(['·', '・', '‧', '•', '．', '＝']) {
            // トランプ・プーチン: two who are named in one breath.
            let by_itself = |&at: &usize| self.roster.names().get(at).is_some_and(|name| matches!(name.form, Form::Full | Form::Short));
            let listed = |other: &Candidate| other.span.end == given.len() && other.names.iter().any(by_itself);
            return !candidate_before(part, candidate).is_some_and(listed) && given.ends_with(char::is_alphabetic);
        }
        if let Some(initials) = initials_before(part, candidate) {
            return !has_initial(self.roster, actor, initials);
        }
        if self.initialled.contains(span.of(part.text)) {
            return true;
        }
        let Some((word, at)) = part.before(candidate).filter(|&(word, at)| is_capitalised(word) && only_space_between(part.text, at, span))
        else {
            return false;
        };
        match alphabet(span.of(part.text)) {
            Alphabet::Latin => {}
            Alphabet::Cyrillic => return is_cyrillic_given_name(word),
            Alphabet::Arabic => return is_arabic_given_name(word),
            _ => return false,
        }
        if self.may_spell(actor, word) {
            return false;
        }
        let senses = part.senses_before(candidate);
        let any = |all: &[Sense]| all.iter().any(|&sense| senses.has(sense));
        if is_title(word) || any(&[Sense::Title, Sense::Honorific]) {
            return false;
        }
        if senses.has(Sense::Given) && !senses.has(Sense::Common) {
            return true;
        }
        let other_word =
            senses.begins_sentences() || any(&[Sense::Common, Sense::Role, Sense::Creed, Sense::Calendar, Sense::Head, Sense::Place]);
        let acronym = word.chars().filter(|c| c.is_uppercase()).count() > 1;
        let verb = begins_sentence(part.text, at.start) && (word.ends_with("ing") || word.ends_with("ed"));
        let listed = candidate_before(part, candidate).is_some_and(|other| other.words.end == candidate.words.start);
        // In other languages, and in headlines, anything has a capital.
        let telling = self.language == Language::ENGLISH && !is_headline(part.text, span.start);
        telling && !other_word && !acronym && !verb && !listed && !is_place(&word.to_lowercase())
    }

    /// Whether `given` may be a given name of `actor`, misspelt or shortened: Kier for Keir, Tony for Antony.
    fn may_spell(&self, actor: ActorId, given: &str) -> bool {
        const SHORTEST: usize = 4;
        let given = given.to_lowercase();
        let letters = |name: &str| {
            let mut letters: Vec<char> = name.chars().collect();
            letters.sort_unstable();
            letters
        };
        let alike = |own: &str| {
            let own = own.to_lowercase();
            let misspelt = edits(&own, &given, 1).is_some() || letters(&own) == letters(&given);
            own.ends_with(&given) || own.chars().next() == given.chars().next() && misspelt
        };
        let name = self.roster.actor(actor).map_or("", |actor| &actor.name);
        given.chars().count() >= SHORTEST && name.split(' ').any(alike)
    }
}

/// The names of one word of the best known that a piece gives to others: "Trump", where it names Melania Trump.
pub(super) fn others<'p>(roster: &Roster, parts: &[Part<'p>; 2]) -> HashSet<&'p str> {
    let owner = |candidate: &Candidate| {
        let mut names = candidate.names.iter().filter_map(|&name| roster.names().get(name));
        names.find(|name| name.form == Form::Lone).map(|name| name.actor)
    };
    let mut owners: HashMap<&str, ActorId> = HashMap::default();
    for part in parts {
        owners.extend(part.candidates.iter().filter_map(|candidate| Some((candidate.span.of(part.text), owner(candidate)?))));
    }
    let mut others: HashSet<&str> = HashSet::default();
    for part in parts.iter().filter(|_| !owners.is_empty()) {
        for candidate in &part.candidates {
            let Some((last, _)) = part.word(candidate.words.end.checked_sub(1)) else { continue };
            let Some(&owner) = owners.get(last) else { continue };
            let own = |at: &usize| roster.names().get(*at).is_some_and(|name| name.actor == owner);
            let given = || part.before(candidate).map_or("", |(word, _)| word);
            let is_own = || roster.actor(owner).is_some_and(|actor| actor.name.split(' ').any(|own| own == given()));
            let another =
                if candidate.words.len() > 1 { !candidate.names.iter().any(own) } else { behind_given_name(part, candidate) && !is_own() };
            if another {
                others.insert(last);
            }
        }
    }
    others
}

/// The places of people of whose names the roster has but the family name, by that: "Jeb **Bush**".
pub(super) fn strangers<'p>(roster: &Roster, parts: &[Part<'p>; 2]) -> HashMap<&'p str, Vec<Place>> {
    let is_surname = |&at: &usize| roster.names().get(at).is_some_and(|name| name.form == Form::Surname);
    let mut strangers: HashMap<&str, Vec<Place>> = HashMap::default();
    for (index, part) in parts.iter().enumerate() {
        // Bernard is Bernie.
        let alike = |candidate: &Candidate| {
            let given = part.before(candidate).map_or("", |(word, _)| word);
            let holders = candidate.names.iter().filter_map(|&at| roster.names().get(at)).filter_map(|name| roster.actor(name.actor));
            let begins = |name: &str| given.chars().zip(name.chars()).take_while(|(one, other)| one == other).count() > 2;
            holders.into_iter().any(|actor| begins(&actor.name))
        };
        for candidate in &part.candidates {
            if candidate.names.iter().any(is_surname) && ends_name(part, candidate) && !alike(candidate) {
                strangers.entry(candidate.span.of(part.text)).or_default().push((index, candidate.span.start));
            }
        }
    }
    strangers
}

/// The candidate that ends last before another.
fn candidate_before<'a>(part: &'a Part<'_>, candidate: &Candidate) -> Option<&'a Candidate> {
    let at = part.candidates.partition_point(|other| other.words.start < candidate.words.start);
    part.candidates.get(at.checked_sub(1)?)
}

fn is_one_word(name: &str) -> bool {
    !name.contains([' ', '-', '·', '・'])
}

/// Whether an organisation's name of one word is somebody's here: a title or a given name stands before it, or the piece named somebody so
/// before, and nothing beside it is of organisations.
fn is_borne(part: &Part<'_>, candidate: &Candidate, bearers: &HashSet<&str>) -> bool {
    let written = candidate.span.of(part.text);
    if alphabet(written) != Alphabet::Latin || candidate.words.len() != 1 || written.chars().filter(|c| c.is_uppercase()).count() > 1 {
        return false;
    }
    let goes_on = || {
        part.behind(candidate).is_some_and(|(word, at)| {
            let last = part.senses(candidate.words.end);
            is_capitalised(word) && only_space_between(part.text, candidate.span, at) && (last.has(Sense::Head) || last.has(Sense::Company))
        })
    };
    let titled = || {
        let office = part.before(candidate).is_some_and(|(word, at)| is_title(word) && only_space_between(part.text, at, candidate.span));
        office || is_addressed(part, candidate)
    };
    (titled() || behind_given_name(part, candidate) || bearers.contains(written)) && !goes_on()
}

/// Whether the one word of a candidate is used as a family name.
fn may_be_family_name(part: &Part<'_>, candidate: &Candidate) -> bool {
    candidate.words.len() == 1 && part.senses(candidate.words.start).has(Sense::Family)
}

/// Whether a title that only people have stands before a candidate: "Mr. Jordan", "Rep. Jordan".
fn is_addressed(part: &Part<'_>, candidate: &Candidate) -> bool {
    let Some((_, at)) = part.before(candidate) else { return false };
    let senses = part.senses_before(candidate);
    match Span::new(at.end, candidate.span.start).of(part.text) {
        ". " => senses.has(Sense::Title) || senses.has(Sense::Honorific),
        " " => senses.has(Sense::Honorific),
        _ => false,
    }
}

/// Whether a state is written as a given name is, and a family name stands behind: Герман Греф.
fn begins_person(part: &Part<'_>, candidate: &Candidate) -> bool {
    let family = |(word, at): (&str, Span)| is_capitalised(word) && only_space_between(part.text, candidate.span, at);
    let written = candidate.span.of(part.text);
    alphabet(written) == Alphabet::Cyrillic && is_cyrillic_given_name(written) && part.behind(candidate).is_some_and(family)
}

/// Whether a given name stands before a candidate, and is no city: "Jim Jordan".
fn behind_given_name(part: &Part<'_>, candidate: &Candidate) -> bool {
    let senses = part.senses_before(candidate);
    part.before(candidate).is_some_and(|(word, at)| {
        let given = senses.has(Sense::Given) && ![Sense::Common, Sense::Creed].iter().any(|&sense| senses.has(sense));
        given && is_capitalised(word) && !is_place(&word.to_lowercase()) && only_space_between(part.text, at, candidate.span)
    })
}

/// Whether the one word of a candidate ends the name of a person: "Jamie **Fox**".
pub(super) fn ends_name(part: &Part<'_>, candidate: &Candidate) -> bool {
    may_be_family_name(part, candidate) && behind_given_name(part, candidate)
}

/// Whether a preposition stands before a candidate that stands before places.
fn is_at(part: &Part<'_>, candidate: &Candidate) -> bool {
    part.before(candidate).is_some_and(|(word, _)| makes_place(word) || matches!(word, "from" | "From"))
}

/// Whether a state's name is in that of a river, a lake or the land around: "Jordan River", "Lake Chad", 约旦河.
fn is_water(part: &Part<'_>, candidate: &Candidate) -> bool {
    static LANDS: WordList = WordList::new("流域 河流域 三角洲 盆地 河谷 河西岸");
    let span = candidate.span;
    let behind = part.text_behind(span);
    if span.of(part.text).chars().all(is_han) {
        // 越南河内, 中国湖南: the dictionary has other words there.
        let end = candidate.words.end + 1;
        let ends_word = || {
            let words = part.analysed.han_words();
            words.get(words.partition_point(|word| word.first + word.len < end)).is_some_and(|word| word.first + word.len == end)
        };
        return LANDS.begins(behind) || behind.starts_with(['河', '湖']) && ends_word();
    }
    let beside = |word: Option<(&str, Span)>, words: &[&str]| {
        word.is_some_and(|(word, at)| {
            let (first, second) = if at.start < span.start { (at, span) } else { (span, at) };
            words.contains(&word) && only_space_between(part.text, first, second)
        })
    };
    beside(part.behind(candidate), &["River", "Rivers", "Lake", "Valley", "Delta", "Basin"])
        || beside(part.before(candidate), &["River", "Lake"])
}

/// Whether a half of a country that is named by the compass is meant: "the North", but not "the North Sea", "North Carolina". `None` where
/// something else is written.
pub(super) fn is_compass(part: &Part<'_>, candidate: &Candidate) -> Option<bool> {
    if !matches!(candidate.span.of(part.text), "North" | "South") {
        return None;
    }
    let the =
        part.before(candidate).is_some_and(|(word, at)| matches!(word, "the" | "The") && only_space_between(part.text, at, candidate.span));
    let goes_on =
        part.behind(candidate).is_some_and(|(word, at)| is_capitalised(word) && only_space_between(part.text, candidate.span, at));
    Some(the && !goes_on)
}

/// Whether "American" ends the name of a people of the United States, of whom one speaks and not of the state: "African Americans".
pub(super) fn is_half_of_people(part: &Part<'_>, candidate: &Candidate) -> bool {
    const OF_NO_STATE: [&str; 9] = ["african", "native", "asian", "arab", "hispanic", "latino", "jewish", "muslim", "black"];
    const OF_STATES: [&str; 9] = ["irish", "italian", "polish", "mexican", "cuban", "filipino", "haitian", "korean", "japanese"];
    let first = |(word, at): (&str, Span)| {
        let gap = Span::new(at.end, candidate.span.start).of(part.text);
        let word = &*word.to_lowercase();
        // "Korean-American talks" are of both states.
        let group = candidate.span.of(part.text) == "Americans" || gap == " ";
        matches!(gap, " " | "-") && (OF_NO_STATE.contains(&word) || group && OF_STATES.contains(&word))
    };
    matches!(candidate.span.of(part.text), "American" | "Americans") && part.before(candidate).is_some_and(first)
}

/// The acronyms that stand in brackets behind a name that is made of their letters, where the roster has them for others alone.
fn introduced<'p>(roster: &Roster, parts: &[Part<'p>; 2]) -> Vec<&'p str> {
    let mut acronyms = Vec::new();
    for part in parts {
        for candidate in part.candidates.iter().filter(|candidate| candidate.words.len() == 1) {
            let Some(name) = spelt_out(part, candidate) else { continue };
            let mut owners = candidate.names.iter().filter_map(|&at| roster.names().get(at)).map(|name| name.actor);
            if !owners.any(|actor| is_called(roster, actor, name)) {
                acronyms.push(candidate.span.of(part.text));
            }
        }
    }
    acronyms
}

/// The name right before the bracket in which an acronym stands, if its words have the letters.
fn spelt_out<'p>(part: &Part<'p>, candidate: &Candidate) -> Option<&'p str> {
    const LONGEST: usize = 12;
    let span = candidate.span;
    let written = span.of(part.text);
    let acronym = written.len() > 1 && written.bytes().all(|byte| byte.is_ascii_uppercase());
    if !acronym || !part.text_before(span).ends_with(" (") || !part.text_behind(span).starts_with(')') {
        return None;
    }
    let last = candidate.words.start.checked_sub(1)?;
    let (_, end) = part.word(Some(last))?;
    let mut next = span;
    for at in (last.saturating_sub(LONGEST)..=last).rev() {
        let (word, place) = part.word(Some(at))?;
        let gap = Span::new(place.end, next.start).of(part.text);
        let capital = is_capitalised(word);
        // "Multinational Security Support mission"
        let tail = at == last && part.senses(at).has(Sense::Head);
        if !(capital || tail || part.senses(at).has(Sense::Link)) || !(at == last || matches!(gap, " " | "-" | "'s " | "’s " | " & ")) {
            return None;
        }
        let name = Span::new(place.start, end.end).of(part.text);
        if capital && word.chars().next() == written.chars().next() && is_acronym_of(written, name) {
            return Some(name);
        }
        next = place;
    }
    None
}

/// Whether an actor is called by most words of `name`.
fn is_called(roster: &Roster, actor: ActorId, name: &str) -> bool {
    let Some(actor) = roster.actor(actor) else { return false };
    let words: Vec<&str> = name.split([' ', '-']).filter(|word| is_capitalised(word)).collect();
    roster.names_of(&actor.id).any(|known| {
        let shared = words.iter().filter(|&&word| known.text.split([' ', '-']).any(|other| other.eq_ignore_ascii_case(word))).count();
        2 * shared > words.len()
    })
}
