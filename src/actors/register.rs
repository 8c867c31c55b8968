use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;

use super::key::name_key;
use super::roster::{Form, Roster};
use super::tables;
use crate::text::sorted::lines_from;

/// The actors whom a name names in full, by the keys of their names: see [`register`].
const TABLE: &str = include_str!("roster/register.tsv");

/// Keys of fewer letters are mostly words: such a name counts only as it is written.
const SHORT: usize = 4;

/// The roster that is in use: the built-in one, whose tables are read when something of them is needed, or another.
///
/// A query asks whether its words name somebody, and for most there is no more to be known. Reading all tables for that would take ten times
/// as long as the search itself, so this one question is answered from a table that is ready for it.
#[derive(Clone, Copy, Debug, Default)]
pub struct RosterInUse(Option<&'static Roster>);

impl From<&'static Roster> for RosterInUse {
    fn from(roster: &'static Roster) -> Self {
        Self(Some(roster))
    }
}

impl RosterInUse {
    /// The roster itself.
    #[must_use]
    pub fn roster(self) -> &'static Roster {
        self.0.unwrap_or_else(Roster::builtin)
    }

    /// The digest of the roster: see [`Roster::digest`].
    #[must_use]
    pub fn digest(self) -> Cow<'static, str> {
        self.0.map_or_else(|| tables::digest().into(), |roster| roster.digest().into())
    }

    /// The id of the one actor whom `words` name in full, whatever their case, width, accents and hyphens. Where they are but a few letters, they
    /// have to be written as the name is: "us", "who" and "it" are words, "US" and "WHO" are not.
    #[must_use]
    pub fn meant(self, words: &str) -> Option<&'static str> {
        let key = name_key(words);
        match self.0 {
            None => find(TABLE, &key).filter(|row| row.admits(words)).map(|row| row.id),
            Some(roster) => {
                let id = roster.named_fully(words)?;
                let is_short = key.is_ascii() && key.len() < SHORT;
                (!is_short || roster.names_of(id).any(|name| name.form == Form::Full && name.text == words)).then_some(id)
            }
        }
    }
}

/// A line of the table.
struct Row<'t> {
    id: &'t str,
    /// How the name is written, if it is a short one: at least one of these.
    written: Option<&'t str>,
}

impl Row<'_> {
    fn admits(&self, words: &str) -> bool {
        self.written.is_none_or(|written| written.split(" | ").any(|known| known == words))
    }
}

/// The line of `table` with this key. Lines are in the order of their keys.
fn find<'t>(table: &'t str, key: &str) -> Option<Row<'t>> {
    let line = lines_from(table, |line| line.split('\t').next() < Some(key)).lines().next()?;
    let mut cells = line.split('\t');
    if cells.next() == Some(key) { Some(Row { id: cells.next()?, written: cells.next() }) } else { None }
}

/// The table of the names that name one actor of `roster` in full: in each line the key, the actor's id and, for short names, how they are written.
#[must_use]
pub fn register(roster: &Roster) -> String {
    let mut by_key: BTreeMap<String, Vec<(&str, &str)>> = BTreeMap::new();
    for actor in roster.actors() {
        for name in roster.names_of(&actor.id).filter(|name| name.form == Form::Full) {
            by_key.entry(name_key(&name.text)).or_default().push((&actor.id, &name.text));
        }
    }
    let mut table = String::new();
    for (key, names) in by_key.iter().filter(|(key, _)| !key.is_empty()) {
        let Some(&(id, _)) = names.first() else { continue };
        if names.iter().any(|(other, _)| *other != id) {
            continue;
        }
        let mut written: Vec<&str> = names.iter().map(|(_, text)| *text).collect();
        written.sort_unstable();
        written.dedup();
        let is_short = key.is_ascii() && key.len() < SHORT;
        let written = if is_short { format!("\t{}", written.join(" | ")) } else { String::new() };
        // Writing to memory cannot fail.
        let _: std::fmt::Result = writeln!(table, "{key}\t{id}{written}");
    }
    table
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_table_says_what_the_roster_says() {
        let (ready, read) = (RosterInUse::default(), RosterInUse::from(Roster::builtin()));
        assert_eq!(ready.digest(), read.digest());
        let names = Roster::builtin().names().iter().step_by(7).map(|name| name.text.as_ref());
        for words in names.chain(["us", "US", "who", "WHO", "It", "kim JONG-un", "金正恩", "nobody", "", "\n", "zz", " "]) {
            assert_eq!(ready.meant(words), read.meant(words), "{words}");
        }
    }

    proptest! {
        #[test]
        fn lines_are_found(keys in prop::collection::btree_set("[a-c é]{1,4}", 0..30), wanted in "[a-c é]{0,4}") {
            let table = keys.iter().fold(String::new(), |table, key| table + key + "\t" + key + "-id\n");
            for key in keys.iter().chain([&wanted]) {
                let found = find(&table, key).map(|row| row.id.to_owned());
                prop_assert_eq!(found, keys.contains(key).then(|| format!("{key}-id")));
            }
        }
    }
}
