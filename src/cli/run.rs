use super::search::{How, answer};
use super::{Failure, Outcome};

/// Answer a saved query
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  pundit run fuel\n  pundit run fuel --since 2024 -f md")]
pub(super) struct Args {
    /// The name of the query
    #[arg(value_name = "NAME", add = super::complete::saved())]
    name: String,
    #[command(flatten)]
    how: How,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    answer(&format!("&{}", args.name.trim_start_matches('&')), &args.how)
}
