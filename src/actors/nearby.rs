//! Organs that many states have under one name, as "the Foreign Ministry" and 外交部: whose it is, by what stands near.

use std::ops::Range;
use std::rc::Rc;

use super::choose::{Part, Piece, Verdict, chosen};
use super::leading::{Holder, may_be_organ};
use super::matcher::Candidate;
use super::word_list::WordList;
use super::{ActorId, Form, Kind, Rule};
use crate::text::Span;
use crate::text::script::is_han;

/// The tags of what many states have.
const ORGANS: [&str; 7] = ["ministry", "bank", "legislature", "military", "court", "police", "organ"];

/// How far, in bytes, the person who speaks for an organ stands behind it: 外交部发言人毛宁.
const SPOKESMAN: usize = 60;
/// How far back, in bytes, a sentence is looked for its states: longer than any is, but a text may have no signs.
const SENTENCE: usize = 4_000;
/// The bytes at the beginning of a text in which an agency signs it.
const DATELINE: usize = 160;

/// What tells of one state's organ right behind or before its name, in Chinese.
struct Han {
    name: &'static str,
    actor: &'static str,
    behind: WordList,
    before: WordList,
}

static HAN: Han = Han {
    name: "国务院",
    actor: "state-council-china",
    behind: WordList::new(
        "总理 總理 副总理 副總理 国务委员 國務委員 常务会议 常務會議 办公厅 辦公廳 印发 印發 秘书长 秘書長 副秘书长 副秘書長 新闻办公室 普查办 批复 批覆 批准 令 参事 參事 新闻办 新聞辦 台办 台辦 港澳 \
        国资委 國資委 扶贫 发展研究中心 關稅 关税 联防联控 聯防聯控 安委会 食安办",
    ),
    before: WordList::new("中共中央、 中共中央和 中共中央 党中央、 黨中央、 人大常委会、 经 經"),
};

/// A place that tells of a state.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told<'p> {
    span: Span,
    /// What tells: the state itself, or its organ, in its name; a person; or, as an organisation, the media.
    kind: Kind,
    state: &'p str,
    written: &'p str,
}

impl<'p> Piece<'p> {
    /// A short name, which organs and parties of several states may share: the one whom the piece names in full, or whose state stands near, or is
    /// the one that the piece is about.
    pub(super) fn short_or_organ(&self, index: usize, part: &Part<'p>, at: usize, actors: &[ActorId]) -> Verdict<'p> {
        let Some(candidate) = part.candidates.get(at) else { return Verdict::Nothing };
        let named = self.short(index, candidate, actors);
        let holders = self.holders(candidate.span.of(part.text), actors);
        let han = candidate.span.of(part.text).chars().all(is_han);
        if holders.is_empty() || !han && !matches!(named, Verdict::Nothing) {
            return named;
        }
        if !may_be_organ(part, candidate) || self.is_shared_with_part(part, candidate) {
            return named;
        }
        // A state that stands beside a Chinese name tells more than one that the piece names elsewhere.
        let near = self.near(index, part, candidate, &holders);
        if let (Verdict::Chosen(_), _) | (_, Verdict::Nothing) = (&near, &named) {
            return near;
        }
        match (named, self.leading(part, candidate, &holders)) {
            (Verdict::Chosen(one), Some((other, _))) if one.actor != other => Verdict::Open(vec![one.actor, other]),
            (named, _) => named,
        }
    }

    /// The one of `holders` whose state stands near a candidate, or is the one that the piece is about.
    fn near(&self, index: usize, part: &Part<'p>, candidate: &Candidate, holders: &[Holder<'p>]) -> Verdict<'p> {
        let span = candidate.span;
        let told = |holder: &&Holder<'_>| self.roster.actor(holder.actor).is_some_and(|actor| actor.id == HAN.actor);
        if let Some(holder) = holders.iter().find(told)
            && span.of(part.text) == HAN.name
            && (HAN.behind.begins(part.text_behind(span)) || HAN.before.ends(part.text_before(span)))
        {
            return chosen(holder.actor, Rule::Nearby, None);
        }
        let states: Vec<(ActorId, &str)> = holders
            .iter()
            .filter(|holder| !holder.is_party && self.is_state(holder.home))
            .map(|holder| (holder.actor, holder.home))
            .collect();
        let near = if states.len() > 1 { self.nearby(index, part, span, &states) } else { Verdict::Nothing };
        let Some((leader, written)) = self.leading(part, candidate, holders) else {
            return match near {
                Verdict::Nothing => self.reported(&states),
                near => near,
            };
        };
        match near {
            // "Money for a wall at the border with Mexico, but Congress": ministries speak for their states, others stand where any is named.
            Verdict::Chosen(near) if near.actor != leader && !self.is_ministry(near.actor) => Verdict::Open(vec![near.actor, leader]),
            Verdict::Chosen(near) => Verdict::Chosen(near),
            _ => chosen(leader, Rule::Nearby, Some(written)),
        }
    }

    /// The one of `organs` whose state stands near: that of the person who speaks for it, the one state before it in the sentence, that of the
    /// title. Where the piece names several of their states, nothing decides.
    fn nearby(&self, index: usize, part: &Part<'p>, here: Span, organs: &[(ActorId, &str)]) -> Verdict<'p> {
        if let [(actor, written)] = only(self.seat_behind(part, here), organs)[..] {
            return chosen(actor, Rule::Nearby, Some(written));
        }
        let speaker = self.states_in(index, Kind::Person, here.end..here.end + SPOKESMAN, |span| {
            last_sentence_end(Span::new(here.end, span.start).of(part.text)).is_none()
        });
        // A state behind it is as likely the one that it deals with: "the Defence Ministry said Ukraine".
        let far = here.start.saturating_sub(SENTENCE);
        let first = (far..here.start).find(|&at| part.text.is_char_boundary(at)).unwrap_or(here.start);
        let last_end = last_sentence_end(Span::new(first, here.start).of(part.text)).map(|end| first + end);
        let sentence = |span: Span| span.end <= here.start && last_end.is_none_or(|end| end < span.end);
        let in_sentence = || self.states_in(index, Kind::State, first..here.start, sentence);
        let in_title = || if index > 0 { self.states_in(0, Kind::State, 0..usize::MAX, |_| true) } else { Vec::new() };
        for states in [speaker, in_sentence(), in_title()] {
            match only(states, organs)[..] {
                [] => {}
                [(actor, written)] => return chosen(actor, Rule::Nearby, Some(written)),
                ref several => return Verdict::Open(several.iter().map(|&(actor, _)| actor).collect()),
            }
        }
        Verdict::Nothing
    }

    /// The states of whose capital a name stands right behind "in": "the foreign ministry in Doha".
    fn seat_behind(&self, part: &Part<'p>, here: Span) -> Vec<(&'p str, &'p str)> {
        let Some(place) = part.text_behind(here).strip_prefix(" in ") else { return Vec::new() };
        let start = part.text.len() - place.len();
        let at = part.candidates.partition_point(|candidate| candidate.span.start < start);
        let Some(seat) = part.candidates.get(at).filter(|candidate| candidate.span.start == start) else { return Vec::new() };
        let states = self.actors(part, seat, Form::Capital);
        states.into_iter().filter_map(|state| Some((&*self.roster.actor(state)?.id, seat.span.of(part.text)))).collect()
    }

    /// The one of `organs` whose state's agency signs the text, unless the piece speaks of other states more often.
    fn reported(&self, organs: &[(ActorId, &str)]) -> Verdict<'p> {
        match only(self.signed(), organs)[..] {
            [(actor, written)] if self.is_spoken_of(organs, actor) => chosen(actor, Rule::Nearby, Some(written)),
            _ => Verdict::Nothing,
        }
    }

    /// The states whose media the text names where an agency signs it.
    pub(super) fn signed(&self) -> Vec<(&'p str, &'p str)> {
        self.states_in(1, Kind::Org, 0..DATELINE, |_| true)
    }

    /// Those of `actors`, who share the name `written`, that are organs or parties.
    fn holders(&self, written: &'p str, actors: &[ActorId]) -> Rc<[Holder<'p>]> {
        let mut known = self.holders.borrow_mut();
        let holders = known.entry(written).or_insert_with(|| actors.iter().filter_map(|&actor| self.holder_of(actor)).collect());
        Rc::clone(holders)
    }

    /// An actor that is an organ or a party, with the state or union whose it is.
    fn holder_of(&self, id: ActorId) -> Option<Holder<'p>> {
        let actor = self.roster.actor(id)?;
        let is_party = actor.tags.iter().any(|tag| tag == "party");
        let organ = is_party || actor.tags.iter().any(|tag| ORGANS.contains(&&**tag));
        let home = actor.of.iter().find(|id| self.is_state(id)).or_else(|| actor.of.first())?;
        (actor.kind == Kind::Org && organ).then_some(Holder { actor: id, home, is_party })
    }

    fn is_ministry(&self, id: ActorId) -> bool {
        self.roster.actor(id).is_some_and(|actor| actor.tags.iter().any(|tag| matches!(&**tag, "ministry" | "military")))
    }

    fn is_state(&self, id: &str) -> bool {
        self.roster.place(id).is_some_and(|(_, kind)| kind == Kind::State)
    }

    /// The states of which `kind` tells where something begins in `bytes` and `fits` holds, each with what is written there.
    fn states_in(&self, part: usize, kind: Kind, bytes: Range<usize>, fits: impl Fn(Span) -> bool) -> Vec<(&'p str, &'p str)> {
        let told = self.told.get_or_init(|| [0, 1].map(|part| self.parts.get(part).map(|part| self.told_in(part)).unwrap_or_default()));
        let told = told.get(part).map(Vec::as_slice).unwrap_or_default();
        let [first, end] = [bytes.start, bytes.end].map(|byte| told.partition_point(|told| told.span.start < byte));
        let inside = told.get(first..end).unwrap_or_default().iter();
        inside.filter(|told| told.kind == kind && fits(told.span)).map(|told| (told.state, told.written)).collect()
    }

    fn told_in(&self, part: &Part<'p>) -> Vec<Told<'p>> {
        let mut all = Vec::new();
        for candidate in &part.candidates {
            for form in [Form::Full, Form::Demonym] {
                let [one] = self.actors(part, candidate, form)[..] else { continue };
                let Some(actor) = self.roster.actor(one) else { continue };
                let tagged = |tags: &[&str]| actor.tags.iter().any(|tag| tags.contains(&&**tag));
                let own = || actor.of.iter().find(|id| self.is_state(id));
                let (kind, state) = match actor.kind {
                    Kind::State => (Kind::State, Some(&actor.id)),
                    Kind::Person => (Kind::Person, own()),
                    Kind::Org if tagged(&ORGANS) => (Kind::State, own()),
                    Kind::Org if tagged(&["media"]) => (Kind::Org, own()),
                    Kind::Org => continue,
                };
                let (span, written) = (candidate.span, candidate.span.of(part.text));
                all.extend(state.map(|state| Told { span, kind, state, written }));
            }
        }
        all
    }
}

/// Those of `organs` whose states are among `states`, each once, with what is written there.
fn only<'p>(states: Vec<(&'p str, &'p str)>, organs: &[(ActorId, &str)]) -> Vec<(ActorId, &'p str)> {
    let organ_of = |state: &str| organs.iter().find(|(_, of)| *of == state).map(|&(actor, _)| actor);
    let mut fits: Vec<_> = states.into_iter().filter_map(|(state, written)| Some((organ_of(state)?, written))).collect();
    fits.sort_unstable_by_key(|&(actor, _)| actor);
    fits.dedup_by_key(|&mut (actor, _)| actor);
    fits
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

#[cfg(test)]
#[path = "nearby_tests.rs"]
mod tests;
