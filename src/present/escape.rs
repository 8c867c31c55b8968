//! Text of strangers, made harmless to a terminal, to HTML and to Markdown.

use std::borrow::Cow;
use std::io::{self, Write};

/// `text` on one line, without anything that a terminal would act on: line ends and tabs become spaces, control characters, escape sequences,
/// and marks that turn the direction of writing become �.
///
/// ```
/// use pundit::present::escape::terminal;
/// assert_eq!(terminal("a\nb\u{1B}[31mc\u{202E}"), "a b�[31mc�");
/// ```
#[must_use]
pub fn terminal(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| !is_live(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .map(|c| match c {
                '\n' | '\r' | '\t' => ' ',
                c if is_live(c) => '\u{FFFD}',
                c => c,
            })
            .collect(),
    )
}

/// Passes text on to a terminal without anything that it would act on, but for line ends and tabs.
pub struct Harmless<W> {
    out: W,
    /// The bytes of a character that has not come whole.
    begun: Vec<u8>,
}

impl<W: Write> Harmless<W> {
    /// Passes on to `out`.
    pub const fn new(out: W) -> Self {
        Self { out, begun: Vec::new() }
    }
}

impl<W: Write> Write for Harmless<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.begun.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&self.begun) {
            Ok(text) => text.len(),
            // What is no UTF-8 at all is passed on as �.
            Err(error) if error.error_len().is_some() => self.begun.len(),
            Err(error) => error.valid_up_to(),
        };
        let rest = self.begun.split_off(whole);
        let whole = std::mem::replace(&mut self.begun, rest);
        let harmless = |c: char| if is_live(c) && !matches!(c, '\n' | '\t') { '\u{FFFD}' } else { c };
        let text: String = String::from_utf8_lossy(&whole).chars().map(harmless).collect();
        self.out.write_all(text.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// `text` as [`terminal`] gives it, with each run of white space made one space.
#[must_use]
pub fn one_line(text: &str) -> String {
    let shown = terminal(text);
    let mut out = String::with_capacity(shown.len());
    let mut gap = false;
    for c in shown.chars() {
        if c.is_whitespace() {
            gap = true;
        } else {
            if std::mem::take(&mut gap) {
                out.push(' ');
            }
            out.push(c);
        }
    }
    if gap {
        out.push(' ');
    }
    out
}

/// `text` for the body or an attribute of HTML. Line ends stay; other control characters and marks that turn the direction of writing become �.
///
/// ```
/// use pundit::present::escape::html;
/// assert_eq!(html("<b title='x'>&\u{1B}"), "&lt;b title=&#39;x&#39;&gt;&amp;\u{FFFD}");
/// ```
#[must_use]
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if is_live(c) => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

/// `text` on one line as Markdown that shows it as it is: no emphasis, link, list, heading or tag comes of it.
///
/// ```
/// use pundit::present::escape::markdown;
/// assert_eq!(markdown("# *a*\n<b>"), "\\# \\*a\\* \\<b\\>");
/// assert_eq!(markdown("1. x"), "1\\. x");
/// ```
#[must_use]
pub fn markdown(text: &str) -> String {
    escaped_markdown(&one_line(text))
}

/// The name of something as Markdown that shows it as it is, as [`markdown`] does, with its white space: by a name things are found again.
#[must_use]
pub fn markdown_name(name: &str) -> String {
    escaped_markdown(&terminal(name))
}

fn escaped_markdown(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    // What opens a list or a heading does so at the beginning alone.
    let start = line.len() - line.trim_start().len();
    let digits = line.len() - line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit()).len();
    for (at, c) in line.char_indices() {
        let opens = match c {
            '#' | '+' | '-' | '=' => at == start,
            '.' | ')' => digits > start && at == digits,
            _ => false,
        };
        if opens || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// `url` if it is the address of a web page, with whatever could end a link's target early percent-encoded. Nothing else becomes a link: a
/// piece could name a script.
#[must_use]
pub fn web_address(url: &str) -> Option<String> {
    let url = url.trim();
    let lower = url.get(..8.min(url.len())).unwrap_or_default().to_ascii_lowercase();
    if !lower.starts_with("http://") && lower != "https://" {
        return None;
    }
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        if c.is_whitespace() || is_live(c) || matches!(c, '<' | '>' | '"' | '\'' | '`' | '\\' | '(' | ')') {
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes).bytes().for_each(|byte| out.extend(format!("%{byte:02X}").chars()));
        } else {
            out.push(c);
        }
    }
    Some(out)
}

/// Whether a terminal may act on `c` instead of showing it: C0 and C1 controls, line and paragraph separators, and the marks of the Unicode
/// bidirectional algorithm that outlast the word in which they stand.
fn is_live(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_of_web_pages_alone_become_links() {
        assert_eq!(web_address("javascript:alert(1)"), None);
        assert_eq!(web_address(" HTTPS://a.example/x y?(z)>"), Some("HTTPS://a.example/x%20y?%28z%29%3E".to_owned()));
    }

    proptest! {
        #[test]
        fn nothing_live_comes_through(text in "\\PC{0,20}|[\\x00-\\x1f\\x7f-\\x9f\u{202a}-\u{202e}a中]{0,20}") {
            let shown = terminal(&text);
            prop_assert!(shown.chars().all(|c| !is_live(c)));
            prop_assert_eq!(shown.chars().count(), text.chars().count());
        }

        #[test]
        fn nothing_live_passes_whatever_it_is_cut_into(text in "[\\x00-\\x1f\\x7f-\\x9f\u{202a}-\u{202e}a中\\n]{0,20}", step in 1_usize..4) {
            let mut harmless = Harmless::new(Vec::new());
            for bytes in text.as_bytes().chunks(step) {
                harmless.write_all(bytes).unwrap();
            }
            let shown = String::from_utf8(harmless.out).unwrap();
            let expected: String =
                text.chars().map(|c| if is_live(c) && c != '\n' && c != '\t' { '\u{FFFD}' } else { c }).collect();
            prop_assert_eq!(shown, expected);
        }

        #[test]
        fn html_holds_no_tag_and_no_quote(text in "[<>&\"'a=/ \u{1b}\u{202e}中]{0,20}") {
            let shown = html(&text);
            prop_assert!(!shown.contains(['<', '>', '"', '\'']));
            prop_assert!(shown.chars().all(|c| !is_live(c)));
        }

        #[test]
        fn markdown_shows_what_was_written(text in "[-+#=.)0-9a*_`~<>|&\\\\\\[\\]! 中]{0,16}") {
            use pulldown_cmark::{Event, Options, Parser};
            let markdown = markdown(&text);
            let mut shown = String::new();
            for event in Parser::new_ext(&format!("> {markdown}"), Options::all().difference(Options::ENABLE_SMART_PUNCTUATION)) {
                match event {
                    Event::Text(part) => shown.push_str(&part),
                    Event::Start(_) | Event::End(_) => {}
                    other => prop_assert!(false, "{other:?} in {markdown}"),
                }
            }
            let expected = one_line(&text);
            prop_assert_eq!(shown.trim(), expected.trim());
        }

        #[test]
        fn names_keep_their_white_space(name in "[a中][-a_*.  \u{3000}\u{A0}]{0,8}[a中]") {
            use pulldown_cmark::{Event, Options, Parser};
            let markdown = format!("| {} |\n| --- |", markdown_name(&name));
            let shown: String = Parser::new_ext(&markdown, Options::ENABLE_TABLES)
                .filter_map(|event| if let Event::Text(part) = event { Some(part.into_string()) } else { None })
                .collect();
            prop_assert_eq!(shown, name);
        }
    }
}
