//! The fields at the top of a Markdown file: YAML between `---`, or TOML between `+++`.

mod by_line;

use serde_json::{Map, Value};

/// The fields of `text`, and the byte at which its body begins. Fields that YAML refuses are read line by line. A text without front matter,
/// or with what is broken beyond that, has no fields and is all body: better a word too many than one lost.
pub(super) fn split(text: &str) -> (Map<String, Value>, usize) {
    for (fence, parse) in [("---", yaml as fn(&str) -> Option<Value>), ("+++", toml)] {
        let Some((fields, body)) = fenced(text, fence) else { continue };
        let read = match parse(fields) {
            Some(Value::Object(fields)) => Some(fields),
            _ if fence == "---" => by_line::read(fields),
            _ => None,
        };
        if let Some(fields) = read {
            return (fields, body);
        }
    }
    (Map::new(), 0)
}

/// What stands between the first line, if that is `fence`, and the next line that is, and the byte behind that.
fn fenced<'t>(text: &'t str, fence: &str) -> Option<(&'t str, usize)> {
    let first = text.split_inclusive('\n').next().filter(|line| line.trim_end() == fence)?;
    let mut at = first.len();
    for line in text.get(at..)?.split_inclusive('\n') {
        let closes = line.trim_end() == fence || (fence == "---" && line.trim_end() == "...");
        if closes {
            return Some((text.get(first.len()..at)?, at + line.len()));
        }
        at += line.len();
    }
    None
}

fn yaml(fields: &str) -> Option<Value> {
    serde_saphyr::from_str(fields).ok()
}

fn toml(fields: &str) -> Option<Value> {
    // For each part of a key all those before it are looked at.
    if fields.lines().any(|line| line.matches('.').count() > DOTS) {
        return None;
    }
    let table: toml::Table = fields.parse().ok()?;
    let fields = table.into_iter().map(|(key, value)| (key, from_toml(value))).collect();
    Some(Value::Object(fields))
}

/// The most dots in a line of fields.
const DOTS: usize = 5_000;

/// A TOML value as JSON; dates, which JSON has not, as they are written.
fn from_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Array(values) => Value::Array(values.into_iter().map(from_toml).collect()),
        toml::Value::Table(table) => Value::Object(table.into_iter().map(|(key, value)| (key, from_toml(value))).collect()),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Integer(number) => Value::String(number.to_string()),
        toml::Value::Float(number) => Value::String(number.to_string()),
        toml::Value::Boolean(flag) => Value::Bool(flag),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_split_from_the_body() {
        let text = "---\ntitle: \"A: B\"\ndate: 2024-01-24\ntags: [a, b]\n---\nBody";
        let (fields, body) = split(text);
        assert_eq!((&fields["title"], &fields["date"], &fields["tags"][1]), (&"A: B".into(), &"2024-01-24".into(), &"b".into()));
        assert_eq!(text.get(body..), Some("Body"));
        let (fields, _) = split("+++\ntitle = \"A\"\ndate = 2024-01-24\n+++\nBody");
        assert_eq!((&fields["title"], &fields["date"]), (&"A".into(), &"2024-01-24".into()));
    }

    #[test]
    fn a_slip_in_the_fields_makes_no_text_of_them() {
        let text = "---\r\ntitle: China: the next step\r\ndate: 2024-05-05\r\n---\r\nBody";
        let (fields, body) = split(text);
        assert_eq!((&fields["title"], &fields["date"]), (&"China: the next step".into(), &"2024-05-05".into()));
        assert_eq!(text.get(body..), Some("Body"));
        // A talk between two rules.
        assert_eq!(split("---\nSmith: Well: yes.\nJones: No.\n---\nBody"), (Map::new(), 0));
    }

    #[test]
    fn hostile_texts_are_read_once() {
        let text = format!("+++\n{}a = 1\n+++\nBody", "a.".repeat(2_000_000));
        assert_eq!(split(&text), (Map::new(), 0));
    }

    #[test]
    fn what_is_no_front_matter_is_body() {
        for text in ["Body", "---\nno end", "---\n: : [broken\n---\nBody", "---\njust a line\n---\nBody", ""] {
            let (fields, body) = split(text);
            assert!(fields.is_empty() && body == 0, "{text}");
        }
    }
}
