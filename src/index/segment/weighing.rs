//! How impacts are told when a segment has been written, be it a new one or one that others were merged into: from its postings, which are there by
//! then, and by its own averages.

use std::any::Any;

use tantivy::indexer::DocIdMapping;
use tantivy::schema::document::ErasedDocument;
use tantivy::schema::{IndexRecordOption, Schema};
use tantivy::{DocId, PluginMergeContext, PluginWriter, PluginWriterContext, Segment, SegmentPlugin, SegmentReader};

use super::forward_index::ForwardIndex;
use super::impacts::{ENDING, LEAST, NewImpacts, component, place};
use crate::index::fields::Fields;
use crate::index::{BlockMap, Totals};
use crate::rank::{Impact, Shape, level};

/// The part of the engine that writes impacts. It comes behind that of the forward index, which it reads.
pub(in crate::index) struct Weighing;

impl SegmentPlugin for Weighing {
    fn extensions(&self) -> &[&str] {
        &[ENDING]
    }

    fn create_writer(&self, _: &PluginWriterContext<'_>) -> tantivy::Result<Box<dyn PluginWriter>> {
        Ok(Box::new(Counted(0)))
    }

    fn merge(&self, context: PluginMergeContext<'_>) -> tantivy::Result<()> {
        weigh(context.target_segment, context.readers.iter().map(SegmentReader::num_docs).sum())
    }
}

/// The documents of a segment that is being written.
struct Counted(DocId);

impl PluginWriter for Counted {
    fn add_document(&mut self, _: DocId, _: &dyn ErasedDocument, _: &Schema) -> tantivy::Result<()> {
        self.0 += 1;
        Ok(())
    }

    fn serialize(self: Box<Self>, segment: &Segment, _: Option<&DocIdMapping>) -> tantivy::Result<()> {
        weigh(segment, self.0)
    }

    fn mem_usage(&self) -> usize {
        0
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

/// Writes the impacts of a segment of so many documents, of which all but this is written.
fn weigh(segment: &Segment, docs: DocId) -> tantivy::Result<()> {
    let (_, fields) = Fields::schema();
    let reader = SegmentReader::open(&segment.clone().with_max_doc(docs))?;
    let block_map = ForwardIndex::open(&reader)?.block_map();
    let averages = totals(&block_map, docs).averages();
    let impact = |shape| Impact::of_term(shape, &averages);
    let mut impacts = NewImpacts::new(segment.open_write(component())?);
    let mut pieces = Vec::new();
    for (field, shape) in [(fields.terms, Shape::SPACED), (fields.runs, Shape::SOLO)] {
        let impact = impact(shape);
        let terms = reader.inverted_index(field)?;
        let mut stream = terms.terms().stream()?;
        while stream.advance() {
            let info = stream.value();
            if info.doc_freq < LEAST {
                continue;
            }
            pieces.clear();
            let mut blocks = terms.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
            block_map.each_impact(&impact, &mut blocks, |row, says| pieces.push((row, level(says, shape))));
            impacts.add(place(info, shape), &pieces)?;
        }
    }
    impacts.finish(&averages)?;
    Ok(())
}

/// Counts over all documents of a segment.
fn totals(block_map: &BlockMap, docs: DocId) -> Totals {
    let mut totals = Totals::default();
    let mut first = 0;
    while first < docs {
        let end = block_map.header_of(first);
        // A file's document stands alone.
        if first < end && end < docs {
            totals.pieces += 1;
            totals.passages += u64::from(end - first);
            totals.terms += (first..end).map(|passage| u64::from(block_map.length(passage))).sum::<u64>();
            totals.title_terms += u64::from(block_map.title_length(end));
        }
        first = end.saturating_add(1);
    }
    totals
}
