//! Runs of Han cut into dictionary words.

use super::dictionary::with_words_in;
use super::grammar::is_small;

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

/// What is asked of a text for a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked<'r> {
    /// These characters, one behind the other.
    Together(&'r str),
    /// One of these: a character alone with the word before it, or with the one behind it.
    Beside([&'r str; 2]),
}

/// The parts of `run`, each of which is asked for by itself: its words, but single characters that follow each other as one, and a character
/// alone together with what stands beside it.
///
/// Of a name that it does not have (金与正) the dictionary knows no more than the characters, and of a compound (核谈判) no more than a word
/// and a character; those stand everywhere. Small words and such as say where or when (后) hold others together, and are parts by themselves.
#[must_use]
pub fn asked_apart(run: &str) -> Vec<Asked<'_>> {
    let parts = parts_of(run);
    let mut asked = Vec::with_capacity(parts.len());
    for (at, part) in parts.iter().enumerate() {
        let leans = |at: Option<usize>| at.and_then(|at| parts.get(at)).is_some_and(|part| part.kind == Kind::Leaning);
        let word = |at: Option<usize>| at.and_then(|at| parts.get(at)).filter(|part| part.kind == Kind::Word);
        let (before, behind) = (at.checked_sub(1), at.checked_add(1));
        match (part.kind, word(before), word(behind)) {
            (Kind::Leaning, Some(before), Some(behind)) => {
                asked.extend(joined(run, before, part).zip(joined(run, part, behind)).map(|(one, other)| Asked::Beside([one, other])));
            }
            (Kind::Leaning, Some(one), None) => asked.extend(joined(run, one, part).map(Asked::Together)),
            (Kind::Leaning, None, Some(one)) => asked.extend(joined(run, part, one).map(Asked::Together)),
            // A character that can only stand beside this word says so with it.
            (Kind::Word, ..) if leans(before) && word(at.checked_sub(2)).is_none() => {}
            (Kind::Word, ..) if leans(behind) && word(at.checked_add(2)).is_none() => {}
            _ => asked.extend(joined(run, part, part).map(Asked::Together)),
        }
    }
    asked
}

/// A part of a run, by where it begins and ends.
struct Part {
    start: usize,
    end: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A word of several characters.
    Word,
    /// A character alone that says little by itself.
    Leaning,
    /// Characters that are no word of the dictionary, or a small word.
    Other,
}

/// What the dictionary calls words that say where or when.
const PLACING: &str = "f";

fn parts_of(run: &str) -> Vec<Part> {
    let word = |word: &str, tag: &str| match word.chars().nth(1) {
        Some(_) => (word.len(), Kind::Word),
        None if tag == PLACING || is_small(word) => (word.len(), Kind::Other),
        None => (word.len(), Kind::Leaning),
    };
    let words: Vec<(usize, Kind)> =
        with_words_in(run, |jieba| jieba.tag(run, false).into_iter().map(|tag| word(tag.word, tag.tag)).collect());
    let mut end = 0;
    let parts = words.chunk_by(|(_, before), (_, kind)| *before != Kind::Word && *kind != Kind::Word).map(|chunk| {
        let start = end;
        end += chunk.iter().map(|(len, _)| len).sum::<usize>();
        let kind = if let [(_, kind)] = chunk { *kind } else { Kind::Other };
        Part { start, end, kind }
    });
    parts.collect()
}

/// What stands from `first` to `last`.
fn joined<'r>(run: &'r str, first: &Part, last: &Part) -> Option<&'r str> {
    run.get(first.start..last.end)
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
        assert_eq!(asked("金与正访问俄"), ["金与正", "访问俄"]);
        assert_eq!(asked("").len(), 0);
    }

    #[test]
    fn a_character_alone_is_asked_for_beside_its_neighbour() {
        for (run, parts) in [
            ("核谈判", &["核谈判"][..]),
            ("反移民", &["反移民"]),
            ("数字税", &["数字税"]),
            ("制裁后", &["制裁", "后"]),
            ("欧盟和朝鲜", &["欧盟", "和", "朝鲜"]),
            ("欧盟碳关税", &["欧盟", "欧盟碳 or 碳关税", "关税"]),
        ] {
            assert_eq!(asked(run), parts, "{run}");
        }
    }

    fn asked(run: &str) -> Vec<String> {
        let shown = |part| match part {
            Asked::Together(part) => str::to_owned(part),
            Asked::Beside(either) => either.join(" or "),
        };
        asked_apart(run).into_iter().map(shown).collect()
    }

    #[test]
    fn words_are_of_some_kind() {
        let mut found = Vec::new();
        tagged("安理会讨论毛泽东", |len, part| found.push((len, part.as_str().to_owned())));
        assert_eq!(found, [(3, "nt".to_owned()), (2, "v".to_owned()), (3, "nr".to_owned())]);
        assert_eq!(PartOfSpeech::of("nrfg").as_str(), "nrfg");
    }
}
