//! Which encoding bytes are in.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

use super::{ToldBy, by_label};
use crate::pieces::Reason;

/// Bytes that statistics look at.
const SAMPLE: usize = 256 << 10;

/// The encoding of `bytes`, and what told it.
pub(super) fn encoding(bytes: &[u8], declared: Option<&str>) -> Result<(&'static Encoding, ToldBy), Reason> {
    if let Some(encoding) = by_mark(bytes) {
        return Ok((encoding, ToldBy::Mark));
    }
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let declared = declared.and_then(by_label).filter(|&encoding| encoding != X_USER_DEFINED);
    if sample.contains(&0) {
        return utf_16(sample).map(|encoding| (encoding, ToldBy::Statistics)).ok_or(Reason::Binary);
    }
    match std::str::from_utf8(bytes) {
        Ok(_) if is_iso_2022_jp(bytes) => return Ok((ISO_2022_JP, declared_or_told(declared, ISO_2022_JP))),
        Ok(_) if is_control(sample) => return Err(Reason::Binary),
        Ok(_) => return Ok((UTF_8, ToldBy::Validity)),
        // A page with a few bytes broken is one still.
        Err(_) if is_nearly_utf_8(bytes) => return Ok((UTF_8, ToldBy::Statistics)),
        Err(_) => {}
    }
    if is_control(sample) {
        return Err(Reason::Binary);
    }
    let guessed = by_statistics(sample);
    match declared {
        Some(declared) if believed(declared, guessed, sample) => Ok((declared, ToldBy::Declaration)),
        _ if is_plausible(guessed, sample) => Ok((guessed, ToldBy::Statistics)),
        _ => Err(Reason::Encoding),
    }
}

fn declared_or_told(declared: Option<&'static Encoding>, found: &'static Encoding) -> ToldBy {
    if declared == Some(found) { ToldBy::Declaration } else { ToldBy::Statistics }
}

fn by_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0x84, 0x31, 0x95, 0x33, ..] => Some(GB18030),
        _ => Encoding::for_bom(bytes).map(|(encoding, _)| encoding),
    }
}

fn by_statistics(sample: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(sample, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether the declaration is to be believed over the statistics. One that the bytes break is not, and one of Latin letters, which programs
/// write unasked, not where the statistics see another script.
fn believed(declared: &'static Encoding, guessed: &'static Encoding, sample: &[u8]) -> bool {
    let breaks = |encoding: &'static Encoding| errors(encoding, sample);
    if declared == WINDOWS_1252 && guessed != WINDOWS_1252 && !is_latin(guessed, sample) {
        return false;
    }
    breaks(declared) <= breaks(guessed) && is_plausible(declared, sample)
}

fn is_latin(encoding: &'static Encoding, sample: &[u8]) -> bool {
    let (text, _) = encoding.decode_without_bom_handling(sample);
    let foreign = text.chars().filter(|c| c.is_alphabetic() && *c > '\u{24F}').count();
    foreign * 10 < text.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).count()
}

fn errors(encoding: &'static Encoding, sample: &[u8]) -> usize {
    let (text, _) = encoding.decode_without_bom_handling(sample);
    text.chars().filter(|&c| c == '\u{FFFD}').count()
}

/// Whether what comes out may be text: of what is not plain ASCII, not more than half is symbols.
fn is_plausible(encoding: &'static Encoding, sample: &[u8]) -> bool {
    // Where "@" takes the place of the space it is text of a mainframe (EBCDIC).
    let count = |wanted: u8| sample.iter().filter(|&&byte| byte == wanted).count();
    if encoding.is_single_byte() && count(b'@') * 20 > sample.len() && count(b' ') < count(b'@') {
        return false;
    }
    let (text, _) = encoding.decode_without_bom_handling(sample);
    let (mut all, mut other, mut symbols) = (0_usize, 0_usize, 0_usize);
    for c in text.chars() {
        all += 1;
        if !c.is_ascii() {
            other += 1;
            symbols += usize::from(!(c.is_alphanumeric() || is_punctuation(c)));
        }
    }
    other * 5 < all || symbols * 2 < other
}

fn is_punctuation(c: char) -> bool {
    matches!(c, '\u{A0}' | '«' | '»' | '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FF65}' | '،' | '؛' | '؟')
}

/// Text in UTF-16 without a mark: it has zeros, as no other text has, and is mostly letters one way round, but not the other.
fn utf_16(sample: &[u8]) -> Option<&'static Encoding> {
    let even = sample.get(..sample.len() & !1).unwrap_or(sample);
    let common = |encoding: &'static Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(even);
        let (mut all, mut common) = (0_usize, 0_usize);
        for c in text.chars() {
            all += 1;
            common += usize::from(is_common(c));
        }
        if text.contains(['\0', '\u{FFFD}']) { 0 } else { common * 100 / all.max(1) }
    };
    let (little, big) = (common(UTF_16LE), common(UTF_16BE));
    let (best, encoding) = if little > big { (little, UTF_16LE) } else { (big, UTF_16BE) };
    (best >= 90 && little != big).then_some(encoding)
}

fn is_common(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{A0}'..='\u{5FF}' | '\u{600}'..='\u{6FF}' | '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{30FF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{FF00}'..='\u{FF60}')
}

/// Escapes to two-byte characters in what else is ASCII.
fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    bytes.is_ascii() && bytes.windows(3).any(|three| matches!(three, b"\x1B$B" | b"\x1B$@"))
}

/// More than a few control characters, and more than one in a hundred.
fn is_control(sample: &[u8]) -> bool {
    let controls = sample.iter().filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B)).count();
    controls > 3 && controls * 100 > sample.len()
}

/// Mostly valid sequences of several bytes, at least twenty for each that is not.
fn is_nearly_utf_8(bytes: &[u8]) -> bool {
    let (mut valid, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    valid >= 20 * broken
}
