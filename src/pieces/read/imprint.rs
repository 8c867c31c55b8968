//! Lines beside the headline of a plain text: its address, its outlet and its day, and whose names stand above these.

use super::byline::{self, Taken};
use super::stamp::stamp;
use crate::pieces::piece::one_line;
use crate::pieces::{Date, Piece};
use crate::text::script::is_han;

/// Takes what a line beside the headline says of `piece`.
pub(super) fn describe(line: &str, piece: &mut Piece) -> Taken {
    if let Some(address) = address(line) {
        // A second address is of something else.
        if piece.url.is_some() {
            return Taken::Nothing;
        }
        piece.url = Some(address.to_owned());
        return Taken::All;
    }
    if piece.source.is_none()
        && piece.date.is_none()
        && let Some((outlet, date)) = outlet(line)
    {
        (piece.source, piece.date) = (Some(outlet.to_owned()), date);
        return Taken::All;
    }
    byline::describe(line, piece)
}

/// Whether a line that stands at the very top is no headline, but says when or where the piece was published.
pub(super) fn stands_above(line: &str) -> bool {
    address(line).is_some() || stamp(line).is_some()
}

/// Whether a line says when or where a piece was published, and nothing else.
pub(super) fn is_imprint(line: &str) -> bool {
    address(line).is_some() || outlet(line).is_some() || byline::dated(line).is_some()
}

/// The address that a line is.
fn address(line: &str) -> Option<&str> {
    const LABELS: [&str; 10] = ["URL", "Url", "url", "Link", "LINK", "Source", "链接", "鏈接", "原文链接", "Ссылка"];
    let bare = LABELS.iter().find_map(|label| line.strip_prefix(label)?.trim_start().strip_prefix([':', '：'])).unwrap_or(line).trim();
    let bare = bare.strip_prefix('<').and_then(|bare| bare.strip_suffix('>')).unwrap_or(bare);
    let rest = bare.strip_prefix("https://").or_else(|| bare.strip_prefix("http://"))?;
    let is_address = rest.contains('.') && !rest.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'));
    is_address.then_some(bare)
}

/// The outlet and the day that a line names: `Outlet | 2015-09-04`, or `Outlet | ` where the day is not known. Before a comma stand places and
/// names of people as well, so that an outlet is one only where it is called so.
fn outlet(line: &str) -> Option<(&str, Option<Date>)> {
    const LONGEST: usize = 48;
    /// What outlets call themselves, in small letters.
    const CALLED: [&str; 24] = [
        "news",
        "times",
        "post",
        "journal",
        "daily",
        "press",
        "agency",
        "review",
        "magazine",
        "tribune",
        "herald",
        "guardian",
        "today",
        "weekly",
        "monitor",
        "observer",
        "gazette",
        "radio",
        "tv",
        "online",
        "bulletin",
        "chronicle",
        "newspaper",
        "outlet",
    ];
    let is_name = |name: &&str| {
        let has_letters = name.chars().any(char::is_alphabetic) && !name.contains("://");
        has_letters && name.chars().count() <= LONGEST && stamp(name).is_none() && byline::names_in(name).is_none()
    };
    let behind_bar = || {
        let (name, date) = line.rsplit_once(['|', '｜'])?;
        let name = Some(name.trim()).filter(|name| is_name(name) && !name.contains(['|', '｜']))?;
        let date = if date.trim().is_empty() { None } else { Some(stamp(date)?.date) };
        Some((name, date))
    };
    let behind_comma = || {
        let (at, date) = line.match_indices([',', '，']).find_map(|(at, mark)| Some((at, stamp(line.get(at + mark.len()..)?)?.date)))?;
        let name = Some(line.split_at(at).0.trim()).filter(is_name)?;
        let is_called = name.split_whitespace().any(|word| CALLED.contains(&word.to_lowercase().as_str()))
            || (name.chars().all(is_han) && name.ends_with(['报', '報', '社', '网', '網', '刊', '聞', '闻']))
            || (name.chars().count() > 1 && name.chars().all(|c| c.is_ascii_uppercase()));
        is_called.then_some((name, Some(date)))
    };
    behind_bar().or_else(behind_comma)
}

/// The names that a line is. It is a byline only where an imprint stands below it.
pub(super) fn bare_names(line: &str) -> Option<Vec<String>> {
    const MOST: usize = 16;
    let parts = line.split([',', ';', '、']).flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" & "));
    let names: Vec<String> =
        parts.map(|name| one_line(name.trim().trim_matches(['"', '“', '”']))).filter(|name| !name.is_empty()).collect();
    let is_name = |name: &String| byline::may_be_name(name);
    (!names.is_empty() && names.len() <= MOST && names.iter().all(is_name)).then_some(names)
}
