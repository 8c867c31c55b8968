use serde_json::{Map, Value};

/// Which field of a record is taken for what, beside the names that are understood anyway.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping(Vec<(String, String)>);

/// What fields may be taken for.
const KNOWN: [&str; 10] = ["id", "title", "text", "date", "author", "source", "url", "lang", "kind", "tags"];

/// Why a mapping is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// No equals sign, or nothing on a side of it.
    #[error("a mapping is written as title=headline, not {0:?}")]
    Form(String),
    /// What pieces do not have.
    #[error("pieces have no field {0:?}; the fields are {known}", known = KNOWN.join(", "))]
    Unknown(String),
}

impl Mapping {
    /// The mapping that `rules` write, each as `title=headline`: the title is what the records call `headline`.
    pub fn parse<S: AsRef<str>>(rules: &[S]) -> Result<Self, MappingError> {
        let mut pairs = Vec::new();
        for rule in rules {
            let rule = rule.as_ref();
            let (to, from) = rule.split_once('=').ok_or_else(|| MappingError::Form(rule.to_owned()))?;
            let (to, from) = (to.trim().to_lowercase(), from.trim());
            if from.is_empty() {
                return Err(MappingError::Form(rule.to_owned()));
            }
            if !KNOWN.contains(&to.as_str()) {
                return Err(MappingError::Unknown(to));
            }
            pairs.push((to, from.to_owned()));
        }
        Ok(Self(pairs))
    }

    /// The rules, as they are written.
    #[must_use]
    pub fn rules(&self) -> Vec<String> {
        self.0.iter().map(|(to, from)| format!("{to}={from}")).collect()
    }

    /// Whether it takes the field `name`, or something in it, for anything.
    pub(super) fn names(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.0
            .iter()
            .map(|(_, from)| from.to_lowercase())
            .any(|from| from == name || from.split_once('.').is_some_and(|(outer, _)| outer == name))
    }

    /// Whether it takes the field `name` for the text.
    pub(super) fn is_text(&self, name: &str) -> bool {
        self.0.iter().any(|(to, from)| to == "text" && from.to_lowercase() == name.to_lowercase())
    }

    /// Puts what the mapping names in its place. A field is named as it is written, in any case, or by its path in nested records
    /// (`data.body`).
    pub(super) fn apply(&self, fields: &mut Map<String, Value>) {
        for (to, from) in &self.0 {
            if let Some(value) = find(fields, from).cloned() {
                fields.insert(to.clone(), value);
            }
        }
    }
}

fn find<'f>(fields: &'f Map<String, Value>, name: &str) -> Option<&'f Value> {
    let direct = || fields.iter().find(|(key, _)| key.to_lowercase() == name.to_lowercase()).map(|(_, value)| value);
    fields.get(name).or_else(direct).or_else(|| {
        let (outer, inner) = name.split_once('.')?;
        find(find(fields, outer)?.as_object()?, inner)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fields_are_taken_for_what_is_said() {
        let mapping = Mapping::parse(&["title=Überschrift", "text=data.body"]).unwrap();
        let mut fields = json!({"überschrift": "A", "data": {"body": "B"}, "text": "other"}).as_object().unwrap().clone();
        mapping.apply(&mut fields);
        assert_eq!((&fields["title"], &fields["text"]), (&json!("A"), &json!("B")));
        assert_eq!(mapping.rules(), ["title=Überschrift", "text=data.body"]);
    }

    #[test]
    fn what_is_no_mapping_says_so() {
        assert!(matches!(Mapping::parse(&["title"]), Err(MappingError::Form(_))));
        assert!(matches!(Mapping::parse(&["title="]), Err(MappingError::Form(_))));
        assert!(matches!(Mapping::parse(&["headline=x"]), Err(MappingError::Unknown(_))));
    }
}
