use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

use super::Interval;
use crate::index::Frame;
use crate::retrieve::docs::seek;

/// Single words that follow each other.
///
/// The rarest leads, and the others are asked in the order of their rarity: phrases have words that are everywhere, and those meet the rest in
/// many pieces, and in few passages.
pub(super) struct Phrase {
    /// The rarest first.
    words: Vec<Word>,
    /// Where the last word stands, counted from the first.
    last: u32,
    /// Where it may begin, and the numbers of a word, in room that is used again.
    starts: Vec<u32>,
    numbers: Vec<u32>,
}

/// A word of a phrase.
struct Word {
    /// Where it stands, counted from the first.
    place: u32,
    /// Any of these is it.
    postings: Vec<SegmentPostings>,
}

impl Phrase {
    /// The phrase of words, each of which is any of some postings.
    pub(super) fn new(words: impl Iterator<Item = Vec<SegmentPostings>>) -> Self {
        let mut words: Vec<Word> = (0..).zip(words).map(|(place, postings)| Word { place, postings }).collect();
        let last = words.last().map_or(0, |word| word.place);
        let frequency = |word: &Word| word.postings.iter().map(|postings| u64::from(postings.doc_freq())).sum::<u64>();
        words.sort_by_key(frequency);
        Self { words, last, starts: Vec::new(), numbers: Vec::new() }
    }

    /// The first document at or behind `from` in which the rarest word stands, and the others so near to it that they may follow each other.
    /// To be called with growing `from`.
    pub(super) fn seek(&mut self, frame: &Frame, from: DocId) -> DocId {
        let Some((rarest, others)) = self.words.split_first_mut() else { return TERMINATED };
        let mut doc = rarest.seek(from);
        'docs: while doc != TERMINATED {
            let (low, high) = frame.around(doc, rarest.place, self.last - rarest.place);
            for other in &mut *others {
                let (low, high) = if other.place < rarest.place { (low, doc) } else { (doc, high) };
                let there = other.seek(low);
                if there == TERMINATED {
                    return TERMINATED;
                }
                if there > high {
                    let next = if frame.header_of(doc) < there { frame.first_passage(frame.header_of(there)) } else { doc + 1 };
                    doc = rarest.seek(next);
                    continue 'docs;
                }
            }
            return doc;
        }
        TERMINATED
    }

    /// Where it stands in the block of `header`, which is not before any that was read.
    pub(super) fn read(&mut self, frame: &Frame, header: DocId) -> Vec<Interval> {
        let Self { words, last, starts, numbers } = self;
        let Some((rarest, others)) = words.split_first_mut() else { return Vec::new() };
        starts.clear();
        rarest.numbers(frame, header, starts);
        starts.retain_mut(|number| {
            let start = number.checked_sub(rarest.place);
            *number = start.unwrap_or_default();
            start.is_some()
        });
        for other in others {
            if starts.is_empty() {
                break;
            }
            other.keep(starts, frame, header, numbers);
        }
        starts.iter().map(|&start| Interval::new(start, start.saturating_add(*last))).collect()
    }
}

impl Word {
    /// The first document at or behind `from` in which it stands.
    fn seek(&mut self, from: DocId) -> DocId {
        self.postings.iter_mut().map(|postings| seek(postings, from)).min().unwrap_or(TERMINATED)
    }

    /// The numbers in the block of `header` at which it stands, in order.
    fn numbers(&mut self, frame: &Frame, header: DocId, out: &mut Vec<u32>) {
        for postings in &mut self.postings {
            numbers(postings, frame, header, out);
        }
        self.put_in_order(out);
    }

    /// Leaves of `starts`, numbers at which the phrase may begin, in order, those from which it stands at its place.
    fn keep(&mut self, starts: &mut Vec<u32>, frame: &Frame, header: DocId, numbers: &mut Vec<u32>) {
        numbers.clear();
        for postings in &mut self.postings {
            numbers_near(postings, frame, header, (starts, self.place), numbers);
        }
        self.put_in_order(numbers);
        let mut numbers = numbers.iter().copied().peekable();
        starts.retain(|start| {
            let wanted = start + self.place;
            while numbers.next_if(|&number| number < wanted).is_some() {}
            numbers.peek() == Some(&wanted)
        });
    }

    fn put_in_order(&self, numbers: &mut Vec<u32>) {
        if self.postings.len() > 1 {
            numbers.sort_unstable();
            numbers.dedup();
        }
    }
}

/// Adds the numbers of the words of the block of `header` at which a token stands.
pub(super) fn numbers(postings: &mut SegmentPostings, frame: &Frame, header: DocId, out: &mut Vec<u32>) {
    let mut doc = seek(postings, frame.first_passage(header));
    while doc <= header {
        postings.append_positions_with_offset(frame.first_word(doc, header), out);
        doc = postings.advance();
    }
}

/// The same, of those documents alone in which the words stand that are so many words behind `starts`, which come in order.
fn numbers_near(postings: &mut SegmentPostings, frame: &Frame, header: DocId, (starts, words): (&[u32], u32), out: &mut Vec<u32>) {
    let mut starts = starts;
    let mut doc = seek(postings, frame.first_passage(header));
    while doc <= header {
        let of_doc = frame.words_of(doc, header);
        starts = starts.get(starts.partition_point(|start| start + words < of_doc.start)..).unwrap_or_default();
        let Some(next) = starts.first() else { break };
        if next + words < of_doc.end {
            postings.append_positions_with_offset(of_doc.start, out);
            doc = postings.advance();
        } else {
            // Where few documents are left, to look at each costs less than to find the one.
            let near = header - doc < FEW;
            doc = seek(postings, if near { doc + 1 } else { frame.document_of(next + words, header) });
        }
    }
}

/// See [`numbers_near`].
const FEW: u32 = 16;
