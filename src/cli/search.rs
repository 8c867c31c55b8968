use std::path::PathBuf;
use std::time::Instant;

use clap::ValueEnum;

use super::args::AskArgs;
use super::index::bring_up_to_date;
use super::output::{Output, OutputArgs, talk};
use super::place::{IndexArgs, data, of_folder};
use super::{Failure, Outcome};
use crate::index::{Options, Reader};
use crate::present::{answer_lines, json, terminal_answer, trec_lines};
use crate::search::{Answer, Asker, Detail, PieceView};

/// Search: ranked passages, with matches and actors marked
///
/// Words are ANDed in the piece and inflected. OR, NOT (or -), brackets and \"phrases\" as usual; @id or actor:NAME asks for an actor under any
/// name; title: author: source: lang: path: tag: kind: and date:2024-03..2024-06 ask for fields; =Word takes a word as written.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  pundit search --in articles 'sanctions AND (oil OR gas) -opinion'
  pundit search '\"arms control\" lang:en date:>=2023'
  pundit search '@north-korea 军火'
  pundit search --any 'what became of the grain deal?' -f json")]
pub(super) struct Args {
    /// What to search for; several arguments are joined by spaces
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
    /// Bring FOLDER's own index up to date first, then search that
    #[arg(long = "in", value_name = "FOLDER", conflicts_with = "index")]
    folder: Option<PathBuf>,
    #[command(flatten)]
    index: IndexArgs,
    #[command(flatten)]
    ask: AskArgs,
    /// The form of the output
    #[arg(short, long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Only the number of matching pieces
    #[arg(short, long)]
    count: bool,
    /// Only the paths of matching pieces
    #[arg(short = 'l', long)]
    files: bool,
    /// End paths with NUL instead of a newline (with --files)
    #[arg(short = '0', long)]
    null: bool,
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
    output: OutputArgs,
}

/// A form of answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people on a terminal; piped, a passage a line
    #[default]
    Text,
    /// One JSON object
    Json,
    /// A JSON object for each hit
    Jsonl,
    /// A TREC run: pieces with scores
    Trec,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let reader = open(args.folder.as_deref(), &args.index, args.quiet)?;
    let started = Instant::now();
    let mut question = args.ask.question(&args.query.join(" "));
    if args.count || args.quiet {
        question.limit = 0;
    }
    if args.files || args.format == Format::Trec {
        question.per_piece = 1;
        question.detail = Detail::Pieces;
    }
    let answer = Asker::new(&reader).ask(&question)?;
    let took = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    if !args.quiet {
        let mut output = args.output.open()?;
        write(args, &reader, &answer, took, &mut output)?;
        output.out.flush()?;
    }
    if answer.found == 0 && !args.quiet && args.format == Format::Text && !args.count {
        talk("no piece matches");
    }
    Ok(if answer.found > 0 || args.zero_ok { Outcome::Done } else { Outcome::NoHit })
}

/// The index to be searched: that of `folder`, brought up to date, or the one that is there.
pub(super) fn open(folder: Option<&std::path::Path>, index: &IndexArgs, quiet: bool) -> Result<Reader, Failure> {
    let Some(folder) = folder else { return index.open() };
    let home = of_folder(folder)?;
    let report = bring_up_to_date(&home, &[folder.to_owned()], &Options::default(), quiet)?;
    if !quiet && report.new + report.changed + report.removed > 0 {
        talk(&format!(
            "{}: {} new, {} changed, {} removed, {} skipped",
            home.display(),
            report.new,
            report.changed,
            report.removed,
            report.skips
        ));
    }
    Ok(Reader::open(&data(&home))?)
}

fn write(args: &Args, reader: &Reader, answer: &Answer, took: u64, output: &mut Output) -> Result<(), Failure> {
    let out = &mut output.out;
    if args.count {
        writeln!(out, "{}", answer.found)?;
    } else if args.files {
        let end = if args.null { '\0' } else { '\n' };
        for hit in &answer.hits {
            let path = if output.is_terminal { crate::present::escape::terminal(&hit.piece.path) } else { hit.piece.path.as_str().into() };
            write!(out, "{path}{end}")?;
        }
    } else {
        match args.format {
            Format::Json => json::answer(out, answer, took, args.explain)?,
            Format::Jsonl => json::hits(out, answer, None, args.explain)?,
            Format::Trec => trec_lines(out, "1", answer)?,
            Format::Text if output.is_terminal || args.output.color == super::output::Color::Always => {
                terminal_answer(out, answer, output.paint, args.explain, |piece| address(reader, piece))?;
            }
            Format::Text => answer_lines(out, answer)?,
        }
    }
    Ok(())
}

/// The address of a piece's file on this machine.
pub(super) fn address(reader: &Reader, piece: &PieceView) -> Option<String> {
    let path = reader.file_of(&piece.stored)?;
    let mut address = String::from("file://");
    for byte in path.to_str()?.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => address.push(char::from(byte)),
            _ => address.extend(format!("%{byte:02X}").chars()),
        }
    }
    Some(address)
}
