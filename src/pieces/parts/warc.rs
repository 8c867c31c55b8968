//! Archives of the web (WARC): records of what servers answered, each with its address.

use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use super::{Flow, Place, Unpacker, With, drain};
use crate::pieces::decode::label;
use crate::pieces::{Format, Reason};

/// The longest line of a header, and the most lines.
const LINE: u64 = 64 << 10;
const LINES: usize = 1_000;

/// The lines of a header, their names in small letters.
type Headers = Vec<(String, String)>;

impl Unpacker<'_> {
    pub(super) fn warc(&mut self, place: &Place, reader: &mut dyn Read) -> Flow {
        let mut reader = BufReader::new(reader);
        let mut record = 0;
        loop {
            let headers = match begin(&mut reader) {
                Ok(Some(headers)) => headers,
                Ok(None) => return Flow::Continue(()),
                Err(error) => return self.failed(place, &error),
            };
            record += 1;
            let Some(length) = get(&headers, "content-length").and_then(|length| length.parse::<u64>().ok()) else {
                return self.leave_out(place, Reason::Broken(format!("record {record} does not state its length")));
            };
            let mut block = (&mut reader).take(length);
            let with = With { record: Some(record), url: address(&headers), ..With::default() };
            match get(&headers, "warc-type") {
                Some("response") => self.response(place, &mut block, with)?,
                Some("resource" | "conversion") => {
                    let kind = get(&headers, "content-type").unwrap_or_default().to_owned();
                    self.resource(place, &mut block, &kind, with)?;
                }
                _ => {}
            }
            if let Err(error) = drain(&mut block) {
                return self.failed(place, &error);
            }
        }
    }

    /// What a server answered: a head of its own, then the page.
    fn response(&mut self, place: &Place, block: &mut dyn Read, with: With) -> Flow {
        let mut block = BufReader::new(block);
        let (status, headers) = match line(&mut block).and_then(|status| Ok((status, headers(&mut block)?))) {
            Ok((Some(status), headers)) => (status, headers),
            Ok((None, _)) => return Flow::Continue(()),
            Err(error) => return self.failed(place, &error),
        };
        if status.split_whitespace().nth(1) != Some("200") {
            return Flow::Continue(());
        }
        let kind = get(&headers, "content-type").unwrap_or_default().to_owned();
        let chunked = get(&headers, "transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked"));
        let coding = get(&headers, "content-encoding").unwrap_or_default().to_ascii_lowercase();
        let mut chunks;
        let body: &mut dyn Read = if chunked {
            chunks = Chunks { reader: &mut block, left: 0, ended: false };
            &mut chunks
        } else {
            &mut block
        };
        let budget = self.budget.clone();
        match coding.as_str() {
            "gzip" | "x-gzip" => self.resource(
                place,
                &mut super::Bounded::new(flate2::read::MultiGzDecoder::new(BufReader::new(body)), &budget),
                &kind,
                with,
            ),
            "deflate" => self.resource(place, &mut super::Bounded::new(flate2::read::ZlibDecoder::new(body), &budget), &kind, with),
            "" | "identity" => self.resource(place, body, &kind, with),
            other => self
                .leave_out(place, Reason::Unsupported(format!("a page compressed by {other}, record {}", with.record.unwrap_or_default()))),
        }
    }

    /// A page, if it is one: images, scripts and the like are passed over.
    fn resource(&mut self, place: &Place, body: &mut dyn Read, kind: &str, with: With) -> Flow {
        let media = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let format = match media.as_str() {
            "text/html" | "application/xhtml+xml" => Format::Html,
            "text/plain" => Format::Plain,
            "application/pdf" => Format::Pdf,
            _ => return Flow::Continue(()),
        };
        // A robots.txt is for robots.
        if with.url.as_deref().is_some_and(|url| Path::new(url).file_name().is_some_and(|name| name == "robots.txt")) {
            return Flow::Continue(());
        }
        let charset = label(&kind.to_ascii_lowercase(), "charset");
        self.whole(place, body, format, With { charset, ..with })
    }
}

fn address(headers: &Headers) -> Option<String> {
    get(headers, "warc-target-uri").map(|uri| uri.trim_matches(['<', '>']).to_owned())
}

fn get<'h>(headers: &'h Headers, name: &str) -> Option<&'h str> {
    headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
}

/// The headers of the next record; `None` at the end.
fn begin(reader: &mut impl BufRead) -> io::Result<Option<Headers>> {
    loop {
        match line(reader)? {
            None => return Ok(None),
            Some(line) if line.is_empty() => {}
            Some(line) if line.starts_with("WARC/") => return headers(reader).map(Some),
            Some(_) => return Err(io::Error::new(io::ErrorKind::InvalidData, "a record does not begin as it should")),
        }
    }
}

fn headers(reader: &mut impl BufRead) -> io::Result<Headers> {
    let mut headers = Vec::new();
    while let Some(line) = line(reader)?.filter(|line| !line.is_empty()) {
        if headers.len() == LINES {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a header without end"));
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    Ok(headers)
}

/// The next line without its end; `None` at the end.
fn line(reader: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    if reader.take(LINE).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(line.trim_ascii_end()).into_owned()))
}

/// A body that is sent in chunks, each behind its length.
struct Chunks<R> {
    reader: R,
    left: u64,
    ended: bool,
}

impl<R: BufRead> Read for Chunks<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.left == 0 && !self.ended {
            let Some(size) = line(&mut self.reader)? else { break };
            if size.is_empty() {
                continue;
            }
            let digits = size.split(';').next().unwrap_or_default().trim();
            self.left =
                u64::from_str_radix(digits, 16).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "a chunk without length"))?;
            self.ended = self.left == 0;
        }
        if self.ended {
            return Ok(0);
        }
        let read = (&mut self.reader).take(self.left).read(buffer)?;
        self.left -= read as u64;
        Ok(read)
    }
}
