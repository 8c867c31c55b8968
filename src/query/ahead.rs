//! What stands further on in a query.

/// Places that a lexer looks for ahead of where it stands, each remembered until it is reached: what was looked through once is not looked through
/// again, so that looking ahead from one place after the other takes time linear in the text.
#[derive(Default)]
pub(super) struct Ahead {
    /// Where a word ends.
    pub(super) word_end: Next,
    /// Where a regular expression does, or the run in which there is none.
    pub(super) expression_end: Next,
    /// A slash that is meant as such.
    pub(super) escape: Next,
}

/// The next place of a sort.
#[derive(Default)]
pub(super) struct Next(Option<usize>);

impl Next {
    /// How far behind `from` the place stands. If the one found before lies before it, `look` tells. To be asked with growing `from`, and of a sort that
    /// is the same wherever one looks from.
    pub(super) fn find(&mut self, from: usize, look: impl FnOnce() -> usize) -> usize {
        if let Some(distance) = self.0.and_then(|known| known.checked_sub(from)) {
            return distance;
        }
        let distance = look();
        self.0 = Some(from + distance);
        distance
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_text_is_looked_through_once() {
        let text = "aaaa(aaaaaa(a";
        let looked = Cell::new(0);
        let mut next = Next::default();
        for from in 0..text.len() {
            let rest = text.get(from..).unwrap();
            let distance = next.find(from, || {
                let end = rest.find('(').unwrap_or(rest.len());
                looked.set(looked.get() + end + 1);
                end
            });
            assert_eq!(distance, rest.find('(').unwrap_or(rest.len()));
        }
        assert_eq!(looked.get(), text.len() + 1);
    }
}
