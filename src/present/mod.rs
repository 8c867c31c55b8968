//! An answer written.
//!
//! Takes answers, gives text. What can be said is [`Present`]: hits, passages, mentions, actors, counts … Each says itself as rows of cells, as
//! JSON objects and as blocks for people, and a [`Writer`] writes that in a [`Form`]; each form is a file of this floor, and none knows what
//! it is given. What comes from a piece passes through [`escape`] before it reaches a terminal, a page or a document. Writes to where it is
//! told; decides nothing about what was found.

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
