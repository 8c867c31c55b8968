use std::fmt;

use super::{Clause, Dates, Field, Mode, SyntaxError, Tree, Undated, Wish};
use crate::actors::{Actor, Kind, Roster};

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
    /// Words as they are, in order.
    Phrase(String),
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

/// Ties the names in `tree`, which was parsed of `query`, to the actors of `roster`.
///
/// # Errors
/// A name that no actor has, or several have. In [`Mode::Any`] an unknown name is plain words instead.
pub fn resolve(tree: Tree<Clause>, query: &str, mode: Mode, roster: &Roster) -> Result<Tree<Leaf>, SyntaxError> {
    tree.try_map(&mut |clause: Clause| {
        let label = clause.at.of(query).to_owned();
        let ask = match clause.wish {
            Wish::Word(word) => Ask::Word(word),
            Wish::Phrase(words) => Ask::Phrase(words),
            Wish::Exact(words) => Ask::Exact(words),
            Wish::Field(field, value) => Ask::Field(field, value),
            Wish::Date(dates) => Ask::Date(dates, Undated::Exclude),
            Wish::Kind(kind) => Ask::Kind(kind),
            Wish::Actor(ref name) | Wish::ActorNamed(ref name) => {
                let by_id = matches!(clause.wish, Wish::Actor(_));
                match actor(name, by_id, roster) {
                    Ok(actor) => Ask::Actor(actor.id.clone()),
                    Err(_) if mode == Mode::Any => Ask::Word(name.clone()),
                    Err((problem, hint)) => return Err(SyntaxError::new(query, clause.at, problem, hint)),
                }
            }
        };
        Ok(Leaf { ask, label })
    })
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
        resolve(tree, query, mode, Roster::builtin())
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
