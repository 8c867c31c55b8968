//! The best pieces of the first stage, laid side by side to be compared.
//!
//! Every different term gets a number, in the order in which terms are met, and pieces are lists of those: what is gone through several times for
//! each query has to be small. Terms come as numbers of vocabularies, and their letters are asked for when all have come: some thousands that lie all
//! over memory, which come sooner if they are asked for together. A pool is kept from one query to the next, and only emptied.

use foldhash::HashMap;

use super::alike::Alike;
use super::bm25::{Shape, idf};
use super::forms::Forms;
use super::met::Met;
use super::numbers::hash;

/// A term of the query, to be compared with those of pieces.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryTerm<'q> {
    /// What it is: a stem, or several where pieces are in several languages.
    pub stems: &'q [String],
    /// How much it counts.
    pub weight: f32,
    /// In how many texts of the index it occurs.
    pub containing: u64,
    /// How many texts there are.
    pub all: u64,
}

/// Pieces that are compared with each other, the best of the first stage first.
#[derive(Default)]
pub struct Pool {
    /// The terms by their numbers in the vocabularies that they come from.
    met: Met,
    /// Which of several vocabularies are one.
    alike: Alike,
    /// By their numbers, in how many pieces terms occur.
    containing: Vec<u32>,
    pub(super) forms: Forms,
    /// The numbers of those that have letters in common with the query, by all of their letters.
    like_query: HashMap<u64, u16>,
    members: Vec<Member>,
    /// The terms of each member by their numbers, with how often they occur: one member's after the other's. There are some tens of thousands,
    /// which are gone through several times, so that they are to be small.
    terms: Vec<(u16, u8)>,
    /// Where the terms that have letters in common with the query occur, by members: few.
    pub(super) occurrences: Vec<(usize, u16, u8)>,
}

/// A piece of a pool.
struct Member {
    /// Where its terms end among those of all.
    end: usize,
    /// Its length as a part of the average.
    length: f32,
    /// What part of the most that a term can say so many occurrences say here.
    parts: [f32; USUAL_TIMES],
}

/// Few terms occur so often.
const USUAL_TIMES: usize = 24;

/// A piece of a pool with its terms.
#[derive(Clone, Copy)]
pub(super) struct PooledPiece<'p> {
    /// Its terms by their numbers, with how often they occur.
    pub(super) terms: &'p [(u16, u8)],
    member: &'p Member,
}

impl PooledPiece<'_> {
    /// What part of the most that a term can say `times` occurrences say here.
    pub(super) fn part(&self, times: f32) -> f32 {
        Shape::SPACED.part(times, self.member.length)
    }

    /// The same for a term's own number.
    pub(super) fn part_of(&self, times: u8) -> f32 {
        self.member.parts.get(usize::from(times)).copied().unwrap_or_else(|| self.part(f32::from(times)))
    }
}

impl Pool {
    /// Empties the pool for pieces that answer `query`. What room it has stays.
    pub fn begin(&mut self, query: &[QueryTerm<'_>]) {
        self.met.clear();
        self.containing.clear();
        self.forms.begin(query);
        self.like_query.clear();
        self.members.clear();
        self.terms.clear();
        self.occurrences.clear();
    }

    /// Adds a piece with its terms, each once, and its length as a part of the average. Terms come as numbers of one of several vocabularies, whose
    /// letters [`Pool::end`] asks for. Beyond 65,535 different terms, which so many pieces as are compared do not have, new ones are left out.
    pub fn add(&mut self, vocabulary: usize, terms: &[(u32, u8)], length: f32) {
        let Self { met, terms: pooled, .. } = self;
        met.meet(vocabulary, terms, |number, times| pooled.push((number, times)));
        let mut parts = [0.0; USUAL_TIMES];
        for (part, times) in parts.iter_mut().zip(0_u8..) {
            *part = Shape::SPACED.part(f32::from(times), length);
        }
        self.members.push(Member { end: self.terms.len(), length, parts });
    }

    /// Takes the letters of all terms when all pieces are there. `letters` is asked for those of some terms of a vocabulary, and calls what it is given
    /// with each one's, in order.
    pub fn end(&mut self, letters: impl Fn(usize, &[u32], &mut dyn FnMut(&[u8]))) {
        let Self { met, alike, forms, like_query, .. } = self;
        let several = met.each().nth(1).is_some();
        alike.begin(if several { met.len() } else { 0 });
        forms.expect(met.len());
        for (vocabulary, terms, numbers) in met.each() {
            let mut numbers = numbers.iter();
            letters(vocabulary, terms, &mut |letters| {
                let Some(&number) = numbers.next() else { return };
                if several {
                    alike.add(number, hash(letters));
                }
                if forms.add(number, letters) {
                    like_query.insert(hash(letters), number);
                }
            });
        }
        if several {
            let numbers = self.terms.iter_mut().map(|(number, _)| number);
            numbers.chain(like_query.values_mut()).for_each(|number| *number = alike.first(*number));
        }
        self.count();
    }

    /// Counts in how many pieces each term occurs, and notes where those do that are like the query.
    fn count(&mut self) {
        let Self { met, containing, forms, members, terms, occurrences, .. } = self;
        containing.resize(met.len(), 0);
        let mut start = 0;
        for (at, member) in members.iter().enumerate() {
            for &(number, times) in terms.get(start..member.end).unwrap_or_default() {
                if let Some(containing) = containing.get_mut(usize::from(number)) {
                    *containing += 1;
                }
                if forms.has_grams(number) {
                    occurrences.push((at, number, times));
                }
            }
            start = member.end;
        }
    }

    /// The pieces in order.
    pub(super) fn pieces(&self) -> impl Iterator<Item = PooledPiece<'_>> {
        (0..self.members.len()).filter_map(|at| self.piece(at))
    }

    /// A piece by its place.
    pub(super) fn piece(&self, at: usize) -> Option<PooledPiece<'_>> {
        let start = at.checked_sub(1).and_then(|before| self.members.get(before)).map_or(0, |member| member.end);
        let member = self.members.get(at)?;
        Some(PooledPiece { terms: self.terms.get(start..member.end)?, member })
    }

    /// How many pieces there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The numbers of terms are less than this.
    pub(super) fn terms(&self) -> usize {
        self.met.len()
    }

    /// Whether several pieces have the term with this number: what only one has says nothing of others.
    pub(super) fn is_shared(&self, term: u16) -> bool {
        self.containing.get(usize::from(term)).is_some_and(|&containing| containing > 1)
    }

    /// How rare each term is among the pieces; 0 for those that only one has, which say nothing of others.
    pub(super) fn rarities(&self) -> Vec<f32> {
        let all = self.members.len();
        // There are fewer different counts than terms.
        let by_count: Vec<f32> = (0..=all).map(|count| if count < 2 { 0.0 } else { idf(small(count), small(all)) }).collect();
        self.containing.iter().map(|&containing| by_count.get(containing as usize).copied().unwrap_or_default()).collect()
    }

    /// In how many pieces one of `stems` occurs.
    pub(super) fn containing(&self, stems: &[String]) -> f32 {
        // What has all letters of a stem has some of the query's.
        let numbers: Vec<u16> = stems.iter().filter_map(|stem| self.like_query.get(&hash(stem.as_bytes())).copied()).collect();
        match numbers.as_slice() {
            [] => 0.0,
            [number] => self.containing.get(usize::from(*number)).map_or(0.0, |&containing| small(containing as usize)),
            several => small(self.pieces().filter(|piece| piece.terms.iter().any(|(term, _)| several.contains(term))).count()),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a pool has some hundreds of pieces")]
pub(super) fn small(count: usize) -> f32 {
    count as f32
}

/// The places of `values`, the greatest first, of equal ones the first.
pub(super) fn ranked(values: &[f32]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..values.len()).collect();
    places.sort_by(|&a, &b| values.get(b).unwrap_or(&0.0).total_cmp(values.get(a).unwrap_or(&0.0)).then(a.cmp(&b)));
    places
}

/// The greatest of `values`, 0 if none is positive.
pub(super) fn greatest(values: impl IntoIterator<Item = f32>) -> f32 {
    values.into_iter().fold(0.0, f32::max)
}

/// `scores`, none of them negative, as parts of the greatest.
pub(super) fn parts(mut scores: Vec<f32>) -> Vec<f32> {
    let most = greatest(scores.iter().copied());
    if most > 0.0 {
        for score in &mut scores {
            *score /= most;
        }
    }
    scores
}
