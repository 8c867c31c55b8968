//! Chinese names judged with the whole piece in view: what is plainly a place, where a name stands again, and what it is called for short.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::alphabets::Class;
use super::chinese::{Place, words_of};
use super::model::{FOREIGN, MODEL};
use super::view::{Decided, View};
use crate::actors::word_list::WordList;
use crate::actors::{Kind, Mention, Rule};
use crate::text::Span;
use crate::text::fold::han_variant;
use crate::text::script::is_han;

/// Words that are written as people's names are.
static PLACES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    include_str!("words/han-places.txt").lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
});

/// Takes out people who are none: known places, names that stand where only places do and do nothing that people do; and cut bits of other words
/// among organisations.
pub(super) fn without_places(views: &[View<'_>], places: &mut [Vec<Place>]) {
    let mut people: FxHashSet<String> = FxHashSet::default();
    let mut elsewhere: FxHashSet<String> = FxHashSet::default();
    for (view, places) in views.iter().zip(&*places) {
        for place in places.iter().filter(|place| place.found.person) {
            if is_person(place) {
                people.insert(place.name.clone());
            } else if is_foreign(&place.name) && stands_as_place(view, place) {
                elsewhere.insert(place.name.clone());
            }
        }
    }
    for (view, places) in views.iter().zip(places) {
        places.retain(|place| {
            if place.found.person {
                people.contains(&place.name) || !elsewhere.contains(&place.name) && !is_known_place(&place.name)
            } else {
                !["三国军", "两军", "两国", "三国", "各国"].iter().any(|word| place.name.contains(word))
                    && !begins_with_demonym(view, place)
            }
        });
    }
}

/// Whether a list has a name as a place.
pub(super) fn is_other_word(name: &str) -> bool {
    is_known_place(name)
}

/// A place of the list, also with what kind of place it is behind: 卢甘斯克州.
fn is_known_place(name: &str) -> bool {
    PLACES.contains(name) || PLACES.contains(name.trim_end_matches(['州', '省', '市', '区', '县', '河', '山']))
}

fn is_person(place: &Place) -> bool {
    let verb = place.found.behind == Class::Verb && !is_known_place(&place.name);
    place.found.before == Class::Title || place.found.behind == Class::Title || verb || place.name.contains('·')
}

/// Whether a name is written in the characters that write foreign names.
fn is_foreign(name: &str) -> bool {
    name.chars().count() > 2 && name.chars().all(|c| MODEL.uses(MODEL.number(c)) & FOREIGN != 0)
}

/// Whether a name stands between words that make it a place: 在达沃斯, 卢甘斯克州.
fn stands_as_place(view: &View<'_>, place: &Place) -> bool {
    static BEHIND: WordList = WordList::new(
        "州 市 省 县 河 山 岛 湖 湾 海 港 区 地区 一带 街头 半岛 高原 山脉 沙漠 边境 前线 战役 机场 奥运 冬奥 论坛 峰会 宪章 油田 气田 核电站 街 镇 村 南部 北部 东部 西部 附近 以北 以南 以东 以西 方向 局势 战场 共和国 时间 大区 海峡",
    );
    let usual_behind: String =
        Span::new(place.span.end, view.text.len()).of(view.text).get(..12).unwrap_or_default().chars().map(han_variant).collect();
    let before = Span::new(0, place.span.start).of(view.text).chars().next_back();
    let at = before.is_some_and(|c| "在抵赴距".contains(c)) && !usual_behind.starts_with(['的', '等', '之']);
    at || BEHIND.begins(&usual_behind)
}

/// 伊方会: a demonym and what stands behind it.
fn begins_with_demonym(view: &View<'_>, place: &Place) -> bool {
    let first = view.listed(place.words.start);
    first.is_some_and(|one| one.mention.rule == Rule::Demonym && one.mention.span.of(view.text).ends_with('方'))
}

/// Finds the names of people who are told by title or verb, and of organisations, at the other places where they stand.
pub(super) fn spread(views: &[View<'_>], places: &mut [Vec<Place>]) {
    let mut names: FxHashMap<String, super::han::Name> = FxHashMap::default();
    for place in places.iter().flatten() {
        let length = place.name.chars().count();
        let told = if place.found.person { length > 2 && is_person(place) } else { length > 4 };
        if told && place.name.chars().all(is_han) {
            names.entry(place.name.clone()).or_insert(place.found);
        }
    }
    if names.is_empty() {
        return;
    }
    let mut names: Vec<_> = names.into_iter().collect();
    names.sort_unstable_by(|(name, _), (other, _)| name.cmp(other));
    for (view, places) in views.iter().zip(places) {
        // Variants of Han have as many bytes as the usual forms.
        let text: String = view.text.chars().map(han_variant).collect();
        if text.len() != view.text.len() {
            continue;
        }
        for (name, found) in &names {
            for (start, _) in text.match_indices(name.as_str()) {
                let span = Span::new(start, start + name.len());
                let taken =
                    places.iter().any(|place| place.span.start < span.end && span.start < place.span.end && place.span.len() >= span.len());
                if let Some(words) = words_of(view, span).filter(|_| !taken) {
                    places.retain(|place| place.span.end <= span.start || span.end <= place.span.start);
                    let found = super::han::Name { before: Class::Outside, behind: Class::Outside, ..*found };
                    places.push(Place { words, span, name: name.clone(), written: span.of(view.text).to_owned(), found });
                }
            }
        }
        places.sort_by_key(|place| place.span.start);
    }
}

/// A short form that the piece introduces, and whose it is.
struct Introduced {
    short: String,
    mention: Mention,
}

/// The places of short forms and names in Latin letters that the piece introduces in brackets: 中国人民银行（以下简称央行）, 汉滩政策研究院（HPI）.
pub(super) fn introduced(views: &[View<'_>], decided: &[Vec<Decided>]) -> Vec<Vec<Decided>> {
    let mut all: Vec<Introduced> = Vec::new();
    for (view, unlisted) in views.iter().zip(decided) {
        for one in view.decided.iter().chain(unlisted).filter(|one| one.mention.kind != Kind::State && one.mention.actor.is_some()) {
            let written = one.mention.span.of(view.text);
            if written.chars().any(is_han)
                && let Some(short) = in_brackets(Span::new(one.mention.span.end, view.text.len()).of(view.text), one.mention.kind)
                && !all.iter().any(|other| other.short == short)
            {
                let rule = if one.mention.kind == Kind::Person { Rule::ShortName } else { Rule::Acronym };
                let mention = Mention { rule, of: Some(written.to_owned()), ..one.mention.clone() };
                all.push(Introduced { short: short.to_owned(), mention });
            }
        }
    }
    views.iter().map(|view| all.iter().flat_map(|one| one.places(view)).collect()).collect()
}

impl Introduced {
    fn places<'v>(&'v self, view: &'v View<'_>) -> impl Iterator<Item = Decided> + 'v {
        view.text.match_indices(&self.short).filter_map(|(start, short)| {
            let span = Span::new(start, start + short.len());
            let words = view.words_in(span)?;
            let open = |at: usize| view.listed(at).is_none_or(|one| matches!(one.mention.rule, Rule::Undecided | Rule::Nearby));
            words.clone().all(open).then(|| Decided { words, mention: Mention { span, ..self.mention.clone() } })
        })
    }
}

/// The short form or the Latin name in brackets that stand first in `behind`.
fn in_brackets(behind: &str, kind: Kind) -> Option<&str> {
    const CALLED: [&str; 10] = ["以下简称为", "以下簡稱為", "以下简称", "以下簡稱", "简称", "簡稱", "下称", "下稱", "以下称", "以下稱"];
    const QUOTES: [char; 10] = ['“', '”', '「', '」', '‘', '’', '"', '：', ':', ' '];
    let inside = behind.strip_prefix(['（', '('])?.split(['）', ')', '，', ',', '；', ';', '、']).next()?;
    let called = CALLED.iter().find_map(|word| inside.strip_prefix(word));
    let short = called.unwrap_or(inside).trim_matches(QUOTES);
    let length = short.chars().count();
    let capitals = short.chars().filter(char::is_ascii_uppercase).count();
    let fits = match kind {
        _ if called.is_some() => (2..=12).contains(&length),
        Kind::Person => short.contains(' ') && capitals > 1 && short.chars().all(|c| c.is_alphabetic() && !is_han(c) || " -.'".contains(c)),
        _ => (2..=10).contains(&length) && capitals > 1 && short.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'),
    };
    fits.then_some(short)
}
