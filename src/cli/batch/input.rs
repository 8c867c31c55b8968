//! The file of queries.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::super::Failure;
use crate::search::batch::Rows;

/// The rows of a file, or of standard input for `-`.
pub(super) fn open(file: &Path, encoding: Option<&str>) -> Result<Rows, Failure> {
    let mut rows = rows(file, encoding)?;
    // What can be read twice is looked through for the ids of its rows.
    if file.is_file() && rows.have_ids() {
        rows.know(self::rows(file, encoding)?);
    }
    Ok(rows)
}

fn rows(file: &Path, encoding: Option<&str>) -> Result<Rows, Failure> {
    let source: Box<dyn Read + Send> = if file == Path::new("-") {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(file).map_err(|error| Failure::reading(file, &error))?)
    };
    Rows::open(source, &file.to_string_lossy(), encoding).map_err(|error| match error.kind() {
        io::ErrorKind::InvalidInput => Failure::usage(error.to_string()).hint("use utf-8, utf-16le, gb18030, big5, windows-1252 …"),
        _ => Failure::reading(file, &error),
    })
}
