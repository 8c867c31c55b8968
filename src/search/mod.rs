//! A question answered.
//!
//! Takes an open index and a [`Question`]; gives an [`Answer`]: hits with everything that can be said about them. The command line and the
//! batch runner ask the same [`Asker`] and show the same answer. Here stored text is read, for the hits alone.

mod actors;
mod answer;
mod around;
mod ask;
pub mod batch;
#[cfg(test)]
mod batch_tests;
mod changes;
mod concordance;
mod count;
mod copies;
mod coverage;
mod error;
mod filters;
mod find;
mod matches;
mod names;
mod quotes;
mod rows;
mod saved;
#[cfg(test)]
mod scan;
#[cfg(test)]
mod scan_tests;
mod similar;
mod since;
mod verify;
mod why;
mod wording;

pub use actors::{Pair, Placed, Profile, mentions_at, pairs, profile};
pub use answer::{Answer, Hit, HitMatch, PieceView};
pub use around::{Around, around};
pub use ask::{Asker, Detail, Question};
pub use changes::{Change as WordChange, Side};
pub use concordance::{Concordance, Line as ConcordanceLine, Sorting};
pub use copies::{Cluster, Copies, CopiesMode, Copy, clusters, copies_of};
pub use count::{By, Counts, Group};
pub use coverage::{ClauseCount, Coverage};
pub use error::{End, Error};
pub use filters::Filters;
pub use find::{Shown, Target, find, whole};
pub use quotes::{Quotation, quotations, weight};
pub use rows::{Bad, KNOWN_COLUMNS, Place, Row, RowFormat, Rows};
pub use saved::{Saved, SavedError, is_name, with as saved_with};
pub use similar::Likeness;
pub use since::{Baseline, Changes, flags, index_digest, keep};
pub use verify::{Checked, Source, Verdict};
pub use why::{ClauseReport, Why};
