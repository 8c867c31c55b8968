//! Words that carry a sentence rather than say what it is about.

use std::sync::LazyLock;

/// The words of English grammar, in order. Other languages have no list: how common a word is weighs it there as everywhere.
const ENGLISH: [&str; 33] = [
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it", "no", "not", "of", "on", "or", "such",
    "that", "the", "their", "then", "there", "these", "they", "this", "to", "was", "will", "with",
];

/// Small words of Chinese, as its dictionary cuts them: nobody looks for these where other words are asked for, too. They rank like any others,
/// for how common a word is weighs it.
const CHINESE: [&str; 66] = [
    "的",
    "了",
    "着",
    "地",
    "得",
    "是",
    "不是",
    "在",
    "和",
    "与",
    "及",
    "以及",
    "或",
    "或者",
    "对",
    "对于",
    "为",
    "为了",
    "以",
    "从",
    "由",
    "被",
    "把",
    "将",
    "向",
    "于",
    "之",
    "其",
    "这",
    "那",
    "这个",
    "那个",
    "些",
    "哪",
    "哪些",
    "哪个",
    "什么",
    "怎么",
    "怎样",
    "怎么样",
    "如何",
    "为什么",
    "为何",
    "谁",
    "吗",
    "呢",
    "吧",
    "啊",
    "有",
    "没有",
    "不",
    "也",
    "都",
    "就",
    "还",
    "又",
    "而",
    "但",
    "但是",
    "因为",
    "所以",
    "如果",
    "要",
    "会",
    "能",
    "可以",
];

/// The bytes of the longest of English.
const LONGEST: usize = 5;

/// Whether `term`, a folded word or its stem, is a word of grammar.
#[must_use]
pub fn is_grammar(term: &str) -> bool {
    number(term).is_some_and(|number| NUMBERS.contains(&number))
}

/// Whether `word`, folded, only holds other words together.
#[must_use]
pub fn is_small(word: &str) -> bool {
    is_grammar(word) || CHINESE.contains(&word)
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
