//! Which pieces match a query, and the numbers that rank their passages.
//!
//! Takes a resolved tree and an open index; gives the best passages with their signals, and how many pieces matched. [`plan`] says what the
//! tree needs of an index; [`walks`] makes that ready for a segment; [`docs`] finds the documents that have it, [`sequence`] words in order; [`blocks`] lifts documents to pieces, which is
//! where AND, OR and NOT hold; [`gauge`] counts what ranking needs; [`top`] keeps the best. Together with the index this is the floor that
//! knows tantivy. Reads postings and columns, never stored text.

mod blocks;
mod docs;
mod gauge;
mod plan;
mod run;
mod second;
mod sequence;
mod statistics;
mod top;
mod walks;

pub use plan::{Element, Need, Plan};
pub use run::{Found, Order, Place, Request, Retrieved, retrieve};
