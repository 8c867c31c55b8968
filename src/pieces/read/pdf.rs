//! Pages with text. Where a word, a line and a paragraph end is nowhere written in a PDF: it is told from where the letters stand.

use std::collections::BTreeMap;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};

use flate2::read::ZlibDecoder;
use foldhash::HashMap;
use pdf_extract::{Dictionary, Document, Object, ObjectId, output_doc_page};

use super::package::{author, is_default_title};
use super::{Limits, Reading};
use crate::pieces::piece::one_line;
use crate::pieces::{Date, Lines, Piece, Reason, Skipped};

mod cost;
mod layout;

use cost::Cost;
use layout::Page;

/// The piece of a PDF; pages that cannot be read are told as a skip beside it.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Reading {
    match pages(bytes, limits) {
        Ok((piece, failed)) => {
            let mut reading = Reading::of(Ok(piece));
            if !failed.is_empty() {
                let failed: Vec<String> = failed.iter().map(ToString::to_string).collect();
                reading.skipped.push(Skipped::file(Reason::Pages(failed.join(", "))));
            }
            reading
        }
        Err(reason) => Reading::left_out(reason),
    }
}

/// The piece, and the pages that cannot be read.
fn pages(bytes: &[u8], limits: &Limits) -> Result<(Piece, Vec<u64>), Reason> {
    measure(bytes, limits)?;
    let mut document = Document::load_mem(bytes).map_err(|error| Reason::Broken(error.to_string()))?;
    if document.is_encrypted() {
        // Many ask for a password to be changed, but none to be read.
        document.decrypt("").map_err(|_| Reason::Encrypted)?;
    }
    let mut pages: Vec<(u64, Page)> = Vec::new();
    let mut failed = Vec::new();
    let all = document.get_pages();
    cost::without_images(&mut document);
    let alone = Alone::new(&mut document);
    let (mut cost, mut drawing) = (Cost::new(bytes.len()), HashMap::default());
    for (number, id) in all {
        let mut page = Page::default();
        if !has_bounded_parents(&document, id) || !has_bounded_forms(&document, id, &mut drawing) {
            return Err(Reason::Broken("its pages include each other endlessly".to_owned()));
        }
        let is_bounded = cost.is_bounded(&document, id);
        alone.show(&mut document, id);
        // The library gives up on much by panicking.
        let read = is_bounded.then(|| catch_unwind(AssertUnwindSafe(|| output_doc_page(&document, &mut page, 1))));
        if !matches!(read, Some(Ok(Ok(())))) {
            failed.push(u64::from(number));
        }
        pages.push((u64::from(number), page));
    }
    let (text, starts) = layout::join(&pages);
    if text.is_empty() {
        return Err(if failed.is_empty() { Reason::NoText } else { Reason::Broken("none of its pages can be read".to_owned()) });
    }
    let mut piece = Piece { text, lines: Lines::Pages(starts), ..properties(&document) };
    if piece.title.is_none() {
        piece.title = pages.first().and_then(|(_, page)| page.headline());
    }
    Ok((piece, failed))
}

/// A list of pages in which one stands alone: the library goes through the whole list for each page that is asked for by its number.
struct Alone(ObjectId);

impl Alone {
    fn new(document: &mut Document) -> Self {
        // What the file says of its highest number need not be so.
        document.max_id = document.objects.keys().next_back().map_or(0, |(number, _)| *number).min(u32::MAX - 2);
        let list = document.add_object(Dictionary::new());
        let catalog = document.add_object(Dictionary::from_iter([("Type", "Catalog".into()), ("Pages", Object::Reference(list))]));
        document.trailer.set("Root", catalog);
        Self(list)
    }

    /// Makes `page`, which keeps what it inherits from the list in which it really stands, the only one.
    fn show(&self, document: &mut Document, page: ObjectId) {
        let list = Dictionary::from_iter([("Type", "Pages".into()), ("Kids", vec![Object::Reference(page)].into()), ("Count", 1.into())]);
        document.set_object(self.0, list);
    }
}

/// Refuses a file of which more comes out than a bound: the library unpacks without one.
fn measure(bytes: &[u8], limits: &Limits) -> Result<(), Reason> {
    let allowed = limits.expanded.min(4 * limits.file);
    let mut left = allowed;
    let mut rest = bytes;
    while let Some(at) = rest.windows(6).position(|window| window == b"stream") {
        rest = rest.get(at + 6..).unwrap_or_default();
        let data = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or_default();
        if data.first().is_some_and(|byte| byte & 0x0F == 8) {
            let mut decoder = ZlibDecoder::new(data).take(left + 1);
            let mut buffer = vec![0; 64 << 10];
            while let Ok(read @ 1..) = decoder.read(&mut buffer) {
                left = left.checked_sub(read as u64).ok_or(Reason::Expands(allowed))?;
            }
        }
    }
    Ok(())
}

/// How deep lists of pages in lists of pages may be.
const PARENTS: usize = 256;

/// Whether the lists in which a page stands come to an end: the library looks in them for what the page does not say.
fn has_bounded_parents(document: &Document, page: ObjectId) -> bool {
    let parent = |id: &ObjectId| document.get_dictionary(*id).ok()?.get(b"Parent").ok()?.as_reference().ok();
    std::iter::successors(Some(page), parent).nth(PARENTS).is_none()
}

/// How deep forms that are drawn by forms may be.
const FORMS: usize = 16;

/// Which forms draw anything by name, as far as that was looked up.
type Drawing = HashMap<ObjectId, bool>;

/// Whether the forms that a page draws come to an end: the library follows them wherever they lead.
fn has_bounded_forms(document: &Document, page: ObjectId, drawing: &mut Drawing) -> bool {
    let Ok((own, inherited)) = document.get_page_resources(page) else { return true };
    let mut budget = 10_000;
    let inherited = inherited.iter().filter_map(|id| document.get_dictionary(*id).ok());
    own.into_iter().chain(inherited).all(|resources| is_bounded(document, resources, FORMS, (&mut budget, drawing)))
}

fn is_bounded(document: &Document, resources: &Dictionary, depth: usize, (budget, drawing): (&mut usize, &mut Drawing)) -> bool {
    let Ok(forms) = document.get_dict_in_dict(resources, b"XObject") else { return true };
    forms.iter().all(|(_, form)| {
        *budget = budget.saturating_sub(1);
        let Ok((id, Object::Stream(form))) = document.dereference(form) else { return true };
        if form.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Image") {
            return true;
        }
        if depth == 0 || *budget == 0 {
            return false;
        }
        // A form without resources of its own may draw what its page can, itself among it.
        match document.get_dict_in_dict(&form.dict, b"Resources") {
            Ok(own) => is_bounded(document, own, depth - 1, (budget, drawing)),
            Err(_) => !id.map_or_else(|| draws(form), |id| *drawing.entry(id).or_insert_with(|| draws(form))),
        }
    })
}

/// Whether a form draws anything by name.
fn draws(form: &pdf_extract::Stream) -> bool {
    let content = form.decompressed_content().unwrap_or_else(|_| form.content.clone());
    content.windows(2).any(|window| window == b"Do")
}

/// What the file says of itself.
fn properties(document: &Document) -> Piece {
    let info = document.trailer.get(b"Info").and_then(|info| document.dereference(info)).and_then(|(_, info)| info.as_dict()).ok();
    let value = |name: &[u8]| {
        let (_, value) = document.dereference(info?.get(name).ok()?).ok()?;
        Some(one_line(&text(value.as_str().ok()?))).filter(|value| !value.is_empty())
    };
    // "D:20090401120000Z"
    let date = value(b"CreationDate").and_then(|date| {
        let digits: String = date.trim_start_matches("D:").chars().take_while(char::is_ascii_digit).take(8).collect();
        let (year, rest) = digits.split_at_checked(4)?;
        let (month, day) = rest.split_at_checked(2)?;
        Date::parse(&format!("{year}-{month}-{day}"))
    });
    Piece {
        title: value(b"Title").filter(|title| !is_default_title(title)),
        authors: value(b"Author").and_then(|name| author(&name)).into_iter().collect(),
        date,
        ..Piece::default()
    }
}

/// A text of the file's properties: UTF-16 with a mark, UTF-8 with one, or near enough to Latin.
fn text(bytes: &[u8]) -> String {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes).0.into_owned(),
        None => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// Lines by what they say without digits, and on how many pages.
type Recurring = BTreeMap<String, usize>;
