//! An index opened for reading at one commit.
//!
//! Readers take no lock and wait for nobody: what a commit is made of never changes, and if a writer sweeps files away between reading which
//! there are and opening them, opening is tried again. Of an index that is not ours, of another version or damaged, the error says which, and
//! what to do.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::OpenDirectoryError;
use tantivy::{Index, ReloadPolicy, SegmentPlugin, TantivyError};

use super::check::{end_repair, is_there};
use super::disk::commits::{Record, records};
use super::disk::directory::IndexDirectory;
use super::fields::{Fields, Meta};
use super::ids::Claims;
use super::segment::forward_plugin::ForwardIndexPlugin;
use super::segment::weighing::Weighing;
use super::texts::plugin::TextsPlugin;
use super::{Error, KnownFile, Manifest, Segment, StoredPassage, StoredPiece};
use crate::actors::RosterInUse;

/// An index opened for reading, as it stood at one commit.
pub struct Reader {
    path: Arc<Path>,
    fields: Fields,
    manifest: Manifest,
    /// Where its roots are on this machine, in their order.
    pub(super) root_paths: Vec<PathBuf>,
    /// The number of the last operation in it.
    opstamp: u64,
    /// The record of the commit that is read in place of the last, of which not all is there.
    pub(super) record: Option<PathBuf>,
    segments: Vec<Segment>,
    pub(super) claims: Claims,
    pub(super) roster: RosterInUse,
}

/// How many times an opening is tried when a writer commits meanwhile: it sweeps files away, and what is said of two commits does not fit together.
const TRIES: usize = 5;

/// Fails if the system keeps something of the index at `path` from us: then it looks damaged, and need not be.
pub(super) fn expect_readable(path: &Path) -> Result<(), Error> {
    let refused = |file: PathBuf| {
        let source = fs::File::open(&file).err().filter(|error| error.kind() == ErrorKind::PermissionDenied)?;
        Some(Error::Refused { file, source })
    };
    let mut files: Vec<PathBuf> = fs::read_dir(path).map(|files| files.flatten().map(|file| file.path()).collect()).unwrap_or_default();
    files.sort();
    std::iter::once(path.to_owned()).chain(files).find_map(refused).map_or(Ok(()), Err)
}

impl Reader {
    /// Opens the index at `path`: at its last commit, or, if not all of that is there, as in a copy that was made while it was written, at the one
    /// before ([`Reader::is_earlier`]). Never at one that held nothing yet: that would be no answer but a loss that nobody is told of.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let mut tries = 0;
        loop {
            tries += 1;
            let path = &end_repair(path);
            match Self::try_open(path, None) {
                Err(Error::Engine { source: TantivyError::OpenReadError(_), .. } | Error::Damaged { .. }) if tries < TRIES => {}
                // A repair is putting the new one in its place.
                Err(Error::Missing(_)) if tries < TRIES && is_there(path) => {}
                Err(error @ Error::Version { .. }) => return Err(error),
                Err(error) => {
                    expect_readable(path)?;
                    let held = records(path).into_iter().filter(|(_, record)| !record.is_empty());
                    let mut earlier = held.filter_map(|(name, _)| Self::try_open(path, Some(&name)).ok());
                    return earlier.next().ok_or_else(|| error.of_damage(path));
                }
                opened => return opened,
            }
        }
    }

    /// Whether it is an earlier commit that is read, because of the last not all is there.
    #[must_use]
    pub const fn is_earlier(&self) -> bool {
        self.record.is_some()
    }

    fn try_open(path: &Path, record: Option<&Path>) -> Result<Self, Error> {
        let engine = |source| Error::Engine { path: path.to_owned(), source };
        let index = open_index(path, record)?;
        let commit = record.map_or_else(|| Record::last(path), |name| Record::read(path, name)).ok_or_else(|| Error::Damaged {
            path: path.to_owned(),
            what: "its record of the last update has changed since it was written".to_owned(),
        })?;
        let manifest = manifest_in(path, &index, commit.payload.as_deref(), commit.is_empty())?;
        let (_, fields) = Fields::schema();
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(engine)?;
        let searcher = reader.searcher();
        // The engine has read for itself what the commit is made of, perhaps of the next one.
        let opened = searcher.segment_readers().iter().map(|segment| (segment.segment_id().uuid_string(), segment.delete_opstamp()));
        if !commit.is_of(opened) {
            return Err(Error::Damaged { path: path.to_owned(), what: "its segments are not those of its last update".to_owned() });
        }
        let path: Arc<Path> = path.into();
        let segments = searcher.segment_readers().iter().map(|segment| Segment::open(Arc::clone(&path), fields, segment.clone()));
        let segments = segments.collect::<Result<_, _>>()?;
        let record = record.map(Path::to_owned);
        let root_paths = manifest.roots.all().iter().map(|root| root.absolute(home(&path))).collect();
        let (claims, roster) = (Claims::default(), RosterInUse::default());
        Ok(Self { path, fields, manifest, root_paths, opstamp: commit.opstamp, record, segments, claims, roster })
    }

    /// Whether `other` is the same index at the same commit.
    #[must_use]
    pub fn is_at(&self, other: &Self) -> bool {
        self.path == other.path && self.opstamp == other.opstamp && self.manifest == other.manifest
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

    /// A text that is another one for every state of this index, and for every other index. Quickly told, but the same files indexed again
    /// have another.
    #[must_use]
    pub fn state(&self) -> String {
        self.segments.iter().map(Segment::state).collect::<Vec<_>>().join(" ")
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

    /// The passages of a piece, in order.
    pub fn passages_of(&self, piece: &StoredPiece) -> Result<Vec<StoredPassage>, Error> {
        let found = self.address_of(piece)?.and_then(|address| Some((self.segments.get(address.segment)?, address.header)));
        let (segment, header) = found.ok_or_else(|| self.damaged("a piece without passages"))?;
        (segment.block_map().first_passage(header)..header).map(|doc| segment.passage(doc)).collect()
    }

    fn damaged(&self, what: impl Into<String>) -> Error {
        Error::Damaged { path: self.path.to_path_buf(), what: what.into() }
    }
}

/// Opens tantivy's index at `path` for reading, at its last commit or at that of `record`.
pub(super) fn open_index(path: &Path, record: Option<&Path>) -> Result<Index, Error> {
    open_in(path, IndexDirectory::open(path, record))
}

/// The same for a writer.
pub(super) fn open_for_writing(path: &Path, record: Option<&Path>) -> Result<Index, Error> {
    open_in(path, IndexDirectory::open(path, record).map(IndexDirectory::for_writing))
}

fn open_in(path: &Path, directory: Result<IndexDirectory, OpenDirectoryError>) -> Result<Index, Error> {
    let directory = match directory {
        Ok(directory) => directory,
        Err(OpenDirectoryError::DoesNotExist(_)) => return Err(Error::Missing(path.to_owned())),
        Err(OpenDirectoryError::NotADirectory(_)) => return Err(Error::Foreign(path.to_owned())),
        // The folder that it would be in is a file.
        Err(OpenDirectoryError::IoError { io_error, .. }) if io_error.kind() == ErrorKind::NotADirectory => {
            return Err(Error::Foreign(path.to_owned()));
        }
        Err(error) => return Err(Error::Engine { path: path.to_owned(), source: error.into() }),
    };
    match Index::exists(&directory) {
        Ok(true) => {}
        Ok(false) if holds_nothing(path) => return Err(Error::Missing(path.to_owned())),
        Ok(false) => return Err(Error::Foreign(path.to_owned())),
        Err(error) => return Err(Error::Engine { path: path.to_owned(), source: error.into() }),
    }
    Index::open(directory).map(equipped).map_err(|source| Error::Engine { path: path.to_owned(), source })
}

/// Our parts of a segment, in the order in which they are written.
pub(super) fn parts() -> [Arc<dyn SegmentPlugin>; 3] {
    [Arc::new(ForwardIndexPlugin), Arc::new(TextsPlugin), Arc::new(Weighing)]
}

/// Gives tantivy's index our parts of segments, with which it was made.
pub(super) fn equipped(mut index: Index) -> Index {
    for part in parts() {
        index.register_plugin(part);
    }
    index
}

/// Whether a folder is empty but for what a writer begins with (hidden files): then one was stopped before anything was there.
pub(super) fn holds_nothing(path: &Path) -> bool {
    fs::read_dir(path).is_ok_and(|entries| entries.flatten().all(|entry| entry.file_name().to_string_lossy().starts_with('.')))
}

/// The manifest of an index, if it is ours and of our version.
pub(super) fn read_manifest(path: &Path, index: &Index) -> Result<Manifest, Error> {
    let commit = index.load_metas().map_err(|source| Error::Engine { path: path.to_owned(), source })?;
    manifest_in(path, index, commit.payload.as_deref(), commit.segments.is_empty())
}

/// The manifest that is the payload of the last commit of an index, of which it is known whether it is of nothing.
fn manifest_in(path: &Path, index: &Index, payload: Option<&str>, is_empty: bool) -> Result<Manifest, Error> {
    let Some(payload) = payload else {
        // Ours, but stopped before its first commit.
        let is_ours = index.schema() == Fields::schema().0 && is_empty;
        return Err(if is_ours { Error::Missing(path.to_owned()) } else { Error::Foreign(path.to_owned()) });
    };
    manifest_of(path, payload)
}

/// The manifest that is the payload of a commit of the index at `path`.
pub(super) fn manifest_of(path: &Path, payload: &str) -> Result<Manifest, Error> {
    let value: serde_json::Value = serde_json::from_str(payload).map_err(|_| Error::Foreign(path.to_owned()))?;
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

/// What is still known of what the index at `path` was made of, whatever is damaged: what its last commit says, else one that is kept.
pub(super) fn remembered(path: &Path) -> Option<Manifest> {
    let manifest = |record: &Record| manifest_of(path, record.payload.as_ref()?).ok();
    let last = Record::last(path).as_ref().and_then(manifest);
    // With a commit of no roots nobody knows what it was made of.
    let kept = || records(path).iter().filter_map(|(_, record)| manifest(record)).find(|manifest| !manifest.roots.all().is_empty());
    last.or_else(kept)
}

/// Whether the folder at `path` holds files of an index of ours.
#[must_use]
pub fn is_ours(path: &Path) -> bool {
    let is_ours = |name: &Path| {
        name.extension().is_some_and(|end| end == super::segment::forward_index::ENDING || end == super::disk::commits::RECORD)
    };
    fs::read_dir(path).is_ok_and(|entries| entries.flatten().any(|entry| is_ours(Path::new(&entry.file_name()))))
}

/// The folder that holds the index at `path` (`HOME/.pundit/index`).
pub(super) fn home(path: &Path) -> &Path {
    path.parent().and_then(Path::parent).unwrap_or(path)
}
