use encoding_rs::{DecoderResult, EUC_JP, EUC_KR, Encoding, ISO_2022_JP, SHIFT_JIS};

/// So many bytes are decoded at a time.
const CHUNK: usize = 16 << 10;

/// Decodes bytes as they come, and counts what has no meaning.
pub(crate) struct Decoder {
    decoder: encoding_rs::Decoder,
    replaced: u64,
}

impl Decoder {
    pub(super) fn new(encoding: &'static Encoding) -> Self {
        Self { decoder: encoding.new_decoder_with_bom_removal(), replaced: 0 }
    }

    /// How many sequences of bytes were replaced so far.
    pub(crate) fn replaced(&self) -> u64 {
        self.replaced
    }

    /// Adds the text of `bytes` to `out`. What ends inside a character waits for more, unless it is the `last`.
    pub(crate) fn push(&mut self, bytes: &[u8], last: bool, out: &mut String) {
        let from = out.len();
        // At each fault the decoder looks through all the room that it is given.
        let mut part = String::new();
        let mut chunks = bytes.chunks(CHUNK).peekable();
        loop {
            let chunk = chunks.next().unwrap_or_default();
            let is_last = chunks.peek().is_none();
            self.push_chunk(chunk, last && is_last, &mut part);
            out.push_str(&part);
            part.clear();
            if is_last {
                break;
            }
        }
        self.mend(from, out);
    }

    /// Adds the text of `bytes`, not many, to `out`.
    fn push_chunk(&mut self, mut bytes: &[u8], last: bool, out: &mut String) {
        loop {
            let room = self.decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len());
            out.reserve(room.max(16));
            let (result, read) = self.decoder.decode_to_string_without_replacement(bytes, out, last);
            bytes = bytes.get(read..).unwrap_or_default();
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => {
                    self.replaced += 1;
                    out.push('\u{FFFD}');
                }
            }
        }
    }

    /// Gives characters the meaning that the standards of the encoding give them, where browsers, and so the decoder, have another.
    fn mend(&self, from: usize, out: &mut String) {
        let encoding = self.decoder.encoding();
        let new = out.get(from..).unwrap_or_default();
        let mended = if [SHIFT_JIS, EUC_JP, ISO_2022_JP].contains(&encoding) {
            // JIS X 0208 has a wave dash, a minus sign and a double line, not their full-width look-alikes.
            new.contains(['\u{FF5E}', '\u{FF0D}', '\u{2225}'])
                .then(|| new.replace('\u{FF5E}', "\u{301C}").replace('\u{FF0D}', "\u{2212}").replace('\u{2225}', "\u{2016}"))
        } else if encoding == EUC_KR {
            new.contains('\u{3164}').then(|| composed(new))
        } else {
            None
        };
        if let Some(mended) = mended {
            out.truncate(from);
            out.push_str(&mended);
        }
    }
}

/// KS X 1001 writes syllables that have no code of their own as a filler and three letters, the last of which may be a filler.
fn composed(text: &str) -> String {
    const INITIAL: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
    const FINAL: &str = "\u{3164}ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";
    let chars: Vec<char> = text.chars().collect();
    let place = |letters: &str, c: char| letters.chars().position(|letter| letter == c).and_then(|at| u32::try_from(at).ok());
    let syllable = |four: &[char]| match four {
        ['\u{3164}', initial, vowel @ 'ㅏ'..='ㅣ', last, ..] => {
            let (initial, vowel) = (place(INITIAL, *initial)?, u32::from(*vowel) - u32::from('ㅏ'));
            char::from_u32(0xAC00 + (initial * 21 + vowel) * 28 + place(FINAL, *last)?)
        }
        _ => None,
    };
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    while let Some(&c) = chars.get(at) {
        match syllable(chars.get(at..).unwrap_or_default()) {
            Some(syllable) => {
                out.push(syllable);
                at += 4;
            }
            None => {
                out.push(c);
                at += 1;
            }
        }
    }
    out
}
