//! Names in Arabic text.

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::HashSet;

use super::super::view::{Gap, View};
use super::lists::{Lists, Sections};
use super::{Place, free_words, wider_words};
use crate::actors::{Kind, Rule};
use crate::text::fold::folded;
use crate::text::script::{Alphabet, alphabet};

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::read(include_str!("../words/arabic.txt"), folded));

/// A text as this script's reader sees it.
struct Text<'v, 'p> {
    view: &'v View<'p>,
    /// The lists in which each word stands.
    sections: Vec<Sections>,
}

/// Whether a word is a given name, behind which a family name is that one's.
pub(in crate::actors) fn is_given_name(word: &str) -> bool {
    let word = folded(word);
    LISTS.has("given", &word) || LISTS.has("foreign", &word) || LISTS.has("inside", &word)
}

/// The places where a name may stand.
pub(super) fn places(view: &View<'_>) -> Vec<Place> {
    let text = Text { view, sections: (0..view.len()).map(|at| LISTS.sections_of(view.folded(at))).collect() };
    let mut out: Vec<Place> = Vec::new();
    let mut at = 0;
    while at < view.len() {
        let found = text.body(at).or_else(|| text.org(at)).or_else(|| text.person(at)).or_else(|| text.called(at));
        at = found.as_ref().map_or(at + 1, |place| place.words.end);
        out.extend(found);
    }
    let shorts: Vec<String> = out.iter().filter(|place| place.told.is_some()).filter_map(|place| place.short.clone()).collect();
    if !shorts.is_empty() {
        text.last_names(&shorts, &mut out);
    }
    out
}

impl Text<'_, '_> {
    fn is(&self, section: &str, at: usize) -> bool {
        self.sections.get(at).is_some_and(|&sections| LISTS.is_among(section, sections))
    }

    fn is_arabic(&self, at: usize) -> bool {
        alphabet(self.view.word(at)) == Alphabet::Arabic
    }

    fn is_definite(&self, at: usize) -> bool {
        at < self.view.len() && self.view.folded(at).strip_prefix("ال").is_some_and(|rest| rest.chars().count() > 2)
    }

    fn goes_on(&self, at: usize) -> bool {
        at + 1 < self.view.len() && self.view.behind(at).0 == Gap::Space && self.is_arabic(at + 1)
    }

    fn key(&self, words: Range<usize>) -> String {
        self.view.key(&words)
    }

    /// A name that begins with a known given name.
    fn person(&self, start: usize) -> Option<Place> {
        if !self.is_given(start) && self.view.folded(start) != "عبد" || self.view.listed(start).is_some() {
            return None;
        }
        let titled = self.title_before(start);
        let royal = start.checked_sub(1).filter(|&before| matches!(self.view.folded(before), "الملك" | "الامير" | "الشيخ"));
        // جامعة الملك سعود: named after him.
        if self.is_named_after(royal.unwrap_or(start)) {
            return None;
        }
        let (end, sure) = self.name_end(start, titled, royal.is_some_and(|at| self.view.folded(at) == "الملك"))?;
        let words = start..end;
        let said = start.checked_sub(1).is_some_and(|before| self.is("said", before) && self.view.behind(before).0 == Gap::Space);
        let told = match (titled, said) {
            (true, _) => Some(Rule::Title),
            (_, true) => Some(Rule::Speech),
            _ => sure.then_some(Rule::NameForm),
        };
        let words = free_words(self.view, self.view.span_of(&words))?;
        let last = self.last_name(&words);
        let short =
            Some(last).filter(|last| !self.is("stop", last.start)).map(|last| self.key(last)).filter(|short| short.chars().count() > 3);
        Some(Place { key: self.key(words.clone()), words, short, told: told.map(|rule| (Kind::Person, rule)) })
    }

    fn is_given(&self, at: usize) -> bool {
        // على, a preposition, is folded as علي is.
        (self.is("given", at) || self.is("foreign", at)) && !self.view.word(at).ends_with('ى') || self.view.word(at) == "مصطفى"
    }

    /// Where a name that begins at `start` ends, and whether its form alone is sure: three parts of which two are given names, or بن inside.
    fn name_end(&self, start: usize, titled: bool, royal: bool) -> Option<(usize, bool)> {
        let mut end = start + 1;
        let mut parts = 1;
        let mut given = 1;
        let mut linked = false;
        // عبد الله is one name.
        if self.view.folded(start) == "عبد" {
            if !self.goes_on(start) || !self.is_definite(end) {
                return None;
            }
            end += 1;
        }
        while end < start + 8 && self.goes_on(end - 1) && self.view.listed(end).is_none() && parts < 5 {
            let next = end + 1;
            if self.is("inside", end) && self.goes_on(end) && !self.is("stop", next) && self.view.listed(next).is_none() {
                linked |= matches!(self.view.folded(end), "بن" | "ابن" | "بنت" | "ولد");
                let two = self.view.folded(next) == "عبد" && self.goes_on(next);
                end += 2 + usize::from(two);
            } else if self.is_given(end) {
                given += 1;
                end += 1;
            } else if ["stop", "said", "title", "tail"].iter().any(|section| self.is(section, end)) {
                break;
            } else if self.is_definite(end) && !(royal && parts == 1) || self.may_be_family(end, start, titled) {
                parts += 1;
                end += 1;
                // سراج الدين
                if self.goes_on(end - 1) && matches!(self.view.folded(end), "الدين" | "الله") {
                    end += 1;
                }
                break;
            } else {
                break;
            }
            parts += 1;
        }
        (parts > 1).then_some((end, linked || parts > 2 && given > 1))
    }

    /// Whether a word without an article may be the family name behind what begins at `start`: no verb, and nothing with a preposition or
    /// conjunction written onto it.
    fn may_be_family(&self, at: usize, start: usize, titled: bool) -> bool {
        let word = self.view.folded(at);
        let letters = word.chars().count();
        let clitic = ["وال", "بال", "لل", "فال", "كال", "ست"].iter().any(|begin| word.starts_with(begin));
        let verb = letters == 4 && word.starts_with(['ي', 'ت'])
            || word.ends_with("ها")
            || word.ends_with("هم")
            || word.ends_with('ه') && letters < 5;
        if !(3..=9).contains(&letters) || clitic || verb {
            return false;
        }
        if self.is("foreign", start) {
            return at == start + 1;
        }
        let ends = !self.goes_on(at) || self.is("said", at + 1) || self.is("title", at + 1);
        titled && ends && !word.starts_with(['ب', 'ل', 'و', 'ف', 'ك', 'ي', 'ت'])
    }

    /// A name whose given name nobody knows, right behind what its bearer is: "الخبير منذر القيطوني".
    fn called(&self, start: usize) -> Option<Place> {
        let end = start + 2;
        let plain = |at: usize| !["stop", "said", "title", "head", "tail", "inside"].iter().any(|section| self.is(section, at));
        let called = start.checked_sub(1).is_some_and(|before| {
            self.is("title", before) && self.is_definite(before) && self.view.behind(before).0 == Gap::Space && !self.is_named_after(before)
        });
        let family = self.goes_on(start) && self.is_definite(start + 1) && plain(start + 1);
        let ends = !self.goes_on(end - 1) || ["stop", "said"].iter().any(|section| self.is(section, end));
        let first = self.view.folded(start);
        let clitic = ["ال", "لل", "وال", "وس", "بال", "ي", "ت"].iter().any(|begin| first.starts_with(begin)) || first.ends_with('ه');
        let given = (3..=7).contains(&first.chars().count()) && !clitic && plain(start);
        if !(called && family && ends && given) {
            return None;
        }
        let words = free_words(self.view, self.view.span_of(&(start..end)))?;
        let short = Some(self.key(start + 1..end));
        Some(Place { key: self.key(words.clone()), words, short, told: Some((Kind::Person, Rule::Title)) })
    }

    /// The last part of a name: المالكي, بن سلمان.
    fn last_name(&self, words: &Range<usize>) -> Range<usize> {
        let last = words.end - 1;
        let inside = last > words.start + 1 && self.is("inside", last - 1);
        if inside { last - 1..words.end } else { last..words.end }
    }

    /// Whether a title stands before a name, directly or with the office going on in between: "وزير الخارجية التركي".
    fn title_before(&self, start: usize) -> bool {
        for at in (start.saturating_sub(6)..start).rev() {
            if self.view.behind(at).0 != Gap::Space {
                return false;
            }
            if self.is("title", at) {
                return true;
            }
            if !self.is_definite(at) && self.view.listed(at).is_none() {
                return false;
            }
        }
        false
    }

    /// Whether what is named after people stands before a word, also with a preposition or conjunction written onto it: بمدينة.
    fn is_named_after(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let word = self.view.folded(before);
        self.is("after", before) || word.strip_prefix(['و', 'ب', 'ل']).is_some_and(|bare| LISTS.has("after", bare))
    }

    /// The places where the last names of people stand alone.
    fn last_names(&self, shorts: &[String], out: &mut Vec<Place>) {
        let shorts: HashSet<&str> = shorts.iter().map(String::as_str).collect();
        let taken: HashSet<usize> = out.iter().flat_map(|place| place.words.clone()).collect();
        for at in 0..self.view.len() {
            let alone = shorts.contains(self.view.folded(at)) && !taken.contains(&at);
            if alone && self.view.listed(at).is_none() && !self.is("stop", at) && !self.is_given(at) {
                out.push(Place { words: at..at + 1, key: self.view.folded(at).to_owned(), short: None, told: None });
            }
        }
        out.sort_by_key(|place| place.words.start);
    }

    /// A body with a proper name, and what it is for or of what sort it is: مركز ضفاف للدراسات المائية, منتدى بردى الاقتصادي.
    fn body(&self, head: usize) -> Option<Place> {
        let purpose = |at: usize| self.view.folded(at).strip_prefix("لل").is_some_and(|rest| rest.chars().count() > 2);
        // The adjective is of the gender of what it stands behind.
        let feminine = self.view.folded(head).ends_with('ه');
        let fits = |at: usize| if feminine { self.view.folded(at).ends_with("يه") } else { self.view.folded(at).ends_with('ي') };
        let sort = |at: usize| self.is_definite(at) && !self.is("tail", at);
        if !self.is("body", head) || !self.goes_on(head) || !self.goes_on(head + 1) || self.view.listed(head + 1).is_some() {
            return None;
        }
        let name = head + 1;
        let proper = !["stop", "said", "title", "tail"].iter().any(|section| self.is(section, name)) && !purpose(name);
        if !proper || !(purpose(name + 1) || sort(name + 1) && fits(name + 1) && !self.is_definite(name)) {
            return None;
        }
        let mut end = name + 2;
        while end < head + 6 && self.goes_on(end - 1) && sort(end) && self.view.listed(end).is_none() {
            end += 1;
        }
        let words = wider_words(self.view, self.view.span_of(&(head..end)))?;
        Some(Place { key: self.key(words.clone()), words, short: None, told: Some((Kind::Org, Rule::OrgForm)) })
    }

    /// An organisation by the head of its name, and the definite words behind it: وزارة التربية والتعليم.
    fn org(&self, head: usize) -> Option<Place> {
        if !self.is("head", head) || !self.goes_on(head) || !self.is_definite(head + 1) || self.is("tail", head + 1) {
            return None;
        }
        let mut end = head + 2;
        while end < head + 4 && self.goes_on(end - 1) && self.view.listed(end).is_none() {
            let joined = self.view.folded(end).strip_prefix("وال").is_some_and(|rest| rest.chars().count() > 2);
            let more = self.is_definite(end) || joined;
            if !more || self.is("tail", end) || self.is("title", end) {
                break;
            }
            end += 1;
        }
        let words = wider_words(self.view, self.view.span_of(&(head..end)))?;
        Some(Place { key: self.key(words.clone()), words, short: None, told: Some((Kind::Org, Rule::OrgForm)) })
    }
}
