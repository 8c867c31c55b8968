use std::time::Instant;

use super::answering::{OnlyArgs, SayArgs, write_count, write_paths};
use super::args::AskArgs;
use super::form::{FormArgs, Manner};
use super::output::talk;
use super::reading::{ReadArgs, address};
use super::{Failure, Outcome};
use crate::index::Reader;
use crate::pieces::read::read;
use crate::pieces::{Format, Limits};
use crate::present::{Form, GREP_COLUMNS, Grep, Hits, Source, hit_columns};
use crate::retrieve::MOST_FORMS;
use crate::search::{Answer, Asker, Detail, PieceView, Question};

/// Search for ranked passages, with matches and actors marked
///
/// All words must be in the piece, in any inflection. OR, NOT (or -), brackets and "phrases" work as usual. Nearness: a w/5 b, a pre/5 b (in this
/// order), a w/s b (sentence), a w/p b (paragraph), a not w/5 b; "a b"~5 for a loose phrase; atleast3(x) for at least three occurrences. Patterns:
/// x* x?z fuzz~1 /regex/. Actors: @id or actor:NAME under any name, and PERSON, STATE or ORG for any actor of that kind. Fields: title: author:
/// source: lang: path: tag: kind:, also title:(a OR b) and author:smith*, and date:2024-03..2024-06 or date:last-month. =Word matches a word as
/// written, also in a phrase; x^2 counts more, x^0.5 less. NOT binds tightest, then w/5, AND, OR.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  pundit search --in articles 'sanctions AND (oil OR gas) -opinion'
  pundit search '\"arms control\" lang:en date:>=2023'
  pundit search '@north-korea 军火' --fields date,source,title
  pundit search --any 'what became of the grain deal?' -f html -o answer.html")]
pub(super) struct Args {
    /// The query; several arguments are joined by spaces
    #[arg(value_name = "QUERY", required = true, add = super::complete::query())]
    query: Vec<String>,
    #[command(flatten)]
    how: How,
}

/// How a query is answered
#[derive(Debug, clap::Args)]
pub(super) struct How {
    #[command(flatten)]
    pub(super) read: ReadArgs,
    #[command(flatten)]
    ask: AskArgs,
    #[command(flatten)]
    only: OnlyArgs,
    /// Print each match on a line for editors: path:line:column:text, columns in bytes
    #[arg(long, conflicts_with_all = ["count", "files", "fields"])]
    vimgrep: bool,
    #[command(flatten)]
    pub(super) say: SayArgs,
    #[command(flatten)]
    pub(super) form: FormArgs,
}

/// What can be written of hits.
const MANNER: Manner = Manner { run: true, default: Form::Text, laid_out: false, many: false };

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    answer(&args.query.join(" "), &args.how)
}

/// Answers `query`, and writes the answer.
pub(super) fn answer(query: &str, how: &How) -> Result<Outcome, Failure> {
    let reader = how.read.open(how.say.quiet)?;
    let started = Instant::now();
    let question = how.question(query)?;
    let asker = Asker::new(&reader);
    let answer = asker.ask(&question)?;
    how.write(&reader, &question, &answer, started)?;
    let is_text = how.form.form(MANNER) == Form::Text && !how.say.quiet;
    if is_text && !how.only.count && answer.found == 0 {
        talk(if answer.hidden > 0 {
            "only later copies match, not the earliest; to see them use --copies group"
        } else {
            "no piece matches"
        });
    }
    if is_text && !how.only.count && answer.found > 0 && answer.hits.is_empty() && question.offset > 0 {
        talk(&format!("--offset {} passes over all hits", question.offset));
    }
    how.say_beside(&asker, &question)?;
    how.say.hint(&asker, &question, answer.found > 0, is_text)?;
    if answer.truncated && !how.say.quiet {
        talk(&format!(
            "there may be more: a pattern is limited to its {MOST_FORMS} most frequent words, or a piece has too many matches to examine"
        ));
    }
    Ok(how.say.outcome(answer.found > 0))
}

impl How {
    /// Says what is wanted beside the answer to `question`. On a terminal the answer itself begins with how it was understood.
    pub(super) fn say_beside(&self, asker: &Asker<'_>, question: &Question) -> Result<(), Failure> {
        let is_shown = self.form.output.is_terminal() && self.form.form(MANNER) == Form::Text;
        SayArgs { explain: self.say.explain && !is_shown, ..self.say }.say(asker, question)
    }

    /// The question of `query`, and of no more than what is to be written.
    pub(super) fn question(&self, query: &str) -> Result<Question, Failure> {
        let mut question = self.ask.question(query)?;
        if self.only.files {
            question.limit = self.ask.most(usize::MAX);
        }
        question.detail = match self.only.detail() {
            _ if self.say.quiet => Detail::Count,
            // In a run pieces are counted, each once.
            Detail::Passages if self.form.form(MANNER) == Form::Trec => {
                question.per_piece = 1;
                Detail::Pieces
            }
            detail => detail,
        };
        Ok(question)
    }

    /// Writes the answer to `question`, which was asked at `started`.
    pub(super) fn write(&self, reader: &Reader, question: &Question, answer: &Answer, started: Instant) -> Result<(), Failure> {
        let took_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        if self.say.quiet {
            return Ok(());
        }
        if self.only.count {
            return write_count(answer.found, &self.form);
        }
        if self.only.files {
            return write_paths(answer.hits.iter().map(|hit| hit.piece.path.as_str()).collect(), &self.form);
        }
        if self.vimgrep {
            let mut writer = self.form.bare(Manner::default(), &GREP_COLUMNS)?;
            writer.write(&Grep { answer, source: &|piece| source(reader, piece), raw: !self.form.output.is_terminal() })?;
            return Ok(writer.finish()?);
        }
        let columns = hit_columns(question);
        let mut writer = self.form.open(MANNER, &columns)?;
        writer.write(&Hits { answer, took_ms, explain: self.say.explain, columns: &columns, address: &|piece| address(reader, piece) })?;
        Ok(writer.finish()?)
    }
}

/// The text of a piece as it stands in its file now, where that is plain text or Markdown.
fn source(reader: &Reader, piece: &PieceView) -> Option<Source> {
    if piece.stored.inside.is_some() {
        return None;
    }
    let path = reader.file_of(&piece.stored)?;
    let format = Format::of(&path).ok().filter(|format| matches!(format, Format::Plain | Format::Markdown))?;
    let bytes = std::fs::read(path).ok()?;
    let rows = String::from_utf8_lossy(&bytes).lines().map(ToOwned::to_owned).collect();
    // Of a long text the piece may be no more than a part, whose place is not known.
    let read = read(bytes, format, &Limits::default()).pieces.pop().filter(|_| piece.stored.record.is_none())?;
    Some(Source { text: read.text, lines: read.lines, rows })
}
