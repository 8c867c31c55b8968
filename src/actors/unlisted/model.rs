//! The weights of the model that labels Chinese names, in the form in which they are read most quickly.
//!
//! What most characters ask for is laid ready at the start: the weights of a character for itself and its neighbours stand together, and
//! those of the features that take few values (classes of words, what the roster has found, how characters are used) are summed up in tables.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::actors::Kind;

/// How many labels there are: nothing, then for each of person, organisation and place its first, inner, last and only character.
pub(super) const LABELS: usize = 13;
/// Rows are padded to a length that processors like.
const LANES: usize = 16;

/// Weights of each label.
pub(super) type Row = [i16; LANES];
/// Sums of them.
pub(super) type Sums = [i32; LANES];

pub(super) static MODEL: LazyLock<Model> = LazyLock::new(Model::load);

pub(super) struct Model {
    /// The row of each feature that is not laid ready, by the hash of its name.
    features: FxHashMap<u64, Row>,
    chars: FxHashMap<char, Char>,
    /// What two neighbours say of the first and of the second.
    pairs: FxHashMap<(char, char), [Row; 2]>,
    /// By the classes of three words and the place in the middle one: see [`Model::add_classes`].
    classes: Vec<Row>,
    /// By what the roster has found at a character and the next.
    listed: Vec<Row>,
    /// By flags and the places of two characters in their words: see [`Model::add_flags`].
    flags: Vec<Row>,
    /// The steps from each label, and at last from the beginning, to each: see [`Model::step`].
    steps: [Sums; LABELS + 1],
    words: FxHashMap<&'static str, Class>,
}

/// What is known of a character.
#[derive(Clone, Copy, Default)]
pub(super) struct Char {
    /// What it is used for, as bits.
    pub(super) uses: u8,
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

/// A hash that is taken character by character, the template's letter last: so the hash of a word serves several templates.
#[derive(Clone, Copy, Default)]
pub(super) struct Key(u64);

impl Key {
    pub(super) fn char(self, c: char) -> Self {
        Self((self.0.rotate_left(5) ^ u64::from(c)).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    pub(super) fn text(self, text: &str) -> Self {
        text.chars().fold(self, Self::char)
    }

    /// The hash of a template's feature that is written so.
    fn of(self, template: u8) -> u64 {
        let key = self.char(char::from(template));
        key.0 ^ (key.0 >> 29)
    }
}

/// What a word tells of a name beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Class {
    /// Nothing.
    #[default]
    None,
    /// It is a title or calling.
    Title,
    /// It is what people do.
    Verb,
    /// It stands before people.
    Joint,
    /// It is the head of an organisation's name.
    Head,
    /// There is no word.
    Outside,
}

impl Class {
    const ALL: [Self; 6] = [Self::None, Self::Title, Self::Verb, Self::Joint, Self::Head, Self::Outside];

    /// As features and word lists write it.
    const fn char(self) -> char {
        match self {
            Self::None => '-',
            Self::Title => 'T',
            Self::Verb => 'V',
            Self::Joint => 'J',
            Self::Head => 'O',
            Self::Outside => '#',
        }
    }
}

/// Where in its word a character stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Begin,
    Middle,
    End,
    Single,
    /// There is no character.
    Outside,
}

impl Part {
    const ALL: [Self; 5] = [Self::Begin, Self::Middle, Self::End, Self::Single, Self::Outside];

    /// As features write it.
    pub(super) const fn char(self) -> char {
        match self {
            Self::Begin => 'B',
            Self::Middle => 'M',
            Self::End => 'E',
            Self::Single => 'S',
            Self::Outside => '#',
        }
    }
}

/// What the roster has found at a character: nothing, or where an actor's name begins or goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Listed {
    #[default]
    Nothing,
    Begins(Kind),
    GoesOn(Kind),
}

impl Listed {
    /// All, in the order of their numbers.
    fn all() -> impl Iterator<Item = Self> {
        [Self::Nothing].into_iter().chain(Kind::ALL.map(Self::Begins)).chain(Kind::ALL.map(Self::GoesOn))
    }

    const fn number(self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Begins(kind) => 1 + kind as usize,
            Self::GoesOn(kind) => 1 + Kind::ALL.len() + kind as usize,
        }
    }

    /// As features write it.
    const fn written(self) -> &'static str {
        match self {
            Self::Nothing => "-",
            Self::Begins(Kind::Person) => "Bp",
            Self::Begins(Kind::State) => "Bs",
            Self::Begins(Kind::Org) => "Bo",
            Self::GoesOn(Kind::Person) => "Ip",
            Self::GoesOn(Kind::State) => "Is",
            Self::GoesOn(Kind::Org) => "Io",
        }
    }
}

/// A step that no sequence of labels may take. Twice that is still a number.
const FORBIDDEN: i32 = -(1 << 29);

impl Model {
    fn load() -> Self {
        let mut model = Self {
            features: FxHashMap::default(),
            chars: FxHashMap::default(),
            pairs: FxHashMap::default(),
            classes: Vec::new(),
            listed: Vec::new(),
            flags: Vec::new(),
            steps: [[FORBIDDEN; LANES]; LABELS + 1],
            words: FxHashMap::default(),
        };
        for line in include_str!("words/han.txt").lines().filter(|line| !line.starts_with('#')) {
            let Some((name, rest)) = line.split_once(' ') else { continue };
            match name {
                "surnames" => model.used(rest, SURNAME),
                "foreign" => model.used(rest, FOREIGN),
                "tails" => model.used(rest, TAIL),
                class => {
                    let class = Class::ALL.into_iter().find(|known| class.starts_with(known.char())).unwrap_or_default();
                    model.words.extend(rest.split(' ').map(|word| (word, class)));
                }
            }
        }
        for line in include_str!("han.tsv").lines().filter(|line| !line.starts_with("# ")) {
            let Some((name, weights)) = line.split_once('\t') else { continue };
            match name.strip_prefix("transition ").and_then(|from| from.parse::<usize>().ok()) {
                Some(from) => model.steps_from(from, &row(weights)),
                None => model.feature(name, row(weights)),
            }
        }
        model.lay_ready();
        model
    }

    fn used(&mut self, chars: &str, bit: u8) {
        for c in chars.chars() {
            self.chars.entry(c).or_default().uses |= bit;
        }
    }

    fn feature(&mut self, name: &str, row: Row) {
        let mut chars = name.chars();
        match (chars.next(), chars.next(), chars.next()) {
            (Some('0'), Some(c), None) => self.chars.entry(c).or_default().here = row,
            (Some('1'), Some(c), None) => self.chars.entry(c).or_default().before = row,
            (Some('2'), Some(c), None) => self.chars.entry(c).or_default().behind = row,
            (Some(template @ ('5' | '6')), Some(first), Some(second)) => {
                let [for_first, for_second] = self.pairs.entry((first, second)).or_default();
                *(if template == '6' { for_first } else { for_second }) = row;
            }
            (Some(template), Some(_), _) => {
                let written = name.get(template.len_utf8()..).unwrap_or_default();
                self.features.insert(Key::default().text(written).of(u8::try_from(template).unwrap_or_default()), row);
            }
            _ => {}
        }
    }

    /// Steps are kept sixteen times as large as they are, so that a sum of them has room for the label that it comes from.
    fn steps_from(&mut self, from: usize, row: &Row) {
        if let Some(steps) = self.steps.get_mut(from) {
            for (label, (step, weight)) in steps.iter_mut().zip(row).enumerate() {
                if label < LABELS && may_follow(from, label) {
                    *step = i32::from(*weight) * 16;
                }
            }
        }
    }

    fn lay_ready(&mut self) {
        let none = Key::default();
        for before in Class::ALL {
            for here in Class::ALL {
                for behind in Class::ALL {
                    for part in Part::ALL {
                        let [before, here, behind, part] = [before.char(), here.char(), behind.char(), part.char()];
                        let around = none.char(before).char(behind).char(part).of(b'o');
                        let each = [(before, b'p'), (behind, b'q'), (here, b'r')];
                        let each = each.map(|(class, template)| none.char(class).char(part).of(template));
                        self.classes.push(self.sum([around].into_iter().chain(each)));
                    }
                }
            }
        }
        for here in Listed::all() {
            for next in Listed::all() {
                let here = none.text(here.written());
                self.listed.push(self.sum([here.of(b'j'), here.char(',').text(next.written()).of(b'k')].into_iter()));
            }
        }
        let flag = |bits: usize, at: usize| if bits >> at & 1 == 0 { '0' } else { '1' };
        for bits in 0..1 << FLAGS {
            for here in Part::ALL {
                for behind in Part::ALL {
                    let (here, behind) = (here.char(), behind.char());
                    let surnames = none.char(flag(bits, 0)).char(flag(bits, 1)).char(flag(bits, 2)).char(here).char(behind).of(b'f');
                    let tails = none.char(flag(bits, 3)).char(flag(bits, 4)).char(here).of(b'g');
                    self.flags.push(self.sum([surnames, tails].into_iter()));
                }
            }
        }
    }

    fn sum(&self, keys: impl Iterator<Item = u64>) -> Row {
        let mut sum = Row::default();
        for row in keys.filter_map(|key| self.features.get(&key)) {
            sum.iter_mut().zip(row).for_each(|(sum, weight)| *sum += weight);
        }
        sum
    }

    /// What a word tells of a name beside it.
    pub(super) fn class(&self, word: &str) -> Class {
        self.words.get(word).copied().unwrap_or_default()
    }

    /// What is known of a character.
    pub(super) fn char(&self, c: char) -> Option<&Char> {
        self.chars.get(&c)
    }

    /// What two neighbours say of each other: of the first, and of the second.
    pub(super) fn pair(&self, first: char, second: char) -> Option<&[Row; 2]> {
        self.pairs.get(&(first, second))
    }

    /// Adds the weights of a feature.
    pub(super) fn add_feature(&self, key: Key, template: u8, sums: &mut Sums) {
        if let Some(row) = self.features.get(&key.of(template)) {
            add(sums, row);
        }
    }

    /// Adds what the classes of a word and of the words beside it say, for a character at `part` of it.
    pub(super) fn add_classes(&self, [before, here, behind]: [Class; 3], part: Part, sums: &mut Sums) {
        let [classes, parts] = [Class::ALL.len(), Part::ALL.len()];
        let at = ((before as usize * classes + here as usize) * classes + behind as usize) * parts + part as usize;
        self.classes.get(at).into_iter().for_each(|row| add(sums, row));
    }

    /// Adds what the roster has found at a character and the next.
    pub(super) fn add_listed(&self, here: Listed, next: Listed, sums: &mut Sums) {
        self.listed.get(here.number() * Listed::all().count() + next.number()).into_iter().for_each(|row| add(sums, row));
    }

    /// Adds what flags say: whether a character, the one before and the one before that are surnames, and whether it and the next are tails of
    /// names; for a character at `here` of its word, before one at `behind`.
    pub(super) fn add_flags(&self, flags: [bool; FLAGS], here: Part, behind: Part, sums: &mut Sums) {
        let bits = flags.iter().rev().fold(0, |bits, &flag| bits << 1 | usize::from(flag));
        let at = (bits * Part::ALL.len() + here as usize) * Part::ALL.len() + behind as usize;
        self.flags.get(at).into_iter().for_each(|row| add(sums, row));
    }

    /// The best sums with which each label is reached from `before`, the sums at the character before, or from the beginning; and from
    /// which label.
    pub(super) fn step(&self, before: Option<&Sums>) -> (Sums, [u8; LANES]) {
        let mut best = [i32::MIN; LANES];
        for (source, steps) in self.steps.iter().enumerate() {
            let so_far = match before {
                Some(before) if source < LABELS => before.get(source).copied().unwrap_or_default(),
                None if source == LABELS => 0,
                _ => continue,
            };
            // Of equal sums the last label counts.
            let numbered = so_far * 16 + i32::try_from(source).unwrap_or_default();
            for (best, step) in best.iter_mut().zip(steps) {
                *best = (*best).max(numbered + step);
            }
        }
        let from = best.map(|best| u8::try_from(best & 15).unwrap_or_default());
        (best.map(|best| best >> 4), from)
    }
}

/// How many flags [`Model::add_flags`] knows.
const FLAGS: usize = 5;

/// Adds the weights of `row`.
pub(super) fn add(sums: &mut Sums, row: &Row) {
    for (sum, weight) in sums.iter_mut().zip(row) {
        *sum += i32::from(*weight);
    }
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

/// Whether a name is complete, or there is none, at this label.
pub(super) const fn ends(label: usize) -> bool {
    label == 0 || label == LABELS || matches!((label - 1) % 4, 2 | 3)
}

/// Whether one label may come behind another: names begin behind complete ones, and go on as they began.
const fn may_follow(before: usize, label: usize) -> bool {
    let begins = label == 0 || matches!((label - 1) % 4, 0 | 3);
    if ends(before) { begins } else { !begins && (before - 1) / 4 == (label - 1) / 4 }
}
