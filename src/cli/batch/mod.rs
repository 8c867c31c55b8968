//! `pundit batch`: many queries from a file, and TREC runs combined. What is answered is decided in [`crate::search::batch`].

mod check;
mod finished;
mod input;
mod journal;
mod repeated;
mod target;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::ValueEnum;
use serde_json::json;

use super::answering::{OnlyArgs, coverage};
use super::args::{AskArgs, number};
use super::form::{FormArgs, Manner};
use super::output::{read_utf8, talk};
use super::reading::{ReadArgs, address};
use super::written::{beside, keep_apart, try_whole, write_whole};
use super::{Failure, Outcome};
use crate::index::Reader;
use crate::measure::{Run, encode_id, fuse};
use crate::present::{AnsweredRow, BRIEF_COLUMNS, BriefRow, Form, ROW_COLUMNS, Writer, caret_at, hit_columns};
use crate::query::time;
use crate::search::batch::{self, Baseline, RowError, Rows, index_digest, write_manifest_row};
use crate::search::{Asker, Detail, Question};
use crate::text::counted;
use check::check;
use input::open;
use journal::{Counts, Journal, journal_path};
use repeated::Repeated;
use target::Target;

/// Run many queries from a file
///
/// FILE has one query a line; an id, a tab and a query; CSV, TSV, JSON lines or a JSON array with the columns id, query, actor, lang, source,
/// author, since, until, limit, within, mode, of which query is required; or TREC topics. Delimiter and encoding are detected. Other columns
/// are carried to the output as `in_NAME`, a second of the same name as `in_NAME#2`. Every row gets a status: ok, zero, error or truncated.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  pundit batch queries.csv --check
  pundit batch queries.csv -f csv --bom -o answers.csv
  pundit batch queries.csv -o answers.jsonl --resume              continue an interrupted run
  pundit batch watch.csv --all --manifest week2 --since week1     only what is new, changed or gone
  pundit batch questions.tsv --any --limit 1000 --format trec > run
  pundit batch --fuse rrf run1 run2 > run
  pundit batch --in articles - < queries.csv")]
pub(super) struct Args {
    /// The file of queries, or - for standard input; with --fuse, TREC runs
    #[arg(value_name = "FILE", required = true)]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    ask: AskArgs,
    #[command(flatten)]
    only: OnlyArgs,
    /// Only list the rows that are wrong, and where: on standard error, and with --format as data too
    #[arg(long)]
    check: bool,
    /// Continue an interrupted run with the same output (-o)
    #[arg(long, requires = "output")]
    resume: bool,
    /// Write counts and settings to FILE, as JSON
    #[arg(long, value_name = "FILE")]
    summary: Option<PathBuf>,
    /// Record what each row found in FILE, for a later --since FILE
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// Combine several TREC runs into one
    #[arg(long, value_enum, value_name = "HOW", conflicts_with_all = OF_QUERIES)]
    fuse: Option<Fusion>,
    /// Encoding of the file of queries [default: detected]
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Number of queries answered at a time [default: one per core]
    #[arg(long, value_name = "N", value_parser = number::<usize>)]
    threads: Option<usize>,
    /// Show only errors
    #[arg(short, long)]
    quiet: bool,
    /// Show what scores are made of
    #[arg(long)]
    explain: bool,
    /// Show what was searched (on standard error)
    #[arg(long)]
    coverage: bool,
    #[command(flatten)]
    form: FormArgs,
}

/// How runs are combined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Fusion {
    /// Reciprocal rank fusion
    Rrf,
}

/// The flags that say how queries are answered. Runs have been answered already.
const OF_QUERIES: [&str; 35] = [
    "actor",
    "actors",
    "any",
    "author",
    "bom",
    "check",
    "context",
    "copies",
    "count",
    "coverage",
    "encoding",
    "explain",
    "fail_stale",
    "feedback",
    "fields",
    "files",
    "folder",
    "index",
    "lang",
    "literal",
    "manifest",
    "null",
    "offset",
    "per_piece",
    "rank",
    "resume",
    "since",
    "sort",
    "source",
    "summary",
    "threads",
    "today",
    "undated",
    "until",
    "within",
];

const MANNER: Manner = Manner { default: Form::JsonLines, laid_out: false, many: true, run: true };

/// Says where a table begins or how it is read without a header, if that may not be what was meant.
fn tell_of_header(rows: &Rows, file: &Path) {
    if rows.titles() > 0 {
        let lines = counted(rows.titles() as u64, "line");
        talk(&format!("hint: {}: {lines} above the header (the line with a column called query) passed over", file.display()));
    } else if rows.lacks_query_column() {
        talk(&format!("hint: {}: the first line is read as a query, since it has no column called query", file.display()));
    } else if rows.may_part_queries() {
        talk(&format!(
            "hint: {}: without a header, what stands before the first delimiter of a line is read as the id of its query; to have it read \
             otherwise name the columns in a first line (id,query), quote cells that hold the delimiter, or use a .txt of one query a line",
            file.display()
        ));
    }
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    if args.fuse.is_some() {
        return fused(args);
    }
    let [file] = args.inputs.as_slice() else {
        return Err(Failure::usage("batch takes one file of queries").hint("to combine TREC runs add --fuse rrf"));
    };
    let mut rows = open(file, args.encoding.as_deref())?;
    if !args.quiet {
        tell_of_header(&rows, file);
    }
    let (mut base, earlier) = question(args)?;
    let reading = |path: &PathBuf| Baseline::open(path).map_err(|error| Failure::reading(path, &error));
    let baseline = earlier.as_ref().map(reading).transpose()?;
    if args.check {
        return check(args, file, rows, &base);
    }
    if rows.is_empty() {
        return Err(Failure::usage(format!("no queries in {}", file.display())).hint(if rows.has_header() {
            "there is nothing below its header"
        } else {
            "write one query a line, or a table with a column called query"
        }));
    }
    args.keep_apart(file, earlier.as_deref())?;
    let reader = args.read.open(args.quiet)?;
    if args.coverage {
        coverage(&Asker::new(&reader).searched()?);
    }
    args.tell_what_is_written(&mut base, baseline.as_ref())?;
    args.summary.as_deref().map_or(Ok(()), try_whole)?;
    let begun = Instant::now();
    let run = Work { args, file, reader: &reader, base: &base };
    let Some(mut target) = Target::open(args, &reader, &rows, &base)? else {
        talk(&run.finished(rows, baseline)?);
        return Ok(Outcome::Done);
    };
    target.reached.pass_over(&mut rows.by_ref().map(|(row, _)| row))?;
    run.answer(rows, baseline, &mut target)?;
    let counts = target.finish()?;
    run.tell(counts, begun.elapsed())?;
    Ok(if counts.error > 0 { Outcome::RowsFailed } else { Outcome::Done })
}

/// The question of rows that say nothing else, and the manifest of the earlier run with which answers are compared: `--since` takes a date, or
/// that.
fn question(args: &Args) -> Result<(Question, Option<PathBuf>), Failure> {
    let mut base = args.ask.question("")?;
    if let (true, None, Some(output)) = (args.resume, args.ask.today, &args.form.output.output) {
        base.today = Journal::today(output).or(base.today);
    }
    let earlier = base.filters.since.take_if(|since| time(since, base.today).is_none() && Path::new(since).is_file());
    if let Some(since) = base.filters.since.as_deref().filter(|since| time(since, base.today).is_none()) {
        return Err(Failure::usage(format!("--since {since}: not a date, and there is no such file"))
            .hint("give a date, or the manifest that an earlier run wrote with --manifest FILE"));
    }
    Ok((base, earlier.map(PathBuf::from)))
}

impl Args {
    /// Fails if something is written over what is read: rows are read while they are answered, and so is what the `earlier` run found. Its
    /// manifest alone may be brought up to date in its place, which the new one takes when it is whole.
    fn keep_apart(&self, file: &Path, earlier: Option<&Path>) -> Result<(), Failure> {
        let output = self.form.output.output.as_deref();
        let journal = output.map(journal_path);
        let part = self.manifest.as_deref().map(beside);
        let others = [("-o", output), ("-o", journal.as_deref()), ("--manifest", part.as_deref()), ("--summary", self.summary.as_deref())];
        let others: Vec<(&str, &Path)> = others.into_iter().filter_map(|(flag, path)| Some((flag, path?))).collect();
        let read: Vec<&Path> = std::iter::once(file).chain(self.read.index.actors.iter().map(PathBuf::as_path)).collect();
        let manifest = self.manifest.as_deref().map(|path| ("--manifest", path));
        keep_apart(&read, &others.iter().copied().chain(manifest).collect::<Vec<_>>())?;
        keep_apart(earlier.as_slice(), &others)
    }

    /// Says in `base` how much is to be found for each row: no more than is written, or compared with what an earlier run found.
    fn tell_what_is_written(&self, base: &mut Question, baseline: Option<&Baseline>) -> Result<(), Failure> {
        let is_compared = self.manifest.is_some() || baseline.is_some();
        let is_run = self.form.form(MANNER) == Form::Trec;
        base.detail = self.only.detail();
        if base.detail == Detail::Files {
            base.limit = self.ask.most(usize::MAX);
        }
        if base.detail != Detail::Passages && (is_compared || is_run) {
            return Err(Failure::usage("--count and --files find no passages, which TREC runs and manifests need")
                .hint("leave out --count or --files, or use -f jsonl, csv, tsv or text without --manifest"));
        }
        if is_run {
            // In a run pieces are counted, each once.
            base.per_piece = 1;
            base.detail = if is_compared { Detail::Passages } else { Detail::Pieces };
        }
        match baseline.and_then(|baseline| baseline.differs(base)) {
            Some(told) => Err(Failure::usage(format!("the earlier run had other flags: {told}"))
                .hint("otherwise old hits would count as new: repeat its flags, or start again without --since")),
            None => Ok(()),
        }
    }
}

/// Says what is wrong with a row: where, with the part that is at fault, and what to do.
fn tell(file: &Path, bad: &RowError, whole: bool) {
    talk(&format!("{}:{}:{}: {}", file.display(), bad.line, bad.column, bad.problem));
    if whole {
        if let Some((text, part)) = &bad.part {
            // Made harmless line by line: there are two.
            caret_at(text, *part).lines().for_each(talk);
        }
        if let Some(hint) = &bad.hint {
            talk(&format!("hint: {hint}"));
        }
    }
}

/// The columns of a table of answers to questions like `base`, with those that are carried to it.
fn columns<'c>(base: &Question, carried: &'c [String]) -> Vec<&'c str> {
    let fixed = match base.detail {
        Detail::Count | Detail::Files => BRIEF_COLUMNS.to_vec(),
        Detail::Passages | Detail::Pieces => ROW_COLUMNS.into_iter().chain(hit_columns(base)).collect(),
    };
    fixed.into_iter().chain(carried.iter().map(String::as_str)).collect()
}

/// One run over the rows.
struct Work<'a> {
    args: &'a Args,
    file: &'a Path,
    reader: &'a Reader,
    base: &'a Question,
}

impl Work<'_> {
    /// Tells how many rows had which status: in the summary, if one is wanted, and as talk.
    fn tell(&self, counts: Counts, took: Duration) -> Result<(), Failure> {
        let (Counts { ok, zero, error, truncated }, rows) = (counts, counts.rows());
        if let Some(path) = &self.args.summary {
            let took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
            let summary = json!({
                "schema": 1, "pundit": env!("CARGO_PKG_VERSION"), "queries": self.file.display().to_string(), "index": index_digest(self.reader)?,
                "rows": rows, "ok": ok, "zero": zero, "error": error, "truncated": truncated, "took_ms": took_ms,
            });
            write_whole(path, &format!("{summary:#}\n"))?;
        }
        if !self.args.quiet {
            talk(&format!("{}: {ok} ok, {zero} zero, {error} error, {truncated} truncated", counted(rows, "row")));
        }
        Ok(())
    }

    fn answer(&self, rows: Rows, mut baseline: Option<Baseline>, target: &mut Target) -> Result<(), Failure> {
        let threads = self.args.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
        let mut repeated = Repeated::default();
        batch::run(self.reader, rows, self.base, threads, |outcome| -> Result<(), Failure> {
            repeated.see(&outcome.row);
            if let Err(bad) = &outcome.result {
                tell(self.file, bad, false);
            }
            if let Some(manifest) = &mut target.manifest {
                write_manifest_row(&mut manifest.file, outcome)?;
            }
            self.write(outcome, &mut baseline, &target.carried, &mut target.writer)?;
            target.count(outcome)
        })?;
        if !self.args.quiet {
            repeated.tell(self.file);
        }
        Ok(())
    }

    /// Writes what has become of a row.
    fn write(
        &self,
        outcome: &mut batch::RowOutcome,
        baseline: &mut Option<Baseline>,
        carried: &[String],
        writer: &mut Writer,
    ) -> Result<(), Failure> {
        if matches!(self.base.detail, Detail::Count | Detail::Files) {
            let files = self.base.detail == Detail::Files;
            return Ok(writer.write(&BriefRow { outcome, carried, files })?);
        }
        let limit = outcome.row.limit().flatten().unwrap_or(self.base.limit);
        let changes = baseline.as_mut().map(|baseline| baseline.compare(self.reader, outcome, limit)).transpose()?;
        let address = |piece: &crate::search::PieceView| address(self.reader, piece);
        let explain = self.args.explain;
        let columns = &hit_columns(self.base);
        Ok(writer.write(&AnsweredRow { outcome, columns, carried, explain, changes: changes.as_ref(), address: &address })?)
    }
}

/// Several runs as one.
fn fused(args: &Args) -> Result<Outcome, Failure> {
    if args.form.format.is_some_and(|format| format != Form::Trec) {
        return Err(Failure::usage("runs are fused into a TREC run alone").hint("leave out -f, or write -f trec"));
    }
    args.form.output.keep_apart(&args.inputs.iter().map(PathBuf::as_path).collect::<Vec<_>>())?;
    let mut runs = Vec::new();
    for path in &args.inputs {
        runs.push(Run::parse(&read_utf8(path)?).map_err(|problem| Failure::usage(format!("{}: {problem}", path.display())))?);
    }
    let limit = args.ask.most(1_000);
    let mut output = args.form.output.open()?;
    for (qid, pieces) in fuse(&runs) {
        for ((piece, score), rank) in pieces.iter().take(limit).zip(1..) {
            writeln!(output.out, "{}\tQ0\t{}\t{rank}\t{score}\tpundit", encode_id(&qid), encode_id(piece))?;
        }
    }
    output.out.flush()?;
    Ok(Outcome::Done)
}

#[cfg(test)]
mod tests {
    use clap::Args as _;

    use super::*;

    #[test]
    fn fused_runs_take_no_flag_of_queries() {
        const OF_BOTH: [&str; 10] = ["all", "color", "format", "fuse", "help", "inputs", "limit", "no_pager", "output", "quiet"];
        let mut command = Args::augment_args(clap::Command::new("batch"));
        command.build();
        let mut others: Vec<&str> = command.get_arguments().map(|arg| arg.get_id().as_str()).collect();
        others.retain(|id| !OF_BOTH.contains(id));
        others.sort_unstable();
        assert_eq!(others, OF_QUERIES);
    }
}
