//! Names in Chinese text: a sequence of characters labelled by a linear model, as `fit_han.py` has fitted it.
//!
//! Each character is told where in a dictionary word it stands and what that word is (jieba), whether it is used as a family name or to
//! write foreign names, what the roster has found there, and what stands around. The best sequence of labels (a name of a person, an
//! organisation or a place begins, goes on, ends, is one character) is found by Viterbi's algorithm (1967).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::fold::han_variant;
use crate::text::han::tagged;

/// How many labels there are: nothing, then for each of person, organisation and place its first, inner, last and only character.
const LABELS: usize = 13;

type Row = [i16; LABELS];

/// A name in a sentence: its characters, and whether it is a person's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) person: bool,
    /// What stands beside it, as the classes of the words before and behind: `T` a title, `V` a verb of people, `O` an organisation's head.
    pub(super) before: char,
    pub(super) behind: char,
}

struct Model {
    /// The row of each feature, by the hash of its name.
    features: FxHashMap<u64, Row>,
    transitions: [Row; LABELS + 1],
    /// What each character is used for.
    uses: FxHashMap<char, u8>,
    classes: FxHashMap<&'static str, char>,
}

static MODEL: LazyLock<Model> = LazyLock::new(Model::load);

/// A hash that is taken character by character, the template's letter last: so the hash of a word serves several templates.
#[derive(Clone, Copy, Default)]
struct Key(u64);

impl Key {
    fn char(self, c: char) -> Self {
        Self((self.0.rotate_left(5) ^ u64::from(c)).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn text(self, text: &str) -> Self {
        text.chars().fold(self, Self::char)
    }

    /// The hash of a template's feature that is written so.
    fn of(self, template: u8) -> u64 {
        let key = self.char(char::from(template));
        key.0 ^ (key.0 >> 29)
    }
}

/// What a character is used for, as bits.
const SURNAME: u8 = 1;
const FOREIGN: u8 = 2;
const TAIL: u8 = 4;

impl Model {
    fn load() -> Self {
        let mut model = Self {
            features: FxHashMap::default(),
            transitions: [[0; LABELS]; LABELS + 1],
            uses: FxHashMap::default(),
            classes: FxHashMap::default(),
        };
        for line in include_str!("words/han.txt").lines().filter(|line| !line.starts_with('#')) {
            let Some((name, rest)) = line.split_once(' ') else { continue };
            match name {
                "surnames" => model.used(rest, SURNAME),
                "foreign" => model.used(rest, FOREIGN),
                "tails" => model.used(rest, TAIL),
                class => model.classes.extend(rest.split(' ').filter_map(|word| Some((word, class.chars().next()?)))),
            }
        }
        for line in include_str!("han.tsv").lines().filter(|line| !line.starts_with("# ")) {
            let Some((name, weights)) = line.split_once('\t') else { continue };
            let row = row(weights);
            match name.strip_prefix("transition ").and_then(|from| from.parse::<usize>().ok()) {
                Some(from) => {
                    if let Some(cell) = model.transitions.get_mut(from) {
                        *cell = row;
                    }
                }
                None => {
                    if let (Some(&template), Some(written)) = (name.as_bytes().first(), name.get(1..)) {
                        model.features.insert(Key::default().text(written).of(template), row);
                    }
                }
            }
        }
        model
    }

    fn used(&mut self, chars: &str, bit: u8) {
        for c in chars.chars() {
            *self.uses.entry(c).or_default() |= bit;
        }
    }

    fn class(&self, word: &str) -> char {
        self.classes.get(word).copied().unwrap_or('-')
    }
}

/// Weights are written sparsely, a letter for the label and a number: `a-3b4`.
fn row(weights: &str) -> Row {
    let mut row = [0; LABELS];
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

/// What kind of character this is, as the model's features write it.
fn shape(c: char) -> &'static str {
    match c {
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' => "H",
        '·' | '•' | '‧' | '・' | '．' => "M",
        c if c.is_numeric() => "D",
        c if c.is_alphabetic() => "L",
        c if c.is_whitespace() => "S",
        _ => "P",
    }
}

/// A word of a sentence.
struct Word<'s> {
    /// The dictionary's tag for it, else the shape of its characters.
    tag: &'s str,
    class: char,
    /// The hash of its characters.
    key: Key,
    /// The weights of what is the same for all its characters, once they are needed.
    sums: [i32; LABELS],
}

/// A character of a sentence.
#[derive(Clone, Copy)]
struct Place {
    c: char,
    /// The number of its word, and its place in it: B, M, E or S.
    word: usize,
    place: char,
    /// What it is used for.
    uses: u8,
    /// How it is used: `t` to write foreign names, `f` otherwise, else its shape.
    used: char,
}

/// What stands past the ends.
const OUTSIDE: Place = Place { c: '#', word: usize::MAX, place: '#', uses: 0, used: '#' };

struct Sentence<'s> {
    words: Vec<Word<'s>>,
    places: Vec<Place>,
    /// For each character what the roster has found there.
    listed: &'s [&'static str],
}

/// The names in a sentence, all characters in their usual forms; `listed` says for each character what the roster has found there: "" nothing, else B or I (begins, goes on) with p, o or s for the kind.
pub(super) fn names(joined: &str, listed: &[&'static str]) -> Vec<Name> {
    let sentence = Sentence::new(joined, listed);
    let labels = sentence.best();
    let mut names = Vec::new();
    let mut start = 0;
    for (at, &label) in labels.iter().enumerate() {
        // Labels come in fours: first, inner, last, only.
        let part = label.checked_sub(1).map(|label| label % 4);
        if matches!(part, Some(0 | 3)) {
            start = at;
        }
        let person = label < 5;
        if matches!(part, Some(2 | 3)) && label < 9 && !(person && sentence.is_one_other_word(start, at)) {
            let end = if person { sentence.foreign_end(start, at + 1) } else { at + 1 };
            let class = |word: Option<usize>| word.and_then(|word| sentence.words.get(word)).map_or('#', |word| word.class);
            let before = class(sentence.at(start, 0).word.checked_sub(1));
            let behind = class(sentence.at(end - 1, 0).word.checked_add(1));
            names.push(Name { start, end, person, before, behind });
        }
    }
    names
}

impl<'s> Sentence<'s> {
    fn new(joined: &'s str, listed: &'s [&'static str]) -> Self {
        let mut sentence = Self { words: Vec::new(), places: Vec::with_capacity(listed.len()), listed };
        let mut rest = joined;
        while let Some(first) = rest.chars().next() {
            let run = |fits: fn(char) -> bool| rest.find(|c| !fits(c)).unwrap_or(rest.len());
            let end = match first {
                '\u{4E00}'..='\u{9FFF}' => run(|c| matches!(c, '\u{4E00}'..='\u{9FFF}')),
                'a'..='z' | 'A'..='Z' => run(|c| c.is_ascii_alphabetic()),
                '0'..='9' | '０'..='９' | '.' | '%' => run(|c| matches!(c, '0'..='9' | '０'..='９' | '.' | '%')),
                c => c.len_utf8(),
            };
            let (word, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
            if matches!(first, '\u{4E00}'..='\u{9FFF}') {
                for (word, tag) in tagged(word) {
                    sentence.push(word, tag);
                }
            } else {
                sentence.push(word, shape(first));
            }
            rest = behind;
        }
        for word in 0..sentence.words.len() {
            let sums = sentence.word_sums(word);
            if let Some(word) = sentence.words.get_mut(word) {
                word.sums = sums;
            }
        }
        sentence
    }

    fn push(&mut self, word: &'s str, tag: &'s str) {
        let number = self.words.len();
        let len = word.chars().count();
        for (at, c) in word.chars().enumerate() {
            let place = match (at, len) {
                (_, 1) => 'S',
                (0, _) => 'B',
                (at, len) if at + 1 == len => 'E',
                _ => 'M',
            };
            let uses = MODEL.uses.get(&c).copied().unwrap_or_default();
            let shape = shape(c);
            let used = match shape {
                "H" if uses & FOREIGN != 0 => 't',
                "H" => 'f',
                _ => shape.chars().next().unwrap_or('P'),
            };
            self.places.push(Place { c, word: number, place, uses, used });
        }
        self.words.push(Word { tag, class: MODEL.class(word), key: Key::default().text(word), sums: [0; LABELS] });
    }

    /// Whether the characters from `start` to `last` are one dictionary word that is no name: 许可证, 平昌.
    fn is_one_other_word(&self, start: usize, last: usize) -> bool {
        let (first, last) = (self.at(start, 0), self.at(last, 0));
        let whole = first.word == last.word && first.place == 'B' && last.place == 'E';
        whole && self.words.get(first.word).is_some_and(|word| !word.tag.starts_with("nr") && !matches!(word.tag, "nz" | "nt" | "x"))
    }

    /// Where a name with a dot that ends at `end` goes on: over single characters that write foreign names, 多罗任斯 | 卡.
    fn foreign_end(&self, start: usize, end: usize) -> usize {
        if !(start..end).any(|at| self.at(at, 0).used == 'M') {
            return end;
        }
        let goes_on = |at: &usize| self.at(*at, 0).used == 't' && self.at(*at, 0).place == 'S';
        (end..self.places.len()).take_while(goes_on).last().map_or(end, |last| last + 1)
    }

    fn at(&self, at: usize, by: isize) -> Place {
        at.checked_add_signed(by).and_then(|at| self.places.get(at)).copied().unwrap_or(OUTSIDE)
    }

    /// The tag of a word; "#" past the ends.
    fn tag(&self, word: usize, by: isize) -> &str {
        word.checked_add_signed(by).and_then(|word| self.words.get(word)).map_or("#", |word| word.tag)
    }

    /// The class and the key of a word near `word`.
    fn near(&self, word: usize, by: isize) -> (char, Key) {
        let word = word.checked_add_signed(by).and_then(|word| self.words.get(word));
        word.map_or(('#', Key::default().char('#')), |word| (word.class, word.key))
    }

    /// The sums of the weights of what is the same for all characters of a word.
    fn word_sums(&self, word: usize) -> [i32; LABELS] {
        let mut sums = [0; LABELS];
        for (template, by) in [(b'a', 0), (b'b', -1), (b'c', 1)] {
            add(&mut sums, self.near(word, by).1.of(template));
        }
        let tags = Key::default().text(self.tag(word, -1)).char(',').text(self.tag(word, 0)).char(',').text(self.tag(word, 1));
        add(&mut sums, tags.of(b'd'));
        sums
    }

    fn sums(&self, at: usize, sums: &mut [i32; LABELS]) {
        let here = self.at(at, 0);
        let (before, behind, two_before, two_behind) = (self.at(at, -1), self.at(at, 1), self.at(at, -2), self.at(at, 2));
        let mut key = |key: Key, template: u8| add(sums, key.of(template));
        let none = Key::default();
        key(none.char(here.c), b'0');
        key(none.char(before.c), b'1');
        key(none.char(behind.c), b'2');
        key(none.char(before.c).char(here.c), b'5');
        key(none.char(here.c).char(behind.c), b'6');
        let placed = |key: Key, place: Place| key.char(place.place).text(self.words.get(place.word).map_or("", |word| word.tag));
        key(placed(none, here), b'7');
        key(placed(placed(none, before).char(','), here), b'8');
        key(none.char(two_before.used).char(before.used).char(here.used).char(behind.used).char(two_behind.used), b'e');
        let flag = |place: Place, bit| if place.uses & bit == 0 { '0' } else { '1' };
        let surnames = none.char(flag(here, SURNAME)).char(flag(before, SURNAME)).char(flag(two_before, SURNAME));
        key(surnames.char(here.place).char(behind.place), b'f');
        key(none.char(flag(here, TAIL)).char(flag(behind, TAIL)).char(here.place), b'g');
        let listed = |at: usize| self.listed.get(at).copied().filter(|listed| !listed.is_empty()).unwrap_or("-");
        key(none.text(listed(at)), b'j');
        key(none.text(listed(at)).char(',').text(listed(at + 1)), b'k');
        let class = |by| self.near(here.word, by).0;
        key(none.char(class(-1)).char(class(1)).char(here.place), b'o');
        for (template, by) in [(b'p', -1), (b'q', 1), (b'r', 0)] {
            key(none.char(class(by)).char(here.place), template);
        }
        if matches!(here.used, 't' | 'M') {
            key(self.foreign_run(at), b'u');
        }
        if here.uses & SURNAME != 0 {
            key(placed(none.char(here.place), behind).char(two_behind.place), b'n');
        }
    }

    /// The run of characters that write foreign names in which a character stands: its length, its place, and whether it has a dot.
    fn foreign_run(&self, at: usize) -> Key {
        let foreign = |at: usize| matches!(self.at(at, 0).used, 't' | 'M');
        let before = (0..at).rev().take(40).take_while(|&at| foreign(at)).count();
        let behind = (at + 1..self.places.len()).take(40).take_while(|&at| foreign(at)).count();
        let dotted = (at - before..=at + behind).any(|at| self.at(at, 0).used == 'M');
        let digit = |number: usize, most: usize| char::from_digit(u32::try_from(number.min(most)).unwrap_or_default(), 10).unwrap_or('0');
        let key = Key::default().char(digit(before + behind + 1, 6)).char(digit(before, 3)).char(digit(behind, 3));
        key.char(if dotted { 'M' } else { '-' })
    }

    /// The best labels.
    fn best(&self) -> Vec<usize> {
        let model = &*MODEL;
        let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(self.places.len());
        let mut sums = [i32::MIN / 2; LABELS];
        for (at, place) in self.places.iter().enumerate() {
            let mut here = self.words.get(place.word).map_or([0; LABELS], |word| word.sums);
            self.sums(at, &mut here);
            let mut next = [i32::MIN / 2; LABELS];
            let mut from = [0; LABELS];
            for (((label, own), next), from) in here.iter().enumerate().zip(&mut next).zip(&mut from) {
                let mut best = (i32::MIN / 2, 0);
                let sources = if at == 0 { LABELS..LABELS + 1 } else { 0..LABELS };
                for source in sources.filter(|&source| may_follow(source, label)) {
                    let so_far = if at == 0 { 0 } else { sums.get(source).copied().unwrap_or(i32::MIN / 2) };
                    let step = model.transitions.get(source).and_then(|row| row.get(label)).copied().unwrap_or_default();
                    best = best.max((so_far.saturating_add(i32::from(step)), source));
                }
                *next = best.0.saturating_add(*own);
                *from = u8::try_from(best.1).unwrap_or_default();
            }
            sums = next;
            back.push(from);
        }
        let ends = (0..LABELS).filter(|&label| ends(label));
        let mut label = ends.max_by_key(|&label| sums.get(label).copied().unwrap_or(i32::MIN)).unwrap_or_default();
        let mut labels = vec![0; back.len()];
        for (cell, from) in labels.iter_mut().zip(&back).rev() {
            *cell = label;
            label = from.get(label).copied().map_or(0, usize::from);
        }
        labels
    }
}

fn add(sums: &mut [i32; LABELS], key: u64) {
    if let Some(row) = MODEL.features.get(&key) {
        for (sum, weight) in sums.iter_mut().zip(row) {
            *sum += i32::from(*weight);
        }
    }
}

/// Whether a name is complete, or there is none, at this label.
const fn ends(label: usize) -> bool {
    label == 0 || label == LABELS || matches!((label - 1) % 4, 2 | 3)
}

/// Whether one label may come behind another: names begin behind complete ones, and go on as they began.
const fn may_follow(before: usize, label: usize) -> bool {
    let begins = label == 0 || matches!((label - 1) % 4, 0 | 3);
    if ends(before) { begins } else { !begins && (before - 1) / 4 == (label - 1) / 4 }
}

/// The usual form of each character of a text.
pub(super) fn usual(text: &str) -> Vec<char> {
    text.chars().map(han_variant).collect()
}
