use std::io;

use super::saved::SavedError;
use crate::index;
use crate::query::SyntaxError;

/// Why a question got no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The query cannot be understood.
    #[error(transparent)]
    Syntax(#[from] SyntaxError),
    /// A filter cannot be understood.
    #[error("{name}: {error}")]
    Filter {
        /// What it is called, as a flag and as a column.
        name: &'static str,
        /// What is wrong with the query that is made of it.
        error: SyntaxError,
    },
    /// The index failed.
    #[error(transparent)]
    Index(#[from] index::Error),
    /// What is to be the first or last date is none.
    #[error("{} takes a date, not {value:?}", end.word())]
    NoDate {
        /// Which of the two.
        end: End,
        /// What was given for it.
        value: String,
    },
    /// The first date is behind the last.
    #[error("since {since} is after until {until}")]
    Backwards {
        /// The first.
        since: String,
        /// The last.
        until: String,
    },
    /// The query cannot be put together with what is saved.
    #[error(transparent)]
    Saved(#[from] SavedError),
    /// The earlier run of a batch with which this one is compared.
    #[error("cannot read the manifest of the earlier run: {0}")]
    Earlier(#[source] io::Error),
    /// No piece or passage of this name.
    #[error("no piece or passage in the index is called {0:?}")]
    NotFound(String),
}

/// An end of a range of dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The first date.
    Since,
    /// The last.
    Until,
}

impl End {
    /// What it is called, as a flag and as a column.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Since => "since",
            Self::Until => "until",
        }
    }
}

impl Error {
    /// What to do, as far as that is the same wherever the question is from.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Syntax(syntax) | Self::Filter { error: syntax, .. } => syntax.hint.clone(),
            Self::NoDate { .. } => Some("write 2024, 2024-03 or 2024-03-15, or yesterday, last-month, 3-days-ago".to_owned()),
            Self::Backwards { .. } => Some("swap the two dates".to_owned()),
            Self::Saved(saved) => Some(saved.hint()),
            Self::Earlier(_) => Some("give the manifest that --manifest wrote".to_owned()),
            Self::NotFound(_) => Some("use an id or a path as search prints it".to_owned()),
            Self::Index(_) => None,
        }
    }
}
