//! The tokens of one field of a new segment, in the order in which they came.

use std::io;
use std::path::Path;

use tantivy::DocId;

use super::aside::Aside;

/// The numbers of terms one after the other. Where a token stands follows from those before it: most stand one behind the last.
///
/// A number is written in as many bytes as it needs, seven bits in each (the variable-byte code: Williams and Zobel 1999, *Compressing integers for
/// fast file access*). Frequent terms are met early and have small ones, so that a token takes about two bytes.
///
/// They are read from the first to the last and never in between, so that those of a large segment need not stay in memory.
#[derive(Debug, Default)]
pub(super) struct Occurrences {
    /// What came first, if it was put into a file.
    aside: Option<Aside>,
    /// What came then. In parts, so that what grows is never moved.
    parts: Vec<Vec<u8>>,
    tokens: u64,
}

/// How many bytes the first part has; each has twice as many as the one before it, up to the largest. A piece is short, and a segment is not. Small in
/// tests, which otherwise would never have many.
const FIRST: usize = if cfg!(test) { 1 << 5 } else { 1 << 10 };
const LARGEST: usize = if cfg!(test) { 1 << 7 } else { 256 << 10 };
/// When there are more parts, all but the last are put into a file.
const HELD: usize = if cfg!(test) { 2 } else { 32 };
/// The most bytes that a number takes.
const LONGEST: usize = 5;
/// Of a byte: the number goes on in the next.
const MORE: u8 = 0x80;
/// Ends a document.
const END: u32 = 0;
/// Stands before a number of positions at which nothing stands.
const SKIP: u32 = 1;
/// From here on, two numbers for each term: at the next position, and at that of the token before.
const TERMS: u32 = 2;
/// So many terms can be told apart.
pub(super) const MOST_TERMS: u32 = (u32::MAX - TERMS) / 2;

impl Occurrences {
    /// Adds a token at the next position.
    #[inline]
    pub(super) fn push(&mut self, term: u32) {
        self.tokens += 1;
        self.enter(TERMS + term * 2);
    }

    /// Adds a token at the position of the last one.
    #[inline]
    pub(super) fn beside(&mut self, term: u32) {
        self.tokens += 1;
        self.enter(TERMS + term * 2 + 1);
    }

    /// Leaves so many positions empty.
    pub(super) fn skip(&mut self, positions: u32) {
        self.enter(SKIP);
        self.enter(positions);
    }

    /// Ends the document.
    pub(super) fn end(&mut self) {
        self.enter(END);
    }

    /// Adds the documents of `other`, whose terms have the numbers `terms` here.
    pub(super) fn append(&mut self, other: &Self, terms: &[u32]) -> io::Result<()> {
        self.tokens += other.tokens;
        let mut is_count = false;
        other.numbers(|number| {
            let of_term = number.checked_sub(TERMS).filter(|_| !is_count);
            let own = of_term.and_then(|of_term| Some(TERMS + terms.get((of_term / 2) as usize)? * 2 + of_term % 2));
            is_count = number == SKIP && !is_count;
            self.enter(own.unwrap_or(number));
        })
    }

    /// Puts most of what takes memory into a file in `folder`, if it is much.
    pub(super) fn put_aside(&mut self, folder: &Path) -> io::Result<()> {
        if self.parts.len() <= HELD {
            return Ok(());
        }
        let full = self.parts.drain(..self.parts.len() - 1);
        match &mut self.aside {
            Some(aside) => aside.add(full),
            none => none.insert(Aside::in_folder(folder)?).add(full),
        }
    }

    /// How many tokens there are.
    pub(super) const fn tokens(&self) -> u64 {
        self.tokens
    }

    /// How many bytes of memory they take.
    pub(super) fn bytes(&self) -> usize {
        self.parts.iter().map(Vec::capacity).sum()
    }

    #[inline]
    fn enter(&mut self, mut number: u32) {
        let part = match self.parts.last_mut() {
            Some(part) if part.len() + LONGEST <= part.capacity() => part,
            _ => self.new_part(),
        };
        loop {
            let [low, ..] = number.to_le_bytes();
            number >>= 7;
            if number == 0 {
                break part.push(low);
            }
            part.push(low | MORE);
        }
    }

    #[cold]
    fn new_part(&mut self) -> &mut Vec<u8> {
        let size = self.parts.last().map_or(FIRST, |last| (last.capacity() * 2).min(LARGEST));
        self.parts.push(Vec::with_capacity(size));
        let last = self.parts.len() - 1;
        &mut self.parts[last]
    }

    /// Calls `take` with each token: its term, its document and its position there.
    #[inline]
    pub(super) fn each(&self, mut take: impl FnMut(u32, DocId, u32)) -> io::Result<()> {
        let (mut doc, mut next, mut is_count) = (0, 0_u32, false);
        self.numbers(|number| {
            if is_count {
                next = next.saturating_add(number);
                is_count = false;
            } else if let Some(of_term) = number.checked_sub(TERMS) {
                next += u32::from(of_term % 2 == 0);
                // What stands beside nothing stands at the beginning.
                take(of_term / 2, doc, next.saturating_sub(1));
            } else if number == END {
                (doc, next) = (doc + 1, 0);
            } else {
                is_count = true;
            }
        })
    }

    /// Calls `take` with each number.
    #[inline]
    fn numbers(&self, mut take: impl FnMut(u32)) -> io::Result<()> {
        // No number goes over from one part to the next.
        let mut read_all = |part: &[u8]| {
            let mut bytes = part.iter();
            while let Some(number) = read(&mut bytes) {
                take(number);
            }
        };
        if let Some(aside) = &self.aside {
            aside.each(&mut read_all)?;
        }
        self.parts.iter().for_each(|part| read_all(part));
        Ok(())
    }
}

/// The next number.
#[inline]
fn read(bytes: &mut std::slice::Iter<'_, u8>) -> Option<u32> {
    let mut byte = *bytes.next()?;
    let mut number = u32::from(byte & !MORE);
    let mut shift = 7;
    while byte & MORE != 0 {
        byte = *bytes.next()?;
        number |= u32::from(byte & !MORE) << shift;
        shift += 7;
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_stand_where_they_were_put() {
        let dir = tempfile::tempdir().unwrap();
        let mut occurrences = Occurrences::default();
        occurrences.beside(7);
        occurrences.push(1);
        occurrences.beside(MOST_TERMS - 1);
        occurrences.skip(3);
        occurrences.push(1);
        occurrences.end();
        occurrences.end();
        let terms = 5_000;
        for term in 0..terms {
            occurrences.push(term);
            occurrences.put_aside(dir.path()).unwrap();
        }
        occurrences.end();
        assert!(occurrences.aside.is_some() && occurrences.bytes() <= LARGEST * HELD);
        // From the beginning each time, and with what has come since.
        for round in 0..3 {
            let mut found = Vec::new();
            occurrences.each(|term, doc, position| found.push((term, doc, position))).unwrap();
            assert_eq!(found.len() as u64, occurrences.tokens());
            assert_eq!(found[..4], [(7, 0, 0), (1, 0, 0), (MOST_TERMS - 1, 0, 0), (1, 0, 4)]);
            let behind = found.split_off(4 + terms as usize);
            assert!(found.drain(4..).zip(0..).all(|(found, at)| found == (at, 2, at)));
            assert!(behind.into_iter().eq((0..round).map(|at| (5, 3, at))));
            occurrences.push(5);
        }
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }
}
