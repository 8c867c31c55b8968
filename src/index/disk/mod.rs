//! The folder of an index: what earlier commits leave in it, how its files are read, and which segments become one.
//!
//! The engine sees the folder through a [`directory`], in which what only merges read goes by as a [`stream`]. The commit that the last writer found is
//! kept whole ([`commits`]), for copies of the folder that are made meanwhile. Segments are merged so that what was indexed at one go mostly is one
//! ([`merging`]).

pub(super) mod commits;
pub(super) mod directory;
pub(super) mod merging;
mod stream;
