//! Word: paragraphs, then notes.

use super::Limits;
use super::package::Package;
use super::plain;
use super::xml::{Node, Paragraphs, walk};
use crate::pieces::piece::one_line;
use crate::pieces::{Piece, Reason};

pub(super) fn read(bytes: Vec<u8>, limits: &Limits) -> Result<Piece, Reason> {
    let mut package = Package::open(bytes, limits)?;
    let properties = package.properties("docProps/core.xml", limits.depth);
    let mut body = Body::default().read(&mut package, limits)?;
    let heading = body.title.take();
    Ok(with_head(properties, heading, body.paragraphs.into_text()))
}

/// The text of a document with `>` before each paragraph whose style sets it off as a quotation, as Markdown has it: that of a draft.
pub fn with_block_quotations(bytes: Vec<u8>, limits: &Limits) -> Result<String, Reason> {
    let mut package = Package::open(bytes, limits)?;
    let mut quoting = Vec::new();
    if let Some(styles) = package.text("word/styles.xml")? {
        let mut id = String::new();
        // The ids of styles are in the user's language, their names are not.
        walk(&styles, limits.depth, &mut |node| match node {
            Node::Open("style", attributes) => id = attributes.get("styleId").unwrap_or_default(),
            Node::Open("name", attributes) => {
                let name = attributes.get("val").unwrap_or_default().to_lowercase();
                if matches!(name.as_str(), "quote" | "intense quote" | "block text" | "quotations") {
                    quoting.push(id.clone());
                }
            }
            _ => {}
        })?;
    }
    let body = Body { quoting, ..Body::default() };
    Ok(body.read(&mut package, limits)?.paragraphs.into_text())
}

/// The piece of a document: its properties, its own title, and what its top says where these are silent.
pub(super) fn with_head(properties: Piece, heading: Option<String>, text: String) -> Piece {
    let headed = plain::read(text.clone());
    let title = properties.title.or(heading);
    match title {
        Some(title) => {
            // A title that stands at the top again is not said twice.
            let repeated = text.split("\n\n").next().is_some_and(|first| one_line(first) == title);
            let text = if repeated { text.split_once("\n\n").map_or_else(String::new, |(_, rest)| rest.to_owned()) } else { text };
            Piece { title: Some(title), text, ..properties }
        }
        None => Piece {
            title: headed.title,
            text: headed.text,
            date: headed.date.or(properties.date),
            source: headed.source.or(properties.source),
            url: headed.url.or(properties.url),
            authors: if headed.authors.is_empty() { properties.authors } else { headed.authors },
            ..properties
        },
    }
}

#[derive(Default)]
struct Body {
    paragraphs: Paragraphs,
    /// The first paragraph that has the style of a title.
    title: Option<String>,
    is_title: bool,
    /// The styles that set a paragraph off as a quotation, where that is asked.
    quoting: Vec<String>,
    is_quotation: bool,
    /// How deep the walk is inside what is left out.
    skipping: usize,
    in_text: bool,
}

impl Body {
    /// Reads the paragraphs of a document and its notes.
    fn read(mut self, package: &mut Package, limits: &Limits) -> Result<Self, Reason> {
        let document = package.needed("word/document.xml")?;
        self.walk(&document, limits.depth)?;
        for notes in ["word/footnotes.xml", "word/endnotes.xml"] {
            // Notes that are broken cost themselves, not the text.
            if let Ok(Some(notes)) = package.text(notes) {
                self.walk(&notes, limits.depth).ok();
            }
        }
        Ok(self)
    }

    fn walk(&mut self, xml: &str, depth: usize) -> Result<(), Reason> {
        walk(xml, depth, &mut |node| match node {
            // Deleted text, codes of fields, and what old programs see instead of a drawing that is there as well.
            Node::Open("del" | "moveFrom" | "instrText" | "delText" | "Fallback", _) => self.skipping += 1,
            Node::Close("del" | "moveFrom" | "instrText" | "delText" | "Fallback") => self.skipping = self.skipping.saturating_sub(1),
            _ if self.skipping > 0 => {}
            Node::Open("p", _) => {
                self.paragraphs.end();
            }
            Node::Open("tr", _) => self.paragraphs.open_row(),
            Node::Close("tc") => self.paragraphs.end_cell(),
            Node::Close("tr") => self.paragraphs.end_row(),
            Node::Open("pStyle", attributes) => {
                let style = attributes.get("val").unwrap_or_default();
                self.is_title = style.eq_ignore_ascii_case("title");
                self.is_quotation = self.quoting.contains(&style);
            }
            Node::Open("t", _) => self.in_text = true,
            Node::Close("t") => self.in_text = false,
            Node::Open("tab", _) => self.paragraphs.push(" "),
            Node::Open("br" | "cr", _) => self.paragraphs.push("\n"),
            Node::Open("noBreakHyphen", _) => self.paragraphs.push("\u{2011}"),
            Node::Text(text) if self.in_text => self.paragraphs.push(text),
            Node::Close("p") => {
                if std::mem::take(&mut self.is_quotation) {
                    self.paragraphs.set_off();
                }
                let ended = self.paragraphs.end();
                if std::mem::take(&mut self.is_title) && self.title.is_none() {
                    self.title = ended.map(one_line);
                }
            }
            _ => {}
        })
    }
}
