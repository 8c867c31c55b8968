//! Chinese names judged with the whole piece in view: what is plainly a place, where a name stands again, and what it is called for short.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use foldhash::{HashMap, HashSet};

use super::alphabets::Class;
use super::chinese::{Place, words_of};
use super::han::Name;
use super::model::{FOREIGN, MODEL, SURNAME};
use super::view::{Decided, View};
use crate::actors::word_list::WordList;
use crate::actors::{Kind, Mention, Rule};
use crate::text::fold::han_variant;
use crate::text::han::HanWord;
use crate::text::script::is_han;
use crate::text::{Span, beginning};

/// Places and other words that are written as people's names are.
static PLACES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| words(include_str!("words/han-places.txt")));
/// Words that the dictionary takes for names of people, and that are none.
static WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| words(include_str!("words/han-words.txt")));

fn words(list: &'static str) -> HashSet<&'static str> {
    list.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
}

/// Takes out people who are none: known places, names that stand where only places do and do nothing that people do; and cut bits of other words
/// among organisations.
pub(super) fn without_places(views: &[View<'_>], places: &mut [Vec<Place>]) {
    let mut people: HashSet<String> = HashSet::default();
    let mut elsewhere: HashSet<String> = HashSet::default();
    for (view, places) in views.iter().zip(&*places) {
        for place in places.iter().filter(|place| place.found.person) {
            if is_person(place) {
                people.insert(place.name.clone());
            } else if is_foreign(&place.name) && stands_as_place(view, place) {
                elsewhere.insert(place.name.clone());
            }
        }
    }
    let sides = views.iter().any(|view| ["中方", "双方", "雙方"].iter().any(|side| view.text.contains(side)));
    for (view, places) in views.iter().zip(places) {
        places.retain(|place| {
            if place.found.person {
                if sides && is_side(place) {
                    return false;
                }
                people.contains(&place.name)
                    || !elsewhere.contains(&place.name) && !is_other_word(&place.name) && !is_doubtful_word(place) && !runs_on(view, place)
            } else {
                !["三国军", "两军", "两国", "三国", "各国"].iter().any(|word| place.name.contains(word))
                    && !begins_with_demonym(view, place)
                    && !is_generic(view, place)
            }
        });
    }
}

/// Whether a name is the side of a state in talks, where the piece speaks of sides: 安方, 美西方.
fn is_side(place: &Place) -> bool {
    let titled = place.found.before == Class::Title || place.found.behind == Class::Title;
    place.name == "美西方" || place.name.ends_with('方') && place.name.chars().count() == 2 && !titled
}

/// Whether a list has a name as a place or as another word.
pub(super) fn is_other_word(name: &str) -> bool {
    is_known_place(name) || WORDS.contains(name)
}

/// A place of the list, also with what kind of place it is behind: 卢甘斯克州.
fn is_known_place(name: &str) -> bool {
    PLACES.contains(name) || PLACES.contains(name.trim_end_matches(['州', '省', '市', '区', '县', '河', '山']))
}

/// Whether something beside a name, or a dot in it, tells that it is a person's.
pub(super) fn is_person(place: &Place) -> bool {
    let Name { before, behind, .. } = place.found;
    let word = WORDS.contains(&*place.name);
    let verb = behind == Class::Verb && !word && !is_known_place(&place.name);
    before == Class::Title && !word || behind == Class::Title || verb || place.name.contains('·')
}

/// Whether a name is a word of the dictionary that looks like no name: its first character is nobody's family name and few write foreign names, or
/// its last ends words for things. 老李 and 阿明 are people, 汉武帝 and 耶稣 were.
fn is_doubtful_word(place: &Place) -> bool {
    const OF_THINGS: &str = "性化率器县市郡镇寺庙赛病虫酶税券";
    const RARE_FAMILIES: &str = "老小阿辜果庹谌恽冼雒翦覃麦付代迟兰官仝亓揭逄仓楼释凯琼赫";
    const TWO_CHARACTERS: [&str; 14] =
        ["欧阳", "令狐", "司马", "上官", "皇甫", "诸葛", "尉迟", "公孙", "慕容", "东方", "独孤", "宇文", "呼延", "淳于"];
    static OF_OLD: WordList =
        WordList::new("嬴政 溥仪 尉缭 慈禧 乾隆 崇祯 光绪 耶稣 耶和华 玄奘 扁鹊 哪吒 宙斯 昭君 雍正 但丁 凯撒 伽利略 拿破仑 波塞冬 雅典娜");
    let is_used = |c: char, bit: u8| MODEL.uses(MODEL.number(c)) & bit != 0;
    let length = place.name.chars().count();
    let mut characters = place.name.chars();
    let (Some(first), Some(last)) = (characters.next(), characters.next_back()) else { return false };
    let family = is_used(first, SURNAME) || RARE_FAMILIES.contains(first) || TWO_CHARACTERS.iter().any(|name| place.name.starts_with(name));
    let foreign = 2 * place.name.chars().filter(|&c| is_used(c, FOREIGN)).count() >= length;
    let of_old = OF_OLD.holds(&place.name) || matches!(last, '帝' | '宗' | '祖' | '王' | '后' | '妃');
    place.found.is_word && !of_old && !foreign && (!family || length > 2 && OF_THINGS.contains(last))
}

/// Whether the word goes on behind a name: 马克|思主义.
fn runs_on(view: &View<'_>, place: &Place) -> bool {
    let behind = Span::new(place.span.end, view.text.len()).of(view.text);
    ["思主义", "思主義", "思列宁", "思列寧"].iter().any(|rest| behind.starts_with(rest))
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
    let usual_behind: String = Span::new(place.span.end, view.text.len()).of(view.text).chars().take(4).map(han_variant).collect();
    let before = Span::new(0, place.span.start).of(view.text).chars().next_back();
    let at = before.is_some_and(|c| "在抵赴距".contains(c)) && !usual_behind.starts_with(['的', '等', '之']);
    at || BEHIND.begins(&usual_behind)
}

/// Whether a name says no more than what sort of organisation it is, and of which state: 上市公司, 中国公司, 养老院, 从严治党.
fn is_generic(view: &View<'_>, place: &Place) -> bool {
    static HEADS: WordList = WordList::new(
        "公司 企业 机构 厂商 媒体 平台 智库 球队 部门 单位 团体 高校 院校 学校 党组织 政党 中小企业 分公司 子公司 母公司 财团 车企 药企 银行",
    );
    static SORTS: WordList = WordList::new(
        "上市 跨国 外国 本国 国内 国外 海外 境外 境内 本地 当地 地方 金融 科技 高科技 互联网 网络 私人 私营 国有 国营 民营 民间 外资 中资 合资 独资 大型 小型 中型 知名 著名 主流 官方 商业 政策性 国际 全球 \
        新 老 大 小 多家 一家 几家 两家 三家 这家 该 各 某 某些 许多 其他 有关 相关 软件 汽车 能源 石油 制药 医药 生物 电信 保险 证券 投资 上游 下游 龙头 头部 传统 新兴 新能源 人工智能 半导体 芯片 社交 西方 欧美 外 本",
    );
    // What many have, or all together are.
    static MANY: WordList = WordList::new(
        "国际社会 国际舞台 和平共处 养老院 敬老院 福利院 幼儿园 中小学 科研院所 利益集团 统治集团 既得利益集团 平台 环保 党委 各级党委 党支部 人民军队 安全部队 突击队 网军 在野党 反对党 执政党 \
         非营利组织 专门委员会 特别委员会 交易所 交易会 居委会 村委会 业委会 董事会 监事会 研发团队 小圈子 新格局 安全观 中西部 东中西部 中文版 英文版 防空警报 雷达站 申报 上台 通行",
    );
    // 台北报导: where a reporter writes from.
    static REPORTS: WordList = WordList::new("报导 报道");
    static DEEDS: WordList = WordList::new(
        "治党 管党 入党 建党 护党 爱党 信党 跟党 听党 叛党 退党 结社 出局 破局 布局 结局 聚会 开会 赴会 与会 约会 参军 撤军 进军 时代党",
    );
    if MANY.holds(&place.name) || DEEDS.ends(&place.name) || REPORTS.ends(&place.name) {
        return true;
    }
    let words = view.analysed.han_words();
    let from = words.partition_point(|word| word.first < place.words.start);
    let inside: Vec<_> = words.iter().skip(from).take_while(|word| word.first + word.len <= place.words.end).collect();
    let [sorts @ .., head] = inside.as_slice() else { return false };
    let usual =
        |word: &HanWord| -> String { view.span_of(&(word.first..word.first + word.len)).of(view.text).chars().map(han_variant).collect() };
    let whole = inside.first().is_some_and(|word| word.first == place.words.start) && head.first + head.len == place.words.end;
    let is_state =
        |word: &HanWord| view.listed(word.first).is_some_and(|one| one.mention.kind == Kind::State && one.words.len() == word.len);
    // 上市公司 is one word.
    let one = || {
        place
            .name
            .char_indices()
            .any(|(at, _)| matches!(place.name.split_at_checked(at), Some((sort, head)) if SORTS.holds(sort) && HEADS.holds(head)))
    };
    let several = HEADS.holds(&usual(head)) && !sorts.is_empty() && sorts.iter().all(|word| is_state(word) || SORTS.holds(&usual(word)));
    whole && several || one()
}

/// 伊方会: a demonym and what stands behind it.
fn begins_with_demonym(view: &View<'_>, place: &Place) -> bool {
    let first = view.listed(place.words.start);
    first.is_some_and(|one| one.mention.rule == Rule::Demonym && one.mention.span.of(view.text).ends_with('方'))
}

/// Finds the names of people who are told by title or verb, and of organisations, at the other places where they stand; names of two characters, which
/// other words have together too, only before such a word: 王文说.
pub(super) fn spread(views: &[View<'_>], places: &mut [Vec<Place>]) {
    let mut names: HashMap<String, Name> = HashMap::default();
    for place in places.iter().flatten() {
        let length = place.name.chars().count();
        let told = if place.found.person { length > 1 && is_person(place) } else { length > 4 };
        if told && place.name.chars().all(is_han) {
            names.entry(place.name.clone()).or_insert(place.found);
        }
    }
    // Who is told to be somebody at one place is no army at another: 小米创始人雷军, 雷军说.
    for place in places.iter_mut().flatten().filter(|place| !place.found.person) {
        place.found.person = names.get(&place.name).is_some_and(|found| found.person);
    }
    if names.is_empty() {
        return;
    }
    let mut names: Vec<_> = names.into_iter().collect();
    names.sort_unstable_by(|(name, _), (other, _)| name.cmp(other));
    let Some(finder) = finder(names.iter().map(|(name, _)| name.as_str())) else { return };
    for (view, places) in views.iter().zip(places) {
        // Variants of Han have as many bytes as the usual forms.
        let text: String = view.text.chars().map(han_variant).collect();
        if text.len() != view.text.len() {
            continue;
        }
        let mut taken = Taken::new(std::mem::take(places));
        for (at, span) in all_matches(&finder, &text) {
            let Some((name, found)) = names.get(at) else { continue };
            if is_short(name) && !tells_person(&text, span.end) {
                continue;
            }
            let over = taken.over(span);
            if let Some(words) = words_of(view, span).filter(|_| over.iter().all(|(_, place)| place.len() < span.len())) {
                let found = Name { before: Class::Outside, behind: Class::Outside, ..*found };
                taken.replace(&over, Place { words, span, name: name.clone(), written: span.of(view.text).to_owned(), found });
            }
        }
        *places = taken.places.into_values().collect();
    }
}

/// Places by their first bytes, those with the same in their order.
struct Taken {
    places: BTreeMap<(usize, usize), Place>,
    /// How many bytes the longest has.
    longest: usize,
}

impl Taken {
    fn new(places: Vec<Place>) -> Self {
        let longest = places.iter().map(|place| place.span.len()).max().unwrap_or(0);
        Self { places: places.into_iter().enumerate().map(|(at, place)| ((place.span.start, at), place)).collect(), longest }
    }

    /// Those that share a byte with `span`.
    fn over(&self, span: Span) -> Vec<((usize, usize), Span)> {
        let near = self.places.range((span.start.saturating_sub(self.longest), 0)..(span.end, 0));
        near.filter(|(_, place)| place.span.end > span.start).map(|(&key, place)| (key, place.span)).collect()
    }

    fn replace(&mut self, over: &[((usize, usize), Span)], place: Place) {
        for (key, _) in over {
            self.places.remove(key);
        }
        self.longest = self.longest.max(place.span.len());
        self.places.insert((place.span.start, 0), place);
    }
}

/// What finds many words in one pass, made in the least time, for it serves one piece. `None` if they are too many for it.
fn finder<'w>(words: impl Iterator<Item = &'w str>) -> Option<AhoCorasick> {
    AhoCorasick::builder().kind(Some(AhoCorasickKind::NoncontiguousNFA)).prefilter(false).build(words).ok()
}

/// The places of each word in `text`, word by word; a word that overlaps itself stands where it does first.
fn all_matches(finder: &AhoCorasick, text: &str) -> Vec<(usize, Span)> {
    let mut found: Vec<(usize, Span)> =
        finder.find_overlapping_iter(text).map(|found| (found.pattern().as_usize(), Span::new(found.start(), found.end()))).collect();
    found.sort_unstable();
    found.dedup_by(|(at, span), (before, last)| at == before && span.start < last.end);
    found
}

/// Whether a name has two characters.
fn is_short(name: &str) -> bool {
    name.chars().count() == 2
}

/// Whether a title or a word for what people do stands at `at`.
fn tells_person(text: &str, at: usize) -> bool {
    const LONGEST: usize = 3;
    let rest = text.get(at..).unwrap_or_default();
    let ends = rest.char_indices().take(LONGEST).map(|(at, c)| at + c.len_utf8());
    ends.filter_map(|end| rest.get(..end)).any(|word| matches!(MODEL.word(word).class, Class::Title | Class::Verb))
}

/// A short form that the piece introduces, and whose it is.
struct Introduced {
    short: String,
    mention: Mention,
}

/// The places of short forms and names in Latin letters that the piece introduces in brackets: 中国人民银行（以下简称央行）, 汉滩政策研究院（HPI）.
pub(super) fn introduced(views: &[View<'_>], decided: &[Vec<Decided>]) -> Vec<Vec<Decided>> {
    let mut all: Vec<Introduced> = Vec::new();
    let mut known: HashSet<&str> = HashSet::default();
    for (view, unlisted) in views.iter().zip(decided) {
        for one in view.decided.iter().chain(unlisted).filter(|one| one.mention.kind != Kind::State && one.mention.actor.is_some()) {
            let written = one.mention.span.of(view.text);
            if written.chars().any(is_han)
                && let Some(short) = in_brackets(Span::new(one.mention.span.end, view.text.len()).of(view.text), one.mention.kind)
                && known.insert(short)
            {
                let rule = if one.mention.kind == Kind::Person { Rule::ShortName } else { Rule::Acronym };
                let mention = Mention { rule, of: Some(written.to_owned()), ..one.mention.clone() };
                all.push(Introduced { short: short.to_owned(), mention });
            }
        }
    }
    if all.is_empty() {
        return vec![Vec::new(); views.len()];
    }
    let Some(finder) = finder(all.iter().map(|one| one.short.as_str())) else { return vec![Vec::new(); views.len()] };
    let decided = |view: &View<'_>| {
        let places = all_matches(&finder, view.text).into_iter();
        places.filter_map(|(at, span)| all.get(at)?.at(view, span)).collect()
    };
    views.iter().map(decided).collect()
}

impl Introduced {
    fn at(&self, view: &View<'_>, span: Span) -> Option<Decided> {
        let words = view.words_in(span)?;
        let open = |at: usize| view.listed(at).is_none_or(|one| matches!(one.mention.rule, Rule::Undecided | Rule::Nearby));
        words.clone().all(open).then(|| Decided { words, mention: Mention { span, ..self.mention.clone() } })
    }
}

/// The bytes behind an opening bracket or mark in which it closes, or does not: from each that opens the whole text would be looked through for the end
/// of one that nothing closes.
pub(super) const INSIDE: usize = 200;

/// The short form or the Latin name in brackets that stand first in `behind`.
fn in_brackets(behind: &str, kind: Kind) -> Option<&str> {
    const CALLED: [&str; 10] = ["以下简称为", "以下簡稱為", "以下简称", "以下簡稱", "简称", "簡稱", "下称", "下稱", "以下称", "以下稱"];
    const QUOTES: [char; 10] = ['“', '”', '「', '」', '‘', '’', '"', '：', ':', ' '];
    let inside = beginning(behind.strip_prefix(['（', '('])?, INSIDE).split(['）', ')', '，', ',', '；', ';', '、']).next()?;
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
