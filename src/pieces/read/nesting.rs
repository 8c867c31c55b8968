//! How deep markup is nested, told before it is parsed.

use foldhash::HashMap;

use super::Limits;
use crate::pieces::Reason;

mod attributes;

/// Elements of more attributes are refused. Those of pages have some dozen.
const ATTRIBUTES: usize = 5_000;
/// So many times an attribute may be compared with another of its element. Of a large page it is some million.
const COMPARED: usize = 50_000_000;
/// So many times as elements, those may be opened again that change letters and were not closed: the parser does so in each that follows.
const REOPENED: usize = 4;

/// Refuses markup that would take too much memory or recursion as a tree; gives how deep it is nested.
pub(super) fn fits(markup: &str, limits: &Limits) -> Result<usize, Reason> {
    let Nesting { deepest, reopened } = nesting(markup);
    if deepest > limits.depth {
        return Err(Reason::TooDeep(limits.depth));
    }
    if tags(markup) > 2 * limits.tags || reopened > REOPENED * limits.tags {
        return Err(Reason::TooManyTags(limits.tags));
    }
    let attributes = attributes::attributes(markup);
    if attributes.most > ATTRIBUTES || attributes.compared > COMPARED {
        return Err(Reason::TooManyAttributes(ATTRIBUTES));
    }
    Ok(deepest)
}

/// How many tags there are, those that close elements counted too.
pub(super) fn tags(markup: &str) -> usize {
    markup.bytes().filter(|&byte| byte == b'<').count()
}

/// How elements are nested.
#[derive(Default)]
struct Nesting {
    /// How deep at the most.
    deepest: usize,
    /// How often one that changes letters is open where another element begins, at the most.
    reopened: usize,
}

/// A closing tag closes an element that was opened by its name. Elements that close themselves, and those that another one closes, are counted as
/// open, which generous limits forgive.
fn nesting(text: &str) -> Nesting {
    let (mut nesting, mut depth, mut changed) = (Nesting::default(), 0_usize, 0_usize);
    let mut open: HashMap<Name, usize> = HashMap::default();
    for (at, _) in text.match_indices('<') {
        let tag = text.as_bytes().get(at + 1..).unwrap_or_default();
        let (name, closes) = tag.strip_prefix(b"/").map_or((name(tag), false), |tag| (name(tag), true));
        let Some(name) = name else { continue };
        let changes = is_one_of(name, &CHANGES);
        if !closes && !changes {
            nesting.reopened = nesting.reopened.saturating_add(changed);
        }
        if is_one_of(name, &VOID) {
            continue;
        }
        let open = open.entry(name).or_default();
        if !closes {
            *open += 1;
            depth += 1;
            changed += usize::from(changes);
            nesting.deepest = nesting.deepest.max(depth);
        } else if *open > 0 {
            *open -= 1;
            depth -= 1;
            changed -= usize::from(changes);
        }
    }
    nesting
}

/// The name of an element in small letters, as far as names differ by it.
type Name = [u8; 8];

/// The name that a tag begins with.
fn name(tag: &[u8]) -> Option<Name> {
    let mut name = Name::default();
    let letters = tag.iter().take_while(|byte| byte.is_ascii_alphanumeric());
    name.iter_mut().zip(letters).for_each(|(letter, byte)| *letter = byte.to_ascii_lowercase());
    name.first().is_some_and(u8::is_ascii_alphabetic).then_some(name)
}

/// Elements that never have contents, or are often left open without nesting (`<p>`, `<li>`).
const VOID: [&str; 17] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p", "param", "source", "track", "wbr"];

/// Elements that change letters: one that is not closed goes on in what follows (HTML, "reconstruct the active formatting elements").
const CHANGES: [&str; 14] = ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

fn is_one_of(name: Name, names: &[&str]) -> bool {
    let end = name.iter().position(|&byte| byte == 0).unwrap_or(name.len());
    names.iter().any(|known| name.get(..end) == Some(known.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_is_deep() {
        for (markup, expected) in [
            ("", 0),
            ("<div><b>x</b><i>y</i></div>", 2),
            ("<DIV><br><p>one<p>two<li>three</Div><div>", 1),
            ("</head></b><div></li></p><div>", 2),
            ("<div></span><div><!-- < --><h1>", 3),
            ("a < b, <3, <", 0),
            ("<p>text<br>text<li>item", 0),
        ] {
            assert_eq!(nesting(markup).deepest, expected, "{markup}");
        }
    }

    #[test]
    fn what_changes_letters_and_stays_open_is_opened_again() {
        for (markup, expected) in
            [("<b>x</b><p>y<p>z", 0), ("<b>x<i>y<p>z<div>", 4), ("<font><p></font><p>", 1), ("<blockquote><p>", 0), ("<b><i><b>", 0)]
        {
            assert_eq!(nesting(markup).reopened, expected, "{markup}");
        }
        let open = (0..1_000).map(|at| format!("<b id={at}>")).collect::<Vec<_>>().concat();
        assert!(matches!(fits(&format!("{open}{}", "<p>a".repeat(8_000)), &Limits::default()), Err(Reason::TooManyTags(_))));
        assert!(fits(&format!("{open}{}", "<p>a".repeat(100)), &Limits::default()).is_ok());
    }
}
