//! The query language.
//!
//! Takes the text that a user typed. [`parse()`] gives a [`Tree`] of clauses, or a [`SyntaxError`] that shows the place and the remedy.
//! [`resolve()`] then resolves names to actors of the roster, and gives a tree of another type in which nothing is left to look up. Knows no
//! index. Takes time linear in the text; the size of a pattern is limited.

mod ahead;
mod dates;
mod display;
mod error;
mod expression;
mod fields;
mod foreign;
#[cfg(test)]
mod hostile_tests;
mod lex;
mod literal;
mod misnamed;
mod nearness;
mod parse;
mod parts;
mod pattern;
mod resolve;
mod signs;
mod syntax;

pub use dates::{Dates, Undated, time};
pub use error::SyntaxError;
pub use fields::Field;
pub use foreign::foreign;
pub use literal::literal;
pub use misnamed::{any_actor, misnamed, parted};
pub use parse::{Mode, parse};
pub use parts::PhrasePart;
pub use pattern::{Fits, Pattern};
pub use resolve::{Ask, Leaf, QueryContext, Unlisted, resolve};
pub use syntax::{Clause, How, Reach, Tree, Weight, Wish, Written};
