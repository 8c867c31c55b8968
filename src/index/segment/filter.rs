//! Whether a key may be there, told by one look.
//!
//! A filter of bits (Bloom 1970) in blocks of a word (Putze, Sanders and Singler 2007): the key's block and its bits there are told by the key, which
//! is a hash, so that nothing is hashed again and one place in memory tells all. With room of two bytes for each key it lets about one in 120 of
//! the keys through that are not there. What it lets through is looked for in two other places, each in memory that nobody has at hand.

use tantivy::directory::OwnedBytes;

use super::sketch::{RunKey, part_of};

/// The bytes of a block.
const BLOCK: usize = size_of::<u64>();
/// Bits that are set for a key.
const BITS: u32 = 3;

/// A filter that is being made.
pub(super) struct NewFilter(Vec<u64>);

/// The filter of some keys.
pub(super) struct Filter(OwnedBytes);

impl NewFilter {
    /// One for so many keys, which lets nothing through.
    pub(super) fn for_keys(keys: usize) -> Self {
        Self(vec![0; Filter::size(keys).unwrap_or_default() / BLOCK])
    }

    /// From now on lets `key` through.
    pub(super) fn add(&mut self, key: RunKey) {
        let block = part_of(key, self.0.len());
        if let Some(block) = self.0.get_mut(block) {
            *block |= bits(key);
        }
    }

    /// It as [`Filter::read`] has it.
    pub(super) fn bytes(&self) -> impl Iterator<Item = [u8; BLOCK]> {
        self.0.iter().map(|block| block.to_le_bytes())
    }
}

impl Filter {
    /// The bytes that the filter of so many keys takes; `None` if they are more than there can be.
    pub(super) fn size(keys: usize) -> Option<usize> {
        keys.checked_mul(2)?.checked_next_multiple_of(BLOCK)
    }

    /// A filter as it was written.
    pub(super) const fn read(bytes: OwnedBytes) -> Self {
        Self(bytes)
    }

    /// Whether `key` may be among those that were added. Nothing is said of those that were not.
    pub(super) fn may_hold(&self, key: RunKey) -> bool {
        let (blocks, _) = self.0.as_chunks::<BLOCK>();
        let block = blocks.get(part_of(key, blocks.len())).map_or(0, |block| u64::from_le_bytes(*block));
        block & bits(key) == bits(key)
    }
}

/// The bits of a key in its block: by its end, for its beginning tells the block.
fn bits(key: RunKey) -> u64 {
    let [.., a, b, c] = key;
    let end = u32::from_be_bytes([0, a, b, c]);
    (0..BITS).fold(0, |bits, number| bits | 1 << (end >> (6 * number) & 63))
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
            let mut filter = NewFilter::for_keys(keys.len());
            for &key in &keys {
                filter.add(key);
            }
            let bytes: Vec<u8> = filter.bytes().flatten().collect();
            prop_assert_eq!(Some(bytes.len()), Filter::size(keys.len()));
            let filter = Filter::read(OwnedBytes::new(bytes));
            prop_assert!(keys.iter().all(|&key| filter.may_hold(key)));
            let through = others.difference(&keys).filter(|&&key| filter.may_hold(key)).count();
            prop_assert!(through < 100, "{} of 1000", through);
            prop_assert!(!Filter::read(OwnedBytes::empty()).may_hold([7; 6]));
        }
    }
}
