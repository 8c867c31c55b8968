use std::borrow::Cow;
use std::io::{self, Write};

use serde_json::Value;

use super::block::{Block, Legend, Table};
use super::html::Html;
use super::json::{Json, JsonLines};
use super::lines::Lines;
use super::markdown::Markdown;
use super::paint::Paint;
use super::table::Cells;
use super::terminal::Terminal;
use super::trec::Trec;
use crate::search::Answer;

/// The forms of output. Each is a file of this floor, and each can write whatever is [`Present`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// For people on a terminal; for a pipe, an entry a line.
    #[default]
    Text,
    /// One JSON object.
    Json,
    /// A JSON object for each entry.
    JsonLines,
    /// Comma-separated values with a header, for spreadsheets.
    Csv,
    /// Tab-separated values with a header.
    Tsv,
    /// A TREC run: pieces with scores.
    Trec,
    /// Markdown: quotations with their citations.
    Markdown,
    /// One page that needs nothing beside itself.
    Html,
}

impl Form {
    /// All forms with their names.
    pub const ALL: [(Self, &'static str); 8] = [
        (Self::Text, "text"),
        (Self::Json, "json"),
        (Self::JsonLines, "jsonl"),
        (Self::Csv, "csv"),
        (Self::Tsv, "tsv"),
        (Self::Trec, "trec"),
        (Self::Markdown, "md"),
        (Self::Html, "html"),
    ];
}

/// How output looks, beside its form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Whether people look at it as it is: text is then laid out, instead of an entry a line.
    pub laid_out: bool,
    /// Whether and how text is coloured.
    pub paint: Paint,
    /// The columns of the terminal.
    pub width: usize,
    /// Whether running text is broken to fit them.
    pub wraps: bool,
    /// Whether tables start with a byte-order mark, by which spreadsheets know UTF-8.
    pub bom: bool,
    /// Whether programs read it: ids and paths in lines of chosen columns are then as they are, else made harmless.
    pub raw: bool,
    /// Whether entries of piped text end with NUL instead of a newline.
    pub null: bool,
    /// Whether there are several answers, each to be told apart from the others.
    pub many: bool,
    /// Whether the output goes on where an earlier one stopped, so that tables have their header.
    pub continued: bool,
}

/// Where entries go, one after the other.
pub type Take<'t, T> = &'t mut dyn FnMut(T) -> io::Result<()>;

/// Something to be said that can be written in every form: some entries, with what is true of them together.
///
/// Whoever gives columns and rows has all forms but a run; the rest is for saying it better.
pub trait Present {
    /// What the entries are called.
    fn name(&self) -> &'static str;

    /// What is true of the entries together. In JSON it stands beside them.
    fn about(&self) -> Vec<(&'static str, Value)> {
        Vec::new()
    }

    /// The columns of the entries as a table.
    fn columns(&self) -> Vec<Cow<'static, str>>;

    /// Whether it has no entries at all, and its table a row that says so.
    fn lacks_entries(&self) -> bool {
        false
    }

    /// Gives `take` the cells of each entry, one for each column.
    fn rows(&self, take: Take<'_, Vec<Value>>) -> io::Result<()>;

    /// Gives `take` each entry as a JSON object, in bytes.
    fn objects(&self, take: Take<'_, Vec<u8>>) -> io::Result<()> {
        let columns = self.columns();
        self.rows(&mut |cells| take(super::json::object(&columns, &cells)?))
    }

    /// Gives `take` what follows the entries where each is an object of its own.
    fn closing(&self, _take: Take<'_, Vec<u8>>) -> io::Result<()> {
        Ok(())
    }

    /// Gives `take` each entry as a line of text, made harmless.
    fn lines(&self, take: Take<'_, String>) -> io::Result<()> {
        let columns = self.columns();
        self.rows(&mut |cells| take(super::lines::line(&columns, &cells)))
    }

    /// The entries laid out for people. Actors that are shown are entered in `legend`.
    fn blocks(&self, _legend: &mut Legend) -> io::Result<Vec<Block>> {
        let columns: Vec<String> = self.columns().into_iter().map(Cow::into_owned).collect();
        let mut rows = Vec::new();
        self.rows(&mut |cells| {
            rows.push(columns.iter().zip(&cells).map(|(column, value)| super::lines::cell(column, value)).collect());
            Ok(())
        })?;
        Ok(vec![Block::Table(Table { columns, rows, bars: Vec::new() })])
    }

    /// The answer whose pieces make a run, with the id of its query.
    fn run(&self) -> Option<(&str, &Answer)> {
        None
    }
}

/// A form at work. One is made for each output.
pub(super) trait Format {
    /// Writes a page; there may be several.
    fn page(&mut self, out: &mut dyn Write, page: &dyn Present) -> io::Result<()>;

    /// Writes what comes after the last.
    fn end(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// Writes pages in one form to one place.
pub struct Writer {
    out: Box<dyn Write>,
    format: Box<dyn Format>,
    fields: Vec<String>,
    raw: bool,
}

impl Writer {
    /// One that writes in `form` to `out`. With `fields`, entries are tables of these columns alone.
    #[must_use]
    pub fn new(out: Box<dyn Write>, form: Form, look: Look, fields: Vec<String>) -> Self {
        let format: Box<dyn Format> = match form {
            Form::Text if look.laid_out && fields.is_empty() => Box::new(Terminal::new(look)),
            Form::Text => Box::new(Lines::new(look.null)),
            Form::Json => Box::new(Json::new(look.many)),
            Form::JsonLines => Box::new(JsonLines),
            Form::Csv => Box::new(Cells::new(b',', look.bom, look.continued)),
            Form::Tsv => Box::new(Cells::new(b'\t', look.bom, look.continued)),
            Form::Trec => Box::new(Trec),
            Form::Markdown => Box::new(Markdown::default()),
            Form::Html => Box::new(Html::default()),
        };
        Self { out, format, fields, raw: look.raw }
    }

    /// Writes a page.
    pub fn write(&mut self, page: &dyn Present) -> io::Result<()> {
        if self.fields.is_empty() {
            self.format.page(&mut self.out, page)
        } else {
            self.format.page(&mut self.out, &Chosen { page, fields: &self.fields, raw: self.raw })
        }
    }

    /// Hands on what has been written so far.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Writes what comes after the last page.
    pub fn finish(mut self) -> io::Result<()> {
        self.format.end(&mut self.out)?;
        self.out.flush()
    }
}

/// A page of which some columns alone are wanted.
struct Chosen<'p> {
    page: &'p dyn Present,
    fields: &'p [String],
    raw: bool,
}

impl Present for Chosen<'_> {
    fn name(&self) -> &'static str {
        self.page.name()
    }

    fn about(&self) -> Vec<(&'static str, Value)> {
        self.page.about()
    }

    fn columns(&self) -> Vec<Cow<'static, str>> {
        self.fields.iter().cloned().map(Cow::Owned).collect()
    }

    fn rows(&self, take: Take<'_, Vec<Value>>) -> io::Result<()> {
        let columns = self.page.columns();
        let places: Vec<Option<usize>> = self.fields.iter().map(|field| columns.iter().position(|column| column == field)).collect();
        self.page
            .rows(&mut |cells| take(places.iter().map(|place| place.and_then(|at| cells.get(at)).cloned().unwrap_or_default()).collect()))
    }

    fn objects(&self, take: Take<'_, Vec<u8>>) -> io::Result<()> {
        if self.page.lacks_entries() {
            return Ok(());
        }
        let columns = self.columns();
        self.rows(&mut |cells| take(super::json::object(&columns, &cells)?))
    }

    fn closing(&self, take: Take<'_, Vec<u8>>) -> io::Result<()> {
        self.page.closing(take)
    }

    fn lines(&self, take: Take<'_, String>) -> io::Result<()> {
        let columns = self.columns();
        if self.raw {
            return self.rows(&mut |cells| take(super::lines::raw_line(&columns, &cells)));
        }
        self.rows(&mut |cells| take(super::lines::line(&columns, &cells)))
    }
}
