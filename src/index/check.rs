//! Whether an index is what it says.

use std::path::{Path, PathBuf};

use super::open::{home, open_index, read_manifest};
use super::update::rebuild;
use super::{Error, Options, Progress, Reader, Report, Segment, Totals};

/// What is wrong with an index.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// A file of the index whose bytes are not those that were written.
    #[error("the bytes of {} have changed since they were written", .0.display())]
    Bytes(PathBuf),
    /// It cannot be opened, or not be read through.
    #[error("{0}")]
    Unreadable(String),
    /// Of the last commit not all is there, so that an earlier one is read.
    #[error(
        "files of the last update are missing, as in a copy that was made during it; what was there before is read, and an update makes it whole"
    )]
    Earlier,
    /// A block of documents that does not hang together.
    #[error("document {document} of a segment: {what}")]
    Block {
        /// The document.
        document: u32,
        /// What does not fit.
        what: String,
    },
    /// Counts that are not those of what is there.
    #[error("the manifest counts {counted} {what}, there are {there}")]
    Totals {
        /// What is counted.
        what: &'static str,
        /// How many the manifest says.
        counted: u64,
        /// How many there are.
        there: u64,
    },
}

/// What is wrong with the index at `path`, which is read through for it. A file that was damaged while it lay on disk is found by its checksum.
///
/// # Errors
/// When there is no index, or one of another version: then there is nothing that could be checked.
pub fn check(path: &Path) -> Result<Vec<Fault>, Error> {
    let index = match open_index(path) {
        Ok(index) => index,
        Err(error @ (Error::Missing(_) | Error::Foreign(_))) => return Err(error),
        Err(error) => return Ok(vec![Fault::Unreadable(error.to_string())]),
    };
    match read_manifest(path, &index) {
        Ok(_) => {}
        Err(error @ Error::Version { .. }) => return Err(error),
        Err(error) => return Ok(vec![Fault::Unreadable(error.to_string())]),
    }
    if Reader::open(path).is_ok_and(|reader| reader.is_earlier()) {
        return Ok(vec![Fault::Earlier]);
    }
    let mut damaged: Vec<PathBuf> = match index.validate_checksum() {
        Ok(damaged) => damaged.into_iter().collect(),
        Err(error) => return Ok(vec![Fault::Unreadable(error.to_string())]),
    };
    damaged.sort();
    if !damaged.is_empty() {
        // What damaged files hold is not looked at: reading them may go wrong in any way.
        return Ok(damaged.into_iter().map(Fault::Bytes).collect());
    }
    let reader = match Reader::open(path) {
        Ok(reader) => reader,
        Err(error) => return Ok(vec![Fault::Unreadable(error.to_string())]),
    };
    let mut faults = Vec::new();
    let mut there = Totals::default();
    for segment in reader.segments() {
        blocks(segment, &mut there, &mut faults);
    }
    let counted = &reader.manifest().totals;
    let counts = [
        ("pieces", counted.pieces, there.pieces),
        ("passages", counted.passages, there.passages),
        ("terms", counted.terms, there.terms),
        ("terms in titles", counted.title_terms, there.title_terms),
    ];
    faults.extend(counts.into_iter().filter(|(_, counted, there)| counted != there).map(|(what, counted, there)| Fault::Totals {
        what,
        counted,
        there,
    }));
    Ok(faults)
}

/// Reads the living documents of a segment, counts its pieces, and tells what does not fit.
fn blocks(segment: &Segment, there: &mut Totals, faults: &mut Vec<Fault>) {
    let mut document = 0;
    while document < segment.max_doc() {
        let fault = |what: String| Fault::Block { document, what };
        let header = segment.frame().header_of(document);
        if header >= segment.max_doc() || (segment.frame().is_header(header) && segment.frame().first_passage(header) != document) {
            faults.push(fault("it stands in no block".to_owned()));
            document += 1;
            continue;
        }
        let next = header + 1;
        if segment.is_alive(header) {
            if !segment.frame().is_file(header) {
                match segment.piece(header) {
                    Ok(piece) if piece.passages == u64::from(header - document) => there.add(&piece),
                    Ok(piece) => faults.push(fault(format!("a piece of {} passages has {}", piece.passages, header - document))),
                    Err(error) => faults.push(fault(error.to_string())),
                }
                for passage in document..header {
                    if let Err(error) = segment.passage(passage) {
                        faults.push(Fault::Block { document: passage, what: error.to_string() });
                    }
                    if !segment.is_alive(passage) {
                        faults.push(Fault::Block { document: passage, what: "a passage of a living piece is deleted".to_owned() });
                    }
                }
            } else if let Err(error) = segment.stored_file(header) {
                faults.push(fault(error.to_string()));
            }
        }
        document = next;
    }
}

/// Makes the index at `path` new from the files that it was made of, and only then takes it in the old one's place.
///
/// # Errors
/// When its manifest cannot be read, so that nobody knows what it was made of; when a folder that it was made of is gone; and as an update.
pub fn repair(path: &Path, options: &Options, progress: impl FnMut(Progress<'_>)) -> Result<Report, Error> {
    let manifest = read_manifest(path, &open_index(path)?)?;
    let roots: Vec<PathBuf> = manifest.roots.all().iter().map(|root| root.absolute(home(path))).collect();
    if let Some(gone) = roots.iter().find(|root| !root.exists()) {
        return Err(Error::RootGone(gone.clone()));
    }
    let unwritable = |source| Error::unwritable(path, source);
    let fresh = path.with_extension("new");
    let old = path.with_extension("old");
    for left in [&fresh, &old] {
        if left.exists() {
            std::fs::remove_dir_all(left).map_err(unwritable)?;
        }
    }
    let report = rebuild(&fresh, manifest.roots, options, progress)?;
    std::fs::rename(path, &old).map_err(unwritable)?;
    std::fs::rename(&fresh, path).map_err(unwritable)?;
    std::fs::remove_dir_all(&old).map_err(unwritable)?;
    Ok(report)
}
