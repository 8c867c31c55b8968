//! Numbers, concordances and checked quotations, ready to be written in every form.

use std::borrow::Cow;
use std::io;

use serde_json::Value;

use super::block::{Block, Edit, Legend, Quote, Table, TextRun};
use super::cite::note;
use super::escape;
use super::form::{Present, Take};
use super::lines::cell;
use crate::search::{CheckedQuotation, ConcordanceLine, Counts, Side, Verdict};

/// The numbers of a query.
pub struct Numbers<'a> {
    /// The numbers.
    pub counts: &'a Counts,
    /// What groups have in common, if there are groups.
    pub by: Option<&'static str>,
    /// How many groups are told, at the most.
    pub limit: usize,
}

impl Present for Numbers<'_> {
    fn name(&self) -> &'static str {
        "counts"
    }

    fn about(&self) -> Vec<(&'static str, Value)> {
        vec![("pieces", self.counts.pieces.into()), ("passages", self.counts.passages.into())]
    }

    fn columns(&self) -> Vec<Cow<'static, str>> {
        self.by.into_iter().chain(["pieces", "passages"]).map(Cow::Borrowed).collect()
    }

    fn rows(&self, take: Take<'_, Vec<Value>>) -> io::Result<()> {
        if self.by.is_none() {
            return take(vec![self.counts.pieces.into(), self.counts.passages.into()]);
        }
        let groups = self.counts.groups.iter().take(self.limit);
        groups.map(|group| vec![group.value.as_deref().into(), group.pieces.into(), group.passages.into()]).try_for_each(take)
    }

    fn blocks(&self, _legend: &mut Legend) -> io::Result<Vec<Block>> {
        let mut table = Table { columns: self.columns().into_iter().map(Cow::into_owned).collect(), ..Table::default() };
        self.rows(&mut |cells| {
            let mut cells: Vec<String> = table.columns.iter().zip(&cells).map(|(column, value)| cell(column, value)).collect();
            if let (Some(_), Some(first)) = (self.by, cells.first_mut())
                && first.is_empty()
            {
                "(unknown)".clone_into(first);
            }
            table.rows.push(cells);
            Ok(())
        })?;
        if self.by.is_some() {
            let shown = || self.counts.groups.iter().take(self.limit);
            let longest = shown().map(|group| group.pieces).max().unwrap_or(1).max(1);
            #[expect(clippy::cast_precision_loss, reason = "a part of a bar")]
            table.bars.extend(shown().map(|group| group.pieces as f64 / longest as f64));
        }
        let mut out = vec![Block::Table(table)];
        let more = self.counts.groups.len().saturating_sub(self.limit);
        if more > 0 {
            out.push(Block::Note(format!("… and {more} more")));
        }
        Ok(out)
    }
}

/// A concordance.
pub struct Kwic<'a> {
    /// Its lines.
    pub lines: &'a [ConcordanceLine],
    /// How many matches there are in all.
    pub found: u64,
}

/// The columns of a concordance.
pub const KWIC_COLUMNS: [&str; 12] = ["left", "match", "right", "id", "piece", "path", "line", "start", "title", "source", "date", "lang"];

impl Present for Kwic<'_> {
    fn name(&self) -> &'static str {
        "lines"
    }

    fn about(&self) -> Vec<(&'static str, Value)> {
        vec![("found", self.found.into())]
    }

    fn columns(&self) -> Vec<Cow<'static, str>> {
        KWIC_COLUMNS.map(Cow::Borrowed).to_vec()
    }

    fn rows(&self, take: Take<'_, Vec<Value>>) -> io::Result<()> {
        self.lines
            .iter()
            .map(|line| {
                let stored = &line.piece.stored;
                vec![
                    line.left.as_str().into(),
                    line.keyword.as_str().into(),
                    line.right.as_str().into(),
                    line.id.as_str().into(),
                    line.piece.id.as_str().into(),
                    line.piece.path.as_str().into(),
                    line.line.into(),
                    line.start.into(),
                    stored.title.as_deref().into(),
                    stored.source.as_deref().into(),
                    stored.date.as_deref().into(),
                    stored.lang.as_str().into(),
                ]
            })
            .try_for_each(take)
    }

    fn lines(&self, take: Take<'_, String>) -> io::Result<()> {
        self.lines
            .iter()
            .map(|line| {
                let parts = [&line.left, &line.keyword, &line.right].map(|part| escape::one_line(part).trim().to_owned());
                format!("{}\t{}\t{}", parts.join("\t"), escape::terminal(&line.piece.path), line.id)
            })
            .try_for_each(take)
    }

    fn blocks(&self, _legend: &mut Legend) -> io::Result<Vec<Block>> {
        let block = |line: &ConcordanceLine| Block::Aligned(line.left.clone(), line.keyword.clone(), line.right.clone());
        Ok(self.lines.iter().map(block).collect())
    }
}

/// Quotations that have been looked up.
pub struct Verified<'a> {
    /// The quotations.
    pub checked: &'a [CheckedQuotation],
    /// The draft's path.
    pub path: &'a str,
}

/// The columns of quotations that have been looked up.
pub const VERIFIED_COLUMNS: [&str; 12] =
    ["line", "column", "verdict", "quotation", "changes", "id", "piece", "path", "title", "source", "date", "passage"];

/// A change as text: `[-what the source has-]{+what is quoted+}`.
fn told(checked: &CheckedQuotation) -> String {
    let part = |change: &crate::search::WordChange| {
        let text = change.text.trim_start();
        let gap = if text.len() < change.text.len() { " " } else { "" };
        match change.side {
            Side::Both => format!("{gap}{text}"),
            Side::Source => format!("{gap}[-{text}-]"),
            Side::Quotation => format!("{gap}{{+{text}+}}"),
        }
    };
    checked.changes.iter().map(part).collect::<String>().trim().to_owned()
}

impl Present for Verified<'_> {
    fn name(&self) -> &'static str {
        "quotations"
    }

    fn columns(&self) -> Vec<Cow<'static, str>> {
        VERIFIED_COLUMNS.map(Cow::Borrowed).to_vec()
    }

    fn rows(&self, take: Take<'_, Vec<Value>>) -> io::Result<()> {
        self.checked
            .iter()
            .map(|checked| {
                let source = checked.source.as_ref();
                let passage = source.and_then(|source| source.passage.as_ref());
                let stored = source.map(|source| &source.piece.stored);
                vec![
                    checked.quotation.line.into(),
                    checked.quotation.column.into(),
                    checked.verdict.word().into(),
                    checked.quotation.text.trim().into(),
                    if checked.changes.is_empty() { Value::Null } else { told(checked).into() },
                    source.zip(passage).map(|(source, passage)| source.piece.passage_id(passage)).into(),
                    source.map(|source| source.piece.id.as_str()).into(),
                    source.map(|source| source.piece.path.as_str()).into(),
                    stored.and_then(|stored| stored.title.as_deref()).into(),
                    stored.and_then(|stored| stored.source.as_deref()).into(),
                    stored.and_then(|stored| stored.date.as_deref()).into(),
                    passage.map(|passage| passage.text.as_str()).into(),
                ]
            })
            .try_for_each(take)
    }

    fn lines(&self, take: Take<'_, String>) -> io::Result<()> {
        self.checked
            .iter()
            .map(|checked| {
                let CheckedQuotation { quotation, verdict, source, .. } = checked;
                let text = if checked.changes.is_empty() { quotation.text.clone() } else { told(checked) };
                let found = source.as_ref().map(|source| match &source.passage {
                    Some(passage) => source.piece.passage_id(passage),
                    None => source.piece.id.clone(),
                });
                let place = format!("{}:{}:{}", escape::terminal(self.path), quotation.line, quotation.column);
                let found = found.unwrap_or_default();
                format!("{place}\t{}\t{}\t{}", verdict.word(), escape::terminal(&found), escape::one_line(&text).trim())
            })
            .try_for_each(take)
    }

    fn blocks(&self, _legend: &mut Legend) -> io::Result<Vec<Block>> {
        let mut out = Vec::new();
        for checked in self.checked {
            let CheckedQuotation { quotation, verdict, source, .. } = checked;
            let run = |change: &crate::search::WordChange| {
                let edit = match change.side {
                    Side::Both => None,
                    Side::Source => Some(Edit::Removed),
                    Side::Quotation => Some(Edit::Added),
                };
                TextRun { text: change.text.clone(), edit, ..TextRun::default() }
            };
            let runs = if checked.changes.is_empty() {
                vec![TextRun { text: quotation.text.clone(), ..TextRun::default() }]
            } else {
                checked.changes.iter().map(run).collect()
            };
            let place = source.as_ref().map(|source| match &source.passage {
                Some(passage) => format!("{} · {}", source.piece.path, source.piece.passage_id(passage)),
                None => format!("{} · title", source.piece.path),
            });
            out.push(Block::Note(format!("{}:{}:{} {}", self.path, quotation.line, quotation.column, verdict.word())));
            out.push(Block::Passage(Box::new(Quote {
                runs,
                note: place.unwrap_or_default(),
                source: source.as_ref().map(|source| note(&source.piece.stored)).unwrap_or_default(),
                asked: *verdict != Verdict::Verbatim,
                ..Quote::default()
            })));
        }
        Ok(out)
    }
}
