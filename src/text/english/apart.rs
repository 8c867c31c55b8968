//! Words that the stemmer would take for others: `executives` for `executions`.

use super::lines::LinesByWord;

/// Families of words. The file says how it is written and what it holds.
pub(super) const FAMILIES: &str = include_str!("apart.txt");

static LINES: LinesByWord = LinesByWord::of(FAMILIES);

/// The stem of a word that no stemmer is to be asked for: the first of its family.
pub(super) fn stem(word: &str) -> Option<&'static str> {
    LINES.lines_with(word).next()?.0.split(' ').next()
}
