use std::io::Write;

use clap::{Subcommand, ValueEnum};

use super::output::OutputArgs;
use super::{Failure, Outcome};
use crate::actors::{Actor, Kind, Roster};
use crate::present::json;

/// The people, states and organisations that pundit knows
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  pundit actors find 金正恩\n  pundit actors show un-security-council\n  pundit actors list --kind state"
)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// All of them
    List {
        /// Only people, states or organisations
        #[arg(long, value_enum, value_name = "KIND")]
        kind: Option<KindArg>,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// One of them, with all names
    Show {
        /// Its id or any of its names
        #[arg(value_name = "ID|NAME")]
        name: String,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Those who have a name, or names like it
    Find {
        /// The name, in any language
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        output: OutputArgs,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum KindArg {
    /// Human beings
    Person,
    /// States and territories
    State,
    /// Organisations
    Org,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let roster = Roster::builtin();
    match &args.action {
        None => list(roster, None, &OutputArgs::default()),
        Some(Action::List { kind, output }) => list(roster, kind.map(KindArg::kind), output),
        Some(Action::Show { name, output }) => show(roster, name, output),
        Some(Action::Find { name, output }) => find(roster, name, output),
    }
}

impl KindArg {
    const fn kind(self) -> Kind {
        match self {
            Self::Person => Kind::Person,
            Self::State => Kind::State,
            Self::Org => Kind::Org,
        }
    }
}

fn list(roster: &Roster, kind: Option<Kind>, output: &OutputArgs) -> Result<Outcome, Failure> {
    let mut output = output.open()?;
    for actor in roster.actors().filter(|actor| kind.is_none_or(|kind| actor.kind == kind)) {
        line(&mut output.out, actor)?;
    }
    output.out.flush()?;
    Ok(Outcome::Done)
}

fn line(out: &mut dyn Write, actor: &Actor) -> Result<(), Failure> {
    writeln!(out, "{}\t{}\t{}", actor.id, actor.kind, actor.name)?;
    Ok(())
}

fn show(roster: &Roster, name: &str, output: &OutputArgs) -> Result<Outcome, Failure> {
    let found = roster.find(name).map_or_else(|| roster.named(name), |actor| vec![actor]);
    if found.is_empty() {
        return Err(unknown(roster, name));
    }
    let mut output = output.open()?;
    for actor in found {
        json::actor(&mut output.out, actor, roster.names_of(&actor.id))?;
    }
    output.out.flush()?;
    Ok(Outcome::Done)
}

/// How many actors with similar names are told.
const SIMILAR: usize = 20;

fn find(roster: &Roster, name: &str, output: &OutputArgs) -> Result<Outcome, Failure> {
    let mut found = roster.named(name);
    for actor in roster.similar(name, SIMILAR) {
        if !found.iter().any(|known| known.id == actor.id) {
            found.push(actor);
        }
    }
    let mut output = output.open()?;
    for actor in &found {
        line(&mut output.out, actor)?;
    }
    output.out.flush()?;
    Ok(if found.is_empty() { Outcome::NoHit } else { Outcome::Done })
}

fn unknown(roster: &Roster, name: &str) -> Failure {
    let similar: Vec<&str> = roster.similar(name, 3).into_iter().map(|actor| actor.id.as_str()).collect();
    let failure = Failure::usage(format!("no actor is known as {name:?}"));
    if similar.is_empty() { failure } else { failure.hint(format!("did you mean {}?", similar.join(", "))) }
}
