//! Which of the places where names stand are mentions, and of whom: decided with the whole piece in view.

use std::ops::Range;

use super::context::{begins_with_han_title, is_function_word, is_title, offices_of, past_former};
use super::matcher::{Candidate, Known};
use super::namesakes::{is_compass, strike};
use super::titles::without_titles;
use super::unlisted::{Decided, Senses, is_arabic_given_name};
use super::written::{
    begins_sentence, hangul_runs_on, is_capitalised, is_german_genitive, is_headline, is_single_han, katakana_runs_on, only_space_between,
    runs_on_left,
};
use super::{ActorId, Form, Mention, Name, Roster, Rule};
use crate::text::script::{Alphabet, alphabet, is_han, is_hangul};
use crate::text::terms::Analysed;
use crate::text::{Language, Span};

/// A title or a text with the names found in it.
pub(super) struct Part<'p> {
    pub(super) text: &'p str,
    pub(super) analysed: &'p Analysed,
    known: &'p [Known],
    pub(super) candidates: Vec<Candidate>,
}

impl<'p> Part<'p> {
    pub(super) fn new(text: &'p str, analysed: &'p Analysed, known: &'p [Known], candidates: Vec<Candidate>) -> Self {
        Self { text, analysed, known, candidates }
    }

    /// The word at `at`, as written.
    pub(super) fn word(&self, at: Option<usize>) -> Option<(&'p str, Span)> {
        let span = self.analysed.words.get(at?)?.span;
        Some((span.of(self.text), span))
    }

    pub(super) fn before(&self, candidate: &Candidate) -> Option<(&'p str, Span)> {
        self.word(candidate.words.start.checked_sub(1))
    }

    pub(super) fn behind(&self, candidate: &Candidate) -> Option<(&'p str, Span)> {
        self.word(Some(candidate.words.end))
    }

    /// What the word at `at` tells.
    pub(super) fn senses(&self, at: usize) -> Senses {
        self.known.get(at).map(|known| known.senses).unwrap_or_default()
    }

    /// What the word before a candidate tells.
    pub(super) fn senses_before(&self, candidate: &Candidate) -> Senses {
        candidate.words.start.checked_sub(1).map(|at| self.senses(at)).unwrap_or_default()
    }

    pub(super) fn text_before(&self, span: Span) -> &'p str {
        Span::new(0, span.start).of(self.text)
    }

    pub(super) fn text_behind(&self, span: Span) -> &'p str {
        Span::new(span.end, self.text.len()).of(self.text)
    }
}

/// A place where the piece names an actor in full, or by family name and office, so that short names can lean on it.
struct Anchor<'p> {
    part: usize,
    at: usize,
    actor: ActorId,
    /// The full name.
    text: Option<&'p str>,
}

/// A piece: its title, its text, and who is named in full in them.
pub(super) struct Piece<'p> {
    pub(super) roster: &'p Roster,
    pub(super) language: Language,
    /// When it was published, in days from 1970.
    day: Option<i32>,
    pub(super) parts: [Part<'p>; 2],
    anchors: Vec<Anchor<'p>>,
}

/// What the roster has found in a part.
#[derive(Debug, Default)]
pub(super) struct Listed {
    pub(super) decided: Vec<Decided>,
    /// The words of capitals that are meant as places.
    pub(super) places: Vec<Range<usize>>,
    /// Genitives of listed names, in German, that nothing decides: they begin no other's name.
    pub(super) genitives: Vec<Range<usize>>,
    /// Family names that several have and that nothing decides: mentions only if something else tells that somebody is meant.
    pub(super) open: Vec<Decided>,
}

/// A decision about a candidate: who, by which rule, leaning on what.
pub(super) struct Choice<'p> {
    pub(super) actor: ActorId,
    pub(super) rule: Rule,
    pub(super) of: Option<&'p str>,
}

pub(super) enum Verdict<'p> {
    /// No mention.
    Nothing,
    Chosen(Choice<'p>),
    /// One of these.
    Open(Vec<ActorId>),
}

impl<'p> Piece<'p> {
    pub(super) fn new(roster: &'p Roster, language: Language, day: Option<i32>, mut parts: [Part<'p>; 2]) -> Self {
        strike(roster, language, &mut parts);
        let mut piece = Self { roster, language, day, parts, anchors: Vec::new() };
        let mut anchors = Vec::new();
        for (index, part) in piece.parts.iter().enumerate() {
            for candidate in &part.candidates {
                let full = match piece.actors(part, candidate, Form::Full)[..] {
                    [] => None,
                    [actor] => Some((actor, Some(candidate.span.of(part.text)))),
                    _ => continue,
                };
                if let Some((actor, text)) = full.or_else(|| Some((piece.told_by_office(part, candidate)?, None))) {
                    anchors.push(Anchor { part: index, at: candidate.span.start, actor, text });
                }
            }
        }
        piece.anchors = anchors;
        piece
    }

    /// The mentions in each part, and the words of capitals that are meant as places.
    pub(super) fn mentions(&self) -> [Listed; 2] {
        [0, 1].map(|index| {
            let mut listed = Listed::default();
            let Some(part) = self.parts.get(index) else { return listed };
            for (at, candidate) in part.candidates.iter().enumerate() {
                let words = candidate.words.clone();
                match self.mention(index, part, candidate, at) {
                    Some(mention) => listed.decided.push(Decided { words, mention }),
                    None if !self.actors(part, candidate, Form::Capital).is_empty() => listed.places.push(words),
                    None if self.is_genitive(part, candidate) => listed.genitives.push(words),
                    None => listed.open.extend(self.open_surname(part, candidate).map(|mention| Decided { words, mention })),
                }
            }
            listed
        })
    }

    fn mention(&self, index: usize, part: &Part<'p>, candidate: &Candidate, at: usize) -> Option<Mention> {
        match self.decide(index, part, candidate, at) {
            Verdict::Nothing => None,
            Verdict::Chosen(choice) => {
                let actor = self.roster.actor(choice.actor)?;
                Some(Mention {
                    span: without_titles(part, candidate, actor),
                    actor: Some(actor.id.to_string()),
                    name: actor.name.to_string(),
                    kind: actor.kind,
                    listed: true,
                    rule: choice.rule,
                    of: choice.of.map(ToOwned::to_owned),
                    candidates: Vec::new(),
                })
            }
            Verdict::Open(actors) => self.undecided(part, candidate, &actors),
        }
    }

    fn undecided(&self, part: &Part<'_>, candidate: &Candidate, actors: &[ActorId]) -> Option<Mention> {
        let actors: Vec<_> = actors.iter().filter_map(|&id| self.roster.actor(id)).collect();
        Some(Mention {
            span: candidate.span,
            actor: None,
            name: candidate.span.of(part.text).to_owned(),
            kind: actors.first()?.kind,
            listed: true,
            rule: Rule::Undecided,
            of: None,
            candidates: actors.into_iter().map(|actor| actor.id.to_string()).collect(),
        })
    }

    /// A family name that several have, none of whom the piece names.
    fn open_surname(&self, part: &Part<'_>, candidate: &Candidate) -> Option<Mention> {
        let actors = self.actors(part, candidate, Form::Surname);
        let open = actors.len() > 1 && self.surname_stands_alone(part, candidate, &actors);
        open.then(|| self.undecided(part, candidate, &actors)).flatten()
    }

    fn decide(&self, index: usize, part: &Part<'p>, candidate: &Candidate, at: usize) -> Verdict<'p> {
        match self.actors(part, candidate, Form::Full).as_slice() {
            [] => {}
            [actor] => return chosen(*actor, Rule::FullName, None),
            several => return self.shared(index, candidate, several),
        }
        for form in [Form::Surname, Form::Short, Form::Seat, Form::Demonym, Form::Capital, Form::Character] {
            let actors = self.actors(part, candidate, form);
            let verdict = match form {
                _ if actors.is_empty() => Verdict::Nothing,
                Form::Surname if !self.surname_stands_alone(part, candidate, &actors) => Verdict::Nothing,
                Form::Surname => match (self.in_office(part, candidate, &actors), self.short(index, candidate, &actors)) {
                    (Verdict::Chosen(holder), Verdict::Chosen(named)) if holder.actor == named.actor => Verdict::Chosen(named),
                    (Verdict::Nothing, verdict) | (verdict, _) => verdict,
                },
                Form::Short if is_compass(part, candidate) == Some(false) => Verdict::Nothing,
                Form::Short => match self.short(index, candidate, &actors) {
                    Verdict::Nothing => self.nearby(index, part, at, &actors),
                    verdict => verdict,
                },
                Form::Character if !self.is_state_by_character(part, at) => Verdict::Nothing,
                Form::Character if actors.len() > 1 => self.short(index, candidate, &actors),
                Form::Capital if !self.means_government(part, candidate, at) => Verdict::Nothing,
                Form::Seat => self.state(index, candidate, &actors, Rule::Seat),
                Form::Demonym | Form::Character => self.state(index, candidate, &actors, Rule::Demonym),
                _ => self.state(index, candidate, &actors, Rule::Capital),
            };
            if !matches!(verdict, Verdict::Nothing) {
                return verdict;
            }
        }
        Verdict::Nothing
    }

    /// The actors that a candidate may name in this form, each once.
    pub(super) fn actors(&self, part: &Part<'_>, candidate: &Candidate, form: Form) -> Vec<ActorId> {
        let mut actors: Vec<ActorId> = candidate
            .names
            .iter()
            .filter_map(|&name| self.roster.names().get(name))
            .filter(|name| name.form == form && self.counts(part, candidate, name))
            .map(|name| name.actor)
            .collect();
        actors.sort_unstable();
        actors.dedup();
        actors
    }

    /// Whether a name that is written here counts in a piece in this language and at this place.
    fn counts(&self, part: &Part<'_>, candidate: &Candidate, name: &Name) -> bool {
        if name.language.is_some_and(|language| language != self.language) {
            return false;
        }
        let span = candidate.span;
        if is_german_genitive(&name.text, span.of(part.text)) && self.language.code() != "de" {
            return false;
        }
        match alphabet(&name.text) {
            // A Latin name without any capital is an adjective of a language that writes those small, or "the central bank".
            Alphabet::Latin if self.language == Language::ENGLISH && !name.text.chars().any(char::is_uppercase) => {
                let the = |(word, at): (&str, Span)| word.eq_ignore_ascii_case("the") && only_space_between(part.text, at, span);
                name.form == Form::Short && part.before(candidate).is_some_and(the)
            }
            Alphabet::Other => {
                let single = is_single_han(part.text, span) && !matches!(name.form, Form::Surname | Form::Character);
                let runs_on = runs_on_left(part.text, span) || katakana_runs_on(part.text, span);
                !single && !runs_on && !hangul_runs_on(part.text, span, name.form == Form::Surname && name.text.chars().count() > 1)
            }
            _ => true,
        }
    }

    /// Whether a name stands here as a genitive in German.
    fn is_genitive(&self, part: &Part<'_>, candidate: &Candidate) -> bool {
        let mut names = candidate.names.iter().filter_map(|&name| self.roster.names().get(name));
        self.language.code() == "de" && names.any(|name| is_german_genitive(&name.text, candidate.span.of(part.text)))
    }

    /// A full name that several actors have: the one whom the piece names by another full name.
    fn shared(&self, index: usize, candidate: &Candidate, actors: &[ActorId]) -> Verdict<'p> {
        match self.short(index, candidate, actors) {
            Verdict::Nothing => Verdict::Open(actors.to_vec()),
            Verdict::Chosen(choice) => chosen(choice.actor, Rule::SharedName, choice.of),
            open @ Verdict::Open(_) => open,
        }
    }

    /// A word for a state; one that fits several states needs one of them named in full.
    fn state(&self, index: usize, candidate: &Candidate, actors: &[ActorId], rule: Rule) -> Verdict<'p> {
        match *actors {
            [actor] => chosen(actor, rule, None),
            _ => match self.short(index, candidate, actors) {
                Verdict::Chosen(choice) => chosen(choice.actor, rule, choice.of),
                other => other,
            },
        }
    }

    /// A short name: the actor whose full name stands in the piece. Of several it is the one named last before, if the piece is plainly
    /// about that one; else nothing decides.
    fn short(&self, index: usize, candidate: &Candidate, actors: &[ActorId]) -> Verdict<'p> {
        let mut named: Vec<ActorId> = self.anchors.iter().map(|anchor| anchor.actor).filter(|actor| actors.contains(actor)).collect();
        let counts = named.clone();
        named.sort_unstable();
        named.dedup();
        let here = (index, candidate.span.start);
        let last_before = |fits: &dyn Fn(&&Anchor<'p>) -> bool| {
            let before = self.anchors.iter().filter(fits).rfind(|anchor| (anchor.part, anchor.at) < here);
            before.or_else(|| self.anchors.iter().find(fits))
        };
        let leaning = |actor: ActorId| match last_before(&|anchor| anchor.actor == actor && anchor.text.is_some()) {
            Some(anchor) => chosen(actor, Rule::ShortName, anchor.text),
            None => chosen(actor, Rule::Office, None),
        };
        match named.as_slice() {
            [] => Verdict::Nothing,
            [actor] => leaning(*actor),
            _ => {
                let Some(last) = last_before(&|anchor| actors.contains(&anchor.actor)) else { return Verdict::Open(named) };
                let times = |actor: ActorId| counts.iter().filter(|&&other| other == actor).count();
                let plainly = named.iter().all(|&other| other == last.actor || times(last.actor) >= 3 * times(other));
                if plainly && (last.part, last.at) < here {
                    leaning(last.actor)
                } else {
                    self.holder(&named, |_| true).map_or(Verdict::Open(named), |actor| chosen(actor, Rule::Office, None))
                }
            }
        }
    }

    /// A family name with an office: the one of that name who held the office when the piece was
    /// published.
    fn in_office(&self, part: &Part<'_>, candidate: &Candidate, actors: &[ActorId]) -> Verdict<'p> {
        let before = part.before(candidate).filter(|&(_, at)| only_space_between(part.text, at, candidate.span));
        let offices = offices_of(before.map_or("", |(word, _)| word), part.text_behind(candidate.span));
        let holder = self.holder(actors, |office| offices.contains(&office));
        holder.map_or(Verdict::Nothing, |actor| chosen(actor, Rule::Office, None))
    }

    /// Whom a family name with an office tells.
    fn told_by_office(&self, part: &Part<'p>, candidate: &Candidate) -> Option<ActorId> {
        self.day?;
        let actors = self.actors(part, candidate, Form::Surname);
        match self.in_office(part, candidate, &actors) {
            Verdict::Chosen(choice) if self.surname_stands_alone(part, candidate, &actors) => Some(choice.actor),
            _ => None,
        }
    }

    /// The one of `actors` who held an office for which `fits` holds when the piece was published.
    fn holder(&self, actors: &[ActorId], fits: impl Fn(&str) -> bool) -> Option<ActorId> {
        let day = self.day?;
        let holds = |actor: &&ActorId| {
            self.roster.actor(**actor).is_some_and(|actor| actor.terms.iter().any(|term| fits(&term.office) && term.covers(day)))
        };
        let mut holders = actors.iter().filter(holds);
        holders.next().copied().filter(|_| holders.next().is_none())
    }

    /// Whether a family name stands for the person alone, not as a part of another's name: "Mr. Kim", but not "Sung Kim".
    fn surname_stands_alone(&self, part: &Part<'_>, candidate: &Candidate, actors: &[ActorId]) -> bool {
        const BODIES: [&str; 10] =
            ["Foundation", "Organization", "University", "Tower", "Institute", "Library", "Center", "Avenue", "Street", "Airport"];
        let span = candidate.span;
        let written = span.of(part.text);
        let behind = part.text_behind(span);
        if written.chars().all(|c| is_han(c) || is_hangul(c)) {
            let one_character = written.chars().count() == 1;
            return !one_character || begins_with_han_title(past_former(behind));
        }
        if is_headline(part.text, span.start) {
            return true;
        }
        // ジョン・オズボーン: another of this name.
        if part.text_before(span).ends_with(['・', '＝']) {
            return false;
        }
        if let Some((word, at)) = part.before(candidate)
            && is_capitalised(word)
            && only_space_between(part.text, at, span)
            && !is_title(word)
            && !(is_function_word(word) && begins_sentence(part.text, at.start))
        {
            return false;
        }
        // عادل الجبير
        if alphabet(written) == Alphabet::Arabic
            && part.before(candidate).is_some_and(|(word, at)| only_space_between(part.text, at, span) && is_arabic_given_name(word))
        {
            return false;
        }
        let Some((next, at)) = part.behind(candidate) else { return true };
        let runs_on = is_capitalised(next) && only_space_between(part.text, span, at);
        let family_first = actors.iter().any(|&actor| self.roster.actor(actor).is_some_and(|actor| actor.name.starts_with(written)));
        !(runs_on && (family_first || BODIES.contains(&next)))
    }
}

pub(super) const fn chosen(actor: ActorId, rule: Rule, of: Option<&str>) -> Verdict<'_> {
    Verdict::Chosen(Choice { actor, rule, of })
}
