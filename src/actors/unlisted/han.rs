//! Names in Chinese text: a sequence of characters labelled by a linear model, as `fit_han.py` has fitted it.
//!
//! Each character is told where in a dictionary word it stands and what that word is (jieba), whether it is used as a family name or to
//! write foreign names, what the roster has found there, and what stands around. The best sequence of labels (a name of a person, an
//! organisation or a place begins, goes on, ends, is one character) is found by Viterbi's algorithm (1967).

use super::model::{Char, Class, FOREIGN, Key, LABELS, Listed, MODEL, Part, SURNAME, Sums, TAIL, add, ends};
use crate::text::fold::han_variant;
use crate::text::han::tagged;

/// A name in a sentence: its characters, and whether it is a person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) person: bool,
    /// What the words before and behind it are.
    pub(super) before: Class,
    pub(super) behind: Class,
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
    class: Class,
    /// The hash of its characters.
    key: Key,
    /// The weights of what is the same for all its characters.
    sums: Sums,
}

/// A character of a sentence.
#[derive(Clone, Copy)]
struct Place {
    c: char,
    /// What the model knows of it.
    known: Option<&'static Char>,
    /// The number of its word, and its place in it.
    word: usize,
    part: Part,
    /// What it is used for.
    uses: u8,
    /// How it is used: `t` to write foreign names, `f` otherwise, else its shape.
    used: char,
}

struct Sentence<'s> {
    words: Vec<Word<'s>>,
    places: Vec<Place>,
    /// What the roster has found at each character.
    listed: &'s [Listed],
    /// What stands past the ends.
    outside: Place,
}

/// The names in a sentence, all characters in their usual forms; `listed` says for each what the roster has found there.
pub(super) fn names(joined: &str, listed: &[Listed]) -> Vec<Name> {
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
            let before = sentence.class(sentence.at(start, 0).word, -1);
            let behind = sentence.class(sentence.at(end - 1, 0).word, 1);
            names.push(Name { start, end, person, before, behind });
        }
    }
    names
}

impl<'s> Sentence<'s> {
    fn new(joined: &'s str, listed: &'s [Listed]) -> Self {
        let outside = Place { c: '#', known: MODEL.char('#'), word: usize::MAX, part: Part::Outside, uses: 0, used: '#' };
        let mut sentence = Self { words: Vec::new(), places: Vec::with_capacity(listed.len()), listed, outside };
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
            let part = match (at, len) {
                (_, 1) => Part::Single,
                (0, _) => Part::Begin,
                (at, len) if at + 1 == len => Part::End,
                _ => Part::Middle,
            };
            let known = MODEL.char(c);
            let uses = known.map_or(0, |known| known.uses);
            let shape = shape(c);
            let used = match shape {
                "H" if uses & FOREIGN != 0 => 't',
                "H" => 'f',
                _ => shape.chars().next().unwrap_or('P'),
            };
            self.places.push(Place { c, known, word: number, part, uses, used });
        }
        self.words.push(Word { tag, class: MODEL.class(word), key: Key::default().text(word), sums: Sums::default() });
    }

    /// Whether the characters from `start` to `last` are one dictionary word that is no name: 许可证, 平昌.
    fn is_one_other_word(&self, start: usize, last: usize) -> bool {
        let (first, last) = (self.at(start, 0), self.at(last, 0));
        let whole = first.word == last.word && first.part == Part::Begin && last.part == Part::End;
        whole && self.words.get(first.word).is_some_and(|word| !word.tag.starts_with("nr") && !matches!(word.tag, "nz" | "nt" | "x"))
    }

    /// Where a name with a dot that ends at `end` goes on: over single characters that write foreign names, 多罗任斯 | 卡.
    fn foreign_end(&self, start: usize, end: usize) -> usize {
        if !(start..end).any(|at| self.at(at, 0).used == 'M') {
            return end;
        }
        let goes_on = |at: &usize| self.at(*at, 0).used == 't' && self.at(*at, 0).part == Part::Single;
        (end..self.places.len()).take_while(goes_on).last().map_or(end, |last| last + 1)
    }

    fn at(&self, at: usize, by: isize) -> Place {
        at.checked_add_signed(by).and_then(|at| self.places.get(at)).copied().unwrap_or(self.outside)
    }

    fn word(&self, word: usize, by: isize) -> Option<&Word<'s>> {
        self.words.get(word.checked_add_signed(by)?)
    }

    /// The tag of a word near `word`; "#" past the ends.
    fn tag(&self, word: usize, by: isize) -> &str {
        self.word(word, by).map_or("#", |word| word.tag)
    }

    /// The class of a word near `word`.
    fn class(&self, word: usize, by: isize) -> Class {
        self.word(word, by).map_or(Class::Outside, |word| word.class)
    }

    /// The sums of the weights of what is the same for all characters of a word.
    fn word_sums(&self, word: usize) -> Sums {
        let mut sums = Sums::default();
        for (template, by) in [(b'a', 0), (b'b', -1), (b'c', 1)] {
            let key = self.word(word, by).map_or_else(|| Key::default().char('#'), |word| word.key);
            MODEL.add_feature(key, template, &mut sums);
        }
        let tags = Key::default().text(self.tag(word, -1)).char(',').text(self.tag(word, 0)).char(',').text(self.tag(word, 1));
        MODEL.add_feature(tags, b'd', &mut sums);
        sums
    }

    /// The weights for each character summed up.
    fn sums(&self) -> Vec<Sums> {
        let mut pair = MODEL.pair(self.at(0, -1).c, self.at(0, 0).c);
        let sums_at = |at: usize| {
            let (here, before, behind) = (self.at(at, 0), self.at(at, -1), self.at(at, 1));
            let mut sums = self.word(here.word, 0).map_or(Sums::default(), |word| word.sums);
            // What two neighbours say of each other is looked up once for both.
            let next = MODEL.pair(here.c, behind.c);
            let [pair, next] = [std::mem::replace(&mut pair, next).map(|[_, second]| second), next.map(|[first, _]| first)];
            let chars = [here.known.map(|c| &c.here), before.known.map(|c| &c.before), behind.known.map(|c| &c.behind)];
            chars.into_iter().chain([pair, next]).flatten().for_each(|row| add(&mut sums, row));
            self.add_around(at, &mut sums);
            sums
        };
        (0..self.places.len()).map(sums_at).collect()
    }

    fn add_around(&self, at: usize, sums: &mut Sums) {
        let here = self.at(at, 0);
        let (before, behind, two_before, two_behind) = (self.at(at, -1), self.at(at, 1), self.at(at, -2), self.at(at, 2));
        let none = Key::default();
        let placed = |key: Key, place: Place| key.char(place.part.char()).text(self.word(place.word, 0).map_or("", |word| word.tag));
        MODEL.add_feature(placed(none, here), b'7', sums);
        MODEL.add_feature(placed(placed(none, before).char(','), here), b'8', sums);
        let used = none.char(two_before.used).char(before.used).char(here.used).char(behind.used).char(two_behind.used);
        MODEL.add_feature(used, b'e', sums);
        let is = |place: Place, bit: u8| place.uses & bit != 0;
        let flags = [is(here, SURNAME), is(before, SURNAME), is(two_before, SURNAME), is(here, TAIL), is(behind, TAIL)];
        MODEL.add_flags(flags, here.part, behind.part, sums);
        let listed = |at: usize| self.listed.get(at).copied().unwrap_or_default();
        MODEL.add_listed(listed(at), listed(at + 1), sums);
        MODEL.add_classes([-1, 0, 1].map(|by| self.class(here.word, by)), here.part, sums);
        if matches!(here.used, 't' | 'M') {
            MODEL.add_feature(self.foreign_run(at), b'u', sums);
        }
        if is(here, SURNAME) {
            MODEL.add_feature(placed(none.char(here.part.char()), behind).char(two_behind.part.char()), b'n', sums);
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
        let mut back = Vec::with_capacity(self.places.len());
        let mut so_far: Option<Sums> = None;
        for own in self.sums() {
            let (mut best, from) = MODEL.step(so_far.as_ref());
            best.iter_mut().zip(own).for_each(|(sum, own)| *sum += own);
            so_far = Some(best);
            back.push(from);
        }
        let sums = so_far.unwrap_or_default();
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

/// The usual form of each character of a text.
pub(super) fn usual(text: &str) -> Vec<char> {
    text.chars().map(han_variant).collect()
}
