mod watched;

use std::path::{Path, PathBuf};
use std::time::Duration;

use watched::Watched;

use super::args::number;
use super::index::{bring_up_to_date, options, told};
use super::output::talk;
use super::place::{IndexArgs, data};
use super::{Failure, Outcome};
use crate::index::{Changed, Error, Options, follow, places};

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

    /// A folder is away, so that nothing can be followed until it is there again.
    fn away(&mut self);

    /// All folders are there again.
    fn back(&mut self);
}

/// Brings the index in `folder` up to date whenever something has changed, and says what was done.
fn keep(changes: &mut impl Changes, folder: &Path, options: &Options, say: impl Fn(Vec<String>)) -> Result<Outcome, Failure> {
    let (mut left_out, mut is_away) = (Vec::new(), false);
    while let Some(changed) = changes.next() {
        let followed = follow(&data(folder), &changed, options);
        if is_away && followed.is_ok() {
            is_away = false;
            changes.back();
        }
        match followed {
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
            // A drive that sleeps, a network that is down, a folder that is put back from a copy.
            Err(error @ (Error::RootGone(_) | Error::RootClosed { .. })) => {
                if !std::mem::replace(&mut is_away, true) {
                    say(vec![format!("{error}; waiting until it is there again")]);
                }
                changes.away();
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Outcome::Done)
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::collections::VecDeque;
    use std::fs;
    use std::time::Instant;

    use super::*;
    use crate::index::{Gathering, update};

    /// Changes made by hand: each step changes files and names what it changed, five seconds after the one before.
    struct Fed<'f> {
        steps: VecDeque<Box<dyn FnOnce() -> Vec<PathBuf> + 'f>>,
        gathering: Gathering,
        now: Instant,
        /// How often all was there again.
        backs: usize,
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

        fn away(&mut self) {
            self.again(Changed::Anything);
        }

        fn back(&mut self) {
            self.backs += 1;
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
        let mut fed = Fed { steps: steps.into(), gathering: Gathering::default(), now: Instant::now(), backs: 0 };
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
    fn a_folder_that_vanishes_is_waited_for() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().canonicalize().unwrap();
        let (root, elsewhere, folder) = (home.join("a"), home.join("b"), home.join(".pundit"));
        fs::create_dir_all(&root).unwrap();
        fs::write(root.join("x.md"), "Coal.\n").unwrap();
        update(&data(&folder), std::slice::from_ref(&root), &Options::default(), |_| {}).unwrap();
        let steps: Vec<Box<dyn FnOnce() -> Vec<PathBuf>>> = vec![
            Box::new(|| {
                fs::rename(&root, &elsewhere).unwrap();
                vec![root.clone()]
            }),
            // Looked for once more, and still away.
            Box::new(Vec::new),
            Box::new(|| {
                fs::write(elsewhere.join("y.md"), "Iron.\n").unwrap();
                fs::rename(&elsewhere, &root).unwrap();
                Vec::new()
            }),
        ];
        let mut fed = Fed { steps: steps.into(), gathering: Gathering::default(), now: Instant::now(), backs: 0 };
        let said = RefCell::new(Vec::new());
        let outcome = keep(&mut fed, &folder, &Options::default(), |lines| said.borrow_mut().extend(lines));
        assert_eq!(outcome.unwrap(), Outcome::Done);
        let said = said.into_inner();
        assert!(said.len() == 2 && said[0].contains("waiting until it is there again"), "{said:?}");
        assert!(said[1].contains("1 new, 0 changed, 0 removed"), "{said:?}");
        assert_eq!(fed.backs, 1);
    }
}
