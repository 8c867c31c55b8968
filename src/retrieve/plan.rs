//! A resolved query as what it needs of an index: a tree over numbered needs, and what of them counts for ranking.
//!
//! Words become stems of the languages that the index has, names the marks of their actors, fields what headers say. What has to stand
//! somewhere in a text (a phrase, nearness) is one need with its places, however it is nested; the tree above joins pieces.

use super::adjacent::{Pair, pairs};
use super::clauses::{HeaderCondition, condition, mentions_of, words_condition, words_of};
use super::compounds::Compound;
use super::inflections::Inflections;
use super::intervals::{Atom, Places};
use super::operands::{operand, phrase, sequence, together, unparted};
use super::optional::telling;
use super::required::required;
use super::typed_parts::{TypedPart, lowered, typed_parts};
use crate::index::fields::Meta;
use crate::index::marks;
use crate::query::{Ask, Dates, Field, Leaf, Mode, Tree, Undated};
use crate::text::{Language, Word, Words, han, hyphens};

/// A resolved query as what it needs of an index.
#[derive(Debug)]
pub struct Plan {
    /// The query over its leaves, by their numbers.
    pub tree: Tree<usize>,
    /// What each leaf needs.
    pub leaves: Vec<Planned>,
    /// Its words that stand next to each other.
    pub pairs: Vec<Pair>,
    /// In what of a piece the parts of an AND have to stand together.
    pub within: Within,
    /// Whether a pattern of the query has more forms in the index than are looked for.
    pub truncated: bool,
}

/// In what of a piece the parts of an AND have to stand together, as far as they stand in its text. What is asked of the piece as a whole
/// (fields, dates, NOT, atleast) stays about the piece.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Within {
    /// The piece.
    #[default]
    Piece,
    /// One passage, or the title.
    Passage,
    /// One sentence.
    Sentence,
}

/// A leaf of a plan.
#[derive(Debug)]
pub struct Planned {
    /// The clause as the user wrote it.
    pub label: String,
    /// What a piece must have.
    pub need: Need,
    /// The ranking terms of the clause, each as often as the clause has it.
    pub terms: Vec<Vec<String>>,
    /// The same of what the clause asks of the title: by these pieces rank, and no passage is better for having them.
    pub title_terms: Vec<Vec<String>>,
    /// The marks of the mentions that the clause has: like its terms they say how rare it is as a whole.
    pub mentions: Vec<String>,
    /// What counts for ranking as a whole, beside the terms.
    pub whole: Option<Whole>,
    /// How much it counts for ranking.
    pub weight: f32,
    /// Whether it needs more than a word of some stem: then a passage that has its terms, but not what is needed, is no hit.
    pub together: bool,
    /// Whether it says otherwise what another leaf says, as the name of an actor is also asked for as the actor.
    pub implied: bool,
}

impl Planned {
    /// A need that nobody wrote, and by which nothing ranks.
    fn of(need: Need) -> Self {
        Self {
            label: String::new(),
            need,
            terms: Vec::new(),
            title_terms: Vec::new(),
            mentions: Vec::new(),
            whole: None,
            weight: 1.0,
            together: false,
            implied: false,
        }
    }
}

/// What counts for ranking as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whole {
    /// A phrase, or things near each other.
    Phrase(Need),
    /// An actor, by the mark of a mention.
    Actor(String),
}

/// What a piece must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    /// A word of one of these stems, in a passage or the title.
    Stem(Vec<String>),
    /// Something at a place.
    Places(Places<Atom>),
    /// Something at so many places.
    AtLeast(u32, Places<Atom>),
    /// A mention, by its mark.
    Mention(String),
    /// A piece that has a mention, by its mark, wherever it stands.
    Mentioned(String),
    /// All of these.
    All(Vec<Need>),
    /// One of these.
    Any(Vec<Need>),
    /// This, in the title.
    Title(Box<Need>),
    /// A header that meets this.
    Meta(HeaderCondition),
    /// A date in this range.
    Dates(Dates, Undated),
    /// What no piece has.
    Nothing,
}

impl Need {
    fn meta(meta: Meta<'_>) -> Self {
        Self::Meta(HeaderCondition::Any(vec![meta.token()]))
    }
}

impl Plan {
    /// The plan of `tree` for an index in which words have these `inflections`.
    #[must_use]
    pub fn new(tree: &Tree<Leaf>, mode: Mode, inflections: Inflections<'_>) -> Self {
        let mut planner = Planner { inflections, leaves: Vec::new(), optional: mode == Mode::Any, weight: 1.0 };
        let pairs = pairs(tree, &planner);
        let tree = planner.tree(tree);
        Self { tree, leaves: planner.leaves, pairs, within: Within::Piece, truncated: false }
    }

    /// A plan of nothing but needs, to see whether they are met.
    pub(super) fn of_needs(needs: Vec<Need>) -> Self {
        let tree = Tree::Any((0..needs.len()).map(Tree::Clause).collect());
        Self { tree, leaves: needs.into_iter().map(Planned::of).collect(), pairs: Vec::new(), within: Within::Piece, truncated: false }
    }

    /// Whether only some of the passages that have words of the query may be hits.
    pub(super) fn chooses_passages(&self) -> bool {
        self.within != Within::Piece || self.leaves.iter().any(|leaf| leaf.together) || may_fail(&self.tree)
    }
}

/// Whether a tree may hold though a part of it that has some of its words does not.
fn may_fail(tree: &Tree<usize>) -> bool {
    match tree {
        Tree::All(trees) => trees.iter().any(may_fail),
        Tree::Any(trees) => trees.iter().any(|tree| may_fail(tree) || matches!(tree, Tree::All(_))),
        Tree::Must(tree) | Tree::Boost(tree, _) => may_fail(tree),
        // Where nothing is required, words count wherever they are.
        _ => false,
    }
}

pub(super) struct Planner<'l> {
    inflections: Inflections<'l>,
    leaves: Vec<Planned>,
    /// Whether clauses are none of them required, so that neither are the words of one.
    optional: bool,
    /// How much what is being planned counts.
    weight: f32,
}

impl Planner<'_> {
    fn tree(&mut self, tree: &Tree<Leaf>) -> Tree<usize> {
        let outer = self.optional;
        self.optional = match tree {
            Tree::Best(_) => true,
            // What is not wanted is meant as a whole, too.
            Tree::All(_) | Tree::Must(_) | Tree::Not(_) => false,
            _ => outer,
        };
        let planned = match tree {
            Tree::All(trees) => Tree::All(self.trees(trees)),
            Tree::Any(trees) => Tree::Any(self.trees(trees)),
            Tree::Best(trees) => Tree::Best(self.best(trees)),
            Tree::Not(tree) => Tree::Not(Box::new(self.tree(tree))),
            Tree::Must(tree) => Tree::Must(Box::new(self.tree(tree))),
            Tree::Boost(tree, weight) => {
                let outer = self.weight;
                self.weight *= weight.factor();
                let planned = self.tree(tree);
                self.weight = outer;
                planned
            }
            Tree::Near(_, _, _, written) => {
                let places = operand(tree, self);
                let whole = Need::Places(places);
                let need = if self.optional { self.each_alone(tree) } else { whole.clone() };
                let together = !self.optional;
                self.add(Planned { together, ..self.planned(&written.0, need, tree, Some(Whole::Phrase(whole))) })
            }
            Tree::AtLeast(times, tree, written) => {
                let need = Need::AtLeast(*times, operand(tree, self));
                let planned = self.planned(&written.0, need, tree, None);
                let whole = planned.mentions.first().cloned().map(Whole::Actor);
                self.add(Planned { together: !self.optional, whole, ..planned })
            }
            Tree::Clause(leaf) => {
                let planned = self.leaf(leaf);
                self.add(planned)
            }
        };
        self.optional = outer;
        planned
    }

    pub(super) fn trees(&mut self, trees: &[Tree<Leaf>]) -> Vec<Tree<usize>> {
        trees.iter().map(|tree| self.tree(tree)).collect()
    }

    fn add(&mut self, planned: Planned) -> Tree<usize> {
        self.leaves.push(planned);
        Tree::Clause(self.leaves.len() - 1)
    }

    /// A leaf that ranks by the words of all clauses wanted in `tree`.
    fn planned(&self, label: &str, need: Need, tree: &Tree<Leaf>, whole: Option<Whole>) -> Planned {
        let (mut terms, mut mentions) = (Vec::new(), Vec::new());
        tree.wanted(&mut |leaf| {
            terms.extend(self.terms(&words_of(&leaf.ask)));
            mentions.extend(mentions_of(&leaf.ask));
        });
        let (label, title_terms) = (label.to_owned(), Vec::new());
        Planned { label, need, terms, title_terms, mentions, whole, weight: self.weight, together: false, implied: false }
    }

    /// Any of the clauses wanted in `tree`.
    fn each_alone(&self, tree: &Tree<Leaf>) -> Need {
        let mut needs = Vec::new();
        tree.wanted(&mut |leaf| needs.push(self.leaf(leaf).need));
        Need::Any(needs)
    }

    fn leaf(&self, leaf: &Leaf) -> Planned {
        let actor = |token: String| (Need::Mention(token.clone()), Some(Whole::Actor(token)));
        let (need, whole) = match &leaf.ask {
            Ask::Word(word) => (self.word(word), None),
            Ask::Pattern(pattern) => (Need::Places(Places::Atom(Atom::Pattern(pattern.clone()))), None),
            Ask::Phrase(_) | Ask::Parts(_) | Ask::Loose(..) => self.phrase(&leaf.ask),
            Ask::Exact(words) => (needed(sequence(words, true)), None),
            Ask::Field(field, value) => (self.field(*field, value), None),
            Ask::In(Field::Title, ask) => (Need::Title(Box::new(in_title(ask))), None),
            Ask::In(field, ask) => (condition(*field, ask).map_or(Need::Nothing, Need::Meta), None),
            Ask::Date(dates, undated) => (Need::Dates(*dates, *undated), None),
            Ask::Actor(id) => actor(format!("{}{id}", marks::ACTOR)),
            Ask::Mentions(id) => (Need::Mentioned(format!("{}{id}", marks::ACTOR)), None),
            Ask::Kind(kind) => actor(format!("{}{kind}", marks::KIND)),
        };
        let together = !self.optional && matches!(need, Need::Places(_) | Need::All(_));
        let terms = match (&leaf.ask, &need) {
            (Ask::Word(_), Need::Stem(stems)) => vec![stems.clone()],
            (Ask::Word(word), _) => Compound::of(word).map_or_else(|| self.terms(word), |compound| compound.terms(self)),
            (ask, _) => self.terms(&words_of(ask)),
        };
        let title_terms = match &leaf.ask {
            Ask::Field(Field::Title, words) => self.terms(words),
            Ask::In(Field::Title, ask) => self.terms(&words_of(ask)),
            _ => Vec::new(),
        };
        let (label, mentions) = (leaf.label.clone(), mentions_of(&leaf.ask));
        Planned { label, need, terms, title_terms, mentions, whole, weight: self.weight, together, implied: leaf.implied }
    }

    /// A phrase. Where no clause is required, its parts count singly too, and the whole makes a passage better.
    fn phrase(&self, ask: &Ask) -> (Need, Option<Whole>) {
        let whole = needed(phrase(ask));
        let several = matches!(&whole, Need::Places(Places::Sequence(_) | Places::Together(..)));
        let need = if self.optional && several { self.part_by_part(ask) } else { whole.clone() };
        (need, several.then_some(Whole::Phrase(whole)))
    }

    /// A word as typed, which may be several to an index. What is written together stands together (`example.com`; what is more of a
    /// [compound](Compound)), but scripts without spaces
    /// write sentences together: there [its parts](typed_parts) may be in any place, and so may those of a run of Han that [it is asked for
    /// by](han::asked_apart).
    pub(super) fn word(&self, typed: &str) -> Need {
        let words: Vec<Word> = Words::of(typed).collect();
        if let [word] = words.as_slice()
            && !word.solo
        {
            return Need::Stem(self.stems(word.span.of(typed)));
        }
        if !words.iter().any(|word| word.solo) {
            let whole = needed(together(typed, self));
            return if self.optional { self.or_parts(whole, typed, &words) } else { whole };
        }
        let mut parts = Vec::new();
        for part in typed_parts(typed) {
            match part {
                TypedPart::Word(word) => parts.push(Need::Stem(self.stems(word))),
                TypedPart::Together(text) => parts.push(needed(unparted(text))),
                TypedPart::Han(run) => {
                    let lowered = lowered(run);
                    // Where nothing is required, more is found by less.
                    if self.optional {
                        parts.extend(telling(han::cut_apart(&lowered)).into_iter().map(|part| needed(unparted(part))));
                    } else {
                        parts.extend(required(&lowered));
                    }
                }
            }
        }
        match parts.len() {
            0 => Need::Nothing,
            1 => parts.remove(0),
            _ if self.optional => Need::Any(parts),
            _ => Need::All(parts),
        }
    }

    /// The stems of a word in every language of the index, each once.
    pub(super) fn inflections(&self, word: &str) -> Vec<String> {
        self.inflections.stems_of(word)
    }

    /// The same, and what they are where the word is written with a hyphen.
    pub(super) fn stems(&self, word: &str) -> Vec<String> {
        let mut stems = self.inflections(word);
        hyphens::add_marked(&mut stems);
        stems
    }

    fn field(&self, field: Field, value: &str) -> Need {
        match field {
            Field::Title => Need::Title(Box::new(match Words::of(value).count() {
                1 => self.word(value),
                _ => needed(together(value, self)),
            })),
            Field::Lang => Language::parse(value).map_or(Need::Nothing, |language| Need::meta(Meta::Lang(&language.to_string()))),
            Field::Kind => Need::meta(Meta::Kind(&value.to_lowercase())),
            field => words_condition(field, value).map_or(Need::Nothing, Need::Meta),
        }
    }

    /// The ranking terms of `text`, each as what it is in every language of the index.
    fn terms(&self, text: &str) -> Vec<Vec<String>> {
        let analysed = self.inflections.analyse(text);
        let mut terms = Vec::new();
        let mut at = 0;
        while let Some(word) = analysed.words.get(at) {
            let end = if word.solo { analysed.run_end(at, analysed.words.len()) } else { at + 1 };
            if word.solo {
                analysed.terms(at..end, |term| terms.push(vec![term.to_owned()]));
            } else {
                terms.push(self.stems(word.span.of(text)));
            }
            at = end;
        }
        terms
    }
}

/// What is asked of a title, where it is more than words.
fn in_title(ask: &Ask) -> Need {
    match ask {
        Ask::Pattern(pattern) => Need::Places(Places::Atom(Atom::Pattern(pattern.clone()))),
        Ask::Actor(id) => Need::Mention(format!("{}{id}", marks::ACTOR)),
        Ask::Exact(words) => needed(sequence(words, true)),
        ask => needed(phrase(ask)),
    }
}

pub(super) fn needed(places: Option<Places<Atom>>) -> Need {
    places.map_or(Need::Nothing, Need::Places)
}
