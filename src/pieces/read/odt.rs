//! `OpenOffice`: paragraphs and headings; notes come behind the text.

use super::Limits;
use super::docx::with_head;
use super::package::Package;
use super::xml::{Node, Paragraphs, walk};
use crate::pieces::{Piece, Reason};

pub(super) fn read(bytes: Vec<u8>, limits: &Limits) -> Result<Piece, Reason> {
    let mut package = Package::open(bytes, limits)?;
    if package.text("META-INF/manifest.xml").ok().flatten().is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(Reason::Encrypted);
    }
    let properties = package.properties("meta.xml", limits.depth);
    let (mut text, mut notes) = (Paragraphs::default(), Paragraphs::default());
    let (mut in_note, mut skipping, mut in_body) = (0_usize, 0_usize, false);
    walk(&package.needed("content.xml")?, limits.depth, &mut |node| match node {
        Node::Open("tracked-changes" | "annotation" | "note-citation", _) => skipping += 1,
        Node::Close("tracked-changes" | "annotation" | "note-citation") => skipping = skipping.saturating_sub(1),
        Node::Open("body", _) => in_body = true,
        Node::Open("note", _) => in_note += 1,
        Node::Close("note") => {
            in_note = in_note.saturating_sub(1);
            notes.end();
        }
        _ if skipping > 0 || !in_body => {}
        node => {
            let out = if in_note > 0 { &mut notes } else { &mut text };
            match node {
                Node::Open("s" | "tab", _) => out.push(" "),
                Node::Open("line-break", _) => out.push("\n"),
                Node::Text(said) => out.push(&said.replace('\n', " ")),
                Node::Open("table-row", _) => out.open_row(),
                Node::Close("table-cell") => out.end_cell(),
                Node::Close("table-row") => out.end_row(),
                Node::Close("p" | "h") => {
                    out.end();
                }
                _ => {}
            }
        }
    })?;
    let (text, notes) = (text.into_text(), notes.into_text());
    let text = if notes.is_empty() { text } else { format!("{text}\n\n{notes}") };
    Ok(with_head(properties, None, text))
}
