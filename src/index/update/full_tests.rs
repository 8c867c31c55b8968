//! What a full disk does to an index: nothing that was committed is lost, and the next run makes good.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{AntiCallToken, DirectoryLock, FileHandle, Lock, TerminatingWrite, WatchCallback, WatchHandle, WritePtr};
use tantivy::{Directory, Index};

use super::plan::Plan;
use super::scope::Of;
use super::write::Writer;
use crate::index::disk::directory::IndexDirectory;
use crate::index::fields::Meta;
use crate::index::open::{equipped, read_manifest};
use crate::index::update::carry_out;
use crate::index::{Error, Options, Reader, Report, check, update};

/// A folder on a disk with room for so many bytes more.
#[derive(Clone, Debug)]
struct SmallDisk {
    folder: IndexDirectory,
    room: Arc<AtomicI64>,
}

/// Takes `bytes` from the room that is left.
fn take(room: &AtomicI64, bytes: usize) -> io::Result<()> {
    let bytes = i64::try_from(bytes).unwrap();
    if room.fetch_sub(bytes, Ordering::SeqCst) < bytes { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
}

struct SmallFile {
    file: WritePtr,
    room: Arc<AtomicI64>,
}

impl Write for SmallFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        take(&self.room, bytes.len())?;
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl TerminatingWrite for SmallFile {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.file.flush()?;
        self.file.get_mut().terminate_ref(token)
    }
}

impl Directory for SmallDisk {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.folder.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.folder.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.folder.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let file = SmallFile { file: self.folder.open_write(path)?, room: Arc::clone(&self.room) };
        Ok(io::BufWriter::new(Box::new(file)))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.folder.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        take(&self.room, data.len())?;
        self.folder.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.folder.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.folder.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.folder.watch(callback)
    }
}

/// Brings the index at `path` up to date on a disk with `room` for so many bytes.
fn update_in(path: &Path, room: i64, options: &Options) -> Result<Report, Error> {
    let disk = SmallDisk { folder: IndexDirectory::open(path, None).unwrap(), room: Arc::new(AtomicI64::new(room)) };
    let index = equipped(Index::open(disk).unwrap());
    let manifest = read_manifest(path, &index)?;
    let writer = Writer::over(&index, &manifest, path, options)?;
    let plan = Plan::new(Some(writer.before()), path, Of::Named(&[]), options)?;
    carry_out(writer, &plan, options, |_| {})
}

/// The pieces of an index with their passages, and how it counts them.
pub(super) fn held(path: &Path) -> (Vec<(String, String, u64)>, crate::index::Totals) {
    assert_eq!(check(path).unwrap(), []);
    let reader = Reader::open(path).unwrap();
    let pieces = reader.pieces_with(Meta::Piece).unwrap();
    let pieces = pieces.into_iter().map(|piece| (piece.path, piece.digest, piece.passages)).collect();
    (pieces, reader.manifest().totals.clone())
}

#[test]
fn a_full_disk_loses_nothing_that_was_committed() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().canonicalize().unwrap();
    let (root, index) = (home.join("a"), home.join(".pundit/index"));
    fs::create_dir_all(&root).unwrap();
    let write = |number: u32, word: &str| {
        // Words enough that no file of the index fits in a buffer.
        let words: Vec<String> = (0..100).map(|at| format!("{word}{}", number * 100 + at)).collect();
        fs::write(root.join(format!("{number}.md")), format!("# {word} {number}\n\nThey spoke of {}.\n", words.join(" "))).unwrap();
    };
    (0..20).for_each(|number| write(number, "coal"));
    let options = Options { threads: NonZeroUsize::new(2).unwrap(), ..Options::default() };
    update(&index, std::slice::from_ref(&root), &options, |_| {}).unwrap();
    let before = held(&index);
    let files = || fs::read_dir(&index).unwrap().map(|entry| entry.unwrap().file_name()).collect::<BTreeSet<_>>();
    let of_before = files();
    (10..40).for_each(|number| write(number, "iron"));
    fs::remove_file(root.join("3.md")).unwrap();
    let (mut room, mut refused) = (1, 0);
    loop {
        match update_in(&index, room, &options) {
            Ok(report) => {
                assert_eq!((report.new, report.changed, report.removed), (20, 10, 1));
                break;
            }
            Err(error) => {
                assert!(matches!(&error, Error::Full { path, .. } if *path == index), "{error:?}");
                assert!(error.to_string().starts_with(&format!("no space is left for the index at {}", index.display())), "{error}");
                assert_eq!(held(&index), before, "room for {room} bytes");
                assert!(files().is_subset(&of_before), "room for {room} bytes: {:?}", files());
                (room, refused) = (room * 3, refused + 1);
            }
        }
    }
    assert!(refused > 5, "{refused}");
    let fresh = home.join(".fresh/index");
    update(&fresh, std::slice::from_ref(&root), &options, |_| {}).unwrap();
    assert_eq!(held(&index), held(&fresh));
}
