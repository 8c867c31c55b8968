/// How much an occurrence says: BM25 (Robertson and Zaragoza 2009), in the form without the constant factor `k1 + 1`.
#[derive(Clone, Copy, Debug)]
pub struct Bm25 {
    rarity: f32,
    average: f32,
    shape: Shape,
}

/// How fast more of the same stops counting, and how much length counts against a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shape {
    k1: f32,
    b: f32,
}

impl Shape {
    /// For words with spaces between them.
    pub const SPACED: Self = Self { k1: 1.2, b: 0.75 };
    /// For characters and pairs of characters, of which there are fewer different ones than of words.
    pub const SOLO: Self = Self { k1: 0.9, b: 0.4 };

    /// How much more a passage says beside its piece than it says of words with spaces between them. Pairs of characters meet by chance all over a
    /// piece. Twice as much is better where the query is a part of a text, as much as elsewhere where it is a question or a headline.
    #[must_use]
    pub fn beside_its_piece(self) -> f32 {
        if self == Self::SOLO { 1.5 } else { 1.0 }
    }

    /// What part of the most that a term can say its `times` occurrences say, in a text that has `length` times the average length.
    #[must_use]
    pub fn part(self, times: f32, length: f32) -> f32 {
        times / (times + self.k1 * (1.0 - self.b + self.b * length))
    }
}

/// The power to which rarity is raised: rare words count for more than their logarithm says. 1.25 gains 1.6% on the judged sets, and most
/// with long questions.
const SHARPENED: f32 = 1.25;

impl Bm25 {
    /// For something of this rarity, in texts that are `average` long.
    #[must_use]
    pub fn new(rarity: f32, average: f32, shape: Shape) -> Self {
        Self { rarity, average: average.max(1.0), shape }
    }

    /// The logarithm of how much rarer than not something is that occurs in `containing` of `all` texts; never negative.
    #[must_use]
    pub fn idf(containing: u64, all: u64) -> f32 {
        // Counts are far below what a 32-bit float tells apart in a logarithm.
        idf(approximate(containing), approximate(all))
    }

    /// What such rarity weighs.
    #[must_use]
    pub fn rarity(containing: u64, all: u64) -> f32 {
        sharpened(Self::idf(containing, all))
    }

    /// What no number of occurrences says more than.
    #[must_use]
    pub fn max_score(&self) -> f32 {
        self.rarity
    }

    /// How its occurrences count.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// What it says, times `weight`.
    #[must_use]
    pub fn curve(&self, weight: f32) -> Curve {
        let Shape { k1, b } = self.shape;
        Curve { most: weight * self.rarity, short: k1 * (1.0 - b), each: k1 * b / self.average }
    }

    /// What `times` occurrences in a text of `length` say.
    #[must_use]
    pub fn score(&self, times: u32, length: u32) -> f32 {
        if times == 0 {
            return 0.0;
        }
        self.rarity * self.shape.part(approximate(u64::from(times)), approximate(u64::from(length)) / self.average)
    }
}

/// What [`Bm25::score`] gives, times a weight, worked out beforehand as far as it can be: for loops over all occurrences. Differs by rounding.
#[derive(Clone, Copy, Debug)]
pub struct Curve {
    most: f32,
    /// What `times` is set against in a text without length, and how much more for each unit of length.
    short: f32,
    each: f32,
}

impl Curve {
    /// What `times` occurrences in a text of `length` say.
    #[inline]
    #[must_use]
    pub fn at(&self, times: u32, length: u32) -> f32 {
        let times = approximate(u64::from(times));
        self.most * times / (times + self.short + self.each * approximate(u64::from(length)))
    }
}

/// [`Bm25::idf`] of numbers that need not be whole.
pub(super) fn idf(containing: f32, all: f32) -> f32 {
    let containing = containing.min(all);
    (1.0 + (all - containing + 0.5) / (containing + 0.5)).ln()
}

pub(super) fn sharpened(idf: f32) -> f32 {
    idf.powf(SHARPENED)
}

#[expect(clippy::cast_precision_loss, reason = "a count is a statistic here, and needs no more digits than a float has")]
pub(super) fn approximate(count: u64) -> f32 {
    count as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(containing: u64, all: u64) -> Bm25 {
        Bm25::new(Bm25::rarity(containing, all), 100.0, Shape::SPACED)
    }

    #[test]
    fn a_curve_is_the_score_times_its_weight() {
        let (bm25, solo) = (of(30, 1_000), Bm25::new(2.0, 70.0, Shape::SOLO));
        for (bm25, times, length) in [(bm25, 1, 80), (bm25, 7, 100), (bm25, 40, 3_000), (solo, 2, 10), (solo, 0, 10)] {
            let (curve, score) = (bm25.curve(0.4).at(times, length), 0.4 * bm25.score(times, length));
            assert!((curve - score).abs() <= 1e-6 * score, "{times} in {length}: {curve} and {score}");
        }
    }

    #[test]
    fn rare_and_frequent_and_short_say_more() {
        let (rare, common) = (of(1, 1_000), of(900, 1_000));
        assert!(rare.score(1, 100) > common.score(1, 100));
        assert!(rare.score(2, 100) > rare.score(1, 100));
        assert!(rare.score(1, 50) > rare.score(1, 100));
        assert!(common.score(1, 100) > 0.0);
        assert!((rare.score(0, 100)).abs() < f32::EPSILON);
    }

    #[test]
    fn the_formula_by_hand() {
        // idf = ln(1 + 9.5 / 1.5) = 1.99243, to the power of 1.25 2.36717; tf = 2 / (2 + 1.2 (0.25 + 0.75 · 2)) = 2 / 4.1
        let score = Bm25::new(Bm25::rarity(1, 10), 50.0, Shape::SPACED).score(2, 100);
        assert!((score - 2.367_17 * 2.0 / 4.1).abs() < 1e-4, "{score}");
    }
}
