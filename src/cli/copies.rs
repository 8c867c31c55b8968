use super::form::{FormArgs, Manner};
use super::named::named;
use super::output::talk;
use super::reading::ReadArgs;
use super::{Failure, Outcome};
use crate::present::Facts;
use crate::search::{PieceCopy, PieceView, copies_of, copy_clusters};

/// List pieces that are copies of each other: reprints, wire copy, the same file twice
///
/// Without ID, lists all groups of copies, the earliest copy of each first. With ID, lists the copies of that piece, with the sentences that each
/// cut from the earliest or added to it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  pundit copies\n  pundit copies articles/kim.md\n  pundit copies articles/kim.md -f json")]
pub(super) struct Args {
    /// The id or path of a piece, or the id of a passage of it
    #[arg(value_name = "ID")]
    name: Option<String>,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    form: FormArgs,
}

const COLUMNS: [&str; 8] = ["cluster", "size", "date", "id", "source", "title", "cut", "added"];

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let reader = args.read.open(false)?;
    let mut rows = Vec::new();
    if let Some(name) = &args.name {
        let copies = copies_of(&reader, &named(&reader, name)?.piece)?;
        let cluster = copies.first().map(|copy| copy.piece.stored.short_digest().to_owned()).unwrap_or_default();
        rows.extend(copies.iter().map(|copy| cells(copy, &cluster, copies.len())));
    } else {
        for cluster in copy_clusters(&reader)? {
            let pieces = cluster.pieces(&reader)?;
            let size = pieces.len();
            for piece in pieces {
                let copy = PieceCopy { piece: PieceView::new(&reader, piece)?, cut: Vec::new(), added: Vec::new() };
                rows.push(cells(&copy, cluster.name(), size));
            }
        }
    }
    let several = rows.len() > 1;
    let facts = Facts { name: "copies", columns: &COLUMNS, rows, below: None };
    let mut writer = args.form.open(Manner::default(), facts.columns)?;
    writer.write(&facts)?;
    writer.finish()?;
    if !several {
        talk(if args.name.is_some() { "no other piece is a copy of this" } else { "no piece is a copy of another" });
    }
    Ok(if several { Outcome::Done } else { Outcome::NoHit })
}

fn cells(copy: &PieceCopy, cluster: &str, size: usize) -> Vec<serde_json::Value> {
    let stored = &copy.piece.stored;
    vec![
        cluster.into(),
        size.into(),
        stored.date.clone().into(),
        copy.piece.id.clone().into(),
        stored.source.clone().into(),
        stored.title.clone().into(),
        copy.cut.clone().into(),
        copy.added.clone().into(),
    ]
}
