//! A plan answered: the best of each segment ([`SegmentSearch`]) are brought together, and reranked where that is asked for.

use std::cell::RefCell;
use std::rc::Rc;

use foldhash::HashMap;

use super::plan::Plan;
use super::rerank::{LOOKED_AT, POOL, rerank};
use super::segment_search::{Candidate, SegmentSearch};
use super::statistics::Statistics;
use crate::index::{Error, PassageAddress, PieceAddress, Reader, Segment};
use crate::rank::{Feedback, Level, Signals};

/// How much is wanted of a query's answer, and in what order.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// Passages, at the most.
    pub limit: usize,
    /// Passages of one piece, at the most.
    pub per_piece: usize,
    /// How much work goes into ranking.
    pub level: Level,
    /// Whether pieces are compared with each other.
    pub feedback: Feedback,
    /// What comes first.
    pub order: Order,
}

/// What comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The best.
    #[default]
    Score,
    /// The oldest; pieces without date last.
    Oldest,
    /// The newest; pieces without date last.
    Newest,
}

/// A passage that answers the query.
#[derive(Clone, Debug)]
pub struct Found {
    /// Where it is.
    pub address: PassageAddress,
    /// Its score.
    pub score: f32,
    /// What the score is made of.
    pub signals: Signals,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Retrieved {
    /// The passages, the first in order first: as many as were asked for, and more where they cost nothing.
    pub found: Vec<Found>,
    /// How many pieces match.
    pub pieces: u64,
    /// Whether a bound on work was reached.
    pub truncated: bool,
}

/// So many pieces are kept where it takes most of the time to see which match: of copies only one may be wanted, and then others are asked for.
const RESERVE: usize = if cfg!(test) { 2 } else { 32 };

/// The passages that answer `plan` first, and how many pieces match it.
pub fn retrieve(reader: &Reader, plan: &Plan, request: &Request) -> Result<Retrieved, Error> {
    let segments = reader.segments();
    let statistics = Statistics::new(reader, segments, plan)?;
    let reranked = request.level == Level::Full && request.order == Order::Score && request.limit > 0;
    let kept = match request.limit {
        0 => 0,
        limit if reranked => limit.max(POOL),
        limit if plan.chooses_passages() => limit.max(RESERVE),
        limit => limit,
    };
    // The second stage may find another passage better.
    let per_piece = if reranked && !plan.pairs.is_empty() { request.per_piece.max(LOOKED_AT) } else { request.per_piece };
    let wider = Request { per_piece, ..*request };
    let mut retrieved = Retrieved { truncated: plan.truncated, ..Retrieved::default() };
    let mut candidates = Vec::new();
    for (number, segment) in segments.iter().enumerate() {
        let search = SegmentSearch { plan, request: &wider, segment, number, threshold: threshold(&mut candidates, kept) };
        candidates.extend(search.run(&statistics, kept, &mut retrieved)?);
    }
    // So many passages are of no more pieces, and each piece comes where its best passage does.
    let keys = Keys { segments, known: RefCell::default() };
    keep(&mut candidates, kept, |candidate| candidate.rank, |candidate| keys.of(candidate.piece));
    if reranked {
        rerank(segments, &statistics, plan, request, &mut candidates)?;
    }
    let mut found: Vec<(f64, Found)> = Vec::new();
    for Candidate { piece, passages, rank, .. } in candidates {
        found.extend(passages.into_iter().map(|(passage, signals)| {
            let score = signals.score();
            let rank = if request.order == Order::Score { f64::from(score) } else { rank };
            (rank, Found { address: PassageAddress { piece, passage }, score, signals })
        }));
    }
    let key = |(_, Found { address, .. }): &(f64, Found)| (keys.of(address.piece), address.passage);
    keep(&mut found, kept, |(rank, _)| *rank, key);
    retrieved.found = found.into_iter().map(|(_, found)| found).collect();
    Ok(retrieved)
}

/// The rank that the best `kept` of `candidates` all reach; `None` if they are fewer.
fn threshold(candidates: &mut [Candidate], kept: usize) -> Option<f64> {
    let last = kept.checked_sub(1).filter(|&last| last < candidates.len())?;
    let (_, worst, _) = candidates.select_nth_unstable_by(last, |a, b| b.rank.total_cmp(&a.rank));
    Some(worst.rank)
}

/// Keeps the `kept` first of items of several segments, in order: those with the greatest rank first. Equal ones are told apart by their keys.
fn keep<T, K: Ord>(items: &mut Vec<T>, kept: usize, rank: impl Fn(&T) -> f64, key: impl Fn(&T) -> K) {
    items.sort_by(|a, b| rank(b).total_cmp(&rank(a)));
    let mut before = 0;
    for group in items.chunk_by_mut(|a, b| rank(a).total_cmp(&rank(b)).is_eq()) {
        // Keys are strings in another file: look only at those that decide.
        if group.len() > 1 && before < kept {
            group.sort_by_cached_key(&key);
        }
        before += group.len();
    }
    items.truncate(kept);
}

/// What a piece is told apart by, where it has something.
type Key = Option<Rc<str>>;

/// The keys of pieces, each read once: that takes longer than to find some of them.
struct Keys<'r> {
    segments: &'r [Segment],
    known: RefCell<HashMap<PieceAddress, Key>>,
}

impl Keys<'_> {
    fn of(&self, piece: PieceAddress) -> Key {
        let read = || self.segments.get(piece.segment).and_then(|segment| segment.key(piece.header)).map(Rc::from);
        self.known.borrow_mut().entry(piece).or_insert_with(read).clone()
    }
}

/// The pieces that answer `plan`, each with the bound of its score.
#[cfg(test)]
pub(crate) fn bounds(reader: &Reader, plan: &Plan) -> Result<Vec<(PieceAddress, f64)>, Error> {
    use super::accumulate::{Accumulated, BoundedPiece, Threshold};
    use super::cursors::Cursors;
    use super::scorers::PieceScorer;

    let statistics = Statistics::new(reader, reader.segments(), plan)?;
    let mut bounds = Vec::new();
    for (number, segment) in reader.segments().iter().enumerate() {
        let cursors = Cursors::new(plan, segment);
        let scorers = cursors.term_scorers(&statistics)?;
        if let Some(accumulated) = Accumulated::of(plan, segment, (&scorers, &statistics.averages), Threshold::Known(0.0))? {
            bounds.extend(
                accumulated
                    .split(usize::MAX)
                    .into_iter()
                    .flatten()
                    .map(|BoundedPiece { header, bound }| (PieceAddress { segment: number, header }, bound)),
            );
            continue;
        }
        let mut scorer = PieceScorer::new(segment, scorers);
        let mut blocks = cursors.blocks(&plan.tree)?;
        let mut header = blocks.seek(segment, 0);
        scorer.bound_from(&statistics.averages, header)?;
        while header < segment.max_doc() {
            bounds.extend(scorer.bound(header).map(|bound| (PieceAddress { segment: number, header }, bound)));
            header = blocks.seek(segment, header + 1);
        }
    }
    Ok(bounds)
}
