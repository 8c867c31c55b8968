//! What was asked.
//!
//! Takes the text that a user typed; [`parse()`] gives it as a [`Tree`] of clauses, or a [`SyntaxError`] that shows where and what to do;
//! [`resolve()`] then ties names to actors of the roster, so that a tree of another type comes out, in which nothing is left to look up.
//! Knows no index. Takes time linear in the text, whatever it is.

mod error;
mod lex;
mod parse;
mod resolve;
mod syntax;

pub use error::SyntaxError;
pub use parse::{Mode, parse};
pub use resolve::{Ask, Leaf, resolve};
pub use syntax::{Clause, Dates, Field, Tree, Undated, Wish};
