use std::ops::{Index, IndexMut};

/// Something that makes a passage a better answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Signal {
    /// The query's terms, and the actors it asks for as such, in the whole piece, title included (BM25).
    Piece,
    /// The query's terms in the passage (BM25).
    Passage,
    /// The query's terms, and the actors it asks for as such, in the title (BM25).
    Title,
    /// The single characters of the query in the whole piece, in scripts without spaces (BM25).
    Characters,
    /// The query's phrases in the passage (BM25 of the phrase as one term).
    Phrase,
    /// Words that stand next to each other in the query and in the passage or the title (BM25 of the pair as one term, the mean over pairs).
    ///
    /// Of the first ten pieces for each of a hundred everyday expressions of two or three words (`rule of law`, `white paper`), 826 of 978
    /// possible ones have the expression, and 641 without this signal. The judged collections, whose queries are longer, neither gain nor lose
    /// (+0.1%).
    Adjacent,
    /// The query's actors in the passage, under any name (BM25 of the mention as one term).
    Actor,
    /// Words of the piece that share letters with the query's words: other forms, compounds, other spellings.
    Forms,
    /// Words of the piece that the best pieces have in common: what the query is about in other words.
    Feedback,
    /// How good the pieces are that this one resembles most.
    Neighbours,
}

impl Signal {
    /// All signals with their names and weights.
    ///
    /// The weights were set on the judged collections for development, by trying a few for each signal with the others in place and taking
    /// one setting for all collections; what each signal is worth there is said at the module that computes it. An index keeps impacts by the
    /// weights of the piece, the passage and the title: with others it is of another format.
    pub const ALL: [(Self, &'static str, f32); 10] = [
        (Self::Piece, "piece", 1.0),
        (Self::Passage, "passage", 0.4),
        (Self::Title, "title", 0.15),
        (Self::Characters, "characters", 0.3),
        (Self::Phrase, "phrase", 0.5),
        (Self::Adjacent, "adjacent", 0.8),
        (Self::Actor, "actor", 0.5),
        (Self::Forms, "forms", 0.8),
        (Self::Feedback, "feedback", FEEDBACK),
        (Self::Neighbours, "neighbours", NEIGHBOURS),
    ];
}

/// The weights of [`Signal::Feedback`] and [`Signal::Neighbours`].
pub(super) const FEEDBACK: f32 = 0.5;
pub(super) const NEIGHBOURS: f32 = 0.3;

impl Signal {
    /// What it weighs in a score.
    #[must_use]
    pub fn weight(self) -> f32 {
        let (_, _, weight) = Self::ALL[self as usize];
        weight
    }
}

/// How much work goes into ranking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    /// By what the query's own terms say.
    Quick,
    /// The best of those also compared with each other.
    #[default]
    Full,
}

/// The signals of one passage, not yet weighed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Signals([f32; Signal::ALL.len()]);

impl Signals {
    /// The weighed sum, as exact as a score can be: who adds up what the signals are shown to add, in whatever order, and rounds to single
    /// precision, has the score to the last bit.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "the nearest score is wanted")]
    pub fn score(&self) -> f32 {
        self.weighed().map(|(_, value)| f64::from(value)).sum::<f64>() as f32
    }

    /// Each signal's name and what it adds to the score.
    pub fn weighed(&self) -> impl Iterator<Item = (&'static str, f32)> + '_ {
        Signal::ALL.iter().zip(&self.0).map(|(&(_, name, weight), value)| (name, weight * value))
    }
}

impl Index<Signal> for Signals {
    type Output = f32;

    fn index(&self, signal: Signal) -> &f32 {
        &self.0[signal as usize]
    }
}

impl IndexMut<Signal> for Signals {
    fn index_mut(&mut self, signal: Signal) -> &mut f32 {
        &mut self.0[signal as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signals_stand_in_the_order_of_their_names() {
        for (at, (signal, _, _)) in Signal::ALL.into_iter().enumerate() {
            assert_eq!(signal as usize, at);
        }
    }

    #[test]
    fn a_score_is_the_sum_of_its_parts() {
        let mut signals = Signals::default();
        for (at, (signal, _, _)) in (1_u8..).zip(Signal::ALL) {
            signals[signal] = f32::from(at);
        }
        let sum: f32 = signals.weighed().map(|(_, part)| part).sum();
        assert!((signals.score() - sum).abs() < 1e-5);
        assert_eq!(signals.weighed().filter(|(_, part)| *part > 0.0).count(), Signal::ALL.len());
    }
}
