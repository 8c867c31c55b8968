//! Trees written as queries that parse to the same trees.

use std::fmt;

use super::{Clause, Field, How, Reach, Tree, Weight, Wish};
use crate::text::quotation::Marks;

/// Writes the tree as a query that parses to the same tree (with `--any`, where it holds a [`Tree::Best`]).
impl<C: fmt::Display> fmt::Display for Tree<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(trees) => joined(f, trees, " AND "),
            Self::Any(trees) => joined(f, trees, " OR "),
            Self::Best(trees) => joined(f, trees, " "),
            Self::Not(tree) => write_prefixed(f, "NOT ", tree),
            Self::Must(tree) => write_prefixed(f, "+", tree),
            Self::Near(left, how, right, _) => {
                // What binds to the left needs no brackets there.
                match **left {
                    Self::Near(..) => write!(f, "{left}")?,
                    _ => write_prefixed(f, "", left)?,
                }
                write!(f, " {how} ")?;
                write_prefixed(f, "", right)
            }
            Self::AtLeast(times, tree, _) => write!(f, "atleast{times}({tree})"),
            Self::Boost(tree, weight) => {
                write_prefixed(f, "", tree)?;
                write!(f, "{weight}")
            }
            Self::Clause(clause) => write!(f, "{clause}"),
        }
    }
}

/// Parts with a joint between them, in brackets where they have several parts themselves: nearness binds tighter than AND, and AND tighter than
/// OR, but nobody should have to know.
fn joined<C: fmt::Display>(f: &mut fmt::Formatter<'_>, trees: &[Tree<C>], joint: &str) -> fmt::Result {
    for (at, tree) in trees.iter().enumerate() {
        if at > 0 {
            f.write_str(joint)?;
        }
        match tree {
            Tree::All(_) | Tree::Any(_) | Tree::Best(_) | Tree::Near(..) => write!(f, "({tree})")?,
            _ => write!(f, "{tree}")?,
        }
    }
    Ok(())
}

fn write_prefixed<C: fmt::Display>(f: &mut fmt::Formatter<'_>, prefix: &str, tree: &Tree<C>) -> fmt::Result {
    match tree {
        Tree::Clause(_) | Tree::AtLeast(..) => write!(f, "{prefix}{tree}"),
        _ => write!(f, "{prefix}({tree})"),
    }
}

impl fmt::Display for How {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negated {
            f.write_str("not ")?;
        }
        f.write_str(if self.ordered { "pre/" } else { "w/" })?;
        match self.reach {
            Reach::Words(words) => write!(f, "{words}"),
            Reach::Sentence => f.write_str("s"),
            Reach::Paragraph => f.write_str("p"),
        }
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 100, self.0 % 100) {
            (whole, 0) => write!(f, "^{whole}"),
            (whole, part) if part % 10 == 0 => write!(f, "^{whole}.{}", part / 10),
            (whole, part) => write!(f, "^{whole}.{part:02}"),
        }
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
            Self::Pattern(pattern) => write!(f, "{pattern}"),
            Self::Phrase(words) => quoted(f, "", words),
            Self::Loose(words, others) => {
                quoted(f, "", words)?;
                write!(f, "~{others}")
            }
            Self::Exact(words) => quoted(f, "=", words),
            // In quotes it would be that form alone.
            Self::Field(Field::Title, word) => write!(f, "{}:{word}", Field::Title.name()),
            Self::Field(field, value) => quoted(f, &format!("{}:", field.name()), value),
            Self::Date(dates) => write!(f, "{dates}"),
            Self::In(field, wish) => write!(f, "{}:{wish}", field.name()),
            Self::When(value) if value.contains(char::is_whitespace) => quoted(f, "date:", value),
            Self::When(value) => write!(f, "date:{value}"),
            Self::Actor(id) => write!(f, "@{id}"),
            Self::ActorNamed(name) => quoted(f, "actor:", name),
            Self::Kind(kind) => f.write_str(&kind.word().to_uppercase()),
        }
    }
}

/// Writes `text` in quotes that it does not itself close.
fn quoted(f: &mut fmt::Formatter<'_>, prefix: &str, text: &str) -> fmt::Result {
    let (open, close) = Marks::around(text).map_or(('"', '"'), |marks| (marks.open, marks.usual()));
    write!(f, "{prefix}{open}{text}{close}")
}
