use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

use super::Interval;
use super::word::{Word, next};
use crate::index::Frame;
use crate::retrieve::docs::seek;

/// Single words that follow each other.
///
/// The rarest leads, and the others are asked in the order of their rarity: phrases have words that are everywhere, and those meet the rest in
/// many pieces, and in few passages.
pub(super) struct Phrase {
    /// The rarest first.
    words: Vec<Placed>,
    /// Where the last word stands, counted from the first.
    last: u32,
    /// Where it may begin, in room that is used again.
    starts: Vec<u32>,
}

/// A word of a phrase.
struct Placed {
    /// Where it stands, counted from the first.
    place: u32,
    word: Word,
    /// The numbers at which it stands, of the block at hand, as far as they were needed; and the last document of which they were read.
    numbers: Vec<u32>,
    last: Option<DocId>,
}

impl Phrase {
    /// The phrase of words.
    pub(super) fn new(words: impl Iterator<Item = Word>) -> Self {
        let mut words: Vec<Placed> =
            (0..).zip(words).map(|(place, word)| Placed { place, word, numbers: Vec::new(), last: None }).collect();
        let last = words.last().map_or(0, |word| word.place);
        words.sort_by_key(|placed| placed.word.frequency());
        Self { words, last, starts: Vec::new() }
    }

    /// The first document at or behind `from` in which the rarest word stands, and the others so near to it that they may follow each other.
    /// To be called with growing `from`.
    pub(super) fn seek(&mut self, frame: &Frame, from: DocId) -> DocId {
        let Some((rarest, others)) = self.words.split_first_mut() else { return TERMINATED };
        let mut doc = rarest.word.seek(from);
        'docs: while doc != TERMINATED {
            let (low, high) = frame.around(doc, rarest.place, self.last - rarest.place);
            for other in &mut *others {
                let (low, high) = if other.place < rarest.place { (low, doc) } else { (doc, high) };
                let there = other.word.seek(low);
                if there == TERMINATED {
                    return TERMINATED;
                }
                if there > high {
                    doc = rarest.word.seek(next(frame, doc, there));
                    continue 'docs;
                }
            }
            return doc;
        }
        TERMINATED
    }

    /// Where it stands in the block of `header`, which is not before any that was read.
    pub(super) fn read(&mut self, frame: &Frame, header: DocId) -> Vec<Interval> {
        let Self { words, last, starts } = self;
        let Some((rarest, others)) = words.split_first_mut() else { return Vec::new() };
        let mut out = Vec::new();
        others.iter_mut().for_each(Placed::begin);
        let mut doc = rarest.word.seek(frame.first_passage(header));
        while doc <= header {
            let (low, high) = frame.around(doc, rarest.place, *last - rarest.place);
            let may_stand = |other: &mut Placed| {
                let (low, high) = if other.place < rarest.place { (low, doc) } else { (doc, high) };
                other.is_in(low, high)
            };
            // Where words stand in a passage is in memory that is far away, and costs more than in which passages they do.
            if others.iter_mut().all(may_stand) {
                starts.clear();
                rarest.word.read(frame, header, (doc, doc), starts);
                rarest.word.put_in_order(starts);
                starts.retain_mut(|number| {
                    let start = number.checked_sub(rarest.place);
                    *number = start.unwrap_or_default();
                    start.is_some()
                });
                for other in &mut *others {
                    if starts.is_empty() {
                        break;
                    }
                    other.keep(starts, frame, header);
                }
                out.extend(starts.iter().map(|&start| Interval::new(start, start.saturating_add(*last))));
            }
            doc = rarest.word.seek(doc + 1);
        }
        out
    }
}

impl Placed {
    /// Forgets what was read of another block.
    fn begin(&mut self) {
        self.numbers.clear();
        self.last = None;
    }

    /// Whether it stands in a document from `low` to `high`; to be asked with growing ones.
    fn is_in(&mut self, low: DocId, high: DocId) -> bool {
        self.last.is_some_and(|last| last >= low) || self.word.seek(low) <= high
    }

    /// Leaves of `starts`, numbers at which the phrase may begin, in order and behind those of the calls before, those from which it stands at its
    /// place.
    fn keep(&mut self, starts: &mut Vec<u32>, frame: &Frame, header: DocId) {
        let Self { place, word, numbers, last } = self;
        let known = numbers.len();
        for postings in &mut word.0 {
            *last = numbers_near(postings, frame, header, (starts, *place), numbers).max(*last);
        }
        // What was read before is of documents before these.
        if let (true, Some(new)) = (word.0.len() > 1, numbers.get_mut(known..)) {
            new.sort_unstable();
        }
        starts.retain(|start| numbers.binary_search(&(start + *place)).is_ok());
    }
}

/// Adds the numbers of the words of the block of `header` at which a token stands, of those documents alone in which the words stand that are so
/// many words behind `starts`, which come in order. Tells the last of those documents.
fn numbers_near(
    postings: &mut SegmentPostings,
    frame: &Frame,
    header: DocId,
    (mut starts, words): (&[u32], u32),
    out: &mut Vec<u32>,
) -> Option<DocId> {
    let mut last = None;
    let mut doc = seek(postings, frame.first_passage(header));
    while doc <= header {
        let of_doc = frame.words_of(doc, header);
        starts = starts.get(starts.partition_point(|start| start + words < of_doc.start)..).unwrap_or_default();
        let Some(next) = starts.first() else { break };
        if next + words < of_doc.end {
            postings.append_positions_with_offset(of_doc.start, out);
            last = Some(doc);
            doc = postings.advance();
        } else {
            // Where few documents are left, to look at each costs less than to find the one.
            let near = header - doc < FEW;
            doc = seek(postings, if near { doc + 1 } else { frame.document_of(next + words, header) });
        }
    }
    last
}

/// See [`numbers_near`].
const FEW: u32 = 16;
