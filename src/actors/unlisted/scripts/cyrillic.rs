//! Names in Cyrillic text.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::view::{Gap, View};
use super::lists::Lists;
use super::{INSIDE, Place, wider_words};
use crate::actors::cases::without_case;
use crate::actors::{Kind, Rule};
use crate::text::fold::folded;
use crate::text::script::{Alphabet, alphabet};
use crate::text::{Span, beginning};

static LISTS: LazyLock<Lists> =
    LazyLock::new(|| Lists::read(include_str!("../words/cyrillic.txt"), |word| without_case(&folded(word)).to_owned()));

/// A text as this script's reader sees it.
struct Text<'v, 'p> {
    view: &'v View<'p>,
}

/// Whether a word is a given name, in whatever case.
pub(in crate::actors) fn is_given_name(word: &str) -> bool {
    LISTS.has("given", without_case(&folded(word)))
}

/// The places where a name may stand.
pub(super) fn places(view: &View<'_>) -> Vec<Place> {
    let text = Text { view };
    let mut out = Vec::new();
    let mut at = 0;
    while at < view.len() {
        if let Some(org) = text.quoted(at).or_else(|| text.headed(at)) {
            at = org.words.end;
            out.push(org);
        } else if text.is_name_word(at) {
            let end = text.run_end(at);
            text.people(at..end, &mut out);
            at = end;
        } else {
            at += 1;
        }
    }
    out
}

impl Text<'_, '_> {
    fn key(&self, at: usize) -> &str {
        without_case(self.view.folded(at))
    }

    fn is(&self, section: &str, at: usize) -> bool {
        at < self.view.len() && (LISTS.has(section, self.key(at)) || section == "title" && self.is_scholar(at))
    }

    /// Whether a word is a calling such as гидролог.
    fn is_scholar(&self, at: usize) -> bool {
        let key = self.key(at);
        key.chars().count() > 6 && key.ends_with("олог")
    }

    fn is_cyrillic(&self, at: usize) -> bool {
        alphabet(self.view.word(at)) == Alphabet::Cyrillic
    }

    /// A capital, and nobody whom the roster knows; one letter only as an initial.
    fn is_name_word(&self, at: usize) -> bool {
        let word = self.view.word(at);
        let letter = word.chars().count() == 1 && !self.is_initial(at);
        !letter && word.chars().next().is_some_and(char::is_uppercase) && self.is_cyrillic(at) && self.view.listed(at).is_none()
    }

    fn is_initial(&self, at: usize) -> bool {
        self.view.word(at).chars().count() == 1 && self.view.gap_text(at).starts_with('.')
    }

    /// The words joined, as what all forms of the name have in common.
    fn key_of(&self, words: Range<usize>) -> String {
        words.map(|at| self.key(at)).collect::<Vec<_>>().join(" ")
    }

    /// Where the run of words with capitals that begins at `start` ends.
    fn run_end(&self, start: usize) -> usize {
        let mut end = start + 1;
        while end < self.view.len()
            && self.is_name_word(end)
            && !self.wraps(start, end - 1)
            && matches!(self.view.behind(end - 1).0, Gap::Space | Gap::Hyphen | Gap::Point)
            && (self.view.behind(end - 1).0 != Gap::Point || self.is_initial(end - 1))
        {
            end += 1;
        }
        end
    }

    /// Whether the line ends behind a word, other than between a given name and the next: headlines have no end mark.
    fn wraps(&self, start: usize, at: usize) -> bool {
        self.view.gap_text(at).contains('\n') && !(at == start && self.is("given", at))
    }

    /// Whether nothing but a space stands behind a word.
    fn spaced(&self, at: usize) -> bool {
        self.view.behind(at).0 == Gap::Space && !self.view.gap_text(at).contains('\n')
    }

    /// The person in a run of words with capitals.
    fn people(&self, run: Range<usize>, out: &mut Vec<Place>) {
        let Range { mut start, end } = run;
        let mut titled = false;
        // A title or another word that begins the sentence.
        while start < end && (self.is("title", start) || self.is("not", start)) && !self.is("given", start) && end - start > 1 {
            titled |= self.is("title", start);
            start += 1;
        }
        // "глава Росавиации Иван Петров": what stands before a given name is another.
        if let Some(given) = (start + 1..end.saturating_sub(1)).find(|&at| self.is("given", at))
            && !(given == start + 1 && self.is_patronymic(given + 1))
            && !self.is("given", start)
            && !self.is_initial(start)
        {
            start = given;
        }
        let words = start..end;
        if words.is_empty() || words.len() > 4 || self.is("after", start.wrapping_sub(1)) || words.clone().any(|at| self.is("after", at)) {
            return;
        }
        let told = if words.len() > 1 { self.full_name(&words, titled) } else { self.single(start, titled) };
        let last = words.clone().rev().find(|&at| !self.is_initial(at) && !self.is_patronymic(at));
        // "Козлов Иван" and "Козлов И. И.": the family name stands first there.
        let first_is_family = words.len() > 1 && !self.is("given", start) && !self.is_initial(start) && self.has_family_ending(start);
        let family = if first_is_family && (self.is("given", start + 1) || self.is_initial(start + 1)) { Some(start) } else { last };
        let key = match family {
            // Имя Отчество Фамилия is Имя Фамилия.
            Some(family) if words.len() > 1 => {
                let given = words.clone().find(|&at| at != family && !self.is_patronymic(at));
                given.map_or_else(|| self.key_of(words.clone()), |given| format!("{} {}", self.key(given), self.key(family)))
            }
            _ => self.key_of(words.clone()),
        };
        // Both halves of Кедрина-Лоу.
        let whole = |at: usize| {
            let hyphened = |at: usize| at > words.start && self.view.behind(at - 1).0 == Gap::Hyphen;
            self.key_of(if hyphened(at) { at - 1..at + 1 } else { at..at + 1 })
        };
        let short = family.filter(|_| words.len() > 1).map(whole).filter(|key| key.chars().count() > 2);
        out.push(Place { words, key, short, told: told.map(|rule| (Kind::Person, rule)) });
    }

    fn full_name(&self, words: &Range<usize>, titled: bool) -> Option<Rule> {
        let (start, last) = (words.start, words.end - 1);
        let thing = |at: usize| self.is("head", at) || self.is("not", at) || self.is("quoted", at) || self.is_acronym(at);
        if words.clone().any(thing) {
            return None;
        }
        let initials = words.clone().filter(|&at| self.is_initial(at)).count();
        let long = words.clone().filter(|&at| self.view.word(at).chars().count() > 2).count();
        let titled = titled || self.is_titled(start);
        if words.clone().skip(1).any(|at| self.is_patronymic(at))
            || (initials > 0 && initials + 1 == words.len() && long == 1)
            || self.is("given", start)
            || (words.len() == 2 && self.is("given", last) && self.has_family_ending(start))
        {
            return Some(if titled { Rule::Title } else { Rule::NameForm });
        }
        // Two words beside a verb of speech or right behind a title are a name whatever their ends: «говорит Виорел Крынгаш».
        let short = words.len() == 2 && long == 2 && !self.is("not", last);
        let right_behind = self.is("title", start.wrapping_sub(1)) && self.spaced(start.wrapping_sub(1));
        let beside = short && (self.speaks(words) || right_behind);
        let family = (self.has_family_ending(last) || beside) && !self.is_adjective(start) && initials == 0;
        match (family, titled, self.speaks(words)) {
            (true, true, _) => Some(Rule::Title),
            (true, _, true) => Some(Rule::Speech),
            _ => None,
        }
    }

    fn single(&self, at: usize, titled: bool) -> Option<Rule> {
        let other = ["not", "given", "title", "head"].iter().any(|section| self.is(section, at));
        // "Балтийского флота", "Берёзовая роща": an adjective with its noun.
        let (gap, next) = self.view.behind(at);
        let noun_follows = gap == Gap::Space && !self.is_capital(next) && !self.is("said", next);
        let adjective = self.is_adjective(at) && (noun_follows || !self.key(at).ends_with(['к', 'н']));
        let fits = self.has_family_ending(at) && !other && !adjective;
        let titled = titled || self.is("title", at.wrapping_sub(1)) && self.spaced(at.wrapping_sub(1));
        match (fits, titled, self.speaks(&(at..at + 1))) {
            (true, true, _) => Some(Rule::Title),
            (true, _, true) => Some(Rule::Speech),
            _ => None,
        }
    }

    /// Whether a title stands before a name: "депутат", or "глава МИД России", "министр обороны США", the office going on in between.
    fn is_titled(&self, start: usize) -> bool {
        let office =
            |&at: &usize| self.spaced(at) && self.view.word(at).chars().count() > 2 && !self.is("said", at) && !self.is("stop", at);
        (start.saturating_sub(6)..start).rev().take_while(office).any(|at| self.is("title", at))
    }

    fn speaks(&self, words: &Range<usize>) -> bool {
        let behind = self.view.behind(words.end - 1);
        let before = words.start.wrapping_sub(1);
        (behind.0 == Gap::Space && self.is("said", behind.1)) || (self.is("said", before) && self.view.behind(before).0 == Gap::Space)
    }

    fn is_patronymic(&self, at: usize) -> bool {
        const ENDINGS: [&str; 5] = ["ович", "евич", "овн", "евн", "иничн"];
        let key = if at < self.view.len() { self.key(at) } else { "" };
        key.chars().count() > 5 && ENDINGS.iter().any(|ending| key.ends_with(ending)) || key.ends_with("ьич") || key == "ильинич"
    }

    fn has_family_ending(&self, at: usize) -> bool {
        const ENDINGS: [&str; 15] = ["ов", "ев", "ин", "ск", "цк", "енк", "чук", "щук", "швил", "дзе", "дз", "янц", "ович", "евич", "ынь"];
        let key = self.key(at);
        // Adjectives of places end as family names do: Московская, but Московский alone is as rare.
        key.chars().count() > 3 && ENDINGS.iter().any(|ending| key.ends_with(ending)) && !self.is("not", at)
    }

    fn is_adjective(&self, at: usize) -> bool {
        const ENDINGS: [&str; 18] =
            ["ый", "ий", "ая", "яя", "ое", "ее", "ого", "его", "ому", "ему", "ой", "ую", "ые", "ых", "их", "ом", "ым", "им"];
        let word = self.view.folded(at);
        word.chars().count() > 4 && ENDINGS.iter().any(|ending| word.ends_with(ending))
    }

    fn is_acronym(&self, at: usize) -> bool {
        let word = self.view.word(at);
        word.chars().count() > 1 && word.chars().filter(|c| c.is_uppercase()).count() > 1
    }

    /// An organisation that a word tells the name of in quotes: партия «Сад».
    fn quoted(&self, at: usize) -> Option<Place> {
        let gap = self.view.gap_text(at);
        let quote = gap.chars().last().filter(|c| matches!(c, '«' | '“' | '„' | '"'))?;
        if gap.chars().count() > 2 || !gap.starts_with(' ') || !self.is("quoted", at) {
            return None;
        }
        let start = self.view.span(at + 1).start;
        let behind = Span::new(start, self.view.text.len()).of(self.view.text);
        let closes: &[char] = match quote {
            '«' => &['»'],
            // Russian and Bulgarian close by the mark with which English opens.
            '„' => &['“', '”'],
            '“' => &['”'],
            _ => &['"'],
        };
        let inner = beginning(behind, INSIDE).find(closes).filter(|&end| end > 2 && end < 100)?;
        let words = wider_words(self.view, Span::new(start, start + inner))?;
        let name = self.view.word(words.start).chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
        (name && words.len() <= 6).then(|| self.org(words))
    }

    /// An organisation by the head of its name: Ладожский центр азиатских исследований, Министерство обороны.
    fn headed(&self, at: usize) -> Option<Place> {
        let capital = self.view.word(at).chars().next().is_some_and(char::is_uppercase);
        if !capital || !self.is_cyrillic(at) {
            return None;
        }
        let opens = self.view.begins_sentence(at);
        // «Союз спасения»: what stands in quotes may be a film.
        if at.checked_sub(1).is_some_and(|before| self.view.gap_text(before).ends_with(['«', '“', '"', '„'])) {
            return None;
        }
        let head = if self.is("head", at) {
            if opens && !self.is("ministry", at) {
                return None;
            }
            at
        } else {
            if opens || !self.is_adjective(at) || self.is("given", at) {
                return None;
            }
            (at + 1..at + 4)
                .take_while(|&next| self.view.behind(next - 1).0 == Gap::Space)
                .find(|&next| self.is("head", next))
                .filter(|&head| (at + 1..head).all(|between| self.is_adjective(between)))?
        };
        let mut end = self.tail(head);
        // Министерство энергетики Украины
        if self.is("ministry", head)
            && end > head + 1
            && self.spaced(end - 1)
            && let Some(state) = self.view.listed(end)
            && state.mention.kind == Kind::State
            && state.words.start == end
        {
            end = state.words.end;
        }
        // A head alone is no name.
        if end == at + 1 {
            return None;
        }
        let words = wider_words(self.view, self.view.span_of(&(at..end)))?;
        Some(self.org(words))
    }

    /// Where the words that a head governs end.
    fn tail(&self, head: usize) -> usize {
        let mut end = head + 1;
        let mut at = end;
        let mut adjectives = 0;
        while at < self.view.len() && at <= head + 6 && self.spaced(at - 1) && self.view.listed(at).is_none() {
            let word = self.view.folded(at);
            let and = word == "и" && end == at && end > head + 1 && adjectives == 0;
            if !self.is_cyrillic(at)
                || self.is_capital(at)
                || !and && (word.chars().count() < 3 || self.is("stop", at) || self.is("said", at))
            {
                break;
            }
            if and {
                at += 1;
                continue;
            }
            if is_genitive_adjective(word) {
                adjectives += 1;
            } else if is_genitive_noun(word) || adjectives > 0 && word.chars().count() > 3 && self.follows_plural(at) {
                adjectives = 0;
                end = at + 1;
            } else {
                break;
            }
            at += 1;
        }
        end
    }

    /// Whether an adjective in the genitive of the plural stands before a word, behind which nouns need no ending: горных границ.
    fn follows_plural(&self, at: usize) -> bool {
        at > 0 && self.view.folded(at - 1).ends_with('х') && !self.view.folded(at).ends_with(['л', 'т', 'е', 'о'])
    }

    fn is_capital(&self, at: usize) -> bool {
        self.view.word(at).chars().next().is_some_and(char::is_uppercase)
    }

    fn org(&self, words: Range<usize>) -> Place {
        Place { key: self.key_of(words.clone()), words, short: None, told: Some((Kind::Org, Rule::OrgForm)) }
    }
}

fn is_genitive_adjective(word: &str) -> bool {
    ["ых", "их", "ого", "его", "ной", "ской", "вой"].iter().any(|ending| word.ends_with(ending))
}

/// A noun as a genitive is written, and no verb of the past.
fn is_genitive_noun(word: &str) -> bool {
    const ENDINGS: [&str; 11] = ["ия", "ии", "ий", "ов", "ев", "сти", "тва", "ны", "ки", "ры", "ств"];
    ENDINGS.iter().any(|ending| word.ends_with(ending))
        || ["дел", "наук", "труда", "суда", "рынка", "спорта", "туризма", "права", "надзора"].contains(&word)
}
