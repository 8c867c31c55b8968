//! Commits that can be gone back to.
//!
//! The last commit stands in one file, which a writer replaces, and what earlier ones were made of is deleted. Who copies the folder meanwhile gets
//! that file from one moment and the others from other moments, and may have no commit whole. So a writer keeps the commit that it found, until the
//! next writer comes: what that was made of, and a record, which is a copy of that one file under the name of its digest. A copy that is made
//! while one writer is at work, from whatever moment on, holds all of it.
//!
//! A record whose bytes are not those of its name is none. So records also tell whether the one file is damaged, and what it said.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use foldhash::HashSet;
use serde::Deserialize;

use crate::index::block::digest;

/// The file in which the engine keeps what the last commit is made of.
pub(in crate::index) const META: &str = "meta.json";
/// How the names of records end.
pub(in crate::index) const RECORD: &str = "commit";

/// What a commit says of itself, as far as it is read here.
#[derive(Deserialize)]
pub(in crate::index) struct Record {
    /// The number of the last operation in it.
    pub(in crate::index) opstamp: u64,
    segments: Vec<Made>,
    /// Its manifest.
    pub(in crate::index) payload: Option<String>,
}

/// A segment of a commit.
#[derive(PartialEq, Eq, Deserialize)]
struct Made {
    segment_id: String,
    deletes: Option<Deletes>,
}

/// What of it is deleted.
#[derive(PartialEq, Eq, Deserialize)]
struct Deletes {
    opstamp: u64,
}

/// What each segment has a file of, by the ends of their names.
const FILES: [&str; 9] = [
    "fast",
    "fieldnorm",
    "idx",
    crate::index::segment::impacts::ENDING,
    "pos",
    crate::index::segment::forward_index::ENDING,
    "store",
    "term",
    crate::index::texts::ENDING,
];

/// The names of the files of the segment with this id, but for what tells what of it is deleted.
pub(in crate::index) fn files_of(id: &str) -> [PathBuf; FILES.len()] {
    FILES.map(|ending| format!("{id}.{ending}").into())
}

impl Record {
    /// The last commit of the index at `path`; `None` if what says so is gone or damaged.
    pub(in crate::index) fn last(path: &Path) -> Option<Self> {
        let bytes = fs::read(path.join(META)).ok()?;
        let last: Self = serde_json::from_slice(&bytes).ok()?;
        // A writer that has finished has made a record of it, and one that was stopped wrote another commit.
        let is_recorded = path.join(name_of(&bytes)).exists();
        let same = |record: Self| record.opstamp == last.opstamp && record.segments == last.segments;
        let is_damaged = !is_recorded && names(path).iter().filter_map(|name| Self::read(path, name)).any(same);
        (!is_damaged).then_some(last)
    }

    /// The commit that is kept in the folder `path` under `name`.
    pub(in crate::index) fn read(path: &Path, name: impl AsRef<Path>) -> Option<Self> {
        let bytes = fs::read(path.join(&name)).ok()?;
        if name.as_ref() != Path::new(&name_of(&bytes)) {
            return None;
        }
        serde_json::from_slice(&bytes).ok()
    }

    /// Whether there is nothing in it: not even a file of which nothing could be read.
    pub(in crate::index) fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// Whether it is made of these segments, each told by its id without hyphens and the number of the last operation that deleted something of it.
    pub(in crate::index) fn is_of(&self, segments: impl Iterator<Item = (String, Option<u64>)>) -> bool {
        let made = |made: &Made| (made.segment_id.replace('-', ""), made.deletes.as_ref().map(|deletes| deletes.opstamp));
        self.segments.iter().map(made).collect::<HashSet<_>>() == segments.collect()
    }

    /// The names of the files that it is made of.
    pub(in crate::index) fn files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        for made in &self.segments {
            let id = made.segment_id.replace('-', "");
            files.extend(files_of(&id));
            files.extend(made.deletes.iter().map(|deletes| format!("{id}.{}.del", deletes.opstamp).into()));
        }
        files
    }

    /// Whether the commit is made of the file called `name`, among others.
    fn holds(&self, name: &str) -> bool {
        self.segments.iter().any(|made| {
            let id = made.segment_id.replace('-', "");
            match name.strip_prefix(&id).and_then(|rest| rest.strip_prefix('.')) {
                None => false,
                Some(ending) => match ending.strip_suffix(".del") {
                    None => true,
                    Some(opstamp) => made.deletes.as_ref().is_some_and(|deletes| opstamp == deletes.opstamp.to_string()),
                },
            }
        })
    }
}

/// Makes a record of the last commit of the index at `path`, and gives its name.
pub(in crate::index) fn record(path: &Path) -> io::Result<String> {
    let meta = fs::read(path.join(META))?;
    let name = name_of(&meta);
    if !path.join(&name).exists() {
        replace(&path.join(&name), &meta)?;
    }
    Ok(name)
}

/// Keeps the last commit of the index at `path`, and no other any longer.
pub(in crate::index) fn keep(path: &Path) -> io::Result<()> {
    let name = record(path)?;
    for other in names(path).into_iter().filter(|other| *other != name) {
        fs::remove_file(path.join(other))?;
    }
    Ok(())
}

/// Whether a commit that is kept in the folder `path` is made of the file called `name`.
pub(in crate::index) fn is_kept(path: &Path, name: &str) -> bool {
    names(path).iter().filter_map(|record| Record::read(path, record)).any(|record| record.holds(name))
}

/// The records in the folder `path` and their names, that of the latest commit first.
pub(in crate::index) fn records(path: &Path) -> Vec<(PathBuf, Record)> {
    let written = |name: &String| fs::metadata(path.join(name)).and_then(|found| found.modified()).ok();
    // A commit that only took a root up or off has the number of the one before.
    let mut found: Vec<_> = names(path).into_iter().filter_map(|name| Some((Record::read(path, &name)?, written(&name), name))).collect();
    found.sort_by(|(a, a_written, _), (b, b_written, _)| (b.opstamp, b_written).cmp(&(a.opstamp, a_written)));
    found.into_iter().map(|(record, _, name)| (name.into(), record)).collect()
}

/// The records in the folder `path` whose bytes are not those of their names, which are none.
pub(in crate::index) fn damaged(path: &Path) -> Vec<PathBuf> {
    let mut damaged: Vec<PathBuf> = names(path).into_iter().filter(|name| Record::read(path, name).is_none()).map(PathBuf::from).collect();
    damaged.sort();
    damaged
}

/// Goes back to the commit of the record called `name`: what belongs to others is deleted.
pub(in crate::index) fn go_back(path: &Path, name: &Path) -> io::Result<()> {
    let bytes = fs::read(path.join(name))?;
    let record: Record = serde_json::from_slice(&bytes)?;
    let meta = path.join(META);
    replace(&meta, &bytes)?;
    let kept: HashSet<PathBuf> = records(path).into_iter().map(|(name, _)| name).collect();
    for entry in fs::read_dir(path)?.flatten() {
        let file = entry.file_name();
        let is_of_segment = file.to_str().is_some_and(|file| file.split('.').next().is_some_and(|id| id.len() == 32));
        let is_needed = kept.contains(Path::new(&file)) || file.to_str().is_none_or(|file| record.holds(file));
        if is_of_segment && !is_needed {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// The name of the record that holds these bytes.
fn name_of(bytes: &[u8]) -> String {
    format!("{}.{RECORD}", digest(bytes))
}

fn names(path: &Path) -> Vec<String> {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| Path::new(name).extension().is_some_and(|end| end == RECORD))
        .collect()
}

/// Writes a file in one step, so that nobody reads half of it. Who may read it is as for any new file.
pub(in crate::index) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // Hidden, as all is that a writer leaves who is stopped before there is anything.
    let beside = path.with_file_name(format!(".{}.part", path.file_name().unwrap_or_default().to_string_lossy()));
    let mut file = fs::File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_data()?;
    fs::rename(&beside, path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::open::open_index;
    use crate::index::update::write::Writer;
    use crate::index::{Options, Reader, check, update};

    #[test]
    fn a_run_that_is_stopped_when_it_has_begun_leaves_no_damage() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().canonicalize().unwrap();
        let (roots, index) = (["a", "b"].map(|name| home.join(name)), home.join(".pundit/index"));
        for root in &roots {
            fs::create_dir_all(root).unwrap();
            fs::write(root.join("1.md"), "Coal.\n").unwrap();
        }
        let options = Options::default();
        update(&index, &roots[..1], &options, |_| {}).unwrap();
        let mut writer = Writer::open(&index, &options).unwrap();
        let mut both = writer.manifest.roots.clone();
        both.add(&roots[1], &home);
        writer.begin(&both).unwrap();
        drop(writer);
        assert_eq!(check(&index).unwrap(), []);
        let reader = Reader::open(&index).unwrap();
        assert!(!reader.is_earlier() && reader.manifest().roots.are_unread() && reader.manifest().totals.pieces == 1);
        assert_eq!(update(&index, &[], &options, |_| {}).unwrap().new, 1);
        assert!(!Reader::open(&index).unwrap().manifest().roots.are_unread());
    }

    #[test]
    fn a_commit_of_which_files_are_missing_is_gone_back_from() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().canonicalize().unwrap();
        let (root, index) = (home.join("a"), home.join(".pundit/index"));
        fs::create_dir_all(&root).unwrap();
        let write = |number: u32| fs::write(root.join(format!("{number}.md")), format!("Coal number {number}.\n")).unwrap();
        let updated = || update(&index, std::slice::from_ref(&root), &Options::default(), |_| {}).unwrap();
        let pieces = || Reader::open(&index).unwrap().manifest().totals.pieces;
        let segments = || {
            let opened = open_index(&index, None).unwrap().searchable_segment_metas().unwrap();
            opened.into_iter().map(|segment| (segment.id().uuid_string(), segment.delete_opstamp()))
        };
        (0..20).for_each(write);
        updated();
        let before = fs::read(index.join(META)).unwrap();
        (15..30).for_each(write);
        updated();
        assert_eq!((pieces(), records(&index).len()), (30, 2));
        // The files of the commit before are all there: a copy that got no new one has that.
        let held: Record = serde_json::from_slice(&before).unwrap();
        assert!(!held.is_of(segments()), "what is said of one commit is not taken for the other");
        assert!(Record::last(&index).unwrap().is_of(segments()));
        let new: Vec<PathBuf> = fs::read_dir(&index)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|end| end == "store") && !held.holds(path.file_name().unwrap().to_str().unwrap()))
            .collect();
        assert!(!new.is_empty());
        for path in &new {
            fs::remove_file(path).unwrap();
        }
        assert!(pieces() == 20 && Reader::open(&index).unwrap().is_earlier());
        assert_eq!(check(&index).unwrap(), [crate::index::Fault::Earlier]);
        updated();
        assert!(pieces() == 30 && !Reader::open(&index).unwrap().is_earlier());
        assert_eq!(check(&index).unwrap(), []);
        // The next writer deletes what was kept for the one before.
        updated();
        write(99);
        updated();
        assert_eq!(records(&index).len(), 2);
        let metas: Vec<Record> = records(&index).into_iter().map(|(_, record)| record).collect();
        for entry in fs::read_dir(&index).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let is_of_segment = name.split('.').next().is_some_and(|id| id.len() == 32) && !name.ends_with(RECORD);
            assert!(!is_of_segment || metas.iter().any(|record| record.holds(&name)), "{name}");
        }
    }
}
