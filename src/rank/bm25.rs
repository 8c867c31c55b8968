/// How much an occurrence says: BM25 (Robertson and Zaragoza 2009), in the form without the constant factor `k1 + 1`.
#[derive(Clone, Copy, Debug)]
pub struct Bm25 {
    idf: f32,
    average: f32,
}

/// How soon more of the same stops counting.
const K1: f32 = 1.2;
/// How much length counts against a text.
const B: f32 = 0.75;

impl Bm25 {
    /// For something that occurs in `containing` of `all` texts, which are `average` long.
    #[must_use]
    pub fn new(containing: u64, all: u64, average: f32) -> Self {
        Self { idf: Self::idf(containing, all), average: average.max(1.0) }
    }

    /// The same for something whose rarity is known.
    #[must_use]
    pub fn with_idf(idf: f32, average: f32) -> Self {
        Self { idf, average: average.max(1.0) }
    }

    /// The weight of rarity: the logarithm of how much rarer than not it is, never negative.
    #[must_use]
    pub fn idf(containing: u64, all: u64) -> f32 {
        // Counts are far below what a 32-bit float tells apart in a logarithm.
        let (containing, all) = (approximate(containing.min(all)), approximate(all));
        (1.0 + (all - containing + 0.5) / (containing + 0.5)).ln()
    }

    /// What `times` occurrences in a text of `length` say.
    #[must_use]
    pub fn score(&self, times: u32, length: u32) -> f32 {
        let (times, length) = (approximate(u64::from(times)), approximate(u64::from(length)));
        self.idf * times / (times + K1 * (1.0 - B + B * length / self.average))
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count is a statistic here, and needs no more digits than a float has")]
pub(super) fn approximate(count: u64) -> f32 {
    count as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_and_frequent_and_short_say_more() {
        let rare = Bm25::new(1, 1_000, 100.0);
        let common = Bm25::new(900, 1_000, 100.0);
        assert!(rare.score(1, 100) > common.score(1, 100));
        assert!(rare.score(2, 100) > rare.score(1, 100));
        assert!(rare.score(1, 50) > rare.score(1, 100));
        assert!(common.score(1, 100) > 0.0);
        assert!((rare.score(0, 100)).abs() < f32::EPSILON);
    }

    #[test]
    fn the_formula_by_hand() {
        // idf = ln(1 + 9.5 / 1.5) = 1.99243; tf = 2 / (2 + 1.2 (0.25 + 0.75 · 2)) = 2 / 4.1
        let score = Bm25::new(1, 10, 50.0).score(2, 100);
        assert!((score - 1.992_43 * 2.0 / 4.1).abs() < 1e-4, "{score}");
    }
}
