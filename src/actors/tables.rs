//! The embedded tables of the roster, read.

use std::rc::Rc;

use foldhash::HashSet;

use super::roster::{Actor, ActorId, Form, Kind, Name, Roster, Term, Text};
use super::{lands, organs, peoples};
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
    if let Some((union, _)) = roster.place("european-union") {
        roster.name(Name { text: "欧".into(), actor: union, form: Form::Character, language: Some(Language::CHINESE) });
    }
    roster.set_digest(digest());
    roster
}

/// The digest of the embedded tables: the first 128 bits of their BLAKE3 hash, in hexadecimal.
pub(super) fn digest() -> String {
    let mut hasher = blake3::Hasher::new();
    for table in [STATES, STATE_WORDS, PEOPLE, LEADERS, OFFICIALS, OFFICES, ORGS, PARTIES, organs::TABLE, lands::TABLE] {
        hasher.update(table.as_bytes());
    }
    hasher.finalize().to_hex().chars().take(32).collect()
}

/// The rows of a table, each as a way to find its cells by the column's name.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = Row> {
    let mut lines = table.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let columns: Rc<[Column]> = lines.next().unwrap_or_default().split('\t').map(Column::new).collect();
    lines.map(move |line| Row { columns: Rc::clone(&columns), cells: line.split('\t').collect() })
}

/// A column of a table.
struct Column {
    name: &'static str,
    /// The language whose names stand in it.
    language: Option<Language>,
}

impl Column {
    fn new(name: &'static str) -> Self {
        // Indonesian would have the name of the ids.
        let is_language = name == "id_" || name.len() == 2 && name != "of" && name != "id";
        Self { name, language: Language::parse(name.trim_end_matches('_')).filter(|_| is_language) }
    }
}

pub(super) struct Row {
    columns: Rc<[Column]>,
    cells: Vec<&'static str>,
}

impl Row {
    /// The entries of the cell in `column`.
    pub(super) fn list(&self, column: &str) -> impl Iterator<Item = &'static str> {
        let at = self.columns.iter().position(|known| known.name == column);
        entries(at.and_then(|at| self.cells.get(at)).copied().unwrap_or_default())
    }

    pub(super) fn one(&self, column: &str) -> &'static str {
        self.list(column).next().unwrap_or_default()
    }

    /// The entries of the cell in `column`, to be kept.
    pub(super) fn texts(&self, column: &str) -> Vec<Text> {
        self.list(column).map(Text::Borrowed).collect()
    }

    fn actor(&self, kind: Kind) -> Actor {
        let id = self.one("id");
        let name = ["en", "names"].iter().map(|column| self.one(column)).find(|name| !name.is_empty());
        let (tags, of) = (self.texts("tags"), self.texts("of"));
        Actor { name: name.unwrap_or(id).into(), id: id.into(), kind, tags, of, terms: Vec::new() }
    }

    /// Adds the names in the columns named after languages.
    fn names_by_language(&self, roster: &mut Roster, actor: ActorId) {
        for (column, cell) in self.columns.iter().zip(&self.cells) {
            let Some(language) = column.language else { continue };
            for entry in entries(cell) {
                let language = Some(language).filter(|&language| foreign(entry, language));
                add(roster, actor, entry, Form::Full, language);
            }
        }
    }

    /// Adds the family names that end foreign names in Japanese, Korean and Arabic, which the column of family names does not have: トラス
    /// of リズ・トラス. Where family names stand first, as in China, the end is the given name.
    fn family_names(&self, roster: &mut Roster, actor: ActorId) {
        const FAMILY_FIRST: [&str; 13] = [
            "china",
            "taiwan",
            "hong-kong",
            "macau",
            "north-korea",
            "south-korea",
            "japan",
            "vietnam",
            "cambodia",
            "myanmar",
            "singapore",
            "mongolia",
            "thailand",
        ];
        if self.list("of").any(|state| FAMILY_FIRST.contains(&state)) {
            return;
        }
        for (column, family) in [("ja", family_in_katakana as fn(&str) -> Option<&str>), ("ko", family_in_hangul), ("ar", family_in_arabic)]
        {
            for entry in self.list(column) {
                if let Some(family) = family(entry.trim_start_matches('~')) {
                    add(roster, actor, family, Form::Surname, None);
                }
            }
        }
    }
}

fn family_in_katakana(name: &str) -> Option<&str> {
    let (_, family) = name.rsplit_once('・')?;
    let letters = family.chars().count();
    (letters > 2 && !matches!(family, "ジュニア" | "シニア") && !family.ends_with(['世', '＝'])).then_some(family)
}

fn family_in_hangul(name: &str) -> Option<&str> {
    let (_, family) = name.rsplit_once(' ')?;
    let office =
        family.ends_with(['세', '장', '관', '왕', '황', '교', '석', '재']) || matches!(family, "주니어" | "시니어" | "대표" | "부총리");
    (family.chars().count() > 1 && !office).then_some(family)
}

fn family_in_arabic(name: &str) -> Option<&str> {
    let (given, family) = name.rsplit_once(' ')?;
    let ordinal = matches!(family, "أوغلو" | "الأب" | "الابن" | "الأول" | "الثاني" | "الثانية" | "الثالث" | "الرابع" | "الخامس" | "السادس");
    let linked = ["عبد", "بن", "أبو", "ابو", "آل", "ولد"].iter().any(|link| given.ends_with(link));
    (family.chars().count() > 3 && !ordinal && !linked).then_some(family)
}

/// The entries of a cell.
fn entries(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split('|').map(str::trim).filter(|entry| !entry.is_empty())
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

/// Adds a name; `~` before it makes a full name a short one, `!` one that counts where the piece names nobody else so.
fn add(roster: &mut Roster, actor: ActorId, entry: &'static str, form: Form, language: Option<Language>) {
    if let Some(text) = entry.strip_prefix('!') {
        roster.name(Name { text: text.trim().into(), actor, form: Form::Lone, language });
        return;
    }
    let (text, form) = match entry.strip_prefix('~') {
        Some(text) if form == Form::Full => (text, Form::Short),
        Some(text) => (text, form),
        None => (entry, form),
    };
    roster.name(Name { text: text.trim().into(), actor, form, language });
}

fn states(roster: &mut Roster) {
    for row in rows(STATES) {
        let actor = roster.add(row.actor(Kind::State));
        row.names_by_language(roster, actor);
    }
}

fn state_words(roster: &mut Roster) {
    let plain: HashSet<&str> = rows(STATE_WORDS).flat_map(|row| row.list("han").collect::<Vec<_>>()).collect();
    for row in rows(STATE_WORDS) {
        let actor = roster.add(row.actor(Kind::State));
        roster.set_tags(actor, row.texts("tags"));
        for (column, form) in [("names", Form::Full), ("demonyms", Form::Demonym), ("capital", Form::Capital), ("seat", Form::Seat)] {
            for entry in row.list(column) {
                add(roster, actor, entry, form, None);
            }
        }
        for (column, language, forms) in peoples::COLUMNS {
            for text in row.list(column).flat_map(forms) {
                roster.name(Name { text: text.into(), actor, form: Form::Demonym, language: Language::parse(language) });
            }
        }
        // A character with a tilde means another state more often, or much else: in Chinese some pairs tell.
        for (column, language) in [("han", Language::CHINESE), ("kanji", Language::JAPANESE), ("hangul", Language::KOREAN)] {
            for entry in row.list(column) {
                let character = match entry.strip_prefix('~') {
                    Some(weak) if column == "han" && !plain.contains(weak) => weak,
                    Some(_) => continue,
                    None => entry,
                };
                roster.name(Name { text: character.into(), actor, form: Form::Character, language: Some(language) });
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
        row.family_names(roster, actor);
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

fn add_term(roster: &mut Roster, id: &str, office: &'static str, from: &'static str, to: &'static str) {
    let to = Some(to).filter(|to| !to.is_empty()).map(Text::Borrowed);
    roster.add_term(id, Term { office: office.into(), from: from.into(), to });
}

fn orgs(roster: &mut Roster, table: &'static str) {
    for row in rows(table) {
        let actor = roster.add(row.actor(Kind::Org));
        row.names_by_language(roster, actor);
    }
}
