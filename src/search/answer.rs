use std::sync::Arc;

use super::Copies;
use crate::actors::Mention;
use crate::index::{Error, Reader, StoredPassage, StoredPiece};
use crate::rank::Signals;
use crate::text::Span;

/// What was found for a question.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The query as it was asked.
    pub query: String,
    /// The query as it was understood.
    pub parsed: String,
    /// How many pieces match, but for those that are hidden.
    pub found: u64,
    /// How many match but are hidden, being later copies of others, where that is asked for.
    pub hidden: u64,
    /// Whether a bound on work was reached, so that there may be more.
    pub truncated: bool,
    /// The hits wanted, in order.
    pub hits: Vec<Hit>,
}

/// A passage that answers a question.
#[derive(Clone, Debug, Default)]
pub struct Hit {
    /// Its place in the answer: 1 is the first.
    pub rank: usize,
    /// How good it is.
    pub score: f32,
    /// What the score is made of.
    pub signals: Signals,
    /// Its piece.
    pub piece: PieceView,
    /// The copies of its piece.
    pub copies: Copies,
    /// The passage.
    pub passage: StoredPassage,
    /// Its mentions, their spans counted from its first byte.
    pub mentions: Vec<Mention>,
    /// What in it satisfied the query, by place.
    pub matches: Vec<HitMatch>,
    /// What stands before and behind it in its piece, if that was asked for.
    pub context: Option<(String, String)>,
    /// What in its piece's title did.
    pub title_matches: Vec<HitMatch>,
}

/// A part of a text that satisfied a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HitMatch {
    /// Its bytes.
    pub span: Span,
    /// The clause, as the user wrote it.
    pub clause: String,
}

/// A piece as it is shown.
#[derive(Clone, Debug, Default)]
pub struct PieceView {
    /// Its id: its record's, else its path.
    pub id: String,
    /// Its file's path, with the root's name first where there are several.
    pub path: String,
    /// Whether its file has changed since it was read, or is gone.
    pub stale: bool,
    /// What the index keeps of it. Hits of one piece share it.
    pub stored: Arc<StoredPiece>,
}

impl PieceView {
    /// How `stored` is shown. Whether it is stale is not asked: that looks at the file.
    pub fn new(reader: &Reader, stored: impl Into<Arc<StoredPiece>>) -> Result<Self, Error> {
        let stored = stored.into();
        let path = reader.manifest().roots.display(stored.root, &stored.whole_path());
        Ok(Self { id: reader.piece_id(&stored)?, path, stale: false, stored })
    }

    /// The id of one of its passages: its digest and the passage's code points.
    #[must_use]
    pub fn passage_id(&self, passage: &StoredPassage) -> String {
        format!("{}:{}-{}", self.stored.short_digest(), passage.start, passage.end)
    }
}
