//! Rows as JSON: an object or a text for each, one a line or all in an array.

use std::{fmt, io};

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::CellPosition;
use super::cursor::Cursor;
use super::lines::{Line, Lines};
use super::row::{Row, RowError, cell, twice};

/// What is written of a row, and where.
#[derive(Debug, Default)]
pub(super) struct Written {
    text: String,
    start: CellPosition,
    /// What is wrong with it, whatever it says.
    fault: Option<&'static str>,
}

/// The elements of an array, one by one.
#[derive(Debug, Default)]
pub(super) struct Elements {
    cursor: Cursor,
    /// Whether an array has begun and not ended.
    is_open: bool,
    failed: bool,
}

/// The longest element, in bytes.
const LONGEST: usize = 1 << 20;

impl From<Line> for Written {
    fn from(line: Line) -> Self {
        let start = CellPosition { line: line.number, column: 1, quoted: false };
        Self { text: line.text, start, fault: line.fault }
    }
}

impl Elements {
    /// The next element; `None` behind the last. A string that is not closed in its line ends its element there: what follows is read on.
    pub(super) fn next(&mut self, lines: &mut Lines) -> io::Result<Option<Written>> {
        let mut element = Written::default();
        let (mut depth, mut in_string, mut is_escaped) = (0_usize, false, false);
        while !self.failed {
            let Some(c) = self.cursor.rest().chars().next() else {
                if in_string {
                    return Ok(Some(element));
                }
                let fault = if self.cursor.go_on(lines)? {
                    self.cursor.fault()
                } else if self.is_open && element.text.is_empty() {
                    Some("an array that is not closed")
                } else {
                    return Ok(Some(element).filter(|element| !element.text.is_empty()));
                };
                if fault.is_some() || element.text.len() > LONGEST {
                    self.failed = true;
                    return Ok(Some(Written { start: self.cursor.position(), fault: fault.or(Some("longer than 1 MiB")), ..element }));
                }
                if !element.text.is_empty() {
                    element.text.push('\n');
                }
                continue;
            };
            let position = self.cursor.position();
            self.cursor.pass(c.len_utf8());
            let is_first = element.text.is_empty();
            match c {
                _ if is_escaped => is_escaped = false,
                '\\' if in_string => is_escaped = true,
                '"' => in_string = !in_string,
                _ if in_string => {}
                '[' if !self.is_open && is_first => {
                    self.is_open = true;
                    continue;
                }
                ',' | ']' if depth == 0 && self.is_open => {
                    self.is_open = c == ',';
                    if is_first {
                        continue;
                    }
                    return Ok(Some(element));
                }
                '{' | '[' => depth += 1,
                '}' | ']' => depth = depth.saturating_sub(1),
                _ if is_first && c.is_whitespace() => continue,
                _ => {}
            }
            if is_first {
                element.start = position;
            }
            element.text.push(c);
        }
        Ok(None)
    }
}

/// The members of an object as they come: a map would keep the last of two that are called the same.
struct Members(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(object: D) -> Result<Self, D::Error> {
        object.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Members, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = object.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}

impl Written {
    /// The row that is written so, and what is wrong with it. A text is a query.
    pub(super) fn row(self) -> (Row, Option<RowError>) {
        let Self { text, start, fault } = self;
        let mut row = Row { line: start.line, ..Row::default() };
        if let Some(fault) = fault {
            return (row, Some(RowError::at(start.line, start.column, fault)));
        }
        let read = if text.trim_start().starts_with('"') {
            serde_json::from_str::<String>(&text).map(|query| Members(vec![("query".to_owned(), query.into())]))
        } else {
            serde_json::from_str::<Members>(&text)
        };
        let bad = match read {
            Ok(Members(fields)) => {
                let mut wrong = twice(fields.iter().map(|(name, _)| name))
                    .map(|name| RowError::at(start.line, start.column, format!("two members are called {name}")));
                for (name, value) in fields {
                    // Where the value stands: exact unless its text occurs earlier in the row, or is written with escapes.
                    let written = value.to_string();
                    let (line, column) = text.find(&written).map_or((start.line, start.column), |at| start.of(&text, at));
                    match cell(&name, value) {
                        Ok(value) => row.put(&name, value, CellPosition { line, column, quoted: written.starts_with('"') }),
                        Err(problem) => wrong = wrong.or(Some(RowError::at(line, column, problem))),
                    }
                }
                wrong
            }
            Err(error) => {
                let before: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
                let (line, column) = start.of(&text, before + error.column().saturating_sub(1));
                let problem = error.to_string();
                let problem = problem.split(" at line ").next().unwrap_or_default();
                Some(RowError::at(line, column, format!("not a JSON object: {problem}")))
            }
        };
        (row, bad)
    }
}
