//! The second stage: the best pieces of the first are looked at more closely and compared, and scored anew.

use std::borrow::Cow;
use std::cell::RefCell;

use super::adjacent::add_adjacent;
use super::plan::Plan;
use super::searcher::Request;
use super::segment_search::Candidate;
use super::statistics::Statistics;
use crate::index::{Error, Segment};
use crate::rank::{ComparedQuery, FirstStage, Pool, QueryTerm, Signal, compare, ratio};
use crate::text::hyphens::is_marked;
use crate::text::stems::parts;

/// So many pieces are compared. With half of them the judged sets gain a tenth less.
pub(super) const POOL: usize = 200;
/// So many passages of a piece may become its best one by words that stand next to each other.
pub(super) const LOOKED_AT: usize = 16;
/// So many of a query's terms are compared by their letters: those that weigh the most. Whole articles may be queries.
const TERMS: usize = 128;

thread_local! {
    /// Kept from one query to the next: to fill new memory takes a tenth of the time that a query takes.
    static KEPT: RefCell<Pool> = RefCell::default();
}

/// Adds the signals of the second stage to the first of `candidates`, which come in order. They and their passages may be in another order then.
pub(super) fn rerank(
    segments: &[Segment],
    statistics: &Statistics<'_>,
    plan: &Plan,
    request: &Request,
    candidates: &mut [Candidate],
) -> Result<(), Error> {
    let pooled = candidates.len().min(POOL);
    if let Some(pooled) = candidates.get_mut(..pooled) {
        add_adjacent(&plan.pairs, segments, statistics, pooled)?;
    }
    for candidate in &mut *candidates {
        candidate.keep_best(request.per_piece);
    }
    let pooled = candidates.get_mut(..pooled).unwrap_or_default();
    let mut terms: Vec<_> = statistics.terms.iter().filter(|term| !term.is_solo()).collect();
    if terms.is_empty() || pooled.len() < 2 {
        return Ok(());
    }
    let count = terms.len();
    let share = statistics.share_of_spaced();
    terms.sort_by(|a, b| b.max_score().total_cmp(&a.max_score()).then_with(|| a.stems.cmp(b.stems)));
    terms.truncate(TERMS);
    let stems: Vec<Cow<'_, [String]>> = terms.iter().map(|term| compared(term.stems)).collect();
    let wanted: Vec<QueryTerm<'_>> = terms
        .iter()
        .zip(&stems)
        .map(|(term, stems)| QueryTerm { stems, weight: term.weight, containing: term.containing, all: statistics.passages })
        .collect();
    let seconds = KEPT.with_borrow_mut(|pool| {
        pool.begin(&wanted);
        let first = fill(pool, segments, statistics, pooled)?;
        Ok::<_, Error>(compare(pool, &ComparedQuery { wanted: &wanted, terms: count, share }, &first, request.feedback))
    })?;
    for (candidate, second) in pooled.iter_mut().zip(seconds) {
        for (_, signals) in &mut candidate.passages {
            signals[Signal::Forms] = second.forms;
            signals[Signal::Feedback] = second.feedback;
            signals[Signal::Neighbours] = second.neighbours;
        }
    }
    Ok(())
}

/// Those of `stems` that are of words alone, behind which the marked ones stand, without signs of their languages: so they are kept of pieces.
fn compared(stems: &[String]) -> Cow<'_, [String]> {
    let (words, _) = stems.split_at(stems.partition_point(|stem| !is_marked(stem)));
    if words.iter().all(|stem| parts(stem).1.is_empty()) {
        return Cow::Borrowed(words);
    }
    let mut plain: Vec<String> = Vec::new();
    for (stem, _) in words.iter().map(|stem| parts(stem)) {
        if !plain.iter().any(|known| known == stem) {
            plain.push(stem.to_owned());
        }
    }
    Cow::Owned(plain)
}

/// Puts the pieces of `candidates` into the pool; gives what the first stage says of each.
fn fill(pool: &mut Pool, segments: &[Segment], statistics: &Statistics<'_>, candidates: &[Candidate]) -> Result<Vec<FirstStage>, Error> {
    let mut first = Vec::with_capacity(candidates.len());
    let mut terms = Vec::new();
    for candidate in candidates {
        let Some(segment) = segments.get(candidate.piece.segment) else { continue };
        segment.vector(candidate.piece.header, &mut terms)?;
        let length = u64::from(segment.block_map().length(candidate.piece.header));
        let share = ratio(length, 1) / statistics.averages.piece.max(1.0);
        pool.add(candidate.piece.segment, &terms, share);
        let best = candidate.best();
        first.push(FirstStage { score: best.score(), piece: best[Signal::Piece] });
    }
    pool.end(|segment, terms, take| {
        if let Some(segment) = segments.get(segment) {
            segment.letters(terms, take);
        }
    });
    Ok(first)
}
