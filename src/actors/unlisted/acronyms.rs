//! Acronyms in Latin letters in Chinese and Japanese text. Most are terms (ABS, HTTPS, GIF); an organisation is told by what stands beside one.

use foldhash::HashSet;

use super::view::{Decided, View};
use crate::actors::word_list::WordList;
use crate::actors::{Kind, Rule};
use crate::text::fold::han_variant;
use crate::text::script::{is_han, is_kana};
use crate::text::{Language, Span};

/// What organisations are, have and do, behind their names.
static BEHIND: WordList = WordList::new(
    "公司 集团 组织 机构 协会 基金会 银行 大学 联盟 委员会 电视台 电台 通讯社 官员 总裁 董事长 首席 创始人 总部 旗下 成员 发言人 记者 主席 秘书长 总干事 员工 高管 分析师 负责人 方面 当局 \
    表示 称 宣布 说 指出 认为 警告 发表 报道 推出 收购 起诉 拒绝 否认 承认 回应 成立 声明 呼吁 批准 决定 要求 指责 谴责 计划 预计 希望 正在 则 也 的广告 的监管 的报告 的员工 的官员 的记者 的声明 的调查 的总部 的成员",
);

/// What stands before them.
static BEFORE: WordList = WordList::new(
    "公司 集团 组织 机构 银行 联盟 协会 加入 创办 成立 创立 隶属 任职于 就职于 供职于 媒体 电视台 党 退出 起诉 收购 据 巨头 厂商",
);

/// What organisations are, have and do in Japanese, behind their names.
static BEHIND_JAPANESE: WordList = WordList::new(
    "社 会社 株式会社 グループ ホールディングス ジャパン 会長 社長 代表 幹部 広報 総裁 議長 理事 事務局 本社 本部 支社 職員 社員 関係者 当局 協会 連盟 連合 委員会 機構 財団 大学 銀行 放送 研究所 労組 によると によれば は発表 が発表 は声明 が声明 が主催 が運営 が開発 が発売 が販売 が提供 は提供 が買収 を買収 と提携 と共同 に加盟 に所属 に入社 の社長 の会長 の代表 の幹部 の広報 の社員 の職員 の記者 の傘下 の調査 の発表 は昨 は同日",
);

/// What stands before them.
static BEFORE_JAPANESE: WordList = WordList::new(
    "株式会社 有限会社 社団法人 財団法人 特定非営利活動法人 大手の 大手 企業 会社 機構 団体 組織 協会 機関 メーカー メーカーの キャリアの 事業者の",
);

/// Takes out acronyms between Chinese or Japanese words that nothing tells to be organisations, at no place of the piece.
pub(super) fn without_terms(views: &[View<'_>], found: &mut [Vec<Decided>], language: Language) {
    let mut told: HashSet<String> = HashSet::default();
    for (view, found) in views.iter().zip(&*found) {
        let tells = found.iter().filter(|one| is_acronym(one) && is_told(view, one, language));
        told.extend(tells.map(|one| one.mention.name.clone()));
    }
    for found in found {
        found.retain(|one| !is_acronym(one) || told.contains(&one.mention.name));
    }
}

fn is_acronym(one: &Decided) -> bool {
    let mention = &one.mention;
    let form = mention.name.len() <= 6 && mention.name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    form && mention.kind == Kind::Org && !mention.listed && mention.rule != Rule::Acronym && mention.of.is_none()
}

/// Whether the words beside an acronym make it an organisation, or are in Latin letters too.
fn is_told(view: &View<'_>, one: &Decided, language: Language) -> bool {
    const NEAR: usize = 6;
    let (before, behind) =
        (Span::new(0, one.mention.span.start).of(view.text), Span::new(one.mention.span.end, view.text.len()).of(view.text));
    let (before, behind) = (before.trim_end_matches(' '), behind.trim_start_matches(' '));
    let is_word = |c: char| is_han(c) || is_kana(c);
    if !before.trim_end_matches(['（', '(']).ends_with(is_word) && !behind.starts_with(is_word) {
        return before.ends_with(char::is_alphabetic) || behind.starts_with(char::is_alphabetic);
    }
    let behind: String = behind.chars().take(NEAR).map(han_variant).collect();
    let last: Vec<char> = before.chars().rev().take(NEAR).map(han_variant).collect();
    let before: String = last.into_iter().rev().filter(|&c| c != ' ').collect();
    if language == Language::JAPANESE {
        return BEHIND_JAPANESE.begins(&behind) || BEFORE_JAPANESE.ends(&before);
    }
    BEHIND.begins(&behind) || BEFORE.ends(&before) || acts(view, one)
}

/// Whether an acronym does something: a verb stands behind it, which is more than what things are and can be.
fn acts(view: &View<'_>, one: &Decided) -> bool {
    const OF_THINGS: &str = "是为有在可能需等即如用被无";
    let words = view.analysed.han_words();
    let next = words.get(words.partition_point(|word| word.first < one.words.end)).filter(|word| word.first == one.words.end);
    next.is_some_and(|word| {
        let tag = word.part_of_speech.as_str();
        let verb = tag == "d" || tag.starts_with('v') && tag != "vn";
        verb && !view.word(word.first).chars().any(|c| OF_THINGS.contains(han_variant(c)))
    })
}
