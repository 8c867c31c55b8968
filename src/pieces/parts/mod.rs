//! A file is cut into its parts: itself, or the files, messages or records inside it.
//!
//! Takes a file; gives its parts one by one. Never unpacks to disk and never holds more than one part, because a mailbox, a table or an archive
//! may be larger than memory. Archives are made by strangers: their size when unpacked, number of files and depth are limited, and what exceeds a
//! limit is skipped with the reason.

mod bounded;
mod mailbox;
mod tar;
mod transcoded;
mod warc;
mod zip;

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, BufReader, Cursor, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::format::HEAD;
use super::read::{self, Line, Reading, json, table};
use super::{Decoding, Format, Limits, Mapping, Piece, Reason, Skipped, decode, guarded};

pub(super) use bounded::reason;
use bounded::{Bounded, peek};
use transcoded::Transcoded;

/// A part of a file, to be read for itself.
#[derive(Debug)]
pub struct Part {
    /// Its path inside the file, if that is an archive.
    pub inside: Option<String>,
    content: Content,
}

#[derive(Debug)]
enum Content {
    /// A file, or what stands for one.
    Whole { format: Format, bytes: Vec<u8>, with: With },
    /// A line of a file of records.
    Line(Line),
    /// A record.
    Record(table::Row),
    /// How a stream of parts was decoded.
    Decoded(Decoding),
    /// What is left out.
    LeftOut(Skipped),
}

/// What is known of a text beside its bytes.
#[derive(Clone, Debug, Default)]
pub(super) struct With {
    /// Where it was published.
    pub(super) url: Option<String>,
    /// The encoding that came with it.
    pub(super) charset: Option<String>,
    /// Its place among its file's pieces.
    pub(super) record: Option<u64>,
    /// The line in which it begins.
    pub(super) line: Option<u64>,
}

impl Part {
    /// A file that is left out.
    #[must_use]
    pub fn left_out(reason: Reason) -> Self {
        Self { inside: None, content: Content::LeftOut(Skipped::file(reason)) }
    }

    /// About how many bytes of memory it takes until it is read.
    #[must_use]
    pub fn size(&self) -> usize {
        match &self.content {
            Content::Whole { format, bytes, .. } => OWN + weight(*format, bytes),
            Content::Line(line) => OWN + TIMES_TEXT * line.bytes.as_ref().map_or(0, Vec::len),
            Content::Record(row) => OWN + TIMES_TEXT * row.size,
            Content::Decoded(_) | Content::LeftOut(_) => OWN,
        }
    }

    /// The pieces in it, a part of the file at `path` in its root. A record's fields are taken by `mapping`.
    #[must_use]
    pub fn read(self, path: &str, limits: &Limits, mapping: &Mapping) -> Reading {
        let line = self.content.line();
        let read = guarded(|| self.content.read(self.inside.as_deref(), path, limits, mapping));
        let mut reading =
            read.unwrap_or_else(|reason| Reading { skipped: vec![Skipped { line, ..Skipped::file(reason) }], ..Reading::default() });
        if self.inside.is_some() {
            reading.pieces.iter_mut().for_each(|piece: &mut Piece| piece.inside.clone_from(&self.inside));
            reading.skipped.iter_mut().for_each(|skipped| skipped.inside.clone_from(&self.inside));
        }
        reading
    }
}

impl Content {
    /// The line in which it begins, where it is one of several in a file.
    const fn line(&self) -> Option<u64> {
        match self {
            Self::Whole { with, .. } => with.line,
            Self::Line(line) => Some(line.line),
            Self::Record(row) => row.line,
            Self::Decoded(_) => None,
            Self::LeftOut(skipped) => skipped.line,
        }
    }

    fn read(self, inside: Option<&str>, path: &str, limits: &Limits, mapping: &Mapping) -> Reading {
        let mut reading = match self {
            Self::Whole { format, bytes, with } => {
                let reading = read::whole(bytes, format, &with, limits, mapping);
                // A feed without entries, a list without records.
                let is_empty = reading.pieces.is_empty() && reading.skipped.is_empty();
                if is_empty { Reading { skipped: vec![Skipped::file(Reason::Empty)], ..reading } } else { reading }
            }
            Self::Line(line) => line.read(mapping),
            Self::Record(row) => row.read(mapping),
            Self::Decoded(decoding) => Reading { decoded: vec![decoding], ..Reading::default() },
            Self::LeftOut(skipped) => Reading { skipped: vec![skipped], ..Reading::default() },
        };
        let path = inside.map_or_else(|| path.into(), |inside| Cow::from(format!("{path}/{inside}")));
        reading.pieces.iter_mut().for_each(|piece| read::complete(piece, &path));
        reading.bound(limits.piece);
        reading
    }
}

/// Hands the parts of the file at `path`, of `size` bytes, to `give`, in order, until that says `false`. `file` is the file, opened; a part
/// that is left out is a part like any other.
pub fn parts(path: &Path, size: u64, file: &mut dyn Read, limits: &Limits, give: &mut dyn FnMut(Part) -> bool) {
    let budget = limits.expanded.saturating_add(size.saturating_mul(limits.ratio));
    let mut given = 0_u64;
    let mut counted = |part: Part| {
        given += u64::from(!matches!(part.content, Content::Decoded(_)));
        give(part)
    };
    let mut unpacker = Unpacker { path, limits, budget: Rc::new(Cell::new(budget)), allowed: budget, entries: 0, give: &mut counted };
    let place = Place { name: path.to_owned(), inside: None, nesting: 0, on_disk: true };
    let flow = unpacker.open(&place, file);
    // A table without rows, an archive without files: that there is nothing in it is told. Stopping early is no news to who asked for it.
    if given == 0 && flow.is_continue() {
        give(Part::left_out(Reason::Empty));
    }
}

/// About how many bytes of memory it takes to read a file in `format`: a few bytes of markup or of a packed document may take many.
fn weight(format: Format, bytes: &[u8]) -> usize {
    match format {
        Format::Html | Format::Mhtml | Format::Mail | Format::Feed => {
            bytes.len() + BYTES_OF_TAG * bytes.iter().filter(|&&byte| byte == b'<').count()
        }
        Format::Epub | Format::Docx | Format::Odt | Format::Slides | Format::Sheet => {
            bytes.len().saturating_add(EXPANDED.saturating_mul(read::unpacked_size(bytes)))
        }
        Format::Pdf => EXPANDED * bytes.len(),
        _ => TIMES_TEXT * bytes.len(),
    }
}

/// What a part takes though there is nothing in it.
const OWN: usize = 400;
/// How many times its text is held until it is analysed.
const TIMES_TEXT: usize = 6;
/// What a tag takes, as was measured.
const BYTES_OF_TAG: usize = 1_024;
/// How many times what comes out of a document is held.
const EXPANDED: usize = 4;

type Flow = ControlFlow<()>;

/// Where a part stands.
struct Place {
    /// Its name, by which its format is told.
    name: PathBuf,
    /// Its path inside the file on disk.
    inside: Option<String>,
    /// How many containers it is in.
    nesting: usize,
    /// Whether it is the file on disk itself.
    on_disk: bool,
}

struct Unpacker<'u> {
    path: &'u Path,
    limits: &'u Limits,
    /// How many bytes may still come out of what is compressed, and how many might in all.
    budget: Rc<Cell<u64>>,
    allowed: u64,
    /// Files in archives, so far.
    entries: u64,
    give: &'u mut dyn FnMut(Part) -> bool,
}

impl Unpacker<'_> {
    fn give(&mut self, place: &Place, content: Content) -> Flow {
        if (self.give)(Part { inside: place.inside.clone(), content }) { Flow::Continue(()) } else { Flow::Break(()) }
    }

    fn leave_out(&mut self, place: &Place, reason: Reason) -> Flow {
        self.give(place, Content::LeftOut(Skipped::file(reason)))
    }

    fn failed(&mut self, place: &Place, error: &io::Error) -> Flow {
        self.leave_out(place, reason(error, self.allowed))
    }

    /// Opens what `reader` gives, whatever it is. What unpacks it is somebody else's work for the most part.
    fn open(&mut self, place: &Place, reader: &mut dyn Read) -> Flow {
        guarded(|| self.open_by_format(place, reader)).unwrap_or_else(|reason| self.leave_out(place, reason))
    }

    fn open_by_format(&mut self, place: &Place, reader: &mut dyn Read) -> Flow {
        let head = match peek(reader, HEAD) {
            Ok(head) => head,
            Err(error) => return self.failed(place, &error),
        };
        let format = match Format::told(&place.name, &head) {
            Ok(format) => format,
            Err(reason) => return self.leave_out(place, reason),
        };
        let is_list = format == Format::Json && head.trim_ascii_start().first() == Some(&b'[');
        let mut reader = Cursor::new(head).chain(reader);
        match format {
            Format::Gzip | Format::Zstd | Format::Zip | Format::Tar if place.nesting > self.limits.nesting => {
                self.leave_out(place, Reason::Nested(self.limits.nesting))
            }
            Format::Gzip => {
                let decoder = flate2::read::MultiGzDecoder::new(BufReader::new(reader));
                self.open(&unpacked(place), &mut Bounded::new(decoder, &self.budget.clone()))
            }
            Format::Zstd => match ruzstd::decoding::StreamingDecoder::new(reader) {
                Ok(decoder) => self.open(&unpacked(place), &mut Bounded::new(decoder, &self.budget.clone())),
                Err(error) => self.leave_out(place, Reason::Broken(error.to_string())),
            },
            Format::Zip => self.zip(place, &mut reader),
            Format::Tar => self.tar(place, &mut reader),
            Format::Mailbox => self.mailbox(place, &mut reader),
            Format::Warc => self.warc(place, &mut reader),
            Format::JsonLines => {
                self.records(place, &mut reader, |text, limits| Box::new(json::lines(text, limits.record).map(Content::Line)))
            }
            Format::Json if is_list => {
                self.records(place, &mut reader, |text, limits| Box::new(json::elements(text, limits.record).map(Content::Line)))
            }
            Format::Table => self.records(place, &mut reader, |text, limits| {
                Box::new(table::rows(text, limits.record).map(|row| row.map_or_else(Content::LeftOut, Content::Record)))
            }),
            format => self.whole(place, &mut reader, format, With::default()),
        }
    }

    /// Hands out a file that is read whole.
    fn whole(&mut self, place: &Place, reader: &mut dyn Read, format: Format, with: With) -> Flow {
        let limit = self.limits.of(format);
        let mut bytes = Vec::new();
        match reader.take(limit + 1).read_to_end(&mut bytes) {
            Err(error) => self.failed(place, &error),
            Ok(_) if bytes.len() as u64 > limit => self.leave_out(place, Reason::TooLarge { limit }),
            Ok(_) => self.give(place, Content::Whole { format, bytes, with }),
        }
    }

    /// Hands out the records that `cut` finds in a text.
    fn records(&mut self, place: &Place, reader: &mut dyn Read, cut: Cut) -> Flow {
        let mut text = match Transcoded::new(reader) {
            Ok(text) => text,
            Err(Ok(reason)) => return self.leave_out(place, reason),
            Err(Err(error)) => return self.failed(place, &error),
        };
        for content in cut(&mut text, self.limits) {
            self.give(place, content)?;
        }
        match text.decoding().filter(Decoding::is_remarkable) {
            Some(decoding) => self.give(place, Content::Decoded(decoding)),
            None => Flow::Continue(()),
        }
    }
}

type Cut = for<'t> fn(&'t mut dyn io::BufRead, &'t Limits) -> Box<dyn Iterator<Item = Content> + 't>;

/// The place of what is compressed at `place`.
fn unpacked(place: &Place) -> Place {
    let name = match place.name.extension().map(|ending| ending.to_string_lossy().to_lowercase()).as_deref() {
        Some("tgz" | "tzst") => place.name.with_extension("tar"),
        Some("gz" | "zst") => place.name.with_extension(""),
        _ => place.name.clone(),
    };
    Place { name, inside: place.inside.clone(), nesting: place.nesting + 1, on_disk: false }
}

/// The place of a file called `name` in the archive at `place`; why it is not to be read, if so; nothing if it is to be passed over in
/// silence, as hidden files are.
fn inner(place: &Place, name: &str) -> Option<Result<Place, Reason>> {
    let name = name.replace('\\', "/");
    let parts: Vec<&str> = name.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    if name.ends_with('/') || parts.is_empty() || parts.iter().any(|part| (part.starts_with('.') && *part != "..") || *part == "__MACOSX") {
        return None;
    }
    let inside = match &place.inside {
        Some(outer) => format!("{outer}/{}", parts.join("/")),
        None => parts.join("/"),
    };
    let leads_out = name.starts_with('/') || parts.contains(&"..");
    let inner = Place { name: PathBuf::from(&inside), inside: Some(inside), nesting: place.nesting + 1, on_disk: false };
    Some(if leads_out { Err(Reason::Path) } else { Ok(inner) })
}

/// Reads what is left of a file in an archive, and fails if the archive ends before it does.
fn drain<R: Read>(file: &mut io::Take<R>) -> io::Result<()> {
    io::copy(file, &mut io::sink())?;
    if file.limit() > 0 {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the archive ends in the middle of a file"));
    }
    Ok(())
}

/// The text of a name in an archive, in whatever encoding.
fn name_text(bytes: &[u8]) -> String {
    decode::decode(bytes.to_vec(), None).map_or_else(|_| String::from_utf8_lossy(bytes).into_owned(), |(text, _)| text)
}

#[cfg(test)]
mod tests;
