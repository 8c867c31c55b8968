//! Names in Japanese text.

use std::sync::LazyLock;

use super::super::view::View;
use super::lists::Lists;
use super::{Place, free_words, wider_words};
use crate::actors::{Kind, Rule};
use crate::text::Span;
use crate::text::script::{is_han, is_kana};

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::read(include_str!("../words/japanese.txt"), str::to_owned));

/// The scripts of runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Han,
    /// With the dots inside foreign names.
    Katakana,
}

/// The places where a name may stand. Text without hiragana near is no Japanese, so a line has to have kana.
pub(super) fn places(view: &View<'_>) -> Vec<Place> {
    let mut out = Vec::new();
    let mut start = 0;
    for line in view.text.split_inclusive('\n') {
        if line.chars().any(|c| is_kana(c) && c < '\u{30A0}') {
            for (span, script) in runs(line, start) {
                match script {
                    Script::Han => {
                        let people = out.len();
                        out.extend(person(view, span).or_else(|| addressed(view, span)).or_else(|| with_kana(view, span)));
                        if out.len() == people {
                            out.extend(org(view, span));
                        }
                    }
                    Script::Katakana => out.extend(foreigner(view, span)),
                }
            }
        }
        start += line.len();
    }
    out
}

/// The runs of Han and of katakana in a line that begins at `start`.
fn runs(line: &str, start: usize) -> Vec<(Span, Script)> {
    let mut runs: Vec<(Span, Script)> = Vec::new();
    for (at, c) in line.char_indices() {
        let script = match c {
            '・' | '＝' => Script::Katakana,
            c if is_han(c) => Script::Han,
            c if is_kana(c) && c >= '\u{30A0}' => Script::Katakana,
            _ => continue,
        };
        let (at, end) = (start + at, start + at + c.len_utf8());
        match runs.last_mut() {
            Some((run, before)) if *before == script && run.end == at => run.end = end,
            _ => runs.push((Span::new(at, end), script)),
        }
    }
    runs
}

fn behind<'p>(view: &View<'p>, at: usize) -> &'p str {
    Span::new(at, view.text.len()).of(view.text)
}

fn char_before(view: &View<'_>, at: usize) -> Option<char> {
    Span::new(0, at).of(view.text).chars().next_back()
}

/// The title or honorific that begins `text`, if the word ends with it.
fn title(text: &str) -> Option<Title> {
    let end = LISTS.longest_prefix("honorific", text);
    if let Some(end) = end {
        // さんご, 氏名: more of another word.
        let rest = text.get(end..).unwrap_or_default();
        let goes_on = rest.starts_with(|c: char| is_han(c) || is_kana(c) && c >= '\u{30A0}')
            || text.starts_with('君') && !rest.starts_with(['は', 'が', 'の', 'を', 'も', 'に']);
        if !goes_on && !rest.starts_with(['ご', 'す', 'ざ']) {
            return Some(Title::Honorific);
        }
    }
    let whole = |section: &str| {
        let rest = LISTS.longest_prefix(section, text).and_then(|end| text.get(end..))?;
        (!rest.starts_with(|c: char| is_han(c) || is_kana(c) && c >= '\u{30A0}')).then_some(())
    };
    whole("title").map(|()| Title::Office).or_else(|| whole("calling").map(|()| Title::Calling))
}

/// What stands behind a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Title {
    Honorific,
    Office,
    /// What stands behind much else too: グループ会長.
    Calling,
}

/// A Japanese name in a run of Han: a known family name, the given name, and a title in or behind the run.
fn person(view: &View<'_>, run: Span) -> Option<Place> {
    let text = run.of(view.text);
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    if char_before(view, run.start).is_some_and(|c| is_kana(c) && c >= '\u{30A0}') {
        return None;
    }
    // The name stands first in the run: what stands before it would be an office or a body whose end nothing tells.
    let family = LISTS.longest_prefix("family", text)?;
    let family_length = text.get(..family)?.chars().count();
    let length = starts.len() - 1;
    for chars in (family_length..=length.min(family_length + 3)).rev() {
        let &end = starts.get(chars)?;
        let name = Span::new(run.start, run.start + end);
        let Some(title) = title(behind(view, name.end)) else { continue };
        let alone = chars == family_length;
        // 南部長, 東大教授: one character alone is a family name only with an honorific.
        if alone && family_length == 1 && title != Title::Honorific || chars == family_length + 3 && family_length > 1 {
            continue;
        }
        let given = text.get(family..end)?;
        if given.ends_with([
            '前', '元', '副', '新', '現', '同', '両', '各', '次', '総', '党', '省', '庁', '県', '市', '都', '府', '町', '村', '社', '部',
            '課', '大', '家',
        ]) {
            continue;
        }
        let words = free_words(view, name)?;
        let key = name.of(view.text).to_owned();
        let short = (!alone).then(|| text.get(..family).unwrap_or_default().to_owned());
        return Some(Place { words, key, short, told: Some((Kind::Person, Rule::Title)) });
    }
    // Without a title: only as what another place tells.
    let whole = (family_length + 1..=family_length + 3).contains(&length) && (3..=5).contains(&length);
    let words = whole.then(|| free_words(view, run)).flatten()?;
    Some(Place { words, key: text.to_owned(), short: None, told: None })
}

/// Four characters of Han before 氏 or さん, which are a family name and a given name of two each, whether anybody knows them or not.
fn addressed(view: &View<'_>, run: Span) -> Option<Place> {
    const OTHERS: [char; 15] = ['相', '長', '員', '党', '両', '各', '同', '社', '者', '家', '人', '会', '官', '臣', '近'];
    let text = run.of(view.text);
    let honorific = ['氏'].iter().find_map(|honorific| text.strip_suffix(*honorific)).unwrap_or(text);
    let name = Span::new(run.start, run.start + honorific.len());
    let own = honorific.chars().count() == 4 && !honorific.contains(OTHERS) && title(behind(view, name.end)) == Some(Title::Honorific);
    if !own || char_before(view, run.start).is_some_and(|c| is_kana(c) && c >= '\u{30A0}' || c.is_alphanumeric() && !is_kana(c)) {
        return None;
    }
    let words = free_words(view, name)?;
    let family = honorific.char_indices().nth(2).and_then(|(cut, _)| honorific.get(..cut))?;
    let short = Some(family.to_owned());
    Some(Place { words, key: honorific.to_owned(), short, told: Some((Kind::Person, Rule::Title)) })
}

/// A known family name in Han and a given name in kana before a title: 外山ユリ代表.
fn with_kana(view: &View<'_>, run: Span) -> Option<Place> {
    let family = run.of(view.text);
    let rest = behind(view, run.end);
    let katakana = rest.starts_with(|c: char| is_kana(c) && c >= '\u{30A0}');
    if !LISTS.has("family", family) || family.chars().count() < 2 {
        return None;
    }
    let same = |c: char| is_kana(c) && (c >= '\u{30A0}') == katakana;
    let mut ends = rest.char_indices().take_while(|&(_, c)| same(c)).map(|(at, c)| at + c.len_utf8()).enumerate();
    // は会長: a particle is shorter. A hiragana name may end in one character of Han: ゆう子.
    let end = ends.find_map(|(at, end)| {
        let more = rest.get(end..)?;
        let han =
            more.chars().next().filter(|&c| !katakana && is_han(c) && matches!(c, '子' | '美' | '香' | '代' | '江' | '太' | '介' | '郎'));
        let end = end + han.map_or(0, char::len_utf8);
        (at > 0 && title(rest.get(end..)?).is_some()).then_some(end)
    })?;
    let given = rest.get(..end)?;
    if !(2..=4).contains(&given.chars().count())
        || !katakana && given.starts_with(['は', 'が', 'の', 'を', 'も', 'に', 'と', 'で', 'へ', 'や'])
    {
        return None;
    }
    let name = Span::new(run.start, run.end + end);
    let words = free_words(view, name)?;
    Some(Place { words, key: name.of(view.text).to_owned(), short: Some(family.to_owned()), told: Some((Kind::Person, Rule::Title)) })
}

/// A foreigner's name in a run of katakana: parts with dots between, or one part, with a title; or a known given name first.
fn foreigner(view: &View<'_>, run: Span) -> Option<Place> {
    let span = trimmed(run, view.text);
    let text = span.of(view.text);
    let parts: Vec<&str> = text.split(['・', '＝']).collect();
    if parts.iter().any(|part| part.chars().count() < 2) || parts.len() > 4 || char_before(view, span.start).is_some_and(is_han) {
        return None;
    }
    let full = parts.len() > 1;
    let given = full && parts.first().is_some_and(|first| LISTS.has("given", first));
    let told = match title(behind(view, span.end)) {
        Some(_) if full => Some(Rule::Title),
        Some(Title::Honorific) if text.chars().count() >= 3 && !LISTS.has("not", text) => Some(Rule::Title),
        Some(Title::Office) if text.chars().count() >= 3 && !is_body(text) && !LISTS.has("not", text) => Some(Rule::Title),
        _ => (given && parts.len() <= 3 && !ends_as_thing(text)).then_some(Rule::NameForm),
    };
    let told = told.filter(|_| !ends_as_thing(text));
    // ウェイン産業: part of another name.
    if told.is_none() && behind(view, span.end).starts_with(is_han) {
        return None;
    }
    let words = free_words(view, span)?;
    let short = parts.last().filter(|_| full && told.is_some()).map(|last| (*last).to_owned());
    Some(Place { words, key: text.to_owned(), short, told: told.map(|rule| (Kind::Person, rule)) })
}

/// Katakana before a title that is what the title is of, no name: グループ会長, チーム監督.
fn is_body(text: &str) -> bool {
    ends_as_thing(text) || text.ends_with('ー') && text.chars().count() < 5
}

/// The names of teams, firms, places and works in katakana.
fn ends_as_thing(text: &str) -> bool {
    const ENDS: [&str; 48] = [
        "グループ",
        "チーム",
        "クラブ",
        "センター",
        "ホテル",
        "スクール",
        "ホールディングス",
        "リーグ",
        "カップ",
        "シティ",
        "スタジアム",
        "タワー",
        "ビル",
        "パーク",
        "ランド",
        "タイムズ",
        "ポスト",
        "ニュース",
        "テレビ",
        "ラジオ",
        "メディア",
        "エンターテインメント",
        "コーポレーション",
        "カンパニー",
        "バンク",
        "ファンド",
        "パートナーズ",
        "サービス",
        "システム",
        "システムズ",
        "テクノロジー",
        "ソフト",
        "モーターズ",
        "スポーツ",
        "ファン",
        "ユーザー",
        "メンバー",
        "リーダー",
        "スター",
        "アーティスト",
        "プロジェクト",
        "シリーズ",
        "ストーリー",
        "ショー",
        "ゲーム",
        "フォン",
        "パソコン",
        "カメラ",
    ];
    ENDS.iter().any(|end| text.ends_with(end))
}

/// A run of katakana without dots at its ends.
fn trimmed(run: Span, text: &str) -> Span {
    let inner = run.of(text);
    let front = inner.len() - inner.trim_start_matches(['・', '＝', 'ー']).len();
    let kept = inner.trim_matches(['・', '＝']).trim_start_matches('ー').len();
    Span::new(run.start + front, run.start + front + kept)
}

/// An organisation in a run of Han, by its end.
fn org(view: &View<'_>, run: Span) -> Option<Place> {
    let text = run.of(view.text);
    let length = text.chars().count();
    let ends = text.char_indices().skip(2).any(|(start, _)| text.get(start..).is_some_and(|end| LISTS.has("org", end)));
    let clear = !char_before(view, run.start).is_some_and(|c| is_kana(c) && c >= '\u{30A0}' || c.is_alphanumeric() && !is_kana(c));
    // 全て、各、同: of several, or of one named before.
    let vague = text.starts_with(['各', '同', '両', '全', '某', '他', '本', '当', '毎', '何', '現', '新', '旧', '計', '約']);
    if !ends || !clear || vague || !(4..=16).contains(&length) || LISTS.has("common", text) {
        return None;
    }
    let words = wider_words(view, run)?;
    Some(Place { words, key: text.to_owned(), short: None, told: Some((Kind::Org, Rule::OrgForm)) })
}
