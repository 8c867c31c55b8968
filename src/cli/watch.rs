use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecursiveMode, Watcher};

use super::args::number;
use super::index::{bring_up_to_date, options, told};
use super::output::talk;
use super::place::{IndexArgs, data};
use super::{Failure, Outcome};
use crate::index::{Changed, Error, Gathering, Options, follow, places};

/// Keep an index up to date while files change
///
/// Brings the index up to date with PATH (or with everything indexed before), then waits for changes and does so again when nothing has
/// changed for two seconds, or after half a minute. Prints one line for each update. Stop it with Ctrl-C. Meanwhile other processes can search
/// and index as usual.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  pundit watch articles\n  pundit watch --poll 60        for folders without change notifications, such as network folders"
)]
pub(super) struct Args {
    /// Folders or files
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    index: IndexArgs,
    /// Check all files every SECONDS seconds, instead of relying on the system's change notifications
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    poll: Option<u64>,
    /// Show only errors
    #[arg(short, long)]
    quiet: bool,
    /// Number of threads that read and analyse files [default: one per core]
    #[arg(long, value_name = "N", value_parser = number::<usize>)]
    threads: Option<usize>,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let folder = args.index.folder_to_update(&args.paths)?;
    let options = options(&args.index, &folder, args.threads)?;
    let say = |lines: Vec<String>| {
        for line in lines.iter().filter(|_| !args.quiet) {
            talk(line);
        }
    };
    let report = bring_up_to_date(&folder, &args.paths, &options, args.quiet)?;
    say(told(&report, &folder));
    let places = places(&data(&folder), &args.paths)?;
    let mut watched = match args.poll {
        Some(seconds) => Watched::polling(Duration::from_secs(seconds)),
        None => Watched::new(&places, &folder).unwrap_or_else(|error| {
            say(vec![format!("the system gives no change notifications ({error}); checking every {} seconds", POLL.as_secs())]);
            Watched::polling(POLL)
        }),
    };
    say(vec![format!("{}: waiting for changes in {}; stop with Ctrl-C", folder.display(), shown(&places))]);
    keep(&mut watched, &folder, &options, say)
}

fn shown(places: &[PathBuf]) -> String {
    places.iter().map(|place| place.display().to_string()).collect::<Vec<_>>().join(", ")
}

/// How often all files are checked if the system gives no change notifications.
const POLL: Duration = Duration::from_secs(30);

/// Where changes come from.
trait Changes {
    /// Waits for changes that are due. None if there will be no more.
    fn next(&mut self) -> Option<Changed>;

    /// Takes back changes that could not be followed now.
    fn again(&mut self, changed: Changed);
}

/// Brings the index in `folder` up to date whenever something has changed, and says what was done.
fn keep(changes: &mut impl Changes, folder: &Path, options: &Options, say: impl Fn(Vec<String>)) -> Result<Outcome, Failure> {
    let mut left_out = Vec::new();
    while let Some(changed) = changes.next() {
        match follow(&data(folder), &changed, options) {
            // What is left out again and again is told once.
            Ok(report) if report.is_idle() || report.has_changed_nothing() && report.skipped == left_out => {}
            Ok(report) => {
                say(told(&report, folder));
                left_out = report.skipped;
            }
            Err(error @ Error::Busy(_)) => {
                say(vec![format!("{error}; trying again")]);
                changes.again(changed);
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Outcome::Done)
}

/// Files that the system tells of, or that are looked at every so often.
struct Watched {
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
    fn polling(every: Duration) -> Self {
        Self { gathered: Arc::default(), poll: Some(every), watcher: None }
    }

    /// Watches what lies at `places`, but for the index itself in `folder`.
    fn new(places: &[PathBuf], folder: &Path) -> notify::Result<Self> {
        let gathered: Arc<Gathered> = Arc::default();
        let (noted, watched) = (Arc::clone(&gathered), places.to_vec());
        let index = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| match event {
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
        for place in places {
            // A file is replaced as often as it is written to: its folder tells of both.
            let Some(target) = place.ancestors().find(|path| path.is_dir()) else { continue };
            watcher.watch(target, if target == place { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive })?;
        }
        // What changed before there was a watch was seen by nobody.
        gathered.note(Gathering::note_anything);
        Ok(Self { gathered, poll: None, watcher: Some(watcher) })
    }
}

impl Changes for Watched {
    fn next(&mut self) -> Option<Changed> {
        let look = self.poll.filter(|_| self.watcher.is_none()).map(|every| Instant::now() + every);
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
    use std::cell::RefCell;
    use std::collections::VecDeque;
    use std::fs;

    use notify::event::{CreateKind, DataChange, Flag, ModifyKind};

    use super::*;
    use crate::index::update;

    /// Changes made by hand: each step changes files and names what it changed, five seconds after the one before.
    struct Fed<'f> {
        steps: VecDeque<Box<dyn FnOnce() -> Vec<PathBuf> + 'f>>,
        gathering: Gathering,
        now: Instant,
    }

    impl Changes for Fed<'_> {
        fn next(&mut self) -> Option<Changed> {
            loop {
                self.now += Duration::from_secs(5);
                if let Some(changed) = self.gathering.take(self.now) {
                    return Some(changed);
                }
                for path in self.steps.pop_front()?() {
                    self.gathering.note(path, self.now);
                }
            }
        }

        fn again(&mut self, changed: Changed) {
            self.gathering.note_again(changed, self.now);
            // Whoever was in the way goes on.
            if let Some(step) = self.steps.pop_front() {
                step();
            }
        }
    }

    #[test]
    fn an_index_follows_what_is_seen_to_change() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().canonicalize().unwrap();
        let (root, folder) = (home.join("a"), home.join(".pundit"));
        fs::create_dir_all(root.join("d")).unwrap();
        fs::write(root.join("d/x.md"), "Coal.\n").unwrap();
        update(&data(&folder), std::slice::from_ref(&root), &Options::default(), |_| {}).unwrap();
        let lock = RefCell::new(None);
        let steps: Vec<Box<dyn FnOnce() -> Vec<PathBuf>>> = vec![
            Box::new(|| {
                fs::write(root.join("y.md"), "Iron.\n").unwrap();
                fs::write(root.join("unseen.md"), "Nobody tells of this.\n").unwrap();
                vec![root.join("y.md"), root.join("nothing.md"), home.join("elsewhere.md")]
            }),
            Box::new(|| vec![root.join("y.md")]),
            Box::new(|| {
                fs::rename(root.join("d"), root.join("e")).unwrap();
                vec![root.join("d"), root.join("e")]
            }),
            Box::new(|| {
                let held = fs::File::create(data(&folder).join(".tantivy-writer.lock")).unwrap();
                held.lock().unwrap();
                *lock.borrow_mut() = Some(held);
                fs::write(root.join("y.md"), "Iron, and more of it.\n").unwrap();
                vec![root.join("y.md")]
            }),
            Box::new(|| {
                lock.borrow_mut().take();
                Vec::new()
            }),
            Box::new(|| {
                fs::remove_file(root.join("y.md")).unwrap();
                (0..1000).map(|number| root.join(format!("{number}.md"))).collect()
            }),
        ];
        let mut fed = Fed { steps: steps.into(), gathering: Gathering::default(), now: Instant::now() };
        let said = RefCell::new(Vec::new());
        let outcome = keep(&mut fed, &folder, &Options::default(), |lines| {
            said.borrow_mut().extend(lines.iter().filter_map(|line| Some(line.split_once(": ")?.1.to_owned())));
            if lines.iter().any(|line| line.contains("another pundit")) {
                said.borrow_mut().push("busy".to_owned());
            }
        });
        assert_eq!(outcome.unwrap(), Outcome::Done);
        assert_eq!(
            *said.borrow(),
            [
                "1 new, 0 changed, 0 removed, 0 skipped (0 files unchanged)",
                "0 new, 0 changed, 0 removed, 0 skipped (0 files unchanged, 1 moved)",
                "busy",
                "0 new, 1 changed, 0 removed, 0 skipped (0 files unchanged)",
                "1 new, 0 changed, 1 removed, 0 skipped (1 file unchanged)",
            ]
        );
    }

    #[test]
    fn a_folder_that_vanishes_ends_it() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().canonicalize().unwrap();
        let (root, folder) = (home.join("a"), home.join(".pundit"));
        fs::create_dir_all(&root).unwrap();
        fs::write(root.join("x.md"), "Coal.\n").unwrap();
        update(&data(&folder), std::slice::from_ref(&root), &Options::default(), |_| {}).unwrap();
        let step: Box<dyn FnOnce() -> Vec<PathBuf>> = Box::new(|| {
            fs::remove_dir_all(&root).unwrap();
            vec![root.clone()]
        });
        let mut fed = Fed { steps: [step].into(), gathering: Gathering::default(), now: Instant::now() };
        assert!(keep(&mut fed, &folder, &Options::default(), |_| {}).is_err());
    }

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
