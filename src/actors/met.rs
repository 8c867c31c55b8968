//! What is known of words that were met before.

use foldhash::HashMap;

use super::matcher::Known;

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
    by_known: HashMap<Known, u16>,
}

impl Met {
    /// A number so much greater than the first makes it begin anew. Solo words have those of characters, most of them below U+10000.
    const SPACED: u32 = 1 << 20;
    const SOLO: usize = 1 << 16;

    /// What `look` says of a word, which is not asked where the word with this number was met before. A word without a number has 0.
    pub(super) fn get(&mut self, number: u32, look: impl FnOnce() -> Known) -> Known {
        // The highest bit of a number tells a solo word.
        let is_solo = number >> 31 != 0;
        if !is_solo && number.checked_sub(self.first).is_some_and(|number| number >= Self::SPACED) {
            // Words that were numbered lately are those that come again.
            self.begin_anew(number - Self::SPACED / 2);
        } else if self.known.len() > usize::from(u16::MAX) {
            self.begin_anew(self.first);
        }
        let place = if is_solo {
            self.solo.get_mut((number & !(1 << 31)) as usize)
        } else {
            number.checked_sub(self.first).and_then(|number| self.spaced.get_mut(number as usize))
        };
        let Some(place) = place.filter(|_| number != 0) else { return look() };
        if *place == 0 {
            let known = look();
            let next = u16::try_from(self.known.len()).unwrap_or_default();
            *place = *self.by_known.entry(known).or_insert(next);
            if *place == next {
                self.known.push(known);
            }
        }
        self.known.get(usize::from(*place)).copied().unwrap_or_default()
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
            by_known: HashMap::default(),
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
            let known = met.get(number, || {
                looks += 1;
                numbered(number)
            });
            assert_eq!(known, numbered(number));
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
