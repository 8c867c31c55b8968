//! The mentions of an index found again by another roster.

use std::path::Path;
use std::sync::Arc;

use super::block::{Origin, owner};
use super::fields::Meta;
use super::kept::Kept;
use super::write::Writer;
use super::{Builder, Error, Options, Progress, StoredFile};
use crate::actors::Matcher;

/// Finds the mentions of all pieces again by the roster in `options`, in the text that the index keeps: no file is read. Gives the number of
/// pieces.
///
/// # Errors
/// When the index cannot be opened or written.
pub fn retag(path: &Path, options: &Options, mut progress: impl FnMut(Progress<'_>)) -> Result<u64, Error> {
    let roster = options.roster.roster();
    let mut writer = Writer::open(path, options.roster.digest().into_owned(), options)?;
    let builder = Builder::new(writer.before().fields(), roster, Arc::new(Matcher::new(roster)));
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
            let kept = Kept::read(segment, header)?;
            let (size, modified) = (kept.header.size, kept.header.modified);
            let block = builder.block(kept.piece(), &Origin { root, path, size, modified });
            writer.add(block)?;
            writer.commit_if_due()?;
            pieces += 1;
        }
        writer.file(&stored, file.look.size, file.look.modified, provisional)?;
        progress(Progress { done, files: known.len() as u64, path });
    }
    writer.manifest.roster = options.roster.digest().into_owned();
    writer.finish()?;
    Ok(pieces)
}
