use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Roots, StoredPiece};
use crate::rank::{Averages, ratio};
use crate::text::ANALYSIS_VERSION;

/// The version of the layout that this floor writes.
pub const FORMAT_VERSION: u32 = 18;

/// What every commit says of the whole index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Marks the index as ours.
    pub pundit: String,
    /// The layout's version.
    pub format: u32,
    /// The version of the analysis by which its terms were made.
    pub analysis: u32,
    /// The digest of the roster by which its mentions were found.
    pub roster: String,
    /// What was indexed.
    pub roots: Roots,
    /// Counts over what is alive.
    pub totals: Totals,
    /// Whether saved pages came or went since it was last seen to that all have left out what they are to: a run was stopped.
    pub unsettled: bool,
}

/// Counts over the pieces that are alive: ranking stands on these, so that an updated index answers as a fresh one would.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Pieces.
    pub pieces: u64,
    /// Passages.
    pub passages: u64,
    /// Ranking terms in passages, words of grammar left out.
    pub terms: u64,
    /// Ranking terms in titles, words of grammar left out.
    pub title_terms: u64,
    /// Pieces by language.
    pub languages: BTreeMap<String, u64>,
}

impl Manifest {
    /// The manifest of an index with nothing in it.
    #[must_use]
    pub fn new(roster: String) -> Self {
        Self {
            pundit: env!("CARGO_PKG_VERSION").to_owned(),
            format: FORMAT_VERSION,
            analysis: ANALYSIS_VERSION,
            roster,
            roots: Roots::default(),
            totals: Totals::default(),
            unsettled: false,
        }
    }

    /// The versions that decide whether this program can read the index.
    #[must_use]
    pub fn version(&self) -> String {
        format!("{}.{}", self.format, self.analysis)
    }

    /// The version that this program reads and writes.
    #[must_use]
    pub fn current_version() -> String {
        format!("{FORMAT_VERSION}.{ANALYSIS_VERSION}")
    }
}

impl Totals {
    /// Counts a piece in.
    pub fn add(&mut self, piece: &StoredPiece) {
        self.pieces += 1;
        self.passages += piece.passages;
        self.terms += piece.terms;
        self.title_terms += piece.title_terms;
        *self.languages.entry(piece.lang.clone()).or_default() += 1;
    }

    /// Counts a piece out.
    pub fn remove(&mut self, piece: &StoredPiece) {
        self.pieces = self.pieces.saturating_sub(1);
        self.passages = self.passages.saturating_sub(piece.passages);
        self.terms = self.terms.saturating_sub(piece.terms);
        self.title_terms = self.title_terms.saturating_sub(piece.title_terms);
        if let Some(count) = self.languages.get_mut(&piece.lang) {
            *count = count.saturating_sub(1);
        }
        self.languages.retain(|_, count| *count > 0);
    }

    /// How long passages, pieces and titles are on average.
    #[must_use]
    pub fn averages(&self) -> Averages {
        Averages {
            passage: ratio(self.terms, self.passages),
            piece: ratio(self.terms + self.title_terms, self.pieces),
            title: ratio(self.title_terms, self.pieces),
        }
    }
}
