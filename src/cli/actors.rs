use clap::{Subcommand, ValueEnum};

use super::form::{FormArgs, Manner};
use super::{Failure, Outcome};
use crate::actors::{Kind, Roster};
use crate::present::{ACTOR_COLUMNS, Actors};

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
        form: FormArgs,
    },
    /// One of them, with all names
    Show {
        /// Its id or any of its names
        #[arg(value_name = "ID|NAME")]
        name: String,
        #[command(flatten)]
        form: FormArgs,
    },
    /// Those who have a name, or names like it
    Find {
        /// The name, in any language
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        form: FormArgs,
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
        None => list(roster, None, &FormArgs::default()),
        Some(Action::List { kind, form }) => list(roster, kind.map(KindArg::kind), form),
        Some(Action::Show { name, form }) => show(roster, name, form),
        Some(Action::Find { name, form }) => find(roster, name, form),
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

fn list(roster: &Roster, kind: Option<Kind>, form: &FormArgs) -> Result<Outcome, Failure> {
    let actors = roster.actors().filter(|actor| kind.is_none_or(|kind| actor.kind == kind)).collect();
    write(form, &Actors { actors, roster, whole: false })?;
    Ok(Outcome::Done)
}

fn write(form: &FormArgs, actors: &Actors<'_>) -> Result<(), Failure> {
    let mut writer = form.open(Manner::default(), &ACTOR_COLUMNS)?;
    writer.write(actors)?;
    Ok(writer.finish()?)
}

fn show(roster: &Roster, name: &str, form: &FormArgs) -> Result<Outcome, Failure> {
    let found = roster.find(name).map_or_else(|| roster.named(name), |actor| vec![actor]);
    if found.is_empty() {
        return Err(unknown(roster, name));
    }
    write(form, &Actors { actors: found, roster, whole: true })?;
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
    write(form, &Actors { actors: found, roster, whole: false })?;
    Ok(outcome)
}

fn unknown(roster: &Roster, name: &str) -> Failure {
    let similar: Vec<&str> = roster.similar(name, 3).into_iter().map(|actor| actor.id.as_str()).collect();
    let failure = Failure::usage(format!("no actor is known as {name:?}"));
    if similar.is_empty() { failure } else { failure.hint(format!("did you mean {}?", similar.join(", "))) }
}
