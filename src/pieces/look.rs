//! How files look from outside, which tells whether they have changed.

use std::fs::Metadata;
use std::path::Path;
use std::time::UNIX_EPOCH;

use walkdir::DirEntry;

use super::Entry;

/// How a file looks from outside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Its size in bytes.
    pub size: u64,
    /// When it was changed, in nanoseconds since 1970.
    pub modified: i64,
}

impl Look {
    /// That of the file at `path`, links followed; an error if the system does not tell.
    pub fn of(path: &Path) -> std::io::Result<Self> {
        std::fs::metadata(path).map(|found| Self::from(&found))
    }

    /// Whether the file on disk looks like this.
    #[must_use]
    pub fn is_of(&self, entry: &Entry) -> bool {
        self.size == entry.size && self.modified == entry.modified
    }
}

impl From<&Metadata> for Look {
    fn from(found: &Metadata) -> Self {
        let modified = found.modified().map_or(0, |time| match time.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
            Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |nanos| -nanos),
        });
        Self { size: found.len(), modified }
    }
}

/// Asks the system how files look, mostly those of one folder after another, links not followed.
///
/// Where nothing has changed in a folder, that is most of what there is to do. Asked by its whole path, every folder on the way to a file is
/// looked up each time; asked by its name in an open folder, none is.
#[derive(Default)]
pub(super) struct Looks {
    #[cfg(unix)]
    folder: Option<(std::path::PathBuf, std::fs::File)>,
}

impl Looks {
    pub(super) fn of(&mut self, entry: &DirEntry) -> Result<Look, walkdir::Error> {
        if let Some(look) = self.beside(entry) {
            return Ok(look);
        }
        // This also tells what is wrong.
        entry.metadata().map(|found| Look::from(&found))
    }

    #[cfg(unix)]
    fn beside(&mut self, entry: &DirEntry) -> Option<Look> {
        use rustix::fs::{AtFlags, statat};

        let parent = entry.path().parent()?;
        let folder = match self.folder.take().filter(|(path, _)| path.as_os_str() == parent.as_os_str()) {
            Some(folder) => folder,
            None => (parent.to_owned(), std::fs::File::open(parent).ok()?),
        };
        let (_, folder) = self.folder.insert(folder);
        let found = statat(folder, entry.file_name(), AtFlags::SYMLINK_NOFOLLOW).ok()?;
        let modified = i128::from(found.st_mtime) * 1_000_000_000 + i128::from(found.st_mtime_nsec);
        Some(Look { size: u64::try_from(found.st_size).ok()?, modified: i64::try_from(modified).ok()? })
    }

    #[cfg(not(unix))]
    fn beside(&mut self, _: &DirEntry) -> Option<Look> {
        None
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use walkdir::WalkDir;

    use super::*;

    #[test]
    fn a_file_looks_the_same_however_it_is_asked_for() {
        let root = tempfile::tempdir().unwrap();
        for (path, text) in [("a/1.txt", "x"), ("a/2.txt", ""), ("a/b/3.txt", "xyz"), ("4 空.txt", "four")] {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let old = fs::File::options().write(true).open(root.path().join("a/2.txt")).unwrap();
        old.set_modified(UNIX_EPOCH - std::time::Duration::from_millis(1_500)).unwrap();
        let mut looks = Looks::default();
        let mut sizes = Vec::new();
        for entry in WalkDir::new(root.path()).sort_by_file_name().into_iter().map(Result::unwrap) {
            let look = looks.of(&entry).unwrap();
            assert_eq!(look, Look::of(entry.path()).unwrap(), "{}", entry.path().display());
            sizes.extend(entry.file_type().is_file().then_some((look.size, look.modified < 0)));
        }
        assert_eq!(sizes, [(4, false), (1, false), (0, true), (3, false)]);
    }

    #[test]
    fn of_what_is_gone_it_is_told_why() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("a.txt"), "x").unwrap();
        let entry = WalkDir::new(root.path()).min_depth(1).into_iter().next().unwrap().unwrap();
        fs::remove_file(entry.path()).unwrap();
        let error = Looks::default().of(&entry).unwrap_err();
        assert_eq!(error.io_error().unwrap().kind(), std::io::ErrorKind::NotFound);
    }
}
