//! Files whose pieces are made again from what the index keeps of them: no file is read.

use super::kept::Kept;
use super::write::Writer;
use crate::index::block::{Origin, owner};
use crate::index::fields::Meta;
use crate::index::{Builder, Error};
use crate::pieces::Piece;

/// Makes the pieces of the file at `path` in `root` again, each after `change`, and gives their number.
pub(super) fn rewrite(
    writer: &mut Writer,
    builder: &mut Builder<'_>,
    (root, path): (u32, &str),
    change: impl Fn(&mut Piece),
) -> Result<u64, Error> {
    let key = owner(root, path);
    let mut file = None;
    let mut places = Vec::new();
    for (at, segment) in writer.before().segments().iter().enumerate() {
        file = segment.stored_file_of(&key)?.or(file);
        places.extend(segment.headers_with(Meta::Owner(&key))?.into_iter().map(|header| (at, header)));
    }
    let Some((mut stored, look)) = file else { return Ok(0) };
    writer.remove(root, path)?;
    // A kill between two commits must leave a file that is read again.
    let provisional = places.len() > 1;
    if provisional {
        writer.unfinished(root, path)?;
    }
    for &(at, header) in &places {
        let Some(segment) = writer.before().segments().get(at) else { continue };
        let kept = Kept::read(segment, header)?;
        let (size, modified) = (kept.header.size, kept.header.modified);
        let mut piece = kept.piece();
        change(&mut piece);
        match builder.block_or_skip(piece, None, &Origin { root, path, size, modified }) {
            Ok(block) => writer.add(&block)?,
            Err(skipped) => {
                stored.pieces = stored.pieces.saturating_sub(1);
                stored.skips += 1;
                stored.skipped.push((&skipped).into());
            }
        }
        // A piece without its file would be taken for none of it, and come again.
        if provisional {
            writer.commit_if_due()?;
        }
    }
    writer.file(&stored, look.size, look.modified, provisional)?;
    writer.commit_if_due()?;
    Ok(places.len() as u64)
}
