//! Flags that are alike on every command that answers questions.

use std::str::FromStr;

use clap::{Args, ValueEnum};

use super::Failure;
use crate::pieces::Date;
use crate::query::{Mode, Undated};
use crate::rank::{Feedback, Level};
use crate::retrieve::{Order, Within};
use crate::search::{ContextSize, CopiesMode, Detail, Filters, Question};

/// What is asked for and how much of it
#[derive(Clone, Debug, Args)]
pub(super) struct AskArgs {
    /// Hits, at the most [default: 10; with --files, count and kwic: all]
    #[arg(short = 'n', long, value_name = "N", value_parser = number::<usize>)]
    pub(super) limit: Option<usize>,
    /// All hits
    #[arg(long, conflicts_with = "limit")]
    pub(super) all: bool,
    /// Leave out the first N hits
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = number::<usize>)]
    pub(super) offset: usize,
    /// Hits of one piece, at the most [default: 3; kwic: all]
    #[arg(long, value_name = "N", value_parser = some)]
    pub(super) per_piece: Option<usize>,
    /// What else to show around a passage: 1s is a sentence before and behind it, 40w are forty words, 1 is a passage
    #[arg(short = 'C', long, value_name = "1s|40w|1", value_parser = around)]
    pub(super) context: Option<ContextSize>,
    /// Rank by any word: no word is required (+word is), and no text is a syntax error
    #[arg(long)]
    pub(super) any: bool,
    /// In what the parts of an AND have to stand together
    #[arg(long, value_enum, default_value_t, value_name = "WHAT")]
    pub(super) within: WithinArg,
    /// Tell last-month and the like from this day [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) today: Option<Date>,
    /// Take names of actors as words and no more
    #[arg(long)]
    pub(super) literal: bool,
    /// How much work goes into ranking
    #[arg(long, value_enum, default_value_t, value_name = "LEVEL")]
    pub(super) rank: Rank,
    /// Whether the best pieces help to find others like them (with --rank full)
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub(super) feedback: FeedbackArg,
    /// What comes first
    #[arg(long, value_enum, default_value_t, value_name = "ORDER", allow_hyphen_values = true)]
    pub(super) sort: Sort,
    /// Only pieces that mention this actor, by id or any name (repeatable: all of them)
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
    /// What becomes of pieces that are copies of each other: one hit for all, each its own, or only the earliest
    #[arg(long, value_enum, default_value_t, value_name = "WHAT")]
    pub(super) copies: CopiesArg,
    /// What becomes of pieces without date [default: excluded where a date is asked for]
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(super) undated: Option<UndatedArg>,
}

/// How much work goes into ranking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Rank {
    /// By the query's words, then by comparing the best pieces with each other
    #[default]
    Full,
    /// By the query's words alone
    Quick,
}

/// Whether pieces are compared with each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum FeedbackArg {
    /// Less for long queries and where few pieces match
    #[default]
    Auto,
    /// Always
    On,
    /// Never
    Off,
}

/// What comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Sort {
    /// The best
    #[default]
    Score,
    /// The oldest
    Date,
    /// The newest
    #[value(name = "-date")]
    Newest,
}

/// In what the parts of an AND have to stand together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum WithinArg {
    /// In one piece
    #[default]
    Piece,
    /// In one passage
    Passage,
    /// In one sentence
    Sentence,
}

/// What becomes of copies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum CopiesArg {
    /// One hit for all copies
    #[default]
    Group,
    /// Each is a hit
    Show,
    /// Only the earliest, if it matches; the others do not count either
    Hide,
}

/// What becomes of pieces without date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum UndatedArg {
    /// They count too
    Include,
    /// They do not count
    Exclude,
    /// They alone count
    Only,
}

/// Hits, where nobody says how many.
const LIMIT: usize = 10;
/// Hits of one piece, where nobody says how many.
const PER_PIECE: usize = 3;

/// Reads how much is to be shown around something.
pub(super) fn around(text: &str) -> Result<ContextSize, String> {
    ContextSize::parse(text).ok_or_else(|| "write 1s for sentences, 40w for words, 1 for passages".to_owned())
}

/// Reads a number that counts something.
pub(super) fn number<T: FromStr>(text: &str) -> Result<T, String> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().map_err(|_| if is_number { "the number is too large" } else { "write a whole number, such as 4" }.to_owned())
}

/// Reads a number of which there is some.
pub(super) fn some(text: &str) -> Result<usize, String> {
    number(text).and_then(|number: usize| if number == 0 { Err("write 1 or more".to_owned()) } else { Ok(number) })
}

/// Reads what names something: an empty name, as of a variable that is not set, would find nothing without a word.
fn named(text: &str) -> Result<String, String> {
    if text.contains(char::is_alphanumeric) { Ok(text.to_owned()) } else { Err("it names nothing; leave the flag out".to_owned()) }
}

/// Reads a day.
pub(super) fn day(text: &str) -> Result<Date, String> {
    let day = Date::parse(text).filter(|date| date.first_day() == date.last_day());
    day.ok_or_else(|| "this is no day; write 2024-03-15".to_owned())
}

impl AskArgs {
    /// How many are wanted, where it is `usual` to give that many.
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
                undated: self.undated.map(|undated| match undated {
                    UndatedArg::Include => Undated::Include,
                    UndatedArg::Exclude => Undated::Exclude,
                    UndatedArg::Only => Undated::Only,
                }),
            },
            within: match self.within {
                WithinArg::Piece => Within::Piece,
                WithinArg::Passage => Within::Passage,
                WithinArg::Sentence => Within::Sentence,
            },
            today: Some(self.today()?),
            limit: self.most(LIMIT),
            offset: self.offset,
            per_piece: self.per_piece.unwrap_or(PER_PIECE),
            level: match self.rank {
                Rank::Full => Level::Full,
                Rank::Quick => Level::Quick,
            },
            feedback: match self.feedback {
                FeedbackArg::Auto => Feedback::Auto,
                FeedbackArg::On => Feedback::On,
                FeedbackArg::Off => Feedback::Off,
            },
            order: match self.sort {
                Sort::Score => Order::Score,
                Sort::Date => Order::Oldest,
                Sort::Newest => Order::Newest,
            },
            literal: self.literal,
            detail: Detail::Passages,
            context: self.context,
            copies: match self.copies {
                CopiesArg::Group => CopiesMode::Group,
                CopiesArg::Show => CopiesMode::Show,
                CopiesArg::Hide => CopiesMode::Hide,
            },
        })
    }

    /// The day from which times are told.
    fn today(&self) -> Result<Date, Failure> {
        match self.today {
            Some(day) => Ok(day),
            None => {
                let today = jiff::Zoned::now().date();
                Date::day(today.year(), today.month(), today.day()).ok_or_else(|| Failure::usage("the clock of this machine is wrong"))
            }
        }
    }
}
