//! Dates as outlets write them.

use std::fmt;

use jiff::civil;

/// A date of publication: a day, or only its month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    first: civil::Date,
    precision: Precision,
}

/// How much of a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Precision {
    Year,
    Month,
    Day,
}

impl Date {
    /// The day `year`-`month`-`day`, if there is one.
    #[must_use]
    pub fn day(year: i16, month: i8, day: i8) -> Option<Self> {
        Some(Self { first: civil::Date::new(year, month, day).ok()?, precision: Precision::Day })
    }

    /// A month, if there is one.
    #[must_use]
    pub fn month(year: i16, month: i8) -> Option<Self> {
        Some(Self { first: civil::Date::new(year, month, 1).ok()?, precision: Precision::Month })
    }

    /// A year.
    #[must_use]
    pub fn year(year: i16) -> Option<Self> {
        Some(Self { first: civil::Date::new(year, 1, 1).ok()?, precision: Precision::Year })
    }

    /// The day that is so many days behind 1970-01-01, if there is one.
    #[must_use]
    pub fn from_days(days: i32) -> Option<Self> {
        let first = civil::Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
        Some(Self { first, precision: Precision::Day })
    }

    /// The year and month of its first day.
    #[must_use]
    pub fn year_and_month(self) -> (i16, i8) {
        (self.first.year(), self.first.month())
    }

    /// Its first day, counted from 1970-01-01.
    #[must_use]
    pub fn first_day(self) -> i32 {
        number(self.first)
    }

    /// Its last day, counted from 1970-01-01.
    #[must_use]
    pub fn last_day(self) -> i32 {
        number(match self.precision {
            Precision::Day => self.first,
            Precision::Month => self.first.last_of_month(),
            Precision::Year => self.first.last_of_year(),
        })
    }

    /// The day after its last.
    #[must_use]
    pub fn day_behind(self) -> Self {
        let last = match self.precision {
            Precision::Day => self.first,
            Precision::Month => self.first.last_of_month(),
            Precision::Year => self.first.last_of_year(),
        };
        Self { first: last.tomorrow().unwrap_or(last), precision: Precision::Day }
    }

    /// The day before its first.
    #[must_use]
    pub fn day_before(self) -> Self {
        Self { first: self.first.yesterday().unwrap_or(self.first), precision: Precision::Day }
    }

    /// Reads a date in one of the forms that outlets, programs and people use: ISO 8601 and RFC 2822 with or without time, `24 January
    /// 2024`, `Jan. 24, 2024`, `2024/1/24`, `24.01.2024`, `2024年1月24日`, `二〇二四年一月二十四日`, `2024년 1월 24일`, `民國113年1月24日`; or a month or a year. Between
    /// `1/2/2024` and `2/1/2024` nothing decides, so neither is read.
    ///
    /// ```
    /// use pundit::pieces::Date;
    /// assert_eq!(Date::parse("Wed, 24 Jan 2024 08:30:00 GMT").unwrap().to_string(), "2024-01-24");
    /// assert_eq!(Date::parse("2024年1月").unwrap().to_string(), "2024-01");
    /// assert_eq!(Date::parse("last week"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let parts = Parts::of(text);
        let date = parts.iso().or_else(|| parts.east_asian()).or_else(|| parts.with_month_name()).or_else(|| parts.digits_only())?;
        // A saved page's 0001-01-01 is a program's nothing.
        (1600..=2200).contains(&date.first.year()).then_some(date)
    }
}

/// The day as a number, 1970-01-01 being 0.
fn number(date: civil::Date) -> i32 {
    let epoch = civil::Date::constant(1970, 1, 1);
    date.since((jiff::Unit::Day, epoch)).map_or(0, |span| span.get_days())
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = (self.first.year(), self.first.month(), self.first.day());
        match self.precision {
            Precision::Year => write!(f, "{year:04}"),
            Precision::Month => write!(f, "{year:04}-{month:02}"),
            Precision::Day => write!(f, "{year:04}-{month:02}-{day:02}"),
        }
    }
}

/// A text cut into numbers, words and single marks.
struct Parts<'t>(Vec<Part<'t>>);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Part<'t> {
    /// A number and how many digits it was written with.
    Number(i64, usize),
    Word(&'t str),
    Mark(char),
}

impl<'t> Parts<'t> {
    fn of(text: &'t str) -> Self {
        let mut parts = Vec::new();
        let mut rest = text.trim();
        // No date needs more; a long text is no date.
        while let Some(c) = rest.chars().next().filter(|_| parts.len() < 24) {
            let length = |kind: fn(char) -> bool| rest.find(|c| !kind(c)).unwrap_or(rest.len());
            let taken = if digit(c).is_some() {
                let taken = length(|c| digit(c).is_some());
                let (digits, _) = rest.split_at(taken);
                let value = digits.chars().take(18).filter_map(digit).fold(0_i64, |value, digit| value * 10 + digit);
                parts.push(Part::Number(value, digits.chars().count()));
                taken
            } else if han_digit(c).is_some() {
                let (numeral, _) = rest.split_at(length(|c| han_digit(c).is_some()));
                parts.push(han_number(numeral));
                numeral.len()
            } else if c.is_alphabetic() {
                // East Asian unit signs stand between numbers, one character each.
                let taken = if matches!(c, '年' | '月' | '日' | '号' | '號' | '년' | '월' | '일') {
                    c.len_utf8()
                } else {
                    length(char::is_alphabetic)
                };
                parts.push(Part::Word(rest.split_at(taken).0));
                taken
            } else {
                if !c.is_whitespace() {
                    parts.push(Part::Mark(c));
                }
                c.len_utf8()
            };
            rest = rest.split_at(taken).1;
        }
        Self(parts)
    }

    /// `2024-01-24…`, `2024-01`, `2024/1/24`, `2024.1.24`, `2024`.
    fn iso(&self) -> Option<Date> {
        match *self.0.as_slice() {
            [Part::Number(y, 4)] => Date::year(small(y)?),
            [Part::Number(y, 4), Part::Mark('-' | '/' | '.'), Part::Number(m, 1..=2)] => Date::month(small(y)?, small(m)?),
            [Part::Number(y, 4), Part::Mark(a), Part::Number(m, 1..=2), Part::Mark(b), Part::Number(d, 1..=2), ..]
                if a == b && matches!(a, '-' | '/' | '.') =>
            {
                Date::day(small(y)?, small(m)?, small(d)?)
            }
            _ => None,
        }
    }

    /// `2024年1月24日`, `2024년 1월 24일`, `民國113年1月24日`, and their months.
    fn east_asian(&self) -> Option<Date> {
        let (offset, parts) = match self.0.as_slice() {
            [Part::Word("民國" | "民国" | "中華民國"), rest @ ..] => (1911, rest),
            rest => (0, rest),
        };
        let sign = |word: &str, signs: &[&str]| signs.contains(&word);
        match *parts {
            [Part::Number(y, _), Part::Word(year), Part::Number(m, _), Part::Word(month), Part::Number(d, _), Part::Word(day), ..]
                if sign(year, &["年", "년"]) && sign(month, &["月", "월"]) && sign(day, &["日", "号", "號", "일"]) =>
            {
                Date::day(small(y + offset)?, small(m)?, small(d)?)
            }
            [Part::Number(y, _), Part::Word(year), Part::Number(m, _), Part::Word(month), ..]
                if sign(year, &["年", "년"]) && sign(month, &["月", "월"]) =>
            {
                Date::month(small(y + offset)?, small(m)?)
            }
            [Part::Number(y, _), Part::Word(year)] if sign(year, &["年", "년"]) => Date::year(small(y + offset)?),
            _ => None,
        }
    }

    /// `24 January 2024`, `January 24, 2024`, `Wed, 24 Jan 2024 08:30`, `24 de enero de 2024`, `24 января 2024 г.`, `January 2024`.
    fn with_month_name(&self) -> Option<Date> {
        let at = self.0.iter().position(|part| matches!(part, Part::Word(word) if month(word).is_some()))?;
        let Some(&Part::Word(name)) = self.0.get(at) else { return None };
        let month = month(name)?;
        let day_like = |part: Option<&Part<'_>>| match part {
            Some(&Part::Number(day, 1..=2)) => Some(day),
            _ => None,
        };
        let numbers_behind = || {
            self.0.get(at + 1..).unwrap_or_default().iter().filter_map(|part| match *part {
                Part::Number(value, digits) => Some((value, digits)),
                _ => None,
            })
        };
        let before: Vec<&Part<'_>> = self.0.get(..at)?.iter().filter(|part| !is_filler(part)).collect();
        let year_behind = numbers_behind().find(|&(_, digits)| digits == 4).map(|(year, _)| year);
        if let Some(day) = day_like(before.last().copied()) {
            return Date::day(small(year_behind?)?, month, small(day)?);
        }
        match numbers_behind().next()? {
            (day, 1..=2) => Date::day(small(year_behind?)?, month, small(day)?),
            (year, 4) => Date::month(small(year)?, month),
            _ => None,
        }
    }

    /// `24.01.2024`, `24/1/2024`, `20240124`, and `1/24/2024`, each only where one reading alone is a date.
    fn digits_only(&self) -> Option<Date> {
        match *self.0.as_slice() {
            [Part::Number(all, 8), ..] => Date::day(small(all / 10_000)?, small(all / 100 % 100)?, small(all % 100)?),
            [Part::Number(d, 1..=2), Part::Mark('.'), Part::Number(m, 1..=2), Part::Mark('.'), Part::Number(y, 4), ..] => {
                Date::day(small(y)?, small(m)?, small(d)?)
            }
            [Part::Number(a, 1..=2), Part::Mark('/' | '-'), Part::Number(b, 1..=2), Part::Mark('/' | '-'), Part::Number(y, 4), ..] => {
                match (Date::day(small(y)?, small(b)?, small(a)?), Date::day(small(y)?, small(a)?, small(b)?)) {
                    (Some(date), None) | (None, Some(date)) => Some(date),
                    (Some(one), Some(other)) if one == other => Some(one),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// Words and marks between the parts of a date that say nothing.
fn is_filler(part: &Part<'_>) -> bool {
    match part {
        Part::Mark(_) => true,
        Part::Word(word) => matches!(*word, "st" | "nd" | "rd" | "th" | "de" | "of" | "er" | "le" | "el"),
        Part::Number(..) => false,
    }
}

fn small<T: TryFrom<i64>>(value: i64) -> Option<T> {
    T::try_from(value).ok()
}

/// The value of a digit, ASCII, full-width or Arabic-Indic.
fn digit(c: char) -> Option<i64> {
    let zero = match c {
        '0'..='9' => '0',
        '０'..='９' => '０',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        _ => return None,
    };
    Some(i64::from(c as u32 - zero as u32))
}

/// The value of a Han numeral: ten for 十.
fn han_digit(c: char) -> Option<i64> {
    const NUMERALS: [char; 11] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    let c = if matches!(c, '○' | '零') { '〇' } else { c };
    NUMERALS.iter().position(|&numeral| numeral == c).and_then(|at| i64::try_from(at).ok())
}

/// A number in Han numerals, digit by digit (二〇二四) or in tens (二十四, 十, 三十), as if it had been written in digits.
fn han_number(numeral: &str) -> Part<'_> {
    let digits = numeral.chars().take(8).filter_map(han_digit);
    if numeral.contains('十') {
        let (before, behind) = numeral.split_once('十').unwrap_or_default();
        let unit = |part: &str| part.chars().next().and_then(han_digit);
        return Part::Number(unit(before).unwrap_or(1) * 10 + unit(behind).unwrap_or(0), 2);
    }
    Part::Number(digits.clone().fold(0, |value, digit| value * 10 + digit), digits.count())
}

/// The month that a word names, in English, French, Spanish, German, Portuguese, Italian, Russian or Arabic, whole or by its beginning.
pub(super) fn month(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    if word.chars().count() < 3 {
        return None;
    }
    MONTHS.iter().zip(1..).find_map(|(names, number)| names.iter().any(|name| named(name, &word)).then_some(number))
}

/// Whether `word` is `name` or a usual beginning of it: of three letters and more, so that "Mar" is no "mai".
fn named(name: &str, word: &str) -> bool {
    name == word || (name.starts_with(word) && matches!(word.chars().count(), 3 | 4))
}

const MONTHS: [&[&str]; 12] = [
    &["january", "janvier", "enero", "januar", "janeiro", "gennaio", "января", "январь", "يناير", "كانون الثاني"],
    &["february", "février", "fevrier", "febrero", "februar", "fevereiro", "febbraio", "февраля", "февраль", "فبراير", "شباط"],
    &["march", "mars", "marzo", "märz", "março", "марта", "март", "مارس", "آذار"],
    &["april", "avril", "abril", "aprile", "апреля", "апрель", "أبريل", "نيسان"],
    &["may", "mai", "mayo", "maio", "maggio", "мая", "май", "مايو", "أيار"],
    &["june", "juin", "junio", "juni", "junho", "giugno", "июня", "июнь", "يونيو", "حزيران"],
    &["july", "juillet", "julio", "juli", "julho", "luglio", "июля", "июль", "يوليو", "تموز"],
    &["august", "août", "aout", "agosto", "августа", "август", "أغسطس", "آب"],
    &["september", "septembre", "septiembre", "setembro", "settembre", "сентября", "сентябрь", "سبتمبر", "أيلول"],
    &["october", "octobre", "octubre", "oktober", "outubro", "ottobre", "октября", "октябрь", "أكتوبر"],
    &["november", "novembre", "noviembre", "novembro", "ноября", "ноябрь", "نوفمبر"],
    &["december", "décembre", "decembre", "diciembre", "dezember", "dezembro", "dicembre", "декабря", "декабрь", "ديسمبر"],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_that_outlets_use() {
        let table = [
            ("2024-01-24", "2024-01-24"),
            ("2024-01-24T08:30:00+09:00", "2024-01-24"),
            ("2024-01-24 08:30", "2024-01-24"),
            ("2024/1/24", "2024-01-24"),
            ("20240124", "2024-01-24"),
            ("24.01.2024", "2024-01-24"),
            ("24/01/2024", "2024-01-24"),
            ("1/24/2024", "2024-01-24"),
            ("2/2/2024", "2024-02-02"),
            ("January 24, 2024", "2024-01-24"),
            ("Jan. 24, 2024 at 8:30 a.m.", "2024-01-24"),
            ("24 January 2024", "2024-01-24"),
            ("Wednesday, 24th of January, 2024", "2024-01-24"),
            ("Wed, 24 Jan 2024 08:30:00 GMT", "2024-01-24"),
            ("Sept. 3, 2024", "2024-09-03"),
            ("24 de enero de 2024", "2024-01-24"),
            ("24 janvier 2024", "2024-01-24"),
            ("1er août 2024", "2024-08-01"),
            ("24 января 2024 г.", "2024-01-24"),
            ("24 يناير 2024", "2024-01-24"),
            ("2024年1月24日 08:30", "2024-01-24"),
            ("２０２４年１月２４日", "2024-01-24"),
            ("二〇二四年一月二十四日", "2024-01-24"),
            ("二○二〇年十月十日", "2020-10-10"),
            ("二〇二四年十二月", "2024-12"),
            ("2024년 1월 24일", "2024-01-24"),
            ("民國113年1月24日", "2024-01-24"),
            ("2024-01", "2024-01"),
            ("January 2024", "2024-01"),
            ("2024年1月", "2024-01"),
            ("2024", "2024"),
            ("2024年", "2024"),
        ];
        for (text, expected) in table {
            assert_eq!(Date::parse(text).map(|date| date.to_string()).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "yesterday", "1/2/2024", "2024-13-01", "2024-02-30", "0001-01-01", "May", "12:30", "99999999", "24 Smarch 2024"] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_counted_from_1970() {
        let date = |text: &str| Date::parse(text).unwrap();
        assert_eq!(date("1970-01-01").first_day(), 0);
        assert_eq!(date("1969-12-31").first_day(), -1);
        assert_eq!((date("2024-02").first_day(), date("2024-02").last_day()), (19_754, 19_782));
        assert_eq!(date("2024").last_day() - date("2024").first_day(), 365);
    }
}
