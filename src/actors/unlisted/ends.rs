//! Where a Chinese name that the model has found begins and ends: without the titles, the ends of titles and the marks of datelines that it took
//! along.

use super::alphabets::Class;
use super::han::Name;
use super::model::{MODEL, SURNAME};
use crate::actors::word_list::WordList;

/// The names in what the model took for one, in the characters of its sentence: mostly one.
pub(super) fn names(chars: &[char], found: Name) -> impl Iterator<Item = Name> {
    let found = without_beginning(chars, found);
    let [first, second] = match soldier(chars, &found) {
        Some(start) if start == found.start => [Some(Name { person: true, ..found }), None],
        Some(start) => {
            let title = title_before(chars, found.start, start);
            let head = Name { end: start - title, behind: Class::Title, ..found };
            [(title > 0).then_some(head), Some(Name { start, person: true, before: Class::Title, ..found })]
        }
        None => [Some(found), None],
    };
    let mut short = first.into_iter().chain(second).filter(|name| name.start < name.end).map(|name| match end_of_titled(chars, &name) {
        Some(end) => Name { end, behind: Class::Title, ..name },
        None => name,
    });
    [short.next(), short.next()].into_iter().flatten()
}

/// Without what belongs to the words before: 18日|电|国务院, 本报|讯|, 防|长|, 在|京|.
fn without_beginning(chars: &[char], found: Name) -> Name {
    let before = found.start.checked_sub(1).and_then(|at| chars.get(at)).copied();
    let name = chars.get(found.start..found.end).unwrap_or_default();
    let by = match (before, name) {
        (Some('0'..='9'), ['日', '电' | '讯', ..]) => 2,
        (Some('日'), ['电' | '讯', ..]) | (Some('报' | '社' | '网' | '台'), ['讯', ..]) => 1,
        (Some(c), ['长', ..]) if found.person && ENDS_IN_HEAD.contains(c) => 1,
        (Some('在' | '来' | '赴' | '进' | '抵' | '返' | '离'), ['京' | '沪', _, _, _, ..]) if !found.person => 1,
        // 老王 is called Wang.
        (_, ['老', family]) if found.person && is_surname(*family) && *family != '舍' => 1,
        (_, ['在' | '来' | '赴', '京' | '沪' | '华', _, _, _, ..]) if !found.person => 2,
        _ => 0,
    };
    // What is left stands behind a title, of which 长 is the end, or behind as good as one.
    let before = if by == 1 && matches!(name.first(), Some('长' | '老')) { Class::Title } else { found.before };
    Name { start: found.start + by, before, ..found }
}

/// What the heads of make titles in 长: 防长, 局长.
const ENDS_IN_HEAD: &str = "部防外财书院校局市县省州厅司处科所会社团师连班站馆台厂区镇乡村队组行议酋";

/// Where the name ends, if it goes over into a title: 希拉·威曼|女士, 习|主席, 胡|老. 赵氏 is a name, mostly of a wife or a house.
fn end_of_titled(chars: &[char], found: &Name) -> Option<usize> {
    const LONGEST: usize = 4;
    if !found.person {
        return standing_member(chars, found);
    }
    let name = chars.get(found.start..found.end)?;
    let family = name.first().is_some_and(|&c| is_surname(c));
    if let [_, '老' | '总' | '某'] | [_, '某', '某'] = name {
        return family.then_some(found.start + 1);
    }
    (1..name.len())
        .find(|&end| {
            let title: String = name.iter().skip(end).take(LONGEST + 1).collect();
            (family || end > 1) && TITLES.holds(&title)
        })
        .map(|end| found.start + end)
}

/// Where the name of a committee ends in that of its standing members: 中共中央政治局|常委.
fn standing_member(chars: &[char], found: &Name) -> Option<usize> {
    let name = chars.get(found.start..found.end)?;
    (name.len() > 4 && name.ends_with(&['常', '委'])).then_some(found.end - 2)
}

/// How many characters the title has that ends at `end`.
fn title_before(chars: &[char], start: usize, end: usize) -> usize {
    let title = |by: &usize| {
        let written: String = end.checked_sub(*by).and_then(|from| chars.get(from..end)).into_iter().flatten().collect();
        TITLES.holds(&written)
    };
    (2..=4).rev().filter(|by| start + by <= end).find(title).unwrap_or_default()
}

/// Where a person's name in 军 begins in what was taken for an organisation: 孙力军, 海协会会长|张志军. Who has a name of two characters with
/// this end is told by a title or verb alone: 雷军 is a person, 秦军 an army.
fn soldier(chars: &[char], found: &Name) -> Option<usize> {
    let name = chars.get(found.start..found.end)?;
    if found.person || name.last() != Some(&'军') {
        return None;
    }
    let fits = |name: &[char]| match name {
        [family, inner, _] => is_surname(*family) && !NO_FAMILIES.contains(*family) && !OF_ARMIES.contains(*inner),
        _ => false,
    };
    let start = found.end.checked_sub(3)?;
    let told = found.before == Class::Title || found.behind == Class::Title;
    if let [family, _, _] = name {
        return (fits(name) || told && is_surname(*family) && !NO_FAMILIES.contains(*family)).then_some(start);
    }
    if let [family, _] = name {
        return (told && is_surname(*family) && !NO_FAMILIES.contains(*family) && !DYNASTIES.contains(*family)).then_some(found.start);
    }
    let last = chars.get(start..found.end)?;
    (start > found.start && fits(last) && title_before(chars, found.start, start) > 0).then_some(start)
}

/// Used as a family name.
fn is_surname(c: char) -> bool {
    MODEL.uses(MODEL.number(c)) & SURNAME != 0
}

/// Family names that begin words for armies more often: 国防军, 关东军, 童子军.
const NO_FAMILIES: &str = "国党边公常平全安和华向连后单关童红水武法苏巴印越德俄乌伊黎叙沙美英日韩朝缅蒙阿以于从海空陆万东步古卫义冀冠万千明黄权诸相归连封库成戚扶终";

/// Characters that make an army of what stands around them.
const OF_ARMIES: &str = "国政民联盟陆海空红白叛驻守援敌友方路团先行撤进参从裁扩冠亚季全三我治水府洲东西南北中子备胜旗巾防卫协系伪俄美英日韩朝乌伊以黎叙法德印越缅蒙巴泰菲澳苏台家州省反义勇游正";

/// Family names that are dynasties and kingdoms too.
const DYNASTIES: &str = "秦楚赵魏吴蜀曹唐宋元金辽汉隋陈梁齐燕晋韩鲁周殷商夏清蒋阎冯湘淮川桂滇皖奉粤马";

/// Titles and callings behind a name, no part of it. Usual forms.
static TITLES: WordList = WordList::new(
    "主席 副主席 总统 副总统 总理 副总理 首相 国王 女王 天皇 皇帝 皇后 王后 王子 公主 王储 亲王 总书记 书记 副书记 部长 副部长 外长 防长 财长 国务卿 大臣 大使 公使 领事 总领事 参赞 议长 委员长 委员 \
    议员 参议员 众议员 州长 省长 市长 副市长 县长 镇长 村长 区长 局长 副局长 处长 科长 司长 厅长 院长 副院长 校长 副校长 所长 会长 社长 站长 行长 厂长 队长 班长 连长 营长 团长 师长 军长 司令 司令员 政委 参谋长 \
    参谋 将军 上将 中将 少将 元帅 上校 中校 少校 理事长 秘书长 秘书 主任 副主任 主编 总编 总编辑 经理 总经理 总裁 副总裁 董事长 董事 教练 主教练 先生 女士 小姐 太太 夫人 同志 教授 副教授 博士 院士 老师 律师 \
    法官 检察官 医生 大夫 护士 医师 记者 作家 诗人 画家 导演 演员 选手 专家 学者 研究员 工程师 科学家 经济学家 发言人 候选人 领导人 领袖 创始人 代表 顾问 特使 特首 神父 主教 教皇 公爵 伯爵 爵士 大爷 大妈 \
    大叔 大伯 阿姨 奶奶 爷爷 伯伯 叔叔 师傅 警官 老板 法师 大师 活佛 国务委员 大统领 政府 政权 当局 内阁",
);
