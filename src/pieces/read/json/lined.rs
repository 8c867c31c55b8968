use std::cell::OnceCell;

use serde_json::value::RawValue;

/// A file whose lines are counted once: it may have any number of lists, in any order.
pub(super) struct Lined<'t> {
    text: &'t str,
    ends: OnceCell<Vec<usize>>,
}

impl<'t> Lined<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self { text, ends: OnceCell::new() }
    }

    /// The line in which a value of the file begins, counted from 1.
    pub(super) fn line_of(&self, value: &RawValue) -> u64 {
        let start = value.get().as_ptr() as usize - self.text.as_ptr() as usize;
        let ends = self.ends.get_or_init(|| self.text.match_indices('\n').map(|(at, _)| at).collect());
        ends.partition_point(|&end| end < start) as u64 + 1
    }
}
