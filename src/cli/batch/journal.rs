//! How far a batch has got, so that an interrupted one can continue.

use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::super::Failure;
use super::super::written::{Beside, Replaced, with_ending};
use crate::pieces::Date;
use crate::search::batch::{Row, Status};

/// The journal of an output file: a line with the settings and the day from which relative dates are counted, then now and then a line with what is
/// surely written. It lies beside the output while the batch runs and is gone when it has finished.
pub(super) struct Journal {
    path: PathBuf,
    file: File,
    at: Reached,
    last: Instant,
}

/// How far a batch has got.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reached {
    /// The rows answered.
    pub(super) rows: u64,
    /// The length of the output.
    bytes: u64,
    /// The length of the manifest, if one is written.
    manifest: u64,
    pub(super) counts: Counts,
    /// The digest of the rows answered: those that are passed over have to be the same.
    digest: String,
}

/// How many rows have each status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) ok: u64,
    pub(super) zero: u64,
    pub(super) error: u64,
    pub(super) truncated: u64,
}

impl Counts {
    fn of(&mut self, status: Status) -> &mut u64 {
        match status {
            Status::Ok => &mut self.ok,
            Status::Zero => &mut self.zero,
            Status::Error => &mut self.error,
            Status::Truncated => &mut self.truncated,
        }
    }

    /// Counts a row.
    pub(super) fn add(&mut self, status: Status) {
        *self.of(status) += 1;
    }

    /// All rows.
    pub(super) const fn rows(&self) -> u64 {
        self.ok + self.zero + self.error + self.truncated
    }
}

/// How often the journal is written, in rows and in time.
const ROWS: u64 = 64;
const TIME: Duration = Duration::from_secs(1);

/// What a batch that goes on starts with.
pub(super) struct Start {
    pub(super) journal: Journal,
    pub(super) output: Replaced,
    pub(super) manifest: Option<Beside>,
    pub(super) reached: Reached,
}

/// Where the journal of an output lies.
pub(super) fn journal_path(output: &Path) -> PathBuf {
    with_ending(output, ".journal")
}

fn writing(path: &Path) -> impl Fn(std::io::Error) -> Failure + '_ {
    move |error| Failure::writing(path, &error)
}

/// Whether there is an unfinished run whose output is `output`.
pub(super) fn is_unfinished(output: &Path) -> bool {
    journal_path(output).exists()
}

impl Journal {
    /// A new output, with its journal.
    pub(super) fn begin(output: &Path, manifest: Option<&Path>, settings: &str, today: Option<Date>) -> Result<Start, Failure> {
        let path = journal_path(output);
        let output = Replaced::open(output)?;
        let manifest = manifest.map(Beside::create).transpose()?;
        let mut file = File::create(&path).map_err(writing(&path))?;
        writeln!(file, "{}", json!({ "settings": settings, "today": today.map(|day| day.to_string()) }))?;
        let journal = Self { path, file, at: Reached::default(), last: Instant::now() };
        Ok(Start { journal, output, manifest, reached: Reached::default() })
    }

    /// The day from which the unfinished run whose output is `output` counts relative dates: it goes on as it began, also after midnight.
    pub(super) fn today(output: &Path) -> Option<Date> {
        let text = std::fs::read_to_string(journal_path(output)).ok()?;
        let first: Value = serde_json::from_str(text.lines().next()?).ok()?;
        Date::parse(first.get("today")?.as_str()?)
    }

    /// An output that was begun, cut to what the journal knows of.
    pub(super) fn go_on(output: &Path, manifest: Option<&Path>, settings: &str) -> Result<Start, Failure> {
        let path = journal_path(output);
        let text = std::fs::read(&path).map_err(|error| Failure::reading(&path, &error))?;
        let again = |problem: &str| {
            Failure::usage(format!("cannot resume {}: {problem}", output.display()))
                .hint(format!("start again without --resume, which replaces {}", output.display()))
        };
        let (known, reached, end) = read(&text).ok_or_else(|| again("its journal is damaged"))?;
        if known != settings {
            return Err(again("it was started with other flags, another index, another roster, other saved queries or another version"));
        }
        let open = |path: &Path| OpenOptions::new().read(true).write(true).open(path).map_err(|error| Failure::reading(path, &error));
        let cut = |file: &mut File, length: u64| -> Result<(), Failure> {
            if file.metadata()?.len() < length {
                return Err(again("it is shorter than it was"));
            }
            file.set_len(length)?;
            file.seek(SeekFrom::Start(length))?;
            Ok(())
        };
        let mut manifest = manifest.map(|place| Beside::go_on(place, reached.manifest)).transpose()?;
        if let Some(Beside { file, .. }) = &mut manifest {
            cut(file, reached.manifest)?;
        }
        let (mut output, mut file) = (open(output)?, open(&path)?);
        cut(&mut output, reached.bytes)?;
        // What comes next would be lost if it began in the middle of a line.
        cut(&mut file, end)?;
        Ok(Start {
            journal: Self { path, file, at: reached.clone(), last: Instant::now() },
            output: Replaced::going_on(output),
            manifest,
            reached,
        })
    }

    /// Counts a row, and says whether it is time to write down how far the batch has got.
    pub(super) fn count(&mut self, row: &Row, status: Status) -> bool {
        self.at.rows += 1;
        self.at.digest = chained(&self.at.digest, row);
        self.at.counts.add(status);
        self.at.rows.is_multiple_of(ROWS) || self.last.elapsed() > TIME
    }

    /// Writes down that all rows so far are in the output, which must have been handed to the system.
    pub(super) fn note(&mut self, output: &File, manifest: Option<&Beside>) -> Result<(), Failure> {
        self.at.bytes = output.metadata()?.len();
        self.at.manifest = manifest.map_or(Ok(0), |manifest| manifest.file.metadata().map(|found| found.len()))?;
        let Reached { rows, bytes, manifest, counts: Counts { ok, zero, error, truncated }, digest } = &self.at;
        let counts = [ok, zero, error, truncated];
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

impl Reached {
    fn parse(line: &Value) -> Option<Self> {
        let number = |name: &str| line.get(name).and_then(Value::as_u64);
        let count = |at: usize| line.get("counts")?.get(at)?.as_u64();
        let counts = Counts { ok: count(0)?, zero: count(1)?, error: count(2)?, truncated: count(3)? };
        Some(Self {
            rows: number("rows")?,
            bytes: number("bytes")?,
            manifest: number("manifest")?,
            counts,
            digest: line.get("digest")?.as_str()?.to_owned(),
        })
    }

    /// Passes over the rows that have been answered, which must be what they were.
    pub(super) fn pass_over(&self, rows: &mut dyn Iterator<Item = Row>) -> Result<(), Failure> {
        let mut digest = String::new();
        for number in 0..self.rows {
            let Some(row) = rows.next() else {
                return Err(Failure::usage(format!("the batch was started with {} queries, but now there are {number}", self.rows))
                    .hint("start again without --resume"));
            };
            digest = chained(&digest, &row);
        }
        if digest != self.digest {
            return Err(Failure::usage(format!("the first {} queries are not the ones that were answered", self.rows))
                .hint("restore the file of queries, or start again without --resume"));
        }
        Ok(())
    }
}

/// The settings that a journal tells of, how far the run had got, and where the last line ends that says so: what was cut off when the run was
/// killed is no line yet.
fn read(text: &[u8]) -> Option<(String, Reached, u64)> {
    let mut lines = text.split_inclusive(|&byte| byte == b'\n').filter(|line| line.ends_with(b"\n"));
    let first = lines.next()?;
    let settings = serde_json::from_slice::<Value>(first).ok()?.get("settings")?.as_str()?.to_owned();
    let (mut reached, mut end) = (Reached::default(), first.len());
    for line in lines {
        let Some(further) = serde_json::from_slice(line).ok().and_then(|line| Reached::parse(&line)) else { break };
        reached = further;
        end += line.len();
    }
    Some((settings, reached, end as u64))
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

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;

    /// Answers rows, a line each, and writes down that it did.
    fn answer(start: &mut Start, rows: Range<u64>) {
        for number in rows {
            writeln!(start.output, "{number}").unwrap();
            start.journal.count(&Row { number, qid: number.to_string(), ..Row::default() }, Status::Ok);
        }
        start.journal.note(&start.output.handle().unwrap(), None).unwrap();
    }

    #[test]
    fn what_is_written_down_behind_a_line_that_was_cut_off_is_not_lost() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("out");
        answer(&mut Journal::begin(&output, None, "flags", None).unwrap(), 0..3);
        for (torn, rows) in [(&b"{\"rows\":9,"[..], 3), (b"\xE4\xBD", 5), (b"\0\0\n", 7), (b"", 9)] {
            let mut journal = OpenOptions::new().append(true).open(journal_path(&output)).unwrap();
            journal.write_all(torn).unwrap();
            let mut start = Journal::go_on(&output, None, "flags").unwrap();
            assert_eq!((start.reached.rows, start.reached.counts.rows()), (rows, rows), "{torn:?}");
            answer(&mut start, rows..rows + 2);
        }
        assert_eq!(Journal::go_on(&output, None, "flags").unwrap().reached.rows, 11);
        let rows: Vec<u64> = std::fs::read_to_string(&output).unwrap().lines().map(|line| line.parse().unwrap()).collect();
        assert_eq!(rows, (0..11).collect::<Vec<u64>>());
    }

    #[test]
    fn a_run_that_goes_on_counts_from_the_day_on_which_it_began() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("out");
        assert_eq!(Journal::today(&output), None);
        let day = Date::day(2024, 2, 29);
        for today in [day, None] {
            drop(Journal::begin(&output, None, "flags", today).unwrap());
            assert_eq!(Journal::today(&output), today);
        }
    }
}
