//! Damaged files through the readers, the decoder and what unpacks archives.
//!
//! `cargo run --release --bin readers -- SECONDS FOLDER…` takes the files in the folders as seeds, changes them at random (bits, runs of bytes,
//! cuts, pieces of other seeds), and reads each as what its name says. Half the time what is packed in a zip (a document of an office program, a
//! book) or in gzip is changed and packed again: damage to the packing itself is noticed by its checksum, and no reader gets to see it.
//! Goes on for so many seconds of work, whatever else the machine does meanwhile. A reader that panics, or works for longer than ten seconds, is told with the file, which is kept in the folder for temporary files. Ends with
//! 1 if there was any.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use pundit::pieces::{Limits, Mapping, Reason, parts};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Numbers that are as good as random (xorshift).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % (bound.max(1) as u64)).unwrap_or_default()
    }
}

fn seeds(folder: &Path, into: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            seeds(&path, into);
        } else if entry.metadata().is_ok_and(|found| found.len() < 1 << 20)
            && let Ok(bytes) = fs::read(&path)
        {
            into.push((path, bytes));
        }
    }
}

/// A seed with some of it changed.
fn changed(seed: &[u8], other: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len());
        match numbers.below(6) {
            0 => bytes.truncate(at),
            1 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << numbers.below(8);
                }
            }
            2 => {
                let end = bytes.len().min(at + numbers.below(64));
                bytes.drain(at.min(end)..end);
            }
            3 => {
                let run = bytes.iter().skip(at).take(numbers.below(4_096)).copied().collect::<Vec<_>>();
                let times = numbers.below(200);
                (0..times).for_each(|_| bytes.splice(at..at, run.iter().copied()).for_each(drop));
            }
            4 => {
                let from = numbers.below(other.len());
                let run = other.iter().skip(from).take(numbers.below(512)).copied().collect::<Vec<_>>();
                bytes.splice(at..at, run).for_each(drop);
            }
            _ => {
                let value = numbers.next().to_le_bytes();
                bytes.iter_mut().skip(at).zip(value).for_each(|(byte, new)| *byte = new);
            }
        }
        if bytes.len() > 8 << 20 {
            bytes.truncate(8 << 20);
        }
    }
    bytes
}

/// A packed seed with some of what is in it changed; nothing where it cannot be taken out.
fn changed_inside(seed: &[u8], other: &[u8], numbers: &mut Numbers) -> Option<Vec<u8>> {
    if seed.starts_with(&[0x1F, 0x8B]) {
        let mut inside = Vec::new();
        GzDecoder::new(seed).take(MOST_INSIDE).read_to_end(&mut inside).ok()?;
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(&changed(&inside, other, numbers)).ok()?;
        return packed.finish().ok();
    }
    if !seed.starts_with(b"PK\x03\x04") {
        return None;
    }
    let mut archive = ZipArchive::new(Cursor::new(seed)).ok()?;
    let mut packed = ZipWriter::new(Cursor::new(Vec::new()));
    let is_text = |name: &str| TEXTS.iter().any(|end| name.ends_with(end));
    let texts: Vec<bool> = archive.file_names().map(|name| name.is_ok_and(|name| is_text(&name))).collect();
    // Mostly a text, for that is what readers take apart.
    let chosen = std::iter::repeat_with(|| numbers.below(texts.len())).take(8).find(|&at| texts.get(at) == Some(&true))?;
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).ok()?;
        let mut inside = Vec::new();
        file.by_ref().take(MOST_INSIDE).read_to_end(&mut inside).ok()?;
        if at == chosen {
            inside = changed(&inside, other, numbers);
        }
        packed.start_file(file.name().ok()?, SimpleFileOptions::default().compression_method(CompressionMethod::Stored)).ok()?;
        packed.write_all(&inside).ok()?;
    }
    Some(packed.finish().ok()?.into_inner())
}

/// How the names of texts end.
const TEXTS: [&str; 6] = [".xml", ".rels", ".xhtml", ".html", ".opf", ".txt"];

/// No more bytes than these are taken out of a packed seed.
const MOST_INSIDE: u64 = 8 << 20;

/// For how long this thread has worked so far, not counting what it waited for others; where the system does not say, the time since `started`.
fn worked_since(started: Instant) -> Duration {
    let said = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    said.split(' ').next().and_then(|nanos| nanos.parse().ok()).map_or_else(|| started.elapsed(), Duration::from_nanos)
}

/// What went wrong reading `bytes` as the file at `path`.
fn wrong(path: &Path, bytes: &[u8]) -> Option<String> {
    let limits = Limits::default();
    let started = Instant::now();
    let before = worked_since(started);
    let mut failed = None;
    let read = catch_unwind(AssertUnwindSafe(|| {
        parts(path, bytes.len() as u64, &mut Cursor::new(bytes), &limits, &mut |part| {
            let reading = part.read("", &limits, &Mapping::default());
            let panicked = reading.skipped.iter().find(|skipped| matches!(skipped.reason, Reason::Reader(_)));
            failed = failed.take().or(panicked.map(|skipped| skipped.reason.to_string()));
            true
        });
    }));
    if read.is_err() {
        return Some("it panicked".to_owned());
    }
    let took = worked_since(started).saturating_sub(before);
    if took > Duration::from_secs(10) {
        return Some(format!("it took {took:?}"));
    }
    failed
}

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let seconds = args.next().and_then(|seconds| seconds.parse().ok()).unwrap_or(60);
    let mut all = Vec::new();
    args.for_each(|folder| seeds(Path::new(&folder), &mut all));
    if all.is_empty() {
        eprintln!("no seeds: name folders with small files of every format");
        return ExitCode::from(2);
    }
    std::panic::set_hook(Box::new(|_| {}));
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(1, |since| since.as_nanos());
    let mut numbers = Numbers(u64::try_from(now & u128::from(u64::MAX)).unwrap_or(1) | 1);
    let folder = std::env::temp_dir().join(format!("pundit-fuzz-{}", std::process::id()));
    if let Err(error) = fs::create_dir_all(&folder) {
        eprintln!("{}: {error}", folder.display());
        return ExitCode::from(2);
    }
    let (started, mut tried, mut faults) = (Instant::now(), 0_u64, 0_u64);
    while worked_since(started) < Duration::from_secs(seconds) {
        let (at, other) = (numbers.below(all.len()), numbers.below(all.len()));
        let (name, bytes) = changed_seed(&all, at, other, &mut numbers);
        // An archive is opened again from the disk.
        let path = folder.join(name);
        if fs::write(&path, &bytes).is_err() {
            continue;
        }
        tried += 1;
        if let Some(fault) = wrong(&path, &bytes) {
            faults += 1;
            let kept = folder.join(format!("fault-{faults}-{}", path.file_name().unwrap_or_default().to_string_lossy()));
            println!("{}: {fault}", kept.display());
            drop(fs::rename(&path, kept));
        } else {
            drop(fs::remove_file(&path));
        }
    }
    println!("{tried} files, {faults} faults, {} s of work in {} s", worked_since(started).as_secs(), started.elapsed().as_secs());
    ExitCode::from(u8::from(faults > 0))
}

fn changed_seed(all: &[(PathBuf, Vec<u8>)], at: usize, other: usize, numbers: &mut Numbers) -> (String, Vec<u8>) {
    let (path, seed) = &all[at];
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let other = &all[other].1;
    let inside = if numbers.below(2) == 0 { changed_inside(seed, other, numbers) } else { None };
    (name, inside.unwrap_or_else(|| changed(seed, other, numbers)))
}
