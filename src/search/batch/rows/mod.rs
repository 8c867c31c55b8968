//! A file of queries is read row by row, whatever its format. A row that cannot be read is reported and never stops the rest.

mod cursor;
mod format;
mod ids;
mod json;
mod lines;
mod position;
mod row;
mod table;
mod topics;

use std::io::{self, Read};

use serde_json::Value;

use cursor::Cursor;
pub use format::RowFormat;
use ids::Ids;
use json::{Elements, Written};
use lines::{Line, Lines};
pub use position::CellPosition;
pub use row::{KNOWN_COLUMNS, Row, RowError};
use row::{MORE, is_known, told_apart, twice};
use table::record;
use topics::topic;

/// The rows of a file, read one by one.
pub struct Rows {
    lines: Lines,
    /// How far an array has been read, …
    elements: Elements,
    /// … or topics.
    cursor: Cursor,
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
        let mut rows = Self {
            lines,
            elements: Elements::default(),
            cursor: Cursor::default(),
            format,
            titles,
            header: None,
            carried: Vec::new(),
            number: 0,
            ids: Ids::default(),
            first: None,
            failed: false,
        };
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
        if matches!(self.format, RowFormat::JsonLines | RowFormat::JsonArray) && !carried.iter().any(|column| column == MORE) {
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

    /// Whether there is no row at all, where none has been taken.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.first.is_none()
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
            RowFormat::JsonLines => self.filled(false).map(|line| line.map(|line| Written::from(line).row())),
            RowFormat::JsonArray => self.elements.next(&mut self.lines).map(|element| element.map(Written::row)),
            RowFormat::Table(delimiter) => self.table_row(delimiter),
            RowFormat::Topics => topic(&mut self.cursor, &mut self.lines),
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
}

impl Iterator for Rows {
    type Item = (Row, Option<RowError>);

    fn next(&mut self) -> Option<Self::Item> {
        let (row, bad) = self.unsettled()?;
        let qid = self.ids.settled(&row.qid, row.number);
        Some((Row { is_named: !row.qid.is_empty(), qid, ..row }, bad))
    }
}

#[cfg(test)]
mod tests;
