//! A passage as it is kept: its numbers as a *shell*, its strings and its text as units among the texts of its segment.
//!
//! Who is mentioned, and how, is one string: a corpus mentions few actors often, and each of them mostly alike. So a mention takes about six bytes, where
//! it would take thirty with its strings.

use serde::{Deserialize, Serialize};

use super::inversion::Coding;
use super::numbered::{self, Numbered};
use super::stored::{StoredMention, StoredPassage, encode};
use super::texts::{Coded, Strings, Vocabulary};
use crate::actors::{Kind, Rule};

/// What is left of a passage without its strings.
#[derive(Serialize, Deserialize)]
pub(super) struct Shell {
    start: usize,
    /// How many code points it has.
    len: usize,
    line: Option<u64>,
    column: Option<u64>,
    page: Option<u64>,
    lang: Option<String>,
    mentions: Vec<Place>,
}

/// Where a mention stands, and what decided it.
#[derive(Serialize, Deserialize)]
struct Place {
    start: usize,
    len: usize,
    #[serde(with = "numbered")]
    rule: Rule,
}

/// Between the parts of who is mentioned. In names, of which text may be made, it is left out.
const SEPARATOR: char = '\u{1}';
/// Stands for an id that is its actor's [`slug`].
const SLUG: &str = "\u{2}";
/// Stands for the first kind of actor, unlisted, in front of who is mentioned.
const FIRST: u8 = b'0';

impl Shell {
    /// That of `passage`.
    pub(super) fn of(passage: &StoredPassage) -> Self {
        let place = |mention: &StoredMention| Place { start: mention.start, len: mention.len, rule: mention.rule };
        let StoredPassage { start, end, line, column, page, .. } = *passage;
        let mentions = passage.mentions.iter().map(place).collect();
        Self { start, len: end.saturating_sub(start), line, column, page, lang: passage.lang.clone(), mentions }
    }

    /// As bytes.
    pub(super) fn encode(&self) -> Vec<u8> {
        encode(self)
    }
}

impl StoredPassage {
    /// Adds its strings to `out`, but for its text, which comes behind them.
    pub(super) fn code(&self, out: &mut Coding<'_>) {
        out.string(&self.lead);
        out.string(&self.gap);
        let mut who = String::new();
        for mention in &self.mentions {
            who.clear();
            put_who(mention, &mut who);
            out.string(&who);
        }
    }

    /// The passage of which this is kept; `None` if that is damaged.
    pub(super) fn decoded(coded: &Coded<'_>, vocabulary: &Vocabulary) -> Option<Self> {
        let Shell { start, len, line, column, page, lang, mentions } = postcard::from_bytes(coded.shell).ok()?;
        let mut strings = Strings::of(coded, vocabulary);
        let (lead, gap) = (strings.string()?, strings.string()?);
        let mentions = read_mentions(mentions, &mut strings)?;
        Some(Self { start, end: start.checked_add(len)?, line, column, page, lang, text: strings.text()?, gap, lead, mentions })
    }
}

/// The mentions alone of the passage of which this is kept; `None` if that is damaged.
pub(super) fn mentions(coded: &Coded<'_>, vocabulary: &Vocabulary) -> Option<Vec<StoredMention>> {
    let shell: Shell = postcard::from_bytes(coded.shell).ok()?;
    let mut strings = Strings::of(coded, vocabulary);
    // Behind what stands around it.
    let (_, _) = (strings.string()?, strings.string()?);
    read_mentions(shell.mentions, &mut strings)
}

fn read_mentions(places: Vec<Place>, strings: &mut Strings<'_>) -> Option<Vec<StoredMention>> {
    places.into_iter().map(|place| mention(place, &strings.string()?)).collect()
}

/// Puts who is mentioned into `who`, which is empty, as one string: the kind of the actor and whether the roster knows it, its name, and behind
/// separators its id, the form that the decision leaned on, and those between whom nothing decided, as far as there are any.
fn put_who(mention: &StoredMention, who: &mut String) {
    let first = FIRST + mention.kind.number() * 2 + u8::from(mention.listed);
    who.push(char::from(first));
    let id = mention.actor.as_deref().map(|id| if slug(&mention.name).eq(id.chars()) { SLUG } else { id });
    let named = [id, mention.of.as_deref()].map(Option::unwrap_or_default);
    let parts = std::iter::once(mention.name.as_str()).chain(named).chain(mention.candidates.iter().map(String::as_str));
    for (number, part) in parts.enumerate() {
        who.extend((number > 0).then_some(SEPARATOR));
        who.extend(part.split(SEPARATOR));
    }
    who.truncate(who.trim_end_matches(SEPARATOR).len());
}

/// What most ids are: the name in small letters, with a hyphen in place of each space.
fn slug(name: &str) -> impl Iterator<Item = char> {
    name.chars().flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c })
}

/// The mention there of whom `who` tells.
fn mention(Place { start, len, rule }: Place, who: &str) -> Option<StoredMention> {
    let mut letters = who.chars();
    let first = u8::try_from(letters.next()?).ok()?.checked_sub(FIRST)?;
    let mut parts = letters.as_str().split(SEPARATOR).map(str::to_owned);
    let name = parts.next()?;
    let mut named = || parts.next().filter(|part| !part.is_empty());
    let (actor, of) = (named().map(|id| if id == SLUG { slug(&name).collect() } else { id }), named());
    let (kind, listed) = (Kind::of_number(first / 2)?, first % 2 == 1);
    Some(StoredMention { start, len, actor, name, kind, listed, rule, of, candidates: parts.collect() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn who(mention: &StoredMention) -> String {
        let mut who = String::new();
        put_who(mention, &mut who);
        who
    }

    proptest! {
        #[test]
        fn who_is_mentioned_is_kept(
            (name, actor, of) in ("[a-cB]( [a-b])?", prop::option::of("[a-b](-[a-b])?"), prop::option::of("[a-c]{1,3}")),
            candidates in prop::collection::vec("[a-c]{1,3}", 0..3),
            (kind, rule) in (prop::sample::select(Kind::NUMBERED), prop::sample::select(Rule::NUMBERED)),
            listed in any::<bool>(),
        ) {
            let said = StoredMention { start: 3, len: 5, actor, name, kind, listed, rule, of, candidates };
            let shell = Shell::of(&StoredPassage { mentions: vec![said.clone()], ..StoredPassage::default() });
            let place = postcard::from_bytes::<Shell>(&shell.encode()).unwrap().mentions.remove(0);
            prop_assert_eq!(mention(place, &who(&said)), Some(said));
        }
    }

    #[test]
    fn what_is_damaged_mentions_nobody() {
        let mention = |who: &str| mention(Place { start: 0, len: 1, rule: Rule::Title }, who);
        assert!(mention("0Kim").is_some_and(|mention| mention.name == "Kim"));
        assert_eq!([mention(""), mention("6Kim"), mention(" Kim"), mention("中Kim")], [const { None }; 4]);
        let forged = StoredMention { name: "Kim\u{1}Jong".to_owned(), ..mention("0Kim").unwrap() };
        assert_eq!(who(&forged), "0KimJong");
    }
}
