use std::io::Write;

use clap::ValueEnum;
use clap::builder::PossibleValue;
use serde_json::Value;

use super::args::day;
use super::form::{FormArgs, Manner};
use super::named::named;
use super::output::talk;
use super::reading::ReadArgs;
use super::{Failure, Outcome};
use crate::pieces::Date;
use crate::present::{CitationStyle, Facts, Form, citation, csl_json, csl_list};
use crate::search::{PieceView, Shown};

/// Cite pieces in Chicago, APA, GB/T 7714, BibTeX or CSL-JSON
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  pundit cite 3f9a1c2e7b40:1204-1876
  pundit cite articles/kim.md --style gbt7714 --accessed 2025-02-01
  pundit search sanctions --fields piece | pundit cite - --style bibtex > sources.bib")]
pub(super) struct Args {
    /// Ids of passages or pieces, or paths, as search prints them (reprints share the ids of passages, not of pieces); - reads them from standard input
    #[arg(value_name = "ID|PATH", required = true)]
    names: Vec<String>,
    /// Citation style
    #[arg(long, value_enum, default_value_t, value_name = "STYLE")]
    style: CitationStyle,
    /// Date of access to add to the citation
    #[arg(long, value_name = "DATE", value_parser = day)]
    accessed: Option<Date>,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    form: FormArgs,
}

impl ValueEnum for CitationStyle {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Chicago, Self::Apa, Self::Gbt7714, Self::Bibtex, Self::CslJson]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Self::ALL.into_iter().find(|(style, _)| style == self).map(|(_, name)| PossibleValue::new(name))
    }
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let reader = args.read.open(false)?;
    let mut names = args.names.clone();
    if names == ["-"] {
        names =
            super::output::read_utf8("-".as_ref())?.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    }
    let mut pieces = Vec::new();
    for name in &names {
        let Shown { piece, others, .. } = named(&reader, name)?;
        // Several passages of one piece are one source.
        if !pieces.iter().any(|known: &PieceView| known.id == piece.id) {
            if !others.is_empty() {
                talk(&format!("{name} is cited from {}; also in {}; to choose, cite by path", piece.id, others.join(", ")));
            }
            pieces.push(piece);
        }
    }
    let accessed = args.accessed.map(|day| day.to_string());
    let accessed = accessed.as_deref();
    if args.style == CitationStyle::CslJson && args.form.form(Manner::default()) == Form::Text && args.form.fields.is_empty() {
        // Programs that read CSL-JSON want one list.
        let items: Vec<Value> = pieces.iter().map(|piece| csl_json(piece, accessed)).collect();
        let mut output = args.form.output.open()?;
        writeln!(output.out, "{}", csl_list(items))?;
        output.out.flush()?;
        return Ok(Outcome::Done);
    }
    let style = args.style.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
    let cite = |piece: &PieceView| citation(piece, args.style, accessed);
    if args.form.form(Manner::default()) == Form::Text && args.form.fields.is_empty() {
        let end = if args.style == CitationStyle::Bibtex { "\n\n" } else { "\n" };
        let mut output = args.form.output.open()?;
        for piece in &pieces {
            let lines: Vec<String> = cite(piece).lines().map(|line| crate::present::escape::terminal(line).into_owned()).collect();
            write!(output.out, "{}{end}", lines.join("\n"))?;
        }
        output.out.flush()?;
        return Ok(Outcome::Done);
    }
    let rows = pieces.iter().map(|piece| vec![piece.id.as_str().into(), style.as_str().into(), cite(piece).into()]).collect();
    let facts = Facts { name: "citations", columns: &["piece", "style", "citation"], rows, below: None };
    let mut writer = args.form.open(Manner::default(), facts.columns)?;
    writer.write(&facts)?;
    writer.finish()?;
    Ok(Outcome::Done)
}
