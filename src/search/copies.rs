//! Copies of a piece: reprints, wire copy, the same file twice. Derived when reading, from the sketches that headers keep, and of texts that are
//! too short for one from their digests.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use foldhash::{HashMap, HashSet};

use super::Error;
use super::answer::PieceView;
use crate::index::fields::Meta;
use crate::index::{PieceAddress, Reader, RunKey, Sketch, StoredPiece, text_of};
use crate::text::{fold, sentences};

/// What becomes of copies in an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CopiesMode {
    /// Of pieces that are copies of each other only the one that comes first is shown.
    #[default]
    Group,
    /// Each is a hit of its own.
    Show,
    /// Only the earliest of them is shown, and that only if it matches.
    Hide,
}

/// The copies that a hit stands for, itself among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copies {
    /// What they have in common: the beginning of the digest of the earliest.
    pub cluster: String,
    /// How many they are.
    pub size: usize,
}

/// Pieces that are copies of each other.
#[derive(Debug)]
pub struct Cluster {
    earliest: Arc<StoredPiece>,
    /// Where they are, the earliest first, the others in no order.
    members: Vec<PieceAddress>,
}

impl Cluster {
    /// What its members have in common.
    #[must_use]
    pub fn name(&self) -> &str {
        self.earliest.short_digest()
    }

    /// Where the earliest is.
    pub(super) fn head(&self) -> Option<PieceAddress> {
        self.members.first().copied()
    }

    /// The earliest, if it is at `address`.
    pub(super) fn earliest_at(&self, address: PieceAddress) -> Option<&Arc<StoredPiece>> {
        Some(&self.earliest).filter(|_| self.head() == Some(address))
    }

    pub(super) fn copies(&self) -> Copies {
        Copies { cluster: self.name().to_owned(), size: self.members.len() }
    }

    /// Its pieces, the earliest first.
    pub fn pieces(&self, reader: &Reader) -> Result<Vec<Arc<StoredPiece>>, Error> {
        let mut members = self.members.clone();
        members.sort_by_cached_key(|&member| (Age::of(reader, member), key(reader, member)));
        members.into_iter().map(|member| piece(reader, member)).collect()
    }
}

/// Finds clusters, and remembers them.
pub(super) struct Clusters<'r> {
    reader: &'r Reader,
    found: RefCell<HashMap<PieceAddress, Rc<Cluster>>>,
}

/// More members of a cluster are not looked for.
const MOST: usize = 10_000;
/// So many pieces are remembered with their clusters; then all are forgotten.
const REMEMBERED: usize = 10_000;
/// A run that no more pieces have is enough to look closer at them; of others it takes so many.
const FEW: usize = 16;
const ENOUGH: usize = 2;

impl<'r> Clusters<'r> {
    pub(super) fn new(reader: &'r Reader) -> Self {
        Self { reader, found: RefCell::default() }
    }

    /// The cluster of the piece at `address`.
    pub(super) fn of(&self, address: PieceAddress) -> Result<Rc<Cluster>, Error> {
        if let Some(cluster) = self.found.borrow().get(&address) {
            return Ok(Rc::clone(cluster));
        }
        let mut members = vec![address];
        let mut seen: HashSet<PieceAddress> = HashSet::default();
        // Of pieces that are the same, one tells what all are copies of.
        let mut asked: HashSet<Sketch<'_>> = HashSet::default();
        let mut at = 0;
        while let Some(&member) = members.get(at) {
            at += 1;
            let sketch = self.sketch(member);
            if !asked.insert(sketch) {
                continue;
            }
            let is_short = sketch == Sketch::default();
            for candidate in if is_short { self.same(member)? } else { self.candidates(member, sketch) } {
                let is_new = candidate != address && !seen.contains(&candidate);
                if is_new && members.len() < MOST && (is_short || sketch.is_copy_of(&self.sketch(candidate))) {
                    seen.insert(candidate);
                    members.push(candidate);
                }
            }
        }
        let head = self.earliest(&members).unwrap_or_default();
        members.swap(0, head);
        let earliest = piece(self.reader, members.first().copied().unwrap_or(address))?;
        let cluster = Rc::new(Cluster { earliest, members });
        let mut found = self.found.borrow_mut();
        if found.len() >= REMEMBERED {
            found.clear();
        }
        for member in &cluster.members {
            found.insert(*member, Rc::clone(&cluster));
        }
        Ok(cluster)
    }

    /// Which of `pieces` is the earliest, and of those that are as old the first by its key.
    fn earliest(&self, pieces: &[PieceAddress]) -> Option<usize> {
        let age = |&piece: &PieceAddress| Age::of(self.reader, piece);
        let least = pieces.iter().map(age).min()?;
        // Keys of one segment are in order; only those that are of several have to be read.
        let mut first: HashMap<usize, (Option<u64>, usize)> = HashMap::default();
        for (at, piece) in pieces.iter().enumerate().filter(|(_, piece)| age(piece) == least) {
            let order = self.reader.segments().get(piece.segment).and_then(|segment| segment.key_order().first(piece.header));
            let first = first.entry(piece.segment).or_insert((order, at));
            *first = (*first).min((order, at));
        }
        let at = |(_, (_, at)): (usize, (Option<u64>, usize))| at;
        if first.len() == 1 {
            return first.into_iter().next().map(at);
        }
        let with_key = |at: usize| pieces.get(at).map(|&piece| (key(self.reader, piece), at));
        first.into_iter().map(at).filter_map(with_key).min().map(|(_, at)| at)
    }

    /// The pieces with the same text and title as the piece at `address`, whose text is too short for a sketch: so short a text may stand
    /// under many titles, and of such texts no others are copies.
    fn same(&self, address: PieceAddress) -> Result<Vec<PieceAddress>, Error> {
        let asked = piece(self.reader, address)?;
        let mut same = Vec::new();
        for other in with_digest(self.reader, asked.short_digest())?.into_iter().take(MOST) {
            if piece(self.reader, other)?.title == asked.title {
                same.push(other);
            }
        }
        Ok(same)
    }

    /// The other pieces that share runs with the piece at `address`: several of those that its sketch keeps, or one that few pieces have.
    /// What many share is what their site writes under every piece, or the like.
    fn candidates(&self, address: PieceAddress, sketch: Sketch<'_>) -> Vec<PieceAddress> {
        let segments = self.reader.segments();
        let shares_within = segments.get(address.segment).is_some_and(|segment| segment.shares_runs(address.header));
        // Each as often as that says something.
        let mut shared: Vec<PieceAddress> = Vec::new();
        let mut having: Vec<PieceAddress> = Vec::new();
        for &run in sketch.least() {
            having.clear();
            // Where it shares nothing within its segment, it is the only one there, and that need not be looked up.
            having.extend((!shares_within).then_some(address));
            for (number, segment) in segments.iter().enumerate().filter(|&(number, _)| shares_within || number != address.segment) {
                having.extend(segment.headers_with_run(run).map(|header| PieceAddress { segment: number, header }));
            }
            let times = if having.len() > FEW { 1 } else { ENOUGH };
            for &other in having.iter().filter(|&&other| other != address) {
                shared.extend(std::iter::repeat_n(other, times));
            }
        }
        shared.sort_unstable();
        shared.chunk_by(|a, b| a == b).filter(|same| same.len() >= ENOUGH).filter_map(|same| same.first().copied()).collect()
    }

    fn sketch(&self, piece: PieceAddress) -> Sketch<'r> {
        self.reader.segments().get(piece.segment).map(|segment| segment.sketch(piece.header)).unwrap_or_default()
    }
}

/// How old a piece is: by the first day of its date, those without date last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Age {
    is_unknown: bool,
    day: Option<i64>,
}

impl Age {
    fn of(reader: &Reader, piece: PieceAddress) -> Self {
        let day = reader.segments().get(piece.segment).and_then(|segment| segment.first_day().first(piece.header));
        Self { is_unknown: day.is_none(), day }
    }
}

fn key(reader: &Reader, piece: PieceAddress) -> Option<String> {
    reader.segments().get(piece.segment).and_then(|segment| segment.key(piece.header))
}

fn piece(reader: &Reader, address: PieceAddress) -> Result<Arc<StoredPiece>, Error> {
    let segment = reader.segments().get(address.segment);
    Ok(segment.map(|segment| segment.piece(address.header)).transpose()?.unwrap_or_default().into())
}

/// The living pieces with the text of this digest.
pub(super) fn with_digest(reader: &Reader, digest: &str) -> Result<Vec<PieceAddress>, Error> {
    let mut pieces = Vec::new();
    for (number, segment) in reader.segments().iter().enumerate() {
        pieces.extend(segment.headers_with(Meta::Digest(digest))?.into_iter().map(|header| PieceAddress { segment: number, header }));
    }
    Ok(pieces)
}

/// All clusters of more than one piece, in the order of their earliest.
pub fn copy_clusters(reader: &Reader) -> Result<Vec<Rc<Cluster>>, Error> {
    let clusters = Clusters::new(reader);
    let mut starts: BTreeSet<PieceAddress> = BTreeSet::new();
    let mut last: Option<(RunKey, PieceAddress)> = None;
    for (run, piece) in reader.runs() {
        if let Some((_, other)) = last.filter(|&(other, _)| other == run) {
            starts.extend([other, piece]);
        }
        last = Some((run, piece));
    }
    let mut digests: HashSet<String> = HashSet::default();
    for segment in reader.segments() {
        digests.extend(segment.tokens_with_prefix(reader.fields().meta, &Meta::Digest("").token())?);
    }
    for digest in digests.iter().filter_map(|token| token.strip_prefix(&Meta::Digest("").token())) {
        let pieces = with_digest(reader, digest)?;
        let is_short = pieces.first().is_some_and(|&piece| clusters.sketch(piece) == Sketch::default());
        if is_short && pieces.len() > 1 {
            starts.extend(pieces.into_iter().take(MOST));
        }
    }
    let mut found: BTreeMap<PieceAddress, Rc<Cluster>> = BTreeMap::new();
    for start in starts {
        let cluster = clusters.of(start)?;
        if cluster.members.len() > 1
            && let Some(head) = cluster.head()
        {
            found.insert(head, cluster);
        }
    }
    let mut all: Vec<Rc<Cluster>> = found.into_values().collect();
    all.sort_by_cached_key(|cluster| cluster.head().map(|piece| key(reader, piece)));
    Ok(all)
}

/// A member of a cluster, and how it differs from the earliest.
#[derive(Clone, Debug)]
pub struct PieceCopy {
    /// The piece.
    pub piece: PieceView,
    /// Sentences of the earliest that are not in it.
    pub cut: Vec<String>,
    /// Sentences of it that are not in the earliest.
    pub added: Vec<String>,
}

/// The copies of a piece, the earliest first, itself among them.
pub fn copies_of(reader: &Reader, piece: &PieceView) -> Result<Vec<PieceCopy>, Error> {
    let address = reader.address_of(&piece.stored)?.ok_or_else(|| Error::NotFound(piece.id.clone()))?;
    let cluster = Clusters::new(reader).of(address)?;
    let pieces = cluster.pieces(reader)?;
    let texts = pieces.iter().map(|piece| Ok(text_of(&reader.passages_of(piece)?))).collect::<Result<Vec<_>, Error>>()?;
    let first = texts.first().cloned().unwrap_or_default();
    let each = pieces.iter().zip(&texts).map(|(piece, text)| {
        let piece = PieceView { stale: reader.is_stale(piece), ..PieceView::new(reader, Arc::clone(piece))? };
        Ok(PieceCopy { piece, cut: missing(&first, text), added: missing(text, &first) })
    });
    each.collect()
}

/// The sentences of `text` that `other` has not, whatever their case, width and spacing.
fn missing(text: &str, other: &str) -> Vec<String> {
    let bare = |sentence: &str| fold::folded(sentence).split_whitespace().collect::<Vec<_>>().join(" ");
    let there: HashSet<String> = sentences::sentences(other).iter().map(|sentence| bare(sentence.span.of(other))).collect();
    let all = sentences::sentences(text);
    let new = all
        .iter()
        .map(|sentence| sentence.span.of(text).trim())
        .filter(|sentence| !sentence.is_empty() && !there.contains(&bare(sentence)));
    new.map(ToOwned::to_owned).collect()
}
