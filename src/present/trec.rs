use std::io::{self, Write};

use super::form::{Format, Present};
use crate::measure::encode_id;

/// A TREC run: the pieces of answers, each with the score of its best passage.
pub(super) struct Trec;

impl Format for Trec {
    fn page(&mut self, out: &mut dyn Write, page: &dyn Present) -> io::Result<()> {
        let Some((qid, answer)) = page.run() else { return Ok(()) };
        for hit in &answer.hits {
            let (qid, id) = (encode_id(qid), encode_id(&hit.piece.id));
            writeln!(out, "{qid}\tQ0\t{id}\t{}\t{}\tpundit", hit.rank, hit.score)?;
        }
        Ok(())
    }
}
