use std::sync::Arc;

use super::choose::{Part, Piece};
use super::matcher::Keys;
use super::{Matcher, Mention, Roster};
use crate::text::Language;
use crate::text::terms::Analysed;

/// Finds the mentions in pieces. Remembers word forms, so each thread keeps one and uses it again.
pub struct Tagger<'r> {
    roster: &'r Roster,
    matcher: Arc<Matcher>,
    keys: Keys,
}

/// The mentions of a piece, in order.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tagged {
    /// Those in its title.
    pub title: Vec<Mention>,
    /// Those in its text.
    pub text: Vec<Mention>,
}

impl<'r> Tagger<'r> {
    /// A tagger by `roster`, for which `matcher` was made.
    #[must_use]
    pub fn new(roster: &'r Roster, matcher: Arc<Matcher>) -> Self {
        Self { roster, matcher, keys: Keys::default() }
    }

    /// The mentions in a piece in `language`: its title and its text, each with its words.
    #[must_use]
    pub fn tag(&self, title: (&str, &Analysed), text: (&str, &Analysed), language: Language) -> Tagged {
        let part = |(text, analysed)| Part::new(text, analysed, self.matcher.find(self.roster, text, analysed, &self.keys));
        let piece = Piece::new(self.roster, language, [part(title), part(text)]);
        let [title, text] = piece.mentions();
        Tagged { title, text }
    }
}

#[cfg(test)]
#[path = "tag_tests.rs"]
mod tests;
