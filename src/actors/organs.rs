//! Organs that states have alike, named after their state.

use rustc_hash::FxHashMap;

use super::roster::{Actor, ActorId, Form, Kind, Name, Roster, Text};
use super::tables::{Row, foreign, rows};
use crate::text::Language;
use crate::text::script::{is_han, is_hangul, is_kana};

/// The table.
pub(super) const TABLE: &str = include_str!("roster/organs.tsv");

/// Gives each state the organs of the table. One that the roster has already, under one of the names, gets the others.
pub(super) fn add(roster: &mut Roster) {
    let states = states(roster);
    let mut taken: FxHashMap<Text, ActorId> = FxHashMap::default();
    for name in roster.names().iter().filter(|name| name.form == Form::Full) {
        taken.insert(name.text.clone(), name.actor);
    }
    for row in rows(TABLE) {
        let without: Vec<&str> = row.list("not").collect();
        let patterns = row.patterns();
        for state in states.iter().filter(|state| !without.contains(&state.id.as_ref())) {
            let names = state.names(&patterns);
            let mut full = names.iter().filter(|name| name.form == Form::Full);
            let Some(first) = full.clone().next().map(|name| name.text.clone()) else { continue };
            let there = full.find_map(|name| taken.get(&name.text).copied());
            let actor = there.unwrap_or_else(|| {
                let id = format!("{}-{}", state.id, row.one("id")).into();
                let of = vec![state.id.clone()];
                roster.add(Actor { id, kind: Kind::Org, tags: row.texts("tags"), of, name: first, terms: Vec::new() })
            });
            for name in names {
                // What another actor is called already stays that one's.
                if name.form == Form::Short || !taken.contains_key(&name.text) {
                    if name.form == Form::Full {
                        taken.insert(name.text.clone(), actor);
                    }
                    roster.name(Name { actor, ..name });
                }
            }
        }
    }
}

/// A pattern of a name: its column, what is to be filled in, and its form.
type Pattern = (&'static str, &'static str, Form);

impl Row {
    fn patterns(&self) -> Vec<Pattern> {
        let mut patterns = Vec::new();
        for column in ["en", "zh", "ko", "ja"] {
            for pattern in self.list(column) {
                let (pattern, form) = pattern.strip_prefix('~').map_or((pattern, Form::Full), |pattern| (pattern, Form::Short));
                patterns.push((column, pattern, form));
            }
        }
        patterns
    }
}

/// What a state is called, to name its organs after it.
struct State {
    id: Text,
    actor: ActorId,
    /// What stands for each mark in a pattern.
    words: [(&'static str, Option<Text>); 5],
}

/// The states that have organs.
fn states(roster: &Roster) -> Vec<State> {
    const MORE: [&str; 4] = ["taiwan", "kosovo", "palestine", "holy-see"];
    let mut at: FxHashMap<ActorId, usize> = FxHashMap::default();
    let mut states = Vec::new();
    for (actor, state) in roster.actors_with_ids() {
        let has = state.tags.iter().any(|tag| tag == "un-member") || MORE.contains(&state.id.as_ref());
        if state.kind == Kind::State && has {
            at.insert(actor, states.len());
            let words = [("{state}", Some(state.name.clone())), ("{adj}", None), ("{zh}", None), ("{ko}", None), ("{ja}", None)];
            states.push(State { id: state.id.clone(), actor, words });
        }
    }
    for name in roster.names() {
        if let Some(state) = at.get(&name.actor).and_then(|&at| states.get_mut(at)) {
            state.learn(name);
        }
    }
    states
}

impl State {
    /// Takes the first name of each kind that a pattern wants.
    fn learn(&mut self, name: &Name) {
        let all = |fits: fn(char) -> bool| name.text.chars().all(fits);
        let mark = match name.form {
            Form::Demonym if name.text.is_ascii() => "{adj}",
            Form::Full if name.language.is_some() => return,
            Form::Full if all(is_han) => "{zh}",
            Form::Full if all(is_hangul) => "{ko}",
            Form::Full if all(|c| is_kana(c) || c == '・') => "{ja}",
            _ => return,
        };
        if let Some((_, word)) = self.words.iter_mut().find(|(known, _)| *known == mark) {
            word.get_or_insert_with(|| name.text.clone());
        }
    }

    /// The names of its organ by `patterns`, each once.
    fn names(&self, patterns: &[Pattern]) -> Vec<Name> {
        let mut names: Vec<Name> = Vec::new();
        for &(column, pattern, form) in patterns {
            let Some(text) = self.fill(pattern) else { continue };
            if !names.iter().any(|name| name.text == text) {
                let language = Language::parse(column).filter(|&language| foreign(&text, language));
                names.push(Name { text: text.into(), actor: self.actor, form, language });
            }
        }
        names
    }

    /// A pattern with the state's words in it; `None` where the state has none of a kind.
    fn fill(&self, pattern: &str) -> Option<String> {
        let mut text = pattern.to_owned();
        for (mark, word) in &self.words {
            if text.contains(mark) {
                text = text.replace(mark, word.as_deref()?);
            }
        }
        Some(text)
    }
}
