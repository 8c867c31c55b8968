//! An index is brought up to date with its files.
//!
//! Takes the folder of an index and paths; gives a report of what was new, changed, removed and skipped. Never changes the files.
//!
//! - [`plan`]: the roots of this run ([`scope`]), and which of their files are new, changed or gone.
//! - [`mod@work`]: threads read and analyse those files, as many bytes at a time as there is [`room`] for, and pass the blocks to the one
//!   [`Writer`].
//! - [`moved`]: a file with the bytes of one that is gone has only moved.
//! - [`mod@settle`]: when all saved pages of a site are there, the boilerplate that recurs on them is known; pages are first read with what is
//!   [`foreseen`] of it.
//! - [`mod@rewrite`] and [`mod@retag`]: pieces that must be written again although their files have not changed, from what the index has [`kept`].
//! - [`gather`]: `pundit watch` collects changes until there are no more for a while.

#[cfg(test)]
mod cut_short_tests;
mod deletion;
mod foreseen;
#[cfg(test)]
mod full_tests;
mod gather;
mod kept;
mod moved;
mod options;
pub(super) mod plan;
mod retag;
mod rewrite;
mod room;
mod scope;
mod settle;
mod work;
pub(super) mod write;

pub use gather::{Changed, Gathering};
pub use options::{Options, Said};
pub use plan::{Change, changes, places};
pub use retag::retag;
pub use work::{MOST_THREADS, READER};

use std::path::{Path, PathBuf};
use std::sync::Arc;

use foldhash::HashMap;

use crate::index::files::NEVER;
use crate::index::stored::{StoredDecoding, StoredFile};
use crate::index::{Error, Reader, Roots, SkippedFile};
use crate::pieces::{Decoding, Reason, Skipped};
use moved::Lost;
use plan::Plan;
use scope::Of;
use settle::settle;
use work::{Done, Job, work};
use write::Writer;

/// What an update has done. Counts are of pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Pieces of files that were not in the index.
    pub new: u64,
    /// Pieces of files that have changed.
    pub changed: u64,
    /// Pieces of files that are gone, or no longer hold any.
    pub removed: u64,
    /// Pieces of files that are where they were not, with the same bytes as a file that is gone.
    pub moved: u64,
    /// Saved pages that were made again, because of others of their sites something else is to be left out of them.
    pub settled: u64,
    /// Files that were not read again, because they look as they did.
    pub unchanged: u64,
    /// How much was left out, of the files that were read now.
    pub skips: u64,
    /// What was left out of the files that were read now, and why: at the most a thousand.
    pub skipped: Vec<SkippedFile>,
    /// Whether something that is for us could not be read.
    pub failed: bool,
}

impl Report {
    /// Whether nothing was done, and there is nothing to tell.
    #[must_use]
    pub const fn is_idle(&self) -> bool {
        self.has_changed_nothing() && self.skips == 0
    }

    /// Whether all pieces are as they were.
    #[must_use]
    pub const fn has_changed_nothing(&self) -> bool {
        self.new + self.changed + self.removed + self.moved + self.settled == 0
    }
}

/// How far an update is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress<'p> {
    /// Files that are done.
    pub done: u64,
    /// Files that are to be read.
    pub files: u64,
    /// The file that was read last.
    pub path: &'p str,
}

/// How many skips a file's document, and a report, list one by one.
const LISTED_IN_FILE: usize = 50;
pub(super) const LISTED: usize = 1_000;

/// Brings the index at `path` up to date with what lies at `paths`, or with all its roots if there are none. New files are added, changed
/// ones replaced, those gone are removed; only what lies at `paths` is touched. Files that look as they did are not read.
///
/// # Errors
/// When the index cannot be opened or written, or a path does not exist. A file that cannot be read is no error but a skip.
pub fn update(path: &Path, paths: &[PathBuf], options: &Options, progress: impl FnMut(Progress<'_>)) -> Result<Report, Error> {
    bring(path, Of::Named(paths), options, progress)
}

/// Brings the index at `path` up to date with what has changed in its roots.
///
/// # Errors
/// As [`update`].
pub fn follow(path: &Path, changed: &Changed, options: &Options) -> Result<Report, Error> {
    let of = match changed {
        Changed::Anything => Of::Named(&[]),
        Changed::Paths(paths) => Of::Changed(paths),
    };
    bring(path, of, options, |_| {})
}

/// Makes a new index at `path` of `roots`.
pub(super) fn rebuild(path: &Path, roots: &Roots, options: &Options, progress: impl FnMut(Progress<'_>)) -> Result<Report, Error> {
    drop(Writer::open_or_new(path, roots, options)?);
    update(path, &[], options, progress)
}

fn bring(path: &Path, of: Of<'_>, options: &Options, progress: impl FnMut(Progress<'_>)) -> Result<Report, Error> {
    // Where there is nothing to do no writer is needed, nor waited for.
    let before = match Reader::open(path) {
        Ok(before) => Some(before),
        Err(Error::Missing(_)) => None,
        Err(error) => return Err(error),
    };
    let mut plan = Plan::new(before.as_ref(), path, of, options)?;
    match &before {
        Some(before) if plan.is_empty(before) && !before.is_earlier() => return Ok(plan.report()),
        None if plan.roots.all().is_empty() => return Err(Error::Missing(path.to_owned())),
        _ => {}
    }
    let writer = Writer::open_or_new(path, &plan.roots, options)?;
    // Another run may have written meanwhile.
    let is_as_planned = match &before {
        Some(before) => before.is_at(writer.before()),
        None => writer.before().segments().is_empty() && writer.manifest.roots == plan.roots.until_read(&Roots::default()),
    };
    if !is_as_planned {
        plan = Plan::new(Some(writer.before()), path, of, options)?;
    }
    carry_out(writer, &plan, options, progress)
}

/// Does with `writer` what `plan` says. Where that fails, what was written for it is taken away: it may be what fills the disk.
fn carry_out(writer: Writer, plan: &Plan, options: &Options, progress: impl FnMut(Progress<'_>)) -> Result<Report, Error> {
    let path = writer.path().to_owned();
    let done = fulfil(writer, plan, options, progress);
    if done.is_err() {
        // Whoever opens an index to write to it takes away what belongs to no commit. If that fails too, the first failure is what to tell.
        drop(Writer::open(&path, options));
    }
    done
}

fn fulfil(mut writer: Writer, plan: &Plan, options: &Options, mut progress: impl FnMut(Progress<'_>)) -> Result<Report, Error> {
    writer.begin(&plan.roots)?;
    let mut report = plan.report();
    let mut moved = Moved::default();
    let mut lost = Lost::default();
    for (root, path) in &plan.gone {
        let file = if plan.jobs.is_empty() { None } else { writer.stored_file(*root, path)? };
        let pieces = writer.remove(*root, path)?;
        report.removed += pieces;
        if let Some(file) = file {
            moved.gone(&file, pieces);
            lost.add(file, plan, writer.before());
        }
    }
    // What is read of the index while it is written to is the index as it was.
    let before = Arc::clone(writer.before());
    let mut open: HashMap<usize, OpenFile> = HashMap::default();
    let mut done = 0;
    work(&plan.jobs, lost, &before, options, |unit| {
        let (index, Some(job)) = (unit.job, plan.jobs.get(unit.job)) else { return Ok(()) };
        let mut file = match open.remove(&index) {
            Some(file) => file,
            None => OpenFile::begin(&mut writer, job, &unit)?,
        };
        file.take(&mut writer, unit)?;
        if file.is_complete() {
            file.finish(&mut writer, job, &mut report, &mut moved)?;
            done += 1;
            progress(Progress { done, files: plan.jobs.len() as u64, path: &job.path });
        } else {
            open.insert(index, file);
        }
        writer.commit_if_due()
    })?;
    let mut settled = settle(&mut writer, options, progress)?;
    // How many of those that were read now were foreseen is a matter of chance.
    if !settled.is_empty() {
        for job in &plan.jobs {
            settled.remove(&(job.root, job.path.clone()));
        }
    }
    report.settled = settled.values().sum();
    writer.manifest.roots = plan.roots.clone();
    writer.finish()?;
    Ok(report)
}

/// Files that are gone, by their digests: one that is found elsewhere was moved.
#[derive(Default)]
struct Moved(HashMap<String, Vec<u64>>);

impl Moved {
    fn gone(&mut self, file: &StoredFile, pieces: u64) {
        if !file.digest.is_empty() {
            self.0.entry(file.digest.clone()).or_default().push(pieces);
        }
    }

    /// Whether `file` is one of them, of which each is found but once.
    fn take(&mut self, file: &StoredFile) -> bool {
        let Some(gone) = self.0.get_mut(&file.digest) else { return false };
        let found = gone.iter().position(|pieces| *pieces == file.pieces);
        found.is_some_and(|at| gone.swap_remove(at) == file.pieces)
    }
}

/// A file of which units are still to come.
#[derive(Default)]
struct OpenFile {
    /// Whether the index knew it.
    known: bool,
    /// How many pieces it had.
    before: u64,
    /// Whether it could not be read, so that what the index has of it stays.
    kept: bool,
    /// Whether a document says that it is not finished.
    provisional: bool,
    pieces: u64,
    skips: u64,
    skipped: Vec<Skipped>,
    /// Whether something of it could not be read.
    failed: bool,
    decoded: Vec<StoredDecoding>,
    units: usize,
    end: Option<(usize, String)>,
    /// What was known of it where it was before.
    moved: Option<Box<StoredFile>>,
}

impl OpenFile {
    fn begin(writer: &mut Writer, job: &Job, first: &Done) -> Result<Self, Error> {
        let known = job.known;
        // Of many units the last may be done with first.
        let is_all = first.whole && first.end.as_ref().is_some_and(|(units, _)| *units == 1);
        if known && is_all && first.skipped.iter().any(|skipped| skipped.line.is_none() && skipped.reason.is_refusal()) {
            return Ok(Self { known, kept: true, provisional: true, ..Self::default() });
        }
        let before = if known { writer.remove(job.root, &job.path)? } else { 0 };
        // A file that takes many units may be cut short by a kill between two commits: until it is finished a document says that it is to
        // be read again.
        let provisional = !is_all;
        if provisional {
            writer.unfinished(job.root, &job.path)?;
        }
        Ok(Self { known, before, provisional, ..Self::default() })
    }

    fn take(&mut self, writer: &mut Writer, done: Done) -> Result<(), Error> {
        self.units += usize::from(done.whole);
        self.pieces += done.blocks.len() as u64;
        self.skips += done.skipped.len() as u64;
        for skipped in done.skipped {
            self.failed |= skipped.reason.is_failure();
            // A table of something else has a row after row that says so: one is told.
            let again = matches!(skipped.reason, Reason::NoRow | Reason::NoRecord)
                && self.skipped.iter().any(|other| other.reason == skipped.reason);
            if !again && self.skipped.len() < LISTED_IN_FILE {
                self.skipped.push(skipped);
            }
        }
        done.decoded.iter().for_each(|decoding| self.count(decoding));
        self.end = self.end.take().or(done.end);
        self.moved = self.moved.take().or(done.moved);
        done.blocks.iter().try_for_each(|block| writer.add(block))
    }

    fn count(&mut self, decoding: &Decoding) {
        let told_by = decoding.told_by.to_string();
        let alike = self.decoded.iter_mut().find(|other| other.encoding == decoding.encoding && other.told_by == told_by);
        match alike {
            Some(alike) => {
                alike.texts += 1;
                alike.replaced += decoding.replaced;
            }
            None => {
                self.decoded.push(StoredDecoding {
                    encoding: decoding.encoding.to_owned(),
                    told_by,
                    texts: 1,
                    replaced: decoding.replaced,
                });
            }
        }
    }

    fn is_complete(&self) -> bool {
        self.end.as_ref().is_some_and(|(units, _)| *units == self.units)
    }

    fn finish(mut self, writer: &mut Writer, job: &Job, report: &mut Report, moved: &mut Moved) -> Result<(), Error> {
        self.skipped.sort_by(|a, b| (&a.inside, a.line).cmp(&(&b.inside, b.line)));
        self.decoded.sort_by(|a, b| (&a.encoding, &a.told_by).cmp(&(&b.encoding, &b.told_by)));
        let refused = self.skipped.iter().any(|skipped| skipped.reason.is_refusal());
        let (_, digest) = self.end.unwrap_or_default();
        let file = match self.moved {
            // Where all of it was taken over, it is what it was.
            Some(moved) if self.skipped.is_empty() => StoredFile { root: job.root, path: job.path.clone(), ..*moved },
            _ => StoredFile {
                root: job.root,
                path: job.path.clone(),
                digest,
                pieces: self.pieces,
                skips: self.skips,
                skipped: self.skipped.iter().map(Into::into).collect(),
                decoded: std::mem::take(&mut self.decoded),
            },
        };
        // What the system refused is tried again every time.
        let modified = if refused { NEVER } else { job.entry.modified };
        writer.file(&file, job.entry.size, modified, self.provisional)?;
        match (self.known, self.kept) {
            (false, _) if moved.take(&file) => {
                report.moved += file.pieces;
                report.removed = report.removed.saturating_sub(file.pieces);
            }
            (false, _) => report.new += file.pieces,
            (true, false) => {
                report.changed += file.pieces;
                report.removed += if file.pieces == 0 { self.before } else { 0 };
            }
            (true, true) => {}
        }
        report.failed |= self.failed;
        report.skips += self.skips;
        let path = writer.manifest.roots.display(job.root, &job.path);
        let room = LISTED.saturating_sub(report.skipped.len());
        report.skipped.extend(self.skipped.into_iter().take(room).map(|skipped| SkippedFile { path: path.clone(), skipped }));
        Ok(())
    }
}
