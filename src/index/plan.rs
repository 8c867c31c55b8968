//! What is to be done to bring an index up to date: what lies there now, compared with what it knows.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::block::owner;
use super::open::home;
use super::scope::{Scope, scopes};
use super::update::Said;
use super::work::Job;
use super::{Error, KnownFile, Options, Reader, Roots};
use crate::pieces::{Mapping, Reason, Wanted, walk};

/// What is to be done.
pub(super) struct Plan {
    /// Files that are to be read.
    pub(super) jobs: Vec<Job>,
    /// Files that the index knows, by their keys.
    pub(super) known: FxHashMap<String, KnownFile>,
    /// Files that are gone: their roots and paths.
    pub(super) gone: Vec<(u32, String)>,
    /// How many files look as they did.
    pub(super) unchanged: u64,
}

impl Plan {
    /// Compares what lies at `paths` with the files that are `known`. `roots` is brought up to what the user says. The folder of the index
    /// itself, at `index`, is never looked into.
    pub(super) fn new(roots: &mut Roots, known: Vec<KnownFile>, index: &Path, paths: &[PathBuf], options: &Options) -> Result<Self, Error> {
        let (scopes, absorbed) = scopes(paths, roots, home(index), options.prune)?;
        let known = known.into_iter().map(|file| (file.key.clone(), file)).collect();
        let mut plan = Self { jobs: Vec::new(), known, gone: Vec::new(), unchanged: 0 };
        let mut seen: FxHashSet<String> = FxHashSet::default();
        let mut closed = Vec::new();
        // The index itself, and one that is being made in its place.
        let index = std::fs::canonicalize(index).unwrap_or_else(|_| index.to_owned());
        let own = ["", "new", "old"].map(|ending| index.with_extension(ending));
        for scope in &scopes {
            let read_again = say(roots, scope, &options.said)?;
            let choice = roots.get(scope.root).map(|root| root.choice.clone()).unwrap_or_default();
            let wanted = Wanted::new(&scope.base, &choice.include, &choice.exclude).map_err(Error::Pattern)?;
            let mapping = Arc::new(Mapping::parse(&choice.map)?);
            for entry in walk(&scope.base, &scope.inside, &wanted).filter(|entry| !own.iter().any(|own| entry.path.starts_with(own))) {
                // What is gone altogether is found gone below.
                if matches!(entry.skipped, Some(Reason::Unreadable(_)))
                    && !entry.path.exists()
                    && std::fs::symlink_metadata(&entry.path).is_err()
                {
                    continue;
                }
                let path = entry.relative.clone();
                let key = owner(scope.root, &path);
                if matches!(entry.skipped, Some(Reason::Unreadable(_))) {
                    closed.push(key.clone());
                }
                if !read_again && plan.known.get(&key).is_some_and(|file| file.is_unchanged(&entry)) {
                    plan.unchanged += 1;
                } else {
                    plan.jobs.push(Job { root: scope.root, path, entry, mapping: Arc::clone(&mapping) });
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
        return Err(Error::PartOfRoot { part: scope.base.join(&scope.inside), root: scope.base.clone() });
    }
    Ok(choice.map != before.map)
}

fn lies_under(key: &str, folder: &str) -> bool {
    key.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// Root and path of a file's key.
fn split_owner(key: &str) -> Option<(u32, &str)> {
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

/// What [`update`](super::update()) with the same arguments would do, without doing it, and how many files it would leave as they are. Looks at
/// the files' sizes and times, reads none and writes nothing.
///
/// # Errors
/// As an update, but for an index that is not there: then all is new.
pub fn changes(path: &Path, paths: &[PathBuf], options: &Options) -> Result<(Vec<Change>, u64), Error> {
    let (mut roots, known) = match Reader::open(path) {
        Ok(reader) => (reader.manifest().roots.clone(), reader.files()?),
        Err(Error::Missing(_)) => (Roots::default(), Vec::new()),
        Err(error) => return Err(error),
    };
    let before = roots.clone();
    let plan = Plan::new(&mut roots, known, path, paths, options)?;
    let read = plan.jobs.iter().map(|job| {
        let shown = roots.display(job.root, &job.path);
        if plan.known.contains_key(&owner(job.root, &job.path)) { Change::Changed(shown) } else { Change::New(shown) }
    });
    let gone = plan.gone.iter().map(|(root, path)| Change::Gone(before.display(*root, path)));
    Ok((read.chain(gone).collect(), plan.unchanged))
}
