//! Where pieces and passages are in an index that is open. The next commit may move them.

use tantivy::DocId;

use super::{Error, Reader, StoredPiece};

/// Where a piece is. In the order in which segments and their documents stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PieceAddress {
    /// The segment, by its number among those of the [`Reader`].
    pub segment: usize,
    /// The header in the segment.
    pub header: DocId,
}

/// Where a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PassageAddress {
    /// Where its piece is.
    pub piece: PieceAddress,
    /// The passage in the piece's segment.
    pub passage: DocId,
}

impl Reader {
    /// Where a piece is; `None` if it is not in the index any more.
    pub fn address_of(&self, piece: &StoredPiece) -> Result<Option<PieceAddress>, Error> {
        for (number, segment) in self.segments().iter().enumerate() {
            if let Some(header) = segment.header_of(piece)? {
                return Ok(Some(PieceAddress { segment: number, header }));
            }
        }
        Ok(None)
    }
}
