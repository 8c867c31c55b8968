//! One segment of an index, opened, with what pundit keeps of it beside what the engine does.
//!
//! A segment holds documents, numbered from 0. Where the blocks of pieces end is told by [`flags`], which a [`BlockMap`] reads together with the
//! [`measures`] of documents. The [`forward_index`] holds the [`sketch`] of each piece, with a [`filter`] of the runs that sketches keep; it is
//! written and merged by [`forward_plugin`]. [`impacts`] tell what frequent terms say in each piece at the most; they are weighed ([`weighing`]) when
//! postings have been written, which are read [`piecewise`] for that. The terms of pieces ([`vector`]) and what is shown of documents ([`values`])
//! are read from the segment's [texts](super::texts), or from what the engine stores.

mod filter;
mod flags;
mod block_map;
pub(super) mod impacts;
mod lookups;
mod measures;
mod piecewise;
pub(super) mod records;
mod runs;
pub(super) mod forward_index;
pub(super) mod forward_plugin;
pub(super) mod sketch;
pub(super) mod vector;
mod values;
pub(super) mod weighing;

pub use block_map::{BlockMap, Rows};
pub use impacts::{ImpactBlock, ImpactList, shape_of};
pub use sketch::{RunKey, Sketch};

use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use tantivy::columnar::{BytesColumn, Column, StrColumn};
use tantivy::postings::{BlockSegmentPostings, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::store::StoreReader;
use tantivy::{DocId, InvertedIndexReader, SegmentReader, TantivyError, Term};

use crate::index::block::{key, owner};
use crate::index::fields::{Fields, Meta};
use crate::index::texts::Texts;
use crate::index::{Error, KnownFile, StoredPiece};
use crate::pieces::Look;
use crate::rank::Shape;
use forward_index::ForwardIndex;
use impacts::Impacts;
use lookups::Lookups;

/// One segment of an index: postings, columns, stored values.
pub struct Segment {
    path: Arc<Path>,
    fields: Fields,
    segment: SegmentReader,
    block_map: BlockMap,
    columns: Columns,
    forward_index: ForwardIndex,
    texts: Texts,
    impacts: Impacts,
    /// The words of each field with their postings.
    inverted: Vec<(Field, Arc<InvertedIndexReader>)>,
    /// Where terms stand in the dictionaries.
    infos: Lookups<Option<TermInfo>>,
    /// In how many living passages terms occur.
    passages: Lookups<u64>,
    store: StoreReader,
    /// Whether records gave ids to some of its pieces, if that was asked.
    ids: OnceLock<bool>,
    /// The documents that are deleted, if that was asked.
    pub(super) dead: OnceLock<Vec<Range<DocId>>>,
    /// The rows of the headers among them.
    pub(super) dead_rows: OnceLock<Vec<u32>>,
}

/// The columns that searching reads, opened once: that takes longer than many a search.
struct Columns {
    first_day: Column<i64>,
    last_day: Column<i64>,
    key: Option<StrColumn>,
    /// The place of each document's key among all keys.
    key_order: Column<u64>,
}

impl Columns {
    fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        let key = columns.str("key")?;
        Ok(Self {
            first_day: columns.i64("first_day")?,
            last_day: columns.i64("last_day")?,
            key_order: key.as_ref().map_or_else(|| Column::build_empty_column(segment.max_doc()), |key| key.ords().clone()),
            key,
        })
    }
}

/// How many decompressed blocks of stored values a segment keeps at hand. What hits of one piece are read from stands in one or two; memory for more is
/// further away than they are worth.
const STORE_BLOCKS: usize = 8;

impl Segment {
    pub(super) fn open(path: Arc<Path>, fields: Fields, segment: SegmentReader) -> Result<Self, Error> {
        let engine = |source| Error::Engine { path: path.to_path_buf(), source };
        let columns = Columns::open(&segment).map_err(engine)?;
        let inverted =
            [fields.words, fields.terms, fields.runs, fields.titles, fields.meta].map(|field| Ok((field, segment.inverted_index(field)?)));
        let inverted = inverted.into_iter().collect::<tantivy::Result<Vec<_>>>().map_err(engine)?;
        let forward_index = ForwardIndex::open(&segment).map_err(engine)?;
        let block_map = forward_index.block_map();
        let texts = Texts::open(&segment).map_err(engine)?;
        let impacts = Impacts::open(&segment).map_err(engine)?;
        let store = segment.get_store_reader(STORE_BLOCKS).map_err(|error| engine(error.into()))?;
        let (infos, passages) = (Lookups::default(), Lookups::default());
        let (ids, dead, dead_rows) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        Ok(Self {
            path,
            fields,
            segment,
            block_map,
            columns,
            forward_index,
            texts,
            impacts,
            inverted,
            infos,
            passages,
            store,
            ids,
            dead,
            dead_rows,
        })
    }

    pub(super) fn engine(&self, source: impl Into<TantivyError>) -> Error {
        Error::Engine { path: self.path.to_path_buf(), source: source.into() }
    }

    pub(super) fn damaged(&self, what: impl Into<String>) -> Error {
        Error::Damaged { path: self.path.to_path_buf(), what: what.into() }
    }

    /// A text that is another one for every segment, and for every number of documents deleted from it.
    pub(super) fn state(&self) -> String {
        format!("{}-{}", self.segment.segment_id().uuid_string(), self.segment.num_deleted_docs())
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

    /// Whether some documents have been deleted.
    pub(super) fn has_dead(&self) -> bool {
        self.segment.has_deletes()
    }

    /// The header that stands in this row among all of them, dead ones included.
    #[must_use]
    pub fn header(&self, row: u32) -> Option<DocId> {
        self.forward_index.header(row)
    }

    /// Where its documents stand in their blocks.
    #[must_use]
    pub fn block_map(&self) -> &BlockMap {
        &self.block_map
    }

    /// The postings of `token` in `field`, with its numbers and positions as far as `option` asks and the field has them. `None` where it
    /// does not occur.
    pub fn postings(&self, field: Field, token: &str, option: IndexRecordOption) -> Result<Option<SegmentPostings>, Error> {
        let field = self.field_of(field, token);
        let Some(info) = self.look(field, token)? else { return Ok(None) };
        let postings = self.inverted(field)?.read_postings_from_terminfo(&info, option);
        postings.map(Some).map_err(|error| self.engine(error))
    }

    /// The field in which `token` is: `field`, but for ranking terms of runs, which have one of their own.
    pub(super) fn field_of(&self, field: Field, token: &str) -> Field {
        let Fields { terms, runs, .. } = self.fields;
        if field == terms && shape_of(token) == Shape::SOLO { runs } else { field }
    }

    /// Where `token` stands in the dictionary of `field`.
    pub(super) fn look(&self, field: Field, token: &str) -> Result<Option<TermInfo>, Error> {
        let field = self.field_of(field, token);
        // An id or a path is asked for once, and would push out what is asked for again.
        if field == self.fields.meta { self.look_once(field, token) } else { self.infos.get(field, token, || self.look_once(field, token)) }
    }

    /// The same, not remembered.
    fn look_once(&self, field: Field, token: &str) -> Result<Option<TermInfo>, Error> {
        let info = self.inverted(field)?.get_term_info(&Term::from_field_text(field, token));
        info.map_err(|error| self.engine(error))
    }

    /// In how many documents the folded `word` stands, dead ones included. Not remembered: most words that are asked for so are none.
    pub fn listed_once(&self, word: &str) -> Result<u64, Error> {
        Ok(self.look_once(self.fields.words, word)?.map_or(0, |info| u64::from(info.doc_freq)))
    }

    /// The words of `field` with their postings.
    pub(super) fn inverted(&self, field: Field) -> Result<Arc<InvertedIndexReader>, Error> {
        match self.inverted.iter().find(|(known, _)| *known == field) {
            Some((_, inverted)) => Ok(Arc::clone(inverted)),
            None => self.segment.inverted_index(field).map_err(|error| self.engine(error)),
        }
    }

    /// The fields of the index.
    #[must_use]
    pub fn fields(&self) -> Fields {
        self.fields
    }

    /// In how many documents `token` occurs in `field` as the dictionary lists it, dead ones included; `None` if in none.
    pub(super) fn listed_frequency(&self, field: Field, token: &str) -> Result<Option<u64>, Error> {
        Ok(self.look(field, token)?.map(|info| u64::from(info.doc_freq)))
    }

    /// How many living passages have the ranking term `term`.
    pub fn passage_frequency(&self, term: &str) -> Result<u64, Error> {
        let Fields { terms, titles, .. } = self.fields;
        self.passages.get(terms, term, || match self.document_frequency(terms, term)? {
            0 => Ok(0),
            documents => Ok(documents.saturating_sub(self.document_frequency(titles, term)?)),
        })
    }

    /// Gives `take` each document in which `token` occurs in `field`, dead ones included. Who wants no more of them has them for less than by
    /// [`Self::postings`].
    pub fn each_document(&self, field: Field, token: &str, mut take: impl FnMut(DocId)) -> Result<(), Error> {
        let Some(mut blocks) = self.block_postings(field, token, IndexRecordOption::Basic)? else { return Ok(()) };
        while !blocks.docs().is_empty() {
            blocks.docs().iter().copied().for_each(&mut take);
            blocks.advance();
        }
        Ok(())
    }

    /// The postings of `token` in `field` as they are unpacked, block by block. `None` where it does not occur.
    pub(super) fn block_postings(
        &self,
        field: Field,
        token: &str,
        option: IndexRecordOption,
    ) -> Result<Option<BlockSegmentPostings>, Error> {
        let field = self.field_of(field, token);
        let Some(info) = self.look(field, token)? else { return Ok(None) };
        let blocks = self.inverted(field)?.read_block_postings_from_terminfo(&info, option);
        blocks.map(Some).map_err(|error| self.engine(error))
    }

    /// The first days of headers' dates.
    #[must_use]
    pub fn first_day(&self) -> &Column<i64> {
        &self.columns.first_day
    }

    /// The last days of headers' dates.
    #[must_use]
    pub fn last_day(&self) -> &Column<i64> {
        &self.columns.last_day
    }

    /// The place of a header's key among the keys of this segment: keys in the same order.
    #[must_use]
    pub fn key_order(&self) -> &Column<u64> {
        &self.columns.key_order
    }

    /// The key of a header or a file's document.
    #[must_use]
    pub fn key(&self, doc: DocId) -> Option<String> {
        let order = self.columns.key_order.first(doc)?;
        let mut key = String::new();
        self.columns.key.as_ref()?.ord_to_str(order, &mut key).ok()?.then_some(key)
    }

    /// The living header of `piece`.
    pub(super) fn header_of(&self, piece: &StoredPiece) -> Result<Option<DocId>, Error> {
        let Some(keys) = &self.columns.key else { return Ok(None) };
        let order = keys.dictionary().term_ord(key(piece).as_bytes()).map_err(|error| self.engine(error))?;
        let Some(order) = order else { return Ok(None) };
        let of_file = self.headers_with(Meta::Owner(&owner(piece.root, &piece.path)))?;
        Ok(of_file.into_iter().find(|&header| self.columns.key_order.first(header) == Some(order)))
    }

    fn forward_index(&self) -> &ForwardIndex {
        &self.forward_index
    }

    fn impact_lists(&self) -> &Impacts {
        &self.impacts
    }

    /// The column of bytes called `name`, which searching does not read.
    pub(super) fn bytes(&self, name: &str) -> Result<Option<BytesColumn>, Error> {
        self.segment.fast_fields().bytes(name).map_err(|error| self.engine(error))
    }

    /// The living headers that carry `meta`.
    pub fn headers_with(&self, meta: Meta<'_>) -> Result<Vec<DocId>, Error> {
        let found = self.documents_with_meta(meta)?;
        Ok(found.into_iter().filter(|&doc| self.block_map.is_header(doc)).collect())
    }

    /// How many living pieces have this id by their records.
    pub fn count_with_id(&self, id: &str) -> Result<u64, Error> {
        let has_ids = match self.ids.get() {
            Some(has_ids) => *has_ids,
            None => {
                let has_ids = self.has_token_with_prefix(self.fields.meta, &Meta::Id("").token())?;
                *self.ids.get_or_init(|| has_ids)
            }
        };
        // Files of one text each have none, and need not be looked for.
        if has_ids { self.document_frequency(self.fields.meta, &Meta::Id(id).token()) } else { Ok(0) }
    }

    /// The living documents that carry `meta`.
    fn documents_with_meta(&self, meta: Meta<'_>) -> Result<Vec<DocId>, Error> {
        let mut found = Vec::new();
        self.each_document(self.fields.meta, &meta.token(), |doc| found.extend(self.is_alive(doc).then_some(doc)))?;
        Ok(found)
    }

    pub(super) fn files(&self) -> Result<Vec<KnownFile>, Error> {
        let columns = self.segment.fast_fields();
        let look = self.looks()?;
        let docs = self.documents_with_meta(Meta::File)?;
        let mut files = Vec::with_capacity(docs.len());
        if let Some(keys) = columns.str("key").map_err(|error| self.engine(error))? {
            // Read in their order, keys lie one behind another.
            let mut ordered: Vec<(u64, DocId)> = docs.iter().filter_map(|&doc| Some((keys.term_ords(doc).next()?, doc))).collect();
            ordered.sort_unstable();
            let (orders, in_order): (Vec<u64>, Vec<DocId>) = ordered.into_iter().unzip();
            let mut in_order = in_order.into_iter();
            let each = |key: &[u8]| {
                let key = String::from_utf8_lossy(key).into_owned();
                files.extend(in_order.next().map(|doc| KnownFile { key, look: look(doc) }));
            };
            keys.dictionary().sorted_ords_to_term_cb(&orders, each).map_err(|error| self.engine(error))?;
        }
        if files.len() == docs.len() { Ok(files) } else { Err(self.damaged("a file without key")) }
    }

    /// How files looked when they were read, by their documents.
    fn looks(&self) -> Result<impl Fn(DocId) -> Look + use<>, Error> {
        let columns = self.segment.fast_fields();
        let sizes = columns.u64("size").map_err(|error| self.engine(error))?;
        let modified = columns.i64("modified").map_err(|error| self.engine(error))?;
        Ok(move |doc| Look { size: sizes.first(doc).unwrap_or_default(), modified: modified.first(doc).unwrap_or_default() })
    }
}
