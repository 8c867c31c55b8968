//! What a new segment keeps in a file until it is written.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// A file without a name, which the system takes away with whoever has opened it, even one that is killed.
#[derive(Debug)]
pub(super) struct Aside {
    file: File,
    /// How many bytes each part has, in the order in which they were added.
    parts: Vec<usize>,
}

impl Aside {
    /// An empty one, on the disk of `folder`.
    pub(super) fn in_folder(folder: &Path) -> io::Result<Self> {
        Ok(Self { file: tempfile::tempfile_in(folder)?, parts: Vec::new() })
    }

    /// Adds `parts`, which are read again as they are.
    pub(super) fn add(&mut self, parts: impl Iterator<Item = Vec<u8>>) -> io::Result<()> {
        self.file.seek(SeekFrom::End(0))?;
        for part in parts {
            self.file.write_all(&part)?;
            self.parts.push(part.len());
        }
        Ok(())
    }

    /// Calls `take` with each part.
    pub(super) fn each(&self, mut take: impl FnMut(&[u8])) -> io::Result<()> {
        let mut file = &self.file;
        file.seek(SeekFrom::Start(0))?;
        let mut part = Vec::new();
        for &size in &self.parts {
            part.resize(size, 0);
            file.read_exact(&mut part)?;
            take(&part);
        }
        Ok(())
    }
}
