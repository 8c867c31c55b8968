//! Whether an output without a journal is that of a run that finished.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::rc::Rc;

use super::super::Failure;
use super::{MANNER, Work, columns};
use crate::search::batch::{self, Baseline, Row, RowError, Rows};

/// What is written is kept, to be looked at.
#[derive(Clone, Default)]
struct Kept(Rc<RefCell<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// So many rows at the end are answered again at the most, and held in memory until then. In most forms something is written of each row; where
/// nothing is of all these, it is not known whether the output is whole.
const LOOKED_AT: usize = 1_000;

impl Work<'_> {
    /// Says that there is nothing to go on with, if the output is known to be whole.
    pub(super) fn finished(&self, rows: Rows, baseline: Option<Baseline>) -> Result<String, Failure> {
        let output = self.args.form.output.output.as_deref().unwrap_or(Path::new("-"));
        if self.ends_as(rows, baseline, output)? {
            return Ok(format!("{} is complete; there is nothing to resume", output.display()));
        }
        let problem = "it does not end with the answers to these queries, and no journal beside it records how far a run got";
        Err(Failure::usage(format!("cannot resume {}: {problem}", output.display()))
            .hint(format!("start again without --resume, which replaces {}", output.display())))
    }

    /// Whether the file ends as a whole output does: with all that is written of the last row of which anything is.
    fn ends_as(&self, rows: Rows, mut baseline: Option<Baseline>, output: &Path) -> Result<bool, Failure> {
        let fields = &self.args.form.fields;
        if !fields.is_empty() && !fields.iter().any(|field| field == "qid" || field == "row") {
            // One row looks like another.
            return Ok(false);
        }
        let carried = rows.carried();
        let mut last: VecDeque<(Row, Option<RowError>)> = VecDeque::new();
        let mut are_all = true;
        for row in rows {
            if last.len() == LOOKED_AT {
                last.pop_front();
                are_all = false;
            }
            last.push_back(row);
        }
        let mut file = File::open(output).map_err(|error| Failure::reading(output, &error))?;
        let mut is_any = false;
        while let Some(row) = last.pop_back() {
            is_any = true;
            let is_first = are_all && last.is_empty();
            let written = self.written(row, is_first, &carried, &mut baseline)?;
            if !written.is_empty() {
                return Ok(ends_with(&mut file, &written, is_first)?);
            }
        }
        Ok(is_any && are_all && file.metadata()?.len() == 0)
    }

    /// What is written of a row, with what comes before the `first`.
    fn written(
        &self,
        row: (Row, Option<RowError>),
        first: bool,
        carried: &[String],
        baseline: &mut Option<Baseline>,
    ) -> Result<Vec<u8>, Failure> {
        let kept = Kept::default();
        let mut writer = self.args.form.to_file(kept.clone(), MANNER, &columns(self.base, carried), !first)?;
        batch::run(self.reader, std::iter::once(row), self.base, 1, |outcome| self.write(outcome, baseline, carried, &mut writer))?;
        writer.finish()?;
        Ok(kept.0.take())
    }
}

/// Whether a file ends with these lines, and has nothing else if they are `all`.
fn ends_with(file: &mut File, end: &[u8], all: bool) -> io::Result<bool> {
    let (len, wanted) = (file.metadata()?.len(), end.len() as u64);
    let Some(before) = len.checked_sub(wanted).filter(|before| *before == 0 || !all) else { return Ok(false) };
    file.seek(SeekFrom::Start(before.saturating_sub(1)))?;
    let mut found = Vec::new();
    file.read_to_end(&mut found)?;
    let is_apart = before == 0 || matches!(found.first(), Some(b'\n' | 0));
    Ok(is_apart && found.ends_with(end))
}
