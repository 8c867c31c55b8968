//! Files that were moved: what an index knows of one that is gone is true of one that is new, if it has the same bytes and is read alike.

use std::fs::File;

use foldhash::HashMap;

use super::plan::Plan;
use super::work::{Hashing, Job};
use crate::index::block::owner;
use crate::index::{Reader, StoredFile};
use crate::pieces::Look;
use crate::pieces::folder_kind;

/// What is told of a file without reading it, and decides how its bytes are read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Manner {
    size: u64,
    /// The endings of its name.
    endings: String,
    /// The kind of piece that its folders tell of.
    kind: Option<&'static str>,
    /// What the fields of its records are taken for.
    map: Vec<String>,
}

impl Manner {
    fn new(path: &str, size: u64, map: Vec<String>) -> Self {
        let name = path.rsplit('/').next().unwrap_or_default();
        let endings = name.split_once('.').map_or("", |(_, endings)| endings).to_lowercase();
        Self { size, endings, kind: folder_kind(path), map }
    }
}

/// Files that are gone, by their manner and the digests of their bytes.
#[derive(Debug, Default)]
pub(super) struct Lost(HashMap<Manner, HashMap<String, Vec<StoredFile>>>);

impl Lost {
    /// Keeps in mind that `file` is gone, as `plan` found, which the index `before` knows.
    pub(super) fn add(&mut self, file: StoredFile, plan: &Plan, before: &Reader) {
        let look = plan.known.get(&owner(file.root, &file.path)).filter(|known| !known.is_unread()).map(|known| known.look);
        let root = before.manifest().roots.get(file.root);
        // What was not read to its end has no time.
        if let (Some(Look { size, .. }), Some(root)) = (look, root)
            && file.pieces > 0
            && !file.digest.is_empty()
        {
            let alike = self.0.entry(Manner::new(&file.path, size, root.choice.map.clone())).or_default();
            alike.entry(file.digest.clone()).or_default().push(file);
        }
    }

    /// The file that was the one of `job`. Each is found but once.
    pub(super) fn take(&mut self, job: &Job) -> Option<StoredFile> {
        if self.0.is_empty() || job.known || job.entry.skipped.is_some() {
            return None;
        }
        let alike = self.0.get_mut(&Manner::new(&job.path, job.entry.size, job.mapping.rules()))?;
        let digest = Hashing::new(File::open(&job.entry.path).ok()?).finish().ok()?;
        alike.get_mut(&digest)?.pop()
    }
}
