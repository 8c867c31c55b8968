//! How deep markup is nested, told before it is parsed.

use foldhash::HashMap;

use super::Limits;
use crate::pieces::Reason;

mod attributes;

/// Elements of more attributes are refused. Those of pages have some dozen.
const ATTRIBUTES: usize = 5_000;

/// Refuses markup that would take too much memory or recursion as a tree; gives how deep it is nested.
pub(super) fn fits(markup: &str, limits: &Limits) -> Result<usize, Reason> {
    let depth = depth(markup);
    if depth > limits.depth {
        return Err(Reason::TooDeep(limits.depth));
    }
    if tags(markup) > 2 * limits.tags {
        return Err(Reason::TooManyTags(limits.tags));
    }
    if attributes::attributes(markup) > ATTRIBUTES {
        return Err(Reason::TooManyAttributes(ATTRIBUTES));
    }
    Ok(depth)
}

/// How many tags there are, those that close elements counted too.
pub(super) fn tags(markup: &str) -> usize {
    markup.bytes().filter(|&byte| byte == b'<').count()
}

/// How deep elements are nested, at the most: a closing tag closes one that was opened by its name. Elements that close themselves, and those
/// that another one closes, are counted as open, which a generous limit forgives.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    let mut open: HashMap<Name, usize> = HashMap::default();
    for (at, _) in text.match_indices('<') {
        let tag = text.as_bytes().get(at + 1..).unwrap_or_default();
        let (name, closes) = tag.strip_prefix(b"/").map_or((name(tag), false), |tag| (name(tag), true));
        let Some(name) = name.filter(|&name| !is_void(name)) else { continue };
        let open = open.entry(name).or_default();
        if !closes {
            *open += 1;
            depth += 1;
            deepest = deepest.max(depth);
        } else if *open > 0 {
            *open -= 1;
            depth -= 1;
        }
    }
    deepest
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

/// Whether an element of this name never has contents, or is often left open without nesting (`<p>`, `<li>`).
fn is_void(name: Name) -> bool {
    const VOID: [&str; 17] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p", "param", "source", "track", "wbr",
    ];
    let end = name.iter().position(|&byte| byte == 0).unwrap_or(name.len());
    VOID.iter().any(|void| name.get(..end) == Some(void.as_bytes()))
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
            assert_eq!(depth(markup), expected, "{markup}");
        }
    }
}
