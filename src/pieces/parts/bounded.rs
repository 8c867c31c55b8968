use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use crate::pieces::Reason;

/// What comes out of a decompressor, as far as a budget goes that all decompressors of a file share.
pub(super) struct Bounded<R> {
    inner: R,
    left: Rc<Cell<u64>>,
}

impl<R> Bounded<R> {
    pub(super) fn new(inner: R, left: &Rc<Cell<u64>>) -> Self {
        Self { inner, left: Rc::clone(left) }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer).map_err(broken)?;
        let left = self.left.get().checked_sub(read as u64).ok_or_else(|| io::Error::other(Exhausted))?;
        self.left.set(left);
        Ok(read)
    }
}

/// Decompressors have many kinds of errors for bytes that are wrong; what the system says is passed on.
fn broken(error: io::Error) -> io::Error {
    if error.raw_os_error().is_some() || matches!(error.get_ref(), Some(inner) if inner.is::<Exhausted>()) {
        return error;
    }
    io::Error::new(io::ErrorKind::InvalidData, error)
}

#[derive(Debug, thiserror::Error)]
#[error("more comes out than is allowed")]
struct Exhausted;

/// Why a part cannot be read, for an error of reading it. `allowed` is how much might come out of it.
pub(in crate::pieces) fn reason(error: &io::Error, allowed: u64) -> Reason {
    let mut inner = error.get_ref();
    while let Some(cause) = inner {
        if cause.is::<Exhausted>() {
            return Reason::Expands(allowed);
        }
        inner = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    }
    match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof | io::ErrorKind::Other => {
            Reason::Broken(error.to_string())
        }
        _ => Reason::Unreadable(error.to_string()),
    }
}

/// The first `count` bytes, or all if there are fewer.
pub(super) fn peek(reader: &mut dyn Read, count: usize) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(count);
    reader.take(count as u64).read_to_end(&mut head)?;
    Ok(head)
}
