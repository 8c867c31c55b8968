use super::form::{FormArgs, Manner};
use super::index::options;
use super::output::talk;
use super::place::{IndexArgs, data};
use super::{Failure, Outcome};
use crate::index::{Error, check, repair};
use crate::present::Facts;

/// Verify the index: its bytes, its blocks and its counts
///
/// Prints what is wrong, a fault a line, and ends with 3; prints nothing and ends with 0 if all is well.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  pundit check\n  pundit check -f json\n  pundit check --repair")]
pub(super) struct Args {
    #[command(flatten)]
    index: IndexArgs,
    /// If anything is wrong, make the index new from the folders that it was made of
    #[arg(long)]
    repair: bool,
    #[command(flatten)]
    form: FormArgs,
}

const COLUMNS: [&str; 1] = ["fault"];

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let folder = args.index.folder_or_new();
    let path = data(&folder);
    let faults = check(&path)?;
    let rows = faults.iter().map(|fault| vec![fault.to_string().into()]).collect();
    let mut writer = args.form.bare(Manner::default(), &COLUMNS)?;
    writer.write(&Facts { name: "faults", columns: &COLUMNS, rows, below: None })?;
    writer.finish()?;
    if faults.is_empty() {
        talk(&format!("{}: all is well", path.display()));
        return Ok(Outcome::Done);
    }
    if !args.repair {
        return Err(Failure::index(format!("the index at {} is damaged", path.display()))
            .hint("make it new from the folders that it was made of: pundit check --repair"));
    }
    let report = match repair(&path, &options(&args.index, &folder, None)?, |_| {}) {
        Err(error @ Error::RootGone(_)) => {
            return Err(Failure::index(error.to_string()).hint(format!(
                "bring it back (is a disk missing?) and run this again; or remove {} and index what is there: pundit index FOLDER",
                path.display()
            )));
        }
        repaired => repaired?,
    };
    talk(&format!("{}: made new, {} pieces, {} skipped", path.display(), report.new, report.skips));
    Ok(Outcome::Done)
}
