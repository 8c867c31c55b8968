use std::io::{self, Write};

use super::form::{Format, Present};
use crate::measure::encode_id;

/// A TREC run: the pieces of answers, each with the score of its best passage.
pub(super) struct Trec;

impl Format for Trec {
    fn page(&mut self, out: &mut dyn Write, page: &dyn Present) -> io::Result<()> {
        let Some((qid, answer)) = page.run() else { return Ok(()) };
        for (hit, rank) in answer.hits.iter().zip(1..) {
            writeln!(out, "{}\tQ0\t{}\t{rank}\t{:.6}\tpundit", encode_id(qid), encode_id(&hit.piece.id), hit.score)?;
        }
        Ok(())
    }
}
