//! What pieces can be worth at the most, for queries that any of some words answers.
//!
//! To count the pieces that match, all postings of the words have to be read anyway. Read word by word, each at one go, they also tell what
//! each word says in each piece, and the sum of that is the most that a piece can be worth: it takes the best passage by each word for the
//! best of all (accumulators, term at a time: Moffat and Zobel 1996). So only those few pieces are looked at closely that can be among
//! the best. The words that can say most come first, and of the others nothing is added up in pieces that cannot be among the best with them:
//! those are counted.

use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::DocId;

use super::gauge::{Gauge, SLACK, Tokens};
use super::plan::{Need, Plan};
use crate::index::{Error, Segment};
use crate::query::Tree;
use crate::rank::{Bm25, Curve, Signal};

/// The pieces of a segment that match, each with the most that it can be worth.
pub(super) struct Tally {
    /// By header; nothing where a piece does not match. All nothing when it is given back.
    most: Vec<f32>,
    /// The headers of the living pieces that match, in no order.
    matching: Vec<DocId>,
    /// What is asked of a piece. The sums are right of all that can be worth so much.
    least: f64,
}

/// What is asked of a piece.
#[derive(Clone, Copy, Debug)]
pub(super) enum Least {
    /// So much.
    Known(f64),
    /// What the best so many seem to reach, and not less than so much.
    Guessed(usize, f64),
}

thread_local! {
    /// Room that is used again: to fill it with nothing for each query would cost more than many a query.
    static ROOM: Cell<(Vec<f32>, Vec<DocId>)> = const { Cell::new((Vec::new(), Vec::new())) };
}

/// What part of the sum that seems to be among the best the first look asks for: scores lie below sums where words are in different passages.
const CAUTIOUS: f64 = 0.8;

impl Tally {
    /// The tally of `plan`, which `gauges` rank; `None` if more is asked than any of some words, or a word by which it does not rank.
    pub(super) fn of(plan: &Plan, segment: &Segment, gauges: &[Gauge<'_>], ask: Least) -> Result<Option<Self>, Error> {
        let mut asked = Vec::new();
        let all = gather(plan, &plan.tree, &mut asked).and_then(|()| {
            let fields = segment.fields();
            let of =
                |stems: &&[String]| gauges.iter().position(|gauge| gauge.tokens == Some(Tokens { field: fields.terms, any_of: stems }));
            asked.iter().map(of).collect::<Option<Vec<usize>>>()
        });
        let Some(words) = all else { return Ok(None) };
        let mut parts: Vec<(bool, &Gauge<'_>)> = gauges.iter().enumerate().map(|(at, gauge)| (words.contains(&at), gauge)).collect();
        // What matches has to be known before anything else is added to it.
        parts.sort_by(|(is_word, a), (other_is, b)| other_is.cmp(is_word).then(b.most().total_cmp(&a.most())));
        let mut rest = parts.iter().map(|(_, gauge)| f64::from(gauge.most())).sum::<f64>() * SLACK;
        let (mut most, matching) = ROOM.take();
        most.resize(most.len().max(segment.max_doc() as usize), 0.0);
        let mut tally = Self { most, matching, least: 0.0 };
        let mut everywhere = 0.0;
        for (is_word, gauge) in parts {
            tally.raise(ask);
            match gauge.tokens {
                Some(tokens) => tally.add(segment, gauge, tokens, (is_word, tally.least - rest))?,
                None => everywhere += gauge.most(),
            }
            // What stands everywhere is added at the end.
            rest -= if gauge.tokens.is_some() { f64::from(gauge.most()) } else { 0.0 };
        }
        if everywhere > 0.0 {
            for &header in &tally.matching {
                if let Some(most) = tally.most.get_mut(header as usize) {
                    *most += everywhere;
                }
            }
        }
        tally.raise(ask);
        Ok(Some(tally))
    }

    /// What is asked of a piece.
    pub(super) fn least(&self) -> f64 {
        self.least
    }

    /// Asks for as much as is known so far.
    fn raise(&mut self, ask: Least) {
        let known = match ask {
            Least::Known(least) => least,
            Least::Guessed(kept, least) => self.estimate(kept).max(least),
        };
        self.least = self.least.max(known);
    }

    /// How many pieces match.
    pub(super) fn pieces(&self) -> u64 {
        self.matching.len() as u64
    }

    /// What the best `kept` pieces seem to reach.
    fn estimate(&self, kept: usize) -> f64 {
        if kept >= self.matching.len() {
            return 0.0;
        }
        // Positive floats are in the order of their bits. Nearly all are told by one look at the worst of the best.
        let mut best: BinaryHeap<Reverse<u32>> = BinaryHeap::with_capacity(kept);
        for &header in &self.matching {
            let most = Reverse(self.most.get(header as usize).map_or(0, |most| most.to_bits()));
            if best.len() < kept {
                best.push(most);
            } else if let Some(mut worst) = best.peek_mut()
                && most < *worst
            {
                *worst = most;
            }
        }
        best.peek().map_or(0.0, |Reverse(worst)| CAUTIOUS * f64::from(f32::from_bits(*worst)))
    }

    /// The headers of the pieces that may be worth what is asked, in order.
    pub(super) fn reaching(&self) -> Vec<DocId> {
        let mut headers: Vec<DocId> = self.matching.iter().copied().filter(|&header| self.most(header) >= self.least).collect();
        headers.sort_unstable();
        headers
    }

    /// The most that a piece can be worth, if it can be worth what is asked.
    pub(super) fn most(&self, header: DocId) -> f64 {
        self.most.get(header as usize).map_or(0.0, |most| f64::from(*most) * SLACK)
    }

    /// Adds what `gauge` says by any of `tokens`: to each piece that has one, if that is a word that answers, else to those that match already;
    /// and to none that is worth less than `needed` so far.
    fn add(&mut self, segment: &Segment, gauge: &Gauge<'_>, tokens: Tokens<'_>, (is_word, needed): (bool, f64)) -> Result<(), Error> {
        let frame = segment.frame();
        let curves = Curves::of(gauge);
        // More occurrences of the same never say more than each by itself does, so that tokens can be added up one by one.
        for token in tokens.any_of {
            let mut said = Said::default();
            segment.each_posting(tokens.field, token, |doc, times| {
                if doc >= said.behind {
                    self.hear(segment, &curves, &said);
                    let header = frame.header_of(doc);
                    let counts = self.count(segment, header, is_word) && self.most(header) >= needed;
                    said = Said { behind: header.saturating_add(1), counts, ..Said::default() };
                }
                if !said.counts {
                    return;
                }
                if doc + 1 == said.behind {
                    said.in_title = times;
                } else {
                    said.in_passages += times;
                    said.best = said.best.max(curves.passage.map_or(0.0, |curve| curve.at(times, segment.length(doc))));
                }
            })?;
            self.hear(segment, &curves, &said);
        }
        Ok(())
    }

    /// Whether a piece matches, as it does from now on if it has a word that answers.
    #[inline]
    fn count(&mut self, segment: &Segment, header: DocId, is_word: bool) -> bool {
        let Some(most) = self.most.get_mut(header as usize) else { return false };
        if *most == 0.0 && is_word && segment.is_alive(header) {
            self.matching.push(header);
            // What says nothing yet matches too.
            *most = f32::MIN_POSITIVE;
        }
        *most > 0.0
    }

    /// Adds what was said in a piece.
    #[inline]
    fn hear(&mut self, segment: &Segment, curves: &Curves, said: &Said) {
        let Said { behind, counts: true, in_title, in_passages, best } = *said else { return };
        let header = behind - 1;
        let Some(most) = self.most.get_mut(header as usize) else { return };
        *most += best;
        if let Some(curve) = curves.piece {
            *most += curve.at(in_title + in_passages, segment.length(header));
        }
        if let Some(curve) = curves.title.filter(|_| in_title > 0) {
            *most += curve.at(in_title, segment.title_length(header));
        }
    }
}

/// What a gauge says in a passage, a piece and a title, weighed.
struct Curves {
    passage: Option<Curve>,
    piece: Option<Curve>,
    title: Option<Curve>,
}

impl Curves {
    fn of(gauge: &Gauge<'_>) -> Self {
        let curve = |(signal, bm25): &(Signal, Bm25)| bm25.curve(gauge.weight * signal.weight());
        Self {
            passage: gauge.passage.as_ref().map(curve),
            piece: gauge.piece.as_ref().map(curve),
            title: gauge.title.map(|bm25| curve(&(Signal::Title, bm25))),
        }
    }
}

impl Drop for Tally {
    fn drop(&mut self) {
        for header in self.matching.drain(..) {
            if let Some(most) = self.most.get_mut(header as usize) {
                *most = 0.0;
            }
        }
        ROOM.set((std::mem::take(&mut self.most), std::mem::take(&mut self.matching)));
    }
}

/// What was read of a token in one piece.
#[derive(Default)]
struct Said {
    /// The document behind its header.
    behind: DocId,
    /// Whether it is added up.
    counts: bool,
    in_title: u32,
    in_passages: u32,
    /// What the best passage is worth.
    best: f32,
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
