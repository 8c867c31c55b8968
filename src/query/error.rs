use std::fmt;

use crate::text::Span;

/// A query that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The query.
    pub query: String,
    /// The part of it that is at fault.
    pub at: Span,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub hint: Option<String>,
}

impl SyntaxError {
    pub(super) fn new(query: &str, at: Span, problem: impl Into<String>, hint: impl Into<String>) -> Self {
        let hint = hint.into();
        Self { query: query.to_owned(), at, problem: problem.into(), hint: Some(hint).filter(|hint| !hint.is_empty()) }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem)
    }
}

impl std::error::Error for SyntaxError {}
