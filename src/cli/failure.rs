use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use crate::index;
use crate::present::{Paint, Style, caret, escape};
use crate::search;

/// How a command ended that did what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Done, or something was found.
    Done,
    /// Nothing was found.
    NoHit,
    /// Done, but some files could not be read.
    Unreadable,
    /// Done, but some rows of a batch failed.
    RowsFailed,
}

impl Outcome {
    pub(super) fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Done => 0,
            Self::NoHit => 1,
            Self::Unreadable => 2,
            Self::RowsFailed => 4,
        })
    }
}

/// Why a command could not do what was asked.
#[derive(Debug)]
pub(super) struct Failure {
    kind: Kind,
    message: String,
    hints: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Wrong usage, or input that cannot be used.
    Usage,
    /// No usable index.
    Index,
    /// The reader of our output went away, which is no failure.
    BrokenPipe,
}

/// What to do if a path does not exist.
const NOT_THERE: &str = "check the spelling; paths are relative to the current folder";
/// What to do if a path may not be read.
const CLOSED: &str = "check its permissions";

impl Failure {
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self { kind: Kind::Usage, message: message.into(), hints: Vec::new() }
    }

    pub(super) fn index(message: impl Into<String>) -> Self {
        Self { kind: Kind::Index, message: message.into(), hints: Vec::new() }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// A file that cannot be read.
    pub(super) fn reading(path: &Path, error: &io::Error) -> Self {
        let failure = Self::usage(format!("cannot read {}: {error}", path.display()));
        match error.kind() {
            io::ErrorKind::NotFound => failure.hint(NOT_THERE),
            io::ErrorKind::IsADirectory => failure.hint("it is a folder; name a file in it"),
            io::ErrorKind::PermissionDenied => failure.hint(CLOSED),
            _ => failure,
        }
    }

    /// A file that cannot be written.
    pub(super) fn writing(path: &Path, error: &io::Error) -> Self {
        let failure = Self::usage(format!("cannot write {}: {error}", path.display()));
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => failure.hint("its folder has to be there first"),
            io::ErrorKind::IsADirectory => failure.hint("it is a folder; name a file in it"),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                failure.hint("check the permissions, or write to another place")
            }
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => failure.hint("free some space, or write to another place"),
            _ => failure,
        }
    }

    /// Writes the message to stderr, and gives the exit code.
    pub(super) fn report(&self) -> ExitCode {
        if self.kind == Kind::BrokenPipe {
            return ExitCode::SUCCESS;
        }
        let mut stderr = io::stderr().lock();
        let paint = if stderr.is_terminal() && super::output::may_colour() { Paint::Terminal } else { Paint::Plain };
        let told = (|| {
            // The message may hold lines of its own, made here; what it quotes is escaped line by line.
            let message: Vec<String> = self.message.lines().map(|line| escape::terminal(line).into_owned()).collect();
            writeln!(stderr, "{} {}", paint.paint(Style::Error, "error:"), message.join("\n"))?;
            self.hints.iter().try_for_each(|hint| writeln!(stderr, "{} {}", paint.paint(Style::Faint, "hint:"), escape::terminal(hint)))
        })();
        let code = match self.kind {
            Kind::Index => 3,
            Kind::Usage | Kind::BrokenPipe => 2,
        };
        // Where standard error is closed there is nobody to tell.
        ExitCode::from(if told.is_ok() { code } else { 2 })
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self { kind: Kind::BrokenPipe, message: String::new(), hints: Vec::new() };
        }
        Self::usage(format!("cannot write the output: {error}"))
    }
}

impl From<index::Error> for Failure {
    fn from(error: index::Error) -> Self {
        use index::Error as E;
        let message = error.to_string();
        match error {
            E::Missing(_) => Self::index(message).hint("create one with: pundit index FOLDER"),
            E::Foreign(_) => Self::index(message).hint("name the folder of an index with --index, or create one with: pundit index FOLDER"),
            E::Version { path, .. } => Self::index(message).hint(format!("remove {} and index again", path.display())),
            E::Busy(_) => Self::index(message).hint("wait until it has finished; you can search meanwhile"),
            E::NoSuchPath(_) => Self::usage(message).hint(NOT_THERE),
            E::RootGone(_) => Self::usage(message)
                .hint("bring it back (is a disk missing?), or remove its pieces from the index with: pundit index --prune-missing-root"),
            E::RootClosed { .. } => Self::usage(message).hint("check its permissions; its pieces stay in the index"),
            E::Pattern(_) => Self::usage(message).hint("patterns are written as in .gitignore: '*.md', 'drafts/', '/2023/**'"),
            E::PartOfRoot { ref root, .. } => Self::usage(message).hint(format!("name the whole folder: {}", root.display())),
            E::Hidden { .. } => Self::usage(message).hint("names that begin with a dot are hidden; rename it"),
            E::RootWithin { .. } => Self::usage(message).hint("repeat them, or clear them with --include '', --exclude '' and --map ''"),
            E::Mapping(_) => Self::usage(message),
            E::NoThread(_) => Self::index(message).hint("the index is unchanged; try again when fewer programs are running"),
            E::Unwritable { .. } => Self::index(message).hint("choose a folder that can be written with --index"),
            E::Refused { .. } => Self::index(message).hint("the index may be whole: have its owner let you read all files in that folder"),
            E::Full { .. } => {
                Self::index(message).hint("free some space and run the command again; what was committed can be searched meanwhile")
            }
            E::Engine { .. } | E::Damaged { .. } => {
                Self::index(message).hint("to verify it and rebuild it from its files run: pundit check --repair")
            }
            E::Lost(path) => Self::index(message).hint(format!("remove {} and index again: pundit index FOLDER", path.display())),
        }
    }
}

impl From<search::Error> for Failure {
    fn from(error: search::Error) -> Self {
        match error {
            search::Error::Index(error) => error.into(),
            // Here the ends of dates are flags.
            search::Error::Backwards { since, until } => {
                Self::usage(format!("--since {since} is after --until {until}")).hint(format!("write --since {until} --until {since}"))
            }
            error => {
                let message = match &error {
                    search::Error::Syntax(syntax) => format!("{error}\n{}", caret(syntax)),
                    search::Error::NoDate { .. } | search::Error::Filter { .. } => format!("--{error}"),
                    _ => error.to_string(),
                };
                Self { kind: Kind::Usage, message, hints: error.hint().into_iter().collect() }
            }
        }
    }
}
