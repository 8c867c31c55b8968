//! An answer written.
//!
//! Takes answers, gives text: for a terminal, for a pipe, as JSON, as a TREC run. What comes from a piece passes through [`escape`] before it
//! reaches a terminal. Writes to where it is told; decides nothing about what was found.

mod caret;
pub mod escape;
mod fragments;
pub mod json;
mod lines;
mod paint;
mod terminal;

pub use caret::caret;
pub use fragments::{Fragment, fragments};
pub use lines::{answer_lines, trec_lines};
pub use paint::{Paint, Style};
pub use terminal::{Legend, answer as terminal_answer, marked, piece_head};
