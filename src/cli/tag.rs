use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::form::{FormArgs, Manner};
use super::output::{read_text, talk};
use super::{Failure, Outcome};
use crate::actors::{Matcher, Mention, Roster, Tagger};
use crate::pieces::read::{lines, read};
use crate::pieces::{Format as PieceFormat, Limits, Mapping, Piece};
use crate::present::{Form, MENTION_COLUMNS, Tagged};
use crate::text::{Analyzer, Language};

/// The mentions of actors in a text, without an index
///
/// The whole file is the text, unless its name ends in .md, .html, .json or .jsonl: then it is read as pieces. Offsets count code points from
/// the start of each text. The form is text on a terminal, else JSON lines.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  pundit tag article.txt\n  echo 'Moscow denied it.' | pundit tag -\n  pundit tag records.jsonl -f jsonl"
)]
pub(super) struct Args {
    /// A file, or - for standard input
    #[arg(value_name = "FILE|-")]
    file: PathBuf,
    #[command(flatten)]
    form: FormArgs,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let default = if args.form.output.is_terminal() { Form::Text } else { Form::JsonLines };
    let format = records(&args.file);
    let many = matches!(format, Some(PieceFormat::JsonLines | PieceFormat::Json));
    let mut writer = args.form.open(Manner { default, laid_out: true, many, run: false }, &MENTION_COLUMNS)?;
    let texts = Texts::new();
    let mut write = |piece: &Piece, name: Option<&str>| -> Result<(), Failure> {
        Ok(writer.write(&Tagged { text: &piece.text, mentions: &texts.mentions(piece), piece: name })?)
    };
    let mut skips = 0;
    let mut told = |skip: &crate::pieces::Skipped| {
        skips += 1;
        talk(&format!(
            "skipped {}{}: {}",
            args.file.display(),
            skip.line.map(|line| format!(", line {line}")).unwrap_or_default(),
            skip.reason
        ));
    };
    match format {
        Some(PieceFormat::JsonLines) => {
            let file = std::fs::File::open(&args.file).map_err(|error| Failure::reading(&args.file, &error))?;
            for line in lines(std::io::BufReader::new(file), Limits::default().record) {
                match line.piece(&Mapping::default()) {
                    Ok(piece) => write(&piece, Some(&name(&piece)))?,
                    Err(skip) => told(&skip),
                }
            }
        }
        Some(format) => {
            let bytes = std::fs::read(&args.file).map_err(|error| Failure::reading(&args.file, &error))?;
            let reading = read(bytes, format, &Limits::default());
            reading.skipped.iter().for_each(&mut told);
            for piece in &reading.pieces {
                let name = (format == PieceFormat::Json).then(|| name(piece));
                write(piece, name.as_deref())?;
            }
        }
        None => write(&Piece { text: read_text(&args.file)?, ..Piece::default() }, None)?,
    }
    writer.finish()?;
    Ok(if skips > 0 { Outcome::Unreadable } else { Outcome::Done })
}

/// The format by which a file is read as pieces; `None` where the file is the text.
fn records(path: &Path) -> Option<PieceFormat> {
    PieceFormat::of(path).ok().filter(|format| *format != PieceFormat::Plain)
}

/// What a record is called: its id, else its place.
fn name(piece: &Piece) -> String {
    piece.id.clone().or_else(|| piece.record.map(|record| format!("#{record}"))).unwrap_or_default()
}

struct Texts {
    analyzer: Analyzer,
    tagger: Tagger<'static>,
}

impl Texts {
    fn new() -> Self {
        let roster = Roster::builtin();
        Self { analyzer: Analyzer::default(), tagger: Tagger::new(roster, Arc::new(Matcher::new(roster))) }
    }

    fn mentions(&self, piece: &Piece) -> Vec<Mention> {
        let language = piece.language.unwrap_or_else(|| Language::detect(&piece.text));
        let title = piece.title.as_deref().unwrap_or_default();
        let (title_words, words) = (self.analyzer.analyse(title, language), self.analyzer.analyse(&piece.text, language));
        self.tagger.tag((title, &title_words), (&piece.text, &words), language).text
    }
}
