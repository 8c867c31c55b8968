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
use crate::index::{Change, Error, Options, Progress, Reader, Report, Said, changes, retag, update};
use crate::present::escape;

/// Make files searchable, or bring an index up to date
///
/// Reads the files under each PATH (hidden files and links left out): text, Markdown, saved pages (.html .mhtml), records (.json .jsonl .csv
/// .tsv .xlsx), feeds, mail (.eml .mbox), documents (.docx .odt .rtf .pptx .epub .pdf), web archives (.warc), and any of them in .gz .zst .zip
/// or .tar, in whatever encoding. Files that look as they did are not read again, changed ones are replaced, those gone are removed.
/// Without PATH, everything indexed before is brought up to date, and a run that was stopped is gone on with. Exits with 2 if something is broken,
/// locked or cannot be opened; what is of another kind is skipped. pundit status lists both.
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
    /// Only files that match this pattern, written as in .gitignore (repeatable: any of them); kept for PATH until said anew, '' takes it back
    #[arg(long, value_name = "GLOB")]
    include: Vec<String>,
    /// No files that match this pattern (repeatable); kept for PATH until said anew, '' takes it back
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// Take a field of records for another: title=headline, text=data.body (repeatable); kept for PATH until said anew
    #[arg(long, value_name = "FIELD=NAME")]
    map: Vec<String>,
    /// Tell what would be read and removed, and do nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
    /// Forget folders that were indexed and are gone; without it their pieces are kept
    #[arg(long)]
    prune_missing_root: bool,
    /// Find the mentions of all pieces again, by the roster as it is now, in the text that the index keeps; no file is read
    #[arg(long, conflicts_with = "paths")]
    retag: bool,
    /// Say nothing but errors
    #[arg(short, long)]
    quiet: bool,
    /// Threads that read and analyse [default: one for each core]
    #[arg(long, value_name = "N", value_parser = number::<usize>)]
    threads: Option<usize>,
}

/// How the index in `folder` is brought up to date: by its roster and on so many threads.
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
        return Err(
            Failure::usage("--include, --exclude and --map are said of a folder").hint("name it: pundit index FOLDER --include '*.md'")
        );
    }
    if args.dry_run {
        return preview(&folder, &args.paths, &options, args.quiet);
    }
    let report = bring_up_to_date(&folder, &args.paths, &options, args.quiet)?;
    if !args.quiet {
        for line in told(&report, &folder) {
            talk(&line);
        }
        if Reader::open(&data(&folder))?.manifest().roster != options.roster.digest() {
            talk("hint: the roster of actors has changed; find the mentions of all pieces by it with: pundit index --retag");
        }
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

/// A bar on a terminal, unless nothing is to be said.
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
        self.bar.set_message(if is_read { "putting the index together".to_owned() } else { escape::terminal(progress.path).into_owned() });
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
        talk(&format!("{}: mentions of {pieces} pieces found again", folder.display()));
    }
    Ok(Outcome::Done)
}

/// How long work goes on before a bar shows how far it is.
const PATIENCE: Duration = Duration::from_millis(250);

/// Tells what an update would do, a file a line.
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
        talk(&format!("{}: {new} new, {changed} changed, {gone} gone ({unchanged} files unchanged); nothing was done", folder.display()));
    }
    Ok(Outcome::Done)
}

/// How many skips are told one by one.
const TOLD: usize = 5;

/// What is said of an update of the index in `folder`.
pub(super) fn told(report: &Report, folder: &Path) -> Vec<String> {
    let skips = report.skipped.iter().take(TOLD).map(|skip| {
        let inside = skip.skipped.inside.as_ref().map(|inside| format!("/{inside}")).unwrap_or_default();
        let line = skip.skipped.line.map(|line| format!(", line {line}")).unwrap_or_default();
        format!("skipped {}{inside}{line}: {}", skip.path, skip.skipped.reason)
    });
    let mut lines: Vec<String> = skips.collect();
    if report.skips > TOLD as u64 {
        lines.push(format!("… and {} more, see: pundit status", report.skips - TOLD as u64));
    }
    let Report { new, changed, removed, moved, settled, skips, unchanged, .. } = report;
    let moves = if *moved > 0 { format!(", {moved} moved") } else { String::new() };
    let settles = if *settled > 0 { format!(", {settled} cut again") } else { String::new() };
    let folder = folder.display();
    lines.push(format!(
        "{folder}: {new} new, {changed} changed, {removed} removed, {skips} skipped ({unchanged} files unchanged{moves}{settles})"
    ));
    if report.is_idle() && *unchanged == 0 {
        lines.push("hint: no readable files there; what is read is listed by: pundit index --help".to_owned());
    }
    lines
}
