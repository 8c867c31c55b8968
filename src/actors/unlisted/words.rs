//! The word lists: what words beside a name, and in it, tell of who is named.

use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};

use crate::text::Words;
use crate::text::fold::folded;

/// What a word is known as. One word may be several things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(in crate::actors) enum Sense {
    /// Goes before a person's name and is no part of it: Mr, President.
    Title,
    /// Goes before a person's name and nothing else: Mr.
    Honorific,
    /// A calling or kinship that stands before a name: analyst, brother.
    Role,
    /// What is done with words: said, told.
    Said,
    /// What people alone do: married, retired.
    Acts,
    /// The head of an organisation's name: Ministry, Bank.
    Head,
    /// A head that may go on with "of" or "for".
    GoesOn,
    /// The tail of a company's name: Inc.
    Company,
    /// A head that governments own: Parliament.
    Organ,
    /// The tail of a place's name: River.
    Place,
    /// The tail of the name of what happens or is made: War, Cup.
    Thing,
    /// A month or a day.
    Calendar,
    /// A small word inside people's names: van, bin.
    Particle,
    /// A small word inside the names of organisations: of, for.
    Link,
    /// Stands before a place: in, near.
    At,
    /// What an organisation is, in small letters before its name or behind: company, newspaper.
    Sort,
    /// What one is, or does, to an organisation: member, joined.
    Membership,
    /// Begins sentences, and no name.
    Opener,
    /// Begins sentences in other languages than English, and names too: Le.
    ForeignOpener,
    /// A people of no one state, a faith or persuasion: Kurdish, Maoist.
    Creed,
    /// A given name.
    Given,
    /// A family name.
    Family,
    /// A family name that stands first, in East Asia.
    FamilyFirst,
    /// Stands in small letters in running English.
    Common,
    /// A degree, a seat or an honour in letters behind a person's name: M.D., MP, OBE.
    Degree,
}

/// The senses of a word, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(in crate::actors) struct Senses(u32);

impl Senses {
    /// Those of an office.
    pub(in crate::actors) const ROLE: Self = Self(0).with(Sense::Role);

    pub(in crate::actors) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(in crate::actors) const fn has(self, sense: Sense) -> bool {
        self.0 & (1 << sense as u8) != 0
    }

    pub(super) const fn with(self, sense: Sense) -> Self {
        Self(self.0 | (1 << sense as u8))
    }

    /// Whether sentences of some language begin with the word.
    pub(in crate::actors) const fn begins_sentences(self) -> bool {
        self.has(Sense::Opener) || self.has(Sense::ForeignOpener)
    }
}

/// Every word that has senses, in its folded form, with them.
pub(in crate::actors) fn sensed() -> impl Iterator<Item = (&'static str, Senses)> {
    LISTS.words.iter().map(|(word, senses)| (&**word, *senses))
}

/// Whether words in their folded forms, a space between, are the name of a city or region.
pub(in crate::actors) fn is_place(folded: &str) -> bool {
    LISTS.places.contains(folded)
}

struct Lists {
    words: HashMap<Box<str>, Senses>,
    places: HashSet<Box<str>>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut words: HashMap<Box<str>, Senses> = HashMap::default();
    let mut add = |word: &str, sense| {
        let senses = words.entry(word.into()).or_default();
        *senses = senses.with(sense);
    };
    let mut section = None;
    for line in lines(include_str!("words/marks.txt")) {
        if let Some(name) = line.strip_prefix('[') {
            section = section_sense(name.trim_end_matches(']'));
            continue;
        }
        let Some(sense) = section else { continue };
        for word in line.split_whitespace() {
            let bare = folded(word.trim_end_matches('+'));
            if word.ends_with('+') {
                add(&bare, Sense::GoesOn);
            }
            add(&bare, sense);
            // What many are is nobody's name.
            if sense == Sense::Role {
                add(&format!("{bare}s"), Sense::Common);
            }
        }
    }
    for (list, sense) in [
        (include_str!("words/given.txt"), Sense::Given),
        (include_str!("words/given-more.txt"), Sense::Given),
        (include_str!("words/family.txt"), Sense::Family),
        (include_str!("words/common.txt"), Sense::Common),
    ] {
        for word in lines(list).flat_map(str::split_whitespace) {
            add(word, sense);
        }
    }
    for word in lines(include_str!("words/family-first.txt")).flat_map(str::split_whitespace) {
        add(word, Sense::FamilyFirst);
    }
    let places = lines(include_str!("words/places.txt")).flat_map(str::split_whitespace).map(|place| place.replace('_', " ").into());
    Lists { places: places.collect(), words }
});

fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().filter(|line| !line.starts_with('#'))
}

fn section_sense(name: &str) -> Option<Sense> {
    Some(match name {
        "honorific" => Sense::Honorific,
        "title" => Sense::Title,
        "role" => Sense::Role,
        "said" => Sense::Said,
        "acts" => Sense::Acts,
        "head" => Sense::Head,
        "company" => Sense::Company,
        "organ" => Sense::Organ,
        "place" => Sense::Place,
        "thing" => Sense::Thing,
        "calendar" => Sense::Calendar,
        "particle" => Sense::Particle,
        "link" => Sense::Link,
        "at" => Sense::At,
        "sort" => Sense::Sort,
        "membership" => Sense::Membership,
        "opener" => Sense::Opener,
        "foreign-opener" => Sense::ForeignOpener,
        "creed" => Sense::Creed,
        "degree" => Sense::Degree,
        "common" => Sense::Common,
        _ => return None,
    })
}

/// Whether a word of one piece ends with an office or a calling, as German and its neighbours form them: Bundesinnenminister, statsminister.
pub(in crate::actors) fn ends_with_role(folded: &str) -> bool {
    const ENDINGS: [&str; 30] = [
        "minister",
        "prasident",
        "president",
        "kanzler",
        "sekretar",
        "chef",
        "sprecher",
        "politiker",
        "direktor",
        "kommissar",
        "botschafter",
        "burgermeister",
        "forscher",
        "wissenschaftler",
        "historiker",
        "okonom",
        "anwalt",
        "unternehmer",
        "berater",
        "korrespondent",
        "experte",
        "expertin",
        "vorsitzende",
        "beauftragte",
        "abgeordnete",
        "kandidat",
        "inspekteur",
        "aktivist",
        "analyst",
        "anwaltin",
    ];
    let bare = ["innen", "in", "en", "er", "n", "s", "r"].iter().find_map(|case| folded.strip_suffix(case));
    let longer = |word: &str| ENDINGS.iter().any(|ending| word.strip_suffix(ending).is_some_and(|front| front.len() > 2));
    folded.len() > 6 && (longer(folded) || bare.is_some_and(longer))
}

/// Whether a family name is formed as many are: -ov, -enko, -sson.
pub(super) fn has_family_ending(folded: &str) -> bool {
    const ENDINGS: [&str; 36] = [
        "ov", "ova", "ev", "eva", "sky", "skiy", "skyy", "ski", "ska", "enko", "chuk", "vich", "vic", "wicz", "shvili", "dze", "yan",
        "ian", "sson", "oglu", "escu", "opoulos", "akis", "idis", "ez", "elli", "etti", "inho", "eira", "berg", "stein", "man", "ullah",
        "zadeh", "pour", "singh",
    ];
    folded.len() > 4 && ENDINGS.iter().any(|ending| folded.ends_with(ending))
}

/// The first letters of the words of a name, small.
pub(super) fn initials(name: &str) -> String {
    Words::of(name).filter_map(|word| word.span.of(name).chars().next()).flat_map(char::to_lowercase).collect()
}
