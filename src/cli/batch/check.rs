//! Which rows of a file of queries are wrong.

use std::path::Path;

use serde_json::Value;

use super::super::form::Manner;
use super::super::output::talk;
use super::super::{Failure, Outcome};
use super::repeated::Repeated;
use super::{Args, tell};
use crate::present::Facts;
use crate::search::batch::{self, Rows};
use crate::search::{Asker, Question};
use crate::text::counted;

/// What is said of a row that is wrong.
const COLUMNS: [&str; 6] = ["row", "qid", "line", "column", "problem", "hint"];

/// Says which rows are wrong, as talk; and as data where a form is asked for and no file, which is that of the answers.
pub(super) fn check(args: &Args, file: &Path, rows: Rows, base: &Question) -> Result<Outcome, Failure> {
    let reader = args.read.as_it_is();
    let asker = reader.as_ref().map(Asker::new);
    let roster = args.read.index.roster_in_use()?;
    let mut writer = match (args.form.format, &args.form.output.output) {
        (Some(_), None) => Some(args.form.open(Manner::default(), &COLUMNS)?),
        _ => None,
    };
    let (mut count, mut wrong, mut told) = (0_u64, 0_u64, Vec::new());
    let mut repeated = Repeated::default();
    for (row, bad) in rows {
        count += 1;
        repeated.see(&row);
        if let Some(bad) = bad.or_else(|| batch::check(&row, base, asker.as_ref(), roster)) {
            wrong += 1;
            tell(file, &bad, true);
            if writer.is_some() {
                let cells: Vec<Value> =
                    vec![row.number.into(), row.qid.into(), bad.line.into(), bad.column.into(), bad.problem.into(), bad.hint.into()];
                told.push(cells);
            }
        }
    }
    if let Some(mut writer) = writer.take() {
        writer.write(&Facts { name: "wrong", columns: &COLUMNS, rows: told, below: None })?;
        writer.finish()?;
    }
    if !args.quiet {
        repeated.tell(file);
        talk(&format!("{}: {wrong} wrong", counted(count, "row")));
    }
    Ok(if wrong > 0 { Outcome::RowsFailed } else { Outcome::Done })
}
