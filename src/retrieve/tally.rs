//! What pieces can be worth at the most, for queries of plain words: any of some, or all of them.
//!
//! What each word says in each piece at the most is kept in the index, or told from the few postings that a word has. The sum of that is the
//! most that a piece can be worth: it takes the best passage by each word for the best of all. So all pieces that match are counted, and only
//! those few looked at closely that can be among the best.
//!
//! Where any word answers, words are taken one after the other (Moffat and Zobel 1996), over so many pieces at a time as have their sums in memory
//! that is near. Where all have to be there, the rarest leads, and the others are asked where it is. Of a single word it is known how many pieces
//! have it, and where the best are.

use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::DocId;
use tantivy::schema::Field;

use super::gauge::{Gauge, SLACK, Tokens};
use super::heard::Heard;
use super::plan::{Need, Plan};
use crate::index::{Error, Segment};
use crate::query::Tree;
use crate::rank::Averages;

/// The pieces of a segment that match, those among them that may be worth what is asked, and how much.
pub(super) struct Tally {
    pieces: u64,
    reaching: Vec<Worth>,
    least: f64,
}

/// A piece, and what it can be worth.
#[derive(Clone, Copy, Debug)]
pub(super) struct Worth {
    pub(super) header: DocId,
    /// What its score is not greater than.
    pub(super) most: f64,
}

/// What is asked of a piece.
#[derive(Clone, Copy, Debug)]
pub(super) enum Least {
    /// So much.
    Known(f64),
    /// What the best so many seem to reach, and not less than so much.
    Guessed(usize, f64),
}

/// What part of the sum that seems to be among the best is asked for: scores lie below sums where words are in different passages.
const CAUTIOUS: f64 = 0.8;

/// So many rows are added up at a time.
const WINDOW: u32 = 1 << 15;

thread_local! {
    /// The sums of a window, all nothing. Used again: to fill it with nothing for each query would cost more than many a query.
    static SUMS: Cell<Vec<f32>> = const { Cell::new(Vec::new()) };
}

impl Tally {
    /// The tally of `plan`, which `gauges` rank by `averages`; `None` if more is asked than words, or a word by which it does not rank.
    pub(super) fn of(
        plan: &Plan,
        segment: &Segment,
        (gauges, averages): (&[Gauge<'_>], &Averages),
        ask: Least,
    ) -> Result<Option<Self>, Error> {
        let Some(parts) = parts(plan, gauges, segment.fields().terms) else { return Ok(None) };
        let mut heard = Vec::new();
        let mut of_gauge = Vec::with_capacity(gauges.len());
        let mut everywhere = 0.0;
        for gauge in gauges {
            let first = heard.len();
            match gauge.tokens {
                // More occurrences of the same never say more than each by itself does, so that tokens can be added up one by one. Most are
                // stems of other languages, which do not occur.
                Some(Tokens { field, any_of }) => {
                    for token in any_of {
                        heard.extend(Heard::of(segment, gauge, (field, token), averages)?);
                    }
                }
                None => everywhere += gauge.most(),
            }
            of_gauge.push(first..heard.len());
        }
        let heard_of = |part: Vec<usize>| part.into_iter().filter_map(|gauge| of_gauge.get(gauge).cloned()).flatten().collect();
        let parts: Vec<Vec<usize>> = parts.into_iter().map(heard_of).collect();
        let mut count = Count { segment, everywhere, pieces: 0, reaching: Reaching::new(ask) };
        match (heard.as_mut_slice(), parts.as_slice()) {
            ([word], [_]) => count.one(word),
            (heard, [words]) => count.any(heard, words),
            (heard, _) => count.all(heard, parts),
        }
        let Count { pieces, reaching: Reaching { found, least, .. }, .. } = count;
        let reaching = found.into_iter().filter(|&(_, sum)| most(sum) >= least);
        let reaching = reaching.filter_map(|(row, sum)| Some(Worth { header: segment.header(row)?, most: most(sum) })).collect();
        Ok(Some(Self { pieces, reaching, least }))
    }

    /// What is asked of a piece.
    pub(super) fn least(&self) -> f64 {
        self.least
    }

    /// How many pieces match.
    pub(super) fn pieces(&self) -> u64 {
        self.pieces
    }

    /// The pieces that may be worth what is asked, by their headers in order: those `kept` that can be worth most, and the rest.
    pub(super) fn split(self, kept: usize) -> [Vec<Worth>; 2] {
        let mut first = self.reaching;
        let rest = if kept < first.len() {
            first.select_nth_unstable_by(kept, |a, b| b.most.total_cmp(&a.most));
            first.split_off(kept)
        } else {
            Vec::new()
        };
        let mut parts = [first, rest];
        for part in &mut parts {
            part.sort_unstable_by_key(|worth| worth.header);
        }
        parts
    }
}

/// The count of what matches.
struct Count<'s> {
    segment: &'s Segment,
    /// What stands everywhere, or is taken to.
    everywhere: f32,
    pieces: u64,
    reaching: Reaching,
}

impl Count<'_> {
    fn is_alive(&self, row: u32) -> bool {
        self.segment.dead_rows().binary_search(&row).is_err()
    }

    /// Counts the pieces that have a word.
    fn one(&mut self, word: &mut Heard<'_>) {
        let dead = self.segment.dead_rows().iter().filter(|&&row| word.seek(row).is_some_and(|(at, _)| at == row)).count();
        self.pieces = u64::from(word.pieces()).saturating_sub(dead as u64);
        // Where earlier segments tell what to ask for, this one seldom tells more.
        if self.reaching.least <= 0.0 {
            self.reaching.guess(word.known(self.reaching.kept) + self.everywhere);
        }
        word.each_best(self.reaching.least_sum() - self.everywhere, |row, says| {
            if self.is_alive(row) {
                self.reaching.push(row, says + self.everywhere);
            }
            self.reaching.least_sum() - self.everywhere
        });
    }

    /// Counts the pieces that have one of `words`, which are some of what is `heard`. What the others say is added to those.
    fn any(&mut self, heard: &mut [Heard<'_>], words: &[usize]) {
        let (mut words, mut others): (Vec<_>, Vec<_>) = heard.iter_mut().enumerate().partition(|(number, _)| words.contains(number));
        let mut sums = SUMS.take();
        sums.resize(WINDOW as usize, 0.0);
        let mut touched = Vec::new();
        while let Some(start) = words.iter_mut().filter_map(|(_, word)| word.seek(0)).map(|(row, _)| row).min() {
            // There are not so many rows, but in a damaged file.
            let Some(end) = start.checked_add(WINDOW) else { break };
            for (_, word) in &mut words {
                word.each_before(end, |row, says| {
                    if let Some(sum) = sums.get_mut(row.wrapping_sub(start) as usize) {
                        if *sum <= 0.0 {
                            touched.push(row);
                        }
                        *sum += says;
                    }
                });
            }
            for (_, other) in &mut others {
                other.seek(start);
                other.each_before(end, |row, says| {
                    if let Some(sum) = sums.get_mut(row.wrapping_sub(start) as usize).filter(|sum| **sum > 0.0) {
                        *sum += says;
                    }
                });
            }
            for row in touched.drain(..) {
                let sum = sums.get_mut(row.wrapping_sub(start) as usize).map(std::mem::take).unwrap_or_default();
                if self.is_alive(row) {
                    self.pieces += 1;
                    self.reaching.push(row, sum + self.everywhere);
                }
            }
        }
        SUMS.set(sums);
    }

    /// Counts the pieces that have, of each of `parts`, something of what is `heard`. What the rest says is added to those.
    fn all(&mut self, heard: &mut [Heard<'_>], mut parts: Vec<Vec<usize>>) {
        // The rarest leads: the others are asked where it is.
        parts.sort_by_key(|part| part.iter().filter_map(|&at| heard.get(at)).map(|word| u64::from(word.pieces())).sum::<u64>());
        let mut from = Some(0);
        while let Some(row) = from.and_then(|from| common(heard, &parts, from)) {
            from = row.checked_add(1);
            if self.is_alive(row) {
                self.pieces += 1;
                let says = heard.iter_mut().filter_map(|heard| heard.seek(row)).filter(|&(at, _)| at == row).map(|(_, says)| says);
                self.reaching.push(row, says.sum::<f32>() + self.everywhere);
            }
        }
    }
}

/// The first row at or behind `from` that all parts have.
fn common(heard: &mut [Heard<'_>], parts: &[Vec<usize>], from: u32) -> Option<u32> {
    let mut row = from;
    'again: loop {
        for part in parts {
            let found = part.iter().filter_map(|&at| heard.get_mut(at)?.seek(row)).map(|(row, _)| row).min()?;
            if found > row {
                row = found;
                continue 'again;
            }
        }
        return Some(row);
    }
}

/// The pieces that may reach what is asked of them.
struct Reaching {
    kept: usize,
    least: f64,
    /// The bits of the best `kept` sums: positive floats are in the order of their bits.
    best: BinaryHeap<Reverse<u32>>,
    /// By rows, with their sums.
    found: Vec<(u32, f32)>,
}

impl Reaching {
    fn new(ask: Least) -> Self {
        let (kept, least) = match ask {
            Least::Known(least) => (0, least),
            Least::Guessed(kept, least) => (kept, least),
        };
        Self { kept, least, best: BinaryHeap::new(), found: Vec::new() }
    }

    /// Asks for what seems to be reached where so many as are kept have at least this sum.
    fn guess(&mut self, sum: f32) {
        if self.kept > 0 {
            self.least = self.least.max(CAUTIOUS * f64::from(sum));
        }
    }

    /// What the sum of a piece has to be, about: what is a little less does not reach it.
    #[expect(clippy::cast_possible_truncation, reason = "sums have no more digits")]
    fn least_sum(&self) -> f32 {
        (self.least / SLACK) as f32
    }

    #[inline]
    fn push(&mut self, row: u32, sum: f32) {
        if most(sum) < self.least {
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
            self.guess(f32::from_bits(worst));
        }
    }
}

/// The most that a piece with this sum can be worth.
fn most(sum: f32) -> f64 {
    f64::from(sum) * SLACK
}

/// What a piece has to have: of each part one of these gauges. `None` if more is asked than words, or a word by which it is not ranked.
fn parts(plan: &Plan, gauges: &[Gauge<'_>], terms: Field) -> Option<Vec<Vec<usize>>> {
    let of = |stems: &[String]| gauges.iter().position(|gauge| gauge.tokens == Some(Tokens { field: terms, any_of: stems }));
    let part = |tree: &Tree<usize>| {
        let mut words = Vec::new();
        gather(plan, tree, &mut words)?;
        words.into_iter().map(of).collect()
    };
    match &plan.tree {
        Tree::All(trees) if !trees.is_empty() => trees.iter().map(part).collect(),
        tree => part(tree).map(|part| vec![part]),
    }
}

/// Adds the words of `tree`, each by its stems; `None` if more is asked than one of them.
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
