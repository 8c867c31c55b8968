//! The folder of an index, so wrapped that it can be read where it cannot be written, and that what an earlier commit is made of stays.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback, WatchHandle, WritePtr};

use super::commits::{META, is_kept, replace};
use super::stream::Stream;

/// Tantivy's folder in memory-mapped files, but for these things:
///
/// - A reader that cannot make the lock file under which it opens segments (a read-only disk, another user's folder) goes on without it. The
///   lock keeps a writer from deleting files that are about to be opened; without it such an opening fails, is told to the caller, and may be
///   tried again.
/// - What a commit that is kept is made of is not deleted: the engine then tries again later.
/// - The commit that is read may be one that is kept in place of the last.
/// - Of what only merges read of many documents, and from the front to the back, a writer has a part in memory at a time ([`Stream`]).
/// - What is written in one step may be read by whoever may read the other files. Tantivy makes it a temporary file, for its user alone, and others
///   could not open an index that is shared with them.
#[derive(Clone, Debug)]
pub(in crate::index) struct IndexDirectory {
    inner: MmapDirectory,
    path: PathBuf,
    record: Option<PathBuf>,
    /// Whether what merges read through is read as a stream.
    streams: bool,
}

/// How the names of the files end that merges read from the front to the back: postings, positions, texts, and what else is stored.
const STREAMED: [&str; 4] = ["idx", "pos", crate::index::texts::ENDING, "store"];

impl IndexDirectory {
    /// The folder at `path`, at its last commit or at that of `record`.
    pub(in crate::index) fn open(path: &Path, record: Option<&Path>) -> Result<Self, OpenDirectoryError> {
        Ok(Self { inner: MmapDirectory::open(path)?, path: path.to_owned(), record: record.map(Path::to_owned), streams: false })
    }

    /// The same for a writer.
    pub(in crate::index) fn for_writing(self) -> Self {
        Self { streams: true, ..self }
    }

    /// Where what is looked for under `path` is.
    fn place<'p>(&'p self, path: &'p Path) -> &'p Path {
        self.record.as_deref().filter(|_| path == Path::new(META)).unwrap_or(path)
    }
}

impl Directory for IndexDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        if self.streams && STREAMED.iter().any(|ending| path.extension().is_some_and(|end| end == *ending)) {
            return Ok(Arc::new(Stream::open(&self.inner, &self.path, path)?));
        }
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        if path.to_str().is_some_and(|name| is_kept(&self.path, name)) {
            let io_error = Arc::new(io::Error::other("a commit that is kept is made of it"));
            return Err(DeleteError::IoError { io_error, filepath: path.to_owned() });
        }
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(self.place(path))
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.inner.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.inner.atomic_read(self.place(path))
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        replace(&self.path.join(path), data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.inner.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.inner.acquire_lock(lock) {
            Err(LockError::IoError(_)) if lock.filepath == META_LOCK.filepath => Ok(DirectoryLock::from(Box::new(()))),
            result => result,
        }
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}
