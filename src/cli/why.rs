use super::answering::SayArgs;
use super::args::AskArgs;
use super::form::{FormArgs, Manner};
use super::named::named;
use super::output::talk;
use super::reading::ReadArgs;
use super::{Failure, Outcome};
use crate::present::Facts;
use crate::retrieve::Within;
use crate::search::{Asker, ClauseReport, Question, Why};

/// Explain why a piece matches a query or does not, clause by clause
///
/// Exits with 1 if the piece does not match.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  pundit why 'sanctions w/5 oil' articles/kim.md
  pundit why '\"arms control\" date:2024' 3f9a1c2e7b40:1204-1876")]
pub(super) struct Args {
    /// The query
    #[arg(value_name = "QUERY")]
    query: String,
    /// The id or path of a piece, or the id of one of its passages, as search prints them
    #[arg(value_name = "ID|PATH")]
    name: String,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    ask: AskArgs,
    #[command(flatten)]
    say: SayArgs,
    #[command(flatten)]
    form: FormArgs,
}

/// What is said of a clause.
const COLUMNS: [&str; 4] = ["clause", "holds", "reason", "analysed"];

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let reader = args.read.open(args.say.quiet)?;
    let question = args.ask.question(&args.query)?;
    let asker = Asker::new(&reader);
    let why = asker.why(&question, named(&reader, &args.name)?)?;
    if !args.say.quiet {
        write(args, &question, &why)?;
    }
    args.say.say(&asker, &question)?;
    Ok(args.say.outcome(why.matches))
}

fn write(args: &Args, question: &Question, why: &Why) -> Result<(), Failure> {
    let says = if why.matches { "matches" } else { "does not match" };
    talk(&format!("{} {says}: {}", why.piece.id, why.parsed));
    if !why.others.is_empty() {
        talk(&format!("also in {}; to ask about one of them, name it by its path", why.others.join(", ")));
    }
    let unit = match question.within {
        Within::Piece => None,
        Within::Passage => Some("passage"),
        Within::Sentence => Some("sentence"),
    };
    if let Some(unit) = unit.filter(|_| !why.matches && why.clauses.iter().all(|clause| clause.holds)) {
        talk(&format!("the piece has all of it, but no single {unit} does; to accept that use --within piece"));
    }
    let row = |report: &ClauseReport| {
        vec![report.clause.as_str().into(), report.holds.into(), report.reason.as_str().into(), report.analysed.as_str().into()]
    };
    let rows = why.clauses.iter().map(row).collect();
    let mut writer = args.form.open(Manner::default(), &COLUMNS)?;
    writer.write(&Facts { name: "clauses", columns: &COLUMNS, rows, below: None })?;
    Ok(writer.finish()?)
}
