//! Files that are written: never over what is read, and where it matters in one step.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Failure;
use super::place::data;
use crate::index::is_ours;

/// A file that is written beside its place and takes it when it is whole. Who reads what stands there reads on undisturbed, and a run that is cut
/// off leaves it as it was.
pub(super) struct Beside {
    pub(super) file: File,
    path: PathBuf,
    place: PathBuf,
}

impl Beside {
    /// A new file for `place`.
    pub(super) fn create(place: &Path) -> Result<Self, Failure> {
        let (path, place) = (beside(place), real(place));
        if place.is_file() {
            // One that may not be written is not to be replaced either.
            OpenOptions::new().write(true).open(&place).map_err(|error| Failure::writing(&place, &error))?;
        }
        let file = File::create(&path).map_err(|error| Failure::writing(&place, &error))?;
        Ok(Self { file, path, place })
    }

    /// The file for `place` that a run has left behind of which it knew that it has `length` bytes.
    pub(super) fn go_on(place: &Path, length: u64) -> Result<Self, Failure> {
        let (path, place) = (beside(place), real(place));
        // A run that ended just behind its last step had put it in its place.
        if !path.exists() && std::fs::metadata(&place).is_ok_and(|found| found.len() == length) {
            std::fs::rename(&place, &path).map_err(|error| Failure::writing(&path, &error))?;
        }
        let file = OpenOptions::new().read(true).write(true).open(&path).map_err(|error| Failure::reading(&path, &error))?;
        Ok(Self { file, path, place })
    }

    /// Puts it in its place.
    pub(super) fn finish(self) -> Result<(), Failure> {
        if self.path == self.place {
            return Ok(());
        }
        let rights = std::fs::metadata(&self.place).map(|there| there.permissions());
        let taken =
            rights.map_or(Ok(()), |rights| self.file.set_permissions(rights)).and_then(|()| std::fs::rename(&self.path, &self.place));
        taken.map_err(|error| Failure::writing(&self.place, &error))
    }
}

/// A file whose old contents go when something takes their place: a command that fails before it has anything to say leaves all as it was.
pub(super) struct Replaced {
    file: File,
    is_begun: bool,
    /// Where it is, if nothing was there before.
    new: Option<PathBuf>,
}

impl Replaced {
    /// The file at `path`, which can be written from now on.
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        let new = (!path.exists()).then(|| path.to_owned());
        let file =
            OpenOptions::new().write(true).create(true).truncate(false).open(path).map_err(|error| Failure::writing(path, &error))?;
        Ok(Self { file, is_begun: false, new })
    }

    /// A file that is written on, with what it has.
    pub(super) fn going_on(file: File) -> Self {
        Self { file, is_begun: true, new: None }
    }

    /// The same file once more.
    pub(super) fn handle(&self) -> io::Result<File> {
        self.file.try_clone()
    }

    fn begin(&mut self) -> io::Result<()> {
        // Pipes and terminals have nothing to lose.
        if !std::mem::replace(&mut self.is_begun, true) && self.file.metadata()?.is_file() {
            self.file.set_len(0)?;
        }
        Ok(())
    }
}

impl Write for Replaced {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.begin()?;
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.begin()?;
        self.file.flush()
    }
}

impl Drop for Replaced {
    fn drop(&mut self) {
        if let (false, Some(path)) = (self.is_begun, &self.new) {
            // Left behind it is empty, and in nobody's way.
            drop(std::fs::remove_file(path));
        }
    }
}

/// Fails if there can be no file at `place`: who writes it when all is done wants to know it before.
pub(super) fn try_whole(place: &Path) -> Result<(), Failure> {
    if beside(place) == real(place) {
        return Ok(());
    }
    let begun = Beside::create(place)?;
    std::fs::remove_file(&begun.path).map_err(|error| Failure::writing(place, &error))
}

/// Writes `text` to the file at `place` in one step.
pub(super) fn write_whole(place: &Path, text: &str) -> Result<(), Failure> {
    let mut beside = Beside::create(place)?;
    beside.file.write_all(text.as_bytes()).map_err(|error| Failure::writing(place, &error))?;
    beside.finish()
}

/// Where a link leads: it is not to be replaced by a file.
fn real(place: &Path) -> PathBuf {
    std::fs::canonicalize(place).unwrap_or_else(|_| place.to_owned())
}

/// Where what is to stand at `place` is written first. Pipes and terminals take it at once.
pub(super) fn beside(place: &Path) -> PathBuf {
    let place = real(place);
    if place.exists() && !place.is_file() {
        return place;
    }
    with_ending(&place, ".part")
}

/// `path` with something behind its name.
pub(super) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Fails if a file that is to be written, each with the flag that names it, is one of those that are read or lies among those of an index, or two
/// of them are one: by whatever links they are reached. The `read` may be `-`, standard input.
pub(super) fn keep_apart(read: &[&Path], written: &[(&str, &Path)]) -> Result<(), Failure> {
    let read: Vec<Identity> =
        read.iter().filter_map(|path| Identity::of(if *path == Path::new("-") { Path::new(STDIN) } else { path })).collect();
    let mut known: Vec<(&str, Identity)> = Vec::new();
    for (flag, path) in written {
        let Some(identity) = Identity::of(path) else { continue };
        if is_of_index(path) {
            return Err(Failure::usage(format!(
                "{flag}: {} lies in the folder of an index, which keeps its own files there",
                path.display()
            ))
            .hint("write to another folder"));
        }
        if read.contains(&identity) {
            return Err(Failure::usage(format!("{flag}: {} is read by this command and would be overwritten", path.display()))
                .hint("write to another file"));
        }
        if let Some((other, _)) = known.iter().find(|(_, known)| *known == identity) {
            return Err(Failure::usage(format!("{other} and {flag} would write to the same file: {}", path.display()))
                .hint("name two different files"));
        }
        known.push((flag, identity));
    }
    Ok(())
}

/// Whether a file lies among those of an index, or of the folder that holds one with its settings.
fn is_of_index(path: &Path) -> bool {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    is_ours(folder) || is_ours(&data(folder))
}

/// Where standard input can be looked at as a file, if a shell gave it one.
const STDIN: &str = "/dev/stdin";

/// What tells a file from all others, by whatever way it is reached.
#[derive(Debug, PartialEq, Eq)]
enum Identity {
    /// The number of its disk, and its own there.
    #[cfg(unix)]
    Numbers(u64, u64),
    /// Its path without links.
    Path(PathBuf),
}

impl Identity {
    /// That of the file at `path`, which need not be there yet. Pipes, terminals and the like have none: nothing is lost in them.
    fn of(path: &Path) -> Option<Self> {
        match std::fs::metadata(path) {
            Ok(found) if !found.is_file() => None,
            Ok(found) => Some(of_file(path, &found)),
            Err(_) => {
                let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
                Some(Self::Path(std::fs::canonicalize(folder).ok()?.join(path.file_name()?)))
            }
        }
    }
}

#[cfg(unix)]
fn of_file(_: &Path, found: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;

    Identity::Numbers(found.dev(), found.ino())
}

#[cfg(not(unix))]
fn of_file(path: &Path, _: &Metadata) -> Identity {
    Identity::Path(std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_known_by_whatever_links() {
        let folder = tempfile::tempdir().unwrap();
        let [file, hard, soft, other] = ["file", "hard", "soft", "other"].map(|name| folder.path().join(name));
        std::fs::write(&file, "x").unwrap();
        std::fs::hard_link(&file, &hard).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("file", &soft).unwrap();
        #[cfg(not(unix))]
        std::fs::copy(&file, &soft).unwrap();
        for path in [&file, &folder.path().join("./file"), if cfg!(unix) { &hard } else { &file }, if cfg!(unix) { &soft } else { &file }] {
            assert!(keep_apart(&[&file], &[("-o", path)]).is_err(), "{}", path.display());
            assert!(keep_apart(&[], &[("-o", &file), ("--summary", path)]).is_err(), "{}", path.display());
        }
        assert!(keep_apart(&[&file, &other], &[("-o", &folder.path().join("new"))]).is_ok());
        assert!(keep_apart(&[], &[("-o", &other), ("--summary", &other)]).is_err());
        assert!(keep_apart(&[Path::new("/dev/null")], &[("-o", Path::new("/dev/null")), ("--summary", Path::new("/dev/null"))]).is_ok());
    }

    #[test]
    fn a_file_is_as_it_was_until_something_takes_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let [old, new] = ["old", "new"].map(|name| folder.path().join(name));
        std::fs::write(&old, "kept").unwrap();
        for path in [&old, &new] {
            drop(Replaced::open(path).unwrap());
        }
        assert!(std::fs::read_to_string(&old).unwrap() == "kept" && !new.exists());
        for (path, said) in [(&old, "x"), (&new, "y")] {
            Replaced::open(path).unwrap().write_all(said.as_bytes()).unwrap();
            assert_eq!(std::fs::read_to_string(path).unwrap(), said);
            // An answer may be nothing at all.
            Replaced::open(path).unwrap().flush().unwrap();
            assert_eq!(std::fs::read_to_string(path).unwrap(), "");
        }
        try_whole(&old).unwrap();
        assert!(try_whole(&folder.path().join("none/file")).is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_file_takes_its_place_when_it_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("file");
        let read = || std::fs::read_to_string(&place).unwrap();
        std::fs::write(&place, "old").unwrap();
        let mut begun = Beside::create(&place).unwrap();
        begun.file.write_all(b"new").unwrap();
        assert_eq!(read(), "old");
        begun.finish().unwrap();
        assert_eq!(read(), "new");
        // One that had taken it when its run was killed is begun again only if it is the one that was written.
        assert!(Beside::go_on(&place, 2).is_err());
        Beside::go_on(&place, 3).unwrap().finish().unwrap();
        assert_eq!(read(), "new");
        #[cfg(unix)]
        {
            let link = folder.path().join("link");
            std::os::unix::fs::symlink("file", &link).unwrap();
            write_whole(&link, "through").unwrap();
            assert!(link.is_symlink() && read() == "through");
            write_whole(Path::new("/dev/null"), "x").unwrap();
            assert!(!Path::new("/dev/null").is_file());
        }
    }
}
