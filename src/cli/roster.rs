//! The roster with what users add to it.

use std::path::{Path, PathBuf};

use super::{Failure, user};
use crate::actors::{Overlay, OverlayError, Roster, RosterInUse};

/// What a file of changes to the roster is called.
pub(super) const FILE: &str = "actors.toml";

/// The roster with the overlays of the user, of the index in `folder`, and of `files`, the later over the earlier.
pub(super) fn roster(folder: Option<&Path>, files: &[PathBuf]) -> Result<RosterInUse, Failure> {
    let standing = [of_user(), folder.map(|folder| folder.join(FILE))].into_iter().flatten().filter(|path| path.is_file());
    let paths: Vec<PathBuf> = standing.chain(files.iter().cloned()).collect();
    let mut roster: Option<Roster> = None;
    for path in paths {
        let overlay = read(&path)?;
        if !overlay.is_empty() {
            let below = roster.as_ref().unwrap_or_else(|| Roster::builtin());
            roster = Some(below.with(&[overlay]).map_err(|error| failure(Some(&path), &error))?);
        }
    }
    // Made once in a run and needed until its end.
    Ok(roster.map_or_else(RosterInUse::default, |roster| RosterInUse::from(&*Box::leak(Box::new(roster)))))
}

/// The user's own file of changes to the roster.
pub(super) fn of_user() -> Option<PathBuf> {
    user::config().map(|config| config.join(FILE))
}

/// The overlay in a file.
pub(super) fn read(path: &Path) -> Result<Overlay, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::reading(path, &error))?;
    Overlay::parse(&text).map_err(|error| failure(Some(path), &error))
}

/// What is wrong with changes, and the file that holds them; there is none if they are of the command line.
pub(super) fn failure(file: Option<&Path>, error: &OverlayError) -> Failure {
    let failure = Failure::usage(file.map_or_else(|| error.to_string(), |file| format!("{}: {error}", file.display())));
    match error {
        OverlayError::UnknownActor { similar: Some(similar), .. } => failure.hint(format!("did you mean {similar}?")),
        OverlayError::UnknownActor { .. } => failure.hint("find ids with: pundit actors find NAME"),
        OverlayError::Form(_) => failure.hint("its tables are [[add]], [[alias]], [[ignore]], [[split]] and [[prefer]]"),
        OverlayError::Taken(id) => failure.hint(format!("give {id} further names with [[alias]]")),
        _ => failure,
    }
}
