use super::form::{FormArgs, Manner};
use super::index::options;
use super::output::talk;
use super::place::{IndexArgs, data};
use super::{Failure, Outcome};
use crate::index::{Error, check, repair};
use crate::present::Facts;
use crate::text::counted;

/// Verify the index: its checksums, its structure and its counts
///
/// Prints one fault a line and exits with 3; if all is well, says so and exits with 0.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  pundit check\n  pundit check -f json\n  pundit check --repair")]
pub(super) struct Args {
    #[command(flatten)]
    index: IndexArgs,
    /// If anything is wrong, rebuild the index from its folders
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
            .hint("rebuild it from its folders with: pundit check --repair"));
    }
    let report = match repair(&path, &options(&args.index, &folder, None)?, |_| {}) {
        Err(error @ Error::RootGone(_)) => {
            return Err(Failure::index(error.to_string()).hint(format!(
                "bring it back (is a disk missing?) and run this again; or remove {} and index again: pundit index FOLDER",
                path.display()
            )));
        }
        repaired => repaired?,
    };
    talk(&format!("{}: rebuilt, {}, {} skipped", path.display(), counted(report.new, "piece"), report.skips));
    Ok(Outcome::Done)
}
