//! Organs that states have alike, named after their state.

use foldhash::HashMap;

use super::cases::genitive;
use super::roster::{Actor, ActorId, Form, Kind, Name, Roster, Text};
use super::tables::{Row, foreign, rows};
use crate::text::Language;
use crate::text::script::{Alphabet, alphabet, is_han, is_hangul, is_kana};

/// The table.
pub(super) const TABLE: &str = include_str!("roster/organs.tsv");

/// Gives each state the organs of the table. One that the roster has already, under one of the names, gets the others.
pub(super) fn add(roster: &mut Roster) {
    let states = states(roster);
    let mut taken: HashMap<Text, ActorId> = HashMap::default();
    for name in roster.names().iter().filter(|name| name.form == Form::Full) {
        taken.insert(name.text.clone(), name.actor);
    }
    for row in rows(TABLE) {
        let [within, without] = ["in", "not"].map(|column| row.list(column).collect::<Vec<_>>());
        let patterns = row.patterns();
        let has = |state: &&State| (within.is_empty() || within.contains(&&*state.id)) && !without.contains(&&*state.id);
        for state in states.iter().filter(has) {
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

/// A pattern of a name.
struct Pattern {
    language: Option<Language>,
    /// What stands before the mark, or all, …
    before: &'static str,
    /// … and what behind it.
    behind: &'static str,
    form: Form,
    /// The place among [`MARKS`] of what is to be filled in; a pattern has one mark, or none.
    mark: Option<usize>,
}

impl Row {
    fn patterns(&self) -> Vec<Pattern> {
        let mut patterns = Vec::new();
        for column in ["en", "zh", "ko", "ja", "ru", "ar"] {
            let language = Language::parse(column);
            for text in self.list(column) {
                let (text, form) = text.strip_prefix('~').map_or((text, Form::Full), |text| (text, Form::Short));
                let cut = MARKS.iter().enumerate().find_map(|(at, mark)| Some((Some(at), text.split_once(mark)?)));
                let (mark, (before, behind)) = cut.unwrap_or((None, (text, "")));
                patterns.push(Pattern { language, before, behind, form, mark });
            }
        }
        patterns
    }
}

/// What stands in a pattern for a word of the state.
const MARKS: [&str; 13] =
    ["{state}", "{adj}", "{zh}", "{ko}", "{ja}", "{ru}", "{ru_m}", "{ru_f}", "{ru_n}", "{ru_p}", "{ar}", "{ar_m}", "{ar_f}"];

/// What a state is called, to name its organs after it.
struct State {
    id: Text,
    actor: ActorId,
    /// What stands for each of [`MARKS`]: one word, but in Russian also the abbreviations of a name.
    words: [Vec<Text>; MARKS.len()],
}

/// The states that have organs.
fn states(roster: &Roster) -> Vec<State> {
    const MORE: [&str; 4] = ["taiwan", "kosovo", "palestine", "holy-see"];
    let mut at: HashMap<ActorId, usize> = HashMap::default();
    let mut states = Vec::new();
    for (actor, state) in roster.actors_with_ids() {
        let has = state.tags.iter().any(|tag| tag == "un-member") || MORE.contains(&state.id.as_ref());
        if state.kind == Kind::State && has {
            at.insert(actor, states.len());
            let mut one = State { id: state.id.clone(), actor, words: Default::default() };
            one.take("{state}", state.name.clone());
            states.push(one);
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
        let text = &name.text;
        let all = |fits: fn(char) -> bool| text.chars().all(fits);
        match (name.form, alphabet(text)) {
            // No organ is called after deutsch, or after a full name that is of one language alone.
            (Form::Demonym, Alphabet::Latin) | (Form::Full, _) if name.language.is_some() => {}
            (Form::Demonym, _) if text.is_ascii() => self.take("{adj}", text.clone()),
            (Form::Demonym, Alphabet::Cyrillic) => {
                const ENDINGS: [(&str, [&str; 2]); 4] =
                    [("{ru_m}", ["ий", "ый"]), ("{ru_f}", ["ая", "яя"]), ("{ru_n}", ["ое", "ее"]), ("{ru_p}", ["ие", "ые"])];
                if let Some((mark, _)) = ENDINGS.iter().find(|(_, endings)| endings.iter().any(|ending| text.ends_with(ending))) {
                    self.take(mark, text.clone());
                }
            }
            // الروسية stands behind ministries, الروسي behind parliaments.
            (Form::Demonym, Alphabet::Arabic) if text.starts_with("ال") && text.ends_with("ية") => self.take("{ar_f}", text.clone()),
            (Form::Demonym, Alphabet::Arabic) if text.starts_with("ال") && text.ends_with('ي') => self.take("{ar_m}", text.clone()),
            (Form::Full, Alphabet::Cyrillic) => self.take("{ru}", genitive(text).into()),
            (Form::Full, Alphabet::Arabic) => self.take("{ar}", text.clone()),
            (Form::Full, _) if all(is_han) => self.take("{zh}", text.clone()),
            (Form::Full, _) if all(is_hangul) => self.take("{ko}", text.clone()),
            (Form::Full, _) if all(|c| is_kana(c) || c == '・') => self.take("{ja}", text.clone()),
            _ => {}
        }
    }

    /// Takes a word for `mark`, if it is the first, or another abbreviation.
    fn take(&mut self, mark: &str, word: Text) {
        if let Some((_, words)) = MARKS.iter().zip(&mut self.words).find(|(known, _)| **known == mark) {
            let abbreviation = mark == "{ru}" && word.chars().all(char::is_uppercase);
            if (words.is_empty() || abbreviation) && !words.contains(&word) {
                words.push(word);
            }
        }
    }

    /// The names of its organ by `patterns`, each once.
    fn names(&self, patterns: &[Pattern]) -> Vec<Name> {
        let mut names: Vec<Name> = Vec::new();
        for pattern in patterns {
            for text in self.fill(pattern) {
                if !names.iter().any(|name| name.text == text) {
                    let language = pattern.language.filter(|&language| foreign(&text, language));
                    names.push(Name { text, actor: self.actor, form: pattern.form, language });
                }
            }
        }
        names
    }

    /// A pattern with each of the state's words for its mark in it: nothing, where the state has none.
    fn fill(&self, pattern: &Pattern) -> Vec<Text> {
        let Pattern { before, behind, .. } = *pattern;
        let Some(at) = pattern.mark else { return vec![Text::Borrowed(before)] };
        let words = self.words.get(at).map(Vec::as_slice).unwrap_or_default();
        words.iter().map(|word| [before, word, behind].concat().into()).collect()
    }
}
