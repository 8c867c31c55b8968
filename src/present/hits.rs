//! Answers to questions, ready to be written in every form.

use std::borrow::Cow;
use std::io;

use foldhash::HashMap;
use serde_json::Value;

use super::block::{Block, Legend, Quote, head, runs};
use super::cite::note;
use super::form::{Present, Take};
use super::{escape, wire};
use crate::actors::Mention;
use crate::search::batch::{HitChanges, RowOutcome};
use crate::search::{Answer, Hit, PieceView, Question};

/// The address of a piece's file on this machine, to which its path links.
pub type Address<'a> = &'a dyn Fn(&PieceView) -> Option<String>;

/// The answer to a question.
pub struct Hits<'a> {
    /// The answer.
    pub answer: &'a Answer,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// Whether to say what scores are made of.
    pub explain: bool,
    /// The columns of its table.
    pub columns: &'a [&'a str],
    /// Where files are.
    pub address: Address<'a>,
}

/// The paths of files that have an answer.
pub struct Paths<'a> {
    /// The paths.
    pub paths: Vec<&'a str>,
    /// Whether lines have paths as they are, for programs, or made harmless.
    pub raw: bool,
}

impl Present for Paths<'_> {
    fn name(&self) -> &'static str {
        "files"
    }

    fn columns(&self) -> Vec<Cow<'static, str>> {
        vec![Cow::Borrowed("path")]
    }

    fn rows(&self, take: Take<'_, Vec<Value>>) -> io::Result<()> {
        self.paths.iter().try_for_each(|&path| take(vec![path.into()]))
    }

    fn lines(&self, take: Take<'_, String>) -> io::Result<()> {
        let path = |path: &str| if self.raw { path.to_owned() } else { escape::terminal(path).into_owned() };
        self.paths.iter().try_for_each(|known| take(path(known)))
    }
}

/// The answer to a row of a batch.
pub struct AnsweredRow<'a> {
    /// The row, and what became of it.
    pub outcome: &'a RowOutcome,
    /// The columns of the hits in its table.
    pub columns: &'a [&'a str],
    /// The columns that are carried from the file of queries.
    pub carried: &'a [String],
    /// Whether to say what scores are made of.
    pub explain: bool,
    /// What has changed since an earlier run, if that is what is told.
    pub changes: Option<&'a HitChanges>,
    /// Where files are.
    pub address: Address<'a>,
}

/// The columns of hits. Scripts depend on them: new ones come last.
const HIT_COLUMNS: [&str; 20] = [
    "rank",
    "score",
    "id",
    "piece",
    "path",
    "line",
    "title",
    "authors",
    "source",
    "date",
    "lang",
    "kind",
    "url",
    "text",
    "matches",
    "actors",
    "copies",
    "signals",
    "page",
    "passage_lang",
];

/// The columns of the hits of `question`: also the passage with what stands around it, where that is asked for.
#[must_use]
pub fn hit_columns(question: &Question) -> Vec<&'static str> {
    HIT_COLUMNS.into_iter().chain(question.context.map(|_| "context")).collect()
}

/// The columns that a batch has before those of its hits.
pub const ROW_COLUMNS: [&str; 6] = ["row", "qid", "status", "found", "error", "change"];

fn list<'v>(values: impl Iterator<Item = &'v str>) -> Value {
    let mut seen: Vec<&str> = Vec::new();
    values.for_each(|value| {
        if !seen.contains(&value) {
            seen.push(value);
        }
    });
    seen.into()
}

/// What of a piece stands in tables: id, path, line, title, authors, source, date, lang, kind, url.
pub(super) fn piece_cells(piece: &PieceView, line: Option<u64>) -> [Value; 10] {
    let stored = &piece.stored;
    [
        piece.id.as_str().into(),
        piece.path.as_str().into(),
        line.into(),
        stored.title.as_deref().into(),
        stored.authors.as_slice().into(),
        stored.source.as_deref().into(),
        stored.date.as_deref().into(),
        stored.lang.as_str().into(),
        stored.kind.as_deref().into(),
        stored.url.as_deref().into(),
    ]
}

/// The actors of mentions, each once.
pub(super) fn actor_cell(mentions: &[Mention]) -> Value {
    list(mentions.iter().filter_map(|mention| mention.actor.as_deref()))
}

fn cells(hit: &Hit, explain: bool) -> Vec<Value> {
    let mut cells = vec![hit.rank.into(), wire::number(hit.score), hit.piece.passage_id(&hit.passage).into()];
    cells.extend(piece_cells(&hit.piece, hit.passage.line));
    cells.push(hit.passage.text.as_str().into());
    cells.push(list(hit.matches.iter().chain(&hit.title_matches).map(|found| found.clause.as_str())));
    cells.push(actor_cell(&hit.mentions));
    cells.push(wire::copies(hit).into());
    let signals = hit.signals.weighed().filter(|(_, value)| *value != 0.0);
    cells.push(if explain { signals.map(|(name, value)| format!("{name} {value:.4}")).collect::<Vec<_>>().into() } else { Value::Null });
    cells.push(hit.passage.page.into());
    cells.push(hit.passage.lang_in(&hit.piece.stored).into());
    cells.extend(around(hit).map(Value::from));
    cells
}

/// The passage with what stands around it, if that is wanted.
fn around(hit: &Hit) -> Option<String> {
    let (before, after) = hit.context.as_ref()?;
    Some(format!("{before}{}{after}", hit.passage.text).trim().to_owned())
}

fn line(hit: &Hit) -> String {
    let (line, column) = (hit.passage.line.unwrap_or(1), hit.passage.column.unwrap_or(1));
    let path = escape::terminal(&hit.piece.path);
    let text = around(hit).map_or_else(|| escape::one_line(&hit.passage.text), |text| escape::one_line(&text));
    format!("{path}:{line}:{column}\t{:.4}\t{}\t{text}", hit.score, hit.piece.passage_id(&hit.passage))
}

/// Hits for people: grouped by piece, in the order of each piece's best.
fn blocks(answer: &Answer, address: Address<'_>, explain: bool, legend: &mut Legend) -> Vec<Block> {
    let mut out = Vec::new();
    if explain {
        out.push(Block::Note(format!("understood as: {}", answer.parsed)));
    }
    let mut pieces: Vec<Vec<&Hit>> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::default();
    for hit in &answer.hits {
        let place = *places.entry(&hit.piece.id).or_insert(pieces.len());
        match pieces.get_mut(place) {
            Some(hits) => hits.push(hit),
            None => pieces.push(vec![hit]),
        }
    }
    for hits in pieces {
        if let Some(first) = hits.first() {
            out.push(head(&first.piece, &first.title_matches, address(&first.piece), legend));
        }
        for hit in hits {
            out.push(Block::Passage(Box::new(Quote {
                before: hit.context.as_ref().map(|(before, _)| before.clone()).unwrap_or_default(),
                runs: runs(&hit.passage.text, &hit.matches, &hit.mentions, legend),
                after: hit.context.as_ref().map(|(_, after)| after.clone()).unwrap_or_default(),
                note: small_print(hit, explain),
                source: note(&hit.piece.stored),
                ..Quote::default()
            })));
        }
    }
    out
}

fn small_print(hit: &Hit, explain: bool) -> String {
    let line = hit.passage.line.map(|line| format!(" line {line}")).unwrap_or_default();
    let id = hit.piece.passage_id(&hit.passage);
    if !explain {
        return format!("{id}{line}");
    }
    let parts: Vec<String> =
        hit.signals.weighed().filter(|(_, value)| *value != 0.0).map(|(name, value)| format!("{name} {value:.3}")).collect();
    format!("{id}{line} score {:.3} = {}", hit.score, if parts.is_empty() { "0".to_owned() } else { parts.join(" + ") })
}

impl Present for Hits<'_> {
    fn name(&self) -> &'static str {
        "hits"
    }

    fn about(&self) -> Vec<(&'static str, Value)> {
        let Answer { query, parsed, found, truncated, .. } = self.answer;
        vec![
            ("query", query.as_str().into()),
            ("parsed", parsed.as_str().into()),
            ("found", (*found).into()),
            ("truncated", (*truncated).into()),
            ("took_ms", self.took_ms.into()),
        ]
    }

    fn columns(&self) -> Vec<Cow<'static, str>> {
        self.columns.iter().map(|name| Cow::Owned((*name).to_owned())).collect()
    }

    fn rows(&self, take: Take<'_, Vec<Value>>) -> io::Result<()> {
        self.answer.hits.iter().try_for_each(|hit| take(cells(hit, self.explain)))
    }

    fn objects(&self, take: Take<'_, Vec<u8>>) -> io::Result<()> {
        self.answer.hits.iter().try_for_each(|hit| take(wire::hit(hit, None, self.explain, None)?))
    }

    fn lines(&self, take: Take<'_, String>) -> io::Result<()> {
        self.answer.hits.iter().try_for_each(|hit| take(line(hit)))
    }

    fn blocks(&self, legend: &mut Legend) -> io::Result<Vec<Block>> {
        Ok(blocks(self.answer, self.address, self.explain, legend))
    }

    fn run(&self) -> Option<(&str, &Answer)> {
        Some(("1", self.answer))
    }
}

impl AnsweredRow<'_> {
    fn hits(&self) -> &[Hit] {
        self.outcome.result.as_ref().map_or(&[], |answer| &answer.hits)
    }

    /// The hits, each with what has become of it since an earlier run.
    fn changed(&self) -> impl Iterator<Item = (&Hit, Option<&'static str>)> {
        let kind = |at: usize| self.changes.and_then(|changes| changes.kinds.get(at).copied());
        self.hits().iter().enumerate().map(move |(at, hit)| (hit, kind(at)))
    }

    fn gone(&self) -> &[(String, String)] {
        self.changes.map_or(&[], |changes| &changes.gone)
    }
}

impl Present for AnsweredRow<'_> {
    fn name(&self) -> &'static str {
        "hits"
    }

    fn about(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("qid", self.outcome.row.qid.as_str().into()),
            ("status", self.outcome.status().word().into()),
            ("found", self.outcome.found().into()),
            ("error", self.outcome.error().into()),
            ("in", Value::Object(self.outcome.row.carried.clone())),
        ]
    }

    fn columns(&self) -> Vec<Cow<'static, str>> {
        let fixed = ROW_COLUMNS.iter().chain(self.columns).map(|name| Cow::Owned((*name).to_owned()));
        fixed.chain(self.carried.iter().cloned().map(Cow::Owned)).collect()
    }

    fn lacks_entries(&self) -> bool {
        self.hits().is_empty() && self.gone().is_empty()
    }

    fn rows(&self, take: Take<'_, Vec<Value>>) -> io::Result<()> {
        let row = &self.outcome.row;
        let about: Vec<Value> =
            std::iter::once(row.number.into()).chain(self.about().into_iter().take(4).map(|(_, value)| value)).collect();
        let carried = || row.cells_for(self.carried);
        let mut row = |change: Option<&str>, cells: Vec<Value>| {
            take(about.iter().cloned().chain([change.into()]).chain(cells).chain(carried()).collect())
        };
        let none = || vec![Value::Null; self.columns.len()];
        if self.lacks_entries() {
            return row(None, none());
        }
        self.changed().try_for_each(|(hit, change)| row(change, cells(hit, self.explain)))?;
        self.gone().iter().try_for_each(|(id, piece)| {
            let mut cells = none();
            for (cell, value) in cells.iter_mut().skip(2).zip([id, piece]) {
                *cell = value.as_str().into();
            }
            row(Some("gone"), cells)
        })
    }

    fn objects(&self, take: Take<'_, Vec<u8>>) -> io::Result<()> {
        let qid = Some(self.outcome.row.qid.as_str());
        self.changed().try_for_each(|(hit, change)| take(wire::hit(hit, qid, self.explain, change)?))?;
        self.gone().iter().try_for_each(|(id, piece)| take(wire::gone(&self.outcome.row.qid, id, piece)?))
    }

    fn closing(&self, take: Take<'_, Vec<u8>>) -> io::Result<()> {
        take(wire::status(self.outcome)?)
    }

    fn lines(&self, take: Take<'_, String>) -> io::Result<()> {
        let qid = escape::terminal(&self.outcome.row.qid);
        self.changed()
            .try_for_each(|(hit, change)| take(format!("{qid}\t{}{}", change.map_or(String::new(), |c| format!("{c}\t")), line(hit))))?;
        self.gone().iter().try_for_each(|(id, piece)| take(format!("{qid}\tgone\t{}\t\t{id}\t", escape::terminal(piece))))
    }

    fn blocks(&self, legend: &mut Legend) -> io::Result<Vec<Block>> {
        let row = &self.outcome.row;
        let mut out = vec![Block::Heading(format!("{} · {}", row.qid, row.get("query").unwrap_or_default()))];
        match &self.outcome.result {
            Err(_) => out.push(Block::Note(format!("error: {}", self.outcome.error().unwrap_or_default()))),
            Ok(answer) if answer.hits.is_empty() && self.changes.is_some() => out.push(Block::Note("nothing new".to_owned())),
            Ok(answer) if answer.found == 0 => out.push(Block::Note("nothing found".to_owned())),
            Ok(answer) => out.extend(blocks(answer, self.address, self.explain, legend)),
        }
        out.extend(self.gone().iter().map(|(id, piece)| Block::Note(format!("gone: {id} of {piece}"))));
        Ok(out)
    }

    fn run(&self) -> Option<(&str, &Answer)> {
        Some((&self.outcome.row.qid, self.outcome.result.as_ref().ok()?))
    }
}
