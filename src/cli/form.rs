//! The output format: the same choice on every reading command.

use std::io::Write;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::Failure;
use super::output::OutputArgs;
use super::whole::Whole;
use crate::present::escape::Harmless;
use crate::present::{Form, Look, Writer};

/// What output looks like, and where it goes
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct FormArgs {
    /// Output format
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub(super) format: Option<Form>,
    /// Print only these columns, in this order; a wrong name lists them all
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',')]
    pub(super) fields: Vec<String>,
    /// Start tables with a byte-order mark, so that spreadsheets recognise UTF-8
    #[arg(long)]
    pub(super) bom: bool,
    /// End lines of text with NUL instead of a newline
    #[arg(short = '0', long)]
    pub(super) null: bool,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

impl ValueEnum for Form {
    fn value_variants<'a>() -> &'a [Self] {
        const FORMS: [Form; Form::ALL.len()] = {
            let mut forms = [Form::Text; Form::ALL.len()];
            let mut at = 0;
            while at < forms.len() {
                forms[at] = Form::ALL[at].0;
                at += 1;
            }
            forms
        };
        &FORMS
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (_, name) = Self::ALL.into_iter().find(|(form, _)| form == self)?;
        let help = match self {
            Self::Text => "Laid out on a terminal; piped, one entry a line",
            Self::Json => "One JSON object",
            Self::JsonLines => "One JSON object for each entry",
            Self::Csv => "Comma-separated values with a header, safe for spreadsheets",
            Self::Tsv => "Tab-separated values with a header",
            Self::Trec => "A TREC run: pieces with scores",
            Self::Markdown => "Markdown: quotations with citations",
            Self::Html => "A self-contained page",
        };
        Some(PossibleValue::new(name).help(help))
    }
}

/// What a command writes, as far as its form goes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Manner {
    /// The form where none is asked for.
    pub(super) default: Form,
    /// Whether text is laid out for people also where no terminal is.
    pub(super) laid_out: bool,
    /// Whether there may be several answers.
    pub(super) many: bool,
    /// Whether a TREC run can come of it.
    pub(super) run: bool,
}

impl FormArgs {
    /// The form that is wanted.
    pub(super) fn form(&self, manner: Manner) -> Form {
        self.format.unwrap_or(if self.fields.is_empty() { manner.default } else { Form::Text })
    }

    /// A writer of what is no more than lines, also on a terminal. Columns that a configuration file wants of other output do not count.
    pub(super) fn bare(&self, manner: Manner, columns: &[&str]) -> Result<Writer, Failure> {
        Self { fields: Vec::new(), ..self.clone() }.writer(manner, columns, true)
    }

    /// A writer of what has these columns.
    pub(super) fn open(&self, manner: Manner, columns: &[&str]) -> Result<Writer, Failure> {
        self.writer(manner, columns, false)
    }

    /// A writer to a file that is open, or to what is like one, whose table has its header if it is `continued`.
    pub(super) fn to_file(&self, file: impl Write + 'static, manner: Manner, columns: &[&str], continued: bool) -> Result<Writer, Failure> {
        let form = self.checked(manner, columns)?;
        let look = Look { raw: true, bom: self.bom, null: self.null, many: manner.many, continued, ..Look::default() };
        Ok(Writer::new(Box::new(Whole::new(file)), form, look, self.fields.clone()))
    }

    fn writer(&self, manner: Manner, columns: &[&str], bare: bool) -> Result<Writer, Failure> {
        let form = self.checked(manner, columns)?;
        let paged = form == Form::Text && !manner.many;
        let output = if paged { self.output.open_paged()? } else { self.output.open()? };
        let look = Look {
            laid_out: !bare && (manner.laid_out || output.is_terminal || self.output.color == super::output::Color::Always),
            paint: output.paint,
            width: output.width,
            wraps: output.is_terminal,
            raw: !output.is_terminal,
            bom: self.bom,
            null: self.null,
            many: manner.many,
            continued: false,
        };
        // Text is harmless by itself, and its colours are ours.
        let is_data = output.is_terminal && form != Form::Text;
        let out = if is_data { Box::new(Harmless::new(output.out)) } else { output.out };
        Ok(Writer::new(out, form, look, self.fields.clone()))
    }

    /// The form that is wanted, if what is to be written can have it, and these columns.
    pub(super) fn checked(&self, manner: Manner, columns: &[&str]) -> Result<Form, Failure> {
        let form = self.form(manner);
        if form == Form::Trec && !manner.run {
            return Err(Failure::usage("this command cannot write a TREC run").hint("choose another format with -f"));
        }
        if let Some(wrong) = self.fields.iter().find(|field| !columns.contains(&field.as_str())) {
            return Err(Failure::usage(format!("no column is called {wrong:?}")).hint(format!("the columns are {}", columns.join(", "))));
        }
        if let Some((_, twice)) =
            self.fields.iter().enumerate().find(|(at, field)| self.fields.iter().take(*at).any(|known| known == *field))
        {
            return Err(Failure::usage(format!("the column {twice:?} is named twice")));
        }
        if form == Form::Trec && !self.fields.is_empty() {
            return Err(Failure::usage("a TREC run has fixed columns").hint("leave out --fields"));
        }
        Ok(form)
    }
}
