//! Reading and analysing, on several threads, what one thread then writes.
//!
//! A feeder opens the files in order and hands out units: some parts of one file, which may be far larger than memory. Workers turn units
//! into blocks. Units of small files are handed out in bundles, and so is what becomes of them: to wake a thread for each costs 3% of the time.
//! The channels between are short, and no more bytes are handed out than a bound until what came of some is written, so that what
//! waits in memory stays small whatever the folder holds and however many workers there are.

use std::fs::File;
use std::io::{self, Read};
use std::sync::mpsc::{Receiver, SendError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use super::foreseen::Foreseen;
use super::moved::Lost;
use super::room::{Room, Taken};
use crate::actors::Matcher;
use crate::index::block::{Origin, owner, short_hex};
use crate::index::{Block, Builder, Error, Options, Reader, StoredFile};
use crate::pieces::{Decoding, Entry, Mapping, Part, Reading, Reason, Skipped, parts};

/// A file that is to be read.
#[derive(Debug)]
pub(super) struct Job {
    /// The number of its root.
    pub(super) root: u32,
    /// Its path from the root.
    pub(super) path: String,
    /// Where it is, and how it looks.
    pub(super) entry: Entry,
    /// What the fields of its records are taken for.
    pub(super) mapping: Arc<Mapping>,
    /// Whether the index knows it.
    pub(super) known: bool,
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
    /// How its texts were decoded.
    pub(super) decoded: Vec<Decoding>,
    /// Whether this is all of the unit: one of many pieces is given bit by bit.
    pub(super) whole: bool,
    /// If the unit ends its file: how many units that had, this one included, and the digest of its bytes.
    pub(super) end: Option<(usize, String)>,
    /// The file that is gone and was this one, from which all was taken.
    pub(super) moved: Option<Box<StoredFile>>,
    /// Given back when all that came of the unit is written.
    _taken: Option<Arc<Taken>>,
}

impl Done {
    /// Nothing yet of `unit`.
    fn of(unit: &Unit) -> Self {
        Self {
            job: unit.job,
            blocks: Vec::new(),
            skipped: Vec::new(),
            decoded: Vec::new(),
            whole: false,
            end: None,
            moved: None,
            _taken: unit.taken.clone(),
        }
    }

    fn add(&mut self, block: Result<Block, Skipped>) {
        match block {
            Ok(block) => self.blocks.push(block),
            Err(skipped) => self.skipped.push(skipped),
        }
    }
}

/// Some parts of a file.
#[derive(Default)]
struct Unit {
    job: usize,
    parts: Vec<Part>,
    moved: Option<Box<StoredFile>>,
    bytes: usize,
    taken: Option<Arc<Taken>>,
    end: Option<(usize, String)>,
}

/// Parts are handed out in units of about this many bytes of memory.
const UNIT_BYTES: usize = 1536 << 10;
/// Units of fewer bytes are handed out together until they have these …
const BUNDLE_BYTES: usize = 128 << 10;
/// … or are so many: a few files are worked off by several threads.
const BUNDLE: usize = 32;
/// How many bundles, and how many of results, may wait.
const WAITING: usize = 8;
/// How many bytes of memory parts may take that are handed out and of which not all is written; a single part may take more.
const UNDER_WAY: usize = 48 << 20;
/// Units of more bytes of memory than this are all taken by the same worker. They are worked off one after the other in any case, and the system
/// keeps for each thread what that had of memory, so that eight of them would keep it eight times.
const LARGE: usize = 6 << 20;
/// More pieces than this are not held, …
const AT_ONCE: usize = 1_000;
/// … nor pieces of more bytes than this together and one more: a block takes many times what its piece does.
const TOGETHER: usize = 512 << 10;
/// More threads than any machine has cores for do nothing sooner: each holds what it works on, and a system has so many and no more.
pub const MOST_THREADS: usize = 256;
/// The recursion of the readers of other people's files is bounded, but not small.
const STACK_BYTES: usize = 32 << 20;

/// Works off `jobs` and gives `take` each result, on the calling thread, in no certain order. Of the files in `lost`, which are gone, those are
/// found again that were only moved: what they held is taken from the index as it stood `before`, and not read.
///
/// # Errors
/// That of `take`, with which the work stops; and where the system starts no thread, since then nothing has been read.
pub(super) fn work(
    jobs: &[Job],
    lost: Lost,
    before: &Reader,
    options: &Options,
    mut take: impl FnMut(Done) -> Result<(), Error>,
) -> Result<(), Error> {
    if jobs.is_empty() {
        return Ok(());
    }
    let roster = options.roster.roster();
    let matcher = Arc::new(Matcher::new(roster));
    let (unit_sender, units) = sync_channel::<Vec<Unit>>(WAITING);
    let (large_sender, large) = sync_channel::<Vec<Unit>>(1);
    let (done_sender, results) = sync_channel::<Vec<Done>>(WAITING);
    let units = Arc::new(Mutex::new(units));
    let room = Room::new(UNDER_WAY);
    let foreseen = &Foreseen::new(before);
    std::thread::scope(|scope| {
        let all = std::iter::repeat_n(Arc::clone(&units), options.threads.get().min(MOST_THREADS)).chain([Arc::new(Mutex::new(large))]);
        for (at, units) in all.enumerate() {
            let (sender, matcher, room) = (done_sender.clone(), Arc::clone(&matcher), Arc::clone(&room));
            let worker = move || {
                let mut builder = None;
                // A closed channel means that writing has failed: nothing more is wanted.
                while let Some(bundle) = next(&units) {
                    let builder = builder.get_or_insert_with(|| Builder::new(before.fields(), roster, Arc::clone(&matcher)));
                    if !run_all(bundle, jobs, foreseen, builder, options, &sender) {
                        break;
                    }
                }
                // Whoever waits for room is told that nobody makes any.
                room.close();
            };
            match reader().spawn_scoped(scope, worker) {
                Ok(_) => {}
                Err(error) if at == 0 => return Err(Error::NoThread(error)),
                // Fewer threads do the same work.
                Err(_) => break,
            }
        }
        // Last, so that there is somebody who takes what it hands out.
        let mut desk = Desk { room, units: unit_sender, large: large_sender, bundle: Vec::new(), bytes: 0 };
        reader().spawn_scoped(scope, move || feed(jobs, lost, options, &mut desk)).map_err(Error::NoThread)?;
        // What is left of the channels' ends belongs to the threads alone, so that each notices when the others are gone.
        drop((done_sender, units));
        results.into_iter().flatten().try_for_each(&mut take)
    })
}

/// A thread in which other people's files are read.
fn reader() -> std::thread::Builder {
    std::thread::Builder::new().name(READER.to_owned()).stack_size(STACK_BYTES)
}

/// Where units are handed out.
struct Desk {
    room: Arc<Room>,
    units: SyncSender<Vec<Unit>>,
    /// For the one worker that takes the large ones.
    large: SyncSender<Vec<Unit>>,
    /// What is handed out together with more, …
    bundle: Vec<Unit>,
    /// … and its bytes of memory.
    bytes: usize,
}

impl Desk {
    /// Hands out a unit, alone or sooner or later with others; whether what was handed out was taken.
    fn hand_out(&mut self, unit: Unit) -> bool {
        if unit.bytes > LARGE {
            let bundle = self.taking_room(unit.bytes, vec![unit]);
            // Where the system gave no thread for the large ones, the others take them.
            return self.large.send(bundle).or_else(|SendError(bundle)| self.units.send(bundle)).is_ok();
        }
        self.bytes += unit.bytes;
        self.bundle.push(unit);
        (self.bytes < BUNDLE_BYTES && self.bundle.len() < BUNDLE) || self.hand_out_bundle()
    }

    /// Hands out what is left; whether it was taken.
    fn hand_out_bundle(&mut self) -> bool {
        let (bytes, bundle) = (std::mem::take(&mut self.bytes), std::mem::take(&mut self.bundle));
        let bundle = self.taking_room(bytes, bundle);
        self.units.send(bundle).is_ok()
    }

    /// `bundle`, of so many bytes, once there is room for it.
    fn taking_room(&self, bytes: usize, mut bundle: Vec<Unit>) -> Vec<Unit> {
        let taken = Arc::new(Taken::of(&self.room, bytes));
        for unit in &mut bundle {
            unit.taken = Some(Arc::clone(&taken));
        }
        bundle
    }
}

fn next(units: &Mutex<Receiver<Vec<Unit>>>) -> Option<Vec<Unit>> {
    units.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// The name of the threads in which the readers of other people's files run: what goes wrong there is told as a skip.
pub const READER: &str = "reader";

/// Hands out the units of all jobs, until nobody takes them.
fn feed(jobs: &[Job], mut lost: Lost, options: &Options, desk: &mut Desk) {
    for (index, job) in jobs.iter().enumerate() {
        if let Some(moved) = lost.take(job) {
            let end = Some((1, moved.digest.clone()));
            if !desk.hand_out(Unit { job: index, moved: Some(Box::new(moved)), end, ..Unit::default() }) {
                return;
            }
        } else if !feed_file(index, job, options, desk) {
            return;
        }
    }
    desk.hand_out_bundle();
}

/// Hands out a file, some parts at a time; whether all were taken. The last unit says that it is the last: a file of one unit is one message.
fn feed_file(index: usize, job: &Job, options: &Options, desk: &mut Desk) -> bool {
    let mut unit = Unit { job: index, ..Unit::default() };
    let mut count = 0;
    let mut digest = String::new();
    let opened = match &job.entry.skipped {
        Some(reason) => Err(reason.clone()),
        None => File::open(&job.entry.path).map_err(|error| Reason::Unreadable(error.to_string())),
    };
    match opened {
        Err(reason) => unit.parts.push(Part::left_out(reason)),
        Ok(file) => {
            let mut file = Hashing::new(file);
            let mut taken = true;
            parts(&job.entry.path, job.entry.size, &mut file, &options.limits, &mut |part| {
                if unit.bytes > 0 && unit.bytes.saturating_add(part.size()) > UNIT_BYTES {
                    count += 1;
                    let full = std::mem::replace(&mut unit, Unit { job: index, ..Unit::default() });
                    taken = desk.hand_out(full);
                }
                unit.bytes = unit.bytes.saturating_add(part.size());
                unit.parts.push(part);
                taken
            });
            if !taken {
                return false;
            }
            // An archive is read from its end, and a file that is too large is not read to its end.
            digest = file.finish().unwrap_or_default();
        }
    }
    unit.end = Some((count + 1, digest));
    desk.hand_out(unit)
}

/// A file whose digest is taken as it is read.
pub(super) struct Hashing {
    inner: File,
    hasher: blake3::Hasher,
}

impl Hashing {
    pub(super) fn new(file: File) -> Self {
        Self { inner: file, hasher: blake3::Hasher::new() }
    }

    /// The digest of what was read, and of what is left to read.
    pub(super) fn finish(mut self) -> io::Result<String> {
        io::copy(&mut self, &mut io::sink())?;
        Ok(short_hex(&self.hasher.finalize()))
    }
}

impl Read for Hashing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hasher.update(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}

/// Sends what becomes of the units of a bundle; whether that was taken.
fn run_all(
    bundle: Vec<Unit>,
    jobs: &[Job],
    foreseen: &Foreseen<'_>,
    builder: &mut Builder<'_>,
    options: &Options,
    sender: &SyncSender<Vec<Done>>,
) -> bool {
    let mut finished = Vec::new();
    for unit in bundle {
        // What is a bit of a unit is large.
        let mut give = |done: Done| {
            let is_whole = done.whole;
            finished.push(done);
            is_whole || sender.send(std::mem::take(&mut finished)).is_ok()
        };
        if !run(unit, jobs, foreseen, builder, options, &mut give) {
            return false;
        }
    }
    sender.send(finished).is_ok()
}

/// Gives `give` what becomes of a unit; whether that took it.
fn run(
    mut unit: Unit,
    jobs: &[Job],
    foreseen: &Foreseen<'_>,
    builder: &mut Builder<'_>,
    options: &Options,
    give: &mut dyn FnMut(Done) -> bool,
) -> bool {
    let mut done = Done::of(&unit);
    let Some(job) = jobs.get(unit.job) else { return true };
    let origin = Origin { root: job.root, path: &job.path, size: job.entry.size, modified: job.entry.modified };
    if let Some(file) = &unit.moved {
        let (mut taken, mut held) = (true, 0);
        let again = foreseen.before().kept_of(&owner(file.root, &file.path), &mut |kept| {
            let piece = kept.piece();
            held += piece.text.len();
            done.add(builder.block_or_skip(piece, Some(kept.mentions()), &origin));
            if done.blocks.len() == AT_ONCE || held > TOGETHER {
                held = 0;
                taken = give(std::mem::replace(&mut done, Done::of(&unit)));
            }
            taken
        });
        if let Err(error) = again {
            done.skipped.push(Skipped::file(Reason::Unreadable(error.to_string())));
        }
        if !taken {
            return false;
        }
    }
    let mut held = 0;
    for part in std::mem::take(&mut unit.parts) {
        let Reading { pieces, skipped, decoded } = part.read(&job.path, &options.limits, &job.mapping);
        done.skipped.extend(skipped);
        done.decoded.extend(decoded.into_iter().filter(Decoding::is_remarkable));
        for mut piece in pieces {
            if let Err(error) = foreseen.settle(&mut piece) {
                done.skipped.push(Skipped::file(Reason::Unreadable(error.to_string())));
            }
            held += piece.text.len();
            done.add(builder.block_or_skip(piece, None, &origin));
            if done.blocks.len() == AT_ONCE || held > TOGETHER {
                held = 0;
                if !give(std::mem::replace(&mut done, Done::of(&unit))) {
                    return false;
                }
            }
        }
    }
    give(Done { whole: true, end: unit.end, moved: unit.moved, ..done })
}
