//! A folder becomes its files, in the same order on every machine.

use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use walkdir::{DirEntry, WalkDir};

use super::Reason;

/// A file under a root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it is on this machine.
    pub path: PathBuf,
    /// Its path from the root, with `/` between the parts; for a root that is a file, its name.
    pub relative: String,
    /// Size in bytes.
    pub size: u64,
    /// Time of its last change, in nanoseconds since 1970.
    pub modified: i64,
    /// Why it is not to be read, if so.
    pub skipped: Option<Reason>,
}

/// The files under `root`, sorted by the names of their folders and their own, name by name. Hidden entries (their name begins with a
/// point) are left out with what lies under them, as are the contents of folders that cannot be opened, which are given as entries of
/// their own with the reason. Links are never followed: what a link inside the root leads to inside the root is found in its own place.
pub fn walk(root: &Path) -> impl Iterator<Item = Entry> {
    let root = root.to_owned();
    WalkDir::new(&root).sort_by_file_name().into_iter().filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry)).filter_map(
        move |found| match found {
            Ok(entry) if entry.file_type().is_dir() => None,
            Ok(entry) => Some(describe(&root, &entry)),
            Err(error) => Some(unreadable(&root, &error)),
        },
    )
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

fn describe(root: &Path, entry: &DirEntry) -> Entry {
    let path = entry.path();
    let file_type = entry.file_type();
    let mut skipped = if file_type.is_symlink() {
        Some(Reason::Link(std::fs::read_link(path).unwrap_or_default()))
    } else if !file_type.is_file() {
        Some(Reason::Special)
    } else {
        None
    };
    let (size, modified) = match entry.metadata() {
        Ok(metadata) => (metadata.len(), modified(&metadata)),
        Err(error) => {
            skipped.get_or_insert(Reason::Unreadable(cause(error.io_error())));
            (0, 0)
        }
    };
    let relative = relative(root, path);
    if path.to_str().is_none() {
        skipped.get_or_insert(Reason::Name);
    }
    Entry { path: path.to_owned(), relative, size, modified, skipped }
}

fn unreadable(root: &Path, error: &walkdir::Error) -> Entry {
    let path = error.path().unwrap_or(root);
    Entry {
        path: path.to_owned(),
        relative: relative(root, path),
        size: 0,
        modified: 0,
        skipped: Some(Reason::Unreadable(cause(error.io_error()))),
    }
}

fn cause(error: Option<&io::Error>) -> String {
    error.map_or_else(|| "unknown error".to_owned(), ToString::to_string)
}

/// The path of `path` from `root`, the same on every system.
fn relative(root: &Path, path: &Path) -> String {
    match path.strip_prefix(root) {
        Ok(inside) if inside.as_os_str().is_empty() => root.file_name().unwrap_or(root.as_os_str()).to_string_lossy().into_owned(),
        Ok(inside) => inside.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/"),
        Err(_) => path.to_string_lossy().into_owned(),
    }
}

/// When a file was last changed, in nanoseconds since 1970, as far as the system says.
#[must_use]
pub fn modified(metadata: &Metadata) -> i64 {
    let Ok(time) = metadata.modified() else { return 0 };
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |nanos| -nanos),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn files_come_sorted_without_hidden_ones() {
        let root = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a/2.md", "a/1 空.md", ".git/x", "a/.hidden"] {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let found: Vec<_> = walk(root.path()).map(|entry| entry.relative).collect();
        assert_eq!(found, ["a/1 空.md", "a/2.md", "b.txt"]);
        let single: Vec<_> = walk(&root.path().join("b.txt")).map(|entry| entry.relative).collect();
        assert_eq!(single, ["b.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_named_and_not_followed() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("a.txt"), "x").unwrap();
        std::os::unix::fs::symlink(root.path(), root.path().join("loop")).unwrap();
        let found: Vec<_> = walk(root.path()).map(|entry| (entry.relative, entry.skipped)).collect();
        assert_eq!(found, [("a.txt".to_owned(), None), ("loop".to_owned(), Some(Reason::Link(root.path().to_owned())))]);
    }

    #[test]
    fn a_missing_root_is_one_unreadable_entry() {
        let found: Vec<_> = walk(Path::new("/nowhere/at/all")).collect();
        assert_eq!(found.len(), 1);
        assert!(matches!(found[0].skipped, Some(Reason::Unreadable(_))));
    }
}
