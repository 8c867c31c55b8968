use crate::pieces::{Entry, Skipped};

/// A file that the index knows, with what tells whether it has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownFile {
    /// Its root and path.
    pub key: String,
    /// Its size in bytes when it was read.
    pub size: u64,
    /// When it was changed, in nanoseconds since 1970, when it was read.
    pub modified: i64,
}

impl KnownFile {
    /// Whether the file on disk looks as it did when it was read.
    #[must_use]
    pub fn is_unchanged(&self, entry: &Entry) -> bool {
        self.size == entry.size && self.modified == entry.modified
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
