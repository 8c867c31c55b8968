//! What is written to an index, and in what order.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::{Directory, Lock};
use tantivy::indexer::{IndexWriterOptions, UserOperation};
use tantivy::{Index, IndexBuilder, IndexSettings, IndexWriter, TantivyDocument, TantivyError, Term};

use super::deletion::{Deletion, Newcomers};
use crate::index::block::owner;
use crate::index::check::end_repair;
use crate::index::disk::commits;
use crate::index::disk::directory::IndexDirectory;
use crate::index::disk::merging::Merging;
use crate::index::fields::{Fields, Meta};
use crate::index::files::NEVER;
use crate::index::inversion::{Inversion, Inverted, NewSegment};
use crate::index::open::{open_for_writing, parts, read_manifest};
use crate::index::stored::{StoredFile, StoredPiece, encode};
use crate::index::{Block, Error, Manifest, Options, Reader, Roots};

/// The one writer of an index. Everything goes through one thread: deletes that are queued out of order would be lost.
///
/// It makes the segments itself; the engine merges them, deletes from them and commits them.
pub(in crate::index) struct Writer {
    path: PathBuf,
    fields: Fields,
    writer: IndexWriter,
    merging: Merging,
    /// The segments that were written.
    newcomers: Newcomers,
    /// The segment that is being written, …
    new: Option<NewSegment>,
    /// … what is to be deleted of it when it has been, …
    superseded: Vec<Term>,
    /// … and how many bytes of memory it may take.
    memory: usize,
    /// The index as it was when this writer was opened: what is replaced is counted out by it.
    before: Arc<Reader>,
    pub(in crate::index) manifest: Manifest,
    uncommitted: usize,
    /// The sites of pages that came or went; all, if a run was stopped before it had seen to them.
    touched: BTreeSet<String>,
    all_touched: bool,
}

/// Bytes of stored values that are compressed together. A hit takes out one or two such blocks, which is a good part of what a search costs:
/// twice as much takes 2% off an index, and two thirds longer to take out.
const STORE_BLOCK: usize = 4 << 10;
/// The file that is locked while an index is made. Hidden, as all is that a writer begins with.
const CREATION_LOCK: &str = ".pundit-creation.lock";
/// Passages after which a long run commits, so that a kill costs no more than these. They are some 45,000 pieces of news, and mostly one segment.
const COMMIT_EVERY: usize = 500_000;

impl Writer {
    /// Opens the index at `path` for writing.
    pub(in crate::index) fn open(path: &Path, options: &Options) -> Result<Self, Error> {
        end_repair(path);
        let opened = open_for_writing(path, None).and_then(|index| {
            let manifest = read_manifest(path, &index)?;
            Ok((index, manifest))
        });
        let (index, manifest) = match opened {
            Ok(opened) => opened,
            Err(error @ (Error::Missing(_) | Error::Version { .. })) => return Err(error),
            // Where what is said of the last commit is damaged, there is the one that is read in its place, to be gone back to.
            Err(error) => {
                let before = Reader::open(path)?;
                let Some(record) = &before.record else { return Err(error) };
                (open_for_writing(path, Some(record))?, before.manifest().clone())
            }
        };
        Self::over(&index, &manifest, path, options)
    }

    /// Opens the index at `path` for writing. If there is none, one is made for `roots`, of which nothing has been read: whoever goes on with it finds
    /// them there.
    pub(super) fn open_or_new(path: &Path, roots: &Roots, options: &Options) -> Result<Self, Error> {
        match Self::open(path, options) {
            Err(Error::Missing(_)) => {
                let roots = roots.until_read(&Roots::default());
                let manifest = Manifest { roots, ..Manifest::new(options.roster.digest().into_owned()) };
                Self::over(&create(path)?, &manifest, path, options)
            }
            opened => opened,
        }
    }

    /// Writes to `index`, which lies at `path`. Of a new one `manifest` says what it is; what another says of itself is read once nobody else writes.
    pub(super) fn over(index: &Index, manifest: &Manifest, path: &Path, options: &Options) -> Result<Self, Error> {
        let engine = |source| Error::of_engine(path, source);
        let unwritable = |source| Error::unwritable(path, source);
        // No document goes through the engine's thread.
        let settings = IndexWriterOptions::builder().num_worker_threads(1).num_merge_threads(1).build();
        let mut writer = index.writer_with_options(settings).map_err(|error| match error {
            TantivyError::LockFailure(error, _) => Error::of_lock(path, error),
            error => engine(error),
        })?;
        let merging = Merging::default();
        writer.set_merge_policy(Box::new(merging.clone()));
        // What a run left behind that was killed, or found the disk full, has names that this one may give again.
        let is_new = index.load_metas().map_err(engine)?.payload.is_none();
        if is_new {
            writer.garbage_collect_files().wait().map_err(engine)?;
            commit(&mut writer, manifest, || ()).map_err(engine)?;
        }
        let before = Arc::new(Reader::open(path)?);
        if let Some(record) = &before.record {
            commits::go_back(path, record).map_err(unwritable)?;
            drop(writer);
            return Self::over(&open_for_writing(path, None)?, before.manifest(), path, options);
        }
        let kept = commits::keep(path);
        if !is_new {
            // On a full disk this makes the room for the other.
            writer.garbage_collect_files().wait().map_err(engine)?;
        }
        kept.or_else(|_| commits::keep(path)).map_err(unwritable)?;
        let (_, fields) = Fields::schema();
        // Another writer may have finished since the index was opened.
        let manifest = before.manifest().clone();
        // What is there already was found by the roster that the manifest names, until all of it is found again.
        let roster = if manifest.totals.pieces == 0 { options.roster.digest().into_owned() } else { manifest.roster.clone() };
        Ok(Self {
            path: path.to_owned(),
            fields,
            writer,
            merging,
            newcomers: Newcomers::default(),
            new: None,
            superseded: Vec::new(),
            memory: options.memory,
            before,
            all_touched: manifest.unsettled,
            touched: BTreeSet::new(),
            manifest: Manifest { roster, ..manifest },
            uncommitted: 0,
        })
    }

    /// Begins to read what is to be read of `roots`. Those that are new are committed at once: a run that is stopped is gone on with by whoever names
    /// none. What else is said of them is committed with what comes of it.
    pub(in crate::index) fn begin(&mut self, roots: &Roots) -> Result<(), Error> {
        let roots = roots.until_read(&self.manifest.roots);
        let before = std::mem::replace(&mut self.manifest.roots, roots);
        let are_more = self.manifest.roots != before && self.manifest.roots.all().starts_with(before.all());
        if !are_more {
            return Ok(());
        }
        self.commit()
    }

    /// Where the index is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The index as it was before.
    pub(super) const fn before(&self) -> &Arc<Reader> {
        &self.before
    }

    /// Takes out everything of a file, and says how many pieces that were.
    pub(super) fn remove(&mut self, root: u32, path: &str) -> Result<u64, Error> {
        let key = owner(root, path);
        let pieces = self.before.pieces_with(Meta::Owner(&key))?;
        for piece in &pieces {
            self.manifest.totals.remove(piece);
            self.touch(piece);
        }
        self.delete(Meta::Owner(&key))?;
        Ok(pieces.len() as u64)
    }

    /// What was kept of a file before.
    pub(super) fn stored_file(&self, root: u32, path: &str) -> Result<Option<StoredFile>, Error> {
        let key = owner(root, path);
        for segment in self.before.segments() {
            if let Some(file) = segment.stored_files(Meta::FileOf(&key))?.pop() {
                return Ok(Some(file));
            }
        }
        Ok(None)
    }

    /// Adds a piece.
    pub(super) fn add(&mut self, block: &Block) -> Result<(), Error> {
        self.manifest.totals.add(&block.header);
        self.touch(&block.header);
        self.uncommitted += block.documents.len();
        self.write(&block.documents, &block.inverted)
    }

    /// Writes down what is known of a file. `size` and `modified` are those by which it is told whether it has changed. With `again`, in place
    /// of what was written down of it before.
    pub(super) fn file(&mut self, file: &StoredFile, size: u64, modified: i64, again: bool) -> Result<(), Error> {
        let key = owner(file.root, &file.path);
        if again {
            // What the new segment has of it is the one that is said to be unfinished.
            let unfinished = Meta::Unfinished(&key);
            if self.is_in_new(unfinished) {
                self.superseded.push(self.term(unfinished));
            }
            self.doom(self.term(Meta::FileOf(&key)))?;
        }
        self.file_document(file, size, modified, None)
    }

    /// Writes down that not all of a file is written yet, so that it is read again if it never will be.
    pub(super) fn unfinished(&mut self, root: u32, path: &str) -> Result<(), Error> {
        let file = StoredFile { root, path: path.to_owned(), ..StoredFile::default() };
        self.file_document(&file, 0, NEVER, Some(Meta::Unfinished(&owner(root, path))))
    }

    fn file_document(&mut self, file: &StoredFile, size: u64, modified: i64, more: Option<Meta<'_>>) -> Result<(), Error> {
        let key = owner(file.root, &file.path);
        let mut inversion = Inversion::default();
        for name in [Meta::File, Meta::FileOf(&key), Meta::Owner(&key)].into_iter().chain(more) {
            inversion.meta().push(&name.token());
        }
        inversion.end();
        let mut document = TantivyDocument::default();
        document.add_text(self.fields.key, &key);
        document.add_u64(self.fields.size, size);
        document.add_i64(self.fields.modified, modified);
        document.add_bytes(self.fields.stored, &encode(file));
        self.write(&[document], &inversion.take())
    }

    /// Commits if much has gathered since the last time.
    pub(super) fn commit_if_due(&mut self) -> Result<(), Error> {
        if self.uncommitted < COMMIT_EVERY { Ok(()) } else { self.commit() }
    }

    fn touch(&mut self, piece: &StoredPiece) {
        if let Some(site) = piece.site.as_ref().filter(|site| !self.touched.contains(*site)) {
            self.touched.insert(site.clone());
        }
    }

    /// Whether pages came or went, so that of others something else may have to be left out.
    pub(super) fn is_unsettled(&self) -> bool {
        self.all_touched || !self.touched.is_empty()
    }

    /// The sites of which pages came or went.
    pub(super) fn unsettled_sites(&self) -> Result<BTreeSet<String>, Error> {
        if self.all_touched { self.before.sites() } else { Ok(self.touched.clone()) }
    }

    /// Notes that this has been seen to.
    pub(super) fn settled(&mut self) {
        self.touched.clear();
        self.all_touched = false;
    }

    /// Commits what was written, so that it is the index as it was before what comes now.
    pub(super) fn reopen(&mut self) -> Result<(), Error> {
        self.commit()?;
        self.before = Arc::new(Reader::open(&self.path)?);
        Ok(())
    }

    /// Commits what was written.
    pub(super) fn commit(&mut self) -> Result<(), Error> {
        self.commit_then(|_| ())
    }

    /// The same, with something done between: when all segments are written, and it is not asked yet which are to be merged.
    fn commit_then(&mut self, written: impl FnOnce(&Merging)) -> Result<(), Error> {
        self.end_segment()?;
        self.uncommitted = 0;
        self.manifest.unsettled = self.is_unsettled();
        // A commit has the number of the last thing that the engine was asked to do. One before which there was nothing would have that of the
        // commit before, and be taken for that one, damaged.
        let asked = self.writer.run(Vec::<UserOperation>::new());
        let committed = asked.and_then(|_| commit(&mut self.writer, &self.manifest, || written(&self.merging)));
        committed.map_err(|source| self.engine(source))
    }

    /// Commits, and waits until what is to be merged has been.
    pub(super) fn finish(mut self) -> Result<(), Error> {
        self.commit_then(Merging::end)?;
        let path = self.path;
        self.writer.wait_merging_threads().map_err(|source| Error::of_engine(&path, source))?;
        commits::record(&path).map_err(|source| Error::unwritable(&path, source))?;
        Ok(())
    }

    /// Writes documents that are to lie side by side, with their tokens.
    fn write(&mut self, documents: &[TantivyDocument], inverted: &Inverted) -> Result<(), Error> {
        let begun = self.new.take().map_or_else(|| NewSegment::begin(self.writer.new_segment(), &self.path), Ok);
        let written = begun.and_then(|mut new| {
            new.add(documents, inverted)?;
            Ok(new)
        });
        let new = written.map_err(|source| self.engine(source))?;
        let is_full = new.bytes() > self.memory;
        self.new = Some(new);
        if is_full { self.end_segment() } else { Ok(()) }
    }

    /// Writes the segment to its end. From then on it is the engine's.
    fn end_segment(&mut self) -> Result<(), Error> {
        let Some(new) = self.new.take() else { return Ok(()) };
        let segment = new.write().map_err(|source| self.engine(source))?;
        self.newcomers.comes(segment.id());
        self.writer.add_segment(segment).map_err(|source| self.engine(source))?;
        std::mem::take(&mut self.superseded).into_iter().try_for_each(|term| self.doom(term))
    }

    /// Deletes what was written with `meta`.
    fn delete(&mut self, meta: Meta<'_>) -> Result<(), Error> {
        if self.is_in_new(meta) {
            self.end_segment()?;
        }
        self.doom(self.term(meta))
    }

    /// Deletes what has `term` in the segments that the engine has.
    fn doom(&self, term: Term) -> Result<(), Error> {
        let deleted = self.writer.delete_query(Box::new(Deletion::of(term, &self.newcomers)));
        deleted.map(drop).map_err(|source| self.engine(source))
    }

    fn is_in_new(&self, meta: Meta<'_>) -> bool {
        self.new.as_ref().is_some_and(|new| new.has(&meta.token()))
    }

    fn term(&self, meta: Meta<'_>) -> Term {
        Term::from_field_text(self.fields.meta, &meta.token())
    }

    fn engine(&self, source: TantivyError) -> Error {
        Error::of_engine(&self.path, source)
    }
}

/// Commits, and does `written` when all segments are written. A plain `commit` would erase the payload.
fn commit(writer: &mut IndexWriter, manifest: &Manifest, written: impl FnOnce()) -> tantivy::Result<()> {
    let payload = serde_json::to_string(manifest).map_err(|error| TantivyError::InternalError(error.to_string()))?;
    let mut prepared = writer.prepare_commit()?;
    prepared.set_payload(&payload);
    written();
    prepared.commit()?;
    Ok(())
}

/// Makes an empty index, hidden from git where it lies in a `.pundit` folder.
fn create(path: &Path) -> Result<Index, Error> {
    let unwritable = |source| Error::unwritable(path, source);
    std::fs::create_dir_all(path).map_err(unwritable)?;
    if let Some(parent) = path.parent().filter(|parent| parent.ends_with(".pundit")) {
        std::fs::write(parent.join(".gitignore"), "*\n").map_err(unwritable)?;
    }
    let directory =
        IndexDirectory::open(path, None).map_err(|error| Error::Engine { path: path.to_owned(), source: error.into() })?.for_writing();
    // Who comes second finds the index, and would otherwise replace what the first has committed meanwhile.
    let lock = Lock { filepath: CREATION_LOCK.into(), is_blocking: true };
    let _alone = directory.acquire_lock(&lock).map_err(|error| Error::of_lock(path, error))?;
    let (schema, _) = Fields::schema();
    let settings = IndexSettings { docstore_blocksize: STORE_BLOCK, ..IndexSettings::default() };
    // What was begun and stopped before its first commit is gone on with.
    let builder = Index::builder().schema(schema).settings(settings);
    let index = parts().into_iter().fold(builder, IndexBuilder::register_plugin).open_or_create(directory);
    let index = index.map_err(|source| Error::of_engine(path, source))?;
    Ok(index)
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;

    use super::*;

    #[test]
    fn of_writers_who_make_an_index_at_once_one_writes() {
        let dir = tempfile::tempdir().unwrap();
        for round in 0..30 {
            let path = dir.path().join(round.to_string());
            let (start, end) = (Barrier::new(4), Barrier::new(4));
            std::thread::scope(|scope| {
                let begun = || {
                    start.wait();
                    let opened = Writer::open_or_new(&path, &Roots::default(), &Options::default());
                    // Nobody gives the lock back before all have asked for it.
                    end.wait();
                    opened.map(drop)
                };
                let writers: Vec<_> = (0..4).map(|_| scope.spawn(begun)).collect();
                let results: Vec<_> = writers.into_iter().map(|writer| writer.join().unwrap()).collect();
                let busy = results.iter().filter(|result| matches!(result, Err(Error::Busy(_)))).count();
                assert!(busy == 3 && results.iter().any(Result::is_ok), "{round}: {results:?}");
            });
        }
    }
}
