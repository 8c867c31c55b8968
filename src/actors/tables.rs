//! The embedded tables of the roster, read.

use super::organs;
use super::roster::{Actor, ActorId, Form, Kind, Name, Roster, Term};
use crate::text::Language;
use crate::text::script::{Alphabet, alphabet, is_han};

const STATES: &str = include_str!("roster/states.tsv");
const STATE_WORDS: &str = include_str!("roster/state-words.tsv");
const PEOPLE: &str = include_str!("roster/people.tsv");
const LEADERS: &str = include_str!("roster/leaders.tsv");
const OFFICIALS: &str = include_str!("roster/officials.tsv");
const OFFICES: &str = include_str!("roster/offices.tsv");
const ORGS: &str = include_str!("roster/orgs.tsv");
const PARTIES: &str = include_str!("roster/parties.tsv");

/// The roster of the embedded tables. Their form is checked by tests, so what does not fit is left out here without a word.
pub(super) fn load() -> Roster {
    let mut roster = Roster::default();
    states(&mut roster);
    state_words(&mut roster);
    for table in [PEOPLE, LEADERS, OFFICIALS] {
        people(&mut roster, table);
    }
    offices(&mut roster);
    for table in [ORGS, PARTIES] {
        orgs(&mut roster, table);
    }
    organs::add(&mut roster);
    roster.set_digest(digest());
    roster
}

/// The digest of the embedded tables: the first 128 bits of their BLAKE3 hash, in hexadecimal.
fn digest() -> String {
    let mut hasher = blake3::Hasher::new();
    for table in [STATES, STATE_WORDS, PEOPLE, LEADERS, OFFICIALS, OFFICES, ORGS, PARTIES, organs::TABLE] {
        hasher.update(table.as_bytes());
    }
    hasher.finalize().to_hex().chars().take(32).collect()
}

/// The rows of a table, each as a way to find its cells by the column's name.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = Row> {
    let mut lines = table.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    lines.map(move |line| Row { header: header.clone(), cells: line.split('\t').collect() })
}

pub(super) struct Row {
    header: Vec<&'static str>,
    cells: Vec<&'static str>,
}

impl Row {
    /// The entries of the cell in `column`.
    pub(super) fn list(&self, column: &str) -> impl Iterator<Item = &'static str> {
        let at = self.header.iter().position(|name| *name == column);
        let cell = at.and_then(|at| self.cells.get(at)).copied().unwrap_or_default();
        cell.split(" | ").map(str::trim).filter(|entry| !entry.is_empty())
    }

    pub(super) fn one(&self, column: &str) -> &'static str {
        self.list(column).next().unwrap_or_default()
    }

    pub(super) fn owned(&self, column: &str) -> Vec<String> {
        self.list(column).map(ToOwned::to_owned).collect()
    }

    fn actor(&self, kind: Kind) -> Actor {
        let id = self.one("id").to_owned();
        let name = ["en", "names"].iter().map(|column| self.one(column)).find(|name| !name.is_empty());
        Actor { name: name.unwrap_or(&id).to_owned(), id, kind, tags: self.owned("tags"), of: self.owned("of"), terms: Vec::new() }
    }

    /// Adds the names in the columns named after languages.
    fn names_by_language(&self, roster: &mut Roster, actor: ActorId) {
        for column in &self.header {
            let Some(language) = Language::parse(column.trim_end_matches('_'))
                .filter(|_| *column == "id_" || column.len() == 2 && *column != "of" && *column != "id")
            else {
                continue;
            };
            for entry in self.list(column) {
                let language = Some(language).filter(|&language| foreign(entry, language));
                add(roster, actor, entry, Form::Full, language);
            }
        }
    }
}

/// Whether a name of `language` counts in its texts alone. In other scripts a name gives itself away; in Latin letters, and in Han, another
/// language's name may be this one's word.
pub(super) fn foreign(name: &str, language: Language) -> bool {
    match alphabet(name) {
        Alphabet::Latin => language != Language::ENGLISH,
        Alphabet::Other => language == Language::JAPANESE && name.trim_start_matches('~').chars().all(is_han),
        _ => false,
    }
}

/// Adds a name; `~` before it makes a full name a short one.
fn add(roster: &mut Roster, actor: ActorId, entry: &str, form: Form, language: Option<Language>) {
    let (text, form) = match entry.strip_prefix('~') {
        Some(text) if form == Form::Full => (text, Form::Short),
        Some(text) => (text, form),
        None => (entry, form),
    };
    roster.name(Name { text: text.trim().to_owned(), actor, form, language });
}

fn states(roster: &mut Roster) {
    for row in rows(STATES) {
        let actor = roster.add(row.actor(Kind::State));
        row.names_by_language(roster, actor);
    }
}

fn state_words(roster: &mut Roster) {
    for row in rows(STATE_WORDS) {
        let actor = roster.add(row.actor(Kind::State));
        roster.set_tags(actor, row.owned("tags"));
        for (column, form) in [("names", Form::Full), ("demonyms", Form::Demonym), ("capital", Form::Capital), ("seat", Form::Seat)] {
            for entry in row.list(column) {
                add(roster, actor, entry, form, None);
            }
        }
    }
}

fn people(roster: &mut Roster, table: &'static str) {
    for row in rows(table) {
        let actor = roster.add(row.actor(Kind::Person));
        row.names_by_language(roster, actor);
        for entry in row.list("surname") {
            add(roster, actor, entry, Form::Surname, None);
        }
        // "head of government 2014-2017"
        if let Some((office, years)) = row.one("office").rsplit_once(' ')
            && let Some((from, to)) = years.split_once('-')
        {
            add_term(roster, row.one("id"), office, from, to);
        }
    }
}

fn offices(roster: &mut Roster) {
    for row in rows(OFFICES) {
        add_term(roster, row.one("id"), row.one("office"), row.one("from"), row.one("to"));
    }
}

fn add_term(roster: &mut Roster, id: &str, office: &str, from: &str, to: &str) {
    let to = Some(to).filter(|to| !to.is_empty()).map(ToOwned::to_owned);
    roster.add_term(id, Term { office: office.to_owned(), from: from.to_owned(), to });
}

fn orgs(roster: &mut Roster, table: &'static str) {
    for row in rows(table) {
        let actor = roster.add(row.actor(Kind::Org));
        row.names_by_language(roster, actor);
    }
}
