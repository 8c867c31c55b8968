//! Evaluation of a run by judgments.
//!
//! Takes a TREC run and judgments (qrels), gives the usual measures as `trec_eval` computes them. Pure.

mod measures;
mod fuse;
mod trec;

pub use fuse::fuse;
pub use measures::{Measures, measure};
pub use trec::{Judgments, Problem, Run, decode_id, encode_id};
