//! Words that the stemmer would take for others: `executives` for `executions`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Families of words. The file says how it is written and what it holds.
pub(super) const FAMILIES: &str = include_str!("apart.txt");

/// Each word with the first of its family.
static FIRST: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    let mut first = FxHashMap::default();
    for line in FAMILIES.lines().filter(|line| !line.starts_with('#')) {
        let name = line.split_whitespace().next().unwrap_or_default();
        first.extend(line.split_whitespace().map(|word| (word, name)));
    }
    first
});

/// The stem of a word that no stemmer is to be asked for.
pub(super) fn stem(word: &str) -> Option<&'static str> {
    FIRST.get(word).copied()
}
