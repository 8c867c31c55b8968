//! Names in Korean text.

use std::sync::LazyLock;

use super::super::view::View;
use super::lists::Lists;
use super::{INSIDE, Place, free_words, wider_words};
use crate::actors::{Kind, Rule};
use crate::text::script::is_hangul;
use crate::text::{Span, beginning};

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::read(include_str!("../words/korean.txt"), str::to_owned));

/// A text cut into runs of Hangul.
struct Text<'v, 'p> {
    view: &'v View<'p>,
    runs: Vec<Span>,
}

/// The places where a name may stand.
pub(super) fn places(view: &View<'_>) -> Vec<Place> {
    let mut runs: Vec<Span> = Vec::new();
    for (at, c) in view.text.char_indices().filter(|&(_, c)| is_hangul(c)) {
        let end = at + c.len_utf8();
        match runs.last_mut() {
            Some(run) if run.end == at => run.end = end,
            _ => runs.push(Span::new(at, end)),
        }
    }
    let text = Text { view, runs };
    let mut out = Vec::new();
    for at in 0..text.runs.len() {
        out.extend(text.foreigner(at).or_else(|| text.person(at)).or_else(|| text.org(at)).or_else(|| text.titled(at)));
    }
    out
}

impl<'p> Text<'_, 'p> {
    /// A run, nothing past the ends.
    fn run(&self, at: usize) -> &'p str {
        self.runs.get(at).map_or("", |run| run.of(self.view.text))
    }

    /// The run behind a run, if only a space parts them.
    fn next(&self, at: usize) -> &'p str {
        let (Some(run), Some(next)) = (self.runs.get(at), self.runs.get(at + 1)) else { return "" };
        if Span::new(run.end, next.start).of(self.view.text) == " " { self.run(at + 1) } else { "" }
    }

    /// The first `chars` syllables of a run and what clings to them, if that is nothing or a particle.
    fn split(&self, at: usize, chars: usize) -> Option<(Span, &'p str)> {
        let (run, text) = (self.runs.get(at)?, self.run(at));
        let cut = text.char_indices().nth(chars).map_or(text.len(), |(cut, _)| cut);
        let (head, rest) = text.split_at_checked(cut)?;
        let fits = head.chars().count() == chars && (rest.is_empty() || LISTS.has("particle", rest) || is_addressed(rest));
        fits.then(|| (Span::new(run.start, run.start + cut), rest))
    }

    /// A Korean name: a family name and two syllables.
    fn person(&self, at: usize) -> Option<Place> {
        let run = self.run(at);
        let double = prefix(run, 2).filter(|family| LISTS.has("family", family));
        let single = prefix(run, 1).filter(|family| LISTS.has("family", family))?;
        let (family, (span, rest)) = match double.and_then(|family| Some((family, self.split(at, 4)?))) {
            Some(found) => found,
            None => match self.split(at, 3) {
                Some(found) => (single, found),
                // "김 교수": the family name alone.
                None => return self.family_alone(at, double.filter(|family| *family == run).unwrap_or(single)),
            },
        };
        let name = span.of(self.view.text);
        if name_is_a_word(name) {
            return None;
        }
        let told = self.told(at, rest, span);
        let words = free_words(self.view, span)?;
        Some(Place { words, key: name.to_owned(), short: Some(family.to_owned()), told: told.map(|rule| (Kind::Person, rule)) })
    }

    /// A run before a title: perhaps the family name of a foreigner.
    fn titled(&self, at: usize) -> Option<Place> {
        let run = self.run(at);
        let fits = (2..=6).contains(&run.chars().count()) && is_title(self.next(at));
        let words = fits.then(|| free_words(self.view, *self.runs.get(at)?)).flatten()?;
        Some(Place { words, key: run.to_owned(), short: None, told: None })
    }

    fn family_alone(&self, at: usize, family: &str) -> Option<Place> {
        let span = *self.runs.get(at)?;
        // "김 전 의원": who has left an office keeps its title.
        let former = LISTS.has("former", self.next(at)) && is_title(self.next(at + 1));
        if self.run(at) != family || !(former || is_title(self.next(at))) {
            return None;
        }
        Some(Place { words: free_words(self.view, span)?, key: family.to_owned(), short: None, told: None })
    }

    /// What tells that a name stands at a run, `rest` clinging to it.
    fn told(&self, at: usize, rest: &str, span: Span) -> Option<Rule> {
        if is_addressed(rest) || rest.is_empty() && self.title_follows(at) {
            return Some(Rule::Title);
        }
        let behind = Span::new(span.end, self.view.text.len()).of(self.view.text);
        if is_age(behind) {
            return Some(Rule::Apposition);
        }
        let calling =
            at.checked_sub(1).filter(|&before| !self.next(before).is_empty()).is_some_and(|before| LISTS.has("before", self.run(before)));
        (calling && prefix(span.of(self.view.text), 3) == Some(span.of(self.view.text))).then_some(Rule::Apposition)
    }

    /// Whether a title stands behind a run: "장관", "전 장관", "청람대 교수".
    fn title_follows(&self, at: usize) -> bool {
        let next = self.next(at);
        if next.is_empty() {
            return false;
        }
        if is_title(next) {
            return true;
        }
        let between = LISTS.has("former", next)
            || is_org(next).is_some_and(|org| org == next.len())
            || next.ends_with(['당', '부', '처', '청', '대', '위']);
        between && next.chars().count() <= 8 && is_title(self.next(at + 1))
    }

    /// A foreigner's name: a known given name, and the family name behind a space, with a title.
    fn foreigner(&self, at: usize) -> Option<Place> {
        if !LISTS.has("given", self.run(at)) {
            return None;
        }
        let (given, family) = (self.runs.get(at)?, self.next(at));
        let behind = self.runs.get(at + 1)?;
        if !(2..=6).contains(&family.chars().count()) || is_title(family) || LISTS.has("former", family) {
            return None;
        }
        let told = self.title_follows(at + 1);
        let words = free_words(self.view, given.cover(*behind))?;
        let key = format!("{} {family}", self.run(at));
        Some(Place { words, key, short: told.then(|| family.to_owned()), told: told.then_some((Kind::Person, Rule::Title)) })
    }

    /// An organisation by the end of its name.
    fn org(&self, at: usize) -> Option<Place> {
        let run = self.run(at);
        let end = is_org(run)?;
        let span = Span::new(self.runs.get(at)?.start, self.runs.get(at)?.start + end);
        let words = wider_words(self.view, span)?;
        Some(Place { words, key: span.of(self.view.text).to_owned(), short: None, told: Some((Kind::Org, Rule::OrgForm)) })
    }
}

fn prefix(text: &str, chars: usize) -> Option<&str> {
    let end = text.char_indices().nth(chars).map_or(text.len(), |(end, _)| end);
    text.get(..end).filter(|prefix| prefix.chars().count() == chars)
}

/// 씨, and what clings to it.
fn is_addressed(rest: &str) -> bool {
    rest.strip_prefix('씨').is_some_and(|particle| particle.is_empty() || LISTS.has("particle", particle))
}

/// Whether three or four syllables that begin with a family name are none: 민주당, 이사회, 서울시.
fn name_is_a_word(name: &str) -> bool {
    let ends = [
        '사', '차', '군', '위', '당', '부', '청', '처', '측', '들', '회', '팀', '과', '족', '단', '실', '은', '는', '를', '을', '의', '시',
        '적', '자', '한', '에', '된', '할', '던', '런', '로', '서', '고', '며', '도',
    ];
    LISTS.has("not", name) || name.ends_with(ends) || is_org(name).is_some() || is_title(name)
}

/// Whether a run is a title, perhaps with the office before it and a particle behind: 장관, 외교장관은, 객원교수는.
fn is_title(run: &str) -> bool {
    run.char_indices().take(6).any(|(start, _)| {
        let Some(rest) = run.get(start..) else { return false };
        LISTS.longest_prefix("title", rest).is_some_and(|end| {
            let (title, particle) = rest.split_at_checked(end).unwrap_or((rest, ""));
            // One syllable is a title alone: 씨.
            let whole = start == 0 || title.chars().count() > 1;
            whole && (particle.is_empty() || LISTS.has("particle", particle))
        })
    })
}

/// No particle is longer than this, in bytes.
const PARTICLE: usize = 60;

/// Where in a run the name of an organisation ends, if one stands there with nothing or a particle behind.
fn is_org(run: &str) -> Option<usize> {
    let ends = run.char_indices().map(|(at, _)| at).skip(2);
    let mut found = None;
    for start in ends {
        let rest = run.get(start..)?;
        if let Some(len) = LISTS.longest_prefix("org", rest) {
            let particle = rest.get(len..)?;
            if particle.is_empty() || particle.len() <= PARTICLE && LISTS.has("particle", particle) {
                found = Some(start + len);
                break;
            }
        }
    }
    found.filter(|&end| run.get(..end).is_some_and(|name| name.chars().count() >= 4 && !LISTS.has("common", name)))
}

/// "(45)": an age in brackets.
fn is_age(behind: &str) -> bool {
    let age =
        behind.strip_prefix('(').and_then(|behind| beginning(behind, INSIDE).split_once(')')).map(|(age, _)| age.trim_end_matches('세'));
    age.is_some_and(|age| age.len() == 2 && age.bytes().all(|byte| byte.is_ascii_digit()))
}
