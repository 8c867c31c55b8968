//! Texts compared word by word. Pure.

use crate::text::{Span, Words};

/// A word or a mark of punctuation, as far as wording goes: typography is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What is compared.
    form: String,
    /// As it is written, with the white space before it.
    pub(super) written: String,
}

/// A run of tokens that both texts have, or one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which text has it.
    pub side: Side,
    /// The run, as it is written.
    pub text: String,
}

/// Which of two texts has something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Both.
    Both,
    /// The source alone.
    Source,
    /// The quotation alone.
    Quotation,
}

/// A mark of punctuation as it is compared; none for marks that are mere typography: quotation marks, and those of Markdown.
fn mark(c: char) -> Option<char> {
    match c {
        '"' | '“' | '”' | '„' | '‘' | '’' | '\'' | '«' | '»' | '「' | '」' | '『' | '』' | '\u{200B}' | '\u{FEFF}' | '*' | '_' => {
            None
        }
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
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let gap = if rest.starts_with('[') {
            rest.find(']').map_or(0, |close| close + 1)
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
    let mut from = 0;
    while let Some(found) = find(text, first, from) {
        let mut at = found + first.len();
        let all = rest.iter().all(|segment| match find(text, segment, at) {
            Some(found) => {
                at = found + segment.len();
                true
            }
            None => false,
        });
        if all {
            return Some(found);
        }
        from = found + 1;
    }
    None
}

fn find(text: &[Token], wanted: &[Token], from: usize) -> Option<usize> {
    let (first, rest) = wanted.split_first()?;
    let begins = |token: &Token| {
        let (mut a, mut b) = (token.form.chars(), first.form.chars());
        let same = |a: char, b: char| a == b || a.to_lowercase().eq(b.to_lowercase());
        matches!((a.next(), b.next()), (Some(x), Some(y)) if same(x, y)) && a.as_str() == b.as_str()
    };
    (from..text.len().saturating_sub(rest.len())).find(|&at| {
        text.get(at).is_some_and(begins)
            && text.get(at + 1..at + wanted.len()).is_some_and(|tail| tail.iter().zip(rest).all(|(a, b)| a.form == b.form))
    })
}

/// The most edits by which a text of `len` tokens comes close, where `part` of it has to agree.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a number of words")]
pub(super) fn distance_bound(len: usize, part: f64) -> usize {
    ((1.0 - part) * len as f64) as usize
}

/// The window of `text` that is most like `wanted`: how many edits lie between them (as Sellers 1980 counts them), and its ends.
pub(super) fn best_window(text: &[Token], wanted: &[Token]) -> (usize, (usize, usize)) {
    // Row by row over the text: for each beginning of `wanted` the least edits, and where the window would begin.
    let mut row: Vec<(usize, usize)> = (0..=wanted.len()).map(|edits| (edits, 0)).collect();
    let mut best = (wanted.len(), (0, 0));
    for (at, token) in text.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], (0, at + 1));
        if at == 0 {
            diagonal = (0, 0);
        }
        for (column, other) in wanted.iter().enumerate() {
            let above = row[column + 1];
            let left = row[column];
            let change = (diagonal.0 + usize::from(token.form != other.form), diagonal.1);
            row[column + 1] = change.min((above.0 + 1, above.1)).min((left.0 + 1, left.1));
            diagonal = above;
        }
        if let Some(&(edits, start)) = row.last()
            && edits < best.0
        {
            best = (edits, (start, at + 1));
        }
    }
    best
}

/// How `quotation` comes of `source`, in runs.
pub(super) fn changes(source: &[Token], quotation: &[Token]) -> Vec<Change> {
    let width = quotation.len() + 1;
    let mut edits = vec![0_u32; (source.len() + 1) * width];
    let cell = |a: usize, b: usize| a * width + b;
    for (a, b) in (0..=source.len()).flat_map(|a| (0..width).map(move |b| (a, b))) {
        edits[cell(a, b)] = match (a.checked_sub(1), b.checked_sub(1)) {
            (None, None) => 0,
            (Some(up), None) => edits[cell(up, b)] + 1,
            (None, Some(left)) => edits[cell(a, left)] + 1,
            (Some(up), Some(left)) if source[up].form == quotation[left].form => edits[cell(up, left)],
            // A word changed is one taken out and one put in.
            (Some(up), Some(left)) => edits[cell(up, b)].min(edits[cell(a, left)]) + 1,
        };
    }
    let (mut a, mut b) = (source.len(), quotation.len());
    let mut steps = Vec::new();
    while a > 0 || b > 0 {
        let same = a > 0 && b > 0 && source[a - 1].form == quotation[b - 1].form;
        if same {
            (a, b) = (a - 1, b - 1);
            steps.push((Side::Both, &quotation[b]));
        } else if b > 0 && (a == 0 || edits[cell(a, b - 1)] <= edits[cell(a - 1, b)]) {
            b -= 1;
            steps.push((Side::Quotation, &quotation[b]));
        } else {
            a -= 1;
            steps.push((Side::Source, &source[a]));
        }
    }
    let mut out: Vec<Change> = Vec::new();
    for (side, token) in steps.into_iter().rev() {
        match out.last_mut() {
            Some(last) if last.side == side => last.text.push_str(&token.written),
            _ => out.push(Change { side, text: token.written.clone() }),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(source: &str, quotation: &str) -> String {
        let changes = changes(&tokens(source), &tokens(quotation));
        changes
            .iter()
            .map(|change| match change.side {
                Side::Both => change.text.clone(),
                Side::Source => format!("[-{}-]", change.text.trim()),
                Side::Quotation => format!("{{+{}+}}", change.text.trim()),
            })
            .collect()
    }

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
    fn changes_are_told_in_runs() {
        assert_eq!(
            told("the two sides agreed to talk", "both sides agreed to talk soon"),
            "[-the two-]{+both+} sides agreed to talk{+soon+}"
        );
        assert_eq!(told("双方同意会谈", "双方拒绝会谈"), "双方[-同意-]{+拒绝+}会谈");
    }

    #[test]
    fn the_best_window_is_found() {
        let text = tokens("a b c the two sides agreed to talk x y");
        let (edits, (start, end)) = best_window(&text, &tokens("both sides agreed to talk"));
        let window: String = text[start..end].iter().map(|token| token.written.as_str()).collect();
        assert_eq!((edits, window.trim()), (1, "two sides agreed to talk"));
    }

    proptest! {
        #[test]
        fn windows_are_the_least_of_all(text in "[abc]( [abc]){0,8}", wanted in "[abc]( [abc]){0,4}") {
            let (text, wanted) = (tokens(&text), tokens(&wanted));
            let distance = |a: &[Token], b: &[Token]| {
                let mut row: Vec<usize> = (0..=b.len()).collect();
                for (at, x) in a.iter().enumerate() {
                    let mut diagonal = std::mem::replace(&mut row[0], at + 1);
                    for (column, y) in b.iter().enumerate() {
                        let least = (diagonal + usize::from(x.form != y.form)).min(row[column] + 1).min(row[column + 1] + 1);
                        diagonal = std::mem::replace(&mut row[column + 1], least);
                    }
                }
                row[b.len()]
            };
            let windows = (0..=text.len()).flat_map(|start| (start..=text.len()).map(move |end| (start, end)));
            let least = windows.map(|(start, end)| distance(&text[start..end], &wanted)).min().unwrap();
            let (edits, (start, end)) = best_window(&text, &wanted);
            prop_assert_eq!(edits, least);
            prop_assert_eq!(distance(&text[start..end], &wanted), least);
        }

        #[test]
        fn both_texts_can_be_read_off(source in "[abc]( [abc]){0,8}", quotation in "[abc]( [abc]){0,8}") {
            let changes = changes(&tokens(&source), &tokens(&quotation));
            let side = |without: Side| changes.iter().filter(|change| change.side != without).map(|change| change.text.as_str()).collect::<String>();
            prop_assert_eq!(side(Side::Quotation).replace(' ', ""), source.replace(' ', ""));
            prop_assert_eq!(side(Side::Source).replace(' ', ""), quotation.replace(' ', ""));
        }
    }
}
