//! JSON: one record, a list of records, or a record a line.

use std::collections::BTreeMap;
use std::io::BufRead;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::Reading;
use crate::pieces::{Lines, Piece, Reason, Skipped};

/// The pieces of a JSON file: a record, a list of records, or an object in which one field is such a list.
pub(super) fn read(text: &str) -> Reading {
    // An error of syntax is one whatever was expected; an error of data says that the value has another shape.
    match serde_json::from_str::<Vec<&RawValue>>(text) {
        Ok(records) => return list(text, &records),
        Err(error) if !error.is_data() => return Reading::left_out(Reason::Json(error.to_string())),
        Err(_) => {}
    }
    let fields: BTreeMap<String, &RawValue> = match serde_json::from_str(text) {
        Ok(fields) => fields,
        Err(error) if error.is_data() => return Reading::left_out(Reason::NoRecord),
        Err(error) => return Reading::left_out(Reason::Json(error.to_string())),
    };
    if let Ok(piece) = serde_json::from_str(text).map(|fields: Map<String, Value>| Piece::from_fields(&fields))
        && !piece.is_empty()
    {
        let lines = Lines::Record(1);
        return Reading { pieces: vec![Piece { lines, ..piece }], skipped: Vec::new() };
    }
    let lists = fields.values().filter_map(|value| serde_json::from_str::<Vec<&RawValue>>(value.get()).ok());
    lists
        .map(|records| list(text, &records))
        .find(|reading| !reading.pieces.is_empty())
        .unwrap_or_else(|| Reading::left_out(Reason::NoRecord))
}

/// The pieces of a list, each knowing its place in it and its line.
fn list(text: &str, records: &[&RawValue]) -> Reading {
    let mut reading = Reading::default();
    let (mut at, mut line) = (0, 1);
    for (record, number) in records.iter().zip(1_u64..) {
        let start = record.get().as_ptr() as usize - text.as_ptr() as usize;
        line += text.as_bytes().get(at..start).unwrap_or_default().iter().filter(|&&byte| byte == b'\n').count() as u64;
        at = start;
        match piece(record.get(), line, number) {
            Ok(piece) => reading.pieces.push(piece),
            Err(reason) => reading.skipped.push(Skipped { line: Some(line), reason }),
        }
    }
    reading
}

/// The piece of the record `json`, the `number`th of its file, in `line`.
fn piece(json: &str, line: u64, number: u64) -> Result<Piece, Reason> {
    let value: Value = serde_json::from_str(json).map_err(|error| Reason::Json(error.to_string()))?;
    let Value::Object(fields) = value else { return Err(Reason::NoRecord) };
    let piece = Piece { lines: Lines::Record(line), record: Some(number), ..Piece::from_fields(&fields) };
    if piece.is_empty() { Err(Reason::NoRecord) } else { Ok(piece) }
}

/// A line of a file of records.
#[derive(Debug)]
pub struct Line {
    /// Its number, counted from 1.
    pub number: u64,
    /// Its bytes, or why they were not taken.
    pub bytes: Result<Vec<u8>, Reason>,
}

impl Line {
    /// The piece of this line's record.
    pub fn piece(self) -> Result<Piece, Skipped> {
        let skipped = |reason| Skipped { line: Some(self.number), reason };
        let bytes = self.bytes.map_err(skipped)?;
        let text = super::decode(bytes).map_err(skipped)?;
        piece(&text, self.number, self.number).map_err(skipped)
    }
}

/// The filled lines of a file of records, read one at a time. A line longer than `limit` bytes is passed over without being held.
pub fn lines<R: BufRead>(mut reader: R, limit: usize) -> impl Iterator<Item = Line> {
    let mut number = 0;
    let mut failed = false;
    std::iter::from_fn(move || {
        loop {
            number += 1;
            if failed {
                return None;
            }
            let bytes = match read_line(&mut reader, limit) {
                Ok(None) => return None,
                Ok(Some(bytes)) => bytes,
                // What cannot be read now will not be read by trying again: report it and end.
                Err(error) => {
                    failed = true;
                    Err(Reason::Unreadable(error.to_string()))
                }
            };
            if bytes.as_ref().is_ok_and(|bytes| bytes.trim_ascii().is_empty()) {
                continue;
            }
            return Some(Line { number, bytes });
        }
    })
}

/// The next line without its end; `None` at the end of the file.
fn read_line(reader: &mut impl BufRead, limit: usize) -> std::io::Result<Option<Result<Vec<u8>, Reason>>> {
    let mut line = Vec::new();
    let mut size = 0_u64;
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok((size > 0).then_some(finish(line, size, limit)));
        }
        let end = buffer.iter().position(|&byte| byte == b'\n');
        let taken = end.map_or(buffer.len(), |end| end + 1);
        size += taken as u64;
        if size <= limit as u64 {
            line.extend_from_slice(buffer.get(..end.unwrap_or(taken)).unwrap_or_default());
        } else {
            line = Vec::new();
        }
        reader.consume(taken);
        if end.is_some() {
            return Ok(Some(finish(line, size, limit)));
        }
    }
}

fn finish(line: Vec<u8>, size: u64, limit: usize) -> Result<Vec<u8>, Reason> {
    let limit = limit as u64;
    if size > limit { Err(Reason::TooLarge { size, limit }) } else { Ok(line) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_in_every_shape() {
        let one = read(r#"{"title": "A", "text": "B"}"#);
        assert_eq!((one.pieces.len(), one.pieces[0].record), (1, None));
        let list = read("[\n {\"id\": \"x\", \"text\": \"B\"},\n {\"nothing\": 1},\n {\"headline\": \"C\"}\n]");
        let found: Vec<_> = list.pieces.iter().map(|piece| (piece.id.as_deref(), piece.record, piece.lines.at(0))).collect();
        assert_eq!(found, [(Some("x"), Some(1), Some(2)), (None, Some(3), Some(4))]);
        assert_eq!(list.skipped, [Skipped { line: Some(3), reason: Reason::NoRecord }]);
        let inside = read(r#"{"count": 2, "articles": [{"title": "A"}, {"title": "B"}]}"#);
        assert_eq!(inside.pieces.len(), 2);
    }

    #[test]
    fn what_holds_no_record_says_so() {
        assert_eq!(read("{\"a\": 1}").skipped, [Skipped::file(Reason::NoRecord)]);
        assert_eq!(read("\"text\"").skipped, [Skipped::file(Reason::NoRecord)]);
        assert!(matches!(read("{\"a\": ").skipped[0].reason, Reason::Json(_)));
        assert!(matches!(read(&"[".repeat(100_000)).skipped[0].reason, Reason::Json(_)));
    }

    #[test]
    fn a_bad_line_costs_itself_alone() {
        let text = b"{\"text\": \"one\"}\r\n\n{broken\n{\"text\": \"\xFF\"}\n{\"text\": \"a line that is too long to be taken\"}\n{\"text\": \"two\"}";
        let found: Vec<_> = lines(&text[..], 30).map(Line::piece).collect();
        let texts: Vec<_> = found.iter().flatten().map(|piece| (piece.text.as_str(), piece.record)).collect();
        assert_eq!(texts, [("one", Some(1)), ("two", Some(6))]);
        let bad: Vec<_> = found.iter().filter_map(|line| line.as_ref().err()).map(|skipped| skipped.line).collect();
        assert_eq!(bad, [Some(3), Some(4), Some(5)]);
    }
}
