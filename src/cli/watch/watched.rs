//! Changes that the system tells of, or that are looked for every so often.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecursiveMode, Watcher};

use super::{Changes, POLL};
use crate::index::{Changed, Gathering};

/// How often a folder that is away is looked for.
const LOOK: Duration = Duration::from_secs(5);

/// Files that the system tells of, or that are looked at every so often.
pub(super) struct Watched {
    places: Vec<PathBuf>,
    /// Whether one of them is away.
    is_away: bool,
    gathered: Arc<Gathered>,
    poll: Option<Duration>,
    /// Tells of changes as long as it is kept.
    watcher: Option<notify::RecommendedWatcher>,
}

/// Changes, written by the system's messenger and waited for by us: what is kept of them is bounded, however many come.
#[derive(Default)]
struct Gathered {
    gathering: Mutex<Gathering>,
    begun: Condvar,
}

impl Gathered {
    fn note(&self, note: impl FnOnce(&mut Gathering, Instant)) {
        let mut gathering = self.gathering.lock().unwrap_or_else(PoisonError::into_inner);
        let waits = gathering.due().is_some();
        note(&mut gathering, Instant::now());
        // What comes later only puts off what is waited for already.
        if !waits {
            self.begun.notify_one();
        }
    }
}

impl Watched {
    pub(super) fn polling(every: Duration) -> Self {
        Self { places: Vec::new(), is_away: false, gathered: Arc::default(), poll: Some(every), watcher: None }
    }

    /// Watches what lies at `places`, but for the index itself in `folder`.
    pub(super) fn new(places: &[PathBuf], folder: &Path) -> notify::Result<Self> {
        let gathered: Arc<Gathered> = Arc::default();
        let (noted, watched) = (Arc::clone(&gathered), places.to_vec());
        let index = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| match event {
            Ok(event) => match concerned(&event, &watched, &index) {
                Concerned::Nothing => {}
                Concerned::Paths(paths) => {
                    noted.note(|gathering, now| paths.into_iter().for_each(|path| gathering.note(path, now)));
                }
                Concerned::Anything => noted.note(Gathering::note_anything),
            },
            // What was not seen may be anything.
            Err(_) => noted.note(Gathering::note_anything),
        })?;
        let mut watched = Self { places: places.to_vec(), is_away: false, gathered, poll: None, watcher: Some(watcher) };
        watched.watch()?;
        Ok(watched)
    }

    /// Has the system tell of changes in all places.
    fn watch(&mut self) -> notify::Result<()> {
        let Some(watcher) = &mut self.watcher else { return Ok(()) };
        for place in &self.places {
            // A file is replaced as often as it is written to: its folder tells of both.
            let Some(target) = place.ancestors().find(|path| path.is_dir()) else { continue };
            watcher.watch(target, if target == place { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive })?;
        }
        // What changed before there was a watch was seen by nobody.
        self.gathered.note(Gathering::note_anything);
        Ok(())
    }
}

impl Changes for Watched {
    fn next(&mut self) -> Option<Changed> {
        let every = if self.is_away { Some(LOOK) } else { self.poll.filter(|_| self.watcher.is_none()) };
        let look = every.map(|every| Instant::now() + every);
        let mut gathering = self.gathered.gathering.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let now = Instant::now();
            if look.is_some_and(|at| at <= now) {
                return Some(Changed::Anything);
            }
            if let Some(changed) = gathering.take(now) {
                return Some(changed);
            }
            let begun = &self.gathered.begun;
            gathering = match look.into_iter().chain(gathering.due()).min() {
                Some(until) => {
                    begun.wait_timeout(gathering, until.saturating_duration_since(now)).unwrap_or_else(PoisonError::into_inner).0
                }
                None => begun.wait(gathering).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }

    fn again(&mut self, changed: Changed) {
        self.gathered.note(|gathering, now| gathering.note_again(changed, now));
    }

    fn away(&mut self) {
        self.is_away = true;
    }

    fn back(&mut self) {
        self.is_away = false;
        // The system has forgotten a folder that was away.
        if self.watch().is_err() {
            (self.watcher, self.poll) = (None, Some(POLL));
        }
    }
}

/// What of a message of the system may change an index.
#[derive(Debug, PartialEq, Eq)]
enum Concerned {
    Nothing,
    Paths(Vec<PathBuf>),
    Anything,
}

/// What of `event` lies at or under `places`, and is neither hidden nor the index itself, in the folder `index`.
fn concerned(event: &Event, places: &[PathBuf], index: &Path) -> Concerned {
    if event.need_rescan() {
        return Concerned::Anything;
    }
    if matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write)) {
        return Concerned::Nothing;
    }
    let mut paths = Vec::new();
    for path in event.paths.iter().filter(|path| !path.starts_with(index)) {
        for inside in places.iter().filter_map(|place| path.strip_prefix(place).ok()) {
            // What such a file leaves out may be anything under it.
            if inside.file_name().is_some_and(|name| name == ".ignore") {
                return Concerned::Anything;
            }
            if !inside.iter().any(|part| part.as_encoded_bytes().starts_with(b".")) {
                paths.push(path.clone());
                break;
            }
        }
    }
    if paths.is_empty() { Concerned::Nothing } else { Concerned::Paths(paths) }
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, DataChange, Flag, ModifyKind};

    use super::*;

    #[test]
    fn what_is_hidden_or_our_own_or_only_read_is_no_change() {
        let places = [PathBuf::from("/r/.cache"), PathBuf::from("/q/one.md")];
        let of = |kind, path: &str| concerned(&Event::new(kind).add_path(path.into()), &places, Path::new("/r/.cache/ix"));
        let create = EventKind::Create(CreateKind::File);
        let paths = |path: &str| Concerned::Paths(vec![path.into()]);
        assert_eq!(of(create, "/r/.cache/a/x.md"), paths("/r/.cache/a/x.md"));
        assert_eq!(of(EventKind::Modify(ModifyKind::Data(DataChange::Any)), "/q/one.md"), paths("/q/one.md"));
        assert_eq!(of(EventKind::Access(AccessKind::Close(AccessMode::Write)), "/q/one.md"), paths("/q/one.md"));
        for nothing in ["/q/two.md", "/r/.cache/.git/x", "/r/.cache/a/.x.md.swp", "/r/.cache/ix/index/meta.json"] {
            assert_eq!(of(create, nothing), Concerned::Nothing, "{nothing}");
        }
        assert_eq!(of(EventKind::Access(AccessKind::Open(AccessMode::Any)), "/q/one.md"), Concerned::Nothing);
        assert_eq!(of(create, "/r/.cache/a/.ignore"), Concerned::Anything);
        let overflow = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(concerned(&overflow, &places, Path::new("/ix")), Concerned::Anything);
    }
}
