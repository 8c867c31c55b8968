//! Bytes are decoded as text.
//!
//! Takes bytes; gives text, its encoding and how that was decided. The evidence, in this order: a byte-order mark; valid UTF-8, which no other
//! encoding is by chance; the encoding that the text declares; statistics. A declaration that the bytes contradict is ignored.

mod guess;
mod stream;

use std::fmt;

use encoding_rs::{Encoding, UTF_8};

use super::Reason;

pub(super) use stream::Decoder;

/// How the bytes of a text were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoding {
    /// The encoding, by the name that the web has for it.
    pub encoding: &'static str,
    /// What told it.
    pub told_by: ToldBy,
    /// How many sequences of bytes meant nothing in it, and were replaced.
    pub replaced: u64,
}

/// What told the encoding of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToldBy {
    /// A byte-order mark.
    Mark,
    /// That the bytes are valid.
    Validity,
    /// The text, or what it came with.
    Declaration,
    /// How often which bytes occur.
    Statistics,
}

impl fmt::Display for ToldBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Mark => "by its byte-order mark",
            Self::Validity => "by validity",
            Self::Declaration => "as it declares",
            Self::Statistics => "by statistics",
        })
    }
}

impl Decoding {
    /// Whether it is worth telling: anything but clean UTF-8.
    #[must_use]
    pub fn is_remarkable(&self) -> bool {
        self.encoding != UTF_8.name() || self.replaced > 0
    }
}

/// The text in `bytes`, which say nothing of their encoding.
///
/// # Errors
/// They are no text.
pub fn text_of_bytes(bytes: Vec<u8>) -> Result<String, Reason> {
    decode(bytes, None).map(|(text, _)| text)
}

/// The text in `bytes`, and how it was read. `declared` is the encoding that the text declares, if it does.
pub(super) fn decode(bytes: Vec<u8>, declared: Option<&str>) -> Result<(String, Decoding), Reason> {
    if let Some(text) = utf_32(&bytes) {
        return Ok((text, Decoding { encoding: "UTF-32", told_by: ToldBy::Mark, replaced: 0 }));
    }
    let (encoding, told_by) = guess::encoding(&bytes, declared)?;
    if encoding == UTF_8 && told_by == ToldBy::Validity {
        let text = String::from_utf8(bytes).map_err(|_| Reason::Binary)?;
        return Ok((text, Decoding { encoding: UTF_8.name(), told_by, replaced: 0 }));
    }
    let mut text = String::new();
    let mut decoder = Decoder::new(encoding);
    decoder.push(&bytes, true, &mut text);
    if text.starts_with('\u{FEFF}') {
        // The mark of GB18030 is no mark to the decoder.
        text.drain(..'\u{FEFF}'.len_utf8());
    }
    let replaced = decoder.replaced();
    if is_wrong(replaced, text.chars().count()) {
        return Err(Reason::Binary);
    }
    Ok((text, Decoding { encoding: encoding.name(), told_by, replaced }))
}

/// The cells of a row of a table as texts: all in the encoding that is theirs together, told where it is not UTF-8.
pub(super) fn decode_cells(row: csv::ByteRecord) -> Result<(csv::StringRecord, Option<Decoding>), Reason> {
    let row = match csv::StringRecord::from_byte_record(row) {
        Ok(cells) => return Ok((cells, None)),
        Err(error) => error.into_byte_record(),
    };
    let (encoding, told_by) = guess::encoding(&row.iter().collect::<Vec<_>>().join(&b'\n'), None)?;
    let (mut cells, mut replaced) = (csv::StringRecord::new(), 0);
    for cell in &row {
        let (mut decoder, mut text) = (Decoder::new(encoding), String::new());
        decoder.push(cell, true, &mut text);
        replaced += decoder.replaced();
        cells.push_field(&text);
    }
    if is_wrong(replaced, cells.as_slice().chars().count()) {
        return Err(Reason::Binary);
    }
    Ok((cells, Some(Decoding { encoding: encoding.name(), told_by, replaced })))
}

/// Whether so much has no meaning that the guess was wrong, or it is no text.
const fn is_wrong(replaced: u64, characters: usize) -> bool {
    replaced > 3 && replaced * 50 > characters as u64
}

/// What decodes a stream that begins with `sample`, and how that was decided. `None` for UTF-8 as it should be.
pub(super) fn decoder(sample: &[u8], declared: Option<&str>) -> Result<Option<(Decoder, Decoding)>, Reason> {
    // The sample may end inside a character.
    let whole = match std::str::from_utf8(sample) {
        Err(error) if error.error_len().is_none() => sample.get(..error.valid_up_to()).unwrap_or(sample),
        _ => sample,
    };
    let (encoding, told_by) = guess::encoding(whole, declared)?;
    if encoding == UTF_8 {
        return Ok(None);
    }
    Ok(Some((Decoder::new(encoding), Decoding { encoding: encoding.name(), told_by, replaced: 0 })))
}

/// The text in bytes that begin with the mark of UTF-32, and have the form of it.
fn utf_32(bytes: &[u8]) -> Option<String> {
    let (rest, is_little) = match bytes {
        [0xFF, 0xFE, 0, 0, rest @ ..] => (rest, true),
        [0, 0, 0xFE, 0xFF, rest @ ..] => (rest, false),
        _ => return None,
    };
    let (units, []) = rest.as_chunks::<4>() else { return None };
    units.iter().map(|&unit| char::from_u32(if is_little { u32::from_le_bytes(unit) } else { u32::from_be_bytes(unit) })).collect()
}

/// The encoding that a page or an XML file declares at its top.
pub(super) fn declared(bytes: &[u8]) -> Option<String> {
    /// Where pages have to declare it, and with generous comments do.
    const HEAD: usize = 4_096;
    let head = String::from_utf8_lossy(bytes.get(..HEAD).unwrap_or(bytes)).to_ascii_lowercase();
    let xml = head.trim_start_matches(['\u{FEFF}', ' ', '\n', '\r', '\t']);
    let by_xml = xml.strip_prefix("<?xml").and_then(|rest| label(rest.split_once("?>")?.0, "encoding"));
    by_xml.or_else(|| head.match_indices("<meta").find_map(|(at, _)| label(head.get(at..)?.split_once('>')?.0, "charset")))
}

/// The value behind `name` and an equals sign.
pub(super) fn label(text: &str, name: &str) -> Option<String> {
    let behind = text.split_once(name)?.1.trim_start().strip_prefix('=')?.trim_start();
    let value = behind.trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.+".contains(c)).unwrap_or(value.len());
    value.get(..end).filter(|value| !value.is_empty()).map(ToOwned::to_owned)
}

/// The encoding of this name.
fn by_label(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label_no_replacement(label.trim().as_bytes())
}

#[cfg(test)]
mod tests;
