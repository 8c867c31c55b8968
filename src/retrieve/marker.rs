//! Where in a piece a query is satisfied.

use tantivy::DocId;

use super::blocks::Peeked;
use super::cursors::Cursors;
use super::intervals::algebra::start_of;
use super::intervals::{Atom, Interval, Opener, Places, SharedSpots, Source};
use super::plan::{Need, Within};
use crate::index::{BlockMap, Error, Segment};
use crate::query::Tree;

/// Tells for a block at which places the clauses of a plan are satisfied: those of branches that hold, none that is excluded.
pub(super) struct Marker<'w> {
    tree: &'w Tree<usize>,
    within: Within,
    segment: &'w Segment,
    block_map: BlockMap,
    leaves: Vec<Held>,
    /// Whether each leaf is about the piece, wherever it is satisfied.
    of_piece: Vec<bool>,
    sentences: Option<Source>,
}

/// What tells whether a need is met, and where.
enum Held {
    At(Source),
    Shared(SharedSpots),
    Often(u32, Source),
    InTitle(Box<Held>),
    All(Vec<Held>),
    Any(Vec<Held>),
    /// By the piece as a whole.
    Piece(Box<Peeked>),
    Never,
}

/// A place at which a leaf is satisfied: the leaf's number, and its words in the piece.
pub(super) type Mark = (usize, Interval);

/// Where something holds.
#[derive(Clone, Debug, PartialEq)]
enum Units {
    /// In the piece as a whole.
    Everywhere,
    /// In these of its units, in order. Never none.
    In(Vec<u32>),
}

/// What of a block is known: the places of each leaf, `None` where it does not hold.
struct LeafPlaces<'k> {
    of_piece: &'k [bool],
    places: Vec<Option<Vec<Interval>>>,
    /// The unit of each place.
    units: Vec<Vec<u32>>,
}

impl<'w> Marker<'w> {
    pub(super) fn new(cursors: &Cursors<'w>) -> Result<Self, Error> {
        let opener = Opener::new(cursors.segment);
        let leaves = cursors.plan.leaves.iter().map(|leaf| held(cursors, &opener, &leaf.need)).collect::<Result<_, _>>()?;
        let within = cursors.plan.within;
        let sentences = if within == Within::Sentence { Some(opener.sentences()?) } else { None };
        let about_piece =
            |need: &Need| matches!(need, Need::AtLeast(..) | Need::Title(_) | Need::Meta(_) | Need::Dates(..) | Need::Mentioned(_));
        let of_piece = cursors.plan.leaves.iter().map(|leaf| about_piece(&leaf.need)).collect();
        Ok(Self {
            of_piece,
            tree: &cursors.plan.tree,
            within,
            segment: cursors.segment,
            block_map: opener.block_map().clone(),
            leaves,
            sentences,
        })
    }

    /// The places in the block of `header` at which the query is satisfied, by leaf and place; `None` where it is not. To be called with
    /// growing `header`.
    pub(super) fn read(&mut self, header: DocId) -> Option<Vec<Mark>> {
        let places = self.places(header);
        let begins: Vec<u32> =
            self.sentences.as_mut().map(|source| source.read(header)).unwrap_or_default().iter().map(|begin| begin.first).collect();
        let unit = |interval: &Interval| match self.within {
            Within::Piece => 0,
            Within::Passage => self.block_map.document_of(interval.first, header),
            Within::Sentence => start_of(&begins, interval.first),
        };
        let units = places.iter().map(|places| places.iter().flatten().map(unit).collect()).collect();
        let known = LeafPlaces { of_piece: &self.of_piece, places, units };
        let units = known.units(self.tree)?;
        let mut marks = Vec::new();
        known.mark(self.tree, &units, &mut marks);
        marks.sort_unstable();
        marks.dedup();
        Some(marks)
    }

    /// The places of each leaf in the block of `header`, whatever the query makes of them; `None` for one that does not hold.
    pub(super) fn places(&mut self, header: DocId) -> Vec<Option<Vec<Interval>>> {
        self.leaves.iter_mut().map(|held| held.read(self.segment, &self.block_map, header)).collect()
    }

    /// The documents of the block of `header` in which places stand, all or in part, in order; `None` where the query is not satisfied.
    pub(super) fn documents(&mut self, header: DocId) -> Option<Vec<DocId>> {
        // One clause holds wherever it stands.
        if let Tree::Clause(leaf) = self.tree
            && let Some(Held::Shared(spots)) = self.leaves.get(*leaf)
        {
            let mut spots = spots.borrow_mut();
            let docs = spots.docs(header);
            return (!docs.is_empty()).then(|| docs.iter().map(|&(doc, _)| doc).collect());
        }
        let marks = self.read(header)?;
        let docs = marks.iter().flat_map(|(_, interval)| self.block_map.documents_of((interval.first, interval.last), header));
        let mut docs: Vec<DocId> = docs.collect();
        docs.sort_unstable();
        docs.dedup();
        Some(docs)
    }

    /// Whether some places were not looked at.
    pub(super) fn is_over(&self) -> bool {
        self.leaves.iter().any(Held::is_over)
    }
}

fn held<'w>(cursors: &Cursors<'w>, opener: &Opener<'_>, need: &'w Need) -> Result<Held, Error> {
    let each = |needs: &'w [Need]| needs.iter().map(|need| held(cursors, opener, need)).collect::<Result<Vec<_>, _>>();
    Ok(match need {
        Need::Nothing => Held::Never,
        Need::Stem(stems) => Held::At(opener.open(&Places::Atom(Atom::Stem(stems.clone())))?),
        Need::Mention(mark) => Held::At(opener.open(&Places::Atom(Atom::Mention(mark.clone())))?),
        Need::Places(places) => Held::Shared(cursors.shared(places)?),
        Need::AtLeast(times, places) => Held::Often(*times, opener.open(places)?),
        Need::Title(need) => Held::InTitle(Box::new(held(cursors, opener, need)?)),
        Need::All(needs) => Held::All(each(needs)?),
        Need::Any(needs) => Held::Any(each(needs)?),
        Need::Meta(_) | Need::Dates(..) | Need::Mentioned(_) => Held::Piece(Box::new(Peeked::new(cursors.need(need)?))),
    })
}

impl Held {
    /// The places in a block, `None` where the need is not met.
    fn read(&mut self, segment: &Segment, block_map: &BlockMap, header: DocId) -> Option<Vec<Interval>> {
        let some = |places: Vec<Interval>| Some(places).filter(|places| !places.is_empty());
        match self {
            Self::Never => None,
            Self::At(source) => some(source.read(header)),
            Self::Shared(spots) => some(spots.borrow_mut().places(header).to_vec()),
            Self::Often(times, source) => Some(source.read(header)).filter(|places| places.len() >= *times as usize),
            Self::InTitle(held) => {
                let mut places = held.read(segment, block_map, header)?;
                places.retain(|interval| interval.first >= BlockMap::TITLE);
                some(places)
            }
            Self::All(parts) => {
                let parts: Vec<_> = parts.iter_mut().map(|part| part.read(segment, block_map, header)).collect();
                Some(parts.into_iter().collect::<Option<Vec<_>>>()?.concat())
            }
            Self::Any(parts) => {
                some(parts.iter_mut().filter_map(|part| part.read(segment, block_map, header)).collect::<Vec<_>>().concat())
            }
            Self::Piece(blocks) => (blocks.seek(segment, block_map.first_passage(header)) == header).then(Vec::new),
        }
    }

    fn is_over(&self) -> bool {
        match self {
            Self::At(source) | Self::Often(_, source) => source.is_over(),
            Self::Shared(spots) => spots.borrow().is_over(),
            Self::InTitle(held) => held.is_over(),
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::is_over),
            Self::Piece(_) | Self::Never => false,
        }
    }
}

impl LeafPlaces<'_> {
    /// Where `tree` holds, `None` if nowhere. NOT is about the piece.
    fn units(&self, tree: &Tree<usize>) -> Option<Units> {
        match tree {
            Tree::Clause(leaf) => {
                self.places.get(*leaf)?.as_ref()?;
                let mut units = self.units.get(*leaf)?.clone();
                units.sort_unstable();
                units.dedup();
                let everywhere = units.is_empty() || self.of_piece.get(*leaf) == Some(&true);
                Some(if everywhere { Units::Everywhere } else { Units::In(units) })
            }
            Tree::All(trees) => trees.iter().try_fold(Units::Everywhere, |units, tree| units.and(self.units(tree)?)),
            Tree::Any(trees) => trees.iter().filter_map(|tree| self.units(tree)).reduce(Units::or),
            Tree::Best(trees) => {
                let required = trees.iter().filter(|tree| matches!(tree, Tree::Must(_) | Tree::Not(_)));
                let units = required.into_iter().try_fold(Units::Everywhere, |units, tree| units.and(self.units(tree)?))?;
                let best = trees.iter().filter(|tree| !matches!(tree, Tree::Not(_))).filter_map(|tree| self.units(tree)).reduce(Units::or);
                best.map_or(Some(units.clone()), |best| units.and(best))
            }
            Tree::Not(tree) => self.units(tree).is_none().then_some(Units::Everywhere),
            Tree::Must(tree) | Tree::Boost(tree, _) | Tree::AtLeast(_, tree, _) => self.units(tree),
            // Planned as one leaf.
            Tree::Near(..) => None,
        }
    }

    /// Adds the places of the clauses of `tree` in `allowed` that count for it.
    fn mark(&self, tree: &Tree<usize>, allowed: &Units, marks: &mut Vec<Mark>) {
        let Some(units) = self.units(tree).and_then(|units| units.and(allowed.clone())) else { return };
        match tree {
            Tree::Clause(leaf) => {
                let places = self.places.get(*leaf).into_iter().flatten().flatten();
                let of = self.units.get(*leaf).into_iter().flatten();
                marks.extend(places.zip(of).filter(|(_, unit)| units.has(**unit)).map(|(interval, _)| (*leaf, *interval)));
            }
            Tree::All(trees) | Tree::Any(trees) | Tree::Best(trees) => trees.iter().for_each(|tree| self.mark(tree, &units, marks)),
            Tree::Must(tree) | Tree::Boost(tree, _) | Tree::AtLeast(_, tree, _) => self.mark(tree, &units, marks),
            Tree::Not(_) | Tree::Near(..) => {}
        }
    }
}

impl Units {
    fn and(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Everywhere, units) | (units, Self::Everywhere) => Some(units),
            (Self::In(mut units), Self::In(other)) => {
                units.retain(|unit| other.binary_search(unit).is_ok());
                (!units.is_empty()).then_some(Self::In(units))
            }
        }
    }

    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::In(mut units), Self::In(mut other)) => {
                units.append(&mut other);
                units.sort_unstable();
                units.dedup();
                Self::In(units)
            }
            _ => Self::Everywhere,
        }
    }

    fn has(&self, unit: u32) -> bool {
        match self {
            Self::Everywhere => true,
            Self::In(units) => units.binary_search(&unit).is_ok(),
        }
    }
}
