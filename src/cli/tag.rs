use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::form::{FormArgs, Manner};
use super::output::{read_text, talk};
use super::place::IndexArgs;
use super::{Failure, Outcome};
use crate::actors::{Matcher, Mention, Roster, Tagger};
use crate::pieces::read::{Reading, lines, read};
use crate::pieces::{Date, Format as PieceFormat, Limits, Mapping, Piece, place_of};
use crate::present::{Facts, Form, MENTION_COLUMNS, Tagged};
use crate::text::terms::Analysed;
use crate::text::{Analyzer, Language, Span, code_points};

/// Find the mentions of actors in a text, without an index
///
/// Takes the whole file as the text, unless its name ends like that of a format (.md, .html, .json, .jsonl, .csv, .docx, .pdf …): then it is
/// read as pieces. Offsets count code points from the start of each text; if there are several, each mention names its piece. The default
/// format is text on a terminal, else JSON lines.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  pundit tag article.txt\n  echo 'Moscow denied it.' | pundit tag -\n  pundit tag records.jsonl -f jsonl"
)]
pub(super) struct Args {
    /// A file, or - for standard input
    #[arg(value_name = "FILE|-")]
    file: PathBuf,
    /// Print every candidate name instead, with the evidence for and against it, whether accepted or not
    #[arg(long)]
    evidence: bool,
    #[command(flatten)]
    index: IndexArgs,
    #[command(flatten)]
    form: FormArgs,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    args.form.output.keep_apart(&[&args.file])?;
    let default = if args.form.output.is_terminal() { Form::Text } else { Form::JsonLines };
    let format = records(&args.file);
    let columns: &[&str] = if args.evidence { &EVIDENCE_COLUMNS } else { &MENTION_COLUMNS };
    let reading = match format {
        Some(PieceFormat::JsonLines) | None => Reading::default(),
        Some(format) => read(std::fs::read(&args.file).map_err(|error| Failure::reading(&args.file, &error))?, format, &Limits::default()),
    };
    let many = matches!(format, Some(PieceFormat::JsonLines | PieceFormat::Json)) || reading.pieces.len() > 1;
    let mut writer = args.form.open(Manner { default, laid_out: true, many, run: false }, columns)?;
    let texts = Texts::new(args.index.roster()?);
    let mut write = |piece: &Piece, name: Option<&str>| -> Result<(), Failure> {
        if args.evidence {
            return Ok(writer.write(&evidence(piece, &texts.weighed(piece), name))?);
        }
        Ok(writer.write(&Tagged { text: &piece.text, mentions: &texts.mentions(piece), piece: name })?)
    };
    let mut failed = false;
    let mut told = |skip: &crate::pieces::Skipped| {
        failed |= skip.reason.is_failure();
        let place = place_of(&args.file.to_string_lossy(), skip.inside.as_deref(), skip.line);
        talk(&format!("skipped {place}: {}", skip.reason));
    };
    match format {
        Some(PieceFormat::JsonLines) => {
            let file = std::fs::File::open(&args.file).map_err(|error| Failure::reading(&args.file, &error))?;
            for line in lines(std::io::BufReader::new(file), Limits::default().record) {
                match line.piece(&Mapping::default()) {
                    Ok(piece) => write(&piece, Some(&name(&piece, &args.file)))?,
                    Err(skip) => told(&skip),
                }
            }
        }
        Some(_) => {
            reading.skipped.iter().for_each(&mut told);
            for piece in &reading.pieces {
                let name = many.then(|| name(piece, &args.file));
                write(piece, name.as_deref())?;
            }
        }
        None => write(&Piece { text: read_text(&args.file)?, ..Piece::default() }, None)?,
    }
    writer.finish()?;
    Ok(if failed { Outcome::Unreadable } else { Outcome::Done })
}

/// What was weighed, as a table has it.
const EVIDENCE_COLUMNS: [&str; 5] = ["piece", "start", "end", "text", "evidence"];

/// The names that were weighed in a text.
fn evidence(piece: &Piece, weighed: &[(Span, Vec<&'static str>)], name: Option<&str>) -> Facts {
    let row = |(span, evidence): &(Span, Vec<&'static str>)| {
        let (start, end) = (code_points(&piece.text, span.start), code_points(&piece.text, span.end));
        vec![name.into(), start.into(), end.into(), span.of(&piece.text).into(), evidence.clone().into()]
    };
    Facts { name: "weighed", columns: &EVIDENCE_COLUMNS, rows: weighed.iter().map(row).collect(), below: None }
}

/// The format by which a file is read as pieces; `None` where the file is the text.
fn records(path: &Path) -> Option<PieceFormat> {
    PieceFormat::of(path).ok().filter(|format| *format != PieceFormat::Plain)
}

/// What a piece is called: by its id, else by its file and its place there, as in an index of the file's folder.
fn name(piece: &Piece, file: &Path) -> String {
    let place = || {
        let file = file.file_name().unwrap_or_default().to_string_lossy();
        piece.record.map_or_else(|| file.clone().into_owned(), |record| format!("{file}#{record}"))
    };
    piece.id.clone().unwrap_or_else(place)
}

struct Texts {
    analyzer: Analyzer,
    tagger: Tagger<'static>,
}

impl Texts {
    fn new(roster: &'static Roster) -> Self {
        Self { analyzer: Analyzer::default(), tagger: Tagger::new(roster, Arc::new(Matcher::new(roster))) }
    }

    fn mentions(&self, piece: &Piece) -> Vec<Mention> {
        self.with(piece, |title, text, language| self.tagger.tag(title, text, language, piece.date.map(Date::first_day)).text)
    }

    fn weighed(&self, piece: &Piece) -> Vec<(Span, Vec<&'static str>)> {
        self.with(piece, |title, text, language| self.tagger.weigh(title, text, language))
    }

    fn with<T>(&self, piece: &Piece, then: impl FnOnce((&str, &Analysed), (&str, &Analysed), Language) -> T) -> T {
        let language = piece.language.unwrap_or_else(|| Language::detect(&piece.text));
        let title = piece.title.as_deref().unwrap_or_default();
        let (title_words, words) = (self.analyzer.analyse(title, language), self.analyzer.analyse(&piece.text, language));
        then((title, &title_words), (&piece.text, &words), language)
    }
}
