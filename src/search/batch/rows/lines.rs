//! The lines of a file of queries, whatever its encoding.

use std::collections::VecDeque;
use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// Its number, counted from 1.
    pub(super) number: u64,
    /// Its text, without line end.
    pub(super) text: String,
    /// What is wrong with it as a line, whatever it says.
    pub(super) fault: Option<&'static str>,
}

/// Lines are read in bounded memory: the encoding is decided at the first character that is not ASCII, by what follows it, and a line that is
/// too long is cut.
pub(super) struct Lines {
    source: Box<dyn Read + Send>,
    decoder: Option<Decoder>,
    encoding: &'static Encoding,
    /// Bytes not yet decoded.
    raw: Vec<u8>,
    /// Text not yet given out, from `at` on.
    text: String,
    at: usize,
    number: u64,
    ended: bool,
    malformed: bool,
    ends: Ends,
    back: VecDeque<Line>,
}

/// What ends the lines of a file, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ends {
    Unknown,
    /// Line feeds, with a carriage return before or without.
    Feeds,
    /// Carriage returns, as old spreadsheets write them, and whatever else.
    Returns,
}

/// How much is read at a time, in bytes, and how much is looked at to decide an encoding.
const CHUNK: usize = 65_536;

/// The longest line, in bytes of UTF-8, …
const LONGEST: usize = 1 << 20;
/// … and the longest that may be an array: programs write all of it in one line.
const LONGEST_ARRAY: usize = 64 << 20;

impl Lines {
    /// The lines of `source`. `encoding` is that of the file, if the user says so.
    pub(super) fn new(source: Box<dyn Read + Send>, encoding: Option<&'static Encoding>) -> Self {
        Self {
            source,
            decoder: encoding.map(Encoding::new_decoder),
            encoding: encoding.unwrap_or(UTF_8),
            raw: Vec::new(),
            text: String::new(),
            at: 0,
            number: 0,
            ended: false,
            malformed: false,
            ends: Ends::Unknown,
            back: VecDeque::new(),
        }
    }

    /// The encoding, as far as it is known by now.
    pub(super) fn encoding(&self) -> &'static str {
        self.encoding.name()
    }

    /// The next line; `None` behind the last.
    pub(super) fn next(&mut self) -> io::Result<Option<Line>> {
        if let Some(line) = self.back.pop_front() {
            return Ok(Some(line));
        }
        let mut searched = self.at;
        let (end, next) = loop {
            if let Some(found) = self.line_end(searched) {
                break found;
            }
            let len = self.text.len();
            if self.ended || len - self.at > self.longest() {
                break (len, len);
            }
            // What follows a return is still to be seen.
            searched = self.text.trim_end_matches('\r').len().max(self.at);
            self.fill()?;
        };
        if end == self.text.len() && self.ended && end == self.at {
            return Ok(None);
        }
        self.number += 1;
        let is_whole = end < self.text.len() || self.ended;
        let text = self.text.get(self.at..end).unwrap_or_default();
        let text = text.strip_suffix('\r').unwrap_or(text);
        let text = if self.number == 1 { text.strip_prefix('\u{FEFF}').unwrap_or(text) } else { text };
        let fault = if !is_whole || text.len() > self.longest() {
            Some(if self.is_array() { "longer than 64 MiB" } else { "longer than 1 MiB" })
        } else if self.malformed && text.contains('\u{FFFD}') {
            Some("bytes that are invalid in the file's encoding")
        } else {
            None
        };
        let line = Line { number: self.number, text: if is_whole { text.to_owned() } else { String::new() }, fault };
        if is_whole {
            self.at = next;
        } else {
            self.skip_rest()?;
        }
        if self.at >= CHUNK {
            self.text.drain(..self.at);
            self.at = 0;
        }
        Ok(Some(line))
    }

    /// Whether what comes next may be an array.
    fn is_array(&self) -> bool {
        let mut rest = self.text.get(self.at..).unwrap_or_default().trim_start_matches('\u{FEFF}').chars();
        rest.find(|c| !c.is_whitespace()) == Some('[')
    }

    /// The longest that what comes next may be.
    fn longest(&self) -> usize {
        if self.is_array() { LONGEST_ARRAY } else { LONGEST }
    }

    /// Gives a line back, to be the next again.
    pub(super) fn unread(&mut self, line: Line) {
        self.back.push_front(line);
    }

    /// Where the line ends that is looked through from byte `from` of the text on, and where the next begins.
    fn line_end(&mut self, from: usize) -> Option<(usize, usize)> {
        let rest = self.text.get(from..)?;
        if self.ends == Ends::Unknown {
            let end = rest.get(rest.find(['\n', '\r'])?..)?;
            // Some programs write two returns and a feed.
            let behind = ["\r\r", "\r"].iter().find_map(|returns| end.strip_prefix(returns)).unwrap_or(end);
            self.ends = match behind.chars().next() {
                None if !self.ended => return None,
                Some('\n') => Ends::Feeds,
                _ => Ends::Returns,
            };
        }
        let at = if self.ends == Ends::Feeds { rest.find('\n') } else { rest.find(['\n', '\r']) }?;
        let end = rest.get(at..)?;
        if end == "\r" && !self.ended {
            return None;
        }
        Some((from + at, from + at + if end.starts_with("\r\n") { 2 } else { 1 }))
    }

    /// Passes over the rest of a line that is too long.
    fn skip_rest(&mut self) -> io::Result<()> {
        loop {
            // What follows a return is still to be seen.
            self.text.drain(..self.text.trim_end_matches('\r').len());
            self.at = 0;
            if self.ended {
                return Ok(());
            }
            self.fill()?;
            if let Some((_, next)) = self.line_end(0) {
                self.at = next;
                return Ok(());
            }
        }
    }

    /// Reads on, and decodes what can be.
    fn fill(&mut self) -> io::Result<()> {
        self.read()?;
        if self.decoder.is_none() {
            let ascii = if self.number == 0 && self.text.is_empty() { self.begin()? } else { ascii_len(&self.raw) };
            if self.decoder.is_none() {
                let text = String::from_utf8(self.raw.drain(..ascii).collect()).unwrap_or_default();
                self.text.push_str(&text);
                if self.raw.is_empty() {
                    return Ok(());
                }
                // Here is the first character that is not ASCII. Its line is enough to go by, where a program sends line after line and waits for
                // answers; of a file a whole chunk is there.
                while !self.raw.contains(&b'\n') && self.raw.len() < CHUNK && !self.ended {
                    self.read()?;
                }
                self.decide(by_content(&self.raw, self.ended));
            }
        }
        let Some(decoder) = &mut self.decoder else { return Ok(()) };
        self.text.reserve(decoder.max_utf8_buffer_length(self.raw.len()).unwrap_or(self.raw.len() * 3 + 16));
        let (_, read, malformed) = decoder.decode_to_string(&self.raw, &mut self.text, self.ended);
        self.malformed |= malformed;
        self.raw.drain(..read);
        Ok(())
    }

    fn read(&mut self) -> io::Result<()> {
        let mut chunk = vec![0; CHUNK];
        let read = loop {
            match self.source.read(&mut chunk) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => break result?,
            }
        };
        self.ended = read == 0;
        self.raw.extend(chunk.iter().take(read));
        Ok(())
    }

    fn decide(&mut self, encoding: &'static Encoding) {
        self.encoding = encoding;
        // In the middle of a file such bytes are no mark of another encoding; the mark at its beginning is taken off with the first line.
        self.decoder = Some(encoding.new_decoder_without_bom_handling());
    }

    /// Looks at the first bytes: a byte-order mark, or the noughts of UTF-16, decide at once. Gives the length of the ASCII that starts the file.
    fn begin(&mut self) -> io::Result<usize> {
        while self.raw.len() < 64 && !self.ended {
            self.read()?;
        }
        if is_binary(&self.raw) {
            let problem = "not a text file (perhaps a spreadsheet); save it as CSV";
            return Err(io::Error::new(io::ErrorKind::InvalidData, problem));
        }
        if let Some((encoding, _)) = Encoding::for_bom(&self.raw) {
            self.decide(encoding);
        } else if self.raw.starts_with(&[0x84, 0x31, 0x95, 0x33]) {
            self.decide(GB18030);
        } else {
            let noughts = |odd: usize| self.raw.iter().take(256).skip(odd).step_by(2).filter(|&&byte| byte == 0).count() * 8;
            let half = self.raw.len().min(256) / 2;
            // Even text without Latin letters has line ends and tabs.
            match (noughts(0), noughts(1)) {
                (even, odd) if even > odd && even >= half => self.decide(UTF_16BE),
                (even, odd) if odd > even && odd >= half => self.decide(UTF_16LE),
                _ => {}
            }
        }
        Ok(ascii_len(&self.raw))
    }
}

/// Whether bytes are those of an archive, as new spreadsheets are, of an old spreadsheet, of a PDF file, or compressed.
fn is_binary(bytes: &[u8]) -> bool {
    [&b"PK\x03\x04"[..], b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"%PDF-", b"\x1F\x8B\x08", b"\x28\xB5\x2F\xFD"]
        .iter()
        .any(|sign| bytes.starts_with(sign))
}

fn ascii_len(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii()).count()
}

/// The encoding of text that is not all ASCII and says nothing of its encoding: that of most of its lines, since a broken one must not decide
/// for the others. `whole` says that nothing follows.
fn by_content(bytes: &[u8], whole: bool) -> &'static Encoding {
    match std::str::from_utf8(bytes) {
        Ok(_) => return UTF_8,
        Err(error) if error.error_len().is_none() && !whole => return UTF_8,
        Err(_) => {}
    }
    let lines: Vec<&[u8]> = bytes.split(|byte| b"\r\n".contains(byte)).filter(|line| !line.is_ascii()).collect();
    let most_are = |encoding: &'static Encoding| {
        let is_valid = |line: &&&[u8]| encoding.decode_without_bom_handling_and_without_replacement(line).is_some();
        lines.iter().filter(is_valid).count() * 2 >= lines.len()
    };
    if most_are(UTF_8) {
        return UTF_8;
    }
    // Letters with accents stand alone among ASCII; Chinese characters are pairs of bytes.
    let (mut runs, mut odd) = (0, 0);
    for run in bytes.split(u8::is_ascii).filter(|run| !run.is_empty()) {
        runs += 1;
        odd += run.len() % 2;
    }
    if odd * 2 <= runs && most_are(GB18030) {
        return GB18030;
    }
    // Letters of other alphabets come in words, one byte each; Latin ones with accents stand among others.
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, whole);
    let guessed = detector.guess(None, Utf8Detection::Deny);
    if guessed.is_single_byte() { guessed } else { WINDOWS_1252 }
}

#[cfg(test)]
#[path = "lines_tests.rs"]
mod tests;
