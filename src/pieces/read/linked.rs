//! What a page says of its article in JSON-LD.

use foldhash::HashMap;
use serde_json::{Map, Value, json};

use crate::pieces::Date;
use crate::pieces::piece::{names_in, plain};

/// The article that is spoken of, and what the page calls whom it speaks of beside it.
#[derive(Debug, Default)]
pub(super) struct Linked {
    article: Map<String, Value>,
    names: HashMap<String, Value>,
}

/// How deep objects are looked into for others.
const DEPTH: usize = 8;

impl Linked {
    /// What `scripts` say, of which the first that speaks of an article tells.
    pub(super) fn of(scripts: impl Iterator<Item = impl AsRef<str>>) -> Self {
        let values: Vec<Value> = scripts.filter_map(|script| value(script.as_ref())).collect();
        let mut names = HashMap::default();
        for value in &values {
            name(value, DEPTH, &mut names);
        }
        let article = values.into_iter().find_map(|value| article(value, DEPTH)).unwrap_or_default();
        Self { article, names }
    }

    /// When it was published, if that is a date.
    pub(super) fn date(&self) -> Option<Value> {
        let date = self.said("datePublished")?;
        plain(date).and_then(|date| Date::parse_field(&date)).map(|_| date.clone())
    }

    /// Who wrote it, if that names anybody.
    pub(super) fn author(&self) -> Option<Value> {
        let author = match self.said("author")? {
            Value::Array(authors) => Value::Array(authors.iter().map(|author| self.named(author)).collect()),
            author => self.named(author),
        };
        (!names_in(&author).is_empty()).then_some(author)
    }

    /// Its section.
    pub(super) fn section(&self) -> Option<String> {
        match self.said("articleSection")? {
            Value::Array(names) => names.iter().find_map(Value::as_str),
            section => section.as_str(),
        }
        .map(ToOwned::to_owned)
    }

    /// What kind of article it is.
    pub(super) fn kind(&self) -> Option<String> {
        self.said("@type").map(ToString::to_string)
    }

    /// Its keywords, if there are any.
    pub(super) fn tags(&self) -> Option<Value> {
        self.said("keywords").filter(|tags| !names_in(tags).is_empty()).cloned()
    }

    /// Its text, which may be markup.
    pub(super) fn body(&self) -> Option<&str> {
        self.said("articleBody")?.as_str()
    }

    fn said(&self, name: &str) -> Option<&Value> {
        self.article.get(name).filter(|value| !value.is_null())
    }

    /// `value`, or, where it only says who it is, the name that stands elsewhere.
    fn named(&self, value: &Value) -> Value {
        let id = value.get("@id").and_then(Value::as_str).filter(|_| value.get("name").is_none());
        id.and_then(|id| self.names.get(id)).map_or_else(|| value.clone(), |name| json!({ "name": name }))
    }
}

/// The value that a script writes, also where its form is not quite that of JSON.
fn value(script: &str) -> Option<Value> {
    serde_json::from_str(script).ok().or_else(|| serde_json::from_str(&mended(script)).ok())
}

/// A script without what hides it from old browsers and stands around its value, and with the line breaks in its strings escaped.
fn mended(script: &str) -> String {
    let script = script.replace("<![CDATA[", "").replace("]]>", "");
    let value = script.find(['{', '[']).zip(script.rfind(['}', ']'])).and_then(|(from, to)| script.get(from..=to)).unwrap_or_default();
    let (mut out, mut in_string, mut is_escaped) = (String::with_capacity(value.len()), false, false);
    for c in value.chars() {
        match c {
            '\n' if in_string => out.push_str("\\n"),
            c if in_string && c.is_control() => out.push(' '),
            c => out.push(c),
        }
        in_string ^= c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
    }
    out
}

/// The article in a value: the value itself, or the first in its list or graph, or what it is the page of.
fn article(value: Value, depth: usize) -> Option<Map<String, Value>> {
    let depth = depth.checked_sub(1)?;
    match value {
        Value::Array(values) => values.into_iter().find_map(|value| article(value, depth)),
        Value::Object(mut fields) => {
            if let Some(graph) = fields.remove("@graph") {
                return article(graph, depth);
            }
            let kind = fields.get("@type").map(ToString::to_string).unwrap_or_default();
            if ["Article", "Posting", "Report", "Review"].iter().any(|kinds| kind.contains(kinds)) {
                return Some(fields);
            }
            article(fields.remove("mainEntity")?, depth)
        }
        _ => None,
    }
}

/// Notes the names of all in `value` that says who it is.
fn name(value: &Value, depth: usize, names: &mut HashMap<String, Value>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    match value {
        Value::Array(values) => values.iter().for_each(|value| name(value, depth, names)),
        Value::Object(fields) => {
            if let (Some(Value::String(id)), Some(said)) = (fields.get("@id"), fields.get("name")) {
                names.insert(id.clone(), said.clone());
            }
            fields.values().filter(|value| value.is_object() || value.is_array()).for_each(|value| name(value, depth, names));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_quite_json_is_read() {
        let article = "{\"@type\": \"NewsArticle\", \"description\": \"One\ntwo \\\"three\\\"\", \"datePublished\": \"2024-01-24\"}";
        for script in [
            article.to_owned(),
            format!("{article};"),
            format!("//<![CDATA[\n{article}\n//]]>"),
            format!("/*<![CDATA[*/ {article} /*]]>*/"),
            format!("<!-- {article} -->"),
            format!("[{article}];"),
            format!("{{\"@type\": \"WebPage\", \"mainEntity\": {article}}}"),
            format!("{{\"@graph\": [{{\"@type\": \"WebSite\"}}, {{\"@type\": \"WebPage\", \"mainEntity\": {article}}}]}}"),
        ] {
            let linked = Linked::of([&script].into_iter());
            assert_eq!(linked.date(), Some(json!("2024-01-24")), "{script}");
        }
        for script in ["", "{", "}{", "{\"@type\": \"Person\"}", "\"]]>\""] {
            assert!(Linked::of([script].into_iter()).article.is_empty(), "{script}");
        }
    }

    #[test]
    fn who_is_only_pointed_at_is_named_elsewhere() {
        let graph = json!({"@graph": [
            {"@type": "NewsArticle", "author": [{"@id": "#jane"}, {"@id": "#nobody"}], "publisher": {"@id": "#outlet", "name": "The Outlet"}},
            {"@type": "Person", "@id": "#jane", "name": "Jane Example"},
        ]});
        let linked = Linked::of([graph.to_string()].into_iter());
        assert_eq!(names_in(&linked.author().unwrap()), ["Jane Example"]);
    }
}
