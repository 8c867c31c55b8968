//! The pieces that match and the upper bounds of their scores, for queries of plain words: any of some, or all of them.
//!
//! What each term adds to the score of each piece at the most is kept in the index, or counted from the few postings that the term has. The sum
//! of these bounds is a bound of the piece's score: it takes the best passage by each term for the best of all. So all pieces that match are counted, and only
//! those few looked at closely that can be among the best.
//!
//! Where any word answers, terms are taken one after the other (Moffat and Zobel 1996), over so many pieces at a time as have their accumulators
//! in memory that is near. Where all have to be there, the rarest leads, and the others are asked where it is. Of a single term it is known how many pieces
//! have it, and where the best are.

use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::DocId;
use tantivy::schema::Field;

use super::plan::{Need, Plan};
use super::scorers::{SLACK, TermScorer, Tokens};
use super::term_bounds::TermBounds;
use crate::index::{Error, Segment};
use crate::query::Tree;
use crate::rank::Averages;

/// How many pieces of a segment match, and those among them whose bounds reach a threshold.
pub(super) struct Accumulated {
    pieces: u64,
    contenders: Vec<BoundedPiece>,
    threshold: f64,
}

/// A piece, and the bound of its score.
#[derive(Clone, Copy, Debug)]
pub(super) struct BoundedPiece {
    pub(super) header: DocId,
    /// What its score is not greater than.
    pub(super) bound: f64,
}

/// The score that a piece has to reach.
#[derive(Clone, Copy, Debug)]
pub(super) enum Threshold {
    /// This one.
    Known(f64),
    /// What the best so many seem to reach, and at least this one.
    Estimated(usize, f64),
}

/// The estimated threshold as a part of the bound that so many pieces reach: scores lie below bounds where words are in different passages.
const CAUTION: f64 = 0.8;

/// So many rows are added up at a time.
const WINDOW: u32 = 1 << 15;

thread_local! {
    /// The accumulators of a window, all nothing. Used again: to fill it with nothing for each query would cost more than many a query.
    static SUMS: Cell<Vec<f32>> = const { Cell::new(Vec::new()) };
}

impl Accumulated {
    /// The pieces that match `plan`, scored by `scorers` and `averages`; `None` if more is asked than words, or a word by which it does not rank.
    pub(super) fn of(
        plan: &Plan,
        segment: &Segment,
        (scorers, averages): (&[TermScorer<'_>], &Averages),
        threshold: Threshold,
    ) -> Result<Option<Self>, Error> {
        let Some(parts) = parts(plan, scorers, segment.fields().terms) else { return Ok(None) };
        let mut terms = Vec::new();
        let mut of_scorer = Vec::with_capacity(scorers.len());
        let mut everywhere = 0.0;
        for scorer in scorers {
            let first = terms.len();
            match scorer.tokens {
                // Occurrences of several tokens together never score more than those of each by themselves, so that bounds can be added up. Most are
                // stems of other languages, which do not occur.
                Some(Tokens { field, any_of }) => {
                    for token in any_of {
                        terms.extend(TermBounds::open(segment, scorer, (field, token), averages)?);
                    }
                }
                None => everywhere += scorer.max_score(),
            }
            of_scorer.push(first..terms.len());
        }
        let terms_of = |part: Vec<usize>| part.into_iter().filter_map(|scorer| of_scorer.get(scorer).cloned()).flatten().collect();
        let parts: Vec<Vec<usize>> = parts.into_iter().map(terms_of).collect();
        let mut accumulator = Accumulator { segment, everywhere, pieces: 0, contenders: Contenders::new(threshold) };
        match (terms.as_mut_slice(), parts.as_slice()) {
            ([term], [_]) => accumulator.one(term),
            (terms, [wanted]) => accumulator.any(terms, wanted),
            (terms, _) => accumulator.all(terms, parts),
        }
        let Accumulator { pieces, contenders: Contenders { found, threshold, .. }, .. } = accumulator;
        let contenders = found.into_iter().filter(|&(_, sum)| bound(sum) >= threshold);
        let contenders =
            contenders.filter_map(|(row, sum)| Some(BoundedPiece { header: segment.header(row)?, bound: bound(sum) })).collect();
        Ok(Some(Self { pieces, contenders, threshold }))
    }

    /// What bounds of pieces reach.
    pub(super) fn threshold(&self) -> f64 {
        self.threshold
    }

    /// How many pieces match.
    pub(super) fn pieces(&self) -> u64 {
        self.pieces
    }

    /// The pieces that reach the threshold, by their headers in order: those `kept` with the greatest bounds, and the rest.
    pub(super) fn split(self, kept: usize) -> [Vec<BoundedPiece>; 2] {
        let mut first = self.contenders;
        let rest = if kept < first.len() {
            first.select_nth_unstable_by(kept, |a, b| b.bound.total_cmp(&a.bound));
            first.split_off(kept)
        } else {
            Vec::new()
        };
        let mut parts = [first, rest];
        for part in &mut parts {
            part.sort_unstable_by_key(|piece| piece.header);
        }
        parts
    }
}

/// Counts pieces that match, and adds up their bounds.
struct Accumulator<'s> {
    segment: &'s Segment,
    /// The bound of what stands everywhere, or is taken to.
    everywhere: f32,
    pieces: u64,
    contenders: Contenders,
}

impl Accumulator<'_> {
    fn is_alive(&self, row: u32) -> bool {
        self.segment.dead_rows().binary_search(&row).is_err()
    }

    /// Takes the pieces that have a term.
    fn one(&mut self, term: &mut TermBounds<'_>) {
        let dead = self.segment.dead_rows().iter().filter(|&&row| term.seek(row).is_some_and(|(at, _)| at == row)).count();
        self.pieces = u64::from(term.pieces()).saturating_sub(dead as u64);
        // Where earlier segments give a threshold, this one seldom gives a greater.
        if self.contenders.threshold <= 0.0 {
            self.contenders.estimate(term.reached_by(self.contenders.kept) + self.everywhere);
        }
        term.each_reaching(self.contenders.threshold_sum() - self.everywhere, |row, bound| {
            if self.is_alive(row) {
                self.contenders.push(row, bound + self.everywhere);
            }
            self.contenders.threshold_sum() - self.everywhere
        });
    }

    /// Takes the pieces that have one of `terms` that is `wanted`, by its number. What the others add there is added.
    fn any(&mut self, terms: &mut [TermBounds<'_>], wanted: &[usize]) {
        let (mut wanted, mut others): (Vec<_>, Vec<_>) = terms.iter_mut().enumerate().partition(|(number, _)| wanted.contains(number));
        let mut sums = SUMS.take();
        sums.resize(WINDOW as usize, 0.0);
        let mut touched = Vec::new();
        while let Some(start) = wanted.iter_mut().filter_map(|(_, term)| term.seek(0)).map(|(row, _)| row).min() {
            // There are not so many rows, but in a damaged file.
            let Some(end) = start.checked_add(WINDOW) else { break };
            for (_, term) in &mut wanted {
                term.each_before(end, |row, bound| {
                    if let Some(sum) = sums.get_mut(row.wrapping_sub(start) as usize) {
                        if *sum <= 0.0 {
                            touched.push(row);
                        }
                        *sum += bound;
                    }
                });
            }
            for (_, other) in &mut others {
                other.seek(start);
                other.each_before(end, |row, bound| {
                    if let Some(sum) = sums.get_mut(row.wrapping_sub(start) as usize).filter(|sum| **sum > 0.0) {
                        *sum += bound;
                    }
                });
            }
            for row in touched.drain(..) {
                let sum = sums.get_mut(row.wrapping_sub(start) as usize).map(std::mem::take).unwrap_or_default();
                if self.is_alive(row) {
                    self.pieces += 1;
                    self.contenders.push(row, sum + self.everywhere);
                }
            }
        }
        SUMS.set(sums);
    }

    /// Takes the pieces that have one of `terms` of each of `parts`. What the others add there is added.
    fn all(&mut self, terms: &mut [TermBounds<'_>], mut parts: Vec<Vec<usize>>) {
        // The rarest leads: the others are asked where it is.
        parts.sort_by_key(|part| part.iter().filter_map(|&at| terms.get(at)).map(|term| u64::from(term.pieces())).sum::<u64>());
        let mut from = Some(0);
        while let Some(row) = from.and_then(|from| common(terms, &parts, from)) {
            from = row.checked_add(1);
            if self.is_alive(row) {
                self.pieces += 1;
                let bounds = terms.iter_mut().filter_map(|term| term.seek(row)).filter(|&(at, _)| at == row).map(|(_, bound)| bound);
                self.contenders.push(row, bounds.sum::<f32>() + self.everywhere);
            }
        }
    }
}

/// The first row at or behind `from` that all parts have.
fn common(terms: &mut [TermBounds<'_>], parts: &[Vec<usize>], from: u32) -> Option<u32> {
    let mut row = from;
    'again: loop {
        for part in parts {
            let found = part.iter().filter_map(|&at| terms.get_mut(at)?.seek(row)).map(|(row, _)| row).min()?;
            if found > row {
                row = found;
                continue 'again;
            }
        }
        return Some(row);
    }
}

/// The pieces whose bounds reach the threshold, which grows on the way if it is estimated.
struct Contenders {
    kept: usize,
    threshold: f64,
    /// The bits of the best `kept` sums: positive floats are in the order of their bits.
    best: BinaryHeap<Reverse<u32>>,
    /// By rows, with their sums.
    found: Vec<(u32, f32)>,
}

impl Contenders {
    fn new(threshold: Threshold) -> Self {
        let (kept, threshold) = match threshold {
            Threshold::Known(threshold) => (0, threshold),
            Threshold::Estimated(kept, threshold) => (kept, threshold),
        };
        Self { kept, threshold, best: BinaryHeap::new(), found: Vec::new() }
    }

    /// Raises the threshold, now that so many pieces as are kept have at least this sum.
    fn estimate(&mut self, sum: f32) {
        if self.kept > 0 {
            self.threshold = self.threshold.max(CAUTION * f64::from(sum));
        }
    }

    /// The sum that reaches the threshold, about: what is a little less does not.
    #[expect(clippy::cast_possible_truncation, reason = "sums have no more digits")]
    fn threshold_sum(&self) -> f32 {
        (self.threshold / SLACK) as f32
    }

    #[inline]
    fn push(&mut self, row: u32, sum: f32) {
        if bound(sum) < self.threshold {
            return;
        }
        self.found.push((row, sum));
        let bits = Reverse(sum.to_bits());
        if self.best.len() < self.kept {
            self.best.push(bits);
        } else if let Some(mut worst) = self.best.peek_mut()
            && bits < *worst
        {
            *worst = bits;
        } else {
            return;
        }
        if self.best.len() == self.kept
            && let Some(&Reverse(worst)) = self.best.peek()
        {
            self.estimate(f32::from_bits(worst));
        }
    }
}

/// The bound of the score of a piece with this sum.
fn bound(sum: f32) -> f64 {
    f64::from(sum) * SLACK
}

/// What a piece has to have: of each part one of these scorers. `None` if more is asked than words, or a word by which it is not ranked.
fn parts(plan: &Plan, scorers: &[TermScorer<'_>], terms: Field) -> Option<Vec<Vec<usize>>> {
    let of = |stems: &[String]| scorers.iter().position(|scorer| scorer.tokens == Some(Tokens { field: terms, any_of: stems }));
    let part = |tree: &Tree<usize>| {
        let mut wanted = Vec::new();
        gather(plan, tree, &mut wanted)?;
        wanted.into_iter().map(of).collect()
    };
    match &plan.tree {
        Tree::All(trees) if !trees.is_empty() => trees.iter().map(part).collect(),
        tree => part(tree).map(|part| vec![part]),
    }
}

/// Adds the words of `tree`, each by its stems; `None` if more is asked than one of them.
fn gather<'p>(plan: &'p Plan, tree: &Tree<usize>, wanted: &mut Vec<&'p [String]>) -> Option<()> {
    match tree {
        Tree::Clause(leaf) => match &plan.leaves.get(*leaf)?.need {
            Need::Stem(stems) => wanted.push(stems),
            _ => return None,
        },
        Tree::Boost(tree, _) => gather(plan, tree, wanted)?,
        Tree::Any(trees) | Tree::Best(trees) => trees.iter().try_for_each(|tree| gather(plan, tree, wanted))?,
        _ => return None,
    }
    Some(())
}
