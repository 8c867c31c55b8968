use clap::ValueEnum;

use super::output::OutputArgs;
use super::place::IndexArgs;
use super::search::address;
use super::{Failure, Outcome};
use crate::actors::Mention;
use crate::present::{Legend, Paint, json, marked, piece_head};
use crate::search::{Shown, find};

/// Show a passage with its context, or a whole piece, with actors marked
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  pundit show 3f9a1c2e7b40:1204-1876\n  pundit show articles/kim.md")]
pub(super) struct Args {
    /// The id of a passage, or the id or path of a piece, as search prints them
    #[arg(value_name = "ID|PATH")]
    name: String,
    #[command(flatten)]
    index: IndexArgs,
    /// Passages to show before and after the one asked for
    #[arg(short = 'C', long, value_name = "N", default_value_t = 1)]
    context: usize,
    /// The form of the output
    #[arg(short, long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    output: OutputArgs,
}

/// A form of what is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// A JSON object for each passage
    Jsonl,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let reader = args.index.open()?;
    let shown = find(&reader, &args.name)?;
    let mut output = args.output.open()?;
    match args.format {
        Format::Jsonl => json::shown(&mut output.out, &shown)?,
        Format::Text => {
            let target = address(&reader, &shown.piece);
            write(&mut output.out, &shown, target.as_deref(), args.context, output.paint)?;
        }
    }
    output.out.flush()?;
    Ok(Outcome::Done)
}

fn write(out: &mut dyn std::io::Write, shown: &Shown, target: Option<&str>, context: usize, paint: Paint) -> Result<(), Failure> {
    let mut legend = Legend::default();
    let stored = &shown.piece.stored;
    let title = stored.title.as_deref().unwrap_or("(untitled)");
    let title_mentions: Vec<Mention> = stored.title_mentions.iter().cloned().map(Into::into).collect();
    let title = marked(title, &[], &title_mentions, &mut legend, Paint::Plain);
    writeln!(out, "{}\n", piece_head(&shown.piece, &title, target, paint))?;
    let range = match shown.passage {
        Some(at) => at.saturating_sub(context)..(at + context + 1).min(shown.passages.len()),
        None => 0..shown.passages.len(),
    };
    for at in range {
        let Some(passage) = shown.passages.get(at) else { break };
        let mentions: Vec<Mention> = passage.mentions.iter().cloned().map(Into::into).collect();
        let mark = if shown.passage == Some(at) { "▶ " } else { "" };
        writeln!(out, "{mark}{}\n", marked(&passage.text, &[], &mentions, &mut legend, paint))?;
    }
    if !shown.others.is_empty() {
        writeln!(out, "also in: {}\n", shown.others.iter().map(|id| crate::present::escape::terminal(id)).collect::<Vec<_>>().join(", "))?;
    }
    legend.write(out, paint)?;
    Ok(())
}
