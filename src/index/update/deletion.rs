//! What is deleted while new segments come.

use std::sync::{Arc, PoisonError, RwLock};

use tantivy::index::SegmentId;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, TermQuery, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, SegmentReader, Term};

/// The segments that a writer has handed over, in order. Clones are of the same writer.
#[derive(Clone, Debug, Default)]
pub(super) struct Newcomers(Arc<RwLock<Vec<SegmentId>>>);

impl Newcomers {
    /// A segment is about to be handed over.
    pub(super) fn comes(&self, segment: SegmentId) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).push(segment);
    }

    fn count(&self) -> usize {
        self.0.read().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Whether a segment came when so many were there.
    fn came_after(&self, there: usize, segment: SegmentId) -> bool {
        self.0.read().unwrap_or_else(PoisonError::into_inner).iter().skip(there).any(|&other| other == segment)
    }
}

/// Documents with a term, in the segments that are there when this is made.
///
/// The engine deletes, when it commits or merges, from all segments that it then has. Of those that it writes itself it knows when each document
/// came; one that is handed over may come behind a delete, and have what replaces the deleted. What segments are merged into has seen all deletes
/// that were asked before, and has no name here.
#[derive(Clone, Debug)]
pub(super) struct Deletion {
    query: TermQuery,
    newcomers: Newcomers,
    there: usize,
}

impl Deletion {
    /// What has `term` now.
    pub(super) fn of(term: Term, newcomers: &Newcomers) -> Self {
        Self { query: TermQuery::new(term, IndexRecordOption::Basic), newcomers: newcomers.clone(), there: newcomers.count() }
    }
}

impl Query for Deletion {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(Doomed { weight: self.query.weight(scoring)?, newcomers: self.newcomers.clone(), there: self.there }))
    }
}

/// A [`Deletion`], ready to be asked.
struct Doomed {
    weight: Box<dyn Weight>,
    newcomers: Newcomers,
    there: usize,
}

impl Doomed {
    fn spares(&self, segment: &SegmentReader) -> bool {
        self.newcomers.came_after(self.there, segment.segment_id())
    }
}

impl Weight for Doomed {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        if self.spares(segment) { Ok(Box::new(tantivy::query::EmptyScorer)) } else { self.weight.scorer(segment, boost) }
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.weight.explain(segment, doc)
    }

    fn for_each_no_score(&self, segment: &SegmentReader, take: &mut dyn FnMut(&[DocId])) -> tantivy::Result<()> {
        if self.spares(segment) { Ok(()) } else { self.weight.for_each_no_score(segment, take) }
    }
}
