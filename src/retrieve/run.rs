use std::cmp::Ordering;

use tantivy::DocId;

use super::gauge::Gauges;
use super::plan::Plan;
use super::statistics::Statistics;
use super::top::Top;
use super::walks::Walks;
use crate::index::{Error, Reader, Segment};
use crate::rank::{Level, Signals};

/// How much is wanted of a query's answer, and in what order.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// Passages, at the most.
    pub limit: usize,
    /// Passages of one piece, at the most.
    pub per_piece: usize,
    /// How much work goes into ranking.
    pub level: Level,
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
    /// What it is ordered by, the greater the better.
    rank: f64,
    /// The order of its piece's key in the segment.
    key: u64,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Retrieved {
    /// The passages, the first in order first.
    pub found: Vec<Found>,
    /// How many pieces match.
    pub pieces: u64,
}

/// The passages that answer `plan` first, and how many pieces match it.
pub fn retrieve(reader: &Reader, plan: &Plan, request: &Request) -> Result<Retrieved, Error> {
    let segments = reader.segments();
    let statistics = Statistics::new(reader, segments, plan)?;
    let mut retrieved = Retrieved::default();
    let mut all = Vec::new();
    for (number, segment) in segments.iter().enumerate() {
        let run = Run { plan, request, segment, number };
        all.extend(run.run(&statistics, &mut retrieved.pieces)?);
    }
    sort_all(segments, &mut all);
    all.truncate(request.limit);
    retrieved.found = all;
    Ok(retrieved)
}

/// Puts the passages of several segments in order. Equal ones are told apart by their pieces' keys, then by their place.
fn sort_all(segments: &[Segment], all: &mut [Found]) {
    let better = |a: &Found, b: &Found| b.rank.total_cmp(&a.rank);
    all.sort_by(better);
    // Keys are strings in another file: look only at those that decide.
    let mut start = 0;
    while start < all.len() {
        let same = all
            .get(start..)
            .map_or(0, |rest| rest.iter().take_while(|found| all.get(start).is_some_and(|first| better(first, found).is_eq())).count());
        let group = all.get_mut(start..start + same).unwrap_or_default();
        if group.len() > 1 {
            group.sort_by_cached_key(|found| {
                let key = segments.get(found.place.segment).and_then(|segment| segment.key(found.place.header));
                (key, found.place.passage)
            });
        }
        start += same.max(1);
    }
}

/// The work on one segment.
struct Run<'r> {
    plan: &'r Plan,
    request: &'r Request,
    segment: &'r Segment,
    number: usize,
}

impl Run<'_> {
    fn run(&self, statistics: &Statistics, pieces: &mut u64) -> Result<Vec<Found>, Error> {
        let walks = Walks { plan: self.plan, segment: self.segment };
        let mut blocks = walks.blocks(&self.plan.tree)?;
        let mut gauges = Gauges::new(self.segment, walks.gauges(statistics)?, self.request.level)?;
        let keys = self.segment.key_orders()?;
        let days = self.segment.column_i64("first_day")?;
        let order = |a: &Found, b: &Found| -> Ordering {
            b.rank.total_cmp(&a.rank).then(a.key.cmp(&b.key)).then(a.place.passage.cmp(&b.place.passage))
        };
        let mut top = Top::new(self.request.limit, order);
        let mut of_piece = Vec::new();
        let mut from = 0;
        loop {
            let header = blocks.seek(self.segment, from);
            if header >= self.segment.max_doc() {
                break;
            }
            from = header + 1;
            if !self.segment.is_alive(header) {
                continue;
            }
            *pieces += 1;
            if self.request.limit == 0 {
                continue;
            }
            let key = keys.first(header).unwrap_or(u64::MAX);
            let date = match self.request.order {
                Order::Score => None,
                Order::Oldest => Some(days.first(header).map_or(f64::NEG_INFINITY, |day| -approximate(day))),
                Order::Newest => Some(days.first(header).map_or(f64::NEG_INFINITY, approximate)),
            };
            of_piece.clear();
            of_piece.extend(gauges.read(header).iter().map(|&(passage, signals)| {
                let score = signals.score();
                let place = Place { segment: self.number, header, passage };
                Found { place, score, signals, rank: date.unwrap_or_else(|| f64::from(score)), key }
            }));
            // Of one piece the best passages, even where pieces come by date.
            of_piece.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.place.passage.cmp(&b.place.passage)));
            of_piece.truncate(self.request.per_piece);
            of_piece.drain(..).for_each(|found| top.push(found));
        }
        Ok(top.into_sorted())
    }
}

#[expect(clippy::cast_precision_loss, reason = "days since 1970 are far below what a float tells apart")]
fn approximate(day: i64) -> f64 {
    day as f64
}
