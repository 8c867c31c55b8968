//! Output for people, before it is decided whether it is for a terminal, Markdown or HTML.

use foldhash::HashMap;

use super::fragments;
use crate::actors::Mention;
use crate::search::{HitMatch, PieceView};
use crate::text::Span;

/// A part of what is laid out.
#[derive(Clone, Debug)]
pub enum Block {
    /// What follows answers this.
    Heading(String),
    /// The head of a piece: its passages follow.
    Piece(Box<Head>),
    /// A passage.
    Passage(Box<Quote>),
    /// A line of running text.
    Text(Vec<TextRun>),
    /// A match with what stands before and behind it: several stand below each other.
    Aligned(String, String, String),
    /// Something said about the rest.
    Note(String),
    /// Rows and columns.
    Table(Table),
}

/// What is said of a piece above its passages.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// Its title.
    pub title: Vec<TextRun>,
    /// Outlet, date, kind.
    pub facts: Vec<String>,
    /// Its file's path.
    pub path: String,
    /// The address of its file on this machine.
    pub target: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Whether its file has changed since it was indexed.
    pub stale: bool,
}

/// A passage as it is quoted.
#[derive(Clone, Debug, Default)]
pub struct Quote {
    /// What stands before it in its piece, as far as it was asked for.
    pub before: String,
    /// Its text.
    pub runs: Vec<TextRun>,
    /// What stands after it.
    pub after: String,
    /// Its id, and whatever else is told in small print.
    pub note: String,
    /// Where the quotation is from, as a footnote says it.
    pub source: String,
    /// Whether it is the one that was asked for, among others.
    pub asked: bool,
}

/// Text that is all of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextRun {
    /// The text, as it is in the piece: it has to be escaped.
    pub text: String,
    /// Whether it satisfied the query.
    pub matched: bool,
    /// The number in the legend of the actor whom it names.
    pub actor: Option<usize>,
    /// Whether it was taken out or put in, where two texts are compared.
    pub edit: Option<Edit>,
}

/// A difference between two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// In the first text alone.
    Removed,
    /// In the second alone.
    Added,
}

/// Rows and columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What is in the columns.
    pub columns: Vec<String>,
    /// The cells of each row.
    pub rows: Vec<Vec<String>>,
    /// For each row the length of a bar, as a part of the longest: none where no bars are wanted.
    pub bars: Vec<f64>,
}

/// The actors that were shown, in the order in which they came up: an actor's colour is its number.
#[derive(Clone, Debug, Default)]
pub struct Legend {
    /// What is said of each.
    shown: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl Legend {
    /// The number of the actor of `mention`, which is given one if it is new.
    fn number(&mut self, mention: &Mention) -> usize {
        let key = mention.actor.clone().unwrap_or_else(|| format!("{} ({})", mention.name, mention.candidates.join(" or ")));
        match self.numbers.get(&key) {
            Some(number) => *number,
            None => {
                let shown = match &mention.actor {
                    Some(id) => format!("{} (@{id}, {})", mention.name, mention.kind),
                    None => format!(
                        "{} (undecided: {})",
                        mention.name,
                        mention.candidates.iter().map(|id| format!("@{id}")).collect::<Vec<_>>().join(" or ")
                    ),
                };
                let number = self.shown.len();
                self.shown.push(shown);
                self.numbers.insert(key, number);
                number
            }
        }
    }

    /// The actors by their numbers, each with what is said of it.
    pub fn actors(&self) -> impl Iterator<Item = &str> {
        self.shown.iter().map(String::as_str)
    }
}

/// `text` as runs, its matches and mentions marked.
pub(super) fn runs(text: &str, matches: &[HitMatch], mentions: &[Mention], legend: &mut Legend) -> Vec<TextRun> {
    let satisfied: Vec<Span> = matches.iter().map(|found| found.span).collect();
    let named: Vec<Span> = mentions.iter().map(|mention| mention.span).collect();
    fragments(text.len(), &satisfied, &named)
        .into_iter()
        .map(|part| TextRun {
            text: part.span.of(text).to_owned(),
            matched: part.matched,
            actor: part.mention.and_then(|at| mentions.get(at)).map(|mention| legend.number(mention)),
            edit: None,
        })
        .collect()
}

/// The head of `piece`. `target` is the address of its file.
pub(super) fn head(piece: &PieceView, title_matches: &[HitMatch], target: Option<String>, legend: &mut Legend) -> Block {
    let stored = &piece.stored;
    let mentions: Vec<Mention> = stored.title_mentions.iter().cloned().map(Into::into).collect();
    let title = match &stored.title {
        Some(title) => runs(title, title_matches, &mentions, legend),
        None => vec![TextRun { text: "(untitled)".to_owned(), ..TextRun::default() }],
    };
    let facts = [stored.source.as_deref(), stored.date.as_deref(), stored.kind.as_deref()];
    Block::Piece(Box::new(Head {
        title,
        facts: facts.into_iter().flatten().map(ToOwned::to_owned).collect(),
        path: piece.path.clone(),
        target,
        url: stored.url.clone(),
        stale: piece.stale,
    }))
}
