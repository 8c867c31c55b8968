//! Whether an index is what it says.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use tantivy::Directory;
use tantivy::directory::{INDEX_WRITER_LOCK, ManagedDirectory};

use super::disk::commits::{META, Record, damaged, records};
use super::disk::directory::IndexDirectory;
use super::open::{expect_readable, home, is_ours, manifest_of, open_index, remembered};
use super::update::rebuild;
use super::{Error, Options, Progress, Reader, Report, Segment, Totals};

/// The file in which the engine keeps the names of its files.
const MANAGED: &str = ".managed.json";
/// How the name of the folder ends in which a repair makes the new index, …
pub(super) const NEW: &str = "repaired";
/// … and of the one that keeps the old one until the new one is in its place. What a stopped repair has left is removed by the next, so that
/// neither is a name that somebody may give to a copy.
pub(super) const OLD: &str = "unrepaired";

/// What is wrong with an index.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// A file of the index whose bytes are not those that were written.
    #[error("{} has changed since it was written", .0.display())]
    Bytes(PathBuf),
    /// A file of the index that is not there.
    #[error("{} is missing", .0.display())]
    Gone(PathBuf),
    /// It cannot be opened, or not be read through.
    #[error("{0}")]
    Unreadable(String),
    /// Of the last commit not all is there, so that an earlier one is read.
    #[error(
        "files of the last update are missing, as in a copy made during it; the state before it is read, and the next update completes it"
    )]
    Earlier,
    /// A block of documents that does not hang together.
    #[error("document {document} of a segment: {what}")]
    Block {
        /// The document.
        document: u32,
        /// What does not fit.
        what: String,
    },
    /// Counts that are not those of what is there.
    #[error("the manifest counts {counted} {what}, but there are {there}")]
    Totals {
        /// What is counted.
        what: &'static str,
        /// How many the manifest says.
        counted: u64,
        /// How many there are.
        there: u64,
    },
}

/// What is wrong with the index at `path`, which is read through for it. A file that was damaged while it lay on disk is found by its checksum,
/// before anything of it is read.
///
/// # Errors
/// When there is no index, one of another version, or one that may not be read: then there is nothing that could be checked.
pub fn check(path: &Path) -> Result<Vec<Fault>, Error> {
    // Damage that no checksum tells of may make the engine do anything.
    std::panic::catch_unwind(|| look(&end_repair(path)))
        .unwrap_or_else(|_| Ok(vec![Fault::Unreadable("the engine fails while reading the index".to_owned())]))
}

fn look(path: &Path) -> Result<Vec<Fault>, Error> {
    expect_readable(path)?;
    let last = Record::last(path);
    if last.is_none() && !is_ours(path) {
        // What the folder holds instead, the opening tells.
        open_index(path, None)?;
    }
    if let Some(payload) = last.as_ref().and_then(|last| last.payload.as_ref())
        && let Err(error @ Error::Version { .. }) = manifest_of(path, payload)
    {
        return Err(error);
    }
    let faults = bytes(path, last.as_ref())?;
    if !faults.is_empty() {
        // What damaged files hold is not looked at: reading them may go wrong in any way.
        let are_missing = last.is_some() && faults.iter().all(|fault| matches!(fault, Fault::Gone(_)));
        return Ok(if are_missing && has_earlier(path)? { vec![Fault::Earlier] } else { faults });
    }
    let reader = match Reader::open(path) {
        Ok(reader) if reader.is_earlier() => return Ok(vec![Fault::Earlier]),
        Ok(reader) => reader,
        Err(error @ (Error::Missing(_) | Error::Foreign(_))) => return Err(error),
        Err(error) => return Ok(vec![Fault::Unreadable(error.to_string())]),
    };
    // Nothing is read from them unless the last commit is damaged too.
    let mut faults: Vec<Fault> = damaged(path).into_iter().map(Fault::Bytes).collect();
    let mut there = Totals::default();
    for segment in reader.segments() {
        blocks(segment, &mut there, &mut faults);
    }
    let counted = &reader.manifest().totals;
    let counts = [
        ("pieces", counted.pieces, there.pieces),
        ("passages", counted.passages, there.passages),
        ("terms", counted.terms, there.terms),
        ("terms in titles", counted.title_terms, there.title_terms),
    ];
    faults.extend(counts.into_iter().filter(|(_, counted, there)| counted != there).map(|(what, counted, there)| Fault::Totals {
        what,
        counted,
        there,
    }));
    Ok(faults)
}

/// What of the files that `commit` is made of is gone or not as it was written. `None` is the last commit, if that does not tell any longer.
fn bytes(path: &Path, commit: Option<&Record>) -> Result<Vec<Fault>, Error> {
    let fault = |name: PathBuf| if path.join(&name).exists() { Fault::Bytes(name) } else { Fault::Gone(name) };
    let Some(commit) = commit else { return Ok(vec![fault(META.into())]) };
    let directory = IndexDirectory::open(path, None).map_err(|error| Error::Engine { path: path.to_owned(), source: error.into() })?;
    let Ok(directory) = ManagedDirectory::wrap(Box::new(directory)) else { return Ok(vec![Fault::Bytes(MANAGED.into())]) };
    let damaged = commit.files().into_iter().filter(|name| !directory.validate_checksum(name).is_ok_and(|is_whole| is_whole));
    let mut damaged: Vec<PathBuf> = damaged.collect();
    damaged.sort();
    Ok(damaged.into_iter().map(fault).collect())
}

/// Fails if the bytes of the index at `path` have changed: what is about to be written again from them would look whole.
pub(super) fn expect_whole(path: &Path) -> Result<(), Error> {
    let faults = Record::last(path).map_or_else(|| Ok(Vec::new()), |last| bytes(path, Some(&last)))?;
    let damaged = |fault: &Fault| Error::Damaged { path: path.to_owned(), what: fault.to_string() };
    faults.first().map_or(Ok(()), |fault| Err(damaged(fault)))
}

/// Whether an earlier commit that held something is all there.
fn has_earlier(path: &Path) -> Result<bool, Error> {
    for (_, record) in records(path) {
        if !record.is_empty() && bytes(path, Some(&record))?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Reads the living documents of a segment, counts its pieces, and tells what does not fit.
fn blocks(segment: &Segment, there: &mut Totals, faults: &mut Vec<Fault>) {
    let mut document = 0;
    while document < segment.max_doc() {
        let fault = |what: String| Fault::Block { document, what };
        let header = segment.block_map().header_of(document);
        if header >= segment.max_doc() || (segment.block_map().is_header(header) && segment.block_map().first_passage(header) != document) {
            faults.push(fault("it belongs to no block".to_owned()));
            document += 1;
            continue;
        }
        let next = header + 1;
        if segment.is_alive(header) {
            if !segment.block_map().is_file(header) {
                match segment.piece(header) {
                    Ok(piece) if piece.passages == u64::from(header - document) => there.add(&piece),
                    Ok(piece) => faults.push(fault(format!("a piece of {} passages has {}", piece.passages, header - document))),
                    Err(error) => faults.push(fault(error.to_string())),
                }
                for passage in document..header {
                    if let Err(error) = segment.passage(passage) {
                        faults.push(Fault::Block { document: passage, what: error.to_string() });
                    }
                    if !segment.is_alive(passage) {
                        faults.push(Fault::Block { document: passage, what: "a passage of a living piece is deleted".to_owned() });
                    }
                }
            } else if let Err(error) = segment.stored_file(header) {
                faults.push(fault(error.to_string()));
            }
        }
        document = next;
    }
}

/// Makes the index at `path` new from the files that it was made of, and only then takes it in the old one's place.
///
/// # Errors
/// When it does not tell any longer what it was made of; when a folder that it was made of is gone or cannot be opened; and as an update.
pub fn repair(path: &Path, options: &Options, progress: impl FnMut(Progress<'_>)) -> Result<Report, Error> {
    end_repair(path);
    let manifest = remembered(path).ok_or_else(|| Error::Lost(path.to_owned()))?;
    let roots: Vec<PathBuf> = manifest.roots.all().iter().map(|root| root.absolute(home(path))).collect();
    for root in roots {
        let opened = if root.is_dir() { std::fs::read_dir(&root).map(drop) } else { std::fs::File::open(&root).map(drop) };
        opened.map_err(|source| match source.kind() {
            ErrorKind::NotFound => Error::RootGone(root.clone()),
            _ => Error::RootClosed { root: root.clone(), source },
        })?;
    }
    let unwritable = |source| Error::unwritable(path, source);
    // Nobody else may write to what is about to go. The lock goes with it.
    let directory = IndexDirectory::open(path, None).map_err(|error| Error::Engine { path: path.to_owned(), source: error.into() })?;
    let _lock = directory.acquire_lock(&INDEX_WRITER_LOCK).map_err(|error| Error::of_lock(path, error))?;
    let (fresh, old) = (path.with_extension(NEW), path.with_extension(OLD));
    for left in [&fresh, &old] {
        if left.exists() {
            std::fs::remove_dir_all(left).map_err(unwritable)?;
        }
    }
    let report = rebuild(&fresh, &manifest.roots, options, progress)?;
    std::fs::rename(path, &old).map_err(unwritable)?;
    let moved = std::fs::rename(&fresh, path);
    // Whoever opened it in the meantime has done so already.
    moved.or_else(|error| if path.is_dir() { Ok(()) } else { Err(error) }).map_err(unwritable)?;
    std::fs::remove_dir_all(&old).map_err(unwritable)?;
    Ok(report)
}

/// Whether there is an index at `path`, be it one whose repair was stopped between taking the old one away and putting the new one in its place.
#[must_use]
pub fn is_there(path: &Path) -> bool {
    path.is_dir() || is_half_repaired(path)
}

/// Whether a repair was stopped when it had taken the old index away and not put the new one in its place. The old one is only taken away when
/// the new one is whole.
fn is_half_repaired(path: &Path) -> bool {
    !path.exists() && [OLD, NEW].iter().all(|ending| path.with_extension(ending).is_dir())
}

/// Ends a repair that was stopped in between, and tells where the index is then: where this user cannot put it in its place, beside that.
pub(super) fn end_repair(path: &Path) -> PathBuf {
    let fresh = path.with_extension(NEW);
    // Another reader, or the repair itself, may have been quicker.
    let is_beside = is_half_repaired(path) && std::fs::rename(&fresh, path).is_err() && !path.is_dir();
    if is_beside { fresh } else { path.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::index::update;

    #[test]
    fn who_asks_whether_there_is_an_index_ends_no_repair() {
        let dir = tempfile::tempdir().unwrap();
        let (files, index) = (dir.path().join("files"), dir.path().join(".pundit/index"));
        fs::create_dir_all(&files).unwrap();
        fs::write(files.join("a.md"), "Coal.\n").unwrap();
        assert!(!is_there(&index));
        update(&index, &[files], &Options::default(), |_| {}).unwrap();
        let [fresh, old] = [NEW, OLD].map(|ending| index.with_extension(ending));
        fs::rename(&index, &fresh).unwrap();
        assert!(!is_there(&index), "the old one has not been taken away by a repair");
        fs::create_dir(&old).unwrap();
        assert!(is_there(&index) && fresh.is_dir() && !index.exists());
        assert_eq!(Reader::open(&index).unwrap().manifest().totals.pieces, 1);
        assert!(index.is_dir() && !fresh.exists());
    }

    #[cfg(unix)]
    #[test]
    fn where_a_repair_cannot_be_ended_the_new_index_is_read_beside_its_place() {
        use std::os::unix::fs::PermissionsExt;

        let dir = tempfile::tempdir().unwrap();
        let (files, home) = (dir.path().join("files"), dir.path().join(".pundit"));
        let index = home.join("index");
        fs::create_dir_all(&files).unwrap();
        fs::write(files.join("a.md"), "Coal.\n").unwrap();
        update(&index, &[files], &Options::default(), |_| {}).unwrap();
        fs::rename(&index, index.with_extension(NEW)).unwrap();
        fs::create_dir(index.with_extension(OLD)).unwrap();
        let may = |mode: u32| fs::set_permissions(&home, fs::Permissions::from_mode(mode)).unwrap();
        may(0o555);
        let (is_refused, opened) = (fs::write(home.join("probe"), "").is_err(), Reader::open(&index));
        may(0o755);
        let reader = opened.unwrap();
        assert_eq!(reader.manifest().totals.pieces, 1);
        // The system's administrator may write everywhere.
        assert_eq!(reader.path() == index.with_extension(NEW), is_refused);
    }
}
