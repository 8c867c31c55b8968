//! What was asked.
//!
//! Takes the text that a user typed; [`parse()`] gives it as a [`Tree`] of clauses, or a [`SyntaxError`] that shows where and what to do;
//! [`resolve()`] then ties names to actors of the roster, so that a tree of another type comes out, in which nothing is left to look up.
//! Knows no index. Takes time linear in the text, whatever it is; what a pattern may stand for has a bound.

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
pub use misnamed::misnamed;
pub use parse::{Mode, parse};
pub use parts::PhrasePart;
pub use pattern::{Fits, Pattern};
pub use resolve::{Ask, Leaf, QueryContext, Unlisted, resolve};
pub use syntax::{Clause, How, Reach, Tree, Weight, Wish, Written};
