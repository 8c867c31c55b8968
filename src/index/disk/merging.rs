//! Which segments are merged, and when.
//!
//! A query asks every segment for each of its words, so that few large segments answer sooner than many small ones: 30,000 pieces of news in one
//! segment take a sixth less time quick than in two. To merge segments costs a tenth to a seventh of what it cost to write them, and more memory. So
//! new segments are as large as they get without much of either ([`super::super::inversion`]), and those that are large are left alone. What is small
//! beside the rest is put together at the end of a run, so that an update of a large index touches only what is about as large as itself (O'Neil et
//! al. 1996 keep such levels in the log-structured merge-tree).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tantivy::index::SegmentMeta;
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};

/// So many segments of about the same size are merged while a run goes on. All that are merged at once are open, with their dictionaries.
const MANY: usize = 12;
/// Segments of more documents (some 37,000 pieces of news) are left alone until the run ends. Those of a long run have more.
const LARGE_WHILE_WRITING: usize = 400_000;
/// Segments of more documents are left alone for good: one more to ask costs a query little beside what is in it. Those of a long run have half as many,
/// so that each of its documents is merged once.
const LARGE: u64 = 1_000_000;
/// A segment at the end of a run is merged with all smaller ones if it has not so many times as many documents as they have together.
const RATIO: u64 = 4;
/// Segments that hold fewer documents together are left alone at the end of a run until they are [`FEW`]: a small update is to be done soon.
const SMALL: u64 = 10_000;
const FEW: usize = 8;
/// No merge at the end of a run makes more documents: a user waits for it, and it takes room on the disk until it is done.
const MOST: u64 = 2_500_000;

/// What a writer merges. Clones are of the same writer.
#[derive(Clone, Debug)]
pub(in crate::index) struct Merging {
    while_writing: LogMergePolicy,
    is_ending: Arc<AtomicBool>,
}

impl Default for Merging {
    fn default() -> Self {
        let mut while_writing = LogMergePolicy::default();
        while_writing.set_min_num_segments(MANY);
        while_writing.set_max_docs_before_merge(LARGE_WHILE_WRITING);
        Self { while_writing, is_ending: Arc::default() }
    }
}

impl Merging {
    /// Says that all segments of the run are there.
    pub(in crate::index) fn end(&self) {
        self.is_ending.store(true, Ordering::Relaxed);
    }
}

impl MergePolicy for Merging {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        if !self.is_ending.load(Ordering::Relaxed) {
            return self.while_writing.compute_merge_candidates(segments);
        }
        let mut segments: Vec<_> = segments.iter().collect();
        segments.sort_by_key(|segment| segment.num_docs());
        let docs: Vec<u64> = segments.iter().map(|segment| u64::from(segment.num_docs())).collect();
        segments.truncate(together(&docs));
        if segments.is_empty() { Vec::new() } else { vec![MergeCandidate(segments.into_iter().map(SegmentMeta::id).collect())] }
    }
}

/// How many of the smallest segments are merged at the end of a run, of which these have so many documents, the smallest first.
fn together(docs: &[u64]) -> usize {
    let (mut sum, mut most) = (0, 0);
    for (count, &docs) in (1..).zip(docs) {
        let smaller = sum;
        sum += docs;
        if docs > LARGE || sum > MOST {
            break;
        }
        // The smallest may be no more than what was left over when the run came to its end.
        if docs < smaller * RATIO && (count >= FEW || sum >= SMALL) {
            most = count;
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::index::fields::Meta;
    use crate::index::{Options, Reader, check, update};

    #[test]
    fn what_was_written_at_one_go_becomes_one() {
        assert_eq!(together(&[47_514, 81_903, 95_998, 97_754]), 4);
        assert_eq!(together(&[40_000, 70_000]), 2);
        assert_eq!(together(&[12, 60_000, 60_000]), 3);
        assert_eq!(together(&[324_000]), 0);
        assert_eq!(together(&[]), 0);
    }

    #[test]
    fn a_small_update_leaves_the_large_alone() {
        assert_eq!(together(&[1, 324_000]), 0);
        assert_eq!(together(&[1, 1, 1, 324_000]), 0);
        assert_eq!(together(&[1, 1, 1, 1, 1, 1, 1, 9, 324_000]), 8);
        assert_eq!(together(&[9_000, 9_000, 324_000]), 2);
        assert_eq!(together(&[40_000, 50_000, 324_000]), 3);
    }

    #[test]
    fn no_merge_takes_very_long() {
        assert_eq!(together(&[100_000, 100_000, 900_000, 900_000, 900_000]), 4);
        assert_eq!(together(&[510_000; 22]), 4);
        assert_eq!(together(&[1_100_000; 6]), 0);
        assert_eq!(together(&[6_000_000, 7_000_000]), 0);
    }

    #[test]
    fn as_many_small_updates_as_cost_something_become_one() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().canonicalize().unwrap();
        let (root, index) = (home.join("a"), home.join(".pundit/index"));
        std::fs::create_dir_all(&root).unwrap();
        let mut segments = Vec::new();
        for number in 0..=FEW {
            std::fs::write(root.join(format!("{number}.md")), format!("Coal number {number}.\n")).unwrap();
            update(&index, std::slice::from_ref(&root), &Options::default(), |_| {}).unwrap();
            let reader = Reader::open(&index).unwrap();
            assert_eq!(reader.pieces_with(Meta::Piece).unwrap().len(), number + 1);
            segments.push(reader.segments().len());
        }
        assert_eq!(segments, [1, 2, 3, 4, 5, 6, 7, 1, 2]);
        assert_eq!(check(&index).unwrap(), []);
    }

    proptest! {
        /// However much is added each time, few segments are left, and no document is written again very often.
        #[test]
        fn updates_leave_few_segments(added in prop::collection::vec(prop_oneof![1_u64..40, 1_u64..40_000, 40_000_u64..300_000], 1..200)) {
            let (mut segments, mut written, mut all) = (Vec::new(), 0, 0);
            for added in added {
                segments.insert(0, added);
                segments.sort_unstable();
                all += added;
                loop {
                    let merged: Vec<u64> = segments.drain(..together(&segments)).collect();
                    if merged.is_empty() {
                        break;
                    }
                    let merged = merged.iter().sum();
                    written += merged;
                    let at = segments.partition_point(|&docs| docs < merged);
                    segments.insert(at, merged);
                }
            }
            prop_assert_eq!(segments.iter().sum::<u64>(), all);
            let large = usize::try_from(all / LARGE).unwrap();
            prop_assert!(segments.len() < FEW + 10 + large, "{:?}", segments);
            prop_assert!(written <= all * 24, "{} of {}", written, all);
        }
    }
}
