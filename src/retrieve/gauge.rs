//! What ranking needs to know of a piece that matches, counted from postings.
//!
//! Of most pieces that match a frequent word nothing is wanted but that they do. So gauges are read one after the other, those first that can
//! say most, and no further than what they say leaves the piece a chance to get among the best (`MaxScore`, Turtle and Flood 1995).

use tantivy::DocId;
use tantivy::schema::Field;

use super::bound::Bound;
use super::docs::Docs;
use crate::index::{Error, Segment};
use crate::rank::{Averages, Bm25, Signal, Signals};

/// Something of which each occurrence counts.
pub(super) struct Gauge<'q> {
    /// How often the query has it.
    pub(super) weight: f32,
    /// What it is, if it is tokens.
    pub(super) tokens: Option<Tokens<'q>>,
    /// Where it is, headers for titles.
    pub(super) docs: Docs,
    /// How much it says in a passage, and as what.
    pub(super) passage: Option<(Signal, Bm25)>,
    /// How much it says in a piece, and as what.
    pub(super) piece: Option<(Signal, Bm25)>,
    /// How much it says in a title.
    pub(super) title: Option<Bm25>,
}

/// Tokens of a field, any of which will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tokens<'q> {
    pub(super) field: Field,
    pub(super) any_of: &'q [String],
}

/// Reads what ranking needs, block by block.
pub(super) struct Gauges<'s> {
    segment: &'s Segment,
    /// Those that can say most come first, each with how much it and those behind it can say together.
    gauges: Vec<(Gauge<'s>, f64)>,
    /// What they can say of a piece, where many match.
    bound: Option<Bound<'s>>,
    /// The passages of the block at hand that have something, with their signals.
    passages: Vec<(DocId, Signals)>,
    /// What each passage of the block at hand says as what, one gauge's passages after the other's.
    said: Vec<(DocId, Signal, f32)>,
}

/// Rounding may make a sum a little greater than its bound.
pub(super) const SLACK: f64 = 1.000_1;

impl<'s> Gauges<'s> {
    pub(super) fn new(segment: &'s Segment, gauges: Vec<Gauge<'s>>) -> Self {
        let with_most = |gauge: Gauge<'s>| {
            let most = f64::from(gauge.most()) * SLACK;
            (gauge, most)
        };
        let mut gauges: Vec<(Gauge<'s>, f64)> = gauges.into_iter().map(with_most).collect();
        gauges.sort_by(|a, b| b.1.total_cmp(&a.1));
        let mut sum = 0.0;
        for (_, most) in gauges.iter_mut().rev() {
            sum += *most;
            *most = sum;
        }
        Self { segment, gauges, bound: None, passages: Vec::new(), said: Vec::new() }
    }

    /// Lets of the pieces from that of `header` on be told first what they can be worth: it is worth that where many match.
    pub(super) fn foresee(&mut self, averages: &Averages, header: DocId) -> Result<(), Error> {
        let gauges = self.gauges.iter().map(|(gauge, _)| gauge);
        self.bound = Some(Bound::new(self.segment, gauges, averages, header)?);
        Ok(())
    }

    /// What a piece can be worth, as was foreseen.
    #[cfg(test)]
    pub(super) fn most(&mut self, header: DocId) -> Option<f64> {
        self.bound.as_mut().map(|bound| bound.most(header, &mut self.gauges))
    }

    /// The passages of the block of `header` that have something that the query asks for, with their signals: of `hits` (documents of the
    /// block in order), if somebody knows them. If there are none, though the piece matches (by its title, its date …), its first passage.
    /// `None` where no score can be more than `floor`, if one is given.
    pub(super) fn read(&mut self, header: DocId, hits: Option<&[DocId]>, floor: Option<f64>) -> Option<&[(DocId, Signals)]> {
        if let (Some(floor), Some(bound)) = (floor, &mut self.bound)
            && bound.most(header, &mut self.gauges) < floor
        {
            return None;
        }
        let segment = self.segment;
        let first = segment.frame().first_passage(header);
        let piece_length = segment.frame().length(header);
        // Where the only passage is as long as the piece, there is no title, or it is that passage.
        let is_bare = header - first == 1 && segment.frame().length(first) == piece_length;
        self.said.clear();
        let mut of_piece = Signals::default();
        // What the gauges so far say of the piece, and of the best passage if one were the best by each.
        let mut at_most = 0.0;
        for (gauge, rest) in &mut self.gauges {
            if floor.is_some_and(|floor| at_most * SLACK + *rest < floor) {
                return None;
            }
            let Gauge { weight, docs, passage, piece, title, .. } = gauge;
            let (mut in_passages, mut in_title, mut best) = (0, 0, 0.0_f32);
            docs.each_in(first, header, |doc, times| {
                if doc == header {
                    in_title = if is_bare { 0 } else { times };
                    return;
                }
                in_passages += times;
                if let Some((signal, bm25)) = passage {
                    let says = *weight * bm25.score(times, segment.frame().length(doc));
                    self.said.push((doc, *signal, says));
                    best = best.max(signal.weight() * says);
                }
            });
            at_most += f64::from(best);
            let mut add = |signal: Signal, says: f32| {
                of_piece[signal] += says;
                at_most += f64::from(signal.weight() * says);
            };
            if let Some((signal, bm25)) = piece {
                add(*signal, *weight * bm25.score(in_title + in_passages, piece_length));
            }
            if let (Some(bm25), true) = (title, in_title > 0) {
                add(Signal::Title, *weight * bm25.score(in_title, segment.frame().title_length(header)));
            }
        }
        if floor.is_some_and(|floor| at_most * SLACK < floor) {
            return None;
        }
        self.passages.clear();
        for &(doc, signal, says) in &self.said {
            let at = match self.passages.binary_search_by_key(&doc, |&(doc, _)| doc) {
                Ok(at) => at,
                Err(at) => {
                    self.passages.insert(at, (doc, Signals::default()));
                    at
                }
            };
            if let Some((_, signals)) = self.passages.get_mut(at) {
                signals[signal] += says;
            }
        }
        if let Some(hits) = hits {
            self.passages.retain(|(doc, _)| hits.binary_search(doc).is_ok());
            for &hit in hits.iter().filter(|&&hit| hit != header) {
                if let Err(at) = self.passages.binary_search_by_key(&hit, |&(doc, _)| doc) {
                    self.passages.insert(at, (hit, Signals::default()));
                }
            }
        }
        if self.passages.is_empty() {
            self.passages.push((first, Signals::default()));
        }
        for (_, signals) in &mut self.passages {
            for signal in [Signal::Piece, Signal::Title, Signal::Characters] {
                signals[signal] = of_piece[signal];
            }
        }
        Some(&self.passages)
    }
}

impl Gauge<'_> {
    /// The most that it can say in one piece, weighed.
    pub(super) fn most(&self) -> f32 {
        let mut most = Signals::default();
        let title = self.title.as_ref().map(|bm25| (Signal::Title, bm25));
        let parts = [&self.passage, &self.piece].into_iter().flatten().map(|(signal, bm25)| (*signal, bm25));
        for (signal, bm25) in parts.chain(title) {
            most[signal] += self.weight * bm25.most();
        }
        most.score()
    }
}
