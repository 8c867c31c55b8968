//! XML, event by event, for the formats that are made of it.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use crate::pieces::Reason;

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
}

impl Paragraphs {
    /// Adds to the paragraph that is open.
    pub(super) fn push(&mut self, text: &str) {
        self.current.push_str(text);
    }

    /// Sets off the lines of the paragraph that is open, as Markdown does with quotations.
    pub(super) fn set_off(&mut self) {
        let lines: Vec<String> = self.current.lines().map(|line| format!("> {line}")).collect();
        self.current = lines.join("\n");
    }

    /// Ends the paragraph, and gives it if there is anything in it.
    pub(super) fn end(&mut self) -> Option<&str> {
        let lines: Vec<String> = self.current.split('\n').map(crate::pieces::piece::one_line).filter(|line| !line.is_empty()).collect();
        self.current.clear();
        if lines.is_empty() {
            return None;
        }
        self.all.push(lines.join("\n"));
        self.all.last().map(String::as_str)
    }

    /// How long the text is so far, in bytes.
    pub(super) fn len(&self) -> usize {
        self.all.iter().map(|paragraph| paragraph.len() + 2).sum()
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
    fn what_is_broken_or_deep_gives_what_stands_before_it() {
        assert_eq!(seen("<a>text<b"), ("<a>text".to_owned(), false));
        assert!(!seen(&"<a>".repeat(1_000_000)).1);
        // A reference to something defined in the file itself is not followed: that may grow without end.
        assert_eq!(seen("<!DOCTYPE a [<!ENTITY x 'xxxx'>]><a>&x;</a>").0, "<a> </a>");
    }
}
