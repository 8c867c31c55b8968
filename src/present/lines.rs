use std::io::{self, Write};

use super::escape;
use crate::measure::encode_id;
use crate::search::Answer;

/// One passage a line: `path:line:column`, score, id and passage, with tabs between.
pub fn answer_lines(out: &mut dyn Write, answer: &Answer) -> io::Result<()> {
    for hit in &answer.hits {
        let (line, column) = (hit.passage.line.unwrap_or(1), hit.passage.column.unwrap_or(1));
        let path = escape::terminal(&hit.piece.path);
        let text = escape::one_line(&hit.passage.text);
        writeln!(out, "{path}:{line}:{column}\t{:.4}\t{}\t{text}", hit.score, hit.piece.passage_id(&hit.passage))?;
    }
    Ok(())
}

/// The pieces of an answer as lines of a TREC run: each with the score of its best passage.
pub fn trec_lines(out: &mut dyn Write, qid: &str, answer: &Answer) -> io::Result<()> {
    for (hit, rank) in answer.hits.iter().zip(1..) {
        writeln!(out, "{}\tQ0\t{}\t{rank}\t{:.6}\tpundit", encode_id(qid), encode_id(&hit.piece.id), hit.score)?;
    }
    Ok(())
}
