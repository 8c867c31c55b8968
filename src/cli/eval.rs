use std::io::Write;
use std::path::PathBuf;

use super::output::{OutputArgs, read_text};
use super::{Failure, Outcome};
use crate::measure::{Judgments, Run, measure};

/// How good a run is: nDCG, MAP, recall and MRR by judgments
///
/// RUN is a TREC run, as batch --format trec writes it. QRELS has three columns (query, piece, grade) or TREC's four. Queries with a relevant piece
/// that the run does not answer count as nothing found.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  pundit eval run qrels.tsv\n  pundit eval -k 20 run qrels.tsv")]
pub(super) struct Args {
    /// The run
    #[arg(value_name = "RUN")]
    run: PathBuf,
    /// The judgments
    #[arg(value_name = "QRELS")]
    qrels: PathBuf,
    /// How many pieces count for nDCG
    #[arg(short, long, value_name = "K", default_value_t = 10)]
    k: usize,
    /// How many pieces count for recall
    #[arg(long, value_name = "K", default_value_t = 100)]
    recall_k: usize,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let problem = |path: &PathBuf, problem| Failure::usage(format!("{}: {problem}", path.display()));
    let run = Run::parse(&read_text(&args.run)?).map_err(|error| problem(&args.run, error))?;
    let judgments = Judgments::parse(&read_text(&args.qrels)?).map_err(|error| problem(&args.qrels, error))?;
    let found = measure(&run, &judgments, args.k, args.recall_k);
    if found.queries == 0 {
        return Err(Failure::usage(format!("no query in {} has a relevant piece", args.qrels.display()))
            .hint("its columns are query, piece, grade; grades above 0 are relevant"));
    }
    let mut output = args.output.open()?;
    let out = &mut output.out;
    writeln!(out, "queries\t{}", found.queries)?;
    writeln!(out, "answered\t{}", found.answered)?;
    writeln!(out, "ndcg@{}\t{:.4}", args.k, found.ndcg)?;
    writeln!(out, "map\t{:.4}", found.map)?;
    writeln!(out, "recall@{}\t{:.4}", args.recall_k, found.recall)?;
    writeln!(out, "mrr\t{:.4}", found.mrr)?;
    out.flush()?;
    Ok(Outcome::Done)
}
