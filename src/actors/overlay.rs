//! What users add to the roster, and change in it.

use std::fmt;

use foldhash::{HashMap, HashSet};
use serde::Deserialize;

use super::key::name_key;
use super::roster::{Actor, Form, Kind, Name, Roster, Text};

/// Changes to a roster, as a file of them says. Later files go over earlier ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Overlay {
    /// New actors.
    pub add: Vec<Add>,
    /// Further names of actors.
    pub alias: Vec<Alias>,
    /// Names, or actors by their ids, that are not to be found.
    pub ignore: Vec<Ignore>,
    /// Names that leave their actor for a new one.
    pub split: Vec<Split>,
    /// Names of several actors that are to mean one.
    pub prefer: Vec<Prefer>,
}

/// A new actor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Add {
    /// Its id; made of its first name where it is not given.
    pub id: String,
    /// `person`, `state` or `org`.
    pub kind: String,
    /// Its full names, the one that is shown first.
    pub names: Vec<String>,
    /// Names that count only beside a full one: a person's surname.
    pub short: Vec<String>,
    /// What sort of actor.
    pub tags: Vec<String>,
    /// The ids of those whom it belongs to.
    pub of: Vec<String>,
}

/// Further names of an actor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Alias {
    /// Whose: an id.
    pub actor: String,
    /// Full names.
    pub names: Vec<String>,
    /// Names that count only beside a full one.
    pub short: Vec<String>,
}

/// A name, or an actor, that is not to be found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Ignore {
    /// The name, whoever has it.
    pub name: String,
    /// The actor, by its id.
    pub actor: String,
}

/// Names that leave their actor for a new one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Split {
    /// The actor that has them now, by its id.
    pub actor: String,
    /// The id of the new one.
    pub id: String,
    /// The names; the first is the one that is shown.
    pub names: Vec<String>,
}

/// A name of several actors that is to mean one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Prefer {
    /// The name.
    pub name: String,
    /// The actor, by its id.
    pub actor: String,
}

/// Why an overlay cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OverlayError {
    /// It is no TOML of this form.
    #[error("{0}")]
    Form(#[from] toml::de::Error),
    /// An id that no actor has.
    #[error("no actor has the id {id:?}")]
    UnknownActor {
        /// The id.
        id: String,
        /// An id like it.
        similar: Option<String>,
    },
    /// A kind that is none.
    #[error("{0:?} is no kind of actor; the kinds are person, state and org")]
    UnknownKind(String),
    /// An entry that says nothing.
    #[error("an entry of [[{0}]] has no name")]
    Nameless(&'static str),
    /// An id that an actor has already.
    #[error("an actor has the id {0:?} already")]
    Taken(String),
}

impl Overlay {
    /// The overlay that a TOML text says.
    ///
    /// ```
    /// use pundit::actors::{Overlay, Roster};
    /// let overlay = Overlay::parse("[[add]]\nkind = 'person'\nnames = ['Jenny Example']\nshort = ['Example']").unwrap();
    /// let roster = Roster::builtin().with(&[overlay]).unwrap();
    /// assert_eq!(roster.find("jenny-example").unwrap().name, "Jenny Example");
    /// ```
    pub fn parse(toml: &str) -> Result<Self, OverlayError> {
        Ok(toml::from_str(toml)?)
    }

    /// Whether it changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Changes `roster`.
    fn apply(&self, roster: &mut Roster) -> Result<(), OverlayError> {
        for add in &self.add {
            let kind =
                Kind::ALL.into_iter().find(|kind| kind.word() == add.kind).ok_or_else(|| OverlayError::UnknownKind(add.kind.clone()))?;
            let name = add.names.first().ok_or(OverlayError::Nameless("add"))?;
            let id = if add.id.is_empty() { id_of(name) } else { add.id.clone() };
            if roster.find(&id).is_some() {
                return Err(OverlayError::Taken(id));
            }
            let owned = |texts: &[String]| texts.iter().cloned().map(Text::Owned).collect();
            let (tags, of) = (owned(&add.tags), owned(&add.of));
            roster.add(Actor { id: id.clone().into(), kind, name: name.clone().into(), tags, of, terms: Vec::new() });
            give(roster, &id, &add.names, &add.short)?;
        }
        for split in &self.split {
            let (kind, from) =
                roster.find(&split.actor).map(|actor| (actor.kind, actor.clone())).ok_or_else(|| unknown(roster, &split.actor))?;
            let name = split.names.first().ok_or(OverlayError::Nameless("split"))?;
            let id = if split.id.is_empty() { id_of(name) } else { split.id.clone() };
            if roster.find(&id).is_some() {
                return Err(OverlayError::Taken(id));
            }
            let keys: Vec<String> = split.names.iter().map(|name| name_key(name)).collect();
            roster.retain_names(|actor, name| actor.id != split.actor || !keys.contains(&name_key(&name.text)));
            roster.add(Actor { id: id.clone().into(), kind, name: name.clone().into(), tags: from.tags, of: from.of, terms: Vec::new() });
            give(roster, &id, &split.names, &[])?;
        }
        for id in self.add.iter().flat_map(|add| &add.of).chain(self.ignore.iter().map(|ignore| &ignore.actor)) {
            if !id.is_empty() && roster.find(id).is_none() {
                return Err(unknown(roster, id));
            }
        }
        for alias in &self.alias {
            give(roster, &alias.actor, &alias.names, &alias.short)?;
        }
        self.apply_ignored(roster)?;
        self.apply_preferred(roster)
    }

    fn apply_ignored(&self, roster: &mut Roster) -> Result<(), OverlayError> {
        let (mut keys, mut actors) = (HashSet::default(), HashSet::default());
        for ignore in &self.ignore {
            let key = name_key(&ignore.name);
            if key.is_empty() && ignore.actor.is_empty() {
                return Err(OverlayError::Nameless("ignore"));
            }
            // Nor is such an actor to be found as one whom no roster lists.
            let names: Vec<String> = roster.names_of(&ignore.actor).map(|name| name_key(&name.text)).collect();
            names.into_iter().chain([key.clone()]).filter(|key| !key.is_empty()).for_each(|key| roster.ignore(key));
            actors.insert(&*ignore.actor);
            keys.insert(key);
        }
        // Names have keys, so that an empty one is none's. All names are gone through, once for all entries.
        if !self.ignore.is_empty() {
            roster.retain_names(|actor, name| !actors.contains(&*actor.id) && !keys.contains(&name_key(&name.text)));
        }
        Ok(())
    }

    fn apply_preferred(&self, roster: &mut Roster) -> Result<(), OverlayError> {
        // Of several who are preferred for one name it is the last.
        let mut preferred = HashMap::default();
        for prefer in &self.prefer {
            if roster.find(&prefer.actor).is_none() {
                return Err(unknown(roster, &prefer.actor));
            }
            preferred.insert(name_key(&prefer.name), prefer);
        }
        if !preferred.is_empty() {
            roster.retain_names(|actor, name| preferred.get(&name_key(&name.text)).is_none_or(|prefer| prefer.actor == actor.id));
        }
        for prefer in &self.prefer {
            if preferred.get(&name_key(&prefer.name)).is_some_and(|last| last.actor == prefer.actor) {
                give(roster, &prefer.actor, std::slice::from_ref(&prefer.name), &[])?;
            }
        }
        Ok(())
    }
}

impl Roster {
    /// This roster with overlays over it, the later over the earlier.
    ///
    /// # Errors
    /// When an overlay names an actor that there is not, or adds one that there is.
    pub fn with(&self, overlays: &[Overlay]) -> Result<Self, OverlayError> {
        let mut roster = self.copy();
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.digest().as_bytes());
        for overlay in overlays.iter().filter(|overlay| !overlay.is_empty()) {
            overlay.apply(&mut roster)?;
            hasher.update(overlay.to_string().as_bytes());
            roster.set_digest(hasher.finalize().to_hex().chars().take(32).collect());
        }
        Ok(roster)
    }
}

/// Gives an actor names.
fn give(roster: &mut Roster, id: &str, names: &[String], short: &[String]) -> Result<(), OverlayError> {
    let Some((actor, kind)) = roster.place(id) else { return Err(unknown(roster, id)) };
    let short_form = if kind == Kind::Person { Form::Surname } else { Form::Short };
    for (names, form) in [(names, Form::Full), (short, short_form)] {
        for name in names.iter().filter(|name| !name_key(name).is_empty()) {
            let (text, form) = name.strip_prefix('~').map_or((name.as_str(), form), |text| (text, short_form));
            roster.name(Name { text: text.to_owned().into(), actor, form, language: None });
        }
    }
    Ok(())
}

fn unknown(roster: &Roster, id: &str) -> OverlayError {
    let similar = roster.similar(id, 1).first().map(|actor| actor.id.to_string());
    OverlayError::UnknownActor { id: id.to_owned(), similar }
}

/// The id that is made of a name.
pub(super) fn id_of(name: &str) -> String {
    name_key(name).replace(' ', "-")
}

/// As TOML, as [`Overlay::parse`] reads it.
impl fmt::Display for Overlay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for add in &self.add {
            let texts = [("id", &add.id), ("kind", &add.kind)];
            let lists = [("names", &add.names), ("short", &add.short), ("tags", &add.tags), ("of", &add.of)];
            entry(f, "add", &texts, &lists)?;
        }
        for alias in &self.alias {
            entry(f, "alias", &[("actor", &alias.actor)], &[("names", &alias.names), ("short", &alias.short)])?;
        }
        for ignore in &self.ignore {
            entry(f, "ignore", &[("name", &ignore.name), ("actor", &ignore.actor)], &[])?;
        }
        for split in &self.split {
            entry(f, "split", &[("actor", &split.actor), ("id", &split.id)], &[("names", &split.names)])?;
        }
        for prefer in &self.prefer {
            entry(f, "prefer", &[("name", &prefer.name), ("actor", &prefer.actor)], &[])?;
        }
        Ok(())
    }
}

/// Writes one entry, without what is empty.
fn entry(f: &mut fmt::Formatter<'_>, table: &str, texts: &[(&str, &String)], lists: &[(&str, &Vec<String>)]) -> fmt::Result {
    writeln!(f, "[[{table}]]")?;
    for (key, text) in texts.iter().filter(|(_, text)| !text.is_empty()) {
        writeln!(f, "{key} = {}", quoted(text))?;
    }
    for (key, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
        let list: Vec<String> = list.iter().map(|text| quoted(text)).collect();
        writeln!(f, "{key} = [{}]", list.join(", "))?;
    }
    writeln!(f)
}

/// A text as a TOML string.
fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.extend(format!("\\u{:04X}", u32::from(c)).chars()),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: &str = r#"
[[add]]
kind = "org"
names = ["Sample Institute for Trade", "范例研究所"]
short = ["Institute"]
of = ["united-states"]

[[alias]]
actor = "kim-jong-un"
names = ["The Young \"General\""]

[[ignore]]
name = "Chad"

[[ignore]]
actor = "bbc"

[[split]]
actor = "kim-jong-il"
id = "dear-leader"
names = ["Sample Leader"]

[[prefer]]
name = "George Bush"
actor = "george-hw-bush"
"#;

    #[test]
    fn overlays_change_the_roster() {
        let overlay = Overlay::parse(ALL).unwrap();
        let builtin = Roster::builtin();
        let roster = builtin.with(&[overlay]).unwrap();
        let named = |name: &str| roster.named(name).iter().map(|actor| actor.id.as_ref()).collect::<Vec<_>>();
        assert_eq!(named("范例研究所"), ["sample-institute-for-trade"]);
        assert_eq!(named("the young general"), ["kim-jong-un"]);
        assert!(named("Chad").is_empty() && builtin.named("Chad").len() == 1);
        assert_eq!(roster.names_of("bbc").count(), 0);
        assert_eq!(named("Sample Leader"), ["dear-leader"]);
        assert_eq!(named("George Bush"), ["george-hw-bush"]);
        assert_ne!(roster.digest(), builtin.digest());
        assert_eq!(builtin.with(&[]).unwrap().digest(), builtin.digest());
    }

    #[test]
    fn many_entries_cost_little_more_than_one() {
        let ignored: Vec<String> = (0..2_000).map(|at| format!("[[ignore]]\nname = 'Nobody {at}'")).collect();
        let preferred = |id: &str| format!("[[prefer]]\nname = 'George Bush'\nactor = '{id}'\n");
        let toml = format!(
            "{}\n[[ignore]]\nname = 'Chad'\n{}{}",
            ignored.join("\n"),
            preferred("george-hw-bush").repeat(2_000),
            preferred("george-w-bush")
        );
        let roster = Roster::builtin().with(&[Overlay::parse(&toml).unwrap()]).unwrap();
        let named = |name: &str| roster.named(name).iter().map(|actor| actor.id.as_ref()).collect::<Vec<_>>();
        assert!(named("Chad").is_empty());
        // Of several who are preferred it is the last.
        assert_eq!(named("George Bush"), ["george-w-bush"]);
    }

    #[test]
    fn an_overlay_is_written_as_it_is_read() {
        let overlay = Overlay::parse(ALL).unwrap();
        assert_eq!(Overlay::parse(&overlay.to_string()).unwrap(), overlay);
    }

    #[test]
    fn what_is_wrong_is_said() {
        let error = |toml: &str| match Overlay::parse(toml) {
            Ok(overlay) => Roster::builtin().with(&[overlay]).unwrap_err().to_string(),
            Err(error) => error.to_string(),
        };
        assert!(error("[[alias]]\nactor = 'kim-jong-unn'\nnames = ['X Y']").contains("kim-jong-unn"));
        assert!(error("[[add]]\nkind = 'org'\nnames = ['X Y']\nof = ['unted-states']").contains("unted-states"));
        assert!(error("[[ignore]]\nactor = 'georgiaa'").contains("georgiaa"));
        assert!(error("[[add]]\nkind = 'human'\nnames = ['X Y']").contains("person, state and org"));
        assert!(error("[[add]]\nkind = 'person'").contains("no name"));
        assert!(error("[[add]]\nkind = 'state'\nnames = ['Russia']").contains("already"));
        let split = "[[split]]\nactor = 'kim-jong-un'\nid = 'russia'\nnames = ['Kim Jong Un']";
        assert!(error(split).contains("already"));
        assert!(error("[[ad]]").contains("ad"));
    }
}
