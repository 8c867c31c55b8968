//! The best of many, the same ones whatever order they come in.

use std::cmp::Ordering;

/// So few items are never cut back. Tests have few.
const FEW: usize = if cfg!(test) { 4 } else { 64 };

/// Keeps the `limit` best of the items pushed, by an order that tells any two apart.
pub(super) struct Top<T, F> {
    limit: usize,
    items: Vec<T>,
    order: F,
    /// Where the worst of the best was when they were last cut back.
    threshold: Option<usize>,
}

impl<T, F: Fn(&T, &T) -> Ordering> Top<T, F> {
    /// `order` puts the better item first.
    pub(super) fn new(limit: usize, order: F) -> Self {
        Self { limit, items: Vec::new(), order, threshold: None }
    }

    pub(super) fn push(&mut self, item: T) {
        // Cutting back only when twice as many have gathered keeps the cost of each push constant on average.
        if self.items.len() >= self.limit.saturating_mul(2).max(FEW) {
            self.cut();
        }
        self.items.push(item);
    }

    /// The worst of the `limit` best of those pushed until lately: what is worse need not be pushed. `None` while there were not as many.
    pub(super) fn threshold(&self) -> Option<&T> {
        self.threshold.and_then(|at| self.items.get(at))
    }

    /// The worst of the `limit` best of all that were pushed; `None` if there are not as many.
    pub(super) fn worst(&mut self) -> Option<&T> {
        let at = self.limit.checked_sub(1).filter(|&at| at < self.items.len())?;
        self.items.select_nth_unstable_by(at, &self.order);
        self.items.truncate(self.limit);
        self.threshold = Some(at);
        self.items.get(at)
    }

    fn cut(&mut self) {
        if self.items.len() > self.limit && self.limit > 0 {
            self.items.select_nth_unstable_by(self.limit - 1, &self.order);
            self.threshold = Some(self.limit - 1);
        }
        self.items.truncate(self.limit);
    }

    /// The best, the best first.
    pub(super) fn into_sorted(mut self) -> Vec<T> {
        self.cut();
        self.items.sort_unstable_by(&self.order);
        self.items
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn keeps_what_sorting_all_would_keep(items in prop::collection::vec(0_u32..1_000, 0..500), limit in 0_usize..50) {
            let mut top = Top::new(limit, |a: &u32, b: &u32| b.cmp(a));
            for &item in &items {
                if top.threshold().is_none_or(|&threshold| item >= threshold) {
                    top.push(item);
                }
            }
            let mut expected = items;
            expected.sort_unstable_by(|a, b| b.cmp(a));
            expected.truncate(limit);
            prop_assert_eq!(top.into_sorted(), expected);
        }
    }
}
