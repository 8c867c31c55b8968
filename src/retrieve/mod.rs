//! Which pieces match a query, and the numbers that rank their passages.
//!
//! Takes a resolved tree and an open index; gives the best passages with their signals, and how many pieces matched. Together with the index
//! this is the floor that knows tantivy. Reads postings and columns, never stored text.
//!
//! # Modules, in reading order
//! A query is planned:
//! - [`plan`]: the tree as what it needs of an index, over numbered leaves.
//! - [`clauses`]: what a clause asks of headers, and its words and mentions.
//! - [`operands`]: what stands at places of a text, as places; [`compounds`]: what is typed with hyphens.
//! - [`typed_parts`]: what is typed without spaces; [`required`]: what a run of Han has to have.
//! - [`optional`]: what is asked for where nothing is required.
//! - [`inflections`]: the stems of a word that was typed; [`expand`]: the words of the index that fit a pattern.
//!
//! Pieces are matched, segment by segment:
//! - [`cursors`]: opens what a plan needs over one segment.
//! - [`docs`]: a cursor over documents; [`blocks`]: one over pieces, which is where AND, OR and NOT hold.
//! - [`intervals`]: where in a piece something stands.
//! - [`marker`]: the places of a piece that satisfied the query; [`mod@marks`]: those of the hits, and whether a given piece matches.
//!
//! Those that match are scored:
//! - [`statistics`]: how rare and how long things are in the whole index.
//! - [`scorers`]: the signals of a piece, by `MaxScore`.
//! - [`term_bounds`]: what a term adds to the score of each piece at the most; [`piece_bounds`]: the sum of that, where pieces are visited in
//!   order; [`accumulate`]: the same of all pieces at once, where plain words are asked for.
//! - [`top`]: keeps the best.
//!
//! All of this comes together:
//! - [`segment_search`]: one segment, with what of the above suits the plan.
//! - [`searcher`]: all of them.
//! - [`adjacent`]: of the best pieces, where words stand next to each other as they do in the query.
//! - [`rerank`]: the second stage, which compares the best pieces with each other.

mod plan;
mod clauses;
mod operands;
mod compounds;
mod typed_parts;
mod required;
mod optional;
mod inflections;
mod expand;
mod cursors;
mod docs;
mod blocks;
mod intervals;
mod marker;
mod marks;
mod statistics;
mod scorers;
mod term_bounds;
mod piece_bounds;
mod accumulate;
mod top;
mod segment_search;
mod searcher;
mod adjacent;
mod rerank;

pub use adjacent::Pair;
pub use clauses::HeaderCondition;
pub use expand::MOST_FORMS;
pub use inflections::Inflections;
pub use intervals::{Atom, How, Interval, Places, Reach};
pub use marks::{Marked, counts, is_match, marks, probe};
pub use plan::{Need, Plan, Planned, Whole, Within};
#[cfg(test)]
pub(crate) use searcher::bounds;
pub use searcher::{Found, Order, Request, Retrieved, retrieve};
