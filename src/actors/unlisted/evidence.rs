//! What speaks for and against a name: its form, and the words around the places where it stands.

use std::iter;
use std::ops::Range;

use super::bodies::acronym_behind;
use super::chunks::Chunk;
use super::frames::{holds_office, tells_of_person};
use super::view::{Gap, View};
use super::words::{Sense, has_family_ending, is_place};

macro_rules! evidence {
    ($($name:ident $word:literal $what:literal,)*) => {
        /// A thing that speaks for or against a name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(super) enum Evidence {
            $(#[doc = $what] $name,)*
        }

        impl Evidence {
            /// All.
            pub(super) const ALL: &[Self] = &[$(Self::$name,)*];

            /// Its word in tables.
            pub(super) const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }
        }
    };
}

evidence! {
    Always "always" "Speaks in any case.",
    Words1 "words-1" "One word.",
    Words2 "words-2" "Two words.",
    Words3 "words-3" "Three words.",
    Words4 "words-4" "Four words and more.",
    GivenFirst "given-first" "A given name stands first.",
    GivenAlone "given-alone" "A given name stands alone.",
    GivenInside "given-inside" "A given name stands behind the first word.",
    FamilyLast "family-last" "A family name stands last.",
    FamilyFirst "family-first" "A family name that stands first in East Asia does so.",
    FamilyEnding "family-ending" "The last word ends as family names do.",
    Initial "initial" "An initial stands inside.",
    Particle "particle" "A particle stands inside: van, bin.",
    Generation "generation" "Jr., Sr. or a Roman number stands last.",
    Hyphen "hyphen" "A hyphen stands inside.",
    HeadLast "head-last" "The head of an organisation's name stands last.",
    HeadFirst "head-first" "Such a head stands first and goes on: Ministry of.",
    HeadInside "head-inside" "Such a head stands inside.",
    Link "link" "\"of\" or \"for\" stands inside.",
    And "and" "\"and\" or \"&\" stands inside.",
    Company "company" "A company's tail stands last.",
    PlaceLast "place-last" "A place's tail stands last.",
    PlaceFirst "place-first" "A place's tail stands first: Mount, Lake.",
    ThingLast "thing-last" "The tail of something else stands last: War, Cup.",
    ThingInside "thing-inside" "Such a tail stands inside.",
    KnownPlace "known-place" "The whole is a city or region.",
    PlaceInside "place-inside" "A city or region stands first in it.",
    StateInside "state-inside" "A state or its demonym stands inside.",
    StateFirst "state-first" "A state or its demonym stands first.",
    Acronym "acronym" "All capitals.",
    AcronymInside "acronym-inside" "A word in capitals stands inside.",
    MixedCase "mixed-case" "A capital stands inside a word: `YouTube`.",
    Digit "digit" "A digit stands inside.",
    CommonFirst "common-first" "The first word is a word of the language.",
    CommonLast "common-last" "The last word is a word of the language.",
    CommonAll "common-all" "All words are words of the language.",
    CommonNone "common-none" "None is.",
    NameNone "name-none" "No word is a known name of a person.",
    HonorificBefore "honorific" "An honorific stands before it: Mr.",
    TitleBefore "title" "A title stands before it.",
    RoleBefore "role" "A calling stands before it: activist X.",
    RoleComma "role-comma" "A calling and a comma stand before it: its president, X.",
    Apposition "apposition" "A comma and a calling stand behind it: X, a senior fellow.",
    Age "age" "A comma and an age stand behind it.",
    SaidBehind "said-behind" "A verb of speech stands behind it.",
    SaidBefore "said-before" "A verb of speech stands before it.",
    Who "who" "\"who\" stands behind it.",
    ActsBehind "acts-behind" "What people alone do stands behind it.",
    Owner "owner" "A possessive ending stands behind it.",
    TheBefore "the" "\"the\" stands before it.",
    ABefore "a" "\"a\" stands before it.",
    AtBefore "at" "A preposition of place stands before it.",
    OfBefore "of" "\"of\" stands before it.",
    ByBefore "by" "\"by\" or \"with\" stands before it.",
    AccordingTo "according-to" "\"according to\" or \"told\" stands before it.",
    MemberBefore "member-before" "What one is to an organisation stands before it: member of X.",
    MemberBehind "member-behind" "What one is to an organisation stands behind it: X spokesman.",
    NounBehind "noun-behind" "A word of the language that is no verb stands behind it, as if it told what kind.",
    Acronymed "acronymed" "An acronym made of it stands behind it in brackets.",
    Bracketed "bracketed" "It stands alone in brackets.",
    BracketBehind "bracket-behind" "A bracket stands behind it.",
    CommaPlace "comma-place" "A comma and a state or place stand behind it.",
    InList "in-list" "It stands between commas or beside \"and\" among other names.",
    Opens "opens" "It stands only where sentences begin.",
    Repeated "repeated" "It stands in several places.",
    Shortened "shortened" "Its last word stands alone elsewhere.",
    ShortTitled "short-titled" "Its last word stands elsewhere behind Mr or another title.",
    FirstAlone "first-alone" "Its first word stands alone elsewhere.",
    PartOfLonger "part-of-longer" "It stands inside a longer name of the piece.",
    CreedAll "creed-all" "All words are of peoples, faiths or persuasions.",
    Foreign "foreign" "The piece is not in English.",
    SortBefore "sort" "What organisations are stands before it: the newspaper X.",
    SortBehind "sort-behind" "A comma and what organisations are stand behind it: X, a law firm.",
    OfficeBehind "office-behind" "An office of organisations and who holds it stand behind it: X CEO Jenny Example.",
}

/// A set of evidence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Set(u128);

/// What the names of organisations, places and things are made of, and those of people are not.
pub(super) const OF_THINGS: Set = Set::of(&[
    Evidence::HeadLast,
    Evidence::HeadFirst,
    Evidence::HeadInside,
    Evidence::Company,
    Evidence::PlaceLast,
    Evidence::PlaceFirst,
    Evidence::ThingLast,
    Evidence::ThingInside,
    Evidence::KnownPlace,
    Evidence::PlaceInside,
    Evidence::StateInside,
    Evidence::AcronymInside,
    Evidence::Link,
    Evidence::And,
    Evidence::Digit,
    Evidence::CreedAll,
]);

impl Set {
    /// The set of some evidence.
    pub(super) const fn of(mut members: &[Evidence]) -> Self {
        let mut set = Self(0);
        while let [first, rest @ ..] = members {
            set.add(*first);
            members = rest;
        }
        set
    }

    /// Whether both sets have something.
    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) const fn add(&mut self, evidence: Evidence) {
        self.0 |= 1 << evidence as u8;
    }

    pub(super) fn add_if(&mut self, holds: bool, evidence: Evidence) {
        if holds {
            self.add(evidence);
        }
    }

    pub(super) const fn has(self, evidence: Evidence) -> bool {
        self.0 & (1 << evidence as u8) != 0
    }

    pub(super) const fn join(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub(super) const fn remove(&mut self, evidence: Evidence) {
        self.0 &= !(1 << evidence as u8);
    }

    /// Its members, in order.
    pub(super) fn members(self) -> impl Iterator<Item = Evidence> {
        let some = |left: u128| (left != 0).then_some(left);
        let lefts = iter::successors(some(self.0), move |left| some(left & (left - 1)));
        lefts.filter_map(|left| Evidence::ALL.get(left.trailing_zeros() as usize).copied())
    }
}

/// What the form of the name in `words` says, whose folded words are `key`.
pub(super) fn of_form(view: &View<'_>, words: &Range<usize>, key: &str) -> Set {
    use Evidence as E;
    let mut set = Set::default();
    set.add(E::Always);
    let (first, last) = (words.start, words.end - 1);
    let capitals: Vec<usize> = words.clone().filter(|&at| view.is_name_word(at)).collect();
    set.add(match capitals.len() {
        0 | 1 => E::Words1,
        2 => E::Words2,
        3 => E::Words3,
        _ => E::Words4,
    });
    let single = capitals.len() < 2;
    let has = |at: usize, sense| view.senses(at).has(sense);
    set.add_if(has(first, Sense::Given), if single { E::GivenAlone } else { E::GivenFirst });
    set.add_if(capitals.iter().skip(1).any(|&at| has(at, Sense::Given)), E::GivenInside);
    set.add_if(has(last, Sense::Family) || has(last, Sense::Given) && !single, E::FamilyLast);
    set.add_if(!single && has(first, Sense::FamilyFirst), E::FamilyFirst);
    set.add_if(has_family_ending(view.folded(last)) && !has(last, Sense::Common), E::FamilyEnding);
    set.add_if(capitals.iter().any(|&at| at > first && view.word(at).chars().count() == 1 || view.are_initials(at)), E::Initial);
    set.add_if(words.clone().skip(1).any(|at| has(at, Sense::Particle)) || !single && has(first, Sense::Particle), E::Particle);
    set.add_if(matches!(view.word(last), "Jr" | "Sr" | "II" | "III" | "IV" | "VI" | "XIV" | "XVI"), E::Generation);
    set.add_if(words.clone().take(words.len() - 1).any(|at| view.behind(at).0 == Gap::Hyphen), E::Hyphen);
    of_heads(view, words, single, &mut set);
    set.add_if(is_place(key) || view.is_place(words) || words.clone().all(|at| view.is_state(at)), E::KnownPlace);
    set.add_if(!single && (is_place(view.folded(first)) || (words.len() > 2 && is_place(&view.key(&(first..first + 2))))), E::PlaceInside);
    set.add_if(!single && view.is_state(first), E::StateFirst);
    set.add_if(words.clone().skip(1).any(|at| view.is_state(at)), E::StateInside);
    set.add_if(single && view.is_acronym(first), E::Acronym);
    set.add_if(!single && capitals.iter().any(|&at| view.is_acronym(at)), E::AcronymInside);
    set.add_if(capitals.iter().any(|&at| is_mixed(view.word(at))), E::MixedCase);
    set.add_if(words.clone().any(|at| view.word(at).contains(|c: char| c.is_ascii_digit())), E::Digit);
    let common: Vec<bool> = capitals.iter().map(|&at| has(at, Sense::Common)).collect();
    set.add_if(common.first() == Some(&true), E::CommonFirst);
    set.add_if(common.last() == Some(&true), E::CommonLast);
    set.add_if(common.iter().all(|&is| is), E::CommonAll);
    set.add_if(common.iter().all(|&is| !is), E::CommonNone);
    set.add_if(words.clone().all(|at| has(at, Sense::Creed)), E::CreedAll);
    set.add_if(!capitals.iter().any(|&at| has(at, Sense::Given) || has(at, Sense::Family)), E::NameNone);
    set
}

fn of_heads(view: &View<'_>, words: &Range<usize>, single: bool, set: &mut Set) {
    use Evidence as E;
    let (first, last) = (words.start, words.end - 1);
    let has = |at: usize, sense| view.senses(at).has(sense);
    let link = |at: usize| has(at, Sense::Link) && !view.is_name_word(at) && !matches!(view.folded(at), "and" | "y" | "e" | "et" | "und");
    let first_link = words.clone().find(|&at| link(at));
    // "Ministry of Foreign Affairs": the head stands before the first link.
    let before_link = first_link.map(|at| at - 1);
    set.add_if(has(last, Sense::Head), E::HeadLast);
    set.add_if(before_link.is_some_and(|at| has(at, Sense::GoesOn)), E::HeadFirst);
    set.add_if(!single && words.clone().take(words.len() - 1).any(|at| has(at, Sense::Head)), E::HeadInside);
    set.add_if(first_link.is_some(), E::Link);
    let and = words.clone().any(|at| view.folded(at) == "and")
        || words.clone().take(words.len() - 1).any(|at| view.behind(at).0 == Gap::Ampersand);
    set.add_if(and, E::And);
    set.add_if(!single && has(last, Sense::Company), E::Company);
    set.add_if(!single && has(last, Sense::Place), E::PlaceLast);
    set.add_if(!single && has(first, Sense::Place), E::PlaceFirst);
    set.add_if(has(last, Sense::Thing), E::ThingLast);
    set.add_if(words.clone().take(words.len() - 1).any(|at| has(at, Sense::Thing)), E::ThingInside);
}

fn is_mixed(word: &str) -> bool {
    let inner = word.chars().skip(1).filter(|c| c.is_uppercase()).count();
    let small = word.chars().any(char::is_lowercase);
    small && inner > 0 && !["Mc", "Mac", "De", "Di", "O'", "O’", "D'", "L'", "Al"].iter().any(|start| word.starts_with(start))
}

/// What stands around one place of a name.
pub(super) fn of_place(view: &View<'_>, chunk: &Chunk) -> Set {
    let mut set = Set::default();
    set.add_if(chunk.titled, Evidence::TitleBefore);
    let word_before = chunk.words.start.checked_sub(1);
    set.add_if(
        word_before.is_some_and(|at| view.senses(at).has(Sense::Honorific) && matches!(view.behind(at).0, Gap::Space | Gap::Point)),
        Evidence::HonorificBefore,
    );
    before(view, chunk, &mut set);
    behind(view, chunk, &mut set);
    set
}

fn before(view: &View<'_>, chunk: &Chunk, set: &mut Set) {
    use Evidence as E;
    let Some(at) = chunk.words.start.checked_sub(1) else { return };
    let gap = view.behind(at).0;
    let (word, senses) = (view.folded(at), view.senses(at));
    let two_before = at.checked_sub(1).filter(|&two| view.behind(two).0 == Gap::Space);
    match gap {
        Gap::Space | Gap::Point => {
            let capital = view.is_name_word(at);
            let name = senses.has(Sense::Given) && capital;
            set.add_if(senses.has(Sense::Title) && !name, E::TitleBefore);
            set.add_if(senses.has(Sense::Role) && !name || tells_of_person(view, &chunk.words), E::RoleBefore);
            set.add_if(senses.has(Sense::Sort) && !capital && gap == Gap::Space, E::SortBefore);
            set.add_if(senses.has(Sense::Said), E::SaidBefore);
            set.add_if(word == "told" || (word == "to" && two_before.is_some_and(|two| view.folded(two) == "according")), E::AccordingTo);
            set.add_if(word == "the", E::TheBefore);
            set.add_if(matches!(word, "a" | "an"), E::ABefore);
            set.add_if(matches!(word, "in" | "at" | "near" | "across" | "around" | "outside" | "inside" | "throughout"), E::AtBefore);
            set.add_if(word == "of", E::OfBefore);
            set.add_if(matches!(word, "by" | "with" | "against"), E::ByBefore);
            set.add_if(word == "and" || word == "or", E::InList);
            let mut member = senses.has(Sense::Membership) && !capital;
            if matches!(word, "of" | "for" | "the" | "at" | "with") {
                let mut two = two_before;
                if word == "the" && two.is_some_and(|two| matches!(view.folded(two), "of" | "for" | "at" | "with")) {
                    two = two.and_then(|two| two.checked_sub(1)).filter(|&two| view.behind(two).0 == Gap::Space);
                }
                member |= two.is_some_and(|two| view.senses(two).has(Sense::Membership));
            }
            set.add_if(member, E::MemberBefore);
        }
        Gap::Comma => {
            set.add_if(senses.has(Sense::Role) && !view.is_name_word(at), E::RoleComma);
            set.add_if(view.is_name_word(at), E::InList);
        }
        Gap::Bracket => {
            set.add_if(view.text_behind(chunk.words.end).trim_start().starts_with(')'), E::Bracketed);
        }
        _ => {}
    }
}

fn behind(view: &View<'_>, chunk: &Chunk, set: &mut Set) {
    use Evidence as E;
    let last = chunk.words.end - 1;
    let (gap, next) = view.behind(last);
    let after = view.text_behind(chunk.words.end);
    set.add_if(gap == Gap::Possessive || after.starts_with("'s") || after.starts_with("’s"), E::Owner);
    set.add_if(after.starts_with(" (") || after.starts_with(" ["), E::BracketBehind);
    set.add_if(holds_office(view, last), E::OfficeBehind);
    let name_end = |at: usize| view.behind(at).0;
    match gap {
        Gap::Space => {
            let senses = view.senses(next);
            let small = !view.is_name_word(next);
            set.add_if(senses.has(Sense::Said) && small, E::SaidBehind);
            set.add_if(senses.has(Sense::Acts) && small, E::ActsBehind);
            set.add_if(view.folded(next) == "who" || view.folded(next) == "whose", E::Who);
            set.add_if(senses.has(Sense::Membership) && small && !senses.has(Sense::Acts), E::MemberBehind);
            set.add_if(view.folded(next) == "and" && view.is_name_word(next + 1), E::InList);
            let noun = small && senses.has(Sense::Common) && !senses.begins_sentences() && !senses.has(Sense::Said);
            set.add_if(noun && !view.folded(next).ends_with("ed"), E::NounBehind);
        }
        Gap::Comma => {
            let word = view.folded(next);
            set.add_if(matches!(word, "who" | "whose"), E::Who);
            let age = (1..=3).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
            set.add_if(age, E::Age);
            set.add_if(is_apposition(view, next), E::Apposition);
            set.add_if(is_sort(view, next), E::SortBehind);
            set.add_if(view.senses(next).has(Sense::Said) && !view.is_name_word(next), E::SaidBehind);
            set.add_if(view.is_state(next) || view.is_name_word(next) && is_place(view.folded(next)), E::CommaPlace);
            set.add_if(view.is_name_word(next) && !view.is_state(next), E::InList);
        }
        Gap::Bracket if name_end(next) != Gap::Space => {
            set.add_if(acronym_behind(view, &chunk.words).is_some(), E::Acronymed);
        }
        _ => {}
    }
}

/// Whether an apposition of a calling begins at `next`: "a senior fellow at", "the ministry's spokesman", "former director of".
fn is_apposition(view: &View<'_>, next: usize) -> bool {
    let mut at = next;
    for step in 0..7 {
        let senses = view.senses(at);
        if senses.has(Sense::Role) && !view.is_name_word(at) {
            return true;
        }
        let opens = matches!(
            view.folded(at),
            "a" | "an" | "the" | "one" | "its" | "his" | "her" | "their" | "former" | "then" | "chief" | "senior"
        );
        if step == 0 && !opens && !view.is_name_word(at) {
            return false;
        }
        let (gap, behind) = view.behind(at);
        if !matches!(gap, Gap::Space | Gap::Possessive | Gap::Hyphen) || behind >= view.len() || senses.has(Sense::Said) {
            return false;
        }
        at = behind;
    }
    false
}

/// Whether what an organisation is begins at `next`: "a Chicago law firm", "the French drugmaker that"; but not "a company man".
fn is_sort(view: &View<'_>, next: usize) -> bool {
    const LONGEST: usize = 7;
    const BEHIND: [&str; 16] =
        ["and", "at", "backed", "based", "for", "founded", "from", "in", "known", "led", "of", "on", "owned", "that", "which", "with"];
    if !matches!(view.folded(next), "a" | "an" | "the") {
        return false;
    }
    let mut at = next;
    for _ in 0..LONGEST {
        let (gap, behind) = view.behind(at);
        let (senses, small) = (view.senses(at), !view.is_name_word(at));
        // "They joined Zelbrook, the party, and": with "the", only what goes on tells of the name before.
        let is_noun = match gap {
            Gap::Space => BEHIND.contains(&view.folded(behind)),
            Gap::Break | Gap::Comma | Gap::Bracket | Gap::Point => view.folded(next) != "the",
            Gap::Hyphen | Gap::Possessive | Gap::Ampersand => false,
        };
        if senses.has(Sense::Sort) && small && is_noun {
            return true;
        }
        let goes_on = matches!(gap, Gap::Space | Gap::Hyphen | Gap::Possessive) && behind < view.len();
        if !goes_on || senses.has(Sense::Role) || senses.has(Sense::Said) || at > next && BEHIND.contains(&view.folded(at)) {
            return false;
        }
        at = behind;
    }
    false
}
