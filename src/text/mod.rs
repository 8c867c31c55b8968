//! Where words are, and what they are called.
//!
//! Takes any `&str`, gives spans into it: words, sentences, paragraphs, each a byte range of the *original* text, and for each word
//! the forms under which it is indexed and asked for. Pure: no I/O, no `Result`, no panic on any input. The same functions serve
//! index and query, so that what was written is found.
//!
//! The steps, each a file: [`script`] says what kind of character this is, [`words`] finds words, [`fold`] makes their forms equal
//! where readers would call them the same, [`stems`] takes endings off by language, [`han`] cuts runs of Han into dictionary words,
//! [`sentences`] finds sentence and paragraph ends, [`language`] names the language (small words first, then letters, of which some languages have their own), [`terms`] puts the ranking terms together.
//! [`quotation`] knows the marks of quotations, [`hyphens`] which words with a hyphen others write closed.

pub mod fold;
mod dictionary;
pub mod grammar;
pub mod han;
pub mod hyphens;
pub mod language;
pub mod script;
pub mod sentences;
pub mod sorted;
mod function_words;
mod memory;
mod own_letters;
pub mod quotation;
mod span;
pub mod stems;
pub mod terms;
pub mod word_map;
pub mod words;

pub use language::Language;
pub use span::{CodePoints, Span, code_points};
pub use terms::Analyzer;
pub use words::{Word, Words};

/// The version of everything on this floor that decides which terms a text has. An index written under another version must be
/// rebuilt, because its terms would not meet those of a query.
pub const ANALYSIS_VERSION: u32 = 4;
