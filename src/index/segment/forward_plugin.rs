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
        // What has been read of a mapped file is memory of the process until the file is closed: so each forward index is opened for each part.
        for (segment, numbers) in context.readers.iter().zip(&numbers) {
            let forward = ForwardIndex::open(segment)?;
            for doc in numbers.living() {
                measures.push(forward.measures().of(doc));
                ends.push(forward.ends().contains(doc));
            }
            for (row, number) in forward.rows().zip(0..) {
                let Some(doc) = numbers.get(row.doc) else { continue };
                out.write_all(forward.sketch(number).unwrap_or(&NO_SKETCH))?;
                rows.push(HeaderRow { doc, shares: false });
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
    /// Its file, to which sketches go as they come.
    out: WritePtr,
    rows: Vec<HeaderRow>,
    runs: Vec<RunPosting>,
    measures: Vec<Measure>,
    ends: NewFlags,
}

impl ForwardIndexWriter {
    /// Takes in the sketch of a header.
    fn add(&mut self, doc: DocId, sketch: &[u8]) -> tantivy::Result<()> {
        let sketch = sketch.first_chunk().unwrap_or(&NO_SKETCH);
        self.out.write_all(sketch)?;
        self.rows.push(HeaderRow { doc, shares: false });
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
                ErasedValue::Leaf(ReferenceValueLeaf::Custom(sketch)) if field == self.fields.forward => self.add(doc, sketch)?,
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
        let count = self.runs.len();
        finish(self.out, self.rows, (self.runs.into_iter(), count), (self.measures, &self.ends))?;
        Ok(())
    }

    fn mem_usage(&self) -> usize {
        let (rows, runs) = (self.rows.capacity() * size_of::<HeaderRow>(), self.runs.capacity() * size_of::<RunPosting>());
        rows + runs + self.measures.capacity() * size_of::<Measure>() + self.ends.room()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}
