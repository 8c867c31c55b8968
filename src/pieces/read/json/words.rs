//! The words of a value that should be a text, but is made of parts.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;

use super::{html, known};
use crate::pieces::{Mapping, Piece, Reason};

/// The piece that `fields` are, the text of which may stand in lists and objects; `seen` is what a reader sees of one that does not.
pub(super) fn whole(fields: &BTreeMap<String, &RawValue>, mapping: &Mapping, seen: fn(String) -> String) -> Result<Piece, Reason> {
    let mut known = known(fields, mapping)?;
    let piece = Piece::from_fields(&known);
    if !piece.text.trim().is_empty() {
        return Ok(Piece { text: seen(piece.text), ..piece });
    }
    let values: Vec<Value> = Piece::TEXTS.iter().filter_map(|name| known.remove(*name)).collect();
    match values.iter().find_map(words) {
        Some(text) => Ok(Piece { text: html::of_markup(text), ..piece }),
        None if values.iter().any(says) => Err(Reason::Structured),
        None => Ok(piece),
    }
}

/// What texts are called in an object that is a text, or a paragraph of one.
const WORDS: [&str; 9] = ["text", "body", "content", "contents", "html", "rendered", "value", "paragraph", "p"];

/// The text in a value: a list's is that of its parts, an object's what is called so or all there is.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Array(values) => Some(values.iter().filter_map(words).collect::<Vec<_>>().join("\n\n")).filter(|text| !text.is_empty()),
        Value::Object(fields) => {
            let only = fields.values().next().filter(|_| fields.len() == 1 && !fields.contains_key("type"));
            WORDS.iter().filter_map(|name| fields.get(*name)).chain(only).find_map(words)
        }
        _ => None,
    }
}

/// Whether there are any words in a value.
fn says(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(values) => values.iter().any(says),
        Value::Object(fields) => fields.values().any(says),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{lines, read};
    use crate::pieces::{Mapping, Reason};

    #[test]
    fn a_text_may_be_made_of_parts() {
        let of_file = |text: &str| read(&format!(r#"{{"title": "A", "text": {text}}}"#), &Mapping::default());
        for (text, expected) in [
            (r#"{"html": "<p>The council</p><p>met.</p>"}"#, "The council\n\nmet."),
            (
                r#""He said:\n<p>The <i>council</i></p>\n<p>met &amp; voted.<br>Twice.</p>""#,
                "He said:\n\nThe council\n\nmet & voted.\n\nTwice.",
            ),
            (r#""a < b, &amp; <i>no</i> markup""#, "a < b, &amp; <i>no</i> markup"),
            (r#"[{"p": "The council"}, {"p": "met."}]"#, "The council\n\nmet."),
            (r#"[{"type": "paragraph", "value": "The council met."}, {"type": "rule"}]"#, "The council met."),
            (r#"{"only": {"content": ["One.", "Two."]}}"#, "One.\n\nTwo."),
        ] {
            assert_eq!(of_file(text).pieces[0].text, expected, "{text}");
            let record = format!(r#"{{"title": "A", "text": {text}}}"#);
            let record = lines(record.as_bytes(), 1_000).next().unwrap().piece(&Mapping::default()).unwrap();
            assert_eq!((record.title.as_deref(), record.text.as_str()), (Some("A"), expected));
        }
        let unknown = of_file(r#"{"one": "The council", "two": "met."}"#);
        assert_eq!((unknown.pieces.len(), &unknown.skipped[0].reason), (0, &Reason::Structured));
        for empty in ["{}", "[]", "null", r#"{"html": ""}"#] {
            assert_eq!(of_file(empty).pieces[0].title.as_deref(), Some("A"), "{empty}");
        }
    }
}
