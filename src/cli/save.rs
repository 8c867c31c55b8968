use std::path::{Path, PathBuf};

use super::form::{FormArgs, Manner};
use super::output::talk;
use super::place::{IndexArgs, of_folder};
use super::written::write_whole;
use super::{Failure, Outcome};
use crate::present::Facts;
use crate::query::{Mode, parse};
use crate::search::{Error, SavedQueries};

/// Save a query under a name, for &NAME in other queries and for pundit run NAME
///
/// Queries are kept in queries.txt in the folder of the index, one a line: name = query. Without QUERY and --remove, lists them.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  pundit save fuel 'oil OR gas OR \"Nord Stream\"'
  pundit search '&fuel AND sanctions'
  pundit save
  pundit save fuel --remove")]
pub(super) struct Args {
    /// The name: letters, digits, - and _
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// The query; several arguments are joined by spaces; put anything that begins with - in quotes or after --
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// Remove the query of this name
    #[arg(long, requires = "name", conflicts_with = "query")]
    remove: bool,
    /// Save it beside FOLDER's own index, for searches with the same --in
    #[arg(long = "in", value_name = "FOLDER", conflicts_with = "index")]
    of: Option<PathBuf>,
    #[command(flatten)]
    index: IndexArgs,
    #[command(flatten)]
    form: FormArgs,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let folder = match &args.of {
        Some(folder) => of_folder(folder)?,
        None => args.index.folder_or_new(),
    };
    let reading = |error: std::io::Error| Failure::reading(&SavedQueries::path(&folder), &error);
    let saved = SavedQueries::open(&folder).map_err(reading)?;
    match &args.name {
        None => list(&saved, None, &args.form),
        Some(name) if args.remove => {
            if !saved.all().any(|(known, _)| known == name) {
                return Err(Failure::usage(format!("no query is saved as {name:?}")).hint("list them with: pundit save"));
            }
            write(&folder, name, None)
        }
        Some(name) if args.query.is_empty() => list(&saved, Some(name), &args.form),
        Some(name) => {
            if !SavedQueries::is_name(name) {
                return Err(Failure::usage(format!("{name:?} is not a valid name")).hint("names consist of letters, digits, - and _"));
            }
            let query = args.query.join(" ").replace(['\n', '\r'], " ");
            // Whether it can be understood is said now, not when it is used.
            let expanded = SavedQueries::parse(&SavedQueries::edited(&text(&folder), name, Some(&query)))
                .expand(&query, Mode::All)
                .map_err(Error::from)?;
            parse(&expanded, Mode::All).map_err(Error::from)?;
            write(&folder, name, Some(&query))?;
            talk(&format!("saved &{name}"));
            Ok(Outcome::Done)
        }
    }
}

fn text(folder: &Path) -> String {
    std::fs::read_to_string(SavedQueries::path(folder)).unwrap_or_default()
}

/// Replaces the file, in one step: nobody reads half of it.
fn write(folder: &Path, name: &str, query: Option<&str>) -> Result<Outcome, Failure> {
    let path = SavedQueries::path(folder);
    std::fs::create_dir_all(folder).map_err(|error| Failure::writing(&path, &error))?;
    write_whole(&path, &SavedQueries::edited(&text(folder), name, query))?;
    Ok(Outcome::Done)
}

fn list(saved: &SavedQueries, name: Option<&str>, form: &FormArgs) -> Result<Outcome, Failure> {
    let wanted = saved.all().filter(|(known, _)| name.is_none_or(|name| name == *known));
    let rows: Vec<Vec<serde_json::Value>> = wanted.map(|(name, query)| vec![name.into(), query.into()]).collect();
    let outcome = if name.is_some() && rows.is_empty() { Outcome::NoHit } else { Outcome::Done };
    let facts = Facts { name: "queries", columns: &["name", "query"], rows, below: None };
    let mut writer = form.open(Manner::default(), facts.columns)?;
    writer.write(&facts)?;
    writer.finish()?;
    Ok(outcome)
}
