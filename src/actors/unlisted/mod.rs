//! Actors that no roster lists, told by form and context.
//!
//! Takes the parts of a piece with what the roster has found in them; gives the mentions of further people and organisations. Runs of
//! words that are written as names are ([`chunks`]) are gathered over the whole piece, so that what one place shows ("Jenny Example, a
//! senior fellow at …") counts for all; what speaks for and against each ([`evidence`]) is weighed ([`weights`]), and names that pass lend
//! themselves to their short forms ("Ms Example"). Each mention keeps the kind of evidence that weighed most as its rule. Chinese, which has
//! neither capitals nor spaces, is labelled character by character ([`han`]), and names that begin at a place are read from their ends
//! ([`anchored`]). Other scripts have readers of their own ([`scripts`]).

mod acronyms;
mod alphabets;
mod anchored;
mod bodies;
mod chinese;
mod chunks;
mod employers;
mod ends;
mod evidence;
mod find;
mod frames;
mod german;
mod glued;
mod han;
mod kinds;
mod links;
mod listing;
mod model;
mod offices;
mod one_person;
mod scripts;
mod spread;
mod view;
mod weights;
mod whole;
mod words;

pub(super) use bodies::is_acronym_of;
pub(super) use scripts::{is_arabic_given_name, is_cyrillic_given_name};
pub(super) use view::{Decided, View};
pub(super) use words::{Sense, Senses, ends_with_role, is_place, sensed};

use crate::text::{Language, Span};

/// The mentions of unlisted actors in each of `views`, in order. Where one covers words of a roster's mention, it takes that one's place.
pub(super) fn find(views: &[View<'_>], language: Language) -> Vec<Vec<Decided>> {
    let mut found = find::decide(views, &find::gather(views, language));
    if language == Language::CHINESE || language == Language::JAPANESE {
        acronyms::without_terms(views, &mut found, language);
    } else if language == Language::GERMAN {
        german::without_nouns(views, &mut found);
    }
    let mut add = |more: Vec<Vec<Decided>>| {
        for (part, mut more) in found.iter_mut().zip(more).filter(|(_, more)| !more.is_empty()) {
            more.append(part);
            *part = keep_first(more);
        }
    };
    if language != Language::JAPANESE && language != Language::KOREAN {
        add(chinese::find(views));
    }
    add(scripts::find(views));
    found
}

/// Mentions in order; of those that overlap the first stays, of those that begin together the longest.
fn keep_first(mut mentions: Vec<Decided>) -> Vec<Decided> {
    mentions.sort_by_key(|one| (one.words.start, std::cmp::Reverse(one.words.end)));
    let mut end = 0;
    mentions.retain(|one| {
        let free = one.words.start >= end;
        end = if free { one.words.end } else { end };
        free
    });
    mentions
}

/// Every name that was weighed, at each of its places: the part, the bytes, and the words for the evidence.
pub(super) fn weighed(views: &[View<'_>], language: Language) -> Vec<(usize, Span, Vec<&'static str>)> {
    let names = find::gather(views, language);
    let mut out = Vec::new();
    for found in &names.found {
        for place in &found.places {
            if let Some(view) = views.get(place.part) {
                out.push((place.part, view.span_of(&place.words), found.evidence.members().map(evidence::Evidence::word).collect()));
            }
        }
    }
    out
}
