use std::path::PathBuf;

use super::args::some;
use super::form::{FormArgs, Manner};
use super::output::read_utf8;
use super::{Failure, Outcome};
use crate::measure::{Judgments, Run, measure};
use crate::present::Facts;

/// Measure a run by judgments: nDCG, MAP, recall and MRR
///
/// RUN is a TREC run, as batch --format trec writes it. QRELS has three columns (query, piece, grade) or TREC's four, with ids plain or
/// percent-encoded as in the run. Queries that have a relevant piece but no answer in the run score 0.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  pundit eval run qrels.tsv\n  pundit eval -k 20 run qrels.tsv")]
pub(super) struct Args {
    /// The run
    #[arg(value_name = "RUN")]
    run: PathBuf,
    /// The judgments
    #[arg(value_name = "QRELS")]
    qrels: PathBuf,
    /// Cut-off of nDCG, in pieces
    #[arg(short, long, value_name = "K", default_value_t = 10, value_parser = some)]
    k: usize,
    /// Cut-off of recall, in pieces
    #[arg(long, value_name = "K", default_value_t = 100, value_parser = some)]
    recall_k: usize,
    #[command(flatten)]
    form: FormArgs,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    args.form.output.keep_apart(&[&args.run, &args.qrels])?;
    let problem = |path: &PathBuf, problem| Failure::usage(format!("{}: {problem}", path.display()));
    let run = Run::parse(&read_utf8(&args.run)?).map_err(|error| problem(&args.run, error))?;
    let judgments = Judgments::parse(&read_utf8(&args.qrels)?).map_err(|error| problem(&args.qrels, error))?;
    let found = measure(&run, &judgments, args.k, args.recall_k);
    if found.queries == 0 {
        return Err(Failure::usage(format!("no query in {} has a relevant piece", args.qrels.display()))
            .hint("its columns are query, piece, grade; grades above 0 are relevant"));
    }
    // Four digits, as such figures are told.
    let figure = |value: f64| serde_json::from_str(&format!("{value:.4}")).unwrap_or(serde_json::Value::Null);
    let rows = vec![
        vec!["queries".into(), found.queries.into()],
        vec!["answered".into(), found.answered.into()],
        vec![format!("ndcg@{}", args.k).into(), figure(found.ndcg)],
        vec!["map".into(), figure(found.map)],
        vec![format!("recall@{}", args.recall_k).into(), figure(found.recall)],
        vec!["mrr".into(), figure(found.mrr)],
    ];
    let facts = Facts { name: "measures", columns: &["measure", "value"], rows, below: None };
    let mut writer = args.form.open(Manner::default(), facts.columns)?;
    writer.write(&facts)?;
    writer.finish()?;
    Ok(Outcome::Done)
}
