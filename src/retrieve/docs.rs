//! Documents of a segment that have something, in order.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

use super::intervals::Spots;

#[expect(clippy::large_enum_variant, reason = "a query makes a handful, and asks each for every document")]
/// A walk over the documents of a segment that have something, each with how often.
pub(super) enum Docs {
    /// None.
    Empty,
    /// Those with a token.
    Token(SegmentPostings),
    /// Those with one of several tokens.
    Either(Vec<SegmentPostings>),
    /// Those in which places begin.
    Spots(Box<Spots>),
}

impl Docs {
    /// The walk over those with one of `tokens`.
    pub(super) fn of(mut tokens: Vec<SegmentPostings>) -> Self {
        match tokens.len() {
            0 => Self::Empty,
            1 => Self::Token(tokens.remove(0)),
            _ => Self::Either(tokens),
        }
    }

    /// Goes on to the first document at or behind `target`.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::Empty => TERMINATED,
            Self::Token(postings) => seek(postings, target),
            Self::Either(postings) => postings.iter_mut().map(|postings| seek(postings, target)).min().unwrap_or(TERMINATED),
            Self::Spots(spots) => spots.seek(target),
        }
    }

    /// How often the document at hand has it.
    pub(super) fn times(&mut self) -> u32 {
        match self {
            Self::Empty => 0,
            Self::Token(postings) => postings.term_freq(),
            Self::Either(postings) => {
                let doc = postings.iter().map(DocSet::doc).min().unwrap_or(TERMINATED);
                postings.iter().filter(|postings| postings.doc() == doc).map(Postings::term_freq).sum()
            }
            Self::Spots(spots) => spots.times(),
        }
    }
}

/// Tantivy's `seek` may not be asked to go back; here that means to stay.
pub(super) fn seek(postings: &mut SegmentPostings, target: DocId) -> DocId {
    if postings.doc() >= target { postings.doc() } else { postings.seek(target) }
}
