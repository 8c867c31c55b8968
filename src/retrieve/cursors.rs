//! What a plan needs, as cursors over one segment.

use std::cell::RefCell;
use std::rc::Rc;

use tantivy::schema::Field;
use tantivy::schema::IndexRecordOption::{self, Basic, WithFreqs};

use super::blocks::{Blocks, Peeked};
use super::clauses::HeaderCondition;
use super::docs::Docs;
use super::intervals::{Atom, Opener, Places, SharedSpots, Spots};
use super::plan::{Need, Plan, Whole, Within};
use super::scorers::{TermScorer, Tokens};
use super::statistics::Statistics;
use crate::index::fields::Meta;
use crate::index::{Error, Segment};
use crate::query::Tree;
use crate::rank::{Bm25, Shape, Signal};

/// Opens the cursors over one segment that a plan needs.
pub(super) struct Cursors<'w> {
    pub(super) plan: &'w Plan,
    pub(super) segment: &'w Segment,
    /// Places that were asked for before, to be asked again.
    shared: RefCell<Vec<(&'w Places<Atom>, SharedSpots)>>,
}

impl<'w> Cursors<'w> {
    pub(super) fn new(plan: &'w Plan, segment: &'w Segment) -> Self {
        Self { plan, segment, shared: RefCell::default() }
    }

    /// What reads `places`, the same one whenever it is asked for. It may be asked for the blocks that match, one after the other.
    pub(super) fn shared(&self, places: &'w Places<Atom>) -> Result<SharedSpots, Error> {
        if let Some((_, spots)) = self.shared.borrow().iter().find(|(known, _)| *known == places) {
            return Ok(Rc::clone(spots));
        }
        let spots = Rc::new(RefCell::new(self.spots(places)?));
        self.shared.borrow_mut().push((places, Rc::clone(&spots)));
        Ok(spots)
    }

    fn spots(&self, places: &Places<Atom>) -> Result<Spots, Error> {
        let opener = Opener::new(self.segment);
        Ok(Spots::new(opener.open(places)?, opener.block_map().clone()))
    }

    /// The cursor over the blocks that have what a leaf needs.
    ///
    /// A leaf that every match has to satisfy passes over no block but such as do not match. So the cursor that finds its places can also be
    /// asked for them, and reads them once.
    fn leaf(&self, leaf: usize) -> Result<Blocks, Error> {
        let Some(planned) = self.plan.leaves.get(leaf) else { return Ok(Blocks::None) };
        let is_leaf = |tree: &Tree<usize>| matches!(tree, Tree::Clause(at) if *at == leaf);
        let required = match &self.plan.tree {
            Tree::All(trees) => trees.iter().any(is_leaf),
            tree => is_leaf(tree),
        };
        if required { self.required(&planned.need) } else { self.need(&planned.need) }
    }

    /// The same of a need that every match has to meet, and so all of its parts.
    fn required(&self, need: &'w Need) -> Result<Blocks, Error> {
        match need {
            Need::Places(places) => Ok(Blocks::Having(Docs::Spots(self.shared(places)?))),
            Need::All(needs) => Ok(Blocks::all(needs.iter().map(|need| self.required(need)).collect::<Result<_, _>>()?)),
            need => self.need(need),
        }
    }

    /// The cursor over the blocks that match.
    pub(super) fn blocks(&self, tree: &Tree<usize>) -> Result<Blocks, Error> {
        match tree {
            Tree::Clause(leaf) => self.leaf(*leaf),
            Tree::Must(tree) | Tree::Boost(tree, _) | Tree::AtLeast(_, tree, _) => self.blocks(tree),
            // Planned as one leaf.
            Tree::Near(..) => Ok(Blocks::None),
            Tree::Any(trees) => Ok(Blocks::Any(trees.iter().map(|tree| self.blocks(tree).map(Peeked::new)).collect::<Result<_, _>>()?)),
            Tree::Not(_) => self.all(std::slice::from_ref(tree), &[]),
            Tree::All(trees) => self.all(trees, &[]),
            Tree::Best(trees) => {
                let (required, optional): (Vec<_>, Vec<_>) = trees.iter().partition(|tree| self.is_required(tree));
                // Where something is required by itself, the rest only ranks; else one of the rest has to be there.
                let wanted = required.iter().any(|tree| matches!(tree, Tree::Must(_)));
                let optional = if wanted { Vec::new() } else { optional };
                let required: Vec<Tree<usize>> = required.into_iter().cloned().collect();
                let optional: Vec<Tree<usize>> = optional.into_iter().cloned().collect();
                self.all(&required, &optional)
            }
        }
    }

    /// Whether `tree` holds in all blocks that have what it needs: not where parts of an AND have to stand together.
    fn is_exact(&self, tree: &Tree<usize>) -> bool {
        self.plan.within == Within::Piece
            || match tree {
                Tree::Any(trees) => trees.iter().all(|tree| self.is_exact(tree)),
                Tree::Not(tree) | Tree::Must(tree) | Tree::Boost(tree, _) => self.is_exact(tree),
                Tree::Clause(_) => true,
                _ => false,
            }
    }

    /// Whether a part of a [`Tree::Best`] filters rather than ranks.
    fn is_required(&self, tree: &Tree<usize>) -> bool {
        match tree {
            Tree::Must(_) | Tree::Not(_) => true,
            Tree::Clause(leaf) => self.plan.leaves.get(*leaf).is_some_and(|leaf| matches!(leaf.need, Need::Meta(_) | Need::Dates(..))),
            _ => false,
        }
    }

    /// All of `trees`, less those that are negated, and one of `one_of` if there are any.
    fn all(&self, trees: &[Tree<usize>], one_of: &[Tree<usize>]) -> Result<Blocks, Error> {
        let mut wanted = Vec::new();
        let mut unwanted = Vec::new();
        for tree in trees {
            match tree {
                // What may not hold though its blocks have all it needs, excludes nothing here; the marker looks closer.
                Tree::Not(tree) if !self.is_exact(tree) => {}
                Tree::Not(tree) => unwanted.push(Peeked::new(self.blocks(tree)?)),
                tree => wanted.push(self.blocks(tree)?),
            }
        }
        if !one_of.is_empty() {
            wanted.push(Blocks::Any(one_of.iter().map(|tree| self.blocks(tree).map(Peeked::new)).collect::<Result<_, _>>()?));
        }
        let wanted = match wanted.len() {
            0 => self.every()?,
            1 => wanted.remove(0),
            _ => Blocks::all(wanted),
        };
        Ok(if unwanted.is_empty() { wanted } else { Blocks::Except(Box::new(wanted), Box::new(Peeked::new(Blocks::Any(unwanted)))) })
    }

    fn every(&self) -> Result<Blocks, Error> {
        let all = self.segment.postings(self.segment.fields().meta, &Meta::Piece.token(), Basic)?;
        Ok(all.map_or(Blocks::None, |all| Blocks::Every(Box::new(all))))
    }

    pub(super) fn need(&self, need: &Need) -> Result<Blocks, Error> {
        let fields = self.segment.fields();
        Ok(match need {
            Need::Nothing => Blocks::None,
            Need::Stem(_) | Need::Places(_) | Need::Mention(_) | Need::Mentioned(_) => Blocks::Having(self.docs(need)?),
            Need::AtLeast(times, places) => {
                // Postings that were read are gone on: who asks for the block again is told from memory.
                let often = Blocks::Often(*times, Box::new(Opener::new(self.segment).open(places)?));
                Blocks::Any(vec![Peeked::new(often)])
            }
            Need::All(needs) => Blocks::all(needs.iter().map(|need| self.need(need)).collect::<Result<_, _>>()?),
            Need::Any(needs) => Blocks::Any(needs.iter().map(|need| self.need(need).map(Peeked::new)).collect::<Result<_, _>>()?),
            Need::Title(inside) => match &**inside {
                Need::All(needs) => {
                    let needs = needs.iter().map(|need| self.docs(need).map(Blocks::InHeader));
                    Blocks::all(needs.collect::<Result<_, _>>()?)
                }
                inside => Blocks::InHeader(self.docs(inside)?),
            },
            Need::Meta(HeaderCondition::Any(tokens)) => Blocks::InHeader(self.either(fields.meta, tokens, Basic)?),
            Need::Meta(label) => {
                let spots = self.spots(&label.places())?;
                Blocks::InHeader(Docs::Spots(Rc::new(RefCell::new(spots))))
            }
            Need::Dates(dates, undated) => match self.every()? {
                Blocks::Every(all) => {
                    let (first, last) = (self.segment.first_day().clone(), self.segment.last_day().clone());
                    Blocks::Dated { all, first, last, dates: *dates, undated: *undated }
                }
                none => none,
            },
        })
    }

    /// The documents that have what stands in one field.
    fn docs(&self, need: &Need) -> Result<Docs, Error> {
        let fields = self.segment.fields();
        match need {
            Need::Stem(stems) => self.either(fields.terms, stems, Basic),
            Need::Mention(token) | Need::Mentioned(token) => self.either(fields.words, std::slice::from_ref(token), Basic),
            Need::Places(places) => Ok(Docs::Spots(Rc::new(RefCell::new(self.spots(places)?)))),
            _ => Ok(Docs::Empty),
        }
    }

    /// The documents that have one of `tokens` in `field`; how often, if `option` asks for it.
    fn either(&self, field: Field, tokens: &[String], option: IndexRecordOption) -> Result<Docs, Error> {
        let mut found = Vec::with_capacity(tokens.len());
        for token in tokens {
            found.extend(self.segment.postings(field, token, option)?);
        }
        Ok(Docs::of(found))
    }

    /// The documents that have one of `tokens`, each with how often.
    fn counted(&self, tokens: Tokens<'_>) -> Result<Docs, Error> {
        self.either(tokens.field, tokens.any_of, WithFreqs)
    }

    /// The scorers of what counts for ranking.
    pub(super) fn term_scorers<'q>(&self, statistics: &'q Statistics<'_>) -> Result<Vec<TermScorer<'q>>, Error>
    where
        'w: 'q,
    {
        let fields = self.segment.fields();
        let averages = statistics.averages;
        let mut scorers = Vec::new();
        let mut wanted = Vec::new();
        self.plan.tree.wanted(&mut |leaf| wanted.push(*leaf));
        for leaf in wanted {
            let (Some(planned), Some(&rarity)) = (self.plan.leaves.get(leaf), statistics.wholes.get(leaf)) else { continue };
            let (signal, tokens, docs) = match &planned.whole {
                None => continue,
                Some(Whole::Phrase(Need::Places(places))) => (Signal::Phrase, None, Docs::Spots(self.shared(places)?)),
                Some(Whole::Phrase(phrase)) => (Signal::Phrase, None, self.docs(phrase)?),
                Some(Whole::Actor(token)) => {
                    let tokens = Tokens { field: fields.words, any_of: std::slice::from_ref(token) };
                    (Signal::Actor, Some(tokens), self.counted(tokens)?)
                }
            };
            let passage = Some((signal, Bm25::new(rarity, averages.passage, Shape::SPACED)));
            // An actor asked for by words has those to say how much of the piece and its title is about it.
            let alone = tokens.is_some() && !planned.implied;
            let piece = alone.then(|| (Signal::Piece, Bm25::new(rarity, averages.piece, Shape::SPACED)));
            let title = alone.then(|| Bm25::new(rarity, averages.title, Shape::SPACED));
            scorers.push(TermScorer { weight: planned.weight, tokens, docs, passage, piece, title });
        }
        for term in &statistics.terms {
            let (rarity, shape) = (term.rarity, term.shape());
            let tokens = Tokens { field: term.field, any_of: term.stems };
            let passage = (Signal::Passage, Bm25::new(shape.beside_its_piece() * rarity, averages.passage, shape));
            scorers.push(TermScorer {
                weight: term.weight,
                tokens: Some(tokens),
                docs: self.counted(tokens)?,
                passage: Some(passage).filter(|_| !term.of_title),
                piece: Some((Signal::Piece, Bm25::new(rarity, averages.piece, shape))),
                title: Some(Bm25::new(rarity, averages.title, shape)),
            });
        }
        for (character, rarity) in &statistics.characters {
            let tokens = Tokens { field: fields.words, any_of: std::slice::from_ref(character) };
            scorers.push(TermScorer {
                weight: 1.0,
                tokens: Some(tokens),
                docs: self.counted(tokens)?,
                passage: None,
                piece: Some((Signal::Characters, Bm25::new(*rarity, averages.piece, Shape::SOLO))),
                title: None,
            });
        }
        Ok(scorers)
    }
}
