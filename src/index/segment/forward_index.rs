//! What is read of hundreds of pieces for one answer, in a file of each segment, ready for use: the sketch of each piece ([`super::sketch`]), which
//! pieces keep a run of words, and the numbers that every document that matches is asked for.
//!
//! The engine would keep such values as the words of a dictionary: whoever asks for one has to read those before it, and whoever writes has to
//! sort them all; and numbers in as few bits as they take, to be unpacked each time. Here each value is one look away, and nothing is copied.
//!
//! The file holds the sketches of pieces, one behind the other, which all take the same room; then a [`RunPosting`] for each run that a sketch keeps,
//! in the order of keys; then a [`Bucket`] for each part of all possible keys; then a filter of keys ([`super::filter`]);
//! then a [`HeaderRow`] for each header, in the order of documents; then a [`Measure`] for each document, in the way of [`super::measures`]; then where
//! blocks end ([`super::flags`]); then how many rows, runs, buckets and measures there are. Keys are hashes, so that buckets hold about one run
//! each. Most keys that are asked for are not there, as the filter tells by one look; or are those of the one header that asks, as its row tells.

use std::io::{self, Write};

use tantivy::directory::{OwnedBytes, TerminatingWrite};
use tantivy::index::SegmentComponent;
use tantivy::{DocId, SegmentReader, TantivyError};

use super::filter::{Filter, NewFilter};
use super::flags::{Flags, NewFlags};
use super::measures::{self, Measure, Measures};
use super::records::{Record, Records};
use super::sketch::{self, RunKey, part_of};
use crate::index::BlockMap;

/// How the names of the files end: as they always did, so that indexes on disk stay readable.
pub(in crate::index) const ENDING: &str = "shelf";

/// What is told of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct HeaderRow {
    pub(super) doc: DocId,
    /// Whether another header of the segment keeps a run that it keeps. Known when all runs are.
    pub(super) shares: bool,
}

/// A run that a header keeps. By order of keys, then of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RunPosting {
    pub(in crate::index) key: RunKey,
    pub(in crate::index) doc: DocId,
}

/// The place of the first run whose key falls into a bucket, or behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bucket(u32);

impl Record for HeaderRow {
    const SIZE: usize = 5;

    fn put(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(&self.doc.to_le_bytes())?;
        out.write_all(&[u8::from(self.shares)])
    }

    fn get(bytes: &[u8]) -> Option<Self> {
        let (doc, bytes) = bytes.split_first_chunk()?;
        Some(Self { doc: u32::from_le_bytes(*doc), shares: *bytes.first()? != 0 })
    }
}

impl Record for RunPosting {
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

impl Record for Bucket {
    const SIZE: usize = 4;

    fn put(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(&self.0.to_le_bytes())
    }

    fn get(bytes: &[u8]) -> Option<Self> {
        bytes.first_chunk().map(|first| Self(u32::from_le_bytes(*first)))
    }
}

/// The forward index of one segment.
pub(super) struct ForwardIndex {
    sketches: OwnedBytes,
    runs: Records,
    /// One more than there are buckets: what is the first run behind the last of them.
    buckets: Records,
    /// Of the keys of runs, with room for as many as there are buckets.
    filter: Filter,
    rows: Records,
    measures: Measures,
    ends: Flags,
}

impl ForwardIndex {
    pub(super) fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let file = segment.open_read(component())?.read_bytes()?;
        Self::read(&file)
            .filter(|forward| forward.measures.len() == segment.max_doc() as usize)
            .ok_or_else(|| TantivyError::InternalError(format!("a file .{ENDING} does not hold what it says, or not of all documents")))
    }

    fn read(file: &OwnedBytes) -> Option<Self> {
        let (front, counts) = file.as_slice().split_last_chunk::<32>()?;
        let (counts, []) = counts.as_chunks::<8>() else { return None };
        let mut counts = counts.iter().map_while(|count| usize::try_from(u64::from_le_bytes(*count)).ok());
        let [rows, runs, buckets, measures] = [counts.next()?, counts.next()?, counts.next()?, counts.next()?];
        let ends_at = front.len().checked_sub(Flags::size(measures))?;
        let measures_at = ends_at.checked_sub(Measures::size(measures)?)?;
        let rows_at = measures_at.checked_sub(rows.checked_mul(HeaderRow::SIZE)?)?;
        let filter_at = rows_at.checked_sub(Filter::size(buckets)?)?;
        let buckets_at = filter_at.checked_sub(buckets.checked_mul(Bucket::SIZE)?)?;
        let runs_at = buckets_at.checked_sub(runs.checked_mul(RunPosting::SIZE)?)?;
        let sketches_at = runs_at.checked_sub(rows.checked_mul(sketch::SIZE)?)?;
        Some(Self {
            sketches: file.slice(sketches_at..runs_at),
            runs: Records::read(file.slice(runs_at..buckets_at), runs),
            buckets: Records::read(file.slice(buckets_at..filter_at), buckets),
            filter: Filter::read(file.slice(filter_at..rows_at)),
            rows: Records::read(file.slice(rows_at..measures_at), rows),
            measures: Measures::read(&file.slice(measures_at..ends_at), measures),
            ends: Flags::read(file.slice(ends_at..front.len())),
        })
    }

    fn row(&self, header: DocId) -> Option<HeaderRow> {
        self.rows.at(self.measures.place(header) as usize).filter(|row: &HeaderRow| row.doc == header)
    }

    /// The sketch of the piece whose header has this row, as it is kept.
    pub(in crate::index) fn sketch(&self, row: u32) -> Option<&[u8; sketch::SIZE]> {
        self.sketches.as_chunks().0.get(row as usize)
    }

    /// Whether another header, be it a deleted one, keeps a run that `header` keeps.
    pub(in crate::index) fn shares_runs(&self, header: DocId) -> bool {
        self.row(header).is_some_and(|row| row.shares)
    }

    /// The headers that keep the run with this key, deleted ones too.
    pub(in crate::index) fn with_run(&self, key: RunKey) -> impl Iterator<Item = DocId> {
        let place = |bucket| self.buckets.at(bucket).map_or(0, |Bucket(run)| run as usize).min(self.runs.len());
        let (first, end) = if self.filter.may_hold(key) {
            let bucket = part_of(key, self.buckets.len().saturating_sub(1));
            let end = place(bucket + 1);
            (self.runs.partition_point(place(bucket), end, |run: &RunPosting| run.key < key), end)
        } else {
            (0, 0)
        };
        let runs = (first..end).map_while(move |at| self.runs.at(at).filter(|run: &RunPosting| run.key == key));
        runs.map(|run| run.doc).filter(|&doc| self.is_document(doc))
    }

    /// What is told of each header, deleted ones too.
    pub(super) fn rows(&self) -> impl Iterator<Item = HeaderRow> {
        self.rows.all()
    }

    /// Every run that a header keeps, deleted ones too, in order.
    pub(in crate::index) fn runs(&self) -> impl Iterator<Item = RunPosting> {
        self.runs.all().filter(|run: &RunPosting| self.is_document(run.doc))
    }

    /// The measures of all documents, deleted ones too.
    pub(super) fn measures(&self) -> &Measures {
        &self.measures
    }

    /// Where blocks end, deleted ones too.
    pub(super) fn ends(&self) -> &Flags {
        &self.ends
    }

    /// Where documents stand in their blocks.
    pub(super) fn block_map(&self) -> BlockMap {
        BlockMap::new(self.ends.clone(), self.measures.clone())
    }

    /// The header of this row.
    pub(super) fn header(&self, row: u32) -> Option<DocId> {
        self.rows.at(row as usize).map(|row: HeaderRow| row.doc).filter(|&doc| self.is_document(doc))
    }

    /// Whether the segment has this document. Others are named by a damaged file alone, and nobody else has to reckon with them.
    fn is_document(&self, doc: DocId) -> bool {
        (doc as usize) < self.measures.len()
    }

    /// How many runs headers keep, deleted ones too.
    pub(super) fn count_runs(&self) -> usize {
        self.runs.len()
    }
}

/// The file's part of a segment.
pub(super) fn component() -> SegmentComponent {
    SegmentComponent::Custom(ENDING.to_owned())
}

/// Writes what stands behind the sketches: the runs in their order, about so many as `expected`, the rows, and of each document its measure and
/// whether a block ends with it.
pub(super) fn finish(
    mut out: impl TerminatingWrite,
    mut rows: Vec<HeaderRow>,
    (runs, expected): (impl Iterator<Item = RunPosting>, usize),
    (mut measures, ends): (Vec<Measure>, &NewFlags),
) -> io::Result<()> {
    for (number, row) in (0..).zip(&rows) {
        if let Some(measure) = measures.get_mut(row.doc as usize) {
            measure.place = number;
        }
    }
    let mut share = |doc: DocId| {
        let place = measures.get(doc as usize).map(|measure| measure.place as usize);
        if let Some(row) = place.and_then(|place| rows.get_mut(place)) {
            row.shares = true;
        }
    };
    let mut buckets = Vec::with_capacity(expected + 1);
    let mut filter = NewFilter::for_keys(expected + 1);
    let (mut count, mut last) = (0, None);
    for run in runs {
        run.put(&mut out)?;
        filter.add(run.key);
        buckets.resize(buckets.len().max(part_of(run.key, expected) + 1), Bucket(count));
        count += 1;
        if let Some(RunPosting { doc, .. }) = last.replace(run).filter(|last| last.key == run.key) {
            share(doc);
            share(run.doc);
        }
    }
    buckets.resize(expected + 1, Bucket(count));
    buckets.iter().try_for_each(|bucket| bucket.put(&mut out))?;
    filter.bytes().try_for_each(|block| out.write_all(&block))?;
    rows.iter().try_for_each(|row| row.put(&mut out))?;
    measures::write(&measures, &mut out)?;
    ends.put(&mut out)?;
    for count in [rows.len() as u64, u64::from(count), buckets.len() as u64, measures.len() as u64] {
        out.write_all(&count.to_le_bytes())?;
    }
    out.terminate()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::records::Kept;
    use super::*;

    fn measure(doc: DocId) -> Measure {
        Measure { place: doc.wrapping_mul(0x9E37_79B9), length: doc ^ 0xABCD }
    }

    fn is_end(doc: DocId) -> bool {
        doc % 7 == 3
    }

    fn sketch_of(row: usize) -> [u8; sketch::SIZE] {
        [u8::try_from(row % 251).unwrap(); sketch::SIZE]
    }

    /// A forward index of these headers, each with the keys of its runs, as a file.
    fn file(headers: &[(DocId, Vec<RunKey>)]) -> OwnedBytes {
        let mut bytes: Vec<u8> = (0..headers.len()).flat_map(sketch_of).collect();
        let rows: Vec<HeaderRow> = headers.iter().map(|(doc, _)| HeaderRow { doc: *doc, shares: false }).collect();
        let mut runs: Vec<RunPosting> =
            headers.iter().flat_map(|(doc, keys)| keys.iter().map(|&key| RunPosting { key, doc: *doc })).collect();
        runs.sort_unstable();
        // Sometimes more are expected than come.
        let expected = runs.len() + runs.len() % 3;
        let measures: Vec<Measure> = (0..500).map(measure).collect();
        let mut ends = NewFlags::default();
        (0..500).for_each(|doc| ends.push(is_end(doc)));
        finish(Kept(&mut bytes), rows, (runs.into_iter(), expected), (measures, &ends)).unwrap();
        OwnedBytes::new(bytes)
    }

    proptest! {
        #[test]
        fn what_was_put_there_is_found(
            headers in prop::collection::btree_map(0_u32..500, prop::collection::vec(any::<RunKey>(), 0..9), 0..60),
            few in prop::collection::vec((0_u8..3).prop_map(|byte| [byte; 6]), 0..40),
            asked in any::<RunKey>(),
        ) {
            // Some keys of many headers too, and not spread at all.
            let mut few = few.into_iter();
            let headers: Vec<(DocId, Vec<RunKey>)> = headers
                .into_iter()
                .map(|(doc, mut keys)| {
                    keys.extend(few.next());
                    keys.sort_unstable();
                    keys.dedup();
                    (doc, keys)
                })
                .collect();
            let forward = ForwardIndex::read(&file(&headers)).unwrap();
            for doc in 0..500 {
                let row = headers.iter().position(|(other, ..)| *other == doc).map(|row| u32::try_from(row).unwrap());
                prop_assert_eq!(forward.measures().of(doc), Measure { place: row.unwrap_or(measure(doc).place), ..measure(doc) });
                prop_assert_eq!(forward.ends().contains(doc), is_end(doc));
            }
            for row in 0..=headers.len() {
                let expected = Some(sketch_of(row)).filter(|_| row < headers.len());
                prop_assert_eq!(forward.sketch(u32::try_from(row).unwrap()).copied(), expected);
                prop_assert_eq!(forward.header(u32::try_from(row).unwrap()), headers.get(row).map(|(doc, ..)| *doc));
            }
            for (doc, keys) in &headers {
                let others = || headers.iter().filter(|(other, _)| other != doc);
                prop_assert_eq!(forward.shares_runs(*doc), others().any(|(_, other)| keys.iter().any(|key| other.contains(key))));
            }
            let keys = headers.iter().flat_map(|(_, keys)| keys.iter().copied());
            for key in keys.chain([asked, [0; 6], [0xFF; 6], [1; 6]]) {
                let expected: Vec<DocId> = headers.iter().filter(|(_, keys)| keys.contains(&key)).map(|(doc, ..)| *doc).collect();
                prop_assert_eq!(forward.with_run(key).collect::<Vec<_>>(), expected);
            }
        }

        #[test]
        fn damage_is_noticed_and_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..900), counts in [0_u64..4, 0..4, 0..4, 0..4], key in any::<RunKey>()) {
            let bytes = [bytes, counts.iter().flat_map(|count| count.to_le_bytes()).collect()].concat();
            let sizes = counts.into_iter().zip([HeaderRow::SIZE + sketch::SIZE, RunPosting::SIZE, Bucket::SIZE]);
            let room: usize = sizes.map(|(count, size)| usize::try_from(count).unwrap() * size).sum::<usize>() + 32;
            let [.., buckets, measures] = counts.map(|count| usize::try_from(count).unwrap());
            let room = room + Filter::size(buckets).unwrap() + Measures::size(measures).unwrap() + Flags::size(measures);
            let runs = counts[1];
            let forward = ForwardIndex::read(&OwnedBytes::new(bytes.clone()));
            prop_assert_eq!(forward.is_some(), room <= bytes.len());
            if let Some(forward) = forward {
                prop_assert!(forward.with_run(key).count() as u64 <= runs);
                prop_assert!(forward.rows.all::<HeaderRow>().count() <= bytes.len());
            }
        }
    }
}
