use std::collections::BTreeMap;

use foldhash::{HashMap, HashSet};
use serde_json::{Map, Value};

use super::CellPosition;
use crate::text::Span;

/// A query of a batch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Its place among the rows, counted from 1.
    pub number: u64,
    /// Its line in the file, counted from 1.
    pub line: u64,
    /// Its id: the one given, else its place among the rows.
    pub qid: String,
    /// Whether its id is one that it brings.
    pub is_named: bool,
    /// The cells that pundit understands, by name: `query`, `actor`, `lang` …
    pub cells: BTreeMap<String, String>,
    /// Where those cells stand.
    pub positions: BTreeMap<String, CellPosition>,
    /// The cells that are carried to the output.
    pub carried: Map<String, Value>,
}

/// What is wrong with a row, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowError {
    /// What is wrong, in one line.
    pub problem: String,
    /// The line of the file, counted from 1.
    pub line: u64,
    /// The column, in code points, counted from 1.
    pub column: u64,
    /// The text that is at fault, and the part of it.
    pub part: Option<(String, Span)>,
    /// What to do.
    pub hint: Option<String>,
}

/// The columns that are understood.
pub const KNOWN_COLUMNS: [&str; 11] = ["id", "query", "actor", "lang", "source", "author", "since", "until", "limit", "within", "mode"];

/// The column of tables for what only some objects carry.
pub(super) const MORE: &str = "in_more";

pub(super) fn is_known(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    name == "qid" || KNOWN_COLUMNS.contains(&name.as_str())
}

/// The columns of which a row may have several values, separated by semicolons.
const SEVERAL: [&str; 4] = ["actor", "lang", "source", "author"];

/// The value of an object's member called `name`, as a cell: of what is understood several are a list, where there may be several, and nothing
/// else is more than one value.
pub(super) fn cell(name: &str, value: Value) -> Result<Value, String> {
    let name = name.trim().to_lowercase();
    match value {
        Value::Array(values) if SEVERAL.contains(&name.as_str()) => {
            let each =
                values.iter().map(|value| value.as_str().ok_or_else(|| format!("{name} takes text or a list of texts, not {value}")));
            Ok(each.collect::<Result<Vec<_>, _>>()?.join(";").into())
        }
        Value::Array(_) | Value::Object(_) if is_known(&name) => Err(format!("{name} takes one value, not {value}")),
        value => Ok(value),
    }
}

/// The first name of what is understood that comes twice: one of the two would count, and nobody would know which.
pub(super) fn twice<'n>(names: impl Iterator<Item = &'n String>) -> Option<String> {
    let mut known = HashSet::default();
    names.filter(|name| is_known(name)).map(|name| name.trim().to_lowercase()).find(|name| !known.insert(name.clone()))
}

/// The names of columns with those told apart that are carried: of two that are the same the later gets `#2`.
pub(super) fn told_apart(names: Vec<String>) -> Vec<String> {
    let all: HashSet<String> = names.iter().cloned().collect();
    let (mut taken, mut counts) = (HashSet::default(), HashMap::default());
    let apart = |name: String| {
        if is_known(&name) || taken.insert(name.clone()) {
            return name;
        }
        let count: &mut u64 = counts.entry(name.clone()).or_insert(1);
        loop {
            *count += 1;
            let apart = format!("{name}#{count}");
            if !all.contains(&apart) {
                return apart;
            }
        }
    };
    names.into_iter().map(apart).collect()
}

impl RowError {
    /// Something wrong at a place of the file.
    pub(in crate::search) fn at(line: u64, column: u64, problem: impl Into<String>) -> Self {
        Self { problem: problem.into(), line, column, part: None, hint: None }
    }
}

impl Row {
    /// Puts a cell where it belongs.
    pub(super) fn put(&mut self, column: &str, value: Value, position: CellPosition) {
        let name = column.trim().to_lowercase();
        let plain = match &value {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        };
        match name.as_str() {
            "id" | "qid" => plain.trim().clone_into(&mut self.qid),
            known if is_known(known) => self.put_cell(&name, &plain, position),
            _ => {
                self.carried.insert(format!("in_{}", column.trim()), value);
            }
        }
    }

    /// Puts a cell that is understood, without the white space around it.
    pub(super) fn put_cell(&mut self, name: &str, text: &str, position: CellPosition) {
        let trimmed = text.trim();
        let (line, column) = position.of(text, text.len() - text.trim_start().len());
        // The quotation mark that opens the cell is counted by now.
        let column = column.saturating_sub(u64::from(position.quoted && line == position.line));
        self.positions.insert(name.to_owned(), CellPosition { line, column, ..position });
        if !trimmed.is_empty() {
            self.cells.insert(name.to_owned(), trimmed.to_owned());
        }
    }

    /// How many hits it asks for, if it does: nothing where that is no number. Tables in which cells are empty may have been written with
    /// fractions: 10.0.
    #[must_use]
    pub fn limit(&self) -> Option<Option<usize>> {
        let limit = self.get("limit")?;
        let whole = limit.split_once('.').filter(|(_, fraction)| fraction.bytes().all(|digit| digit == b'0'));
        Some(whole.map_or(limit, |(whole, _)| whole).parse().ok())
    }

    /// What it carries to each of these columns of a table; to `in_more`, where its file has no such column, what else it carries.
    pub fn cells_for<'r>(&'r self, columns: &'r [String]) -> impl Iterator<Item = Value> + 'r {
        columns.iter().map(move |column| match self.carried.get(column) {
            Some(value) => value.clone(),
            None if column == MORE => self.beside(columns),
            None => Value::Null,
        })
    }

    /// What it carries beside these columns, as JSON in one cell.
    fn beside(&self, columns: &[String]) -> Value {
        let more: Map<String, Value> =
            self.carried.iter().filter(|(name, _)| !columns.contains(name)).map(|(name, value)| (name.clone(), value.clone())).collect();
        if more.is_empty() { Value::Null } else { Value::String(Value::Object(more).to_string()) }
    }

    /// A cell, if it is filled.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.cells.get(name).map(String::as_str)
    }

    /// Something wrong with the part `at` of the cell `name`.
    #[must_use]
    pub fn fault(&self, name: &str, at: Span, problem: impl Into<String>) -> RowError {
        let text = self.get(name).unwrap_or_default();
        let (line, column) = self.positions.get(name).map_or((self.line, 1), |position| position.of(text, at.start));
        RowError { part: Some((text.to_owned(), at)), ..RowError::at(line, column, problem) }
    }
}
