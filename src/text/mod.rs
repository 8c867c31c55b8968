//! Words, sentences and languages in a text.
//!
//! Takes any `&str`; gives words, sentences and paragraphs as byte ranges of the *original* text, and for each word the forms under which it is
//! indexed and searched. Never does I/O, returns a `Result` or panics, whatever the input. Index and query use the same functions, so that they
//! agree.
//!
//! The steps, each a file:
//! - [`script`] tells the kind of a character;
//! - [`words`] finds words, [`turkish`] endings that belong to none;
//! - [`fold`] makes equal the forms that readers consider the same;
//! - [`stems`] removes endings by language; `english` has made spellings and irregular forms of English equal before;
//! - [`han`] cuts runs of Han into dictionary words;
//! - [`sentences`] finds the ends of sentences and paragraphs;
//! - [`language`] names the language (by letters that a language has to itself, by function words, then by all letters);
//! - [`terms`] puts the ranking terms together;
//! - [`quotation`] knows the quotation marks of languages;
//! - [`addresses()`] finds those of pages and of mail, whose words are no prose;
//! - [`hyphens`] knows which hyphenated words are also written closed;
//! - [`counted()`] writes counts into messages.

mod addresses;
mod counted;
mod dictionary;
mod english;
pub mod fold;
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
mod regular;
mod span;
pub mod stems;
pub mod terms;
mod turkish;
pub mod word_map;
pub mod word_numbers;
mod word_table;
pub mod words;

pub use addresses::addresses;
pub use counted::counted;
pub use language::Language;
pub use span::{CodePoints, Span, beginning, code_points};
pub use terms::{Analysed, Analyzer};
pub use words::{Word, Words};

/// The version of everything on this floor that decides which terms a text has. An index written under another version must be
/// rebuilt, because its terms would not meet those of a query.
pub const ANALYSIS_VERSION: u32 = 9;
