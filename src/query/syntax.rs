use std::fmt;

use crate::actors::Kind;
use crate::pieces::Date;
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
    /// A clause.
    Clause(C),
}

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
    /// Words as they are, in order.
    Phrase(String),
    /// Words as they are written: case, accents and script.
    Exact(String),
    /// Words in a field.
    Field(Field, String),
    /// A date of publication.
    Date(Dates),
    /// An actor by its id.
    Actor(String),
    /// An actor by a name.
    ActorNamed(String),
    /// Any actor of a kind.
    Kind(Kind),
}

/// The fields that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The headline.
    Title,
    /// The authors' names.
    Author,
    /// The outlet's name.
    Source,
    /// The language's code.
    Lang,
    /// The path of the file.
    Path,
    /// The subjects.
    Tag,
    /// Opinion, news, statement, interview …
    Kind,
}

impl Field {
    /// All fields with their names in queries.
    pub const ALL: [(&'static str, Self); 7] = [
        ("title", Self::Title),
        ("author", Self::Author),
        ("source", Self::Source),
        ("lang", Self::Lang),
        ("path", Self::Path),
        ("tag", Self::Tag),
        ("kind", Self::Kind),
    ];

    /// Its name in queries.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, field)| *field == self).map_or("", |(name, _)| name)
    }

    /// Whether it says something about a piece as a whole, so that it filters even where nothing else is required.
    #[must_use]
    pub fn is_filter(self) -> bool {
        self != Self::Title
    }
}

/// A range of dates, its ends included; a missing end is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dates {
    /// The first day, as the beginning of this date.
    pub from: Option<Date>,
    /// The last day, as the end of this date.
    pub to: Option<Date>,
}

impl Dates {
    /// Whether a date, known to lie within `first` and `last` (days from 1970), may lie in the range.
    #[must_use]
    pub fn admit(&self, first: i64, last: i64) -> bool {
        self.from.is_none_or(|from| i64::from(from.first_day()) <= last) && self.to.is_none_or(|to| first <= i64::from(to.last_day()))
    }
}

/// What becomes of pieces without a date where a date is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Undated {
    /// They do not match.
    #[default]
    Exclude,
    /// They match too.
    Include,
    /// They alone match.
    Only,
}

impl Undated {
    /// Whether a piece without date matches.
    #[must_use]
    pub const fn admits(self) -> bool {
        matches!(self, Self::Include | Self::Only)
    }

    /// Whether a piece with a date does not match, whatever it is.
    #[must_use]
    pub const fn only(self) -> bool {
        matches!(self, Self::Only)
    }
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
            Self::Clause(clause) => Tree::Clause(change(clause)?),
        })
    }

    /// The clauses that a match may come from, in order: none under [`Tree::Not`].
    pub fn wanted<'t>(&'t self, take: &mut impl FnMut(&'t C)) {
        match self {
            Self::All(trees) | Self::Any(trees) | Self::Best(trees) => trees.iter().for_each(|tree| tree.wanted(take)),
            Self::Must(tree) => tree.wanted(take),
            Self::Not(_) => {}
            Self::Clause(clause) => take(clause),
        }
    }
}

/// Writes the tree as a query that parses to the same tree (with `--any`, where it holds a [`Tree::Best`]).
impl<C: fmt::Display> fmt::Display for Tree<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut joined = |trees: &[Self], joint: &str| {
            for (at, tree) in trees.iter().enumerate() {
                if at > 0 {
                    f.write_str(joint)?;
                }
                match tree {
                    Self::All(_) | Self::Any(_) | Self::Best(_) => write!(f, "({tree})")?,
                    _ => write!(f, "{tree}")?,
                }
            }
            Ok(())
        };
        match self {
            Self::All(trees) => joined(trees, " AND "),
            Self::Any(trees) => joined(trees, " OR "),
            Self::Best(trees) => joined(trees, " "),
            Self::Not(tree) => write_prefixed(f, "NOT ", tree),
            Self::Must(tree) => write_prefixed(f, "+", tree),
            Self::Clause(clause) => write!(f, "{clause}"),
        }
    }
}

fn write_prefixed<C: fmt::Display>(f: &mut fmt::Formatter<'_>, prefix: &str, tree: &Tree<C>) -> fmt::Result {
    match tree {
        Tree::Clause(_) => write!(f, "{prefix}{tree}"),
        _ => write!(f, "{prefix}({tree})"),
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.wish)
    }
}

impl fmt::Display for Wish {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(word),
            Self::Phrase(words) => quoted(f, "", words),
            Self::Exact(words) => quoted(f, "=", words),
            Self::Field(field, value) => quoted(f, &format!("{}:", field.name()), value),
            Self::Date(dates) => write!(f, "{dates}"),
            Self::Actor(id) => write!(f, "@{id}"),
            Self::ActorNamed(name) => quoted(f, "actor:", name),
            Self::Kind(kind) => f.write_str(&kind.word().to_uppercase()),
        }
    }
}

/// Writes `text` in quotes that it does not itself close.
fn quoted(f: &mut fmt::Formatter<'_>, prefix: &str, text: &str) -> fmt::Result {
    let (open, close) = [('"', '"'), ('“', '”'), ('「', '」'), ('『', '』'), ('《', '》')]
        .into_iter()
        .find(|(_, close)| !text.contains(*close))
        .unwrap_or(('"', '"'));
    write!(f, "{prefix}{open}{text}{close}")
}

impl fmt::Display for Dates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("date:")?;
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => write!(f, "{from}"),
            (from, to) => {
                from.map_or(Ok(()), |from| write!(f, "{from}"))?;
                f.write_str("..")?;
                to.map_or(Ok(()), |to| write!(f, "{to}"))
            }
        }
    }
}
