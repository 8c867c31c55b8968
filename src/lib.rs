//! Full-text search over policy commentary.
//!
//! pundit makes a folder of opinion and news pieces searchable, in English, Chinese and other languages. It answers with ranked *passages*, the
//! words that matched and the *actors* (people, states, organisations) named in them marked and identified, and it works through spreadsheets
//! of queries. One program: no server, no model, no network.
//!
//! # Words
//! - A **piece** is one article. A file holds one piece, or many.
//! - A **passage** is some adjacent whole sentences of a piece: what is ranked, shown and cited.
//! - An **actor** is who can be named; a **name** is a way to write an actor; a **mention** is a name at a place of a piece, with the actor
//!   and the rule that decided it. The **roster** is the actors and names that are known.
//! - A **query** is what was asked, a **hit** a passage that answers it, an **answer** the hits with everything said about them.
//!
//! # Invariants
//! 1. Every span is a byte range of the *original* text, on character boundaries. Folding changes words, never places.
//! 2. Passages and the white space between them are the text.
//! 3. [`text`], [`actors`], [`passages`], [`query`], [`rank`] and [`measure`] do no input or output, and give no error but that a query or a
//!    table is wrong.
//! 4. One bad file never stops an index and never vanishes: reading gives pieces, and what was skipped with the reason.
//! 5. The same files, roster and version give the same answers, byte for byte: files are walked in order, ties are broken by piece and
//!    place, statistics count what is alive, and no clock gets into an answer but the time that it took.
//! 6. Index and query analyse with the same code; the manifest records its version, and a mismatch is an error that says what to do.
//! 7. A score is the weighed sum of named signals, and nothing else.
//! 8. Nothing from a piece reaches a terminal but through [`present::escape`].
//!
//! # The walk of a piece
//! A folder is walked ([`pieces::walk()`]), each file read by its format ([`pieces::read`]) into a [`pieces::Piece`]. Its words are found and
//! given their forms ([`text::Analyzer`]), its sentences cut into passages ([`passages::cut()`]), its mentions found and decided with the
//! whole piece in view ([`actors::Tagger`]). All of it becomes one block of documents ([`index::Builder`]), which one writer commits
//! ([`index::update()`]). Of saved pages, what recurs over those of a site is left out once all are there ([`pieces::boilerplate`]).
//!
//! # The walk of a query
//! A text is parsed into a tree ([`query::parse()`]), its names tied to actors ([`query::resolve()`]), the tree planned as what it needs of an
//! index, and found piece by piece ([`retrieve`]), with numbers that [`rank`] weighs. [`search::Asker`] reads the hits and says everything about
//! them; [`present`] writes that down for people, programs and judges. The command line and the batch runner take this same walk.
//!
//! # Floors
//! The modules below stand in the order of their dependence: each uses only those above it. A test reads this list and refuses anything else.

// Where words are, and what they are called. Pure.
pub mod text;
// Who can be named, and who is. Pure.
pub mod actors;
// Files become pieces. Reads the disk.
pub mod pieces;
// A piece cut into what is found and shown. Pure.
pub mod passages;
// What was asked. Pure.
pub mod query;
// How good a passage is, and why. Pure.
pub mod rank;
// Pieces on disk: written, kept true, opened. Knows tantivy.
pub mod index;
// Which pieces match a query, and the numbers that rank their passages. Knows tantivy.
pub mod retrieve;
// A question answered.
pub mod search;
// How good a run is, by judgments. Pure.
pub mod measure;
// An answer written.
pub mod present;
// The command line. The only floor that knows the environment.
pub mod cli;
