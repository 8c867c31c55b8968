//! Which documents belong together, and which numbers their words have in the piece.
//!
//! A block's passages come first and its header last, so that from any document its header is the next end of a block. Positions in postings
//! count from the beginning of a passage; a passage's first word in the piece, added to them, numbers all words of the piece through, so that
//! what stands together is found across the seams of passages.

use std::cmp::Ordering;
use std::ops::{Range, RangeInclusive};

use tantivy::DocId;

use super::flags::{Counted, Flags};
use super::measures::{BRIEF, Measures};

/// Where the documents of a segment stand in their blocks, and their words in their pieces.
#[derive(Clone)]
pub struct BlockMap {
    ends: Flags,
    measures: Measures,
}

impl BlockMap {
    pub(super) fn new(ends: Flags, measures: Measures) -> Self {
        Self { ends, measures }
    }

    /// Whether `doc` is the last of its block: a header or a file's document.
    pub(super) fn is_end(&self, doc: DocId) -> bool {
        self.ends.contains(doc)
    }

    /// Whether `doc` is the header of a block: the last document of one, with passages before it.
    pub(in crate::index) fn is_header(&self, doc: DocId) -> bool {
        self.is_end(doc) && self.first_passage(doc) != doc
    }

    /// Whether `doc` is a file's document: it stands in no block.
    pub(in crate::index) fn is_file(&self, doc: DocId) -> bool {
        self.is_end(doc) && self.first_passage(doc) == doc
    }

    /// The number of a title's first word. Titles are numbered far from every text, so that nothing reaches from one into the other.
    pub const TITLE: u32 = 1 << 30;

    /// The header of the block in which `doc` stands; [`tantivy::TERMINATED`] behind the last.
    #[must_use]
    pub fn header_of(&self, doc: DocId) -> DocId {
        self.ends.at_or_after(doc)
    }

    /// The first passage of the block whose header is `header`; [`tantivy::TERMINATED`] behind the last.
    #[must_use]
    pub fn first_passage(&self, header: DocId) -> DocId {
        self.ends.after_the_one_before(header)
    }

    /// Where a header stands among all of the segment.
    #[inline]
    #[must_use]
    pub fn row(&self, header: DocId) -> u32 {
        self.measures.place(header)
    }

    /// The [rows](Self::row) of headers from `header` on.
    #[must_use]
    pub fn rows(&self, header: DocId) -> Rows {
        Rows(Counted::new(self.ends.clone(), header, self.row(header)))
    }

    /// How long a document is for ranking, in words; a header is as long as its piece.
    #[inline]
    #[must_use]
    pub fn length(&self, doc: DocId) -> u32 {
        self.measures.length(doc)
    }

    /// Whether the block of `header` has one passage that is as long as the piece: then there is no title, or it is that passage.
    #[inline]
    #[must_use]
    pub fn is_bare(&self, header: DocId) -> bool {
        let first = self.first_passage(header);
        header - first == 1 && self.length(first) == self.length(header)
    }

    /// How many terms the title of a header has: what its piece has beyond its passages. Few pieces are asked, so that none keeps it.
    #[must_use]
    pub fn title_length(&self, header: DocId) -> u32 {
        let passages = self.first_passage(header)..header;
        passages.fold(self.length(header), |rest, passage| rest.saturating_sub(self.length(passage)))
    }

    /// The number in its piece of the first word of `doc`, a document of the block with `header`.
    #[must_use]
    pub fn first_word(&self, doc: DocId, header: DocId) -> u32 {
        if doc == header { Self::TITLE } else { self.measures.place(doc).min(Self::TITLE - 1) }
    }

    /// The numbers in its piece of the words of `doc`, a document of the block with `header`.
    #[must_use]
    pub fn words_of(&self, doc: DocId, header: DocId) -> Range<u32> {
        let end = match doc.cmp(&header) {
            Ordering::Less if doc + 1 < header => self.first_word(doc + 1, header),
            Ordering::Less => Self::TITLE,
            _ => u32::MAX,
        };
        self.first_word(doc, header)..end
    }

    /// The first and the last document of the block of `doc` that have words at the most so many before the words of `doc`, or behind them.
    /// A title stands by itself.
    #[must_use]
    pub fn around(&self, doc: DocId, before: u32, behind: u32) -> (DocId, DocId) {
        if self.is_end(doc) {
            return (doc, doc);
        }
        (self.before(doc, before), self.behind(doc, behind))
    }

    /// The first document of the block of a passage that has words at the most so many before those of the passage.
    fn before(&self, doc: DocId, words: u32) -> DocId {
        let is_first = |doc: DocId| doc == 0 || self.is_end(doc - 1);
        // Mostly it is the one before, which bits tell: numbers of words are in memory that is further away.
        if words == 0 || is_first(doc) {
            return doc;
        }
        if words <= BRIEF && !self.measures.is_brief(doc - 1) {
            return doc - 1;
        }
        let mut low = doc;
        while !is_first(low) && self.measures.place(low).saturating_add(words) > self.measures.place(doc) {
            low -= 1;
        }
        low
    }

    /// The last document of the block of a passage that has words at the most so many behind those of the passage.
    fn behind(&self, doc: DocId, words: u32) -> DocId {
        let is_last = |doc: DocId| doc as usize >= self.measures.len() || self.is_end(doc + 1);
        if words == 0 || is_last(doc) {
            return doc;
        }
        if is_last(doc + 1) || words <= BRIEF && !self.measures.is_brief(doc + 1) {
            return doc + 1;
        }
        let mut high = doc;
        while !is_last(high) && self.measures.place(high + 1) < self.measures.place(doc + 1).saturating_add(words) {
            high += 1;
        }
        high
    }

    /// The document of the block with `header` in which the word stands that is so many behind the first of `doc`, or before it, and its number
    /// there. `None` before the first of all.
    #[must_use]
    pub fn beside(&self, doc: DocId, header: DocId, words: i64) -> Option<(DocId, u32)> {
        let inside = u32::try_from(words).ok().map(|number| (doc, number));
        // A title stands by itself.
        if doc >= header || inside.is_none() && doc == self.first_passage(header) {
            return inside;
        }
        // Mostly bits tell that it is in the same passage: numbers of words are in memory that is further away.
        let is_short = |(_, number): &(DocId, u32)| doc + 1 == header || *number < BRIEF && !self.measures.is_brief(doc);
        if let Some(inside) = inside.filter(is_short) {
            return Some(inside);
        }
        let number = u32::try_from(i64::from(self.first_word(doc, header)) + words).ok()?;
        let doc = self.document_of(number, header);
        Some((doc, number.checked_sub(self.first_word(doc, header))?))
    }

    /// Those of `docs`, documents of the block with `header`, that have words. The first and the last have some.
    pub fn with_words(&self, docs: RangeInclusive<DocId>, header: DocId) -> impl Iterator<Item = DocId> + '_ {
        let (first, last) = (*docs.start(), *docs.end());
        docs.filter(move |&doc| doc == first || doc == last || !self.words_of(doc, header).is_empty())
    }

    /// The documents that have words from `first` to `last` of the block with `header`.
    pub fn documents_of(&self, (first, last): (u32, u32), header: DocId) -> impl Iterator<Item = DocId> + '_ {
        let begin = self.document_of(first, header);
        let end = if first == last { begin } else { self.document_of(last, header) };
        self.with_words(begin..=end, header)
    }

    /// The document in which word `number` of the block with `header` stands.
    #[must_use]
    pub fn document_of(&self, number: u32, header: DocId) -> DocId {
        if number >= Self::TITLE {
            return header;
        }
        // The last passage that begins at or before the word: passages without words begin where the next one does.
        let (mut low, mut high) = (self.first_passage(header), header);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.first_word(middle, header) <= number { low = middle + 1 } else { high = middle }
        }
        low.saturating_sub(1).max(self.first_passage(header))
    }
}

/// The rows of headers one after the other: counted on the way, which takes memory that is nearer than that in which they are kept.
pub struct Rows(Counted);

impl Rows {
    /// The row of `header`, which is not before any that was asked for.
    #[inline]
    pub fn of(&mut self, header: DocId) -> u32 {
        self.0.at(header)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::directory::OwnedBytes;

    use super::super::flags::NewFlags;
    use super::super::measures::{self, Measure};
    use super::*;

    /// The map of blocks, each with how many words its passages have. A block without passages is a file's document.
    fn block_map(blocks: &[Vec<u32>]) -> BlockMap {
        let (mut ends, mut all) = (NewFlags::default(), Vec::new());
        let mut row = 0;
        for block in blocks {
            let mut place = 0;
            for words in block {
                all.push(Measure { place, length: *words });
                ends.push(false);
                place += words;
            }
            all.push(Measure { place: row, length: place });
            ends.push(true);
            row += u32::from(!block.is_empty());
        }
        let (mut measures, mut bits) = (Vec::new(), Vec::new());
        measures::write(&all, &mut measures).unwrap();
        ends.put(&mut bits).unwrap();
        assert_eq!(Some(measures.len()), Measures::size(all.len()));
        BlockMap::new(Flags::read(OwnedBytes::new(bits)), Measures::read(&OwnedBytes::new(measures), all.len()))
    }

    proptest! {
        #[test]
        fn documents_around_are_those_that_a_look_at_each_finds(
            blocks in prop::collection::vec(prop::collection::vec(prop_oneof![0_u32..4, 0_u32..60], 0..7), 1..6),
            before in prop_oneof![0_u32..5, 0_u32..90],
            behind in prop_oneof![0_u32..5, 0_u32..90],
        ) {
            let block_map = block_map(&blocks);
            let mut first = 0;
            for block in &blocks {
                let header = first + u32::try_from(block.len()).unwrap();
                // Where the words of a passage of the block begin.
                let place = |doc: DocId| block.iter().take((doc - first) as usize).sum::<u32>();
                for doc in first..header {
                    let low = (first..doc).find(|&other| place(other + 1) + before > place(doc));
                    let high = (doc + 1..header).rfind(|&other| place(other) < place(doc + 1) + behind);
                    prop_assert_eq!(block_map.around(doc, before, behind), (low.unwrap_or(doc), high.unwrap_or(doc)), "{} of {:?}", doc - first, block);
                }
                prop_assert_eq!(block_map.around(header, before, behind), (header, header));
                first = header + 1;
            }
        }

        #[test]
        fn rows_are_counted_from_any_header_on(blocks in prop::collection::vec(prop::collection::vec(Just(9_u32), 0..70), 1..20), from in any::<prop::sample::Index>()) {
            let block_map = block_map(&blocks);
            let ends = blocks.iter().scan(0, |next, block| {
                *next += u32::try_from(block.len()).unwrap() + 1;
                Some(*next - 1)
            });
            let headers: Vec<(DocId, u32)> = ends.filter(|&end| block_map.is_header(end)).zip(0..).collect();
            prop_assume!(!headers.is_empty());
            let from = &headers[from.index(headers.len())..];
            let mut rows = block_map.rows(from[0].0);
            for &(header, row) in from {
                prop_assert_eq!((rows.of(header), block_map.row(header)), (row, row));
            }
        }

        #[test]
        fn the_word_so_many_behind_is_found_as_by_counting(
            blocks in prop::collection::vec(prop::collection::vec(prop_oneof![0_u32..4, 0_u32..60], 1..7), 1..4),
            at in any::<prop::sample::Index>(),
            words in -70_i64..140,
        ) {
            let block_map = block_map(&blocks);
            let mut first = 0;
            for block in &blocks {
                let header = first + u32::try_from(block.len()).unwrap();
                let doc = first + u32::try_from(at.index(block.len())).unwrap();
                // The places of the piece's words, one after the other; the last passage has no end.
                let each = block.iter().zip(first..).flat_map(|(&words, doc)| (0..words).map(move |number| (doc, number)));
                let each: Vec<(DocId, u32)> = each.collect();
                let start: u32 = block.iter().take((doc - first) as usize).sum();
                let expected = usize::try_from(i64::from(start) + words).ok().and_then(|at| each.get(at).copied());
                if let Some(expected) = expected {
                    prop_assert_eq!(block_map.beside(doc, header, words), Some(expected), "{} behind {} of {:?}", words, doc - first, block);
                }
                if i64::from(start) + words < 0 {
                    prop_assert_eq!(block_map.beside(doc, header, words), None);
                }
                let title = u32::try_from(words).ok().map(|number| (header, number));
                prop_assert_eq!(block_map.beside(header, header, words), title);
                first = header + 1;
            }
        }
    }
}
