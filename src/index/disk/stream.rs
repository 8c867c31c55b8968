use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tantivy::HasLen;
use tantivy::directory::error::OpenReadError;
use tantivy::directory::{Directory, FileHandle, MmapDirectory, OwnedBytes};

/// A file that is read from the front to the back, a part at a time, as when segments are merged.
///
/// What has been read of a mapped file counts as memory of the process until the file is closed, which here would be all that is merged.
pub(super) struct Stream {
    name: PathBuf,
    len: usize,
    /// Where the file is mapped while a large part of it is asked for.
    folder: MmapDirectory,
    part: Mutex<Part>,
}

/// The part of a file that was read last.
struct Part {
    file: File,
    start: usize,
    bytes: OwnedBytes,
}

/// The bytes that are read at a time at the least, and at the most if less is asked for: twice as many each time while one part follows another.
const LEAST: usize = 4 << 10;
const MOST: usize = 256 << 10;
/// More bytes that are asked for at one go are not read but mapped, until they are no longer needed.
const LARGE: usize = 1 << 20;

impl Stream {
    /// The file called `name` in the folder at `path`, which is that of `folder`.
    pub(super) fn open(folder: &MmapDirectory, path: &Path, name: &Path) -> Result<Self, OpenReadError> {
        let wrap = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(name.to_owned()),
            _ => OpenReadError::wrap_io_error(error, name.to_owned()),
        };
        let file = File::open(path.join(name)).map_err(wrap)?;
        let len = file.metadata().map_err(wrap)?.len();
        Ok(Self {
            name: name.to_owned(),
            len: usize::try_from(len).map_err(|error| wrap(io::Error::other(error)))?,
            folder: folder.clone(),
            part: Mutex::new(Part { file, start: 0, bytes: OwnedBytes::empty() }),
        })
    }
}

impl Part {
    /// The bytes of this range, if they are in this part.
    fn get(&self, range: &Range<usize>) -> Option<OwnedBytes> {
        let (from, to) = (range.start.checked_sub(self.start)?, range.end.checked_sub(self.start)?);
        (from <= to && to <= self.bytes.len()).then(|| self.bytes.slice(from..to))
    }

    /// Reads the part that begins with `range`, of a file of `len` bytes.
    fn read(&mut self, range: &Range<usize>, len: usize) -> io::Result<()> {
        let follows = (self.start..=self.start + self.bytes.len()).contains(&range.start);
        let ahead = if follows { (self.bytes.len() * 2).clamp(LEAST, MOST) } else { LEAST };
        let room = len.saturating_sub(range.start).min(range.len().max(ahead));
        let mut bytes = vec![0; room];
        self.file.seek(SeekFrom::Start(range.start as u64))?;
        self.file.read_exact(&mut bytes)?;
        (self.start, self.bytes) = (range.start, OwnedBytes::new(bytes));
        Ok(())
    }
}

impl FileHandle for Stream {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.len() > LARGE {
            let mapped = self.folder.get_file_handle(&self.name).map_err(io::Error::other)?;
            return mapped.read_bytes(range);
        }
        let mut part = self.part.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bytes) = part.get(&range) {
            return Ok(bytes);
        }
        part.read(&range, self.len)?;
        part.get(&range).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

impl HasLen for Stream {
    fn len(&self) -> usize {
        self.len
    }
}

impl fmt::Debug for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stream").field("name", &self.name).field("len", &self.len).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_part_is_as_in_the_file(
            len in prop_oneof![0_usize..100, 0_usize..3_000_000],
            asked in prop::collection::vec(
                (any::<prop::sample::Index>(), prop_oneof![0_usize..50, 0_usize..20_000, 0_usize..2_000_000], any::<bool>()),
                1..60,
            ),
        ) {
            let folder = tempfile::tempdir().unwrap();
            let bytes: Vec<u8> = (0..len).map(|at| ((at * 31) >> 3).to_le_bytes()[0]).collect();
            std::fs::write(folder.path().join("a"), &bytes).unwrap();
            let stream = Stream::open(&MmapDirectory::open(folder.path()).unwrap(), folder.path(), Path::new("a")).unwrap();
            prop_assert_eq!(stream.len(), len);
            let mut end = 0;
            for (at, size, follows) in asked {
                let start = if follows { end } else { at.index(len + 1) };
                end = len.min(start + size);
                let read = stream.read_bytes(start..end).unwrap();
                prop_assert_eq!(read.as_slice(), &bytes[start..end]);
            }
        }
    }

    #[test]
    fn what_is_not_there_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let mapped = MmapDirectory::open(folder.path()).unwrap();
        assert!(matches!(Stream::open(&mapped, folder.path(), Path::new("a")), Err(OpenReadError::FileDoesNotExist(_))));
        std::fs::write(folder.path().join("a"), b"four").unwrap();
        let stream = Stream::open(&mapped, folder.path(), Path::new("a")).unwrap();
        assert!(stream.read_bytes(2..9).is_err());
        // A file that was cut since is no reason to stop but an error.
        std::fs::write(folder.path().join("a"), b"on").unwrap();
        assert!(stream.read_bytes(0..4).is_err());
    }
}
