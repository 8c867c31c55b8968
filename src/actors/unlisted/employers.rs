//! Companies that Chinese text calls by a short name which looks like a person's: 蔚来创始人李斌, 德淮半导体, 德淮.

use foldhash::HashSet;

use super::alphabets::Class;
use super::chinese::{Place, words_of};
use super::view::View;
use super::whole::is_person;
use crate::actors::word_list::WordList;
use crate::text::Span;
use crate::text::fold::han_variant;
use crate::text::script::is_han;

/// Offices in companies. Behind them stands who has them.
static OFFICES: WordList = WordList::new(
    "创始人 联合创始人 创办人 董事长 副董事长 总裁 副总裁 首席执行官 首席财务官 首席运营官 首席技术官 首席科学家 总经理 副总经理 行长 副行长 掌门人 合伙人 董事 高管 CEO CFO COO CTO 首席经济学家 首席分析师",
);

/// What else stands between where somebody serves and who it is.
static OTHER_OFFICES: WordList = WordList::new(
    "市长 副市长 市委书记 省长 省委书记 州长 县长 县委书记 区长 区委书记 校长 副校长 院长 副院长 社长 主编 总编辑 主教练 教练 发言人 新闻发言人 秘书长 理事长 会长 副会长 记者 分析师 队长 前锋 门将 后卫",
);

/// What companies are, behind their names.
static KINDS: WordList = WordList::new("公司 集团 汽车 半导体 资本 银行 科技 股份 控股 证券 传媒 地产 电子 软件 影业 药业 制药");

/// Makes organisations of the names that the piece shows to be those of companies, and takes out those of other places where people serve.
pub(super) fn employers(views: &[View<'_>], places: &mut [Vec<Place>]) {
    let mut companies: HashSet<String> = HashSet::default();
    let mut others: HashSet<String> = HashSet::default();
    let mut people: HashSet<String> = HashSet::default();
    for (view, places) in views.iter().zip(&*places) {
        for (at, place) in places.iter().enumerate().filter(|(_, place)| is_short(place)) {
            let next = places.get(at + 1).filter(|next| next.found.person).map(|next| next.span.start);
            let listed = |end: usize| {
                view.decided
                    .binary_search_by_key(&end, |one| one.mention.span.start)
                    .is_ok_and(|at| view.decided.get(at).is_some_and(|one| one.mention.kind == crate::actors::Kind::Person))
            };
            let serves = |list: &WordList| ends_of(view, place, list).into_iter().any(|end| next == Some(end) || listed(end));
            if serves(&OFFICES) {
                companies.insert(place.name.clone());
            } else if serves(&OTHER_OFFICES) {
                others.insert(place.name.clone());
            } else if is_person(place) {
                people.insert(place.name.clone());
            } else if !ends_of(view, place, &KINDS).is_empty() {
                companies.insert(place.name.clone());
            }
        }
    }
    if companies.is_empty() && others.is_empty() {
        return;
    }
    // 李宁公司 is called after a person.
    let told = |place: &Place| place.found.before == Class::Title;
    let people_by_title: HashSet<String> = places.iter().flatten().filter(|place| told(place)).map(|place| place.name.clone()).collect();
    companies.retain(|name| !people_by_title.contains(name));
    others.retain(|name| !people.contains(name) && !companies.contains(name));
    for (view, places) in views.iter().zip(places) {
        places.retain(|place| !(place.found.person && others.contains(&place.name)));
        for place in places.iter_mut().filter(|place| companies.contains(&place.name)) {
            place.found.person = false;
            // 小鹏汽车 is the whole name.
            if let Some(words) = ends_of(view, place, &KINDS).pop().and_then(|end| words_of(view, Span::new(place.span.start, end))) {
                place.widen(view, words);
            }
        }
    }
}

fn is_short(place: &Place) -> bool {
    place.found.person && (2..=4).contains(&place.name.chars().count()) && place.name.chars().all(is_han)
}

/// Where each word of `list` ends that begins behind a name.
fn ends_of(view: &View<'_>, place: &Place, list: &WordList) -> Vec<usize> {
    const LONGEST: usize = 8;
    let behind = Span::new(place.span.end, view.text.len()).of(view.text);
    let mut word = String::new();
    let mut ends = Vec::new();
    for (at, c) in behind.char_indices().take(LONGEST) {
        word.push(han_variant(c));
        if list.holds(&word) {
            ends.push(place.span.end + at + c.len_utf8());
        }
    }
    ends
}
