use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::output::talk;
use super::place::{IndexArgs, data};
use super::{Failure, Outcome};
use crate::index::{Options, Progress, Report, update};
use crate::present::escape;

/// Make files searchable, or bring an index up to date
///
/// Reads .txt .md .html .json .jsonl files under each PATH (hidden files and links left out). Files that look as they did are not read again,
/// changed ones are replaced, those gone are removed. Without PATH, everything indexed before is brought up to date.
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
    /// Say nothing but errors
    #[arg(short, long)]
    quiet: bool,
    /// Threads that read and analyse [default: one for each core]
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let folder = args.index.folder_or_new();
    if args.paths.is_empty() && !data(&folder).is_dir() {
        return Err(Failure::usage("nothing has been indexed here yet").hint("name what to index: pundit index FOLDER"));
    }
    let mut options = Options::default();
    options.threads = args.threads.unwrap_or(options.threads).max(1);
    let report = bring_up_to_date(&folder, &args.paths, &options, args.quiet)?;
    if !args.quiet {
        tell(&report, &folder);
    }
    Ok(if report.failed { Outcome::Unreadable } else { Outcome::Done })
}

/// Brings the index in `folder` up to date with `paths`, with a bar on a terminal.
pub(super) fn bring_up_to_date(folder: &Path, paths: &[PathBuf], options: &Options, quiet: bool) -> Result<Report, Failure> {
    let visible = !quiet && io::stderr().is_terminal();
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} files, {eta} left  {wide_msg}") {
        bar.set_style(style);
    }
    let begun = Instant::now();
    let mut shown = false;
    let report = update(&data(folder), paths, options, |progress: Progress<'_>| {
        bar.set_length(progress.files);
        bar.set_position(progress.done);
        bar.set_message(escape::terminal(progress.path).into_owned());
        // Work that is done at once needs no bar.
        if visible && !shown && begun.elapsed() > PATIENCE {
            shown = true;
            bar.set_draw_target(ProgressDrawTarget::stderr());
            bar.enable_steady_tick(Duration::from_millis(200));
        }
    });
    bar.finish_and_clear();
    Ok(report?)
}

/// How long work goes on before a bar shows how far it is.
const PATIENCE: Duration = Duration::from_millis(250);

/// How many skips are told one by one.
const TOLD: usize = 5;

fn tell(report: &Report, folder: &Path) {
    for skip in report.skipped.iter().take(TOLD) {
        let line = skip.skipped.line.map(|line| format!(", line {line}")).unwrap_or_default();
        talk(&format!("skipped {}{line}: {}", skip.path, skip.skipped.reason));
    }
    if report.skips > TOLD as u64 {
        talk(&format!("… and {} more, see: pundit status", report.skips - TOLD as u64));
    }
    let Report { new, changed, removed, skips, unchanged, .. } = report;
    talk(&format!("{}: {new} new, {changed} changed, {removed} removed, {skips} skipped ({unchanged} files unchanged)", folder.display()));
    if *new + *changed + *removed + *unchanged == 0 {
        talk("hint: no readable files there; pundit reads .txt .md .html .json .jsonl");
    }
}
