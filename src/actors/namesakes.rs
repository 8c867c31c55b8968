//! Names that stand where somebody or something else is meant: in a relative's name, behind the name of another that has the same letters. They are struck from the candidates before anything is decided.

use super::choose::Part;
use super::context::is_title;
use super::matcher::Candidate;
use super::unlisted::{Sense, is_acronym_of, is_arabic_given_name, is_cyrillic_given_name, is_place};
use super::written::{begins_sentence, is_capitalised, is_headline, only_space_between};
use super::{ActorId, Form, Kind, Name, Roster};
use crate::text::script::{Alphabet, alphabet};
use crate::text::{Language, Span};

/// Strikes them from the title and the text of a piece.
pub(super) fn strike(roster: &Roster, language: Language, parts: &mut [Part<'_>; 2]) {
    let namesakes = Namesakes { roster, language, acronyms: introduced(roster, parts) };
    for part in parts {
        let mut struck: Vec<(usize, usize)> = Vec::new();
        for (at, candidate) in part.candidates.iter().enumerate() {
            let stays = |name: &Name| !namesakes.means_another(part, candidate, name);
            struck.extend(candidate.names.iter().filter(|&&name| !roster.names().get(name).is_some_and(stays)).map(|&name| (at, name)));
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
}

impl Namesakes<'_, '_> {
    /// Whether another is meant by a name where it stands.
    fn means_another(&self, part: &Part<'_>, candidate: &Candidate, name: &Name) -> bool {
        let by_itself = matches!(name.form, Form::Full | Form::Short);
        let written = candidate.span.of(part.text);
        match self.kind(name.actor) {
            Some(Kind::Person) => by_itself && is_one_word(&name.text) && self.is_part_of_person(part, candidate),
            Some(Kind::Org) => self.acronyms.contains(&written),
            _ => false,
        }
    }

    fn kind(&self, actor: ActorId) -> Option<Kind> {
        self.roster.actor(actor).map(|actor| actor.kind)
    }

    /// Whether a name of one word ends that of another person: "Michelle **Obama**", Мишель **Обама**, 米歇尔·**奥巴马**.
    fn is_part_of_person(&self, part: &Part<'_>, candidate: &Candidate) -> bool {
        let span = candidate.span;
        let before = part.text_before(span);
        if let Some(given) = before.strip_suffix(['·', '・', '‧', '•', '．', '＝']) {
            // トランプ・プーチン: two who are named in one breath.
            let by_itself = |&at: &usize| self.roster.names().get(at).is_some_and(|name| matches!(name.form, Form::Full | Form::Short));
            let listed = |other: &Candidate| other.span.end == given.len() && other.names.iter().any(by_itself);
            return !candidate_before(part, candidate).is_some_and(listed) && given.ends_with(char::is_alphabetic);
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
        let senses = part.senses_before(candidate);
        let any = |all: &[Sense]| all.iter().any(|&sense| senses.has(sense));
        if is_title(word) || any(&[Sense::Title, Sense::Honorific]) {
            return false;
        }
        if senses.has(Sense::Given) && !senses.has(Sense::Common) {
            return true;
        }
        let other_word = any(&[Sense::Common, Sense::Opener, Sense::Role, Sense::Creed, Sense::Calendar, Sense::Head, Sense::Place]);
        let acronym = word.chars().filter(|c| c.is_uppercase()).count() > 1;
        let verb = begins_sentence(part.text, at.start) && (word.ends_with("ing") || word.ends_with("ed"));
        let listed = candidate_before(part, candidate).is_some_and(|other| other.words.end == candidate.words.start);
        // In other languages, and in headlines, anything has a capital.
        let telling = self.language == Language::ENGLISH && !is_headline(part.text, span.start);
        telling && !other_word && !acronym && !verb && !listed && !is_place(&word.to_lowercase())
    }
}

/// The candidate that ends last before another.
fn candidate_before<'a>(part: &'a Part<'_>, candidate: &Candidate) -> Option<&'a Candidate> {
    let at = part.candidates.partition_point(|other| other.words.start < candidate.words.start);
    part.candidates.get(at.checked_sub(1)?)
}

fn is_one_word(name: &str) -> bool {
    !name.contains([' ', '-', '·', '・'])
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
        if !(capital || part.senses(at).has(Sense::Link)) || !(at == last || matches!(gap, " " | "-" | "'s " | "’s " | " & ")) {
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
