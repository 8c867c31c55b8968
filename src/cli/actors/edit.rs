//! Changes to the roster, written to a file.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::super::output::{OutputArgs, talk};
use super::super::place::IndexArgs;
use super::super::roster::{FILE, failure, of_user, read};
use super::super::{Failure, Outcome};
use crate::actors::{Kind, Overlay, Roster, overlay};

/// Where a change is written to
#[derive(Debug, clap::Args)]
struct Destination {
    /// Write to your own file, which applies to every index, not to that of the index
    #[arg(long)]
    user: bool,
    #[command(flatten)]
    index: IndexArgs,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  pundit actors add 'Jenny Example' --kind person --short Example\n  pundit actors add 'Harbour Institute' 港口研究所 --kind org --tag thinktank --user"
)]
pub(super) struct Add {
    /// The actor's names; the first is the one that is shown
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,
    /// The kind of actor
    #[arg(long, value_enum, value_name = "KIND")]
    kind: Kind,
    /// The actor's id [default: the first name in lower case, with hyphens]
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// A short name, such as a surname, that counts only if the piece has a full name too (repeatable)
    #[arg(long, value_name = "NAME")]
    short: Vec<String>,
    /// A tag: party, thinktank … (repeatable)
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// The id of a state or organisation that it belongs to (repeatable)
    #[arg(long, value_name = "ID")]
    of: Vec<String>,
    #[command(flatten)]
    to: Destination,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  pundit actors alias kim-jong-un 'Young General'\n  pundit actors alias european-commission Berlaymont --short"
)]
pub(super) struct Alias {
    /// The actor's id
    #[arg(value_name = "ID")]
    actor: String,
    /// Further names
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,
    /// Count these names only if the piece has a full name too
    #[arg(long)]
    short: bool,
    #[command(flatten)]
    to: Destination,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  pundit actors ignore Town\n  pundit actors ignore --actor georgia")]
pub(super) struct Ignore {
    /// The name to ignore, whichever actor has it
    #[arg(value_name = "NAME", required_unless_present = "actor")]
    name: Option<String>,
    /// The id of an actor to ignore under all its names
    #[arg(long, value_name = "ID")]
    actor: Option<String>,
    #[command(flatten)]
    to: Destination,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  pundit actors import staff.csv\n  pundit actors import staff.csv --user")]
pub(super) struct Import {
    /// A CSV or TSV file with a header
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    to: Destination,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  pundit actors export > actors.toml\n  pundit actors export -o actors.toml")]
pub(super) struct Export {
    #[command(flatten)]
    index: IndexArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn add(args: &Add) -> Result<Outcome, Failure> {
    let add = overlay::Add {
        id: args.id.clone().unwrap_or_default(),
        kind: args.kind.word().to_owned(),
        names: args.names.clone(),
        short: args.short.clone(),
        tags: args.tag.clone(),
        of: args.of.clone(),
    };
    append(&args.to, &Overlay { add: vec![add], ..Overlay::default() }, None)
}

pub(super) fn alias(args: &Alias) -> Result<Outcome, Failure> {
    let (names, short) = if args.short { (Vec::new(), args.names.clone()) } else { (args.names.clone(), Vec::new()) };
    append(&args.to, &Overlay { alias: vec![overlay::Alias { actor: args.actor.clone(), names, short }], ..Overlay::default() }, None)
}

pub(super) fn ignore(args: &Ignore) -> Result<Outcome, Failure> {
    let ignore = overlay::Ignore { name: args.name.clone().unwrap_or_default(), actor: args.actor.clone().unwrap_or_default() };
    append(&args.to, &Overlay { ignore: vec![ignore], ..Overlay::default() }, None)
}

pub(super) fn import(args: &Import) -> Result<Outcome, Failure> {
    let text = std::fs::read_to_string(&args.file).map_err(|error| Failure::reading(&args.file, &error))?;
    let header = text.lines().next().unwrap_or_default();
    let delimiter = if header.contains('\t') { b'\t' } else { b',' };
    let mut table =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    let wrong = |error: csv::Error| Failure::usage(format!("{}: {error}", args.file.display()));
    let columns = table.headers().map_err(wrong)?.clone();
    if !columns.iter().any(|column| column.trim() == "names") {
        return Err(Failure::usage(format!("{} has no column called names", args.file.display()))
            .hint("the header is: id,kind,names,short,tags,of; several names are separated by |"));
    }
    let roster = args.to.index.roster()?;
    let mut overlay = Overlay::default();
    for row in table.records() {
        let row = row.map_err(wrong)?;
        let line = row.position().map_or(0, csv::Position::line);
        let cell = |name: &str| {
            columns.iter().position(|column| column.trim() == name).and_then(|at| row.get(at)).unwrap_or_default().trim().to_owned()
        };
        let list =
            |name: &str| cell(name).split('|').map(|entry| entry.trim().to_owned()).filter(|entry| !entry.is_empty()).collect::<Vec<_>>();
        let (id, names, short) = (cell("id"), list("names"), list("short"));
        // A row of an actor whom the roster has gives it names.
        if roster.find(&id).is_some() {
            overlay.alias.push(overlay::Alias { actor: id, names, short });
        } else if !names.is_empty() {
            overlay.add.push(overlay::Add { id, kind: cell("kind"), names, short, tags: list("tags"), of: list("of") });
        } else if row.iter().any(|cell| !cell.trim().is_empty()) {
            return Err(nobody(roster, &id, &format!("{}:{line}", args.file.display())));
        }
    }
    append(&args.to, &overlay, Some(&args.file))
}

/// What is wrong with a row that neither names an actor whom the roster has nor says what a new one is called.
fn nobody(roster: &Roster, id: &str, place: &str) -> Failure {
    let problem = if id.is_empty() {
        "the row has neither an id nor a name".to_owned()
    } else {
        format!("no actor has the id {id:?}, and the row gives no names for a new one")
    };
    let similar: Vec<&str> = roster.similar(id, 3).into_iter().map(|actor| actor.id.as_ref()).collect();
    let failure = Failure::usage(format!("{place}: {problem}; nothing was imported"));
    if id.is_empty() || similar.is_empty() {
        return failure.hint("find ids with: pundit actors find NAME");
    }
    failure.hint(format!("did you mean {}?", similar.join(", ")))
}

pub(super) fn export(args: &Export) -> Result<Outcome, Failure> {
    let standing = [of_user(), args.index.of_changes().map(|folder| folder.join(FILE))].into_iter().flatten().filter(|path| path.is_file());
    let paths: Vec<PathBuf> = standing.chain(args.index.actors.iter().cloned()).collect();
    args.output.keep_apart(&paths.iter().map(PathBuf::as_path).collect::<Vec<_>>())?;
    let mut output = args.output.open()?;
    for path in paths {
        write!(output.out, "{}", read(&path)?)?;
    }
    output.out.flush()?;
    Ok(Outcome::Done)
}

/// Appends changes to a file of them, if they fit what is there. `from` is the file that they are from, if not the command line.
fn append(to: &Destination, change: &Overlay, from: Option<&Path>) -> Result<Outcome, Failure> {
    let path = if to.user {
        of_user().ok_or_else(|| Failure::usage("there is no home folder").hint("name one with XDG_CONFIG_HOME"))?
    } else {
        to.index.folder_or_new().join(FILE)
    };
    to.index.roster()?.with(std::slice::from_ref(change)).map_err(|error| failure(from, &error))?;
    write_to(&path, &change.to_string()).map_err(|error| Failure::writing(&path, &error))?;
    talk(&format!("saved to {}; to apply it to an index run: pundit index --retag", path.display()));
    Ok(Outcome::Done)
}

fn write_to(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let before = if path.exists() { std::fs::read(path)? } else { Vec::new() };
    // An editor may have left its last line open.
    let end = if before.is_empty() || before.ends_with(b"\n") { "" } else { "\n" };
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    file.write_all(format!("{end}{text}").as_bytes())
}
