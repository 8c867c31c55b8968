use std::io::Write;
use std::path::{Path, PathBuf};

use super::complete::{Shell, registration};
use super::output::{OutputArgs, talk};
use super::{Failure, Outcome, user, whole_program};

/// Print the manual page, or write all of them to a folder
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  pundit man | man -l -\n  pundit man --dir ~/.local/share/man/man1")]
pub(super) struct Args {
    /// Write the pages of all commands to DIR
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    if let Some(dir) = &args.dir {
        for path in pages(dir)? {
            talk(&path.display().to_string());
        }
        return Ok(Outcome::Done);
    }
    let mut output = args.output.open()?;
    clap_mangen::Man::new(whole_program()).render(&mut output.out)?;
    output.out.flush()?;
    Ok(Outcome::Done)
}

/// Writes the pages of all commands to `dir`, and says where.
fn pages(dir: &Path) -> Result<Vec<PathBuf>, Failure> {
    let program = whole_program();
    let mut written = Vec::new();
    page(&program, "pundit", dir, &mut written)?;
    Ok(written)
}

/// Writes the page of `command`, called `name`, and those of its commands. They are found as `man pundit-search`, and refer to each other so.
fn page(command: &clap::Command, name: &str, dir: &Path, written: &mut Vec<PathBuf>) -> Result<(), Failure> {
    for inner in command.get_subcommands() {
        page(inner, &format!("{name}-{}", inner.get_name()), dir, written)?;
    }
    let shown: &'static str = name.to_owned().leak();
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone().name(shown).display_name(shown)).render(&mut page)?;
    written.push(write(&dir.join(format!("{name}.1")), &page)?);
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<PathBuf, Failure> {
    let written = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(path, bytes));
    written.map_err(|error| Failure::writing(path, &error))?;
    Ok(path.to_owned())
}

/// Install this program with its completions and manual pages
///
/// Puts them under PREFIX: bin/pundit, share/man/man1, and where bash, zsh and fish look for completions. From the sources:
/// cargo run --release -- install
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  cargo run --release -- install\n  pundit install --prefix /usr/local")]
pub(super) struct InstallArgs {
    /// The folder to install under [default: ~/.local]
    #[arg(long, value_name = "DIR")]
    prefix: Option<PathBuf>,
}

pub(super) fn install(args: &InstallArgs) -> Result<Outcome, Failure> {
    let home = || user::home().map(|home| home.join(".local"));
    let prefix = args
        .prefix
        .clone()
        .or_else(home)
        .ok_or_else(|| Failure::usage("the home folder is unknown").hint("name a folder with --prefix"))?;
    let program = std::env::current_exe().map_err(|error| Failure::usage(format!("cannot find the file of this program: {error}")))?;
    let target = prefix.join("bin").join(format!("pundit{}", std::env::consts::EXE_SUFFIX));
    // Written beside and renamed: a program that runs cannot be written over.
    let beside = target.with_extension("new");
    let copied = std::fs::create_dir_all(prefix.join("bin"))
        .and_then(|()| std::fs::copy(&program, &beside))
        .and_then(|_| std::fs::rename(&beside, &target));
    copied.map_err(|error| Failure::writing(&target, &error))?;
    let mut written = vec![target];
    for (shell, path) in [
        (Shell::Bash, "bash-completion/completions/pundit"),
        (Shell::Zsh, "zsh/site-functions/_pundit"),
        (Shell::Fish, "fish/vendor_completions.d/pundit.fish"),
    ] {
        written.push(write(&prefix.join("share").join(path), &registration(shell)?)?);
    }
    written.extend(pages(&prefix.join("share/man/man1"))?);
    let mut output = OutputArgs::default().open()?;
    for path in written {
        writeln!(output.out, "{}", path.display())?;
    }
    output.out.flush()?;
    Ok(Outcome::Done)
}
