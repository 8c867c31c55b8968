use foldhash::HashSet;

use super::answering::{OnlyArgs, SayArgs, write_count, write_paths};
use super::args::{AskArgs, number};
use super::form::{FormArgs, Manner};
use super::output::talk;
use super::reading::ReadArgs;
use super::{Failure, Outcome};
use crate::present::{Form, KWIC_COLUMNS, Kwic};
use crate::search::{Asker, Concordance, ConcordanceLine, ContextSize, Detail, Question, Sorting};

/// Print a concordance: each match on a line, with the words around it
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  pundit kwic '\"strategic autonomy\"'
  pundit kwic 制裁 --by right
  pundit kwic 'sanction' --sample 50 --seed 7 -f csv > sample.csv
  pundit kwic '@north-korea' -C 6w --by left")]
pub(super) struct Args {
    /// The query; several arguments are joined by spaces
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
    /// Sort the lines by this part
    #[arg(long, value_enum, value_name = "SIDE")]
    by: Option<Sorting>,
    /// Print only N lines, chosen at random
    #[arg(long, value_name = "N", value_parser = number::<usize>)]
    sample: Option<usize>,
    /// Seed of the random choice: the same seed chooses the same lines
    #[arg(long, value_name = "S", default_value_t = 0, value_parser = number::<u64>)]
    seed: u64,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    ask: AskArgs,
    #[command(flatten)]
    only: OnlyArgs,
    #[command(flatten)]
    say: SayArgs,
    #[command(flatten)]
    form: FormArgs,
}

/// Words on either side of a match where nothing else is asked for.
const WORDS: usize = 12;

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let words = match args.ask.context {
        None => WORDS,
        Some(ContextSize::Words(words)) => words,
        Some(_) => return Err(Failure::usage("kwic takes its context in words").hint("write -C 12w")),
    };
    let reader = args.read.open(args.say.quiet)?;
    let wanted = Concordance {
        words,
        sorting: args.by.unwrap_or_default(),
        sample: args.sample,
        seed: args.seed,
        offset: args.ask.offset,
        limit: args.ask.most(usize::MAX),
        per_piece: args.ask.per_piece.unwrap_or(usize::MAX),
        // Of forms with a line for each, none tells how many there are.
        counted: args.only.count || !matches!(args.form.form(Manner::default()), Form::Text | Form::JsonLines | Form::Csv | Form::Tsv),
    };
    let asker = Asker::new(&reader);
    let mut question = args.ask.question(&args.query.join(" "))?;
    if args.only.files && args.sample.is_none() {
        // What files there are is the same for whoever asks.
        question = Question { detail: Detail::Files, limit: args.ask.most(usize::MAX), ..question };
    }
    let (lines, found) = match question.detail {
        Detail::Files => (Vec::new(), files(args, &asker, &question)?),
        _ => asker.concordance(&question, &wanted)?,
    };
    if !args.say.quiet {
        if question.detail != Detail::Files {
            write(args, &lines, found)?;
        }
        if found == 0 {
            talk("nothing matches");
        }
    }
    args.say.say(&asker, &question)?;
    args.say.hint(&asker, &question, found > 0, args.form.form(Manner::default()) == Form::Text)?;
    Ok(args.say.outcome(found > 0))
}

/// Writes the paths of the files that have an answer to `question`, and gives how many pieces match.
fn files(args: &Args, asker: &Asker<'_>, question: &Question) -> Result<u64, Failure> {
    let answer = asker.ask(question)?;
    if !args.say.quiet {
        write_paths(answer.hits.iter().map(|hit| hit.piece.path.as_str()).collect(), &args.form)?;
    }
    Ok(answer.found)
}

fn write(args: &Args, lines: &[ConcordanceLine], found: u64) -> Result<(), Failure> {
    if args.only.count {
        return write_count(found, &args.form);
    }
    if args.only.files {
        let mut known: HashSet<&str> = HashSet::default();
        return write_paths(lines.iter().map(|line| line.piece.path.as_str()).filter(|path| known.insert(path)).collect(), &args.form);
    }
    let mut writer = args.form.open(Manner::default(), &KWIC_COLUMNS)?;
    writer.write(&Kwic { lines, found })?;
    Ok(writer.finish()?)
}
