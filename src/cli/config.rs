//! Defaults from files.
//!
//! A key is the long name of a flag, and its value the default of that flag on every command that has it; in a table named after a command it
//! holds for that command only. The folder's file overrides the user's. No file may say where to read or write, or what to run: it may come with
//! a folder made by strangers.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, Command};

use super::form::{FormArgs, Manner};
use super::place::{IndexArgs, of_environment};
use super::{Failure, Outcome, user};
use crate::present::Facts;

/// The flags that can have defaults.
const KEYS: [&str; 27] = [
    "limit",
    "offset",
    "per-piece",
    "context",
    "any",
    "within",
    "literal",
    "rank",
    "feedback",
    "sort",
    "copies",
    "actor",
    "lang",
    "source",
    "author",
    "since",
    "until",
    "undated",
    "format",
    "fields",
    "bom",
    "color",
    "no-pager",
    "threads",
    "explain",
    "style",
    "min-words",
];

/// The key whose values are columns, and the commands whose columns are those of hits. What holds for every command is meant for these: no other
/// has the columns.
const COLUMNS: (&str, [&str; 3]) = ("fields", ["search", "batch", "similar"]);

/// A default, and where it is from.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Setting {
    values: Vec<String>,
    from: PathBuf,
}

/// Defaults by the command and the flag; for all commands where there is no command.
#[derive(Clone, Debug, Default)]
pub(super) struct Config(BTreeMap<(Option<String>, String), Setting>);

/// Show every default and where it is set
///
/// Defaults are read from ~/.config/pundit/config.toml, then from .pundit/config.toml, which overrides it. limit = 20 holds for every command,
/// in a table called search for that command only. Flags override both.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  pundit config\n  echo 'limit = 20' >> .pundit/config.toml")]
pub(super) struct Args {
    #[command(flatten)]
    index: IndexArgs,
    #[command(flatten)]
    form: FormArgs,
}

/// The files that are read, the later over the earlier. `arguments` may name the folder of the index.
fn files(arguments: &[OsString]) -> Vec<PathBuf> {
    let value = |flag: &str| {
        let joined = format!("{flag}=");
        arguments.iter().enumerate().find_map(|(at, argument)| {
            if argument == flag {
                return arguments.get(at + 1).map(PathBuf::from);
            }
            argument.to_str()?.strip_prefix(&joined).map(PathBuf::from)
        })
    };
    let index = match value("--in") {
        Some(folder) => Some(folder.join(".pundit")),
        None => IndexArgs { index: value("--index"), ..IndexArgs::default() }.existing(),
    };
    user::config().into_iter().chain(index).map(|folder| folder.join("config.toml")).collect()
}

impl Config {
    /// The defaults that hold for these arguments.
    pub(super) fn load(arguments: &[OsString]) -> Result<Self, Failure> {
        let mut config = Self::default();
        for path in files(arguments) {
            match std::fs::read_to_string(&path) {
                Ok(text) => config.read(&path, &text)?,
                // Whether the folder of an index is one, its opening tells.
                Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
                Err(error) => return Err(Failure::reading(&path, &error)),
            }
        }
        Ok(config)
    }

    fn read(&mut self, path: &Path, text: &str) -> Result<(), Failure> {
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
            let line = error.span().map_or(1, |span| text.get(..span.start).unwrap_or_default().matches('\n').count() + 1);
            Failure::usage(format!("{}:{line}: {}", path.display(), error.message()))
                .hint("write KEY = VALUE, text in quotes: sort = \"date\"")
        })?;
        for (key, value) in table {
            match value {
                toml::Value::Table(of_command) => {
                    for (name, value) in of_command {
                        self.put(path, Some(&key), &name, &value)?;
                    }
                }
                value => self.put(path, None, &key, &value)?,
            }
        }
        Ok(())
    }

    fn put(&mut self, path: &Path, command: Option<&str>, key: &str, value: &toml::Value) -> Result<(), Failure> {
        if !KEYS.contains(&key) {
            return Err(Failure::usage(format!("{}: {key:?} cannot have a default", path.display()))
                .hint(format!("the keys are {}", KEYS.join(", "))));
        }
        let plain = |value: &toml::Value| match value {
            toml::Value::String(text) => Some(text.clone()),
            toml::Value::Integer(number) => Some(number.to_string()),
            toml::Value::Boolean(is) => Some(is.to_string()),
            _ => None,
        };
        let values = match value {
            toml::Value::Array(values) => values.iter().map(plain).collect::<Option<Vec<_>>>(),
            value => plain(value).map(|value| vec![value]),
        };
        let values = values.ok_or_else(|| {
            Failure::usage(format!("{}: {key} cannot be of type {}", path.display(), value.type_str()))
                .hint("use text, whole numbers, true or false, or a list of them")
        })?;
        self.0.insert((command.map(ToOwned::to_owned), key.to_owned()), Setting { values, from: path.to_owned() });
        Ok(())
    }

    fn get(&self, command: &str, key: &str) -> Option<&Setting> {
        let (columns, of_hits) = COLUMNS;
        let for_all = || self.0.get(&(None, key.to_owned())).filter(|_| key != columns || of_hits.contains(&command));
        self.0.get(&(Some(command.to_owned()), key.to_owned())).or_else(for_all)
    }

    /// `program` with these defaults in place of its own.
    pub(super) fn apply(&self, mut program: Command) -> Result<Command, Failure> {
        if self.0.is_empty() {
            return Ok(program);
        }
        // Commands tell what they take when they are built.
        program.build();
        for command in self.0.keys().filter_map(|(command, _)| command.as_deref()) {
            if program.find_subcommand(command).is_none() {
                return Err(Failure::usage(format!("a configuration file has a table for {command:?}, which is not a command"))
                    .hint("name tables after commands: [search]"));
            }
        }
        let commands: Vec<String> = program.get_subcommands().map(|command| command.get_name().to_owned()).collect();
        for name in commands {
            let mut failed = None;
            program = program.mut_subcommand(&name, |command| {
                let mut defaults: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
                for arg in command.get_arguments() {
                    let Some(long) = arg.get_long().filter(|long| KEYS.contains(long)) else { continue };
                    let Some(setting) = self.get(&name, long) else { continue };
                    match fits(arg, long, setting) {
                        // Defaults live as long as the program.
                        Ok(()) => {
                            let values = setting.values.iter().map(|value| &*value.clone().leak()).collect();
                            defaults.insert(arg.get_id().to_string(), values);
                        }
                        Err(failure) => failed = Some(failure),
                    }
                }
                command.mut_args(|arg| match defaults.remove(arg.get_id().as_str()) {
                    Some(values) => arg.default_values(values),
                    None => arg,
                })
            });
            if let Some(failure) = failed {
                return Err(failure);
            }
        }
        Ok(program)
    }
}

/// Whether a flag takes these values.
fn fits(arg: &Arg, long: &str, setting: &Setting) -> Result<(), Failure> {
    let wrong = |why: &str| {
        Failure::usage(format!("{}: {long} cannot be {}", setting.from.display(), setting.values.join(", "))).hint(why.to_owned())
    };
    if matches!(arg.get_action(), ArgAction::SetTrue) {
        return match setting.values.as_slice() {
            [value] if value == "true" || value == "false" => Ok(()),
            _ => Err(wrong("write true or false")),
        };
    }
    // A flag of its own with the same values: the flag itself knows others, which are not here.
    let name = KEYS.into_iter().find(|key| *key == long).unwrap_or_default();
    let mut flag = Arg::new(name).long(name).action(arg.get_action().clone()).value_parser(arg.get_value_parser().clone());
    flag = flag.allow_hyphen_values(true);
    if let Some(delimiter) = arg.get_value_delimiter() {
        flag = flag.value_delimiter(delimiter);
    }
    let alone = Command::new("pundit").no_binary_name(true).disable_help_flag(true).arg(flag);
    let arguments: Vec<String> = setting.values.iter().map(|value| format!("--{long}={value}")).collect();
    alone.try_get_matches_from(arguments).map(|_| ()).map_err(|error| {
        let text = error.to_string();
        let why = text.lines().find(|line| line.trim_start().starts_with('[')).unwrap_or(text.lines().next().unwrap_or_default());
        wrong(why.trim().trim_start_matches("error: "))
    })
}

pub(super) fn run(args: &Args, config: &Config, program: &Command) -> Result<Outcome, Failure> {
    let mut rows: Vec<Vec<serde_json::Value>> = Vec::new();
    for key in KEYS {
        let built_in = program.get_subcommands().find_map(|command| command.get_arguments().find(|arg| arg.get_long() == Some(key)));
        let mut values: Vec<String> =
            built_in.into_iter().flat_map(Arg::get_default_values).map(|value| value.to_string_lossy().into_owned()).collect();
        if values.is_empty() {
            // What depends on the command is told where the flag is.
            let help = built_in.and_then(Arg::get_help).map(ToString::to_string).unwrap_or_default();
            values.extend(help.split_once("[default: ").and_then(|(_, told)| told.strip_suffix(']')).map(ToOwned::to_owned));
        }
        let is_switch = built_in.is_some_and(|arg| matches!(arg.get_action(), ArgAction::SetTrue));
        match config.0.get(&(None, key.to_owned())) {
            Some(setting) => rows.push(row(key, &setting.values, &setting.from.display().to_string())),
            None if is_switch => rows.push(row(key, &["false".to_owned()], "built in")),
            None => rows.push(row(key, &values, "built in")),
        }
        for ((command, _), setting) in config.0.iter().filter(|((command, name), _)| command.is_some() && name == key) {
            let name = format!("{}.{key}", command.as_deref().unwrap_or_default());
            rows.push(row(&name, &setting.values, &setting.from.display().to_string()));
        }
    }
    if let Some(folder) = args.index.existing() {
        let from = match (&args.index.index, of_environment()) {
            (Some(_), _) => "--index",
            (None, Some(_)) => "PUNDIT_INDEX",
            (None, None) => "found",
        };
        rows.push(row("index", &[folder.display().to_string()], from));
    }
    let facts = Facts { name: "defaults", columns: &["key", "value", "from"], rows, below: None };
    let mut writer = args.form.open(Manner::default(), facts.columns)?;
    writer.write(&facts)?;
    writer.finish()?;
    Ok(Outcome::Done)
}

fn row(key: &str, values: &[String], from: &str) -> Vec<serde_json::Value> {
    vec![key.into(), values.join(", ").into(), from.into()]
}
