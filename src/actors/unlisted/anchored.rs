//! Chinese names of organisations that begin at a place: 湖南省体育总会, 中国国际友好联络会.
//!
//! Such a name says where the organisation is or for whom, what it does, and last what it is, which few words do. So it is read from its end: from
//! the word for what it is over nouns back to the nearest place. The model ([`super::han`]) looks at five characters at a time, and cuts long names.

use std::ops::Range;

use super::alphabets::Class;
use super::chinese::{Place, words_of};
use super::han::Name;
use super::view::View;
use crate::actors::Kind;
use crate::actors::word_list::WordList;
use crate::text::Span;
use crate::text::fold::han_variant;
use crate::text::han::HanWord;

/// What organisations are, as the ends of words. Usual forms, as in all lists here.
static HEADS: WordList = WordList::new(
    "委员会 组委会 筹委会 管委会 协会 学会 研究会 联合会 联谊会 联络会 促进会 总会 商会 工会 总工会 基金会 理事会 公会 红十字会 妇联 残联 文联 侨联 作协 科协 记协 体协 研究所 研究院 研究中心 研究室 实验室 \
     出版社 电视台 电台 通讯社 日报社 晚报社 报社 杂志社 公司 集团 银行 大学 学院 学校 中学 小学 党校 科学院 医院 法院 检察院 监狱 海关 公安局 管理局 监督局 监管局 统计局 气象局 税务局 国税局 地税局 工商局 教育局 文化局 \
     卫生局 环保局 财政局 民政局 司法局 交通局 规划局 建设局 劳动局 人事局 审计局 物价局 旅游局 林业局 农业局 水利局 电力局 铁路局 邮政局 电信局 公安厅 教育厅 财政厅 文化厅 卫生厅 民政厅 司法厅 交通厅 水利厅 农业厅 \
     林业厅 建设厅 人事厅 商务厅 科技厅 博物馆 图书馆 乐团 歌舞团 艺术团 芭蕾舞团 剧院 剧团 俱乐部 救助站 农技站 供销社 科委 经贸委 计委 体委 发改委 政协 人大 团委 党委 省委 市委 县委 区委 纪委 监委 公署 总署 总局 \
     办公室 办事处 指挥部 司令部 总厂 纺织厂 机械厂 制药厂 化工厂 钢铁厂 化纤厂 服装厂",
);

/// Heads of what a state has, right behind its name: 印尼农业部.
static MINISTRIES: WordList = WordList::new(
    "农业部 农林部 石油部 能源部 能矿部 矿产部 国防部 外交部 财政部 司法部 法务部 内政部 教育部 卫生部 商务部 贸易部 工业部 经济部 计划部 文化部 交通部 运输部 劳动部 环境部 旅游部 体育部 水利部 通信部 信息部 移民部 \
     社会部 气象厅 防卫厅 环境厅 警察厅 企划厅 大藏省 外务省 通产省 厚生省 文部省 法务省 总务省 防卫省 环境省",
);

/// Whether some head ends with `c`.
const fn ends_head(c: char) -> bool {
    matches!(
        c,
        '会' | '联'
            | '协'
            | '所'
            | '院'
            | '心'
            | '室'
            | '社'
            | '台'
            | '司'
            | '团'
            | '行'
            | '学'
            | '校'
            | '狱'
            | '关'
            | '局'
            | '厅'
            | '馆'
            | '部'
            | '站'
            | '委'
            | '大'
            | '署'
            | '处'
            | '厂'
            | '省'
    )
}

/// Heads that say no more than what sort of thing it is, where nothing stands between them and a state, or where all of the country or the world is
/// meant: 世界一流大学.
static SORTS: WordList = WordList::new(
    "公司 集团 大学 学院 学校 医院 中学 小学 法院 检察院 电视台 电台 报社 通讯社 出版社 研究所 研究院 实验室 博物馆 图书馆 俱乐部 银行 监狱 海关 剧院 剧团 乐团 歌舞团 艺术团 党委 省委 市委 县委 区委 公安局 税务局 \
     工商局 教育局 文化局 卫生局 科学院 司令部 办公室 办事处 杂志社 党校 纺织厂 机械厂 制药厂 化工厂 钢铁厂 化纤厂 服装厂",
);

/// Where a name begins that is of no single place.
static WIDE: WordList = WordList::new("国家 全国 国际 世界 全球 亚洲 欧洲 非洲 拉美 亚太 东亚 中华 中华全国 国立 联邦 中央 皇家");

/// What stands in a name between its place and its end, beside nouns of two characters and more.
static INSIDE: WordList = WordList::new(
    "人民 第一 第二 第三 第四 第五 第六 第七 第八 第九 第十 与 和 及 暨 对外 友好 特殊 改革 保护 合作 交流 促进 发展 管理 监督 控制 指挥 防治 照明 认证 注册 留学 救亡 希望 执法 检查 咨询 监测 检疫 评估 仲裁 扶贫 \
     抗旱 防汛 救灾 援助 救助 探测 海洋",
);

/// What is said of many: 新加坡主板上市公司.
static OF_MANY: WordList = WordList::new(
    "上市 跨国 股份 注册 科技 技术 外资 中资 合资 独资 国有 国营 民营 私营 大型 小型 知名 著名 定点 主要 有关 相关 一流 重点",
);

/// A head of any kind, with a word before it: 交流中心.
const CENTRE: &str = "中心";

/// The most characters that a name has.
const LONGEST: usize = 24;
/// The fewest.
const FEWEST: usize = 4;

/// Adds the names that begin at a place, in the places of what is inside them.
pub(super) fn add(views: &[View<'_>], places: &mut [Vec<Place>]) {
    for (view, places) in views.iter().zip(places) {
        let mut before = std::mem::take(places).into_iter().peekable();
        for words in names(view) {
            while let Some(place) = before.next_if(|place| place.words.end <= words.start) {
                places.push(place);
            }
            let mut over = Vec::new();
            while let Some(place) = before.next_if(|place| place.words.start < words.end) {
                over.push(place);
            }
            let inside = |place: &Place| words.start <= place.words.start && place.words.end <= words.end && place.words != words;
            let is_free = places.last().is_none_or(|last| last.words.end <= words.start);
            if is_free && over.iter().all(inside) {
                places.push(place(view, words));
            } else {
                places.append(&mut over);
            }
        }
        places.extend(before);
    }
}

fn place(view: &View<'_>, words: Range<usize>) -> Place {
    let span = view.span_of(&words);
    let written = span.of(view.text).to_owned();
    let name = written.chars().map(han_variant).collect();
    let found = Name { start: 0, end: words.len(), person: false, is_word: false, before: Class::Outside, behind: Class::Outside };
    Place { words, span, name, written, found }
}

/// The names in a part, as its words.
fn names(view: &View<'_>) -> Vec<Range<usize>> {
    let words = view.analysed.han_words();
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, last) in words.iter().enumerate() {
        let end = last.first + last.len;
        let Some(start) = Head::at(view, words, at).and_then(|head| head.beginning(view, words)) else { continue };
        // 公安局长 has an office.
        let is_office = || Span::new(view.span(end - 1).end, view.text.len()).of(view.text).starts_with(['长', '長']);
        let is_taken = found.last().is_some_and(|last| start < last.end);
        if !is_taken && !is_office() && words_of(view, view.span_of(&(start..end))).is_some() {
            found.push(start..end);
        }
    }
    found
}

/// The last words of a name, which say what the organisation is.
struct Head {
    /// The number of the first of them among the dictionary words.
    first: usize,
    /// Behind the last character.
    end: usize,
    written: String,
}

impl Head {
    /// The head that ends with the dictionary word at `at`, if it is the end of one.
    fn at(view: &View<'_>, words: &[HanWord], at: usize) -> Option<Self> {
        let last = words.get(at)?;
        // Few words are, and most are told by their last character.
        if !view.word(last.first + last.len - 1).chars().map(han_variant).all(ends_head) {
            return None;
        }
        let written = usual(view, last);
        let end = last.first + last.len;
        let head = if last.len > 1 {
            Self { first: at, end, written }
        } else {
            // 联络|会, 有线电视|台
            let before = at.checked_sub(1)?;
            let first = words
                .get(before)
                .filter(|first| matches!(&*written, "会" | "台" | "社" | "局" | "院" | "所") && touches(view, first, last))?;
            Self { first: before, end, written: usual(view, first) + &written }
        };
        let is_listed = (words.get(head.first)?.first..end).any(|at| view.listed(at).is_some());
        let is_head = head.written == CENTRE || HEADS.ends(&head.written) || MINISTRIES.holds(&head.written);
        (is_head && !is_listed).then_some(head)
    }

    /// Where the name begins: at the nearest place before its head.
    fn beginning(&self, view: &View<'_>, words: &[HanWord]) -> Option<usize> {
        let mut at = self.first;
        let mut between = 0;
        loop {
            let next = words.get(at)?;
            at = at.checked_sub(1)?;
            let word = words.get(at)?;
            if !touches(view, word, next) || self.end - word.first > LONGEST {
                return None;
            }
            if let Some(anchor) = Anchor::at(view, words, at) {
                let first = self.first_of(view, words, &anchor)?;
                return (!self.says_little(between, &anchor) && self.end - first >= FEWEST).then_some(first);
            }
            let written = usual(view, word);
            // What the roster has found is a name by itself, and 中国人大和全国政协 are two.
            let joins = matches!(&*written, "和" | "与" | "及" | "暨");
            let parts = joins && (at + 1 == self.first || before(view, words, at).is_none_or(|before| HEADS.ends(&usual(view, before))));
            let of_many = SORTS.holds(&self.written) && OF_MANY.holds(&written);
            if parts || of_many || view.listed(word.first).is_some() || !is_inside(word, &written) {
                return None;
            }
            between += 1;
        }
    }

    /// The first character of the name that begins at `anchor`, or just before: 中共黑龙江省纪委. `None` if it is a part of what stands before, whose
    /// name is the other part.
    fn first_of(&self, view: &View<'_>, words: &[HanWord], anchor: &Anchor) -> Option<usize> {
        let first = words.get(anchor.word)?.first;
        let Some(before) = before(view, words, anchor.word) else { return Some(first) };
        let outer = usual(view, before);
        if outer == "中共" && !MINISTRIES.holds(&self.written) {
            return Some(before.first);
        }
        let is_part = HEADS.ends(&outer) || view.listed(before.first).is_some_and(|one| one.mention.kind == Kind::Org);
        (!is_part).then_some(first)
    }

    /// Whether the name would say no more than what sort of thing it is and where, with so many words between its place and its head.
    fn says_little(&self, between: usize, anchor: &Anchor) -> bool {
        let (state, wide) = (anchor.extent == Extent::State, anchor.extent == Extent::Wide);
        match &*self.written {
            head if MINISTRIES.holds(head) => between > 0 || !state,
            CENTRE => between == 0,
            "公司" | "集团" | "银行" if state => between < 2,
            "公司" | "集团" | "办公室" | "办事处" if between == 0 => true,
            "中小学" => true,
            head if OF_MANY.begins(head) => true,
            head if wide => SORTS.ends(head),
            head => state && between == 0 && SORTS.holds(head),
        }
    }
}

/// The place at which a name begins.
struct Anchor {
    /// The number of its first word among the dictionary words.
    word: usize,
    extent: Extent,
}

/// How large a place is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    Local,
    State,
    /// Of no single place.
    Wide,
}

impl Anchor {
    /// The place that ends with the dictionary word at `at`, if one does.
    fn at(view: &View<'_>, words: &[HanWord], at: usize) -> Option<Self> {
        let word = words.get(at)?;
        let written = usual(view, word);
        let before = before(view, words, at);
        let alone = |extent| Some(Self { word: at, extent });
        if is_state(view, word) {
            return alone(Extent::State);
        }
        if is_local(word, &written) {
            return alone(Extent::Local);
        }
        // 中国国际友好联络会 is of China.
        if WIDE.holds(&written) && !before.is_some_and(|before| is_state(view, before) || is_local(before, &usual(view, before))) {
            return alone(Extent::Wide);
        }
        // 宿迁|市, but not 其他|市
        let before = before.filter(|_| matches!(&*written, "省" | "市" | "县" | "州" | "镇" | "乡"))?;
        let is_name = before.len > 1 && before.part_of_speech.as_str().starts_with(['n', 'x']) && view.listed(before.first).is_none();
        is_name.then(|| Self { word: at - 1, extent: Extent::Local })
    }
}

/// The word right before the one at `at`.
fn before<'w>(view: &View<'_>, words: &'w [HanWord], at: usize) -> Option<&'w HanWord> {
    let before = words.get(at.checked_sub(1)?)?;
    words.get(at).is_some_and(|word| touches(view, before, word)).then_some(before)
}

/// Whether nothing stands between two words.
fn touches(view: &View<'_>, before: &HanWord, behind: &HanWord) -> bool {
    before.first + before.len == behind.first && view.span(behind.first - 1).end == view.span(behind.first).start
}

/// Whether a word is a state of the roster, under its name.
fn is_state(view: &View<'_>, word: &HanWord) -> bool {
    view.listed(word.first)
        .is_some_and(|one| one.mention.kind == Kind::State && one.words.len() > 1 && one.words == (word.first..word.first + word.len))
}

/// Whether a word is a place inside a state.
fn is_local(word: &HanWord, written: &str) -> bool {
    /// Sorts of places, and what is done at one.
    static NONE: WordList = WordList::new(
        "直辖市 地级市 县级市 自治州 自治县 贫困县 示范县 试点县 百强县 大城市 城市 新区 外国 海洋 驻京 驻沪 在京 在沪 来京 赴京 进京",
    );
    let ends = written.ends_with(['省', '市', '县', '州', '镇', '乡']) && word.len > 2;
    word.len > 1 && (word.part_of_speech.as_str().starts_with("ns") || ends) && !NONE.holds(written)
}

/// Whether a word stands inside names.
fn is_inside(word: &HanWord, written: &str) -> bool {
    let tag = word.part_of_speech.as_str();
    let noun = tag.starts_with('n') && !tag.starts_with("nr") || matches!(tag, "vn" | "an" | "b" | "j");
    noun && word.len > 1 || INSIDE.holds(written)
}

/// A word in its usual form.
fn usual(view: &View<'_>, word: &HanWord) -> String {
    view.span_of(&(word.first..word.first + word.len)).of(view.text).chars().map(han_variant).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actors::tag::tests::mentions;

    /// The organisations in `text`.
    fn organisations(text: &str) -> Vec<&str> {
        mentions(text).iter().filter(|mention| mention.kind == Kind::Org).map(|mention| mention.span.of(text)).collect()
    }

    #[test]
    fn names_begin_at_the_nearest_place() {
        for (text, name) in [
            ("他在河南省郑州市公安局工作。", "郑州市公安局"),
            ("据中国国际友好联络会介绍，", "中国国际友好联络会"),
            ("中共黑龙江省纪委日前通报。", "中共黑龙江省纪委"),
            ("记者走访了国家食物与营养咨询委员会的专家。", "国家食物与营养咨询委员会"),
            ("北京电视艺术中心参股。", "北京电视艺术中心"),
            ("四川有线电视台的节目。", "四川有线电视台"),
            ("宿迁市纪委收到来信。", "宿迁市纪委"),
            ("埃及石油部昨天宣布。", "埃及石油部"),
            ("吉林省野生動物保護協會秘書長說。", "吉林省野生動物保護協會"),
        ] {
            assert_eq!(organisations(text), [name], "{text}");
        }
    }

    #[test]
    fn heads_are_told_by_their_last_characters() {
        for head in HEADS.all().chain(MINISTRIES.all()).chain([CENTRE]) {
            assert!(head.ends_with(ends_head), "{head}");
        }
    }

    #[test]
    fn sorts_of_things_and_offices_are_none() {
        for text in [
            "创建世界一流大学的条件。",
            "这家新加坡主板上市公司破产。",
            "吉林省中小学迎来秋季开学。",
            "郑州市公安局长到会。",
            "埃及石油公司和银行。",
            "其他市公安局也这样。",
            "这是贫困县教育局。",
        ] {
            assert_eq!(organisations(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn a_part_of_another_organisation_is_no_name_of_its_own() {
        assert_eq!(organisations("同中国政协和全国人大有联系。").len(), 2);
    }
}
