//! Words that carry a sentence rather than say what it is about.

/// The words of English grammar, in order. Other languages have no list: how common a word is weighs it there as everywhere.
const ENGLISH: [&str; 33] = [
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it", "no", "not", "of", "on", "or", "such",
    "that", "the", "their", "then", "there", "these", "they", "this", "to", "was", "will", "with",
];

/// Whether `term`, a folded word or its stem, is a word of grammar.
#[must_use]
pub fn is_grammar(term: &str) -> bool {
    ENGLISH.binary_search(&term).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order() {
        assert!(ENGLISH.is_sorted());
        assert!(is_grammar("the") && is_grammar("with") && !is_grammar("oil"));
    }
}
