//! Runs of Han cut into dictionary words.

use super::dictionary::with_words_in;

/// The words of `run` (Han characters in their usual forms, as [`super::fold::lower`] gives them), long words also with the words
/// inside them, in the order in which they begin.
#[must_use]
pub fn cut(run: &str) -> Vec<&str> {
    with_words_in(run, |jieba| jieba.cut_for_search(run, false).into_iter().map(|token| token.word).collect())
}

/// The words of `run`, one after the other, none inside another.
#[must_use]
pub fn cut_apart(run: &str) -> Vec<&str> {
    with_words_in(run, |jieba| jieba.cut(run, false).into_iter().map(|token| token.word).collect())
}

/// Hands each word of `run`, one after the other, to `each`, with the dictionary's tag for what it is: `n` a noun, `nr` a name of a person, `x` unknown.
pub fn tagged(run: &str, mut each: impl FnMut(&str, &str)) {
    with_words_in(run, |jieba| jieba.tag(run, false).into_iter().for_each(|tag| each(tag.word, tag.tag)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_cut_into_words() {
        assert_eq!(cut_apart("安理会讨论延长制裁"), ["安理会", "讨论", "延长", "制裁"]);
        assert_eq!(cut_apart("").len(), 0);
        assert!(cut("朝鲜半岛").contains(&"朝鲜"));
    }
}
