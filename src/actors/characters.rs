//! States that Chinese, Japanese and Korean name by one character: 俄乌, 中、美两国, 访华; 米政府, 日韓首脳; 한·미·일.

use super::choose::{Part, Piece};
use super::matcher::Candidate;
use super::pairs::are_related;
use super::word_list::WordList;
use super::{Form, Kind};
use crate::text::script::{is_han, is_hangul};
use crate::text::{Language, Span};

impl Piece<'_> {
    /// Whether the character at a candidate stands for its state. A character means many things: it does so beside another that stands for one,
    /// in a row of states, or between a word that takes a state and one that follows one.
    pub(super) fn is_state_by_character(&self, part: &Part<'_>, at: usize) -> bool {
        let Some(candidate) = part.candidates.get(at) else { return false };
        if candidate.span.of(part.text).starts_with(is_hangul) {
            return is_in_row_of_hangul(part, candidate.span);
        }
        if self.is_in_pair(part, at) {
            return true;
        }
        let written = candidate.span.of(part.text);
        if WEAK.contains(written) {
            return false;
        }
        let row = self.row_around(part, at);
        let (Some(first), Some(last)) = (part.candidates.get(row.start), part.candidates.get(row.end - 1)) else { return false };
        let before = part.text_before(first.span).chars().next_back();
        let behind = part.text_behind(last.span);
        if behind.starts_with(OTHER_WORDS) {
            return false;
        }
        // 美美地: no state stands twice in a row.
        let mut characters: Vec<char> = Span::new(first.span.start, last.span.end).of(part.text).chars().collect();
        characters.sort_unstable();
        if characters.windows(2).any(|pair| pair.first() == pair.last()) {
            return false;
        }
        let relates = RELATIONS.begins(behind);
        let clear = before.is_none_or(|c| !is_han(c) || CLEAR.contains(c));
        // 14日阿…, 14 日: a day.
        let counted = || part.text_before(first.span).trim_end_matches([' ', '\u{A0}']).ends_with(char::is_numeric);
        if first.span.of(part.text) == "日" && counted() {
            return false;
        }
        let row_text = Span::new(first.span.start, last.span.end).of(part.text);
        if row.len() > 1 && (NOT_ALONE.split(' ').any(|pair| pair == row_text) || row_text.chars().any(|c| !KNOWN.contains(c))) {
            return are_related(row_text, behind);
        }
        if row.len() > 1 {
            let pair = row_text;
            // 日中 is the daytime too, but not before 关系.
            let other = |word: &str| word.strip_prefix(pair).is_some_and(|rest| behind.starts_with(rest)) && !(relates && word == "日中");
            // 朝日 and 中日 are papers and clubs in Japanese.
            let paper = self.language == Language::JAPANESE && matches!(pair, "朝日" | "中日") && !relates;
            let other = paper || OTHER_PAIRS.split(' ').any(other);
            let great = pair.chars().any(|c| GREAT.contains(c));
            return !other && (relates || clear || great && (row.len() > 2 || !first.span.of(part.text).starts_with(MIDDLES)));
        }
        // 驻欧, 访欧 are Europe.
        if matches!(written, "欧" | "歐") && !(before == Some('、') || behind.starts_with('、')) {
            return false;
        }
        if self.language == Language::JAPANESE {
            return clear && !matches!(written, "日" | "中") && OF_STATES.begins(behind);
        }
        let taken = before.is_some_and(|c| TAKES.contains(c));
        let ends = behind.chars().next().is_none_or(|c| !is_han(c));
        match before {
            Some('对') if KNOWN.contains(written) && !matches!(written, "中" | "日" | "法" | "德") => {
                relates || ends || TOWARDS.begins(behind)
            }
            _ if taken && written != "中" && (KNOWN.contains(written) || matches!(written, "华" | "華" | "港")) => true,
            Some('、') => self.is_state_beyond(part, at, true) && (ends || relates || COUNTED.begins(behind)),
            _ if behind.starts_with('、') && clear => self.is_state_beyond(part, at, false),
            _ if !clear || !KNOWN.contains(written) => false,
            // 今日外长 is of today, 中外 of all the world.
            _ if !before.is_some_and(is_han) && behind.starts_with(['称', '稱']) => written != "中",
            _ if OFFICES.begins(behind) => written != "中" && !(written == "日" && before.is_some_and(is_han)),
            _ => behind.starts_with(['媒', '籍', '裔', '企']),
        }
    }

    /// The characters of states that touch one another around the candidate at `at`, as far as a row of states goes.
    fn row_around(&self, part: &Part<'_>, at: usize) -> std::ops::Range<usize> {
        /// More states than anybody writes with a character each.
        const LONGEST: usize = 12;
        let is_character = |candidate: &Candidate| {
            let weak = WEAK.contains(candidate.span.of(part.text));
            candidate.words.len() == 1 && !weak && !self.actors(part, candidate, Form::Character).is_empty()
        };
        let touch = |first: usize, second: usize| match (part.candidates.get(first), part.candidates.get(second)) {
            (Some(first), Some(second)) => first.span.end == second.span.start && is_character(first) && is_character(second),
            _ => false,
        };
        let (mut start, mut end) = (at, at + 1);
        while start > 0 && at - start < LONGEST && touch(start - 1, start) {
            start -= 1;
        }
        while end - at < LONGEST && touch(end - 1, end) {
            end += 1;
        }
        start..end
    }

    /// Whether a state stands on the other side of 、.
    fn is_state_beyond(&self, part: &Part<'_>, at: usize, before: bool) -> bool {
        let other = if before { at.checked_sub(1) } else { Some(at + 1) };
        let (Some(here), Some(other)) = (part.candidates.get(at), other.and_then(|other| part.candidates.get(other))) else { return false };
        let (first, second) = if before { (other, here) } else { (here, other) };
        let gap = Span::new(first.span.end, second.span.start).of(part.text);
        let forms = [Form::Full, Form::Demonym, Form::Character, Form::Short];
        let is_state =
            |id| self.roster.actor(id).is_some_and(|actor| actor.kind == Kind::State || actor.tags.iter().any(|tag| tag == "igo"));
        gap == "、" && forms.iter().any(|&form| self.actors(part, other, form).into_iter().any(is_state))
    }
}

/// Whether a syllable stands in a row of states with dots between, 한·미·일, each by one syllable. Without dots the row is one word.
fn is_in_row_of_hangul(part: &Part<'_>, span: Span) -> bool {
    let is_part = |c: char| matches!(c, '한' | '미' | '일' | '중' | '북' | '러' | '·' | 'ㆍ' | '‧');
    let (before, behind) = (part.text_before(span), part.text_behind(span));
    let start = before.len() - before.chars().rev().take(6).take_while(|&c| is_part(c)).map(char::len_utf8).sum::<usize>();
    let end = span.end + behind.chars().take(6).take_while(|&c| is_part(c)).map(char::len_utf8).sum::<usize>();
    let states: Vec<&str> = Span::new(start, end).of(part.text).split(['·', 'ㆍ', '‧']).collect();
    let alone = !part.text_before(Span::new(start, end)).ends_with(is_hangul);
    alone && states.len() > 1 && states.iter().all(|state| state.chars().count() == 1)
}

/// Characters that stand for states beside one another; others mean too much else.
const KNOWN: &str = "中美俄朝韩韓日英法德印乌烏伊沙越苏蘇台臺菲澳欧歐米仏独豪露";

/// Those of which one is in most rows; others make up foreign names, too: 弗洛伊德.
const GREAT: &str = "中美俄日韩韓朝英欧歐印乌烏台臺米露";

/// Characters that stand for states in some pairs alone: they are common words.
const WEAK: &str = "亚亞阿白比巴智哥古埃格以意约約吉老立马馬尼卡罗羅塞新西斯瑞塔土委加科";

/// Rows that are other things too, and states where something between states stands behind: 中欧 is Central Europe.
const NOT_ALONE: &str = "中欧 中歐 欧美 歐美 印欧 印歐";

/// What stands between states, or follows them.
static RELATIONS: WordList = WordList::new(
    "关系 關係 两国 兩國 双方 雙方 贸易 貿易 经贸 經貿 磋商 会谈 會談 首脑 首腦 元首 领导人 領導人 之间 之間 峰会 峰會 联合 聯合 冲突 衝突 谈判 談判 军演 軍演 边境 邊境 同盟 联盟 聯盟 合作 互 外长 \
外長 防长 防長 两军 兩軍 建交 复交 復交 断交 斷交 协议 協議 条约 條約 三方 三国 三國 四国 四國 战略 戰略 高层 高層 高级 高級 友好 双边 雙邊 战争 戰爭 对话 對話 摩擦 竞争 競爭 对抗 對抗 联军 聯軍 签署 簽署 在 均 \
関係 首脳 両国 両政府 会談 貿易 対立 協議 共同 外相 防衛 安保 戦争 協力 平和 双方 合同 宣言 間 二国 三カ国 3カ国 ３カ国 4カ国 ３国",
);

/// What stands behind a state of one character in Japanese: 米政府, 仏企業.
static OF_STATES: WordList = WordList::new(
    "政府 大統領 首相 軍 議会 下院 上院 国務 国防 財務 中央 連邦 紙 誌 海軍 空軍 陸軍 海兵 大使 外相 外務 当局 司法 最高裁 産 製 側 経済 企業 商務 通商 政権 大手 国内 両国 国民",
);

/// Offices and organs that stand behind their state in Chinese: 美总统, 俄外交部.
static OFFICES: WordList = WordList::new(
    "总统 總統 总理 總理 首相 外长 外長 外相 防长 防長 财长 財長 外交部 外交大臣 财政部 財政部 议会 議會 政府 军方 軍方 警方 央行 高官 情报 情報",
);

/// What is done towards a state.
static TOWARDS: WordList = WordList::new(
    "政策 出口 进口 施压 施壓 制裁 贸易 贸 貿易 援助 军售 軍售 军援 外交 关税 關稅 加征 态度 態度 立场 立場 投资 投資 的 实施 實施 采取 採取 强硬 強硬 让步 讓步 发动 發動 宣战 作战 禁运 禁運 动武 施加 开战 威胁",
);

/// What counts the states of a row.
static COUNTED: WordList = WordList::new("等 两 兩 三 四 五 六 七 八 各 和 与 與 及 都 均");

/// Characters that stand before a state.
const TAKES: &str = "访 訪 驻 駐 旅 援 亲 親 反 涉 赴 侨 僑";

/// Characters before a row that are no part of a word with it.
const CLEAR: &str =
    "的在与與和同跟对對是为為就将將使了从從至让讓于於被给給因及到把由说說谈談看今年月日次届轮間间促进進当當以向自如而但即若论論改破损損";

/// Characters that often end a word with what stands before: 其中, 今日.
const MIDDLES: [char; 9] = ['中', '日', '法', '德', '台', '华', '華', '波', '港'];

/// Characters behind which make a word with the last of a row: 美元, 法律, 日本.
const OTHER_WORDS: [char; 68] = [
    '洲', '娜', '国', '國', '元', '语', '語', '文', '好', '丽', '麗', '食', '容', '术', '術', '学', '學', '式', '味', '景', '律', '院',
    '官', '规', '規', '庭', '常', '本', '期', '子', '报', '報', '记', '記', '益', '历', '曆', '程', '夜', '光', '阳', '陽', '代', '野',
    '鲜', '鮮', '湾', '灣', '风', '風', '州', '性', '才', '雄', '勇', '镑', '鎊', '寸', '亩', '林', '女', '西', '尼', '哥', '伦', '巴',
    '古', '金',
];

/// Rows that are other words.
const OTHER_PAIRS: &str = "中华 中華 美中不足 朝中社 台中 日中 中土 中台 中波 加中";
