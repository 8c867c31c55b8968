//! Words that the stemmer would take for others: `executives` for `executions`.

use std::sync::LazyLock;

use rustc_hash::{FxBuildHasher, FxHashMap};

/// Families of words. The file says how it is written and what it holds.
pub(super) const FAMILIES: &str = include_str!("apart.txt");

/// Each word with the first of its family.
static FIRST: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    // Every search makes the table: room for all, so that it is made once.
    let mut first = FxHashMap::with_capacity_and_hasher(448, FxBuildHasher);
    for line in FAMILIES.lines().filter(|line| !line.starts_with('#')) {
        let name = line.split_ascii_whitespace().next().unwrap_or_default();
        first.extend(line.split_ascii_whitespace().map(|word| (word, name)));
    }
    first
});

/// The stem of a word that no stemmer is to be asked for.
pub(super) fn stem(word: &str) -> Option<&'static str> {
    FIRST.get(word).copied()
}
