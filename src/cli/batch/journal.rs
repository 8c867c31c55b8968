//! How far a batch has got, so that one that was killed can go on.

use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::super::Failure;
use crate::search::Row;

/// The journal of an output file: a line with the settings, then now and then a line with what is surely written. It lies beside the output
/// while the batch runs and is gone when it has finished.
pub(super) struct Journal {
    path: PathBuf,
    file: File,
    at: Progress,
    last: Instant,
}

/// How far a batch has got.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Progress {
    /// The rows answered.
    pub(super) rows: u64,
    /// The length of the output.
    bytes: u64,
    /// The length of the manifest, if one is written.
    manifest: u64,
    /// How many rows had each status.
    pub(super) counts: [u64; 4],
    /// The digest of the rows answered: those that are passed over have to be the same.
    digest: String,
}

/// How often the journal is written, in rows and in time.
const ROWS: u64 = 64;
const TIME: Duration = Duration::from_secs(1);

/// What a batch that goes on starts with.
pub(super) struct Start {
    pub(super) journal: Journal,
    pub(super) output: File,
    pub(super) manifest: Option<File>,
    pub(super) progress: Progress,
}

fn journal_path(output: &Path) -> PathBuf {
    let mut name = output.as_os_str().to_owned();
    name.push(".journal");
    name.into()
}

fn writing(path: &Path) -> impl Fn(std::io::Error) -> Failure + '_ {
    move |error| Failure::usage(format!("cannot write {}: {error}", path.display()))
}

/// Whether there is an unfinished run whose output is `output`.
pub(super) fn is_unfinished(output: &Path) -> bool {
    journal_path(output).exists()
}

impl Journal {
    /// A new output, with its journal.
    pub(super) fn begin(output: &Path, manifest: Option<&Path>, settings: &str) -> Result<Start, Failure> {
        let path = journal_path(output);
        let mut file = File::create(&path).map_err(writing(&path))?;
        writeln!(file, "{}", json!({ "settings": settings }))?;
        let create = |path: &Path| File::create(path).map_err(writing(path));
        let manifest = manifest.map(create).transpose()?;
        let journal = Self { path, file, at: Progress::default(), last: Instant::now() };
        Ok(Start { journal, output: create(output)?, manifest, progress: Progress::default() })
    }

    /// An output that was begun, cut to what the journal knows of.
    pub(super) fn go_on(output: &Path, manifest: Option<&Path>, settings: &str) -> Result<Start, Failure> {
        let path = journal_path(output);
        let text = std::fs::read_to_string(&path).map_err(|error| Failure::reading(&path, &error))?;
        // A line that was cut off when the run was killed is no line yet.
        let mut lines = text.split_inclusive('\n').filter(|line| line.ends_with('\n')).map(serde_json::from_str::<Value>);
        let again = |problem: &str| {
            Failure::usage(format!("{} cannot go on: {problem}", output.display()))
                .hint(format!("start again without --resume, which replaces {}", output.display()))
        };
        let known = lines.next().and_then(Result::ok).ok_or_else(|| again("its journal is damaged"))?;
        if known.get("settings").and_then(Value::as_str) != Some(settings) {
            return Err(again("it was begun with other flags, another index or another version"));
        }
        let progress = lines.map_while(Result::ok).filter_map(|line| Progress::parse(&line)).last().unwrap_or_default();
        let open = |path: &Path, length: u64| -> Result<File, Failure> {
            let mut file = OpenOptions::new().read(true).write(true).open(path).map_err(|error| Failure::reading(path, &error))?;
            if file.metadata()?.len() < length {
                return Err(again("it is shorter than it was"));
            }
            file.set_len(length)?;
            file.seek(SeekFrom::Start(length))?;
            Ok(file)
        };
        let manifest = manifest.map(|path| open(path, progress.manifest)).transpose()?;
        let output = open(output, progress.bytes)?;
        let file = OpenOptions::new().append(true).open(&path).map_err(writing(&path))?;
        Ok(Start { journal: Self { path, file, at: progress.clone(), last: Instant::now() }, output, manifest, progress })
    }

    /// Counts a row, and says whether it is time to write down how far the batch has got.
    pub(super) fn count(&mut self, row: &Row, status: usize) -> bool {
        self.at.rows += 1;
        self.at.digest = chained(&self.at.digest, row);
        if let Some(count) = self.at.counts.get_mut(status) {
            *count += 1;
        }
        self.at.rows.is_multiple_of(ROWS) || self.last.elapsed() > TIME
    }

    /// Writes down that all rows so far are in the output, which must have been handed to the system.
    pub(super) fn note(&mut self, output: &File, manifest: Option<&File>) -> Result<(), Failure> {
        self.at.bytes = output.metadata()?.len();
        self.at.manifest = manifest.map_or(Ok(0), |file| file.metadata().map(|found| found.len()))?;
        let Progress { rows, bytes, manifest, counts, digest } = &self.at;
        let line = json!({ "rows": rows, "bytes": bytes, "manifest": manifest, "counts": counts, "digest": digest });
        self.file.write_all(format!("{line}\n").as_bytes()).map_err(writing(&self.path))?;
        self.last = Instant::now();
        Ok(())
    }

    /// The batch has finished: nothing is left to go on with.
    pub(super) fn end(self) {
        // Left behind, it only makes --resume look again.
        drop(std::fs::remove_file(&self.path));
    }
}

impl Progress {
    fn parse(line: &Value) -> Option<Self> {
        let number = |name: &str| line.get(name).and_then(Value::as_u64);
        let counts = line.get("counts")?.as_array()?;
        let mut known = [0; 4];
        for (count, value) in known.iter_mut().zip(counts) {
            *count = value.as_u64()?;
        }
        Some(Self {
            rows: number("rows")?,
            bytes: number("bytes")?,
            manifest: number("manifest")?,
            counts: known,
            digest: line.get("digest")?.as_str()?.to_owned(),
        })
    }

    /// Passes over the rows that have been answered, which must be what they were.
    pub(super) fn pass_over(&self, rows: &mut dyn Iterator<Item = Row>) -> Result<(), Failure> {
        let mut digest = String::new();
        for number in 0..self.rows {
            let Some(row) = rows.next() else {
                return Err(Failure::usage(format!(
                    "there were {} queries when the batch was begun, and now there are {number}",
                    self.rows
                ))
                .hint("start again without --resume"));
            };
            digest = chained(&digest, &row);
        }
        if digest != self.digest {
            return Err(Failure::usage(format!("the first {} queries are not those that were answered", self.rows))
                .hint("bring the file of queries back as it was, or start again without --resume"));
        }
        Ok(())
    }
}

/// The digest of some rows and one more.
fn chained(digest: &str, row: &Row) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(digest.as_bytes()).update(row.qid.as_bytes()).update(&[0]);
    for (name, cell) in &row.cells {
        hasher.update(name.as_bytes()).update(&[0]).update(cell.as_bytes()).update(&[0]);
    }
    hasher.update(Value::Object(row.carried.clone()).to_string().as_bytes());
    hasher.finalize().to_hex().get(..16).unwrap_or_default().to_owned()
}
