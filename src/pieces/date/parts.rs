//! The forms of dates.

use super::months::{month, of_two_words};
use super::{Date, YEARS};

/// A text cut into numbers, words and single marks.
pub(super) struct Parts<'t>(Vec<Part<'t>>);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Part<'t> {
    /// A number and how many digits it was written with.
    Number(i64, usize),
    Word(&'t str),
    Mark(char),
}

impl<'t> Parts<'t> {
    pub(super) fn of(text: &'t str) -> Self {
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
            } else if is_han_numeral(c) {
                let (numeral, _) = rest.split_at(length(is_han_numeral));
                parts.push(han_number(numeral));
                numeral.len()
            } else if is_letter(c) {
                // East Asian unit signs stand between numbers, one character each.
                let taken = if matches!(c, '年' | '月' | '日' | '号' | '號' | '년' | '월' | '일') {
                    c.len_utf8()
                } else {
                    of_two_words(rest).map_or_else(|| length(|c| is_letter(c) && !is_han_numeral(c)), str::len)
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
        Self(parts).without_hour()
    }

    /// These without an hour at their beginning.
    fn without_hour(mut self) -> Self {
        let hour = match self.0.as_slice() {
            [Part::Number(_, 1..=2), Part::Mark(':'), Part::Number(_, 2), Part::Mark(':'), Part::Number(_, 2), ..] => 5,
            [Part::Number(_, 1..=2), Part::Mark(':'), Part::Number(_, 2), ..] => 3,
            _ => return self,
        };
        self.0.drain(..hour);
        let marks = self.0.iter().take_while(|part| matches!(part, Part::Mark(_))).count();
        self.0.drain(..marks);
        self
    }

    /// `2024-01-24…`, `2024-01`, `2024/1/24`, `2024.1.24`, `2024`.
    pub(super) fn iso(&self) -> Option<Date> {
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

    /// `2024年1月24日`, `2024년 1월 24일`, `民國113年1月24日`, `令和6年1月24日`, and their months.
    pub(super) fn east_asian(&self) -> Option<Date> {
        let (offset, parts) = match self.0.as_slice() {
            [Part::Word("民國" | "民国" | "中華民國"), rest @ ..] => (1911, rest),
            [Part::Word("令和"), rest @ ..] => (2018, rest),
            [Part::Word("平成"), rest @ ..] => (1988, rest),
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

    /// `24 tháng 1 năm 2024`, as Vietnamese has it, with what is before.
    pub(super) fn vietnamese(&self) -> Option<Date> {
        self.0.windows(5).find_map(|parts| match *parts {
            [Part::Number(d, 1..=2), Part::Word("tháng"), Part::Number(m, 1..=2), Part::Word("năm"), Part::Number(y, 4)] => {
                Date::day(small(y)?, small(m)?, small(d)?)
            }
            _ => None,
        })
    }

    /// `24 January 2024`, `January 24, 2024`, `Wed, 24 Jan 2024 08:30`, `24 de enero de 2024`, `24 января 2024 г.`, `January 2024`. Names of people
    /// may be those of months: one that has its year beside it comes before one that has it somewhere.
    pub(super) fn with_month_name(&self) -> Option<Date> {
        let months = || self.0.iter().enumerate().filter_map(|(at, part)| Some((at, month(part.word()?)?)));
        let near = months().find_map(|(at, month)| self.around(at, month, Self::year_beside));
        near.or_else(|| months().find_map(|(at, month)| self.around(at, month, Self::year_behind)))
    }

    /// The date of which the month stands at `at`, its day before or directly behind it, and its year where `year` finds one from a place on.
    fn around(&self, at: usize, month: i8, year: fn(&Self, usize) -> Option<i64>) -> Option<Date> {
        let before = self.0.get(..at)?.iter().rfind(|part| !is_filler(part));
        if let Some(&Part::Number(day, 1..=2)) = before {
            return Date::day(small(year(self, at + 1)?)?, month, small(day)?);
        }
        // "May, 24" is no day of May.
        let behind = self.0.get(at + 1..)?.iter().position(|part| !is_filler(part) || matches!(part, Part::Mark(',' | '|')))? + at + 1;
        match self.0.get(behind) {
            Some(&Part::Number(day, 1..=2)) => Date::day(small(year(self, behind + 1)?)?, month, small(day)?),
            _ => Date::month(small(self.year_beside(at + 1)?)?, month),
        }
    }

    /// The year that stands at `from`, or behind what says nothing.
    fn year_beside(&self, from: usize) -> Option<i64> {
        self.0.get(from..)?.iter().find(|part| !is_filler(part))?.year()
    }

    /// The first year from `from` on.
    fn year_behind(&self, from: usize) -> Option<i64> {
        self.0.get(from..)?.iter().find_map(Part::year)
    }

    /// `24.01.2024`, `24/1/2024`, `20240124`, `20240124083000`, and `1/24/2024`, each only where one reading alone is a date.
    pub(super) fn digits_only(&self) -> Option<Date> {
        match *self.0.as_slice() {
            [Part::Number(all, 8), ..] => of_digits(all),
            [Part::Number(all, 12), ..] => of_digits(all / 10_000),
            [Part::Number(all, 14), ..] => of_digits(all / 1_000_000),
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

impl<'t> Part<'t> {
    const fn word(&self) -> Option<&'t str> {
        match *self {
            Self::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The year that it may be: hours that zones differ by have as many digits.
    fn year(&self) -> Option<i64> {
        match *self {
            Self::Number(year, 4) if YEARS.contains(&year) => Some(year),
            _ => None,
        }
    }
}

/// The day that eight digits are.
fn of_digits(all: i64) -> Option<Date> {
    Date::day(small(all / 10_000)?, small(all / 100 % 100)?, small(all % 100)?)
}

/// Whether a character stands in words: a letter, or a sign of Devanagari that is none.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{93C}' | '\u{94D}')
}

/// Words and marks between the parts of a date that say nothing.
fn is_filler(part: &Part<'_>) -> bool {
    match part {
        Part::Mark(_) => true,
        Part::Word(word) => matches!(*word, "st" | "nd" | "rd" | "th" | "de" | "of" | "the" | "er" | "le" | "el" | "º" | "ª" | "den"),
        Part::Number(..) => false,
    }
}

fn small<T: TryFrom<i64>>(value: i64) -> Option<T> {
    T::try_from(value).ok()
}

/// The value of a digit, ASCII, full-width, Arabic-Indic or of Devanagari.
fn digit(c: char) -> Option<i64> {
    let zero = match c {
        '0'..='9' => '0',
        '０'..='９' => '０',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '०'..='९' => '०',
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

/// Whether numbers are written in Han with it.
fn is_han_numeral(c: char) -> bool {
    c == '百' || han_digit(c).is_some()
}

/// A number in Han numerals, digit by digit (二〇二四) or in tens and hundreds (二十四, 十, 三十, 一百一十三), as if it had been written in digits.
fn han_number(numeral: &str) -> Part<'_> {
    /// A day and its time take so many digits; what is longer is no number.
    const LONGEST: usize = 14;
    if numeral.chars().nth(LONGEST).is_some() {
        return Part::Word(numeral);
    }
    let unit = |part: &str| part.chars().next().and_then(han_digit);
    let (hundreds, rest) = match numeral.split_once('百') {
        Some((hundreds, rest)) => (Some(unit(hundreds).unwrap_or(1)), rest),
        None => (None, numeral),
    };
    let (below, digits) = match rest.split_once('十') {
        Some((before, behind)) => (unit(before).unwrap_or(1) * 10 + unit(behind).unwrap_or(0), 2),
        None => (rest.chars().filter_map(han_digit).fold(0, |value, digit| value * 10 + digit), rest.chars().count()),
    };
    hundreds.map_or(Part::Number(below, digits), |hundreds| Part::Number(hundreds * 100 + below, 3))
}
