//! Organs that many states have under one name, as "the Foreign Ministry" and 外交部: whose it is, by what stands near.

use super::choose::{Part, Piece, Verdict, chosen};
use super::{ActorId, Form, Kind, Rule};
use crate::text::Span;

/// The tags of what many states have.
const ORGANS: [&str; 7] = ["ministry", "bank", "legislature", "military", "court", "police", "organ"];

/// How far, in bytes, the person who speaks for an organ stands behind it: 外交部发言人毛宁.
const SPOKESMAN: usize = 60;
/// The bytes at the beginning of a text in which an agency signs it.
const DATELINE: usize = 160;

impl<'p> Piece<'p> {
    /// The one of `actors`, organs of states that share a name, whose state stands near: that of the person who speaks for it, the one state
    /// before it in the sentence, that of the title, that of the agency that reports. Where the piece names several of their states, nothing decides.
    pub(super) fn nearby(&self, index: usize, part: &Part<'p>, at: usize, actors: &[ActorId]) -> Verdict<'p> {
        let organs: Vec<(ActorId, &str)> = actors.iter().filter_map(|&actor| Some((actor, self.state_of_organ(actor)?))).collect();
        if organs.len() < 2 || organs.len() < actors.len() {
            return Verdict::Nothing;
        }
        let Some(here) = part.candidates.get(at).map(|candidate| candidate.span) else { return Verdict::Nothing };
        // 国防部长 is a person's office, 国会山 a place.
        if part.text_behind(here).starts_with(['长', '長', '级', '級', '山', '大']) {
            return Verdict::Nothing;
        }
        let organ_of = |state: &str| organs.iter().find(|(_, of)| *of == state).map(|&(actor, _)| actor);
        let behind = |span: Span| span.start >= here.end && span.start - here.end < SPOKESMAN;
        let speaker = self.states_in(part, Kind::Person, |span| {
            behind(span) && last_sentence_end(Span::new(here.end, span.start).of(part.text)).is_none()
        });
        // A state behind it is as likely the one that it deals with: "the Defence Ministry said Ukraine".
        let last_end = last_sentence_end(part.text_before(here));
        let sentence = |span: Span| span.end <= here.start && last_end.is_none_or(|end| end < span.end);
        let in_sentence = || self.states_in(part, Kind::State, sentence);
        let in_title =
            || self.parts.first().filter(|_| index > 0).map(|title| self.states_in(title, Kind::State, |_| true)).unwrap_or_default();
        let agency = || self.parts.get(1).map(|text| self.states_in(text, Kind::Org, |span| span.start < DATELINE)).unwrap_or_default();
        let mut named: Vec<&str> = Vec::new();
        for (whole, states) in [(true, speaker), (true, in_sentence()), (true, in_title()), (false, agency())] {
            let mut fits: Vec<(&str, &'p str)> = states.into_iter().filter(|(state, _)| organ_of(state).is_some()).collect();
            fits.sort_unstable_by_key(|&(state, _)| state);
            fits.dedup_by_key(|&mut (state, _)| state);
            if let [(state, written)] = fits[..]
                && let Some(actor) = organ_of(state)
            {
                return chosen(actor, Rule::Nearby, Some(written));
            }
            if whole && fits.len() > 1 {
                named.extend(fits.iter().map(|&(state, _)| state));
                break;
            }
        }
        let open: Vec<ActorId> = organs.iter().filter(|(_, of)| named.contains(of)).map(|&(actor, _)| actor).collect();
        if open.len() > 1 { Verdict::Open(open) } else { Verdict::Nothing }
    }

    /// The state whose organ an actor is.
    fn state_of_organ(&self, actor: ActorId) -> Option<&'p str> {
        let actor = self.roster.actor(actor)?;
        let organ = actor.kind == Kind::Org && actor.tags.iter().any(|tag| ORGANS.contains(&&**tag));
        actor.of.iter().find(|id| organ && self.is_state(id)).map(|id| &**id)
    }

    fn is_state(&self, id: &str) -> bool {
        self.roster.place(id).is_some_and(|(_, kind)| kind == Kind::State)
    }

    /// The states that are named, or whose people or media are, where `fits` holds, each with what is written there.
    fn states_in(&self, part: &Part<'p>, kind: Kind, fits: impl Fn(Span) -> bool) -> Vec<(&'p str, &'p str)> {
        let mut states = Vec::new();
        for candidate in part.candidates.iter().filter(|candidate| fits(candidate.span)) {
            let written = candidate.span.of(part.text);
            for form in [Form::Full, Form::Demonym] {
                let [one] = self.actors(part, candidate, form)[..] else { continue };
                let Some(actor) = self.roster.actor(one).filter(|actor| actor.kind == kind) else { continue };
                match kind {
                    Kind::State => states.push((&*actor.id, written)),
                    Kind::Org if !actor.tags.iter().any(|tag| tag == "media") => {}
                    _ => states.extend(actor.of.iter().find(|id| self.is_state(id)).map(|id| (&**id, written))),
                }
            }
        }
        states
    }
}

/// The byte of the last mark in `text` that ends a sentence.
fn last_sentence_end(text: &str) -> Option<usize> {
    let mut behind = None;
    text.char_indices().rev().find_map(|(at, c)| {
        let ends = matches!(c, '。' | '！' | '？' | '!' | '?' | '\n') || (c == '.' && behind == Some(' '));
        behind = Some(c);
        ends.then_some(at)
    })
}
