use std::borrow::Cow;
use std::io;

use serde_json::Value;

use super::escape;
use super::form::{Present, Take};
use crate::search::{Answer, Hit};
use crate::text::Span;

/// The matches of an answer, each with its place in its file, as editors read them: columns count bytes. Passages have around them what stands
/// before in their line.
pub struct Grep<'a> {
    /// The answer.
    pub answer: &'a Answer,
}

/// The column in which a passage begins, in bytes: the answer's context has what stands before it in its line.
fn bytes(hit: &Hit) -> u64 {
    let column = hit.passage.column.unwrap_or(1);
    let before = hit.context.as_ref().and_then(|(before, _)| before.rsplit('\n').next()).unwrap_or_default();
    let points = usize::try_from(column).unwrap_or_default().saturating_sub(1);
    let more: usize = before.chars().rev().take(points).map(|c| c.len_utf8() - 1).sum();
    column + more as u64
}

/// The columns of matches.
pub const GREP_COLUMNS: [&str; 4] = ["path", "line", "column", "text"];

impl Present for Grep<'_> {
    fn name(&self) -> &'static str {
        "matches"
    }

    fn columns(&self) -> Vec<Cow<'static, str>> {
        GREP_COLUMNS.map(Cow::Borrowed).to_vec()
    }

    fn rows(&self, take: Take<'_, Vec<Value>>) -> io::Result<()> {
        for hit in &self.answer.hits {
            let text = &hit.passage.text;
            let (first, column) = (hit.passage.line.unwrap_or(1), bytes(hit));
            let mut spans: Vec<Span> = hit.matches.iter().map(|found| found.span).collect();
            spans.sort_unstable();
            spans.dedup();
            if spans.is_empty() {
                spans.push(Span::default());
            }
            for span in spans {
                let before = Span::new(0, span.start).of(text);
                let start = before.rfind('\n').map_or(0, |at| at + 1);
                let end = text.get(span.start..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| span.start + at);
                let down = before.matches('\n').count() as u64;
                let right = Span::new(start, span.start).len() as u64;
                let column = if down == 0 { column + right } else { right + 1 };
                take(vec![hit.piece.path.as_str().into(), (first + down).into(), column.into(), Span::new(start, end).of(text).into()])?;
            }
        }
        Ok(())
    }

    fn lines(&self, take: Take<'_, String>) -> io::Result<()> {
        self.rows(&mut |cells| take(cells.iter().map(|cell| escape::one_line(&super::lines::plain(cell))).collect::<Vec<_>>().join(":")))
    }
}
