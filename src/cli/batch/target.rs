//! Where a batch writes.

use std::fs::File;
use std::io::Write;

use serde_json::json;

use super::super::Failure;
use super::super::written::Beside;
use super::journal::{Counts, Journal, Reached, is_unfinished};
use super::{Args, MANNER, columns};
use crate::index::Reader;
use crate::present::{Form, Writer};
use crate::search::batch::{self, Rows, index_digest, manifest_flags};
use crate::search::{Question, SavedQueries};

/// Where a batch writes, and how far it has got.
pub(super) struct Target {
    pub(super) writer: Writer,
    pub(super) manifest: Option<Beside>,
    /// The output file once more, to ask for its length, with the journal.
    kept: Option<(Journal, File)>,
    pub(super) reached: Reached,
    counts: Counts,
    pub(super) carried: Vec<String>,
}

impl Target {
    /// The target that is asked for; none where there is an output to go on with, but no journal of it.
    pub(super) fn open(args: &Args, reader: &Reader, rows: &Rows, base: &Question) -> Result<Option<Self>, Failure> {
        let carried = rows.carried();
        let columns = columns(base, &carried);
        let form = args.form.checked(MANNER, &columns)?;
        let by_line = matches!(form, Form::Text | Form::JsonLines | Form::Csv | Form::Tsv | Form::Trec);
        let output = args.form.output.output.as_deref().filter(|path| by_line && (!path.exists() || path.is_file()));
        let Some(output) = output else {
            if args.resume {
                return Err(
                    Failure::usage("this output cannot be resumed").hint("--resume needs -o FILE and -f jsonl, csv, tsv, trec or text")
                );
            }
            let manifest = args.manifest.as_deref().map(Beside::create).transpose()?;
            let writer = args.form.open(MANNER, &columns)?;
            let mut target = Self { writer, manifest, kept: None, reached: Reached::default(), counts: Counts::default(), carried };
            target.head(reader, base)?;
            return Ok(Some(target));
        };
        let settings = settings(args, reader, base, form);
        let going_on = args.resume && is_unfinished(output);
        if args.resume && !going_on && output.exists() {
            return Ok(None);
        }
        let start = if going_on {
            Journal::go_on(output, args.manifest.as_deref(), &settings)?
        } else {
            Journal::begin(output, args.manifest.as_deref(), &settings, base.today)?
        };
        let handle = start.output.handle()?;
        let continued = start.reached.rows > 0;
        let writer = args.form.to_file(start.output, MANNER, &columns, continued)?;
        let counts = start.reached.counts;
        let mut target =
            Self { writer, manifest: start.manifest, kept: Some((start.journal, handle)), reached: start.reached, counts, carried };
        if !continued {
            target.head(reader, base)?;
        }
        Ok(Some(target))
    }

    /// Begins the manifest.
    fn head(&mut self, reader: &Reader, base: &Question) -> Result<(), Failure> {
        if let Some(manifest) = &mut self.manifest {
            let index = index_digest(reader)?;
            writeln!(
                manifest.file,
                "{}",
                json!({ "schema": 1, "pundit": env!("CARGO_PKG_VERSION"), "index": index, "flags": manifest_flags(base) })
            )?;
        }
        Ok(())
    }

    /// Counts a row that has been written.
    pub(super) fn count(&mut self, outcome: &batch::RowOutcome) -> Result<(), Failure> {
        let status = outcome.status();
        self.counts.add(status);
        if let Some((journal, output)) = &mut self.kept
            && journal.count(&outcome.row, status)
        {
            self.writer.flush()?;
            journal.note(output, self.manifest.as_ref())?;
        }
        Ok(())
    }

    /// Ends the output, puts the manifest in its place, and gives the counts.
    pub(super) fn finish(self) -> Result<Counts, Failure> {
        self.writer.finish()?;
        let mut kept = self.kept;
        if let Some((journal, output)) = &mut kept {
            // From here on the manifest may be found in its place.
            journal.note(output, self.manifest.as_ref())?;
        }
        self.manifest.map_or(Ok(()), Beside::finish)?;
        if let Some((journal, _)) = kept {
            journal.end();
        }
        Ok(self.counts)
    }
}

/// A digest of all that makes the output what it is, beside the queries.
fn settings(args: &Args, reader: &Reader, base: &Question, form: Form) -> String {
    let flags = format!(
        "{:?}",
        (&args.ask, args.only, form, &args.form.fields, args.form.bom, args.form.null, args.explain, args.manifest.is_some())
    );
    let saved = SavedQueries::beside(reader.path().parent().unwrap_or(reader.path()));
    let known = format!("{} {} {:?} {saved:?}", reader.state(), reader.roster_in_use().digest(), base.today);
    let said = format!("{} {known} {flags}", env!("CARGO_PKG_VERSION"));
    blake3::hash(said.as_bytes()).to_hex().to_string()
}
