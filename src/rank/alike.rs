//! Terms of several vocabularies that have the same letters: one term in the pool.

use super::numbers::Numbers;

/// Tells of each term which is the first that has its letters.
#[derive(Default)]
pub(super) struct Alike {
    /// Those with different letters, in the order in which they come.
    letters: Numbers,
    /// Of each of these the first by its number in the pool.
    first: Vec<u16>,
    /// Which of these each term is, by its number in the pool.
    which: Vec<u32>,
}

impl Alike {
    /// Forgets all, and makes room for so many terms.
    pub(super) fn begin(&mut self, count: usize) {
        self.letters.clear();
        self.first.clear();
        self.which.clear();
        self.which.resize(count, u32::MAX);
    }

    /// Takes the term with this number, whose letters have this hash.
    pub(super) fn add(&mut self, number: u16, hash: u64) {
        let (which, is_new) = self.letters.of(hash);
        if is_new {
            self.first.push(number);
        } else if let Some(first) = self.first.get_mut(which as usize) {
            *first = number.min(*first);
        }
        if let Some(own) = self.which.get_mut(usize::from(number)) {
            *own = which;
        }
    }

    /// The first number of a term with the letters of this one.
    pub(super) fn first(&self, number: u16) -> u16 {
        self.which.get(usize::from(number)).and_then(|&which| self.first.get(which as usize)).copied().unwrap_or(number)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rank::numbers::hash;

    proptest! {
        #[test]
        fn the_first_with_the_same_letters_stands_for_all(terms in prop::collection::vec("[ab]{1,2}", 0..30), turn in 0_usize..30) {
            let mut alike = Alike::default();
            for _ in 0..2 {
                alike.begin(terms.len());
                let mut numbered: Vec<(usize, &String)> = terms.iter().enumerate().collect();
                numbered.rotate_left(turn.min(terms.len()));
                for (number, term) in numbered {
                    alike.add(u16::try_from(number).unwrap(), hash(term.as_bytes()));
                }
                for (number, term) in terms.iter().enumerate() {
                    let first = terms.iter().position(|other| other == term).unwrap();
                    prop_assert_eq!(usize::from(alike.first(u16::try_from(number).unwrap())), first);
                }
            }
        }
    }
}
