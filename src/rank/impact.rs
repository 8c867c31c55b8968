//! What a term says in a piece at the most, whatever the query: its *impact* (Anh and Moffat 2006).
//!
//! What a term adds to a score is the rarity of the term times what parts of it the piece says, its best passage and its title. The parts are
//! known when the piece is indexed, but for how long pieces are on average. So their sum is kept with the piece in one byte, rounded up, and
//! told again for averages that have moved: a query that wants the best few of many pieces looks closely at no others.

use super::{Averages, Bm25, Curve, Shape, Signal};

/// What something says in a piece in which it is, at the most.
#[derive(Clone, Copy, Debug)]
pub struct Impact {
    /// In a passage.
    pub passage: Option<Curve>,
    /// In the piece.
    pub piece: Option<Curve>,
    /// In its title.
    pub title: Option<Curve>,
}

impl Impact {
    /// That of a term of unit rarity, in texts that are on average so long.
    #[must_use]
    pub fn of_term(shape: Shape, averages: &Averages) -> Self {
        let curve = |signal: Signal, rarity, average| Some(Bm25::new(rarity, average, shape).curve(signal.weight()));
        Self {
            passage: curve(Signal::Passage, shape.beside_its_piece(), averages.passage),
            piece: curve(Signal::Piece, 1.0, averages.piece),
            title: curve(Signal::Title, 1.0, averages.title),
        }
    }
}

/// The levels by which impacts are kept, from nothing to the most.
const LEVELS: u8 = u8::MAX;

/// What each level means to a query.
pub type Levels = [f32; LEVELS as usize + 1];

/// The level at which an impact is kept, of a term of unit rarity and of this shape: no impact of that level is greater than what
/// [`levels`] says of it.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number between one and the number of levels")]
#[must_use]
pub fn level(impact: f32, shape: Shape) -> u8 {
    // What is just above a level by rounding must not fall to it.
    (impact / most(shape) * f32::from(LEVELS) + 1e-3).ceil().clamp(1.0, f32::from(LEVELS)) as u8
}

/// What impacts of each level say at the most of a term of this shape whose rarity weighs `rarity`, where lengths were `then` on average when they
/// were put down, and are `now`.
///
/// A part is `1 / (1 + a + b / average)`, and what `a` and `b` are is not known any more, only what they come to together. If all of it were `b`,
/// a greater average would take the most off it; a smaller one only makes parts less. The parts of an impact do not get more by being made equal,
/// since this function of them is concave.
#[must_use]
pub fn levels(shape: Shape, rarity: f32, then: &Averages, now: &Averages) -> Levels {
    let drift = [(then.passage, now.passage), (then.piece, now.piece), (then.title, now.title)]
        .into_iter()
        .map(|(then, now)| then.max(1.0) / now.max(1.0))
        .fold(1.0_f32, f32::min);
    let most = most(shape) * rarity;
    let mut levels = [0.0; LEVELS as usize + 1];
    for (level, says) in (0..=LEVELS).zip(&mut levels) {
        let part = f32::from(level) / f32::from(LEVELS);
        *says = most * part / (part + (1.0 - part) * drift);
    }
    levels
}

/// What no impact of a term of unit rarity is greater than.
fn most(shape: Shape) -> f32 {
    Signal::Passage.weight() * shape.beside_its_piece() + Signal::Piece.weight() + Signal::Title.weight()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The impact of a term that occurs so often in a text of such a length: in a passage, the piece and the title.
    fn impact(impact: &Impact, occurrences: &[(u32, u32); 3]) -> f32 {
        let curves = [impact.passage, impact.piece, impact.title];
        curves.iter().zip(occurrences).map(|(curve, &(times, length))| curve.unwrap().at(times, length)).sum()
    }

    fn averages() -> impl Strategy<Value = Averages> {
        (0.0_f32..300.0, 0.0_f32..3_000.0, 0.0_f32..30.0).prop_map(|(passage, piece, title)| Averages { passage, piece, title })
    }

    proptest! {
        #[test]
        fn a_level_says_no_less_than_the_impact_whatever_lengths_have_become(
            then in averages(),
            now in averages(),
            occurrences in [(1_u32..20, 0_u32..500), (1_u32..90, 0_u32..9_000), (0_u32..4, 0_u32..40)],
            is_solo in any::<bool>(),
            rarity in 0.1_f32..20.0,
        ) {
            let shape = if is_solo { Shape::SOLO } else { Shape::SPACED };
            let level = level(impact(&Impact::of_term(shape, &then), &occurrences), shape);
            let says = rarity * impact(&Impact::of_term(shape, &now), &occurrences);
            let bound = levels(shape, rarity, &then, &now)[usize::from(level)];
            prop_assert!(says <= bound * 1.000_1, "{says} at level {level}, which says {bound}");
        }

        #[test]
        fn where_averages_stay_a_level_is_tight(
            then in averages(), times in 1_u32..20, length in 0_u32..500,
        ) {
            let occurrences = [(times, length), (times, length), (0, 0)];
            let says = impact(&Impact::of_term(Shape::SPACED, &then), &occurrences);
            let level = level(says, Shape::SPACED);
            let levels = levels(Shape::SPACED, 1.0, &then, &then);
            prop_assert!(level == 1 || says > levels[usize::from(level - 1)] * 0.999);
        }
    }
}
