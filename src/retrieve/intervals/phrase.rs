use std::ops::RangeInclusive;

use tantivy::{DocId, TERMINATED};

use super::Interval;
use super::word::{Word, next};
use crate::index::BlockMap;

/// Single words that follow each other.
///
/// The rarest leads, and the others are asked in the order of their rarity: phrases have words that are everywhere, and those meet the rest in
/// many pieces, and in few passages. Words are counted in their passage, as postings have them: where a passage begins in its piece is in memory
/// that is far away, and needed only of a phrase that goes on in the next.
pub(super) struct Phrase {
    /// The rarest first.
    words: Vec<Placed>,
    /// Where the last word stands, counted from the first.
    last: u32,
    /// What begins at none of its words but the first.
    begins: Option<Begins>,
    /// Where it stands in the block that was read last.
    stretches: Vec<Stretch>,
}

/// Where a phrase stands, from its first document to its last.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    /// The document in which it begins, and the number in it of the first word.
    start: (DocId, u32),
    /// The document in which it ends.
    end: DocId,
}

impl Stretch {
    /// The documents in which it stands.
    pub(super) fn docs(&self) -> RangeInclusive<DocId> {
        self.start.0..=self.end
    }
}

/// A word of a phrase.
struct Placed {
    /// Where it stands, counted from the first.
    place: u32,
    word: Word,
    /// The document that was read last, and the numbers in it at which the word stands.
    doc: Option<DocId>,
    numbers: Vec<u32>,
}

impl Phrase {
    /// The phrase of what stands at one place after the other: all of some words at each.
    pub(super) fn new(words: impl Iterator<Item = Vec<Word>>) -> Self {
        let placed = |place, word| Placed { place, word, doc: None, numbers: Vec::new() };
        let mut words: Vec<Placed> =
            (0..).zip(words).flat_map(|(place, words)| words.into_iter().map(move |word| placed(place, word))).collect();
        let last = words.last().map_or(0, |word| word.place);
        words.sort_by_key(|placed| placed.word.frequency());
        Self { words, last, begins: None, stretches: Vec::new() }
    }

    /// The same, where none of `begins` stands at a word but the first.
    pub(super) fn unbroken(self, begins: Word) -> Self {
        Self { begins: Some(Begins { word: begins, known: Default::default() }), ..self }
    }

    /// The first document at or behind `from` in which the rarest word stands, and the others so near to it that they may follow each other.
    /// To be called with growing `from`.
    pub(super) fn seek(&mut self, block_map: &BlockMap, from: DocId) -> DocId {
        let Some((rarest, others)) = self.words.split_first_mut() else { return TERMINATED };
        let mut doc = rarest.word.seek(from);
        'docs: while doc != TERMINATED {
            let (low, high) = block_map.around(doc, rarest.place, self.last - rarest.place);
            for other in &mut *others {
                let (low, high) = if other.place < rarest.place { (low, doc) } else { (doc, high) };
                let there = other.word.seek(low);
                if there == TERMINATED {
                    return TERMINATED;
                }
                if there > high {
                    doc = rarest.word.seek(next(block_map, doc, there));
                    continue 'docs;
                }
            }
            return doc;
        }
        TERMINATED
    }

    /// Where it stands in the block of `header`, which is not before any that was read.
    pub(super) fn read(&mut self, block_map: &BlockMap, header: DocId) -> Vec<Interval> {
        self.find(block_map, header);
        self.places(block_map, header)
    }

    /// The places in the block of `header`, which was read last.
    pub(super) fn places(&self, block_map: &BlockMap, header: DocId) -> Vec<Interval> {
        let starts =
            self.stretches.iter().map(|Stretch { start: (doc, number), .. }| block_map.first_word(*doc, header).saturating_add(*number));
        starts.map(|start| Interval::new(start, start.saturating_add(self.last))).collect()
    }

    /// Where it stands in the block of `header`, which is not before any that was read.
    pub(super) fn find(&mut self, block_map: &BlockMap, header: DocId) -> &[Stretch] {
        let Self { words, last, begins, stretches } = self;
        stretches.clear();
        if let Some((rarest, others)) = words.split_first_mut() {
            let mut doc = rarest.word.seek(block_map.first_passage(header));
            while doc <= header {
                let (low, high) = block_map.around(doc, rarest.place, *last - rarest.place);
                let may_stand = |other: &mut Placed| {
                    let (low, high) = if other.place < rarest.place { (low, doc) } else { (doc, high) };
                    other.is_near(low, high)
                };
                // Where words stand in a passage is in memory that is far away, too, and costs more than in which passages they do.
                if others.iter_mut().all(may_stand) {
                    rarest.read(doc);
                    let Placed { place, numbers, .. } = &*rarest;
                    for &number in numbers {
                        let mut end = doc;
                        let mut stands = |other: &mut Placed| {
                            let there = other.seen(block_map, (header, doc), number, i64::from(other.place) - i64::from(*place));
                            end = end.max(there.unwrap_or(doc));
                            there.is_some()
                        };
                        if others.iter_mut().all(&mut stands)
                            && !begins.as_mut().is_some_and(|begins| {
                                let first = i64::from(number) - i64::from(*place);
                                (1..=i64::from(*last)).any(|inside| begins.stand(block_map, (header, doc), first + inside))
                            })
                        {
                            // What begins in the document begins at or before a word of it.
                            let inside = number.checked_sub(*place).map(|start| (doc, start));
                            let start = inside.or_else(|| block_map.beside(doc, header, i64::from(number) - i64::from(*place)));
                            stretches.extend(start.map(|start| Stretch { start, end }));
                        }
                    }
                }
                doc = rarest.word.seek(doc + 1);
            }
        }
        stretches
    }
}

impl Placed {
    /// Whether it stands in a document from `low` to `high`; to be asked with growing ones.
    fn is_near(&mut self, low: DocId, high: DocId) -> bool {
        self.doc.is_some_and(|doc| doc >= low) || self.word.seek(low) <= high
    }

    /// The document in which it stands so many words behind word `number` of `doc`, a document of the block of `header`, or before it: that or
    /// one beside it, if it does. To be asked with growing ones.
    fn seen(&mut self, block_map: &BlockMap, (header, doc): (DocId, DocId), number: u32, behind: i64) -> Option<DocId> {
        let number = i64::from(number) + behind;
        if u32::try_from(number).is_ok_and(|number| self.is_in(doc, number)) {
            return Some(doc);
        }
        // What is before a word of the document is in the document.
        if number >= 0 && behind <= 0 {
            return None;
        }
        let (beside, number) = block_map.beside(doc, header, number)?;
        (beside != doc && self.is_in(beside, number)).then_some(beside)
    }

    /// Whether it stands at word `number` of `doc`.
    fn is_in(&mut self, doc: DocId, number: u32) -> bool {
        if self.doc.is_none_or(|known| known < doc) && self.word.seek(doc) == doc {
            self.read(doc);
        }
        self.doc == Some(doc) && self.numbers.binary_search(&number).is_ok()
    }

    /// Reads where it stands in `doc`, which it has not gone past.
    fn read(&mut self, doc: DocId) {
        self.doc = Some(doc);
        self.numbers.clear();
        self.word.read_in(doc, &mut self.numbers);
    }
}

/// Where clauses and sentences begin, in the two documents that were asked for last: a phrase stands in no more.
struct Begins {
    word: Word,
    known: [(Option<DocId>, Vec<u32>); 2],
}

impl Begins {
    /// Whether one begins at word `number` of `doc`, a document of the block of `header`; it may stand in one beside it.
    fn stand(&mut self, block_map: &BlockMap, (header, doc): (DocId, DocId), number: i64) -> bool {
        let Some((doc, number)) = block_map.beside(doc, header, number) else { return false };
        if self.known.iter().all(|(known, _)| *known != Some(doc)) {
            self.known.swap(0, 1);
            let [(known, numbers), _] = &mut self.known;
            *known = Some(doc);
            numbers.clear();
            self.word.read_in(doc, numbers);
        }
        self.known.iter().any(|(known, numbers)| *known == Some(doc) && numbers.binary_search(&number).is_ok())
    }
}
