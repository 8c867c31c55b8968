//! How the texts of a segment are written.

use std::io::{self, Write};

use tantivy::directory::WritePtr;

use super::coded::{Coded, CodedDocuments, Symbol};
use super::vocabulary::NewVocabulary;
use super::{Start, finish};

/// Texts that are being written. What comes has units of other numbers, those of a *lexicon*; they get their own in the order in which they
/// are met, but for the first texts: those wait until it is known which units are frequent, which get the least numbers and so the shortest codes.
pub(in crate::index) struct NewTexts {
    out: WritePtr,
    written: u64,
    starts: Vec<Start>,
    /// Their own numbers, by those of the lexicon.
    numbers: Vec<u32>,
    /// How many numbers there are.
    count: u32,
    /// The first texts, with the numbers of the lexicon.
    waiting: Option<CodedDocuments>,
    /// Where one is put together.
    coded: Vec<u8>,
}

/// When so many bytes wait, they are enough to tell what is frequent: with all texts counted, by estimate, they would take less than 1% less room.
const ENOUGH: usize = if cfg!(test) { 1 << 7 } else { 4 << 20 };
/// Stands for a number that was not given yet.
const NONE: u32 = u32::MAX;

impl NewTexts {
    /// Texts that are written to `out`.
    pub(in crate::index) fn new(out: WritePtr) -> Self {
        let (numbers, coded) = (Vec::new(), Vec::new());
        Self { out, written: 0, starts: Vec::new(), numbers, count: 0, waiting: Some(CodedDocuments::default()), coded }
    }

    /// Adds what is coded of the next document. `number` tells, for the numbers of its units, those of the lexicon.
    pub(in crate::index) fn add(&mut self, coded: &[u8], mut number: impl FnMut(u32) -> u32) -> io::Result<()> {
        let Some(waiting) = &mut self.waiting else { return self.write(coded, number) };
        if let Some(coded) = Coded::read(coded) {
            coded.renumbered(&mut number, &mut waiting.bytes);
        }
        waiting.end();
        if waiting.bytes.len() > ENOUGH { self.wait_no_longer() } else { Ok(()) }
    }

    fn write(&mut self, coded: &[u8], mut number: impl FnMut(u32) -> u32) -> io::Result<()> {
        self.starts.push(Start(self.written));
        let Some(coded) = Coded::read(coded) else { return Ok(()) };
        let mut own = std::mem::take(&mut self.coded);
        own.clear();
        coded.renumbered(|unit| self.own(number(unit)), &mut own);
        self.out.write_all(&own)?;
        self.written += own.len() as u64;
        self.coded = own;
        Ok(())
    }

    /// Its own number of the unit that has `number` in the lexicon.
    #[inline]
    fn own(&mut self, number: u32) -> u32 {
        let place = number as usize;
        if place >= self.numbers.len() {
            self.numbers.resize(place + 1, NONE);
        }
        let Some(own) = self.numbers.get_mut(place) else { return 0 };
        if *own == NONE {
            *own = self.count;
            self.count += 1;
        }
        *own
    }

    /// Gives the units of the texts that wait their numbers, and writes those.
    fn wait_no_longer(&mut self) -> io::Result<()> {
        let Some(waiting) = self.waiting.take() else { return Ok(()) };
        let mut counts: Vec<(u32, u32)> = Vec::new();
        for symbol in waiting.each().filter_map(Coded::read).flat_map(|coded| coded.symbols()) {
            let Symbol::Unit(number) = symbol else { continue };
            for next in counts.len()..=number as usize {
                counts.push((0, u32::try_from(next).unwrap_or(NONE)));
            }
            if let Some((count, _)) = counts.get_mut(number as usize) {
                *count += 1;
            }
        }
        counts.retain(|(count, _)| *count > 0);
        counts.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        for (_, number) in counts {
            self.own(number);
        }
        waiting.each().try_for_each(|coded| self.write(coded, |number| number))
    }

    /// About how many bytes of memory they take.
    pub(in crate::index) fn bytes(&self) -> usize {
        let waiting = self.waiting.as_ref().map_or(0, |waiting| waiting.bytes.capacity());
        waiting + self.starts.capacity() * size_of::<Start>() + self.numbers.capacity() * size_of::<u32>()
    }

    /// Writes what is left, and the vocabulary. `each` calls what it is given with each string of the lexicon and its number.
    pub(in crate::index) fn finish(mut self, each: impl FnOnce(&mut dyn FnMut(&str, u32))) -> io::Result<()> {
        self.wait_no_longer()?;
        let mut vocabulary = NewVocabulary::of(self.count as usize);
        each(&mut |string, number| {
            if let Some(&own) = self.numbers.get(number as usize).filter(|&&own| own != NONE) {
                vocabulary.set(own, string);
            }
        });
        self.starts.push(Start(self.written));
        finish(self.out, &vocabulary, self.count, &self.starts)
    }
}
