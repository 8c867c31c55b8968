//! How the forward index of a segment is filled while the segment is written, and joined with others where segments are merged.

use std::any::Any;
use std::io::Write;

use tantivy::directory::WritePtr;
use tantivy::indexer::DocIdMapping;
use tantivy::schema::Schema;
use tantivy::schema::document::{ErasedDocument, ErasedValue, ReferenceValueLeaf};
use tantivy::{DocId, PluginMergeContext, PluginWriter, PluginWriterContext, Segment, SegmentPlugin, SegmentReader, TantivyError};

use super::flags::NewFlags;
use super::forward_index::{ENDING, ForwardIndex, HeaderRow, RunPosting, component, finish};
use super::measures::Measure;
use super::runs::merged;
use super::sketch::{self, Sketch};
use crate::index::disk::commits::files_of;
use crate::index::fields::Fields;
use crate::index::stored::encode;

/// What a header brings to the forward index: its terms and its sketch as they are kept.
#[must_use]
pub(in crate::index) fn bring(terms: &[u8], sketch: &[u8]) -> Vec<u8> {
    encode(&(terms, sketch))
}

/// What is kept in place of the sketch of a piece that has none.
const NO_SKETCH: [u8; sketch::SIZE] = [0; sketch::SIZE];

/// The part of the engine that writes forward indexes, and joins them where segments are merged.
pub(in crate::index) struct ForwardIndexPlugin;

impl SegmentPlugin for ForwardIndexPlugin {
    fn extensions(&self) -> &[&str] {
        &[ENDING]
    }

    fn create_writer(&self, context: &PluginWriterContext<'_>) -> tantivy::Result<Box<dyn PluginWriter>> {
        let (_, fields) = Fields::schema();
        Ok(Box::new(ForwardIndexWriter {
            fields,
            out: context.segment.open_write(component())?,
            terms: 0,
            sketches: Vec::new(),
            rows: Vec::new(),
            runs: Vec::new(),
            measures: Vec::new(),
            ends: NewFlags::default(),
        }))
    }

    fn merge(&self, context: PluginMergeContext<'_>) -> tantivy::Result<()> {
        // What is damaged would get a new checksum, by which it is whole.
        let directory = context.target_segment.index().directory();
        for name in context.readers.iter().flat_map(|segment| files_of(&segment.segment_id().uuid_string())) {
            if !directory.validate_checksum(&name)? {
                return Err(TantivyError::InternalError(format!("the bytes of {} have changed since they were written", name.display())));
            }
        }
        let numbers = NewNumbers::of(context.readers);
        let mut out = context.target_segment.open_write(component())?;
        let mut rows = Vec::new();
        let (mut measures, mut ends) = (Vec::new(), NewFlags::default());
        let mut start = 0;
        // What has been read of a mapped file is memory of the process until the file is closed: so each forward index is opened for each part.
        for (segment, numbers) in context.readers.iter().zip(&numbers) {
            let forward = ForwardIndex::open(segment)?;
            for doc in numbers.living() {
                measures.push(forward.measures().of(doc));
                ends.push(forward.ends().contains(doc));
            }
            for row in forward.rows() {
                let Some(doc) = numbers.get(row.doc) else { continue };
                let terms = forward.terms_of(&row);
                if terms.len() != row.terms as usize {
                    return Err(TantivyError::InternalError(format!("a file .{ENDING} has not the terms that it says it has")));
                }
                out.write_all(terms)?;
                rows.push(HeaderRow { doc, start, shares: false, ..row });
                start += u64::from(row.terms);
            }
        }
        for (segment, numbers) in context.readers.iter().zip(&numbers) {
            let forward = ForwardIndex::open(segment)?;
            for (_, number) in forward.rows().zip(0..).filter(|(row, _)| numbers.get(row.doc).is_some()) {
                out.write_all(forward.sketch(number).unwrap_or(&NO_SKETCH))?;
            }
        }
        // Each forward index has its runs in order.
        let forwards = context.readers.iter().map(ForwardIndex::open).collect::<tantivy::Result<Vec<_>>>()?;
        let runs = merged(forwards.iter().zip(&numbers).map(|(forward, numbers)| living_runs(forward, numbers)));
        finish(out, rows, (runs, forwards.iter().map(ForwardIndex::count_runs).sum()), (measures, &ends))?;
        Ok(())
    }
}

/// The runs of living headers, by the numbers that those get.
fn living_runs<'s>(forward: &'s ForwardIndex, numbers: &'s NewNumbers<'s>) -> impl Iterator<Item = RunPosting> + 's {
    forward.runs().filter_map(|run| Some(RunPosting { doc: numbers.get(run.doc)?, ..run }))
}

/// The numbers that the documents of a segment get where it is merged: segments follow each other, without what was deleted.
struct NewNumbers<'r> {
    segment: &'r SegmentReader,
    /// How many documents of the segments before it live.
    before: u32,
    /// How many of its own live before each document; nothing where none was deleted.
    living: Vec<u32>,
}

impl<'r> NewNumbers<'r> {
    fn of(segments: &'r [SegmentReader]) -> Vec<Self> {
        let mut before = 0;
        let each = segments.iter().map(|segment| {
            let mut count = 0;
            let living = |doc| {
                let living = count;
                count += u32::from(!segment.is_deleted(doc));
                living
            };
            let living = if segment.has_deletes() { (0..segment.max_doc()).map(living).collect() } else { Vec::new() };
            let numbers = Self { segment, before, living };
            before += segment.num_docs();
            numbers
        });
        each.collect()
    }

    /// The documents of its own that live.
    fn living(&self) -> impl Iterator<Item = DocId> {
        (0..self.segment.max_doc()).filter(|&doc| !self.segment.is_deleted(doc))
    }

    /// The new number of a document; none of a deleted one.
    fn get(&self, doc: DocId) -> Option<DocId> {
        let own = if self.living.is_empty() { doc } else { *self.living.get(doc as usize)? };
        (!self.segment.is_deleted(doc)).then_some(self.before + own)
    }
}

/// The forward index of a segment that is being written.
struct ForwardIndexWriter {
    fields: Fields,
    /// Its file, to which terms go as they come: they are most of it, …
    out: WritePtr,
    /// … and so many bytes.
    terms: u64,
    sketches: Vec<u8>,
    rows: Vec<HeaderRow>,
    runs: Vec<RunPosting>,
    measures: Vec<Measure>,
    ends: NewFlags,
}

impl ForwardIndexWriter {
    /// Takes in what a header brings.
    fn add(&mut self, doc: DocId, brought: &[u8]) -> tantivy::Result<()> {
        let (terms, sketch): (&[u8], &[u8]) =
            postcard::from_bytes(brought).map_err(|error| TantivyError::InvalidArgument(format!("what a header brings: {error}")))?;
        let sketch = sketch.first_chunk().unwrap_or(&NO_SKETCH);
        let start = self.terms;
        self.out.write_all(terms)?;
        self.terms += terms.len() as u64;
        self.sketches.extend_from_slice(sketch);
        self.rows.push(HeaderRow { doc, start, terms: u32::try_from(terms.len()).unwrap_or(u32::MAX), shares: false });
        self.runs.extend(Sketch::read(sketch).least().iter().map(|&key| RunPosting { key, doc }));
        Ok(())
    }
}

impl PluginWriter for ForwardIndexWriter {
    fn add_document(&mut self, doc: DocId, document: &dyn ErasedDocument, _: &Schema) -> tantivy::Result<()> {
        let small = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        let (mut measure, mut is_end) = (Measure::default(), false);
        for (field, value) in document.erased_fields() {
            match value {
                ErasedValue::Leaf(ReferenceValueLeaf::U64(number)) if field == self.fields.first_word => measure.place = small(number),
                ErasedValue::Leaf(ReferenceValueLeaf::U64(number)) if field == self.fields.length => measure.length = small(number),
                ErasedValue::Leaf(ReferenceValueLeaf::Custom(brought)) if field == self.fields.forward => self.add(doc, brought)?,
                // Headers and files have keys, by which they are told apart.
                _ => is_end |= field == self.fields.key,
            }
        }
        self.measures.push(measure);
        self.ends.push(is_end);
        Ok(())
    }

    fn serialize(mut self: Box<Self>, _: &Segment, _: Option<&DocIdMapping>) -> tantivy::Result<()> {
        // Documents stay in the order in which they came: no index of ours asks for another.
        self.runs.sort_unstable();
        self.out.write_all(&self.sketches)?;
        let count = self.runs.len();
        finish(self.out, self.rows, (self.runs.into_iter(), count), (self.measures, &self.ends))?;
        Ok(())
    }

    fn mem_usage(&self) -> usize {
        let (rows, runs) = (self.rows.capacity() * size_of::<HeaderRow>(), self.runs.capacity() * size_of::<RunPosting>());
        self.sketches.capacity() + rows + runs + self.measures.capacity() * size_of::<Measure>() + self.ends.room()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}
