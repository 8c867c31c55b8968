use super::args::around;
use super::form::{FormArgs, Manner};
use super::named::named;
use super::reading::{ReadArgs, address};
use super::{Failure, Outcome};
use crate::present::{ShownPiece, shown_columns};
use crate::search::ContextSize;

/// Show a passage in context, or a whole piece, with actors marked
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  pundit show 3f9a1c2e7b40:1204-1876\n  pundit show articles/kim.md\n  pundit show articles/kim.md -f html -o kim.html"
)]
pub(super) struct Args {
    /// The id of a passage, or the id or path of a piece, as search prints them
    #[arg(value_name = "ID|PATH")]
    name: String,
    #[command(flatten)]
    read: ReadArgs,
    /// Context to show around a passage, in every format: 2 (two passages on each side), 1s (a sentence), 40w (40 words)
    #[arg(short = 'C', long, value_name = "1s|40w|1", value_parser = around, default_value = "1")]
    context: ContextSize,
    #[command(flatten)]
    form: FormArgs,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let reader = args.read.open(false)?;
    let shown = named(&reader, &args.name)?;
    let mut writer = args.form.open(Manner { laid_out: true, ..Manner::default() }, &shown_columns(args.context))?;
    writer.write(&ShownPiece { shown: &shown, context: args.context, target: address(&reader, &shown.piece) })?;
    writer.finish()?;
    Ok(Outcome::Done)
}
