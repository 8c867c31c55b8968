use std::path::PathBuf;

/// Something that was left out, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The path inside the file, if it is an archive.
    pub inside: Option<String>,
    /// The line, for a record of a file of records.
    pub line: Option<u64>,
    /// Why.
    pub reason: Reason,
}

/// Where something was left out: the file at `path`, or what is inside of it, and the line.
#[must_use]
pub fn place_of(path: &str, inside: Option<&str>, line: Option<u64>) -> String {
    let inside = inside.map(|inside| format!("/{inside}")).unwrap_or_default();
    let line = line.map(|line| format!(", line {line}")).unwrap_or_default();
    format!("{path}{inside}{line}")
}

impl Skipped {
    /// A record left out, in `line`.
    #[must_use]
    pub const fn line(line: u64, reason: Reason) -> Self {
        Self { inside: None, line: Some(line), reason }
    }

    /// A whole file left out.
    #[must_use]
    pub const fn file(reason: Reason) -> Self {
        Self { inside: None, line: None, reason }
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
    /// Text in an encoding that nothing tells.
    #[error("text in an unknown encoding; save it as UTF-8")]
    Encoding,
    /// Larger than the limit.
    #[error("more than {limit} bytes, the limit for files that are read whole")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// JSON that is broken.
    #[error("broken JSON: {0}")]
    Json(String),
    /// JSON of another shape than a record or a list of records.
    #[error("no record with a title or text in this JSON")]
    NoRecord,
    /// JSON in which the text of a record is of parts that nothing tells apart.
    #[error("the text of this record is an object or a list, not a text; name what of it is the text with --map text=text.FIELD")]
    Structured,
    /// A row of a table without title and text.
    #[error("no title or text in this row (the first row names the columns); name them with --map title=COLUMN --map text=COLUMN")]
    NoRow,
    /// A row of a table that is longer than the limit.
    #[error("a row of more than {limit} bytes; it and the rest of the table are left out (an unclosed quotation mark?)")]
    RowTooLong {
        /// The limit in bytes.
        limit: u64,
    },
    /// A row of a table with more cells than there are names of columns.
    #[error("more cells in this row than the first names columns; those behind the last name are left out (an unquoted comma?)")]
    Nameless,
    /// A table that ends in a quotation.
    #[error("a quotation mark that is not closed; the rest of the table is read as one cell")]
    Unclosed,
    /// A row of a table that cannot be read.
    #[error("a broken row: {0}")]
    Table(String),
    /// A file that is not as its format says.
    #[error("a broken file: {0}")]
    Broken(String),
    /// A document that asks for a password.
    #[error("encrypted")]
    Encrypted,
    /// A document without text: images of pages, or forms.
    #[error("no text in this document (a scan?)")]
    NoText,
    /// A text that is attached to a message, by its name, and what is wrong with it.
    #[error("the attachment {0}: {1}")]
    Attachment(String, String),
    /// A file of another kind that is attached to a message, by its name.
    #[error("the attachment {0} is not read; save it beside the message")]
    Attached(String),
    /// Pages of a document.
    #[error("unreadable pages: {0}")]
    Pages(String),
    /// A piece that is larger than the limit.
    #[error("a text of {size} bytes, more than the limit of {limit} for one piece")]
    TooLong {
        /// Its size in bytes.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// What comes out of a compressed file is more than the limit.
    #[error("unpacks to more than {0} bytes, many times its size (a decompression bomb?)")]
    Expands(u64),
    /// Archives in archives.
    #[error("archives nested more than {0} deep")]
    Nested(usize),
    /// More files in an archive than the limit.
    #[error("more than {0} files in this archive; the rest is left out")]
    Entries(u64),
    /// A path in an archive that leads out of it.
    #[error("its path leads out of the archive")]
    Path,
    /// A file of the folder that a browser saves beside a page.
    #[error("part of the saved page {0}")]
    SideFile(String),
    /// Neither text nor title.
    #[error("neither text nor title")]
    Empty,
    /// HTML without main text.
    #[error("no main text found in this HTML")]
    NoMainText,
    /// HTML nested deeper than the limit.
    #[error("HTML nested more than {0} levels deep")]
    TooDeep(usize),
    /// HTML of more tags than the limit.
    #[error("HTML of more than {0} elements")]
    TooManyTags(usize),
    /// HTML with an element of more attributes than the limit.
    #[error("HTML with an element of more than {0} attributes")]
    TooManyAttributes(usize),
    /// A reader failed in a way that it should not.
    #[error("the reader failed: {0}")]
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
    /// Whether the system refused, which may be another time, though the file looks the same.
    #[must_use]
    pub const fn is_refusal(&self) -> bool {
        matches!(self, Self::Unreadable(_))
    }

    /// Whether there is, or may be, something for us that could not be read: broken, locked or past a limit. As opposed to what was read, or is
    /// known, to hold nothing for us, such as files of another kind.
    #[must_use]
    pub const fn is_failure(&self) -> bool {
        match self {
            Self::Unreadable(_)
            | Self::Encoding
            | Self::TooLarge { .. }
            | Self::Json(_)
            | Self::Structured
            | Self::Nameless
            | Self::Unclosed
            | Self::RowTooLong { .. }
            | Self::Table(_)
            | Self::Broken(_)
            | Self::Encrypted
            | Self::Attachment(..)
            | Self::Pages(_)
            | Self::TooLong { .. }
            | Self::Expands(_)
            | Self::Nested(_)
            | Self::Entries(_)
            | Self::Path
            | Self::TooDeep(_)
            | Self::TooManyTags(_)
            | Self::TooManyAttributes(_)
            | Self::Reader(_) => true,
            Self::Unsupported(_)
            | Self::Binary
            | Self::NoRecord
            | Self::NoRow
            | Self::NoText
            | Self::Attached(_)
            | Self::SideFile(_)
            | Self::Empty
            | Self::NoMainText
            | Self::Link(_)
            | Self::Special
            | Self::Name => false,
        }
    }
}
