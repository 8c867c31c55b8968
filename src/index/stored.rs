//! What documents keep to be shown: passages with their mentions, headers, files.
//!
//! Headers and files are kept as bytes by the engine, passages among the [texts](super::texts) of their segment, as [`shell`](super::shell) tells.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{hexadecimal, numbered};
use crate::actors::{Kind, Mention, Rule};
use crate::pieces::Skipped;
use crate::text::Span;

/// What a passage's document keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredPassage {
    /// Its first code point in the piece's text.
    pub start: usize,
    /// The code point behind its last.
    pub end: usize,
    /// The line of the file in which it starts.
    pub line: Option<u64>,
    /// Its first code point's place in that line, counted from 1.
    pub column: Option<u64>,
    /// The page of the file on which it starts.
    pub page: Option<u64>,
    /// Its language's code, where that is not its piece's.
    pub lang: Option<String>,
    /// Its text.
    pub text: String,
    /// What stands in the piece's text between this passage and the next, or the end; for the first passage, `lead` holds what stands before it.
    pub gap: String,
    /// What stands in the piece's text before the first passage; empty in the others.
    pub lead: String,
    /// Its mentions, their spans counted from its first byte.
    pub mentions: Vec<StoredMention>,
}

/// What a header keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredPiece {
    /// The number of its root.
    pub root: u32,
    /// Its file's path from the root.
    pub path: String,
    /// Its path inside its file, if that is an archive.
    pub inside: Option<String>,
    /// Its place in a file of records.
    pub record: Option<u64>,
    /// The id that its record gives it.
    pub id: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Its authors.
    pub authors: Vec<String>,
    /// Its outlet.
    pub source: Option<String>,
    /// Its date, as precise as it is known.
    pub date: Option<String>,
    /// Its language's code.
    pub lang: String,
    /// Where it was published.
    pub url: Option<String>,
    /// Opinion, news …
    pub kind: Option<String>,
    /// Its subjects.
    pub tags: Vec<String>,
    /// The site that it is of, if it is a saved page of a known one.
    pub site: Option<String>,
    /// The digest of its text, in hexadecimal.
    #[serde(with = "hexadecimal")]
    pub digest: String,
    /// Its file's size in bytes when it was read.
    pub size: u64,
    /// When its file was changed, in nanoseconds since 1970, when it was read.
    pub modified: i64,
    /// How many passages it has.
    pub passages: u64,
    /// How many ranking terms its passages have, words of grammar left out.
    pub terms: u64,
    /// How many ranking terms its title has, words of grammar left out.
    pub title_terms: u64,
    /// The mentions in its title, their spans counted from the title's first byte.
    pub title_mentions: Vec<StoredMention>,
}

/// What a file's document keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredFile {
    /// The number of its root.
    pub root: u32,
    /// Its path from the root.
    pub path: String,
    /// The digest of its bytes, in hexadecimal; empty where it was not read.
    #[serde(with = "hexadecimal")]
    pub digest: String,
    /// How many pieces it holds.
    pub pieces: u64,
    /// How much of it was skipped, in all.
    pub skips: u64,
    /// What of it was skipped and why: the first few.
    pub skipped: Vec<StoredSkip>,
    /// How its texts were decoded, where that is anything but clean UTF-8.
    pub decoded: Vec<StoredDecoding>,
}

/// Texts of a file that were decoded alike.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredDecoding {
    /// The encoding.
    pub encoding: String,
    /// What told it.
    pub told_by: String,
    /// How many texts.
    pub texts: u64,
    /// How many sequences of bytes meant nothing and were replaced.
    pub replaced: u64,
}

/// Something that was left out of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredSkip {
    /// The path inside the file, if that is an archive.
    pub inside: Option<String>,
    /// The line of the record, if it is one.
    pub line: Option<u64>,
    /// Why.
    pub reason: String,
}

impl From<&Skipped> for StoredSkip {
    fn from(skipped: &Skipped) -> Self {
        Self { inside: skipped.inside.clone(), line: skipped.line, reason: skipped.reason.to_string() }
    }
}

/// A mention as it is kept. The words for its kind and rule are kept as numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredMention {
    pub(super) start: usize,
    pub(super) len: usize,
    pub(super) actor: Option<String>,
    pub(super) name: String,
    #[serde(with = "numbered")]
    pub(super) kind: Kind,
    pub(super) listed: bool,
    #[serde(with = "numbered")]
    pub(super) rule: Rule,
    pub(super) of: Option<String>,
    pub(super) candidates: Vec<String>,
}

impl From<&Mention> for StoredMention {
    fn from(mention: &Mention) -> Self {
        Self {
            start: mention.span.start,
            len: mention.span.len(),
            actor: mention.actor.clone(),
            name: mention.name.clone(),
            kind: mention.kind,
            listed: mention.listed,
            rule: mention.rule,
            of: mention.of.clone(),
            candidates: mention.candidates.clone(),
        }
    }
}

impl From<StoredMention> for Mention {
    fn from(stored: StoredMention) -> Self {
        Self {
            span: Span::new(stored.start, stored.start.saturating_add(stored.len)),
            actor: stored.actor,
            name: stored.name,
            kind: stored.kind,
            listed: stored.listed,
            rule: stored.rule,
            of: stored.of,
            candidates: stored.candidates,
        }
    }
}

/// The text of a piece, of all its passages.
#[must_use]
pub fn text_of(passages: &[StoredPassage]) -> String {
    passages.iter().flat_map(|passage| [passage.lead.as_str(), &passage.text, &passage.gap]).collect()
}

impl StoredPassage {
    /// The code of its language; `piece` is the one that it is a passage of.
    #[must_use]
    pub fn lang_in<'s>(&'s self, piece: &'s StoredPiece) -> &'s str {
        self.lang.as_deref().unwrap_or(&piece.lang)
    }
}

impl StoredPiece {
    /// Its path from the root, with that inside its file where that is an archive.
    #[must_use]
    pub fn whole_path(&self) -> Cow<'_, str> {
        match &self.inside {
            Some(inside) => format!("{}/{inside}", self.path).into(),
            None => self.path.as_str().into(),
        }
    }

    /// The part of its digest that the ids of its passages begin with.
    #[must_use]
    pub fn short_digest(&self) -> &str {
        self.digest.get(..12).unwrap_or(&self.digest)
    }
}

/// The bytes of a stored value.
pub(super) fn encode<T: Serialize>(value: &T) -> Vec<u8> {
    // Writing plain data to memory cannot fail; an empty value would be reported as damage when it is read.
    postcard::to_stdvec(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::numbered::Numbered;

    fn stored(kind: Kind, rule: Rule) -> StoredMention {
        let (actor, name, of) = (None, "Kim".to_owned(), None);
        StoredMention { start: 1, len: 3, actor, name, kind, listed: false, rule, of, candidates: Vec::new() }
    }

    #[test]
    fn every_kind_and_rule_is_kept() {
        for &kind in Kind::NUMBERED {
            for &rule in Rule::NUMBERED {
                let mention = Mention::from(stored(kind, rule));
                let bytes = encode(&StoredMention::from(&mention));
                assert_eq!(postcard::from_bytes::<StoredMention>(&bytes).map(Mention::from), Ok(mention), "{kind} {rule:?}");
            }
        }
    }

    #[test]
    fn numbers_of_no_kind_and_no_rule_are_damage() {
        let whole = encode(&stored(Kind::Person, Rule::Office));
        let place = |number: u8| whole.iter().rposition(|&byte| byte == number).unwrap();
        // The last bytes: kind, listed, rule, of, candidates.
        let (kind, rule) = (whole.len() - 5, place(Rule::Office.number()));
        assert_eq!((whole[kind], rule), (Kind::Person.number(), whole.len() - 3));
        for at in [kind, rule] {
            for number in [16, 99, u8::MAX] {
                let mut bytes = whole.clone();
                bytes[at] = number;
                assert!(postcard::from_bytes::<StoredMention>(&bytes).is_err(), "{number} at {at}");
            }
        }
    }
}
