//! Books: each chapter a piece, in the order of reading.

use foldhash::HashMap;

use super::package::Package;
use super::xml::{Node, walk};
use super::{Limits, Reading, html};
use crate::pieces::piece::{cut_name, one_line};
use crate::pieces::{Date, Piece, Reason, Skipped};
use crate::text::Language;

/// The most authors that a book has: each of its chapters has them all.
const AUTHORS: usize = 100;

/// What a book says of itself, and where its chapters are.
#[derive(Default)]
struct Book {
    title: Option<String>,
    authors: Vec<String>,
    date: Option<Date>,
    language: Option<Language>,
    /// The files in it by their ids: their paths, and whether they are for navigation.
    files: HashMap<String, (String, bool)>,
    /// The ids of its chapters.
    spine: Vec<String>,
}

pub(super) fn read(bytes: Vec<u8>, limits: &Limits) -> Reading {
    match chapters(bytes, limits) {
        Ok(reading) if reading.pieces.is_empty() && reading.skipped.is_empty() => Reading::left_out(Reason::NoText),
        Ok(reading) => reading,
        Err(reason) => Reading::left_out(reason),
    }
}

fn chapters(bytes: Vec<u8>, limits: &Limits) -> Result<Reading, Reason> {
    let mut package = Package::open(bytes, limits)?;
    let mut root = None;
    walk(&package.needed("META-INF/container.xml")?, limits.depth, &mut |node| {
        if let Node::Open("rootfile", attributes) = node {
            root = root.take().or_else(|| attributes.get("full-path"));
        }
    })?;
    let root = root.ok_or_else(|| Reason::Broken("its container names no book".to_owned()))?;
    let book = Book::read(&package.needed(&root)?, limits.depth)?;
    let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut reading = Reading::default();
    for (id, number) in book.spine.iter().zip(1_u64..) {
        let Some((path, false)) = book.files.get(id) else { continue };
        let path = joined(folder, path);
        match package.needed(&path).and_then(|page| html::body(&page, limits)) {
            Ok((_, text)) if text.is_empty() => {}
            Ok((heading, text)) => reading.pieces.push(Piece {
                record: Some(number),
                title: heading.filter(|heading| *heading != text).or_else(|| book.title.clone()),
                authors: book.authors.clone(),
                source: book.title.clone(),
                date: book.date,
                language: book.language,
                text,
                ..Piece::default()
            }),
            Err(reason) => reading.skipped.push(Skipped { inside: Some(path), ..Skipped::file(reason) }),
        }
    }
    Ok(reading)
}

impl Book {
    fn read(opf: &str, depth: usize) -> Result<Self, Reason> {
        let mut book = Self::default();
        let mut value = String::new();
        walk(opf, depth, &mut |node| match node {
            Node::Open("item", attributes) => {
                if let (Some(id), Some(href)) = (attributes.get("id"), attributes.get("href")) {
                    let is_navigation = attributes.get("properties").is_some_and(|properties| properties.contains("nav"));
                    book.files.entry(id).or_insert((href, is_navigation));
                }
            }
            Node::Open("itemref", attributes) => book.spine.extend(attributes.get("idref")),
            Node::Open(..) => value.clear(),
            Node::Text(text) => value.push_str(text),
            Node::Close(name) => {
                let said = one_line(&value);
                value.clear();
                match name {
                    _ if said.is_empty() => {}
                    "title" => book.title = book.title.take().or_else(|| Some(cut_name(&said))),
                    "creator" if book.authors.len() < AUTHORS => book.authors.push(cut_name(&said)),
                    "date" => book.date = book.date.or_else(|| Date::parse(&said)),
                    "language" => book.language = Language::parse(&said),
                    _ => {}
                }
            }
        })?;
        Ok(book)
    }
}

/// The path of a link in `folder`, its escapes resolved.
fn joined(folder: &str, link: &str) -> String {
    let link = link.split('#').next().unwrap_or_default();
    let mut bytes = Vec::new();
    let mut rest = link.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = match rest {
            [b'%', a, b, ..] => {
                char::from(*a).to_digit(16).zip(char::from(*b).to_digit(16)).and_then(|(a, b)| u8::try_from(a * 16 + b).ok())
            }
            _ => None,
        };
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { rest.get(3..).unwrap_or_default() } else { tail };
    }
    let link = String::from_utf8_lossy(&bytes).into_owned();
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
