//! Tables: CSV and TSV, each row a record under the names of the first.

use serde_json::{Map, Value};

use super::Reading;
use crate::pieces::{Lines, Piece, Reason, Skipped};

/// The pieces of the table in `text`. A first row without a column of titles or texts is no head of records.
pub(super) fn read(text: &str) -> Reading {
    let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(delimiter(text)).from_reader(text.as_bytes());
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => return Reading::left_out(Reason::Table(error.to_string())),
    };
    let mut reading = Reading::default();
    for (record, number) in reader.into_records().zip(1_u64..) {
        let line = record.as_ref().map_or_else(csv::Error::position, csv::StringRecord::position).map(csv::Position::line);
        match record {
            Ok(record) => {
                let fields: Map<String, Value> =
                    header.iter().zip(&record).map(|(name, cell)| (name.trim().to_owned(), Value::from(cell))).collect();
                let piece = Piece { record: Some(number), lines: line.map_or(Lines::None, Lines::Record), ..Piece::from_fields(&fields) };
                if piece.is_empty() {
                    reading.skipped.push(Skipped { line, reason: Reason::NoRow });
                } else {
                    reading.pieces.push(piece);
                }
            }
            Err(error) => reading.skipped.push(Skipped { line, reason: Reason::Table(error.to_string()) }),
        }
    }
    reading
}

/// What parts the columns: of tab, semicolon and comma the one that the first line has most of.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |delimiter: u8| first.bytes().filter(|&byte| byte == delimiter).count();
    // Of equals the last wins: a comma, where nothing tells.
    [b'\t', b';', b','].into_iter().max_by_key(|&delimiter| count(delimiter)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(reading.skipped, [Skipped { line: Some(5), reason: Reason::NoRow }]);
        }
    }

    #[test]
    fn a_table_of_something_else_gives_no_piece() {
        let reading = read("a,b\n1,2\n");
        assert_eq!((reading.pieces.len(), reading.skipped.len()), (0, 1));
    }
}
