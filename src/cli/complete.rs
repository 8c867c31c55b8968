//! Shell completion: the script to load, and the words to offer.

use std::ffi::OsStr;
use std::io::Write;

use clap::ValueEnum;
use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter, CompletionCandidate};
use clap_complete::env::{Bash, EnvCompleter, Fish, Zsh};

use super::output::OutputArgs;
use super::place::IndexArgs;
use super::{Failure, Outcome};
use crate::actors::Roster;
use crate::search::SavedQueries;

/// Print a script that lets a shell complete commands, flags, actors and saved queries
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  pundit completions bash > ~/.local/share/bash-completion/completions/pundit
  pundit completions zsh > ~/.zfunc/_pundit
  pundit completions fish > ~/.config/fish/completions/pundit.fish")]
pub(super) struct Args {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
    #[command(flatten)]
    output: OutputArgs,
}

/// A shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Shell {
    /// Bash
    Bash,
    /// Zsh
    Zsh,
    /// Fish
    Fish,
}

/// The variable in which a shell says that it wants completions.
pub(super) const VARIABLE: &str = "PUNDIT_COMPLETE";

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let mut output = args.output.open()?;
    output.out.write_all(&registration(args.shell)?)?;
    output.out.flush()?;
    Ok(Outcome::Done)
}

/// What a shell has to read once.
pub(super) fn registration(shell: Shell) -> Result<Vec<u8>, Failure> {
    let completer: &dyn EnvCompleter = match shell {
        Shell::Bash => &Bash,
        Shell::Zsh => &Zsh,
        Shell::Fish => &Fish,
    };
    let mut script = Vec::new();
    completer.write_registration(VARIABLE, "pundit", "pundit", "pundit", &mut script)?;
    Ok(script)
}

/// Offers the names of saved queries.
pub(super) fn saved() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let saved = IndexArgs::default().existing().and_then(|folder| SavedQueries::open(&folder).ok()).unwrap_or_default();
        saved.all().map(|(name, query)| CompletionCandidate::new(name).help(Some(query.to_owned().into()))).collect()
    })
}

/// Offers the ids of actors: those that begin with what is written, and those of whom it begins a name.
pub(super) fn actors() -> ArgValueCompleter {
    ArgValueCompleter::new(|written: &OsStr| actors_like(&written.to_string_lossy(), ""))
}

/// Offers actors behind `@` and saved queries behind `&`.
pub(super) fn query() -> ArgValueCompleter {
    ArgValueCompleter::new(|written: &OsStr| {
        let written = written.to_string_lossy();
        let word = written.rsplit(' ').next().unwrap_or_default();
        let before = written.strip_suffix(word).unwrap_or_default();
        if let Some(id) = word.strip_prefix('@') {
            return actors_like(id, &format!("{before}@"));
        }
        let Some(name) = word.strip_prefix('&') else { return Vec::new() };
        let saved = IndexArgs::default().existing().and_then(|folder| SavedQueries::open(&folder).ok()).unwrap_or_default();
        let begun = saved.all().filter(|(known, _)| known.starts_with(name));
        begun.map(|(known, _)| CompletionCandidate::new(format!("{before}&{known}"))).collect()
    })
}

/// How many are offered.
const OFFERED: usize = 50;

fn actors_like(written: &str, before: &str) -> Vec<CompletionCandidate> {
    // A tab is no place to be told what is wrong with a file or an index.
    let index = IndexArgs::default();
    let roster = index.roster().unwrap_or(Roster::builtin());
    let lower = written.to_lowercase();
    let begins = roster.actors().filter(|actor| actor.id.starts_with(&lower));
    let named = roster.actors().filter(|actor| !actor.id.starts_with(&lower) && actor.name.to_lowercase().starts_with(&lower));
    let listed =
        begins.chain(named).map(|actor| CompletionCandidate::new(format!("{before}{}", actor.id)).help(Some(actor.name.clone().into())));
    // Whom no roster lists the index may know.
    let ids = if index.exists() { index.open().ok().and_then(|reader| reader.mentioned_ids().ok()) } else { None };
    let unlisted = ids.into_iter().flatten().filter(|id| id.starts_with(&lower) && roster.find(id).is_none());
    let unlisted = unlisted.map(|id| CompletionCandidate::new(format!("{before}{id}")));
    listed.chain(unlisted).take(OFFERED).collect()
}
