//! A line, or a part of one, that says when a piece was published, and nothing else.

use crate::pieces::Date;
use crate::pieces::date::month;
use crate::text::script::is_han;

/// When a piece was published, as it says itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) date: Date,
    /// Whether that is when it was last changed.
    pub(super) is_update: bool,
    /// Whether it says what of it happened on that day.
    pub(super) is_labelled: bool,
}

/// What stands before the day of publication, in small letters.
const PUBLISHED: [&str; 45] = [
    "published on",
    "published at",
    "published",
    "first published",
    "originally published",
    "date published",
    "publication date",
    "posted on",
    "posted at",
    "posted",
    "date",
    "publié le",
    "publicado el",
    "publicado em",
    "publicado",
    "veröffentlicht am",
    "veröffentlicht",
    "erschienen am",
    "pubblicato il",
    "pubblicato",
    "gepubliceerd op",
    "опубликовано",
    "дата публикации",
    "نشر في",
    "تاريخ النشر",
    "发布时间",
    "發布時間",
    "发布日期",
    "發布日期",
    "发表时间",
    "發表時間",
    "发布于",
    "發佈於",
    "发表于",
    "發表於",
    "时间",
    "時間",
    "日期",
    "公開日",
    "掲載日",
    "投稿日",
    "配信",
    "입력",
    "기사입력",
    "등록",
];

/// What stands before the day on which a piece was changed.
const UPDATED: [&str; 22] = [
    "last updated on",
    "last updated",
    "updated on",
    "updated at",
    "updated",
    "last modified",
    "mis à jour le",
    "actualizado el",
    "actualizado",
    "atualizado em",
    "aktualisiert am",
    "aktualisiert",
    "aggiornato il",
    "обновлено",
    "更新时间",
    "更新時間",
    "更新日期",
    "更新于",
    "更新日",
    "最終更新",
    "수정",
    "최종수정",
];

/// The longest line that is no more than a date, in code points.
const LONGEST: usize = 80;

/// The day that `text` is, be it with its time, its day of the week and what such lines begin with.
pub(super) fn stamp(text: &str) -> Option<Stamp> {
    let text = text.trim();
    if text.chars().nth(LONGEST).is_some() || !text.contains(|c: char| c.is_numeric() || is_han(c)) {
        return None;
    }
    let (rest, update) = labelled(text).map_or((text, None), |(rest, is_update)| (rest, Some(is_update)));
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || ":：|｜-–—,，•·()（）[]【】".contains(c));
    let is_number = rest.chars().all(|c| c.is_ascii_digit());
    let date = Date::parse(rest).filter(|date| date.is_day() && !is_number && is_time(rest))?;
    Some(Stamp { date, is_update: update == Some(true), is_labelled: update.is_some() })
}

/// What stands behind a label of a date, and whether that is one of a change.
pub(super) fn labelled(text: &str) -> Option<(&str, bool)> {
    let behind = |label: &&str| {
        let end = text.char_indices().nth(label.chars().count()).map_or(text.len(), |(at, _)| at);
        let (start, rest) = text.split_at(end);
        // Of a longer word it is the beginning.
        let is_whole = start.ends_with(is_han) || !rest.starts_with(char::is_alphabetic);
        (is_whole && start.to_lowercase() == **label).then_some(rest)
    };
    let all = PUBLISHED.iter().map(|label| (label, false)).chain(UPDATED.iter().map(|label| (label, true)));
    all.filter_map(|(label, is_update)| Some((behind(label)?, is_update))).min_by_key(|(rest, _)| rest.len())
}

/// Words that stand with a date, in small letters.
const WORDS: &str = "am pm a p m updated published posted first on at ist et est edt cst cdt mst mdt pst pdt gmt utc bst cet cest jst kst hkt \
    msk aest aedt sgt wib z t st nd rd th of de le à as às las del um uhr alle ore h er в г мск monday tuesday wednesday \
    thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun lundi mardi mercredi jeudi vendredi samedi \
    dimanche lunes martes miércoles jueves viernes sábado domingo montag dienstag mittwoch donnerstag freitag samstag \
    sonntag 오전 오후";

/// Whether a line holds numbers and, beside them, but words that stand with a date.
pub(super) fn is_time(line: &str) -> bool {
    /// What dates and hours are made of where words have no spaces between them.
    const SIGNS: &str = "年月日号號时時分秒上下午星期周週一二三四五六七八九十百〇零天早晚點点民國国中華华년월일시분초월화수목금토";
    let words = line.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let is_with_date = |word: &str| {
        let word = word.to_lowercase();
        word.chars().all(|c| SIGNS.contains(c)) || WORDS.split(' ').any(|known| known == word) || month(&word).is_some()
    };
    let numbers = |c: char| c.is_numeric() || "一二三四五六七八九十〇".contains(c);
    line.chars().count() < 60 && line.chars().any(numbers) && { words }.all(is_with_date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_may_be_a_date() {
        for (line, date, is_update) in [
            ("2022-05-30 19:24", "2022-05-30", false),
            ("2012-02-07T18:50:00+0900", "2012-02-07", false),
            ("更新时间：2022年05月30日 19:24", "2022-05-30", true),
            ("发布于 2022年5月30日 星期一 上午", "2022-05-30", false),
            ("二〇二四年一月二十四日", "2024-01-24", false),
            ("posted on  April 21, 2015, at 11:29 a.m.", "2015-04-21", false),
            ("Published: Wednesday, Nov. 19, 2019, 6:18pm ET", "2019-11-19", false),
            ("Last updated 14 September 2016", "2016-09-14", true),
            ("Опубликовано 12 мая 2020 г. в 10:20", "2020-05-12", false),
            ("Publié le 3 mai 2019 à 10h20", "2019-05-03", false),
            ("입력 2024.01.24 오전 10:20", "2024-01-24", false),
        ] {
            let found = stamp(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((found.date.to_string().as_str(), found.is_update), (date, is_update), "{line}");
        }
    }

    #[test]
    fn a_line_that_says_more_is_none() {
        for line in [
            "The talks of 5 May 2018",
            "May 2018",
            "20180505",
            "5 May",
            "Dated 5 May 2018 by him",
            "1,204 comments",
            "© 2018",
            "10:20",
            "Updates of 5 May 2018",
            "",
        ] {
            assert_eq!(stamp(line), None, "{line}");
        }
    }
}
