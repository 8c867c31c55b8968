//! Where two texts differ, word by word. Pure.

use std::collections::hash_map::Entry;

use foldhash::HashMap;

use super::wording::Token;

/// A run of tokens that both texts have, or one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordChange {
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

/// The most edits by which a text of `len` tokens comes close, where `part` of it has to agree.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a number of words")]
pub(super) fn distance_bound(len: usize, part: f64) -> usize {
    ((1.0 - part) * len as f64) as usize
}

/// The window of `text` that is most like `wanted`: how many edits lie between them (as Sellers 1980 counts them), and its ends. Of several the one
/// that ends first, and of those the one that begins first.
pub(super) fn best_window(text: &[Token], wanted: &[Token]) -> (usize, (usize, usize)) {
    let mut best = (wanted.len(), 0);
    let mut column = Column::of(wanted.iter());
    let mut edits = wanted.len();
    for (at, token) in text.iter().enumerate() {
        // It may begin anywhere.
        edits = edits.saturating_add_signed(column.advance(token, 0).into());
        if edits < best.0 {
            best = (edits, at + 1);
        }
    }
    let (least, end) = best;
    // From there backwards, the longest text that is so like it.
    let mut start = end;
    let mut column = Column::of(wanted.iter().rev());
    let mut edits = wanted.len();
    for (at, token) in text.iter().enumerate().take(end).rev().take(wanted.len() + least) {
        edits = edits.saturating_add_signed(column.advance(token, 1).into());
        if edits == least {
            start = at;
        }
    }
    (least, (start, end))
}

/// How many rows of a column one number holds.
const ROWS: usize = 64;

/// A column of the table of edits between a text and what is wanted, as Myers (1999) keeps it: not the numbers, but where they grow by one from row to
/// row and where they shrink, many rows in one number.
struct Column<'t> {
    /// Where each token stands in what is wanted: the blocks of rows, and the rows in them.
    places: HashMap<&'t str, Vec<(usize, u64)>>,
    /// In each block the rows where the numbers grow, and where they shrink.
    blocks: Vec<(u64, u64)>,
    /// The last row, in the last block.
    last: u64,
}

impl<'t> Column<'t> {
    /// The column before any text.
    fn of(wanted: impl ExactSizeIterator<Item = &'t Token>) -> Self {
        let rows = wanted.len();
        let mut places: HashMap<&str, Vec<(usize, u64)>> = HashMap::default();
        for (row, token) in wanted.enumerate() {
            let (block, bit) = (row / ROWS, 1 << (row % ROWS));
            match places.entry(&token.form) {
                Entry::Occupied(known) => match known.into_mut() {
                    known if known.last().is_some_and(|last| last.0 < block) => known.push((block, bit)),
                    known => known.iter_mut().rev().take(1).for_each(|last| last.1 |= bit),
                },
                Entry::Vacant(free) => {
                    free.insert(vec![(block, bit)]);
                }
            }
        }
        Self { places, blocks: vec![(u64::MAX, 0); rows.div_ceil(ROWS)], last: 1 << (rows.saturating_sub(1) % ROWS) }
    }

    /// The next column, that of `token`: by how much the number in its last row differs from that in the column before, if it does by `above` in the
    /// row above the first.
    fn advance(&mut self, token: &Token, above: i8) -> i8 {
        let mut places = self.places.get(token.form.as_str()).map_or(&[][..], Vec::as_slice).iter().peekable();
        let mut across = above;
        let count = self.blocks.len();
        for (block, (grow, shrink)) in self.blocks.iter_mut().enumerate() {
            let mut same = places.next_if(|place| place.0 == block).map_or(0, |place| place.1);
            let down = same | *shrink;
            same |= u64::from(across < 0);
            let diagonal = ((same & *grow).wrapping_add(*grow) ^ *grow) | same;
            let (more, less) = (*shrink | !(diagonal | *grow), *grow & diagonal);
            let lowest = if block + 1 == count { self.last } else { 1 << (ROWS - 1) };
            let (from_above, to_below) = (across, i8::from(more & lowest != 0) - i8::from(less & lowest != 0));
            let (more, less) = (more << 1 | u64::from(from_above > 0), less << 1 | u64::from(from_above < 0));
            (*grow, *shrink) = (less | !(down | more), more & down);
            across = to_below;
        }
        across
    }
}

/// So many tokens of two texts are compared at once. The table of all edits between longer ones would be too large.
const SIDE: usize = 2_048;

/// How `quotation` comes of `source`, in runs. Where both are long it is told from stretch to stretch: each is compared as if both ended with it, and
/// of that comparison the first half counts.
pub(super) fn changes(mut source: &[Token], mut quotation: &[Token]) -> Vec<WordChange> {
    let mut out: Vec<WordChange> = Vec::new();
    loop {
        let is_last = source.len().saturating_mul(quotation.len()) <= SIDE * SIDE;
        let most = if is_last { usize::MAX } else { SIDE };
        let steps = steps(source.get(..most).unwrap_or(source), quotation.get(..most).unwrap_or(quotation));
        let (mut a, mut b) = (0, 0);
        for side in steps {
            if !is_last && a.max(b) >= SIDE / 2 {
                break;
            }
            let token = if side == Side::Source { source.get(a) } else { quotation.get(b) };
            a += usize::from(side != Side::Quotation);
            b += usize::from(side != Side::Source);
            let Some(token) = token else { continue };
            match out.last_mut() {
                Some(last) if last.side == side => last.text.push_str(&token.written),
                _ => out.push(WordChange { side, text: token.written.clone() }),
            }
        }
        if is_last {
            return out;
        }
        (source, quotation) = (source.get(a..).unwrap_or_default(), quotation.get(b..).unwrap_or_default());
    }
}

/// Whose the tokens are, one by one, where one text becomes the other with the fewest edits.
fn steps(source: &[Token], quotation: &[Token]) -> Vec<Side> {
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
            steps.push(Side::Both);
        } else if b > 0 && (a == 0 || edits[cell(a, b - 1)] <= edits[cell(a - 1, b)]) {
            b -= 1;
            steps.push(Side::Quotation);
        } else {
            a -= 1;
            steps.push(Side::Source);
        }
    }
    steps.reverse();
    steps
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::wording::tokens;
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
    fn changes_are_told_in_runs() {
        assert_eq!(
            told("the two sides agreed to talk", "both sides agreed to talk soon"),
            "[-the two-]{+both+} sides agreed to talk{+soon+}"
        );
        assert_eq!(told("双方同意会谈", "双方拒绝会谈"), "双方[-同意-]{+拒绝+}会谈");
    }

    #[test]
    fn long_texts_are_told_from_stretch_to_stretch() {
        // Forty thousand words: their table would have some thousand million numbers.
        let word = |at: usize| format!("w{} ", at % 9_973);
        let source: String = (0..40_000).map(word).collect();
        let quotation: String = (0..40_000)
            .filter(|at| !(20_000..20_500).contains(at))
            .map(|at| if at % 1_000 == 7 { "changed ".to_owned() } else { word(at) })
            .collect();
        let changes = changes(&tokens(&source), &tokens(&quotation));
        let side =
            |without: Side| changes.iter().filter(|change| change.side != without).map(|change| change.text.as_str()).collect::<String>();
        assert_eq!(side(Side::Quotation).trim(), source.trim());
        assert_eq!(side(Side::Source).trim(), quotation.trim());
        // Forty words changed, of which one stands where words were left out: nothing else differs.
        let of = |side: Side| {
            changes.iter().filter(|change| change.side == side).map(|change| change.text.split_whitespace().count()).sum::<usize>()
        };
        assert_eq!((of(Side::Source), of(Side::Quotation)), (500 + 39, 39));
    }

    #[test]
    fn the_best_window_is_found() {
        let text = tokens("a b c the two sides agreed to talk x y");
        let (edits, (start, end)) = best_window(&text, &tokens("both sides agreed to talk"));
        let window: String = text[start..end].iter().map(|token| token.written.as_str()).collect();
        assert_eq!((edits, window.trim()), (1, "two sides agreed to talk"));
    }

    #[test]
    fn windows_of_long_texts_are_found() {
        // A table of these would have nine thousand million numbers.
        let word = |at: usize| format!("w{} ", at % 997);
        let text: String = (0..300_000).map(word).collect();
        let wanted: String = (1_000..31_000).map(|at| if at % 100 == 0 { "changed ".to_owned() } else { word(at) }).collect();
        assert_eq!(best_window(&tokens(&text), &tokens(&wanted)), (300, (3, 30_003)));
    }

    proptest! {
        #[test]
        fn windows_are_those_of_the_whole_table(text in "[abc]( [abc]){0,300}", wanted in "[abc]( [abc]){0,200}") {
            let (text, wanted) = (tokens(&text), tokens(&wanted));
            // For each beginning of what is wanted the fewest edits, and where the window would begin.
            let mut row: Vec<(usize, usize)> = (0..=wanted.len()).map(|edits| (edits, 0)).collect();
            let mut best = (wanted.len(), (0, 0));
            for (at, token) in text.iter().enumerate() {
                let mut diagonal = std::mem::replace(&mut row[0], (0, at + 1));
                for (column, other) in wanted.iter().enumerate() {
                    let (above, left) = (row[column + 1], row[column]);
                    let change = (diagonal.0 + usize::from(token.form != other.form), diagonal.1);
                    row[column + 1] = change.min((above.0 + 1, above.1)).min((left.0 + 1, left.1));
                    diagonal = above;
                }
                let (edits, start) = row[wanted.len()];
                if edits < best.0 {
                    best = (edits, (start, at + 1));
                }
            }
            prop_assert_eq!(best_window(&text, &wanted), best);
        }

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
