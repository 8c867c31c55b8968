use crate::index;
use crate::query::SyntaxError;

/// Why a question got no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The query cannot be understood.
    #[error(transparent)]
    Syntax(#[from] SyntaxError),
    /// The index failed.
    #[error(transparent)]
    Index(#[from] index::Error),
    /// A filter's value means nothing.
    #[error("{problem}")]
    Filter {
        /// What is wrong.
        problem: String,
        /// What to do.
        hint: String,
    },
    /// No piece or passage of this name.
    #[error("nothing in the index is called {0:?}")]
    NotFound(String),
}
