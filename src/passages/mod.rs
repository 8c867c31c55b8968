//! A piece cut into what is ranked, shown and cited.
//!
//! Takes a text, its words and its sentences; gives passages: some adjacent whole sentences each, in order, that with the white space
//! between them are the whole text. Pure. Never cuts inside a word or a grapheme.

mod cut;

pub use cut::{Passage, cut};
