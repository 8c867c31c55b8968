use std::sync::Arc;

use tantivy::DocId;
use tantivy::columnar::Column;

use super::block::owner;
use super::ends::Ends;
use super::fields::Meta;
use super::{Error, Reader, Segment, StoredPiece};

/// Where the documents of a segment stand in their blocks, and their words in their pieces.
#[derive(Clone)]
pub struct Frame {
    ends: Arc<Ends>,
    first_word: Column<u64>,
}

impl Frame {
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

    /// The number in its piece of the first word of `doc`, a document of the block with `header`.
    #[must_use]
    pub fn first_word(&self, doc: DocId, header: DocId) -> u32 {
        if doc == header { Self::TITLE } else { small(self.first_word.first(doc)).min(Self::TITLE - 1) }
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

impl Segment {
    /// The header of the block in which `doc` stands; [`tantivy::TERMINATED`] behind the last.
    #[must_use]
    pub fn header_of(&self, doc: DocId) -> DocId {
        self.ends.at_or_after(doc)
    }

    /// The first passage of the block whose header is `header`.
    #[must_use]
    pub fn first_passage(&self, header: DocId) -> DocId {
        self.ends.after_the_one_before(header)
    }

    /// Where the documents of this segment stand.
    #[must_use]
    pub fn frame(&self) -> Frame {
        Frame { ends: Arc::clone(&self.ends), first_word: self.columns().first_word.clone() }
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

fn small(value: Option<u64>) -> u32 {
    value.and_then(|value| u32::try_from(value).ok()).unwrap_or_default()
}
