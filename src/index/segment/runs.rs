//! The sketches of pieces, and which pieces share a run of words that their sketches keep.

use tantivy::DocId;

use super::Segment;
use super::sketch::{RunKey, Sketch};
use crate::index::{PieceAddress, Reader};

impl Segment {
    /// The sketch of the piece of `header`.
    #[must_use]
    pub fn sketch(&self, header: DocId) -> Sketch<'_> {
        self.forward_index().sketch(self.block_map().row(header)).map_or_else(Sketch::default, Sketch::read)
    }

    /// Whether another piece of the segment, be it a deleted one, keeps a run that the piece of `header` keeps. Most keep none.
    #[must_use]
    pub fn shares_runs(&self, header: DocId) -> bool {
        self.forward_index().shares_runs(header)
    }

    /// The living headers of pieces that keep the run with this key.
    pub fn headers_with_run(&self, run: RunKey) -> impl Iterator<Item = DocId> {
        self.forward_index().with_run(run).filter(|&header| self.is_alive(header))
    }

    /// The keys of the runs that living pieces keep, in order, each with its header.
    fn living_runs(&self) -> impl Iterator<Item = (RunKey, DocId)> {
        self.forward_index().runs().filter(|run| self.is_alive(run.doc)).map(|run| (run.key, run.doc))
    }
}

impl Reader {
    /// The keys of the runs that living pieces keep, in order, each with where the piece is.
    pub fn runs(&self) -> impl Iterator<Item = (RunKey, PieceAddress)> {
        let segments = self.segments().iter().enumerate();
        merged(
            segments
                .map(|(number, segment)| segment.living_runs().map(move |(run, header)| (run, PieceAddress { segment: number, header }))),
        )
    }
}

/// What the sources give, each in order, in one order.
pub(super) fn merged<T: Ord + Copy, S: Iterator<Item = T>>(sources: impl Iterator<Item = S>) -> impl Iterator<Item = T> {
    let mut sources: Vec<_> = sources.map(Iterator::peekable).collect();
    std::iter::from_fn(move || {
        let next = sources.iter_mut().enumerate().filter_map(|(at, source)| Some((*source.peek()?, at))).min();
        next.and_then(|(_, at)| sources.get_mut(at)?.next())
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn all_comes_in_one_order(sources in prop::collection::vec(prop::collection::btree_set(0_u8..50, 0..9), 0..5)) {
            let mut expected: Vec<u8> = sources.iter().flatten().copied().collect();
            expected.sort_unstable();
            prop_assert_eq!(merged(sources.into_iter().map(IntoIterator::into_iter)).collect::<Vec<_>>(), expected);
        }
    }
}
