//! Whether a key may be there, told by one look.
//!
//! A filter of one bit a key (Bloom 1970), a byte of room for each key: of keys that are not there it lets about one in nine through, and it is
//! so small that it stays at hand where the keys themselves do not.

use tantivy::directory::OwnedBytes;

use super::sketch::{RunKey, part_of};

/// A filter that is being made.
pub(super) struct NewFilter(Vec<u8>);

/// The filter of some keys.
pub(super) struct Filter(OwnedBytes);

impl NewFilter {
    /// One of so many bytes that lets nothing through.
    pub(super) fn of_bytes(bytes: usize) -> Self {
        Self(vec![0; bytes])
    }

    /// From now on lets `key` through.
    pub(super) fn add(&mut self, key: RunKey) {
        let (byte, bit) = place(key, self.0.len());
        if let Some(byte) = self.0.get_mut(byte) {
            *byte |= 1 << bit;
        }
    }

    /// It as [`Filter::read`] has it.
    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl Filter {
    /// A filter as it was written.
    pub(super) const fn read(bytes: OwnedBytes) -> Self {
        Self(bytes)
    }

    /// Whether `key` may be among those that were added. Nothing is said of those that were not.
    pub(super) fn may_hold(&self, key: RunKey) -> bool {
        let (byte, bit) = place(key, self.0.len());
        self.0.get(byte).is_some_and(|byte| byte >> bit & 1 == 1)
    }
}

/// The byte and the bit of a key in a filter of so many bytes.
fn place(key: RunKey, bytes: usize) -> (usize, usize) {
    let bit = part_of(key, 8 * bytes);
    (bit / 8, bit % 8)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_added_gets_through_and_little_else(
            keys in prop::collection::btree_set(any::<RunKey>(), 1..300),
            others in prop::collection::btree_set(any::<RunKey>(), 1_000),
        ) {
            let mut filter = NewFilter::of_bytes(keys.len());
            for &key in &keys {
                filter.add(key);
            }
            let filter = Filter::read(OwnedBytes::new(filter.as_bytes().to_vec()));
            prop_assert!(keys.iter().all(|&key| filter.may_hold(key)));
            let through = others.difference(&keys).filter(|&&key| filter.may_hold(key)).count();
            prop_assert!(through < 300, "{} of 1000", through);
            prop_assert!(!Filter::read(OwnedBytes::empty()).may_hold([7; 6]));
        }
    }
}
