//! The mentions of an index found again by another roster.

use std::path::Path;
use std::sync::Arc;

use super::block::{Origin, owner};
use super::fields::Meta;
use super::write::Writer;
use super::{Block, Builder, Error, Options, Progress, StoredFile, StoredPassage, StoredPiece};
use crate::actors::Matcher;
use crate::pieces::{Date, Lines, Piece};
use crate::text::Language;

/// Finds the mentions of all pieces again by the roster in `options`, in the text that the index keeps: no file is read. Gives the number of
/// pieces.
///
/// # Errors
/// When the index cannot be opened or written.
pub fn retag(path: &Path, options: &Options, mut progress: impl FnMut(Progress<'_>)) -> Result<u64, Error> {
    let mut writer = Writer::open(path, options.roster.digest().to_owned(), options)?;
    let builder = Builder::new(writer.before().fields(), options.roster, Arc::new(Matcher::new(options.roster)));
    let known = writer.before().files()?;
    let mut pieces = 0;
    for (file, done) in known.iter().zip(1..) {
        let Some((root, path)) = file.key.split_once('/').and_then(|(root, path)| Some((root.parse().ok()?, path))) else { continue };
        let key = owner(root, path);
        let mut stored = StoredFile { root, path: path.to_owned(), ..StoredFile::default() };
        let mut places = Vec::new();
        for (at, segment) in writer.before().segments().iter().enumerate() {
            stored = segment.stored_files(Meta::FileOf(&key))?.pop().unwrap_or(stored);
            places.extend(segment.headers_with(Meta::Owner(&key))?.into_iter().map(|header| (at, header)));
        }
        writer.remove(root, path)?;
        // A kill between two commits must leave a file that is read again.
        let provisional = places.len() > 1;
        if provisional {
            writer.file(&StoredFile { root, path: path.to_owned(), ..StoredFile::default() }, 0, i64::MIN, false)?;
        }
        for (at, header) in places {
            let Some(segment) = writer.before().segments().get(at) else { continue };
            let piece = segment.piece(header)?;
            let passages = (segment.first_passage(header)..header).map(|doc| segment.passage(doc)).collect::<Result<Vec<_>, _>>()?;
            let block = again(&builder, piece, &passages);
            writer.add(block)?;
            writer.commit_if_due()?;
            pieces += 1;
        }
        writer.file(&stored, file.size, file.modified, provisional)?;
        progress(Progress { done, files: known.len() as u64, path });
    }
    options.roster.digest().clone_into(&mut writer.manifest.roster);
    writer.finish()?;
    Ok(pieces)
}

/// The block of a piece as the index has it, made again.
fn again(builder: &Builder<'_>, stored: StoredPiece, passages: &[StoredPassage]) -> Block {
    let (text, lines) = text_of(passages);
    let origin = Origin { root: stored.root, path: &stored.path, size: stored.size, modified: stored.modified };
    let piece = Piece {
        id: stored.id,
        inside: stored.inside,
        record: stored.record,
        title: stored.title,
        authors: stored.authors,
        source: stored.source,
        date: stored.date.as_deref().and_then(Date::parse),
        language: Language::parse(&stored.lang),
        url: stored.url,
        kind: stored.kind,
        tags: stored.tags,
        text,
        lines,
    };
    builder.block(piece, &origin)
}

/// The text of a piece from its passages, and its lines as far as the passages tell: those in which they begin.
fn text_of(passages: &[StoredPassage]) -> (String, Lines) {
    let mut text = String::new();
    let mut starts = Vec::new();
    let mut record = None;
    let mut pages = Vec::new();
    for passage in passages {
        text.push_str(&passage.lead);
        pages.extend(passage.page.map(|page| (text.len(), page)));
        if let Some(line) = passage.line {
            match passage.column {
                Some(column) => {
                    let back = usize::try_from(column).unwrap_or(1).saturating_sub(1);
                    let before = text.chars().rev().take(back).map(char::len_utf8).sum::<usize>();
                    starts.push((text.len() - before, line));
                }
                None => record = Some(line),
            }
        }
        text.push_str(&passage.text);
        text.push_str(&passage.gap);
    }
    let lines = match record {
        _ if !pages.is_empty() => Lines::Pages(pages),
        _ if !starts.is_empty() => Lines::Text(starts),
        Some(line) => Lines::Record(line),
        None => Lines::None,
    };
    (text, lines)
}
