//! JSON: one record, a list of records, or a record a line.

use std::collections::BTreeMap;
use std::io::BufRead;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::{Reading, html};
use crate::pieces::parts::reason;
use crate::pieces::{Decoding, Lines, Mapping, Piece, Reason, Skipped};

mod lined;
mod words;

use lined::Lined;
use words::whole;

/// The pieces of a JSON file: a record, a list of records, or an object in which one field is such a list: then a title of it is that of the list.
pub(super) fn read(text: &str, mapping: &Mapping) -> Reading {
    let file = Lined::new(text);
    // An error of syntax is one whatever was expected; an error of data says that the value has another shape.
    match serde_json::from_str::<Vec<&RawValue>>(text) {
        Ok(records) => return list(&file, &records, mapping, html::of_record),
        Err(error) if !error.is_data() => return Reading::left_out(Reason::Json(error.to_string())),
        Err(_) => {}
    }
    let fields = match raw(text) {
        Ok(fields) => fields,
        Err(reason) => return Reading::left_out(reason),
    };
    if is_feed(&fields) {
        return feed(&file, &fields, mapping);
    }
    let own = record(&fields, mapping).map(|piece| Piece { lines: Lines::Record(1), ..piece });
    let has_text = |piece: &Piece| !piece.text.trim().is_empty();
    if own.as_ref().is_ok_and(has_text) {
        return Reading::of(own);
    }
    let is_titled = own.as_ref().is_ok_and(|piece| !piece.is_empty());
    let is_wanted = |piece: &Piece| if is_titled { has_text(piece) } else { true };
    let lists = fields.values().filter_map(|value| serde_json::from_str::<Vec<&RawValue>>(value.get()).ok());
    // One of numbers or texts holds no records, and may be long.
    let lists = lists.filter(|records| records.iter().any(|record| record.get().starts_with('{')));
    match lists.map(|records| list(&file, &records, mapping, html::of_record)).find(|reading| reading.pieces.iter().any(is_wanted)) {
        Some(reading) => published_by(own.ok().and_then(|own| own.source).as_deref(), reading),
        None => {
            Reading::of(whole(&fields, mapping, html::of_record).map(|piece| Piece { lines: Lines::Record(1), ..piece }).and_then(filled))
        }
    }
}

/// What was read, published by `source` where it does not say otherwise.
fn published_by(source: Option<&str>, mut reading: Reading) -> Reading {
    reading.pieces.iter_mut().for_each(|piece| piece.source = piece.source.take().or_else(|| source.map(ToOwned::to_owned)));
    reading
}

/// Whether an object is a JSON Feed.
fn is_feed(fields: &BTreeMap<String, &RawValue>) -> bool {
    fields.get("version").is_some_and(|version| version.get().contains("jsonfeed.org/version"))
}

/// What JSON Feed calls the fields of its items, of which the last that is there wins.
const OF_FEED: [&str; 5] = ["text=summary", "text=content_html", "text=content_text", "date=date_modified", "date=date_published"];

/// The items of a JSON Feed.
fn feed(file: &Lined<'_>, fields: &BTreeMap<String, &RawValue>, mapping: &Mapping) -> Reading {
    let rules: Vec<String> = OF_FEED.iter().map(|&rule| rule.to_owned()).chain(mapping.rules()).collect();
    let mapping = Mapping::parse(&rules).unwrap_or_default();
    let items = fields.get("items").and_then(|items| serde_json::from_str::<Vec<&RawValue>>(items.get()).ok()).unwrap_or_default();
    let outlet = fields.get("title").and_then(|title| serde_json::from_str::<String>(title.get()).ok());
    published_by(outlet.as_deref(), list(file, &items, &mapping, html::of_markup))
}

/// The fields of an object, as they are written.
fn raw(text: &str) -> Result<BTreeMap<String, &RawValue>, Reason> {
    serde_json::from_str(text).map_err(|error| if error.is_data() { Reason::NoRecord } else { Reason::Json(error.to_string()) })
}

/// The piece that `fields` are.
fn record(fields: &BTreeMap<String, &RawValue>, mapping: &Mapping) -> Result<Piece, Reason> {
    let piece = Piece::from_fields(&known(fields, mapping)?);
    Ok(Piece { text: html::of_record(piece.text), ..piece })
}

/// Those of `fields` that say anything of a piece. Only they are read: whatever else stands in a record costs no memory.
fn known(fields: &BTreeMap<String, &RawValue>, mapping: &Mapping) -> Result<Map<String, Value>, Reason> {
    let mut known = Map::new();
    for (name, value) in fields.iter().filter(|(name, _)| Piece::is_field(name) || mapping.names(name)) {
        let size = value.get().len();
        // A list takes many times the memory of its text.
        if size > LONGEST_LIST && !value.get().starts_with('"') {
            return Err(Reason::TooLong { size: size as u64, limit: LONGEST_LIST as u64 });
        }
        let value: Value = serde_json::from_str(value.get()).map_err(|error| Reason::Json(error.to_string()))?;
        known.insert(name.clone(), value);
    }
    mapping.apply(&mut known);
    Ok(known)
}

/// The piece, unless it is none.
fn filled(piece: Piece) -> Result<Piece, Reason> {
    if piece.is_empty() { Err(Reason::NoRecord) } else { Ok(piece) }
}

/// Bytes that a list, or an object, in a field of a record may have.
const LONGEST_LIST: usize = 8 << 20;

/// The pieces of a list, each knowing its place in it and its line; `seen` is what a reader sees of a text.
fn list(file: &Lined<'_>, records: &[&RawValue], mapping: &Mapping, seen: fn(String) -> String) -> Reading {
    let mut reading = Reading::default();
    for (record, number) in records.iter().zip(1_u64..) {
        let line = file.line_of(record);
        match piece(record.get(), line, number, mapping, seen) {
            Ok(piece) => reading.pieces.push(piece),
            Err(reason) => reading.skipped.push(Skipped::line(line, reason)),
        }
    }
    reading
}

/// The piece of the record `json`, the `number`th of its file, in `line`.
fn piece(json: &str, line: u64, number: u64, mapping: &Mapping, seen: fn(String) -> String) -> Result<Piece, Reason> {
    filled(Piece { lines: Lines::Record(line), record: Some(number), ..whole(&raw(json)?, mapping, seen)? })
}

/// A record of a file of records: a line of it, or an element of its list.
#[derive(Debug)]
pub struct Line {
    /// Its place: of a line its number, counted from 1.
    pub number: u64,
    /// The line in which it begins.
    pub line: u64,
    /// Its bytes, or why they were not taken.
    pub bytes: Result<Vec<u8>, Reason>,
}

impl Line {
    /// The piece of this record.
    pub fn piece(self, mapping: &Mapping) -> Result<Piece, Skipped> {
        self.decoded(mapping).map(|(piece, _)| piece)
    }

    pub(in crate::pieces) fn read(self, mapping: &Mapping) -> Reading {
        match self.decoded(mapping) {
            Ok((piece, decoding)) => Reading { pieces: vec![piece], decoded: vec![decoding], ..Reading::default() },
            Err(skipped) => Reading { skipped: vec![skipped], ..Reading::default() },
        }
    }

    fn decoded(self, mapping: &Mapping) -> Result<(Piece, Decoding), Skipped> {
        let skipped = |reason| Skipped::line(self.line, reason);
        let bytes = self.bytes.map_err(skipped)?;
        let (text, decoding) = super::decode(bytes, None).map_err(skipped)?;
        Ok((piece(&text, self.line, self.number, mapping, html::of_record).map_err(skipped)?, decoding))
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
                    Err(reason(&error, 0))
                }
            };
            if bytes.as_ref().is_ok_and(|bytes| bytes.trim_ascii().is_empty()) {
                continue;
            }
            return Some(Line { number, line: number, bytes });
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
    if size > limit { Err(Reason::TooLarge { limit }) } else { Ok(line) }
}

/// The elements of a list in a file, read one at a time. An element longer than `limit` bytes is passed over without being held.
pub(in crate::pieces) fn elements<R: BufRead>(reader: R, limit: usize) -> impl Iterator<Item = Line> {
    let mut list = List { reader, limit, line: 1, number: 0, opened: false, ended: false };
    std::iter::from_fn(move || list.next_element())
}

/// The line in which an element begins, and its bytes, or why they were not taken.
type Element = (u64, Result<Vec<u8>, Reason>);

struct List<R> {
    reader: R,
    limit: usize,
    line: u64,
    number: u64,
    opened: bool,
    ended: bool,
}

impl<R: BufRead> List<R> {
    fn next_element(&mut self) -> Option<Line> {
        if self.ended {
            return None;
        }
        let (number, result) = (self.number + 1, self.element());
        let (line, bytes) = match result {
            Ok(Some((line, element))) => (line, element),
            Ok(None) => {
                self.ended = true;
                return None;
            }
            Err(error) => {
                self.ended = true;
                (self.line, Err(reason(&error, 0)))
            }
        };
        self.number = number;
        Some(Line { number, line, bytes })
    }

    fn byte(&mut self) -> std::io::Result<Option<u8>> {
        let byte = self.reader.fill_buf()?.first().copied();
        if byte.is_some() {
            self.reader.consume(1);
        }
        self.line += u64::from(byte == Some(b'\n'));
        Ok(byte)
    }

    /// The bytes of the next element and the line in which it begins; `None` behind the last.
    fn element(&mut self) -> std::io::Result<Option<Element>> {
        let (mut element, mut size, mut start) = (Vec::new(), 0_usize, self.line);
        let (mut depth, mut in_string, mut escaped) = (0_u64, false, false);
        while let Some(byte) = self.byte()? {
            let is_outside = depth == 0 && !in_string;
            // The list's own bracket and commas, and white space around elements.
            if is_outside && size == 0 && (byte.is_ascii_whitespace() || byte == b',' || !self.opened) {
                self.opened |= byte == b'[';
                start = self.line;
                continue;
            }
            if is_outside && matches!(byte, b']' | b',') {
                self.ended = byte == b']';
                return Ok((size > 0).then(|| (start, finish(element, size as u64, self.limit))));
            }
            size += 1;
            if size <= self.limit {
                element.push(byte);
            } else {
                element = Vec::new();
            }
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_string => escaped = true,
                b'"' => in_string = !in_string,
                b'{' | b'[' if !in_string => depth += 1,
                b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        if size > 0 && depth == 0 && !in_string {
            // Whole, though the list is not: that is told next.
            return Ok(Some((start, finish(element, size as u64, self.limit))));
        }
        self.ended = true;
        Ok(Some((start, Err(Reason::Json("the list is not closed: the file was cut off".to_owned())))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_in_every_shape() {
        let read = |text: &str| read(text, &Mapping::default());
        let one = read(r#"{"title": "A", "text": "B"}"#);
        assert_eq!((one.pieces.len(), one.pieces[0].record), (1, None));
        let list = read("[\n {\"id\": \"x\", \"text\": \"B\"},\n {\"nothing\": 1},\n {\"headline\": \"C\"}\n]");
        let found: Vec<_> = list.pieces.iter().map(|piece| (piece.id.as_deref(), piece.record, piece.lines.at(0))).collect();
        assert_eq!(found, [(Some("x"), Some(1), Some(2)), (None, Some(3), Some(4))]);
        assert_eq!(list.skipped, [Skipped::line(3, Reason::NoRecord)]);
        let inside = read("{\"count\": 2,\n\"tags\": [1],\n\"articles\": [{\"title\": \"A\"},\n{\"title\": \"B\"}]}");
        assert_eq!(inside.pieces.iter().map(|piece| piece.lines.at(0)).collect::<Vec<_>>(), [Some(3), Some(4)]);
    }

    #[test]
    fn a_title_may_be_that_of_a_list() {
        let read = |text: &str| read(text, &Mapping::default());
        let found = |text: &str| {
            let told = |piece: Piece| (piece.title.unwrap_or_default(), piece.text, piece.source, piece.date.map(|date| date.to_string()));
            read(text).pieces.into_iter().map(told).collect::<Vec<_>>()
        };
        let outlet = || Some("The Outlet".to_owned());
        let export =
            r#"{"source": "The Outlet", "title": "Export", "articles": [{"title": "A", "text": "B"}, {"title": "C", "source": "D"}]}"#;
        let expected = [("A".to_owned(), "B".to_owned(), outlet(), None), ("C".to_owned(), String::new(), Some("D".to_owned()), None)];
        assert_eq!(found(export), expected);
        let feed = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "The Outlet", "items": [
            {"id": "1", "title": "A", "content_text": "B < C", "date_published": "2024-01-24T00:00:00Z", "authors": [{"name": "Jane Example"}]},
            {"id": "2", "content_html": "<p>D &amp; &lt;b&gt;E&lt;/b&gt;</p>", "summary": "F"}]}"#;
        let expected = [("A", "B < C", Some("2024-01-24")), ("", "D & <b>E</b>", None)]
            .map(|(title, text, date)| (title.to_owned(), text.to_owned(), outlet(), date.map(ToOwned::to_owned)));
        assert_eq!(found(feed), expected);
        assert_eq!(read(feed).pieces[0].authors, ["Jane Example"]);
        // What has a text is a piece, and so is what has a title and no list of texts.
        for one in
            [r#"{"title": "A", "text": "B", "comments": [{"text": "C"}]}"#, r#"{"title": "A", "related": [{"title": "B"}], "tags": ["c"]}"#]
        {
            assert_eq!(found(one)[0].0, "A");
        }
    }

    #[test]
    fn what_holds_no_record_says_so() {
        let read = |text: &str| read(text, &Mapping::default());
        assert_eq!(read("{\"a\": 1}").skipped, [Skipped::file(Reason::NoRecord)]);
        assert_eq!(read("\"text\"").skipped, [Skipped::file(Reason::NoRecord)]);
        assert!(matches!(read("{\"a\": ").skipped[0].reason, Reason::Json(_)));
        assert!(matches!(read(&"[".repeat(100_000)).skipped[0].reason, Reason::Json(_)));
        let deep = |name: &str| format!("{{\"title\": \"T\", \"{name}\": {}1{}}}", "[".repeat(10_000), "]".repeat(10_000));
        assert_eq!(read(&deep("other")).pieces.len(), 1, "what is not read may be as deep as it likes");
        assert!(matches!(read(&deep("text")).skipped[0].reason, Reason::Json(_)));
        let long = |text: &str| format!("{{\"text\": {text}}}");
        assert!(matches!(read(&long(&format!("[{}1]", "1,".repeat(LONGEST_LIST / 2)))).skipped[0].reason, Reason::TooLong { .. }));
        assert_eq!(read(&long(&format!("\"{}\"", "x".repeat(LONGEST_LIST + 1)))).pieces.len(), 1);
    }

    #[test]
    fn elements_of_a_list_are_those_that_a_parser_finds() {
        let text = "[ {\"a\": \"x]},{\\\"\"},\n 1 , [2, [3]],\n\"s, t\" ,null]";
        let found: Vec<_> =
            elements(text.as_bytes(), 100).map(|line| (line.line, String::from_utf8(line.bytes.unwrap()).unwrap())).collect();
        let trimmed: Vec<_> = found.iter().map(|(line, element)| (*line, element.trim())).collect();
        assert_eq!(trimmed, [(1, "{\"a\": \"x]},{\\\"\"}"), (2, "1"), (2, "[2, [3]]"), (3, "\"s, t\""), (3, "null")]);
        assert_eq!(elements(&b"[]"[..], 9).count() + elements(&b" [ ] "[..], 9).count(), 0);
        let cut: Vec<_> = elements(&b"[{\"a\": 1}, {\"b"[..], 100).map(|line| line.bytes.is_ok()).collect();
        assert_eq!(cut, [true, false]);
        assert_eq!(elements(&b"[{}, {}"[..], 9).map(|line| line.bytes.is_ok()).collect::<Vec<_>>(), [true, true, false]);
        let long: Vec<_> = elements(&b"[1, \"12345678901234567890\", 2]"[..], 10).map(|line| line.bytes.is_ok()).collect();
        assert_eq!(long, [true, false, true]);
    }

    #[test]
    fn a_bad_line_costs_itself_alone() {
        let text = b"{\"text\": \"one\"}\r\n\n{broken\n{\"text\": \"\0\"}\n{\"text\": \"a line that is too long to be taken\"}\n{\"text\": \"two\"}";
        let found: Vec<_> = lines(&text[..], 30).map(|line| line.piece(&Mapping::default())).collect();
        let texts: Vec<_> = found.iter().flatten().map(|piece| (piece.text.as_str(), piece.record)).collect();
        assert_eq!(texts, [("one", Some(1)), ("two", Some(6))]);
        let bad: Vec<_> = found.iter().filter_map(|line| line.as_ref().err()).map(|skipped| skipped.line).collect();
        assert_eq!(bad, [Some(3), Some(4), Some(5)]);
    }
}
