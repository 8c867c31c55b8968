use tantivy::{DocId, TERMINATED};

use super::Source;
use crate::index::Frame;

/// A walk over the documents in which places begin.
pub(in crate::retrieve) struct Spots {
    source: Source,
    frame: Frame,
    /// The header of the block that was read, and its documents with how many places begin in each.
    header: Option<DocId>,
    docs: Vec<(DocId, u32)>,
    at: usize,
}

impl Spots {
    pub(in crate::retrieve) fn new(source: Source, frame: Frame) -> Self {
        Self { source, frame, header: None, docs: Vec::new(), at: 0 }
    }

    /// Goes on to the first document at or behind `target`.
    pub(in crate::retrieve) fn seek(&mut self, target: DocId) -> DocId {
        loop {
            while let Some(&(doc, _)) = self.docs.get(self.at) {
                if doc >= target {
                    return doc;
                }
                self.at += 1;
            }
            let from = match self.header {
                Some(TERMINATED) => return TERMINATED,
                Some(header) if header >= target => header + 1,
                // A block is read from its beginning, whatever of it is wanted.
                _ => self.frame.first_passage(self.frame.header_of(target)),
            };
            self.read(from);
        }
    }

    fn read(&mut self, from: DocId) {
        let header = self.source.seek(from);
        self.header = Some(header);
        self.docs.clear();
        self.at = 0;
        if header == TERMINATED {
            return;
        }
        for interval in self.source.read(header) {
            let doc = self.frame.document_of(interval.first, header);
            match self.docs.last_mut() {
                Some((last, times)) if *last == doc => *times += 1,
                _ => self.docs.push((doc, 1)),
            }
        }
    }

    /// How many places begin in the document at hand.
    pub(in crate::retrieve) fn times(&self) -> u32 {
        self.docs.get(self.at).map_or(0, |&(_, times)| times)
    }
}
