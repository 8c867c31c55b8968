//! The signals of a piece that matches, scored from postings.
//!
//! Of most pieces that match a frequent word nothing is wanted but that they do. So its terms are scored one after the other, those with the
//! greatest maximum first, and no further than the piece has a chance to get among the best (`MaxScore`, Turtle and Flood 1995).

use tantivy::DocId;
use tantivy::schema::Field;

use super::docs::Docs;
use super::piece_bounds::PieceBounds;
use crate::index::{Error, Segment};
use crate::rank::{Averages, Bm25, Signal, Signals};

/// Scores what counts for ranking by each occurrence: a term of the query, a phrase, an actor.
pub(super) struct TermScorer<'q> {
    /// How often the query has it.
    pub(super) weight: f32,
    /// What it is, if it is tokens.
    pub(super) tokens: Option<Tokens<'q>>,
    /// The documents that have it, headers for titles.
    pub(super) docs: Docs,
    /// How it scores in a passage, and for which signal.
    pub(super) passage: Option<(Signal, Bm25)>,
    /// How it scores in a piece, and for which signal.
    pub(super) piece: Option<(Signal, Bm25)>,
    /// How it scores in a title.
    pub(super) title: Option<Bm25>,
}

/// Tokens of a field, any of which will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tokens<'q> {
    pub(super) field: Field,
    pub(super) any_of: &'q [String],
}

/// Scores pieces, one block after the other.
pub(super) struct PieceScorer<'s> {
    segment: &'s Segment,
    /// Those with the greatest maximum come first, each with the most that it and those behind it can add together.
    terms: Vec<(TermScorer<'s>, f64)>,
    /// What the scores of pieces are not greater than, where many match.
    bounds: Option<PieceBounds<'s>>,
    /// The passages of the block at hand that have something, with their signals.
    passages: Vec<(DocId, Signals)>,
    /// What terms add to the signals of passages of the block at hand, one term's passages after the other's.
    contributions: Vec<(DocId, Signal, f32)>,
}

/// Rounding may make a sum a little greater than its bound.
pub(super) const SLACK: f64 = 1.000_1;

impl<'s> PieceScorer<'s> {
    pub(super) fn new(segment: &'s Segment, terms: Vec<TermScorer<'s>>) -> Self {
        let with_max_score = |term: TermScorer<'s>| {
            let max_score = f64::from(term.max_score()) * SLACK;
            (term, max_score)
        };
        let mut terms: Vec<(TermScorer<'s>, f64)> = terms.into_iter().map(with_max_score).collect();
        terms.sort_by(|a, b| b.1.total_cmp(&a.1));
        let mut sum = 0.0;
        for (_, max_score) in terms.iter_mut().rev() {
            sum += *max_score;
            *max_score = sum;
        }
        Self { segment, terms, bounds: None, passages: Vec::new(), contributions: Vec::new() }
    }

    /// From the piece of `header` on, looks at the bound of a piece before it is scored, which pays where many match.
    pub(super) fn bound_from(&mut self, averages: &Averages, header: DocId) -> Result<(), Error> {
        let terms = self.terms.iter().map(|(term, _)| term);
        self.bounds = Some(PieceBounds::new(self.segment, terms, averages, header)?);
        Ok(())
    }

    /// What the score of a piece is not greater than.
    #[cfg(test)]
    pub(super) fn bound(&mut self, header: DocId) -> Option<f64> {
        self.bounds.as_mut().map(|bounds| bounds.bound(header, &mut self.terms))
    }

    /// The passages of the block of `header` that have something that the query asks for, with their signals: of `hits` (documents of the
    /// block in order), if somebody knows them. If there are none, though the piece matches (by its title, its date …), its first passage.
    /// `None` where no score can be more than `threshold`, if one is given.
    pub(super) fn score(&mut self, header: DocId, hits: Option<&[DocId]>, threshold: Option<f64>) -> Option<&[(DocId, Signals)]> {
        if let (Some(threshold), Some(bounds)) = (threshold, &mut self.bounds)
            && bounds.bound(header, &mut self.terms) < threshold
        {
            return None;
        }
        let segment = self.segment;
        let first = segment.block_map().first_passage(header);
        let piece_length = segment.block_map().length(header);
        let is_bare = segment.block_map().is_bare(header);
        self.contributions.clear();
        let mut of_piece = Signals::default();
        // The score by the terms so far, if one passage were the best by each.
        let mut at_most = 0.0;
        for (term, rest) in &mut self.terms {
            if threshold.is_some_and(|threshold| at_most * SLACK + *rest < threshold) {
                return None;
            }
            let TermScorer { weight, docs, passage, piece, title, .. } = term;
            let (mut in_passages, mut in_title, mut best) = (0, 0, 0.0_f32);
            docs.each_in(first, header, |doc, times| {
                if doc == header {
                    in_title = if is_bare { 0 } else { times };
                    return;
                }
                in_passages += times;
                if let Some((signal, bm25)) = passage {
                    let contribution = *weight * bm25.score(times, segment.block_map().length(doc));
                    self.contributions.push((doc, *signal, contribution));
                    best = best.max(signal.weight() * contribution);
                }
            });
            at_most += f64::from(best);
            let mut add = |signal: Signal, contribution: f32| {
                of_piece[signal] += contribution;
                at_most += f64::from(signal.weight() * contribution);
            };
            if let Some((signal, bm25)) = piece {
                add(*signal, *weight * bm25.score(in_title + in_passages, piece_length));
            }
            if let (Some(bm25), true) = (title, in_title > 0) {
                add(Signal::Title, *weight * bm25.score(in_title, segment.block_map().title_length(header)));
            }
        }
        if threshold.is_some_and(|threshold| at_most * SLACK < threshold) {
            return None;
        }
        self.passages.clear();
        for &(doc, signal, contribution) in &self.contributions {
            let at = match self.passages.binary_search_by_key(&doc, |&(doc, _)| doc) {
                Ok(at) => at,
                Err(at) => {
                    self.passages.insert(at, (doc, Signals::default()));
                    at
                }
            };
            if let Some((_, signals)) = self.passages.get_mut(at) {
                signals[signal] += contribution;
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

impl TermScorer<'_> {
    /// The most that it can add to the score of a piece.
    pub(super) fn max_score(&self) -> f32 {
        let mut most = Signals::default();
        let title = self.title.as_ref().map(|bm25| (Signal::Title, bm25));
        let parts = [&self.passage, &self.piece].into_iter().flatten().map(|(signal, bm25)| (*signal, bm25));
        for (signal, bm25) in parts.chain(title) {
            most[signal] += self.weight * bm25.max_score();
        }
        most.score()
    }
}
