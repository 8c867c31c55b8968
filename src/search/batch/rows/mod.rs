//! A file of queries is read row by row, whatever its format. A row that cannot be read is reported and never stops the rest.

mod format;
mod ids;
mod lines;
mod position;
mod row;
mod table;

use std::io::{self, Read};

use serde_json::{Map, Value};

pub use format::RowFormat;
use ids::Ids;
use lines::{Line, Lines};
pub use position::CellPosition;
pub use row::{KNOWN_COLUMNS, Row, RowError};
use row::{MORE, cell, is_known, told_apart, twice};
use table::record;

/// The rows of a file, read one by one.
pub struct Rows {
    lines: Lines,
    format: RowFormat,
    titles: usize,
    header: Option<Vec<String>>,
    carried: Vec<String>,
    number: u64,
    ids: Ids,
    /// A row that was read to learn what rows carry.
    first: Option<(Row, Option<RowError>)>,
    failed: bool,
}

/// Whether a row has an id that is no number and holds none, as ids of queries seldom do.
fn is_named(qid: &str) -> bool {
    !qid.is_empty() && !qid.chars().any(|c| c.is_ascii_digit())
}

impl Rows {
    /// The rows of `source`, a file called `name`. `encoding` is a label of its encoding, where it is not to be found out.
    pub fn open(source: Box<dyn Read + Send>, name: &str, encoding: Option<&str>) -> io::Result<Self> {
        let unknown = |label: &str| io::Error::new(io::ErrorKind::InvalidInput, format!("no encoding is called {label:?}"));
        let encoding =
            encoding.map(|label| encoding_rs::Encoding::for_label(label.as_bytes()).ok_or_else(|| unknown(label))).transpose()?;
        let mut lines = Lines::new(source, encoding);
        let (format, titles) = RowFormat::found(name, &mut lines)?;
        let mut rows =
            Self { lines, format, titles, header: None, carried: Vec::new(), number: 0, ids: Ids::default(), first: None, failed: false };
        rows.first = rows.read();
        if let Some(name) = rows.header.as_ref().and_then(|header| twice(header.iter())) {
            let problem = format!("two columns are called {name}; rename one of them");
            return Err(io::Error::new(io::ErrorKind::InvalidData, problem));
        }
        if rows.header.is_none() {
            rows.carried = rows.first.iter().flat_map(|(row, _)| row.carried.keys().cloned()).collect();
        }
        Ok(rows)
    }

    /// The columns that tables have for what rows carry: those of the header, or of the first object, and `in_more` for what later objects have
    /// besides.
    #[must_use]
    pub fn carried(&self) -> Vec<String> {
        let mut carried = self.carried.clone();
        if self.format == RowFormat::JsonLines && !carried.iter().any(|column| column == MORE) {
            carried.push(MORE.to_owned());
        }
        carried
    }

    /// Whether rows may bring ids.
    #[must_use]
    pub fn have_ids(&self) -> bool {
        let is_id = |name: &String| matches!(name.to_lowercase().as_str(), "id" | "qid");
        self.format != RowFormat::Text && self.header.as_ref().is_none_or(|names| names.iter().any(is_id))
    }

    /// Learns what rows of the same file are called that are still to come, from `others`, the same rows: no row gets such an id by its number.
    /// Where a file can be read but once, the later of two rows has to give way.
    pub fn know(&mut self, mut others: Self) {
        while let Some((row, _)) = others.unsettled() {
            self.ids.bring(&row.qid);
        }
    }

    /// The next row, with the id that it brings.
    fn unsettled(&mut self) -> Option<(Row, Option<RowError>)> {
        self.first.take().or_else(|| self.read())
    }

    /// Whether the first row of a table looks like a header, but has no column called `query` and so is a query.
    #[must_use]
    pub fn lacks_query_column(&self) -> bool {
        let first = self.first_of_bare_table().filter(|row| is_named(&row.qid));
        first.is_some_and(|row| row.get("query").into_iter().flat_map(str::split_whitespace).chain([row.qid.as_str()]).any(is_known))
    }

    /// Whether commas or semicolons part the first row of a table without header into an id and a query, and the id looks like no id: it may be
    /// half of a query.
    #[must_use]
    pub fn may_part_queries(&self) -> bool {
        self.format != RowFormat::Table('\t') && self.first_of_bare_table().is_some_and(|row| is_named(&row.qid))
    }

    /// The first row of a table without header.
    fn first_of_bare_table(&self) -> Option<&Row> {
        let is_bare = matches!(self.format, RowFormat::Table(_)) && self.header.is_none();
        self.first.as_ref().map(|(row, _)| row).filter(|_| is_bare)
    }

    /// How many lines with something on them stand above the header and are no rows: titles, as spreadsheets have them.
    #[must_use]
    pub fn titles(&self) -> usize {
        self.titles
    }

    /// Whether the file is a table with a header.
    #[must_use]
    pub fn has_header(&self) -> bool {
        self.header.is_some()
    }

    /// The form of the file.
    #[must_use]
    pub fn format(&self) -> RowFormat {
        self.format
    }

    /// The encoding of the file, as far as it has been read.
    #[must_use]
    pub fn encoding(&self) -> &'static str {
        self.lines.encoding()
    }

    fn read(&mut self) -> Option<(Row, Option<RowError>)> {
        if self.failed {
            return None;
        }
        let read = match self.format {
            RowFormat::Text => self.text_row(),
            RowFormat::JsonLines => self.json_row(),
            RowFormat::Table(delimiter) => self.table_row(delimiter),
            RowFormat::Topics => self.topic(),
        };
        let (mut row, mut bad) = read.unwrap_or_else(|error| {
            self.failed = true;
            Some((Row::default(), Some(RowError::at(0, 0, format!("cannot read further: {error}")))))
        })?;
        self.number += 1;
        row.number = self.number;
        if bad.is_none() && row.get("query").is_none() {
            let column = row.positions.get("query").map_or(1, |position| position.column);
            bad = Some(RowError::at(row.line, column, "no query in this row"));
        }
        Some((row, bad))
    }

    /// The next line with something on it.
    fn filled(&mut self, comments: bool) -> io::Result<Option<Line>> {
        while let Some(line) = self.lines.next()? {
            if line.fault.is_some() || !(line.text.trim().is_empty() || comments && line.text.trim_start().starts_with('#')) {
                return Ok(Some(line));
            }
        }
        Ok(None)
    }

    fn text_row(&mut self) -> io::Result<Option<(Row, Option<RowError>)>> {
        let Some(line) = self.filled(true)? else { return Ok(None) };
        let mut row = Row { line: line.number, ..Row::default() };
        let gap = line.text.len() - line.text.trim_start().len();
        let column = line.text.get(..gap).unwrap_or_default().chars().count() as u64 + 1;
        row.put_cell("query", &line.text, CellPosition { line: line.number, column: 1, quoted: false });
        Ok(Some((row, line.fault.map(|fault| RowError::at(line.number, column, fault)))))
    }

    fn json_row(&mut self) -> io::Result<Option<(Row, Option<RowError>)>> {
        let Some(line) = self.filled(false)? else { return Ok(None) };
        let mut row = Row { line: line.number, ..Row::default() };
        let bad = match (line.fault, serde_json::from_str::<Map<String, Value>>(&line.text)) {
            (Some(fault), _) => Some(RowError::at(line.number, 1, fault)),
            (None, Ok(fields)) => {
                let mut wrong = twice(fields.keys()).map(|name| RowError::at(line.number, 1, format!("two members are called {name}")));
                for (name, value) in fields {
                    // Where the value stands: exact unless its text occurs earlier in the line, or is written with escapes.
                    let written = value.to_string();
                    let column = line.text.find(&written).map_or(1, |at| crate::text::code_points(&line.text, at) as u64 + 1);
                    let position = CellPosition { line: line.number, column, quoted: written.starts_with('"') };
                    match cell(&name, value) {
                        Ok(value) => row.put(&name, value, position),
                        Err(problem) => wrong = wrong.or(Some(RowError::at(line.number, column, problem))),
                    }
                }
                wrong
            }
            (None, Err(error)) => {
                let column = line.text.get(..error.column()).map_or(error.column(), |before| before.chars().count());
                let text = error.to_string();
                let problem = text.split(" at line ").next().unwrap_or_default();
                Some(RowError::at(line.number, column.max(1) as u64, format!("not a JSON object: {problem}")))
            }
        };
        Ok(Some((row, bad)))
    }

    /// The next row of a table. A first row with a cell `query` is its header; without one, two columns are id and query, one is the query.
    fn table_row(&mut self, delimiter: char) -> io::Result<Option<(Row, Option<RowError>)>> {
        loop {
            let Some(record) = record(&mut self.lines, delimiter, self.header.as_ref().map(Vec::len))? else { return Ok(None) };
            let mut row = Row { line: record.line, ..Row::default() };
            if let Some((fault, column)) = record.fault {
                return Ok(Some((row, Some(RowError::at(record.line, column, fault)))));
            }
            let cells = record.cells;
            let is_empty = cells.iter().all(|cell| cell.text.trim().is_empty());
            let is_comment = self.header.is_none() && cells.first().is_some_and(|cell| cell.text.starts_with('#'));
            if is_empty || is_comment {
                continue;
            }
            let names = || cells.iter().map(|cell| cell.text.trim().to_owned());
            if self.number == 0 && self.header.is_none() && names().any(|name| name.eq_ignore_ascii_case("query")) {
                let header = told_apart(names().collect());
                self.carried = header.iter().filter(|name| !is_known(name)).map(|name| format!("in_{name}")).collect();
                self.header = Some(header);
                continue;
            }
            let bad = match &self.header {
                Some(header) => {
                    for (name, cell) in header.iter().zip(&cells) {
                        row.put(name, Value::String(cell.text.clone()), cell.position);
                    }
                    let extra = cells.get(header.len()).map(|cell| (cell.position, cells.len()));
                    extra.map(|(position, count)| {
                        let problem = format!("{count} cells under a header of {}", header.len());
                        RowError {
                            hint: Some("quote cells that contain the delimiter".to_owned()),
                            ..RowError::at(position.line, position.column, problem)
                        }
                    })
                }
                None => {
                    match cells.as_slice() {
                        [query] => row.put_cell("query", &query.text, query.position),
                        [qid, query, rest @ ..] => {
                            qid.text.trim().clone_into(&mut row.qid);
                            // Without a header whatever follows belongs to the query.
                            let query_text =
                                std::iter::once(query).chain(rest).map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" ");
                            row.put_cell("query", &query_text, query.position);
                        }
                        [] => {}
                    }
                    None
                }
            };
            return Ok(Some((row, bad)));
        }
    }

    /// The next topic. Titles may go on over lines; other parts are passed over, but their numbers are told.
    fn topic(&mut self) -> io::Result<Option<(Row, Option<RowError>)>> {
        let mut row: Option<Row> = None;
        let mut title: Option<(String, CellPosition)> = None;
        let mut open = false;
        while let Some(line) = self.lines.next()? {
            let (trimmed, lower) = (line.text.trim(), line.text.trim().to_ascii_lowercase());
            if lower.starts_with("<top>") {
                row = Some(Row { line: line.number, ..Row::default() });
                title = None;
            }
            let Some(row) = &mut row else { continue };
            if let Some(at) = lower.find("<num>") {
                let number = trimmed.get(at + 5..).unwrap_or_default().split('<').next().unwrap_or_default();
                number.trim().trim_start_matches("Number:").trim().clone_into(&mut row.qid);
            }
            if let Some(at) = lower.find("<title>") {
                open = true;
                let column = crate::text::code_points(trimmed, at + 7) as u64 + 1;
                title = Some((String::new(), CellPosition { line: line.number, column, quoted: false }));
            }
            if let (true, Some((text, _))) = (open, &mut title) {
                let part = lower.find("<title>").and_then(|at| trimmed.get(at + 7..)).unwrap_or(trimmed);
                let (part, ends) = part.split_once('<').map_or((part, false), |(part, _)| (part, true));
                text.push_str(part.trim());
                text.push(' ');
                open = !ends;
            }
            if lower.ends_with("</top>") {
                if let Some((text, position)) = &title {
                    row.put_cell("query", text.trim().trim_start_matches("Topic:"), *position);
                }
                return Ok(Some((std::mem::take(row), None)));
            }
        }
        Ok(row.map(|row| {
            let line = row.line;
            (row, Some(RowError::at(line, 1, "a topic without </top>")))
        }))
    }
}

impl Iterator for Rows {
    type Item = (Row, Option<RowError>);

    fn next(&mut self) -> Option<Self::Item> {
        let (row, bad) = self.unsettled()?;
        let qid = self.ids.settled(&row.qid, row.number);
        Some((Row { qid, ..row }, bad))
    }
}

#[cfg(test)]
mod tests;
