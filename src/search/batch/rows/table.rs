//! Tables, cell by cell, with the position of each: who has to mend a row is told where.

use std::io;

use super::lines::{Line, Lines};
use super::position::CellPosition;

/// A cell, and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) position: CellPosition,
}

/// A row of cells, or what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    /// The line in which it begins.
    pub(super) line: u64,
    pub(super) cells: Vec<Cell>,
    /// What is wrong, and in which column.
    pub(super) fault: Option<(String, u64)>,
}

/// How many lines a cell in quotation marks may have before the mark counts as never closed.
const LINES: usize = 1_000;

/// The next row of a table with `delimiter` between cells; `None` behind the last. `width` is how many cells its header has, if it has one.
///
/// A cell in quotation marks may hold delimiters and line ends, and quotation marks written twice. What goes on behind the closing mark was
/// not meant so: `"arms control" AND oil` is a query with a phrase. In tab-separated tables, which few programs quote, a cell counts as quoted
/// only if it has a quotation mark written twice inside, or goes over lines in a table with a header (see [`over_lines`]).
pub(super) fn record(lines: &mut Lines, delimiter: char, width: Option<usize>) -> io::Result<Option<Record>> {
    let Some(first) = lines.next()? else { return Ok(None) };
    let mut record = Record { line: first.number, ..Record::default() };
    if let Some(fault) = first.fault {
        record.fault = Some((fault.to_owned(), 1));
        return Ok(Some(record));
    }
    if let Some(width) = width.filter(|_| delimiter == '\t')
        && let Some(cells) = over_lines(lines, &first, width)?
    {
        return Ok(Some(Record { cells, ..record }));
    }
    let mut reader = Reader::new(lines, &first);
    loop {
        let start = reader.position();
        let quoted = if delimiter == '\t' { reader.quoted_tab() } else { reader.quoted(delimiter, |_| false)? };
        record.cells.push(match quoted {
            Quoted::Cell(text) => Cell { text, position: CellPosition { quoted: true, ..start } },
            Quoted::Not => Cell { text: reader.plain(delimiter), position: start },
            Quoted::Open => {
                record.fault = Some(("an unclosed quotation mark".to_owned(), start.column));
                record.cells.clear();
                // The lines behind belong to other rows.
                let taken = std::mem::take(&mut reader.taken);
                taken.into_iter().rev().for_each(|line| lines.unread(line));
                return Ok(Some(record));
            }
        });
        if !reader.skip(delimiter) {
            return Ok(Some(record));
        }
    }
}

/// The cells of a row of a tab-separated table that begins with `first` and goes over several lines, for one of its cells is quoted and does.
///
/// Spreadsheets write such rows; people write marks that are never closed. So all cells together have to be as many as those of the header,
/// and not each line a row by itself.
fn over_lines(lines: &mut Lines, first: &Line, width: usize) -> io::Result<Option<Vec<Cell>>> {
    if !first.text.split('\t').any(|cell| cell.starts_with('"')) {
        return Ok(None);
    }
    let is_row = |line: &Line| line.text.split('\t').count() == width;
    let begins_whole = is_row(first) && width > 1;
    let mut reader = Reader::new(lines, first);
    let mut cells = Vec::new();
    let is_over = loop {
        let start = reader.position();
        let cell = match reader.quoted_tab() {
            Quoted::Not if reader.opens() => reader.quoted('\t', |line| begins_whole && is_row(line))?,
            cell => cell,
        };
        cells.push(match cell {
            Quoted::Cell(text) => Cell { text, position: CellPosition { quoted: true, ..start } },
            Quoted::Not => Cell { text: reader.plain('\t'), position: start },
            Quoted::Open => break false,
        });
        if !reader.skip('\t') {
            break !reader.taken.is_empty() && cells.len() == width;
        }
    };
    if is_over {
        return Ok(Some(cells));
    }
    let taken = std::mem::take(&mut reader.taken);
    taken.into_iter().rev().for_each(|line| lines.unread(line));
    Ok(None)
}

struct Reader<'l> {
    lines: &'l mut Lines,
    line: String,
    number: u64,
    at: usize,
    /// A byte of the line, and the code points before it: those of the next cell are counted on from there.
    counted: (usize, usize),
    /// The lines read behind the first.
    taken: Vec<Line>,
}

enum Quoted {
    Cell(String),
    Not,
    Open,
}

impl<'l> Reader<'l> {
    fn new(lines: &'l mut Lines, first: &Line) -> Self {
        Self { lines, line: first.text.clone(), number: first.number, at: 0, counted: (0, 0), taken: Vec::new() }
    }

    /// Where it stands.
    fn position(&mut self) -> CellPosition {
        let (at, before) = self.counted;
        let more = self.line.get(at..self.at).unwrap_or_default().chars().count();
        self.counted = (self.at, before + more);
        CellPosition { line: self.number, column: (before + more) as u64 + 1, quoted: false }
    }

    /// Whether a mark begins here that is not closed in this line.
    fn opens(&self) -> bool {
        let Some(mut inside) = self.rest().strip_prefix('"') else { return false };
        while let Some((_, behind)) = inside.split_once('"') {
            let Some(behind) = behind.strip_prefix('"') else { return false };
            inside = behind;
        }
        true
    }

    fn rest(&self) -> &str {
        self.line.get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self, delimiter: char) -> bool {
        let is_there = self.rest().starts_with(delimiter);
        if is_there {
            self.at += delimiter.len_utf8();
        }
        is_there
    }

    fn plain(&mut self, delimiter: char) -> String {
        // A phrase in the middle may hold the delimiter: only whole cells are quoted, but a mark that opens at the beginning is closed.
        let rest = self.rest();
        let from = rest.strip_prefix('"').and_then(|inside| inside.find('"')).map_or(0, |close| close + 2);
        let end = rest.get(from..).and_then(|tail| tail.find(delimiter)).map_or(rest.len(), |found| from + found);
        let text = rest.get(..end).unwrap_or_default().to_owned();
        self.at += end;
        text
    }

    /// A cell in quotation marks, if one starts here. It does not go over a line that `ends` it.
    fn quoted(&mut self, delimiter: char, ends: impl Fn(&Line) -> bool) -> io::Result<Quoted> {
        let at = self.at;
        if !self.rest().starts_with('"') {
            return Ok(Quoted::Not);
        }
        self.at += 1;
        let mut text = String::new();
        loop {
            match self.rest().find('"') {
                Some(found) => {
                    text.push_str(self.rest().get(..found).unwrap_or_default());
                    self.at += found + 1;
                    if self.rest().starts_with('"') {
                        text.push('"');
                        self.at += 1;
                    } else if self.rest().is_empty() || self.rest().starts_with(delimiter) {
                        return Ok(Quoted::Cell(text));
                    } else if self.taken.is_empty() {
                        self.at = at;
                        return Ok(Quoted::Not);
                    } else {
                        return Ok(Quoted::Open);
                    }
                }
                None => {
                    text.push_str(self.rest());
                    text.push('\n');
                    match self.lines.next()? {
                        Some(next) if next.fault.is_none() && self.taken.len() < LINES && !ends(&next) => {
                            (self.line, self.number, self.at, self.counted) = (next.text.clone(), next.number, 0, (0, 0));
                            self.taken.push(next);
                        }
                        next => {
                            self.taken.extend(next);
                            return Ok(Quoted::Open);
                        }
                    }
                }
            }
        }
    }

    /// A cell of a tab-separated table that is surely quoted: it begins and ends with a mark, and every mark inside is written twice.
    fn quoted_tab(&mut self) -> Quoted {
        let cell = self.rest().split('\t').next().unwrap_or_default();
        let inside = cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"')).unwrap_or_default();
        if inside.contains("\"\"") && !inside.replace("\"\"", "").contains('"') {
            let text = inside.replace("\"\"", "\"");
            self.at += cell.len();
            return Quoted::Cell(text);
        }
        Quoted::Not
    }
}

/// The delimiter of the table that begins with `line`: the one that makes most of it, a header with `query` before all else.
pub(super) fn delimiter(line: &str) -> char {
    let score = |delimiter: char| {
        let outside = outline(line, delimiter);
        let cells: Vec<&str> = outside.split(delimiter).collect();
        let header = cells.iter().any(|cell| cell.trim().eq_ignore_ascii_case("query"));
        (header && cells.len() > 1, cells.len())
    };
    let mut best = (',', score(','));
    for other in [';', '\t', '|'] {
        let found = score(other);
        if found > best.1 {
            best = (other, found);
        }
    }
    best.0
}

/// A line without quotation marks, and without the delimiters between them: what is left is parted as its cells are.
pub(super) fn outline(line: &str, delimiter: char) -> String {
    let mut inside = false;
    let mut outside = String::new();
    for c in line.chars() {
        if c == '"' {
            inside = !inside;
        } else if !inside || c != delimiter {
            outside.push(c);
        }
    }
    outside
}
