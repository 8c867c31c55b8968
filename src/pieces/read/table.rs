//! Tables: CSV and TSV, each row a record under the names of the first.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use serde_json::{Map, Value};

use super::Reading;
use crate::pieces::parts::reason;
use crate::pieces::{Lines, Mapping, Piece, Reason, Skipped};

/// A row as it is cut from a table, to be read when its turn comes.
#[derive(Debug)]
pub(in crate::pieces) struct Row {
    fields: Map<String, Value>,
    /// Its place in the table: the first row below the names is 1.
    number: u64,
    /// The line in which it begins.
    line: Option<u64>,
    /// Its size in bytes.
    pub(in crate::pieces) size: usize,
}

impl Row {
    /// The row whose cells stand under `names`.
    pub(super) fn new<'c>(names: &[String], cells: impl Iterator<Item = &'c str>, number: u64, line: Option<u64>) -> Self {
        let mut size = 0;
        let fields = names.iter().zip(cells).map(|(name, cell)| {
            size += name.len() + cell.len();
            (name.clone(), Value::from(cell))
        });
        let fields = fields.collect();
        Self { fields, number, line, size }
    }

    pub(in crate::pieces) fn read(mut self, mapping: &Mapping) -> Reading {
        mapping.apply(&mut self.fields);
        let lines = self.line.map_or(Lines::None, Lines::Record);
        let piece = Piece { record: Some(self.number), lines, ..Piece::from_fields(&self.fields) };
        if piece.is_empty() {
            return Reading { skipped: vec![Skipped { line: self.line, ..Skipped::file(Reason::NoRow) }], ..Reading::default() };
        }
        Reading { pieces: vec![piece], ..Reading::default() }
    }
}

/// The rows of a table, read one at a time. A row longer than `limit` bytes ends it: a quotation mark that is not closed swallows the rest.
pub(in crate::pieces) fn rows(text: &mut dyn BufRead, limit: usize) -> impl Iterator<Item = Result<Row, Skipped>> {
    let delimiter = text.fill_buf().map_or(b',', delimiter);
    let taken = Rc::new(Cell::new(0));
    let guard = Guard { inner: text, taken: Rc::clone(&taken), limit };
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).delimiter(delimiter).from_reader(guard);
    let (mut names, mut number, mut ended) = (None, 0, false);
    std::iter::from_fn(move || {
        loop {
            if ended {
                return None;
            }
            taken.set(0);
            let mut record = csv::ByteRecord::new();
            let begun = reader.position().line();
            match reader.read_byte_record(&mut record) {
                Ok(false) => return None,
                Ok(true) => {}
                Err(error) => {
                    ended = true;
                    return Some(Err(Skipped::line(begun, broken(error))));
                }
            }
            let cells = record.iter().map(String::from_utf8_lossy).collect::<Vec<_>>();
            match &names {
                None => names = Some(cells.iter().map(|cell| cell.trim().to_owned()).collect::<Vec<_>>()),
                Some(names) => {
                    number += 1;
                    let line = record.position().map(csv::Position::line);
                    return Some(Ok(Row::new(names, cells.iter().map(AsRef::as_ref), number, line)));
                }
            }
        }
    })
}

fn broken(error: csv::Error) -> Reason {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => match error.get_ref().and_then(|inner| inner.downcast_ref::<TooLong>()) {
            Some(TooLong(limit)) => Reason::RowTooLong { limit: *limit as u64 },
            None => reason(&error, 0),
        },
        kind => Reason::Table(format!("{kind:?}")),
    }
}

/// Ends a row that takes too much: the reader of rows itself would hold it, however long it is.
struct Guard<'r> {
    inner: &'r mut dyn BufRead,
    taken: Rc<Cell<usize>>,
    limit: usize,
}

#[derive(Debug, thiserror::Error)]
#[error("a row of more than {0} bytes")]
struct TooLong(usize);

impl Read for Guard<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.taken.set(self.taken.get() + read);
        if self.taken.get() > self.limit + buffer.len() { Err(io::Error::other(TooLong(self.limit))) } else { Ok(read) }
    }
}

/// The pieces of the table in `text`. A first row without a column of titles or texts is no head of records.
pub(super) fn read(text: &str, limit: usize, mapping: &Mapping) -> Reading {
    let mut reading = Reading::default();
    for row in rows(&mut text.as_bytes(), limit) {
        match row {
            Ok(row) => reading.append(row.read(mapping)),
            Err(skipped) => reading.skipped.push(skipped),
        }
    }
    reading
}

/// What parts the columns: of tab, semicolon and comma the one that the first line has most of.
fn delimiter(text: &[u8]) -> u8 {
    let first = text.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: u8| first.iter().filter(|&&byte| byte == delimiter).count();
    // Of equals the last wins: a comma, where nothing tells.
    [b'\t', b';', b','].into_iter().max_by_key(|&delimiter| count(delimiter)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Reading {
        super::read(text, 100, &Mapping::default())
    }

    #[test]
    fn a_quotation_that_is_not_closed_costs_no_more_than_the_limit() {
        let reading = read(&format!("title,text\na,b\nc,\"{}", "x".repeat(100_000)));
        assert_eq!(reading.pieces.len(), 1);
        assert_eq!(reading.skipped[0].line, Some(3));
        assert_eq!(reading.skipped[0].reason, Reason::RowTooLong { limit: 100 });
    }

    #[test]
    fn rows_are_records() {
        for (text, line) in [
            ("id,headline,body\nx,A,\"One, \"\"two\"\"\n\nthree.\"\n,,\nz,C,Four.\n", 6),
            ("id;headline;body\nx;A;\"One, \"\"two\"\"\n\nthree.\"\n;;\nz;C;Four.\n", 6),
            ("id\theadline\tbody\nx\tA\t\"One, \"\"two\"\"\n\nthree.\"\n\t\t\nz\tC\tFour.\n", 6),
        ] {
            let reading = read(text);
            let found: Vec<_> = reading.pieces.iter().map(|piece| (piece.id.as_deref(), piece.text.as_str(), piece.record)).collect();
            assert_eq!(found, [(Some("x"), "One, \"two\"\n\nthree.", Some(1)), (Some("z"), "Four.", Some(3))], "{text}");
            assert_eq!(reading.pieces[1].lines.at(0), Some(line));
            assert_eq!(reading.skipped, [Skipped::line(5, Reason::NoRow)]);
        }
    }

    #[test]
    fn a_table_of_something_else_gives_no_piece() {
        let reading = read("a,b\n1,2\n");
        assert_eq!((reading.pieces.len(), reading.skipped.len()), (0, 1));
    }
}
