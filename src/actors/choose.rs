//! Which of the places where names stand are mentions, and of whom: decided with the whole piece in view.

use std::cell::{OnceCell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use foldhash::{HashMap, HashSet};

use super::anchors::{Anchor, Anchors, Place};
use super::han_capitals::Governments;
use super::leading::{Holder, Tallied};
use super::matcher::{Candidate, Known};
use super::namesakes::{ends_name, is_compass, is_half_of_people, others, strangers, strike};
use super::nearby::Told;
use super::office::Officer;
use super::peoples::is_of_state;
use super::titles::without_titles;
use super::unlisted::{Decided, Senses};
use super::written::{hangul_runs_on, is_german_genitive, is_single_han, katakana_runs_on, only_space_between, runs_on_left, with_point};
use super::{ActorId, Form, Mention, Name, Roster, Rule};
use crate::text::script::{Alphabet, alphabet};
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

/// A piece: its title, its text, and who is named in full in them.
pub(super) struct Piece<'p> {
    pub(super) roster: &'p Roster,
    pub(super) language: Language,
    /// When it was published, in days from 1970.
    pub(super) day: Option<i32>,
    pub(super) parts: [Part<'p>; 2],
    pub(super) anchors: Anchors<'p>,
    pub(super) governments: Governments,
    pub(super) tally: Tallied<'p>,
    pub(super) told: OnceCell<[Vec<Told<'p>>; 2]>,
    /// The names of one word of the best known that the piece gives to others.
    pub(super) others: HashSet<&'p str>,
    /// The family names that the roster has, with where they stand behind given names that it has not with them, in order.
    pub(super) strangers: HashMap<&'p str, Vec<Place>>,
    /// The organs and parties that share a name.
    pub(super) holders: RefCell<HashMap<&'p str, Rc<[Holder<'p>]>>>,
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
        let others = others(roster, &parts);
        let strangers = strangers(roster, &parts);
        let mut piece = Self {
            roster,
            language,
            day,
            parts,
            anchors: Anchors::default(),
            governments: Governments::new(),
            tally: Tallied::new(),
            told: OnceCell::new(),
            holders: RefCell::default(),
            others,
            strangers,
        };
        let mut anchors = Vec::new();
        for (index, part) in piece.parts.iter().enumerate() {
            for candidate in &part.candidates {
                let full = match piece.actors(part, candidate, Form::Full)[..] {
                    [] => None,
                    [actor] => Some((actor, Some(candidate.span.of(part.text)))),
                    _ => continue,
                };
                if let Some((actor, text)) = full.or_else(|| Some((piece.told_by_office(part, candidate)?, None))) {
                    let is_lone = |&name: &usize| roster.names().get(name).is_some_and(|name| name.form == Form::Lone);
                    let lone = text.is_some() && candidate.names.iter().any(is_lone);
                    anchors.push(Anchor { place: (index, candidate.span.start), actor, lone, text });
                }
            }
        }
        piece.anchors = Anchors::new(anchors);
        piece
    }

    /// Whom the piece names in full, as often as it does, and what is written there.
    pub(super) fn named(&self) -> impl Iterator<Item = (ActorId, &'p str)> {
        self.anchors.iter().filter_map(|anchor| Some((anchor.actor, anchor.text?)))
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
                    span: with_point(part.text, without_titles(part, candidate, actor)),
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
            span: with_point(part.text, candidate.span),
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
            // 得州州长阿博特 is no prime minister of Australia.
            [actor] if self.is_another(part, candidate, *actor) => return Verdict::Nothing,
            [actor] => return chosen(*actor, Rule::FullName, None),
            several => return self.shared(index, candidate, several),
        }
        for form in [Form::Surname, Form::Short, Form::Seat, Form::Demonym, Form::Capital, Form::Character] {
            let actors = if form == Form::Surname { self.bearers(part, candidate) } else { self.actors(part, candidate, form) };
            let verdict = match form {
                _ if actors.is_empty() => Verdict::Nothing,
                Form::Surname if !self.surname_stands_alone(part, candidate, &actors) => Verdict::Nothing,
                Form::Surname => self.surname(index, part, candidate, &actors),
                Form::Short if is_compass(part, candidate) == Some(false) || ends_name(part, candidate) => Verdict::Nothing,
                Form::Short if let Some(agency) = self.signing_agency(part, candidate, &actors) => chosen(agency, Rule::ShortName, None),
                Form::Short => match self.officer(part, candidate, &actors) {
                    Officer::Another => Verdict::Nothing,
                    Officer::One(actor) => self.or_named(index, candidate, &actors, actor),
                    Officer::Nobody => self.short_or_organ(index, part, at, &actors),
                },
                Form::Character if !self.is_state_by_character(part, at) => Verdict::Nothing,
                Form::Character if actors.len() > 1 || Self::has_to_be_named(part, candidate) => match self.told_by_pair(part, at, &actors)
                {
                    Some(actor) => chosen(actor, Rule::Demonym, None),
                    None => self.short(index, candidate, &actors),
                },
                Form::Capital if !self.means_government(part, candidate, at) => Verdict::Nothing,
                Form::Seat => self.state(index, candidate, &actors, Rule::Seat),
                Form::Demonym if is_half_of_people(part, candidate) => Verdict::Nothing,
                Form::Demonym | Form::Character => self.state(index, candidate, &actors, Rule::Demonym),
                _ => match self.union_of_capital(&actors) {
                    Some(union) => chosen(union, Rule::Capital, None),
                    None => self.state(index, candidate, &actors, Rule::Capital),
                },
            };
            if !matches!(verdict, Verdict::Nothing) {
                return verdict;
            }
        }
        Verdict::Nothing
    }

    /// The actors that a candidate may name in this form, each once.
    pub(super) fn actors(&self, part: &Part<'_>, candidate: &Candidate, form: Form) -> Vec<ActorId> {
        let mut actors: Vec<ActorId> = Vec::new();
        // Most candidates have no name in the form that is asked for, which is told without a look at their names.
        let may_be = candidate.has(form) || form == Form::Full && candidate.has(Form::Lone);
        if !may_be {
            return actors;
        }
        // Names that many share are looked at once.
        let mut last: Option<(&Name, bool)> = None;
        let of_form =
            |name: &&Name| name.form == form || form == Form::Full && name.form == Form::Lone && self.is_lone(part, candidate, name);
        for name in candidate.names.iter().filter_map(|&name| self.roster.names().get(name)).filter(of_form) {
            let counts = match last {
                Some((other, counts)) if other.text == name.text && other.language == name.language => counts,
                _ => self.counts(part, candidate, name),
            };
            last = Some((name, counts));
            if counts {
                actors.push(name.actor);
            }
        }
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
        if is_german_genitive(&name.text, span.of(part.text)) && self.language != Language::GERMAN {
            return false;
        }
        if name.form == Form::Demonym && !is_of_state(&name.text, name.language, part.text, span) {
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
        self.language == Language::GERMAN && names.any(|name| is_german_genitive(&name.text, candidate.span.of(part.text)))
    }
}

pub(super) const fn chosen(actor: ActorId, rule: Rule, of: Option<&str>) -> Verdict<'_> {
    Verdict::Chosen(Choice { actor, rule, of })
}
