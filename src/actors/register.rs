use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;

use super::cases::without_case;
use super::key::name_key;
use super::roster::{ActorId, Form, Roster};
use super::tables;
use crate::text::script::{Alphabet, alphabet};
use crate::text::sorted::lines_from;

/// The actors whom a name names by itself, by the keys of their names: see [`register`].
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

    /// The id of the one actor whom `words` name by themselves, whatever their case, width, accents and hyphens, and in Cyrillic in whatever case of
    /// grammar. A few letters have to be written as the name is where they are a word otherwise: "us", "who" and "un" are words, "US", "WHO" and
    /// "U.N." are not.
    #[must_use]
    pub fn meant(self, words: &str) -> Option<&'static str> {
        let key = name_key(words);
        match self.0 {
            None => [Some(key.as_str()), caseless(words).as_deref()]
                .into_iter()
                .flatten()
                .find_map(|key| find(TABLE, key))
                .filter(|row| row.admits(words) && row.id != SEVERAL)
                .map(|row| row.id),
            Some(roster) => {
                let id = roster.meant(words)?;
                let names = roster.names_of(id).filter(|name| name_key(&name.text) == key).map(|name| name.text.as_ref());
                (!is_short(&key) || admits(names, words)).then_some(id)
            }
        }
    }
}

/// Whether a name with this key counts only as it is written.
fn is_short(key: &str) -> bool {
    key.is_ascii() && key.len() < SHORT
}

/// Short names that are words in small letters, in a language in which people search. Others (nato, eu, imf) are typed so by many.
const ALSO_WORDS: [&str; 17] =
    ["aie", "alp", "au", "bla", "cei", "cin", "eta", "hur", "imo", "oma", "omi", "rok", "un", "uno", "us", "vox", "who"];

/// Whether `words` are a short name that is written as `names` are: so, or with points (U.K.), or in small letters if those are no word.
fn admits<'n>(mut names: impl Iterator<Item = &'n str>, words: &str) -> bool {
    let bare = words.replace('.', "");
    let any_case = bare.len() < words.len() || bare == bare.to_lowercase() && !ALSO_WORDS.contains(&bare.as_str());
    names.any(|name| {
        let name = name.replace('.', "");
        name == bare || any_case && name.to_lowercase() == bare.to_lowercase()
    })
}

/// Begins the keys of names without their endings of case. No key of a name begins with it.
const CASELESS: char = '~';

/// Stands in the table for the ids of several whom a name in Cyrillic names: without it, it would be looked for without its endings.
const SEVERAL: &str = "?";

/// The key of `name` without the endings of case, if it is one in Cyrillic letters that may have some: acronyms have none, and without a capital
/// куба and малые are cubes and small ones.
fn caseless(name: &str) -> Option<String> {
    let mut letters = name.chars().filter(|c| c.is_alphabetic());
    if name.is_ascii() || !letters.next()?.is_uppercase() || letters.all(char::is_uppercase) {
        return None;
    }
    let key = name_key(name);
    if !key.split(' ').all(|word| alphabet(word) == Alphabet::Cyrillic) {
        return None;
    }
    let words: Vec<&str> = key.split(' ').map(without_case).collect();
    Some(format!("{CASELESS}{}", words.join(" ")))
}

/// A line of the table.
struct Row<'t> {
    id: &'t str,
    /// How the name is written, if it is a short one: at least one of these.
    written: Option<&'t str>,
}

impl Row<'_> {
    fn admits(&self, words: &str) -> bool {
        self.written.is_none_or(|written| admits(written.split(" | "), words))
    }
}

impl Roster {
    /// The id of the one actor whom `name` names by itself: as a full name, else as a lone one, else, in Cyrillic, in another case of grammar.
    fn meant(&self, name: &str) -> Option<&str> {
        let by_form = |forms: &[Form]| self.with_key(name, |form| forms.contains(&form));
        let found = [&[Form::Full][..], &[Form::Lone]].iter().map(|forms| by_form(forms)).find(|found| !found.is_empty());
        match found.unwrap_or_else(|| self.in_other_cases(name)).as_slice() {
            [actor] => self.actor(*actor).map(|actor| actor.id.as_ref()),
            _ => None,
        }
    }

    /// The actors whom `name`, in Cyrillic letters, names by itself but for its endings of case: as a full name, else as a lone one.
    pub(super) fn in_other_cases(&self, name: &str) -> Vec<ActorId> {
        let Some(wanted) = caseless(name) else { return Vec::new() };
        let alike = |form: Form| {
            let names = self.names().iter().filter(|name| name.form == form && alphabet(&name.text) == Alphabet::Cyrillic);
            let alike = names.filter(|name| caseless(&name.text).as_ref() == Some(&wanted));
            let mut found: Vec<ActorId> = alike.map(|name| name.actor).collect();
            found.sort_unstable();
            found.dedup();
            found
        };
        let full = alike(Form::Full);
        if full.is_empty() { alike(Form::Lone) } else { full }
    }
}

/// The line of `table` with this key. Lines are in the order of their keys.
fn find<'t>(table: &'t str, key: &str) -> Option<Row<'t>> {
    let line = lines_from(table, |line| line.split('\t').next() < Some(key)).lines().next()?;
    let mut cells = line.split('\t');
    if cells.next() == Some(key) { Some(Row { id: cells.next()?, written: cells.next() }) } else { None }
}

/// The table of the names that name one actor of `roster` by themselves: in each line the key, the actor's id and, for short names, how they are
/// written. A name that is somebody's full name is no lone one of another. Names in Cyrillic have a second line, without endings of case, and a line that
/// says so if several have one.
#[must_use]
pub fn register(roster: &Roster) -> String {
    let mut by_key: BTreeMap<String, Vec<(Form, &str, &str)>> = BTreeMap::new();
    for actor in roster.actors() {
        for name in roster.names_of(&actor.id).filter(|name| matches!(name.form, Form::Full | Form::Lone)) {
            let key = name_key(&name.text);
            for key in [Some(key), caseless(&name.text)].into_iter().flatten() {
                by_key.entry(key).or_default().push((name.form, &actor.id, &name.text));
            }
        }
    }
    // Writing to memory cannot fail.
    let mut table = String::new();
    for (key, mut names) in by_key.into_iter().filter(|(key, _)| !key.is_empty()) {
        if names.iter().any(|(form, ..)| *form == Form::Full) {
            names.retain(|(form, ..)| *form == Form::Full);
        }
        let Some(&(_, id, _)) = names.first() else { continue };
        if names.iter().any(|(_, other, _)| *other != id) {
            if !key.starts_with(CASELESS) && names.iter().any(|(.., text)| caseless(text).is_some()) {
                let _: std::fmt::Result = writeln!(table, "{key}\t{SEVERAL}");
            }
            continue;
        }
        let mut written: Vec<&str> = names.iter().map(|(.., text)| *text).collect();
        written.sort_unstable();
        written.dedup();
        let written = if is_short(&key) { format!("\t{}", written.join(" | ")) } else { String::new() };
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
        let typed = [
            ("us", None),
            ("US", Some("united-states")),
            ("U.S", Some("united-states")),
            ("u.s", Some("united-states")),
            ("who", None),
            ("WHO", Some("who")),
            ("U.K", Some("united-kingdom")),
            ("uk", Some("united-kingdom")),
            ("eu", Some("european-union")),
            ("un", None),
            ("kim JONG-un", Some("kim-jong-un")),
            ("金正恩", Some("kim-jong-un")),
            ("Trump", Some("donald-trump")),
            ("Путина", Some("vladimir-putin")),
            ("Китая", Some("china")),
            ("китай", Some("china")),
            ("кита", None),
            ("Кита", None),
            ("малые", None),
            ("Европейского союза", Some("european-union")),
            ("Армия США", None),
            ("nobody", None),
            ("", None),
            ("\n", None),
            (" ", None),
        ];
        for (words, id) in typed {
            assert_eq!(ready.meant(words), id, "{words}");
        }
        for words in names.chain(typed.map(|(words, _)| words)) {
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
