use tantivy::{DocId, TERMINATED};

use super::Interval;
use super::algebra::{Bond, Near, Turn, Wanted, near};
use super::word::{Word, next};
use crate::index::BlockMap;

/// Two single words near each other.
///
/// The rarer leads. Most pieces that have both have them in passages far from each other, and of those nothing more is read: where words stand
/// in a passage is in memory that is far away, and costs more than in which passages they do.
pub(super) struct Pair {
    rarer: Word,
    other: Word,
    /// Whether the rarer is the one on the left.
    rarer_is_left: bool,
    /// The later begins so many words behind the earlier, at the most.
    words: u32,
    turn: Turn,
}

impl Pair {
    /// `left` and `right`, of which the later begins at the most `words` behind the earlier.
    pub(super) fn new(left: Word, right: Word, words: u32, turn: Turn) -> Self {
        let rarer_is_left = left.frequency() <= right.frequency();
        let (rarer, other) = if rarer_is_left { (left, right) } else { (right, left) };
        Self { rarer, other, rarer_is_left, words, turn }
    }

    /// The first document at or behind `from` in which the rarer word stands, and the other so near to it that they may stand as is asked. To
    /// be called with growing `from`.
    pub(super) fn seek(&mut self, block_map: &BlockMap, from: DocId) -> DocId {
        let mut doc = self.rarer.seek(from);
        while doc != TERMINATED {
            let (low, high) = self.around(block_map, doc);
            let there = self.other.seek(low);
            if there <= high {
                return doc;
            }
            doc = if there == TERMINATED { TERMINATED } else { self.rarer.seek(next(block_map, doc, there)) };
        }
        TERMINATED
    }

    /// The first and the last document in which the other word has to be, for one in which the rarer is.
    fn around(&self, block_map: &BlockMap, doc: DocId) -> (DocId, DocId) {
        match self.turn {
            Turn::Either => block_map.around(doc, self.words, self.words),
            Turn::Given if self.rarer_is_left => block_map.around(doc, 0, self.words),
            Turn::Given => block_map.around(doc, self.words, 0),
        }
    }

    /// The shortest places in the block of `header`, which is not before any that was read.
    pub(super) fn read(&mut self, block_map: &BlockMap, header: DocId) -> Vec<Interval> {
        let (mut rarer, mut other) = (Vec::new(), Vec::new());
        // The last document in which the other was read.
        let mut last = None;
        let mut doc = self.rarer.seek(block_map.first_passage(header));
        while doc <= header {
            let (low, high) = self.around(block_map, doc);
            last = self.other.read(block_map, header, (low, high), &mut other).max(last);
            if last.is_some_and(|last| last >= low) {
                self.rarer.read(block_map, header, (doc, doc), &mut rarer);
            }
            doc = self.rarer.seek(doc + 1);
        }
        let [rarer, other] = [(&self.rarer, rarer), (&self.other, other)].map(|(word, mut numbers)| {
            word.put_in_order(&mut numbers);
            numbers.into_iter().map(|number| Interval::new(number, number)).collect::<Vec<_>>()
        });
        let (left, right) = if self.rarer_is_left { (&rarer, &other) } else { (&other, &rarer) };
        // Each word ends one of the shortest at the most, so that none is left out.
        near(left, right, Bond { near: Near::Words(self.words), turn: self.turn }, Wanted::Shortest, &mut false)
    }
}
