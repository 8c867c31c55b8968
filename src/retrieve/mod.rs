//! Which pieces match a query, and the numbers that rank their passages.
//!
//! Takes a resolved tree and an open index; gives the best passages with their signals, and how many pieces matched. [`plan`] says what the
//! tree needs of an index ([`operands`] what stands at places of a text, [`compounds`] what is typed with hyphens, [`required`] what a run of Han
//! has to have, [`expand`] which words fit a pattern, [`optional`] what is asked for where
//! nothing is required); [`walks`] makes that ready
//! for a segment; [`docs`] finds the documents that have it, [`intervals`] where in a piece it stands; [`blocks`] lifts documents to pieces,
//! which is where AND, OR and NOT hold; [`marker`] tells which places satisfied the query; [`gauge`] counts what ranking needs, [`heard`]
//! what a word says in each piece, and [`tally`] what pieces can be worth at the most, where plain words are asked for; [`top`] keeps the
//! best. Together with the index this is the floor that knows tantivy. Reads postings and columns, never stored text.

mod asks;
mod blocks;
mod bound;
mod compounds;
mod docs;
mod expand;
mod gauge;
mod heard;
mod intervals;
mod marker;
mod marks;
mod operands;
mod optional;
mod plan;
mod required;
mod run;
mod second;
mod statistics;
mod tally;
mod top;
mod walks;

pub use asks::Label;
pub use expand::MOST_FORMS;
pub use intervals::{Atom, How, Interval, Places, Reach};
pub use marks::{Marked, counts, is_match, marks, probe};
pub use plan::{Need, Plan, Planned, Whole, Within};
#[cfg(test)]
pub(crate) use run::bounds;
pub use run::{Found, Order, Place, Request, Retrieved, retrieve};
