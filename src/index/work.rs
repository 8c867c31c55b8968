//! Reading and analysing, on several threads, what one thread then writes.
//!
//! A feeder hands out units in order: a whole file, or some lines of a file of records, which may be far larger than memory. Workers turn
//! units into blocks. The channels between are short, so that what waits in memory stays small whatever the folder holds.

use std::fs::File;
use std::io::{BufReader, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use super::block::{Origin, digest};
use super::fields::Fields;
use super::{Block, Builder, Options};
use crate::actors::{Matcher, Roster};
use crate::pieces::read::{Line, lines, read};
use crate::pieces::{Entry, Format, Piece, Reason, Skipped};

/// A file that is to be read.
#[derive(Debug)]
pub(super) struct Job {
    /// The number of its root.
    pub(super) root: u32,
    /// Its path from the root.
    pub(super) path: String,
    /// Where it is, and how it looks.
    pub(super) entry: Entry,
}

/// What has become of a unit.
#[derive(Debug)]
pub(super) struct Done {
    /// The job, by its place in the list.
    pub(super) job: usize,
    /// Its pieces.
    pub(super) blocks: Vec<Block>,
    /// What was left out.
    pub(super) skipped: Vec<Skipped>,
    /// If the unit ends its file: how many units that had, this one included, and the digest of its bytes.
    pub(super) end: Option<(usize, String)>,
}

enum Unit {
    Whole(usize),
    Lines(usize, Vec<Line>),
    /// The end of a file of lines: what went wrong reading it, how many units it had, its digest.
    End(usize, Vec<Skipped>, usize, String),
}

/// Lines are handed out in units of about this many bytes.
const UNIT_BYTES: usize = 256 << 10;
/// How many units, and how many results, may wait.
const WAITING: usize = 8;
/// The recursion of the readers of other people's files is bounded, but not small.
const STACK_BYTES: usize = 32 << 20;

/// Works off `jobs` and gives `take` each result, on the calling thread, in no certain order. If `take` fails, the work stops and its error
/// is given back.
pub(super) fn work<E>(
    jobs: &[Job],
    fields: Fields,
    roster: &Roster,
    options: &Options,
    mut take: impl FnMut(Done) -> Result<(), E>,
) -> Result<(), E> {
    if jobs.is_empty() {
        return Ok(());
    }
    let matcher = Arc::new(Matcher::new(roster));
    let (unit_sender, units) = sync_channel::<Unit>(WAITING);
    let (done_sender, results) = sync_channel::<Done>(WAITING);
    let units = Arc::new(Mutex::new(units));
    std::thread::scope(|scope| {
        scope.spawn(move || feed(jobs, options, &unit_sender));
        for _ in 0..options.threads {
            let (units, sender, matcher) = (Arc::clone(&units), done_sender.clone(), Arc::clone(&matcher));
            let worker = move || {
                let builder = Builder::new(fields, roster, matcher);
                // A closed channel means that writing has failed: nothing more is wanted.
                while let Some(unit) = next(&units)
                    && sender.send(run(unit, jobs, &builder, options)).is_ok()
                {}
            };
            if std::thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, worker).is_err() {
                // Fewer threads do the same work; without any, the channel closes and the caller sees files missing.
                break;
            }
        }
        // What is left of the channels' ends belongs to the threads alone, so that each notices when the others are gone.
        drop((done_sender, units));
        results.into_iter().try_for_each(&mut take)
    })
}

fn next(units: &Mutex<Receiver<Unit>>) -> Option<Unit> {
    units.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// Hands out the units of all jobs, until nobody takes them.
fn feed(jobs: &[Job], options: &Options, units: &SyncSender<Unit>) {
    for (index, job) in jobs.iter().enumerate() {
        let is_lines = job.entry.skipped.is_none() && Format::of(&job.entry.path) == Ok(Format::JsonLines);
        let taken = if is_lines { feed_lines(index, job, options, units) } else { units.send(Unit::Whole(index)).is_ok() };
        if !taken {
            return;
        }
    }
}

/// Hands out a file of records, some lines at a time; whether all were taken.
fn feed_lines(index: usize, job: &Job, options: &Options, units: &SyncSender<Unit>) -> bool {
    let file = match File::open(&job.entry.path) {
        Ok(file) => file,
        Err(error) => {
            let skipped = vec![Skipped::file(Reason::Unreadable(error.to_string()))];
            return units.send(Unit::End(index, skipped, 1, String::new())).is_ok();
        }
    };
    let mut hasher = blake3::Hasher::new();
    let mut count = 1;
    let mut batch = Vec::new();
    let mut bytes = 0;
    for line in lines(BufReader::with_capacity(1 << 20, file), options.limits.record) {
        if let Ok(line) = &line.bytes {
            hasher.update(line);
            bytes += line.len();
        }
        batch.push(line);
        if bytes >= UNIT_BYTES {
            count += 1;
            bytes = 0;
            if units.send(Unit::Lines(index, std::mem::take(&mut batch))).is_err() {
                return false;
            }
        }
    }
    count += 1;
    let digest = hasher.finalize().to_hex().chars().take(32).collect();
    units.send(Unit::Lines(index, batch)).is_ok() && units.send(Unit::End(index, Vec::new(), count, digest)).is_ok()
}

fn run(unit: Unit, jobs: &[Job], builder: &Builder<'_>, options: &Options) -> Done {
    match unit {
        Unit::Whole(index) => {
            let job = jobs.get(index);
            let (pieces, skipped, digest) = job.map(|job| read_whole(job, options)).unwrap_or_default();
            let blocks = job.map(|job| blocks(pieces, job, builder)).unwrap_or_default();
            Done { job: index, blocks, skipped, end: Some((1, digest)) }
        }
        Unit::Lines(index, lines) => {
            let mut skipped = Vec::new();
            let pieces = lines.into_iter().filter_map(|line| line.piece().map_err(|reason| skipped.push(reason)).ok()).collect();
            let blocks = jobs.get(index).map(|job| blocks(pieces, job, builder)).unwrap_or_default();
            Done { job: index, blocks, skipped, end: None }
        }
        Unit::End(index, skipped, count, digest) => Done { job: index, blocks: Vec::new(), skipped, end: Some((count, digest)) },
    }
}

fn read_whole(job: &Job, options: &Options) -> (Vec<Piece>, Vec<Skipped>, String) {
    let left_out = |reason| (Vec::new(), vec![Skipped::file(reason)], String::new());
    let entry = &job.entry;
    if let Some(reason) = &entry.skipped {
        return left_out(reason.clone());
    }
    let format = match Format::of(&entry.path) {
        Ok(format) => format,
        Err(reason) => return left_out(reason),
    };
    let limit = options.limits.file;
    if entry.size > limit {
        return left_out(Reason::TooLarge { size: entry.size, limit });
    }
    // A file may grow while it is read: what is beyond the limit is never held.
    let mut bytes = Vec::new();
    match File::open(&entry.path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes)) {
        Ok(_) => {
            let digest = digest(&bytes);
            let reading = read(bytes, format, &options.limits);
            (reading.pieces, reading.skipped, digest)
        }
        Err(error) => left_out(Reason::Unreadable(error.to_string())),
    }
}

fn blocks(pieces: Vec<Piece>, job: &Job, builder: &Builder<'_>) -> Vec<Block> {
    let origin = Origin { root: job.root, path: &job.path, size: job.entry.size, modified: job.entry.modified };
    pieces.into_iter().map(|piece| builder.block(piece, &origin)).collect()
}
