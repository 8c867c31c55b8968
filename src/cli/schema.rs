use std::io::Write;

use super::output::OutputArgs;
use super::{Failure, Outcome};

/// Print the JSON Schema of what -f json and -f jsonl write
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  pundit schema > pundit.schema.json")]
pub(super) struct Args {
    #[command(flatten)]
    output: OutputArgs,
}

/// The schema, as it stands in the repository.
const SCHEMA: &str = include_str!("../../docs/schema.json");

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let mut output = args.output.open()?;
    output.out.write_all(SCHEMA.as_bytes())?;
    output.out.flush()?;
    Ok(Outcome::Done)
}
