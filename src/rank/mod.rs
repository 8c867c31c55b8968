//! How good a passage is, and why.
//!
//! Takes numbers (how often, how long, how rare), gives numbers. Pure; knows no index and no text. A score is the sum of its named
//! [`Signals`], each times its weight, and nothing else, so that an explanation is always whole.

mod bm25;
mod signals;

pub use bm25::Bm25;
pub use signals::{Level, Signal, Signals};
