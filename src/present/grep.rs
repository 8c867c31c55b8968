use std::borrow::Cow;
use std::io;

use foldhash::HashMap;
use serde_json::Value;

use super::escape;
use super::form::{Present, Take};
use super::lines::plain;
use crate::pieces::Lines;
use crate::search::{Answer, Hit, PieceView};
use crate::text::Span;

/// The matches of an answer, each with its place in its file, as editors read them: columns count bytes.
pub struct Grep<'a> {
    /// The answer.
    pub answer: &'a Answer,
    /// The texts of pieces as they stand in their files.
    pub source: &'a dyn Fn(&PieceView) -> Option<Source>,
    /// Whether lines have paths as they are, for programs, or made harmless.
    pub raw: bool,
}

/// The text of a piece as it stands in its file.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub lines: Lines,
    /// The lines of the file.
    pub rows: Vec<String>,
}

impl Source {
    /// The line and the column, both counted from 1, of what stands at `span` of the text. Markup, which the text has no more, moves it to the
    /// right.
    fn place(&self, span: Span) -> Option<(u64, u64)> {
        let line = self.lines.at(span.start)?;
        let column = span.start - self.lines.start(span.start)?;
        let row = self.rows.get(usize::try_from(line).ok()?.checked_sub(1)?);
        let behind = row.and_then(|row| row.get(column..));
        let more = behind.and_then(|behind| behind.find(span.of(&self.text))).unwrap_or_default();
        Some((line, (column + more + 1) as u64))
    }
}

/// The columns of matches.
pub const GREP_COLUMNS: [&str; 4] = ["path", "line", "column", "text"];

/// The line of `text` in which byte `at` stands.
fn line_at(text: &str, at: usize) -> &str {
    let start = Span::new(0, at).of(text).rfind('\n').map_or(0, |end| end + 1);
    let end = text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |end| at + end);
    Span::new(start, end).of(text)
}

/// Where in its file each match of `hit` is, with its line. Where the text is not that of the file, all are at the beginning of what it is
/// from: a record, else the file.
fn matches(hit: &Hit, source: Option<(&Source, usize)>) -> Vec<Vec<Value>> {
    let text = hit.passage.text.as_str();
    let source = source.filter(|(source, at)| source.text.get(*at..).is_some_and(|rest| rest.starts_with(text)));
    let mut spans: Vec<Span> = hit.matches.iter().map(|found| found.span).collect();
    spans.sort_unstable();
    spans.dedup();
    if spans.is_empty() {
        spans.push(Span::default());
    }
    let row = |span: Span| {
        let place = source.and_then(|(source, at)| source.place(Span::new(at + span.start, at + span.end)));
        let (line, column) = place.unwrap_or((hit.passage.line.unwrap_or(1), 1));
        vec![hit.piece.path.as_str().into(), line.into(), column.into(), line_at(text, span.start).into()]
    };
    spans.into_iter().map(row).collect()
}

impl Grep<'_> {
    /// The rows of each hit. Hits of one piece are looked at together: its file is read once.
    fn found(&self) -> Vec<Vec<Vec<Value>>> {
        let mut by_piece: HashMap<&str, Vec<(usize, &Hit)>> = HashMap::default();
        for (at, hit) in self.answer.hits.iter().enumerate() {
            by_piece.entry(&hit.piece.id).or_default().push((at, hit));
        }
        let mut found: Vec<(usize, Vec<Vec<Value>>)> = Vec::new();
        for mut hits in by_piece.into_values() {
            hits.sort_unstable_by_key(|(_, hit)| hit.passage.start);
            let source = hits.first().and_then(|(_, hit)| (self.source)(&hit.piece));
            let mut offsets = source.iter().flat_map(|source| source.text.char_indices()).map(|(offset, _)| offset);
            let mut passed = 0;
            for (at, hit) in hits {
                let offset = hit.passage.start.checked_sub(passed).and_then(|points| offsets.nth(points));
                passed = hit.passage.start + 1;
                found.push((at, matches(hit, source.as_ref().zip(offset))));
            }
        }
        found.sort_unstable_by_key(|(at, _)| *at);
        found.into_iter().map(|(_, rows)| rows).collect()
    }
}

impl Present for Grep<'_> {
    fn name(&self) -> &'static str {
        "matches"
    }

    fn columns(&self) -> Vec<Cow<'static, str>> {
        GREP_COLUMNS.map(Cow::Borrowed).to_vec()
    }

    fn rows(&self, take: Take<'_, Vec<Value>>) -> io::Result<()> {
        self.found().into_iter().flatten().try_for_each(take)
    }

    fn lines(&self, take: Take<'_, String>) -> io::Result<()> {
        self.rows(&mut |cells| {
            let mut cells = cells.iter();
            let path = cells.next().map(plain).unwrap_or_default();
            let path = if self.raw { path } else { escape::terminal(&path).into_owned() };
            take(cells.fold(path, |line, cell| format!("{line}:{}", escape::one_line(&plain(cell)))))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_file() {
        let rows = ["---", "title: T", "---", "", "Some **oil** and", "[gas](https://x.example/).", "", "Oil."];
        let source = Source {
            text: "Some oil and gas.\n\nOil.".to_owned(),
            lines: Lines::Text(vec![(0, 5), (13, 6), (19, 8)]),
            rows: rows.map(ToOwned::to_owned).to_vec(),
        };
        let place = |word: &str| {
            let at = source.text.find(word).unwrap();
            source.place(Span::new(at, at + word.len()))
        };
        assert_eq!([place("Some"), place("oil"), place("gas"), place("Oil")], [Some((5, 1)), Some((5, 8)), Some((6, 2)), Some((8, 1))]);
    }
}
