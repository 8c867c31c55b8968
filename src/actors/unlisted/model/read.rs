//! Reading the model: the lists of words and characters, and the weights, a feature a line.

use foldhash::HashMap;

use super::super::alphabets::{Class, Listed, Part, Run, Use};
use super::{
    Char, FIRST, FLAGS, FOREIGN, HAN, LABELS, LANES, Model, Placed, Row, SECOND, SURNAME, Sparse, TAIL, Table, Tag, UNKNOWN, UNKNOWN_WORD,
    WordRows, add, ends, number_of_pair, number_of_surname, number_of_tags, number_of_uses, place_in_han,
};
use crate::text::word_map::WordMap;

/// A step that no sequence of labels may take.
const FORBIDDEN: i16 = i16::MIN;

impl Model {
    /// Reads the lists of words and characters, and the weights: `FEATURE\tWEIGHTS` lines, where the feature's first letter says what kind
    /// of feature it is.
    pub(super) fn read(lists: &'static str, weights: &'static str) -> Self {
        let features: Vec<(&str, Row)> = weights
            .lines()
            .filter(|line| !line.starts_with("# "))
            .filter_map(|line| line.split_once('\t'))
            .map(|(name, rest)| (name, row(rest)))
            .collect();
        let mut tags = HashMap::default();
        for (name, _) in &features {
            for tag in tags_in(name).filter(|tag| !tag.is_empty()) {
                let next = Tag(u8::try_from(tags.len() + 1).unwrap_or_default());
                tags.entry(tag).or_insert(next);
            }
        }
        let places = (tags.len() + 1) * Part::ALL.len();
        let mut model = Self {
            han: vec![0; HAN.len()],
            others: HashMap::default(),
            uses: vec![0],
            chars: vec![UNKNOWN],
            pairs: Sparse::default(),
            words: WordMap::default(),
            word_rows: vec![UNKNOWN_WORD],
            tags,
            tag_triples: Sparse::default(),
            placed: Table::of_size(places),
            placed_pairs: Table::of_size(places * places),
            used: Table::of_size(Use::ALL.len().pow(5)),
            runs: Table::of_size(Run::NUMBERS),
            surnames: Sparse::default(),
            classes: Vec::new(),
            listed: Vec::new(),
            flags: Vec::new(),
            steps: [[FORBIDDEN; LANES]; LABELS + 1],
        };
        model.read_lists(lists);
        let mut others = HashMap::default();
        for (name, row) in features {
            if model.feature(name, row).is_none() {
                others.insert(name, row);
            }
        }
        model.lay_ready(|name| others.get(name).copied().unwrap_or_default());
        model
    }

    fn read_lists(&mut self, lists: &'static str) {
        for (name, rest) in lists.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' ')) {
            let bit = match name {
                "surnames" => SURNAME,
                "foreign" => FOREIGN,
                "tails" => TAIL,
                class => {
                    let class = Class::ALL.into_iter().find(|known| class.starts_with(known.char())).unwrap_or_default();
                    rest.split(' ').for_each(|word| self.learn_word(word, |known| known.class = class));
                    continue;
                }
            };
            rest.chars().for_each(|c| self.learn_use(c, bit));
        }
    }

    /// Takes in a feature that has a place of its own; `None` if it has none.
    fn feature(&mut self, name: &'static str, row: Row) -> Option<()> {
        if let Some(from) = name.strip_prefix("transition ") {
            self.steps_from(from.parse().ok()?, &row);
            return Some(());
        }
        let mut chars = name.chars();
        let (template, written) = (chars.next()?, chars.as_str());
        let [first, second] = [chars.next()?, chars.next().unwrap_or('#')];
        match template {
            '0' => self.learn(first, |known| known.here = row),
            '1' => self.learn(first, |known| known.before = row),
            '2' => self.learn(first, |known| known.behind = row),
            '5' | '6' => {
                self.learn_use(first, FIRST);
                self.learn_use(second, SECOND);
                let [for_first, for_second] = self.pairs.entry(number_of_pair(self.number(first), self.number(second)))?;
                *(if template == '6' { for_first } else { for_second }) = row;
            }
            '7' => self.placed.set(self.parse_placed(written)?.index(), row),
            '8' => {
                let (before, here) = written.split_once(',')?;
                self.placed_pairs.set(self.two_placed(self.parse_placed(before)?, self.parse_placed(here)?), row);
            }
            'a' => self.learn_word(written, |known| known.here = row),
            'b' => self.learn_word(written, |known| known.before = row),
            'c' => self.learn_word(written, |known| known.behind = row),
            'd' => {
                let mut tags = written.split(',').map(|tag| self.tag(tag));
                *self.tag_triples.entry(number_of_tags([tags.next()?, tags.next()?, tags.next()?]))? = row;
            }
            'e' => {
                let mut used = written.chars().map_while(Use::parse);
                self.used.set(number_of_uses([used.next()?, used.next()?, used.next()?, used.next()?, used.next()?]), row);
            }
            'n' => {
                let last = written.chars().next_back()?;
                let placed = self.parse_placed(written.strip_prefix(first)?.strip_suffix(last)?)?;
                *self.surnames.entry(number_of_surname(Part::parse(first)?, placed, Part::parse(last)?))? = row;
            }
            'u' => self.runs.set(Run::parse(written)?, row),
            _ => return None,
        }
        Some(())
    }

    fn steps_from(&mut self, from: usize, row: &Row) {
        if let Some(steps) = self.steps.get_mut(from) {
            for (label, (step, weight)) in steps.iter_mut().zip(row).enumerate() {
                if label < LABELS && may_follow(from, label) {
                    *step = *weight;
                }
            }
        }
    }

    /// Sums up what takes few values; `of` gives the row of a feature by its name.
    fn lay_ready(&mut self, of: impl Fn(&str) -> Row) {
        let sum = |names: &[String]| {
            let mut sum = Row::default();
            for name in names {
                add(&mut sum, &of(name));
            }
            sum
        };
        for before in Class::ALL.map(Class::char) {
            for here in Class::ALL.map(Class::char) {
                for behind in Class::ALL.map(Class::char) {
                    for part in Part::ALL.map(Part::char) {
                        let names = [
                            format!("o{before}{behind}{part}"),
                            format!("p{before}{part}"),
                            format!("q{behind}{part}"),
                            format!("r{here}{part}"),
                        ];
                        self.classes.push(sum(&names));
                    }
                }
            }
        }
        for here in Listed::all().map(Listed::written) {
            self.listed.extend(Listed::all().map(Listed::written).map(|next| sum(&[format!("j{here}"), format!("k{here},{next}")])));
        }
        let flag = |bits: usize, at: usize| if bits >> at & 1 == 0 { '0' } else { '1' };
        for bits in 0..1 << FLAGS {
            let [surname, before, two_before, tail, next_tail] = std::array::from_fn(|at| flag(bits, at));
            for here in Part::ALL.map(Part::char) {
                for behind in Part::ALL.map(Part::char) {
                    self.flags.push(sum(&[format!("f{surname}{before}{two_before}{here}{behind}"), format!("g{tail}{next_tail}{here}")]));
                }
            }
        }
    }

    /// The place in the tables of a character, made if it has none yet.
    fn place_of(&mut self, c: char) -> usize {
        let number = match place_in_han(c).and_then(|at| self.han.get_mut(at)) {
            Some(number) => number,
            None => self.others.entry(c).or_default(),
        };
        if *number == 0 {
            *number = u16::try_from(self.chars.len()).unwrap_or_default();
            self.chars.push(UNKNOWN);
            self.uses.push(0);
        }
        usize::from(*number)
    }

    fn learn(&mut self, c: char, what: impl FnOnce(&mut Char)) {
        let place = self.place_of(c);
        if let Some(known) = self.chars.get_mut(place) {
            what(known);
        }
    }

    fn learn_use(&mut self, c: char, bit: u8) {
        let place = self.place_of(c);
        if let Some(uses) = self.uses.get_mut(place) {
            *uses |= bit;
        }
    }

    fn learn_word(&mut self, word: &str, what: impl FnOnce(&mut WordRows)) {
        let next = u16::try_from(self.word_rows.len()).unwrap_or(u16::MAX);
        let place = *self.words.get_or_insert_with(word, || next);
        if place == next {
            self.word_rows.push(UNKNOWN_WORD);
        }
        if let Some(known) = self.word_rows.get_mut(usize::from(place)) {
            what(known);
        }
    }

    /// A place as features write it: the part, then the tag; `#` past the ends.
    fn parse_placed(&self, written: &str) -> Option<Placed> {
        let mut chars = written.chars();
        let part = Part::parse(chars.next()?)?;
        Some(self.place(part, self.tag(chars.as_str())))
    }
}

/// The tags that a feature names: of three words, or behind the part in places.
fn tags_in(feature: &str) -> impl Iterator<Item = &str> {
    let (template, written) = feature.split_at_checked(1).unwrap_or_default();
    let placed = match template {
        "7" | "8" => written,
        "n" => written.get(1..).and_then(|behind| behind.get(..behind.len() - 1)).unwrap_or_default(),
        _ => "",
    };
    let tags = if template == "d" { written } else { "" };
    tags.split(',').chain(placed.split(',').filter_map(|placed| placed.get(1..)))
}

/// Weights are written sparsely, a letter for the label and a number: `a-3b4`.
fn row(weights: &str) -> Row {
    let mut row = Row::default();
    let mut rest = weights;
    while let Some(label) = rest.bytes().next() {
        rest = rest.get(1..).unwrap_or_default();
        let end = rest.bytes().position(|byte| byte.is_ascii_lowercase()).unwrap_or(rest.len());
        if let Some(cell) = row.get_mut(usize::from(label.wrapping_sub(b'a'))) {
            *cell = rest.get(..end).and_then(|number| number.parse().ok()).unwrap_or_default();
        }
        rest = rest.get(end..).unwrap_or_default();
    }
    row
}

/// Whether one label may come behind another: names begin behind complete ones, and go on as they began.
fn may_follow(before: usize, label: usize) -> bool {
    let begins = label == 0 || matches!((label - 1) % 4, 0 | 3);
    if ends(before) { begins } else { !begins && (before - 1) / 4 == (label - 1) / 4 }
}
