use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

use super::block::owner;
use super::open::home;
use super::scope::{Scope, scopes};
use super::stored::StoredFile;
use super::work::{Done, Job, work};
use super::write::Writer;
use super::{Error, KnownFile, SkippedFile};
use crate::actors::Roster;
use crate::pieces::{Limits, Reason, Skipped, walk};

/// How an index is brought up to date.
#[derive(Clone, Debug)]
pub struct Options {
    /// Threads that read and analyse.
    pub threads: usize,
    /// Threads that build segments.
    pub writers: usize,
    /// Bytes that segments may take in memory before they are written, all together.
    pub memory: usize,
    /// What readers take on.
    pub limits: Limits,
}

impl Default for Options {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self { threads: cores.min(8), writers: cores.div_ceil(2).min(4), memory: 128 << 20, limits: Limits::default() }
    }
}

/// What an update has done. Counts are of pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Pieces of files that were not in the index.
    pub new: u64,
    /// Pieces of files that have changed.
    pub changed: u64,
    /// Pieces of files that are gone, or no longer hold any.
    pub removed: u64,
    /// Files that were not read again, because they look as they did.
    pub unchanged: u64,
    /// How much was left out, of the files that were read now.
    pub skips: u64,
    /// What was left out of the files that were read now, and why: at the most a thousand.
    pub skipped: Vec<SkippedFile>,
    /// Whether a file could not be read at all.
    pub failed: bool,
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
const LISTED: usize = 1_000;

/// Brings the index at `path` up to date with what lies at `paths`, or with all its roots if there are none. New files are added, changed
/// ones replaced, those gone are removed; only what lies at `paths` is touched. Files that look as they did are not read.
///
/// # Errors
/// When the index cannot be opened or written, or a path does not exist. A file that cannot be read is no error but a skip.
pub fn update(path: &Path, paths: &[PathBuf], options: &Options, mut progress: impl FnMut(Progress<'_>)) -> Result<Report, Error> {
    let roster = Roster::builtin();
    let mut writer = Writer::open(path, Roster::builtin_digest(), options)?;
    let plan = Plan::new(&mut writer, path, paths)?;
    let mut report = Report { unchanged: plan.unchanged, ..Report::default() };
    for (root, path) in &plan.gone {
        report.removed += writer.remove(*root, path)?;
    }
    let fields = writer.before().fields();
    let mut open: FxHashMap<usize, OpenFile> = FxHashMap::default();
    let mut done = 0;
    work(&plan.jobs, fields, roster, options, |unit| -> Result<(), Error> {
        let (index, Some(job)) = (unit.job, plan.jobs.get(unit.job)) else { return Ok(()) };
        let mut file = match open.remove(&index) {
            Some(file) => file,
            None => OpenFile::begin(&mut writer, job, &plan, &unit)?,
        };
        file.take(&mut writer, unit)?;
        if file.is_complete() {
            file.finish(&mut writer, job, &mut report)?;
            done += 1;
            progress(Progress { done, files: plan.jobs.len() as u64, path: &job.path });
        } else {
            open.insert(index, file);
        }
        writer.commit_if_due()
    })?;
    writer.finish()?;
    Ok(report)
}

/// What is to be done.
struct Plan {
    jobs: Vec<Job>,
    known: FxHashMap<String, KnownFile>,
    /// Files that are gone: their roots and paths.
    gone: Vec<(u32, String)>,
    unchanged: u64,
}

impl Plan {
    /// Compares what lies at `paths` with what the index knows. The folder of the index itself, at `index`, is never looked into.
    fn new(writer: &mut Writer, index: &Path, paths: &[PathBuf]) -> Result<Self, Error> {
        let (scopes, absorbed) = scopes(paths, &mut writer.manifest.roots, home(index))?;
        let known = writer.before().files()?.into_iter().map(|file| (file.key.clone(), file)).collect();
        let mut plan = Self { jobs: Vec::new(), known, gone: Vec::new(), unchanged: 0 };
        let mut seen: FxHashSet<String> = FxHashSet::default();
        let mut closed = Vec::new();
        let index = std::fs::canonicalize(index).unwrap_or_else(|_| index.to_owned());
        for scope in &scopes {
            let start = scope.start();
            if !start.exists() {
                continue;
            }
            for entry in walk(&start).filter(|entry| !entry.path.starts_with(&index)) {
                let path = scope.path(&entry.relative);
                let key = owner(scope.root, &path);
                if matches!(entry.skipped, Some(Reason::Unreadable(_))) {
                    closed.push(key.clone());
                }
                if plan.known.get(&key).is_some_and(|file| file.is_unchanged(&entry)) {
                    plan.unchanged += 1;
                } else {
                    plan.jobs.push(Job { root: scope.root, path, entry });
                }
                seen.insert(key);
            }
        }
        plan.gone = plan.find_gone(&scopes, &absorbed, |key| seen.contains(key) || closed.iter().any(|folder| lies_under(key, folder)));
        Ok(plan)
    }

    /// The known files that were not found again. What lies under a folder that cannot be opened may still be there, so it is kept.
    fn find_gone(&self, scopes: &[Scope], absorbed: &[u32], is_there: impl Fn(&str) -> bool) -> Vec<(u32, String)> {
        let mut gone: Vec<(u32, String)> = self
            .known
            .keys()
            .filter_map(|key| {
                let (root, path) = split_owner(key)?;
                let in_scope = scopes.iter().any(|scope| scope.root == root && scope.covers(path));
                let is_gone = absorbed.contains(&root) || (in_scope && !is_there(key));
                is_gone.then(|| (root, path.to_owned()))
            })
            .collect();
        gone.sort_unstable();
        gone
    }
}

fn lies_under(key: &str, folder: &str) -> bool {
    key.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// Root and path of a file's key.
fn split_owner(key: &str) -> Option<(u32, &str)> {
    let (root, path) = key.split_once('/')?;
    Some((root.parse().ok()?, path))
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
    units: usize,
    end: Option<(usize, String)>,
}

impl OpenFile {
    fn begin(writer: &mut Writer, job: &Job, plan: &Plan, first: &Done) -> Result<Self, Error> {
        let known = plan.known.contains_key(&owner(job.root, &job.path));
        if known && first.end.is_some() && first.skipped.iter().any(|skipped| skipped.line.is_none() && skipped.reason.is_failure()) {
            return Ok(Self { known, kept: true, provisional: true, ..Self::default() });
        }
        let before = if known { writer.remove(job.root, &job.path)? } else { 0 };
        // A file that takes many units may be cut short by a kill between two commits: until it is finished a document says that it is to
        // be read again.
        let provisional = first.end.is_none();
        if provisional {
            let file = StoredFile { root: job.root, path: job.path.clone(), ..StoredFile::default() };
            writer.file(&file, 0, i64::MIN, false)?;
        }
        Ok(Self { known, before, provisional, ..Self::default() })
    }

    fn take(&mut self, writer: &mut Writer, done: Done) -> Result<(), Error> {
        self.units += 1;
        self.pieces += done.blocks.len() as u64;
        self.skips += done.skipped.len() as u64;
        self.skipped.extend(done.skipped.into_iter().take(LISTED_IN_FILE.saturating_sub(self.skipped.len())));
        self.end = self.end.take().or(done.end);
        done.blocks.into_iter().try_for_each(|block| writer.add(block))
    }

    fn is_complete(&self) -> bool {
        self.end.as_ref().is_some_and(|(units, _)| *units == self.units)
    }

    fn finish(mut self, writer: &mut Writer, job: &Job, report: &mut Report) -> Result<(), Error> {
        self.skipped.sort_by_key(|skipped| skipped.line);
        let failed = self.skipped.iter().any(|skipped| skipped.reason.is_failure());
        let (_, digest) = self.end.unwrap_or_default();
        let file = StoredFile {
            root: job.root,
            path: job.path.clone(),
            digest,
            pieces: self.pieces,
            skips: self.skips,
            skipped: self.skipped.iter().map(Into::into).collect(),
        };
        // A file that could not be read is tried again every time.
        let modified = if failed { i64::MIN } else { job.entry.modified };
        writer.file(&file, job.entry.size, modified, self.provisional)?;
        match (self.known, self.kept) {
            (false, _) => report.new += file.pieces,
            (true, false) => {
                report.changed += file.pieces;
                report.removed += if file.pieces == 0 { self.before } else { 0 };
            }
            (true, true) => {}
        }
        report.failed |= failed;
        report.skips += file.skips;
        let path = writer.manifest.roots.display(job.root, &job.path);
        let room = LISTED.saturating_sub(report.skipped.len());
        report.skipped.extend(self.skipped.into_iter().take(room).map(|skipped| SkippedFile { path: path.clone(), skipped }));
        Ok(())
    }
}
