//! What a file is: told by what it begins with, then by its name, then by what its text looks like.
//!
//! What cannot be mistaken (a PDF's or a zip's first bytes) counts for more than a name; a name more than the look of a text, for an article may
//! begin like a table or a mail.

use std::path::Path;

use super::Reason;

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
    /// A table of records under the names of its first row: read as a stream.
    Table,
    /// A workbook, whose sheets are such tables.
    Sheet,
    /// A feed of pieces, RSS or Atom.
    Feed,
    /// A message, one piece.
    Mail,
    /// Messages one after another: read as a stream.
    Mailbox,
    /// A page saved with its images in one file, one piece.
    Mhtml,
    /// A book, whose chapters are pieces.
    Epub,
    /// A document of Word, one piece.
    Docx,
    /// A document of `OpenOffice`, one piece.
    Odt,
    /// Slides of `PowerPoint`, one piece.
    Slides,
    /// Rich text, one piece.
    Rtf,
    /// Pages with text, one piece.
    Pdf,
    /// An archive of the web, whose pages are pieces: read as a stream.
    Warc,
    /// A compressed file.
    Gzip,
    /// A compressed file.
    Zstd,
    /// Files in a compressed file.
    Zip,
    /// Files in a file: read as a stream.
    Tar,
}

/// Bytes at the top of a file by which its format is told.
pub(super) const HEAD: usize = 8_192;

impl Format {
    /// The format of the file at `path`, by the ending of its name.
    pub fn of(path: &Path) -> Result<Self, Reason> {
        let ending = ending(path);
        match ending.as_str() {
            "txt" | "text" => Ok(Self::Plain),
            "md" | "markdown" | "mdown" => Ok(Self::Markdown),
            "html" | "htm" | "xhtml" | "shtml" => Ok(Self::Html),
            "json" => Ok(Self::Json),
            "jsonl" | "ndjson" => Ok(Self::JsonLines),
            "csv" | "tsv" | "tab" => Ok(Self::Table),
            "xlsx" | "xlsm" => Ok(Self::Sheet),
            "xml" | "rss" | "atom" | "rdf" => Ok(Self::Feed),
            "eml" => Ok(Self::Mail),
            "mbox" | "mbx" => Ok(Self::Mailbox),
            "mht" | "mhtml" => Ok(Self::Mhtml),
            "epub" => Ok(Self::Epub),
            "docx" | "docm" | "dotx" => Ok(Self::Docx),
            "odt" | "ott" => Ok(Self::Odt),
            "pptx" | "ppsx" => Ok(Self::Slides),
            "rtf" => Ok(Self::Rtf),
            "pdf" => Ok(Self::Pdf),
            "warc" => Ok(Self::Warc),
            "gz" | "tgz" => Ok(Self::Gzip),
            "zst" | "tzst" => Ok(Self::Zstd),
            "zip" => Ok(Self::Zip),
            "tar" => Ok(Self::Tar),
            "" => Err(Reason::Unsupported("its name has no ending".to_owned())),
            other => Err(Reason::Unsupported(format!(".{other}"))),
        }
    }

    /// The format of the file at `path` that begins with `head`: what the bytes leave no doubt about, else by its name, else what the text
    /// looks like.
    pub(super) fn told(path: &Path, head: &[u8]) -> Result<Self, Reason> {
        let named = Self::of(path);
        if let Some(told) = by_magic(path, head, &named) {
            return told;
        }
        let start = String::from_utf8_lossy(head.get(..2_048).unwrap_or(head));
        let start = start.trim_start_matches('\u{FEFF}');
        match named {
            Ok(Self::Plain | Self::Feed | Self::Json) if is_page(start) => Ok(Self::Html),
            Ok(Self::Html | Self::Plain) if is_feed(start) => Ok(Self::Feed),
            Ok(Self::Plain | Self::Mail) if is_mailbox(start) => Ok(Self::Mailbox),
            Ok(Self::Plain) if is_mail(start) => Ok(Self::Mail),
            Ok(Self::Json) if is_lines(head) => Ok(Self::JsonLines),
            Ok(Self::JsonLines) if start.trim_start().starts_with('[') => Ok(Self::Json),
            // Formats that their bytes would have told.
            Ok(Self::Sheet | Self::Epub | Self::Docx | Self::Odt | Self::Slides | Self::Zip | Self::Gzip | Self::Zstd)
                if !head.is_empty() =>
            {
                Err(Reason::Broken("it does not begin as its name says".to_owned()))
            }
            Err(_) if ending(path).is_empty() => Ok(by_look(start, head)),
            named => named,
        }
    }
}

/// The ending of a name, in small letters.
fn ending(path: &Path) -> String {
    path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default()
}

fn by_magic(path: &Path, head: &[u8], named: &Result<Format, Reason>) -> Option<Result<Format, Reason>> {
    let unsupported = |what: &str| Some(Err(Reason::Unsupported(what.to_owned())));
    let has = |part: &[u8]| head.windows(part.len()).any(|window| window == part);
    match head {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(in_zip(path, named, has)),
        [0x1F, 0x8B, ..] => Some(Ok(Format::Gzip)),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Ok(Format::Zstd)),
        [b'B', b'Z', b'h', b'1'..=b'9', ..] => unsupported("bzip2; unpack it first"),
        [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => unsupported("xz; unpack it first"),
        [b'7', b'z', 0xBC, 0xAF, ..] => unsupported("7-Zip; unpack it first"),
        [b'R', b'a', b'r', b'!', ..] => unsupported("RAR; unpack it first"),
        // Newer documents are zips; what asks for a password is put into the container of the old ones.
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => match named {
            Ok(Format::Docx | Format::Sheet | Format::Slides) => Some(Err(Reason::Encrypted)),
            _ => unsupported("an old Office file or a message of Outlook; save it in a newer form"),
        },
        [b'{', b'\\', b'r', b't', b'f', ..] => Some(Ok(Format::Rtf)),
        [b'W', b'A', b'R', b'C', b'/', ..] => Some(Ok(Format::Warc)),
        _ if head.get(257..262) == Some(b"ustar") => Some(Ok(Format::Tar)),
        _ if head.get(..1_024).unwrap_or(head).windows(5).any(|window| window == b"%PDF-")
            && !matches!(named, Ok(Format::Plain | Format::Markdown)) =>
        {
            Some(Ok(Format::Pdf))
        }
        _ => None,
    }
}

/// What a file that begins as a zip is: its name says it, or the names of what is in it.
fn in_zip(path: &Path, named: &Result<Format, Reason>, has: impl Fn(&[u8]) -> bool) -> Result<Format, Reason> {
    match named {
        Ok(Format::Sheet | Format::Epub | Format::Docx | Format::Odt | Format::Slides) => named.clone(),
        _ if has(b"mimetypeapplication/epub+zip") => Ok(Format::Epub),
        _ if has(b"mimetypeapplication/vnd.oasis.opendocument.text") => Ok(Format::Odt),
        _ if has(b"mimetypeapplication/vnd.") => Err(Reason::Unsupported(format!(".{}", ending(path)))),
        _ if has(b"word/document.xml") => Ok(Format::Docx),
        _ if has(b"xl/workbook.xml") => Ok(Format::Sheet),
        _ if has(b"ppt/presentation.xml") => Ok(Format::Slides),
        Err(reason) if !ending(path).is_empty() => Err(reason.clone()),
        _ => Ok(Format::Zip),
    }
}

fn starts_with_tag(start: &str, tags: &[&str]) -> bool {
    let start = start.trim_start();
    tags.iter().any(|tag| start.get(..tag.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(tag)))
}

fn is_page(start: &str) -> bool {
    starts_with_tag(start, &["<!doctype html", "<html"]) || (starts_with_tag(start, &["<?xml"]) && start.contains("<html"))
}

fn is_feed(start: &str) -> bool {
    starts_with_tag(start, &["<rss", "<feed", "<rdf:RDF"])
        || (starts_with_tag(start, &["<?xml"]) && ["<rss", "<feed", "<rdf:RDF"].iter().any(|tag| start.contains(tag)))
}

fn is_mailbox(start: &str) -> bool {
    start.starts_with("From ") && start.lines().nth(1).is_some_and(|line| header(line).is_some())
}

/// Lines of headers, of which one is such as only mail has.
fn is_mail(start: &str) -> bool {
    const OF_MAIL: [&str; 6] = ["mime-version", "message-id", "received", "return-path", "delivered-to", "x-mailer"];
    start.lines().next().is_some_and(|line| header(line).is_some())
        && start
            .lines()
            .take_while(|line| !line.is_empty())
            .filter_map(header)
            .any(|name| OF_MAIL.iter().any(|other| name.eq_ignore_ascii_case(other)))
}

/// The name of a header line.
fn header(line: &str) -> Option<&str> {
    let (name, _) = line.split_once(':')?;
    (!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')).then_some(name)
}

/// Whether the first line is a whole object, and the next begins another.
fn is_lines(head: &[u8]) -> bool {
    let mut lines = head.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    first.first() == Some(&b'{')
        && serde_json::from_slice::<serde::de::IgnoredAny>(first).is_ok()
        && lines.next().is_some_and(|line| line.first() == Some(&b'{'))
}

/// What a text without a name that says anything looks like.
fn by_look(start: &str, head: &[u8]) -> Format {
    if is_page(start) {
        Format::Html
    } else if is_feed(start) {
        Format::Feed
    } else if is_mailbox(start) {
        Format::Mailbox
    } else if is_mail(start) {
        Format::Mail
    } else if is_lines(head) {
        Format::JsonLines
    } else if start.trim_start().starts_with(['{', '[']) {
        Format::Json
    } else {
        Format::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str, head: &[u8]) -> Result<Format, Reason> {
        Format::told(Path::new(name), head)
    }

    #[test]
    fn bytes_that_leave_no_doubt_win_over_names() {
        for (name, head, format) in [
            ("a.txt", &b"\x1F\x8B\x08"[..], Format::Gzip),
            ("a.doc", b"{\\rtf1 x", Format::Rtf),
            ("a.dat", b"%PDF-1.4", Format::Pdf),
            ("a.txt", b"<!DOCTYPE html><p>", Format::Html),
            ("a.xml", b"<?xml version='1.0'?>\n<html xmlns='x'>", Format::Html),
            ("a.html", b"<?xml version='1.0'?>\n<rss version='2.0'>", Format::Feed),
            ("a.txt", b"From x@y Thu Jan 1\nSubject: z\n", Format::Mailbox),
            ("a.txt", b"Subject: z\nMIME-Version: 1.0\n\nText", Format::Mail),
            ("a.json", b"{\"a\":1}\n{\"a\":2}\n", Format::JsonLines),
            ("a.jsonl", b" [\n{}]", Format::Json),
            ("a", b"WARC/1.0\r\n", Format::Warc),
            ("a.bin", b"PK\x03\x04\x14\0mimetypeapplication/epub+zip", Format::Epub),
            ("a.xlsx", b"PK\x03\x04", Format::Sheet),
            ("a", b"PK\x03\x04", Format::Zip),
        ] {
            assert_eq!(told(name, head), Ok(format), "{name}");
        }
    }

    #[test]
    fn else_the_name_tells_and_else_the_look() {
        for (name, head, format) in [
            ("a.md", &b"<html>"[..], Format::Markdown),
            ("a.txt", b"From Russia with love.\nText", Format::Plain),
            ("a.txt", b"Date: today\nText", Format::Plain),
            ("README", b"words", Format::Plain),
            ("dump", b"{\"a\":1}", Format::Json),
            ("a.json", b"{\"a\":\n1}", Format::Json),
        ] {
            assert_eq!(told(name, head), Ok(format), "{name}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        assert_eq!(told("a.py", b"print()"), Err(Reason::Unsupported(".py".to_owned())));
        assert_eq!(told("a.jar", b"PK\x03\x04"), Err(Reason::Unsupported(".jar".to_owned())));
        assert!(matches!(told("a.txt.bz2", b"BZh91AY"), Err(Reason::Unsupported(what)) if what.contains("bzip2")));
        assert!(matches!(told("a.docx", b"truncated"), Err(Reason::Broken(_))));
    }
}
