//! One segment searched.
//!
//! Where only plain words are asked for, the bounds of all pieces that match are [accumulated](super::accumulate) first, and only those pieces are
//! scored whose bounds reach the threshold, the greatest bounds first; else all that match are visited in order, each with its hits as the
//! [`Marker`] finds them. A piece that is scored is among the best or not. What the best of one segment reach is the threshold of the next.

use std::cmp::Ordering;

use tantivy::DocId;

use super::accumulate::{Accumulated, BoundedPiece, Threshold};
use super::cursors::Cursors;
use super::marker::Marker;
use super::plan::{Plan, Within};
use super::scorers::{PieceScorer, TermScorer};
use super::searcher::{Order, Request, Retrieved};
use super::statistics::Statistics;
use super::top::Top;
use crate::index::{Error, PieceAddress, Segment};
use crate::rank::{Averages, Signals};

/// A piece that matches, with the passages of it that may be shown, the best first.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) piece: PieceAddress,
    pub(super) passages: Vec<(DocId, Signals)>,
    /// What it is ordered by, the greater the better.
    pub(super) rank: f64,
    /// The order of its key in the segment.
    key: u64,
}

impl Candidate {
    /// Puts its passages in order, the best first, and keeps so many of them.
    pub(super) fn keep_best(&mut self, passages: usize) {
        self.passages.sort_by(|a, b| b.1.score().total_cmp(&a.1.score()).then(a.0.cmp(&b.0)));
        self.passages.truncate(passages);
    }

    /// The signals of its best passage.
    pub(super) fn best(&self) -> Signals {
        self.passages.first().map(|(_, signals)| *signals).unwrap_or_default()
    }
}

/// Where more pieces of a segment match, the bound of each is looked at before it is scored.
const MANY: u64 = if cfg!(test) { 2 } else { 200 };

/// The search of one segment.
pub(super) struct SegmentSearch<'r> {
    pub(super) plan: &'r Plan,
    pub(super) request: &'r Request,
    pub(super) segment: &'r Segment,
    pub(super) number: usize,
    /// The rank that a piece has to reach to be among the best of the segments before.
    pub(super) threshold: Option<f64>,
}

impl SegmentSearch<'_> {
    /// The `kept` first of the pieces that match. Counts those that do in `retrieved`.
    pub(super) fn run(&self, statistics: &Statistics<'_>, kept: usize, retrieved: &mut Retrieved) -> Result<Vec<Candidate>, Error> {
        let cursors = Cursors::new(self.plan, self.segment);
        let counts_only = kept == 0 && self.plan.within == Within::Piece;
        let scorers = cursors.term_scorers(statistics)?;
        let marker = if self.plan.chooses_passages() && !counts_only { Some(Marker::new(&cursors)?) } else { None };
        let threshold = self.threshold.unwrap_or_default();
        let threshold = if kept == 0 { Threshold::Known(f64::INFINITY) } else { Threshold::Estimated(kept, threshold) };
        let accumulate =
            |scorers: &[TermScorer<'_>], threshold| Accumulated::of(self.plan, self.segment, (scorers, &statistics.averages), threshold);
        if marker.is_none()
            && self.request.order == Order::Score
            && let Some(accumulated) = accumulate(&scorers, threshold)?
        {
            retrieved.pieces += accumulated.pieces();
            // Scorers go forward only, and those at hand have not been asked for anything.
            let mut fresh = Some(scorers);
            return self.best_of(accumulated, kept, || fresh.take().map_or_else(|| cursors.term_scorers(statistics), Ok), accumulate);
        }
        self.all(&cursors, marker, (scorers, &statistics.averages), kept, retrieved)
    }

    /// The `kept` first of all pieces that match, which are visited one after the other, and counted on the way.
    fn all(
        &self,
        cursors: &Cursors<'_>,
        mut marker: Option<Marker<'_>>,
        (scorers, averages): (Vec<TermScorer<'_>>, &Averages),
        kept: usize,
        retrieved: &mut Retrieved,
    ) -> Result<Vec<Candidate>, Error> {
        let mut best = TopPieces::new(self, scorers, kept);
        let mut blocks = cursors.blocks(&self.plan.tree)?;
        let (mut from, mut pieces) = (0, 0);
        loop {
            let header = blocks.seek(self.segment, from);
            if header >= self.segment.max_doc() {
                break;
            }
            from = header + 1;
            if !self.segment.is_alive(header) {
                continue;
            }
            let hits = match &mut marker {
                None => None,
                Some(marker) => match marker.documents(header) {
                    Some(hits) => Some(hits),
                    None => continue,
                },
            };
            pieces += 1;
            if kept == 0 {
                continue;
            }
            if pieces == MANY {
                best.scorer.bound_from(averages, header)?;
            }
            best.visit(header, hits.as_deref());
        }
        retrieved.pieces += pieces;
        retrieved.truncated |= marker.as_ref().is_some_and(Marker::is_over);
        Ok(best.into_sorted())
    }

    /// The `kept` first of the pieces that were `accumulated`; `scorers` gives such as stand at the beginning, and `again` accumulates again, by
    /// the threshold that is known by then.
    fn best_of<'r>(
        &'r self,
        accumulated: Accumulated,
        kept: usize,
        mut scorers: impl FnMut() -> Result<Vec<TermScorer<'r>>, Error>,
        again: impl Fn(&[TermScorer<'r>], Threshold) -> Result<Option<Accumulated>, Error>,
    ) -> Result<Vec<Candidate>, Error> {
        let estimated = accumulated.threshold();
        let mut best = self.visited(accumulated, kept, &mut scorers)?;
        // What was passed over scores below the threshold. Where that was too high, what was found gives the right one.
        let known = best.worst().unwrap_or_default().max(self.threshold.unwrap_or_default());
        if kept > 0
            && estimated > known
            && let Some(accumulated) = again(&scorers()?, Threshold::Known(known))?
        {
            best = self.visited(accumulated, kept, &mut scorers)?;
        }
        Ok(best.into_sorted())
    }

    /// The `kept` first of the pieces that were `accumulated`.
    fn visited<'r>(
        &'r self,
        accumulated: Accumulated,
        kept: usize,
        mut scorers: impl FnMut() -> Result<Vec<TermScorer<'r>>, Error>,
    ) -> Result<TopPieces<'r>, Error> {
        let [first, rest] = accumulated.split(kept);
        let mut best = TopPieces::new(self, scorers()?, kept);
        for piece in first {
            best.visit(piece.header, None);
        }
        // The scores of those with the greatest bounds are above most other bounds.
        let reached = best.worst().unwrap_or_default();
        let rest: Vec<BoundedPiece> = rest.into_iter().filter(|piece| piece.bound >= reached).collect();
        if !rest.is_empty() {
            best.begin_again(scorers()?);
        }
        for piece in rest {
            if best.threshold().is_none_or(|threshold| piece.bound >= threshold) {
                best.visit(piece.header, None);
            }
        }
        Ok(best)
    }
}

/// The best of the pieces of a segment that are visited.
struct TopPieces<'r> {
    search: &'r SegmentSearch<'r>,
    scorer: PieceScorer<'r>,
    top: Top<Candidate, fn(&Candidate, &Candidate) -> Ordering>,
}

impl<'r> TopPieces<'r> {
    fn new(search: &'r SegmentSearch<'r>, scorers: Vec<TermScorer<'r>>, kept: usize) -> Self {
        let order = |a: &Candidate, b: &Candidate| b.rank.total_cmp(&a.rank).then(a.key.cmp(&b.key));
        Self { search, scorer: PieceScorer::new(search.segment, scorers), top: Top::new(kept, order) }
    }

    /// Lets pieces be visited again from the first on.
    fn begin_again(&mut self, scorers: Vec<TermScorer<'r>>) {
        self.scorer = PieceScorer::new(self.search.segment, scorers);
    }

    /// The rank of the worst of the best; `None` while there are not as many as are kept.
    fn worst(&mut self) -> Option<f64> {
        self.top.worst().map(|worst| worst.rank)
    }

    /// The rank that a piece has to reach, as far as is known.
    fn threshold(&self) -> Option<f64> {
        self.top.threshold().map(|threshold| threshold.rank).into_iter().chain(self.search.threshold).reduce(f64::max)
    }

    /// Takes the piece of `header` if it is among the best, with those passages that are `hits`, if somebody knows them.
    fn visit(&mut self, header: DocId, hits: Option<&[DocId]>) {
        let SegmentSearch { request, segment, number, .. } = *self.search;
        let threshold = self.threshold();
        // Only a score can be known to be too low before it is computed.
        let least_score = threshold.filter(|_| request.order == Order::Score);
        let Some(scored) = self.scorer.score(header, hits, least_score) else { return };
        let best = scored.iter().map(|(_, signals)| signals.score()).fold(f32::NEG_INFINITY, f32::max);
        let day = || segment.first_day().first(header);
        let rank = match request.order {
            Order::Score => f64::from(best),
            Order::Oldest => day().map_or(f64::NEG_INFINITY, |day| -approximate(day)),
            Order::Newest => day().map_or(f64::NEG_INFINITY, approximate),
        };
        if threshold.is_some_and(|threshold| threshold > rank) {
            return;
        }
        // Of one piece the best passages, even where pieces come by date.
        let key = segment.key_order().first(header).unwrap_or(u64::MAX);
        let mut candidate = Candidate { piece: PieceAddress { segment: number, header }, passages: scored.to_vec(), rank, key };
        candidate.keep_best(request.per_piece);
        self.top.push(candidate);
    }

    fn into_sorted(self) -> Vec<Candidate> {
        self.top.into_sorted()
    }
}

#[expect(clippy::cast_precision_loss, reason = "days since 1970 are far below what a float tells apart")]
fn approximate(day: i64) -> f64 {
    day as f64
}
