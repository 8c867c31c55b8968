//! Datelines and wire tags: where a report begins with its place, its day and its agency.

use crate::pieces::date::month;
use crate::text::script::is_han;

/// What a dateline says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Dateline {
    /// The agency.
    pub(super) agency: Option<String>,
    /// Month and day.
    pub(super) day: Option<(i8, i8)>,
    /// The year, which few tell.
    pub(super) year: Option<i16>,
    /// The reporters.
    pub(super) reporters: Vec<String>,
}

/// The dateline at the beginning of `text`: `SEOUL, Jan. 24 (Agency) —`, `新华社北京1月24日电（记者 孙一）`, `(서울=통신) 김예시 기자 =`.
pub(super) fn at_start(text: &str) -> Option<Dateline> {
    /// The longest dateline, in code points.
    const LONGEST: usize = 90;
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let start = text.get(..end)?.trim_start();
    western(start).or_else(|| chinese(start)).or_else(|| korean(start))
}

/// `PLACE, Month day (Agency) — `, of which the day or the agency has to be there.
fn western(start: &str) -> Option<Dateline> {
    let (head, _) = ["—", "–", " -- ", " - "].iter().filter_map(|dash| start.split_once(dash)).min_by_key(|(head, _)| head.len())?;
    let (head, agency) = match head.trim_end().strip_suffix(')').and_then(|head| head.rsplit_once('(')) {
        Some((head, agency)) => (head.trim_end(), Some(agency.trim())),
        None => (head.trim_end(), None),
    };
    let mut parts = head.split(',').map(str::trim);
    let place = parts.next()?;
    let is_place = (2..=40).contains(&place.chars().count())
        && place.chars().all(|c| c.is_uppercase() || " .'’-/".contains(c))
        && place.chars().any(char::is_alphabetic);
    let day = parts.find_map(month_and_day);
    let year = parts.find_map(|part| part.parse().ok().filter(|year| (1900..=2100).contains(year)));
    let agency =
        agency.filter(|agency| (2..=30).contains(&agency.chars().count()) && agency.chars().next().is_some_and(char::is_uppercase));
    (is_place && (day.is_some() || agency.is_some())).then(|| Dateline {
        agency: agency.map(ToOwned::to_owned),
        day,
        year,
        reporters: Vec::new(),
    })
}

/// `Jan. 24`, `24 January`, `24 janvier`.
fn month_and_day(text: &str) -> Option<(i8, i8)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [a, b] = words.as_slice() else { return None };
    let month = |word: &str| month(word.trim_end_matches('.'));
    let day = |word: &str| word.parse::<i8>().ok().filter(|day| (1..=31).contains(day));
    month(a).zip(day(b)).or_else(|| month(b).zip(day(a)))
}

/// `（海桥社首尔1月24日电）`, `新华社北京1月24日电（记者 孙一、李二）`, `中央社記者張三台北24日電`.
fn chinese(start: &str) -> Option<Dateline> {
    let bare = start.trim_start_matches(['（', '(', '【', '[', ' ', '\u{3000}']);
    let end = ["日电", "日電", "日讯", "日訊", "電）", "电）"].iter().filter_map(|mark| Some((bare.find(mark)?, mark))).min()?;
    let head = bare.get(..end.0 + "日".len())?;
    // "电力" is power, not a wire.
    if bare.get(end.0 + end.1.len()..).and_then(|rest| rest.chars().next()).is_some_and(is_han) {
        return None;
    }
    let agency_end = head.char_indices().find(|&(at, c)| matches!(c, '社' | '网' | '網') && at > 0).map(|(at, c)| at + c.len_utf8())?;
    let (agency, rest) = head.split_at_checked(agency_end)?;
    if !(2..=8).contains(&agency.chars().count()) || !agency.chars().all(is_han) || rest.chars().count() > 24 {
        return None;
    }
    let digits: Vec<i8> = rest.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
    let day = match digits.as_slice() {
        [month @ 1..=12, day @ 1..=31] => Some((*month, *day)),
        [1..=31] => None,
        _ => return None,
    };
    let reporters = bare.get(end.0..).and_then(|rest| rest.split_once("记者").or_else(|| rest.split_once("記者"))).map(|(_, names)| {
        let names = names.split(['）', ')', '】', '，', '。']).next().unwrap_or_default();
        names
            .split(['、', ' ', '\u{3000}', '：', ':'])
            .map(str::trim)
            .filter(|name| (2..=5).contains(&name.chars().count()))
            .map(ToOwned::to_owned)
            .collect()
    });
    Some(Dateline { agency: Some(agency.to_owned()), day, year: None, reporters: reporters.unwrap_or_default() })
}

/// `(서울=통신) 김예시 기자 =`.
fn korean(start: &str) -> Option<Dateline> {
    let inside = start.strip_prefix(['(', '['])?;
    let (place, rest) = inside.split_once('=')?;
    let (agency, rest) = rest.split_once([')', ']'])?;
    let is_hangul = |text: &str| !text.is_empty() && text.chars().all(|c| ('가'..='힣').contains(&c) || "·, ".contains(c));
    if !is_hangul(place) || agency.chars().count() > 12 || !agency.chars().any(|c| ('가'..='힣').contains(&c)) {
        return None;
    }
    let reporters = rest.split_once('=').map(|(names, _)| names.trim()).filter(|names| names.chars().count() < 30).map(|names| {
        names
            .replace("특파원", "")
            .replace("기자", "")
            .split(['·', ',', ' '])
            .filter(|name| is_hangul(name) && !name.trim().is_empty())
            .map(ToOwned::to_owned)
            .collect()
    });
    Some(Dateline { agency: Some(agency.to_owned()), day: None, year: None, reporters: reporters.unwrap_or_default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_are_understood() {
        type Row = (&'static str, Option<&'static str>, Option<(i8, i8)>, &'static [&'static str]);
        let table: &[Row] = &[
            ("SEOUL, Jan. 24 (Agency) — The two sides met.", Some("Agency"), Some((1, 24)), &[]),
            ("LONDON, 3 March (The Wire) - It fell.", Some("The Wire"), Some((3, 3)), &[]),
            ("LYON, 24 janvier (La Dépêche) — Les deux parties.", Some("La Dépêche"), Some((1, 24)), &[]),
            ("ST. PETERSBURG (TASK) – It rose.", Some("TASK"), None, &[]),
            ("新华社北京1月24日电（记者 孙一、李二）双方会面。", Some("新华社"), Some((1, 24)), &["孙一", "李二"]),
            ("（海桥社首尔1月24日电）双方会面。", Some("海桥社"), Some((1, 24)), &[]),
            ("(서울=바다통신) 김예시 기자 = 두 나라가 만났다.", Some("바다통신"), None, &["김예시"]),
        ];
        for (text, agency, day, reporters) in table {
            let found = at_start(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found.agency.as_deref(), found.day), (*agency, *day), "{text}");
            assert_eq!(found.reporters, *reporters, "{text}");
        }
    }

    #[test]
    fn a_dateline_may_tell_the_year() {
        let found = at_start("KINSHASA, Jan 28, 2025 (Agency) — The two sides met.").unwrap();
        assert_eq!((found.day, found.year), (Some((1, 28)), Some(2025)));
    }

    #[test]
    fn sentences_are_no_datelines() {
        for text in [
            "NATO — an alliance — met.",
            "The talks - held in Seoul (again) - failed.",
            "UN (and others) said",
            "他在新华社工作，1月24日电力中断。后来",
            "（来源：某社）双方会面。",
            "(가=나",
            "",
        ] {
            assert_eq!(at_start(text), None, "{text}");
        }
    }
}
