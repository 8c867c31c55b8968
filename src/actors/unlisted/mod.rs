//! Actors that no roster lists, told by form and context.
//!
//! Takes the parts of a piece with what the roster has found in them; gives the mentions of further people and organisations. Runs of
//! words that are written as names are ([`chunks`]) are gathered over the whole piece, so that what one place shows ("Jenny Example, a
//! senior fellow at …") counts for all; what speaks for and against each ([`evidence`]) is weighed ([`weights`]), and names that pass lend
//! themselves to their short forms ("Ms Example"). Each mention keeps the kind of evidence that weighed most as its rule. Chinese, which has
//! neither capitals nor spaces, is labelled character by character ([`han`]).

mod chinese;
mod chunks;
mod evidence;
mod find;
mod han;
mod model;
mod spread;
mod view;
mod weights;
mod words;

pub(super) use view::{Decided, View};
pub(super) use words::{Senses, sensed};

use crate::text::{Language, Span};

/// The mentions of unlisted actors in each of `views`, in order. Where one covers words of a roster's mention, it takes that one's place.
pub(super) fn find(views: &[View<'_>], language: Language) -> Vec<Vec<Decided>> {
    let mut found = find::decide(views, &find::gather(views, language));
    if language != Language::JAPANESE && language != Language::KOREAN {
        for (part, more) in found.iter_mut().zip(chinese::find(views)) {
            part.extend(more);
            part.sort_by_key(|one| (one.words.start, std::cmp::Reverse(one.words.end)));
            let mut end = 0;
            part.retain(|one| {
                let free = one.words.start >= end;
                end = if free { one.words.end } else { end };
                free
            });
        }
    }
    found
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
