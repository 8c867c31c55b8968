//! Answers are written, in every format.
//!
//! Takes answers; gives text. Whatever can be shown (hits, passages, mentions, actors, counts …) implements [`Present`]: it gives itself as rows of
//! cells, as JSON objects and as blocks for people. A [`Writer`] writes these in a [`Form`], the output format. Each format is a file of this floor
//! and does not depend on what it writes. Text from a piece passes through [`escape`] before it reaches a terminal, a page or a document. Never
//! chooses where to write, and never decides what was found.

mod author;
mod block;
mod brief;
mod caret;
mod cite;
pub mod escape;
mod facts;
mod form;
mod fragments;
mod grep;
mod hits;
mod html;
mod json;
mod lines;
mod markdown;
mod numbers;
mod paint;
mod shown;
mod table;
mod terminal;
mod trec;
mod width;
mod wire;
mod wrap;

pub use block::{Block, Edit, Head, Legend, Quote, Table, TextRun};
pub use brief::{BRIEF_COLUMNS, BriefRow};
pub use caret::{caret, caret_at};
pub use cite::{CitationStyle, citation, csl_json, csl_list};
pub use facts::{ACTOR_COLUMNS, Actors, Facts};
pub use form::{Form, Look, Present, Take, Writer};
pub use fragments::{Fragment, fragments};
pub use grep::{GREP_COLUMNS, Grep, Source};
pub use hits::{Address, AnsweredRow, Hits, Paths, ROW_COLUMNS, hit_columns};
pub use numbers::{KWIC_COLUMNS, Kwic, Numbers, VERIFIED_COLUMNS, Verified};
pub use paint::{Paint, Style};
pub use shown::{MENTION_COLUMNS, ShownPiece, Tagged, shown_columns};
