//! Where results are written, and whether in colour.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::Failure;
use super::whole::{Paged, Whole};
use super::written::{Replaced, keep_apart};
use crate::pieces::text_of_bytes;
use crate::present::Paint;

/// Where output goes
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct OutputArgs {
    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Do not show long output in a pager
    #[arg(long)]
    pub(super) no_pager: bool,
    /// When to use colour
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub(super) color: Color,
}

/// When output is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set or TERM is dumb
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// An open output.
pub(super) struct Output {
    pub(super) out: Box<dyn Write>,
    /// Whether people look at it as it is.
    pub(super) is_terminal: bool,
    pub(super) paint: Paint,
    /// The columns of the terminal, or what they usually are.
    pub(super) width: usize,
}

impl OutputArgs {
    /// Whether people look at the output as it is.
    pub(super) fn is_terminal(&self) -> bool {
        self.output.is_none() && io::stdout().is_terminal()
    }

    /// The columns of the terminal, or what they usually are.
    pub(super) fn width(&self) -> usize {
        if !self.is_terminal() {
            return USUAL_WIDTH;
        }
        terminal_size::terminal_size().map_or(USUAL_WIDTH, |(width, _)| usize::from(width.0))
    }

    /// Fails if the output is one of the files that are read.
    pub(super) fn keep_apart(&self, read: &[&Path]) -> Result<(), Failure> {
        self.output.as_deref().map_or(Ok(()), |output| keep_apart(read, &[("-o", output)]))
    }

    pub(super) fn open(&self) -> Result<Output, Failure> {
        let is_terminal = self.is_terminal();
        let paint = match self.color {
            Color::Always => Paint::Terminal,
            Color::Auto if is_terminal && may_colour() => Paint::Terminal,
            Color::Auto | Color::Never => Paint::Plain,
        };
        let out: Box<dyn Write> = match &self.output {
            Some(path) => {
                keep_apart(&[], &[("-o", path)])?;
                Box::new(Whole::new(Replaced::open(path)?))
            }
            None => Box::new(Whole::new(io::stdout().lock())),
        };
        Ok(Output { out, is_terminal, paint, width: self.width() })
    }
}

impl OutputArgs {
    /// Opens what people read page by page, on a terminal.
    pub(super) fn open_paged(&self) -> Result<Output, Failure> {
        let output = self.open()?;
        // PAGER is the user's own word; an empty one, or cat, asks for none.
        let pager = std::env::var("PAGER").unwrap_or_else(|_| "less".to_owned());
        let command: Vec<String> = pager.split_whitespace().map(ToOwned::to_owned).collect();
        if self.no_pager || !output.is_terminal || is_dumb() || command.first().is_none_or(|program| program == "cat") {
            return Ok(output);
        }
        let height = terminal_size::terminal_size().map_or(usize::MAX, |(_, height)| usize::from(height.0));
        // The output that was opened would hold the terminal.
        let Output { out, width, is_terminal, paint } = output;
        drop(out);
        Ok(Output { out: Box::new(Paged::new((width, height), command)), is_terminal, paint, width })
    }
}

/// Whether the terminal is one that knows no escape sequences, nor a pager what to do with it (of an editor, say).
fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// Whether a terminal may be written to in colour.
pub(super) fn may_colour() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) && !is_dumb()
}

/// The columns of a terminal of unknown size.
const USUAL_WIDTH: usize = 80;

/// Writes a message to stderr; if that is closed, nobody can be told.
pub(super) fn talk(line: &str) {
    drop(writeln!(io::stderr().lock(), "{}", crate::present::escape::terminal(line)));
}

/// The text of a file, or of standard input for `-`, in whatever encoding people write.
pub(super) fn read_text(path: &Path) -> Result<String, Failure> {
    match text_of_bytes(read_bytes(path)?) {
        Ok(text) => Ok(text),
        Err(reason) => Err(Failure::usage(format!("cannot read {}: {reason}", path.display()))),
    }
}

/// The same of what programs write: UTF-8, and nothing else is taken for it.
pub(super) fn read_utf8(path: &Path) -> Result<String, Failure> {
    let bytes = read_bytes(path)?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::usage(format!("{} is not UTF-8 (byte {at})", path.display())).hint("save it as UTF-8 and try again")
    })?;
    Ok(text.strip_prefix('\u{FEFF}').map(ToOwned::to_owned).unwrap_or(text))
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::Read::read_to_end(&mut io::stdin().lock(), &mut bytes).map_err(|error| Failure::reading(path, &error))?;
        return Ok(bytes);
    }
    std::fs::read(path).map_err(|error| Failure::reading(path, &error))
}
