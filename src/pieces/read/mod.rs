//! Readers, one for each format. Each takes bytes and gives pieces, and what was skipped with the reason. None touches the disk.

mod beside;
mod byline;
mod complete;
mod dateline;
mod docx;
mod epub;
mod escaped;
mod feed;
mod front_matter;
mod html;
mod imprint;
mod joints;
pub(super) mod json;
mod kind;
mod labels;
mod linked;
mod mail;
mod markdown;
mod metadata;
mod mhtml;
mod nesting;
mod odt;
mod package;
mod pdf;
mod plain;
mod published;
mod region;
mod rtf;
mod sheet;
mod slides;
mod stamp;
pub(super) mod table;
mod xml;

use super::decode::{self, decode};
use super::parts::With;
use super::{Decoding, Format, Lines, Mapping, Margins, Piece, Reason, Skipped, guarded};

pub(super) use complete::complete;
pub use docx::with_block_quotations;
pub use json::{Line, lines};
pub use kind::folder_kind;
pub(super) use package::unpacked_size;
pub(super) use region::bare;

/// How much is taken on.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of a plain text. Files of records, mailboxes and archives are not read whole, and may be of any size.
    pub file: u64,
    /// Bytes of any other file that is read whole.
    pub marked: u64,
    /// Tags in HTML.
    pub tags: usize,
    /// Bytes of one record of a file of records, or message of a mailbox.
    pub record: usize,
    /// Bytes of the text of one piece.
    pub piece: usize,
    /// Levels of nesting in HTML and XML.
    pub depth: usize,
    /// Bytes that may come out of a compressed file, …
    pub expanded: u64,
    /// … and so many more for each byte of it.
    pub ratio: u64,
    /// Archives in archives.
    pub nesting: usize,
    /// Files in an archive.
    pub entries: u64,
}

impl Limits {
    /// Bytes of a file in `format`, where that is read whole.
    pub(super) const fn of(&self, format: Format) -> u64 {
        match format {
            Format::Plain | Format::Markdown => self.file,
            _ => self.marked,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file: 64 << 20,
            marked: 24 << 20,
            tags: 150_000,
            record: 32 << 20,
            piece: 8 << 20,
            depth: 2_000,
            expanded: 256 << 20,
            ratio: 200,
            nesting: 4,
            entries: 1_000_000,
        }
    }
}

/// What a part of a file holds.
#[derive(Debug, Default)]
pub struct Reading {
    /// Its pieces, in order.
    pub pieces: Vec<Piece>,
    /// What was left out of it.
    pub skipped: Vec<Skipped>,
    /// How its texts were decoded.
    pub decoded: Vec<Decoding>,
}

impl Reading {
    fn of(piece: Result<Piece, Reason>) -> Self {
        match piece {
            Ok(piece) if piece.is_empty() => Self::left_out(Reason::Empty),
            Ok(piece) => Self { pieces: vec![piece], ..Self::default() },
            Err(reason) => Self::left_out(reason),
        }
    }

    fn left_out(reason: Reason) -> Self {
        Self { skipped: vec![Skipped::file(reason)], ..Self::default() }
    }

    pub(super) fn append(&mut self, mut other: Self) {
        self.pieces.append(&mut other.pieces);
        self.skipped.append(&mut other.skipped);
        self.decoded.append(&mut other.decoded);
    }

    /// Cuts the only piece of a file into several where its text is longer than `limit` bytes, since analysing takes memory in proportion;
    /// a record as long is left out.
    pub(super) fn bound(&mut self, limit: usize) {
        if self.pieces.iter().all(|piece| piece.text.len() <= limit) {
            return;
        }
        for piece in std::mem::take(&mut self.pieces) {
            if piece.text.len() <= limit {
                self.pieces.push(piece);
            } else if piece.record.is_some() || piece.id.is_some() {
                let reason = Reason::TooLong { size: piece.text.len() as u64, limit: limit as u64 };
                self.skipped.push(Skipped { line: piece.lines.at(0), ..Skipped::file(reason) });
            } else {
                self.pieces.extend(piece.cut(limit));
            }
        }
    }
}

/// The pieces in `bytes`, the contents of a file in `format`. What is packed in an archive is none of this: see
/// [`parts`](super::parts()).
#[must_use]
pub fn read(bytes: Vec<u8>, format: Format, limits: &Limits) -> Reading {
    if bytes.len() as u64 > limits.file {
        return Reading::left_out(Reason::TooLarge { limit: limits.file });
    }
    guarded(|| whole(bytes, format, &With::default(), limits, &Mapping::default())).unwrap_or_else(Reading::left_out)
}

/// The pieces in `bytes`, which came `with` something.
pub(super) fn whole(bytes: Vec<u8>, format: Format, with: &With, limits: &Limits, mapping: &Mapping) -> Reading {
    let mut reading = by_format(bytes, format, with, limits, mapping);
    for piece in &mut reading.pieces {
        piece.record = with.record.or(piece.record);
        piece.url = piece.url.take().or_else(|| with.url.clone());
        if matches!(format, Format::Html | Format::Mhtml) {
            piece.margins = Margins::of(&piece.text, piece.url.as_deref(), piece.source.as_deref());
        }
        if let (Some(line), Lines::None) = (with.line, &piece.lines) {
            piece.lines = Lines::Record(line);
        }
    }
    reading.skipped.iter_mut().for_each(|skipped| skipped.line = with.line.or(skipped.line));
    reading
}

fn by_format(bytes: Vec<u8>, format: Format, with: &With, limits: &Limits, mapping: &Mapping) -> Reading {
    // Formats that say for each of their parts how it is encoded, or that are no text.
    match format {
        Format::Mail => return mail::read(&bytes, limits),
        Format::Mhtml => return Reading::of(mhtml::read(&bytes, limits)),
        Format::Epub => return epub::read(bytes, limits),
        Format::Docx => return Reading::of(docx::read(bytes, limits)),
        Format::Odt => return Reading::of(odt::read(bytes, limits)),
        Format::Slides => return Reading::of(slides::read(bytes, limits)),
        Format::Sheet => return sheet::read(bytes, limits, mapping),
        Format::Pdf => return pdf::read(&bytes, limits),
        Format::Rtf => return Reading::of(rtf::read(&bytes, limits)),
        Format::Mailbox | Format::Warc | Format::Gzip | Format::Zstd | Format::Zip | Format::Tar => {
            return Reading::left_out(Reason::Unsupported("an archive, not a single file".to_owned()));
        }
        Format::Plain | Format::Markdown | Format::Html | Format::Json | Format::JsonLines | Format::Table | Format::Feed => {}
    }
    let declared = match format {
        Format::Html | Format::Feed => with.charset.clone().or_else(|| decode::declared(&bytes)),
        _ => with.charset.clone(),
    };
    let (text, decoding) = match decode(bytes, declared.as_deref()) {
        Ok(decoded) => decoded,
        Err(reason) => return Reading::left_out(reason),
    };
    let mut reading = match format {
        Format::Markdown => Reading::of(markdown::read(&text, limits)),
        Format::Html => Reading::of(html::read(&text, limits)),
        Format::Json => json::read(&text, mapping),
        Format::Table => table::read(&text, limits.record, mapping),
        Format::Feed => feed::read(&text, limits),
        Format::JsonLines => {
            let mut reading = Reading::default();
            lines(text.as_bytes(), limits.record).for_each(|line| reading.append(line.read(mapping)));
            reading
        }
        _ => Reading::of(Ok(plain::read(text))),
    };
    reading.decoded.push(decoding);
    reading.decoded.retain(Decoding::is_remarkable);
    reading
}

#[cfg(test)]
mod tests;
