//! Questions are answered.
//!
//! Takes an open index and a [`Question`]; gives an [`Answer`], the hits with all their details. The command line and the batch runner use the same
//! [`Asker`], so they give the same answers. Reads stored text for the hits only; never writes, and formats nothing.

mod actors;
mod answer;
mod ask;
pub mod batch;
mod concordance;
mod context;
mod count;
mod copies;
mod coverage;
mod described;
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
mod spellings;
mod stale;
mod why;

pub use actors::{ActorPair, ActorProfile, PlacedMention, RejectedName, actor_pairs, actor_profile, mentions_at, rejected_at};
pub use answer::{Answer, Hit, HitMatch, PieceView};
pub use ask::{Asker, Detail, Question};
pub use concordance::{Concordance, ConcordanceLine, Sorting};
pub use context::{ContextSize, context_around};
pub use copies::{Cluster, Copies, CopiesMode, PieceCopy, copies_of, copy_clusters};
pub use count::{Counts, Group, GroupBy};
pub use coverage::{ClauseCount, Coverage, TooMuch};
pub use error::{End, Error};
pub use filters::Filters;
pub use find::{Named, Shown, find_by_id, find_piece_by_id};
pub use quotations::{CheckedQuotation, Quotation, QuotationSource, Side, Verdict, WordChange, quotations};
pub use saved::{SavedError, SavedQueries};
pub use similar::Likeness;
pub use spellings::OtherSpelling;
pub use why::{ClauseReport, Why};
