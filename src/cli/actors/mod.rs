//! `pundit actors`: the roster, what an index knows about actors, and changes to the roster.

mod edit;
mod known;

use clap::{Subcommand, ValueEnum};

use super::args::number;
use super::form::{FormArgs, Manner};
use super::place::IndexArgs;
use super::reading::ReadArgs;
use super::{Failure, Outcome};
use crate::actors::{Kind, Roster};
use crate::present::{ACTOR_COLUMNS, Actors};

/// List, find and change the people, states and organisations that pundit knows
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  pundit actors find 金正恩
  pundit actors show un-security-council
  pundit actors list --by mentions
  pundit actors why articles/kim.md:120-123
  pundit actors add 'Jenny Example' --kind person --short Example
  pundit actors ignore Town")]
pub(super) struct Args {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List all actors, or those that an index mentions
    #[command(after_help = "Examples:\n  pundit actors list --kind org -f csv\n  pundit actors list --by mentions --in articles")]
    List {
        /// Only people, states or organisations
        #[arg(long, value_enum, value_name = "KIND")]
        kind: Option<Kind>,
        /// List the actors of an index, most mentioned first and unlisted ones too, with the numbers of mentions, passages and pieces
        #[arg(long, value_enum, value_name = "ORDER")]
        by: Option<Order>,
        /// Maximum number of actors [default: all]
        #[arg(short = 'n', long, value_name = "N", value_parser = number::<usize>)]
        limit: Option<usize>,
        #[command(flatten)]
        read: ReadArgs,
        #[command(flatten)]
        form: FormArgs,
    },
    /// Show an actor: its names, and what the index, if there is one, knows about it
    #[command(after_help = "Examples:\n  pundit actors show kim-jong-un\n  pundit actors show 'European Commission' -f json")]
    Show {
        /// The actor's id or any of its names
        #[arg(value_name = "ID|NAME")]
        name: String,
        #[command(flatten)]
        read: ReadArgs,
        #[command(flatten)]
        form: FormArgs,
    },
    /// Find the actors that have a name or a similar one
    #[command(after_help = "Examples:\n  pundit actors find 金正恩\n  pundit actors find commission")]
    Find {
        /// The name, in any language
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        index: IndexArgs,
        #[command(flatten)]
        form: FormArgs,
    },
    /// Explain why a place in a piece is a mention or not
    #[command(after_help = "Examples:\n  pundit actors why articles/kim.md:120-123\n  pundit actors why 3f9a1c2e7b40:1204-1876:10-20")]
    Why {
        /// The id or path of a piece, or the id of a passage, and code points in it
        #[arg(value_name = "ID:START-END")]
        place: String,
        #[command(flatten)]
        read: ReadArgs,
        #[command(flatten)]
        form: FormArgs,
    },
    /// List the pairs of actors named in the same passages, with counts
    #[command(after_help = "Examples:\n  pundit actors pairs -f csv\n  pundit actors pairs --actor north-korea")]
    Pairs {
        /// Only pairs that include this actor
        #[arg(long, value_name = "ID")]
        actor: Option<String>,
        /// Maximum number of pairs [default: all]
        #[arg(short = 'n', long, value_name = "N", value_parser = number::<usize>)]
        limit: Option<usize>,
        #[command(flatten)]
        read: ReadArgs,
        #[command(flatten)]
        form: FormArgs,
    },
    /// Add an actor
    Add(edit::Add),
    /// Give an actor further names
    Alias(edit::Alias),
    /// Stop finding a name or an actor
    Ignore(edit::Ignore),
    /// Add actors and names from a table with the columns id, kind, names, short, tags, of; lists are separated by |
    Import(edit::Import),
    /// Print all additions and changes, as TOML
    Export(edit::Export),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Order {
    /// Number of mentions in an index
    Mentions,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    match &args.action {
        None => list(IndexArgs::default().roster()?, None, usize::MAX, &FormArgs::default()),
        Some(Action::List { kind, by: None, limit, read, form }) => list(read.index.roster()?, *kind, limit.unwrap_or(usize::MAX), form),
        Some(Action::List { kind, by: Some(Order::Mentions), limit, read, form }) => {
            known::mentioned(*kind, limit.unwrap_or(usize::MAX), read, form)
        }
        Some(Action::Show { name, read, form }) => show(name, read, form),
        Some(Action::Find { name, index, form }) => find(index.roster()?, name, form),
        Some(Action::Why { place, read, form }) => known::why(place, read, form),
        Some(Action::Pairs { actor, limit, read, form }) => known::pairs(actor.as_deref(), limit.unwrap_or(usize::MAX), read, form),
        Some(Action::Add(args)) => edit::add(args),
        Some(Action::Alias(args)) => edit::alias(args),
        Some(Action::Ignore(args)) => edit::ignore(args),
        Some(Action::Import(args)) => edit::import(args),
        Some(Action::Export(args)) => edit::export(args),
    }
}

fn list(roster: &Roster, kind: Option<Kind>, limit: usize, form: &FormArgs) -> Result<Outcome, Failure> {
    let actors = roster.actors().filter(|actor| kind.is_none_or(|kind| actor.kind == kind)).take(limit).collect();
    write(form, &Actors { actors, roster, whole: false, profiles: Vec::new() })?;
    Ok(Outcome::Done)
}

fn write(form: &FormArgs, actors: &Actors<'_>) -> Result<(), Failure> {
    let mut writer = form.open(Manner::default(), &ACTOR_COLUMNS)?;
    writer.write(actors)?;
    Ok(writer.finish()?)
}

fn show(name: &str, read: &ReadArgs, form: &FormArgs) -> Result<Outcome, Failure> {
    let reader = if read.folder.is_some() || read.index.exists() { Some(read.open(true)?) } else { None };
    let roster = match &reader {
        Some(reader) => reader.roster(),
        None => read.index.roster()?,
    };
    let found = roster.find(name).map_or_else(|| roster.named(name), |actor| vec![actor]);
    if found.is_empty() {
        // Whom no roster lists an index may know.
        return match reader {
            Some(reader) if known::unlisted(&reader, name, form)? => Ok(Outcome::Done),
            _ => Err(unknown(roster, name)),
        };
    }
    let profiles = match &reader {
        Some(reader) => found.iter().map(|actor| crate::search::actor_profile(reader, &actor.id)).collect::<Result<_, _>>()?,
        None => Vec::new(),
    };
    write(form, &Actors { actors: found, roster, whole: true, profiles })?;
    Ok(Outcome::Done)
}

/// How many actors with similar names are told.
const SIMILAR: usize = 20;

fn find(roster: &Roster, name: &str, form: &FormArgs) -> Result<Outcome, Failure> {
    let mut found = roster.named(name);
    for actor in roster.similar(name, SIMILAR) {
        if !found.iter().any(|known| known.id == actor.id) {
            found.push(actor);
        }
    }
    let outcome = if found.is_empty() { Outcome::NoHit } else { Outcome::Done };
    write(form, &Actors { actors: found, roster, whole: false, profiles: Vec::new() })?;
    Ok(outcome)
}

fn unknown(roster: &Roster, name: &str) -> Failure {
    let similar: Vec<&str> = roster.similar(name, 3).into_iter().map(|actor| actor.id.as_ref()).collect();
    let failure = Failure::usage(format!("no actor is known as \"{name}\""));
    failure.hint(match similar.as_slice() {
        [] => "find actors by parts of their names with: pundit actors find NAME".to_owned(),
        similar => format!("did you mean {}?", similar.join(", ")),
    })
}
