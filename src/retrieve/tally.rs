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
    room: Room,
    /// What is asked of a piece. The sums are right of all that can be worth so much.
    least: f64,
}

/// What a tally is kept in.
#[derive(Default)]
struct Room {
    /// The headers of the living pieces that match, in no order.
    matching: Vec<DocId>,
    /// The most that each of them can be worth. They lie close together, for they are walked through several times.
    sums: Vec<f32>,
    /// By header, one more than its place among those; nothing where a piece does not match. All nothing when the room is given back.
    places: Vec<u32>,
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
    static ROOM: Cell<Option<Room>> = const { Cell::new(None) };
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
        let mut room = ROOM.take().unwrap_or_default();
        room.places.resize(room.places.len().max(segment.max_doc() as usize), 0);
        let mut tally = Self { room, least: 0.0 };
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
            tally.room.sums.iter_mut().for_each(|sum| *sum += everywhere);
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
        self.room.matching.len() as u64
    }

    /// What the best `kept` pieces seem to reach.
    fn estimate(&self, kept: usize) -> f64 {
        if kept >= self.room.sums.len() {
            return 0.0;
        }
        // Positive floats are in the order of their bits. Nearly all are told by one look at the worst of the best.
        let mut best: BinaryHeap<Reverse<u32>> = BinaryHeap::with_capacity(kept);
        for sum in &self.room.sums {
            let sum = Reverse(sum.to_bits());
            if best.len() < kept {
                best.push(sum);
            } else if let Some(mut worst) = best.peek_mut()
                && sum < *worst
            {
                *worst = sum;
            }
        }
        best.peek().map_or(0.0, |Reverse(worst)| CAUTIOUS * f64::from(f32::from_bits(*worst)))
    }

    /// The pieces that may be worth what is asked, by their headers in order, each with the most that it can be worth.
    pub(super) fn reaching(&self) -> Vec<(DocId, f64)> {
        let Room { matching, sums, .. } = &self.room;
        let each = matching.iter().zip(sums).map(|(&header, &sum)| (header, most(sum)));
        let mut reaching: Vec<(DocId, f64)> = each.filter(|&(_, most)| most >= self.least).collect();
        reaching.sort_unstable_by_key(|&(header, _)| header);
        reaching
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
                    let place = self.place(segment, header, is_word);
                    let counts = place.filter(|&place| self.room.sums.get(place).is_some_and(|&sum| most(sum) >= needed));
                    said = Said { behind: header.saturating_add(1), counts, ..Said::default() };
                }
                if said.counts.is_none() {
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

    /// The place of a piece among those that match, as it does from now on if it has a word that answers.
    #[inline]
    fn place(&mut self, segment: &Segment, header: DocId, is_word: bool) -> Option<usize> {
        let Room { matching, sums, places } = &mut self.room;
        let place = places.get_mut(header as usize)?;
        if *place == 0 && is_word && segment.is_alive(header) {
            matching.push(header);
            // What says nothing yet matches too.
            sums.push(0.0);
            *place = u32::try_from(sums.len()).unwrap_or_default();
        }
        (*place as usize).checked_sub(1)
    }

    /// Adds what was said in a piece.
    #[inline]
    fn hear(&mut self, segment: &Segment, curves: &Curves, said: &Said) {
        let Said { behind, counts: Some(place), in_title, in_passages, best } = *said else { return };
        let header = behind - 1;
        let Some(sum) = self.room.sums.get_mut(place) else { return };
        *sum += best;
        if let Some(curve) = curves.piece {
            *sum += curve.at(in_title + in_passages, segment.length(header));
        }
        if let Some(curve) = curves.title.filter(|_| in_title > 0) {
            *sum += curve.at(in_title, segment.title_length(header));
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

/// The most that a piece with this sum can be worth.
fn most(sum: f32) -> f64 {
    f64::from(sum) * SLACK
}

impl Drop for Tally {
    fn drop(&mut self) {
        let mut room = std::mem::take(&mut self.room);
        for header in room.matching.drain(..) {
            if let Some(place) = room.places.get_mut(header as usize) {
                *place = 0;
            }
        }
        room.sums.clear();
        ROOM.set(Some(room));
    }
}

/// What was read of a token in one piece.
#[derive(Default)]
struct Said {
    /// The document behind its header.
    behind: DocId,
    /// The place of the piece, if it is added up.
    counts: Option<usize>,
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
