//! What users call pieces: by their ids and paths, as search prints them, or by files of this machine.

use std::path::Path;

use super::Failure;
use crate::index::Reader;
use crate::search::{Error, Shown, find_by_id};

/// How many paths are suggested for an unknown name.
const SIMILAR: usize = 3;

/// The piece or passage that the user calls `name`: an id or path of the index, or a file of this machine that is in the index.
pub(super) fn named(reader: &Reader, name: &str) -> Result<Shown, Failure> {
    let found = |name: &str| match find_by_id(reader, name) {
        Ok(shown) => Ok(Some(shown)),
        Err(Error::NotFound(_)) => Ok(None),
        Err(error) => Err(Failure::from(error)),
    };
    if let Some(shown) = found(name)? {
        return Ok(shown);
    }
    let inside = path_of(reader, Path::new(name));
    if let Some(shown) = inside.as_deref().map(found).transpose()?.flatten() {
        return Ok(shown);
    }
    let failure = Failure::from(Error::NotFound(name.to_owned()));
    let similar = similar(reader, name)?;
    Err(match similar.as_slice() {
        // One that is known by this very name, and holds no piece, was skipped.
        similar if inside.is_some() || similar.iter().any(|known| known == name) => {
            failure.hint("the file is in an indexed folder; to see whether it was skipped, and why, run: pundit status")
        }
        [] => failure,
        similar => failure.hint(format!("did you mean {}?", similar.join(" or "))),
    })
}

/// The path that the index has for a file of this machine, if it lies in one of its roots.
fn path_of(reader: &Reader, file: &Path) -> Option<String> {
    let file = std::fs::canonicalize(file).ok().filter(|file| file.is_file())?;
    let roots = &reader.manifest().roots;
    roots.all().iter().find_map(|root| {
        let base = std::fs::canonicalize(root.absolute(reader.home())).ok()?;
        let inside = if base == file { Path::new(file.file_name()?) } else { file.strip_prefix(&base).ok()? };
        Some(roots.display(root.number, inside.to_str()?))
    })
}

/// The paths of the index that end as `name` does, or but for the kind of file.
fn similar(reader: &Reader, name: &str) -> Result<Vec<String>, Failure> {
    let wanted = Path::new(name);
    let mut found = Vec::new();
    for file in reader.files()? {
        let Some((root, path)) = file.place() else { continue };
        let is_alike = Path::new(path).ends_with(wanted) || Path::new(path).file_stem() == Some(wanted.as_os_str());
        if is_alike && found.len() < SIMILAR {
            found.push(reader.manifest().roots.display(root, path));
        }
    }
    Ok(found)
}
