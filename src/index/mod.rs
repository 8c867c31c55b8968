//! Pieces on disk: written, kept true, opened.
//!
//! This floor and the one that matches postings are the only ones that know tantivy. What stands in an index:
//!
//! - A **passage** is a document. A **piece** is a *block*: its passages in order, then a *header* document with title and metadata. A
//!   block goes to the writer in one batch, whose documents stay adjacent in their segment, also through merges; so the passages of a
//!   piece are found from its header, and the header from a passage, by where blocks end ([`Frame`]).
//! - What is read of hundreds of pieces for one answer stands ready in two files of each [`segment`].
//! - A **file** has a document of its own with what is needed to see whether it has changed, and what of it was skipped and why. It is
//!   written with the file's pieces, so that the two can never disagree after a crash.
//! - A **saved page**'s header keeps by what the refrains of its site are told, and which were left out of it ([`sites`]), so that what an index
//!   holds of a page is a matter of what pages there are, and not of when they came.
//! - The commit's payload is the [`Manifest`]: versions, roots, and the totals that ranking needs, counted over what is alive.
//!
//! # Rooms
//! Here lies what an index says: its [`fields`], the [`tokens`] of a text, what is [`stored`], the [`block`] that a piece becomes, the manifest with its
//! [`roots`]; and the [`Reader`], who [`open`]s it, with what it is asked for (pieces by [`ids`], [`files`], mentioned [`actors`], the [`forms`] of words),
//! and who [`check()`]s it. How a single [`segment`] is read is one room below, how the index is brought up to date ([`mod@update`]) another, and what
//! becomes of the files in its folder on the [`disk`] a third.

mod actors;
mod address;
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
pub use address::{PassageAddress, PieceAddress};
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
