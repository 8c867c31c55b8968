//! A question answered.
//!
//! Takes an open index and a [`Question`]; gives an [`Answer`]: hits with everything that can be said about them. The command line and the
//! batch runner ask the same [`Asker`] and show the same answer. Here stored text is read, for the hits alone.

mod answer;
mod ask;
pub mod batch;
mod error;
mod find;
mod matches;
mod names;
mod rows;

pub use answer::{Answer, Hit, HitMatch, PieceView};
pub use ask::{Asker, Detail, Filters, Question};
pub use error::Error;
pub use find::{Shown, Target, find};
pub use rows::{Bad, Row, RowFormat, rows};
