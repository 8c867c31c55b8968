//! What ranking needs to know of a piece that matches, counted from postings.
//!
//! Of most pieces that match a frequent word nothing is wanted but that they do. So a piece is looked at in three steps, each only if the one
//! before leaves it a chance to get among the best: which of the gauges have anything in it (`MaxScore`, Turtle and Flood 1995), how often
//! they have it in all of it, and what of that stands in which passage.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::{DocId, TERMINATED};

use super::docs::Docs;
use crate::index::Segment;
use crate::rank::{Bm25, Signal, Signals};

/// Something of which each occurrence counts.
pub(super) struct Gauge {
    /// How often the query has it.
    pub(super) weight: f32,
    /// Where it is, headers for titles.
    pub(super) docs: Docs,
    /// How much it says in a passage, and as what.
    pub(super) passage: Option<(Signal, Bm25)>,
    /// How much it says in a piece, and as what.
    pub(super) piece: Option<(Signal, Bm25)>,
    /// How much it says in a title.
    pub(super) title: Option<Bm25>,
}

/// Reads what ranking needs, block by block.
pub(super) struct Gauges<'s> {
    segment: &'s Segment,
    gauges: Vec<Gauge>,
    /// The gauges by how much they can say, those that can say most first, each with how much it and those behind it can say together.
    potential: Vec<(usize, f32)>,
    title_lengths: FieldNormReader,
    /// The passages of the block at hand that have something, with their signals.
    passages: Vec<(DocId, Signals)>,
    /// Occurrences in the passages of the block at hand, one gauge's after the other's, each gauge told by its number.
    counts: Vec<(usize, DocId, u32)>,
}

/// Rounding may make a sum a little greater than its bound.
const SLACK: f32 = 1.000_1;

impl<'s> Gauges<'s> {
    pub(super) fn new(segment: &'s Segment, gauges: Vec<Gauge>) -> Result<Self, crate::index::Error> {
        let mut potential: Vec<(usize, f32)> = gauges.iter().map(|gauge| gauge.most() * SLACK).enumerate().collect();
        potential.sort_by(|a, b| b.1.total_cmp(&a.1));
        let mut sum = 0.0;
        for (_, most) in potential.iter_mut().rev() {
            sum += *most;
            *most = sum;
        }
        let title_lengths = segment.lengths(segment.fields().terms)?;
        Ok(Self { segment, gauges, potential, title_lengths, passages: Vec::new(), counts: Vec::new() })
    }

    /// The first block from document `from` on, told by its header, that has something without which no block is worth as much as `floor`;
    /// [`TERMINATED`] if there is none. To be called with growing `from`, each the first document of a block.
    pub(super) fn seek(&mut self, from: DocId, floor: Option<f32>) -> DocId {
        let needed = floor.map_or(self.potential.len(), |floor| self.potential.partition_point(|&(_, rest)| rest >= floor));
        let mut first = TERMINATED;
        for &(gauge, _) in self.potential.iter().take(needed) {
            first = self.gauges.get_mut(gauge).map_or(first, |gauge| first.min(gauge.docs.seek(from)));
        }
        if first == TERMINATED { TERMINATED } else { self.segment.frame().header_of(first) }
    }

    /// Whether what the gauges have in the block of `header` may be worth more than `floor`.
    pub(super) fn may_beat(&mut self, floor: f32, header: DocId) -> bool {
        let first = self.segment.frame().first_passage(header);
        let mut there = 0.0;
        for (at, &(gauge, rest)) in self.potential.iter().enumerate() {
            if there + rest < floor {
                return false;
            }
            if there >= floor {
                return true;
            }
            if self.gauges.get_mut(gauge).is_some_and(|gauge| gauge.docs.is_in(first, header)) {
                there += rest - self.potential.get(at + 1).map_or(0.0, |&(_, behind)| behind);
            }
        }
        there >= floor
    }

    /// The passages of the block of `header` that have something that the query asks for, with their signals: of `hits` (documents of the
    /// block in order), if somebody knows them. If there are none, though the piece matches (by its title, its date …), its first passage.
    /// `None` where no score can be more than `floor`, if one is given.
    pub(super) fn read(&mut self, header: DocId, hits: Option<&[DocId]>, floor: Option<f32>) -> Option<&[(DocId, Signals)]> {
        let first = self.segment.frame().first_passage(header);
        let piece_length = self.segment.length(header);
        // Where the only passage is as long as the piece, there is no title, or it is that passage.
        let is_bare = header - first == 1 && self.segment.length(first) == piece_length;
        self.counts.clear();
        let mut of_piece = Signals::default();
        let mut at_most = 0.0;
        for (number, gauge) in self.gauges.iter_mut().enumerate() {
            let before = self.counts.len();
            let mut in_title = 0;
            gauge.docs.each_in(
                first,
                header,
                |doc, times| {
                    if doc == header { in_title = times } else { self.counts.push((number, doc, times)) }
                },
            );
            let in_title = if is_bare { 0 } else { in_title };
            let in_passages = self.counts.get(before..).unwrap_or_default();
            if let Some((signal, bm25)) = &gauge.piece {
                let in_piece = in_title + in_passages.iter().map(|(_, _, times)| times).sum::<u32>();
                let says = gauge.weight * bm25.score(in_piece, piece_length);
                of_piece[*signal] += says;
                at_most += signal.weight() * says;
            }
            if let (Some(bm25), true) = (&gauge.title, in_title > 0) {
                let says = gauge.weight * bm25.score(in_title, self.title_lengths.fieldnorm(header));
                of_piece[Signal::Title] += says;
                at_most += Signal::Title.weight() * says;
            }
            if let Some((signal, bm25)) = &gauge.passage {
                let most = in_passages.iter().map(|&(_, _, times)| times).max().unwrap_or_default();
                at_most += signal.weight() * gauge.weight * bm25.score(most, 0);
            }
        }
        if floor.is_some_and(|floor| at_most * SLACK < floor) {
            return None;
        }
        self.passages.clear();
        for &(number, doc, times) in &self.counts {
            let Some(Gauge { weight, passage: Some((signal, bm25)), .. }) = self.gauges.get(number) else { continue };
            let at = match self.passages.binary_search_by_key(&doc, |&(doc, _)| doc) {
                Ok(at) => at,
                Err(at) => {
                    self.passages.insert(at, (doc, Signals::default()));
                    at
                }
            };
            if let Some((_, signals)) = self.passages.get_mut(at) {
                signals[*signal] += weight * bm25.score(times, self.segment.length(doc));
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

impl Gauge {
    /// The most that it can say in one piece, weighed.
    fn most(&self) -> f32 {
        let mut most = Signals::default();
        let title = self.title.as_ref().map(|bm25| (Signal::Title, bm25));
        let parts = [&self.passage, &self.piece].into_iter().flatten().map(|(signal, bm25)| (*signal, bm25));
        for (signal, bm25) in parts.chain(title) {
            most[signal] += self.weight * bm25.most();
        }
        most.score()
    }
}
