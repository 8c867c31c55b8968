//! Topics as TREC has them: `<top> <num> … <title> … </top>`, and as XML, `<topic number="…"> <query> … </query> </topic>`.

use std::io;

use super::CellPosition;
use super::cursor::Cursor;
use super::lines::Lines;
use super::row::{Row, RowError};
use crate::pieces::decoded;

/// The part of a topic in which a reader is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Inside {
    Number,
    Query,
    /// One that is passed over.
    Other,
}

/// The next topic. Its query may go on over lines, until any tag ends it.
pub(super) fn topic(cursor: &mut Cursor, lines: &mut Lines) -> io::Result<Option<(Row, Option<RowError>)>> {
    let mut topic: Option<(Row, &str)> = None;
    let mut query: Option<(String, CellPosition)> = None;
    let mut inside = Inside::Other;
    let unclosed = |(row, end): (Row, &str)| {
        let bad = RowError::at(row.line, 1, format!("a topic without {end}"));
        (row, Some(bad))
    };
    loop {
        if cursor.rest().is_empty() {
            if !cursor.go_on(lines)? {
                return Ok(topic.map(unclosed));
            }
            // What cannot be read matters where it may be a query.
            if let Some(fault) = cursor.fault().filter(|_| topic.is_none() || inside == Inside::Query) {
                let line = cursor.position().line;
                let (row, _) = topic.unwrap_or_else(|| (Row { line, ..Row::default() }, ""));
                return Ok(Some((row, Some(RowError::at(line, 1, fault)))));
            }
        }
        let (text, tag) = parted(cursor.rest());
        let (text, tag) = (text.to_owned(), tag.map(ToOwned::to_owned));
        if let (Some((row, _)), Inside::Number) = (&mut topic, inside)
            && row.qid.is_empty()
        {
            text.trim().trim_start_matches("Number:").trim().clone_into(&mut row.qid);
        }
        let said = text.trim_start();
        let said = if query.is_none() { said.trim_start_matches("Topic:").trim_start() } else { said };
        cursor.pass(text.len() - said.len());
        if inside == Inside::Query && !said.is_empty() {
            query.get_or_insert_with(|| (String::new(), cursor.position())).0.extend([said.trim_end(), " "]);
        }
        cursor.pass(said.len());
        let Some(tag) = tag else { continue };
        let name = tag.trim_start_matches('<').split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or_default();
        match (name.to_ascii_lowercase().as_str(), &mut topic) {
            // The tag is that of the next.
            ("top" | "topic", Some(_)) => return Ok(topic.map(unclosed)),
            (begun @ ("top" | "topic"), None) => {
                let qid = ["number", "id"].into_iter().find_map(|name| attribute(&tag, name)).map(|value| decoded(value.to_owned()));
                let row = Row { line: cursor.position().line, qid: qid.unwrap_or_default(), ..Row::default() };
                topic = Some((row, if begun == "top" { "</top>" } else { "</topic>" }));
                inside = Inside::Other;
            }
            ("num", Some(_)) => inside = Inside::Number,
            ("title" | "query", Some(_)) if query.is_none() => inside = Inside::Query,
            ("/top" | "/topic", Some((row, _))) => {
                let bad = query.is_none().then(|| RowError {
                    hint: Some("the query of a topic stands in its <title> or <query>".to_owned()),
                    ..RowError::at(row.line, 1, "no query in this row")
                });
                if let Some((text, position)) = query {
                    row.put_cell("query", &decoded(text), position);
                }
                cursor.pass(tag.len());
                return Ok(topic.map(|(row, _)| (row, bad)));
            }
            _ => inside = Inside::Other,
        }
        cursor.pass(tag.len());
    }
}

/// What stands before the first tag of a line, and the tag, if there is one.
fn parted(line: &str) -> (&str, Option<&str>) {
    let begins = |&(at, _): &(usize, &str)| {
        let next = line.get(at + 1..).and_then(|behind| behind.chars().next());
        next.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
    };
    let Some((at, _)) = line.match_indices('<').find(begins) else { return (line, None) };
    let (text, behind) = line.split_at(at);
    (text, Some(behind.find('>').map_or(behind, |end| behind.split_at(end + 1).0)))
}

/// The value of an attribute in quotation marks.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, behind) = tag.split_once(&format!(" {name}="))?;
    ['"', '\''].into_iter().find_map(|mark| behind.strip_prefix(mark)?.split(mark).next())
}
