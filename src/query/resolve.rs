use std::fmt;

use super::dates::dates;
use super::{Clause, Dates, Field, Mode, Part, Pattern, SyntaxError, Tree, Undated, Wish, parts};
use crate::actors::{Actor, Kind, Roster};
use crate::pieces::Date;

/// A clause with nothing left to look up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// What is asked for.
    pub ask: Ask,
    /// The clause as the user wrote it.
    pub label: String,
}

/// What a resolved clause asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// A word, in any of its inflections.
    Word(String),
    /// A word that is like this.
    Pattern(Pattern),
    /// Words as they are, in order.
    Phrase(String),
    /// Words, patterns and actors of the roster, in order.
    Parts(Vec<Part>),
    /// The same in any order, with at the most so many other words between them.
    Loose(Vec<Part>, u32),
    /// Words as they are written.
    Exact(String),
    /// Words in a field.
    Field(Field, String),
    /// A date of publication, and what is to become of pieces without one.
    Date(Dates, Undated),
    /// An actor of the roster, by its id.
    Actor(String),
    /// Any actor of a kind.
    Kind(Kind),
}

impl fmt::Display for Leaf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label)
    }
}

/// What a query may lean on.
#[derive(Clone, Copy, Debug)]
pub struct Known<'k> {
    /// The actors who are known.
    pub roster: &'k Roster,
    /// What day it is, if somebody says.
    pub today: Option<Date>,
}

/// Ties the names in `tree`, which was parsed of `query`, to the actors of the roster, and times told from today to dates.
///
/// # Errors
/// A name that no actor has, or several have. In [`Mode::Any`] an unknown name is plain words instead.
pub fn resolve(tree: Tree<Clause>, query: &str, mode: Mode, known: Known<'_>) -> Result<Tree<Leaf>, SyntaxError> {
    tree.try_map(&mut |clause: Clause| {
        let error = |(problem, hint): (String, String)| SyntaxError::new(query, clause.at, problem, hint);
        let mut label = clause.at.of(query).to_owned();
        let ask = match clause.wish {
            Wish::Word(word) => Ask::Word(word),
            Wish::Pattern(pattern) => Ask::Pattern(pattern),
            Wish::Phrase(words) => {
                let parts = known_parts(&words, mode, known.roster).map_err(error)?;
                if parts.iter().all(|part| matches!(part, Part::Words(_))) { Ask::Phrase(words) } else { Ask::Parts(parts) }
            }
            Wish::Loose(words, others) => Ask::Loose(known_parts(&words, mode, known.roster).map_err(error)?, others),
            Wish::Exact(words) => Ask::Exact(words),
            Wish::Field(field, value) => Ask::Field(field, value),
            Wish::Date(dates) => Ask::Date(dates, Undated::Exclude),
            Wish::When(value) => {
                let dates = known.today.and_then(|today| dates(&value, today));
                let dates =
                    dates.ok_or_else(|| error(("nobody says what day it is".to_owned(), "write a date: date:2024-03".to_owned())))?;
                label = dates.to_string();
                Ask::Date(dates, Undated::Exclude)
            }
            Wish::Kind(kind) => Ask::Kind(kind),
            Wish::Actor(ref name) | Wish::ActorNamed(ref name) => {
                let by_id = matches!(clause.wish, Wish::Actor(_));
                match actor(name, by_id, known.roster) {
                    Ok(actor) => Ask::Actor(actor.id.to_string()),
                    Err(_) if mode == Mode::Any => Ask::Word(name.clone()),
                    Err(fault) => return Err(error(fault)),
                }
            }
        };
        Ok(Leaf { ask, label })
    })
}

/// The parts of a phrase, their actors by the ids of the roster.
fn known_parts(text: &str, mode: Mode, roster: &Roster) -> Result<Vec<Part>, (String, String)> {
    let parts = parts::parts(text).map_err(|(problem, hint)| (problem.to_owned(), hint.to_owned()))?;
    let known = |part| match part {
        Part::Actor(name) => match actor(&name, true, roster) {
            Ok(actor) => Ok(Part::Actor(actor.id.to_string())),
            Err(_) if mode == Mode::Any => Ok(Part::Words(name)),
            Err(fault) => Err(fault),
        },
        part => Ok(part),
    };
    parts.into_iter().map(known).collect()
}

/// The actor with this id or name, or what is wrong and what to do.
fn actor<'r>(name: &str, by_id: bool, roster: &'r Roster) -> Result<&'r Actor, (String, String)> {
    if let Some(actor) = roster.find(name) {
        return Ok(actor);
    }
    let named = if by_id { roster.named(&name.replace('-', " ")) } else { roster.named(name) };
    let ids = |actors: &[&Actor]| actors.iter().map(|actor| format!("@{}", actor.id)).collect::<Vec<_>>().join(", ");
    match named.as_slice() {
        [actor] => Ok(actor),
        [] => {
            let similar = roster.similar(&name.replace('-', " "), 3);
            let hint = if similar.is_empty() {
                "see pundit actors find for the names that are known".to_owned()
            } else {
                format!("did you mean {}?", ids(&similar))
            };
            Err((format!("no actor is known as {name:?}"), hint))
        }
        several => Err((format!("{} actors are known as {name:?}", several.len()), format!("say which one: {}", ids(several)))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    fn resolved(query: &str, mode: Mode) -> Result<String, String> {
        let tree = parse(query, mode).unwrap();
        resolve(tree, query, mode, Known { roster: Roster::builtin(), today: Date::day(2024, 3, 31) })
            .map(|tree| format!("{tree} = {:?}", asks(&tree)))
            .map_err(|error| format!("{error} | {}", error.hint.clone().unwrap_or_default()))
    }

    fn asks(tree: &Tree<Leaf>) -> Vec<Ask> {
        let mut out = Vec::new();
        tree.wanted(&mut |leaf| out.push(leaf.ask.clone()));
        out
    }

    #[test]
    fn names_become_actors() {
        for query in ["@russia", "actor:Russia", "actor:俄罗斯", "actor:\"Russian Federation\""] {
            assert_eq!(resolved(query, Mode::All).unwrap(), format!("{query} = [Actor(\"russia\")]"));
        }
    }

    #[test]
    fn actors_in_phrases_and_times_are_tied_down() {
        assert_eq!(
            resolved("\"@russia met\" date:last-month", Mode::All).unwrap(),
            "\"@russia met\" AND date:2024-02 = [Parts([Actor(\"russia\"), Words(\"met\")]), \
             Date(Dates { from: Some(Date { first: 2024-02-01, precision: Month }), to: Some(Date { first: 2024-02-01, precision: Month }) }, Exclude)]"
        );
        assert!(resolved("\"@rossija met\"", Mode::All).unwrap_err().contains("no actor is known"));
        assert!(resolved("\"@rossija met\"~3", Mode::Any).unwrap().ends_with("[Loose([Words(\"rossija\"), Words(\"met\")], 3)]"));
    }

    #[test]
    fn unknown_names_get_suggestions() {
        assert_eq!(resolved("@rossija", Mode::All).unwrap_err().split(" | ").next(), Some("no actor is known as \"rossija\""));
        assert!(resolved("@russsia", Mode::All).unwrap_err().contains("@russia"));
        assert_eq!(resolved("@russsia", Mode::Any).unwrap(), "@russsia = [Word(\"russsia\")]");
    }

    #[test]
    fn shared_names_are_told_apart_by_the_user() {
        let error = resolved("actor:Congo", Mode::All).unwrap_err();
        assert!(error.contains("2 actors") && error.contains("@dr-congo"), "{error}");
    }
}
