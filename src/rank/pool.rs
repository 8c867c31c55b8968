use super::bm25::{Shape, idf};
use super::forms::Forms;
use super::numbers::Numbers;

/// A term of the query, to be compared with those of pieces.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted<'q> {
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
pub struct Pool {
    numbers: Numbers,
    /// By their numbers, in how many pieces terms occur.
    containing: Vec<u32>,
    pub(super) forms: Forms,
    pub(super) pieces: Vec<Member>,
}

/// Few pieces have more different terms.
const USUAL_LENGTH: usize = 512;

/// A piece of a pool.
pub(super) struct Member {
    /// Its terms by their numbers, with how often they occur.
    pub(super) terms: Vec<(u32, u8)>,
    /// Its length as a part of the average.
    length: f32,
    /// What part of the most that a term can say so many occurrences say here.
    parts: [f32; USUAL_TIMES],
}

/// Few terms occur so often.
const USUAL_TIMES: usize = 24;

impl Member {
    fn new(length: f32) -> Self {
        let mut parts = [0.0; USUAL_TIMES];
        for (part, times) in parts.iter_mut().zip(0_u8..) {
            *part = Shape::SPACED.part(f32::from(times), length);
        }
        Self { terms: Vec::with_capacity(USUAL_LENGTH), length, parts }
    }

    /// What part of the most that a term can say `times` occurrences say here.
    pub(super) fn part(&self, times: f32) -> f32 {
        Shape::SPACED.part(times, self.length)
    }

    /// The same for a term's own number.
    pub(super) fn part_of(&self, times: u8) -> f32 {
        self.parts.get(usize::from(times)).copied().unwrap_or_else(|| self.part(f32::from(times)))
    }
}

impl Pool {
    /// An empty pool, for pieces that answer `query`.
    #[must_use]
    pub fn new(query: &[Wanted<'_>]) -> Self {
        Self { numbers: Numbers::new(), containing: Vec::new(), forms: Forms::new(query), pieces: Vec::new() }
    }

    /// Adds a piece with its terms, each once, and its length as a part of the average.
    pub fn add<'t>(&mut self, terms: impl Iterator<Item = (&'t [u8], u8)>, length: f32) {
        let mut member = Member::new(length);
        for (term, times) in terms {
            let (number, is_new) = self.numbers.of(term);
            if is_new {
                self.containing.push(0);
                self.forms.add(std::str::from_utf8(term).unwrap_or_default());
            }
            if let Some(containing) = self.containing.get_mut(number as usize) {
                *containing += 1;
            }
            member.terms.push((number, times));
        }
        self.pieces.push(member);
    }

    /// How many pieces there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pieces.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// How many different terms there are.
    pub(super) fn terms(&self) -> usize {
        self.numbers.len()
    }

    /// Whether several pieces have the term with this number: what only one has says nothing of others.
    pub(super) fn is_shared(&self, term: u32) -> bool {
        self.containing.get(term as usize).is_some_and(|&containing| containing > 1)
    }

    /// How rare each term is among the pieces; 0 for those that only one has, which say nothing of others.
    pub(super) fn rarities(&self) -> Vec<f32> {
        let all = small(self.pieces.len());
        self.containing.iter().map(|&containing| if containing < 2 { 0.0 } else { idf(small(containing as usize), all) }).collect()
    }

    /// In how many pieces one of `stems` occurs.
    pub(super) fn containing(&self, stems: &[String]) -> f32 {
        let numbers: Vec<u32> = stems.iter().filter_map(|stem| self.numbers.get(stem.as_bytes())).collect();
        match numbers.as_slice() {
            [] => 0.0,
            [number] => self.containing.get(*number as usize).map_or(0.0, |&containing| small(containing as usize)),
            several => small(self.pieces.iter().filter(|piece| piece.terms.iter().any(|(term, _)| several.contains(term))).count()),
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
