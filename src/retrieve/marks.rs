use std::ops::Range;

use tantivy::{DocId, TERMINATED};

use super::cursors::Cursors;
use super::intervals::Interval;
use super::marker::{Mark, Marker};
use super::plan::{Need, Plan};
use crate::index::{BlockMap, Error, PassageAddress, PieceAddress, Reader, Segment};
use crate::query::Tree;

/// The places of a hit at which the query is satisfied, by place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// In the passage: a leaf of the plan by its number, and words of the passage by theirs. Of what goes on in another passage, the words in
    /// this one.
    pub passage: Vec<(usize, Range<usize>)>,
    /// In its piece's title.
    pub title: Vec<(usize, Range<usize>)>,
}

/// Where each of `hits` of `plan` satisfies it.
///
/// The same code decides here and in finding, on the same postings: what is shown is what was found.
pub fn marks(reader: &Reader, plan: &Plan, hits: &[PassageAddress]) -> Result<Vec<Marked>, Error> {
    let mut out = vec![Marked::default(); hits.len()];
    // Postings go forward only.
    let mut order: Vec<usize> = (0..hits.len()).collect();
    order.sort_unstable_by_key(|&at| hits.get(at).map(|hit| hit.piece));
    for group in order.chunk_by(|&a, &b| hits.get(a).map(|hit| hit.piece.segment) == hits.get(b).map(|hit| hit.piece.segment)) {
        let Some(first) = group.first().and_then(|&at| hits.get(at)) else { continue };
        let Some(segment) = reader.segments().get(first.piece.segment) else { continue };
        let block_map = segment.block_map();
        let mut marker = Marker::new(&Cursors::new(plan, segment))?;
        let mut read: Option<(DocId, ByPlace)> = None;
        for &at in group {
            let (Some(&PassageAddress { piece: PieceAddress { header, .. }, passage }), Some(marked)) = (hits.get(at), out.get_mut(at))
            else {
                continue;
            };
            if read.as_ref().is_none_or(|(known, _)| *known != header) {
                read = Some((header, ByPlace::new(marker.read(header).unwrap_or_default())));
            }
            let Some((_, found)) = &read else { continue };
            marked.passage = found.inside(block_map.words_of(passage, header));
            marked.title = found.inside(BlockMap::TITLE..u32::MAX);
            if marked.passage.is_empty() {
                marked.passage = ByPlace::new(parts(plan, segment, header)?).inside(block_map.words_of(passage, header));
            }
        }
    }
    Ok(out)
}

/// The places in the block of `header` of the ranking terms by which a passage is a hit though a clause as a whole is elsewhere in its piece:
/// where nothing is required, the `F` of `F-35` for `F-16`.
fn parts(plan: &Plan, segment: &Segment, header: DocId) -> Result<Vec<Mark>, Error> {
    let mut needs = vec![Need::Nothing; plan.leaves.len()];
    plan.tree.wanted(&mut |&leaf| {
        if let (Some(need), Some(planned)) = (needs.get_mut(leaf), plan.leaves.get(leaf))
            && !planned.together
            && !matches!(planned.need, Need::Stem(_))
        {
            *need = Need::Any(planned.terms.iter().cloned().map(Need::Stem).collect());
        }
    });
    if needs.iter().all(|need| matches!(need, Need::Nothing)) {
        return Ok(Vec::new());
    }
    let plan = Plan::of_needs(needs);
    Ok(Marker::new(&Cursors::new(&plan, segment))?.read(header).unwrap_or_default())
}

/// The marks of a block by their places: a piece may have as many as words, and all of its passages be asked for.
struct ByPlace {
    /// By their first words.
    marks: Vec<Mark>,
    /// Up to each the last word that any covers.
    furthest: Vec<u32>,
}

impl ByPlace {
    fn new(mut marks: Vec<Mark>) -> Self {
        marks.sort_by_key(|(_, interval)| interval.first);
        let furthest = marks.iter().scan(0, |furthest, (_, interval)| {
            *furthest = interval.last.max(*furthest);
            Some(*furthest)
        });
        Self { furthest: furthest.collect(), marks }
    }

    /// What stands in `words`, counted from the first of them.
    fn inside(&self, words: Range<u32>) -> Vec<(usize, Range<usize>)> {
        let first = self.furthest.partition_point(|&last| last < words.start);
        let end = self.marks.partition_point(|(_, interval)| interval.first < words.end);
        let mut out: Vec<(usize, Range<usize>)> = self
            .marks
            .get(first..end)
            .unwrap_or_default()
            .iter()
            .filter(|(_, interval)| interval.last >= words.start)
            .map(|(leaf, interval)| {
                let first = interval.first.max(words.start) - words.start;
                let end = interval.last.saturating_add(1).min(words.end) - words.start;
                (*leaf, first as usize..end as usize)
            })
            .collect();
        out.sort_by_key(|(leaf, words)| (words.start, words.end, *leaf));
        out
    }
}

/// In how many pieces each leaf of `plan` holds.
pub fn counts(reader: &Reader, plan: &Plan) -> Result<Vec<u64>, Error> {
    let mut out = vec![0; plan.leaves.len()];
    for segment in reader.segments() {
        for (leaf, count) in out.iter_mut().enumerate() {
            // Cursors share what reads the same places, and each leaf is read to the end.
            let cursors = Cursors::new(plan, segment);
            let mut blocks = cursors.blocks(&Tree::Clause(leaf))?;
            let mut header = blocks.seek(segment, 0);
            while header != TERMINATED {
                *count += u64::from(segment.is_alive(header));
                header = blocks.seek(segment, header + 1);
            }
        }
    }
    Ok(out)
}

/// Whether `plan` matches `piece`.
pub fn is_match(reader: &Reader, plan: &Plan, piece: PieceAddress) -> Result<bool, Error> {
    let PieceAddress { segment, header } = piece;
    let Some(segment) = reader.segments().get(segment) else { return Ok(false) };
    let cursors = Cursors::new(plan, segment);
    let holds = cursors.blocks(&plan.tree)?.seek(segment, segment.block_map().first_passage(header)) == header;
    Ok(holds && Marker::new(&cursors)?.read(header).is_some())
}

/// The places of each of `needs` in `piece`; `None` for one that is not met.
pub fn probe(reader: &Reader, needs: Vec<Need>, piece: PieceAddress) -> Result<Vec<Option<Vec<Interval>>>, Error> {
    let Some(segment) = reader.segments().get(piece.segment) else { return Ok(vec![None; needs.len()]) };
    let plan = Plan::of_needs(needs);
    Ok(Marker::new(&Cursors::new(&plan, segment))?.places(piece.header))
}
