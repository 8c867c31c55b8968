//! What was searched, and which clause of a query finds how much.

use std::collections::BTreeMap;

use foldhash::HashSet;

use super::Error;
use super::ask::{Asker, Question};
use super::filters::Filters;
use crate::index::fields::Meta;
use crate::index::{Reader, StoredPiece};
use crate::pieces::Date;
use crate::query::{Mode, Pattern, Tree};
use crate::rank::{Feedback, Level};
use crate::retrieve::{Need, Order, Plan, Request, Within, counts, retrieve};
use crate::text::script::is_han;
use crate::text::{fold, han};

/// What an answer is drawn from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Pieces in the index.
    pub pieces: u64,
    /// The languages of pieces, by code, with how many are in each.
    pub languages: BTreeMap<String, u64>,
    /// The outlets of pieces, with how many are of each.
    pub sources: BTreeMap<String, u64>,
    /// The first date.
    pub first: Option<Date>,
    /// The last date.
    pub last: Option<Date>,
    /// Pieces without date.
    pub undated: u64,
    /// Files and records that were skipped.
    pub skipped: u64,
    /// What each clause of the query finds by itself, filters included, in the order of the query.
    pub clauses: Vec<ClauseCount>,
}

/// What a clause finds by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseCount {
    /// The clause, as the user wrote it.
    pub clause: String,
    /// Pieces that have it.
    pub pieces: u64,
    /// Of a word that no piece has: words of the index that it may be a misspelling of, the most frequent first; of a run of Han, its words.
    pub similar: Vec<String>,
    /// Whether it is about what stands in a field.
    pub of_field: bool,
}

/// What keeps a question from finding anything, though each of the things that it asks for is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TooMuch {
    /// These flags: so many pieces match without them.
    Filters(Vec<&'static str>, u64),
    /// That all of its clauses are wanted.
    Clauses,
}

/// So many similar words are told.
const SIMILAR: usize = 3;
/// A word of fewer letters is like too many others, …
const SHORTEST: usize = 4;
/// … and where two are off, one of fewer than these.
const SHORTEST_TWICE: usize = 6;
/// So many times rarer is it that a second letter is off, too, or the first of all.
const UNLIKELY: u64 = 50;
/// What is so many times less likely than the likeliest is not told.
const FAR: u64 = 10;

impl Asker<'_> {
    /// What the answer to `question` is drawn from, and what its clauses find. Reads every header of the index.
    pub fn coverage(&self, question: &Question) -> Result<Coverage, Error> {
        Ok(Coverage { clauses: self.clauses(question)?, ..self.searched()? })
    }

    /// What all answers are drawn from. Reads every header of the index.
    pub fn searched(&self) -> Result<Coverage, Error> {
        let mut coverage = Coverage::default();
        for segment in self.reader().segments() {
            for header in segment.headers_with(Meta::Piece)? {
                coverage.add(&segment.piece(header)?);
            }
            coverage.skipped += segment.stored_files(Meta::File)?.iter().map(|file| file.skips).sum::<u64>();
        }
        Ok(coverage)
    }

    /// Which part of `question`, which no piece matches, asks for too much, if that can be told.
    pub fn asks_too_much(&self, question: &Question) -> Result<Option<TooMuch>, Error> {
        let flags = question.filters.flags();
        if !flags.is_empty() {
            let (_, plan) = self.plan(&Question { filters: Filters::default(), ..question.clone() })?;
            let pieces = self.matching(&plan)?;
            return Ok((pieces > 0).then_some(TooMuch::Filters(flags, pieces)));
        }
        Ok(self.wants_too_many(question)?.then_some(TooMuch::Clauses))
    }

    /// Whether each of several things that `question` asks of a piece is found in some, but all of them in none.
    fn wants_too_many(&self, question: &Question) -> Result<bool, Error> {
        let (_, plan) = self.plan(question)?;
        let wants_all = question.mode == Mode::All && question.within == Within::Piece;
        let several = matches!(&plan.tree, Tree::All(trees) if trees.len() > 1) && !has_not(&plan.tree);
        if !wants_all || !several || counts(self.reader(), &plan)?.contains(&0) {
            return Ok(false);
        }
        Ok(self.matching(&plan)? == 0)
    }

    /// How many pieces match `plan`.
    pub(super) fn matching(&self, plan: &Plan) -> Result<u64, Error> {
        let none = Request { limit: 0, per_piece: 1, level: Level::Quick, feedback: Feedback::Off, order: Order::Score };
        Ok(retrieve(self.reader(), plan, &none)?.pieces)
    }

    /// The words of a run of Han, if they are several and some pieces have them all, be it apart from each other: 数字税, 数字 税.
    fn apart(&self, run: &str, question: &Question) -> Result<Option<String>, Error> {
        let words = if run.chars().all(is_han) { han::cut_apart(run) } else { Vec::new() };
        if words.len() < 2 {
            return Ok(None);
        }
        let query = words.join(" ");
        let (_, plan) = self.plan(&Question { query: query.clone(), ..question.clone() })?;
        let pieces = self.matching(&plan)?;
        Ok((pieces > 0).then_some(query))
    }

    /// What each clause of `question` finds by itself.
    pub fn clauses(&self, question: &Question) -> Result<Vec<ClauseCount>, Error> {
        let (_, plan) = self.plan(question)?;
        let counts = counts(self.reader(), &plan)?;
        let mut otherwise = HashSet::default();
        found_otherwise(&plan, &counts, &plan.tree, &mut otherwise);
        let mut out: Vec<ClauseCount> = Vec::new();
        for (at, (leaf, pieces)) in plan.leaves.iter().zip(counts).enumerate() {
            if pieces == 0 && otherwise.contains(&at) {
                continue;
            }
            let similar = match &leaf.need {
                _ if pieces > 0 || question.mode != Mode::All => Vec::new(),
                Need::Stem(_) => similar(self.reader(), &leaf.label)?,
                _ => self.apart(&leaf.label, question)?.into_iter().collect(),
            };
            let of_field = matches!(leaf.need, Need::Meta(_) | Need::Title(_));
            let count = ClauseCount { clause: leaf.label.clone(), pieces, similar, of_field };
            if !out.contains(&count) {
                out.push(count);
            }
        }
        Ok(out)
    }
}

/// Adds the leaves of `tree` that say with words what is found by what they imply: who asks for Hizbullah finds those who write Hezbollah.
fn found_otherwise(plan: &Plan, counts: &[u64], tree: &Tree<usize>, found: &mut HashSet<usize>) {
    let is_found = |leaf: usize| plan.leaves.get(leaf).is_some_and(|leaf| leaf.implied) && counts.get(leaf).is_some_and(|&count| count > 0);
    match tree {
        Tree::All(trees) | Tree::Any(trees) | Tree::Best(trees) => {
            if let (Tree::Any(_), [words, Tree::Clause(implied)]) = (tree, trees.as_slice())
                && is_found(*implied)
            {
                words.wanted(&mut |leaf| {
                    found.insert(*leaf);
                });
            }
            for tree in trees {
                found_otherwise(plan, counts, tree, found);
            }
        }
        Tree::Must(tree) | Tree::Boost(tree, _) => found_otherwise(plan, counts, tree, found),
        _ => {}
    }
}

/// Whether something in `tree` is not wanted.
fn has_not(tree: &Tree<usize>) -> bool {
    match tree {
        Tree::All(trees) | Tree::Any(trees) | Tree::Best(trees) => trees.iter().any(has_not),
        Tree::Must(tree) | Tree::Boost(tree, _) | Tree::AtLeast(_, tree, _) => has_not(tree),
        Tree::Not(_) => true,
        Tree::Near(..) | Tree::Clause(_) => false,
    }
}

impl Coverage {
    fn add(&mut self, piece: &StoredPiece) {
        self.pieces += 1;
        *self.languages.entry(piece.lang.clone()).or_default() += 1;
        if let Some(source) = &piece.source {
            *self.sources.entry(source.clone()).or_default() += 1;
        }
        match piece.date.as_deref().and_then(Date::parse) {
            None => self.undated += 1,
            Some(date) => {
                self.first = Some(self.first.map_or(date, |first| if date.first_day() < first.first_day() { date } else { first }));
                self.last = Some(self.last.map_or(date, |last| if date.last_day() > last.last_day() { date } else { last }));
            }
        }
    }
}

/// The words of the index that `word` may be a misspelling of, the likeliest first: a letter is off, or two of a word that is not short. How likely
/// that is are two factors, as Kernighan, Church and Gale (1990) have them: how often the index has the word, and how rare the slip is.
fn similar(reader: &Reader, word: &str) -> Result<Vec<String>, Error> {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let initial = fold::folded(word).chars().next();
    let mut weighed: Vec<(u64, String)> = Vec::new();
    let mut known = HashSet::default();
    let slips = [(1, SHORTEST, UNLIKELY), (2, SHORTEST_TWICE, 1)];
    for (off, _, ease) in slips.into_iter().filter(|(_, shortest, _)| letters >= *shortest) {
        let Ok(fits) = Pattern::Fuzzy(word.to_owned(), off).automaton() else { continue };
        for (form, seen) in reader.forms(reader.fields().words, &fits, |form| form.starts_with(char::is_alphabetic))? {
            // What is off by one letter fits where two may be, too.
            if known.insert(form.clone()) {
                let ease = if form.chars().next() == initial { ease * UNLIKELY } else { ease };
                weighed.push((seen.saturating_mul(ease), form));
            }
        }
    }
    weighed.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let likeliest = weighed.first().map_or(0, |(weight, _)| *weight);
    let mut similar = Vec::new();
    for (_, form) in weighed.into_iter().take_while(|(weight, _)| weight.saturating_mul(FAR) >= likeliest) {
        if similar.len() < SIMILAR && lives(reader, &form)? {
            similar.push(form);
        }
    }
    Ok(similar)
}

/// Whether a piece has the word that was not deleted since.
fn lives(reader: &Reader, form: &str) -> Result<bool, Error> {
    for segment in reader.segments() {
        if segment.document_frequency(reader.fields().words, form)? > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}
