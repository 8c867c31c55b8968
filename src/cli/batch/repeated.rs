//! Rows whose id another has.

use std::hash::BuildHasher as _;
use std::path::Path;

use foldhash::HashSet;
use foldhash::fast::RandomState;

use super::super::output::talk;
use crate::search::batch::Row;
use crate::text::counted;

/// The ids that rows have had in this run, by their hashes, which take some sixteen bytes for each row.
#[derive(Default)]
pub(super) struct Repeated {
    seen: HashSet<u64>,
    hashes: RandomState,
    /// How many rows have one that was there before, and the first of them.
    count: u64,
    first: Option<(String, u64)>,
}

impl Repeated {
    /// Takes the next row.
    pub(super) fn see(&mut self, row: &Row) {
        if !self.seen.insert(self.hashes.hash_one(&row.qid)) {
            self.count += 1;
            self.first.get_or_insert_with(|| (row.qid.clone(), row.line));
        }
    }

    /// Says that ids are not unique, if they are not.
    pub(super) fn tell(&self, file: &Path) {
        if let Some((qid, line)) = &self.first {
            let rows = if self.count == 1 { "a row has".to_owned() } else { format!("{} have", counted(self.count, "row")) };
            let place = format!("{}:{line}", file.display());
            talk(&format!("hint: {place}: {rows} the id of a row above, here {qid:?}; eval and --since take such rows for one query"));
        }
    }
}
