//! Whether a capital in Chinese text is meant as the government that sits there: 北京方面, 批评莫斯科, 华盛顿与平壤之间. It is a place until something says
//! otherwise.

use std::cell::OnceCell;

use foldhash::HashSet;

use super::choose::{Part, Piece};
use super::matcher::Candidate;
use super::word_list::WordList;
use super::{ActorId, Form, Kind};
use crate::text::Span;
use crate::text::fold::han_variant;
use crate::text::script::is_han;

/// The states whose capitals a piece plainly means as governments somewhere, once that is asked for.
pub(super) type Governments = OnceCell<HashSet<ActorId>>;

/// What the words around a capital make it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    Place,
    /// As a government.
    Plain,
    /// As what acts, like a government or its city: 北京将推出.
    Acting,
    /// As what is dealt with, or has something: 对北京, 北京的.
    Doubtful,
    /// Nothing tells.
    Open,
}

impl Piece<'_> {
    /// Whether a capital in Han stands for its government. Where it is in doubt, the rest of the piece tells.
    pub(super) fn han_capital_means_government(&self, part: &Part<'_>, at: usize) -> bool {
        match self.stands(part, at) {
            // Commentary calls governments by their capitals more often than it tells of cities that act.
            Stands::Plain | Stands::Acting => true,
            Stands::Doubtful => {
                let Some(candidate) = part.candidates.get(at) else { return false };
                self.actors(part, candidate, Form::Capital).iter().any(|actor| self.plain_governments().contains(actor))
            }
            Stands::Place | Stands::Open => false,
        }
    }

    fn plain_governments(&self) -> &HashSet<ActorId> {
        self.governments.get_or_init(|| {
            let mut plain = HashSet::default();
            for part in &self.parts {
                for (at, candidate) in part.candidates.iter().enumerate() {
                    let actors = self.actors(part, candidate, Form::Capital);
                    let han = candidate.span.of(part.text).starts_with(is_han);
                    if han && !actors.is_empty() && self.stands(part, at) == Stands::Plain {
                        plain.extend(actors);
                    }
                }
            }
            plain
        })
    }

    fn stands(&self, part: &Part<'_>, at: usize) -> Stands {
        let Some(candidate) = part.candidates.get(at) else { return Stands::Open };
        match alone(part, candidate) {
            // Who says it in 丹麦哥本哈根 is not Copenhagen.
            _ if self.follows_its_state(part, at) => Stands::Place,
            Stands::Open | Stands::Acting | Stands::Doubtful if self.is_between(part, at) => Stands::Plain,
            stands => stands,
        }
    }

    /// Whether the name of its state stands right before a capital.
    fn follows_its_state(&self, part: &Part<'_>, at: usize) -> bool {
        let (Some(here), Some(before)) = (part.candidates.get(at), at.checked_sub(1).and_then(|at| part.candidates.get(at))) else {
            return false;
        };
        let states = self.actors(part, here, Form::Capital);
        before.span.end == here.span.start && self.actors(part, before, Form::Full).iter().any(|state| states.contains(state))
    }

    /// Whether a capital stands in a row of two, of capitals or states, behind which is said what is between governments: 华盛顿与北京之间.
    fn is_between(&self, part: &Part<'_>, at: usize) -> bool {
        let joined = |first: usize, second: usize| {
            let (Some(first), Some(second)) = (part.candidates.get(first), part.candidates.get(second)) else { return false };
            let is_party = |one| [Form::Capital, Form::Full, Form::Demonym].iter().any(|&form| self.names_state(part, one, form));
            let gap = Span::new(first.span.end, second.span.start).of(part.text);
            let related = || {
                let behind = usual(part.text_behind(second.span));
                BETWEEN.begins(&behind) && !ON_THE_WAY.begins(behind.trim_start_matches("之间").trim_start_matches('的'))
            };
            matches!(gap, "与" | "與" | "和" | "同" | "跟" | "、" | "-" | "—") && is_party(first) && is_party(second) && related()
        };
        at.checked_sub(1).is_some_and(|before| joined(before, at)) || joined(at, at + 1)
    }

    fn names_state(&self, part: &Part<'_>, candidate: &Candidate, form: Form) -> bool {
        self.actors(part, candidate, form).into_iter().any(|id| self.roster.actor(id).is_some_and(|actor| actor.kind == Kind::State))
    }
}

/// What the words beside a capital make it.
fn alone(part: &Part<'_>, candidate: &Candidate) -> Stands {
    let span = candidate.span;
    let before = last_usual(part.text_before(span));
    let behind = usual(part.text_behind(span));
    // The city and its surroundings are never called so.
    if span.of(part.text).chars().map(han_variant).eq("华府".chars()) && !before.ends_with(['在', '大']) {
        return Stands::Plain;
    }
    // 首 | 都柏林 is 首都 | 柏林.
    if before.ends_with('首') && span.of(part.text).starts_with('都') {
        return Stands::Place;
    }
    if GOVERNS.begins(&behind) && !OTHER_BEHIND.begins(&behind) {
        return Stands::Plain;
    }
    let dated = behind.starts_with(|c: char| c.is_numeric()) && behind.chars().take(3).any(|c| c == '月');
    if dated || PLACE_BEFORE.ends(&before) || PLACE_BEHIND.begins(&behind) || OTHER_BEHIND.begins(&behind) || before.ends_with(['（', '('])
    {
        return Stands::Place;
    }
    let leans = LEANS.ends(&before) && !OTHER_LEANS.ends(&before);
    let towards = before.ends_with(['对', '向']) && TOWARDS.begins(&behind);
    let owns = behind.strip_prefix('的').is_some_and(|owned| OWNED.begins(owned));
    if leans || TURNS_ON.ends(&before) || towards || owns || WILLS.begins(&behind) {
        return Stands::Plain;
    }
    let words = part.analysed.han_words();
    let next = words.get(words.partition_point(|word| word.first < candidate.words.end)).filter(|word| word.first == candidate.words.end);
    let acts = next.is_some_and(|word| {
        let tag = word.part_of_speech.as_str();
        tag.starts_with(['d', 'p', 'c']) || tag.starts_with('v') && tag != "vn"
    });
    let dealt_with = DEALT_WITH.ends(&before);
    let owns = behind.strip_prefix('的').is_some_and(|owned| !owned.starts_with(['一', '几', '某', '每']));
    match () {
        () if acts && !behind.starts_with(['有', '是', '爆']) => Stands::Acting,
        () if acts || dealt_with || owns => Stands::Doubtful,
        () => Stands::Open,
    }
}

/// How many characters beside a capital are read.
const NEAR: usize = 8;

/// The first characters of `text` in their usual forms.
fn usual(text: &str) -> String {
    text.chars().take(NEAR).map(han_variant).collect()
}

/// The last characters of `text` in their usual forms.
fn last_usual(text: &str) -> String {
    let start = text.char_indices().rev().nth(NEAR - 1).map_or(0, |(at, _)| at);
    text.get(start..).unwrap_or_default().chars().map(han_variant).collect()
}

/// Whom one speaks of behind a capital when its government is meant.
static GOVERNS: WordList = WordList::new("方面 当局 政府 政权 官方 高层 领导层 领导人 决策层 决策者 统治者 当权者 中央");

/// What begins as a government's word or deed does, and is a thing of the city: 北京希望小学, 伦敦高层建筑.
static OTHER_BEHIND: WordList = WordList::new(
    "高层建筑 高层住宅 高层公寓 希望小学 希望工程 希望之星 中央商务区 中央公园 中央车站 中央火车站 中央体育场 担保 同比 环比 警告标志",
);

/// Words of place and movement before a city, and of what is named after where it is.
static PLACE_BEFORE: WordList = WordList::new(
    "在 于 到 赴 抵 抵达 访问 前往 来 从 自 离开 回 位于 返回 大学 驻 首都 去 到过 离 距 飞抵 通讯社 社 日报 晚报 经 经由 途经 往 飞往 开往 运往 通往 直通 进京 造访 \
    走进 进入 聚集 定居 落户 身处 地处 出生 生于 大 小 老 古 新 南 北 东 西 整个 全",
);

/// What follows a city when it is a place or a part of another name.
static PLACE_BEHIND: WordList = WordList::new(
    "市 时间 举行 会议 会晤 峰会 机场 大学 电 讯 街头 郊 城 条约 协定 协议 奥运 冬奥 召开 和会 共识 州 议定书 机制 街 地区 特区 湾 墙 时代 国际 当地 \
    东部 西部 南部 北部 南郊 北郊 东郊 西郊 附近 郊区 以东 以西 以南 以北 警方 居民 市民 市长 地铁 邮报 日报 晚报 时报 迎来 拥有 位于 开幕 闭幕 上空 市区 市中心 会谈 磋商 谈判",
);

/// Words that take a government: one is for it or against it, presses it, pleases it.
static TURNS_ON: WordList = WordList::new(
    "批评 抨击 指责 谴责 迫使 敦促 激怒 得罪 取悦 讨好 说服 警告 抗衡 遏制 威慑 制衡 牵制 孤立 拥护 效忠 效忠于 听命 听命于 听从 倒向 投靠 依附 依附于 惹恼 触怒 质疑 施压 挑衅 对抗 \
    忠于 忠诚于 迎合 屈服于 臣服于 归咎于 嫁祸 信任 激励 安抚 刺激 逼迫 求助于 依赖 劝说 阻止",
);

/// Such a word of one character.
static LEANS: WordList = WordList::new("亲 反 逼");
/// Other words that end in one.
static OTHER_LEANS: WordList = WordList::new("父亲 母亲 双亲 探亲 乡亲 娘亲 至亲 近亲 省亲 违反 相反 平反 往反 造反 策反");

/// What is done towards a government.
static TOWARDS: WordList = WordList::new(
    "施压 施加 制裁 强硬 示好 让步 妥协 示弱 的政策 的强硬 的态度 的立场 的依赖 的制裁 的批评 的指责 的信任 的不信任 的怀疑 的敌意 的威胁 采取强硬 采取更 发出警告 发出信号 传达 表达不满 表示不满 \
    表达关切 提出抗议 提出要求 屈服 靠拢 低头 问责 宣战 军售 出售武器 提供武器 提供军 索赔 交涉",
);

/// What governments have and cities have not.
static OWNED: WordList = WordList::new(
    "立场 态度 意图 外交 野心 图谋 盟友 盟国 影响力 敌意 警告 干预 干涉 说法 承诺 底线 算盘 红线 怒火 愤怒 不满 耐心 诚意 意志 授意 指示 默许 统治 掌控 制裁 镇压 对手 敌人 代理人 附庸 傀儡 认可 \
    威胁 军事 核武 战略 威权 专制 独裁 野心 国家利益 对华 对外 对俄 对美 对台 对港 报复 反制 谴责 批评 指责 抗议 打压 宣传机器 领导人 官员 决策 当权者 主权 图 利益 压力 命令 授权 恩惠",
);

/// What governments want, think, say and do, and cities do not.
static WILLS: WordList = WordList::new(
    "坚称 认为 否认 拒绝 希望 谴责 指责 警告 声称 宣称 担心 担忧 试图 企图 意图 不愿 不想 抨击 怀疑 相信 主张 辩称 坚持 承认 视 表示 指出 回应 默许 容忍 无意 有意 愿意 意识到 误判 报复 制裁 \
    施压 干预 干涉 打压 谋求 寻求 妥协 让步 示警 资助 扶植 操纵 操控 授意 策划 指使 撑腰 背书 豢养 并不认为 也认为 则认为 仍认为 一直认为 显然认为 反驳 批评 害怕 恐惧 乐见 乐于 急于 渴望 打算 \
    企望 声明 坚决 重申 澄清 驳斥 呼吁各方 呼吁国际 也希望 也表示 则表示 已表示 曾表示 可能认为 或许认为 正试图 一直试图 觉得 看来 看待 眼中 强推 遣返 承诺 扣押 吞并 入侵 出兵",
);

/// What makes a capital one side of a relation between governments.
static BETWEEN: WordList = WordList::new(
    "之间 的关系 关系 的冲突 的对抗 的竞争 的博弈 的矛盾 的谈判 的紧张 的外交 的同盟 的联盟 的较量 的贸易战 双方 两国 都认为 均认为 都希望 均表示 的交易",
);

/// What goes from one place to another.
static ON_THE_WAY: WordList = WordList::new("航 列车 铁路 距离 飞 直 交通 公路 往 高铁 火车 路 线 班机 客机 时差 高速 通勤 旅");

/// What stands before what is dealt with, or acts.
static DEALT_WITH: WordList = WordList::new(
    "对 向 由 被 受 让 使 令 与 和 同 跟 给 支持 反对 要求 针对 导致 因为 如果 但 而 认为 说 表示 指 显示 意味着 帮助 援助 挑战 就是 代表",
);
