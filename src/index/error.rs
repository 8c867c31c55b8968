use std::io;
use std::path::{Path, PathBuf};

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenReadError, OpenWriteError};

use super::disk::commits::META;
use super::open::{is_ours, remembered};
use crate::pieces::MappingError;

/// Why an index could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no index.
    #[error("no index at {}", .0.display())]
    Missing(PathBuf),
    /// A folder that holds something other than a pundit index.
    #[error("{} is not a pundit index", .0.display())]
    Foreign(PathBuf),
    /// An index of another version.
    #[error("the index at {} was written in format {found}, this pundit reads format {expected}", .path.display())]
    Version {
        /// Where it is.
        path: PathBuf,
        /// Its version, format and analysis.
        found: String,
        /// The version that this program writes.
        expected: String,
    },
    /// Another process is writing.
    #[error("another pundit is writing to the index at {}", .0.display())]
    Busy(PathBuf),
    /// A path to be indexed does not exist.
    #[error("no such file or folder: {}", .0.display())]
    NoSuchPath(PathBuf),
    /// A path to be indexed that lies in a root, of which hidden files are left out.
    #[error("{} is hidden; hidden files in {} are not indexed", .part.display(), .root.display())]
    Hidden {
        /// The path.
        part: PathBuf,
        /// The root.
        root: PathBuf,
    },
    /// A root that was indexed is gone.
    #[error("the indexed folder {} is gone; nothing was removed", .0.display())]
    RootGone(PathBuf),
    /// A root that was indexed cannot be opened.
    #[error("cannot open the indexed folder {}: {source}", .root.display())]
    RootClosed {
        /// The root.
        root: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file pattern that is not valid.
    #[error("{0:?} is not a file pattern")]
    Pattern(String),
    /// A mapping of fields that is not valid.
    #[error(transparent)]
    Mapping(#[from] MappingError),
    /// A setting for a whole root was given for a part of one.
    #[error("--include, --exclude and --map apply to a whole indexed folder; {} is inside {}", .part.display(), .root.display())]
    PartOfRoot {
        /// The part.
        part: PathBuf,
        /// The root.
        root: PathBuf,
    },
    /// A folder around a root that was indexed with other settings.
    #[error("{} was indexed with its own --include, --exclude or --map; the command for {} does not repeat them", .root.display(), .around.display())]
    RootWithin {
        /// The root.
        root: PathBuf,
        /// The folder around it.
        around: PathBuf,
    },
    /// The system cannot start a thread to read files.
    #[error("cannot start a thread to read files: {0}")]
    NoThread(io::Error),
    /// The folder of the index cannot be written.
    #[error("cannot write the index at {}: {source}", .path.display())]
    Unwritable {
        /// Where it is.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The disk of the index is full.
    #[error("no space is left for the index at {}: {source}", .path.display())]
    Full {
        /// Where it is.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file of the index that may not be read.
    #[error("cannot read {}, which is part of an index: {source}", .file.display())]
    Refused {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// What the engine said.
    #[error("the index at {} failed: {}", .path.display(), plainly(.source))]
    Engine {
        /// Where it is.
        path: PathBuf,
        /// What it said.
        source: TantivyError,
    },
    /// Stored bytes that do not mean what they should.
    #[error("the index at {} is damaged: {what}", .path.display())]
    Damaged {
        /// Where it is.
        path: PathBuf,
        /// What does not fit.
        what: String,
    },
    /// So much is damaged that the roots are unknown.
    #[error("the index at {} is damaged beyond repair: it no longer names the folders it was made from", .0.display())]
    Lost(PathBuf),
}

impl Error {
    /// What it means that the index at `path` could not be locked.
    pub(super) fn of_lock(path: &Path, error: LockError) -> Self {
        match error {
            LockError::LockBusy => Self::Busy(path.to_owned()),
            LockError::IoError(source) => Self::unwritable(path, io::Error::new(source.kind(), source.to_string())),
        }
    }

    /// What `source` means for the index at `path`.
    pub(super) fn of_engine(path: &Path, source: TantivyError) -> Self {
        let full = match &source {
            TantivyError::IoError(io) | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error: io, .. }) => {
                if is_full(io) {
                    Some(io::Error::new(io.kind(), io.to_string()))
                } else {
                    full_by_words(&io.to_string())
                }
            }
            TantivyError::InternalError(said) => full_by_words(said),
            _ => None,
        };
        match full {
            Some(source) => Self::Full { path: path.to_owned(), source },
            None => Self::Engine { path: path.to_owned(), source },
        }
    }

    /// What it means that the index at `path` could not be opened for this.
    pub(super) fn of_damage(self, path: &Path) -> Self {
        match self {
            Self::Foreign(_) | Self::Engine { .. } | Self::Damaged { .. } if is_ours(path) => match remembered(path) {
                None => Self::Lost(path.to_owned()),
                Some(_) if matches!(self, Self::Foreign(_)) => {
                    Self::Damaged { path: path.to_owned(), what: format!("{META} is missing or has changed since it was written") }
                }
                Some(_) => self,
            },
            error => error,
        }
    }

    /// What it means that the folder of the index at `path` cannot be written.
    pub(super) fn unwritable(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        if is_full(&source) { Self::Full { path, source } } else { Self::Unwritable { path, source } }
    }
}

/// What the engine said. Of files it says it in the terms of programmers.
fn plainly(said: &TantivyError) -> String {
    match said {
        TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(file)) => format!("{} is missing", file.display()),
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath }) => {
            format!("cannot read {}: {io_error}", filepath.display())
        }
        TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, filepath }) => {
            format!("cannot write {}: {io_error}", filepath.display())
        }
        said => said.to_string(),
    }
}

fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

/// What some of the engine's writers say of a full disk, who keep no more of an error than its words.
fn full_by_words(said: &str) -> Option<io::Error> {
    full().find(|full| said.contains(&full.to_string()))
}

/// What systems say of a full disk, or of a quota that is used up.
fn full() -> impl Iterator<Item = io::Error> {
    let codes = [28, 39, 69, 112, 122].into_iter().map(io::Error::from_raw_os_error);
    codes.chain([io::ErrorKind::StorageFull.into(), io::ErrorKind::QuotaExceeded.into()]).filter(is_full)
}
