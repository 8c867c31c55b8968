//! Tables: CSV and TSV, each row a record under the names of the first.

use std::cell::RefCell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use serde_json::{Map, Value};

use super::Reading;
use super::decode::decode_cells;
use super::html;
use crate::pieces::parts::reason;
use crate::pieces::{Date, Decoding, Lines, Mapping, Piece, Reason, Skipped};

/// A row as it is cut from a table, to be read when its turn comes.
#[derive(Debug)]
pub(in crate::pieces) struct Row {
    fields: Map<String, Value>,
    /// Its place in the table: the first row below the names is 1.
    number: u64,
    /// The line in which it begins.
    pub(in crate::pieces) line: Option<u64>,
    /// How it was decoded, where that had to be found out.
    decoding: Option<Decoding>,
    /// Its size in bytes.
    pub(in crate::pieces) size: usize,
    /// What stands behind the cell of the last column, and the name of that.
    surplus: Option<(String, String)>,
}

impl Row {
    /// The row whose cells stand under `names`. Of columns with one name the first that says something is taken.
    pub(super) fn new<'c>(names: &[String], cells: impl Iterator<Item = &'c str>, number: u64, line: Option<u64>) -> Self {
        let (mut fields, mut size) = (Map::new(), 0);
        for (name, cell) in names.iter().zip(cells) {
            size += name.len() + cell.len();
            let is_said = fields.get(name).and_then(Value::as_str).is_some_and(|said| !said.trim().is_empty());
            if !is_said {
                fields.insert(name.clone(), cell.into());
            }
        }
        Self { fields, number, line, decoding: None, size, surplus: None }
    }

    /// The same row, which is that of a table with `delimiter`, and has these `cells`.
    fn with_surplus(mut self, names: &[String], cells: &csv::StringRecord, delimiter: u8) -> Self {
        let surplus: Vec<&str> = cells.iter().skip(names.len()).collect();
        if let (Some(last), true) = (names.last(), surplus.iter().any(|cell| !cell.trim().is_empty())) {
            let delimiter = char::from(delimiter);
            self.surplus = Some((last.clone(), surplus.iter().flat_map(|cell| [delimiter.to_string(), (*cell).to_owned()]).collect()));
        }
        self
    }

    pub(in crate::pieces) fn read(mut self, mapping: &Mapping) -> Reading {
        let mut skipped = Vec::new();
        if let Some((last, surplus)) = self.surplus.take() {
            // Of a text in the last column that was not quoted, the delimiters are its own.
            match self.fields.get_mut(&last) {
                Some(Value::String(text)) if Piece::TEXTS.contains(&last.to_lowercase().as_str()) || mapping.is_text(&last) => {
                    text.push_str(&surplus);
                }
                _ => skipped.extend(self.line.map(|line| Skipped::line(line, Reason::Nameless))),
            }
        }
        mapping.apply(&mut self.fields);
        let lines = self.line.map_or(Lines::None, Lines::Record);
        let piece = Piece::from_fields(&self.fields);
        let date = piece.date.or_else(|| self.serial_day());
        let piece = Piece { record: Some(self.number), lines, date, text: html::of_record(piece.text), ..piece };
        if piece.is_empty() {
            return Reading { skipped: vec![Skipped { line: self.line, ..Skipped::file(Reason::NoRow) }], ..Reading::default() };
        }
        Reading { pieces: vec![piece], skipped, decoded: self.decoding.into_iter().collect() }
    }

    /// The day of a date that a spreadsheet program has written as a number.
    fn serial_day(&self) -> Option<Date> {
        let is_date = |name: &str| Piece::DATES.iter().any(|date| date.eq_ignore_ascii_case(name));
        self.fields.iter().filter(|(name, _)| is_date(name)).find_map(|(_, value)| Date::parse_serial(value.as_str()?))
    }
}

/// The rows of a table, read one at a time. A row longer than `limit` bytes ends it: a quotation mark that is not closed swallows the rest.
pub(in crate::pieces) fn rows(text: &mut dyn BufRead, limit: usize) -> impl Iterator<Item = Result<Row, Skipped>> {
    // A spreadsheet program may be told in a line of its own what parts the columns.
    let told = text.fill_buf().ok().and_then(told_delimiter);
    text.consume(told.map_or(0, |(_, bytes)| bytes));
    let lines_above = u64::from(told.is_some());
    let delimiter = told.map_or_else(|| text.fill_buf().map_or(b',', delimiter), |(delimiter, _)| delimiter);
    let passed = Rc::new(RefCell::new(Passed::default()));
    let guard = Guard { inner: text, passed: Rc::clone(&passed), limit, quotation: Quotation::new(delimiter) };
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).delimiter(delimiter).from_reader(guard);
    let (mut names, mut number, mut ended) = (None, 0, false);
    std::iter::from_fn(move || {
        loop {
            if ended {
                return None;
            }
            passed.borrow_mut().taken = 0;
            let mut record = csv::ByteRecord::new();
            let begun = passed.borrow().line_behind(reader.position()) + lines_above;
            match reader.read_byte_record(&mut record) {
                Ok(false) => {
                    ended = true;
                    let unclosed = passed.borrow().unclosed;
                    return unclosed.map(|line| Err(Skipped::line(line + lines_above, Reason::Unclosed)));
                }
                Ok(true) => {}
                Err(error) => {
                    ended = true;
                    return Some(Err(Skipped::line(begun, broken(error))));
                }
            }
            // Lines without anything may stand above a row, and lines of its own in its cells.
            let inside = record.as_slice().iter().filter(|&&byte| byte == b'\n').count() as u64;
            let line = passed.borrow().line_behind(reader.position()).saturating_sub(inside + 1).max(begun - lines_above) + lines_above;
            let Some(names) = &names else {
                names = Some(record.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect::<Vec<_>>());
                continue;
            };
            number += 1;
            let row = decode_cells(record).map(|(cells, decoding)| {
                let row = Row::new(names, cells.iter(), number, Some(line)).with_surplus(names, &cells, delimiter);
                Row { decoding, ..row }
            });
            return Some(row.map_err(|reason| Skipped::line(line, reason)));
        }
    })
}

/// What parts the columns, where the line `sep=;` at the top tells, and how many bytes that is.
fn told_delimiter(head: &[u8]) -> Option<(u8, usize)> {
    match head.strip_prefix(b"sep=")? {
        [delimiter, b'\n', ..] => Some((*delimiter, 6)),
        [delimiter, b'\r', b'\n', ..] => Some((*delimiter, 7)),
        _ => None,
    }
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
    passed: Rc<RefCell<Passed>>,
    limit: usize,
    quotation: Quotation,
}

/// What the reader of rows was given.
#[derive(Default)]
struct Passed {
    /// Bytes since the row began.
    taken: usize,
    /// The last bytes, and where they end.
    last: Vec<u8>,
    end: u64,
    /// The line of the quotation mark that is not closed at the end of the table.
    unclosed: Option<u64>,
}

impl Passed {
    /// The line that begins behind a row which ends at `position`. The reader ends a row before a line feed that stands behind a carriage return, and
    /// behind any other.
    fn line_behind(&self, position: &csv::Position) -> u64 {
        let before_end = self.end.saturating_sub(position.byte());
        let at = usize::try_from(before_end).ok().and_then(|before_end| self.last.len().checked_sub(before_end + 1));
        let is_in_line = at.and_then(|at| self.last.get(at)).is_some_and(|&byte| byte != b'\n');
        position.line() + u64::from(is_in_line)
    }
}

#[derive(Debug, thiserror::Error)]
#[error("a row of more than {0} bytes")]
struct TooLong(usize);

impl Read for Guard<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let mut passed = self.passed.borrow_mut();
        passed.taken += read;
        if let Some(bytes) = buffer.get(..read).filter(|bytes| !bytes.is_empty()) {
            passed.end += read as u64;
            passed.last.clear();
            passed.last.extend_from_slice(bytes);
            self.quotation.pass(bytes);
        } else {
            passed.unclosed = self.quotation.unclosed();
        }
        if passed.taken > self.limit + buffer.len() { Err(io::Error::other(TooLong(self.limit))) } else { Ok(read) }
    }
}

/// Follows the quotation marks of a table as the reader of rows takes them, which does not tell where it ends inside some.
struct Quotation {
    delimiter: u8,
    at: At,
    /// The line, and the one in which the last quotation was opened.
    line: u64,
    opened: u64,
}

/// Where in a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Begin,
    Plain,
    Quoted,
    /// Behind a mark that closes, unless it is one of two.
    Mark,
}

impl Quotation {
    const fn new(delimiter: u8) -> Self {
        Self { delimiter, at: At::Begin, line: 1, opened: 0 }
    }

    fn pass(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.at = match (self.at, byte) {
                (At::Begin, b'"') => {
                    self.opened = self.line;
                    At::Quoted
                }
                (At::Quoted, b'"') => At::Mark,
                (At::Quoted, _) | (At::Mark, b'"') => At::Quoted,
                (_, b'\n' | b'\r') => At::Begin,
                (_, byte) if byte == self.delimiter => At::Begin,
                // A mark of the order of bytes stands before the first cell.
                (At::Begin, 0xEF | 0xBB | 0xBF) if self.line == 1 => At::Begin,
                _ => At::Plain,
            };
            self.line += u64::from(byte == b'\n');
        }
    }

    fn unclosed(&self) -> Option<u64> {
        (self.at == At::Quoted).then_some(self.opened)
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
    fn a_quotation_that_is_not_closed_is_told() {
        let reading = read("title,text\n\"A \"\"b\"\"\",\"c\nd\"\n\"Talks fail,the council\nSecond,met\n");
        assert_eq!(reading.pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>(), ["c\nd", ""]);
        assert!(reading.pieces[1].title.as_ref().is_some_and(|title| title.contains("Second,met")));
        assert_eq!(reading.skipped, [Skipped::line(4, Reason::Unclosed)]);
        for closed in ["title,text\n\"a\",\"b\"", "title,text\na,b \"c\n", "\u{FEFF}\"title\",text\na,\"b\"c\"\n"] {
            assert_eq!(read(closed).skipped, [], "{closed}");
        }
    }

    #[test]
    fn cells_without_a_column_are_of_the_text_or_told() {
        let reading = read("title,text\nTalks fail,The council met, and talked, at last\nSecond,One,,\n");
        let texts: Vec<_> = reading.pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!((texts, reading.skipped), (vec!["The council met, and talked, at last", "One"], Vec::new()));
        let reading = read("text,author\nThe council met, and talked,Jane Example\n");
        assert_eq!((reading.pieces.len(), reading.skipped), (1, vec![Skipped::line(2, Reason::Nameless)]));
        let mapping = Mapping::parse(&["text=words"]).unwrap();
        assert_eq!(super::read("id;Words\n1;a; b", 100, &mapping).pieces[0].text, "a; b");
    }

    #[test]
    fn a_cell_may_be_markup() {
        let reading = read("title,text\nA,\"<p><b>T</b>alks &amp; votes.</p><p>Two.</p>\"\nB,a < b and <p> of none\n");
        assert_eq!(
            reading.pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>(),
            ["Talks & votes.\n\nTwo.", "a < b and <p> of none"]
        );
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
    fn a_date_may_be_the_number_of_a_day() {
        let read = |text: &str| super::read(text, 100, &Mapping::parse(&["date=day"]).unwrap());
        for (text, expected) in [
            ("Date,text\n45356,One.\n", Some("2024-03-05")),
            ("day;text\n 25569 ;One.\n", Some("1970-01-01")),
            ("date,published,text\n45356,2023-01-02,One.\n", Some("2023-01-02")),
            ("date,text\n19999,One.\n", None),
            ("date,text\n60001,One.\n", None),
            ("number,text\n45356,One.\n", None),
        ] {
            assert_eq!(read(text).pieces[0].date.map(|date| date.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn lines_are_those_of_the_file_however_they_end() {
        for end in ["\n", "\r\n"] {
            let text = ["id,text", "a,One.", "", "", "b,\"Two.\nThree.\"", "c,", ",", "d,Four."].join("\n").replace('\n', end);
            let long = "x".repeat(100_000);
            for (text, last) in [(text.clone(), 9), (format!("{text}{end}"), 9), (format!("{text}{end}{end}e,\"{long}"), 9)] {
                let reading = read(&text);
                let found: Vec<_> = reading.pieces.iter().filter_map(|piece| Some((piece.id.as_deref()?, piece.lines.at(0)?))).collect();
                assert_eq!(found, [("a", 2), ("b", 5), ("d", last)], "{text:?}");
                let skipped: Vec<_> = reading.skipped.iter().filter_map(|skipped| skipped.line).collect();
                assert_eq!(skipped.get(..2), Some(&[7, 8][..]), "{text:?}");
                assert!(skipped.get(2).is_none_or(|&line| (10..=11).contains(&line)), "{text:?} {skipped:?}");
            }
        }
    }

    #[test]
    fn a_first_line_may_tell_what_parts_the_columns() {
        for end in ["\n", "\r\n"] {
            let reading = read(&["sep=;", "id;text", "a,b,c;One, two."].join(end));
            assert_eq!((reading.pieces[0].id.as_deref(), reading.pieces[0].text.as_str()), (Some("a,b,c"), "One, two."));
            assert_eq!(reading.pieces[0].lines.at(0), Some(3));
        }
    }

    #[test]
    fn of_columns_with_one_name_the_first_that_says_something_is_taken() {
        let reading = read("text,text,text\n,One.,Two.\nThree.,Four.,\n");
        assert_eq!(reading.pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>(), ["One.", "Three."]);
    }

    #[test]
    fn a_row_in_another_encoding_is_decoded_for_itself() {
        let chinese = "安理会就新的制裁决议进行表决，十三票赞成，两票弃权。";
        let (encoded, ..) = encoding_rs::GB18030.encode(chinese);
        let bytes =
            [b"title,text\nA,All ASCII.\nB,".as_slice(), encoded.as_ref(), b"\nC,Caf\xE9 and fa\xE7ade of the ch\xE2teau.\n"].concat();
        let rows: Vec<_> = rows(&mut bytes.as_slice(), 1_000).map(|row| row.unwrap().read(&Mapping::default())).collect();
        let found: Vec<_> = rows.iter().map(|row| (row.pieces[0].text.as_str(), row.decoded.len())).collect();
        assert_eq!(found, [("All ASCII.", 0), (chinese, 1), ("Café and façade of the château.", 1)]);
    }

    #[test]
    fn a_table_of_something_else_gives_no_piece() {
        let reading = read("a,b\n1,2\n");
        assert_eq!((reading.pieces.len(), reading.skipped.len()), (0, 1));
    }
}
