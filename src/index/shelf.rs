//! What is read of hundreds of pieces for one answer, in a file of each segment, ready for use: the terms of each piece ([`super::vector`]), its
//! sketch ([`super::sketch`]), and which pieces keep a run of words.
//!
//! The engine would keep such values as the words of a dictionary: whoever asks for one has to read those before it, and whoever writes has to
//! sort them all. Here each value is one look away, and nothing is copied.
//!
//! The file holds values, one behind the other; then a [`Row`] for each header, in the order of documents; then a [`Run`] for each run that a
//! sketch keeps, in the order of keys; then how many rows and runs there are.

use std::io::{self, Write};

use tantivy::directory::{OwnedBytes, TerminatingWrite, WritePtr};
use tantivy::index::SegmentComponent;
use tantivy::{DocId, SegmentReader, TantivyError};

use super::sketch::RunKey;

/// How the names of the files end.
pub(super) const ENDING: &str = "shelf";

/// Where the values of a header stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) doc: DocId,
    /// Where its terms begin.
    pub(super) start: u64,
    /// How many bytes its terms take, and then its sketch.
    pub(super) terms: u32,
    pub(super) sketch: u32,
}

/// A run that a header keeps. By order of keys, then of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Run {
    pub(super) key: RunKey,
    pub(super) doc: DocId,
}

/// Something of which many stand in a row, each of the same size.
trait Record: Sized {
    const SIZE: usize;
    /// Writes it.
    fn put(&self, out: &mut impl Write) -> io::Result<()>;
    /// Reads it from the beginning of `bytes`.
    fn get(bytes: &[u8]) -> Option<Self>;
}

impl Record for Row {
    const SIZE: usize = 20;

    fn put(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(&self.doc.to_le_bytes())?;
        out.write_all(&self.start.to_le_bytes())?;
        out.write_all(&self.terms.to_le_bytes())?;
        out.write_all(&self.sketch.to_le_bytes())
    }

    fn get(bytes: &[u8]) -> Option<Self> {
        let (doc, bytes) = bytes.split_first_chunk()?;
        let (start, bytes) = bytes.split_first_chunk()?;
        let (terms, bytes) = bytes.split_first_chunk()?;
        let sketch = bytes.first_chunk()?;
        let [doc, terms, sketch] = [doc, terms, sketch].map(|number| u32::from_le_bytes(*number));
        Some(Self { doc, start: u64::from_le_bytes(*start), terms, sketch })
    }
}

impl Record for Run {
    const SIZE: usize = 10;

    fn put(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(&self.key)?;
        out.write_all(&self.doc.to_le_bytes())
    }

    fn get(bytes: &[u8]) -> Option<Self> {
        let (key, bytes) = bytes.split_first_chunk()?;
        Some(Self { key: *key, doc: u32::from_le_bytes(*bytes.first_chunk()?) })
    }
}

/// Records one behind the other.
#[derive(Clone)]
struct Records {
    bytes: OwnedBytes,
    len: usize,
}

impl Records {
    fn at<R: Record>(&self, at: usize) -> Option<R> {
        self.bytes.get(at.checked_mul(R::SIZE)?..).and_then(R::get)
    }

    fn all<R: Record>(&self) -> impl Iterator<Item = R> {
        (0..self.len).map_while(|at| self.at(at))
    }

    /// The place of the first record of which `is_before` does not hold, between `from` and `end`.
    fn partition_point<R: Record>(&self, mut from: usize, mut end: usize, is_before: impl Fn(&R) -> bool) -> usize {
        while from < end {
            let middle = from + (end - from) / 2;
            match self.at(middle) {
                Some(record) if is_before(&record) => from = middle + 1,
                _ => end = middle,
            }
        }
        from
    }
}

/// The values of one segment.
pub(super) struct Shelf {
    values: OwnedBytes,
    rows: Records,
    runs: Records,
}

impl Shelf {
    pub(super) fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let file = segment.open_read(component())?.read_bytes()?;
        Self::read(&file)
            .ok_or_else(|| TantivyError::InternalError(format!("a file .{ENDING} is too short for what it says that it holds")))
    }

    fn read(file: &OwnedBytes) -> Option<Self> {
        let (front, counts) = file.as_slice().split_last_chunk::<16>()?;
        let (rows, runs) = counts.split_first_chunk::<8>()?;
        let count = |bytes: &[u8; 8]| usize::try_from(u64::from_le_bytes(*bytes)).ok();
        let (rows, runs) = (count(rows)?, count(runs.first_chunk()?)?);
        let runs_at = front.len().checked_sub(runs.checked_mul(Run::SIZE)?)?;
        let rows_at = runs_at.checked_sub(rows.checked_mul(Row::SIZE)?)?;
        Some(Self {
            values: file.slice(0..rows_at),
            rows: Records { bytes: file.slice(rows_at..runs_at), len: rows },
            runs: Records { bytes: file.slice(runs_at..front.len()), len: runs },
        })
    }

    fn row(&self, header: DocId) -> Option<Row> {
        let at = self.rows.partition_point(0, self.rows.len, |row: &Row| row.doc < header);
        self.rows.at(at).filter(|row: &Row| row.doc == header)
    }

    /// The terms of the piece of `header`, as they are kept.
    pub(super) fn terms(&self, header: DocId) -> &[u8] {
        self.row(header).map_or(&[], |row| self.value(row.start, row.terms))
    }

    /// The sketch of the piece of `header`, as it is kept.
    pub(super) fn sketch(&self, header: DocId) -> &[u8] {
        self.row(header).map_or(&[], |row| self.value(row.start.saturating_add(u64::from(row.terms)), row.sketch))
    }

    pub(super) fn value(&self, start: u64, len: u32) -> &[u8] {
        let from = usize::try_from(start).ok().and_then(|start| self.values.get(start..));
        from.and_then(|from| from.get(..len as usize)).unwrap_or_default()
    }

    /// The headers that keep the run with this key, deleted ones too.
    pub(super) fn with_run(&self, key: RunKey) -> impl Iterator<Item = DocId> {
        let first = self.first_run(key);
        (first..self.runs.len).map_while(move |at| self.runs.at(at).filter(|run: &Run| run.key == key)).map(|run| run.doc)
    }

    /// The place of the first run whose key is not before this one. Keys are hashes, so that their places are guessed well
    /// (interpolation search, Peterson 1957): a few steps from the guess on in place of as many as the number of runs has digits.
    fn first_run(&self, key: RunKey) -> usize {
        let is_before = |run: &Run| run.key < key;
        let before = |at: usize| self.runs.at(at).as_ref().is_some_and(is_before);
        let guess = guess(key, self.runs.len);
        let (mut from, mut end, mut step) = (guess, guess, 16);
        while end < self.runs.len && before(end) {
            from = end + 1;
            end = end.saturating_add(step).min(self.runs.len);
            step *= 2;
        }
        while from > 0 && from <= guess && !before(from - 1) {
            end = from - 1;
            from = end.saturating_sub(step);
            step *= 2;
        }
        self.runs.partition_point(from, end, is_before)
    }

    /// Where the values of each header stand, deleted ones too.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row> {
        self.rows.all()
    }

    /// Every run that a header keeps, deleted ones too, in order.
    pub(super) fn runs(&self) -> impl Iterator<Item = Run> {
        self.runs.all()
    }
}

/// Where a key stands among `len` keys that are spread evenly.
fn guess(key: RunKey, len: usize) -> usize {
    let number = key.iter().fold(0_u128, |number, &byte| number << 8 | u128::from(byte));
    usize::try_from((number * len as u128) >> (8 * key.len())).unwrap_or_default()
}

/// The file's part of a segment.
pub(super) fn component() -> SegmentComponent {
    SegmentComponent::Custom(ENDING.to_owned())
}

/// Writes what stands behind the values.
pub(super) fn finish(mut out: WritePtr, rows: &[Row], runs: impl Iterator<Item = Run>) -> io::Result<()> {
    rows.iter().try_for_each(|row| row.put(&mut out))?;
    let mut count = 0_u64;
    for run in runs {
        run.put(&mut out)?;
        count += 1;
    }
    out.write_all(&(rows.len() as u64).to_le_bytes())?;
    out.write_all(&count.to_le_bytes())?;
    out.terminate()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A shelf of these headers, each with its terms and the keys of its runs, as a file.
    fn file(headers: &[(DocId, Vec<u8>, Vec<RunKey>)]) -> OwnedBytes {
        let mut bytes: Vec<u8> = headers.iter().flat_map(|(_, terms, _)| terms.clone()).collect();
        let mut start = 0;
        for (doc, terms, _) in headers {
            let len = u32::try_from(terms.len()).unwrap();
            Row { doc: *doc, start, terms: len, sketch: 0 }.put(&mut bytes).unwrap();
            start += u64::from(len);
        }
        let mut runs: Vec<Run> = headers.iter().flat_map(|(doc, _, keys)| keys.iter().map(|&key| Run { key, doc: *doc })).collect();
        runs.sort_unstable();
        for run in &runs {
            run.put(&mut bytes).unwrap();
        }
        bytes.extend((headers.len() as u64).to_le_bytes());
        bytes.extend((runs.len() as u64).to_le_bytes());
        OwnedBytes::new(bytes)
    }

    proptest! {
        #[test]
        fn what_was_put_there_is_found(
            headers in prop::collection::btree_map(0_u32..500, (prop::collection::vec(any::<u8>(), 0..20), prop::collection::vec(any::<RunKey>(), 0..9)), 0..60),
            few in prop::collection::vec((0_u8..3).prop_map(|byte| [byte; 6]), 0..40),
            asked in any::<RunKey>(),
        ) {
            // Some keys of many headers too, and not spread at all.
            let mut few = few.into_iter();
            let headers: Vec<(DocId, Vec<u8>, Vec<RunKey>)> = headers
                .into_iter()
                .map(|(doc, (terms, mut keys))| {
                    keys.extend(few.next());
                    keys.sort_unstable();
                    keys.dedup();
                    (doc, terms, keys)
                })
                .collect();
            let shelf = Shelf::read(&file(&headers)).unwrap();
            for doc in 0..500 {
                let expected = headers.iter().find(|(other, ..)| *other == doc).map_or(&[][..], |(_, terms, _)| terms);
                prop_assert_eq!(shelf.terms(doc), expected);
            }
            let keys = headers.iter().flat_map(|(_, _, keys)| keys.iter().copied());
            for key in keys.chain([asked, [0; 6], [0xFF; 6], [1; 6]]) {
                let expected: Vec<DocId> = headers.iter().filter(|(_, _, keys)| keys.contains(&key)).map(|(doc, ..)| *doc).collect();
                prop_assert_eq!(shelf.with_run(key).collect::<Vec<_>>(), expected);
            }
        }

        #[test]
        fn damage_is_noticed_and_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..100), rows in 0_u64..4, runs in 0_u64..4, key in any::<RunKey>()) {
            let bytes = [bytes, rows.to_le_bytes().to_vec(), runs.to_le_bytes().to_vec()].concat();
            let room = usize::try_from(rows).unwrap() * Row::SIZE + usize::try_from(runs).unwrap() * Run::SIZE + 16;
            let shelf = Shelf::read(&OwnedBytes::new(bytes.clone()));
            prop_assert_eq!(shelf.is_some(), room <= bytes.len());
            if let Some(shelf) = shelf {
                prop_assert!(shelf.with_run(key).count() as u64 <= runs);
                prop_assert!(shelf.rows.all::<Row>().all(|row| shelf.terms(row.doc).len() <= bytes.len()));
            }
        }
    }
}
