//! Places in a text, and how they stand to each other.
//!
//! An [`Interval`] is a run of a piece's words, by their numbers in the piece; a title's words have numbers far behind those of every text. A
//! [`Places`] tells the intervals at which something stands: a word, a phrase, a mention, two of those near each other. [`algebra`] joins
//! lists of intervals, [`places`] says how, [`source`] reads the lists from postings, block by block: of [`tokens`] one by one,
//! those of a phrase of single words together ([`phrase`]), and those of two words near each other ([`pair`]).
//!
//! # What matches
//! - A word, a mention or a form of a pattern stands at each of its occurrences.
//! - A phrase stands at each sequence of places of its parts in which each part begins right behind the one before.
//! - Characters of a script without spaces that were typed together, not in quotes, stand where a phrase of them does, no sign between clauses or
//!   end of a sentence among them: 日美 does not in 今日，美国.
//! - Alternatives stand at all places of each.
//! - `a w/n b` stands at the hull of each place of `a` and each of `b` that do not overlap and of which the later begins at the most `n` words
//!   behind the end of the earlier; with `pre/n`, where that of `a` is the earlier. `w/s` and `w/p` ask instead that the hull lies in one
//!   sentence or paragraph. So do more than two operands, `a w/s b w/s c`, whatever stands between which: for each place of one, at the shortest hull
//!   that ends with it, has them all and lies in one sentence, if of any two of them some places there do not overlap.
//! - `a not w/n b` stands at each place of `a` from which no place of `b` is so near or overlaps it; `a not pre/n b`, behind which none begins so
//!   near. So with sentences and paragraphs.
//! - `"a b"~n` stands, for each place of a part, at the shortest hull that ends with it and has all parts (as often as the phrase has them), if
//!   at the most `n` words of it belong to none.
//!
//! Operands count at *all* their places, not only at the shortest: in `("arms control" OR arms) pre/1 treaty` the alternatives overlap, and
//! the shorter is not the one that meets. Clarke, Cormack and Burkowski (1995), and the lazy algorithms after them, keep only intervals that
//! hold no other; those would find nothing in "arms control treaty". What is *shown* is the shortest of all places of the whole.
//!
//! # What it costs
//! One list a leaf and a piece, as long as its occurrences there; joining takes time linear in them, where the whole is a pair of leaves. Of a
//! phrase of plain words the rarest is read so, and of the others what stands in the passages where the phrase may be; of two plain words near
//! each other what stands in passages that are so near.
//! Of a pair that is near something else only such places are worked out as the shortest can come from, which are no more than its words
//! ([`algebra::Wanted`]). A pair inside such a pair may stand at more places than there are words: beyond [`algebra::MOST`] of a piece they are
//! not looked at, and the answer says that it is truncated.

pub(super) mod algebra;
mod pair;
mod phrase;
mod places;
mod source;
mod spots;
mod tokens;
mod word;

pub use algebra::Interval;
pub use places::{Atom, How, Places, Reach};
pub(super) use source::{Opener, Source};
pub(super) use spots::{SharedSpots, Spots};
pub(super) use word::Word;
