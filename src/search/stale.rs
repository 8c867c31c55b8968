//! Which pieces are no longer as their files are.

use std::cell::RefCell;

use foldhash::HashMap;

use crate::index::{PieceAddress, Reader, StoredPiece};

/// Asks the system whether files have changed since they were read, and remembers what it says: a batch shows most of its pieces several times.
pub(super) struct Stale<'r> {
    reader: &'r Reader,
    known: RefCell<HashMap<PieceAddress, bool>>,
}

/// Of so many pieces it is remembered; then all are forgotten.
const REMEMBERED: usize = 10_000;

impl<'r> Stale<'r> {
    pub(super) fn new(reader: &'r Reader) -> Self {
        Self { reader, known: RefCell::default() }
    }

    /// Whether the file of `piece`, which is at `address`, has changed since it was read, or is gone: as it was when that was asked first.
    pub(super) fn is(&self, address: PieceAddress, piece: &StoredPiece) -> bool {
        let mut known = self.known.borrow_mut();
        if known.len() >= REMEMBERED {
            known.clear();
        }
        *known.entry(address).or_insert_with(|| self.reader.is_stale(piece))
    }
}
