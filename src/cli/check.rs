use std::io::Write;

use super::output::{OutputArgs, talk};
use super::place::{IndexArgs, data};
use super::{Failure, Outcome};
use crate::index::{Options, check, repair};

/// Verify the index: its bytes, its blocks and its counts
///
/// Prints what is wrong, a fault a line, and ends with 3; prints nothing and ends with 0 if all is well.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    index: IndexArgs,
    /// If anything is wrong, make the index new from the folders that it was made of
    #[arg(long)]
    repair: bool,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let path = data(&args.index.folder_or_new());
    let faults = check(&path)?;
    let mut output = args.output.open()?;
    for fault in &faults {
        writeln!(output.out, "{}", crate::present::escape::terminal(&fault.to_string()))?;
    }
    output.out.flush()?;
    if faults.is_empty() {
        talk(&format!("{}: all is well", path.display()));
        return Ok(Outcome::Done);
    }
    if !args.repair {
        return Err(Failure::index(format!("the index at {} is damaged", path.display()))
            .hint("make it new from the folders that it was made of: pundit check --repair"));
    }
    let report = repair(&path, &Options::default(), |_| {})?;
    talk(&format!("{}: made new, {} pieces, {} skipped", path.display(), report.new, report.skips));
    Ok(Outcome::Done)
}
