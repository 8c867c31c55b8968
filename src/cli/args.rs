//! Flags that are alike on every command that answers questions.

use std::str::FromStr;

use clap::Args;

use super::Failure;
use crate::pieces::Date;
use crate::query::{Mode, Undated};
use crate::rank::{Feedback, Level};
use crate::retrieve::{Order, Within};
use crate::search::{ContextSize, CopiesMode, Detail, Filters, Question};

/// What is asked for and how much of it
#[derive(Clone, Debug, Args)]
pub(super) struct AskArgs {
    /// Maximum number of hits [default: 10; with --files, count and kwic: all]
    #[arg(short = 'n', long, value_name = "N", value_parser = number::<usize>)]
    pub(super) limit: Option<usize>,
    /// All hits
    #[arg(long, conflicts_with = "limit")]
    pub(super) all: bool,
    /// Skip the first N hits
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = number::<usize>)]
    pub(super) offset: usize,
    /// Maximum number of hits from one piece [default: 3; kwic: all]
    #[arg(long, value_name = "N", value_parser = some)]
    pub(super) per_piece: Option<usize>,
    /// Context to show around each passage: 1s (a sentence on each side), 40w (40 words), 1 (a passage)
    #[arg(short = 'C', long, value_name = "1s|40w|1", value_parser = around)]
    pub(super) context: Option<ContextSize>,
    /// Match any word instead of all; mark required words with +. Never gives a syntax error
    #[arg(long)]
    pub(super) any: bool,
    /// How close together the terms of an AND must be
    #[arg(long, value_enum, default_value_t, value_name = "WHAT")]
    pub(super) within: Within,
    /// Date from which last-month and other relative dates are counted [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) today: Option<Date>,
    /// Do not expand actor names to their other names
    #[arg(long)]
    pub(super) literal: bool,
    /// How much effort to spend on ranking
    #[arg(long, value_enum, default_value_t, value_name = "LEVEL")]
    pub(super) rank: Level,
    /// Whether to use the best pieces to rank similar ones higher (with --rank full)
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub(super) feedback: Feedback,
    /// Sort order
    #[arg(long, value_enum, default_value_t, value_name = "ORDER", allow_hyphen_values = true)]
    pub(super) sort: Order,
    /// Only pieces that mention this actor, by id or any name (repeatable: all must be mentioned)
    #[arg(long, value_name = "ACTOR", value_parser = named, add = super::complete::actors())]
    pub(super) actor: Vec<String>,
    /// Only pieces in this language (repeatable: any of them)
    #[arg(long, value_name = "LANG", value_parser = named)]
    pub(super) lang: Vec<String>,
    /// Only pieces of this outlet (repeatable: any of them)
    #[arg(long, value_name = "OUTLET", value_parser = named)]
    pub(super) source: Vec<String>,
    /// Only pieces by this author (repeatable: any of them)
    #[arg(long, value_name = "AUTHOR", value_parser = named)]
    pub(super) author: Vec<String>,
    /// Only pieces published on or after this date, month or year
    #[arg(long, value_name = "DATE")]
    pub(super) since: Option<String>,
    /// Only pieces published on or before this date, month or year
    #[arg(long, value_name = "DATE")]
    pub(super) until: Option<String>,
    /// How to treat pieces that are copies of each other
    #[arg(long, value_enum, default_value_t, value_name = "WHAT")]
    pub(super) copies: CopiesMode,
    /// How to treat pieces without a date [default: exclude them if a date is asked for]
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(super) undated: Option<Undated>,
}

/// The default number of hits.
const LIMIT: usize = 10;
/// The default number of hits from one piece.
const PER_PIECE: usize = 3;

/// Reads how much context to show.
pub(super) fn around(text: &str) -> Result<ContextSize, String> {
    ContextSize::parse(text).ok_or_else(|| "write 1s for sentences, 40w for words, 1 for passages".to_owned())
}

/// Reads a number that counts something.
pub(super) fn number<T: FromStr>(text: &str) -> Result<T, String> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().map_err(|_| if is_number { "the number is too large" } else { "write a whole number, such as 4" }.to_owned())
}

/// Reads a number above zero.
pub(super) fn some(text: &str) -> Result<usize, String> {
    number(text).and_then(|number: usize| if number == 0 { Err("write 1 or more".to_owned()) } else { Ok(number) })
}

/// Reads a name. An empty one, as from an unset variable, would silently find nothing.
fn named(text: &str) -> Result<String, String> {
    if text.contains(char::is_alphanumeric) { Ok(text.to_owned()) } else { Err("the value names nothing; leave out the flag".to_owned()) }
}

/// Reads a day.
pub(super) fn day(text: &str) -> Result<Date, String> {
    let day = Date::parse(text).filter(|date| date.first_day() == date.last_day());
    day.ok_or_else(|| "not a day; write 2024-03-15".to_owned())
}

impl AskArgs {
    /// The number of hits wanted; `usual` is the default.
    pub(super) fn most(&self, usual: usize) -> usize {
        if self.all { usize::MAX } else { self.limit.unwrap_or(usual) }
    }

    /// The question of `query` with these flags.
    pub(super) fn question(&self, query: &str) -> Result<Question, Failure> {
        Ok(Question {
            query: query.to_owned(),
            mode: if self.any { Mode::Any } else { Mode::All },
            filters: Filters {
                actors: self.actor.clone(),
                langs: self.lang.clone(),
                sources: self.source.clone(),
                authors: self.author.clone(),
                since: self.since.clone(),
                until: self.until.clone(),
                undated: self.undated,
            },
            within: self.within,
            today: Some(self.today()?),
            limit: self.most(LIMIT),
            offset: self.offset,
            per_piece: self.per_piece.unwrap_or(PER_PIECE),
            level: self.rank,
            feedback: self.feedback,
            order: self.sort,
            literal: self.literal,
            detail: Detail::Passages,
            context: self.context,
            copies: self.copies,
        })
    }

    /// The day from which relative dates are counted.
    fn today(&self) -> Result<Date, Failure> {
        match self.today {
            Some(day) => Ok(day),
            None => {
                let today = jiff::Zoned::now().date();
                Date::day(today.year(), today.month(), today.day()).ok_or_else(|| {
                    Failure::usage("the system clock gives no valid date").hint("set the clock, or name the date with --today")
                })
            }
        }
    }
}
