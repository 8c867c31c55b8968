//! Actors whom the words of a query name.

use crate::actors::{Form, Roster};
use crate::query::{Ask, Leaf, Tree};

/// The ids of the actors whom the plain words and phrases of `asked` name in full, so that passages which name them otherwise can rank too.
/// A name that several actors have names none.
pub(super) fn also_named(asked: &Tree<Leaf>, roster: &Roster) -> Vec<String> {
    let mut runs: Vec<Vec<&str>> = vec![Vec::new()];
    asked.wanted(&mut |leaf| match &leaf.ask {
        Ask::Word(word) => runs.last_mut().into_iter().for_each(|run| run.push(word)),
        Ask::Phrase(words) => runs.extend([vec![words.as_str()], Vec::new()]),
        _ => runs.push(Vec::new()),
    });
    let mut ids: Vec<String> = Vec::new();
    for run in runs {
        let mut at = 0;
        while at < run.len() {
            let longest = (1..=LONGEST.min(run.len() - at)).rev().find_map(|words| {
                let name = run.get(at..at + words)?.join(" ");
                named(&name, roster).map(|id| (words, id))
            });
            at += match longest {
                Some((words, id)) => {
                    if !ids.contains(&id) {
                        ids.push(id);
                    }
                    words
                }
                None => 1,
            };
        }
    }
    ids
}

/// The longest names, in words, that are looked for.
const LONGEST: usize = 6;

fn named(name: &str, roster: &Roster) -> Option<String> {
    // "us", "who" and "it" are words unless they are written as acronyms.
    let short = name.is_ascii() && name.len() < 4;
    let id = roster.named_fully(name)?;
    let fits = !short || roster.names_of(id).any(|known| known.form == Form::Full && known.text == name);
    fits.then(|| id.to_owned())
}
