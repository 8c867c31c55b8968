//! Dates as outlets write them.

mod months;
mod parts;

use std::fmt;

use jiff::civil;

pub(super) use months::month;
use parts::Parts;

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

    /// Whether its day is known.
    #[must_use]
    pub fn is_day(self) -> bool {
        self.precision == Precision::Day
    }

    /// Reads a day as spreadsheets count it: from 1900, a 29 February of that year counted with it that there was not. None that is likely to be
    /// another number.
    pub(super) fn parse_serial(text: &str) -> Option<Self> {
        /// What 1970-01-01 is.
        const SERIAL_OF_1970: i32 = 25_569;
        let number: i32 = text.trim().parse().ok()?;
        (20_000..=60_000).contains(&number).then(|| Self::from_days(number - SERIAL_OF_1970)).flatten()
    }

    /// Reads what a field says that is for a date: as [`Date::parse`], and where it is a bare number of nine, ten or thirteen digits, the seconds or
    /// milliseconds since 1970.
    ///
    /// ```
    /// use pundit::pieces::Date;
    /// assert_eq!(Date::parse_field("1706085000").unwrap().to_string(), "2024-01-24");
    /// ```
    #[must_use]
    pub fn parse_field(text: &str) -> Option<Self> {
        const SECONDS_OF_DAY: i64 = 24 * 60 * 60;
        let since_1970 = || {
            let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), "0"));
            let is_number = [whole, part].iter().all(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
            let seconds = match whole.len() {
                9 | 10 => whole.parse::<i64>().ok()?,
                13 => whole.parse::<i64>().ok()? / 1_000,
                _ => return None,
            };
            is_number.then(|| Self::from_days(i32::try_from(seconds / SECONDS_OF_DAY).ok()?)).flatten()
        };
        Self::parse(text).or_else(since_1970)
    }

    /// Reads a date in one of the forms that outlets, programs and people use: ISO 8601 and RFC 2822 with or without time, `24 January
    /// 2024`, `Jan. 24, 2024`, `Wed Jan 24 08:30:00 +0000 2024`, `2024/1/24`, `24.01.2024`, `20240124083000`, `2024年1月24日`, `二〇二四年一月二十四日`,
    /// `2024년 1월 24일`, `民國113年1月24日`, `24 tháng 1 năm 2024`, with the hour before or behind; or a month or a year. Between `1/2/2024` and `2/1/2024` nothing decides,
    /// so neither is read.
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
        let asian = || parts.east_asian().or_else(|| parts.vietnamese());
        let date = parts.iso().or_else(asian).or_else(|| parts.with_month_name()).or_else(|| parts.digits_only())?;
        // A saved page's 0001-01-01 is a program's nothing.
        YEARS.contains(&date.first.year().into()).then_some(date)
    }
}

/// The years of which anything that is read may be.
const YEARS: std::ops::RangeInclusive<i64> = 1600..=2200;

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
            ("民國一一三年一月二十四日", "2024-01-24"),
            ("中華民國一百一十三年一月二十四日", "2024-01-24"),
            ("Wed Jan 24 08:30:00 +0000 2024", "2024-01-24"),
            ("Wed Jan 24 08:30:00 GMT+0800 2024", "2024-01-24"),
            ("20240124083000", "2024-01-24"),
            ("202401240830", "2024-01-24"),
            ("10:00 2024-01-24", "2024-01-24"),
            ("08:30:00, 24.01.2024", "2024-01-24"),
            ("January the 24th, 2024", "2024-01-24"),
            ("May, 24 January 2024", "2024-01-24"),
            ("Theresa May 24 January 2024", "2024-01-24"),
            ("By Jean Marc Dupont, January 24, 2024", "2024-01-24"),
            ("Posted by April Jones on 3 May 2024", "2024-05-03"),
            ("3 May 2024, updated 24 June 2024", "2024-05-03"),
            ("den 24 maj 2024", "2024-05-24"),
            ("24 stycznia 2024 r.", "2024-01-24"),
            ("24 травня 2024 року", "2024-05-24"),
            ("Hà Nội, ngày 24 tháng 1 năm 2024", "2024-01-24"),
            ("२४ अक्टूबर २०२४", "2024-10-24"),
            ("1º de maio de 2024", "2024-05-01"),
            ("1.º de mayo de 2024", "2024-05-01"),
            ("令和6年1月24日", "2024-01-24"),
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
    fn a_field_for_a_date_may_count_from_1970() {
        for text in ["1706085000", "1706085000000", "1706085000.0", "2024-01-24"] {
            assert_eq!(Date::parse_field(text).map(|date| date.to_string()).as_deref(), Some("2024-01-24"), "{text}");
        }
        assert_eq!(Date::parse_field("815184000").map(|date| date.to_string()).as_deref(), Some("1995-11-01"));
        for text in ["1706085", "170608500x", "١٧٠٦٠٨٥٠٠٠"] {
            assert_eq!(Date::parse_field(text), None, "{text}");
        }
        assert_eq!(Date::parse("1706085000"), None);
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "yesterday", "1/2/2024", "2024-13-01", "2024-02-30", "0001-01-01", "May", "12:30", "99999999", "24 Smarch 2024"] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn numerals_without_end_are_no_date() {
        for unit in ["百", "十", "一百", "百十", "〇", "٣", "9", " ", "年", "月", "-", "/", "24 ", "كانون ", "jan", "2024年1月"]
        {
            let long = unit.repeat(1 << 20);
            for text in [long.clone(), format!("{long}年1月24日"), format!("2024年{long}月24日"), format!("24 {long} 2024")] {
                let parsed = Date::parse(&text).or_else(|| Date::parse_field(&text));
                let starts_as_one = ["24 ", "2024年1月", " "].contains(&unit);
                assert!(parsed.is_none() || starts_as_one, "{unit:?}: {parsed:?}");
            }
        }
    }

    proptest! {
        /// Whatever a field says, a date that is read of it is read again of what it is shown as.
        #[test]
        fn whatever_is_read_is_a_date(
            runs in prop::collection::vec((prop::sample::select(UNITS), 1_usize..40), 0..12),
        ) {
            let text: String = runs.iter().map(|(unit, times)| unit.repeat(*times)).collect();
            if let Some(date) = Date::parse_field(&text) {
                prop_assert_eq!(Date::parse(&date.to_string()), Some(date));
                prop_assert!(date.first_day() <= date.last_day());
            }
        }
    }

    /// What dates are made of.
    const UNITS: &[&str] = &[
        "百",
        "十",
        "一",
        "二〇二四",
        "〇",
        "0",
        "1",
        "24",
        "2024",
        "１",
        "٣",
        "年",
        "月",
        "日",
        "년",
        "민",
        "民國",
        " ",
        "\u{3000}",
        "-",
        "/",
        ".",
        ",",
        ":",
        "T",
        "jan",
        "May",
        "de",
        "كانون",
        "الثاني",
        "\u{301}",
    ];

    #[test]
    fn days_are_counted_from_1970() {
        let date = |text: &str| Date::parse(text).unwrap();
        assert_eq!(date("1970-01-01").first_day(), 0);
        assert_eq!(date("1969-12-31").first_day(), -1);
        assert_eq!((date("2024-02").first_day(), date("2024-02").last_day()), (19_754, 19_782));
        assert_eq!(date("2024").last_day() - date("2024").first_day(), 365);
    }
}
