//! A file of queries becomes questions.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// A query of a batch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Its place among the rows, counted from 1.
    pub number: u64,
    /// Its line in the file, counted from 1.
    pub line: u64,
    /// Its id: the one given, else its place among the rows.
    pub qid: String,
    /// The cells that pundit understands, by name: `query`, `actor`, `lang` …
    pub cells: BTreeMap<String, String>,
    /// The cells that are carried to the output.
    pub carried: Map<String, Value>,
}

/// A row that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bad {
    /// What is wrong.
    pub problem: String,
}

/// The form of a file of queries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowFormat {
    /// A query a line, `#` before comments; or, with tabs, as `Tsv`.
    Text,
    /// Tab-separated.
    Tsv,
    /// Comma-separated.
    Csv,
    /// A JSON object a line.
    JsonLines,
}

/// The columns that are understood.
const KNOWN: [&str; 11] = ["id", "query", "actor", "lang", "source", "author", "since", "until", "limit", "within", "mode"];

impl RowFormat {
    /// The form of the file called `name`, by its ending; of a text with tabs in its first line, TSV.
    #[must_use]
    pub fn of(name: &str, text: &str) -> Self {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        match ending.as_deref() {
            Some("csv") => Self::Csv,
            Some("tsv" | "tab") => Self::Tsv,
            Some("jsonl" | "ndjson") => Self::JsonLines,
            _ => {
                let first = text.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#')).unwrap_or_default();
                if first.trim_start().starts_with('{') {
                    Self::JsonLines
                } else if first.contains('\t') {
                    Self::Tsv
                } else {
                    Self::Text
                }
            }
        }
    }
}

/// The rows of `text`, each read or bad.
#[must_use]
pub fn rows(text: &str, format: RowFormat) -> Vec<(Row, Option<Bad>)> {
    let mut rows = match format {
        RowFormat::Text => text
            .lines()
            .zip(1..)
            .filter(|(line, _)| !line.trim().is_empty() && !line.starts_with('#'))
            .map(|(line, number)| (Row { line: number, cells: cell("query", line.trim()), ..Row::default() }, None))
            .collect(),
        RowFormat::JsonLines => {
            text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()).map(|(line, number)| json_row(line, number)).collect()
        }
        RowFormat::Tsv => table(text, b'\t'),
        RowFormat::Csv => table(text, b','),
    };
    for ((row, _), number) in rows.iter_mut().zip(1_u64..) {
        row.number = number;
        if row.qid.is_empty() {
            row.qid = number.to_string();
        }
    }
    rows
}

fn cell(name: &str, value: &str) -> BTreeMap<String, String> {
    BTreeMap::from([(name.to_owned(), value.to_owned())])
}

impl Row {
    /// Puts a cell where it belongs.
    fn put(&mut self, column: &str, value: Value) {
        let name = column.trim().to_lowercase();
        let plain = match &value {
            Value::String(text) => text.trim().to_owned(),
            Value::Null => String::new(),
            other => other.to_string(),
        };
        match name.as_str() {
            "id" | "qid" => self.qid = plain,
            known if KNOWN.contains(&known) => {
                if !plain.is_empty() {
                    self.cells.insert(name, plain);
                }
            }
            _ => {
                self.carried.insert(format!("in_{}", column.trim()), value);
            }
        }
    }

    /// A cell, if it is filled.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.cells.get(name).map(String::as_str)
    }
}

fn json_row(line: &str, number: u64) -> (Row, Option<Bad>) {
    let mut row = Row { line: number, ..Row::default() };
    match serde_json::from_str::<Map<String, Value>>(line) {
        Ok(fields) => {
            for (name, value) in fields {
                row.put(&name, value);
            }
            let bad = row.get("query").is_none().then(|| Bad { problem: "no \"query\" in this row".to_owned() });
            (row, bad)
        }
        Err(error) => (row, Some(Bad { problem: format!("not a JSON object: {error}") })),
    }
}

/// The rows of a table. A first row with a cell `query` is its header; without one, two columns are id and query, one is the query.
fn table(text: &str, delimiter: u8) -> Vec<(Row, Option<Bad>)> {
    // In tab-separated files a quotation mark is a letter like any other, unless a cell begins with one that is closed before a tab.
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .quoting(delimiter != b'\t')
        .from_reader(text.as_bytes());
    let mut header: Option<Vec<String>> = None;
    let mut rows = Vec::new();
    for (record, at) in reader.records().zip(0..) {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                rows.push((Row { line, ..Row::default() }, Some(Bad { problem: format!("not readable: {error}") })));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        let cells: Vec<&str> = record.iter().collect();
        if at == 0 && cells.iter().any(|cell| cell.trim().eq_ignore_ascii_case("query")) {
            header = Some(cells.iter().map(|cell| (*cell).to_owned()).collect());
            continue;
        }
        if cells.iter().all(|cell| cell.trim().is_empty()) || (header.is_none() && cells.first().is_some_and(|cell| cell.starts_with('#')))
        {
            continue;
        }
        rows.push(table_row(&cells, header.as_deref(), line));
    }
    rows
}

fn table_row(cells: &[&str], header: Option<&[String]>, line: u64) -> (Row, Option<Bad>) {
    let mut row = Row { line, ..Row::default() };
    match header {
        Some(header) => {
            for (column, cell) in header.iter().zip(cells) {
                row.put(column, Value::String((*cell).to_owned()));
            }
            if cells.len() > header.len() {
                let problem = format!("{} cells under a header of {}; quote cells that hold the delimiter", cells.len(), header.len());
                return (row, Some(Bad { problem }));
            }
        }
        None => match cells {
            [query] => row.cells = cell("query", query.trim()),
            [qid, query, rest @ ..] => {
                qid.trim().clone_into(&mut row.qid);
                // Without a header whatever follows belongs to the query.
                let query = std::iter::once(query).chain(rest).copied().collect::<Vec<_>>().join(" ");
                row.cells = cell("query", query.trim());
            }
            [] => {}
        },
    }
    let bad = row.get("query").is_none_or(str::is_empty).then(|| Bad { problem: "no query in this row".to_owned() });
    (row, bad)
}
