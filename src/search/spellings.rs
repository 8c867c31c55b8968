//! Words that some write closed and others apart: `airstrike`, `air strike`.
//!
//! A hyphen says of two words that they are one, so that the index knows `air-strike` by both spellings ([`hyphens`](crate::text::hyphens)); a
//! space does not. Who asks for one spelling is told of the other where the texts of the index write so often enough to be missed: no list of
//! such words is needed, and hardly any other is taken for one (`carpet` is not `car pet`). It is not asked for by itself, for words are what
//! has to be in a piece, and a query of many words would take many times as long.

use super::Error;
use super::ask::{Asker, Question};
use super::names::plain_word;
use crate::index::Reader;
use crate::query::{Ask, Leaf, Tree};
use crate::text::grammar::is_grammar;
use crate::text::hyphens::Pair;
use crate::text::script::{Alphabet, alphabet};
use crate::text::{Words, fold};

/// How others write something that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherSpelling {
    /// What was typed.
    pub typed: String,
    /// What finds every spelling.
    pub any: String,
    /// Whether others write it closed.
    pub closed: bool,
    /// Pieces that have it in the other spelling, and not as it was typed.
    pub pieces: u64,
}

/// One in so many of the pieces that have what was typed makes the other spelling worth telling.
const RARE: u64 = 50;
/// Parts of fewer letters are no words that join: `therapist` is not "the rapist", nor `income` "in come".
const SHORTEST: usize = 3;
/// Longer words are names of files and the like.
const LONGEST: usize = 30;

/// Words that begin another word than they do in front of the same one (`everyday`, `overtime`, `nowhere`, `hashim`), …
const APART_BEFORE: [&str; 25] = [
    "all", "any", "down", "ever", "every", "far", "had", "has", "her", "here", "his", "how", "man", "now", "off", "out", "over", "ran",
    "some", "them", "through", "under", "want", "who", "your",
];
/// … and such as end one: `turnout` is no inflection of "turn out", `Goodman` no good man, and no `household` is what the House holds.
const APART_BEHIND: [&str; 34] = [
    "able", "after", "ally", "apart", "around", "away", "back", "down", "ever", "had", "here", "him", "hold", "holding", "holds", "less",
    "man", "more", "most", "off", "one", "only", "out", "over", "self", "some", "tens", "ties", "through", "time", "times", "under",
    "well", "win",
];

impl Asker<'_> {
    /// How others write the words of `question`, in its order.
    pub fn other_spellings(&self, question: &Question) -> Result<Vec<OtherSpelling>, Error> {
        let mut asked = Vec::new();
        gather(&self.asked(question)?, &mut asked);
        let mut spellings: Vec<OtherSpelling> = Vec::new();
        for asked in asked {
            let other = match &asked {
                Asked::Closed(word) => self.as_two_words(word, question)?,
                Asked::Apart(first, second) => self.as_one_word(first, second, question)?,
            };
            spellings.extend(other.filter(|other| !spellings.contains(other)));
        }
        Ok(spellings)
    }

    /// Two words as one.
    fn as_one_word(&self, first: &str, second: &str, question: &Question) -> Result<Option<OtherSpelling>, Error> {
        let [before, behind] = [first, second].map(fold::folded);
        let number = behind.bytes().all(|byte| byte.is_ascii_digit());
        if !(may_join(&before, &behind) || number && alphabet(first) == Alphabet::Latin) {
            return Ok(None);
        }
        let Some(closed) = (Pair { first, second, of_more: false }).closed(None) else { return Ok(None) };
        let together = written(self.reader(), &fold::folded(&closed))?;
        if together == 0 || together * RARE < written(self.reader(), &before)?.min(written(self.reader(), &behind)?) {
            return Ok(None);
        }
        let pieces = self.count_of(&format!("{closed} NOT ({first} {second})"), question)?;
        let typed = format!("{first} {second}");
        Ok((pieces > 0).then(|| OtherSpelling { typed, any: format!("{first}-{second}"), closed: true, pieces }))
    }

    /// A closed word as two.
    fn as_two_words(&self, word: &str, question: &Question) -> Result<Option<OtherSpelling>, Error> {
        let is_one = word.chars().all(char::is_alphabetic) && alphabet(word) == Alphabet::Latin && Words::of(word).count() == 1;
        if !is_one || !(2 * SHORTEST..=LONGEST).contains(&word.chars().count()) {
            return Ok(None);
        }
        let closed = written(self.reader(), &fold::folded(word))?;
        let is_enough = |times: u64| times > 0 && times * RARE >= closed;
        for (at, _) in word.char_indices().skip(SHORTEST) {
            let (first, second) = word.split_at(at);
            let [before, behind] = [first, second].map(fold::folded);
            if !may_join(&before, &behind) || (Pair { first, second, of_more: false }).closed(None).is_none() {
                continue;
            }
            if is_enough(written(self.reader(), &behind)?) && is_enough(written(self.reader(), &before)?) {
                let query = format!("(\"{before} {behind}\" OR \"{before} {}\") NOT {word}", other_number(&behind));
                let pieces = self.count_of(&query, question)?;
                if is_enough(pieces) {
                    return Ok(Some(OtherSpelling { typed: word.to_owned(), any: format!("{first}-{second}"), closed: false, pieces }));
                }
            }
        }
        Ok(None)
    }

    /// How many pieces `query` finds in the place of that of `question`.
    fn count_of(&self, query: &str, question: &Question) -> Result<u64, Error> {
        let (_, plan) = self.plan(&Question { query: query.to_owned(), literal: true, ..question.clone() })?;
        self.matching(&plan)
    }
}

/// What was asked for in one spelling.
enum Asked {
    /// A word.
    Closed(String),
    /// Two words that follow each other.
    Apart(String, String),
}

/// What `tree` asks for that may be written otherwise. What is not wanted is not, nor what has to stand somewhere.
fn gather(tree: &Tree<Leaf>, asked: &mut Vec<Asked>) {
    match tree {
        Tree::All(trees) | Tree::Any(trees) => {
            let pairs = trees.iter().zip(trees.iter().skip(1)).filter_map(|(a, b)| plain_word(a).zip(plain_word(b)));
            if matches!(tree, Tree::All(_)) {
                asked.extend(pairs.map(|(first, second)| Asked::Apart(first.to_owned(), second.to_owned())));
            }
            for tree in trees {
                gather(tree, asked);
            }
        }
        Tree::Must(tree) | Tree::Boost(tree, _) => gather(tree, asked),
        Tree::Clause(Leaf { ask: Ask::Word(word), .. }) => asked.push(Asked::Closed(word.clone())),
        Tree::Clause(Leaf { ask: Ask::Phrase(words), .. }) => {
            let words: Vec<&str> = Words::of(words).map(|word| word.span.of(words)).collect();
            if let [first, second] = *words {
                asked.push(Asked::Apart(first.to_owned(), second.to_owned()));
            }
        }
        Tree::Best(_) | Tree::Not(_) | Tree::Near(..) | Tree::AtLeast(..) | Tree::Clause(_) => {}
    }
}

/// In how many documents of the index a folded word stands.
fn written(reader: &Reader, word: &str) -> Result<u64, Error> {
    reader.segments().iter().try_fold(0, |sum, segment| Ok(sum + segment.listed_once(word)?))
}

/// The plural of an English word, or its singular.
fn other_number(word: &str) -> String {
    word.strip_suffix('s').map_or_else(|| format!("{word}s"), ToOwned::to_owned)
}

/// Whether two folded words may be one.
fn may_join(first: &str, second: &str) -> bool {
    let is_word = |word: &str| word.chars().nth(SHORTEST - 1).is_some() && word.chars().all(char::is_alphabetic) && !is_grammar(word);
    is_word(first) && is_word(second) && !APART_BEFORE.contains(&first) && !APART_BEHIND.contains(&second)
}
