//! States that share their name with a part of another: Georgia, the country, and Georgia of the United States.

use super::choose::Part;
use super::matcher::Candidate;
use super::word_list::WordList;
use super::written::only_space_between;
use crate::text::Span;

/// A name that a state shares with a part of another state.
struct Shared {
    /// The id of the state.
    state: &'static str,
    /// The name.
    name: &'static str,
    /// Cities of the part: one and a comma stand before the name.
    cities: WordList,
    /// What only the part has, right behind the name: Georgia Republicans, Georgia's governor.
    behind: WordList,
    /// Who only the part has, with the name in a sentence.
    beside: WordList,
    /// The words of its neighbours, of which a piece about the part names two.
    neighbours: WordList,
    /// The words that only pieces about the state have.
    of_state: WordList,
}

static SHARED: [Shared; 1] = [Shared {
    state: "georgia",
    name: "Georgia",
    cities: WordList::new("Atlanta Savannah Augusta Macon Athens Columbus Marietta Decatur Valdosta Brunswick Dalton Roswell"),
    behind: WordList::new(
        "republican republicans democrat democrats democratic gop voters governor gov senate senator senators sen rep congressman congresswoman \
        congressional runoff runoffs primary primaries bulldogs electors lawmakers legislators legislature sheriff secretary statehouse \
        gubernatorial",
    ),
    beside: WordList::new("republican republicans gop democrats democrat atlanta governor gov sen"),
    neighbours: WordList::new(
        "Alabama Florida Tennessee Carolina Arizona Wisconsin Michigan Pennsylvania Nevada Texas Ohio Virginia Mississippi Louisiana Arkansas \
        Kentucky Iowa Minnesota Missouri Colorado Oklahoma Atlanta Savannah Fulton Abrams Kemp Raffensperger Warnock Ossoff Loeffler Isakson",
    ),
    of_state: WordList::new(
        "Tbilisi Tiflis Batumi Abkhazia Abkhaz Ossetia Ossetian Caucasus Caucasian Transcaucasia Saakashvili Ivanishvili Shevardnadze Kobakhidze \
        Zourabichvili Zurabishvili Kavelashvili Garibashvili Margvelashvili Armenia Armenian Azerbaijan Azerbaijani Azeri Moldova Soviet Kutaisi \
        Adjara Ajara Gori Yerevan Baku Chechnya NATO Nato EU Kremlin Moscow",
    ),
}];

/// What a piece says of a name that a state shares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Told {
    /// Nothing: it is the state.
    #[default]
    Nothing,
    /// The part, wherever it says nothing else.
    Part,
    /// The state, but for places that name the part plainly.
    State,
}

/// What the parts of a piece say of a shared name, if one stands there.
pub(super) fn told(parts: &[Part<'_>; 2]) -> Told {
    let mut told = Told::Nothing;
    let mut neighbours: Vec<&str> = Vec::new();
    let Some(shared) = SHARED.iter().find(|shared| parts.iter().any(|part| stands(shared, part))) else { return told };
    for part in parts {
        for (word, _) in (0..part.analysed.words.len()).map_while(|at| part.word(Some(at))) {
            if !word.starts_with(char::is_uppercase) {
                continue;
            }
            if shared.of_state.holds(word) {
                return Told::State;
            }
            if shared.neighbours.holds(word) && !neighbours.contains(&word) {
                neighbours.push(word);
            }
        }
        let plain = |candidate: &Candidate| candidate.span.of(part.text) == shared.name && shared.is_part_at(part, candidate);
        if part.candidates.iter().any(plain) {
            told = Told::Part;
        }
    }
    if neighbours.len() > 1 { Told::Part } else { told }
}

fn stands(shared: &Shared, part: &Part<'_>) -> bool {
    part.candidates.iter().any(|candidate| candidate.span.of(part.text) == shared.name)
}

/// Whether a part of another state is meant where the name of the state `id` stands.
pub(super) fn is_part(id: &str, told: Told, part: &Part<'_>, candidate: &Candidate) -> bool {
    let written = candidate.span.of(part.text);
    let shared = SHARED.iter().find(|shared| shared.state == id && shared.name == written);
    shared.is_some_and(|shared| match told {
        Told::Part => true,
        Told::Nothing => shared.is_part_at(part, candidate),
        Told::State => shared.is_plain_at(part, candidate),
    })
}

impl Shared {
    /// Whether a city of the part stands before the name, or what only the part has behind it.
    fn is_plain_at(&self, part: &Part<'_>, candidate: &Candidate) -> bool {
        let span = candidate.span;
        let city =
            part.before(candidate).is_some_and(|(word, at)| self.cities.holds(word) && Span::new(at.end, span.start).of(part.text) == ", ");
        let seat = ["D-", "R-"].iter().any(|party| part.text_before(span).ends_with(party));
        city || seat
            || part.behind(candidate).is_some_and(|(word, at)| {
                let gap = Span::new(span.end, at.start).of(part.text);
                let beside = only_space_between(part.text, span, at) || matches!(gap, "'s " | "’s ");
                let party = |word: &str| matches!(word, "Republican" | "Republicans" | "Democrats" | "GOP");
                beside && party(word)
            })
    }

    /// Whether the sentence around the name tells of the part.
    fn is_part_at(&self, part: &Part<'_>, candidate: &Candidate) -> bool {
        let span = candidate.span;
        let behind = part.behind(candidate).is_some_and(|(word, at)| {
            let gap = Span::new(span.end, at.start).of(part.text);
            matches!(gap, " " | "'s " | "’s ") && self.behind.holds(&word.to_lowercase())
        });
        behind || self.is_plain_at(part, candidate) || self.is_beside(part, candidate)
    }

    /// "in Georgia, the Republican governor": who stands a few words behind the name and a comma.
    fn is_beside(&self, part: &Part<'_>, candidate: &Candidate) -> bool {
        const NEAR: usize = 4;
        let end = candidate.words.end;
        let comma = part.behind(candidate).is_some_and(|(_, at)| Span::new(candidate.span.end, at.start).of(part.text) == ", ");
        comma && (end..end + NEAR).map_while(|at| part.word(Some(at))).any(|(word, _)| self.beside.holds(&word.to_lowercase()))
    }
}
