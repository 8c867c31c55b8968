use super::algebra::{Bond, Interval, Near, Turn, Wanted, adjacent, apart, near, ordered, shortest, together};
use crate::query::Pattern;

/// Where something stands, over atoms of type `A`: [`Atom`] as planned, postings as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Places<A> {
    /// Where an atom does.
    Atom(A),
    /// Where one of these does.
    Either(Vec<Places<A>>),
    /// Where these do, one right behind the other.
    Sequence(Vec<Places<A>>),
    /// Where all of these do, each so many times, in any order, with at the most so many other words between them, or in one sentence or paragraph.
    Together(Vec<(Places<A>, usize)>, Reach),
    /// Where the first does, and the second near it or not.
    Near(Box<Places<A>>, How, Box<Places<A>>),
}

/// What a place can be asked for without looking at another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Atom {
    /// A word of one of these stems.
    Stem(Vec<String>),
    /// A word with one of these folded forms.
    Folded(Vec<String>),
    /// A word of this folded form that is written so.
    Written {
        /// Its folded form.
        folded: String,
        /// How it is written.
        written: String,
    },
    /// Characters of a script without spaces, by their folded forms: one right behind the other, with no sign between clauses among them.
    Run(Vec<String>),
    /// A word whose folded form fits this; to be made [`Atom::Folded`] by looking at the words of an index.
    Pattern(Pattern),
    /// A mention, by its mark.
    Mention(String),
    /// A word of what the header says of the piece, by one of these tokens.
    Meta(Vec<String>),
}

pub use crate::query::{How, Reach};

/// A piece, as far as places ask for it.
pub(super) trait Text<A> {
    /// Where an atom stands.
    fn read(&mut self, atom: &mut A) -> Vec<Interval>;
    /// The numbers of the words with which sentences or paragraphs begin.
    fn begins(&mut self, reach: Reach) -> &[u32];
}

/// What a reach is in `text`.
fn nearness<A>(reach: Reach, text: &mut impl Text<A>) -> Near<'_> {
    match reach {
        Reach::Words(words) => Near::Words(words),
        unit => Near::Unit(text.begins(unit)),
    }
}

impl<A> Places<A> {
    /// The shortest of all places in `text`. `over` is set where some were not looked at.
    pub(super) fn shortest(&mut self, text: &mut impl Text<A>, over: &mut bool) -> Vec<Interval> {
        shortest(self.places(text, Wanted::Shortest, over))
    }

    /// The places that are `wanted`, and maybe others.
    fn places(&mut self, text: &mut impl Text<A>, wanted: Wanted, over: &mut bool) -> Vec<Interval> {
        match self {
            Self::Atom(atom) => ordered(text.read(atom)),
            Self::Either(either) => {
                let mut out = Vec::new();
                for places in either {
                    out.append(&mut places.places(text, wanted, over));
                }
                ordered(out)
            }
            Self::Sequence(parts) => {
                let Some((first, rest)) = parts.split_first_mut() else { return Vec::new() };
                let mut out = first.places(text, Wanted::All, over);
                for part in rest {
                    if out.is_empty() {
                        break;
                    }
                    out = adjacent(&out, &part.places(text, Wanted::All, over), over);
                }
                out
            }
            Self::Together(parts, reach) => {
                let mut lists = Vec::with_capacity(parts.len());
                for (part, times) in parts {
                    let list = part.places(text, Wanted::All, over);
                    if list.len() < *times {
                        return Vec::new();
                    }
                    lists.push((list, *times));
                }
                together(&lists, nearness(*reach, text))
            }
            Self::Near(left, how, right) => {
                let of_operands = if wanted == Wanted::Shortest && !how.negated { Wanted::Ends } else { Wanted::All };
                let left = left.places(text, of_operands, over);
                if left.is_empty() {
                    return left;
                }
                let right = right.places(text, of_operands, over);
                if right.is_empty() {
                    return if how.negated { left } else { right };
                }
                let turn = if how.ordered { Turn::Given } else { Turn::Either };
                let bond = Bond { near: nearness(how.reach, text), turn };
                if how.negated { apart(&left, &right, bond) } else { near(&left, &right, bond, wanted, over) }
            }
        }
    }

    /// The same over what `change` makes of each atom.
    pub fn try_map<B, E>(&self, change: &mut impl FnMut(&A) -> Result<B, E>) -> Result<Places<B>, E> {
        Ok(match self {
            Self::Atom(atom) => Places::Atom(change(atom)?),
            Self::Either(parts) => Places::Either(parts.iter().map(|part| part.try_map(change)).collect::<Result<_, _>>()?),
            Self::Sequence(parts) => Places::Sequence(parts.iter().map(|part| part.try_map(change)).collect::<Result<_, _>>()?),
            Self::Together(parts, reach) => {
                let parts = parts.iter().map(|(part, times)| Ok((part.try_map(change)?, *times)));
                Places::Together(parts.collect::<Result<_, E>>()?, *reach)
            }
            Self::Near(left, how, right) => Places::Near(Box::new(left.try_map(change)?), *how, Box::new(right.try_map(change)?)),
        })
    }

    /// Calls `take` with each atom at which something wanted may stand.
    pub fn wanted(&self, take: &mut impl FnMut(&A)) {
        match self {
            Self::Atom(atom) => take(atom),
            Self::Either(parts) | Self::Sequence(parts) => parts.iter().for_each(|part| part.wanted(take)),
            Self::Together(parts, _) => parts.iter().for_each(|(part, _)| part.wanted(take)),
            Self::Near(left, how, right) => {
                left.wanted(take);
                if !how.negated {
                    right.wanted(take);
                }
            }
        }
    }
}
