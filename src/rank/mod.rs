//! How good a passage is, and why.
//!
//! Takes numbers (how often, how long, how rare), gives numbers. Pure; knows no index and no text. A score is the sum of its named
//! [`Signals`], each times its weight, and nothing else, so that an explanation is always whole.
//!
//! There are two stages. The first counts the query's own terms in every piece that matches: [`Bm25`] of the piece, its passages, its title.
//! The second takes the best few hundred of those as a [`Pool`] and compares them, with the query by letters ([`Signal::Forms`]) and with each
//! other ([`Signal::Feedback`], [`Signal::Neighbours`]); it only adds to scores, so that what lies outside the pool stays below it. All that the
//! second stage knows of how rare words are it counts in the pool, where it is about telling these pieces from each other: on the judged
//! collections that does as well as counts of the whole index, and it needs none.
//!
//! Figures at the signals are of nDCG@10, relative, as means over eight English judged collections and an Arabic one (XQuAD): arguments,
//! claims, headlines, posts, scientific questions. With everything in place the title is worth 0.4%. Tried and left out: how many of the query's words a piece has
//! (−0.4%: BM25 says it already), and how near each other they stand (+0.3%, all of it from 25 queries of one collection).

mod bm25;
mod compare;
mod feedback;
mod forms;
mod neighbours;
mod numbers;
mod pool;
mod signals;

pub use bm25::{Bm25, Shape};
pub use compare::{First, Second, compare};
pub use feedback::Feedback;
pub use numbers::Term;
pub use pool::{Pool, Wanted};
pub use signals::{Level, Signal, Signals};
