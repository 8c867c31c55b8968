//! Text of strangers, made harmless to a terminal.

use std::borrow::Cow;

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

/// Whether a terminal may act on `c` instead of showing it: C0 and C1 controls, line and paragraph separators, and the marks of the Unicode
/// bidirectional algorithm that outlast the word in which they stand.
fn is_live(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nothing_live_comes_through(text in "\\PC{0,20}|[\\x00-\\x1f\\x7f-\\x9f\u{202a}-\u{202e}a中]{0,20}") {
            let shown = terminal(&text);
            prop_assert!(shown.chars().all(|c| !is_live(c)));
            prop_assert_eq!(shown.chars().count(), text.chars().count());
        }
    }
}
