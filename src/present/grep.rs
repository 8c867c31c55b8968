use std::borrow::Cow;
use std::io;

use serde_json::Value;

use super::escape;
use super::form::{Present, Take};
use crate::search::Answer;
use crate::text::Span;

/// The matches of an answer, each with its place in its file, as editors read them.
pub struct Grep<'a> {
    /// The answer.
    pub answer: &'a Answer,
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
            let (first, column) = (hit.passage.line.unwrap_or(1), hit.passage.column.unwrap_or(1));
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
                let right = Span::new(start, span.start).of(text).chars().count() as u64;
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
