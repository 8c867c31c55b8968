use std::path::Path;
use std::time::Instant;

use super::named::named;
use super::output::{read_text, talk};
use super::search::How;
use super::{Failure, Outcome};
use crate::pieces::read::read;
use crate::pieces::{Format as PieceFormat, Limits};
use crate::query::Mode;
use crate::search::{Asker, Likeness, Question};

/// Find passages like a passage, a piece or any text
///
/// Searches for any of the text's weightiest words, and shows them as the query. The piece itself is not a hit.
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
    how: How,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let how = &args.how;
    how.form.output.keep_apart(&[Path::new(&args.name)])?;
    let reader = how.read.open(how.say.quiet)?;
    let started = Instant::now();
    let like = if args.name == "-" {
        Likeness { text: read_text(Path::new("-"))?, digest: None }
    } else {
        match named(&reader, &args.name) {
            Ok(shown) => Likeness::from(&shown),
            Err(_) if Path::new(&args.name).is_file() => Likeness { text: text_of(Path::new(&args.name))?, digest: None },
            Err(failure) => return Err(failure),
        }
    };
    let question = how.question("")?;
    let asker = Asker::new(&reader);
    let answer = asker.similar(&like, &question)?;
    how.write(&reader, &question, &answer, started)?;
    if answer.found == 0 && !how.say.quiet {
        talk("no similar piece");
    }
    if !answer.query.is_empty() {
        // What was asked are the words that stand for the text.
        how.say_beside(&asker, &Question { query: answer.query.clone(), mode: Mode::Any, literal: true, ..question })?;
    }
    Ok(how.say.outcome(answer.found > 0))
}

/// The text of a file that is not in the index: of its pieces, if it can be read as such.
fn text_of(path: &Path) -> Result<String, Failure> {
    let Ok(format) = PieceFormat::of(path) else { return read_text(path) };
    let bytes = std::fs::read(path).map_err(|error| Failure::reading(path, &error))?;
    let pieces = read(bytes, format, &Limits::default()).pieces;
    let texts = pieces.into_iter().map(|piece| format!("{}\n{}", piece.title.unwrap_or_default(), piece.text));
    Ok(texts.collect::<Vec<_>>().join("\n"))
}
