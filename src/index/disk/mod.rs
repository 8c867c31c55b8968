//! The folder of an index: its files, its commits and its segments.
//!
//! - [`directory`]: the folder as the engine sees it. Files that only a merge reads are read as a [`stream`], not mapped.
//! - [`commits`]: the commit that the last writer found is kept whole, for copies of the folder that are made while it writes.
//! - [`merging`]: which segments are merged, so that files indexed in one run usually end in one segment.

pub(super) mod commits;
pub(super) mod directory;
pub(super) mod merging;
mod stream;
