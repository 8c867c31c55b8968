//! Queries that any of some words answers.
//!
//! How many pieces do is counted from the postings of the words at one go. So not every piece that has one of them has to be visited, but only
//! those with words of such weight that they may get among the best.

use super::plan::{Need, Plan};
use super::statistics::Statistics;
use crate::index::{Error, Segment};
use crate::query::Tree;

/// The words of `plan`, each by its stems, if any of them answers it and each of them ranks.
pub(super) fn words<'p>(plan: &'p Plan, statistics: &Statistics<'_>) -> Option<Vec<&'p [String]>> {
    let mut words = Vec::new();
    let ranks = |stems: &[String]| statistics.terms.iter().any(|term| term.stems == stems);
    let holds = gather(plan, &plan.tree, &mut words).is_some() && words.iter().all(|stems| ranks(stems));
    holds.then_some(words)
}

/// Adds the words of `tree`; `None` if more is asked than one of them.
fn gather<'p>(plan: &'p Plan, tree: &Tree<usize>, words: &mut Vec<&'p [String]>) -> Option<()> {
    match tree {
        Tree::Clause(leaf) => match &plan.leaves.get(*leaf)?.need {
            Need::Stem(stems) => words.push(stems),
            _ => return None,
        },
        Tree::Boost(tree, _) => gather(plan, tree, words)?,
        Tree::Any(trees) | Tree::Best(trees) => trees.iter().try_for_each(|tree| gather(plan, tree, words))?,
        _ => return None,
    }
    Some(())
}

/// How many living pieces of a segment have one of `words`.
pub(super) fn count(segment: &Segment, words: &[&[String]]) -> Result<u64, Error> {
    let mut seen = vec![0_u64; segment.max_doc().div_ceil(u64::BITS) as usize];
    let mut count = 0;
    for stem in words.iter().copied().flatten() {
        let mut behind = 0;
        segment.each_document(segment.fields().terms, stem, |doc| {
            // Of the documents of a block the first tells which it is.
            if doc < behind {
                return;
            }
            let header = segment.frame().header_of(doc);
            behind = header.saturating_add(1);
            let bit = 1 << (header % u64::BITS);
            if let Some(word) = seen.get_mut((header / u64::BITS) as usize)
                && *word & bit == 0
            {
                *word |= bit;
                count += u64::from(segment.is_alive(header));
            }
        })?;
    }
    Ok(count)
}
