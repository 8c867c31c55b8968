//! Documents of a segment that have something, in order.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

use super::intervals::SharedSpots;

/// A cursor over the documents of a segment that have something, each with how often.
pub(super) enum Docs {
    /// None.
    Empty,
    /// Those with a token. Postings are large, and cursors are handed on.
    Token(Box<SegmentPostings>),
    /// Those with one of several tokens.
    Either(Vec<SegmentPostings>),
    /// Those in which places stand, all or in part.
    Spots(SharedSpots),
}

impl Docs {
    /// The cursor over those with one of `tokens`.
    pub(super) fn of(mut tokens: Vec<SegmentPostings>) -> Self {
        match tokens.len() {
            0 => Self::Empty,
            1 => Self::Token(Box::new(tokens.remove(0))),
            _ => Self::Either(tokens),
        }
    }

    /// About how many there are, as far as that is known without a look.
    pub(super) fn cost(&self) -> u32 {
        match self {
            Self::Empty => 0,
            Self::Token(postings) => postings.doc_freq(),
            Self::Either(all) => all.iter().map(SegmentPostings::doc_freq).fold(0, u32::saturating_add),
            Self::Spots(_) => u32::MAX,
        }
    }

    /// Goes on to the first document at or behind `target`.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::Empty => TERMINATED,
            Self::Token(postings) => seek(postings, target),
            Self::Either(postings) => postings.iter_mut().map(|postings| seek(postings, target)).min().unwrap_or(TERMINATED),
            Self::Spots(spots) => spots.borrow_mut().seek(target),
        }
    }

    /// Gives `take` the documents from `first` to `header`, a block, that have it, each with how often.
    pub(super) fn each_in(&mut self, first: DocId, header: DocId, mut take: impl FnMut(DocId, u32)) {
        match self {
            Self::Empty => {}
            Self::Token(postings) => {
                let mut doc = seek(postings, first);
                while doc <= header {
                    take(doc, postings.term_freq());
                    doc = postings.advance();
                }
            }
            Self::Either(all) => {
                let mut doc = all.iter_mut().map(|postings| seek(postings, first)).min().unwrap_or(TERMINATED);
                while doc <= header {
                    let (mut times, mut next) = (0, TERMINATED);
                    for postings in &mut *all {
                        if postings.doc() == doc {
                            times += postings.term_freq();
                            postings.advance();
                        }
                        next = next.min(postings.doc());
                    }
                    take(doc, times);
                    doc = next;
                }
            }
            Self::Spots(spots) => spots.borrow_mut().docs(header).iter().for_each(|&(doc, times)| take(doc, times)),
        }
    }
}

/// Tantivy's `seek` may not be asked to go back; here that means to stay.
pub(super) fn seek(postings: &mut SegmentPostings, target: DocId) -> DocId {
    if postings.doc() >= target { postings.doc() } else { postings.seek(target) }
}
