use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

use crate::index::BlockMap;
use crate::retrieve::docs::seek;

/// A word that stands wherever any of some tokens does.
pub(in crate::retrieve) struct Word(pub(in crate::retrieve) Vec<SegmentPostings>);

impl Word {
    /// In how many documents its tokens stand, those with several counted for each.
    pub(super) fn frequency(&self) -> u64 {
        self.0.iter().map(|postings| u64::from(postings.doc_freq())).sum()
    }

    /// The first document at or behind `from` in which it stands. It never goes back.
    pub(in crate::retrieve) fn seek(&mut self, from: DocId) -> DocId {
        self.0.iter_mut().map(|postings| seek(postings, from)).min().unwrap_or(TERMINATED)
    }

    /// Adds the numbers at which it stands in the documents from `first` to `last` of the block of `header`, as far as it has not gone past
    /// them, and tells the last such document. To be put in order at the end.
    pub(super) fn read(&mut self, block_map: &BlockMap, header: DocId, (first, last): (DocId, DocId), out: &mut Vec<u32>) -> Option<DocId> {
        self.0.iter_mut().filter_map(|postings| read(postings, block_map, header, (first, last), out)).max()
    }

    /// Adds the numbers in `doc`, which it has not gone past, at which it stands there, in order.
    pub(in crate::retrieve) fn read_in(&mut self, doc: DocId, out: &mut Vec<u32>) {
        for postings in &mut self.0 {
            if seek(postings, doc) == doc {
                postings.append_positions_with_offset(0, out);
                postings.advance();
            }
        }
        self.put_in_order(out);
    }

    /// Puts numbers that were read in order.
    pub(super) fn put_in_order(&self, numbers: &mut Vec<u32>) {
        if self.0.len() > 1 {
            numbers.sort_unstable();
            numbers.dedup();
        }
    }
}

/// Adds the numbers of the words of the block of `header` at which a token stands.
pub(super) fn numbers(postings: &mut SegmentPostings, block_map: &BlockMap, header: DocId, out: &mut Vec<u32>) {
    read(postings, block_map, header, (block_map.first_passage(header), header), out);
}

/// The same of the documents from `first` to `last`; tells the last in which it stands.
fn read(
    postings: &mut SegmentPostings,
    block_map: &BlockMap,
    header: DocId,
    (first, last): (DocId, DocId),
    out: &mut Vec<u32>,
) -> Option<DocId> {
    let mut found = None;
    let mut doc = seek(postings, first);
    while doc <= last {
        postings.append_positions_with_offset(block_map.first_word(doc, header), out);
        found = Some(doc);
        doc = postings.advance();
    }
    found
}

/// Where to look next for a word that stands in `doc`, when another that has to stand near it is found first at `there`, too far behind.
pub(super) fn next(block_map: &BlockMap, doc: DocId, there: DocId) -> DocId {
    if block_map.header_of(doc) < there { block_map.first_passage(block_map.header_of(there)) } else { doc + 1 }
}
