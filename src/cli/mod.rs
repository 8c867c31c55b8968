//! The command line.
//!
//! Takes the arguments and the environment; gives an exit code. It alone reads the environment, decides what goes to stdout and what to stderr,
//! and ends the process. Each command is a file: its arguments with their help, and the calls that it makes to the floors above.

mod actors;
mod answering;
mod args;
mod batch;
mod check;
mod cite;
mod complete;
mod config;
mod copies;
mod count;
mod eval;
mod failure;
mod form;
mod index;
mod kwic;
mod man;
mod minus;
mod named;
mod output;
mod place;
mod reading;
mod roster;
mod run;
mod save;
mod schema;
mod search;
mod show;
mod similar;
mod status;
mod stopped;
mod tag;
mod user;
mod values;
mod verify;
mod watch;
mod why;
mod whole;
mod written;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use config::Config;
use failure::{Failure, Outcome};

/// Full-text search over policy commentary: ranked passages, with the people, states and organisations named in them identified
#[derive(Debug, Parser)]
#[command(name = "pundit", version, max_term_width = 100, arg_required_else_help = true, disable_help_subcommand = true, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "Examples:
  pundit search --in articles 'sanctions AND munitions'   update the index of a folder, then search it
  pundit index articles                                   index a folder, or update its index
  pundit search '\"arms control\" @united-states'           a phrase, and an actor under any name
  pundit batch queries.csv > answers.jsonl                many queries
  pundit tag article.txt                                  who is named in a text

For more about a command: pundit COMMAND --help";

// Each command learns of its flags when it is asked for: all of them take longer than a short search.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum Command {
    Index(index::Args),
    Watch(watch::Args),
    #[command(visible_alias = "s")]
    Search(search::Args),
    Batch(batch::Args),
    Show(show::Args),
    Why(why::Args),
    Similar(similar::Args),
    Count(count::Args),
    Kwic(kwic::Args),
    Cite(cite::Args),
    Verify(verify::Args),
    Tag(tag::Args),
    Actors(actors::Args),
    Eval(eval::Args),
    Status(status::Args),
    Save(save::Args),
    Run(run::Args),
    Config(config::Args),
    Schema(schema::Args),
    Check(check::Args),
    Copies(copies::Args),
    Completions(complete::Args),
    Man(man::Args),
    Install(man::InstallArgs),
}

/// Runs the program as the command line says, and gives the code with which the process ends: 0 hits or done, 1 no hit, 2 wrong usage or an
/// unreadable file, 3 no usable index, 4 some rows of a batch failed, 130 interrupted.
#[must_use]
pub fn main() -> ExitCode {
    stopped::hold_back();
    if let Some(ended) = completed() {
        return ended;
    }
    whole::end_when_interrupted();
    let arguments = helped(std::env::args_os().collect());
    let configured = Config::load(&arguments).and_then(|config| Ok((config.apply(program(&arguments))?, config)));
    let (program, config) = match configured {
        Ok(configured) => configured,
        // Help is given whatever the files say.
        Err(_) if asks_for_help(&arguments) => (program(&arguments), Config::default()),
        Err(failure) => return failure.report(),
    };
    if let Some(failure) = minus::mistaken(&arguments) {
        return failure.report();
    }
    let cli = match program.try_get_matches_from(arguments).and_then(|found| Cli::from_arg_matches(&found)) {
        Ok(cli) => cli,
        Err(mut error) => {
            suggest(&mut error);
            // Help and version are data, usage errors talk: clap knows which goes where. That nobody reads them is no error of ours.
            let written = error.print();
            return ExitCode::from(if error.use_stderr() || written.is_err() { 2 } else { 0 });
        }
    };
    // What a damaged index makes the engine do is no end of the program without a word.
    let result = std::panic::catch_unwind(|| run(cli.command, &config)).unwrap_or_else(|_| Err(stopped::failure()));
    match result {
        Ok(outcome) => outcome.code(),
        Err(failure) => failure.report(),
    }
}

/// The program with all that its commands take.
fn whole_program() -> clap::Command {
    let mut program = Cli::command();
    program.build();
    program
}

/// The program as far as it takes to read `arguments`.
fn program(arguments: &[OsString]) -> clap::Command {
    let program = Cli::command();
    let is_named = arguments.get(1).is_some_and(|name| program.get_subcommands().any(|command| name == command.get_name()));
    if is_named { program } else { whole_program() }
}

/// Does what `command` says. `config` are the defaults that files give.
fn run(command: Command, config: &Config) -> Result<Outcome, Failure> {
    match command {
        Command::Index(args) => index::run(&args),
        Command::Watch(args) => watch::run(&args),
        Command::Search(args) => search::run(&args),
        Command::Batch(args) => batch::run(&args),
        Command::Show(args) => show::run(&args),
        Command::Why(args) => why::run(&args),
        Command::Similar(args) => similar::run(&args),
        Command::Count(args) => count::run(&args),
        Command::Kwic(args) => kwic::run(&args),
        Command::Cite(args) => cite::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Tag(args) => tag::run(&args),
        Command::Actors(args) => actors::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Status(args) => status::run(&args),
        Command::Save(args) => save::run(&args),
        Command::Run(args) => run::run(&args),
        Command::Config(args) => config::run(&args, config, &whole_program()),
        Command::Schema(args) => schema::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Copies(args) => copies::run(&args),
        Command::Completions(args) => complete::run(&args),
        Command::Man(args) => man::run(&args),
        Command::Install(args) => man::install(&args),
    }
}

/// The arguments with `help search` said as `search --help`.
fn helped(mut arguments: Vec<OsString>) -> Vec<OsString> {
    if arguments.get(1).is_some_and(|argument| argument == "help") {
        arguments.remove(1);
        arguments.push("--help".into());
    }
    arguments
}

/// What commands are called elsewhere, and what they are called here.
const ELSEWHERE: [(&str, &str); 18] = [
    ("add", "index"),
    ("ask", "search"),
    ("bibliography", "cite"),
    ("build", "index"),
    ("concordance", "kwic"),
    ("duplicates", "copies"),
    ("explain", "why"),
    ("find", "search"),
    ("grep", "search"),
    ("info", "status"),
    ("list", "status"),
    ("ls", "status"),
    ("open", "show"),
    ("query", "search"),
    ("quote", "verify"),
    ("stats", "count"),
    ("update", "index"),
    ("view", "show"),
];

/// Says which command was meant by one that there is not.
fn suggest(error: &mut clap::Error) {
    let wrong = match error.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(wrong)) => wrong.as_str(),
        _ => return,
    };
    if let Some((_, meant)) = ELSEWHERE.iter().find(|(name, _)| *name == wrong) {
        error.insert(ContextKind::SuggestedSubcommand, ContextValue::Strings(vec![(*meant).to_owned()]));
    } else if let Some(ContextValue::Strings(similar)) = error.get(ContextKind::SuggestedSubcommand) {
        // Short forms say nothing to who does not know the long ones.
        let similar: Vec<String> = similar.iter().filter(|name| name.len() > 1).cloned().collect();
        if similar.is_empty() {
            error.remove(ContextKind::SuggestedSubcommand);
        } else {
            error.insert(ContextKind::SuggestedSubcommand, ContextValue::Strings(similar));
        }
    }
}

/// Whether somebody asks what can be asked.
fn asks_for_help(arguments: &[OsString]) -> bool {
    arguments.iter().any(|argument| argument == "--help" || argument == "-h" || argument == "--version")
}

/// Tells a shell what could be written next, if it is a shell that asks.
fn completed() -> Option<ExitCode> {
    std::env::var_os(complete::VARIABLE)?;
    let here = std::env::current_dir().ok();
    let asked =
        clap_complete::CompleteEnv::with_factory(whole_program).var(complete::VARIABLE).try_complete(std::env::args_os(), here.as_deref());
    match asked {
        Ok(false) => None,
        Ok(true) => Some(ExitCode::SUCCESS),
        Err(_) => Some(ExitCode::from(2)),
    }
}
