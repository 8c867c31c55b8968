//! Where a text gives addresses: of pages, and of mail.

use super::Span;

/// The addresses in `text`, in order: what begins with a scheme (`https://`, RFC 3986) or with `www.`, and what has an `@` between a name and a
/// host (RFC 5322). Each ends at a space, at a mark that no address holds, or at the first character that is not ASCII, as where Chinese goes on
/// without a space.
#[must_use]
pub fn addresses(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    // Most texts have none, which is sooner seen so.
    if !(text.contains("://") || text.contains("www.") || text.contains('@')) {
        return found;
    }
    for (at, mark) in text.match_indices([':', '.', '@']) {
        if found.last().is_some_and(|last| at < last.end) {
            continue;
        }
        let (before, behind) = (text.get(..at).unwrap_or_default(), text.get(at + mark.len()..).unwrap_or_default());
        let start = match mark {
            ":" if behind.starts_with("//") => before.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len(),
            "." => before.strip_suffix("www").filter(|before| !before.ends_with(char::is_alphanumeric)).map_or(at, str::len),
            "@" if behind.starts_with(|c: char| c.is_ascii_alphanumeric()) => before.trim_end_matches(is_of_mailbox).len(),
            _ => at,
        };
        // An address ends before the next.
        let start = start.max(found.last().map_or(0, |last| last.end));
        if start < at {
            // Only of what is an address the end is looked for: of a million points each would look as far.
            let rest = match mark {
                // RT@somebody names no host.
                "@" => Some(run(behind, is_of_mailbox)).filter(|host| host.trim_end_matches('.').contains('.')),
                _ => Some(run(behind, is_inside)),
            };
            let rest = rest.filter(|rest| !rest.is_empty());
            found.extend(rest.map(|rest| Span::new(start, at + mark.len() + rest.len())));
        }
    }
    found
}

/// The characters at the beginning of `text` for which `fits` holds.
fn run(text: &str, fits: fn(char) -> bool) -> &str {
    text.split(|c| !fits(c)).next().unwrap_or_default()
}

/// Whether an address may hold `c`.
fn is_inside(c: char) -> bool {
    c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '[' | ']' | '{' | '}' | '|' | '^' | '`')
}

/// Whether the names before and behind an `@` may hold `c`.
fn is_of_mailbox(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(text: &str) -> Vec<&str> {
        addresses(text).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn pages_and_mailboxes_have_addresses() {
        let text = "See https://a.example/Oman-navy?x=1. Or (www.b.example/Iran), 见http://c.example/北京 or <J.Doe@d.example>.";
        assert_eq!(told(text), ["https://a.example/Oman-navy?x=1.", "www.b.example/Iran),", "http://c.example/", "J.Doe@d.example"]);
        assert_eq!(told("mailto:x@y.example"), ["x@y.example"]);
    }

    #[test]
    fn what_people_write_otherwise_is_none() {
        for text in [
            "Reuters.com said: //no",
            "at 10:30, @handle and a @ b",
            "swww.a",
            "://",
            "www.",
            "x@",
            "He said:",
            "习@近",
            "1.5",
            "RT@handle. Then",
        ] {
            assert_eq!(told(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn hostile_texts_are_read_once() {
        for unit in [".", "@", ":", "www.", "a@", "://", "a:// ", ".@a ", "www. "] {
            let text = format!("@{}", unit.repeat(300_000));
            assert!(addresses(&text).len() <= 300_000, "{unit}");
        }
    }

    proptest! {
        #[test]
        fn addresses_come_in_order_and_hold_no_space(text in "[a@:/.w 北<-]{0,40}") {
            let found = addresses(&text);
            prop_assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start));
            prop_assert!(found.iter().all(|span| !span.is_empty() && !span.of(&text).contains([' ', '北', '<'])));
        }
    }
}
