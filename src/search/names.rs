//! Actors whom the words of a query name.

use std::ops::Range;

use crate::actors::RosterInUse;
use crate::index::Reader;
use crate::query::{Ask, Leaf, Pattern, Tree, Unlisted};
use crate::text::{Words, fold, han};

/// The actors that an index mentions though no roster lists them.
pub(super) struct Mentioned<'r>(pub(super) &'r Reader);

impl Unlisted for Mentioned<'_> {
    fn find(&self, name: &str) -> Option<String> {
        // What cannot be read finds nobody here, and is told when the query is answered.
        [name.to_lowercase(), id_of(name)].into_iter().find(|id| !id.is_empty() && self.0.mentions(id).unwrap_or(false))
    }

    fn similar(&self, name: &str) -> Vec<String> {
        let id = id_of(name);
        let off = match id.chars().count() {
            0..4 => return Vec::new(),
            4..8 => 1,
            _ => 2,
        };
        let Ok(fits) = Pattern::Fuzzy(id.clone(), off).automaton() else { return Vec::new() };
        let mut alike: Vec<(usize, String)> = Vec::new();
        for known in self.0.mentioned_ids().unwrap_or_default() {
            // A part of a name, or a name with a slip in it.
            let part = known.strip_prefix(&id).is_some_and(|rest| rest.starts_with('-')) || known.ends_with(&format!("-{id}"));
            if part || fits.fits(&known) {
                alike.push((usize::from(!part), known));
            }
        }
        alike.sort();
        alike.retain(|(_, id)| self.0.mentions(id).unwrap_or(false));
        alike.into_iter().map(|(_, id)| id).collect()
    }
}

/// The id that a name has where no roster gives it one.
fn id_of(name: &str) -> String {
    Words::of(name).fold(String::new(), |mut id, word| {
        // Scripts without spaces have a word for each character.
        if !id.is_empty() && !word.solo {
            id.push('-');
        }
        id.push_str(&fold::folded(word.span.of(name)));
        id
    })
}

/// The longest names, in words, that are looked for.
const LONGEST: usize = 6;

/// `asked`, with what its plain words and phrases name in full also asked for as actors, so that pieces which name them otherwise are found
/// and rank.
///
/// Words that name an actor are satisfied by a mention of it under any name. A phrase asks for those very words, so there a mention only
/// makes a passage rank better. What is negated stays as it is: to leave out a word is not to leave out an actor. A name that several actors
/// have names none. One of characters that are no word of the dictionary stands together.
pub(super) fn widened(asked: Tree<Leaf>, roster: RosterInUse) -> Tree<Leaf> {
    match asked {
        Tree::All(trees) => Tree::All(parts(&trees, roster, &|words, actor| vec![either(words, actor)])),
        Tree::Best(trees) => Tree::Best(parts(&trees, roster, &|mut words, actor| {
            words.push(actor);
            words
        })),
        Tree::Any(trees) => Tree::Any(trees.into_iter().map(|tree| widened(tree, roster)).collect()),
        Tree::Must(tree) => Tree::Must(Box::new(widened(*tree, roster))),
        Tree::Boost(tree, weight) => Tree::Boost(Box::new(widened(*tree, roster)), weight),
        // What is near something is asked for as it is, and so is what is counted.
        asked @ (Tree::Not(_) | Tree::Near(..) | Tree::AtLeast(..)) => asked,
        Tree::Clause(leaf) => match &leaf.ask {
            Ask::Word(name) => match named(name, roster) {
                Some(actor) => either(vec![Tree::Clause(leaf)], actor),
                None => Tree::Clause(leaf),
            },
            Ask::Phrase(name) => match named(name, roster) {
                Some(actor) => Tree::Best(vec![Tree::Must(Box::new(Tree::Clause(leaf))), actor]),
                None => Tree::Clause(leaf),
            },
            _ => Tree::Clause(leaf),
        },
    }
}

/// A [widened] tree as a query that asks for the same: without the actors that only rank, which are widened to again, and which no query can say
/// but with `--any`.
pub(super) fn asked_for(tree: &Tree<Leaf>) -> Tree<Leaf> {
    let each = |trees: &[Tree<Leaf>]| trees.iter().map(asked_for).collect();
    match tree {
        Tree::Best(trees) => match trees.as_slice() {
            [Tree::Must(asked), Tree::Clause(actor)] if actor.implied => asked_for(asked),
            trees => Tree::Best(each(trees)),
        },
        Tree::All(trees) => Tree::All(each(trees)),
        Tree::Any(trees) => Tree::Any(each(trees)),
        Tree::Must(tree) => Tree::Must(Box::new(asked_for(tree))),
        Tree::Boost(tree, weight) => Tree::Boost(Box::new(asked_for(tree)), *weight),
        tree => tree.clone(),
    }
}

/// All of `words`, or a mention of the actor.
fn either(words: Vec<Tree<Leaf>>, actor: Tree<Leaf>) -> Tree<Leaf> {
    let words = match <[_; 1]>::try_from(words) {
        Ok([word]) => together(word),
        Err(words) => Tree::All(words),
    };
    Tree::Any(vec![words, actor])
}

/// A name that is typed as one word. The dictionary would cut 马克龙 into a mark and a dragon.
fn together(name: Tree<Leaf>) -> Tree<Leaf> {
    match name {
        Tree::Clause(Leaf { ask: Ask::Word(name), label, implied })
            if name.chars().all(han::is_in_words) && is_cut(&fold::folded(&name)) =>
        {
            Tree::Clause(Leaf { ask: Ask::Phrase(name), label, implied })
        }
        name => name,
    }
}

/// Whether the dictionary has only parts of `name`, but more than its characters.
fn is_cut(name: &str) -> bool {
    let words = han::cut_apart(name);
    words.len() > 1 && words.iter().any(|word| word.chars().nth(1).is_some())
}

/// Small words that stand before names and are no part of them: nobody has to have them who names the actor.
const ARTICLES: [&str; 12] = ["das", "dem", "den", "der", "des", "die", "el", "la", "las", "le", "les", "the"];

/// What becomes of words and the actor whom they name.
type Join = dyn Fn(Vec<Tree<Leaf>>, Tree<Leaf>) -> Vec<Tree<Leaf>>;

/// The parts of a joint, where `join` puts words that follow each other and the actor whom they name together.
fn parts(trees: &[Tree<Leaf>], roster: RosterInUse, join: &Join) -> Vec<Tree<Leaf>> {
    let mut out = Vec::with_capacity(trees.len());
    let mut rest = trees;
    while let Some((first, behind)) = rest.split_first() {
        let words: Vec<&str> = rest.iter().map_while(plain_word).take(LONGEST).collect();
        let article = usize::from(words.first().is_some_and(|word| ARTICLES.contains(&fold::folded(word).as_str())));
        let name = |span: Range<usize>| Some((span.clone(), named(&words.get(span)?.join(" "), roster)?));
        let longest = (1..=words.len()).rev().find_map(|end| name(0..end).or_else(|| name(article..end)));
        rest = match longest {
            Some((name, actor)) => {
                let (words, behind) = rest.split_at(name.end);
                out.extend(join(words.get(name).unwrap_or_default().to_vec(), actor));
                behind
            }
            None => {
                out.push(if words.is_empty() { widened(first.clone(), roster) } else { first.clone() });
                behind
            }
        };
    }
    out
}

/// The word that a clause asks for, and nothing else.
pub(super) fn plain_word(tree: &Tree<Leaf>) -> Option<&str> {
    match tree {
        Tree::Clause(Leaf { ask: Ask::Word(word), .. }) => Some(word),
        _ => None,
    }
}

/// The actor that `name` names, as a clause.
fn named(name: &str, roster: RosterInUse) -> Option<Tree<Leaf>> {
    let id = roster.meant(name)?;
    Some(Tree::Clause(Leaf { ask: Ask::Actor(id.to_owned()), label: format!("@{id}"), implied: true }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Mode, QueryContext, parse, resolve};

    fn shown(query: &str, mode: Mode) -> String {
        let roster = RosterInUse::default();
        let asked = resolve(parse(query, mode).unwrap(), query, mode, QueryContext { roster, unlisted: None, today: None }).unwrap();
        let tree = widened(asked, roster);
        if mode == Mode::All { asked_for(&tree).to_string() } else { tree.to_string() }
    }

    #[test]
    fn names_that_the_dictionary_does_not_have_stand_together() {
        let first = |query: &str| {
            let known = QueryContext { roster: RosterInUse::default(), unlisted: None, today: None };
            let mut asks = Vec::new();
            widened(resolve(parse(query, Mode::All).unwrap(), query, Mode::All, known).unwrap(), known.roster)
                .wanted(&mut |leaf| asks.push(leaf.ask.clone()));
            asks.remove(0)
        };
        for (query, ask) in [
            ("马克龙", Ask::Phrase("马克龙".to_owned())),
            ("馬克龍 访华", Ask::Phrase("馬克龍".to_owned())),
            ("安理会", Ask::Word("安理会".to_owned())),
            ("Macron", Ask::Word("Macron".to_owned())),
        ] {
            assert_eq!(first(query), ask);
        }
    }

    #[test]
    fn names_are_asked_for_as_actors_too() {
        let table = [
            ("Kim Jong Un munitions", "((Kim AND Jong AND Un) OR @kim-jong-un) AND munitions"),
            ("金正恩 弹药", "(金正恩 OR @kim-jong-un) AND 弹药"),
            ("金正恩", "金正恩 OR @kim-jong-un"),
            ("\"Kim Jong Un\" OR oil", "\"Kim Jong Un\" OR oil"),
            ("\"Kim Jong Un\"^2 treaty", "\"Kim Jong Un\"^2 AND treaty"),
            ("oil -金正恩", "oil AND NOT 金正恩"),
            ("who told us", "who AND told AND us"),
            ("the European Union tariffs", "((European AND Union) OR @european-union) AND tariffs"),
            ("the", "the"),
            ("tariffs the EU", "tariffs AND (EU OR @european-union)"),
        ];
        for (query, expected) in table {
            assert_eq!(shown(query, Mode::All), expected, "{query}");
        }
        assert_eq!(shown("Kim Jong Un munitions", Mode::Any), "Kim Jong Un @kim-jong-un munitions");
        assert_eq!(shown("\"Kim Jong Un\" OR oil", Mode::Any), "(+\"Kim Jong Un\" @kim-jong-un) OR oil");
    }
}
