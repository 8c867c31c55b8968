//! The index on disk: written, updated, opened.
//!
//! Takes analysed pieces; gives a [`Reader`] of what was written. Never reads a query and never ranks. This floor and `retrieve` are the only
//! ones that know tantivy. An index contains:
//!
//! - A **passage** is a document. A **piece** is a *block*: its passages in order, then a *header* document with title and metadata. A
//!   block goes to the writer in one batch, whose documents stay adjacent in their segment, also through merges; so the passages of a
//!   piece are found from its header, and the header from a passage, by where blocks end ([`Frame`]).
//! - Data that one answer reads for hundreds of pieces is stored ready for use in two files of each [`segment`].
//! - A **file** has a document of its own: what shows whether it has changed, and which of its parts were skipped and why. It is written with the
//!   file's pieces, so that the two can never disagree after a crash.
//! - The header of a **saved page** keeps an outline by which boilerplate of its site is recognised, and the paragraphs that were left out
//!   ([`sites`]), so that the text kept of a page depends on which pages there are, not on the order in which they came.
//! - The commit's payload is the [`Manifest`]: versions, roots, and the totals that ranking needs, counted over live documents.
//!
//! # Rooms
//! - What is written: [`fields`], the [`tokens`] of a text, [`stored`] values, the [`block`] of a piece, the manifest and its [`roots`].
//! - How it is read: the [`Reader`] ([`open`]), pieces by [`ids`], [`files`], mentioned [`actors`], [`forms`] of words; [`check()`] verifies it.
//! - [`segment`]: how a single segment is read.
//! - [`mod@update`]: how the index is brought up to date with its files.
//! - [`disk`]: the files in its folder.

mod actors;
mod block;
mod check;
mod dead;
mod disk;
mod error;
pub mod fields;
mod files;
mod forms;
mod ids;
mod manifest;
mod numbered;
mod open;
mod roots;
mod segment;
mod sites;
mod stored;
mod tokenize;
pub mod tokens;
mod update;

pub use actors::Mentioned;
pub use block::{Block, Builder, Origin, file_of_key};
pub use check::{Fault, check, is_there, repair};
pub use error::Error;
pub use files::{KnownFile, SkippedFile};
pub use manifest::{FORMAT_VERSION, Manifest, Totals};
pub use open::Reader;
pub use roots::{Choice, Root, Roots};
pub use segment::{Frame, ImpactBlock, ImpactList, Rows, RunKey, Segment, Sketch, shape_of, vector};
pub use sites::Refrain;
pub use stored::{StoredDecoding, StoredFile, StoredMention, StoredPassage, StoredPiece, StoredSkip};
pub use update::{
    Change, Changed, Gathering, MOST_THREADS, Options, Progress, READER, Report, Said, changes, follow, places, retag, update,
};
