use std::io::{self, Write};

use super::form::{Format, Present};
use crate::measure::encode_id;
use crate::rank::ratio;

/// A TREC run: the pieces of answers, each with the score of its best passage. Programs that read runs order them by score: where the order is
/// another, by date say, the reciprocal of the rank stands for it.
pub(super) struct Trec;

impl Format for Trec {
    fn page(&mut self, out: &mut dyn Write, page: &dyn Present) -> io::Result<()> {
        let Some((qid, answer)) = page.run() else { return Ok(()) };
        let is_by_score = answer.hits.is_sorted_by(|before, after| before.score >= after.score);
        for hit in &answer.hits {
            let (qid, id) = (encode_id(qid), encode_id(&hit.piece.id));
            let score = if is_by_score { hit.score } else { ratio(1, hit.rank as u64) };
            writeln!(out, "{qid}\tQ0\t{id}\t{}\t{score}\tpundit", hit.rank)?;
        }
        Ok(())
    }
}
