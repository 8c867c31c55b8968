use std::ops::{Index, IndexMut};

/// Something that makes a passage a better answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Signal {
    /// The query's terms in the passage (BM25).
    Passage,
    /// The query's terms in the whole piece, title included (BM25).
    Piece,
    /// The query's phrases in the passage (BM25 of the phrase as one term).
    Phrase,
    /// The query's actors in the passage, under any name (BM25 of the mention as one term).
    Actor,
}

impl Signal {
    /// All signals with their names and weights.
    ///
    /// The weights were set by trying a few on the judged collections for development and taking one setting for all; see the README for what
    /// each is worth.
    pub const ALL: [(Self, &'static str, f32); 4] =
        [(Self::Passage, "passage", 0.5), (Self::Piece, "piece", 1.0), (Self::Phrase, "phrase", 0.5), (Self::Actor, "actor", 0.5)];
}

/// How much work goes into ranking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    /// Passages by what they say themselves.
    Quick,
    /// Also by what their pieces say.
    #[default]
    Full,
}

/// The signals of one passage, not yet weighed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Signals([f32; Signal::ALL.len()]);

impl Signals {
    /// The weighed sum.
    #[must_use]
    pub fn score(&self) -> f32 {
        self.weighed().map(|(_, value)| value).sum()
    }

    /// Each signal's name and what it adds to the score.
    pub fn weighed(&self) -> impl Iterator<Item = (&'static str, f32)> + '_ {
        Signal::ALL.iter().map(|&(signal, name, weight)| (name, weight * self[signal]))
    }
}

impl Index<Signal> for Signals {
    type Output = f32;

    fn index(&self, signal: Signal) -> &f32 {
        let [passage, piece, phrase, actor] = &self.0;
        match signal {
            Signal::Passage => passage,
            Signal::Piece => piece,
            Signal::Phrase => phrase,
            Signal::Actor => actor,
        }
    }
}

impl IndexMut<Signal> for Signals {
    fn index_mut(&mut self, signal: Signal) -> &mut f32 {
        let [passage, piece, phrase, actor] = &mut self.0;
        match signal {
            Signal::Passage => passage,
            Signal::Piece => piece,
            Signal::Phrase => phrase,
            Signal::Actor => actor,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_the_sum_of_its_parts() {
        let mut signals = Signals::default();
        for (at, (signal, _, _)) in (1_u8..).zip(Signal::ALL) {
            signals[signal] = f32::from(at);
        }
        let sum: f32 = signals.weighed().map(|(_, part)| part).sum();
        assert!((signals.score() - sum).abs() < f32::EPSILON);
        assert_eq!(signals.weighed().filter(|(_, part)| *part > 0.0).count(), Signal::ALL.len());
    }
}
