//! The model that labels names in Chinese text: the weights that `fit_han.py` has fitted, in the forms in which they are asked for.
//!
//! Each feature of a character has a row of weights, one for each label. What a feature is made of (characters, words, tags, and the letters
//! of [`super::alphabets`]) has numbers, so that most rows stand in tables and no feature is ever written out; those that take few values
//! (classes of words, what the roster has found, how characters are used) are summed up beforehand.

mod read;

use std::sync::LazyLock;

use foldhash::HashMap;

use super::alphabets::{Class, Listed, Part, Run, Use};
use crate::text::word_map::WordMap;

/// How many labels there are: nothing, then for each of person, organisation and place its first, inner, last and only character.
pub(super) const LABELS: usize = 13;
/// The labels at which a name is complete, or there is none.
const COMPLETE: [usize; 7] = [0, 3, 4, 7, 8, 11, 12];
/// Rows are padded to a length that processors like.
const LANES: usize = 16;

/// Weights of each label, or sums of them for one character, which has some twenty features.
pub(super) type Row = [i16; LANES];
/// The row of a feature that has no weights. It is added like any other: to ask first would cost more.
pub(super) const NOTHING: Row = [0; LANES];

pub(super) static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(include_str!("../words/han.txt"), include_str!("../han.tsv")));

pub(super) struct Model {
    /// The number of each character: of Han in a table, of the others by look-up. The first means an unknown one.
    han: Vec<u16>,
    others: HashMap<char, u16>,
    /// By a character's number: what it is used for, as bits, and what it says.
    uses: Vec<u8>,
    chars: Vec<Char>,
    /// What two neighbours say of the first and of the second.
    pairs: Sparse<[Row; 2]>,
    /// Each word's place among the rows of words. The first row is that of an unknown word.
    words: WordMap<u16>,
    word_rows: Vec<WordRows>,
    /// The tags that features name, numbered from 1.
    tags: HashMap<&'static str, Tag>,
    tag_triples: Sparse<Row>,
    /// By where a character stands in its word, and the word's tag; and by those of two neighbours.
    placed: Table,
    placed_pairs: Table,
    /// By how five neighbours are used.
    used: Table,
    runs: Table,
    surnames: Sparse<Row>,
    /// By the classes of three words and the place in the middle one: see [`Model::classes`].
    classes: Vec<Row>,
    /// By what the roster has found at a character and the next.
    listed: Vec<Row>,
    /// By flags and the places of two characters in their words: see [`Model::flags`].
    flags: Vec<Row>,
    /// The steps from each label, and at last from the beginning, to each: see [`Model::step`].
    steps: [Row; LABELS + 1],
}

/// What is known of a character.
pub(super) struct Char {
    /// What it says where it stands.
    pub(super) here: Row,
    /// What it says of the character behind it.
    pub(super) before: Row,
    /// What it says of the character before it.
    pub(super) behind: Row,
}

/// What a character is used for, as bits.
pub(super) const SURNAME: u8 = 1;
pub(super) const FOREIGN: u8 = 2;
pub(super) const TAIL: u8 = 4;
/// There are pairs of which it is the first, the second.
const FIRST: u8 = 8;
const SECOND: u8 = 16;

const UNKNOWN: Char = Char { here: NOTHING, before: NOTHING, behind: NOTHING };

const UNKNOWN_WORD: WordRows = WordRows { class: Class::None, here: NOTHING, before: NOTHING, behind: NOTHING };

/// What is known of a word.
#[derive(Clone, Copy)]
pub(super) struct WordRows {
    pub(super) class: Class,
    /// What it says of its characters, of those of the word behind it, and of those of the word before it.
    pub(super) here: Row,
    pub(super) before: Row,
    pub(super) behind: Row,
}

/// A tag for what a word is; the default is one that no feature names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Tag(u8);

/// Where in its word a character stands, and the word's tag, as one number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Placed(u16);

impl Placed {
    fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// Rows by number, most of them of zeros.
#[derive(Default)]
struct Table {
    numbers: Vec<u16>,
    rows: Vec<Row>,
}

impl Table {
    fn of_size(size: usize) -> Self {
        Self { numbers: vec![0; size], rows: vec![Row::default()] }
    }

    fn set(&mut self, at: usize, row: Row) {
        if let (Some(number), Ok(next)) = (self.numbers.get_mut(at), u16::try_from(self.rows.len())) {
            *number = next;
            self.rows.push(row);
        }
    }

    fn get(&self, at: usize) -> &Row {
        let number = self.numbers.get(at).copied().unwrap_or_default();
        self.rows.get(usize::from(number)).unwrap_or(&NOTHING)
    }
}

/// Rows of few of many features, by a number of the feature: what is asked for most often and not there is a look into little memory.
struct Sparse<T> {
    places: HashMap<u32, u16>,
    rows: Vec<T>,
}

impl<T> Default for Sparse<T> {
    fn default() -> Self {
        Self { places: HashMap::default(), rows: Vec::new() }
    }
}

impl<T: Default> Sparse<T> {
    fn get(&self, number: u32) -> Option<&T> {
        self.places.get(&number).and_then(|&at| self.rows.get(usize::from(at)))
    }

    /// The row to set; `None` if there are more rows than their places can tell.
    fn entry(&mut self, number: u32) -> Option<&mut T> {
        let next = u16::try_from(self.rows.len()).ok()?;
        let at = *self.places.entry(number).or_insert(next);
        if at == next {
            self.rows.push(T::default());
        }
        self.rows.get_mut(usize::from(at))
    }
}

fn number_of_pair(first: u16, second: u16) -> u32 {
    u32::from(first) << 16 | u32::from(second)
}

fn number_of_tags(tags: [Tag; 3]) -> u32 {
    tags.into_iter().fold(0, |number, tag| number << 8 | u32::from(tag.0))
}

fn number_of_surname(here: Part, behind: Placed, two_behind: Part) -> u32 {
    u32::from(behind.0) << 16 | (here as u32) << 8 | two_behind as u32
}

/// The characters whose numbers stand in a table.
const HAN: std::ops::Range<usize> = 0x4E00..0xA000;

fn place_in_han(c: char) -> Option<usize> {
    let c = c as usize;
    if HAN.contains(&c) { Some(c - HAN.start) } else { None }
}

/// How many flags [`Model::flags`] knows.
const FLAGS: usize = 5;

impl Model {
    /// The number of a character.
    pub(super) fn number(&self, c: char) -> u16 {
        match place_in_han(c) {
            Some(at) => self.han.get(at).copied().unwrap_or_default(),
            None => self.others.get(&c).copied().unwrap_or_default(),
        }
    }

    /// What is known of the character with a number.
    pub(super) fn char(&self, number: u16) -> &Char {
        self.chars.get(usize::from(number)).unwrap_or(&UNKNOWN)
    }

    /// What the character with a number is used for, as bits.
    pub(super) fn uses(&self, number: u16) -> u8 {
        self.uses.get(usize::from(number)).copied().unwrap_or_default()
    }

    /// What two neighbours say of each other: of the first, and of the second.
    pub(super) fn pair(&self, first: u16, second: u16) -> &[Row; 2] {
        let may_be = self.uses(first) & FIRST != 0 && self.uses(second) & SECOND != 0;
        let pair = if may_be { self.pairs.get(number_of_pair(first, second)) } else { None };
        pair.unwrap_or(&[NOTHING; 2])
    }

    /// What is known of a word; `#` is what stands past the ends of a sentence.
    pub(super) fn word(&self, word: &str) -> &WordRows {
        let place = self.words.get(word).copied().unwrap_or_default();
        self.word_rows.get(usize::from(place)).unwrap_or(&UNKNOWN_WORD)
    }

    pub(super) fn tag(&self, tag: &str) -> Tag {
        self.tags.get(tag).copied().unwrap_or_default()
    }

    /// The row of the tags of three words.
    pub(super) fn tag_triple(&self, tags: [Tag; 3]) -> &Row {
        self.tag_triples.get(number_of_tags(tags)).unwrap_or(&NOTHING)
    }

    pub(super) fn place(&self, part: Part, tag: Tag) -> Placed {
        Placed(u16::try_from(part as usize * (self.tags.len() + 1) + usize::from(tag.0)).unwrap_or_default())
    }

    fn two_placed(&self, before: Placed, here: Placed) -> usize {
        before.index() * (self.tags.len() + 1) * Part::ALL.len() + here.index()
    }

    /// What the places of a character and of the one before it say.
    pub(super) fn placed(&self, before: Placed, here: Placed) -> [&Row; 2] {
        [self.placed.get(here.index()), self.placed_pairs.get(self.two_placed(before, here))]
    }

    /// What the uses of five neighbours say of the middle one.
    pub(super) fn used(&self, uses: [Use; 5]) -> &Row {
        self.used.get(number_of_uses(uses))
    }

    /// What the run says in which a character stands.
    pub(super) fn run(&self, run: Run, at: usize) -> &Row {
        self.runs.get(run.number(at))
    }

    /// What the place of a surname and those of the two characters behind it say.
    pub(super) fn surname(&self, here: Part, behind: Placed, two_behind: Part) -> &Row {
        self.surnames.get(number_of_surname(here, behind, two_behind)).unwrap_or(&NOTHING)
    }

    /// What the classes of a word and of the words beside it say, for a character at `part` of it.
    pub(super) fn classes(&self, [before, here, behind]: [Class; 3], part: Part) -> &Row {
        let [classes, parts] = [Class::ALL.len(), Part::ALL.len()];
        let at = ((before as usize * classes + here as usize) * classes + behind as usize) * parts + part as usize;
        self.classes.get(at).unwrap_or(&NOTHING)
    }

    /// What the roster's names at a character and the next say.
    pub(super) fn listed(&self, here: Listed, next: Listed) -> &Row {
        self.listed.get(here.number() * Listed::all().count() + next.number()).unwrap_or(&NOTHING)
    }

    /// What flags say: whether a character, the one before and the one before that are surnames, and whether it and the next are tails of
    /// names; for a character at `here` of its word, before one at `behind`.
    pub(super) fn flags(&self, flags: [bool; FLAGS], here: Part, behind: Part) -> &Row {
        let bits = flags.iter().rev().fold(0, |bits, &flag| bits << 1 | usize::from(flag));
        self.flags.get((bits * Part::ALL.len() + here as usize) * Part::ALL.len() + behind as usize).unwrap_or(&NOTHING)
    }

    /// Finds the best label of each character (Viterbi 1967), where `sums` are the weights that it has by itself. `reached` is room for the best sums
    /// with which each label is reached at each character. From which label that is, is looked up on the way back, for the best labels alone.
    pub(super) fn label(&self, sums: impl Iterator<Item = Row>, reached: &mut Vec<Row>, labels: &mut Vec<usize>) {
        reached.clear();
        for own in sums {
            let best = reached.last().map_or(self.steps[LABELS], |before| self.step(before));
            reached.push(relative(&best, &own));
        }
        let sums = reached.last().copied().unwrap_or_default();
        let mut label = (0..LABELS).filter(|&label| ends(label)).max_by_key(|&label| sums[label]).unwrap_or_default();
        labels.clear();
        labels.resize(reached.len(), 0);
        for at in (0..labels.len()).rev() {
            labels[at] = label;
            if let Some(before) = at.checked_sub(1).and_then(|before| reached.get(before)) {
                label = self.source(before, label);
            }
        }
    }

    /// The best sums with which each label is reached from `before`, the sums at the character before.
    // By itself: the compiler takes rows that are written into other code apart into their numbers.
    #[inline(never)]
    fn step(&self, before: &Row) -> Row {
        let mut best = [i16::MIN; LANES];
        for (sum, steps) in before.iter().zip(&self.steps[..LABELS]) {
            best.iter_mut().zip(steps).for_each(|(best, step)| *best = sum.saturating_add(*step).max(*best));
        }
        best
    }

    /// The label from which `label` is reached with that sum. Of equal sums that of the last label counts.
    fn source(&self, before: &Row, label: usize) -> usize {
        let sum = |from: &usize| before[*from].saturating_add(self.steps[*from][label]);
        (0..LABELS).max_by_key(sum).unwrap_or_default()
    }
}

/// The sums with the weights of a character added. Only how labels compare matters: told from the first, sums stay small, however long the sentence.
#[inline(never)]
fn relative(sums: &Row, own: &Row) -> Row {
    let first = sums[0].saturating_add(own[0]);
    std::array::from_fn(|label| sums[label].saturating_add(own[label]).saturating_sub(first))
}

/// The sum of rows.
#[inline(never)]
pub(super) fn sum_of<const N: usize>(rows: [&Row; N]) -> Row {
    let mut sum = NOTHING;
    for row in rows {
        add(&mut sum, row);
    }
    sum
}

/// Adds the weights of `row`.
fn add(sum: &mut Row, row: &Row) {
    sum.iter_mut().zip(row).for_each(|(sum, weight)| *sum += weight);
}

/// The number of a sequence of uses.
fn number_of_uses(uses: [Use; 5]) -> usize {
    uses.into_iter().fold(0, |number, used| number * Use::ALL.len() + used as usize)
}

/// Whether a name is complete, or there is none, at this label or at the beginning.
pub(super) fn ends(label: usize) -> bool {
    label == LABELS || COMPLETE.contains(&label)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The best labels, found with numbers of any size.
    fn naive(model: &Model, sums: &[Row]) -> Vec<usize> {
        let step = |from: usize, to: usize| match model.steps[from][to] {
            i16::MIN => i64::from(i32::MIN),
            step => i64::from(step),
        };
        let mut so_far: Vec<(i64, Vec<usize>)> = Vec::new();
        for own in sums {
            let reach = |to: usize| {
                let ways = so_far.iter().enumerate().map(|(from, (sum, way))| (sum + step(from, to), way.as_slice()));
                let (sum, way) = ways.max_by_key(|(sum, _)| *sum).unwrap_or((step(LABELS, to), &[]));
                (sum + i64::from(own[to]), [way, &[to]].concat())
            };
            so_far = (0..LABELS).map(reach).collect();
        }
        let ending = so_far.into_iter().enumerate().filter(|(label, _)| ends(*label)).map(|(_, reached)| reached);
        ending.max_by_key(|(sum, _)| *sum).map(|(_, way)| way).unwrap_or_default()
    }

    proptest! {
        #[test]
        fn labels_are_those_of_a_plain_search(sums in prop::collection::vec(prop::array::uniform16(-400_i16..400), 0..60)) {
            let (mut reached, mut labels) = (Vec::new(), Vec::new());
            MODEL.label(sums.iter().copied(), &mut reached, &mut labels);
            prop_assert_eq!(labels, naive(&MODEL, &sums));
        }
    }
}
