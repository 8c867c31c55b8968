use std::io::{self, Write};

use serde_json::Value;

use super::form::{Format, Present};
use super::lines::plain;

/// Tables for spreadsheets: comma- or tab-separated values, UTF-8, with a header.
pub(super) struct Cells {
    delimiter: u8,
    bom: bool,
    begun: bool,
}

impl Cells {
    pub(super) fn new(delimiter: u8, bom: bool, continued: bool) -> Self {
        Self { delimiter, bom, begun: continued }
    }

    fn record<'c>(&self, out: &mut dyn Write, cells: impl Iterator<Item = &'c str>) -> io::Result<()> {
        // Written in memory first: one that is cut off must not be half there.
        let mut bytes = Vec::new();
        let mut writer = csv::WriterBuilder::new().delimiter(self.delimiter).flexible(true).from_writer(&mut bytes);
        writer.write_record(cells)?;
        writer.flush()?;
        drop(writer);
        out.write_all(&bytes)
    }
}

impl Format for Cells {
    fn page(&mut self, out: &mut dyn Write, page: &dyn Present) -> io::Result<()> {
        if !std::mem::replace(&mut self.begun, true) {
            if self.bom {
                out.write_all("\u{FEFF}".as_bytes())?;
            }
            self.record(out, page.columns().iter().map(AsRef::as_ref))?;
        }
        page.rows(&mut |cells| {
            let cells: Vec<String> = cells.iter().map(|cell| safe(cell, self.delimiter)).collect();
            self.record(out, cells.iter().map(String::as_str))
        })
    }
}

/// A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe before it. Numbers are left alone. In
/// tab-separated values, which many programs split without asking for quotes, tabs and line ends become spaces.
fn safe(cell: &Value, delimiter: u8) -> String {
    let mut text = plain(cell);
    if delimiter == b'\t' {
        text = text.replace(['\t', '\n', '\r'], " ");
    }
    let is_text = !matches!(cell, Value::Number(_) | Value::Bool(_) | Value::Null);
    // Spreadsheets pass over white space before they look for a formula; full-width signs count in East Asian editions.
    let first = text.trim_start().chars().next();
    if is_text && (matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')) || text.starts_with(['\t', '\r', '\n'])) {
        text.insert(0, '\'');
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn no_text_is_a_formula() {
        for (cell, expected) in [
            (json!("=1+1"), "'=1+1"),
            (json!("  @SUM(A1)"), "'  @SUM(A1)"),
            (json!("-2"), "'-2"),
            (json!(-2.5), "-2.5"),
            (json!("\t=1"), "'\t=1"),
            (json!("＝1"), "'＝1"),
            (json!(["=a", "b"]), "'=a; b"),
            (json!("a=b"), "a=b"),
            (json!(null), ""),
        ] {
            assert_eq!(safe(&cell, b','), expected);
        }
        assert_eq!(safe(&json!("a\tb\nc"), b'\t'), "a b c");
    }
}
