//! Full-text search over policy commentary.
//!
//! pundit makes a folder of opinion and news pieces searchable, in English, Chinese and other languages. It answers with ranked *passages* in
//! which the matched words and the *actors* (people, states, organisations) are marked, and it identifies each actor under any of its names. It
//! also works through spreadsheets of queries. One program: no server, no model, no network.
//!
//! # Words
//! - A **piece** is one article. A file holds one piece, or many.
//! - A **passage** is a run of whole sentences of a piece: the unit that is ranked, shown and cited.
//! - An **actor** is a person, state or organisation; a **name** is a way to write an actor; a **mention** is a name at a place in a piece, with
//!   the actor and the rule that decided it. The **roster** is the list of known actors and names.
//! - A **query** is what the user asked, a **hit** a passage that matches it, an **answer** the hits with all their details.
//!
//! # Invariants
//! 1. Every span is a byte range of the *original* text, on character boundaries. Folding changes words, never places.
//! 2. Passages and the white space between them are the text.
//! 3. [`text`], [`actors`], [`passages`], [`query`], [`rank`] and [`measure`] do no input or output; their only errors are that a query or a table
//!    is wrong.
//! 4. One bad file never stops an index and is never dropped silently: reading gives pieces, and a list of what was skipped with the reason.
//! 5. The same files, roster and version give the same answers, byte for byte: files are walked in order, ties are broken by piece and
//!    place, statistics count only live documents, and the only time in an answer is how long it took. Nothing goes by the order of a hash map:
//!    each has keys drawn at random, so that no text can be made of words that slow it.
//! 6. Index and query analyse with the same code; the manifest records its version, and a mismatch is an error that says what to do.
//! 7. A score is a weighted sum of named signals, and nothing else.
//! 8. Text from a piece reaches a terminal only through [`present::escape`].
//!
//! # How a piece becomes searchable
//! A folder is walked ([`pieces::walk()`]), each file read by its format ([`pieces::read`]) into a [`pieces::Piece`]. Its words are found and
//! analysed ([`text::Analyzer`]), its sentences grouped into passages ([`passages::cut()`]), its mentions found and decided with the whole piece
//! in view ([`actors::Tagger`]). The result is one block of documents ([`index::Builder`]), which a single writer commits ([`index::update()`]).
//! When all saved pages of a site have been read, the boilerplate that recurs on them is left out ([`pieces::boilerplate`]).
//!
//! # How a query is answered
//! The text is parsed into a tree ([`query::parse()`]), and its names are resolved to actors ([`query::resolve()`]). The tree becomes a plan of
//! look-ups in the index, which finds pieces and the numbers that [`rank`] weighs ([`retrieve`]). [`search::Asker`] reads the hits and gathers
//! their details; [`present`] writes them for people, programs and evaluation. The command line and the batch runner use this same path.
//!
//! # Floors
//! The modules below ("floors") are listed in order of dependence: each uses only those above it. A test reads this list and enforces it.

// Words, sentences and languages in a text. Pure.
pub mod text;
// The known actors, and their mentions in a text. Pure.
pub mod actors;
// Files are read as pieces. Reads the disk.
pub mod pieces;
// Pieces are cut into passages. Pure.
pub mod passages;
// The query language. Pure.
pub mod query;
// Scores and the signals that make them. Pure.
pub mod rank;
// The index on disk: written, updated, opened. Knows tantivy.
pub mod index;
// The pieces that match a query, and the numbers that rank their passages. Knows tantivy.
pub mod retrieve;
// Questions are answered.
pub mod search;
// Evaluation of a run by judgments. Pure.
pub mod measure;
// Answers are written, in every format.
pub mod present;
// The command line. The only floor that reads the environment.
pub mod cli;
