use crate::text::Span;

/// A part of a text that is all of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// Its bytes.
    pub span: Span,
    /// Whether it satisfied the query.
    pub matched: bool,
    /// The mention to which it belongs, by its number.
    pub mention: Option<usize>,
}

/// `len` bytes of text cut at the ends of `matches` and `mentions`, so that each part is matched or not, and in one mention or none. The parts
/// cover all, in order.
#[must_use]
pub fn fragments(len: usize, matches: &[Span], mentions: &[Span]) -> Vec<Fragment> {
    let mut cuts: Vec<usize> = matches.iter().chain(mentions).flat_map(|span| [span.start, span.end]).filter(|&at| at < len).collect();
    cuts.extend([0, len]);
    cuts.sort_unstable();
    cuts.dedup();
    let covering = |spans: &[Span], part: Span| spans.iter().position(|span| span.contains(part));
    cuts.windows(2)
        .filter_map(|ends| {
            let &[start, end] = ends else { return None };
            let span = Span::new(start, end);
            Some(Fragment { span, matched: covering(matches, span).is_some(), mention: covering(mentions, span) })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn parts_cover_all_and_are_of_one_kind(len in 0_usize..60, ends in prop::collection::vec((0_usize..60, 0_usize..20), 0..8)) {
            let spans: Vec<Span> = ends.iter().map(|&(start, size)| Span::new(start.min(len), (start + size).min(len))).collect();
            let (matches, mentions) = spans.split_at(spans.len() / 2);
            let parts = fragments(len, matches, mentions);
            let mut at = 0;
            for part in &parts {
                prop_assert_eq!(part.span.start, at);
                at = part.span.end;
                for byte in part.span.start..part.span.end {
                    let inside = |spans: &[Span]| spans.iter().any(|span| span.start <= byte && byte < span.end);
                    prop_assert_eq!(part.matched, inside(matches));
                    prop_assert_eq!(part.mention.is_some(), inside(mentions));
                }
            }
            prop_assert_eq!(at, len);
        }
    }
}
