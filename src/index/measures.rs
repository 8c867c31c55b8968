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

/// The bytes of a number.
const NUMBER: usize = size_of::<u32>();

impl Measure {
    pub(super) const SIZE: usize = 2 * NUMBER;
}

/// The measures of a segment's documents: all places, and then all lengths. Who counts wants the one, and who looks for phrases the other, of
/// document after document. Clones are of the same.
#[derive(Clone)]
pub(super) struct Measures {
    places: OwnedBytes,
    lengths: OwnedBytes,
}

/// Writes measures as [`Measures::read`] has them.
pub(super) fn write(measures: &[Measure], out: &mut impl Write) -> io::Result<()> {
    measures.iter().try_for_each(|measure| out.write_all(&measure.place.to_le_bytes()))?;
    measures.iter().try_for_each(|measure| out.write_all(&measure.length.to_le_bytes()))
}

impl Measures {
    /// Measures as they were written.
    pub(super) fn read(bytes: &OwnedBytes) -> Self {
        let middle = bytes.len() / 2;
        Self { places: bytes.slice(0..middle), lengths: bytes.slice(middle..bytes.len()) }
    }

    /// How many documents there are.
    pub(super) fn len(&self) -> usize {
        self.places.len() / NUMBER
    }

    /// Those of `doc`.
    pub(super) fn of(&self, doc: DocId) -> Measure {
        Measure { place: self.place(doc), length: self.length(doc) }
    }

    /// Where `doc` stands.
    #[inline]
    pub(super) fn place(&self, doc: DocId) -> u32 {
        number(&self.places, doc)
    }

    /// How long `doc` is. Asked for each posting that is read: one look at whether it is there.
    #[inline]
    pub(super) fn length(&self, doc: DocId) -> u32 {
        number(&self.lengths, doc)
    }
}

#[inline]
fn number(numbers: &[u8], doc: DocId) -> u32 {
    let (numbers, _) = numbers.as_chunks::<NUMBER>();
    numbers.get(doc as usize).map_or(0, |number| u32::from_le_bytes(*number))
}
