use std::time::Instant;

use super::args::AskArgs;
use super::form::{FormArgs, Manner};
use super::output::talk;
use super::reading::{ReadArgs, address};
use super::{Failure, Outcome};
use crate::index::Reader;
use crate::present::{Facts, Form, GREP_COLUMNS, Grep, HIT_COLUMNS, Hits, Paths};
use crate::query::{Mode, foreign};
use crate::retrieve::MOST_FORMS;
use crate::search::{Answer, Asker, ClauseCount, Coverage, Detail};

/// Search: ranked passages, with matches and actors marked
///
/// Words are ANDed in the piece and inflected. OR, NOT (or -), brackets and \"phrases\" as usual; a w/5 b, a pre/5 b, w/s (sentence), w/p
/// (paragraph) and a not w/5 b ask for what is near; \"a b\"~5 for words close together; atleast3(x) for so many places; x* x?z fuzz~1 /regex/ for
/// words like these; @id or actor:NAME for an actor under any name, PERSON STATE ORG for any; title: author: source: lang: path: tag: kind:, also
/// title:(a OR b) and author:smith*, and date:2024-03..2024-06 or date:last-month for fields; =Word takes a word as written; x^2 counts more. NOT binds tightest, then w/5, AND, OR.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  pundit search --in articles 'sanctions AND (oil OR gas) -opinion'
  pundit search '\"arms control\" lang:en date:>=2023'
  pundit search '@north-korea 军火' --fields date,source,title
  pundit search --any 'what became of the grain deal?' -f html -o answer.html")]
pub(super) struct Args {
    /// What to search for; several arguments are joined by spaces
    #[arg(value_name = "QUERY", required = true, add = super::complete::query())]
    query: Vec<String>,
    #[command(flatten)]
    how: How,
}

/// How a query is answered
#[derive(Debug, clap::Args)]
pub(super) struct How {
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    ask: AskArgs,
    /// Only the number of matching pieces
    #[arg(short, long, conflicts_with = "fields")]
    count: bool,
    /// Only the paths of matching pieces
    #[arg(short = 'l', long, conflicts_with_all = ["count", "fields"])]
    files: bool,
    /// Each match on a line, as editors read them: path:line:column:text
    #[arg(long, conflicts_with_all = ["count", "files", "fields"])]
    vimgrep: bool,
    /// Print nothing; the exit code tells whether there is a hit
    #[arg(short, long)]
    quiet: bool,
    /// Exit with 0 even if there is no hit
    #[arg(long)]
    zero_ok: bool,
    /// Say what was searched, and what each clause finds by itself (on standard error)
    #[arg(long)]
    coverage: bool,
    /// Show how the query was understood and what scores are made of
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    form: FormArgs,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    answer(&args.query.join(" "), &args.how)
}

/// Answers `query`, and writes the answer.
pub(super) fn answer(query: &str, args: &How) -> Result<Outcome, Failure> {
    let reader = args.read.open(args.quiet)?;
    let started = Instant::now();
    let mut question = args.ask.question(query)?;
    let manner = Manner { run: true, ..Manner::default() };
    if args.count || args.quiet {
        question.limit = 0;
    }
    if args.files || args.form.form(manner) == Form::Trec {
        question.per_piece = 1;
        question.detail = Detail::Pieces;
    }
    let asker = Asker::new(&reader);
    let answer = asker.ask(&question)?;
    let took_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    if !args.quiet {
        write(args, &reader, &answer, took_ms)?;
    }
    // On a terminal the answer itself begins with it.
    if args.explain && !(args.form.output.is_terminal() && args.form.form(manner) == Form::Text) {
        talk(&format!("understood as: {}", answer.parsed));
    }
    let is_hidden = answer.found > 0 && answer.hits.is_empty() && question.limit > 0 && question.offset == 0;
    if !args.quiet && args.form.form(manner) == Form::Text && !args.count {
        if answer.found == 0 {
            talk("no piece matches");
        } else if is_hidden {
            talk("only copies match whose earliest does not; --copies group shows them");
        }
    }
    if args.coverage {
        coverage(&asker.coverage(&question)?);
    }
    if answer.found == 0 && !args.quiet {
        hints(&asker.clauses(&question)?);
    }
    // That a word or sign joins nothing shows in no list of hits. Where any word will do there is nothing to join.
    if !args.quiet
        && question.mode == Mode::All
        && args.form.form(manner) == Form::Text
        && let Some((sign, instead)) = foreign(query)
    {
        talk(&format!("hint: {sign} joins nothing here; write {instead}"));
    }
    if answer.truncated && !args.quiet {
        talk(&format!(
            "there may be more: a pattern stands for its {MOST_FORMS} most frequent words, or a piece has too many places to look at"
        ));
    }
    Ok(if answer.found > 0 && !is_hidden || args.zero_ok { Outcome::Done } else { Outcome::NoHit })
}

/// Says what was searched.
fn coverage(coverage: &Coverage) {
    let languages: Vec<String> = coverage.languages.iter().map(|(language, pieces)| format!("{language} {pieces}")).collect();
    let dates = match (coverage.first, coverage.last) {
        (Some(first), Some(last)) => format!("dated {first} to {last}"),
        _ => "none with a date".to_owned(),
    };
    talk(&format!(
        "searched: {} pieces ({}) of {} sources, {dates}, {} undated; {} files and records skipped",
        coverage.pieces,
        languages.join(", "),
        coverage.sources.len(),
        coverage.undated,
        coverage.skipped
    ));
    for count in &coverage.clauses {
        talk(&format!("  {} pieces have {}", count.pieces, count.clause));
    }
}

/// Says which clauses find nothing, and what may have been meant. A query of one clause is itself the one.
fn hints(clauses: &[ClauseCount]) {
    for count in clauses.iter().filter(|count| count.pieces == 0) {
        match count.similar.as_slice() {
            [] if clauses.len() == 1 => {}
            [] => talk(&format!("hint: no piece has {}", count.clause)),
            similar => talk(&format!("hint: no piece has {}; did you mean {}?", count.clause, similar.join(" or "))),
        }
    }
}

fn write(args: &How, reader: &Reader, answer: &Answer, took_ms: u64) -> Result<(), Failure> {
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
    if args.vimgrep {
        let mut writer = args.form.bare(bare, &GREP_COLUMNS)?;
        writer.write(&Grep { answer })?;
        return Ok(writer.finish()?);
    }
    let mut writer = args.form.open(Manner { run: true, ..bare }, &HIT_COLUMNS)?;
    writer.write(&Hits { answer, took_ms, explain: args.explain, address: &|piece| address(reader, piece) })?;
    Ok(writer.finish()?)
}
