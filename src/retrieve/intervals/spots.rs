use std::cell::RefCell;
use std::rc::Rc;

use tantivy::{DocId, TERMINATED};

use super::{Interval, Source};
use crate::index::BlockMap;

/// Where something stands, block by block: the blocks and documents that have it, and its places. What was read last is remembered, so that
/// who matches, who marks and who ranks can share it.
pub(in crate::retrieve) struct Spots {
    source: Source,
    block_map: BlockMap,
    /// The header of the block that was read, its documents with how many places stand in each, and its places, once they are known.
    header: Option<DocId>,
    docs: Vec<(DocId, u32)>,
    places: Option<Vec<Interval>>,
}

/// One that several may ask.
pub(in crate::retrieve) type SharedSpots = Rc<RefCell<Spots>>;

impl Spots {
    pub(in crate::retrieve) fn new(source: Source, block_map: BlockMap) -> Self {
        Self { source, block_map, header: None, docs: Vec::new(), places: None }
    }

    /// The first document at or behind `target` that has it. To be called with growing `target`.
    pub(in crate::retrieve) fn seek(&mut self, target: DocId) -> DocId {
        loop {
            if let Some(&(doc, _)) = self.docs.iter().find(|(doc, _)| *doc >= target) {
                return doc;
            }
            let from = match self.header {
                Some(TERMINATED) => return TERMINATED,
                Some(header) if header >= target => header + 1,
                // A block is read from its beginning, whatever of it is wanted.
                _ => self.block_map.first_passage(self.block_map.header_of(target)),
            };
            let header = self.source.seek(from);
            self.read(header);
        }
    }

    /// The documents of the block of `header` in which places stand, all or in part, each with how many do. To be called with growing `header`,
    /// none of which may be passed over by a call of [`Self::seek`].
    pub(in crate::retrieve) fn docs(&mut self, header: DocId) -> &[(DocId, u32)] {
        if self.header.is_none_or(|known| known < header) {
            // What stands further on is not worth reading yet.
            self.read(header);
        }
        if self.header == Some(header) { &self.docs } else { &[] }
    }

    /// The places in the block of `header`; to be called as [`Self::docs`] is.
    pub(in crate::retrieve) fn places(&mut self, header: DocId) -> &[Interval] {
        if self.docs(header).is_empty() {
            return &[];
        }
        self.places.get_or_insert_with(|| self.source.places(header))
    }

    fn read(&mut self, header: DocId) {
        let Self { source, block_map, docs, .. } = self;
        self.header = Some(header);
        docs.clear();
        self.places = None;
        if header == TERMINATED || source.each_place(header, |over| block_map.with_words(over, header).for_each(|doc| count(docs, doc))) {
            return;
        }
        let places = source.read(header);
        // Places come in order, and most stand in one document.
        let (mut doc, mut words) = (header, 0..0);
        for interval in &places {
            if !words.contains(&interval.first) {
                doc = block_map.document_of(interval.first, header);
                words = block_map.words_of(doc, header);
            }
            if words.contains(&interval.last) {
                count(docs, doc);
            } else {
                block_map.with_words(doc..=block_map.document_of(interval.last, header), header).for_each(|doc| count(docs, doc));
            }
        }
        self.places = Some(places);
    }

    /// Whether some places of some piece were not looked at.
    pub(in crate::retrieve) fn is_over(&self) -> bool {
        self.source.is_over()
    }
}

/// Counts one more place in a document.
fn count(docs: &mut Vec<(DocId, u32)>, doc: DocId) {
    match docs.binary_search_by_key(&doc, |&(known, _)| known) {
        Ok(at) => docs[at].1 += 1,
        Err(at) => docs.insert(at, (doc, 1)),
    }
}
