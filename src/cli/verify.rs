use std::path::{Path, PathBuf};

use super::args::number;
use super::form::{FormArgs, Manner};
use super::output::{read_text, talk};
use super::reading::ReadArgs;
use super::{Failure, Outcome};
use crate::pieces::read::{read, with_block_quotations};
use crate::pieces::{Format, Limits};
use crate::present::{VERIFIED_COLUMNS, Verified};
use crate::search::{Asker, Quotation, Verdict, quotations};
use crate::text::counted;

/// Check every quotation in a draft: verbatim, altered, or absent from the corpus
///
/// A quotation is the text between “ ”, " ", „ “, « », » «, 「 」 or 『 』, or a block quotation in Markdown. Typography is ignored; omissions must be
/// marked by …, insertions by brackets. Exits with 1 if a quotation is altered or absent.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  pundit verify draft.md
  pundit verify draft.md -f html -o quotations.html
  pundit verify draft.txt --min-words 6")]
pub(super) struct Args {
    /// The draft: text, Markdown or any other format that can be indexed; - reads text from standard input
    #[arg(value_name = "FILE|-")]
    file: PathBuf,
    /// Skip quotations of fewer than N words (in Chinese and similar scripts, twice as many characters)
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = number::<usize>)]
    min_words: usize,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    form: FormArgs,
    /// Show only errors
    #[arg(short, long)]
    quiet: bool,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    args.form.output.keep_apart(&[&args.file])?;
    let all = quoted(&args.file)?;
    let (wanted, short): (Vec<Quotation>, Vec<Quotation>) =
        all.into_iter().partition(|quotation| quotation.half_words() >= args.min_words.saturating_mul(2));
    let reader = args.read.open(args.quiet)?;
    let asker = Asker::new(&reader);
    let checked = asker.verify(&wanted)?;
    let mut writer = args.form.open(Manner::default(), &VERIFIED_COLUMNS)?;
    writer.write(&Verified { checked: &checked, path: &args.file.to_string_lossy() })?;
    writer.finish()?;
    let count = |verdict| checked.iter().filter(|checked| checked.verdict == verdict).count();
    if !args.quiet {
        talk(&format!(
            "{}: {} verbatim, {} altered, {} absent; {} too short to check",
            counted(checked.len() as u64, "quotation"),
            count(Verdict::Verbatim),
            count(Verdict::Altered),
            count(Verdict::Absent),
            short.len()
        ));
    }
    Ok(if count(Verdict::Verbatim) == checked.len() { Outcome::Done } else { Outcome::NoHit })
}

/// The quotations of a draft. Text and Markdown are taken as they are, so that lines are those of the file; other files are read as pieces.
fn quoted(path: &Path) -> Result<Vec<Quotation>, Failure> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let is_text = matches!(ending.as_str(), "" | "txt" | "text" | "md" | "markdown" | "tex" | "rst");
    match Format::of(path) {
        Ok(Format::Docx) => {
            let bytes = std::fs::read(path).map_err(|error| Failure::reading(path, &error))?;
            let text = with_block_quotations(bytes, &Limits::default())
                .map_err(|reason| Failure::usage(format!("cannot read {}: {reason}", path.display())))?;
            Ok(quotations(&text, true))
        }
        Ok(format) if !is_text => {
            let bytes = std::fs::read(path).map_err(|error| Failure::reading(path, &error))?;
            let reading = read(bytes, format, &Limits::default());
            if let Some(skip) = reading.skipped.first().filter(|_| reading.pieces.is_empty()) {
                return Err(Failure::usage(format!("cannot read {}: {}", path.display(), skip.reason)));
            }
            Ok(reading.pieces.iter().flat_map(|piece| quotations(&piece.text, false)).collect())
        }
        _ => Ok(quotations(&read_text(path)?, matches!(ending.as_str(), "md" | "markdown"))),
    }
}
