//! Pairs of states whose characters tell only together, or only before what is between states: 巴以, 中欧关系, 美加边境.

use super::choose::{Part, Piece};
use super::matcher::Candidate;
use super::word_list::WordList;
use super::{ActorId, Form};
use crate::text::Span;
use crate::text::fold::han_variant;
use crate::text::script::is_han;

/// Pairs that are hardly anything else, in either order.
static PLAIN: WordList = WordList::new("巴以 黎以 印巴");

/// Pairs that are states where something between states stands behind.
static RELATED: WordList = WordList::new(
    "以巴 以黎 伊以 以伊 美以 以美 俄以 以俄 以叙 叙以 埃以 以埃 约以 以约 沙以 以沙 土以 以土 印以 英以 \
    巴印 中巴 巴中 美巴 巴美 巴阿 阿巴 俄巴 中加 加中 美加 加美 墨加 印加 加印 英加 法加 日加 \
    土美 美土 俄土 土俄 土叙 叙土 土希 希土 土伊 伊土 土欧 欧土 中土 中意 意中 法意 意法 德意 意德 美意 中新 新中 新马 马新 中马 马中 马菲 \
    中埃 埃中 美埃 埃美 中塞 塞中 美塞 俄塞 塞科 科塞 中委 委中 美委 委美 俄委 中古 古中 美古 古美 亚阿 阿亚 中老 老中 老越 老柬 中尼 尼中 印尼 中智 中吉 吉塔 中塔 塔吉 中白 俄白 白俄 中格 俄格 中西 中比",
);

/// Of such pairs those that other words make up more often, unless their relation itself is meant.
static RARE: WordList =
    WordList::new("中意 中新 新中 中土 中古 中老 中尼 中智 中吉 中塔 中白 中格 中西 中比 中委 中马 中以 印尼 塔吉 白俄 意中 古中 老中");

/// Whom a character that several states share stands for beside another.
const SHARED: [(&str, &str, &str); 12] = [
    ("巴以", "巴", "palestine"),
    ("以巴", "巴", "palestine"),
    ("印巴", "巴", "pakistan"),
    ("巴印", "巴", "pakistan"),
    ("巴阿", "巴", "pakistan"),
    ("阿巴", "巴", "pakistan"),
    ("巴阿", "阿", "afghanistan"),
    ("阿巴", "阿", "afghanistan"),
    ("亚阿", "阿", "azerbaijan"),
    ("阿亚", "阿", "azerbaijan"),
    ("塞科", "科", "kosovo"),
    ("科塞", "科", "kosovo"),
];

/// What is between states, and whatever else stands behind two of them.
static BETWEEN: WordList = WordList::new(
    "关系 两国 双方 双边 三国 三方 四国 之间 冲突 战争 战事 战火 交火 停火 停战 开战 交战 和谈 边境 边界 局势 问题 矛盾 争端 和平 谈判 会谈 磋商 对话 首脑 元首 领导人 外长 防长 峰会 同盟 联盟 联军 联手 建交 断交 \
    复交 自贸 贸易 经贸 关税 班列 经济走廊 合作 互利 命运共同体 全面战略 战略伙伴 伙伴 新型战略 人文 友好 友谊 人民 协议 协定 军演 联合声明 竞争 博弈 对抗 摩擦 互信 脱钩 和解 危机 空战 交锋 大使 青年 文化交流 学者 企业 建立 应 携手 共同 高级别 地区紧张 新一轮 投资协定 全面投资 自由贸易",
);

/// What makes even a rare pair one.
static RELATION: WordList = WordList::new("关系 两国 双方 双边 建交 经贸 自贸 互利 人文 友好 命运共同体 全面战略 友谊");

/// What 欧美 deal in with each other.
static TRADE: WordList = WordList::new("之间 贸易谈判 贸易战 贸易协 贸易争 关税");

/// What a preposition before 以 or behind it governs as well: 其中以贸易, 以战争相威胁.
static GOVERNED: WordList = WordList::new("贸易 关税 战争 和平 谈判 合作 竞争 对话 战略 企业 青年 人文 问题 友好");

/// Characters before a pair that are no part of a word with it.
const CLEAR: &str = "的在与和同跟对是为就将使了从至让于被给因及到把由说谈看今年月日次届轮间促进当向自而但即若论改破损动";

impl Piece<'_> {
    /// Whether the character at a candidate is one of a pair of states.
    pub(super) fn is_in_pair(&self, part: &Part<'_>, at: usize) -> bool {
        self.pair_around(part, at).is_some()
    }

    /// Whom a character of several states stands for, if the pair that it is in tells.
    pub(super) fn told_by_pair(&self, part: &Part<'_>, at: usize, actors: &[ActorId]) -> Option<ActorId> {
        let pair = self.pair_around(part, at)?;
        let character: String = part.candidates.get(at)?.span.of(part.text).chars().map(han_variant).collect();
        let (.., told) = SHARED.iter().find(|(together, one, _)| *together == pair && *one == character)?;
        actors.iter().copied().find(|&actor| self.roster.actor(actor).is_some_and(|actor| &*actor.id == *told))
    }

    /// Whether a character stands for so many states and other things that the piece has to name the one that is meant: 中吉, 中新.
    pub(super) fn has_to_be_named(part: &Part<'_>, candidate: &Candidate) -> bool {
        let character = candidate.span.of(part.text).chars().next().map_or(' ', han_variant);
        "亚比智哥古埃格约吉老立马尼卡罗塞新西斯瑞塔委白科".contains(character)
    }

    /// The pair that the character at a candidate makes with the one before it or behind it, in its usual form.
    fn pair_around(&self, part: &Part<'_>, at: usize) -> Option<String> {
        at.checked_sub(1).and_then(|before| self.pair(part, before)).or_else(|| self.pair(part, at))
    }

    /// The pair that the character at a candidate begins.
    fn pair(&self, part: &Part<'_>, at: usize) -> Option<String> {
        let (first, second) = (part.candidates.get(at)?, part.candidates.get(at + 1)?);
        let is_character = |one: &Candidate| one.words.len() == 1 && !self.actors(part, one, Form::Character).is_empty();
        if first.span.end != second.span.start || !is_character(first) || !is_character(second) {
            return None;
        }
        let span = Span::new(first.span.start, second.span.end);
        let pair: String = span.of(part.text).chars().map(han_variant).collect();
        let plain = PLAIN.holds(&pair);
        if !plain && !RELATED.holds(&pair) {
            return None;
        }
        let behind = first_of(part.text_behind(span));
        let clear = part.text_before(span).chars().next_back().map(han_variant).is_none_or(|c| !is_han(c) || CLEAR.contains(c));
        let governed = pair.ends_with('以') && GOVERNED.begins(&behind);
        let fits = match () {
            () if plain => !behind.starts_with(['西', '东', '来', '前', '后', '及', '上', '下', '内', '外']) || behind.starts_with("内部"),
            () if RARE.holds(&pair) => clear && RELATION.begins(&behind),
            () if governed => false,
            () => BETWEEN.begins(&behind),
        };
        fits.then_some(pair)
    }
}

/// Whether what stands behind a row of characters makes all of them states.
pub(super) fn are_related(row: &str, behind: &str) -> bool {
    let (row, behind): (String, String) = (row.chars().map(han_variant).collect(), first_of(behind));
    // 希波战争 was with the Persians, and 欧美 companies are of Europe.
    match &*row {
        "中华" => false,
        "希波" | "波希" => RELATION.begins(&behind),
        "欧美" | "印欧" => RELATION.begins(&behind) || TRADE.begins(&behind),
        _ => BETWEEN.begins(&behind),
    }
}

/// The first characters of what stands behind a pair, in their usual forms: as many as the longest word has that is looked for there.
fn first_of(behind: &str) -> String {
    behind.chars().take(5).map(han_variant).collect()
}
