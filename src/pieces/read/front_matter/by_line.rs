//! Fields that YAML refuses, read line by line: a slip in one must not cost the others, nor make text of them.

use std::iter::once;

use serde_json::{Map, Value};

use crate::pieces::Piece;

/// A key, with what stands behind it and below.
struct Entry<'t> {
    key: &'t str,
    value: &'t str,
    below: Vec<&'t str>,
}

/// The longest block that is looked at, in bytes: fields are a few lines.
const LONGEST: usize = 1 << 18;

/// The fields of `block`, if it is one of fields: most of its lines begin one, and one at least says something of a piece. Whatever else
/// stands below a rule, such as who said what in a talk, is text.
pub(super) fn read(block: &str) -> Option<Map<String, Value>> {
    if block.len() > LONGEST {
        return None;
    }
    let (mut entries, mut others) = (Vec::<Entry<'_>>::new(), 0);
    for line in block.lines() {
        match (begun(line), entries.last_mut()) {
            (begun, Some(last)) if last.goes_on(line, begun.as_ref()) => last.below.push(line),
            (Some(entry), _) => entries.push(entry),
            (None, _) if says_nothing(line) => {}
            (None, _) => others += 1,
        }
    }
    let says_something = entries.iter().any(|entry| Piece::is_field(entry.key));
    (says_something && entries.len() > others).then(|| fields(&entries))
}

/// What the entries say of a piece: of several with one key the first that says anything.
fn fields(entries: &[Entry<'_>]) -> Map<String, Value> {
    let mut fields = Map::new();
    for entry in entries.iter().filter(|entry| Piece::is_field(entry.key)) {
        let is_known = fields.keys().any(|key: &String| key.eq_ignore_ascii_case(entry.key));
        if !is_known && let Some(value) = entry.read() {
            fields.insert(entry.key.to_owned(), value);
        }
    }
    fields
}

/// The entry that begins in `line`, if one does.
fn begun(line: &str) -> Option<Entry<'_>> {
    let (key, value) = line.trim().split_once([':', '：'])?;
    let key = key.trim_end().trim_matches(['"', '\'']);
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    // Without a space it may as well be an address, or the time of day.
    let is_apart = value.is_empty() || value.starts_with([' ', '\t']) || Piece::is_field(key) && !value.starts_with("//");
    (is_key && is_apart).then(|| Entry { key, value: value.trim(), below: Vec::new() })
}

fn says_nothing(line: &str) -> bool {
    let line = line.trim_start();
    line.is_empty() || line.starts_with('#')
}

/// What `line` says as an entry of a list.
fn item(line: &str) -> Option<&str> {
    line.trim().strip_prefix('-').filter(|item| item.is_empty() || item.starts_with([' ', '\t']))
}

impl Entry<'_> {
    /// Whether it says what it says below.
    fn is_open(&self) -> bool {
        matches!(self.value, "" | "|" | "|-" | ">" | ">-")
    }

    /// Whether `line`, in which `begun` seems to begin, belongs to it.
    fn goes_on(&self, line: &str, begun: Option<&Entry<'_>>) -> bool {
        if says_nothing(line) {
            return true;
        }
        if item(line).is_some() {
            return self.is_open();
        }
        // A field that was set in by a slip is one all the same.
        let is_field = begun.is_some_and(|entry| Piece::is_field(entry.key)) && !self.is_open();
        line.starts_with([' ', '\t']) && !is_field
    }

    /// What it says: as YAML, where that is what it is; else as it looks.
    fn read(&self) -> Option<Value> {
        let head = format!("{}: {}", self.key, self.value);
        let written: Vec<&str> = once(head.as_str()).chain(self.below.iter().copied()).collect();
        if let Some(Value::Object(fields)) = super::yaml(&written.join("\n")) {
            return fields.into_iter().next().map(|(_, value)| value).filter(|value| !value.is_null());
        }
        let items = list(self.below.iter().filter_map(|line| item(line)));
        if self.is_open() && !items.is_empty() {
            return Some(Value::Array(items));
        }
        let value = if self.is_open() { "" } else { self.value };
        let below = self.below.iter().filter(|line| !says_nothing(line)).map(|line| line.trim());
        let text = once(value).chain(below).collect::<Vec<_>>().join(" ");
        // A list, be it never closed; but no title that begins with a remark in brackets.
        let inside = text.trim().strip_prefix('[').map(|inside| inside.strip_suffix(']').unwrap_or(inside));
        match inside.filter(|inside| !inside.contains(']')) {
            Some(inside) => Some(Value::Array(list(inside.split(',')))),
            None => Some(bare(&text)).filter(|text| !text.is_empty()).map(Value::String),
        }
    }
}

fn list<'t>(items: impl Iterator<Item = &'t str>) -> Vec<Value> {
    items.map(bare).filter(|item| !item.is_empty()).map(Value::String).collect()
}

/// A value without the quotation marks around all of it, and without what is no character of a text.
fn bare(text: &str) -> String {
    let text = text.replace('\t', " ").replace(char::is_control, "");
    let text = text.trim();
    let inside = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote).filter(|inside| !inside.contains(quote));
    // A mark that nobody closed is none; an apostrophe is.
    let unclosed = || text.strip_prefix('"').filter(|inside| !inside.contains('"'));
    inside('"').or_else(|| inside('\'')).or_else(unclosed).unwrap_or(text).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn told(block: &str) -> Value {
        read(block).map_or(Value::Null, Value::Object)
    }

    #[test]
    fn a_slip_costs_nothing() {
        let rest = json!({"date": "2024-05-05", "author": "Ann Lee", "tags": ["oil", "war: a view"]});
        for (slip, title) in [
            ("title: China: the next step", "China: the next step"),
            ("title: \"China\" again", "\"China\" again"),
            ("title: \"A\" and \"B\"", "\"A\" and \"B\""),
            ("title: 'China': the next step", "'China': the next step"),
            ("title: \"China, unclosed", "China, unclosed"),
            ("title: @handle said", "@handle said"),
            ("title: `China`", "`China`"),
            ("title: %China", "%China"),
            ("title: [Update] China: more", "[Update] China: more"),
            ("title: one\ntitle: two", "one"),
            ("title:\nTitle: two: three", "two: three"),
            ("title: a: b\n  in two lines", "a: b in two lines"),
            ("title: \"a\u{1}b\u{7}\"", "ab"),
            ("title:China", "China"),
            ("title：中国：下一步", "中国：下一步"),
            ("\"title\": x: y", "x: y"),
            ("# a remark\n\ntitle: x: y", "x: y"),
            ("layout: post\n\ttitle: tab", "tab"),
            ("a line that is none\ntitle: x", "x"),
        ] {
            for (before, after) in [("", slip), (slip, "")] {
                let block = format!("{before}\ndate: 2024-05-05\nauthor: 'Ann Lee'\ntags:\n- oil\n- \"war: a view\"\n{after}\n");
                let mut expected = rest.clone();
                let key = if slip.contains("Title") { "Title" } else { "title" };
                expected[key] = title.into();
                assert_eq!(told(&block), expected, "{block}");
            }
        }
    }

    #[test]
    fn lists_are_read_as_they_look() {
        for (tags, expected) in [
            ("tags: [oil, \"gas\"", json!(["oil", "gas"])),
            ("tags:\n\t- oil\n\t- @gas\n", json!(["oil", "@gas"])),
            ("tags: [oil,\n  gas]", json!(["oil", "gas"])),
            ("tags: oil, gas", json!("oil, gas")),
            ("tags:\n  - oil: x: y", json!(["oil: x: y"])),
        ] {
            assert_eq!(told(&format!("title: a: b\n{tags}\nlang: en")), json!({"title": "a: b", "tags": expected, "lang": "en"}), "{tags}");
        }
        // What stands below a key that has none of its own is all its.
        assert_eq!(told("author:\n  name: Ann\n  url: x\ntitle: a: b")["author"], json!({"name": "Ann", "url": "x"}));
        assert_eq!(told("text: |\n  title: x\n\n  y\nlink: a: b")["text"], "title: x\n\ny\n");
    }

    #[test]
    fn text_below_a_rule_stays_text() {
        for block in [
            "",
            "\n\n",
            "# A heading",
            "One: two: three",
            "Moderator: Welcome: all of you.\nSmith: Thank you: we begin.\nModerator: So we do.",
            "Source: an agency: more below\nIt was said that ships left.\nThey came back.",
            "The title: of a book: is long.\nThis is prose.",
            "Source: agencies\n- one: a\n- two: b",
            "http://x.example/a: b\n12:30 begin: now",
            "- title: x: y\n- date: z",
        ] {
            assert_eq!(told(block), Value::Null, "{block}");
        }
        assert_eq!(told(&format!("title: a: b\n{}", "x: y: z\n".repeat(LONGEST / 8))), Value::Null);
    }

    proptest! {
        #[test]
        fn any_block_is_read(block in "([a-z]{0,2}|title|tags|text|date)[:：]?[ \\t]?[\\[\\]{}\"'|>@&*!%#\\-,a中:\\u{0}-\\u{20}\n]{0,40}") {
            read(&block);
        }

        #[test]
        fn fields_beside_a_slip_are_kept(slip in "[\\[\\]{}\"'|>@&*!%#,a中:]{1,12}") {
            let fields = told(&format!("date: 2024-05-05\nbyline: {slip}\nauthor: Ann Lee: x\n"));
            prop_assert_eq!((&fields["date"], &fields["author"]), (&json!("2024-05-05"), &json!("Ann Lee: x")), "{}", slip);
        }
    }
}
