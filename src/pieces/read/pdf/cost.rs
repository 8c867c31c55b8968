//! What a page takes to draw, told before it is: the library holds all that a page says at once, and draws its forms as often as it says.

use std::io::Read;

use flate2::read::ZlibDecoder;
use foldhash::HashMap;
use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};

/// The most that a page may take: words of the language of pages, each some hundred bytes of memory. Maps have some hundred thousand.
const PAGE: u64 = 1_000_000;

/// The most that all pages may, …
const ALL: u64 = 10_000_000;
/// … and so much more for each byte of the file.
const RATIO: u64 = 8;

/// The most bytes that may come out of a stream that says something of a page.
const UNPACKED: u64 = 32 << 20;

/// The most bytes of a stream packed by a way that this program cannot unpack itself, where a byte may become thousands.
const PACKED: usize = 128 << 10;

/// The most bytes that may come out of the streams of all pages: many may share one.
const ALL_UNPACKED: usize = 512 << 20;

/// The most codes that the fonts of a page may say the meaning of: each is kept for itself. A font of Chinese has some ten thousand.
const CODES: u64 = 4_000_000;

/// What the pages of a file take.
pub(super) struct Cost {
    left: u64,
    unpacked: usize,
    forms: HashMap<ObjectId, u64>,
    maps: HashMap<ObjectId, u64>,
}

impl Cost {
    /// That of a file of `size` bytes.
    pub(super) fn new(size: usize) -> Self {
        let left = ALL.saturating_add(RATIO.saturating_mul(size as u64));
        Self { left, unpacked: ALL_UNPACKED, forms: HashMap::default(), maps: HashMap::default() }
    }

    /// Whether `page`, whose forms come to an end, can be drawn.
    pub(super) fn is_bounded(&mut self, document: &Document, page: ObjectId) -> bool {
        let Some(contents) = self.contents(document, page) else { return false };
        let (own, inherited) = document.get_page_resources(page).unwrap_or_default();
        let resources: Vec<&Dictionary> =
            own.into_iter().chain(inherited.iter().filter_map(|id| document.get_dictionary(*id).ok())).collect();
        if self.codes(document, &resources) > CODES {
            return false;
        }
        let cost = self.of(document, &contents, &resources);
        let is_bounded = cost <= PAGE.min(self.left);
        if is_bounded {
            self.left -= cost;
        }
        is_bounded
    }

    /// What the streams of a page say, one behind the other; none where that is more than a bound.
    fn contents(&mut self, document: &Document, page: ObjectId) -> Option<Vec<u8>> {
        let mut contents = Vec::new();
        for stream in document.get_page_contents(page).into_iter().filter_map(|id| document.get_object(id).ok()?.as_stream().ok()) {
            // Nothing is left to unpack once it was too much.
            let content = if self.unpacked == 0 { None } else { unpacked(stream) };
            let left = content.as_ref().and_then(|content| self.unpacked.checked_sub(content.len()));
            self.unpacked = left.unwrap_or(0);
            contents.append(&mut left.and(content)?);
            contents.push(b'\n');
            if contents.len() as u64 > UNPACKED {
                return None;
            }
        }
        Some(contents)
    }

    /// How many codes the fonts of `resources` say the meaning of.
    fn codes(&mut self, document: &Document, resources: &[&Dictionary]) -> u64 {
        let mut codes = 0_u64;
        let lists = resources.iter().filter_map(|resources| document.get_dict_in_dict(resources, b"Font").ok());
        for (_, font) in lists.flat_map(|fonts| fonts.iter()) {
            let Ok((_, Object::Dictionary(font))) = document.dereference(font) else { continue };
            for map in [b"ToUnicode".as_slice(), b"Encoding"].into_iter().filter_map(|name| font.get(name).ok()) {
                let Ok((id, Object::Stream(map))) = document.dereference(map) else { continue };
                let known = id.and_then(|id| self.maps.get(&id)).copied();
                let count = known.unwrap_or_else(|| unpacked(map).map_or(u64::MAX, |map| ranged(&map)));
                self.maps.extend(id.map(|id| (id, count)));
                codes = codes.saturating_add(count);
            }
        }
        codes
    }

    /// What it takes to draw `content`, which may draw the forms of `resources`.
    fn of(&mut self, document: &Document, content: &[u8], resources: &[&Dictionary]) -> u64 {
        let mut cost = words(content) + content.len() as u64 / 16;
        let forms: Vec<&Dictionary> =
            resources.iter().filter_map(|resources| document.get_dict_in_dict(resources, b"XObject").ok()).collect();
        let mut of_any = None;
        for at in content.windows(2).enumerate().filter(|(_, window)| window == b"Do").map(|(at, _)| at) {
            let before = content.get(..at).unwrap_or_default().trim_ascii_end();
            let near = before.get(before.len().saturating_sub(NAME)..).unwrap_or_default();
            let Some(name) = near.rsplit(|&byte| byte == b'/').next().filter(|name| name.len() < near.len()) else { continue };
            let form = forms.iter().find_map(|forms| forms.get(name).ok());
            cost = cost.saturating_add(match form {
                Some(form) => self.of_form(document, form),
                // Its name is written in another way: that of any form may be meant.
                None if name.contains(&b'#') => *of_any.get_or_insert_with(|| {
                    forms.iter().flat_map(|forms| forms.iter()).map(|(_, form)| self.of_form(document, form)).max().unwrap_or_default()
                }),
                None => 0,
            });
        }
        cost
    }

    fn of_form(&mut self, document: &Document, form: &Object) -> u64 {
        let Ok((Some(id), Object::Stream(form))) = document.dereference(form) else { return 0 };
        if let Some(cost) = self.forms.get(&id) {
            return *cost;
        }
        let resources = document.get_dict_in_dict(&form.dict, b"Resources").ok();
        let content = unpacked(form).filter(|_| self.codes(document, resources.as_slice()) <= CODES);
        let cost = content.map_or(u64::MAX, |content| self.of(document, &content, resources.as_slice()));
        self.forms.insert(id, cost);
        cost
    }
}

/// The longest name of a form that is looked up.
const NAME: usize = 200;

/// What a stream says; none where that is more than a bound.
fn unpacked(stream: &Stream) -> Option<Vec<u8>> {
    let content = stream.content.as_slice();
    let filters = stream.filters().unwrap_or_default();
    match filters.as_slice() {
        [] => Some(content.to_vec()),
        [b"FlateDecode"] => inflated(content),
        [b"ASCII85Decode", b"FlateDecode"] => {
            let mut armoured = Stream::new(Dictionary::new(), content.to_vec());
            armoured.dict.set("Filter", "ASCII85Decode");
            inflated(&armoured.decompressed_content().ok()?)
        }
        [b"ASCII85Decode" | b"LZWDecode"] | [b"ASCII85Decode", b"LZWDecode"] if content.len() <= PACKED => {
            Some(stream.decompressed_content().unwrap_or_else(|_| content.to_vec()))
        }
        // What the library cannot unpack it takes as it is.
        filters if filters.iter().all(|filter| !matches!(*filter, b"FlateDecode" | b"LZWDecode" | b"ASCII85Decode")) => {
            Some(content.to_vec())
        }
        _ => None,
    }
}

fn inflated(packed: &[u8]) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    // What came out before a fault is what the library takes too.
    let _fault = ZlibDecoder::new(packed).take(UNPACKED + 1).read_to_end(&mut content);
    (content.len() as u64 <= UNPACKED).then_some(content)
}

/// How many codes the ranges of a map of characters have (Adobe Technical Note 5014): `<0000> <00FF> …` between `beginbfrange` and its end.
fn ranged(map: &[u8]) -> u64 {
    let mut codes = 0_u64;
    let mut rest = map;
    let is_begin = |window: &[u8]| window == b"beginbfrange" || window == b"egincidrange";
    while let Some(at) = rest.windows(12).position(is_begin) {
        rest = rest.get(at + 12..).unwrap_or_default();
        while let Some((low, behind)) = code(rest) {
            let Some((high, behind)) = code(behind) else { break };
            codes = codes.saturating_add(high.saturating_sub(low).saturating_add(1));
            // What they mean: one code, a list of them, or a number.
            let behind = behind.trim_ascii_start();
            let end = match behind.first() {
                Some(b'<') => behind.iter().position(|&byte| byte == b'>').map(|at| at + 1),
                Some(b'[') => behind.iter().position(|&byte| byte == b']').map(|at| at + 1),
                _ => behind.iter().position(|byte| !byte.is_ascii_digit()),
            };
            rest = behind.get(end.unwrap_or(behind.len())..).unwrap_or_default();
        }
    }
    codes
}

/// The code that `map` begins with, and what stands behind it.
fn code(map: &[u8]) -> Option<(u64, &[u8])> {
    let digits = map.trim_ascii_start().strip_prefix(b"<")?;
    let end = digits.iter().position(|&byte| byte == b'>')?;
    let (digits, behind) = digits.split_at_checked(end)?;
    let digit =
        |value: u64, &byte: &u8| char::from(byte).to_digit(16).map_or(value, |digit| value.saturating_mul(16).saturating_add(digit.into()));
    Some((digits.iter().fold(0, digit), behind.get(1..)?))
}

/// How many words of the language of pages there are, more or less: names, numbers, strings, operators.
fn words(content: &[u8]) -> u64 {
    let parts = |byte: u8| byte == 0 || byte.is_ascii_whitespace();
    let (mut count, mut before) = (0, b' ');
    for &byte in content {
        let begins = (parts(before) || matches!(before, b')' | b']' | b'>')) && !parts(byte);
        count += u64::from(begins || matches!(byte, b'(' | b'[' | b'/' | b'<'));
        before = byte;
    }
    count
}

/// Empties the images of a document: they say nothing, and the library reads them like pages.
pub(super) fn without_images(document: &mut Document) {
    for object in document.objects.values_mut() {
        if let Object::Stream(stream) = object
            && stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Image")
        {
            stream.set_plain_content(Vec::new());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_ranges_are_counted() {
        for (map, expected) in [
            ("1 beginbfrange <0000> <00FF> <0041> endbfrange", 256),
            ("2 beginbfrange\n<00><0F>[<0041> <0042>]\n<20> <2f> <61>\nendbfrange", 32),
            ("1 begincidrange <0000> <FFFF> 0 endcidrange 1 beginbfrange <1> <1> <2> endbfrange", 65_537),
            ("1 beginbfrange <00000000> <FFFFFFFF> <41> endbfrange", 1 << 32),
            ("1 beginbfchar <01> <0041> endbfchar", 0),
            ("beginbfrange <05", 0),
            ("beginbfrange <05> <01> <41>", 1),
        ] {
            assert_eq!(ranged(map.as_bytes()), expected, "{map}");
        }
    }
}
