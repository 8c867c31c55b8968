use std::path::PathBuf;

use super::update::plan::split_owner;
use super::{Reader, StoredPiece};
use crate::pieces::{Look, Skipped};

/// A file that the index knows, with what tells whether it has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownFile {
    /// Its root and path.
    pub key: String,
    /// How it looked when it was read.
    pub look: Look,
}

/// When a file was changed that is to be read again, however it looks.
pub(super) const NEVER: i64 = i64::MIN;

impl KnownFile {
    /// The number of its root, and its path from there.
    #[must_use]
    pub fn place(&self) -> Option<(u32, &str)> {
        split_owner(&self.key)
    }
}

/// Something that was left out of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedFile {
    /// The file's path, as ids show it.
    pub path: String,
    /// What of it, and why.
    pub skipped: Skipped,
}

impl Reader {
    /// Whether a piece's file has changed since it was read, or is gone.
    #[must_use]
    pub fn is_stale(&self, piece: &StoredPiece) -> bool {
        let Some(path) = self.file_of(piece) else { return true };
        Look::of(&path).ok() != Some(Look { size: piece.size, modified: piece.modified })
    }

    /// Where a piece's file is on this machine.
    #[must_use]
    pub fn file_of(&self, piece: &StoredPiece) -> Option<PathBuf> {
        let at = self.manifest().roots.all().iter().position(|root| root.number == piece.root)?;
        let base = self.root_paths.get(at)?;
        // A root that is a file is its only path.
        let is_file = base.file_name().is_some_and(|name| name == piece.path.as_str()) && base.is_file();
        Some(if is_file { base.clone() } else { base.join(&piece.path) })
    }
}
