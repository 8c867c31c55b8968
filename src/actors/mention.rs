use std::fmt;

use super::Kind;
use crate::text::Span;

/// A place at which an actor is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its bytes in the text, titles and honorifics left out ("Mr. **Kim**").
    pub span: Span,
    /// The actor's id; `None` where nothing decides between `candidates`.
    pub actor: Option<String>,
    /// The actor's name as shown, else the fullest form in the piece.
    pub name: String,
    /// What kind of actor.
    pub kind: Kind,
    /// Whether the roster knows the actor.
    pub listed: bool,
    /// What decided.
    pub rule: Rule,
    /// The form elsewhere in the piece that the decision leaned on.
    pub of: Option<String>,
    /// The ids between which nothing decided; empty where it is decided.
    pub candidates: Vec<String>,
}

/// What decided who is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// A full name that one actor alone has.
    FullName,
    /// A short name whose full name stands in the same piece.
    ShortName,
    /// A name that several actors have, of whom the piece names one alone in full.
    SharedName,
    /// "Russian", "les Russes", 俄方: the people or a thing of a state.
    Demonym,
    /// A capital that stands for its government.
    Capital,
    /// A seat that stands for its government: the Kremlin.
    Seat,
    /// Nothing decided.
    Undecided,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FullName => "full-name",
            Self::ShortName => "short-name",
            Self::SharedName => "shared-name",
            Self::Demonym => "demonym",
            Self::Capital => "capital",
            Self::Seat => "seat",
            Self::Undecided => "undecided",
        })
    }
}
