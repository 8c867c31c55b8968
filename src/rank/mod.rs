//! Scores, and the signals that make them.
//!
//! Takes numbers (how often, how long, how rare); gives numbers. Pure; knows no index and no text. A score is the sum of its named [`Signals`],
//! each times its weight, and nothing else, so that an explanation is always complete.
//!
//! There are two stages. The first counts the query's own terms in every piece that matches: [`Bm25`] of the piece, its passages, its title. The
//! second takes the best few hundred of those as a [`Pool`] and compares them, with what stands together in the query ([`Signal::Adjacent`]), with
//! the query by letters ([`Signal::Forms`]) and with each other ([`Signal::Feedback`], [`Signal::Neighbours`]). It only adds to scores, so that
//! pieces outside the pool stay below it. The second stage counts the rarity of words within the pool, whose pieces it has to tell apart: on the
//! judged collections that does as well as counts over the whole index, and it needs no look-ups.
//!
//! Figures at the signals are of nDCG@10, relative, as means over eight English judged collections and an Arabic one (XQuAD): arguments,
//! claims, headlines, posts, scientific questions. With everything in place the title is worth 0.4%.
//!
//! Tried and left out: how many of the query's words a piece has (−0.4%: BM25 says it already), and how near each other all of them stand (+0.3%, all
//! of it from 25 queries of one collection; next to each other is another thing, see [`Signal::Adjacent`]). Also passages that count as standing
//! under their titles (+0.2%, but where some pieces have no title these lose to those that have one, 1 to 2% on two trials); and, no more than chance
//! by two halves of the queries and by long queries made of the collections' own texts: rarity of fed-back terms in the index in place of the pool
//! (±0.1%, long queries −0.5%), more terms, more pieces or another power there, a signal of the first passage (±0.1%), less weight for forms in long
//! queries, another power of how often the query has a word (long queries −0.6%), more terms kept of each piece.

mod alike;
mod averages;
mod bm25;
mod compare;
mod feedback;
mod forms;
mod impact;
mod met;
mod neighbours;
mod numbers;
mod pool;
mod signals;

pub use averages::{Averages, ratio};
pub use bm25::{Bm25, Curve, Shape};
pub use compare::{ComparedQuery, FirstStage, SecondStage, compare};
pub use feedback::Feedback;
pub use impact::{Impact, Levels, level, levels};
pub use pool::{Pool, QueryTerm};
pub use signals::{Level, Signal, Signals};
