//! The numbers that every document that matches is asked for.

use std::io::{self, Write};

use tantivy::DocId;
use tantivy::directory::OwnedBytes;

use super::flags::{Flags, NewFlags};

/// The numbers of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Measure {
    /// Where it stands: a passage in its piece, by the number of its first word; a header in the forward index, by its row.
    pub(super) place: u32,
    /// How long it is for ranking, in words; a header is as long as its piece.
    pub(super) length: u32,
}

/// The bytes of a number.
const NUMBER: usize = size_of::<u32>();

/// Passages of fewer words are brief. Few are, and of the others it need not be asked how long they are to know that nothing near reaches beyond.
pub(super) const BRIEF: u32 = 16;

/// The measures of a segment's documents: all places, then all lengths, then which passages are brief. Who counts wants the one, and who looks
/// for phrases the other, of document after document. Clones are of the same.
#[derive(Clone)]
pub(super) struct Measures {
    places: OwnedBytes,
    lengths: OwnedBytes,
    briefs: Flags,
}

/// Writes measures as [`Measures::read`] has them.
pub(super) fn write(measures: &[Measure], out: &mut impl Write) -> io::Result<()> {
    measures.iter().try_for_each(|measure| out.write_all(&measure.place.to_le_bytes()))?;
    measures.iter().try_for_each(|measure| out.write_all(&measure.length.to_le_bytes()))?;
    let mut briefs = NewFlags::default();
    let next = measures.iter().skip(1).map(|next| next.place).chain([u32::MAX]);
    measures.iter().zip(next).for_each(|(measure, next)| briefs.push(next < measure.place.saturating_add(BRIEF)));
    briefs.put(out)
}

impl Measures {
    /// The bytes that those of so many documents take in a file; `None` if they are more than there can be.
    pub(super) fn size(docs: usize) -> Option<usize> {
        docs.checked_mul(2 * NUMBER)?.checked_add(Flags::size(docs))
    }

    /// Measures of so many documents as they were written, in [`Self::size`] bytes.
    pub(super) fn read(bytes: &OwnedBytes, docs: usize) -> Self {
        let (middle, end) = (docs * NUMBER, docs * 2 * NUMBER);
        Self { places: bytes.slice(0..middle), lengths: bytes.slice(middle..end), briefs: Flags::read(bytes.slice(end..bytes.len())) }
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

    /// Whether a passage, with another behind it in its piece, is brief. Of other documents nothing is said.
    pub(super) fn is_brief(&self, passage: DocId) -> bool {
        self.briefs.contains(passage)
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
