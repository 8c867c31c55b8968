//! How the texts of segments are joined where they are merged.

use std::any::Any;

use tantivy::indexer::DocIdMapping;
use tantivy::{PluginMergeContext, PluginWriter, PluginWriterContext, Segment, SegmentPlugin, TantivyError};

use super::{ENDING, NewTexts, Texts, component};
use crate::text::word_map::WordMap;

/// The part of the engine that joins texts.
pub(in crate::index) struct TextsPlugin;

impl SegmentPlugin for TextsPlugin {
    fn extensions(&self) -> &[&str] {
        &[ENDING]
    }

    fn create_writer(&self, _: &PluginWriterContext<'_>) -> tantivy::Result<Box<dyn PluginWriter>> {
        Ok(Box::new(WrittenElsewhere))
    }

    fn merge(&self, context: PluginMergeContext<'_>) -> tantivy::Result<()> {
        let mut new = NewTexts::new(context.target_segment.open_write(component())?);
        // The strings of documents that live, with the numbers by which they were first met.
        let mut lexicon: WordMap<u32> = WordMap::default();
        for segment in context.readers {
            let texts = Texts::open(segment)?;
            let mut numbers: Vec<Option<u32>> = vec![None; texts.vocabulary().len()];
            let mut number = |unit: u32| {
                let known = numbers.get_mut(unit as usize)?;
                if known.is_none() {
                    let string = texts.vocabulary().get(unit).and_then(|string| std::str::from_utf8(string).ok())?;
                    let next = u32::try_from(lexicon.len()).ok()?;
                    *known = Some(*lexicon.get_or_insert_with(string, || next));
                }
                *known
            };
            for doc in segment.doc_ids_alive() {
                let mut is_whole = true;
                new.add(&texts.coded(doc)?, |unit| {
                    number(unit).unwrap_or_else(|| {
                        is_whole = false;
                        0
                    })
                })?;
                if !is_whole {
                    return Err(TantivyError::InternalError(format!("a file .{ENDING} has not the strings that it says it has")));
                }
            }
        }
        new.finish(|take| lexicon.each(|string, &number| take(string, number)))?;
        Ok(())
    }
}

/// New texts are written beside the documents to whom they belong, whose terms have numbers: see `index::inversion`.
struct WrittenElsewhere;

impl PluginWriter for WrittenElsewhere {
    fn serialize(self: Box<Self>, _: &Segment, _: Option<&DocIdMapping>) -> tantivy::Result<()> {
        Ok(())
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
