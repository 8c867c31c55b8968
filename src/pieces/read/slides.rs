//! `PowerPoint`: the paragraphs of its slides, each slide a page.

use super::Limits;
use super::package::Package;
use super::xml::{Node, Paragraphs, walk};
use crate::pieces::piece::one_line;
use crate::pieces::{Lines, Piece, Reason};

pub(super) fn read(bytes: Vec<u8>, limits: &Limits) -> Result<Piece, Reason> {
    let mut package = Package::open(bytes, limits)?;
    let properties = package.properties("docProps/core.xml", limits.depth);
    let mut slides: Vec<(u64, String)> = package
        .names()
        .into_iter()
        .filter_map(|name| Some((name.strip_prefix("ppt/slides/slide")?.strip_suffix(".xml")?.parse().ok()?, name)))
        .collect();
    slides.sort_unstable();
    let (mut paragraphs, mut pages, mut first) = (Paragraphs::default(), Vec::new(), None);
    let (mut length, mut counted) = (0, 0);
    for (number, name) in slides {
        length += paragraphs.len_from(counted);
        counted = paragraphs.count();
        pages.push((length, number));
        let mut in_text = false;
        walk(&package.needed(&name)?, limits.depth, &mut |node| match node {
            Node::Open("t", _) => in_text = true,
            Node::Close("t") => in_text = false,
            Node::Open("br", _) => paragraphs.push("\n"),
            Node::Open("tab", _) => paragraphs.push(" "),
            Node::Text(text) if in_text => paragraphs.push(text),
            Node::Close("p") => {
                let ended = paragraphs.end();
                if first.is_none() {
                    first = ended.map(one_line);
                }
            }
            _ => {}
        })?;
    }
    Ok(Piece { title: properties.title.clone().or(first), text: paragraphs.into_text(), lines: Lines::Pages(pages), ..properties })
}
