//! What a piece that matches can be worth at the most, told before anything of it is read.
//!
//! Of a phrase of frequent words there are pieces by the hundred thousand, and each would be asked how long it is and where its words are, in
//! memory that is far away. What each word says in each piece at the most is in [lists](Heard) that are read from one end to the other.

use tantivy::DocId;

use super::docs::Docs;
use super::gauge::{Gauge, SLACK, Tokens};
use super::heard::Heard;
use crate::index::{Error, Rows, Segment};
use crate::rank::Averages;

/// Tells of the pieces of a segment, one after the other, what their scores are not greater than.
pub(super) struct Bound<'s> {
    rows: Rows,
    /// What is told of each piece: what words say there, by gauge and list.
    words: Vec<Heard<'s>>,
    /// The gauges of places, by their numbers.
    places: Vec<usize>,
    /// What the other gauges say anywhere at the most.
    others: f32,
}

impl<'s> Bound<'s> {
    /// What `gauges` can say together from the piece of `header` on.
    pub(super) fn new<'q>(
        segment: &'s Segment,
        gauges: impl Iterator<Item = &'q Gauge<'s>>,
        averages: &Averages,
        header: DocId,
    ) -> Result<Self, Error>
    where
        's: 'q,
    {
        let mut bound = Self { rows: segment.frame().rows(header), words: Vec::new(), places: Vec::new(), others: 0.0 };
        for (number, gauge) in gauges.enumerate() {
            match (&gauge.docs, gauge.tokens) {
                (Docs::Spots(_), _) => bound.places.push(number),
                (_, Some(Tokens { field, any_of })) if field == segment.fields().terms => {
                    for token in any_of {
                        bound.words.extend(Heard::of(segment, gauge, (field, token), averages)?);
                    }
                }
                // Of others there are no lists.
                _ => bound.others += gauge.most(),
            }
        }
        Ok(bound)
    }

    /// What the score of the piece of `header` is not greater than, which is not before any that was asked for.
    pub(super) fn most(&mut self, header: DocId, gauges: &mut [(Gauge<'_>, f64)]) -> f64 {
        let row = self.rows.of(header);
        let said = self.words.iter_mut().filter_map(|word| word.seek(row)).filter(|&(at, _)| at == row).map(|(_, says)| says);
        let mut most = self.others + said.sum::<f32>();
        for &number in &self.places {
            let Some((Gauge { weight, docs: Docs::Spots(spots), passage: Some((signal, bm25)), .. }, _)) = gauges.get_mut(number) else {
                continue;
            };
            let times = spots.borrow_mut().docs(header).iter().map(|&(_, times)| times).max().unwrap_or_default();
            // As if in a passage than which none is shorter.
            most += signal.weight() * *weight * bm25.score(times, 0);
        }
        f64::from(most) * SLACK
    }
}
