use std::cmp::Ordering;
use std::ops::Range;

use tantivy::DocId;

use super::block::owner;
use super::ends::Ends;
use super::fields::Meta;
use super::measures::Measures;
use super::{Error, Reader, StoredPiece};

/// Where the documents of a segment stand in their blocks, and their words in their pieces.
#[derive(Clone)]
pub struct Frame {
    ends: Ends,
    measures: Measures,
}

impl Frame {
    pub(super) fn new(ends: Ends, measures: Measures) -> Self {
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
        let first_word = |doc| self.measures.place(doc);
        let (mut low, mut high) = (doc, doc);
        while low > 0 && !self.is_end(low - 1) && first_word(low).saturating_add(before) > first_word(doc) {
            low -= 1;
        }
        while (high as usize) < self.measures.len()
            && !self.is_end(high + 1)
            && first_word(high + 1) < first_word(doc + 1).saturating_add(behind)
        {
            high += 1;
        }
        (low, high)
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
