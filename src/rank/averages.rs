/// Average lengths, in terms, by which length is judged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Averages {
    /// Of a passage.
    pub passage: f32,
    /// Of a piece and its title.
    pub piece: f32,
    /// Of a title.
    pub title: f32,
}

/// What each of some parts has of all, on average; nothing where there are none.
#[expect(clippy::cast_precision_loss, reason = "an average is a statistic, and needs no more digits than a float has")]
#[must_use]
pub fn ratio(all: u64, parts: u64) -> f32 {
    all as f32 / parts.max(1) as f32
}
