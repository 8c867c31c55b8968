//! How rare things are, and how long, in the whole index.

use rustc_hash::FxHashMap;
use tantivy::schema::Field;

use super::plan::{Plan, Whole};
use crate::index::{Error, Reader, Segment, Totals};
use crate::rank::Bm25;

/// How rare and how long things are in the whole index.
pub(super) struct Statistics {
    pub(super) averages: Averages,
    /// The rarity of each leaf's terms, then of the leaf as a whole.
    pub(super) leaves: Vec<(Vec<f32>, f32)>,
}

impl Statistics {
    pub(super) fn new(reader: &Reader, segments: &[Segment], plan: &Plan) -> Result<Self, Error> {
        let totals = &reader.manifest().totals;
        let fields = reader.fields();
        let passages = totals.passages.max(1);
        let mut known: FxHashMap<&str, u64> = FxHashMap::default();
        let mut leaves = Vec::with_capacity(plan.leaves.len());
        for leaf in &plan.leaves {
            let mut rarities = Vec::with_capacity(leaf.terms.len());
            for term in &leaf.terms {
                let mut containing = 0;
                for stem in term {
                    if !known.contains_key(stem.as_str()) {
                        known.insert(stem, frequency(segments, fields.terms, stem)?);
                    }
                    containing += known.get(stem.as_str()).copied().unwrap_or_default();
                }
                rarities.push(Bm25::idf(containing, passages));
            }
            let whole = match &leaf.whole {
                Some(Whole::Actor(token)) => Bm25::idf(frequency(segments, fields.words, token)?, passages),
                // A phrase is at least as rare as its words together.
                Some(Whole::Phrase(_)) => rarities.iter().sum(),
                None => 0.0,
            };
            leaves.push((rarities, whole));
        }
        Ok(Self { averages: Averages::of(totals), leaves })
    }
}

fn frequency(segments: &[Segment], field: Field, token: &str) -> Result<u64, Error> {
    segments.iter().map(|segment| segment.document_frequency(field, token)).sum()
}

/// Averages over the index, by which length is judged.
#[derive(Clone, Copy, Debug)]
pub(super) struct Averages {
    /// Terms of a passage.
    pub(super) passage: f32,
    /// Terms of a piece and its title.
    pub(super) piece: f32,
}

impl Averages {
    pub(super) fn of(totals: &Totals) -> Self {
        Self { passage: ratio(totals.terms, totals.passages), piece: ratio(totals.terms + totals.title_terms, totals.pieces) }
    }
}

#[expect(clippy::cast_precision_loss, reason = "an average is a statistic, and needs no more digits than a float has")]
fn ratio(all: u64, parts: u64) -> f32 {
    all as f32 / parts.max(1) as f32
}
