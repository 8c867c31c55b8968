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
        let (number, (places, _)) = (number as usize, self.places.as_chunks::<PLACE>());
        if number >= self.count {
            return None;
        }
        let first = u32::from_le_bytes(*places.get(number / GROUP)?) as usize;
        let (lengths, strings) = self.groups.get(first..)?.split_first_chunk::<GROUP>()?;
        let (before, from) = lengths.split_at_checked(number % GROUP)?;
        let start = before.iter().map(|&len| usize::from(len)).sum::<usize>();
        strings.get(start..start + usize::from(*from.first()?))
    }
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
        fn strings_come_back_by_their_numbers(strings in prop::collection::vec("[a-c中]{0,6}", 0..40), order in any::<u64>()) {
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
            prop_assert_eq!(vocabulary.get(u32::try_from(strings.len()).unwrap()), None);
            prop_assert_eq!(vocabulary.len(), strings.len());
        }

        #[test]
        fn damage_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..80), count in 0_usize..40) {
            if let Some(vocabulary) = Vocabulary::read(&OwnedBytes::new(bytes.clone()), count) {
                for number in 0..50 {
                    prop_assert!(vocabulary.get(number).is_none_or(|string| string.len() <= bytes.len()));
                }
            }
        }
    }
}
