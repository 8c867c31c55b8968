//! Questions are answered.
//!
//! Takes an open index and a [`Question`]; gives an [`Answer`], the hits with all their details. The command line and the batch runner use the same
//! [`Asker`], so they give the same answers. Reads stored text for the hits only; never writes, and formats nothing.

mod actors;
mod answer;
mod around;
mod ask;
pub mod batch;
mod concordance;
mod count;
mod copies;
mod coverage;
mod error;
mod filters;
mod find;
mod matches;
mod names;
mod quotations;
mod saved;
#[cfg(test)]
mod scan;
mod similar;
mod why;

pub use actors::{Pair, Placed, Profile, mentions_at, pairs, profile};
pub use answer::{Answer, Hit, HitMatch, PieceView};
pub use around::{Around, around};
pub use ask::{Asker, Detail, Question};
pub use batch::{Bad, Baseline, Changes, KNOWN_COLUMNS, Place, Row, RowFormat, Rows, flags, index_digest, keep};
pub use concordance::{Concordance, Line as ConcordanceLine, Sorting};
pub use copies::{Cluster, Copies, CopiesMode, Copy, clusters, copies_of};
pub use count::{By, Counts, Group};
pub use coverage::{ClauseCount, Coverage};
pub use error::{End, Error};
pub use filters::Filters;
pub use find::{Shown, Target, find, whole};
pub use quotations::{Change as WordChange, Checked, Quotation, Side, Source, Verdict, quotations, weight};
pub use saved::{Saved, SavedError, is_name, with as saved_with};
pub use similar::Likeness;
pub use why::{ClauseReport, Why};
