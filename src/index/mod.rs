//! Pieces on disk: written, kept true, opened.
//!
//! This floor and the one that matches postings are the only ones that know tantivy. What stands in an index:
//!
//! - A **passage** is a document. A **piece** is a *block*: its passages in order, then a *header* document with title and metadata. A
//!   block goes to the writer in one batch, whose documents stay adjacent in their segment, also through merges; so the passages of a
//!   piece are found from its header, and the header from a passage, by where blocks end ([`flags`]).
//! - What is read of hundreds of pieces for one answer stands ready in two files of each segment: [`shelf`], and the [`impacts`] of frequent
//!   terms.
//! - A **file** has a document of its own with what is needed to see whether it has changed, and what of it was skipped and why. It is
//!   written with the file's pieces, so that the two can never disagree after a crash.
//! - A **saved page**'s header keeps by what the refrains of its site are told, and which were left out of it ([`sites`]), so that what an index
//!   holds of a page is a matter of what pages there are, and not of when they came ([`settle`](settle::settle)).
//! - The commit's payload is the [`Manifest`]: versions, roots, and the totals that ranking needs, counted over what is alive.
//! - Segments are merged so that what was indexed at one go mostly is one ([`merging`]), and read a part at a time where they are ([`stream`]).
//! - The commit that the last writer found is kept whole, for copies of the folder that are made meanwhile ([`commits`]).

mod actors;
mod block;
mod check;
mod commits;
mod dead;
mod directory;
mod error;
pub mod fields;
mod files;
mod filter;
mod flags;
mod foreseen;
mod forms;
mod frame;
#[cfg(test)]
mod full_tests;
mod gather;
mod ids;
mod impacts;
mod kept;
mod lookups;
mod manifest;
mod measures;
mod merging;
mod moved;
mod open;
mod piecewise;
mod plan;
mod records;
mod retag;
mod rewrite;
mod room;
mod roots;
mod runs;
mod scope;
mod segment;
mod settle;
mod shelf;
mod shelves;
mod sites;
mod sketch;
mod stored;
mod stream;
mod tokenize;
pub mod tokens;
mod update;
pub mod vector;
mod weighing;
mod work;
mod write;

pub use actors::Mentioned;
pub use block::{Block, Builder, Origin, file_of_key};
pub use check::{Fault, check, is_there, repair};
pub use error::Error;
pub use files::{KnownFile, SkippedFile};
pub use frame::{Frame, Rows};
pub use gather::{Changed, Gathering};
pub use impacts::{ImpactBlock, ImpactList, shape_of};
pub use manifest::{FORMAT_VERSION, Manifest, Totals};
pub use open::Reader;
pub use plan::{Change, changes, places};
pub use retag::retag;
pub use roots::{Choice, Root, Roots};
pub use segment::Segment;
pub use sites::Refrain;
pub use sketch::{RunKey, Sketch};
pub use stored::{StoredDecoding, StoredFile, StoredMention, StoredPassage, StoredPiece, StoredSkip};
pub use update::{Options, Progress, Report, Said, follow, update};
pub use work::{MOST_THREADS, READER};
