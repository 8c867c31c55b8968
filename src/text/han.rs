//! Runs of Han cut into dictionary words.

use super::dictionary::with_words_in;

/// A dictionary word in a text, whose characters are words of their own there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HanWord {
    /// The number of the first of these.
    pub first: usize,
    /// How many they are.
    pub len: usize,
    /// What it is.
    pub part_of_speech: PartOfSpeech,
}

/// What the dictionary says that a word is, in one to four letters: `n` a noun, `nr` a name of a person, `x` unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartOfSpeech([u8; Self::MOST]);

impl PartOfSpeech {
    const MOST: usize = 4;

    fn of(tag: &str) -> Self {
        let mut letters = [0; Self::MOST];
        letters.iter_mut().zip(tag.bytes()).for_each(|(letter, byte)| *letter = byte);
        Self(letters)
    }

    /// The letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let len = self.0.iter().position(|&letter| letter == 0).unwrap_or(Self::MOST);
        self.0.get(..len).and_then(|letters| std::str::from_utf8(letters).ok()).unwrap_or_default()
    }
}

/// Whether a character is one of those that the dictionary's words are made of. Those of the later extensions are in none.
#[must_use]
pub const fn is_in_words(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

/// The words of `run` (Han characters in their usual forms, as [`super::fold::lower`] gives them), one after the other, none inside another.
#[must_use]
pub fn cut_apart(run: &str) -> Vec<&str> {
    with_words_in(run, |jieba| jieba.cut(run, false).into_iter().map(|token| token.word).collect())
}

/// The parts of `run`, each of which is asked for by itself: its words, but single characters that follow each other as one.
///
/// Of a name that it does not have (金与正) the dictionary knows no more than the characters, and those stand everywhere.
#[must_use]
pub fn asked_apart(run: &str) -> Vec<&str> {
    let words = cut_apart(run);
    let is_one = |word: &str| word.chars().nth(1).is_none();
    let mut rest = run;
    let parts = words.chunk_by(|before, word| is_one(before) && is_one(word)).map(|part| {
        let (part, behind) = rest.split_at(part.iter().map(|word| word.len()).sum());
        rest = behind;
        part
    });
    parts.collect()
}

/// Hands each word of `run`, one after the other, to `each`, with how many characters it has and what it is.
pub(super) fn tagged(run: &str, mut each: impl FnMut(usize, PartOfSpeech)) {
    with_words_in(run, |jieba| {
        jieba.tag(run, false).into_iter().for_each(|tag| each(tag.word.chars().count(), PartOfSpeech::of(tag.tag)));
    });
}

/// Whether the dictionary has this word.
#[must_use]
pub(super) fn is_word(word: &str) -> bool {
    with_words_in(word, |jieba| jieba.has_word(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_cut_into_words() {
        assert_eq!(cut_apart("安理会讨论延长制裁"), ["安理会", "讨论", "延长", "制裁"]);
        assert_eq!(cut_apart("").len(), 0);
        assert!(is_word("朝鲜") && !is_word("鲜半"));
    }

    #[test]
    fn what_is_no_word_stays_together() {
        assert_eq!(cut_apart("金与正访问俄"), ["金", "与", "正", "访问", "俄"]);
        assert_eq!(asked_apart("金与正访问俄"), ["金与正", "访问", "俄"]);
        assert_eq!(asked_apart("").len(), 0);
    }

    #[test]
    fn words_are_of_some_kind() {
        let mut found = Vec::new();
        tagged("安理会讨论毛泽东", |len, part| found.push((len, part.as_str().to_owned())));
        assert_eq!(found, [(3, "nt".to_owned()), (2, "v".to_owned()), (3, "nr".to_owned())]);
        assert_eq!(PartOfSpeech::of("nrfg").as_str(), "nrfg");
    }
}
