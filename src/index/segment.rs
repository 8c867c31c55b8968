use std::path::Path;
use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::SegmentPostings;
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::store::StoreReader;
use tantivy::{DocId, DocSet, InvertedIndexReader, SegmentReader, TERMINATED, TantivyDocument, TantivyError, Term};

use super::fields::{Fields, Meta};
use super::{Error, KnownFile, StoredFile, StoredPassage, StoredPiece};

/// One segment of an index: postings, columns, stored values.
pub struct Segment {
    path: Arc<Path>,
    fields: Fields,
    pub(super) segment: SegmentReader,
    place: Column<u64>,
    rest: Column<u64>,
    store: StoreReader,
}

/// How many decompressed blocks of stored values, of 16 kB each, a segment keeps at hand.
const STORE_BLOCKS: usize = 100;

impl Segment {
    pub(super) fn open(path: Arc<Path>, fields: Fields, segment: SegmentReader) -> Result<Self, Error> {
        let engine = |source| Error::Engine { path: path.to_path_buf(), source };
        let column = |name| segment.fast_fields().u64(name).map_err(engine);
        let (place, rest) = (column("place")?, column("rest")?);
        let store = segment.get_store_reader(STORE_BLOCKS).map_err(|error| engine(error.into()))?;
        Ok(Self { path, fields, segment, place, rest, store })
    }

    pub(super) fn engine(&self, source: impl Into<TantivyError>) -> Error {
        Error::Engine { path: self.path.to_path_buf(), source: source.into() }
    }

    fn damaged(&self, what: impl Into<String>) -> Error {
        Error::Damaged { path: self.path.to_path_buf(), what: what.into() }
    }

    /// How many documents there are, dead ones included; their numbers lie below it.
    #[must_use]
    pub fn max_doc(&self) -> DocId {
        self.segment.max_doc()
    }

    /// Whether a document has not been deleted. All documents of a block share this.
    #[must_use]
    pub fn is_alive(&self, doc: DocId) -> bool {
        !self.segment.is_deleted(doc)
    }

    /// The header of the block in which `doc` stands.
    #[must_use]
    pub fn header_of(&self, doc: DocId) -> DocId {
        doc.saturating_add(small(self.rest.first(doc)))
    }

    /// The first passage of the block whose header is `header`.
    #[must_use]
    pub fn first_passage(&self, header: DocId) -> DocId {
        header.saturating_sub(small(self.place.first(header)))
    }

    /// Where in its piece a passage stands: 0 is the first.
    #[must_use]
    pub fn place(&self, doc: DocId) -> u64 {
        self.place.first(doc).unwrap_or_default()
    }

    /// Whether `doc` is the header of a block: the last document of one, with passages before it.
    pub(super) fn is_header(&self, doc: DocId) -> bool {
        self.rest.first(doc) == Some(0) && self.place(doc) > 0
    }

    /// Whether `doc` is a file's document: it stands in no block.
    pub(super) fn is_file(&self, doc: DocId) -> bool {
        self.rest.first(doc) == Some(0) && self.place(doc) == 0
    }

    /// The postings of `token` in `field`, with its numbers and positions as far as `option` asks and the field has them. `None` where it
    /// does not occur.
    pub fn postings(&self, field: Field, token: &str, option: IndexRecordOption) -> Result<Option<SegmentPostings>, Error> {
        let postings = self.inverted(field)?.read_postings(&Term::from_field_text(field, token), option);
        postings.map_err(|error| self.engine(error))
    }

    /// The words of `field` with their postings.
    pub(super) fn inverted(&self, field: Field) -> Result<Arc<InvertedIndexReader>, Error> {
        self.segment.inverted_index(field).map_err(|error| self.engine(error))
    }

    /// The fields of the index.
    #[must_use]
    pub fn fields(&self) -> Fields {
        self.fields
    }

    /// In how many living documents `token` occurs in `field`.
    pub fn document_frequency(&self, field: Field, token: &str) -> Result<u64, Error> {
        let Some(postings) = self.postings(field, token, IndexRecordOption::Basic)? else { return Ok(0) };
        Ok(u64::from(match self.segment.alive_bitset() {
            Some(alive) => postings.doc_freq_given_deletes(alive),
            None => postings.doc_freq(),
        }))
    }

    /// The lengths of `field` in each document.
    pub fn lengths(&self, field: Field) -> Result<FieldNormReader, Error> {
        self.segment.get_fieldnorms_reader(field).map_err(|error| self.engine(error))
    }

    /// A column of whole numbers.
    pub fn column_u64(&self, name: &str) -> Result<Column<u64>, Error> {
        self.segment.fast_fields().u64(name).map_err(|error| self.engine(error))
    }

    /// A column of whole numbers with sign.
    pub fn column_i64(&self, name: &str) -> Result<Column<i64>, Error> {
        self.segment.fast_fields().i64(name).map_err(|error| self.engine(error))
    }

    /// The place of a header's key among the keys of this segment: keys in the same order.
    pub fn key_orders(&self) -> Result<Column<u64>, Error> {
        let keys = self.segment.fast_fields().str("key").map_err(|error| self.engine(error))?;
        Ok(keys.map_or_else(|| Column::build_empty_column(self.max_doc()), |keys| keys.ords().clone()))
    }

    /// The key of a header or a file's document.
    #[must_use]
    pub fn key(&self, doc: DocId) -> Option<String> {
        let keys = self.segment.fast_fields().str("key").ok()??;
        let order = keys.term_ords(doc).next()?;
        let mut key = String::new();
        keys.ord_to_str(order, &mut key).ok()?.then_some(key)
    }

    /// The living headers that carry `meta`.
    pub fn headers_with(&self, meta: Meta<'_>) -> Result<Vec<DocId>, Error> {
        let found = self.documents_with(meta)?;
        Ok(found.into_iter().filter(|&doc| self.is_header(doc)).collect())
    }

    /// The living headers that carry the token of a [`Meta`].
    pub fn headers_with_token(&self, token: &str) -> Result<Vec<DocId>, Error> {
        let found = self.documents_with_token(token)?;
        Ok(found.into_iter().filter(|&doc| self.is_header(doc)).collect())
    }

    /// The living documents that carry `meta`.
    fn documents_with(&self, meta: Meta<'_>) -> Result<Vec<DocId>, Error> {
        self.documents_with_token(&meta.token())
    }

    fn documents_with_token(&self, token: &str) -> Result<Vec<DocId>, Error> {
        let mut found = Vec::new();
        if let Some(mut postings) = self.postings(self.fields.meta, token, IndexRecordOption::Basic)? {
            while postings.doc() != TERMINATED {
                if self.is_alive(postings.doc()) {
                    found.push(postings.doc());
                }
                postings.advance();
            }
        }
        Ok(found)
    }

    pub(super) fn files(&self) -> Result<Vec<KnownFile>, Error> {
        let (sizes, modified) = (self.column_u64("size")?, self.column_i64("modified")?);
        let docs = self.documents_with(Meta::File)?;
        let file = |doc| {
            let key = self.key(doc).ok_or_else(|| self.damaged("a file without key"))?;
            Ok(KnownFile { key, size: sizes.first(doc).unwrap_or_default(), modified: modified.first(doc).unwrap_or_default() })
        };
        docs.into_iter().map(file).collect()
    }

    /// What the document of a file that carries `meta` keeps.
    pub fn stored_files(&self, meta: Meta<'_>) -> Result<Vec<StoredFile>, Error> {
        let docs = self.documents_with(meta)?;
        docs.into_iter().filter(|&doc| self.is_file(doc)).map(|doc| self.stored(doc)).collect()
    }

    /// What a file's document keeps.
    pub(super) fn stored_file(&self, doc: DocId) -> Result<StoredFile, Error> {
        self.stored(doc)
    }

    /// What a passage keeps.
    pub fn passage(&self, doc: DocId) -> Result<StoredPassage, Error> {
        self.stored(doc)
    }

    /// What a header keeps.
    pub fn piece(&self, header: DocId) -> Result<StoredPiece, Error> {
        self.stored(header)
    }

    fn stored<T: serde::de::DeserializeOwned>(&self, doc: DocId) -> Result<T, Error> {
        let document: TantivyDocument = self.store.get(doc).map_err(|error| self.engine(error))?;
        let bytes = document.get_first(self.fields.stored).and_then(|value| value.as_bytes());
        let bytes = bytes.ok_or_else(|| self.damaged("a document without stored value"))?;
        postcard::from_bytes(bytes).map_err(|error| self.damaged(format!("a stored value: {error}")))
    }
}

fn small(value: Option<u64>) -> DocId {
    value.and_then(|value| DocId::try_from(value).ok()).unwrap_or_default()
}
