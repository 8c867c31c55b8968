//! The best pieces of the first stage, compared.

use super::run::Candidate;
use super::statistics::{Statistics, ratio};
use crate::index::{Error, Segment, vector};
use crate::rank::{Feedback, First, Pool, Signal, Wanted, compare};

/// So many pieces are compared. With half of them the judged sets gain a tenth less.
pub(super) const POOL: usize = 200;
/// So many of a query's terms are compared by their letters: those that weigh the most. Whole articles may be queries.
const TERMS: usize = 128;

/// Adds what comparing gives to the signals of the first of `candidates`, which come in order. They may be in another order then.
pub(super) fn second(
    segments: &[Segment],
    statistics: &Statistics<'_>,
    feedback: Feedback,
    candidates: &mut [Candidate],
) -> Result<(), Error> {
    let pooled = candidates.len().min(POOL);
    let pooled = candidates.get_mut(..pooled).unwrap_or_default();
    let mut terms: Vec<_> = statistics.terms.iter().filter(|term| !term.is_solo()).collect();
    if terms.is_empty() || pooled.len() < 2 {
        return Ok(());
    }
    let count = terms.len();
    terms.sort_by(|a, b| (b.weight * b.rarity).total_cmp(&(a.weight * a.rarity)).then_with(|| a.stems.cmp(b.stems)));
    terms.truncate(TERMS);
    let wanted: Vec<Wanted<'_>> = terms
        .into_iter()
        .map(|term| Wanted { stems: term.stems, weight: term.weight, containing: term.containing, all: statistics.averages.passages })
        .collect();
    let mut pool = Pool::new(&wanted);
    let mut first = Vec::with_capacity(pooled.len());
    let mut bytes = Vec::new();
    for candidate in pooled.iter() {
        let Some(segment) = segments.get(candidate.segment) else { continue };
        segment.vector(candidate.header, &mut bytes)?;
        let length = segment.length().first(candidate.header).unwrap_or_default();
        pool.add(vector::terms(&bytes), ratio(length, 1) / statistics.averages.piece.max(1.0));
        let best = candidate.best();
        first.push(First { score: best.score(), piece: best[Signal::Piece] });
    }
    for (candidate, second) in pooled.iter_mut().zip(compare(&pool, &wanted, &first, count, feedback)) {
        for (_, signals) in &mut candidate.passages {
            signals[Signal::Forms] = second.forms;
            signals[Signal::Feedback] = second.feedback;
            signals[Signal::Neighbours] = second.neighbours;
        }
    }
    Ok(())
}
