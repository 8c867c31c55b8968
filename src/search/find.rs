use super::Error;
use super::answer::PieceView;
use crate::index::fields::Meta;
use crate::index::{Reader, StoredPassage, StoredPiece};
use crate::text::{Words, fold};

/// A piece, whole, with the passage that was asked for, if one was.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The piece.
    pub piece: PieceView,
    /// Its passages, in order.
    pub passages: Vec<StoredPassage>,
    /// The place among them of the one that was asked for.
    pub passage: Option<usize>,
    /// The ids of other pieces with the same text.
    pub others: Vec<String>,
}

/// What `show` was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named<'t> {
    /// A passage: the beginning of a digest and code points.
    Passage(&'t str, usize, usize),
    /// A piece by its id or path.
    Piece(&'t str),
}

impl<'t> Named<'t> {
    /// What `name` means: `3f9a1c2e7b40:1204-1876` is a passage, anything else a piece.
    #[must_use]
    pub fn of(name: &'t str) -> Self {
        let passage = || {
            let (digest, range) = name.rsplit_once(':')?;
            let (start, end) = range.split_once('-')?;
            let is_digest = digest.len() == 12 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
            is_digest.then_some(Self::Passage(digest, start.parse().ok()?, end.parse().ok()?))
        };
        passage().unwrap_or(Self::Piece(name))
    }
}

/// What the index holds under `name`.
pub fn find_by_id(reader: &Reader, name: &str) -> Result<Shown, Error> {
    let not_found = || Error::NotFound(name.to_owned());
    match Named::of(name) {
        Named::Passage(digest, start, end) => {
            let mut pieces = reader.pieces_with(Meta::Digest(digest))?;
            if pieces.is_empty() {
                return Err(not_found());
            }
            let head = pieces.remove(0);
            let others = pieces.iter().map(|piece| reader.piece_id(piece)).collect::<Result<_, _>>()?;
            let shown = shown(reader, head, others)?;
            let passage = shown.passages.iter().position(|passage| passage.start == start && passage.end == end).ok_or_else(not_found)?;
            Ok(Shown { passage: Some(passage), ..shown })
        }
        Named::Piece(id) => {
            let piece = by_id(reader, id)?.ok_or_else(not_found)?;
            shown(reader, piece, Vec::new())
        }
    }
}

/// The piece, whole, that `name` means: a passage's id, the beginning of a digest, or a piece's id or path.
pub fn find_piece_by_id(reader: &Reader, name: &str) -> Result<Shown, Error> {
    if name.len() == 12 && name.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let mut pieces = reader.pieces_with(Meta::Digest(name))?;
        if !pieces.is_empty() {
            return shown(reader, pieces.remove(0), Vec::new());
        }
    }
    find_by_id(reader, name)
}

/// The piece with this id or path.
fn by_id(reader: &Reader, id: &str) -> Result<Option<StoredPiece>, Error> {
    // The record's id, bare or with the number that tells it from others like it; else the path.
    let bare = id.rsplit_once('#').map_or(id, |(bare, _)| bare);
    for candidate in [id, bare] {
        for piece in reader.pieces_with(Meta::Id(candidate))? {
            if reader.piece_id(&piece)? == id {
                return Ok(Some(piece));
            }
        }
    }
    // Paths are kept by their words, without the name of the root that stands before them where there are several.
    let roots = &reader.manifest().roots;
    let names: Vec<String> = roots.all().iter().map(|root| roots.display(root.number, "")).collect();
    let inside = names.iter().filter_map(|name| id.strip_prefix(name.as_str()));
    // A `#` may be of the path itself, or begin what tells one of several pieces of a file from the others.
    let paths = inside.chain([id]).flat_map(|path| [Some(path), path.rsplit_once('#').map(|(path, _)| path)]);
    for path in paths.flatten() {
        let Some(word) = Words::of(path).map(|word| fold::folded(word.span.of(path))).max_by_key(String::len) else { continue };
        for piece in reader.pieces_with(Meta::Path(&word))? {
            if reader.piece_id(&piece)? == id || roots.display(piece.root, &piece.whole_path()) == id {
                return Ok(Some(piece));
            }
        }
    }
    Ok(None)
}

fn shown(reader: &Reader, stored: StoredPiece, others: Vec<String>) -> Result<Shown, Error> {
    let passages = reader.passages_of(&stored)?;
    let piece = PieceView { stale: reader.is_stale(&stored), ..PieceView::new(reader, stored)? };
    Ok(Shown { piece, passages, passage: None, others })
}
