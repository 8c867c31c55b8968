//! A table of numbers that the compiler makes.

/// Numbers by a hash of what they stand for: open addressing with linear probing (Knuth, *Sorting and Searching*, 6.4).
///
/// A search asks for a word or two, and would take longer to build a table than for all that it asks of it.
pub(super) struct Slots<const SLOTS: usize> {
    /// Each number and one more; 0 where there is none.
    slots: [u16; SLOTS],
}

impl<const SLOTS: usize> Slots<SLOTS> {
    /// Without numbers. There have to be more slots than will be put in, and about twice as many if few are to be looked at.
    pub(super) const fn new() -> Self {
        Self { slots: [0; SLOTS] }
    }

    /// Puts in a number of what has this hash.
    pub(super) const fn put(&mut self, hash: u32, number: usize) {
        assert!(number < u16::MAX as usize, "numbers are kept in two bytes");
        let mut slot = hash as usize % SLOTS;
        while self.slots[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        #[expect(clippy::cast_possible_truncation, reason = "it was looked at")]
        let number = number as u16;
        self.slots[slot] = number + 1;
    }

    /// The numbers of what has this hash, in the order in which they were put in, and perhaps others among them.
    pub(super) fn of(&self, hash: u32) -> impl Iterator<Item = usize> {
        let first = hash as usize % SLOTS;
        (first..first + SLOTS).map_while(|slot| self.slots[slot % SLOTS].checked_sub(1)).map(usize::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_found() {
        let mut slots = Slots::<8>::new();
        for (hash, number) in [(7, 3), (15, 0), (2, 5), (7, 4)] {
            slots.put(hash, number);
        }
        let found = |hash: u32| slots.of(hash).collect::<Vec<_>>();
        assert_eq!((found(7), found(2), found(4)), (vec![3, 0, 4, 5], vec![5], vec![]));
    }
}
