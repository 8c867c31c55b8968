//! Records of one size, one behind the other in a file, each read where it stands.

use std::io::{self, Write};

use tantivy::directory::OwnedBytes;
#[cfg(test)]
use tantivy::directory::{AntiCallToken, TerminatingWrite};

/// Something of which many stand in a row, each of the same size.
pub(in crate::index) trait Record: Sized {
    const SIZE: usize;
    /// Writes it.
    fn put(&self, out: &mut impl Write) -> io::Result<()>;
    /// Reads it from the beginning of `bytes`.
    fn get(bytes: &[u8]) -> Option<Self>;
}

/// Records one behind the other.
#[derive(Clone)]
pub(in crate::index) struct Records {
    bytes: OwnedBytes,
    len: usize,
}

impl Records {
    /// So many records as they were written.
    pub(in crate::index) const fn read(bytes: OwnedBytes, len: usize) -> Self {
        Self { bytes, len }
    }

    pub(in crate::index) const fn len(&self) -> usize {
        self.len
    }

    /// The record at this place.
    #[inline]
    pub(in crate::index) fn at<R: Record>(&self, at: usize) -> Option<R> {
        self.bytes.get(at.checked_mul(R::SIZE)?..).and_then(R::get)
    }

    /// All of them.
    pub(super) fn all<R: Record>(&self) -> impl Iterator<Item = R> {
        (0..self.len).map_while(|at| self.at(at))
    }

    /// The place of the first record of which `is_before` does not hold, between `from` and `end`.
    pub(super) fn partition_point<R: Record>(&self, mut from: usize, mut end: usize, is_before: impl Fn(&R) -> bool) -> usize {
        while from < end {
            let middle = from + (end - from) / 2;
            match self.at(middle) {
                Some(record) if is_before(&record) => from = middle + 1,
                _ => end = middle,
            }
        }
        from
    }
}

/// A file that is kept in memory.
#[cfg(test)]
pub(super) struct Kept<'k>(pub(super) &'k mut Vec<u8>);

#[cfg(test)]
impl Write for Kept<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
impl TerminatingWrite for Kept<'_> {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        Ok(())
    }
}
