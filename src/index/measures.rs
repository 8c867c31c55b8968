//! The numbers that every document that matches is asked for.

use std::io::{self, Write};

use tantivy::DocId;
use tantivy::directory::OwnedBytes;

/// The numbers of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Measure {
    /// Where it stands: a passage in its piece, by the number of its first word; a header on the shelf, by its row.
    pub(super) place: u32,
    /// How long it is for ranking, in words; a header is as long as its piece.
    pub(super) length: u32,
}

impl Measure {
    pub(super) const SIZE: usize = 8;

    /// Writes it as [`Measures::read`] has it.
    pub(super) fn put(self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(&self.place.to_le_bytes())?;
        out.write_all(&self.length.to_le_bytes())
    }
}

/// The measures of a segment's documents. Clones are of the same.
#[derive(Clone)]
pub(super) struct Measures(OwnedBytes);

impl Measures {
    /// Measures as they were written.
    pub(super) const fn read(bytes: OwnedBytes) -> Self {
        Self(bytes)
    }

    /// How many documents there are.
    pub(super) fn len(&self) -> usize {
        self.0.len() / Measure::SIZE
    }

    /// That of `doc`. Asked for each posting that is read: one look at whether it is there.
    #[inline]
    pub(super) fn of(&self, doc: DocId) -> Measure {
        let (records, _) = self.0.as_chunks::<{ Measure::SIZE }>();
        let Some(&[a, b, c, d, e, f, g, h]) = records.get(doc as usize) else { return Measure::default() };
        Measure { place: u32::from_le_bytes([a, b, c, d]), length: u32::from_le_bytes([e, f, g, h]) }
    }
}
