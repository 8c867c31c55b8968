//! Runs of Han cut into dictionary words.

use std::sync::OnceLock;

use jieba_rs::Jieba;

/// The words of `run` (Han characters in their usual forms, as [`super::fold::lower`] gives them), long words also with the words
/// inside them, in the order in which they begin.
///
/// The dictionary is loaded when the first run is cut: that takes a tenth of a second, which a text without Han never pays.
#[must_use]
pub fn cut(run: &str) -> Vec<&str> {
    dictionary().cut_for_search(run, false).into_iter().map(|token| token.word).collect()
}

/// The words of `run`, one after the other, none inside another.
#[must_use]
pub fn cut_apart(run: &str) -> Vec<&str> {
    dictionary().cut(run, false).into_iter().map(|token| token.word).collect()
}

/// The words of `run`, one after the other, each with the dictionary's tag for what it is: `n` a noun, `nr` a name of a person, `x` unknown.
#[must_use]
pub fn tagged(run: &str) -> Vec<(&str, &str)> {
    dictionary().tag(run, false).into_iter().map(|tag| (tag.word, tag.tag)).collect()
}

fn dictionary() -> &'static Jieba {
    static DICTIONARY: OnceLock<Jieba> = OnceLock::new();
    DICTIONARY.get_or_init(Jieba::new)
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
