//! Dates as they are asked for.

use std::fmt;

use crate::pieces::Date;

/// A range of dates, its ends included; a missing end is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dates {
    /// The first day, as the beginning of this date.
    pub from: Option<Date>,
    /// The last day, as the end of this date.
    pub to: Option<Date>,
}

impl Dates {
    /// Whether a date, known to lie within `first` and `last` (days from 1970), may lie in the range.
    #[must_use]
    pub fn admit(&self, first: i64, last: i64) -> bool {
        self.from.is_none_or(|from| i64::from(from.first_day()) <= last) && self.to.is_none_or(|to| first <= i64::from(to.last_day()))
    }
}

/// What becomes of pieces without a date where a date is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Undated {
    /// They do not match.
    #[default]
    Exclude,
    /// They match too.
    Include,
    /// They alone match.
    Only,
}

impl Undated {
    /// Whether a piece without date matches.
    #[must_use]
    pub const fn admits(self) -> bool {
        matches!(self, Self::Include | Self::Only)
    }

    /// Whether a piece with a date does not match, whatever it is.
    #[must_use]
    pub const fn only(self) -> bool {
        matches!(self, Self::Only)
    }
}

impl fmt::Display for Dates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("date:")?;
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => write!(f, "{from}"),
            (from, to) => {
                from.map_or(Ok(()), |from| write!(f, "{from}"))?;
                f.write_str("..")?;
                to.map_or(Ok(()), |to| write!(f, "{to}"))
            }
        }
    }
}

/// A range of dates: `2024-03`, `2024-03..2024-06`, `2023..`, `>=2023`, `<2024-05-01`, 2024年1月, and with the words of [`named`] for dates:
/// `last-month`, `last-week..yesterday`. What those mean depends on `today`.
pub(super) fn dates(value: &str, today: Date) -> Option<Dates> {
    let one = |text: &str| time(text, Some(today));
    if let Some((from, to)) = value.split_once("..") {
        let end = |text: &str| if text.trim().is_empty() { Some(Dates::default()) } else { one(text) };
        let (from, to) = (end(from)?.from, end(to)?.to);
        return (from.is_some() || to.is_some()).then_some(Dates { from, to });
    }
    for (sign, build) in [
        (">=", (|dates: Dates| Dates { to: None, ..dates }) as fn(Dates) -> Dates),
        ("<=", |dates| Dates { from: None, ..dates }),
        (">", |dates| Dates { from: dates.to.map(Date::day_behind), to: None }),
        ("<", |dates| Dates { from: None, to: dates.from.map(Date::day_before) }),
    ] {
        if let Some(rest) = value.strip_prefix(sign) {
            return one(rest).map(build);
        }
    }
    one(value)
}

/// A day, a month, a year, or a time told by its distance from `today`: its first day and its last. `None` for anything else, and for what
/// depends on the day where nobody says what day it is.
///
/// ```
/// use pundit::pieces::Date;
/// use pundit::query::time;
/// let today = Date::day(2024, 3, 31);
/// assert_eq!(time("last month", today).unwrap().to_string(), "date:2024-02");
/// assert_eq!(time("2 weeks ago", today).unwrap().to_string(), "date:2024-03-17");
/// assert_eq!(time("2024年1月", None).unwrap().to_string(), "date:2024-01");
/// assert_eq!(time("soon", today), None);
/// ```
#[must_use]
pub fn time(value: &str, today: Option<Date>) -> Option<Dates> {
    today.and_then(|today| named(value, today)).or_else(|| Date::parse(value).map(|date| Dates { from: Some(date), to: Some(date) }))
}

/// Whether a value that [`dates`] reads depends on the day.
pub(super) fn is_relative(value: &str) -> bool {
    let (one, other) = (Date::day(2000, 1, 1), Date::day(2013, 7, 17));
    one.zip(other).is_some_and(|(one, other)| dates(value, one) != dates(value, other))
}

/// A time told by its distance from `today`: `today`, `yesterday`, `this-week`, `last-week` (Monday to Sunday), `this-month`, `last-month`,
/// `this-year`, `last-year`; `last-7-days`, `last-2-weeks`, `last-6-months`, `last-3-years`, which end today; `3-days-ago`, `2-weeks-ago`,
/// which are a day, `2-months-ago`, a month, `2-years-ago`, a year; and the same in Chinese. Spaces stand for hyphens.
fn named(name: &str, today: Date) -> Option<Dates> {
    let day = today.first_day();
    let (year, month) = today.year_and_month();
    let days = |from: i32, to: i32| Some(Dates { from: Date::from_days(from), to: Date::from_days(to) });
    let whole = |date: Option<Date>| date.map(|date| Dates { from: Some(date), to: Some(date) });
    // 1970-01-01 was a Thursday.
    let monday = day - (day + 3).rem_euclid(7);
    match name.trim().to_lowercase().replace(' ', "-").as_str() {
        "today" | "今天" | "今日" => days(day, day),
        "yesterday" | "昨天" | "昨日" => days(day - 1, day - 1),
        "前天" => days(day - 2, day - 2),
        "this-week" | "本周" | "本週" => days(monday, monday + 6),
        "last-week" | "上周" | "上週" => days(monday - 7, monday - 1),
        "this-month" | "本月" | "这个月" | "這個月" => whole(Date::month(year, month)),
        "last-month" | "上月" | "上个月" | "上個月" => whole(months_before(year, month, 1)),
        "this-year" | "今年" => whole(Date::year(year)),
        "last-year" | "去年" => whole(Date::year(year - 1)),
        "前年" => whole(Date::year(year - 2)),
        name => match distance(name)? {
            (Side::Until, count, Unit::Day) => days(day - count + 1, day),
            (Side::Until, count, Unit::Week) => days(day - 7 * count + 1, day),
            (Side::Until, count, Unit::Month) => days(the_day_of(months_before(year, month, count)?, today), day),
            (Side::Until, count, Unit::Year) => days(the_day_of(months_before(year, month, count * 12)?, today), day),
            (Side::Ago, count, Unit::Day) => days(day - count, day - count),
            (Side::Ago, count, Unit::Week) => days(day - 7 * count, day - 7 * count),
            (Side::Ago, count, Unit::Month) => whole(months_before(year, month, count)),
            (Side::Ago, count, Unit::Year) => whole(i16::try_from(count).ok().and_then(|count| Date::year(year - count))),
        },
    }
}

/// Whether a time goes on until today, or ended so long ago.
#[derive(Clone, Copy)]
enum Side {
    Until,
    Ago,
}

#[derive(Clone, Copy)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

/// What `last-7-days`, `2-weeks-ago`, 最近7天 or 3个月前 say.
fn distance(name: &str) -> Option<(Side, i32, Unit)> {
    let (side, told) = if let Some(told) = name.strip_prefix("last-").or_else(|| name.strip_prefix("past-")) {
        (Side::Until, told)
    } else if let Some(told) = ["最近", "过去", "過去", "近"].iter().find_map(|word| name.strip_prefix(word)) {
        (Side::Until, told)
    } else {
        (Side::Ago, name.strip_suffix("-ago").or_else(|| name.strip_suffix('前'))?)
    };
    let (count, unit) = told.split_at(told.find(|c: char| !c.is_ascii_digit())?);
    let unit = match unit.trim_start_matches('-') {
        "days" | "day" | "天" | "日" => Unit::Day,
        "weeks" | "week" | "周" | "週" | "个星期" | "個星期" => Unit::Week,
        "months" | "month" | "个月" | "個月" => Unit::Month,
        "years" | "year" | "年" => Unit::Year,
        _ => return None,
    };
    // 2024年前 is no distance.
    let most = if matches!(unit, Unit::Year) { 500 } else { 10_000 };
    count.parse().ok().filter(|count| (1..=most).contains(count)).map(|count| (side, count, unit))
}

fn months_before(year: i16, month: i8, count: i32) -> Option<Date> {
    let months = i32::from(year) * 12 + i32::from(month) - 1 - count;
    Date::month(i16::try_from(months.div_euclid(12)).ok()?, i8::try_from(months.rem_euclid(12) + 1).ok()?)
}

/// The day behind the one in `month` that has the number of `today` in its own, or behind the month's last where there is none.
fn the_day_of(month: Date, today: Date) -> i32 {
    let (year, number) = today.year_and_month();
    let into = Date::month(year, number).map_or(0, |begin| today.first_day() - begin.first_day());
    (month.first_day() + into).min(month.last_day()) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: &str) -> String {
        dates(value, Date::day(2024, 3, 31).unwrap()).map_or_else(|| "-".to_owned(), |dates| dates.to_string())
    }

    #[test]
    fn times_told_from_today() {
        // A Sunday.
        let table = [
            ("today", "date:2024-03-31"),
            ("昨天", "date:2024-03-30"),
            ("this-week", "date:2024-03-25..2024-03-31"),
            ("last-week", "date:2024-03-18..2024-03-24"),
            ("last-month", "date:2024-02"),
            ("上个月", "date:2024-02"),
            ("this-year", "date:2024"),
            ("last-year", "date:2023"),
            ("last-7-days", "date:2024-03-25..2024-03-31"),
            ("last-1-days", "date:2024-03-31"),
            ("last-1-months", "date:2024-03-01..2024-03-31"),
            ("last-2-years", "date:2022-04-01..2024-03-31"),
            ("last-month..yesterday", "date:2024-02..2024-03-30"),
            ("Last 7 days", "date:2024-03-25..2024-03-31"),
            ("last month .. yesterday", "date:2024-02..2024-03-30"),
            ("最近7天", "date:2024-03-25..2024-03-31"),
            ("过去3个月", "date:2024-01-01..2024-03-31"),
            ("3-days-ago", "date:2024-03-28"),
            ("2 months ago", "date:2024-01"),
            ("2年前", "date:2022"),
            ("2024年前", "-"),
            (">=2-weeks-ago", "date:2024-03-17.."),
            (">=last-month", "date:2024-02.."),
            ("<this-week", "date:..2024-03-24"),
            ("2024年1月", "date:2024-01"),
            ("2024年1月..2024年3月5日", "date:2024-01..2024-03-05"),
            ("last-0-days", "-"),
            ("last-99999999999-years", "-"),
            ("next-week", "-"),
        ];
        for (value, expected) in table {
            assert_eq!(shown(value), expected, "{value}");
        }
    }

    #[test]
    fn only_what_depends_on_the_day_is_relative() {
        assert!(is_relative("last-month") && is_relative("2020..today") && !is_relative("2024") && !is_relative("soon"));
    }
}
