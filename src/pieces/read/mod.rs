//! Readers, one for each format: bytes in, pieces and what was left out of them out.

mod byline;
mod feed;
mod front_matter;
mod html;
mod json;
mod mail;
mod markdown;
mod plain;
mod table;

use std::path::Path;

use super::decode::decode;
use super::{Piece, Reason, Skipped};

pub use json::{Line, lines};

/// How much a reader takes on.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of a file that is read whole.
    pub file: u64,
    /// Bytes of one record of a file of records.
    pub record: usize,
    /// Levels of nesting in HTML.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { file: 256 << 20, record: 64 << 20, depth: 2_000 }
    }
}

/// A format that pieces come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text, one piece.
    Plain,
    /// Markdown with or without front matter, one piece.
    Markdown,
    /// A saved page, one piece.
    Html,
    /// A JSON record, or a list of records.
    Json,
    /// JSON records, one a line: read as a stream, however long the file is.
    JsonLines,
    /// A table of records under the names of its first row.
    Table,
    /// A feed of pieces, RSS or Atom.
    Feed,
    /// A message, one piece.
    Mail,
}

impl Format {
    /// The format of the file at `path`, by the ending of its name.
    pub fn of(path: &Path) -> Result<Self, Reason> {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        match ending.as_str() {
            "txt" | "text" => Ok(Self::Plain),
            "md" | "markdown" | "mdown" => Ok(Self::Markdown),
            "html" | "htm" | "xhtml" | "shtml" => Ok(Self::Html),
            "json" => Ok(Self::Json),
            "jsonl" | "ndjson" => Ok(Self::JsonLines),
            "csv" | "tsv" => Ok(Self::Table),
            "xml" | "rss" | "atom" => Ok(Self::Feed),
            "eml" => Ok(Self::Mail),
            "" => Err(Reason::Unsupported("its name has no ending".to_owned())),
            other => Err(Reason::Unsupported(format!(".{other}"))),
        }
    }
}

/// What a file holds.
#[derive(Debug, Default)]
pub struct Reading {
    /// Its pieces, in order.
    pub pieces: Vec<Piece>,
    /// What was left out of it.
    pub skipped: Vec<Skipped>,
}

impl Reading {
    fn of(piece: Result<Piece, Reason>) -> Self {
        match piece {
            Ok(piece) if piece.is_empty() => Self::left_out(Reason::Empty),
            Ok(piece) => Self { pieces: vec![piece], skipped: Vec::new() },
            Err(reason) => Self::left_out(reason),
        }
    }

    fn left_out(reason: Reason) -> Self {
        Self { pieces: Vec::new(), skipped: vec![Skipped::file(reason)] }
    }
}

/// The pieces in `bytes`, the contents of a file in `format`.
#[must_use]
pub fn read(bytes: Vec<u8>, format: Format, limits: &Limits) -> Reading {
    let size = bytes.len() as u64;
    if size > limits.file {
        return Reading::left_out(Reason::TooLarge { size, limit: limits.file });
    }
    if format == Format::Mail {
        // A message says for each of its parts how it is encoded.
        return Reading::of(mail::read(&bytes));
    }
    let text = match decode(bytes) {
        Ok(text) => text,
        Err(reason) => return Reading::left_out(reason),
    };
    match format {
        Format::Mail => Reading::of(mail::read(text.as_bytes())),
        Format::Plain => Reading::of(Ok(plain::read(text))),
        Format::Markdown => Reading::of(markdown::read(&text)),
        Format::Html => Reading::of(html::read(&text, limits)),
        Format::Json => json::read(&text),
        Format::Table => table::read(&text),
        Format::Feed => feed::read(&text),
        Format::JsonLines => {
            let mut reading = Reading::default();
            for line in lines(text.as_bytes(), limits.record) {
                match line.piece() {
                    Ok(piece) => reading.pieces.push(piece),
                    Err(skipped) => reading.skipped.push(skipped),
                }
            }
            reading
        }
    }
}
