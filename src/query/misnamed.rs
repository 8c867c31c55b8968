//! Fields that there are not, or that ask nothing.

use super::Pattern;
use super::fields::names;
use super::foreign::bare_words;
use crate::actors::Kind;

/// What fields are called elsewhere, and what is written here.
const ELSEWHERE: [(&str, &str); 28] = [
    ("after", "date:>="),
    ("before", "date:<="),
    ("byline", "author:"),
    ("by", "author:"),
    ("file", "path:"),
    ("folder", "path:"),
    ("from", "date:>="),
    ("genre", "kind:"),
    ("headline", "title:"),
    ("intitle", "title:"),
    ("inurl", "path:"),
    ("keyword", "tag:"),
    ("language", "lang:"),
    ("name", "actor:"),
    ("org", "actor:"),
    ("outlet", "source:"),
    ("person", "actor:"),
    ("published", "date:"),
    ("publisher", "source:"),
    ("section", "kind:"),
    ("since", "date:>="),
    ("site", "source:"),
    ("subject", "tag:"),
    ("tags", "tag:"),
    ("topic", "tag:"),
    ("type", "kind:"),
    ("until", "date:<="),
    ("year", "date:"),
];

/// The first word of `query`, outside quotes, that stands where fields do and is none, as it is written, with the field that was meant.
///
/// ```
/// use pundit::query::misnamed;
/// assert_eq!(misnamed("veto titel:council"), Some(("titel:", "title:".to_owned())));
/// assert_eq!(misnamed("veto outlet:wire"), Some(("outlet:", "source:".to_owned())));
/// assert_eq!(misnamed("veto title:council https://example.org"), None);
/// ```
#[must_use]
pub fn misnamed(query: &str) -> Option<(&str, String)> {
    bare_words(query).find_map(|word| {
        let word = word.trim_start_matches(['-', '+', '(']);
        let (name, value) = word.split_once(':')?;
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic());
        if !is_name || value.is_empty() || value.starts_with('/') || is_known(name) {
            return None;
        }
        Some((word.get(..=name.len())?, meant(&name.to_lowercase())?))
    })
}

/// The first field in `query`, outside quotes, whose value is a kind of actors, with what finds any mention of one.
///
/// ```
/// use pundit::query::any_actor;
/// assert_eq!(any_actor("kind:person w/5 resigns"), Some(("kind:person", "PERSON".to_owned())));
/// assert_eq!(any_actor("kind:opinion veto"), None);
/// ```
#[must_use]
pub fn any_actor(query: &str) -> Option<(&str, String)> {
    bare_words(query).find_map(|word| {
        let word = word.trim_start_matches(['-', '+', '(']).trim_end_matches(')');
        let (name, value) = word.split_once(':')?;
        let any = any_of_kind(value).filter(|_| matches!(name, "kind" | "type" | "actor"))?;
        Some((word, any))
    })
}

/// What finds any mention of an actor of the kind that is called so.
pub(super) fn any_of_kind(called: &str) -> Option<String> {
    let kind = match called.to_lowercase().as_str() {
        "person" | "persons" | "people" => Kind::Person,
        "state" | "states" | "country" | "countries" => Kind::State,
        "org" | "orgs" | "organisation" | "organisations" | "organization" | "organizations" => Kind::Org,
        _ => return None,
    };
    Some(kind.word().to_uppercase())
}

/// The first field in `query`, outside quotes, that asks nothing because a space stands behind it: it is read as a word.
///
/// ```
/// use pundit::query::parted;
/// assert_eq!(parted("veto title: council"), Some("title:"));
/// assert_eq!(parted("veto title:council note: oil"), None);
/// ```
#[must_use]
pub fn parted(query: &str) -> Option<&str> {
    let is_field = |word: &&str| word.strip_suffix(':').is_some_and(is_known);
    // At the end of the query a field may still be written.
    let is_followed = |word: &&str| query.split_once(*word).is_some_and(|(_, behind)| !behind.trim().is_empty());
    bare_words(query).map(|word| word.trim_start_matches(['-', '+', '('])).filter(is_field).find(is_followed)
}

fn is_known(name: &str) -> bool {
    names().any(|known| known == name)
}

/// What was meant by a name in small letters.
fn meant(name: &str) -> Option<String> {
    if let Some((_, here)) = ELSEWHERE.iter().find(|(there, _)| *there == name) {
        return Some((*here).to_owned());
    }
    // Of short names a letter is half of what they say.
    let off = if name.len() > 4 { 2 } else { 1 };
    let near = |off: u8| {
        let fits = Pattern::Fuzzy(name.to_owned(), off).automaton().ok()?;
        names().find(|known| fits.fits(known)).map(|known| format!("{known}:"))
    };
    (0..=off).find_map(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_and_other_names_are_told_from_words() {
        for (query, name, field) in [
            ("auther:x veto", "auther:", "author:"),
            ("-Title:veto", "Title:", "title:"),
            ("(soruce:x OR y)", "soruce:", "source:"),
            ("oil since:2024", "since:", "date:>="),
            ("langs:en", "langs:", "lang:"),
        ] {
            assert_eq!(misnamed(query), Some((name, field.to_owned())), "{query}");
        }
        for query in ["title:x lang:en date:2024 actor:x", "note:x", "16:30", "\"titel:x y\"", "titel: x", "https://x", "re:arms", ""] {
            assert_eq!(misnamed(query), None, "{query}");
        }
    }

    #[test]
    fn kinds_of_actors_are_told_from_kinds_of_pieces() {
        for (query, typed, instead) in [
            ("said w/3 -type:People", "type:People", "PERSON"),
            ("(oil OR actor:country)", "actor:country", "STATE"),
            ("kind:org", "kind:org", "ORG"),
        ] {
            assert_eq!(any_actor(query), Some((typed, instead.to_owned())), "{query}");
        }
        for query in ["kind:news", "title:person", "\"kind:person\"", "kind: person", "person", ""] {
            assert_eq!(any_actor(query), None, "{query}");
        }
    }

    #[test]
    fn fields_with_a_space_behind_are_told() {
        for (query, field) in [("title: oil", "title:"), ("oil -(source: \"the desk\")", "source:"), ("lang: en lang:", "lang:")] {
            assert_eq!(parted(query), Some(field), "{query}");
        }
        for query in ["title:oil", "oil title:", "oil: title", "\"title: oil\"", "Title: oil", ""] {
            assert_eq!(parted(query), None, "{query}");
        }
    }
}
