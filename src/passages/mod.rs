//! Pieces are cut into passages, the units that are ranked, shown and cited.
//!
//! Takes a text, its words and its sentences; gives passages in order, each of adjacent whole sentences. Together with the white space between
//! them they are the whole text. Pure. Never cuts inside a word or a grapheme.

mod cut;

pub use cut::{Passage, cut};
