//! Short names: a family name, "the Commission". Whose they are, by whom the piece names in full, and by the office beside them.

use super::choose::{Anchor, Part, Piece, Verdict, chosen};
use super::context::{begins_with_han_title, is_function_word, is_title, offices_of, past_former};
use super::matcher::Candidate;
use super::unlisted::is_arabic_given_name;
use super::written::{begins_sentence, is_capitalised, is_headline, only_space_between};
use super::{ActorId, Form, Kind, Rule};
use crate::text::script::{Alphabet, alphabet, is_han, is_hangul};

impl<'p> Piece<'p> {
    /// A full name that several actors have: the one whom the piece names by another full name.
    pub(super) fn shared(&self, index: usize, candidate: &Candidate, actors: &[ActorId]) -> Verdict<'p> {
        match self.short(index, candidate, actors) {
            Verdict::Nothing => Verdict::Open(actors.to_vec()),
            Verdict::Chosen(choice) => chosen(choice.actor, Rule::SharedName, choice.of),
            open @ Verdict::Open(_) => open,
        }
    }

    /// A word for a state; one that fits several states needs one of them named in full.
    pub(super) fn state(&self, index: usize, candidate: &Candidate, actors: &[ActorId], rule: Rule) -> Verdict<'p> {
        match *actors {
            [actor] => chosen(actor, rule, None),
            _ => match self.short(index, candidate, actors) {
                Verdict::Chosen(choice) => chosen(choice.actor, rule, choice.of),
                other => other,
            },
        }
    }

    /// A short name: the actor whose full name stands before it in the piece, or in the piece at all. Of several it is the one named last before,
    /// if the piece is plainly about that one; else nothing decides.
    pub(super) fn short(&self, index: usize, candidate: &Candidate, actors: &[ActorId]) -> Verdict<'p> {
        let here = (index, candidate.span.start);
        let all: Vec<&Anchor<'p>> = self.anchors.iter().filter(|anchor| actors.contains(&anchor.actor)).collect();
        // Who is named only behind is not yet known to the reader, where another of the name is.
        let before = all.partition_point(|anchor| (anchor.part, anchor.at) < here);
        let known = all.get(..before).filter(|before| !before.is_empty()).unwrap_or(&all);
        let mut named: Vec<ActorId> = known.iter().map(|anchor| anchor.actor).collect();
        named.sort_unstable();
        named.dedup();
        let leaning = |actor: ActorId| {
            let mut full = all.iter().enumerate().filter(|(_, anchor)| anchor.actor == actor && anchor.text.is_some());
            let (last, next) = (full.clone().rfind(|&(at, _)| at < before), full.next());
            match last.or(next) {
                Some((_, anchor)) => chosen(actor, Rule::ShortName, anchor.text),
                None => chosen(actor, Rule::Office, None),
            }
        };
        match named.as_slice() {
            [] => Verdict::Nothing,
            [actor] => leaning(*actor),
            _ => {
                let Some(last) = known.last() else { return Verdict::Open(named) };
                let times = |actor: ActorId| all.iter().filter(|anchor| anchor.actor == actor).count();
                let plainly = named.iter().all(|&other| other == last.actor || times(last.actor) >= 3 * times(other));
                if plainly && before > 0 {
                    leaning(last.actor)
                } else {
                    self.holder(&named, |_| true).map_or(Verdict::Open(named), |actor| chosen(actor, Rule::Office, None))
                }
            }
        }
    }

    /// The people whose family name a candidate may be: those of whom the roster says so, and those whose full names in the piece end with it.
    pub(super) fn bearers(&self, part: &Part<'p>, candidate: &Candidate) -> Vec<ActorId> {
        let mut actors = self.actors(part, candidate, Form::Surname);
        if !actors.is_empty() {
            let written = candidate.span.of(part.text);
            let ends =
                |anchor: &&Anchor<'_>| anchor.text.is_some_and(|name| name.rsplit_once(' ').is_some_and(|(_, last)| last == written));
            let is_person = |actor: ActorId| self.roster.actor(actor).is_some_and(|actor| actor.kind == Kind::Person);
            actors.extend(self.anchors.iter().filter(ends).map(|anchor| anchor.actor).filter(|&actor| is_person(actor)));
            actors.sort_unstable();
            actors.dedup();
        }
        actors
    }

    /// A family name with an office: the one of that name who held the office when the piece was
    /// published.
    pub(super) fn in_office(&self, part: &Part<'_>, candidate: &Candidate, actors: &[ActorId]) -> Verdict<'p> {
        let before = part.before(candidate).filter(|&(_, at)| only_space_between(part.text, at, candidate.span));
        let offices = offices_of(before.map_or("", |(word, _)| word), part.text_behind(candidate.span));
        let holder = self.holder(actors, |office| offices.contains(&office));
        holder.map_or(Verdict::Nothing, |actor| chosen(actor, Rule::Office, None))
    }

    /// Whom a family name with an office tells.
    pub(super) fn told_by_office(&self, part: &Part<'p>, candidate: &Candidate) -> Option<ActorId> {
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
    pub(super) fn surname_stands_alone(&self, part: &Part<'_>, candidate: &Candidate, actors: &[ActorId]) -> bool {
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

#[cfg(test)]
#[path = "short_tests.rs"]
mod tests;
