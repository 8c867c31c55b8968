//! All names of a roster found at once.
//!
//! Names are matched as sequences of folded words, by a trie over word numbers: so case, width, accents, Han variants, hyphens and
//! possessives never matter, a name never begins or ends inside a word, and the words that indexing has found anyway are all that is
//! read. A word that no name contains costs one look into a hash table; most words are such.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Roster;
use super::roster::name_key;
use super::written::{is_written_so, joins};
use crate::text::script::{Alphabet, alphabet};
use crate::text::stems::Stems;
use crate::text::terms::Analysed;
use crate::text::{Language, Span};

/// Finds the names of a roster in analysed text.
#[derive(Debug)]
pub struct Matcher {
    words: FxHashMap<Box<str>, u32>,
    /// The node behind a node and a word; node 0 is the root.
    next: FxHashMap<(u32, u32), u32>,
    /// The names that end at each node, as indices into the roster's names.
    ends: Vec<Vec<usize>>,
}

/// A place where names stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    /// The words it covers.
    pub(super) words: Range<usize>,
    /// Its bytes.
    pub(super) span: Span,
    /// The names that are written so, as indices into the roster's names.
    pub(super) names: Vec<usize>,
}

impl Matcher {
    /// A matcher for the names of `roster`.
    #[must_use]
    pub fn new(roster: &Roster) -> Self {
        let mut matcher = Self { words: FxHashMap::default(), next: FxHashMap::default(), ends: vec![Vec::new()] };
        let keys = Keys::default();
        for (index, name) in roster.names().iter().enumerate() {
            let node = name_key(&name.text).split(' ').fold(0, |node, word| matcher.step(node, &keys.of(word)));
            if let Some(names) = matcher.ends.get_mut(node as usize).filter(|_| node != 0) {
                names.push(index);
            }
        }
        matcher
    }

    /// The node behind `node` and `word`, made if there is none.
    fn step(&mut self, node: u32, word: &str) -> u32 {
        let fresh_word = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        let word = *self.words.entry(word.into()).or_insert(fresh_word);
        let fresh_node = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        let node = *self.next.entry((node, word)).or_insert(fresh_node);
        if node == fresh_node {
            self.ends.push(Vec::new());
        }
        node
    }

    /// The places in `text` where names stand, the longest name at each, none overlapping, in order. `roster` is the one that the
    /// matcher was made for.
    pub(super) fn find(&self, roster: &Roster, text: &str, analysed: &Analysed, keys: &Keys) -> Vec<Candidate> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < analysed.words.len() {
            match self.longest_at(roster, text, analysed, keys, at) {
                Some(candidate) => {
                    at = candidate.words.end;
                    found.push(candidate);
                }
                None => at += 1,
            }
        }
        found
    }

    fn longest_at(&self, roster: &Roster, text: &str, analysed: &Analysed, keys: &Keys, first: usize) -> Option<Candidate> {
        let mut longest = None;
        let mut node = self.first_step(analysed.folded.get(first), keys)?;
        let mut end = first + 1;
        loop {
            if let Some(names) = self.ends.get(node as usize).filter(|names| !names.is_empty()) {
                let span = Span::new(analysed.words.get(first)?.span.start, analysed.words.get(end - 1)?.span.end);
                let written: Vec<usize> = names
                    .iter()
                    .copied()
                    .filter(|&name| roster.names().get(name).is_some_and(|name| is_written_so(&name.text, text, span)))
                    .collect();
                if !written.is_empty() {
                    longest = Some(Candidate { words: first..end, span, names: written });
                }
            }
            let (Some(before), Some(word)) = (analysed.words.get(end - 1), analysed.words.get(end)) else { break };
            if !joins(text, *before, *word) {
                break;
            }
            let Some(next) = self.look(node, &keys.of(analysed.folded.get(end))) else { break };
            node = next;
            end += 1;
        }
        longest
    }

    fn look(&self, node: u32, word: &str) -> Option<u32> {
        let word = *self.words.get(word)?;
        self.next.get(&(node, word)).copied()
    }

    /// The first step from the root, also past the prefixes that Arabic writes onto words.
    fn first_step(&self, folded: &str, keys: &Keys) -> Option<u32> {
        if folded.is_ascii() {
            return self.look(0, folded);
        }
        self.look(0, &keys.of(folded)).or_else(|| {
            let bare = (alphabet(folded) == Alphabet::Arabic).then(|| without_prefixes(folded))?;
            bare.into_iter().find_map(|bare| self.look(0, &bare))
        })
    }
}

/// What an Arabic word may be without the conjunctions and prepositions written onto it.
fn without_prefixes(word: &str) -> Vec<String> {
    let mut out = Vec::new();
    let stripped = word.strip_prefix(['و', 'ف']);
    for base in stripped.into_iter().chain([word]) {
        if base != word {
            out.push(base.to_owned());
        }
        if let Some(rest) = base.strip_prefix("لل") {
            out.push(format!("ال{rest}"));
        }
        if let Some(rest) = base.strip_prefix(['ب', 'ل', 'ك']) {
            out.push(rest.to_owned());
        }
    }
    out
}

/// The forms by which words of names are compared: folded, and in Cyrillic without case endings, so that Путина is Путин.
#[derive(Default)]
pub(super) struct Keys {
    stems: Stems,
}

impl Keys {
    fn of<'w>(&self, folded: &'w str) -> std::borrow::Cow<'w, str> {
        if folded.is_ascii() || alphabet(folded) != Alphabet::Cyrillic {
            return folded.into();
        }
        let mut stem = String::new();
        self.stems.stem(folded, Language::UNKNOWN, &mut stem);
        stem.into()
    }
}
