use std::io::{self, BufRead, Cursor, Read};

use super::bounded::peek;
use crate::pieces::Reason;
use crate::pieces::decode::{Decoder, Decoding, declared, decoder};

/// Bytes by which the encoding of a stream is told.
const SAMPLE: usize = 256 << 10;

/// A text of any length as UTF-8. What is UTF-8 already goes through as it is, broken or not: its reader decodes it record by record.
pub(super) struct Transcoded<'r> {
    reader: io::Chain<Cursor<Vec<u8>>, &'r mut dyn Read>,
    decoder: Option<(Decoder, Decoding)>,
    raw: Vec<u8>,
    ready: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<'r> Transcoded<'r> {
    /// The text that `reader` gives; or why it is none; or what kept it from being read.
    pub(super) fn new(reader: &'r mut dyn Read) -> Result<Self, Result<Reason, io::Error>> {
        let mut head = peek(reader, SAMPLE).map_err(Err)?;
        let decoder = decoder(&head, declared(&head).as_deref()).map_err(Ok)?;
        if decoder.is_none() && head.starts_with(b"\xEF\xBB\xBF") {
            head.drain(..3);
        }
        Ok(Self { reader: Cursor::new(head).chain(reader), decoder, raw: vec![0; 64 << 10], ready: Vec::new(), at: 0, ended: false })
    }

    /// How it was decoded, if it had to be.
    pub(super) fn decoding(&self) -> Option<Decoding> {
        self.decoder.as_ref().map(|(decoder, decoding)| Decoding { replaced: decoder.replaced(), ..decoding.clone() })
    }

    fn fill(&mut self) -> io::Result<()> {
        while self.at >= self.ready.len() && !self.ended {
            let read = self.reader.read(&mut self.raw)?;
            self.ended = read == 0;
            let raw = self.raw.get(..read).unwrap_or_default();
            self.at = 0;
            match &mut self.decoder {
                Some((decoder, _)) => {
                    let mut text = String::new();
                    decoder.push(raw, self.ended, &mut text);
                    self.ready = text.into_bytes();
                }
                None => {
                    self.ready.clear();
                    self.ready.extend_from_slice(raw);
                }
            }
        }
        Ok(())
    }
}

impl Read for Transcoded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let count = ready.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..count), ready.get(..count)) {
            to.copy_from_slice(from);
        }
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Transcoded<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.fill()?;
        Ok(self.ready.get(self.at..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.at += count;
    }
}
