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
    let document = package.needed("word/document.xml")?;
    let mut body = Body::default();
    body.walk(&document, limits.depth)?;
    for notes in ["word/footnotes.xml", "word/endnotes.xml"] {
        // Notes that are broken cost themselves, not the text.
        if let Ok(Some(notes)) = package.text(notes) {
            body.walk(&notes, limits.depth).ok();
        }
    }
    let heading = body.title.take();
    Ok(with_head(properties, heading, body.paragraphs.into_text()))
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
            authors: if headed.authors.is_empty() { properties.authors } else { headed.authors },
            ..Piece::default()
        },
    }
}

#[derive(Default)]
struct Body {
    paragraphs: Paragraphs,
    /// The first paragraph that has the style of a title.
    title: Option<String>,
    is_title: bool,
    /// How deep the walk is inside what is left out.
    skipping: usize,
    in_text: bool,
}

impl Body {
    fn walk(&mut self, xml: &str, depth: usize) -> Result<(), Reason> {
        walk(xml, depth, &mut |node| match node {
            // Deleted text, codes of fields, and what old programs see instead of a drawing that is there as well.
            Node::Open("del" | "moveFrom" | "instrText" | "delText" | "Fallback", _) => self.skipping += 1,
            Node::Close("del" | "moveFrom" | "instrText" | "delText" | "Fallback") => self.skipping = self.skipping.saturating_sub(1),
            _ if self.skipping > 0 => {}
            Node::Open("p", _) => {
                self.paragraphs.end();
            }
            Node::Open("pStyle", attributes) => {
                self.is_title = attributes.get("val").is_some_and(|style| style.eq_ignore_ascii_case("title"));
            }
            Node::Open("t", _) => self.in_text = true,
            Node::Close("t") => self.in_text = false,
            Node::Open("tab", _) => self.paragraphs.push(" "),
            Node::Open("br" | "cr", _) => self.paragraphs.push("\n"),
            Node::Open("noBreakHyphen", _) => self.paragraphs.push("\u{2011}"),
            Node::Text(text) if self.in_text => self.paragraphs.push(text),
            Node::Close("p") => {
                let ended = self.paragraphs.end();
                if std::mem::take(&mut self.is_title) && self.title.is_none() {
                    self.title = ended.map(one_line);
                }
            }
            _ => {}
        })
    }
}
