//! Zip: the directory at its end says what is in it, so that it is read from the disk, or from memory where it lies in another archive.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use super::bounded::Bounded;
use super::{Flow, Place, Unpacker, inner, name_text};
use crate::pieces::Reason;

impl Unpacker<'_> {
    pub(super) fn zip(&mut self, place: &Place, reader: &mut dyn Read) -> Flow {
        if place.on_disk {
            return match File::open(self.path) {
                Ok(file) => self.zip_in(place, BufReader::new(file)),
                Err(error) => self.failed(place, &error),
            };
        }
        let limit = self.limits.file;
        let mut bytes = Vec::new();
        match reader.take(limit + 1).read_to_end(&mut bytes) {
            Err(error) => self.failed(place, &error),
            Ok(_) if bytes.len() as u64 > limit => self.leave_out(place, Reason::TooLarge { limit }),
            Ok(_) => self.zip_in(place, Cursor::new(bytes)),
        }
    }

    fn zip_in<R: Read + Seek>(&mut self, place: &Place, reader: R) -> Flow {
        let mut archive = match ZipArchive::new(reader) {
            Ok(archive) => archive,
            Err(error) => return self.leave_out(place, reason(&error)),
        };
        for at in 0..archive.len() {
            // The name is known also where the file cannot be opened.
            let name = archive.by_index_raw(at).map(|file| (name_text(file.name_raw()), file.is_dir() || file.is_symlink()));
            let name = match name {
                Ok((_, true)) => continue,
                Ok((name, false)) => name,
                Err(error) => {
                    self.leave_out(place, reason(&error))?;
                    continue;
                }
            };
            let Some(inner) = inner(place, &name) else { continue };
            self.entries += 1;
            if self.entries > self.limits.entries {
                return self.leave_out(place, Reason::Entries(self.limits.entries));
            }
            match (inner, archive.by_index(at)) {
                (Err(reason), _) => self.leave_out(&at_name(place, &name), reason)?,
                (Ok(inner), Ok(file)) => self.open(&inner, &mut Bounded::new(file, &self.budget.clone()))?,
                (Ok(inner), Err(error)) => self.leave_out(&inner, reason(&error))?,
            }
        }
        Flow::Continue(())
    }
}

/// The place of a file that is named but not opened.
pub(super) fn at_name(place: &Place, name: &str) -> Place {
    Place { name: place.name.clone(), inside: Some(name.to_owned()), nesting: place.nesting, on_disk: false }
}

fn reason(error: &ZipError) -> Reason {
    match error {
        ZipError::UnsupportedArchive(what) if what.contains("assword") => Reason::Encrypted,
        ZipError::InvalidPassword => Reason::Encrypted,
        error => Reason::Broken(error.to_string()),
    }
}
