//! What is to be done to bring an index up to date: what lies there now, compared with what it knows.

use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use foldhash::HashMap;

use super::scope::{Of, Scope, scopes};
use super::work::Job;
use crate::index::block::owner;
use crate::index::check::{NEW, OLD};
use crate::index::files::{NEVER, SkippedFile};
use crate::index::open::home;
use crate::index::update::{LISTED, Said};
use crate::index::{Error, Options, Reader, Report, Roots};
use crate::pieces::{Entry, Look, Mapping, Reason, Skipped, Wanted, walk};

/// What is to be done.
pub(super) struct Plan {
    /// The roots, with what is said of them now, as they are when all is done.
    pub(super) roots: Roots,
    /// Files that are to be read.
    pub(super) jobs: Vec<Job>,
    /// Files that the index knows, by their keys.
    pub(super) known: HashMap<String, Known>,
    /// Files that are gone: their roots and paths.
    pub(super) gone: Vec<(u32, String)>,
    /// How many files look as they did.
    pub(super) unchanged: u64,
    /// Files that could not be opened when last tried, and cannot be now: there is nothing to do with them but to say so.
    refused: Vec<SkippedFile>,
}

/// A file that the index knows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    /// How it looked when it was read.
    pub(super) look: Look,
    /// Whether it was found again.
    found: bool,
}

impl Known {
    /// Whether it was not read to its end.
    pub(super) const fn is_unread(&self) -> bool {
        self.look.modified == NEVER
    }
}

impl Plan {
    /// Compares what lies there now with the files that `before`, the index at `index`, knows. The folder of the index itself is never
    /// looked into.
    pub(super) fn new(before: Option<&Reader>, index: &Path, of: Of<'_>, options: &Options) -> Result<Self, Error> {
        let (mut roots, known) = match before {
            Some(reader) => (reader.manifest().roots.clone(), reader.files()?),
            None => (Roots::default(), Vec::new()),
        };
        let is_named = matches!(of, Of::Named(_));
        let (scopes, absorbed) = scopes(of, &mut roots, home(index), options)?;
        let known = known.into_iter().map(|file| (file.key, Known { look: file.look, found: false })).collect();
        let mut plan = Self { roots, jobs: Vec::new(), known, gone: Vec::new(), unchanged: 0, refused: Vec::new() };
        let mut closed = Vec::new();
        // The index itself, and one that is being made in its place.
        let index = std::fs::canonicalize(index).unwrap_or_else(|_| index.to_owned());
        let own = ["", NEW, OLD].map(|ending| index.with_extension(ending));
        for scope in &scopes {
            plan.look_at(scope, &own, &mut closed, &options.said)?;
            if scope.inside.is_empty() {
                plan.roots.read(scope.root);
            }
        }
        plan.gone = plan.find_gone(&scopes, &absorbed, &closed);
        // What is gone may be named, to be taken out; what never was is misspelt.
        let is_known = |scope: &Scope| plan.gone.iter().any(|(root, path)| *root == scope.root && scope.covers(path));
        let is_missing = |scope: &Scope| std::fs::symlink_metadata(scope.place()).is_err_and(|error| error.kind() == ErrorKind::NotFound);
        match scopes.iter().find(|scope| is_named && is_missing(scope) && !is_known(scope)) {
            Some(scope) => Err(Error::NoSuchPath(scope.place())),
            None => Ok(plan),
        }
    }

    /// What is to be said of an update before anything of it is done.
    pub(super) fn report(&self) -> Report {
        let (skips, failed) = (self.refused.len() as u64, !self.refused.is_empty());
        Report {
            unchanged: self.unchanged,
            skips,
            failed,
            skipped: self.refused.iter().take(LISTED).cloned().collect(),
            ..Report::default()
        }
    }

    /// Whether there is nothing to do for the index `before`.
    pub(super) fn is_empty(&self, before: &Reader) -> bool {
        self.jobs.is_empty() && self.gone.is_empty() && self.roots == before.manifest().roots && !before.manifest().unsettled
    }

    /// Finds what is to be read in `scope`, but for what lies in the folders `own`. Folders that cannot be opened come to the `closed` ones.
    fn look_at(&mut self, scope: &Scope, own: &[PathBuf], closed: &mut Vec<String>, said: &Said) -> Result<(), Error> {
        let read_again = say(&mut self.roots, scope, said)?;
        let choice = self.roots.get(scope.root).map(|root| root.choice.clone()).unwrap_or_default();
        let wanted = Wanted::new(&scope.base, &choice.include, &choice.exclude).map_err(Error::Pattern)?;
        let mapping = Arc::new(Mapping::parse(&choice.map)?);
        let mut key = owner(scope.root, "");
        let before_path = key.len();
        walk(&scope.base, &scope.inside, &wanted, own, |entry| {
            key.truncate(before_path);
            key.push_str(&entry.relative);
            if matches!(entry.skipped, Some(Reason::Unreadable(_))) {
                // What is gone altogether is found gone below.
                if std::fs::symlink_metadata(&entry.path).is_err_and(|error| error.kind() == ErrorKind::NotFound) {
                    return;
                }
                // A root goes by its name, which is no part of the paths under it.
                let is_root = entry.path == scope.base;
                closed.push(if is_root { root_of(&key).to_owned() } else { key.clone() });
            }
            let known = self.known.get_mut(&key);
            let is_unchanged = !read_again && known.as_ref().is_some_and(|known| known.look.is_of(&entry));
            let is_known = known.is_some();
            let was_unread = known.as_ref().is_some_and(|known| known.is_unread());
            if let Some(known) = known {
                known.found = true;
            }
            if is_unchanged {
                self.unchanged += 1;
            } else if was_unread && let Some(reason) = refusal(&entry) {
                self.refused.push(SkippedFile { path: self.roots.display(scope.root, &entry.relative), skipped: Skipped::file(reason) });
            } else {
                let (path, mapping) = (entry.relative.clone(), Arc::clone(&mapping));
                self.jobs.push(Job { root: scope.root, path, entry, mapping, known: is_known });
            }
        });
        Ok(())
    }

    /// The known files that were not found again. What lies under a folder that is `closed` may still be there, so it is kept.
    fn find_gone(&self, scopes: &[Scope], absorbed: &[u32], closed: &[String]) -> Vec<(u32, String)> {
        let lost = self.known.iter().filter(|(_, known)| !known.found).map(|(key, _)| key);
        let lost = lost.filter(|key| !closed.iter().any(|folder| lies_under(key, folder)));
        let gone = lost.filter_map(|key| {
            let (root, path) = split_owner(key)?;
            let in_scope = scopes.iter().any(|scope| scope.root == root && scope.covers(path));
            (in_scope || absorbed.contains(&root)).then(|| (root, path.to_owned()))
        });
        let mut gone: Vec<(u32, String)> = gone.collect();
        gone.sort_unstable();
        gone
    }
}

/// Keeps what is said now of the root of `scope`; whether its files are to be read again because their fields mean something else.
fn say(roots: &mut Roots, scope: &Scope, said: &Said) -> Result<bool, Error> {
    if *said == Said::default() {
        return Ok(false);
    }
    let Some(choice) = roots.choice_mut(scope.root) else { return Ok(false) };
    let before = choice.clone();
    for (kept, new) in [(&mut choice.include, &said.include), (&mut choice.exclude, &said.exclude), (&mut choice.map, &said.map)] {
        if let Some(new) = new {
            kept.clone_from(new);
        }
    }
    // A pattern of nothing takes what was said back.
    choice.include.retain(|pattern| !pattern.is_empty());
    choice.exclude.retain(|pattern| !pattern.is_empty());
    choice.map.retain(|rule| !rule.is_empty());
    if *choice != before && !scope.inside.is_empty() {
        return Err(Error::PartOfRoot { part: scope.place(), root: scope.base.clone() });
    }
    Ok(choice.map != before.map)
}

/// Why a file cannot be opened, if it cannot.
fn refusal(entry: &Entry) -> Option<Reason> {
    match &entry.skipped {
        Some(reason) => reason.is_refusal().then(|| reason.clone()),
        None => File::open(&entry.path).err().map(|error| Reason::Unreadable(error.to_string())),
    }
}

fn lies_under(key: &str, folder: &str) -> bool {
    key.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// What all keys of a root begin with.
fn root_of(key: &str) -> &str {
    key.split_once('/').map_or(key, |(root, _)| root)
}

/// Root and path of a file's key.
pub(in crate::index) fn split_owner(key: &str) -> Option<(u32, &str)> {
    let (root, path) = key.split_once('/')?;
    Some((root.parse().ok()?, path))
}

/// What an update would do with a file. Paths are as ids show them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Read it: it is not known.
    New(String),
    /// Read it again: it looks different.
    Changed(String),
    /// Take out what it held.
    Gone(String),
}

/// What [`update`](crate::index::update()) with the same arguments would do, without doing it, and how many files it would leave as they are. Looks at
/// the files' sizes and times, reads none and writes nothing.
///
/// # Errors
/// As an update, but for an index that is not there: then all is new.
pub fn changes(path: &Path, paths: &[PathBuf], options: &Options) -> Result<(Vec<Change>, u64), Error> {
    let before = match Reader::open(path) {
        Ok(reader) => Some(reader),
        Err(Error::Missing(_)) => None,
        Err(error) => return Err(error),
    };
    let plan = Plan::new(before.as_ref(), path, Of::Named(paths), options)?;
    let read = plan.jobs.iter().map(|job| {
        let shown = plan.roots.display(job.root, &job.path);
        if job.known { Change::Changed(shown) } else { Change::New(shown) }
    });
    let roots_before = before.map(|reader| reader.manifest().roots.clone()).unwrap_or_default();
    let gone = plan.gone.iter().map(|(root, path)| Change::Gone(roots_before.display(*root, path)));
    Ok((read.chain(gone).collect(), plan.unchanged))
}

/// Where on this machine lies what `paths` mean for the index at `path`: all its roots if there are none.
///
/// # Errors
/// When the index cannot be opened, or a path does not exist.
pub fn places(path: &Path, paths: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let reader = Reader::open(path)?;
    let (scopes, _) = scopes(Of::Named(paths), &mut reader.manifest().roots.clone(), reader.home(), &Options::default())?;
    Ok(scopes.iter().map(Scope::place).collect())
}
