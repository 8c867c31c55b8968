//! Names in Chinese text: a sequence of characters labelled by a linear model, as `fit_han.py` has fitted it.
//!
//! Each character is told where in a dictionary word it stands and what that word is (jieba), whether it is used as a family name or to
//! write foreign names, what the roster has found there, and what stands around. The best sequence of labels (a name of a person, an
//! organisation or a place begins, goes on, ends, is one character) is found by Viterbi's algorithm (1967).

use super::alphabets::{Class, Listed, Part, Run, Use};
use super::model::{FOREIGN, MODEL, NOTHING, Placed, Row, SURNAME, TAIL, Tag, WordRows, sum_of};
use crate::text::han::HanWord;

/// A name in a sentence: its characters, and whether it is a person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) person: bool,
    /// Whether it is one word of the dictionary.
    pub(super) is_word: bool,
    /// What the words before and behind it are.
    pub(super) before: Class,
    pub(super) behind: Class,
}

/// A word of a sentence.
struct Word {
    tag: Tag,
    /// Whether the dictionary says that it is a name, or has no such word.
    may_be_name: bool,
    known: &'static WordRows,
    /// The weights of what is the same for all its characters.
    sum: Row,
    /// The classes of the word before it, of it, and of that behind it.
    classes: [Class; 3],
}

/// A character of a sentence.
#[derive(Clone, Copy)]
struct Place {
    /// Its number in the model.
    number: u16,
    /// What it is used for, as bits.
    uses: u8,
    /// How it is used.
    used: Use,
    /// Where it stands in its word, and what that word is.
    part: Part,
    placed: Placed,
    /// The number of its word.
    word: usize,
}

/// Labels sentences, one after the other. What is known of one takes the room of the one before.
#[derive(Default)]
pub(super) struct Labeller {
    words: Vec<Word>,
    /// The characters, with [`MARGIN`] places outside before and behind them.
    places: Vec<Place>,
    /// What the roster has found at each character.
    listed: Vec<Listed>,
    /// For each character the sums with which each label is reached best.
    reached: Vec<Row>,
    /// The best label of each character.
    labels: Vec<usize>,
}

/// How far around a character its features look.
const MARGIN: usize = 2;

impl Labeller {
    /// The names in a sentence, given as its characters in their usual forms; `listed` says for each what the roster has found there, and
    /// `words` are the dictionary words that its Han is cut into, by the numbers of its characters.
    pub(super) fn names(&mut self, chars: &[char], listed: &[Listed], words: &[HanWord]) -> Vec<Name> {
        self.listed.clear();
        self.listed.extend_from_slice(listed);
        self.read(chars, words);
        let (mut reached, mut labels) = (std::mem::take(&mut self.reached), std::mem::take(&mut self.labels));
        MODEL.label(self.sums(), &mut reached, &mut labels);
        (self.reached, self.labels) = (reached, labels);
        let mut names = Vec::new();
        let mut start = 0;
        for (at, &label) in self.labels.iter().enumerate() {
            // Labels come in fours: first, inner, last, only.
            let part = label.checked_sub(1).map(|label| label % 4);
            if matches!(part, Some(0 | 3)) {
                start = at;
            }
            let person = label < 5;
            if matches!(part, Some(2 | 3)) && label < 9 {
                let word_here = self.one_word(start, at);
                if person && word_here.is_some_and(|word| !word.may_be_name) {
                    continue;
                }
                let end = if person { self.foreign_end(start, at + 1) } else { at + 1 };
                let word = |at: usize| self.places_from(at).first().map_or(usize::MAX, |place| place.word);
                let (before, behind) = (self.class(word(start), -1), self.class(word(end - 1), 1));
                names.push(Name { start, end, person, is_word: word_here.is_some(), before, behind });
            }
        }
        names
    }

    fn read(&mut self, chars: &[char], words: &[HanWord]) {
        let placed = MODEL.place(Part::Outside, Tag::default());
        let outside = Place { number: MODEL.number('#'), uses: 0, used: Use::Outside, part: Part::Outside, placed, word: usize::MAX };
        self.words.clear();
        self.places.clear();
        self.places.extend([outside; MARGIN]);
        let mut words = words.iter().peekable();
        let mut written = String::new();
        let mut rest = chars;
        while let Some(&first) = rest.first() {
            let run = |fits: fn(char) -> bool| rest.iter().take_while(|&&c| fits(c)).count();
            let here = words.next_if(|word| word.first + MARGIN == self.places.len());
            let len = match (here, first) {
                (Some(word), _) => word.len,
                (None, 'a'..='z' | 'A'..='Z') => run(|c| c.is_ascii_alphabetic()),
                (None, c) if is_of_number(c) => run(is_of_number),
                (None, _) => 1,
            };
            let (word, behind) = rest.split_at_checked(len.max(1)).unwrap_or((rest, &[]));
            written.clear();
            written.extend(word);
            match here {
                Some(here) => self.push(word, &written, here.part_of_speech.as_str()),
                None => self.push(word, &written, Use::of(first, false).tag()),
            }
            rest = behind;
        }
        self.places.extend([outside; MARGIN]);
        for word in 0..self.words.len() {
            let sum = self.word_sum(word);
            let classes = [-1, 0, 1].map(|by| self.class(word, by));
            if let Some(word) = self.words.get_mut(word) {
                (word.sum, word.classes) = (sum, classes);
            }
        }
    }

    /// Adds a word: its characters, the same as they are `written`, and what the dictionary says that it is.
    fn push(&mut self, word: &[char], written: &str, part_of_speech: &str) {
        let tag = MODEL.tag(part_of_speech);
        let number = self.words.len();
        for (at, &c) in word.iter().enumerate() {
            let part = match (at, word.len()) {
                (_, 1) => Part::Single,
                (0, _) => Part::Begin,
                (at, len) if at + 1 == len => Part::End,
                _ => Part::Middle,
            };
            let known = MODEL.number(c);
            let uses = MODEL.uses(known);
            let used = Use::of(c, uses & FOREIGN != 0);
            self.places.push(Place { number: known, uses, used, part, placed: MODEL.place(part, tag), word: number });
        }
        let known = MODEL.word(written);
        let may_be_name = part_of_speech.starts_with("nr") || matches!(part_of_speech, "nz" | "nt" | "x");
        self.words.push(Word { tag, may_be_name, known, sum: NOTHING, classes: [Class::None; 3] });
    }

    /// The dictionary word that the characters from `start` to `last` are, if they are one: 许可证, 平昌.
    fn one_word(&self, start: usize, last: usize) -> Option<&Word> {
        let (first, last) = (self.places_from(start).first()?, self.places_from(last).first()?);
        let whole = first.word == last.word && first.part == Part::Begin && last.part == Part::End;
        self.words.get(first.word).filter(|_| whole)
    }

    /// Where a name with a dot that ends at `end` goes on: over single characters that write foreign names, 多罗任斯 | 卡.
    fn foreign_end(&self, start: usize, end: usize) -> usize {
        let has_dot = self.places_from(start).iter().take(end - start).any(|place| place.used == Use::Dot);
        let goes_on = |place: &&Place| place.used == Use::Foreign && place.part == Part::Single;
        if has_dot { end + self.places_from(end).iter().take_while(goes_on).count() } else { end }
    }

    /// The characters from `start` on.
    fn places_from(&self, start: usize) -> &[Place] {
        self.places.get(start + MARGIN..self.places.len() - MARGIN).unwrap_or_default()
    }

    fn word(&self, word: usize, by: isize) -> Option<&Word> {
        self.words.get(word.checked_add_signed(by)?)
    }

    /// The class of a word near `word`.
    fn class(&self, word: usize, by: isize) -> Class {
        self.word(word, by).map_or(Class::Outside, |word| word.known.class)
    }

    /// The sum of the weights of what is the same for all characters of a word.
    fn word_sum(&self, word: usize) -> Row {
        let around = [-1, 0, 1].map(|by| self.word(word, by));
        let [before, here, behind] = around.map(|word| word.map_or_else(|| MODEL.word("#"), |word| word.known));
        let tags = around.map(|word| word.map_or_else(|| MODEL.tag("#"), |word| word.tag));
        sum_of([&here.here, &before.before, &behind.behind, MODEL.tag_triple(tags)])
    }

    /// The weights for each character summed up.
    fn sums(&self) -> impl Iterator<Item = Row> {
        let mut pair = match self.places.as_slice() {
            [_, outside, first, ..] => MODEL.pair(outside.number, first.number),
            _ => &[NOTHING; 2],
        };
        let mut run = Run::default();
        self.places.windows(2 * MARGIN + 1).enumerate().map(move |(at, around)| {
            let [two_before, before, here, behind, two_behind] = around else { return NOTHING };
            let [here_says, before_says, behind_says] = [here, before, behind].map(|place| MODEL.char(place.number));
            // What two neighbours say of each other is looked up once for both.
            let next = MODEL.pair(here.number, behind.number);
            let [_, as_second] = std::mem::replace(&mut pair, next);
            let [as_first, _] = next;
            if here.used.in_foreign_names() && at >= run.end {
                run = self.foreign_run(at);
            }
            let is = |place: &Place, bit: u8| place.uses & bit != 0;
            let flags = [is(here, SURNAME), is(before, SURNAME), is(two_before, SURNAME), is(here, TAIL), is(behind, TAIL)];
            let listed = |at: usize| self.listed.get(at).copied().unwrap_or_default();
            let (word_sum, classes) = self.word(here.word, 0).map_or((&NOTHING, [Class::Outside; 3]), |word| (&word.sum, word.classes));
            let [placed, two_placed] = MODEL.placed(before.placed, here.placed);
            sum_of([
                word_sum,
                &here_says.here,
                &before_says.before,
                &behind_says.behind,
                as_first,
                as_second,
                if here.used.in_foreign_names() { MODEL.run(run, at) } else { &NOTHING },
                MODEL.used([two_before, before, here, behind, two_behind].map(|place| place.used)),
                MODEL.flags(flags, here.part, behind.part),
                MODEL.listed(listed(at), listed(at + 1)),
                MODEL.classes(classes, here.part),
                if is(here, SURNAME) { MODEL.surname(here.part, behind.placed, two_behind.part) } else { &NOTHING },
                placed,
                two_placed,
            ])
        })
    }

    /// The run of characters that write foreign names which begins at `start`.
    fn foreign_run(&self, start: usize) -> Run {
        let places = self.places_from(start).iter().take_while(|place| place.used.in_foreign_names());
        places.fold(Run { start, end: start, dotted: false }, |run, place| Run {
            start,
            end: run.end + 1,
            dotted: run.dotted || place.used == Use::Dot,
        })
    }
}

/// Whether a character may stand in a number.
const fn is_of_number(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９' | '.' | '%')
}
