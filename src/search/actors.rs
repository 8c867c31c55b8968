//! What an index knows of actors.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::Error;
use super::find::{Shown, find_piece_by_id};
use crate::actors::{Matcher, Mention, Tagger};
use crate::index::{Reader, text_of};
use crate::text::{Analyzer, Language, code_points};

/// What an index knows of an actor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActorProfile {
    /// Mentions in titles and texts.
    pub mentions: u64,
    /// The names under which it is mentioned, the most frequent first.
    pub names: Vec<(String, u64)>,
    /// Mentions by the piece's language, the most frequent first.
    pub languages: Vec<(String, u64)>,
    /// Mentions by the month of the piece, in order; pieces without a month are left out.
    pub months: Vec<(String, u64)>,
    /// Who is named in the same passage or title, and in how many.
    pub beside: Vec<(String, u64)>,
}

/// Two actors who are named in the same passages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorPair {
    /// Their ids, in order.
    pub actors: [String; 2],
    /// In how many passages and titles.
    pub passages: u64,
}

/// A mention, and where it stands.
#[derive(Clone, Debug)]
pub struct PlacedMention {
    /// The mention; its span counts from the passage's first byte.
    pub mention: Mention,
    /// As it is written.
    pub written: String,
    /// Its first code point in the piece's text, and the one behind its last.
    pub place: (usize, usize),
}

/// What the index knows of `actor`.
pub fn actor_profile(reader: &Reader, actor: &str) -> Result<ActorProfile, Error> {
    let mut profile = ActorProfile::default();
    let (mut names, mut languages, mut months, mut beside) = (Counts::new(), Counts::new(), Counts::new(), Counts::new());
    reader.each_mentioning(Some(actor), |piece, text, mentions| {
        for mention in mentions.iter().filter(|mention| mention.actor.as_deref() == Some(actor)) {
            profile.mentions += 1;
            count(&mut names, mention.span.of(text));
            count(&mut languages, &piece.lang);
            if let Some(month) = piece.date.as_deref().and_then(|date| date.get(..7)) {
                count(&mut months, month);
            }
        }
        distinct(mentions).into_iter().filter(|other| *other != actor).for_each(|other| count(&mut beside, other));
    })?;
    profile.names = frequent(names);
    profile.languages = frequent(languages);
    profile.months = months.into_iter().collect();
    profile.beside = frequent(beside);
    Ok(profile)
}

/// Who is named together within a passage or title, the most frequent first; with `actor`, the pairs that it is in.
pub fn actor_pairs(reader: &Reader, actor: Option<&str>) -> Result<Vec<ActorPair>, Error> {
    let mut counts: BTreeMap<(String, String), u64> = BTreeMap::new();
    reader.each_mentioning(actor, |_, _, mentions| {
        let named = distinct(mentions);
        for (at, first) in named.iter().enumerate() {
            for second in named.iter().skip(at + 1).filter(|second| actor.is_none_or(|actor| actor == *first || actor == **second)) {
                *counts.entry(((*first).to_owned(), (*second).to_owned())).or_default() += 1;
            }
        }
    })?;
    let mut pairs: Vec<ActorPair> = counts.into_iter().map(|((a, b), passages)| ActorPair { actors: [a, b], passages }).collect();
    pairs.sort_by(|a, b| b.passages.cmp(&a.passages).then_with(|| a.actors.cmp(&b.actors)));
    Ok(pairs)
}

/// The piece of a place, and its code points in the piece. A place is `ID:START-END`: code points counted in the text of the piece ID (its id, path,
/// or the first twelve letters of its digest), or in the passage whose id comes first.
fn located(reader: &Reader, place: &str) -> Result<(Shown, Range<usize>), Error> {
    let not_found = || Error::NotFound(place.to_owned());
    let (name, range) = place.rsplit_once(':').ok_or_else(not_found)?;
    let (start, end) = range
        .split_once('-')
        .and_then(|(start, end)| Some((start.parse::<usize>().ok()?, end.parse::<usize>().ok()?)))
        .ok_or_else(not_found)?;
    let shown = find_piece_by_id(reader, name)?;
    let origin = shown.passage.and_then(|at| shown.passages.get(at)).map_or(0, |passage| passage.start);
    Ok((shown, origin.saturating_add(start)..origin.saturating_add(end)))
}

/// A name that was weighed and is no mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectedName {
    /// As it is written.
    pub written: String,
    /// Its code points in the piece.
    pub place: (usize, usize),
    /// What speaks for it and against it.
    pub evidence: Vec<&'static str>,
}

/// The names at a place (as for [`mentions_at`]) that no roster lists and that are weighed there, whatever came of it.
pub fn rejected_at(reader: &Reader, place: &str) -> Result<Vec<RejectedName>, Error> {
    let (shown, wanted) = located(reader, place)?;
    let text = text_of(&shown.passages);
    let language = Language::parse(&shown.piece.stored.lang).unwrap_or(Language::UNKNOWN);
    let title = shown.piece.stored.title.as_deref().unwrap_or_default();
    let analyzer = Analyzer::default();
    let (title_words, words) = (analyzer.analyse(title, language), analyzer.analyse(&text, language));
    let tagger = Tagger::new(reader.roster(), Arc::new(Matcher::new(reader.roster())));
    let weighed = tagger.weigh((title, &title_words), (&text, &words), language).into_iter().map(|(span, evidence)| RejectedName {
        written: span.of(&text).to_owned(),
        place: (code_points(&text, span.start), code_points(&text, span.end)),
        evidence,
    });
    Ok(weighed.filter(|name| name.place.0 < wanted.end && wanted.start < name.place.1).collect())
}

/// The mentions at a place, `ID:START-END`: code points counted in the text of the piece ID (its id, path, or the first twelve letters of
/// its digest), or in the passage whose id comes first. Beside them what is written there.
pub fn mentions_at(reader: &Reader, place: &str) -> Result<(String, Vec<PlacedMention>), Error> {
    let (shown, Range { start, end }) = located(reader, place)?;
    let mut written = String::new();
    let mut found = Vec::new();
    for passage in shown.passages.iter().filter(|passage| passage.start < end && start < passage.end) {
        let from = start.saturating_sub(passage.start);
        written.extend(passage.text.chars().skip(from).take(end.saturating_sub(passage.start.max(start))));
        for mention in passage.mentions.iter().cloned().map(Mention::from) {
            let at = |byte| passage.start + code_points(&passage.text, byte);
            let place = (at(mention.span.start), at(mention.span.end));
            if place.0 < end && start < place.1 {
                found.push(PlacedMention { written: mention.span.of(&passage.text).to_owned(), mention, place });
            }
        }
    }
    Ok((written, found))
}

type Counts = BTreeMap<String, u64>;

fn count(counts: &mut Counts, what: &str) {
    match counts.get_mut(what) {
        Some(count) => *count += 1,
        None => {
            counts.insert(what.to_owned(), 1);
        }
    }
}

/// The counts, the highest first, ties in the order of the words.
fn frequent(counts: Counts) -> Vec<(String, u64)> {
    let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

/// The ids of the actors mentioned, each once, in order.
fn distinct(mentions: &[Mention]) -> Vec<&str> {
    let mut ids: Vec<&str> = mentions.iter().filter_map(|mention| mention.actor.as_deref()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
