//! A folder becomes its files, in the same order on every machine.

use std::cmp::Ordering;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use ignore::overrides::{Override, OverrideBuilder};
use walkdir::{DirEntry, WalkDir};

use super::Reason;
use super::look::{Look, Looks};
use super::name;

/// A file under a root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it is on this machine.
    pub path: PathBuf,
    /// Its path from the root as [`name`] has it, with `/` between the parts; for the root itself, its name.
    pub relative: String,
    /// Size in bytes.
    pub size: u64,
    /// Time of its last change, in nanoseconds since 1970.
    pub modified: i64,
    /// Why it is not to be read, if so.
    pub skipped: Option<Reason>,
}

/// Which files of a root are wanted, by patterns as in `.gitignore`: those that match one of the first, if there are any, and none of the
/// second.
#[derive(Clone, Debug)]
pub struct Wanted(Override);

impl Wanted {
    /// Everything.
    #[must_use]
    pub fn all() -> Self {
        Self(Override::empty())
    }

    /// The files under `root` that match a pattern of `include`, if there are any, and none of `exclude`. A pattern that cannot be read is
    /// given back.
    pub fn new(root: &Path, include: &[String], exclude: &[String]) -> Result<Self, String> {
        let mut builder = OverrideBuilder::new(root);
        for pattern in include {
            builder.add(pattern.trim_start_matches('!')).map_err(|_| pattern.clone())?;
        }
        for pattern in exclude {
            builder.add(&format!("!{}", pattern.trim_start_matches('!'))).map_err(|_| pattern.clone())?;
        }
        builder.build().map(Self).map_err(|error| error.to_string())
    }
}

/// Gives `each` the files under `root` that lie at or under the path `inside` it (all, if that is empty), sorted by the names of their folders
/// and their own, name by name. Hidden entries (their name begins with a point) are left out with what lies under them, as is what the
/// `.ignore` files of the root and of the folders in it leave out, each under its own folder and written like a `.gitignore`, and the folders `passed_by`. A folder that cannot be opened is given as
/// an entry of its own with the reason. Links are never followed: what a link inside the root leads to inside the root is found in its own
/// place.
pub fn walk(root: &Path, inside: &str, wanted: &Wanted, passed_by: &[PathBuf], mut each: impl FnMut(Entry)) {
    let mut left_out = LeftOut::default();
    let part = (!inside.is_empty()).then(|| root.join(name::path(inside)));
    let walk = WalkDir::new(root).sort_by(by_name).into_iter().filter_entry(move |entry| {
        let (path, is_folder) = (entry.path(), entry.file_type().is_dir());
        let on_the_way = part.as_ref().is_none_or(|part| path.starts_with(part) || part.starts_with(path));
        let is_passed_by = (entry.depth() > 0 && is_hidden(entry)) || (is_folder && passed_by.iter().any(|folder| folder == path));
        on_the_way && !is_passed_by && !left_out.by_file(entry) && !wanted.0.matched(path, is_folder).is_ignore()
    });
    let mut pages = SavedPages::default();
    let found = walk.filter_map(|found| match found {
        Ok(entry) if entry.file_type().is_dir() => None,
        Ok(entry) => Some(Ok((pages.page_of(root, entry.path()), entry))),
        Err(error) => Some(Err(error)),
    });
    // Most of the time of a walk goes into asking the system for sizes and times. So one thread walks, others ask, and batches come in order.
    let (to_ask, asked) = sync_channel::<(Vec<Found>, SyncSender<Vec<Entry>>)>(WAITING);
    let (in_order, batches) = sync_channel(WAITING);
    let asked = Mutex::new(asked);
    std::thread::scope(|scope| {
        scope.spawn(move || hand_out(found, &in_order, &to_ask));
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS) {
            scope.spawn(|| {
                let next = || asked.lock().unwrap_or_else(PoisonError::into_inner).recv();
                while let Ok((found, give)) = next() {
                    let mut looks = Looks::default();
                    if give.send(found.into_iter().map(|found| describe(root, found, &mut looks)).collect()).is_err() {
                        break;
                    }
                }
            });
        }
        // A thread that panics closes its channels, and the scope goes on with the panic: nothing is lost in silence.
        batches.into_iter().filter_map(|batch: Receiver<Vec<Entry>>| batch.recv().ok()).flatten().for_each(&mut each);
    });
}

/// A file that was found, with the saved page that it belongs to; or why what lies there cannot be told.
type Found = Result<(Option<String>, DirEntry), walkdir::Error>;

/// So many files are handed on together, …
const TOGETHER: usize = 1_024;
/// … so many such batches may wait, …
const WAITING: usize = 16;
/// … for so many threads: a disk serves no more at once.
const MOST_THREADS: usize = 8;

/// Hands out what is found batch by batch, each with a way to give back its entries, and those ways in their order.
fn hand_out(
    mut found: impl Iterator<Item = Found>,
    in_order: &SyncSender<Receiver<Vec<Entry>>>,
    to_ask: &SyncSender<(Vec<Found>, SyncSender<Vec<Entry>>)>,
) {
    loop {
        let batch: Vec<Found> = found.by_ref().take(TOGETHER).collect();
        let (give, entries) = sync_channel(1);
        if batch.is_empty() || in_order.send(entries).is_err() || to_ask.send((batch, give)).is_err() {
            return;
        }
    }
}

/// The order of two entries of one folder: by their names. Their paths begin alike, and comparing those takes no path apart.
fn by_name(a: &DirEntry, b: &DirEntry) -> Ordering {
    a.path().as_os_str().cmp(b.path().as_os_str())
}

fn is_hidden(entry: &DirEntry) -> bool {
    let path = entry.path().as_os_str().as_encoded_bytes();
    let before = path.iter().rposition(|&byte| char::from(byte) == MAIN_SEPARATOR);
    path.get(before.map_or(0, |before| before + 1)..).is_some_and(|name| name.starts_with(b"."))
}

/// The `.ignore` files of the folders that are open in a walk, the outermost first.
#[derive(Default)]
struct LeftOut(Vec<(usize, Gitignore)>);

impl LeftOut {
    /// Whether an `.ignore` file above `entry` leaves it out: the nearest that says anything decides. To be asked in the order of a walk.
    fn by_file(&mut self, entry: &DirEntry) -> bool {
        let is_folder = entry.file_type().is_dir();
        self.0.retain(|(depth, _)| *depth < entry.depth());
        let said = self.0.iter().rev().map(|(_, file)| file.matched(entry.path(), is_folder)).find(|said| !said.is_none());
        let left_out = said.is_some_and(|said| matches!(said, Match::Ignore(_)));
        if is_folder && !left_out {
            let file = entry.path().join(".ignore");
            let mut builder = GitignoreBuilder::new(entry.path());
            // A line that cannot be read says nothing; the others do.
            if file.is_file()
                && builder.add(file).is_none_or(|error| error.is_partial())
                && let Ok(built) = builder.build()
            {
                self.0.push((entry.depth(), built));
            }
        }
        left_out
    }
}

/// Browsers save what a page needs in a folder beside it, `a_files` beside `a.html`.
#[derive(Default)]
struct SavedPages {
    /// The last folder that was asked about, and the page to which what lies in it belongs.
    last: Option<(PathBuf, Option<String>)>,
}

impl SavedPages {
    /// The page that a file of a root belongs to. Files of one folder come one after another.
    fn page_of(&mut self, root: &Path, path: &Path) -> Option<String> {
        let folder = path.parent()?;
        if self.last.as_ref().is_none_or(|(last, _)| last.as_os_str() != folder.as_os_str()) {
            let mut side = folder.ancestors().take_while(|folder| *folder != root && folder.starts_with(root));
            let page = side.find_map(|folder| Some((folder, side_of(folder)?))).and_then(|(folder, name)| {
                let pages = ["html", "htm", "xhtml", "mht"].into_iter().map(|ending| folder.with_file_name(format!("{name}.{ending}")));
                let page = pages.into_iter().find(|page| page.is_file())?;
                Some(page.file_name()?.to_string_lossy().into_owned())
            });
            self.last = Some((folder.to_owned(), page));
        }
        self.last.as_ref().and_then(|(_, page)| page.clone())
    }
}

/// The name of the page that a folder of this name would belong to.
fn side_of(folder: &Path) -> Option<&str> {
    let name = folder.file_name()?.to_str()?;
    ["_files", ".files", "-Dateien", "_fichiers", "_archivos"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .filter(|name| !name.is_empty())
}

fn describe(root: &Path, found: Found, looks: &mut Looks) -> Entry {
    let (page, entry) = match found {
        Ok(found) => found,
        Err(error) => return unreadable(root, &error),
    };
    let mut skipped = match entry.file_type() {
        kind if kind.is_symlink() => Some(Reason::Link(std::fs::read_link(entry.path()).unwrap_or_default())),
        kind if kind.is_file() => page.map(Reason::SideFile),
        _ => Some(Reason::Special),
    };
    let Look { size, modified } = looks.of(&entry).unwrap_or_else(|error| {
        skipped.get_or_insert(Reason::Unreadable(cause(&error)));
        Look::default()
    });
    let path = entry.into_path();
    let relative = relative(root, &path);
    if name::is_foreign(&relative) {
        skipped.get_or_insert(Reason::Name);
    }
    Entry { path, relative, size, modified, skipped }
}

fn unreadable(root: &Path, error: &walkdir::Error) -> Entry {
    let path = error.path().unwrap_or(root);
    let skipped = Some(Reason::Unreadable(cause(error)));
    Entry { path: path.to_owned(), relative: relative(root, path), size: 0, modified: 0, skipped }
}

fn cause(error: &walkdir::Error) -> String {
    error.io_error().map_or_else(|| "unknown error".to_owned(), ToString::to_string)
}

/// The path of `path` from `root`, the same on every system.
fn relative(root: &Path, path: &Path) -> String {
    // As nearly all are: text under a root, told without taking either apart.
    if MAIN_SEPARATOR == '/'
        && let (Some(root), Some(path)) = (root.to_str(), path.to_str())
        && let Some(inside) = path.strip_prefix(root).and_then(|inside| inside.strip_prefix('/'))
    {
        return inside.to_owned();
    }
    match path.strip_prefix(root) {
        Ok(inside) if inside.as_os_str().is_empty() => name::text(root.file_name().unwrap_or(root.as_os_str())),
        Ok(inside) => name::slashed(inside),
        Err(_) => name::text(path.as_os_str()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn part(root: &Path, inside: &str, wanted: &Wanted, passed_by: &[PathBuf]) -> Vec<Entry> {
        let mut entries = Vec::new();
        super::walk(root, inside, wanted, passed_by, |entry| entries.push(entry));
        entries
    }

    fn walk(root: &Path) -> impl Iterator<Item = Entry> {
        part(root, "", &Wanted::all(), &[]).into_iter()
    }

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for name in files {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        root
    }

    fn names(entries: impl IntoIterator<Item = Entry>) -> Vec<String> {
        entries.into_iter().map(|entry| entry.relative).collect()
    }

    #[test]
    fn files_come_sorted_without_hidden_ones() {
        let root = folder(&["b.txt", "a/2.md", "a/1 空.md", ".git/x", "a/.hidden"]);
        let found: Vec<_> = walk(root.path()).map(|entry| entry.relative).collect();
        assert_eq!(found, ["a/1 空.md", "a/2.md", "b.txt"]);
        let single: Vec<_> = walk(&root.path().join("b.txt")).map(|entry| entry.relative).collect();
        assert_eq!(single, ["b.txt"]);
    }

    #[test]
    fn patterns_say_what_is_wanted() {
        let root = folder(&["a.md", "b.txt", "d/a.md", "d/e/c.md", "notes/a.md"]);
        let wanted = |include: &[&str], exclude: &[&str]| {
            let owned = |patterns: &[&str]| patterns.iter().map(|&pattern| pattern.to_owned()).collect::<Vec<_>>();
            Wanted::new(root.path(), &owned(include), &owned(exclude)).unwrap()
        };
        let found = |wanted: &Wanted| names(part(root.path(), "", wanted, &[]));
        assert_eq!(found(&wanted(&["*.md"], &[])), ["a.md", "d/a.md", "d/e/c.md", "notes/a.md"]);
        assert_eq!(found(&wanted(&["*.md"], &["d/"])), ["a.md", "notes/a.md"]);
        assert_eq!(found(&wanted(&[], &["/a.md", "e"])), ["b.txt", "d/a.md", "notes/a.md"]);
        assert!(Wanted::new(root.path(), &["a[".to_owned()], &[]).is_err());
        fs::write(root.path().join(".ignore"), "notes\n*.txt\n").unwrap();
        assert_eq!(found(&Wanted::all()), ["a.md", "d/a.md", "d/e/c.md"]);
        // A part of a root is walked as the whole would be.
        assert_eq!(names(part(root.path(), "d", &wanted(&[], &["d/e"]), &[])), ["d/a.md"]);
        assert_eq!(names(part(root.path(), "notes/a.md", &Wanted::all(), &[])), Vec::<String>::new());
        assert_eq!(names(part(root.path(), "d/e/c.md", &Wanted::all(), &[])), ["d/e/c.md"]);
    }

    #[test]
    fn every_folder_says_what_of_it_is_left_out() {
        let root = folder(&["a.txt", "d/a.txt", "d/b.txt", "d/e/a.txt", "d/e/b.txt", "f/b.txt"]);
        fs::write(root.path().join(".ignore"), "a.txt\n").unwrap();
        fs::write(root.path().join("d/.ignore"), "b.txt\n!a.txt\n").unwrap();
        fs::write(root.path().join("d/e/.ignore"), "/a.txt\n").unwrap();
        assert_eq!(names(walk(root.path())), ["d/a.txt", "f/b.txt"]);
    }

    #[test]
    fn many_files_come_in_order_too() {
        let names: Vec<String> = (0..2 * TOGETHER + 10).map(|number| format!("{}/{number:05}.txt", number / 500)).collect();
        let root = folder(&names.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(walk(root.path()).map(|entry| entry.relative).collect::<Vec<_>>(), names);
        let passed_by = [root.path().join("1"), root.path().join("2/01000.txt")];
        let left = part(root.path(), "", &Wanted::all(), &passed_by).len();
        assert_eq!(left, names.len() - 500, "folders alone are passed by");
    }

    #[test]
    fn what_a_browser_saves_beside_a_page_belongs_to_it() {
        let root = folder(&["a.html", "a_files/b.html", "a_files/in/c.js", "b_files/d.html"]);
        let found: Vec<_> = walk(root.path()).map(|entry| (entry.relative, entry.skipped)).collect();
        let side = || Some(Reason::SideFile("a.html".to_owned()));
        let expected = [("a.html", None), ("a_files/b.html", side()), ("a_files/in/c.js", side()), ("b_files/d.html", None)];
        assert_eq!(found, expected.map(|(name, skipped)| (name.to_owned(), skipped)));
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
