//! The strings of a segment's texts, by their numbers.

use std::io::{self, Write};

use tantivy::directory::OwnedBytes;

/// A longer string is not in a vocabulary, but spelled where it stands.
pub(in crate::index) const LONGEST: usize = u8::MAX as usize;

/// So many strings stand together as a group: their lengths, a byte each, and then they. Whoever looks for a string looks for its group and finds all
/// of it in one place of memory.
const GROUP: usize = 8;
/// The bytes of the place of a group.
const PLACE: usize = size_of::<u32>();
/// So many strings are looked up together.
const TOGETHER: usize = 64;

/// Strings by number. Clones are of the same.
#[derive(Clone)]
pub(in crate::index) struct Vocabulary {
    /// One behind the other, in the order of their numbers.
    groups: OwnedBytes,
    /// Where each group begins.
    places: OwnedBytes,
    count: usize,
}

impl Vocabulary {
    /// So many strings, which `bytes` hold as they were written; `None` if there is no room for them.
    pub(super) fn read(bytes: &OwnedBytes, count: usize) -> Option<Self> {
        let places_at = bytes.len().checked_sub(count.div_ceil(GROUP).checked_mul(PLACE)?)?;
        Some(Self { groups: bytes.slice(0..places_at), places: bytes.slice(places_at..bytes.len()), count })
    }

    /// How many strings there are.
    pub(super) const fn len(&self) -> usize {
        self.count
    }

    /// The string with this number, as bytes: UTF-8, if nothing is damaged.
    #[inline]
    pub(in crate::index) fn get(&self, number: u32) -> Option<&[u8]> {
        let (start, end) = self.range(number, self.group(number)?)?;
        self.groups.get(start..end)
    }

    /// Calls `take` with each of the strings with these numbers, an empty one for what there is not. Says whether there are all.
    ///
    /// Strings lie all over memory, and to wait for each costs more than all else that is done with it. So of some the groups are looked up first,
    /// then their lengths, then they: each time memory is asked for all of them together.
    pub(in crate::index) fn each(&self, numbers: impl IntoIterator<Item = u32>, mut take: impl FnMut(&[u8])) -> bool {
        let mut numbers = numbers.into_iter();
        let (mut wanted, mut ranges, mut are_all) = ([(0, 0); TOGETHER], [(0, 0); TOGETHER], true);
        loop {
            let mut count = 0;
            for (wanted, number) in wanted.iter_mut().zip(numbers.by_ref()) {
                *wanted = (number, self.group(number).unwrap_or(usize::MAX));
                count += 1;
            }
            for (range, &(number, group)) in ranges.iter_mut().zip(&wanted).take(count) {
                *range = self.range(number, group).unwrap_or((usize::MAX, usize::MAX));
            }
            for &(start, end) in ranges.iter().take(count) {
                let string = self.groups.get(start..end);
                are_all &= string.is_some();
                take(string.unwrap_or_default());
            }
            if count < TOGETHER {
                return are_all;
            }
        }
    }

    /// Where the group of the string with this number begins.
    #[inline]
    fn group(&self, number: u32) -> Option<usize> {
        let (number, (places, _)) = (number as usize, self.places.as_chunks::<PLACE>());
        if number >= self.count {
            return None;
        }
        Some(u32::from_le_bytes(*places.get(number / GROUP)?) as usize)
    }

    /// Where the string with this number begins and ends, whose group begins at `first`.
    #[inline]
    fn range(&self, number: u32, first: usize) -> Option<(usize, usize)> {
        let lengths = u64::from_le_bytes(*self.groups.get(first..)?.first_chunk::<GROUP>()?);
        let bits = number as usize % GROUP * 8;
        let start = first + GROUP + sum_of_bytes(lengths & ((1 << bits) - 1));
        let [length, ..] = (lengths >> bits).to_le_bytes();
        Some((start, start + usize::from(length)))
    }
}

/// The sum of the bytes of `word`: those at even places and those at odd ones are added as numbers of two bytes, and these by a multiplication.
const fn sum_of_bytes(word: u64) -> usize {
    const EVEN: u64 = 0x00FF_00FF_00FF_00FF;
    let pairs = (word & EVEN) + (word >> 8 & EVEN);
    (pairs.wrapping_mul(0x0001_0001_0001_0001) >> 48) as usize
}

/// Strings that become a vocabulary.
#[derive(Default)]
pub(super) struct NewVocabulary {
    joined: Vec<u8>,
    /// Where each string stands among the joined, by its number.
    places: Vec<(u32, u8)>,
}

impl NewVocabulary {
    /// One of so many strings.
    pub(super) fn of(count: usize) -> Self {
        Self { joined: Vec::new(), places: vec![(0, 0); count] }
    }

    /// Takes the string with this number.
    pub(super) fn set(&mut self, number: u32, string: &str) {
        let place = u32::try_from(self.joined.len()).ok().zip(u8::try_from(string.len()).ok());
        if let Some((own, place)) = self.places.get_mut(number as usize).zip(place) {
            *own = place;
            self.joined.extend_from_slice(string.as_bytes());
        }
    }

    /// Writes it as [`Vocabulary::read`] has it, and says in how many bytes.
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<usize> {
        let mut places = Vec::with_capacity(self.places.len().div_ceil(GROUP) * PLACE);
        let mut written = 0;
        for group in self.places.chunks(GROUP) {
            places.extend_from_slice(&u32::try_from(written).map_err(io::Error::other)?.to_le_bytes());
            let mut lengths = [0; GROUP];
            lengths.iter_mut().zip(group).for_each(|(length, &(_, len))| *length = len);
            out.write_all(&lengths)?;
            for &(start, len) in group {
                let (start, len) = (start as usize, usize::from(len));
                out.write_all(self.joined.get(start..start + len).unwrap_or_default())?;
                written += len;
            }
            written += GROUP;
        }
        out.write_all(&places)?;
        Ok(written + places.len())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn strings_come_back_by_their_numbers(strings in prop::collection::vec("[a-c中]{0,6}|z{200,255}", 0..40), order in any::<u64>()) {
            let mut numbers: Vec<usize> = (0..strings.len()).collect();
            numbers.sort_by_key(|&number| (number as u64 + 1).wrapping_mul(order | 1));
            let mut new = NewVocabulary::of(strings.len());
            for number in numbers {
                new.set(u32::try_from(number).unwrap(), &strings[number]);
            }
            let mut bytes = Vec::new();
            let size = new.write(&mut bytes).unwrap();
            prop_assert_eq!(size, bytes.len());
            let vocabulary = Vocabulary::read(&OwnedBytes::new(bytes), strings.len()).unwrap();
            for (number, string) in (0..).zip(&strings) {
                prop_assert_eq!(vocabulary.get(number), Some(string.as_bytes()));
            }
            let none = u32::try_from(strings.len()).unwrap();
            prop_assert_eq!(vocabulary.get(none), None);
            let wanted: Vec<u32> = (0..150).map(|at| at * 7 % (none + 1)).collect();
            let mut each = Vec::new();
            let are_all = vocabulary.each(wanted.iter().copied(), |string| each.push(string.to_vec()));
            prop_assert_eq!(are_all, !wanted.contains(&none));
            let expected = wanted.iter().map(|&number| strings.get(number as usize).map_or(Vec::new(), |string| string.as_bytes().to_vec()));
            prop_assert!(each.into_iter().eq(expected));
            prop_assert_eq!(vocabulary.len(), strings.len());
        }

        #[test]
        fn damage_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..80), count in 0_usize..40) {
            if let Some(vocabulary) = Vocabulary::read(&OwnedBytes::new(bytes.clone()), count) {
                let numbers: Vec<u32> = (0..50).collect();
                let mut found = numbers.iter().map(|&number| vocabulary.get(number).unwrap_or_default());
                let mut alike = true;
                vocabulary.each(numbers.iter().copied(), |string| alike &= found.next() == Some(string));
                prop_assert!(alike && found.next().is_none());
            }
        }
    }
}
