//! What a piece does not say of itself, but its text, its address and its place on disk do.

use super::dateline;
use super::kind::{Signs, kind, named};
use crate::pieces::{Date, Piece};

/// The longest title, in bytes. What is longer is a text.
const LONGEST_TITLE: usize = 8_000;

/// Fills in agency, reporters, date and kind where they are silent. `path` is that of the piece's file in its root, and on inside it.
pub(in crate::pieces) fn complete(piece: &mut Piece, path: &str) {
    if let Some(title) = piece.title.take_if(|title| title.len() > LONGEST_TITLE) {
        piece.text = if piece.text.is_empty() { title } else { format!("{title}\n\n{}", piece.text) };
    }
    let dateline = dateline::at_start(&piece.text).unwrap_or_default();
    if piece.date.is_none() {
        let told = dateline.year.zip(dateline.day).and_then(|(year, (month, day))| Date::day(year, month, day));
        piece.date = told.or_else(|| piece.url.as_deref().and_then(|url| date_in(url, dateline.day)));
    }
    piece.source = piece.source.take().or(dateline.agency);
    if piece.authors.is_empty() {
        piece.authors = dateline.reporters;
    }
    piece.kind = match piece.kind.take() {
        Some(said) => Some(named(&said).map_or(said, ToOwned::to_owned)),
        None => {
            let signs = Signs {
                url: piece.url.as_deref(),
                title: piece.title.as_deref(),
                author: piece.authors.first().map(String::as_str),
                path: Some(path),
                ..Signs::default()
            };
            kind(&signs).map(ToOwned::to_owned)
        }
    };
}

/// The date in an address: `/2024/01/24/`, `/2024-01-24-`, `/20240124/`; or its year, with the day that the text gives.
fn date_in(url: &str, day: Option<(i8, i8)>) -> Option<Date> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let numbers: Vec<&str> = path.split(|c: char| !c.is_ascii_digit()).collect();
    let is_year = |number: &str| number.len() == 4 && ("1900".."2100").contains(&number);
    for at in 0..numbers.len() {
        let rest = numbers.get(at..).unwrap_or_default();
        match rest {
            [year, month, date, ..] if is_year(year) && matches!(month.len(), 1 | 2) && matches!(date.len(), 1 | 2) => {
                if let Some(date) = Date::day(year.parse().ok()?, month.parse().ok()?, date.parse().ok()?) {
                    return Some(date);
                }
            }
            [whole, ..] if whole.len() == 8 => {
                let (year, rest) = whole.split_at_checked(4)?;
                let (month, date) = rest.split_at_checked(2)?;
                if is_year(year)
                    && let Some(date) = Date::day(year.parse().ok()?, month.parse().ok()?, date.parse().ok()?)
                {
                    return Some(date);
                }
            }
            _ => {}
        }
    }
    let year = numbers.iter().find(|number| is_year(number))?.parse().ok()?;
    day.and_then(|(month, day)| Date::day(year, month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_dates() {
        for (url, day, expected) in [
            ("https://a.example/world/2024/01/24/talks-2", None, Some("2024-01-24")),
            ("https://a.example/2024-1-5-talks", None, Some("2024-01-05")),
            ("https://a.example/20240124/1234567.html", None, Some("2024-01-24")),
            ("https://a.example/2024/talks", Some((1, 24)), Some("2024-01-24")),
            ("https://a.example/2024/talks", None, None),
            ("https://a.example/99999999/2024/99/99", None, None),
        ] {
            assert_eq!(date_in(url, day).map(|date| date.to_string()).as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn what_is_said_is_not_overruled() {
        let text = "SEOUL, Jan. 24 (Agency) — They met.".to_owned();
        let mut silent = Piece { text: text.clone(), url: Some("https://a.example/opinion/2024/x".to_owned()), ..Piece::default() };
        complete(&mut silent, "a.txt");
        assert_eq!((silent.source.as_deref(), silent.kind.as_deref()), (Some("Agency"), Some("opinion")));
        assert_eq!(silent.date.unwrap().to_string(), "2024-01-24");
        let mut said =
            Piece { source: Some("The Outlet".to_owned()), kind: Some("editorial".to_owned()), date: Date::parse("2023"), ..silent };
        complete(&mut said, "news/a.txt");
        assert_eq!((said.source.as_deref(), said.kind.as_deref()), (Some("The Outlet"), Some("opinion")));
        assert_eq!(said.date.unwrap().to_string(), "2023");
    }
}
