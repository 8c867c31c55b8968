use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::number;
use super::output::talk;
use super::place::{IndexArgs, data};
use super::roster::roster;
use super::{Failure, Outcome, stopped};
use crate::index::{Change, Error, Options, Progress, Reader, Report, Said, SkippedFile, changes, retag, update};
use crate::pieces::{Reason, place_of};
use crate::present::escape;
use crate::text::counted;

/// Make files searchable, or bring an index up to date
///
/// Reads the files under each PATH, except hidden files and links: text, Markdown, saved pages (.html .mhtml), records (.json .jsonl .csv
/// .tsv .xlsx), feeds, mail (.eml .mbox), documents (.docx .odt .rtf .pptx .epub .pdf), web archives (.warc), and any of them in .gz .zst .zip
/// or .tar, in any encoding. Unchanged files are not read again, changed files are replaced, deleted files are removed. Without PATH, brings
/// everything that was indexed before up to date and continues a run that was stopped. Exits with 2 if a file is broken, locked or cannot be
/// opened; files of other kinds are skipped. pundit status lists both.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  pundit index articles\n  pundit index articles export.jsonl\n  pundit index                  bring everything up to date"
)]
pub(super) struct Args {
    /// Folders or files
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    index: IndexArgs,
    /// Read only files that match this pattern, as in .gitignore (repeatable: any of them); remembered for PATH until given again, '' clears it
    #[arg(long, value_name = "GLOB")]
    include: Vec<String>,
    /// Leave out files that match this pattern (repeatable); remembered for PATH until given again, '' clears it
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// Read a field of records under another name: title=headline, text=data.body (repeatable); remembered for PATH until given again
    #[arg(long, value_name = "FIELD=NAME")]
    map: Vec<String>,
    /// Show what would be read and removed, and change nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
    /// Remove the pieces of indexed folders that are gone [default: keep them]
    #[arg(long)]
    prune_missing_root: bool,
    /// Find the mentions of all pieces again with the current roster, from the text in the index; reads no file
    #[arg(long, conflicts_with = "paths")]
    retag: bool,
    /// Show only errors
    #[arg(short, long)]
    quiet: bool,
    /// Number of threads that read and analyse files [default: one per core]
    #[arg(long, value_name = "N", value_parser = number::<usize>)]
    threads: Option<usize>,
}

/// The options of an update of the index in `folder`: its roster and the number of threads.
pub(super) fn options(index: &IndexArgs, folder: &Path, threads: Option<usize>) -> Result<Options, Failure> {
    let options = Options::default();
    let threads = threads.map_or(options.threads, |threads| NonZeroUsize::new(threads).unwrap_or(NonZeroUsize::MIN));
    Ok(Options { threads, roster: roster(Some(folder), &index.actors)?, ..options })
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let folder = args.index.folder_to_update(&args.paths)?;
    let mut options = options(&args.index, &folder, args.threads)?;
    if args.retag {
        return again(&folder, &options, args.quiet);
    }
    let given = |values: &[String]| (!values.is_empty()).then(|| values.to_vec());
    options.said = Said { include: given(&args.include), exclude: given(&args.exclude), map: given(&args.map) };
    options.prune = args.prune_missing_root;
    if options.said != Said::default() && args.paths.is_empty() {
        return Err(Failure::usage("--include, --exclude and --map need a PATH").hint("name it: pundit index FOLDER --include '*.md'"));
    }
    if args.dry_run {
        return preview(&folder, &args.paths, &options, args.quiet);
    }
    let report = bring_up_to_date(&folder, &args.paths, &options, args.quiet)?;
    let lines = if args.quiet { skips(&report, Reason::is_failure) } else { told(&report, &folder) };
    for line in &lines {
        talk(line);
    }
    if !args.quiet && Reader::open(&data(&folder))?.manifest().roster != options.roster.digest() {
        talk("hint: the roster of actors has changed; to apply it to all pieces run: pundit index --retag");
    }
    Ok(if report.failed { Outcome::Unreadable } else { Outcome::Done })
}

/// Brings the index in `folder` up to date with `paths`, with a bar on a terminal.
pub(super) fn bring_up_to_date(folder: &Path, paths: &[PathBuf], options: &Options, quiet: bool) -> Result<Report, Error> {
    stopped::using(&data(folder));
    let mut bar = Bar::new(quiet);
    let report = update(&data(folder), paths, options, |progress: Progress<'_>| bar.advance(&progress));
    bar.bar.finish_and_clear();
    report
}

/// A progress bar on a terminal, unless `--quiet`.
struct Bar {
    bar: ProgressBar,
    visible: bool,
    begun: Instant,
}

impl Bar {
    fn new(quiet: bool) -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} files, {eta} left  {wide_msg}") {
            bar.set_style(style);
        }
        Self { bar, visible: !quiet && io::stderr().is_terminal(), begun: Instant::now() }
    }

    fn advance(&mut self, progress: &Progress<'_>) {
        self.bar.set_length(progress.files);
        self.bar.set_position(progress.done);
        let is_read = progress.done == progress.files;
        self.bar.set_message(if is_read { "finishing the index".to_owned() } else { escape::terminal(progress.path).into_owned() });
        // Work that is done at once needs no bar.
        if self.visible && self.begun.elapsed() > PATIENCE {
            self.visible = false;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.bar.enable_steady_tick(Duration::from_millis(200));
        }
    }
}

/// Finds the mentions of the index in `folder` again.
fn again(folder: &Path, options: &Options, quiet: bool) -> Result<Outcome, Failure> {
    stopped::using(&data(folder));
    let mut bar = Bar::new(quiet);
    let pieces = retag(&data(folder), options, |progress| bar.advance(&progress))?;
    let bar = bar.bar;
    bar.finish_and_clear();
    if !quiet {
        talk(&format!("{}: mentions found again in {}", folder.display(), counted(pieces, "piece")));
    }
    Ok(Outcome::Done)
}

/// How long work goes on before a bar shows how far it is.
const PATIENCE: Duration = Duration::from_millis(250);

/// Prints what an update would do, one file a line.
fn preview(folder: &Path, paths: &[PathBuf], options: &Options, quiet: bool) -> Result<Outcome, Failure> {
    stopped::using(&data(folder));
    let (changes, unchanged) = changes(&data(folder), paths, options)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let is_terminal = io::stdout().is_terminal();
    let mut counts = [0_u64; 3];
    for change in &changes {
        let (at, word, path) = match change {
            Change::New(path) => (0, "new", path),
            Change::Changed(path) => (1, "changed", path),
            Change::Gone(path) => (2, "gone", path),
        };
        if let Some(count) = counts.get_mut(at) {
            *count += 1;
        }
        let path = if is_terminal { escape::terminal(path) } else { path.as_str().into() };
        writeln!(out, "{word}\t{path}")?;
    }
    out.flush()?;
    if !quiet {
        let [new, changed, gone] = counts;
        let (folder, unchanged) = (folder.display(), counted(unchanged, "file"));
        talk(&format!("{folder}: {new} new, {changed} changed, {gone} gone ({unchanged} unchanged); dry run, nothing was changed"));
    }
    Ok(Outcome::Done)
}

/// How many skips are listed one by one.
const TOLD: usize = 5;

/// What an update has passed over for reasons that count, the first few of it.
pub(super) fn skips(report: &Report, counts: impl Fn(&Reason) -> bool) -> Vec<String> {
    let mut skips = report.skipped.iter().filter(|skip| counts(&skip.skipped.reason));
    let told = skips.by_ref().take(TOLD).map(|SkippedFile { path, skipped }| {
        format!("skipped {}: {}", place_of(path, skipped.inside.as_deref(), skipped.line), skipped.reason)
    });
    let mut lines: Vec<String> = told.collect();
    // Beyond so many they are counted and not kept.
    let more = skips.count() as u64 + report.skips.saturating_sub(report.skipped.len() as u64);
    if more > 0 {
        lines.push(format!("… and {more} more, see: pundit status"));
    }
    lines
}

/// The report of an update of the index in `folder`.
pub(super) fn told(report: &Report, folder: &Path) -> Vec<String> {
    let mut lines = skips(report, |_| true);
    let Report { new, changed, removed, moved, settled, skips, unchanged, .. } = report;
    let moves = if *moved > 0 { format!(", {moved} moved") } else { String::new() };
    let settles = if *settled > 0 { format!(", {settled} cut again") } else { String::new() };
    let (folder, same) = (folder.display(), counted(*unchanged, "file"));
    lines.push(format!("{folder}: {new} new, {changed} changed, {removed} removed, {skips} skipped ({same} unchanged{moves}{settles})"));
    if report.is_idle() && *unchanged == 0 {
        lines.push("hint: no readable files there; for the formats see: pundit index --help".to_owned());
    }
    lines
}
