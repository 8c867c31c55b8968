//! Words that carry a sentence rather than say what it is about.

use std::sync::LazyLock;

/// The words of English grammar, in order. Other languages have no list: how common a word is weighs it there as everywhere.
const ENGLISH: [&str; 33] = [
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it", "no", "not", "of", "on", "or", "such",
    "that", "the", "their", "then", "there", "these", "they", "this", "to", "was", "will", "with",
];

/// The bytes of the longest of them.
const LONGEST: usize = 5;

/// Whether `term`, a folded word or its stem, is a word of grammar.
#[must_use]
pub fn is_grammar(term: &str) -> bool {
    number(term).is_some_and(|number| NUMBERS.contains(&number))
}

/// The words as numbers: so many are compared with one in the time that a single comparison of texts takes.
static NUMBERS: LazyLock<[u64; ENGLISH.len()]> = LazyLock::new(|| ENGLISH.map(|word| number(word).unwrap_or_default()));

/// A word of the list, or as short as those, as a number.
fn number(word: &str) -> Option<u64> {
    // None of the list is longer, and most words are.
    (word.len() <= LONGEST).then(|| word.bytes().fold(0, |number, byte| number << 8 | u64::from(byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order() {
        assert!(ENGLISH.is_sorted());
        assert!(ENGLISH.iter().all(|word| is_grammar(word)));
        assert!(["", "oil", "thethethe", "he", "ththe"].iter().all(|word| !is_grammar(word)));
    }
}
