//! How a new segment is written: sort-based inversion.
//!
//! The tokens of each field are written down in memory in the order in which they come, as numbers of terms, and sorted by term when the
//! segment is to be written (Moffat and Bell 1995, *In situ generation of compressed inverted files*). The engine's own way is a list for each
//! term that grows with each token: a look into a table, one at the term that is found, and one at the end of its list, each in another place of
//! memory. A number that is appended touches none of them, takes four bytes, and so leaves fewer segments to merge.
//!
//! The files are those that the engine writes, with its own code: it opens and merges them, and cannot tell them from its own.

mod lexicon;
mod occurrences;
mod postings;
#[cfg(test)]
mod tests;

use tantivy::fastfield::FastFieldsWriter;
use tantivy::fieldnorm::{FieldNormsSerializer, FieldNormsWriter};
use tantivy::index::{SegmentComponent, SegmentMeta};
use tantivy::postings::InvertedIndexSerializer;
use tantivy::schema::{Field, FieldType, IndexRecordOption, Schema, Value};
use tantivy::store::StoreWriter;
use tantivy::tokenizer::MAX_TOKEN_LEN;
use tantivy::{DocId, PluginWriter, PluginWriterContext, Segment, SegmentPlugin, TantivyDocument, TantivyError};
use tantivy::directory::TerminatingWrite as _;

use super::tokens::{Entry, entries};
use lexicon::Lexicon;
use occurrences::{MOST_TERMS, Occurrences};

/// A segment that is being written.
pub(super) struct NewSegment {
    segment: Segment,
    schema: Schema,
    /// The fields that have postings.
    fields: Vec<Inversion>,
    columns: FastFieldsWriter,
    store: StoreWriter,
    /// What pundit keeps of a segment beside what the engine does.
    parts: Vec<Box<dyn PluginWriter>>,
    docs: DocId,
}

/// The tokens of one field.
struct Inversion {
    field: Field,
    option: IndexRecordOption,
    lexicon: Lexicon,
    occurrences: Occurrences,
    /// Whether the document at hand has a text in this field already.
    has_text: bool,
}

impl NewSegment {
    /// Begins to write `segment`, which is new and has all of `parts`.
    pub(super) fn begin(segment: Segment, parts: &[impl AsRef<dyn SegmentPlugin>]) -> tantivy::Result<Self> {
        let (index, schema) = (segment.index().clone(), segment.schema());
        let option = |field_type: &FieldType| match field_type {
            FieldType::Str(options) => options.get_indexing_options().map(|indexing| indexing.index_option()),
            _ => None,
        };
        let inverted = |(field, entry): (Field, &tantivy::schema::FieldEntry)| Some(Inversion::new(field, option(entry.field_type())?));
        let fields = schema.fields().filter_map(inverted).collect();
        let columns = FastFieldsWriter::from_schema_and_tokenizer_manager(&schema, index.fast_field_tokenizer().clone())?;
        let settings = index.settings();
        let store = StoreWriter::new(
            segment.open_write(SegmentComponent::Store)?,
            settings.docstore_compression,
            settings.docstore_blocksize,
            settings.docstore_compress_dedicated_thread,
        )?;
        let context = PluginWriterContext { segment: &segment, memory_budget_in_bytes: 0 };
        let parts = parts.iter().map(|part| part.as_ref().create_writer(&context)).collect::<tantivy::Result<_>>()?;
        Ok(Self { segment, schema, fields, columns, store, parts, docs: 0 })
    }

    /// Adds a document.
    pub(super) fn add(&mut self, document: &TantivyDocument) -> tantivy::Result<()> {
        for (field, value) in document.field_values() {
            let inversion = self.fields.iter_mut().find(|inversion| inversion.field == field);
            if let Some((inversion, text)) = inversion.zip(value.as_str()) {
                inversion.add(text)?;
            }
        }
        self.fields.iter_mut().for_each(Inversion::end);
        self.columns.add_document(document)?;
        self.store.store(document, &self.schema)?;
        for part in &mut self.parts {
            part.add_document(self.docs, document, &self.schema)?;
        }
        self.docs += 1;
        Ok(())
    }

    /// Whether a document has `token` in `field`.
    pub(super) fn has(&self, field: Field, token: &str) -> bool {
        self.fields.iter().any(|inversion| inversion.field == field && inversion.lexicon.contains(token))
    }

    /// About how many bytes of memory it takes.
    pub(super) fn bytes(&self) -> usize {
        let fields = self.fields.iter().map(|inversion| inversion.lexicon.bytes() + inversion.occurrences.bytes());
        let parts = self.parts.iter().map(|part| part.mem_usage());
        fields.chain(parts).sum::<usize>() + self.columns.mem_usage() + self.store.mem_usage()
    }

    /// Writes what has gathered, and says what the segment is. It has at least one document.
    pub(super) fn write(self) -> tantivy::Result<SegmentMeta> {
        let Self { segment, schema, fields, mut columns, store, parts, docs } = self;
        // No field has any, but the file has to be there.
        let mut lengths = FieldNormsWriter::for_schema(&schema);
        lengths.fill_up_to_max_doc(docs);
        lengths.serialize(FieldNormsSerializer::from_write(segment.open_write(SegmentComponent::FieldNorms)?)?, None)?;
        let mut postings = InvertedIndexSerializer::open(&segment)?;
        for Inversion { field, option, lexicon, occurrences, .. } in fields {
            if lexicon.len() > 0 {
                let mut out = postings.new_field(field, occurrences.tokens(), None)?;
                postings::write(&lexicon.sorted(), &occurrences, option, &mut out)?;
                out.close()?;
            }
        }
        postings.close()?;
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

impl Inversion {
    fn new(field: Field, option: IndexRecordOption) -> Self {
        Self { field, option, lexicon: Lexicon::default(), occurrences: Occurrences::default(), has_text: false }
    }

    /// Adds the tokens of `text`, which are joined.
    fn add(&mut self, text: &str) -> tantivy::Result<()> {
        // So that no phrase goes on from one text into the next.
        if std::mem::replace(&mut self.has_text, true) {
            self.occurrences.skip(1);
        }
        for entry in entries(text) {
            match entry {
                Entry::Skip(positions) => self.occurrences.skip(u32::try_from(positions).unwrap_or(u32::MAX)),
                Entry::Next(token) | Entry::Beside(token) if token.len() > MAX_TOKEN_LEN => {
                    if matches!(entry, Entry::Next(_)) {
                        self.occurrences.skip(1);
                    }
                }
                Entry::Next(token) => self.occurrences.push(self.lexicon.number(token)),
                Entry::Beside(token) => self.occurrences.beside(self.lexicon.number(token)),
            }
        }
        if self.lexicon.len() < MOST_TERMS {
            return Ok(());
        }
        Err(TantivyError::InternalError("a segment has more different words than can be numbered".to_owned()))
    }

    /// Ends the document.
    fn end(&mut self) {
        self.has_text = false;
        self.occurrences.end();
    }
}
