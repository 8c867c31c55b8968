//! Changes of files, gathered until there is quiet. Pure: what time it is, is said.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// What has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// What lies at or under these paths.
    Paths(Vec<PathBuf>),
    /// Anything: more than is kept in mind, or what nobody saw.
    Anything,
}

/// Changes since the last time that an index was brought up to date. They are due once nothing more has changed for a while, or after a longer
/// while in any case. What is kept is bounded: beyond so many paths it only knows that something has changed.
#[derive(Debug, Default)]
pub struct Gathering {
    paths: BTreeSet<PathBuf>,
    anything: bool,
    /// When the first of them and the last came.
    times: Option<(Instant, Instant)>,
}

/// How long nothing may change until changes are due.
const QUIET: Duration = Duration::from_secs(2);
/// How long they wait at the most.
const LONGEST: Duration = Duration::from_secs(30);
/// How many paths are kept in mind: each is looked up in its folder, which for many takes longer than looking at everything.
const MOST: usize = 64;

impl Gathering {
    /// Notes that `path` has changed at `now`.
    pub fn note(&mut self, path: PathBuf, now: Instant) {
        self.touch(now);
        if self.anything || self.paths.iter().any(|known| path.starts_with(known)) {
            return;
        }
        self.paths.retain(|known| !known.starts_with(&path));
        self.paths.insert(path);
        if self.paths.len() > MOST {
            self.note_anything(now);
        }
    }

    /// Notes that anything may have changed at `now`.
    pub fn note_anything(&mut self, now: Instant) {
        self.touch(now);
        self.anything = true;
        self.paths.clear();
    }

    /// Notes once more, at `now`, what could not be done.
    pub fn note_again(&mut self, changed: Changed, now: Instant) {
        match changed {
            Changed::Paths(paths) => paths.into_iter().for_each(|path| self.note(path, now)),
            Changed::Anything => self.note_anything(now),
        }
    }

    /// When what has been noted is due; never if nothing has.
    #[must_use]
    pub fn due(&self) -> Option<Instant> {
        self.times.map(|(first, last)| (last + QUIET).min(first + LONGEST))
    }

    /// What has been noted, if it is due at `now`; then nothing is left of it.
    pub fn take(&mut self, now: Instant) -> Option<Changed> {
        if self.due()? > now {
            return None;
        }
        let Self { paths, anything, .. } = std::mem::take(self);
        Some(if anything { Changed::Anything } else { Changed::Paths(paths.into_iter().collect()) })
    }

    fn touch(&mut self, now: Instant) {
        let first = self.times.map_or(now, |(first, _)| first);
        self.times = Some((first, now));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(count: u64) -> Duration {
        Duration::from_secs(count)
    }

    fn paths(names: &[&str]) -> Changed {
        Changed::Paths(names.iter().map(PathBuf::from).collect())
    }

    #[test]
    fn changes_are_due_once_there_is_quiet() {
        let (mut gathering, start) = (Gathering::default(), Instant::now());
        assert_eq!((gathering.due(), gathering.take(start)), (None, None));
        gathering.note("/b".into(), start);
        gathering.note("/a".into(), start + seconds(1));
        gathering.note("/b".into(), start + seconds(1));
        assert_eq!(gathering.due(), Some(start + seconds(3)));
        assert_eq!(gathering.take(start + seconds(2)), None);
        assert_eq!(gathering.take(start + seconds(3)), Some(paths(&["/a", "/b"])));
        assert_eq!(gathering.take(start + seconds(60)), None);
    }

    #[test]
    fn changes_that_never_end_are_due_all_the_same() {
        let (mut gathering, start) = (Gathering::default(), Instant::now());
        for second in 0..=29 {
            gathering.note("/log".into(), start + seconds(second));
            assert_eq!(gathering.take(start + seconds(second)), None);
        }
        assert_eq!(gathering.take(start + seconds(30)), Some(paths(&["/log"])));
        gathering.note("/log".into(), start + seconds(31));
        assert_eq!(gathering.due(), Some(start + seconds(33)));
    }

    #[test]
    fn what_lies_in_a_folder_that_has_changed_is_part_of_it() {
        let (mut gathering, start) = (Gathering::default(), Instant::now());
        for path in ["/a/b/c", "/a/bc", "/a/b", "/a/b/d"] {
            gathering.note(path.into(), start);
        }
        assert_eq!(gathering.take(start + seconds(2)), Some(paths(&["/a/b", "/a/bc"])));
    }

    #[test]
    fn no_more_is_kept_in_mind_than_so_much() {
        let (mut gathering, start) = (Gathering::default(), Instant::now());
        for number in 0..100_000 {
            gathering.note(format!("/{number}").into(), start);
            assert!(gathering.paths.len() <= MOST);
        }
        assert_eq!(gathering.take(start + seconds(2)), Some(Changed::Anything));
        gathering.note("/a".into(), start + seconds(4));
        assert_eq!(gathering.take(start + seconds(6)), Some(paths(&["/a"])), "and it is forgotten");
    }

    #[test]
    fn what_could_not_be_done_waits_again() {
        let (mut gathering, start) = (Gathering::default(), Instant::now());
        gathering.note_again(paths(&["/a"]), start);
        gathering.note("/b".into(), start + seconds(1));
        assert_eq!(gathering.take(start + seconds(3)), Some(paths(&["/a", "/b"])));
        gathering.note_again(Changed::Anything, start);
        assert_eq!(gathering.take(start + seconds(2)), Some(Changed::Anything));
    }
}
