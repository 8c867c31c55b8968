//! Words of a query that stand next to each other in a passage, as they do in the query: nobody has to type quotation marks to find first where
//! `white paper` or `rule of law` is one thing.
//!
//! Queries name topics as well as things, and topics are written in many ways. So the words may also be turned round, with a little between them:
//! `russia sanctions` meets "sanctions on Russia". Numbers may not, for article 5 is not 5 articles.
//!
//! Places take long to read. So only pieces that the second stage compares are looked at, and of the passages that have both words.

use tantivy::DocId;
use tantivy::schema::IndexRecordOption::WithFreqsAndPositions;

use super::intervals::Word;
use super::plan::Planner;
use super::segment_search::Candidate;
use super::statistics::Statistics;
use crate::index::{Error, Segment};
use crate::query::{Ask, Leaf, Tree};
use crate::rank::{Bm25, Shape, Signal, ratio};
use crate::text::grammar::is_small;
use crate::text::{Words, fold};

/// Two words of a query between which nothing stands but small words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// What the words are in the languages of the index.
    pub stems: [Vec<String>; 2],
    /// How many words further on the second stands at the most: 1 is side by side.
    pub ahead: u32,
    /// How many words before the first the second may stand.
    pub behind: u32,
}

/// Words may be turned round with two between them: "sanctions against the Russians".
const TURNED: u32 = 3;
/// A query of more pairs describes rather than names, and one pair of it says little.
const MOST: usize = 8;

/// The pairs of `tree`, in order; none if they are many.
pub(super) fn pairs(tree: &Tree<Leaf>, planner: &Planner<'_>) -> Vec<Pair> {
    let mut typed = Typed::default();
    typed.read(tree);
    let mut pairs = Vec::new();
    for run in typed.runs {
        let telling: Vec<(u32, &str)> = (0..).zip(run).filter(|(_, word)| !is_small(&fold::folded(word))).collect();
        for two in telling.windows(2) {
            let [(first, a), (second, b)] = two else { continue };
            let stems = [planner.inflections(a), planner.inflections(b)];
            let is_number = |word: &str| word.chars().any(char::is_numeric);
            let behind = if is_number(a) || is_number(b) { 0 } else { TURNED };
            if stems[0] != stems[1] {
                pairs.push(Pair { stems, ahead: second - first, behind });
            }
        }
    }
    if pairs.len() > MOST { Vec::new() } else { pairs }
}

/// The words of a query as they were typed: one run for each row of words between which nothing else stands.
#[derive(Default)]
struct Typed<'q> {
    runs: Vec<Vec<&'q str>>,
    /// Whether what comes next stands next to the last word.
    goes_on: bool,
}

impl<'q> Typed<'q> {
    fn read(&mut self, tree: &'q Tree<Leaf>) {
        match tree {
            Tree::Clause(leaf) if leaf.implied => {}
            Tree::Clause(Leaf { ask: Ask::Word(word), .. }) if is_one(word) => self.add(word),
            Tree::All(trees) | Tree::Best(trees) => {
                for tree in trees {
                    self.read(tree);
                }
            }
            Tree::Any(trees) => match trees.as_slice() {
                // A name is asked for by its words or as the actor.
                [words, Tree::Clause(actor)] if actor.implied => self.read(words),
                trees => {
                    for tree in trees {
                        self.goes_on = false;
                        self.read(tree);
                    }
                    self.goes_on = false;
                }
            },
            Tree::Must(tree) | Tree::Boost(tree, _) => self.read(tree),
            Tree::Not(_) | Tree::Near(..) | Tree::AtLeast(..) | Tree::Clause(_) => self.goes_on = false,
        }
    }

    fn add(&mut self, word: &'q str) {
        match self.runs.last_mut() {
            Some(run) if self.goes_on => run.push(word),
            _ => self.runs.push(vec![word]),
        }
        self.goes_on = true;
    }
}

/// Whether an index has `typed` as one word. Characters of scripts without spaces stand together anyway.
fn is_one(typed: &str) -> bool {
    let mut words = Words::of(typed);
    words.next().is_some_and(|word| !word.solo) && words.next().is_none()
}

/// Adds [`Signal::Adjacent`] to the passages of `candidates`, the mean over all pairs of how often each stands in the passage or the title.
pub(super) fn add_adjacent(
    pairs: &[Pair],
    segments: &[Segment],
    statistics: &Statistics<'_>,
    candidates: &mut [Candidate],
) -> Result<(), Error> {
    let ranked: Vec<(&Pair, Bm25)> = pairs.iter().filter_map(|pair| Some((pair, scoring(pair, statistics)?))).collect();
    let share = ratio(1, ranked.len() as u64);
    for (number, segment) in segments.iter().enumerate() {
        // Postings only go forward.
        let mut pieces: Vec<&mut Candidate> = candidates.iter_mut().filter(|candidate| candidate.piece.segment == number).collect();
        pieces.sort_unstable_by_key(|candidate| candidate.piece.header);
        for Candidate { passages, .. } in &mut pieces {
            passages.sort_unstable_by_key(|(passage, _)| *passage);
        }
        for (pair, bm25) in &ranked {
            let mut met = Met::open(pair, segment)?;
            for Candidate { piece, passages, .. } in &mut pieces {
                let in_passages: Vec<u32> = passages.iter().map(|(passage, _)| met.times(*passage)).collect();
                let in_title = if segment.block_map().is_bare(piece.header) { 0 } else { met.times(piece.header) };
                for ((passage, signals), times) in passages.iter_mut().zip(in_passages) {
                    let score = bm25.score(times + in_title, segment.block_map().length(*passage));
                    signals[Signal::Adjacent] += score * share;
                }
            }
        }
    }
    Ok(())
}

/// How occurrences of `pair` count: it is at least as rare as its words together. `None` if they do not rank.
fn scoring(pair: &Pair, statistics: &Statistics<'_>) -> Option<Bm25> {
    let rarity = |stems: &[String]| {
        let mut terms = statistics.terms.iter();
        terms.find(|term| stems.iter().all(|stem| term.stems.contains(stem))).map(|term| term.rarity)
    };
    let [first, second] = &pair.stems;
    Some(Bm25::new(rarity(first)? + rarity(second)?, statistics.averages.passage, Shape::SPACED))
}

/// Where the words of a pair meet, document by document.
struct Met<'q> {
    pair: &'q Pair,
    words: [Word; 2],
    /// Where the words stand in the document at hand.
    places: [Vec<u32>; 2],
}

impl<'q> Met<'q> {
    fn open(pair: &'q Pair, segment: &Segment) -> Result<Self, Error> {
        let word = |stems: &[String]| {
            let postings = stems.iter().map(|stem| segment.postings(segment.fields().terms, stem, WithFreqsAndPositions));
            postings.filter_map(Result::transpose).collect::<Result<_, _>>().map(Word)
        };
        let [first, second] = &pair.stems;
        Ok(Self { pair, words: [word(first)?, word(second)?], places: Default::default() })
    }

    /// How often they meet in `doc`. To be called with growing documents.
    fn times(&mut self, doc: DocId) -> u32 {
        if self.words.iter_mut().any(|word| word.seek(doc) != doc) {
            return 0;
        }
        for (word, places) in self.words.iter_mut().zip(&mut self.places) {
            places.clear();
            word.read_in(doc, places);
        }
        let [first, second] = &self.places;
        meetings(first, second, self.pair.ahead, self.pair.behind)
    }
}

/// At how many places of `first` one of `second` stands at the most `ahead` words further on, or `behind` before. Both come in order.
fn meetings(first: &[u32], second: &[u32], ahead: u32, behind: u32) -> u32 {
    let mut near = second;
    let is_met = |&&place: &&u32| {
        while let Some((other, rest)) = near.split_first()
            && other + behind < place
        {
            near = rest;
        }
        near.iter().take_while(|&&other| other <= place + ahead).any(|&other| other != place)
    };
    u32::try_from(first.iter().filter(is_met).count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::actors::RosterInUse;
    use crate::query::{Mode, QueryContext, parse, resolve};
    use crate::retrieve::{Inflections, Plan};
    use crate::text::{Analyzer, Language};

    fn shown(query: &str, mode: Mode) -> Vec<String> {
        let context = QueryContext { roster: RosterInUse::default(), unlisted: None, today: None };
        let tree = resolve(parse(query, mode).unwrap(), query, mode, context).unwrap();
        let plan = Plan::new(&tree, mode, Inflections::new(&Analyzer::default(), &[Language::ENGLISH]));
        let show = |Pair { stems: [a, b], ahead, behind }: &Pair| format!("{} {} {ahead} {behind}", a.concat(), b.concat());
        plan.pairs.iter().map(show).collect()
    }

    #[test]
    fn pairs_are_words_that_stand_next_to_each_other() {
        let none: [&str; 0] = [];
        for mode in [Mode::All, Mode::Any] {
            assert_eq!(shown("white papers", mode), ["white paper 1 3"]);
            assert_eq!(shown("freedom of the press", mode), ["freedom press 3 3"]);
            assert_eq!(shown("article 5", mode), ["articl 5 1 0"]);
            assert_eq!(shown("cold war \"arms control\" treaty ban", mode), ["cold war 1 3", "treati ban 1 3"]);
            assert_eq!(shown("(oil OR gas) pipeline", mode), none);
            assert_eq!(shown("oil -gas pipeline", mode), none);
            assert_eq!(shown("sanctions sanctions", mode), none);
            assert_eq!(shown("the oil", mode), none);
            assert_eq!(shown("石油 制裁", mode), none);
        }
        assert_eq!(shown("+white +paper^2", Mode::Any), ["white paper 1 3"]);
        assert_eq!(shown("one two three four five six seven eight nine", Mode::Any).len(), MOST);
        assert_eq!(shown("one two three four five six seven eight nine ten", Mode::Any), none);
    }

    proptest! {
        #[test]
        fn words_meet_where_one_by_one_they_do(
            first in prop::collection::btree_set(0_u32..40, 0..12),
            second in prop::collection::btree_set(0_u32..40, 0..12),
            ahead in 1_u32..4,
            behind in 0_u32..4,
        ) {
            let meets = |place: &&u32| second.iter().any(|&other| other != **place && other + behind >= **place && other <= **place + ahead);
            let naive = first.iter().filter(meets).count();
            let list = |places: &BTreeSet<u32>| places.iter().copied().collect::<Vec<_>>();
            prop_assert_eq!(meetings(&list(&first), &list(&second), ahead, behind) as usize, naive);
        }
    }
}
