//! Upper bounds of the scores of pieces that match, known before anything of them is read.
//!
//! Of a phrase of frequent words there are pieces by the hundred thousand, and each would be asked how long it is and where its words are, in
//! memory that is far away. What each term adds to the score of each piece at the most is in [lists](TermBounds) that are
//! read from one end to the other.

use tantivy::DocId;

use super::docs::Docs;
use super::scorers::{SLACK, TermScorer, Tokens};
use super::term_bounds::TermBounds;
use crate::index::{Error, Rows, Segment};
use crate::rank::Averages;

/// The bounds of the pieces of a segment, one after the other.
pub(super) struct PieceBounds<'s> {
    rows: Rows,
    /// Those of terms, by scorer and list.
    terms: Vec<TermBounds<'s>>,
    /// The scorers of places, by their numbers.
    places: Vec<usize>,
    /// The most that the other scorers add anywhere.
    others: f32,
}

impl<'s> PieceBounds<'s> {
    /// The bounds of what `scorers` add together, from the piece of `header` on.
    pub(super) fn new<'q>(
        segment: &'s Segment,
        scorers: impl Iterator<Item = &'q TermScorer<'s>>,
        averages: &Averages,
        header: DocId,
    ) -> Result<Self, Error>
    where
        's: 'q,
    {
        let mut bounds = Self { rows: segment.block_map().rows(header), terms: Vec::new(), places: Vec::new(), others: 0.0 };
        for (number, scorer) in scorers.enumerate() {
            match (&scorer.docs, scorer.tokens) {
                (Docs::Spots(_), _) => bounds.places.push(number),
                (_, Some(Tokens { field, any_of })) if field == segment.fields().terms => {
                    for token in any_of {
                        bounds.terms.extend(TermBounds::open(segment, scorer, (field, token), averages)?);
                    }
                }
                // Of others there are no lists.
                _ => bounds.others += scorer.max_score(),
            }
        }
        Ok(bounds)
    }

    /// What the score of the piece of `header` is not greater than, which is not before any that was asked for.
    pub(super) fn bound(&mut self, header: DocId, scorers: &mut [(TermScorer<'_>, f64)]) -> f64 {
        let row = self.rows.of(header);
        let terms = self.terms.iter_mut().filter_map(|term| term.seek(row)).filter(|&(at, _)| at == row).map(|(_, bound)| bound);
        let mut bound = self.others + terms.sum::<f32>();
        for &number in &self.places {
            let Some((TermScorer { weight, docs: Docs::Spots(spots), passage: Some((signal, bm25)), .. }, _)) = scorers.get_mut(number)
            else {
                continue;
            };
            let times = spots.borrow_mut().docs(header).iter().map(|&(_, times)| times).max().unwrap_or_default();
            // As if in a passage than which none is shorter.
            bound += signal.weight() * *weight * bm25.score(times, 0);
        }
        f64::from(bound) * SLACK
    }
}
