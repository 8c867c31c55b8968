//! What is known of words that were met before.

use rustc_hash::FxHashMap;

use super::matcher::Known;
use crate::text::word_map::TOGETHER;

/// What is known of words that were met before, by their numbers: looking a word up among those of all names leaves the nearest memory.
#[derive(Debug)]
pub(super) struct Met {
    /// By the number of a spaced word, counted from `first`, the place of what is known among all that differs; 0 for words not met.
    spaced: Vec<u16>,
    /// The same of solo words.
    solo: Vec<u16>,
    /// Words are numbered as they are met, those of much text past any room.
    first: u32,
    /// Most words share what is known of them: that they are in no name and tell of none.
    known: Vec<Known>,
    by_known: FxHashMap<Known, u16>,
}

/// Where something is known; by default nothing is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place(u16);

/// The bit of a number that tells a solo word.
const SOLO: u32 = 1 << 31;

const fn is_solo(number: u32) -> bool {
    number & SOLO != 0
}

impl Met {
    /// A number so much greater than the first makes it begin anew. Solo words have those of characters, most of them below U+10000.
    const SPACED: u32 = 1 << 20;
    const SOLO: usize = 1 << 16;

    /// Makes room for words with these numbers, not more than [`TOGETHER`]. What was met before may be forgotten.
    pub(super) fn make_room(&mut self, numbers: &[u32]) {
        let last = numbers.iter().filter(|&&number| !is_solo(number)).max();
        if let Some(last) = last.filter(|&&last| last.checked_sub(self.first).is_some_and(|number| number >= Self::SPACED)) {
            // Words that were numbered lately are those that come again.
            self.begin_anew(last - Self::SPACED / 2);
        } else if self.known.len() + TOGETHER > usize::from(u16::MAX) {
            self.begin_anew(self.first);
        }
    }

    /// The place of what `look` says of a word, which is not asked where the word with this number was met before. A word without a number has 0.
    pub(super) fn place(&mut self, number: u32, look: impl FnOnce() -> Known) -> Place {
        let place = if is_solo(number) {
            self.solo.get_mut((number & !SOLO) as usize)
        } else {
            number.checked_sub(self.first).and_then(|number| self.spaced.get_mut(number as usize))
        };
        let place = place.filter(|_| number != 0);
        if let Some(&mut met) = place
            && met != 0
        {
            return Place(met);
        }
        let known = look();
        let next = u16::try_from(self.known.len()).unwrap_or_default();
        let own = *self.by_known.entry(known).or_insert(next);
        if own == next {
            self.known.push(known);
        }
        if let Some(place) = place {
            *place = own;
        }
        Place(own)
    }

    /// What is known at a place, until room is made for others.
    pub(super) fn at(&self, place: Place) -> Known {
        self.known.get(usize::from(place.0)).copied().unwrap_or_default()
    }

    /// Forgets all, and counts from `first` on.
    fn begin_anew(&mut self, first: u32) {
        self.first = first;
        self.spaced.fill(0);
        self.solo.fill(0);
        self.known.truncate(1);
        self.by_known.clear();
    }
}

impl Default for Met {
    fn default() -> Self {
        Self {
            spaced: vec![0; Self::SPACED as usize],
            solo: vec![0; Self::SOLO],
            first: 0,
            known: vec![Known::default()],
            by_known: FxHashMap::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actors::matcher::numbered;

    #[test]
    fn words_are_looked_up_once_however_many_there_are() {
        let mut met = Met::default();
        let mut looks = 0;
        let mut get = |met: &mut Met, number: u32| {
            met.make_room(&[number]);
            let place = met.place(number, || {
                looks += 1;
                numbered(number)
            });
            assert_eq!(met.at(place), numbered(number));
            looks
        };
        let solo = 1 << 31 | u32::from('中');
        for number in [0, 7, 7, solo, solo, 0] {
            get(&mut met, number);
        }
        assert_eq!(get(&mut met, 7), 4, "a word without a number is looked up each time");
        // Each is something else, and there are more than have a place.
        let last = Met::SPACED + 7;
        for number in last - 70_000..=last {
            get(&mut met, number);
        }
        let so_far = get(&mut met, last);
        assert_eq!(so_far, 4 + 70_001);
        assert_eq!(get(&mut met, last), so_far);
        assert_eq!(get(&mut met, 7), so_far + 1, "forgotten");
        assert!(met.known.len() <= 1 << 16);
        assert_eq!(get(&mut met, solo), so_far + 2, "forgotten too");
        assert_eq!(get(&mut met, solo), so_far + 2);
    }
}
