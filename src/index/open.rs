use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::directory::MmapDirectory;
use tantivy::directory::error::OpenDirectoryError;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::SegmentPostings;
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::store::StoreReader;
use tantivy::{DocId, DocSet, Index, ReloadPolicy, SegmentReader, TERMINATED, TantivyDocument, TantivyError, Term};

use super::directory::IndexDirectory;
use super::fields::{Fields, Meta};
use super::tokens::{COMPACT, CompactTokenizer};
use super::{Error, KnownFile, Manifest, StoredFile, StoredPassage, StoredPiece};

/// An index opened for reading, as it stood at one commit.
pub struct Reader {
    path: Arc<Path>,
    fields: Fields,
    manifest: Manifest,
    segments: Vec<Segment>,
}

/// How many times an opening is tried again when a writer swept files away meanwhile.
const TRIES: usize = 5;

impl Reader {
    /// Opens the index at `path`.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let mut tries = 0;
        loop {
            tries += 1;
            match Self::try_open(path) {
                Err(Error::Engine { source: TantivyError::OpenReadError(_), .. }) if tries < TRIES => {}
                result => return result,
            }
        }
    }

    fn try_open(path: &Path) -> Result<Self, Error> {
        let engine = |source| Error::Engine { path: path.to_owned(), source };
        let index = open_index(path)?;
        let manifest = read_manifest(path, &index)?;
        let (_, fields) = Fields::schema();
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(engine)?;
        let searcher = reader.searcher();
        let path: Arc<Path> = path.into();
        let segments = searcher.segment_readers().iter().map(|segment| Segment::open(Arc::clone(&path), fields, segment.clone()));
        let segments = segments.collect::<Result<_, _>>()?;
        Ok(Self { path, fields, manifest, segments })
    }

    /// Where the index is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder that relative roots start from: the one that holds the index.
    #[must_use]
    pub fn home(&self) -> &Path {
        home(&self.path)
    }

    /// What the last commit says of the whole.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Its fields.
    #[must_use]
    pub fn fields(&self) -> Fields {
        self.fields
    }

    /// Its segments.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The files that it knows, with what is needed to see whether they have changed.
    pub fn files(&self) -> Result<Vec<KnownFile>, Error> {
        let mut files = Vec::new();
        for segment in &self.segments {
            files.extend(segment.files()?);
        }
        files.sort_by(|a, b| a.key.cmp(&b.key));
        Ok(files)
    }

    /// The headers of pieces that carry `meta`, in the order of their keys.
    pub fn pieces_with(&self, meta: Meta<'_>) -> Result<Vec<StoredPiece>, Error> {
        let mut found = Vec::new();
        for segment in &self.segments {
            for header in segment.headers_with(meta)? {
                found.push((segment.key(header).unwrap_or_default(), segment.piece(header)?));
            }
        }
        found.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(found.into_iter().map(|(_, piece)| piece).collect())
    }

    /// The id of a piece: its record's, else its file's path and the record's place. Where several pieces have one id, those after the first
    /// carry a number, in the order of their keys.
    pub fn piece_id(&self, piece: &StoredPiece) -> Result<String, Error> {
        let path = self.manifest.roots.display(piece.root, &piece.path);
        let id = match (&piece.id, piece.record) {
            (Some(id), _) => id.clone(),
            (None, Some(record)) => format!("{path}#{record}"),
            (None, None) => path,
        };
        let token = Meta::Id(&id).token();
        let mut alike = 0;
        for segment in &self.segments {
            alike += segment.document_frequency(self.fields.meta, &token)?;
        }
        if alike <= u64::from(piece.id.is_some()) {
            return Ok(id);
        }
        let same = |other: &StoredPiece| (other.root, &other.path, other.record) == (piece.root, &piece.path, piece.record);
        // A piece that has the id of its path comes before those whose records claim it.
        let before = if piece.id.is_some() { self.pieces_with(Meta::Id(&id))?.iter().position(same).unwrap_or_default() } else { 0 };
        Ok(if before == 0 { id } else { format!("{id}#{}", before + 1) })
    }

    /// Whether a piece's file has changed since it was read, or is gone.
    #[must_use]
    pub fn is_stale(&self, piece: &StoredPiece) -> bool {
        let Some(path) = self.file_of(piece) else { return true };
        std::fs::metadata(path).map_or(true, |found| found.len() != piece.size || crate::pieces::walk::modified(&found) != piece.modified)
    }

    /// Where a piece's file is on this machine.
    #[must_use]
    pub fn file_of(&self, piece: &StoredPiece) -> Option<PathBuf> {
        let base = self.manifest.roots.get(piece.root)?.absolute(self.home());
        // A root that is a file is its only path.
        let is_file = base.file_name().is_some_and(|name| name.to_string_lossy() == piece.path) && base.is_file();
        Some(if is_file { base } else { base.join(&piece.path) })
    }

    /// The passages of a piece, in order.
    pub fn passages_of(&self, piece: &StoredPiece) -> Result<Vec<StoredPassage>, Error> {
        let key = super::block::owner(piece.root, &piece.path);
        for segment in &self.segments {
            for header in segment.headers_with(Meta::Owner(&key))? {
                if segment.piece(header)?.record == piece.record {
                    return (segment.first_passage(header)..header).map(|doc| segment.passage(doc)).collect();
                }
            }
        }
        Err(self.damaged("a piece without passages"))
    }

    fn damaged(&self, what: impl Into<String>) -> Error {
        Error::Damaged { path: self.path.to_path_buf(), what: what.into() }
    }
}

/// Opens tantivy's index at `path` and gives it our tokenizer.
pub(super) fn open_index(path: &Path) -> Result<Index, Error> {
    let directory = match MmapDirectory::open(path) {
        Ok(directory) => directory,
        Err(OpenDirectoryError::DoesNotExist(_)) => return Err(Error::Missing(path.to_owned())),
        Err(OpenDirectoryError::NotADirectory(_)) => return Err(Error::Foreign(path.to_owned())),
        Err(error) => return Err(Error::Engine { path: path.to_owned(), source: error.into() }),
    };
    let directory = IndexDirectory(directory);
    match Index::exists(&directory) {
        Ok(true) => {}
        Ok(false) if is_empty(path) => return Err(Error::Missing(path.to_owned())),
        Ok(false) => return Err(Error::Foreign(path.to_owned())),
        Err(error) => return Err(Error::Engine { path: path.to_owned(), source: error.into() }),
    }
    let index = Index::open(directory).map_err(|source| Error::Engine { path: path.to_owned(), source })?;
    index.tokenizers().register(COMPACT, CompactTokenizer::default());
    Ok(index)
}

fn is_empty(path: &Path) -> bool {
    std::fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}

/// The manifest of an index, if it is ours and of our version.
pub(super) fn read_manifest(path: &Path, index: &Index) -> Result<Manifest, Error> {
    let metas = index.load_metas().map_err(|source| Error::Engine { path: path.to_owned(), source })?;
    let payload = metas.payload.ok_or_else(|| Error::Foreign(path.to_owned()))?;
    let value: serde_json::Value = serde_json::from_str(&payload).map_err(|_| Error::Foreign(path.to_owned()))?;
    let number = |name| value.get(name).and_then(serde_json::Value::as_u64);
    let (Some(format), Some(analysis), Some(_)) = (number("format"), number("analysis"), value.get("pundit")) else {
        return Err(Error::Foreign(path.to_owned()));
    };
    let found = format!("{format}.{analysis}");
    if found != Manifest::current_version() {
        return Err(Error::Version { path: path.to_owned(), found, expected: Manifest::current_version() });
    }
    serde_json::from_value(value).map_err(|error| Error::Damaged { path: path.to_owned(), what: format!("its manifest: {error}") })
}

/// The folder that holds the index at `path` (`HOME/.pundit/index`).
pub(super) fn home(path: &Path) -> &Path {
    path.parent().and_then(Path::parent).unwrap_or(path)
}

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
    fn open(path: Arc<Path>, fields: Fields, segment: SegmentReader) -> Result<Self, Error> {
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
    fn is_header(&self, doc: DocId) -> bool {
        self.rest.first(doc) == Some(0) && self.place(doc) > 0
    }

    /// Whether `doc` is a file's document: it stands in no block.
    fn is_file(&self, doc: DocId) -> bool {
        self.rest.first(doc) == Some(0) && self.place(doc) == 0
    }

    /// The postings of `token` in `field`, with its numbers and positions as far as `option` asks and the field has them. `None` where it
    /// does not occur.
    pub fn postings(&self, field: Field, token: &str, option: IndexRecordOption) -> Result<Option<SegmentPostings>, Error> {
        let inverted = self.segment.inverted_index(field).map_err(|error| self.engine(error))?;
        let postings = inverted.read_postings(&Term::from_field_text(field, token), option);
        postings.map_err(|error| self.engine(error))
    }

    /// The tokens of `field` that begin with `prefix`, in order.
    pub fn tokens_with_prefix(&self, field: Field, prefix: &str) -> Result<Vec<String>, Error> {
        let inverted = self.segment.inverted_index(field).map_err(|error| self.engine(error))?;
        let io = |error: std::io::Error| self.engine(error);
        let mut stream = inverted.terms().range().ge(prefix.as_bytes()).into_stream().map_err(io)?;
        let mut found = Vec::new();
        while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
            found.extend(std::str::from_utf8(stream.key()).map(ToOwned::to_owned));
        }
        Ok(found)
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

    /// The living documents that carry `meta`.
    fn documents_with(&self, meta: Meta<'_>) -> Result<Vec<DocId>, Error> {
        let mut found = Vec::new();
        if let Some(mut postings) = self.postings(self.fields.meta, &meta.token(), IndexRecordOption::Basic)? {
            while postings.doc() != TERMINATED {
                if self.is_alive(postings.doc()) {
                    found.push(postings.doc());
                }
                postings.advance();
            }
        }
        Ok(found)
    }

    fn files(&self) -> Result<Vec<KnownFile>, Error> {
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
