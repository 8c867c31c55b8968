use std::time::Instant;

use super::args::AskArgs;
use super::form::{FormArgs, Manner};
use super::output::talk;
use super::reading::{ReadArgs, address};
use super::{Failure, Outcome};
use crate::index::Reader;
use crate::present::{Facts, Form, HIT_COLUMNS, Hits, Paths};
use crate::search::{Answer, Asker, Detail};

/// Search: ranked passages, with matches and actors marked
///
/// Words are ANDed in the piece and inflected. OR, NOT (or -), brackets and \"phrases\" as usual; @id or actor:NAME asks for an actor under any
/// name; title: author: source: lang: path: tag: kind: and date:2024-03..2024-06 ask for fields; =Word takes a word as written.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  pundit search --in articles 'sanctions AND (oil OR gas) -opinion'
  pundit search '\"arms control\" lang:en date:>=2023'
  pundit search '@north-korea 军火' --fields date,source,title
  pundit search --any 'what became of the grain deal?' -f html -o answer.html")]
pub(super) struct Args {
    /// What to search for; several arguments are joined by spaces
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    ask: AskArgs,
    /// Only the number of matching pieces
    #[arg(short, long)]
    count: bool,
    /// Only the paths of matching pieces
    #[arg(short = 'l', long, conflicts_with_all = ["count", "fields"])]
    files: bool,
    /// Print nothing; the exit code tells whether there is a hit
    #[arg(short, long)]
    quiet: bool,
    /// Exit with 0 even if there is no hit
    #[arg(long)]
    zero_ok: bool,
    /// Show how the query was understood and what scores are made of
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    form: FormArgs,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let reader = args.read.open(args.quiet)?;
    let started = Instant::now();
    let mut question = args.ask.question(&args.query.join(" "));
    let manner = Manner { run: true, ..Manner::default() };
    if args.count || args.quiet {
        question.limit = 0;
    }
    if args.files || args.form.form(manner) == Form::Trec {
        question.per_piece = 1;
        question.detail = Detail::Pieces;
    }
    let answer = Asker::new(&reader).ask(&question)?;
    let took_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    if !args.quiet {
        write(args, &reader, &answer, took_ms)?;
    }
    if answer.found == 0 && !args.quiet && args.form.form(manner) == Form::Text && !args.count {
        talk("no piece matches");
    }
    Ok(if answer.found > 0 || args.zero_ok { Outcome::Done } else { Outcome::NoHit })
}

fn write(args: &Args, reader: &Reader, answer: &Answer, took_ms: u64) -> Result<(), Failure> {
    let bare = Manner::default();
    if args.count {
        let mut writer = args.form.bare(bare, &["found"])?;
        writer.write(&Facts { name: "counts", columns: &["found"], rows: vec![vec![answer.found.into()]], below: None })?;
        return Ok(writer.finish()?);
    }
    if args.files {
        let mut writer = args.form.bare(bare, &["path"])?;
        writer.write(&Paths { answer, raw: !args.form.output.is_terminal() })?;
        return Ok(writer.finish()?);
    }
    let mut writer = args.form.open(Manner { run: true, ..bare }, &HIT_COLUMNS)?;
    writer.write(&Hits { answer, took_ms, explain: args.explain, address: &|piece| address(reader, piece) })?;
    Ok(writer.finish()?)
}
