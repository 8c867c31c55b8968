//! All names of a roster found at once.
//!
//! Names are matched as sequences of folded words, by a trie over word numbers: so case, width, accents, Han variants, hyphens and
//! possessives never matter, a name never begins or ends inside a word, and the words that indexing has found anyway are all that is
//! read. Each word costs one look into a hash table, which also tells what else is known of it.

use std::ops::Range;

use foldhash::HashMap;

use super::Roster;
use super::cases::without_case;
use super::key::name_key;
use super::lands::lands;
use super::met::Met;
use super::roster::Form;
use super::unlisted::{Senses, ends_with_role, sensed};
use super::written::{closing_bracket, is_name_word, is_written_so, joins};
use crate::text::script::{Alphabet, alphabet};
use crate::text::terms::Analysed;
use crate::text::word_map::WordMap;
use crate::text::{Span, addresses};

/// Finds the names of a roster in analysed text.
#[derive(Debug)]
pub struct Matcher {
    words: WordMap<Known>,
    /// The node behind a node and a word; node 0 is the root.
    next: HashMap<(u32, u32), u32>,
    /// The names that end at each node, as indices into the roster's names.
    ends: Vec<Vec<usize>>,
    /// The names of [lands] that end at a node.
    lands: HashMap<u32, Vec<&'static str>>,
}

/// Signs of money, before which letters tell whose it is.
pub(super) const CURRENCY: [char; 4] = ['$', '€', '£', '¥'];

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Known {
    /// Its number among the words of names; 0 if it is in none.
    number: u32,
    /// The node behind the root and the word; 0 if no name begins with it.
    first: u32,
    /// Whether it is a name by itself.
    alone: bool,
    /// A bit for each word that follows it in a name, by the lowest bits of that word's number: most words that stand behind are told
    /// from those without a look at the trie.
    followers: u32,
    /// Whether a name begins with the word written without a capital.
    begins_small: bool,
    /// Whether the word is written as the words of names are: see [`is_name_word`].
    pub(super) may_be_named: bool,
    /// What tells of names beside it, and in which it stands, whether the roster has them or not.
    pub(super) senses: Senses,
}

impl Known {
    /// Its bit among the followers of a word.
    const fn follower(self) -> u32 {
        1 << (self.number % u32::BITS)
    }

    /// Whether a name that begins with it may go on with `next`.
    fn may_go_on(self, next: Option<&Self>) -> bool {
        next.is_some_and(|next| next.number != 0 && self.followers & next.follower() != 0)
    }
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
    /// In which forms they name somebody.
    forms: Forms,
}

/// Some forms of names, as bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Forms(u8);

impl Forms {
    const fn of(form: Form) -> Self {
        Self(1 << form as u8)
    }
}

impl Candidate {
    /// Whether one of its names is in this form.
    pub(super) const fn has(&self, form: Form) -> bool {
        self.forms.0 & Forms::of(form).0 != 0
    }
}

impl Matcher {
    /// A matcher for the names of `roster`.
    #[must_use]
    pub fn new(roster: &Roster) -> Self {
        let mut matcher = Self { words: WordMap::default(), next: HashMap::default(), ends: vec![Vec::new()], lands: HashMap::default() };
        // Names have about two words that no other begins with.
        matcher.next.reserve(2 * roster.names().len());
        for (index, name) in roster.names().iter().enumerate() {
            let node = matcher.learn(&name.text);
            if let Some(names) = matcher.ends.get_mut(node as usize).filter(|_| node != 0) {
                names.push(index);
            }
        }
        for land in lands() {
            let node = matcher.learn(land);
            matcher.lands.entry(node).or_default().push(land);
        }
        for (word, senses) in sensed() {
            matcher.words.get_or_insert_with(word, Known::default).senses = senses;
        }
        matcher
    }

    /// Learns a name, and gives the node at which it ends.
    fn learn(&mut self, name: &str) -> u32 {
        let key = name_key(name);
        let mut words = key.split_ascii_whitespace().map(key_of);
        let Some(first) = words.next() else { return 0 };
        let (mut node, _) = self.step(0, first);
        let mut second = None;
        for word in words {
            let (behind, known) = self.step(node, word);
            node = behind;
            second.get_or_insert(known);
        }
        let first = self.words.get_or_insert_with(first, Known::default);
        match second {
            Some(second) => first.followers |= second.follower(),
            None => first.alone = true,
        }
        first.begins_small |= !name.starts_with(char::is_uppercase);
        node
    }

    /// The node behind `node` and `word`, made if there is none, and what is known of the word.
    fn step(&mut self, node: u32, word: &str) -> (u32, Known) {
        let small = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
        // Words are numbered from 1.
        let number = small(self.words.len() + 1);
        let known = self.words.get_or_insert_with(word, || Known { number, ..Known::default() });
        let fresh = small(self.ends.len());
        let behind = *self.next.entry((node, known.number)).or_insert(fresh);
        if node == 0 {
            known.first = behind;
        }
        if behind == fresh {
            self.ends.push(Vec::new());
        }
        (behind, *known)
    }

    /// What is known of each word of a text. Nothing of those in addresses, which name pages, not actors.
    pub(super) fn known(&self, text: &str, analysed: &Analysed, met: &mut Met) -> Vec<Known> {
        let mut addresses = addresses(text).into_iter().peekable();
        let words = analysed.words.iter().zip(&analysed.numbers).enumerate();
        let known = words.map(|(at, (word, &number))| {
            while addresses.next_if(|address| address.end <= word.span.start).is_some() {}
            if addresses.peek().is_some_and(|address| address.start < word.span.end) {
                return Known::default();
            }
            met.get(number, || {
                let folded = analysed.folded.get(at);
                if word.solo { self.solo(folded) } else { self.spaced(word.span.of(text), folded) }
            })
        });
        known.collect()
    }

    /// What is known of a character of a script without spaces. It has no endings, and by itself tells of no name.
    fn solo(&self, folded: &str) -> Known {
        Known { senses: Senses::default(), ..self.words.get(folded).copied().unwrap_or_default() }
    }

    /// What is known of a word of a script with spaces.
    fn spaced(&self, written: &str, folded: &str) -> Known {
        let known = self.words.get(folded).copied().unwrap_or_default();
        let known = if folded.is_ascii() { self.genitive(written, folded, known) } else { self.foreign(folded, known) };
        let is_role = known.number == 0 && known.senses.is_empty() && ends_with_role(folded);
        let senses = if is_role { Senses::ROLE } else { known.senses };
        // A name that is written with a capital has one in the text.
        let begins = known.begins_small || !written.starts_with(char::is_lowercase);
        Known { first: if begins { known.first } else { 0 }, may_be_named: is_name_word(written), senses, ..known }
    }

    /// What is known of a word that may be a genitive in German, of which `known` is known as it stands: Putins is of Putin.
    fn genitive(&self, written: &str, folded: &str, known: Known) -> Known {
        let genitive = known.first == 0 && written.ends_with('s') && written.starts_with(char::is_uppercase);
        let stem = folded.strip_suffix('s').filter(|_| genitive).and_then(|stem| self.words.get(stem));
        match stem.filter(|stem| stem.number != 0) {
            Some(stem) if known.number == 0 => Known { begins_small: false, senses: known.senses, ..*stem },
            // It stands inside the names of others.
            Some(stem) => Known { first: stem.first, alone: stem.alone, followers: stem.followers, ..known },
            None => known,
        }
    }

    /// What is known of a word that is not plain ASCII, of which `known` is known as it stands.
    fn foreign(&self, folded: &str, known: Known) -> Known {
        let senses = known.senses;
        let key = key_of(folded);
        let known = if key == folded { known } else { self.words.get(key).copied().unwrap_or_default() };
        let known = Known { senses, ..known };
        if known.first != 0 || alphabet(folded) != Alphabet::Arabic {
            return known;
        }
        let begins = |bare: String| self.words.get(bare.as_str()).filter(|known| known.first != 0);
        without_prefixes(folded).into_iter().find_map(begins).map_or(known, |bare| Known {
            first: bare.first,
            alone: bare.alone,
            followers: bare.followers,
            ..known
        })
    }

    /// The places in `text` where names stand, the longest name at each, none overlapping, in order. `roster` is the one that the
    /// matcher was made for.
    pub(super) fn find(&self, roster: &Roster, text: &str, analysed: &Analysed, known: &[Known]) -> Vec<Candidate> {
        let piece = Searched { matcher: self, roster, text, analysed, known };
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(word) = known.get(at) {
            let first = at;
            at += 1;
            if word.first == 0 {
                continue;
            }
            let candidate = match word.may_go_on(known.get(at)) {
                true => piece.longest(word.first, first..at),
                false if word.alone => piece.candidate(word.first, first..at),
                false => None,
            };
            if let Some(candidate) = candidate {
                at = candidate.words.end;
                // A land's name is nobody's.
                found.extend(Some(candidate).filter(|candidate| !candidate.names.is_empty()));
            }
        }
        found
    }
}

/// A text in which names are looked for.
struct Searched<'s> {
    matcher: &'s Matcher,
    roster: &'s Roster,
    text: &'s str,
    analysed: &'s Analysed,
    known: &'s [Known],
}

impl Searched<'_> {
    /// The longest name that begins with `words`, which lead to `node`.
    fn longest(&self, node: u32, words: Range<usize>) -> Option<Candidate> {
        let longer = self.behind(node, words.end).and_then(|node| self.longest(node, words.start..words.end + 1));
        longer.or_else(|| self.candidate(node, words))
    }

    /// The node behind `node` and the word at `at`, if that may belong to the same name as the word before it.
    fn behind(&self, node: u32, at: usize) -> Option<u32> {
        let number = self.known.get(at)?.number;
        let [before, word] = self.analysed.words.get(at.checked_sub(1)?..)?.first_chunk()?;
        let may = number != 0 && joins(self.text, *before, *word);
        if may { self.matcher.next.get(&(node, number)).copied() } else { None }
    }

    /// The names that end at `node`, where they are written as `words` are; those of lands alone are nobody's.
    fn candidate(&self, node: u32, words: Range<usize>) -> Option<Candidate> {
        let ending = self.matcher.ends.get(node as usize)?;
        let lands = self.matcher.lands.get(&node).map(Vec::as_slice).unwrap_or_default();
        if ending.is_empty() && lands.is_empty() || self.begins_in_word(&words) {
            return None;
        }
        let word = |at: usize| self.analysed.words.get(at);
        let span = Span::new(word(words.start)?.span.start, word(words.end.checked_sub(1)?)?.span.end);
        let name = |name: usize| self.roster.names().get(name).map(|name| &*name.text);
        let is_written_so = |name: &str| is_written_so(name, self.text, span);
        let names: Vec<usize> = ending.iter().copied().filter(|&at| name(at).is_some_and(is_written_so)).collect();
        let of_names = names.iter().filter_map(|&at| self.roster.names().get(at));
        let forms = Forms(of_names.fold(0, |forms, name| forms | Forms::of(name.form).0));
        let Some(&first) = names.first() else {
            return lands.iter().any(|land| is_written_so(land)).then_some(Candidate { words, span, names, forms });
        };
        let behind = Span::new(span.end, self.text.len()).of(self.text);
        // US$, HK$: so much money, and nobody.
        if behind.starts_with(CURRENCY) {
            return None;
        }
        let span = Span::new(span.start, span.end + closing_bracket(name(first)?, behind));
        Some(Candidate { words, span, names, forms })
    }

    /// Whether two characters of Han begin in a word of the dictionary that ends with the first of them: 其**中国**内 is 其中 and 国内. Longer names
    /// are seldom met by chance, and the dictionary does not have them all.
    fn begins_in_word(&self, words: &Range<usize>) -> bool {
        let is_solo = |at: usize| self.analysed.words.get(at).is_some_and(|word| word.solo);
        if words.len() != 2 || !is_solo(words.start) || !is_solo(words.start + 1) {
            return false;
        }
        let cut = self.analysed.han_words();
        let around = cut.get(cut.partition_point(|word| word.first + word.len <= words.start));
        around.is_some_and(|word| word.first < words.start && word.first + word.len == words.start + 1)
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

/// The form by which a word of a name is compared: folded, and in Cyrillic without case endings, so that Путина is Путин.
fn key_of(folded: &str) -> &str {
    if folded.is_ascii() || alphabet(folded) != Alphabet::Cyrillic { folded } else { without_case(folded) }
}

/// What is known of a word with this number, for tests that ask for no more.
#[cfg(test)]
pub(super) fn numbered(number: u32) -> Known {
    Known { number, ..Known::default() }
}
