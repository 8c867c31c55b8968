use std::borrow::Cow;
use std::io;

use serde_json::Value;

use super::block::{Block, Legend, Table};
use super::form::{Present, Take};
use super::{escape, wire};
use crate::search::Hit;
use crate::search::batch::RowOutcome;

/// A row of a batch with no more than how many pieces it found, or the paths of their files.
pub struct BriefRow<'a> {
    /// The row, and what became of it.
    pub outcome: &'a RowOutcome,
    /// The columns that are carried from the file of queries.
    pub carried: &'a [String],
    /// Whether paths are told.
    pub files: bool,
}

/// The columns of such rows, before those that are carried.
pub const BRIEF_COLUMNS: [&str; 6] = ["row", "qid", "status", "found", "error", "path"];

impl BriefRow<'_> {
    /// The paths that are told.
    fn paths(&self) -> impl Iterator<Item = &str> {
        let hits: &[Hit] = match &self.outcome.result {
            Ok(answer) if self.files => &answer.hits,
            _ => &[],
        };
        hits.iter().map(|hit| hit.piece.path.as_str())
    }
}

impl Present for BriefRow<'_> {
    fn name(&self) -> &'static str {
        if self.files { "files" } else { "hits" }
    }

    fn about(&self) -> Vec<(&'static str, Value)> {
        let RowOutcome { row, .. } = self.outcome;
        vec![
            ("qid", row.qid.as_str().into()),
            ("status", self.outcome.status().word().into()),
            ("found", self.outcome.found().into()),
            ("error", self.outcome.error().into()),
            ("in", Value::Object(row.carried.clone())),
        ]
    }

    fn columns(&self) -> Vec<Cow<'static, str>> {
        BRIEF_COLUMNS.iter().map(|name| Cow::Borrowed(*name)).chain(self.carried.iter().cloned().map(Cow::Owned)).collect()
    }

    fn lacks_entries(&self) -> bool {
        self.paths().next().is_none()
    }

    fn rows(&self, take: Take<'_, Vec<Value>>) -> io::Result<()> {
        let RowOutcome { row, .. } = self.outcome;
        let about = self.about().into_iter().take(4).map(|(_, value)| value);
        let about: Vec<Value> = std::iter::once(row.number.into()).chain(about).collect();
        let mut row = |path: Option<&str>| take(about.iter().cloned().chain([path.into()]).chain(row.cells_for(self.carried)).collect());
        if self.lacks_entries() {
            return row(None);
        }
        self.paths().try_for_each(|path| row(Some(path)))
    }

    fn objects(&self, take: Take<'_, Vec<u8>>) -> io::Result<()> {
        self.paths().try_for_each(|path| take(wire::path(&self.outcome.row.qid, path)?))
    }

    fn closing(&self, take: Take<'_, Vec<u8>>) -> io::Result<()> {
        take(wire::status(self.outcome)?)
    }

    fn lines(&self, take: Take<'_, String>) -> io::Result<()> {
        let qid = escape::terminal(&self.outcome.row.qid);
        if !self.files {
            return take(format!("{qid}\t{}", self.outcome.found()));
        }
        self.paths().try_for_each(|path| take(format!("{qid}\t{}", escape::terminal(path))))
    }

    fn blocks(&self, _legend: &mut Legend) -> io::Result<Vec<Block>> {
        let row = &self.outcome.row;
        let mut out = vec![Block::Heading(format!("{} · {}", row.qid, row.get("query").unwrap_or_default()))];
        out.push(Block::Note(match self.outcome.error() {
            Some(error) => format!("error: {error}"),
            None => format!("found: {}", self.outcome.found()),
        }));
        let rows: Vec<Vec<String>> = self.paths().map(|path| vec![path.to_owned()]).collect();
        if !rows.is_empty() {
            out.push(Block::Table(Table { columns: vec!["path".to_owned()], rows, ..Table::default() }));
        }
        Ok(out)
    }
}
