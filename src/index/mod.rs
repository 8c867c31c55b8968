//! The index on disk: written, updated, opened.
//!
//! Takes analysed pieces; gives a [`Reader`] of what was written. Never reads a query and never ranks. This floor and `retrieve` are the only
//! ones that know tantivy. An index contains:
//!
//! - A **passage** is a document. A **piece** is a *block*: its passages in order, then a *header* document with title and metadata. A
//!   block goes to the writer in one batch, whose documents stay adjacent in their segment, also through merges; so the passages of a
//!   piece are found from its header, and the header from a passage, by where blocks end ([`BlockMap`]).
//! - Data that one answer reads for hundreds of pieces is stored ready for use in two files of each [`segment`]; texts, as numbers
//!   of their words, in a third.
//! - A **file** has a document of its own: what shows whether it has changed, and which of its parts were skipped and why. It is written with the
//!   file's pieces, so that the two can never disagree after a crash.
//! - The header of a **saved page** keeps an outline by which boilerplate of its site is recognised, and the paragraphs that were left out
//!   ([`sites`]), so that the text kept of a page depends on which pages there are, not on the order in which they came.
//! - The commit's payload is the [`Manifest`]: versions, roots, and the totals that ranking needs, counted over live documents.
//!
//! # Modules, in reading order
//! What an index holds:
//! - [`fields`]: the fields of its documents; [`numbered`]: words that are kept as numbers; [`hexadecimal`]: texts that are
//!   kept as bytes.
//! - [`tokenize`]: the tokens of a text, with its mentions; [`marks`]: what those say that are no words.
//! - [`stored`]: what documents keep to be shown; [`shell`]: how passages do.
//! - [`block`]: a piece as the documents that it becomes.
//! - [`roots`]: the folders that are indexed; [`manifest`]: versions, roots and totals, in each commit.
//!
//! How it is read:
//! - [`texts`]: the texts of a segment, as numbers of its words.
//! - [`segment`]: one segment; [`dead`]: what of it is deleted.
//! - [`open`]: the [`Reader`], all segments of a commit; [`address`]: where pieces and passages are in it.
//! - What the reader is asked for: pieces by [`ids`], [`files`], [`sites`], mentioned [`actors`], the [`forms`] of words.
//! - [`check()`]: whether it holds what it says.
//!
//! How it is written:
//! - [`mod@update`]: brought up to date with its folders.
//! - [`inversion`]: a new segment, from documents.
//! - [`disk`]: what becomes of the files in its folder.

pub mod fields;
mod numbered;
mod hexadecimal;
pub mod marks;
mod tokenize;
mod stored;
mod shell;
mod block;
mod roots;
mod manifest;
mod texts;
mod segment;
mod dead;
mod open;
mod address;
mod ids;
mod files;
mod sites;
mod actors;
mod forms;
mod check;
mod update;
mod inversion;
mod disk;
mod error;

pub use actors::Mentioned;
pub use address::{PassageAddress, PieceAddress};
pub use block::{Block, Builder, Origin, file_of_key};
pub use check::{Fault, check, is_there, repair};
pub use error::Error;
pub use files::{KnownFile, SkippedFile};
pub use manifest::{FORMAT_VERSION, Manifest, Totals};
pub use open::{Reader, is_ours};
pub use roots::{Choice, Root, Roots};
pub use segment::{BlockMap, ImpactBlock, ImpactList, Rows, RunKey, Segment, Sketch, shape_of};
pub use sites::BoilerplateParagraph;
pub use stored::{StoredDecoding, StoredFile, StoredMention, StoredPassage, StoredPiece, StoredSkip, text_of};
pub use update::{
    Change, Changed, Gathering, MOST_THREADS, Options, Progress, READER, Report, Said, changes, follow, places, retag, update,
};
