use std::path::PathBuf;

/// Something that was left out, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The line, for a record of a file of records.
    pub line: Option<u64>,
    /// Why.
    pub reason: Reason,
}

impl Skipped {
    /// A whole file left out.
    #[must_use]
    pub const fn file(reason: Reason) -> Self {
        Self { line: None, reason }
    }
}

/// Why a file or a record was left out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// No reader for files of this kind.
    #[error("no reader for this kind of file ({0})")]
    Unsupported(String),
    /// The operating system refused.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// Bytes that are no text.
    #[error("binary data, not text")]
    Binary,
    /// Text in another encoding than UTF-8.
    #[error("not UTF-8: {0}")]
    Encoding(String),
    /// Larger than the limit.
    #[error("{size} bytes, more than the limit of {limit}")]
    TooLarge {
        /// Its size in bytes.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// JSON that is broken.
    #[error("broken JSON: {0}")]
    Json(String),
    /// JSON of another shape than a record or a list of records.
    #[error("no record with a title or text in this JSON")]
    NoRecord,
    /// A row of a table without title and text.
    #[error("no title or text in this row: the first row names the columns, of which one has to be title, headline, text or body")]
    NoRow,
    /// A row of a table that cannot be read.
    #[error("a broken row: {0}")]
    Table(String),
    /// Neither text nor title.
    #[error("neither text nor title")]
    Empty,
    /// HTML without main text.
    #[error("no main text found in this HTML")]
    NoMainText,
    /// HTML nested deeper than the limit.
    #[error("HTML nested more than {0} levels deep")]
    TooDeep(usize),
    /// A reader failed in a way that it should not.
    #[error("the reader failed on it: {0}")]
    Reader(String),
    /// A symbolic link.
    #[error("a symbolic link to {} is not followed", .0.display())]
    Link(PathBuf),
    /// A device, pipe or socket.
    #[error("not a regular file")]
    Special,
    /// A name that is not UTF-8.
    #[error("a file name that is not UTF-8")]
    Name,
}

impl Reason {
    /// Whether the file could not be read at all, as opposed to read and found to hold nothing for us. The first is a failure that the
    /// user may mend; the second is not.
    #[must_use]
    pub const fn is_failure(&self) -> bool {
        matches!(self, Self::Unreadable(_))
    }
}
