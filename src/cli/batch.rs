use std::path::PathBuf;

use super::args::AskArgs;
use super::form::{FormArgs, Manner};
use super::output::{read_text, talk};
use super::reading::{ReadArgs, address};
use super::{Failure, Outcome};
use crate::present::{AnsweredRow, Form, HIT_COLUMNS, ROW_COLUMNS};
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
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    ask: AskArgs,
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
    form: FormArgs,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let text = read_text(&args.file)?;
    let format = RowFormat::of(&args.file.to_string_lossy(), &text);
    let rows = rows(&text, format);
    if rows.is_empty() {
        return Err(Failure::usage(format!("no queries in {}", args.file.display()))
            .hint("write a query a line, or a table with a column called query"));
    }
    let reader = args.read.open(args.quiet)?;
    let manner = Manner { default: Form::JsonLines, many: true, run: true, ..Manner::default() };
    let mut base = args.ask.question("");
    if args.form.form(manner) == Form::Trec {
        // In a run pieces are counted, each once.
        base.per_piece = 1;
        base.detail = Detail::Pieces;
    }
    let threads = args.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let carried = carried(&rows);
    let columns: Vec<&str> = ROW_COLUMNS.iter().chain(&HIT_COLUMNS).copied().chain(carried.iter().map(String::as_str)).collect();
    let mut writer = args.form.open(manner, &columns)?;
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
        let page = AnsweredRow { outcome: &outcome, carried: &carried, explain: args.explain, address: &|piece| address(&reader, piece) };
        writer.write(&page)?;
        Ok(())
    })?;
    writer.finish()?;
    let [(_, ok), (_, zero), (_, truncated), (_, errors)] = counts;
    if !args.quiet {
        talk(&format!("{} rows: {ok} ok, {zero} zero, {errors} error, {truncated} truncated", ok + zero + truncated + errors));
    }
    Ok(if errors > 0 { Outcome::RowsFailed } else { Outcome::Done })
}

/// The columns that rows carry.
fn carried(rows: &[(crate::search::Row, Option<crate::search::Bad>)]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in rows.iter().flat_map(|(row, _)| row.carried.keys()) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}
