//! How good a run is, by judgments.
//!
//! Takes a TREC run and judgments (qrels), gives the usual measures as `trec_eval` computes them. Pure.

mod measures;
mod trec;

pub use measures::{Measures, measure};
pub use trec::{Judgments, Problem, Run, decode_id, encode_id};
