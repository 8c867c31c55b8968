//! Where the index is.

use std::path::{Path, PathBuf};

use super::output::talk;
use super::roster::roster;
use super::{Failure, stopped, user};
use crate::actors::{Roster, RosterInUse};
use crate::index::{self, Change, Options, Reader};

/// Where an index lives in a folder.
const FOLDER: &str = ".pundit";
/// What the folder inside is called, in which the engine keeps its files, and one of those.
const DATA: &str = "index";
const ENGINE: &str = "meta.json";

/// Where to look for the index
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct IndexArgs {
    /// The folder of the index, usually called .pundit [default: that in `PUNDIT_INDEX`, or the nearest .pundit in this folder or above]
    #[arg(long, value_name = "DIR")]
    pub(super) index: Option<PathBuf>,
    /// A TOML file of further actors and names (repeatable; overrides ~/.config/pundit/actors.toml and the index's actors.toml)
    #[arg(long, value_name = "FILE")]
    pub(super) actors: Vec<PathBuf>,
}

impl IndexArgs {
    /// The folder of the index that is there, or of the one that is to be made here.
    pub(super) fn folder_or_new(&self) -> PathBuf {
        self.folder().unwrap_or_else(|| absolute(&here().join(FOLDER)))
    }

    /// The folder of the index that is to be brought up to date with `paths`, or with what it was made of if there are none.
    pub(super) fn folder_to_update(&self, paths: &[PathBuf]) -> Result<PathBuf, Failure> {
        let folder = self.folder_or_new();
        if paths.is_empty() && !index::is_there(&data(&folder)) {
            return Err(Failure::usage("nothing has been indexed here yet").hint("name a folder: pundit index FOLDER"));
        }
        match paths.iter().find(|path| is_of_index(&absolute(path), &folder)) {
            Some(own) => Err(Failure::usage(format!("{} is the index itself", own.display()))
                .hint("name the folder that holds the files to search: pundit index FOLDER")),
            None => Ok(folder),
        }
    }

    /// The folder of the index that is there.
    pub(super) fn existing(&self) -> Option<PathBuf> {
        self.folder()
    }

    /// Whether there is an index.
    pub(super) fn exists(&self) -> bool {
        self.folder().is_some_and(|folder| index::is_there(&data(&folder)))
    }

    /// The folder that holds the changes to the roster: that of the index, or the nearest that has some before there is an index.
    pub(super) fn of_changes(&self) -> Option<PathBuf> {
        let nearest = || here().ancestors().map(|folder| folder.join(FOLDER)).find(|folder| folder.join(super::roster::FILE).is_file());
        self.folder().or_else(nearest)
    }

    /// The roster, with what the user, the index that is there and the flags add to it.
    pub(super) fn roster(&self) -> Result<&'static Roster, Failure> {
        Ok(self.roster_in_use()?.roster())
    }

    /// The same, not read yet where that was not needed.
    pub(super) fn roster_in_use(&self) -> Result<RosterInUse, Failure> {
        roster(self.of_changes().as_deref(), &self.actors)
    }

    fn folder(&self) -> Option<PathBuf> {
        if let Some(folder) = self.index.clone().or_else(of_environment) {
            let folder = absolute(&folder);
            // What status prints is the folder inside.
            let inside = folder.file_name().is_some_and(|name| name == DATA) && folder.join(ENGINE).is_file();
            return Some(folder.parent().filter(|_| inside).map_or_else(|| folder.clone(), Path::to_owned));
        }
        let here = here();
        here.ancestors().map(|folder| folder.join(FOLDER)).find(|folder| index::is_there(&data(folder))).map(|folder| absolute(&folder))
    }

    /// The index, open.
    pub(super) fn open(&self) -> Result<Reader, Failure> {
        match self.folder() {
            Some(folder) => opened(&folder, roster(Some(&folder), &self.actors)?),
            None => Err(Failure::index("no index here: there is no .pundit in this folder or above")
                .hint("create one with: pundit index FOLDER, or search a folder with: pundit search --in FOLDER QUERY")),
        }
    }
}

/// The index in `folder`, open, with the roster in use. Says if it is not complete.
pub(super) fn opened(folder: &Path, roster: RosterInUse) -> Result<Reader, Failure> {
    stopped::using(&data(folder));
    let reader = Reader::open(&data(folder))?;
    if reader.is_earlier() {
        talk(&format!(
            "{}: files of the last update are missing or damaged, as in a copy made during it; these results are from before it. To bring the \
             index up to date run: pundit index",
            folder.display()
        ));
    }
    if reader.manifest().roots.are_unread() {
        unread(&reader, folder)?;
    }
    Ok(reader.with_roster(roster))
}

/// Says that the index in `folder` is not complete yet, and fails if it is empty.
fn unread(reader: &Reader, folder: &Path) -> Result<(), Failure> {
    let (folder, next) = (folder.display(), "unless it is still running, continue with: pundit index");
    if reader.manifest().totals.pieces == 0 {
        return Err(Failure::index(format!("{folder}: the first indexing run has not finished; nothing can be searched yet")).hint(next));
    }
    talk(&format!("{folder}: indexing has not finished; these results cover only what has been read so far; {next}"));
    Ok(())
}

/// Fails if `wanted` and what was indexed has changed since.
pub(super) fn fail_if_stale(reader: &Reader, wanted: bool) -> Result<(), Failure> {
    if !wanted {
        return Ok(());
    }
    let changes = match index::changes(reader.path(), &[], &Options::default()) {
        Ok((changes, _)) => changes,
        Err(error @ (index::Error::RootGone(_) | index::Error::RootClosed { .. })) => {
            return Err(
                Failure::index(format!("the index is out of date: {error}")).hint("bring the folder back, or search without --fail-stale")
            );
        }
        Err(error) => return Err(error.into()),
    };
    if changes.is_empty() {
        return Ok(());
    }
    let count = |of: fn(&Change) -> bool| changes.iter().filter(|change| of(change)).count();
    let [new, changed, gone] = [
        count(|change| matches!(change, Change::New(_))),
        count(|change| matches!(change, Change::Changed(_))),
        count(|change| matches!(change, Change::Gone(_))),
    ];
    Err(Failure::index(format!("the index is out of date: {new} new, {changed} changed, {gone} gone"))
        .hint("bring it up to date with: pundit index"))
}

/// The folder in which the engine keeps its files, inside the folder of an index.
pub(super) fn data(folder: &Path) -> PathBuf {
    folder.join(DATA)
}

/// The folder of the index that the environment names; a variable without value names none.
pub(super) fn of_environment() -> Option<PathBuf> {
    std::env::var_os("PUNDIT_INDEX").filter(|folder| !folder.is_empty()).map(PathBuf::from)
}

/// The folder of the index of `folder` itself, or one in the user's cache where `folder` cannot be written.
pub(super) fn of_folder(folder: &Path) -> Result<PathBuf, Failure> {
    if !folder.is_dir() {
        return Err(Failure::usage(format!("no such folder: {}", folder.display())).hint("--in takes the folder to search"));
    }
    let folder = std::fs::canonicalize(folder).map_err(|error| Failure::reading(folder, &error))?;
    let own = folder.join(FOLDER);
    if index::is_there(&data(&own)) || is_writable(&folder) {
        return Ok(absolute(&own));
    }
    let Some(cache) = user::cache() else {
        return Err(index::Error::Unwritable { path: own, source: std::io::ErrorKind::PermissionDenied.into() }.into());
    };
    let name = blake3::hash(folder.as_os_str().as_encoded_bytes()).to_hex();
    Ok(absolute(&cache.join(name.as_str()).join(FOLDER)))
}

/// Whether what lies at `path` belongs to the index in `folder`. A folder by another name may hold more than its index.
fn is_of_index(path: &Path, folder: &Path) -> bool {
    let is_own = folder.file_name().is_some_and(|name| name == FOLDER);
    path.starts_with(if is_own { folder.to_owned() } else { data(folder) })
}

fn is_writable(folder: &Path) -> bool {
    // Permission bits do not tell (other users' rights, read-only disks): try.
    let probe = folder.join(FOLDER);
    std::fs::create_dir(&probe).is_ok() || probe.is_dir() && std::fs::create_dir_all(data(&probe)).is_ok()
}

fn here() -> PathBuf {
    std::env::current_dir().unwrap_or_default()
}

/// `path` from the file system's root, without links as far as it exists: an index has one place, by whatever way it is reached, since its roots
/// are known by their places beside it.
fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let there = path.ancestors().find_map(|above| Some((above, std::fs::canonicalize(above).ok()?)));
    let Some((above, real)) = there else { return path };
    // What is to be made has parts that are not there yet.
    path.strip_prefix(above).into_iter().flatten().fold(real, |place, part| place.join(part))
}
