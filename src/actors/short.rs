//! Short names: a family name, "the Commission". Whose they are, by whom the piece names in full, and by the office beside them.

use super::anchors::Leaning;
use super::choose::{Part, Piece, Verdict, chosen};
use super::context::{begins_with_han_title, is_function_word, is_title, offices_of, past_former};
use super::matcher::Candidate;
use super::office::Officer;
use super::unlisted::{Sense, is_arabic_given_name};
use super::written::{begins_sentence, is_capitalised, is_headline, only_space_between};
use super::{ActorId, Form, Kind, Name, Rule};
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
        let Leaning { named, last, is_before } = self.anchors.leaning(actors, here);
        let leaning = |actor: ActorId| match self.anchors.full_name(actor, here) {
            name @ Some(_) => chosen(actor, Rule::ShortName, name),
            None => chosen(actor, Rule::Office, None),
        };
        let times = |actor: ActorId| self.anchors.times(actor);
        match (named.as_slice(), last) {
            ([], _) => Verdict::Nothing,
            ([actor], _) => leaning(*actor),
            (several, Some(last)) if is_before && several.iter().all(|&other| other == last || times(last) >= 3 * times(other)) => {
                leaning(last)
            }
            _ => self.holder(&named, |_| true).map_or(Verdict::Open(named), |actor| chosen(actor, Rule::Office, None)),
        }
    }

    /// The people whose family name a candidate may be: those of whom the roster says so, and those whose full names in the piece end with it.
    pub(super) fn bearers(&self, part: &Part<'p>, candidate: &Candidate) -> Vec<ActorId> {
        let mut actors = self.actors(part, candidate, Form::Surname);
        if !actors.is_empty() {
            let written = candidate.span.of(part.text);
            // Who has another short name is not called by this one: Ivanka.
            let is_person = |actor: ActorId| {
                let nameless = |id: &str| !self.roster.names_of(id).any(|name| name.form == Form::Surname && name.text.is_ascii());
                self.roster.actor(actor).is_some_and(|actor| actor.kind == Kind::Person && nameless(&actor.id))
            };
            actors.extend(self.anchors.ending_with_word(written).iter().copied().filter(|&actor| is_person(actor)));
            actors.sort_unstable();
            actors.dedup();
        }
        actors
    }

    /// A family name with an office: the one of that name who held the office when the piece was
    /// published.
    pub(super) fn in_office(&self, part: &Part<'_>, candidate: &Candidate, actors: &[ActorId]) -> Verdict<'p> {
        let before = part.before(candidate).filter(|&(_, at)| only_space_between(part.text, at, candidate.span));
        let vice = before.is_some_and(|(word, at)| word == "President" && part.text_before(at).ends_with("Vice "));
        let offices =
            if vice { &["vice president"] } else { offices_of(before.map_or("", |(word, _)| word), part.text_behind(candidate.span)) };
        let holder = self.holder(actors, |office| offices.contains(&office));
        holder.map_or(Verdict::Nothing, |actor| chosen(actor, Rule::Office, None))
    }

    /// A family name: who held the office beside it, or whom the piece names.
    pub(super) fn surname(&self, index: usize, part: &Part<'p>, candidate: &Candidate, actors: &[ActorId]) -> Verdict<'p> {
        match self.officer(part, candidate, actors) {
            Officer::Another => return Verdict::Nothing,
            Officer::One(actor) => return self.or_named(index, candidate, actors, actor),
            Officer::Nobody => {}
        }
        let written = candidate.span.of(part.text);
        let mut names = candidate.names.iter().filter_map(|&name| self.roster.names().get(name));
        // Only relatives of the one who is best known are named.
        if let Some(best) = names.find(|name| name.form == Form::Lone).map(|name| name.actor).filter(|&best| !self.anchors.has(best)) {
            let mut open: Vec<ActorId> = self.anchors.ending_with(written).chain([best]).collect();
            open.sort_unstable();
            open.dedup();
            if open.len() > 1 {
                return Verdict::Open(open);
            }
        }
        let named = if self.is_stranger(index, part, candidate, actors) { Verdict::Nothing } else { self.short(index, candidate, actors) };
        match (self.in_office(part, candidate, actors), named) {
            (Verdict::Chosen(holder), Verdict::Chosen(named)) if holder.actor == named.actor => Verdict::Chosen(named),
            (Verdict::Nothing, verdict) | (verdict, _) => verdict,
        }
    }

    /// Whether a family name is rather that of somebody whom the roster has not: named last before with a given name, and as often as any of `actors`.
    fn is_stranger(&self, index: usize, part: &Part<'_>, candidate: &Candidate, actors: &[ActorId]) -> bool {
        let written = candidate.span.of(part.text);
        let here = (index, candidate.span.start);
        let Some(strangers) = self.strangers.get(written) else { return false };
        let before = strangers.partition_point(|&place| place < here);
        let Some(&last) = before.checked_sub(1).and_then(|at| strangers.get(at)) else { return false };
        let is_less = |actor: ActorId| self.anchors.times(actor) <= strangers.len() && !self.anchors.has_between(actor, last, here);
        actors.iter().all(|&actor| is_less(actor))
    }

    /// The agency that signs a piece behind the place or a photograph behind who took it: WASHINGTON (AP) —, Evan Vucci/AP.
    pub(super) fn signing_agency(&self, part: &Part<'_>, candidate: &Candidate, actors: &[ActorId]) -> Option<ActorId> {
        let (before, behind) = (part.text_before(candidate.span), part.text_behind(candidate.span));
        let signs_piece = before.ends_with('(') && [") —", ") –", ") -", ")—", ")–", ")-"].iter().any(|sign| behind.starts_with(sign));
        let signs_photograph = before.strip_suffix('/').is_some_and(|name| name.ends_with(char::is_alphabetic));
        let is_agency = |&&actor: &&ActorId| self.roster.actor(actor).is_some_and(|actor| actor.tags.iter().any(|tag| &**tag == "media"));
        actors.iter().find(is_agency).copied().filter(|_| signs_piece || signs_photograph)
    }

    /// One of `actors` whom an office tells, with the full name that the piece has for that one too.
    pub(super) fn or_named(&self, index: usize, candidate: &Candidate, actors: &[ActorId], actor: ActorId) -> Verdict<'p> {
        match self.short(index, candidate, actors) {
            Verdict::Chosen(named) if named.actor == actor => Verdict::Chosen(named),
            _ => chosen(actor, Rule::Office, None),
        }
    }

    /// Whether the office before the one word of a full name tells that another than `actor` is meant.
    pub(super) fn is_another(&self, part: &Part<'_>, candidate: &Candidate, actor: ActorId) -> bool {
        let written = candidate.span.of(part.text);
        written.chars().all(is_han) && self.is_other_governor(part, candidate, actor)
    }

    /// Whether a name of one word of somebody well known counts by itself at a candidate.
    pub(super) fn is_lone(&self, part: &Part<'_>, candidate: &Candidate, name: &Name) -> bool {
        let before_family = || {
            let next =
                part.behind(candidate).filter(|&(word, at)| is_capitalised(word) && only_space_between(part.text, candidate.span, at));
            next.is_some() && part.senses(candidate.words.end).has(Sense::Family)
        };
        let behind_initial = part.before(candidate).is_some_and(|(word, at)| {
            // Initials may be written together.
            word.split('.').all(|initial| initial.chars().count() == 1 && is_capitalised(initial))
                && part.text_behind(at).starts_with(". ")
                && at.end + 2 == candidate.span.start
        });
        !behind_initial
            && !self.others.contains(candidate.span.of(part.text))
            && self.surname_stands_alone(part, candidate, &[name.actor])
            && !before_family()
    }

    /// Whom a family name with an office tells.
    pub(super) fn told_by_office(&self, part: &Part<'p>, candidate: &Candidate) -> Option<ActorId> {
        for form in [Form::Surname, Form::Short] {
            let actors = self.actors(part, candidate, form);
            if let Officer::One(actor) = self.officer(part, candidate, &actors) {
                return Some(actor);
            }
        }
        self.day?;
        let actors = self.actors(part, candidate, Form::Surname);
        match self.in_office(part, candidate, &actors) {
            Verdict::Chosen(choice) if self.surname_stands_alone(part, candidate, &actors) => Some(choice.actor),
            _ => None,
        }
    }

    /// The one of `actors` who held an office for which `fits` holds when the piece was published.
    pub(super) fn holder(&self, actors: &[ActorId], fits: impl Fn(&str) -> bool) -> Option<ActorId> {
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
            && !part.senses_before(candidate).has(Sense::Honorific)
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
