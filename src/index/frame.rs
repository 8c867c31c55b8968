use std::cmp::Ordering;
use std::ops::Range;

use tantivy::DocId;

use super::block::owner;
use super::fields::Meta;
use super::flags::Flags;
use super::measures::{BRIEF, Measures};
use super::{Error, Reader, StoredPiece};

/// Where the documents of a segment stand in their blocks, and their words in their pieces.
#[derive(Clone)]
pub struct Frame {
    ends: Flags,
    measures: Measures,
}

impl Frame {
    pub(super) fn new(ends: Flags, measures: Measures) -> Self {
        Self { ends, measures }
    }

    /// Whether `doc` is the last of its block: a header or a file's document.
    pub(super) fn is_end(&self, doc: DocId) -> bool {
        self.ends.contains(doc)
    }

    /// Whether `doc` is the header of a block: the last document of one, with passages before it.
    pub(super) fn is_header(&self, doc: DocId) -> bool {
        self.is_end(doc) && self.first_passage(doc) != doc
    }

    /// Whether `doc` is a file's document: it stands in no block.
    pub(super) fn is_file(&self, doc: DocId) -> bool {
        self.is_end(doc) && self.first_passage(doc) == doc
    }

    /// The number of a title's first word. Titles are numbered far from every text, so that nothing reaches from one into the other.
    pub const TITLE: u32 = 1 << 30;

    /// The header of the block in which `doc` stands; [`tantivy::TERMINATED`] behind the last.
    #[must_use]
    pub fn header_of(&self, doc: DocId) -> DocId {
        self.ends.at_or_after(doc)
    }

    /// The first passage of the block whose header is `header`; [`tantivy::TERMINATED`] behind the last.
    #[must_use]
    pub fn first_passage(&self, header: DocId) -> DocId {
        self.ends.after_the_one_before(header)
    }

    /// Where a header stands among all of the segment.
    #[inline]
    #[must_use]
    pub fn row(&self, header: DocId) -> u32 {
        self.measures.place(header)
    }

    /// How long a document is for ranking, in words; a header is as long as its piece.
    #[inline]
    #[must_use]
    pub fn length(&self, doc: DocId) -> u32 {
        self.measures.length(doc)
    }

    /// How many terms the title of a header has: what its piece has beyond its passages. Few pieces are asked, so that none keeps it.
    #[must_use]
    pub fn title_length(&self, header: DocId) -> u32 {
        let passages = self.first_passage(header)..header;
        passages.fold(self.length(header), |rest, passage| rest.saturating_sub(self.length(passage)))
    }

    /// The number in its piece of the first word of `doc`, a document of the block with `header`.
    #[must_use]
    pub fn first_word(&self, doc: DocId, header: DocId) -> u32 {
        if doc == header { Self::TITLE } else { self.measures.place(doc).min(Self::TITLE - 1) }
    }

    /// The numbers in its piece of the words of `doc`, a document of the block with `header`.
    #[must_use]
    pub fn words_of(&self, doc: DocId, header: DocId) -> Range<u32> {
        let end = match doc.cmp(&header) {
            Ordering::Less if doc + 1 < header => self.first_word(doc + 1, header),
            Ordering::Less => Self::TITLE,
            _ => u32::MAX,
        };
        self.first_word(doc, header)..end
    }

    /// The first and the last document of the block of `doc` that have words at the most so many before the words of `doc`, or behind them.
    /// A title stands by itself.
    #[must_use]
    pub fn around(&self, doc: DocId, before: u32, behind: u32) -> (DocId, DocId) {
        if self.is_end(doc) {
            return (doc, doc);
        }
        (self.before(doc, before), self.behind(doc, behind))
    }

    /// The first document of the block of a passage that has words at the most so many before those of the passage.
    fn before(&self, doc: DocId, words: u32) -> DocId {
        let is_first = |doc: DocId| doc == 0 || self.is_end(doc - 1);
        // Mostly it is the one before, which bits tell: numbers of words are in memory that is further away.
        if words == 0 || is_first(doc) {
            return doc;
        }
        if words <= BRIEF && !self.measures.is_brief(doc - 1) {
            return doc - 1;
        }
        let mut low = doc;
        while !is_first(low) && self.measures.place(low).saturating_add(words) > self.measures.place(doc) {
            low -= 1;
        }
        low
    }

    /// The last document of the block of a passage that has words at the most so many behind those of the passage.
    fn behind(&self, doc: DocId, words: u32) -> DocId {
        let is_last = |doc: DocId| doc as usize >= self.measures.len() || self.is_end(doc + 1);
        if words == 0 || is_last(doc) {
            return doc;
        }
        if is_last(doc + 1) || words <= BRIEF && !self.measures.is_brief(doc + 1) {
            return doc + 1;
        }
        let mut high = doc;
        while !is_last(high) && self.measures.place(high + 1) < self.measures.place(doc + 1).saturating_add(words) {
            high += 1;
        }
        high
    }

    /// The document in which word `number` of the block with `header` stands.
    #[must_use]
    pub fn document_of(&self, number: u32, header: DocId) -> DocId {
        if number >= Self::TITLE {
            return header;
        }
        // The last passage that begins at or before the word: passages without words begin where the next one does.
        let (mut low, mut high) = (self.first_passage(header), header);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.first_word(middle, header) <= number { low = middle + 1 } else { high = middle }
        }
        low.saturating_sub(1).max(self.first_passage(header))
    }
}

impl Reader {
    /// Where a piece is: its segment's number and its header.
    pub fn place_of(&self, piece: &StoredPiece) -> Result<Option<(usize, DocId)>, Error> {
        let key = owner(piece.root, &piece.path);
        for (number, segment) in self.segments().iter().enumerate() {
            for header in segment.headers_with(Meta::Owner(&key))? {
                if segment.piece(header)?.is_at(piece) {
                    return Ok(Some((number, header)));
                }
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::directory::OwnedBytes;

    use super::super::flags::NewFlags;
    use super::super::measures::{self, Measure};
    use super::*;

    /// The frame of blocks, each with how many words its passages have. A block without passages is a file's document.
    fn frame(blocks: &[Vec<u32>]) -> Frame {
        let (mut ends, mut all) = (NewFlags::default(), Vec::new());
        for (row, block) in (0..).zip(blocks) {
            let mut place = 0;
            for words in block {
                all.push(Measure { place, length: *words });
                ends.push(false);
                place += words;
            }
            all.push(Measure { place: row, length: place });
            ends.push(true);
        }
        let (mut measures, mut bits) = (Vec::new(), Vec::new());
        measures::write(&all, &mut measures).unwrap();
        ends.put(&mut bits).unwrap();
        assert_eq!(Some(measures.len()), Measures::size(all.len()));
        Frame::new(Flags::read(OwnedBytes::new(bits)), Measures::read(&OwnedBytes::new(measures), all.len()))
    }

    proptest! {
        #[test]
        fn documents_around_are_those_that_a_look_at_each_finds(
            blocks in prop::collection::vec(prop::collection::vec(prop_oneof![0_u32..4, 0_u32..60], 0..7), 1..6),
            before in prop_oneof![0_u32..5, 0_u32..90],
            behind in prop_oneof![0_u32..5, 0_u32..90],
        ) {
            let frame = frame(&blocks);
            let mut first = 0;
            for block in &blocks {
                let header = first + u32::try_from(block.len()).unwrap();
                // Where the words of a passage of the block begin.
                let place = |doc: DocId| block.iter().take((doc - first) as usize).sum::<u32>();
                for doc in first..header {
                    let low = (first..doc).find(|&other| place(other + 1) + before > place(doc));
                    let high = (doc + 1..header).rfind(|&other| place(other) < place(doc + 1) + behind);
                    prop_assert_eq!(frame.around(doc, before, behind), (low.unwrap_or(doc), high.unwrap_or(doc)), "{} of {:?}", doc - first, block);
                }
                prop_assert_eq!(frame.around(header, before, behind), (header, header));
                first = header + 1;
            }
        }
    }
}
