use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use crate::index;
use crate::present::{Paint, Style, caret, escape};
use crate::search;

/// How a command ended that did what it was asked.
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

/// Why a command could not do what it was asked.
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

/// What to do where a path leads nowhere.
const NOT_THERE: &str = "check the spelling; paths are taken from the current folder";

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
        if error.kind() == io::ErrorKind::NotFound { failure.hint(NOT_THERE) } else { failure }
    }

    /// A file that cannot be written.
    pub(super) fn writing(path: &Path, error: &io::Error) -> Self {
        Self::usage(format!("cannot write {}: {error}", path.display()))
    }

    /// Tells the user, and gives the code with which the process ends.
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
            E::Missing(_) => Self::index(message).hint("make one with: pundit index FOLDER"),
            E::Foreign(_) => Self::index(message).hint("name the folder of an index with --index, or make one with: pundit index FOLDER"),
            E::Version { path, .. } => Self::index(message).hint(format!("remove {} and index again", path.display())),
            E::Busy(_) => Self::index(message).hint("wait until it has finished; searching is possible meanwhile"),
            E::NoSuchPath(_) => Self::usage(message).hint(NOT_THERE),
            E::RootGone(_) => Self::usage(message)
                .hint("bring it back (is a disk missing?), or let the index forget what was in it with: pundit index --prune-missing-root"),
            E::RootClosed { .. } => Self::usage(message).hint("what the index holds stays as it is; give yourself the right to read it"),
            E::Pattern(_) => Self::usage(message).hint("patterns are written as in .gitignore: '*.md', 'drafts/', '/2023/**'"),
            E::PartOfRoot { ref root, .. } => Self::usage(message).hint(format!("name {}", root.display())),
            E::Hidden { .. } => {
                Self::usage(message).hint("files and folders are hidden whose names begin with a point; give it another name")
            }
            E::RootWithin { .. } => Self::usage(message).hint(
                "say it of the folder around it too, or take it back: --include '', --exclude '' and --map '' say that there is none",
            ),
            E::Mapping(_) => Self::usage(message),
            E::NoThread(_) => Self::index(message).hint("what the index held is as it was; run it again when less is running"),
            E::Unwritable { .. } => Self::index(message).hint("name a folder that can be written with --index"),
            E::Full { .. } => {
                Self::index(message).hint("make room and run it again: what was committed stays and can be searched, the rest is done then")
            }
            E::Engine { .. } | E::Damaged { .. } => Self::index(message)
                .hint("this tells what is wrong, and makes it new from the files that it was made of: pundit check --repair"),
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
                    search::Error::NoDate { .. } => format!("--{error}"),
                    _ => error.to_string(),
                };
                Self { kind: Kind::Usage, message, hints: error.hint().into_iter().collect() }
            }
        }
    }
}
