//! The state that a piece is about, to which organs and parties belong that it names by a name that those of many states have: "Congress", "the
//! Supreme Court", "Labour".

use std::cell::OnceCell;

use foldhash::{HashMap, HashSet};

use super::choose::{Part, Piece};
use super::matcher::Candidate;
use super::unlisted::{Sense, is_place};
use super::word_list::WordList;
use super::written::{begins_sentence, is_capitalised, is_headline, only_space_between};
use super::{ActorId, Form, Kind};
use crate::text::{Language, Span};

/// The tags of what acts for a state, so that who names it speaks of the state.
const ACTING: [&str; 11] =
    ["ministry", "bank", "legislature", "military", "court", "police", "organ", "party", "agency", "intelligence", "government"];

/// How often a piece has to name a state, its people or its organs to be about it.
const FEWEST: u32 = 3;
/// How many states at least have an organ of a name, if the roster has that name for all that do.
const COMMON: usize = 6;

/// How often a piece speaks of each state and union of states.
#[derive(Debug, Default)]
pub(super) struct Tally<'p> {
    counts: HashMap<&'p str, Count<'p>>,
    /// The names of organs that the piece gives to parts of states: "Senate", where it names the Ohio Senate.
    of_parts: HashSet<&'p str>,
    /// Whether the piece speaks of the legislature of a part of a state.
    statehouse: bool,
}

#[derive(Clone, Copy, Debug)]
struct Count<'p> {
    times: u32,
    /// Those times that people, parties and organs are named.
    people: u32,
    /// What is written where it is spoken of first.
    written: &'p str,
}

/// The tally of a piece, made when it is first asked for.
pub(super) type Tallied<'p> = OnceCell<Tally<'p>>;

/// An organ or a party, and the state or union whose it is.
pub(super) struct Holder<'p> {
    pub(super) actor: ActorId,
    pub(super) home: &'p str,
    pub(super) is_party: bool,
}

impl<'p> Piece<'p> {
    /// The one of `holders`, who share the name of a candidate, whose state the piece is plainly about.
    pub(super) fn leading(&self, part: &Part<'p>, candidate: &Candidate, holders: &[Holder<'p>]) -> Option<(ActorId, &'p str)> {
        let tally = self.tally.get_or_init(|| self.count());
        let times = |home: &str| tally.counts.get(home).map_or(0, |count| count.times);
        let first = holders.iter().max_by_key(|holder| times(holder.home))?;
        let count = tally.counts.get(first.home).filter(|count| count.times >= FEWEST)?;
        let rivals = |holder: &&Holder<'_>| holder.actor != first.actor;
        if holders.iter().filter(rivals).any(|holder| count.times < 2 * times(holder.home)) {
            return None;
        }
        // Who has something of this name that the roster does not know may be meant as well.
        let elsewhere =
            tally.counts.iter().filter(|(home, _)| **home != first.home).map(|(_, count)| count.times).max().unwrap_or_default();
        let known = !first.is_party && holders.iter().filter(|holder| !holder.is_party).count() >= COMMON;
        let written = candidate.span.of(part.text);
        let plain = match (known, written.is_ascii()) {
            (true, true) => 2 * count.times >= elsewhere,
            (true, false) => count.times >= elsewhere,
            (false, _) => count.times >= 2 * elsewhere,
        };
        // Of a party's state the piece has to name somebody.
        let letters = !first.is_party && written.chars().all(|c| c.is_ascii_uppercase());
        if !plain || letters || first.is_party && count.people == 0 || written.is_ascii() && self.language != Language::ENGLISH {
            return None;
        }
        let blocked = tally.statehouse && written != "Congress";
        (!blocked).then_some((first.actor, count.written))
    }

    /// Whether the piece gives the name of a candidate to an organ of a part of a state.
    pub(super) fn is_shared_with_part(&self, part: &Part<'p>, candidate: &Candidate) -> bool {
        self.tally.get_or_init(|| self.count()).of_parts.contains(candidate.span.of(part.text))
    }

    /// Whether the piece speaks of the state of `actor`, one of `organs`, as often as of any other.
    pub(super) fn is_spoken_of(&self, organs: &[(ActorId, &str)], actor: ActorId) -> bool {
        let tally = self.tally.get_or_init(|| self.count());
        let home = organs.iter().find(|(other, _)| *other == actor).map(|&(_, home)| home);
        let times = home.and_then(|home| tally.counts.get(home)).map_or(0, |count| count.times);
        tally.counts.values().all(|count| count.times <= times)
    }

    /// The union of states that is meant by the capital of the one of `actors`, where that acts as governments do: Brussels is the European Union,
    /// unless the piece speaks of Belgium and less of the union.
    pub(super) fn union_of_capital(&self, actors: &[ActorId]) -> Option<ActorId> {
        const SEAT: (&str, &str) = ("belgium", "european-union");
        let [actor] = *actors else { return None };
        self.roster.actor(actor).filter(|state| state.id == SEAT.0)?;
        let tally = self.tally.get_or_init(|| self.count());
        let times = |id: &str| tally.counts.get(id).map_or(0, |count| count.times);
        (times(SEAT.0) <= times(SEAT.1)).then(|| self.roster.place(SEAT.1)).flatten().map(|(union, _)| union)
    }

    fn count(&self) -> Tally<'p> {
        let mut tally = Tally::default();
        for (actor, written) in self.named() {
            let Some(actor) = self.roster.actor(actor) else { continue };
            let acts = actor.kind == Kind::Person || actor.tags.iter().any(|tag| ACTING.contains(&&**tag));
            if actor.kind == Kind::State || actor.tags.iter().any(|tag| tag == "igo") {
                tally.add(&actor.id, written, false);
            }
            if actor.kind != Kind::State && acts {
                actor.of.iter().for_each(|home| tally.add(home, written, true));
            }
        }
        for part in &self.parts {
            for candidate in &part.candidates {
                let written = candidate.span.of(part.text);
                let has = |form| candidate.names.iter().any(|&name| self.roster.names().get(name).is_some_and(|name| name.form == form));
                for form in [Form::Demonym, Form::Seat] {
                    if has(form)
                        && let [one] = self.actors(part, candidate, form)[..]
                        && let Some(actor) = self.roster.actor(one)
                    {
                        tally.add(&actor.id, written, false);
                    }
                }
                if has(Form::Short) && is_of_part(part, candidate) {
                    tally.of_parts.insert(written);
                }
            }
            tally.statehouse |= speaks_of_statehouse(part);
        }
        // "我国": what an agency of one's own state reports need not name it.
        if self.language == Language::CHINESE {
            for (home, written) in self.signed() {
                (0..FEWEST).for_each(|_| tally.add(home, written, false));
            }
        }
        tally
    }
}

impl<'p> Tally<'p> {
    fn add(&mut self, home: &'p str, written: &'p str, people: bool) {
        let count = self.counts.entry(home).or_insert(Count { times: 0, people: 0, written });
        count.times += 1;
        count.people += u32::from(people);
    }
}

/// Whether a part of a state has the organ that a candidate names: "Ohio Senate", "state Supreme Court".
fn is_of_part(part: &Part<'_>, candidate: &Candidate) -> bool {
    // A seat of the Senate, in Georgia, is one of the whole state's.
    static ELECTED: WordList = WordList::new(
        "race races seat seats candidate candidates campaign campaigns contest contests primary primaries runoff runoffs bid election elections \
        hopeful hopefuls nominee nominees Republican Republicans Democrat Democrats",
    );
    if part.behind(candidate).is_some_and(|(word, at)| only_space_between(part.text, candidate.span, at) && ELECTED.holds(word)) {
        return false;
    }
    let before = part.before(candidate).is_some_and(|(word, at)| {
        let gap = Span::new(at.end, candidate.span.start).of(part.text);
        matches!(gap, " " | "'s " | "’s " | "' " | "’ ")
            && (matches!(word, "state" | "State" | "state's") || is_region(part, candidate, word))
    });
    let local = part.text_before(candidate.span).ends_with(['州', '省', '市', '县', '縣', '邦', '区', '區']);
    before || local
}

/// Whether the words before a candidate are a region or city: "York", of "New York".
fn is_region(part: &Part<'_>, candidate: &Candidate, word: &str) -> bool {
    let two = || {
        candidate.words.start.checked_sub(2).and_then(|at| part.word(Some(at))).map(|(first, _)| format!("{first} {word}").to_lowercase())
    };
    is_capitalised(word) && (is_place(&word.to_lowercase()) || two().is_some_and(|both| is_place(&both)))
}

/// Whether a part names the legislature of a part of a state, or its members.
fn speaks_of_statehouse(part: &Part<'_>) -> bool {
    static MEMBERS: WordList =
        WordList::new("lawmaker lawmakers legislator legislators senator senators Sen Rep Senate House Supreme representative");
    let mut behind_state = false;
    part.analysed.words.iter().any(|word| {
        let word = word.span.of(part.text);
        let local = behind_state && MEMBERS.holds(word) || matches!(word, "Legislature" | "legislature" | "Statehouse" | "statehouse");
        behind_state = matches!(word, "state" | "State");
        local
    })
}

/// Whether a candidate may name an organ or a party where it stands, as far as the words beside it tell: not in "House prices", "Labour Day".
pub(super) fn may_be_organ(part: &Part<'_>, candidate: &Candidate) -> bool {
    static OTHERS: WordList = WordList::new(
        "Day Court Ministry Office Code Act Law Market Force Department Bureau Relations Standards Statistics Prices Party Bill Building Buildings",
    );
    static MEMBERS: WordList =
        WordList::new("Speaker Republicans Republican Democrats Democratic GOP Majority Minority Judiciary Intelligence Oversight");
    let span = candidate.span;
    let behind = part.text_behind(span);
    // 国防部长 is a person's office, 国会山 a place.
    if behind.starts_with(" of ") || behind.starts_with(['长', '長', '级', '級', '山', '大']) {
        return false;
    }
    let written = span.of(part.text);
    let next = part.behind(candidate).filter(|&(_, at)| only_space_between(part.text, span, at)).map(|(word, _)| word);
    let one_word = candidate.words.len() == 1 && written.is_ascii();
    // CFC, COI: what is named by few letters is mostly something else.
    if one_word && written.chars().all(char::is_uppercase) {
        return written.len() > 2;
    }
    if !one_word || next.is_some_and(|word| OTHERS.holds(word)) {
        return !one_word;
    }
    let common = written == "House" || part.senses(candidate.words.start).has(Sense::Common);
    let article =
        || part.before(candidate).is_some_and(|(word, at)| matches!(word, "the" | "The") && only_space_between(part.text, at, span));
    // A word of the language that begins a sentence, or stands where all words have capitals, tells nothing.
    if !common || article() {
        return true;
    }
    match next.filter(|word| is_capitalised(word)) {
        Some(next) if is_headline(part.text, span.start) => MEMBERS.holds(next),
        Some(_) => true,
        None => !begins_sentence(part.text, span.start) && !is_headline(part.text, span.start),
    }
}
