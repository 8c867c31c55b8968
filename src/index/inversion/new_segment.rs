//! All files of a new segment.

use std::path::{Path, PathBuf};

use tantivy::directory::TerminatingWrite as _;
use tantivy::fastfield::FastFieldsWriter;
use tantivy::fieldnorm::{FieldNormsSerializer, FieldNormsWriter};
use tantivy::index::{SegmentComponent, SegmentMeta};
use tantivy::postings::InvertedIndexSerializer;
use tantivy::schema::Schema;
use tantivy::store::StoreWriter;
use tantivy::{DocId, PluginWriter, PluginWriterContext, Segment, TantivyDocument, TantivyError};

use super::lexicon::Lexicon;
use super::occurrences::MOST_TERMS;
use super::postings::Sorting;
use super::{ByField, Inverted};
use crate::index::fields::Fields;
use crate::index::marks;
use crate::index::open::parts;
use crate::index::texts::{self, NewTexts};

/// A segment that is being written. But for the texts, which are ours, its files are those that the engine writes, by the engine's code: it opens and
/// merges them, and cannot tell them from its own.
pub(in crate::index) struct NewSegment {
    segment: Segment,
    folder: PathBuf,
    schema: Schema,
    fields: Fields,
    lexicon: Lexicon,
    tokens: ByField,
    columns: FastFieldsWriter,
    store: StoreWriter,
    texts: NewTexts,
    /// What pundit keeps of a segment beside what the engine does.
    parts: Vec<Box<dyn PluginWriter>>,
    docs: DocId,
}

impl NewSegment {
    /// Begins to write `segment`, which has no documents yet, of the index in `folder`.
    pub(in crate::index) fn begin(segment: Segment, folder: &Path) -> tantivy::Result<Self> {
        let (index, schema) = (segment.index().clone(), segment.schema());
        let columns = FastFieldsWriter::from_schema_and_tokenizer_manager(&schema, index.fast_field_tokenizer().clone())?;
        let settings = index.settings();
        let store = StoreWriter::new(
            segment.open_write(SegmentComponent::Store)?,
            settings.docstore_compression,
            settings.docstore_blocksize,
            settings.docstore_compress_dedicated_thread,
        )?;
        let texts = NewTexts::new(segment.open_write(texts::component())?);
        // None of them asks how much memory there is.
        let context = PluginWriterContext { segment: &segment, memory_budget_in_bytes: 0 };
        let parts = parts().iter().map(|part| part.create_writer(&context)).collect::<tantivy::Result<_>>()?;
        let (_, fields) = Fields::schema();
        let (folder, lexicon, tokens) = (folder.to_owned(), Lexicon::default(), ByField::default());
        Ok(Self { segment, folder, schema, fields, lexicon, tokens, columns, store, texts, parts, docs: 0 })
    }

    /// Adds `documents`, whose tokens are in `inverted`.
    pub(in crate::index) fn add(&mut self, documents: &[TantivyDocument], inverted: &Inverted) -> tantivy::Result<()> {
        let numbers = self.lexicon.numbers_of(&inverted.terms);
        self.tokens.append(&inverted.tokens, &numbers, &self.folder)?;
        if self.lexicon.len() >= MOST_TERMS {
            return Err(TantivyError::InternalError("a segment has more different words than can be numbered".to_owned()));
        }
        let number = |term: u32| numbers.get(term as usize).copied().unwrap_or_default();
        inverted.coded.each().try_for_each(|coded| self.texts.add(coded, number))?;
        for document in documents {
            self.columns.add_document(document)?;
            self.store.store(document, &self.schema)?;
            for part in &mut self.parts {
                part.add_document(self.docs, document, &self.schema)?;
            }
            self.docs += 1;
        }
        Ok(())
    }

    /// Whether a document has the token `term` in some field.
    pub(in crate::index) fn has(&self, term: &str) -> bool {
        self.lexicon.contains(term)
    }

    /// About how many bytes of memory it takes.
    pub(in crate::index) fn bytes(&self) -> usize {
        let parts: usize = self.parts.iter().map(|part| part.mem_usage()).sum();
        self.lexicon.bytes() + self.tokens.bytes() + parts + self.columns.mem_usage() + self.store.mem_usage() + self.texts.bytes()
    }

    /// Writes what has gathered, and says what the segment is.
    pub(in crate::index) fn write(self) -> tantivy::Result<SegmentMeta> {
        let Self { segment, schema, fields, lexicon, tokens, mut columns, store, texts, parts, docs, .. } = self;
        // No field has any, but the file has to be there.
        let mut lengths = FieldNormsWriter::for_schema(&schema);
        lengths.fill_up_to_max_doc(docs);
        lengths.serialize(FieldNormsSerializer::from_write(segment.open_write(SegmentComponent::FieldNorms)?)?, None)?;
        texts.finish(|take| lexicon.each(|token, number| take(&marks::spelled(token), number)))?;
        write_postings(&segment, &schema, &fields, lexicon, tokens)?;
        let mut out = segment.open_write(SegmentComponent::FastFields)?;
        columns.serialize(&mut out, None)?;
        out.terminate()?;
        store.close()?;
        for part in parts {
            part.serialize(&segment, None)?;
        }
        let meta = segment.with_max_doc(docs).meta().clone();
        meta.untrack_temp_docstore();
        Ok(meta)
    }
}

/// Writes the postings of all fields. What a field has gathered is let go of as soon as it is written.
fn write_postings(segment: &Segment, schema: &Schema, fields: &Fields, lexicon: Lexicon, tokens: ByField) -> tantivy::Result<()> {
    let ByField { words, terms, runs, titles, meta } = tokens;
    let sorted = lexicon.sorted();
    let mut sorting = Sorting::of(&sorted);
    let mut out = InvertedIndexSerializer::open(segment)?;
    for (field, occurrences) in
        [(fields.words, words), (fields.terms, terms), (fields.runs, runs), (fields.titles, titles), (fields.meta, meta)]
    {
        let option = schema.get_field_entry(field).field_type().index_record_option().filter(|_| occurrences.tokens() > 0);
        let Some(option) = option else { continue };
        let mut out = out.new_field(field, occurrences.tokens(), None)?;
        sorting.write(&occurrences, option, &mut out)?;
        out.close()?;
    }
    out.close()?;
    Ok(())
}
