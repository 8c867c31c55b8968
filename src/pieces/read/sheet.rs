//! Workbooks: in each sheet the first row that has several cells names the columns, and the rows below are records.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx, XlsxError};

use super::package::Package;
use super::table::Row;
use super::{Limits, Reading};
use crate::pieces::{Mapping, Reason, Skipped};

/// More columns than this in a row are left out: a cell may claim to stand anywhere.
const COLUMNS: usize = 1_000;

pub(super) fn read(bytes: Vec<u8>, limits: &Limits, mapping: &Mapping) -> Reading {
    rows(bytes, limits, mapping).unwrap_or_else(Reading::left_out)
}

fn rows(bytes: Vec<u8>, limits: &Limits, mapping: &Mapping) -> Result<Reading, Reason> {
    // The library unpacks without bounds: what comes out is measured first.
    let mut package = Package::open(bytes.clone(), limits)?;
    for name in package.names() {
        package.bytes(&name)?;
    }
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(broken)?;
    let mut reading = Reading::default();
    let (mut number, mut left) = (0, limits.expanded.min(limits.file));
    for sheet in book.sheet_names() {
        // A sheet of charts has no cells.
        let Ok(mut cells) = book.worksheet_cells_reader(&sheet) else { continue };
        let mut sheet = Sheet { limit: limits.record, ..Sheet::default() };
        loop {
            let (end, cell) = match cells.next_cell() {
                Ok(Some(cell)) => {
                    let text = written(cell.get_value());
                    // Of a text that many cells share each has a copy.
                    left = left.checked_sub(text.len() as u64).ok_or(Reason::Expands(limits.expanded.min(limits.file)))?;
                    (false, Some((cell.get_position(), text)))
                }
                Ok(None) => (true, None),
                Err(error) => {
                    reading.skipped.push(Skipped::file(broken(error)));
                    (true, None)
                }
            };
            let row = cell.as_ref().map(|((row, _), _)| *row);
            if end || row != sheet.row {
                match sheet.finish_row(&mut number) {
                    Some(Ok(row)) => reading.append(row.read(mapping)),
                    Some(Err(skipped)) => reading.skipped.push(skipped),
                    None => {}
                }
                sheet.row = row;
            }
            match cell {
                Some(((_, column), text)) => sheet.put(column, text),
                None => break,
            }
        }
    }
    if reading.pieces.is_empty() && reading.skipped.is_empty() {
        return Err(Reason::Empty);
    }
    Ok(reading)
}

/// A sheet as far as it was read.
#[derive(Default)]
struct Sheet {
    names: Option<Vec<String>>,
    row: Option<u32>,
    cells: Vec<String>,
    /// The bytes in the cells, also of those that were not kept for there being too many.
    size: usize,
    /// How many a row may have.
    limit: usize,
}

impl Sheet {
    fn put(&mut self, column: u32, text: String) {
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        self.size = self.size.saturating_add(text.len());
        if column < COLUMNS && !text.is_empty() && self.size <= self.limit {
            if self.cells.len() <= column {
                self.cells.resize(column + 1, String::new());
            }
            if let Some(cell) = self.cells.get_mut(column) {
                *cell = text;
            }
        }
    }

    /// The record of the row that has ended, if it is one, or why it is left out.
    fn finish_row(&mut self, number: &mut u64) -> Option<Result<Row, Skipped>> {
        let cells = std::mem::take(&mut self.cells);
        let line = self.row.map(|row| u64::from(row) + 1);
        let size = std::mem::take(&mut self.size);
        if size > self.limit {
            let reason = Reason::TooLong { size: size as u64, limit: self.limit as u64 };
            return Some(Err(Skipped { line, ..Skipped::file(reason) }));
        }
        let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
        match &self.names {
            // A single cell above a table is its caption.
            None if filled > 1 => {
                self.names = Some(cells.iter().map(|cell| cell.trim().to_owned()).collect());
                None
            }
            Some(names) if filled > 0 => {
                *number += 1;
                Some(Ok(Row::new(names, cells.iter().map(String::as_str), *number, line)))
            }
            _ => None,
        }
    }
}

/// A cell as text.
fn written(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn broken(error: XlsxError) -> Reason {
    match error {
        XlsxError::Password => Reason::Encrypted,
        error => Reason::Broken(error.to_string()),
    }
}
