/// Terms are hashed by so many bytes at a time.
const WORD: usize = 8;

/// What tells the term that `bytes` are from others.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    let mut hash = 0;
    for chunk in bytes.chunks(WORD) {
        let mut word = [0; WORD];
        word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
        hash = mixed(hash, u64::from_le_bytes(word));
    }
    hash ^ bytes.len() as u64
}

/// What tells the term with this number in a vocabulary from others, of this one or another.
#[inline]
pub(super) fn hash_of_number(vocabulary: usize, number: u32) -> u64 {
    mixed(1, (vocabulary as u64) << 32 | u64::from(number))
}

/// As Fx hashes words, the halves folded together.
fn mixed(hash: u64, word: u64) -> u64 {
    let product = u128::from(hash.rotate_left(5) ^ word) * 0xF135_7AEA_2E62_A9C5_u128;
    #[expect(clippy::cast_possible_truncation, reason = "both halves are wanted")]
    let folded = (product >> 64) as u64 ^ product as u64;
    folded
}

/// Gives terms numbers, in the order in which they are first met.
///
/// A table by open addressing, for there is nothing that a search does as often: some tens of thousands of times. Terms are told apart by the
/// place and the tag of their hashes, about 47 bits: among the tens of thousands of a pool no two are likely ever to share theirs.
#[derive(Default)]
pub(super) struct Numbers {
    /// A part of a term's hash and its number, of which the greatest stands for none. As many as a power of two.
    slots: Vec<(u32, u32)>,
    /// The hashes of the terms, by their numbers.
    hashes: Vec<u64>,
}

/// There is room for so many different terms at first: to take memory that a small pool does not need costs more than to grow.
const FEW: usize = 1 << 10;
const NONE: u32 = u32::MAX;

impl Numbers {
    /// Forgets all terms.
    pub(super) fn clear(&mut self) {
        self.slots.fill((0, NONE));
        self.hashes.clear();
    }

    /// The number of the term with this hash, and whether it is a new one.
    pub(super) fn of(&mut self, hash: u64) -> (u32, bool) {
        if self.hashes.len() * 4 >= self.slots.len() * 3 {
            self.grow();
        }
        let (at, number) = self.look(hash);
        if number != NONE {
            return (number, false);
        }
        let number = u32::try_from(self.hashes.len()).unwrap_or(NONE);
        self.hashes.push(hash);
        self.put(at, hash, number);
        (number, true)
    }

    /// Where a hash stands or would stand, and its number.
    fn look(&self, hash: u64) -> (usize, u32) {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = upper(hash) & mask;
        // Some slots are always free, so that this ends.
        while let Some(&(tag, number)) = self.slots.get(at) {
            if number == NONE || tag == lower(hash) {
                return (at, number);
            }
            at = (at + 1) & mask;
        }
        (0, NONE)
    }

    fn put(&mut self, at: usize, hash: u64, number: u32) {
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = (lower(hash), number);
        }
    }

    fn grow(&mut self) {
        self.slots = vec![(0, NONE); 2 * self.slots.len().max(FEW)];
        for (at, number) in (0..self.hashes.len()).zip(0..) {
            let hash = self.hashes.get(at).copied().unwrap_or_default();
            let (slot, _) = self.look(hash);
            self.put(slot, hash, number);
        }
    }
}

fn upper(hash: u64) -> usize {
    usize::try_from(hash >> 32).unwrap_or_default()
}

#[expect(clippy::cast_possible_truncation, reason = "the lower half is wanted")]
fn lower(hash: u64) -> u32 {
    hash as u32
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn each_term_has_one_number(terms in prop::collection::vec("[a-c]{1,4}", 0..300)) {
            let mut numbers = Numbers::default();
            let mut known: HashMap<&str, u32> = HashMap::new();
            for term in &terms {
                let next = u32::try_from(known.len()).unwrap();
                let expected = known.get(term.as_str()).map_or((next, true), |&number| (number, false));
                prop_assert_eq!(numbers.of(hash(term.as_bytes())), expected);
                known.insert(term, expected.0);
            }
        }
    }

    #[test]
    fn there_is_room_for_more() {
        let mut numbers = Numbers::default();
        let terms: Vec<String> = (0..5 * FEW).map(|number| number.to_string()).collect();
        for (at, term) in terms.iter().enumerate() {
            assert_eq!(numbers.of(hash(term.as_bytes())), (u32::try_from(at).unwrap(), true));
        }
        for (at, term) in terms.iter().enumerate() {
            assert_eq!(numbers.of(hash(term.as_bytes())), (u32::try_from(at).unwrap(), false));
        }
    }
}
