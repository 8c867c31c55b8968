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

/// What the pages of a file take.
pub(super) struct Cost {
    left: u64,
    forms: HashMap<ObjectId, u64>,
}

impl Cost {
    /// That of a file of `size` bytes.
    pub(super) fn new(size: usize) -> Self {
        Self { left: ALL.saturating_add(RATIO.saturating_mul(size as u64)), forms: HashMap::default() }
    }

    /// Whether `page`, whose forms come to an end, can be drawn.
    pub(super) fn is_bounded(&mut self, document: &Document, page: ObjectId) -> bool {
        let streams = document.get_page_contents(page).into_iter().filter_map(|id| document.get_object(id).ok()?.as_stream().ok());
        let Some(contents) = streams.map(unpacked).collect::<Option<Vec<_>>>() else { return false };
        let (own, inherited) = document.get_page_resources(page).unwrap_or_default();
        let resources: Vec<&Dictionary> =
            own.into_iter().chain(inherited.iter().filter_map(|id| document.get_dictionary(*id).ok())).collect();
        let cost = self.of(document, &contents.join(&b'\n'), &resources);
        let is_bounded = cost <= PAGE.min(self.left);
        if is_bounded {
            self.left -= cost;
        }
        is_bounded
    }

    /// What it takes to draw `content`, which may draw the forms of `resources`.
    fn of(&mut self, document: &Document, content: &[u8], resources: &[&Dictionary]) -> u64 {
        let mut cost = words(content) + content.len() as u64 / 16;
        let forms: Vec<&Dictionary> =
            resources.iter().filter_map(|resources| document.get_dict_in_dict(resources, b"XObject").ok()).collect();
        for at in content.windows(2).enumerate().filter(|(_, window)| window == b"Do").map(|(at, _)| at) {
            let before = content.get(..at).unwrap_or_default().trim_ascii_end();
            let near = before.get(before.len().saturating_sub(NAME)..).unwrap_or_default();
            let Some(name) = near.rsplit(|&byte| byte == b'/').next().filter(|name| name.len() < near.len()) else { continue };
            let form = forms.iter().find_map(|forms| forms.get(name).ok());
            cost = cost.saturating_add(match form {
                Some(form) => self.of_form(document, form),
                // Its name is written in another way: that of any form may be meant.
                None if name.contains(&b'#') => {
                    forms.iter().flat_map(|forms| forms.iter()).map(|(_, form)| self.of_form(document, form)).max().unwrap_or_default()
                }
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
        let cost = unpacked(form).map_or(u64::MAX, |content| self.of(document, &content, resources.as_slice()));
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
