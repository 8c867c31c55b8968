//! XML, event by event, for the formats that are made of it.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use crate::pieces::Reason;
use crate::pieces::piece::one_line;

/// What is met in XML.
pub(super) enum Node<'x> {
    /// The beginning of an element of this name, without its prefix.
    Open(&'x str, &'x Attributes<'x>),
    /// The end of one.
    Close(&'x str),
    /// Text, its references resolved.
    Text(&'x str),
}

/// The attributes of an element.
pub(super) struct Attributes<'x>(BytesStart<'x>);

impl Attributes<'_> {
    /// The value of the attribute of this name, without its prefix.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let found = self.0.attributes().with_checks(false).flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
        Some(found.normalized_value(XmlVersion::Implicit1_0).map_or_else(|_| found.value.to_string(), Cow::into_owned))
    }
}

/// Shows `visit` everything in `text`, to where it ends or is broken. Deep nesting costs nothing here, but is refused beyond `depth` for what
/// is done with it.
pub(super) fn walk(text: &str, depth: usize, visit: &mut dyn FnMut(Node<'_>)) -> Result<(), Reason> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut open = 0_usize;
    loop {
        match reader.read_event().map_err(|error| Reason::Broken(format!("its XML: {error}")))? {
            Event::Eof => return Ok(()),
            Event::Start(start) => {
                open += 1;
                if open > depth {
                    return Err(Reason::TooDeep(depth));
                }
                let start = Attributes(start);
                visit(Node::Open(start.0.local_name().as_ref(), &start));
            }
            Event::Empty(start) => {
                let start = Attributes(start);
                visit(Node::Open(start.0.local_name().as_ref(), &start));
                visit(Node::Close(start.0.local_name().as_ref()));
            }
            Event::End(end) => {
                open = open.saturating_sub(1);
                visit(Node::Close(end.local_name().as_ref()));
            }
            Event::Text(text) => visit(Node::Text(&text.xml10_content())),
            Event::CData(text) => visit(Node::Text(&text.xml10_content())),
            Event::GeneralRef(reference) => {
                let name = reference.xml10_content();
                match reference.resolve_char_ref() {
                    Ok(Some(c)) => visit(Node::Text(c.encode_utf8(&mut [0; 4]))),
                    _ => visit(Node::Text(resolve_predefined_entity(&name).unwrap_or(" "))),
                }
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// Paragraphs as they are gathered from a document.
#[derive(Default)]
pub(super) struct Paragraphs {
    all: Vec<String>,
    current: String,
    /// The rows of tables that are open, each in a cell of the one before it.
    rows: Vec<Row>,
}

/// A row of a table, as far as it was read. It is a paragraph, unless its cells are texts of their own.
struct Row {
    /// The number of its first paragraph, and of the first of the cell that is open.
    first: usize,
    cell: usize,
    /// How many cells say something.
    filled: usize,
    is_layout: bool,
}

/// A cell with more paragraphs, …
const PARAGRAPHS_OF_CELL: usize = 3;
/// … or more characters, is a text of its own, and what it stands in is a page that was laid out by a table.
const CHARACTERS_OF_CELL: usize = 300;

impl Paragraphs {
    /// Adds to the paragraph that is open.
    pub(super) fn push(&mut self, text: &str) {
        self.current.push_str(text);
    }

    /// Sets off the lines of the paragraph that is open, as Markdown does with quotations.
    pub(super) fn set_off(&mut self) {
        let lines: Vec<String> = self.current.lines().map(|line| format!("> {line}")).collect();
        self.current = lines.join("\n");
        self.keep_row();
    }

    /// Begins a row of a table.
    pub(super) fn open_row(&mut self) {
        self.end();
        // The rows of a table in a cell are not put into one.
        self.keep_row();
        self.rows.push(Row { first: self.all.len(), cell: self.all.len(), filled: 0, is_layout: false });
    }

    /// Whether a row is open.
    pub(super) const fn is_in_row(&self) -> bool {
        !self.rows.is_empty()
    }

    fn keep_row(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.is_layout = true;
        }
    }

    /// Ends a cell of the row that is open.
    pub(super) fn end_cell(&mut self) {
        self.end();
        if let Some(row) = self.rows.last_mut() {
            let cell = self.all.get(row.cell..).unwrap_or_default();
            let characters: usize = cell.iter().map(|paragraph| paragraph.chars().count()).sum();
            row.filled += usize::from(!cell.is_empty());
            row.is_layout |= cell.len() > PARAGRAPHS_OF_CELL || characters > CHARACTERS_OF_CELL;
            row.cell = self.all.len();
        }
    }

    /// Ends the row that is open. Its cells have a space between them, as those of tables in pages do.
    pub(super) fn end_row(&mut self) {
        self.end_cell();
        if let Some(row) = self.rows.pop()
            && row.filled > 1
            && !row.is_layout
        {
            let cells = self.all.split_off(row.first);
            self.all.push(one_line(&cells.join(" ")));
        }
    }

    /// Ends the paragraph, and gives it if there is anything in it.
    pub(super) fn end(&mut self) -> Option<&str> {
        let lines: Vec<String> = self.current.split('\n').map(one_line).filter(|line| !line.is_empty()).collect();
        self.current.clear();
        if lines.is_empty() {
            return None;
        }
        self.all.push(lines.join("\n"));
        self.all.last().map(String::as_str)
    }

    /// How long its text will be from the paragraph `first` on, in bytes with what stands behind each.
    pub(super) fn len_from(&self, first: usize) -> usize {
        self.all.get(first..).unwrap_or_default().iter().map(|paragraph| paragraph.len() + 2).sum()
    }

    /// How many paragraphs there are so far.
    pub(super) const fn count(&self) -> usize {
        self.all.len()
    }

    /// All of it, an empty line between.
    pub(super) fn into_text(mut self) -> String {
        self.end();
        self.all.join("\n\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> (String, bool) {
        let mut out = String::new();
        let result = walk(text, 10, &mut |node| match node {
            Node::Open(name, attributes) => out.extend(["<", name, &attributes.get("a").unwrap_or_default(), ">"]),
            Node::Close(name) => out.extend(["</", name, ">"]),
            Node::Text(text) => out.push_str(text),
        });
        (out, result.is_ok())
    }

    #[test]
    fn elements_and_text_come_in_order() {
        let (out, _) = seen("<?xml version='1.0'?><w:p w:a='1 &amp; 2'>a &lt;&#x4E2D;<br/><![CDATA[<b>]]></w:p>");
        assert_eq!(out, "<p1 & 2>a <中<br></br><b></p>");
    }

    #[test]
    fn a_row_is_a_paragraph_unless_its_cells_are_texts() {
        let long = "They met again, and talked. ".repeat(20);
        let text = |row: &[&[&str]]| {
            let mut paragraphs = Paragraphs::default();
            paragraphs.push("Above.");
            paragraphs.open_row();
            for cell in row {
                cell.iter().for_each(|paragraph| {
                    paragraphs.push(paragraph);
                    paragraphs.end();
                });
                paragraphs.end_cell();
            }
            paragraphs.end_row();
            paragraphs.push("Below.");
            paragraphs.into_text().split("\n\n").map(ToOwned::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(text(&[&["Iran"], &[], &["42\n43"]]), ["Above.", "Iran 42 43", "Below."]);
        assert_eq!(text(&[&["Iran", "(Islamic Republic)"], &["42"]]), ["Above.", "Iran (Islamic Republic) 42", "Below."]);
        assert_eq!(text(&[&["One.", "Two."]]), ["Above.", "One.", "Two.", "Below."]);
        assert_eq!(text(&[&["One", "two", "three", "four"], &["five"]]).len(), 7);
        assert_eq!(text(&[&["One"], &[long.trim()]]), ["Above.", "One", long.trim(), "Below."]);
    }

    #[test]
    fn what_is_broken_or_deep_gives_what_stands_before_it() {
        assert_eq!(seen("<a>text<b"), ("<a>text".to_owned(), false));
        assert!(!seen(&"<a>".repeat(1_000_000)).1);
        // A reference to something defined in the file itself is not followed: that may grow without end.
        assert_eq!(seen("<!DOCTYPE a [<!ENTITY x 'xxxx'>]><a>&x;</a>").0, "<a> </a>");
    }
}
