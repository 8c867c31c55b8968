//! What frequent terms say in each piece at the most, in a file of each segment, ready for use: how a query is told which few of many pieces can
//! be worth most, and how many there are, without reading what is said of each passage.
//!
//! The file holds lists, one behind the other; then an [`Entry`] for each, in the order of the postings that they were made from; then the
//! averages by which impacts were told; then how many entries there are. A list holds a [`Head`] for each of its blocks, then the blocks: the
//! rows of [`BLOCK`] pieces in the forward index (what each is behind the one before, in as few bits as the greatest takes), then a byte for each with
//! the [level](crate::rank::level) of its impact. Who asks for the best passes over blocks by their heads (Ding and Suel 2011).

use std::io::{self, Write};

use bitpacking::{BitPacker, BitPacker4x};
use tantivy::directory::{OwnedBytes, TerminatingWrite};
use tantivy::index::SegmentComponent;
use tantivy::postings::TermInfo;
use tantivy::{SegmentReader, TantivyError};

use super::records::{Record, Records};
use crate::rank::{Averages, Shape};
use crate::text::script;

/// How the names of the files end.
pub(in crate::index) const ENDING: &str = "impacts";

/// Terms in so many documents have lists; of others there are so few postings that they can all be read. Tests have few documents.
pub(super) const LEAST: u32 = if cfg!(test) { 4 } else { 256 };

/// The pieces of a block, but for the last.
const BLOCK: usize = BitPacker4x::BLOCK_LEN;

/// Where the list of a term is.
struct Entry {
    /// The [`place`] of the postings that it was made from.
    postings: u64,
    start: u64,
    /// How many pieces are in it.
    pieces: u32,
}

impl Record for Entry {
    const SIZE: usize = 20;

    fn put(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(&self.postings.to_le_bytes())?;
        out.write_all(&self.start.to_le_bytes())?;
        out.write_all(&self.pieces.to_le_bytes())
    }

    fn get(bytes: &[u8]) -> Option<Self> {
        let (postings, bytes) = bytes.split_first_chunk()?;
        let (start, bytes) = bytes.split_first_chunk()?;
        let [postings, start] = [postings, start].map(|number| u64::from_le_bytes(*number));
        Some(Self { postings, start, pieces: u32::from_le_bytes(*bytes.first_chunk()?) })
    }
}

/// What is told of a block without reading it.
#[derive(Clone, Copy, Debug)]
struct Head {
    /// Its last row.
    last: u32,
    /// Where it begins, counted from the first block.
    start: u32,
    /// The bits that a row takes.
    width: u8,
    /// The greatest level in it.
    most: u8,
}

impl Record for Head {
    const SIZE: usize = 10;

    fn put(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(&self.last.to_le_bytes())?;
        out.write_all(&self.start.to_le_bytes())?;
        out.write_all(&[self.width, self.most])
    }

    fn get(bytes: &[u8]) -> Option<Self> {
        let (last, bytes) = bytes.split_first_chunk()?;
        let (start, bytes) = bytes.split_first_chunk()?;
        let [width, most] = *bytes.first_chunk()?;
        Some(Self { last: u32::from_le_bytes(*last), start: u32::from_le_bytes(*start), width, most })
    }
}

/// The impacts of a segment that are being written.
pub(super) struct NewImpacts<W> {
    out: W,
    written: u64,
    entries: Vec<Entry>,
    packer: BitPacker4x,
    /// What is put together of the list at hand.
    heads: Vec<u8>,
    blocks: Vec<u8>,
}

impl<W: TerminatingWrite> NewImpacts<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, written: 0, entries: Vec::new(), packer: BitPacker4x::new(), heads: Vec::new(), blocks: Vec::new() }
    }

    /// Adds the list of the term whose postings begin at `postings`, behind those of all others so far: `pieces` by their rows, which come in order,
    /// each with its level.
    pub(super) fn add(&mut self, postings: u64, pieces: &[(u32, u8)]) -> io::Result<()> {
        self.heads.clear();
        self.blocks.clear();
        let mut before = 0;
        for block in pieces.chunks(BLOCK) {
            let last = block.last().map_or(before, |&(row, _)| row);
            // What is missing from a block takes no bits beyond those that the others need.
            let mut rows = [last; BLOCK];
            rows.iter_mut().zip(block).for_each(|(row, &(is, _))| *row = is);
            let width = self.packer.num_bits_sorted(before, &rows);
            let start = u32::try_from(self.blocks.len()).map_err(io::Error::other)?;
            let mut packed = [0; BLOCK * size_of::<u32>()];
            let size = self.packer.compress_sorted(before, &rows, &mut packed, width);
            self.blocks.extend(packed.iter().take(size));
            self.blocks.extend(block.iter().map(|(_, level)| level));
            let most = block.iter().map(|&(_, level)| level).max().unwrap_or_default();
            Head { last, start, width, most }.put(&mut self.heads)?;
            before = last;
        }
        self.entries.push(Entry { postings, start: self.written, pieces: u32::try_from(pieces.len()).map_err(io::Error::other)? });
        self.out.write_all(&self.heads)?;
        self.out.write_all(&self.blocks)?;
        self.written += (self.heads.len() + self.blocks.len()) as u64;
        Ok(())
    }

    /// Ends the file. Impacts were told by these averages.
    pub(super) fn finish(mut self, averages: &Averages) -> io::Result<()> {
        self.entries.iter().try_for_each(|entry| entry.put(&mut self.out))?;
        for average in [averages.passage, averages.piece, averages.title] {
            self.out.write_all(&average.to_le_bytes())?;
        }
        self.out.write_all(&(self.entries.len() as u64).to_le_bytes())?;
        self.out.terminate()
    }
}

/// The impacts of one segment.
pub(super) struct Impacts {
    lists: OwnedBytes,
    entries: Records,
    averages: Averages,
}

impl Impacts {
    pub(super) fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let file = segment.open_read(component())?.read_bytes()?;
        Self::read(&file).ok_or_else(|| TantivyError::InternalError(format!("a file .{ENDING} does not hold what it says")))
    }

    fn read(file: &OwnedBytes) -> Option<Self> {
        let (front, count) = file.as_slice().split_last_chunk()?;
        let count = usize::try_from(u64::from_le_bytes(*count)).ok()?;
        let (front, averages) = front.split_last_chunk::<12>()?;
        let ([passage, piece, title], []) = averages.as_chunks::<4>() else { return None };
        let [passage, piece, title] = [passage, piece, title].map(|average| f32::from_le_bytes(*average));
        let entries_at = front.len().checked_sub(count.checked_mul(Entry::SIZE)?)?;
        Some(Self {
            lists: file.slice(0..entries_at),
            entries: Records::read(file.slice(entries_at..front.len()), count),
            averages: Averages { passage, piece, title },
        })
    }

    /// The list of the term whose postings begin there, if it has one.
    pub(super) fn list(&self, postings: u64) -> Option<ImpactList<'_>> {
        let at = self.entries.partition_point(0, self.entries.len(), |entry: &Entry| entry.postings < postings);
        let entry: Entry = self.entries.at(at).filter(|entry: &Entry| entry.postings == postings)?;
        let list = self.lists.get(usize::try_from(entry.start).ok()?..)?;
        let (heads, blocks) = list.split_at_checked((entry.pieces as usize).div_ceil(BLOCK) * Head::SIZE)?;
        Some(ImpactList { heads, blocks, pieces: entry.pieces, averages: &self.averages })
    }
}

/// The pieces in which a frequent term occurs, deleted ones too, by their rows in the forward index, each with the level of what it says there.
#[derive(Clone, Copy, Debug)]
pub struct ImpactList<'i> {
    heads: &'i [u8],
    blocks: &'i [u8],
    pieces: u32,
    averages: &'i Averages,
}

/// A block of a list as it is read: rows in order, and the level of each.
#[derive(Clone, Debug)]
pub struct ImpactBlock {
    rows: [u32; BLOCK],
    levels: [u8; BLOCK],
    len: usize,
}

impl Default for ImpactBlock {
    fn default() -> Self {
        Self { rows: [0; BLOCK], levels: [0; BLOCK], len: 0 }
    }
}

impl ImpactBlock {
    /// The rows of its pieces.
    #[must_use]
    pub fn rows(&self) -> &[u32] {
        self.rows.get(..self.len).unwrap_or_default()
    }

    /// Their levels.
    #[must_use]
    pub fn levels(&self) -> &[u8] {
        self.levels.get(..self.len).unwrap_or_default()
    }
}

impl<'i> ImpactList<'i> {
    /// How many pieces are in it.
    #[must_use]
    pub fn pieces(&self) -> u32 {
        self.pieces
    }

    /// The averages by which its impacts were told.
    #[must_use]
    pub fn averages(&self) -> &'i Averages {
        self.averages
    }

    /// How many blocks it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.heads.len() / Head::SIZE
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    fn head(&self, block: usize) -> Option<Head> {
        self.heads.get(block.checked_mul(Head::SIZE)?..).and_then(Head::get)
    }

    /// The greatest level in a block.
    #[must_use]
    pub fn most(&self, block: usize) -> u8 {
        self.head(block).map_or(0, |head| head.most)
    }

    /// The first block, not before `from`, that ends at or behind `row`.
    #[must_use]
    pub fn block_of(&self, row: u32, from: usize) -> usize {
        let is_before = |block: usize| self.head(block).is_some_and(|head| head.last < row);
        // Mostly it is one of the next: look at those twice as far each time, and then between the last two.
        let (mut low, mut step) = (from, 1);
        while is_before(low + step - 1) {
            low += step;
            step *= 2;
        }
        let mut high = low + step - 1;
        while low < high {
            let middle = low + (high - low) / 2;
            if is_before(middle) { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// Reads a block into `out`. There is nothing in one behind the last, nor in one that is damaged.
    pub fn read(&self, block: usize, out: &mut ImpactBlock) {
        out.len = self.read_into(block, out).unwrap_or_default();
    }

    fn read_into(&self, block: usize, out: &mut ImpactBlock) -> Option<usize> {
        let head = self.head(block)?;
        let before = block.checked_sub(1).and_then(|block| self.head(block)).map_or(0, |head| head.last);
        let len = BLOCK.min((self.pieces as usize).checked_sub(block.checked_mul(BLOCK)?)?);
        if u32::from(head.width) > u32::BITS {
            return None;
        }
        let (rows, levels) = self.blocks.get(head.start as usize..)?.split_at_checked(BitPacker4x::compressed_block_size(head.width))?;
        BitPacker4x::new().decompress_sorted(before, rows, &mut out.rows, head.width);
        out.levels.get_mut(..len)?.copy_from_slice(levels.get(..len)?);
        Some(len)
    }
}

/// The file's part of a segment.
pub(super) fn component() -> SegmentComponent {
    SegmentComponent::Custom(ENDING.to_owned())
}

/// Where the postings of a term begin that is of this shape: no two terms have theirs at one place. Behind those of spaced words come those of
/// runs, which are in another field.
pub(super) fn place(info: &TermInfo, shape: Shape) -> u64 {
    /// No field has so many bytes of postings.
    const BEHIND: u64 = 1 << 63;
    info.postings_range.start as u64 + if shape == Shape::SOLO { BEHIND } else { 0 }
}

/// How the occurrences of a term count.
#[must_use]
pub fn shape_of(term: &str) -> Shape {
    if term.bytes().next().is_some_and(|first| first.is_ascii()) {
        return Shape::SPACED;
    }
    // Folding may put a mark before its letter (Thai ำ), and of those of kana that stand alone it leaves nothing else.
    let first = term.chars().map(script::shape).find(|&shape| shape != script::Shape::Mark);
    let is_solo = first.map_or(!term.is_empty(), |shape| shape == script::Shape::Solo);
    if is_solo { Shape::SOLO } else { Shape::SPACED }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::records::Kept;
    use super::*;

    const AVERAGES: Averages = Averages { passage: 90.0, piece: 700.0, title: 8.5 };

    /// Lists by where their postings begin.
    fn file(lists: &[(u64, Vec<(u32, u8)>)]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut impacts = NewImpacts::new(Kept(&mut bytes));
        lists.iter().try_for_each(|(postings, pieces)| impacts.add(*postings, pieces)).unwrap();
        impacts.finish(&AVERAGES).unwrap();
        bytes
    }

    fn lists() -> impl Strategy<Value = Vec<(u64, Vec<(u32, u8)>)>> {
        let rows = prop_oneof![0_u32..700, 0_u32..100_000, any::<u32>()];
        let pieces = prop::collection::btree_map(rows, 1_u8.., 0..500).prop_map(|pieces| pieces.into_iter().collect());
        prop::collection::btree_map(any::<u64>(), pieces, 0..6).prop_map(|lists| lists.into_iter().collect())
    }

    /// All that a list holds, block by block.
    fn all(list: &ImpactList<'_>) -> Vec<(u32, u8)> {
        let mut block = ImpactBlock::default();
        let mut pieces = Vec::new();
        for number in 0..=list.len() {
            list.read(number, &mut block);
            pieces.extend(block.rows().iter().copied().zip(block.levels().iter().copied()));
        }
        pieces
    }

    proptest! {
        #[test]
        fn what_was_put_down_is_read(lists in lists(), asked in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..4), 1..20)) {
            let impacts = Impacts::read(&OwnedBytes::new(file(&lists))).unwrap();
            prop_assert_eq!(impacts.averages, AVERAGES);
            for (postings, pieces) in &lists {
                let list = impacts.list(*postings).unwrap();
                prop_assert_eq!(list.pieces() as usize, pieces.len());
                prop_assert_eq!(list.is_empty(), pieces.is_empty());
                prop_assert_eq!(&all(&list), pieces);
                for (number, block) in pieces.chunks(BLOCK).enumerate() {
                    prop_assert_eq!(Some(list.most(number)), block.iter().map(|&(_, level)| level).max());
                }
                for (place, from) in asked.iter().filter(|_| !pieces.is_empty()) {
                    let (row, _) = pieces[place.index(pieces.len())];
                    for row in [row, row.saturating_add(1)] {
                        let expected = pieces.chunks(BLOCK).position(|block| block.last().unwrap().0 >= row).unwrap_or(list.len());
                        prop_assert_eq!(list.block_of(row, *from), expected.max(*from), "{} from {}", row, from);
                    }
                }
            }
            let unknown = (0..9).find(|postings| lists.iter().all(|(known, _)| known != postings)).unwrap();
            prop_assert!(impacts.list(unknown).is_none());
        }

        #[test]
        fn damaged_bytes_are_read_without_harm(lists in lists(), at in any::<prop::sample::Index>(), to in any::<u8>(), cut in 0_usize..40) {
            let mut bytes = file(&lists);
            let at = at.index(bytes.len());
            bytes[at] = to;
            bytes.truncate(bytes.len().saturating_sub(cut));
            if let Some(impacts) = Impacts::read(&OwnedBytes::new(bytes)) {
                for (postings, pieces) in &lists {
                    if let Some(list) = impacts.list(*postings) {
                        prop_assert!(all(&list).len() <= list.pieces() as usize);
                        let row = pieces.last().map_or(0, |&(row, _)| row);
                        prop_assert!(list.block_of(row, 0) <= list.len());
                    }
                }
            }
        }
    }
}
