//! The index to read.

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use super::Failure;
use super::index::bring_up_to_date;
use super::output::talk;
use super::place::{IndexArgs, fail_if_stale, of_folder, opened};
use super::roster::roster;
use crate::index::{Error, Options, Reader};
use crate::search::PieceView;

/// Which index is read
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct ReadArgs {
    /// First bring FOLDER's own index up to date, then read it
    #[arg(long = "in", value_name = "FOLDER", conflicts_with = "index")]
    pub(super) folder: Option<PathBuf>,
    #[command(flatten)]
    pub(super) index: IndexArgs,
    /// Exit with 3 and answer nothing if the index is out of date
    #[arg(long)]
    pub(super) fail_stale: bool,
}

impl ReadArgs {
    /// The index, open: that of the folder, brought up to date, or the one that is there. Readers never wait: where another process writes, or
    /// nothing can be written, the folder's index is read as it is, which is said.
    ///
    /// It stays so until the process ends, which is with the command: the system then takes back all files at one go. To close one after the other
    /// takes a twentieth of one search.
    pub(super) fn open(&self, quiet: bool) -> Result<ManuallyDrop<Reader>, Failure> {
        let Some(folder) = &self.folder else {
            let reader = self.index.open()?;
            fail_if_stale(&reader, self.fail_stale)?;
            return Ok(ManuallyDrop::new(reader));
        };
        let home = of_folder(folder)?;
        let roster = roster(Some(&home), &self.index.actors)?;
        let options = Options { roster, ..Options::default() };
        let report = match bring_up_to_date(&home, std::slice::from_ref(folder), &options, quiet) {
            Ok(report) => report,
            Err(error @ (Error::Busy(_) | Error::Unwritable { .. })) => {
                let Ok(reader) = opened(&home, roster) else { return Err(nowhere(error, folder)) };
                fail_if_stale(&reader, self.fail_stale)?;
                if !quiet {
                    talk(&format!("{error}; reading the index as it is"));
                }
                return Ok(ManuallyDrop::new(reader));
            }
            Err(error) => return Err(error.into()),
        };
        if !quiet && report.new + report.changed + report.removed > 0 {
            talk(&format!(
                "{}: {} new, {} changed, {} removed, {} skipped",
                home.display(),
                report.new,
                report.changed,
                report.removed,
                report.skips
            ));
        }
        Ok(ManuallyDrop::new(opened(&home, roster)?))
    }
}

/// That there is no index of `folder` to read and none can be made where it would lie.
fn nowhere(error: Error, folder: &Path) -> Failure {
    match error {
        Error::Unwritable { .. } => Failure::index(error.to_string())
            .hint(format!("keep the index in another folder: pundit index --index DIR {}, then search with --index DIR", folder.display())),
        error => error.into(),
    }
}

impl ReadArgs {
    /// The index as it is, if there is one that can be read.
    pub(super) fn as_it_is(&self) -> Option<Reader> {
        let Some(folder) = &self.folder else { return self.index.open().ok() };
        let home = of_folder(folder).ok()?;
        opened(&home, roster(Some(&home), &self.index.actors).ok()?).ok()
    }
}

/// The address of a piece's file on this machine.
pub(super) fn address(reader: &Reader, piece: &PieceView) -> Option<String> {
    let path = reader.file_of(&piece.stored)?;
    let mut address = String::from("file://");
    for byte in path.to_str()?.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => address.push(char::from(byte)),
            _ => address.extend(format!("%{byte:02X}").chars()),
        }
    }
    Some(address)
}
