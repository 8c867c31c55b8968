//! The small alphabets in which the features of the model of Chinese names are written, each letter with a number for its tables.

use crate::actors::Kind;
use crate::text::script::{Shape, is_letter, shape};

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
    pub(super) const ALL: [Self; 6] = [Self::None, Self::Title, Self::Verb, Self::Joint, Self::Head, Self::Outside];

    /// As features and word lists write it.
    pub(super) const fn char(self) -> char {
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Begin,
    Middle,
    End,
    Single,
    /// There is no character.
    Outside,
}

impl Part {
    pub(super) const ALL: [Self; 5] = [Self::Begin, Self::Middle, Self::End, Self::Single, Self::Outside];

    /// The part that a feature writes as `c`.
    pub(super) fn parse(c: char) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.char() == c)
    }

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

/// How a character is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Han that writes foreign names.
    Foreign,
    /// Other Han.
    Han,
    /// A dot between the parts of a foreign name.
    Dot,
    Digit,
    Letter,
    Space,
    Sign,
    /// There is no character.
    Outside,
}

impl Use {
    pub(super) const ALL: [Self; 8] =
        [Self::Foreign, Self::Han, Self::Dot, Self::Digit, Self::Letter, Self::Space, Self::Sign, Self::Outside];

    /// How `c` is used, which writes foreign names or not.
    pub(super) fn of(c: char, foreign: bool) -> Self {
        match c {
            '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' if foreign => Self::Foreign,
            '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' => Self::Han,
            '·' | '•' | '‧' | '・' | '．' => Self::Dot,
            c if shape(c) == Shape::Gap => {
                if c.is_whitespace() {
                    Self::Space
                } else {
                    Self::Sign
                }
            }
            c if c.is_numeric() => Self::Digit,
            c if is_letter(c) => Self::Letter,
            c if c.is_whitespace() => Self::Space,
            _ => Self::Sign,
        }
    }

    /// The use that a feature writes as `c`.
    pub(super) fn parse(c: char) -> Option<Self> {
        Self::ALL.into_iter().find(|used| used.char() == c)
    }

    const fn char(self) -> char {
        match self {
            Self::Foreign => 't',
            Self::Han => 'f',
            Self::Dot => 'M',
            Self::Digit => 'D',
            Self::Letter => 'L',
            Self::Space => 'S',
            Self::Sign => 'P',
            Self::Outside => '#',
        }
    }

    /// The tag of a word of such characters that no dictionary has.
    pub(super) const fn tag(self) -> &'static str {
        match self {
            Self::Foreign | Self::Han => "H",
            Self::Dot => "M",
            Self::Digit => "D",
            Self::Letter => "L",
            Self::Space => "S",
            Self::Sign => "P",
            Self::Outside => "#",
        }
    }

    /// Whether it may stand within a foreign name.
    pub(super) const fn in_foreign_names(self) -> bool {
        matches!(self, Self::Foreign | Self::Dot)
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
    pub(super) fn all() -> impl Iterator<Item = Self> {
        [Self::Nothing].into_iter().chain(Kind::ALL.map(Self::Begins)).chain(Kind::ALL.map(Self::GoesOn))
    }

    pub(super) const fn number(self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Begins(kind) => 1 + kind as usize,
            Self::GoesOn(kind) => 1 + Kind::ALL.len() + kind as usize,
        }
    }

    /// As features write it.
    pub(super) const fn written(self) -> &'static str {
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

/// The run of characters that write foreign names in which a character stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Run {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether there is a dot in it.
    pub(super) dotted: bool,
}

impl Run {
    /// How many numbers there are.
    pub(super) const NUMBERS: usize = 7 * 4 * 4 * 2;

    /// The number of a place in the run: by its length (up to 6), the characters before and behind (up to 3), and whether there is a dot.
    pub(super) fn number(self, at: usize) -> usize {
        let (length, before, behind) = (self.end - self.start, at - self.start, self.end - 1 - at);
        Self::numbered(length.min(6), before.min(3), behind.min(3), self.dotted)
    }

    /// The number that a feature writes as three digits and `M` or `-`.
    pub(super) fn parse(written: &str) -> Option<usize> {
        let digit = |at: usize| Some(usize::from(written.as_bytes().get(at)?.checked_sub(b'0')?));
        let (length, before, behind) = (digit(0)?, digit(1)?, digit(2)?);
        (length < 7 && before < 4 && behind < 4).then(|| Self::numbered(length, before, behind, written.ends_with('M')))
    }

    fn numbered(length: usize, before: usize, behind: usize, dotted: bool) -> usize {
        ((length * 4 + before) * 4 + behind) * 2 + usize::from(dotted)
    }
}
