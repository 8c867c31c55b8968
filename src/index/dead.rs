//! What of a segment is deleted but still in it, until segments are merged.

use std::ops::Range;

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet};

use super::{Error, Segment};

impl Segment {
    /// In how many living documents `token` occurs in `field`.
    ///
    /// The dictionary counts dead ones too. There are few of them, so they are looked for among the postings; to walk through all postings, as the
    /// engine would, takes as long as to answer the query.
    pub fn document_frequency(&self, field: Field, token: &str) -> Result<u64, Error> {
        let Some(all) = self.listed_frequency(field, token)? else { return Ok(0) };
        let dead = self.dead();
        if dead.is_empty() {
            return Ok(all);
        }
        let postings = self.postings(field, token, IndexRecordOption::Basic)?;
        Ok(all.saturating_sub(postings.map_or(0, |postings| count_in(postings, dead))))
    }

    /// The rows of the headers of dead pieces, in order.
    pub fn dead_rows(&self) -> &[u32] {
        self.dead_rows.get_or_init(|| {
            let ends = self.dead().iter().map(|block| block.end - 1);
            ends.filter(|&end| self.block_map().is_header(end)).map(|header| self.block_map().row(header)).collect()
        })
    }

    /// The dead documents. Blocks die as wholes.
    fn dead(&self) -> &[Range<DocId>] {
        self.dead.get_or_init(|| {
            let mut dead = Vec::new();
            let mut start = if self.has_dead() { 0 } else { self.max_doc() };
            while start < self.max_doc() {
                let end = self.block_map().header_of(start).saturating_add(1).min(self.max_doc());
                if !self.is_alive(start) {
                    dead.push(start..end);
                }
                start = end;
            }
            dead
        })
    }
}

/// How many of the postings are in `ranges`, which come in order.
fn count_in(mut postings: impl DocSet, ranges: &[Range<DocId>]) -> u64 {
    let mut count = 0;
    let mut doc = postings.doc();
    for range in ranges {
        if doc < range.start {
            doc = postings.seek(range.start);
        }
        while doc < range.end {
            count += 1;
            doc = postings.advance();
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::TERMINATED;

    use super::*;

    struct Docs(Vec<DocId>);

    impl DocSet for Docs {
        fn advance(&mut self) -> DocId {
            self.0.pop();
            self.doc()
        }

        fn doc(&self) -> DocId {
            self.0.last().copied().unwrap_or(TERMINATED)
        }

        fn size_hint(&self) -> u32 {
            u32::MAX
        }
    }

    proptest! {
        #[test]
        fn those_in_the_ranges_are_counted(
            docs in prop::collection::btree_set(0_u32..1_000, 0..400),
            ends in prop::collection::btree_set(0_u32..1_100, 0..40),
        ) {
            let ends: Vec<u32> = ends.into_iter().collect();
            let ranges: Vec<Range<DocId>> = ends.chunks_exact(2).map(|pair| pair[0]..pair[1]).collect();
            let docs: Vec<u32> = docs.into_iter().rev().collect();
            let expected = docs.iter().filter(|doc| ranges.iter().any(|range| range.contains(doc))).count() as u64;
            prop_assert_eq!(count_in(Docs(docs), &ranges), expected);
        }
    }
}
