use super::answering::SayArgs;
use super::args::AskArgs;
use super::form::{FormArgs, Manner};
use super::reading::ReadArgs;
use super::{Failure, Outcome};
use crate::present::{Form, Numbers};
use crate::search::{Asker, Counts, GroupBy};

/// Count matching pieces and passages, in total or by group
///
/// Draws bars on a terminal. Years and months are in order, including those without matches; other groups are sorted by size.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  pundit count 'sanctions'
  pundit count '\"strategic autonomy\"' --by year
  pundit count '@china tariffs' --by actor -n 20
  pundit count 'lang:zh 制裁' --by source -f csv")]
pub(super) struct Args {
    /// The query; several arguments are joined by spaces
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
    /// Group the counts
    #[arg(long, value_enum, value_name = "WHAT")]
    by: Option<GroupBy>,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    ask: AskArgs,
    #[command(flatten)]
    say: SayArgs,
    #[command(flatten)]
    form: FormArgs,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let reader = args.read.open(args.say.quiet)?;
    let asker = Asker::new(&reader);
    let question = args.ask.question(&args.query.join(" "))?;
    let mut counts = asker.count(&question, args.by)?;
    counts.groups.drain(..args.ask.offset.min(counts.groups.len()));
    if !args.say.quiet {
        write(args, &counts)?;
    }
    args.say.say(&asker, &question)?;
    args.say.hint(&asker, &question, counts.pieces > 0, args.form.form(Manner::default()) == Form::Text)?;
    Ok(args.say.outcome(counts.pieces > 0))
}

fn write(args: &Args, counts: &Counts) -> Result<(), Failure> {
    let by = args.by.map(GroupBy::word);
    let columns: Vec<&str> = by.into_iter().chain(["pieces", "passages"]).collect();
    let mut writer = args.form.open(Manner::default(), &columns)?;
    writer.write(&Numbers { counts, by, limit: args.ask.most(usize::MAX) })?;
    Ok(writer.finish()?)
}
