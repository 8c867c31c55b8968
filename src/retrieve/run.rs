//! One plan answered, segment by segment.
//!
//! Where only plain words are asked for, a [`Tally`] first tells which pieces can be worth enough, and only those are visited, the most promising
//! first; else all that match are visited in order, each with its hits as the [`Marker`] tells them. A visit reads the piece's signals, with
//! which it is among the best or not. What the best of one segment reach, those of the next have to. The second stage, where it is asked
//! for, compares the best of all segments.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::rc::Rc;

use rustc_hash::FxHashMap;
use tantivy::DocId;

use super::gauge::{Gauge, Gauges};
use super::marker::Marker;
use super::plan::{Plan, Within};
use super::second::second;
use super::statistics::Statistics;
use super::tally::{Least, Tally, Worth};
use super::top::Top;
use super::walks::Walks;
use crate::index::{Error, Reader, Segment};
use crate::rank::{Averages, Feedback, Level, Signals};

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

/// Where a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The segment, by its number.
    pub segment: usize,
    /// The header of its piece.
    pub header: DocId,
    /// The passage.
    pub passage: DocId,
}

/// A passage that answers the query.
#[derive(Clone, Debug)]
pub struct Found {
    /// Where it is.
    pub place: Place,
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

/// A piece that matches, with the passages of it that may be shown, the best first.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) segment: usize,
    pub(super) header: DocId,
    pub(super) passages: Vec<(DocId, Signals)>,
    /// What it is ordered by, the greater the better.
    rank: f64,
    /// The order of its key in the segment.
    key: u64,
}

impl Candidate {
    /// The signals of its best passage.
    pub(super) fn best(&self) -> Signals {
        self.passages.first().map(|(_, signals)| *signals).unwrap_or_default()
    }
}

/// So many pieces are kept where it takes most of the time to see which match: of copies only one may be wanted, and then others are asked for.
const RESERVE: usize = if cfg!(test) { 2 } else { 32 };

/// Where more pieces of a segment match, each is told first what it can be worth.
const MANY: u64 = if cfg!(test) { 2 } else { 200 };

/// The passages that answer `plan` first, and how many pieces match it.
pub fn retrieve(reader: &Reader, plan: &Plan, request: &Request) -> Result<Retrieved, Error> {
    let segments = reader.segments();
    let statistics = Statistics::new(reader, segments, plan)?;
    let compared = request.level == Level::Full && request.order == Order::Score && request.limit > 0;
    let kept = match request.limit {
        0 => 0,
        limit if compared => limit.max(super::second::POOL),
        limit if plan.chooses_passages() => limit.max(RESERVE),
        limit => limit,
    };
    let mut retrieved = Retrieved { truncated: plan.truncated, ..Retrieved::default() };
    let mut candidates = Vec::new();
    for (number, segment) in segments.iter().enumerate() {
        let run = Run { plan, request, segment, number, floor: floor(&mut candidates, kept) };
        candidates.extend(run.run(&statistics, kept, &mut retrieved)?);
    }
    // So many passages are of no more pieces, and each piece comes where its best passage does.
    let keys = Keys { segments, known: RefCell::default() };
    keep(&mut candidates, kept, |candidate| candidate.rank, |candidate| keys.of((candidate.segment, candidate.header)));
    if compared {
        second(segments, &statistics, request.feedback, &mut candidates);
    }
    let mut found: Vec<(f64, Found)> = Vec::new();
    for Candidate { segment, header, passages, rank, .. } in candidates {
        found.extend(passages.into_iter().map(|(passage, signals)| {
            let score = signals.score();
            let rank = if request.order == Order::Score { f64::from(score) } else { rank };
            (rank, Found { place: Place { segment, header, passage }, score, signals })
        }));
    }
    let key = |(_, Found { place, .. }): &(f64, Found)| (keys.of((place.segment, place.header)), place.passage);
    keep(&mut found, kept, |(rank, _)| *rank, key);
    retrieved.found = found.into_iter().map(|(_, found)| found).collect();
    Ok(retrieved)
}

/// What the best `kept` of `candidates` all reach; `None` if they are fewer.
fn floor(candidates: &mut [Candidate], kept: usize) -> Option<f64> {
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

/// The keys of pieces, by segment and header, each read once: that takes longer than to find some of them.
struct Keys<'r> {
    segments: &'r [Segment],
    known: RefCell<FxHashMap<(usize, DocId), Key>>,
}

impl Keys<'_> {
    fn of(&self, (segment, header): (usize, DocId)) -> Key {
        let read = || self.segments.get(segment).and_then(|segment| segment.key(header)).map(Rc::from);
        self.known.borrow_mut().entry((segment, header)).or_insert_with(read).clone()
    }
}

/// The work on one segment.
struct Run<'r> {
    plan: &'r Plan,
    request: &'r Request,
    segment: &'r Segment,
    number: usize,
    /// What a piece has to reach to be among the best of the segments before.
    floor: Option<f64>,
}

impl Run<'_> {
    /// The `kept` first of the pieces that match. Counts those that do in `retrieved`.
    fn run(&self, statistics: &Statistics<'_>, kept: usize, retrieved: &mut Retrieved) -> Result<Vec<Candidate>, Error> {
        let walks = Walks::new(self.plan, self.segment);
        let counts_only = kept == 0 && self.plan.within == Within::Piece;
        let gauges = walks.gauges(statistics)?;
        let marker = if self.plan.chooses_passages() && !counts_only { Some(Marker::new(&walks)?) } else { None };
        let floor = self.floor.unwrap_or_default();
        let least = if kept == 0 { Least::Known(f64::INFINITY) } else { Least::Guessed(kept, floor) };
        let tally = |gauges: &[Gauge<'_>], ask| Tally::of(self.plan, self.segment, (gauges, &statistics.averages), ask);
        if marker.is_none()
            && self.request.order == Order::Score
            && let Some(counted) = tally(&gauges, least)?
        {
            retrieved.pieces += counted.pieces();
            // Gauges go forward only, and those at hand have not been asked for anything.
            let mut fresh = Some(gauges);
            return self.best_of(counted, kept, || fresh.take().map_or_else(|| walks.gauges(statistics), Ok), tally);
        }
        self.all(&walks, marker, (gauges, &statistics.averages), kept, retrieved)
    }

    /// The `kept` first of all pieces that match, which are visited one after the other, and counted on the way.
    fn all(
        &self,
        walks: &Walks<'_>,
        mut marker: Option<Marker<'_>>,
        (gauges, averages): (Vec<Gauge<'_>>, &Averages),
        kept: usize,
        retrieved: &mut Retrieved,
    ) -> Result<Vec<Candidate>, Error> {
        let mut best = Best::new(self, gauges, kept);
        let mut blocks = walks.blocks(&self.plan.tree)?;
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
                best.gauges.foresee(averages, header)?;
            }
            best.visit(header, hits.as_deref());
        }
        retrieved.pieces += pieces;
        retrieved.truncated |= marker.as_ref().is_some_and(Marker::is_over);
        Ok(best.into_sorted())
    }

    /// The `kept` first of the pieces of `tally`; `gauges` gives such as stand at the beginning, and `again` takes the tally again, asking for
    /// what is known by then.
    fn best_of<'r>(
        &'r self,
        tally: Tally,
        kept: usize,
        mut gauges: impl FnMut() -> Result<Vec<Gauge<'r>>, Error>,
        again: impl Fn(&[Gauge<'r>], Least) -> Result<Option<Tally>, Error>,
    ) -> Result<Vec<Candidate>, Error> {
        let least = tally.least();
        let mut best = self.visited(tally, kept, &mut gauges)?;
        // What was passed over is worth less than was asked. Where that was too much, what was found tells what to ask for.
        let known = best.worst().unwrap_or_default().max(self.floor.unwrap_or_default());
        if kept > 0
            && least > known
            && let Some(tally) = again(&gauges()?, Least::Known(known))?
        {
            best = self.visited(tally, kept, &mut gauges)?;
        }
        Ok(best.into_sorted())
    }

    /// The `kept` first of the pieces that `tally` says can reach what was asked of them.
    fn visited<'r>(
        &'r self,
        tally: Tally,
        kept: usize,
        mut gauges: impl FnMut() -> Result<Vec<Gauge<'r>>, Error>,
    ) -> Result<Best<'r>, Error> {
        let [first, rest] = tally.split(kept);
        let mut best = Best::new(self, gauges()?, kept);
        for piece in first {
            best.visit(piece.header, None);
        }
        // What those reach that can be worth most, most others cannot.
        let reached = best.worst().unwrap_or_default();
        let rest: Vec<Worth> = rest.into_iter().filter(|piece| piece.most >= reached).collect();
        if !rest.is_empty() {
            best.begin_again(gauges()?);
        }
        for piece in rest {
            if best.floor().is_none_or(|floor| piece.most >= floor) {
                best.visit(piece.header, None);
            }
        }
        Ok(best)
    }
}

/// The best of the pieces of a segment that are visited.
struct Best<'r> {
    run: &'r Run<'r>,
    gauges: Gauges<'r>,
    top: Top<Candidate, fn(&Candidate, &Candidate) -> Ordering>,
}

impl<'r> Best<'r> {
    fn new(run: &'r Run<'r>, gauges: Vec<Gauge<'r>>, kept: usize) -> Self {
        let order = |a: &Candidate, b: &Candidate| b.rank.total_cmp(&a.rank).then(a.key.cmp(&b.key));
        Self { run, gauges: Gauges::new(run.segment, gauges), top: Top::new(kept, order) }
    }

    /// Lets pieces be visited again from the first on.
    fn begin_again(&mut self, gauges: Vec<Gauge<'r>>) {
        self.gauges = Gauges::new(self.run.segment, gauges);
    }

    /// What the worst of the best is worth; `None` while there are not as many as are kept.
    fn worst(&mut self) -> Option<f64> {
        self.top.worst().map(|worst| worst.rank)
    }

    /// What a piece has to reach, as far as is known.
    fn floor(&self) -> Option<f64> {
        self.top.floor().map(|floor| floor.rank).into_iter().chain(self.run.floor).reduce(f64::max)
    }

    /// Takes the piece of `header` if it is among the best, with those passages that are `hits`, if somebody knows them.
    fn visit(&mut self, header: DocId, hits: Option<&[DocId]>) {
        let Run { request, segment, number, .. } = *self.run;
        let floor = self.floor();
        // Only a score can be told to be too low before it is known.
        let least = floor.filter(|_| request.order == Order::Score);
        let Some(read) = self.gauges.read(header, hits, least) else { return };
        let best = read.iter().map(|(_, signals)| signals.score()).fold(f32::NEG_INFINITY, f32::max);
        let day = || segment.first_day().first(header);
        let rank = match request.order {
            Order::Score => f64::from(best),
            Order::Oldest => day().map_or(f64::NEG_INFINITY, |day| -approximate(day)),
            Order::Newest => day().map_or(f64::NEG_INFINITY, approximate),
        };
        if floor.is_some_and(|floor| floor > rank) {
            return;
        }
        // Of one piece the best passages, even where pieces come by date.
        let mut passages = read.to_vec();
        passages.sort_by(|a, b| b.1.score().total_cmp(&a.1.score()).then(a.0.cmp(&b.0)));
        passages.truncate(request.per_piece);
        let key = segment.key_order().first(header).unwrap_or(u64::MAX);
        self.top.push(Candidate { segment: number, header, passages, rank, key });
    }

    fn into_sorted(self) -> Vec<Candidate> {
        self.top.into_sorted()
    }
}

#[expect(clippy::cast_precision_loss, reason = "days since 1970 are far below what a float tells apart")]
fn approximate(day: i64) -> f64 {
    day as f64
}

/// The pieces that answer `plan`, by segment and header, each with the most that it can be worth.
#[cfg(test)]
pub(crate) fn bounds(reader: &Reader, plan: &Plan) -> Result<Vec<(usize, DocId, f64)>, Error> {
    let statistics = Statistics::new(reader, reader.segments(), plan)?;
    let mut bounds = Vec::new();
    for (number, segment) in reader.segments().iter().enumerate() {
        let walks = Walks::new(plan, segment);
        let gauges = walks.gauges(&statistics)?;
        if let Some(tally) = Tally::of(plan, segment, (&gauges, &statistics.averages), Least::Known(0.0))? {
            bounds.extend(tally.split(usize::MAX).into_iter().flatten().map(|Worth { header, most }| (number, header, most)));
            continue;
        }
        let mut gauges = Gauges::new(segment, gauges);
        let mut blocks = walks.blocks(&plan.tree)?;
        let mut header = blocks.seek(segment, 0);
        gauges.foresee(&statistics.averages, header)?;
        while header < segment.max_doc() {
            bounds.extend(gauges.most(header).map(|most| (number, header, most)));
            header = blocks.seek(segment, header + 1);
        }
    }
    Ok(bounds)
}
