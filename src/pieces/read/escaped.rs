//! Markup that was escaped once too often: read once, it still shows tags.

use super::{Limits, html};
use crate::pieces::Reason;

/// The text of a piece of markup that is all main text. What comes out as markup is read once more; what speaks of tags stays as it is.
pub(super) fn text(markup: &str, limits: &Limits) -> Result<String, Reason> {
    let text = html::plain(markup, limits)?;
    // Where code is quoted tags are meant.
    let quotes_code = ["<code", "<pre", "<kbd", "<samp"].iter().any(|tag| markup.contains(tag));
    if quotes_code || !is_markup(&text) {
        return Ok(text);
    }
    html::plain(&text.replace("\n\n", "<br><br>"), limits)
}

/// Elements in which text is written.
const ELEMENTS: [&str; 32] = [
    "a",
    "p",
    "br",
    "div",
    "span",
    "img",
    "em",
    "strong",
    "b",
    "i",
    "u",
    "ul",
    "ol",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "blockquote",
    "figure",
    "figcaption",
    "iframe",
    "table",
    "tr",
    "td",
    "hr",
    "small",
    "sup",
    "sub",
    "font",
    "center",
];

/// Elements that have no end.
const VOID: [&str; 3] = ["br", "img", "hr"];

/// Whether a text holds several well-formed tags: elements that begin right before what they hold and end right behind it, of which one begins a
/// line, or several stand somewhere.
fn is_markup(text: &str) -> bool {
    /// The longest tag.
    const LONGEST: usize = 4_000;
    /// So many elements may be open inside another that ends.
    const DEEPEST: usize = 100;
    let (mut open, mut tags, mut elements, mut begins_line, mut is_described) = (Vec::new(), 0, 0, false, false);
    for (at, _) in text.match_indices('<') {
        let (before, from) = text.split_at(at);
        // What ends no sooner than another begins is no tag, and read no further.
        let Some((inside, behind)) = from.get(1..).and_then(|inside| Some(inside.split_at(inside.find(['<', '>'])?))) else { break };
        let Some(behind) = behind.strip_prefix('>').filter(|_| inside.len() <= LONGEST) else { continue };
        let (is_end, inside) = inside.strip_prefix('/').map_or((false, inside), |inside| (true, inside));
        let name_end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(name_end);
        let name = name.to_ascii_lowercase();
        let is_apart = attributes.is_empty() || attributes.starts_with(char::is_whitespace) || attributes.trim() == "/";
        if !ELEMENTS.contains(&name.as_str()) || !is_apart {
            continue;
        }
        let starts_line = matches!(before.trim_end_matches(' ').chars().next_back(), None | Some('\n'));
        let holds = behind.trim_start().starts_with('<') || behind.starts_with(|c: char| !c.is_whitespace());
        if VOID.contains(&name.as_str()) {
            (tags, elements) = (tags + 1, elements + 1);
            is_described |= attributes.contains('=');
        } else if !is_end && holds {
            open.push(name);
            tags += 1;
            begins_line |= starts_line;
            is_described |= attributes.contains('=');
        } else if is_end && (before.ends_with('>') || !before.ends_with(char::is_whitespace) || before.trim_end().ends_with('>')) {
            tags += 1;
            if let Some(inner) = open.iter().rev().take(DEEPEST).position(|opened| *opened == name) {
                open.truncate(open.len() - inner - 1);
                elements += 1;
            }
        }
    }
    tags > 1 && elements > 0 && begins_line || tags > 3 && elements > 1 && is_described
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(markup: &str) -> String {
        text(markup, &Limits::default()).unwrap()
    }

    #[test]
    fn what_was_escaped_twice_is_read_twice() {
        for (markup, expected) in [
            ("&lt;p&gt;First &lt;b&gt;words&lt;/b&gt;.&lt;/p&gt;&lt;p&gt;Second.&lt;/p&gt;", "First words.\n\nSecond."),
            ("<p>One.</p><div>\n&lt;a href=\"x\" data=\"{\"t\": \"\"}\"&gt;<img src=y>&lt;/a&gt;\n</div><p>Two.</p>", "One.\n\nTwo."),
            ("Words &lt;a href='x'&gt;of&lt;/a&gt; one &lt;em&gt;line&lt;/em&gt;.", "Words of one line."),
            ("&lt;div&gt;\n&lt;p&gt;R &amp;amp; D&lt;/p&gt; &lt;/div&gt;", "R & D"),
        ] {
            assert_eq!(read(markup), expected, "{markup}");
        }
    }

    #[test]
    fn hostile_texts_are_read_once() {
        for (text, expected) in [
            ("<".repeat(2_000_000) + ">", false),
            ("<p>a".repeat(300_000) + &"x</b>".repeat(300_000), false),
            (" ".repeat(1_000_000) + &"<b>a </b>".repeat(100_000), false),
        ] {
            assert_eq!(is_markup(&text), expected, "{}", text.get(..20).unwrap_or_default());
        }
    }

    #[test]
    fn what_speaks_of_tags_stays() {
        for (markup, expected) in [
            ("use &lt;b&gt; for bold", "use <b> for bold"),
            (
                "<p>Write &lt;b&gt; and &lt;/b&gt; around it, or &lt;i&gt; and &lt;/i&gt;.</p>",
                "Write <b> and </b> around it, or <i> and </i>.",
            ),
            ("<p>&lt;b&gt; and &lt;/b&gt; make it bold.</p>", "<b> and </b> make it bold."),
            ("<pre>&lt;p&gt;Words&lt;/p&gt;</pre>", "<p>Words</p>"),
            ("<p>a &lt; b &gt; c</p>", "a < b > c"),
            ("a <i>b</i>", "a b"),
        ] {
            assert_eq!(read(markup), expected, "{markup}");
        }
    }
}
