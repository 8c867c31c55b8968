use std::path::PathBuf;

use clap::ValueEnum;

use super::args::AskArgs;
use super::output::{OutputArgs, read_text, talk};
use super::place::IndexArgs;
use super::{Failure, Outcome};
use crate::present::{json, trec_lines};
use crate::search::{Detail, RowFormat, batch, rows};

/// Many queries from a file
///
/// A query a line; tab-separated id and query; or CSV, TSV or JSON lines with the columns id, query, actor, lang, source, author, since, until,
/// limit, within, mode, of which query is required. Other columns are carried to the output. Every row gets a status: ok, zero, error or truncated.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  pundit batch queries.txt > answers.jsonl
  pundit batch questions.tsv --any --limit 1000 --format trec > run
  pundit batch --in articles - < queries.csv")]
pub(super) struct Args {
    /// The file of queries, or - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Bring FOLDER's own index up to date first, then search that
    #[arg(long = "in", value_name = "FOLDER", conflicts_with = "index")]
    folder: Option<PathBuf>,
    #[command(flatten)]
    index: IndexArgs,
    #[command(flatten)]
    ask: AskArgs,
    /// The form of the output
    #[arg(short, long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Queries answered at a time [default: one for each core]
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Say nothing but errors
    #[arg(short, long)]
    quiet: bool,
    /// Add what scores are made of
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    output: OutputArgs,
}

/// A form of a batch's output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A JSON object for each hit, then one for each row's status
    #[default]
    Jsonl,
    /// A TREC run: pieces with scores
    Trec,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let text = read_text(&args.file)?;
    let format = RowFormat::of(&args.file.to_string_lossy(), &text);
    let rows = rows(&text, format);
    if rows.is_empty() {
        return Err(Failure::usage(format!("no queries in {}", args.file.display()))
            .hint("write a query a line, or a table with a column called query"));
    }
    let reader = super::search::open(args.folder.as_deref(), &args.index, args.quiet)?;
    let mut base = args.ask.question("");
    if args.format == Format::Trec {
        // In a run pieces are counted, each once.
        base.per_piece = 1;
        base.detail = Detail::Pieces;
    }
    let threads = args.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let mut output = args.output.open()?;
    let mut counts = [("ok", 0_u64), ("zero", 0), ("truncated", 0), ("error", 0)];
    batch::run(&reader, rows, &base, threads, |outcome| -> Result<(), Failure> {
        for (status, count) in &mut counts {
            *count += u64::from(*status == outcome.status());
        }
        if let Err(problem) = &outcome.result
            && !args.quiet
        {
            talk(&format!("row {} (line {}): {problem}", outcome.row.qid, outcome.row.line));
        }
        match (args.format, &outcome.result) {
            (Format::Trec, Ok(answer)) => trec_lines(&mut output.out, &outcome.row.qid, answer)?,
            (Format::Trec, Err(_)) => {}
            (Format::Jsonl, result) => {
                if let Ok(answer) = result {
                    json::hits(&mut output.out, answer, Some(&outcome.row.qid), args.explain)?;
                }
                json::status(&mut output.out, &outcome)?;
            }
        }
        Ok(())
    })?;
    output.out.flush()?;
    let [(_, ok), (_, zero), (_, truncated), (_, errors)] = counts;
    if !args.quiet {
        talk(&format!("{} rows: {ok} ok, {zero} zero, {errors} error, {truncated} truncated", ok + zero + truncated + errors));
    }
    Ok(if errors > 0 { Outcome::RowsFailed } else { Outcome::Done })
}
