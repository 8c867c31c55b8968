use std::path::Path;
use std::time::Instant;

use super::args::AskArgs;
use super::form::{FormArgs, Manner};
use super::output::{read_text, talk};
use super::reading::{ReadArgs, address};
use super::{Failure, Outcome};
use crate::pieces::read::read;
use crate::pieces::{Format as PieceFormat, Limits};
use crate::present::{HIT_COLUMNS, Hits};
use crate::search::{Asker, Error, Likeness, find};

/// Passages like another passage, a piece or any text
///
/// The text's weightiest words are looked for, any of which will do; the query that is shown is those words. The piece itself is no hit.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  pundit similar 3f9a1c2e7b40:1204-1876
  pundit similar articles/kim.md --since 2024
  pundit similar - < draft.txt")]
pub(super) struct Args {
    /// The id of a passage, the id or path of a piece, another file, or - for standard input
    #[arg(value_name = "ID|FILE|-")]
    name: String,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    ask: AskArgs,
    /// Show what scores are made of
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    form: FormArgs,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let reader = args.read.open(false)?;
    let started = Instant::now();
    let like = if args.name == "-" {
        Likeness { text: read_text(Path::new("-"))?, digest: None }
    } else {
        match find(&reader, &args.name) {
            Ok(shown) => Likeness::from(&shown),
            Err(Error::NotFound(_)) if Path::new(&args.name).is_file() => Likeness { text: text_of(Path::new(&args.name))?, digest: None },
            Err(error) => return Err(error.into()),
        }
    };
    let question = args.ask.question("")?;
    let answer = Asker::new(&reader).similar(&like, &question)?;
    let took_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    let mut writer = args.form.open(Manner { run: true, ..Manner::default() }, &HIT_COLUMNS)?;
    writer.write(&Hits { answer: &answer, took_ms, explain: args.explain, address: &|piece| address(&reader, piece) })?;
    writer.finish()?;
    if answer.found == 0 {
        talk("no piece is like this");
    }
    Ok(if answer.found > 0 { Outcome::Done } else { Outcome::NoHit })
}

/// The text of a file that is not in the index: of its pieces, if it can be read as such.
fn text_of(path: &Path) -> Result<String, Failure> {
    let Ok(format) = PieceFormat::of(path) else { return read_text(path) };
    let bytes = std::fs::read(path).map_err(|error| Failure::reading(path, &error))?;
    let pieces = read(bytes, format, &Limits::default()).pieces;
    let texts = pieces.into_iter().map(|piece| format!("{}\n{}", piece.title.unwrap_or_default(), piece.text));
    Ok(texts.collect::<Vec<_>>().join("\n"))
}
