//! How an index is brought up to date, and what its user says of it.

use std::num::NonZeroUsize;

use crate::actors::RosterInUse;
use crate::index::Choice;
use crate::pieces::Limits;

/// How an index is brought up to date.
#[derive(Clone, Debug)]
pub struct Options {
    /// Threads that read and analyse; at the most [`MOST_THREADS`](crate::index::MOST_THREADS) are begun.
    pub threads: NonZeroUsize,
    /// Bytes that a segment may take in memory before it is written.
    pub memory: usize,
    /// What readers take on.
    pub limits: Limits,
    /// What is said now of the roots that are named: see [`Said`].
    pub said: Said,
    /// Whether roots that are gone are to be forgotten.
    pub prune: bool,
    /// The roster by which mentions are found.
    pub roster: RosterInUse,
}

/// What the user says of a root, beside what was said before, which stays where nothing is said now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Patterns of which a file has to match one.
    pub include: Option<Vec<String>>,
    /// Patterns of which a file may match none.
    pub exclude: Option<Vec<String>>,
    /// What fields of records are taken for.
    pub map: Option<Vec<String>>,
}

impl Said {
    /// Whether something is said of all that `choice` is about.
    pub(super) fn speaks_of(&self, choice: &Choice) -> bool {
        let said = [(&self.include, &choice.include), (&self.exclude, &choice.exclude), (&self.map, &choice.map)];
        said.iter().all(|(said, kept)| said.is_some() || kept.is_empty())
    }
}

impl Default for Options {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let threads = |count: usize, most: usize| NonZeroUsize::new(count.min(most)).unwrap_or(NonZeroUsize::MIN);
        Self {
            threads: threads(cores, 8),
            // 30,000 pieces of news, and mostly all that a run commits at a time, then are one segment, which nothing merges.
            memory: 128 << 20,
            limits: Limits::default(),
            said: Said::default(),
            prune: false,
            roster: RosterInUse::default(),
        }
    }
}
