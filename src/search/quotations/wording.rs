//! Texts compared word by word. Pure.

use crate::text::quotation::is_mark;
use crate::text::{Span, Words};

/// A word or a mark of punctuation, as far as wording goes: typography is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What is compared.
    pub(super) form: String,
    /// As it is written, with the white space before it.
    pub(super) written: String,
}

/// A mark of punctuation as it is compared; none for marks that are mere typography: quotation marks, and those of Markdown.
fn mark(c: char) -> Option<char> {
    match c {
        '‘' | '’' | '‚' | '\'' | '\u{200B}' | '\u{FEFF}' | '*' | '_' => None,
        c if is_mark(c) => None,
        '–' | '—' | '―' | '‐' | '‑' | '−' => Some('-'),
        '，' => Some(','),
        '。' | '．' => Some('.'),
        '：' => Some(':'),
        '；' => Some(';'),
        '！' => Some('!'),
        '？' => Some('?'),
        '（' => Some('('),
        '）' => Some(')'),
        c => Some(c),
    }
}

/// The tokens of `text`.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut at = 0;
    for word in Words::of(text) {
        marks(text, Span::new(at, word.span.start), &mut out);
        let before = text.get(at..word.span.start).unwrap_or_default();
        let gap = if before.ends_with(char::is_whitespace) { " " } else { "" };
        let written = word.span.of(text);
        // Apostrophes, ligatures and wide letters are typography; case and accents are not.
        let form: String = written.chars().map(|c| if c == '’' { '\'' } else { c }).filter(|c| *c != '\u{AD}').collect();
        out.push(Token { form, written: format!("{gap}{written}") });
        at = word.span.end;
    }
    marks(text, Span::new(at, text.len()), &mut out);
    out
}

fn marks(text: &str, gap: Span, out: &mut Vec<Token>) {
    let mut space = false;
    for c in gap.of(text).chars() {
        if c.is_whitespace() {
            space = true;
        } else if let Some(form) = mark(c) {
            out.push(Token { form: form.to_string(), written: format!("{}{c}", if std::mem::take(&mut space) { " " } else { "" }) });
        }
    }
}

/// The parts of a quotation between the places where it says that something is left out (`…`, `...`, `[...]`) or put in (`[he]`).
pub(super) fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut at = 0;
    // Where a bracket is never closed, none behind it is.
    let mut closed = true;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let gap = if rest.starts_with('[') && closed {
            let close = rest.find(']');
            closed = close.is_some();
            close.map_or(0, |close| close + 1)
        } else if rest.starts_with(['…', '⋯']) {
            rest.len() - rest.trim_start_matches(['…', '⋯']).len()
        } else if rest.starts_with("...") || rest.starts_with(". . .") {
            rest.len() - rest.trim_start_matches(['.', ' ']).len()
        } else {
            0
        };
        if gap == 0 {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        parts.push(text.get(start..at).unwrap_or_default());
        at += gap;
        start = at;
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts.retain(|part| Words::of(part).next().is_some());
    parts
}

/// The tokens of each part, without the marks at their ends: whether a comma stands inside the quotation marks is a matter of style.
pub(super) fn segments(text: &str) -> Vec<Vec<Token>> {
    parts(text)
        .into_iter()
        .map(|part| {
            let mut tokens = tokens(part);
            let is_mark = |token: &Token| !token.form.chars().any(char::is_alphanumeric);
            while tokens.last().is_some_and(is_mark) {
                tokens.pop();
            }
            let first = tokens.iter().position(|token| !is_mark(token)).unwrap_or(0);
            tokens.drain(..first);
            tokens
        })
        .collect()
}

/// Where in `text` the segments stand, in their order: the place of the first. The first letter of a segment may be small or capital.
pub(super) fn contains(text: &[Token], wanted: &[Vec<Token>]) -> Option<usize> {
    let (first, rest) = wanted.split_first()?;
    let found = find(text, first, 0)?;
    // Each segment where it first stands: what does not follow there follows nowhere.
    let mut at = found + first.len();
    for segment in rest {
        at = find(text, segment, at)? + segment.len();
    }
    Some(found)
}

fn find(text: &[Token], wanted: &[Token], from: usize) -> Option<usize> {
    let (first, rest) = wanted.split_first()?;
    let begins = |token: &Token| {
        let (mut a, mut b) = (token.form.chars(), first.form.chars());
        let same = |a: char, b: char| a == b || a.to_lowercase().eq(b.to_lowercase());
        matches!((a.next(), b.next()), (Some(x), Some(y)) if same(x, y)) && a.as_str() == b.as_str()
    };
    let behind = from + 1;
    if rest.is_empty() {
        return (from..text.len()).find(|&at| text.get(at).is_some_and(begins));
    }
    // How much of what was just read `rest` begins with, as Knuth, Morris and Pratt (1977) have it: no token of the text is read twice.
    let mut fallback = vec![0; rest.len()];
    for at in 1..rest.len() {
        fallback[at] = longer(&fallback, rest, fallback[at - 1], &rest[at]);
    }
    let mut agreed = 0;
    for (at, token) in text.iter().enumerate().skip(behind) {
        agreed = longer(&fallback, rest, agreed, token);
        if agreed == rest.len() {
            let first = at - agreed;
            if text.get(first).is_some_and(begins) {
                return Some(first);
            }
        }
    }
    None
}

/// How many tokens of `wanted` a text ends with, if it did with `agreed` before it went on with `token`.
fn longer(fallback: &[usize], wanted: &[Token], mut agreed: usize, token: &Token) -> usize {
    loop {
        if wanted.get(agreed).is_some_and(|next| next.form == token.form) {
            return agreed + 1;
        }
        match agreed.checked_sub(1).and_then(|last| fallback.get(last)) {
            Some(&shorter) => agreed = shorter,
            None => return 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_is_no_wording() {
        let text = tokens("He said: “We won’t – ever – yield”, and left. 他说：“不会。”");
        for quotation in
            ["we won't — ever — yield", "We won’t - ever - yield,", "不会", "he said … and left", "[They] said: We won't [...] yield"]
        {
            assert!(contains(&text, &segments(quotation)).is_some(), "{quotation}");
        }
        for quotation in ["we will ever yield", "won't yield", "and left … he said", "We WON'T"] {
            assert!(contains(&text, &segments(quotation)).is_none(), "{quotation}");
        }
    }

    #[test]
    fn segments_are_found_where_a_look_at_each_place_finds_them() {
        // Texts of two words, in which a beginning that fits goes wrong late, and often.
        for seed in 0_u32..4_096 {
            let words = |bits: u32, len: u32| (0..len).map(|at| if bits >> at & 1 == 1 { "a " } else { "b " }).collect::<String>();
            let (text, first, second) =
                (words(seed.wrapping_mul(2_654_435) >> 3, 14), words(seed, 3 + seed % 3), words(seed >> 6, 1 + seed % 2));
            let (text, wanted) = (tokens(&text), segments(&format!("{first} … {second}")));
            let stands = |wanted: &[Token], at: usize| {
                text.get(at..at + wanted.len()).is_some_and(|found| found.iter().zip(wanted).all(|(a, b)| a.form == b.form))
            };
            let expected = (0..text.len())
                .find(|&at| stands(&wanted[0], at) && (at + wanted[0].len()..text.len()).any(|behind| stands(&wanted[1], behind)));
            assert_eq!(contains(&text, &wanted), expected, "{seed}");
        }
    }

    #[test]
    fn hostile_texts_are_read_once() {
        // Each of these took a look at the whole text from each place in it.
        let same = tokens(&"a ".repeat(300_000));
        assert_eq!(contains(&same, &segments(&format!("{} b", "a ".repeat(20_000)))), None);
        assert_eq!(contains(&same, &segments("a … b")), None);
        assert_eq!(parts(&"[a ".repeat(300_000)).len(), 1);
    }
}
