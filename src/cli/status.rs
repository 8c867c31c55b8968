use std::io::Write;

use super::output::OutputArgs;
use super::place::IndexArgs;
use super::{Failure, Outcome};
use crate::actors::Roster;
use crate::index::fields::Meta;
use crate::present::escape;

/// What is in the index, and what was skipped and why
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    index: IndexArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let reader = args.index.open()?;
    let manifest = reader.manifest();
    let mut output = args.output.open()?;
    let out = &mut output.out;
    writeln!(out, "index\t{}", reader.path().display())?;
    for root in manifest.roots.all() {
        let path = root.absolute(reader.home());
        let gone = if path.exists() { "" } else { "\t(gone)" };
        writeln!(out, "root\t{}{gone}", path.display())?;
    }
    writeln!(out, "pieces\t{}", manifest.totals.pieces)?;
    writeln!(out, "passages\t{}", manifest.totals.passages)?;
    for (language, pieces) in &manifest.totals.languages {
        writeln!(out, "language\t{language}\t{pieces}")?;
    }
    let mut files = Vec::new();
    for segment in reader.segments() {
        files.extend(segment.stored_files(Meta::File)?);
    }
    files.sort_by(|a, b| (a.root, &a.path).cmp(&(b.root, &b.path)));
    writeln!(out, "files\t{}", files.len())?;
    writeln!(out, "skipped\t{}", files.iter().map(|file| file.skips).sum::<u64>())?;
    for file in files.iter().filter(|file| file.skips > 0) {
        let path = manifest.roots.display(file.root, &file.path);
        for skip in &file.skipped {
            let line = skip.line.map(|line| format!(", line {line}")).unwrap_or_default();
            writeln!(out, "  {}{line}: {}", escape::terminal(&path), escape::terminal(&skip.reason))?;
        }
        let unlisted = file.skips.saturating_sub(file.skipped.len() as u64);
        if unlisted > 0 {
            writeln!(out, "  {}: {unlisted} more", escape::terminal(&path))?;
        }
    }
    if manifest.roster != Roster::builtin_digest() {
        writeln!(out, "hint\tthe roster of actors has changed since this was indexed; index again to find mentions by the new one")?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}
