use super::{Dates, Field, Pattern};
use crate::actors::Kind;
use crate::text::Span;

/// A query as a tree over clauses of type `C`: [`Clause`] as parsed, [`super::Leaf`] as resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tree<C> {
    /// A piece must have all of these.
    All(Vec<Tree<C>>),
    /// A piece must have one of these.
    Any(Vec<Tree<C>>),
    /// The better a piece has these, the better it ranks: it must have one of them, all that are [`Tree::Must`], none that is
    /// [`Tree::Not`], and fit all filters.
    Best(Vec<Tree<C>>),
    /// A piece must not have this.
    Not(Box<Tree<C>>),
    /// A piece must have this, also inside [`Tree::Best`].
    Must(Box<Tree<C>>),
    /// A piece must have the first near the second, or not near it. Both are [operands](Tree::is_operand).
    Near(Box<Tree<C>>, How, Box<Tree<C>>, Written),
    /// A piece must have this, an [operand](Tree::is_operand), at so many places.
    AtLeast(u32, Box<Tree<C>>, Written),
    /// The same, of more weight or less in ranking.
    Boost(Box<Tree<C>>, Weight),
    /// A clause.
    Clause(C),
}

/// How two things stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct How {
    /// The first stands where the second is *not* near.
    pub negated: bool,
    /// The first comes before the second.
    pub ordered: bool,
    /// How near they are.
    pub reach: Reach,
}

/// How near two things are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// The later one begins so many words behind the end of the earlier, at the most: 1 is side by side.
    Words(u32),
    /// In one sentence.
    Sentence,
    /// In one paragraph.
    Paragraph,
}

/// The most words that two things may be asked to be apart.
pub(super) const FURTHEST: u32 = 10_000;
/// The most places that may be asked for.
pub(super) const MOST_PLACES: u32 = 10_000;

/// How much something counts in ranking, in hundredths: 100 is as much as anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weight(pub u16);

impl Weight {
    /// As a factor.
    #[must_use]
    pub fn factor(self) -> f32 {
        f32::from(self.0) / 100.0
    }
}

/// A part of a query as it was typed. What was typed makes no difference to what it means.
#[derive(Clone, Debug, Default)]
pub struct Written(pub String);

impl PartialEq for Written {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Written {}

/// One thing that is asked for, and where in the query it stands.
#[derive(Clone, Debug)]
pub struct Clause {
    /// What is asked for.
    pub wish: Wish,
    /// Where it stands in the query.
    pub at: Span,
}

/// Where a clause stands makes no difference to what it asks for.
impl PartialEq for Clause {
    fn eq(&self, other: &Self) -> bool {
        self.wish == other.wish
    }
}

impl Eq for Clause {}

/// What a clause asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// A word, in any of its inflections.
    Word(String),
    /// A word that is like this.
    Pattern(Pattern),
    /// Words as they are, in order; among them there may be actors (`@id`), patterns (`arm*`) and words as they are written (`=Arms`).
    Phrase(String),
    /// The same in any order, with at the most so many other words between them.
    Loose(String, u32),
    /// Words as they are written: case, accents and script.
    Exact(String),
    /// In a title a word, in any of its inflections; in another field words in order, among which there may be patterns.
    Field(Field, String),
    /// What is more than words, in a field: a pattern, and in titles a phrase, also a loose one, an actor or words as they are written.
    In(Field, Box<Wish>),
    /// A date of publication.
    Date(Dates),
    /// A date of publication told from today: `last-month`.
    When(String),
    /// An actor by its id.
    Actor(String),
    /// An actor by a name.
    ActorNamed(String),
    /// Any actor of a kind.
    Kind(Kind),
}

impl<C> Tree<C> {
    /// The same tree over what `change` makes of each clause.
    pub fn try_map<D, E>(self, change: &mut impl FnMut(C) -> Result<D, E>) -> Result<Tree<D>, E> {
        let mut each = |trees: Vec<Self>| trees.into_iter().map(|tree| tree.try_map(change)).collect::<Result<Vec<_>, E>>();
        Ok(match self {
            Self::All(trees) => Tree::All(each(trees)?),
            Self::Any(trees) => Tree::Any(each(trees)?),
            Self::Best(trees) => Tree::Best(each(trees)?),
            Self::Not(tree) => Tree::Not(Box::new(tree.try_map(change)?)),
            Self::Must(tree) => Tree::Must(Box::new(tree.try_map(change)?)),
            Self::Near(left, how, right, written) => {
                Tree::Near(Box::new(left.try_map(change)?), how, Box::new(right.try_map(change)?), written)
            }
            Self::AtLeast(times, tree, written) => Tree::AtLeast(times, Box::new(tree.try_map(change)?), written),
            Self::Boost(tree, weight) => Tree::Boost(Box::new(tree.try_map(change)?), weight),
            Self::Clause(clause) => Tree::Clause(change(clause)?),
        })
    }

    /// The clauses that a match may come from, in order: none under [`Tree::Not`], and not what must not be near.
    pub fn wanted<'t>(&'t self, take: &mut impl FnMut(&'t C)) {
        match self {
            Self::All(trees) | Self::Any(trees) | Self::Best(trees) => trees.iter().for_each(|tree| tree.wanted(take)),
            Self::Must(tree) | Self::AtLeast(_, tree, _) | Self::Boost(tree, _) => tree.wanted(take),
            Self::Near(left, how, right, _) => {
                left.wanted(take);
                if !how.negated {
                    right.wanted(take);
                }
            }
            Self::Not(_) => {}
            Self::Clause(clause) => take(clause),
        }
    }
}

impl Tree<Clause> {
    /// Whether a part of it asks where things stand to each other, or how often.
    #[must_use]
    pub fn has_nearness(&self) -> bool {
        match self {
            Self::Near(..) | Self::AtLeast(..) => true,
            Self::All(trees) | Self::Any(trees) | Self::Best(trees) => trees.iter().any(Self::has_nearness),
            Self::Not(tree) | Self::Must(tree) | Self::Boost(tree, _) => tree.has_nearness(),
            Self::Clause(_) => false,
        }
    }

    /// Whether it stands at places of a text, so that it can be near something: a word, a phrase, a pattern, an actor, such things joined by
    /// OR, or near each other.
    #[must_use]
    pub fn is_operand(&self) -> bool {
        match self {
            Self::Clause(clause) => !matches!(clause.wish, Wish::Field(..) | Wish::In(..) | Wish::Date(_) | Wish::When(_)),
            Self::Any(trees) => trees.iter().all(Self::is_operand),
            Self::Near(..) => true,
            Self::All(_) | Self::Best(_) | Self::Not(_) | Self::Must(_) | Self::AtLeast(..) | Self::Boost(..) => false,
        }
    }
}
