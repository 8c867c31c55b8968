//! What is deleted while new segments come.

use std::sync::{Arc, PoisonError, RwLock};

use tantivy::index::SegmentId;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, TermQuery, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, SegmentReader, Term};

/// The segments that a writer has handed over, in order. Clones are of the same writer.
#[derive(Clone, Debug, Default)]
pub(super) struct Newcomers(Arc<RwLock<Vec<SegmentId>>>);

impl Newcomers {
    /// A segment is about to be handed over.
    pub(super) fn comes(&self, segment: SegmentId) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).push(segment);
    }

    fn count(&self) -> usize {
        self.0.read().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Whether a segment came when so many were there.
    fn came_after(&self, there: usize, segment: SegmentId) -> bool {
        self.0.read().unwrap_or_else(PoisonError::into_inner).iter().skip(there).any(|&other| other == segment)
    }
}

/// Documents with a term, in the segments that are there when this is made.
///
/// The engine deletes, when it commits or merges, from all segments that it then has. Of those that it writes itself it knows when each document
/// came; one that is handed over may come behind a delete, and have what replaces the deleted. What segments are merged into has seen all deletes
/// that were asked before, and has no name here.
#[derive(Clone, Debug)]
pub(super) struct Deletion {
    query: TermQuery,
    newcomers: Newcomers,
    there: usize,
}

impl Deletion {
    /// What has `term` now.
    pub(super) fn of(term: Term, newcomers: &Newcomers) -> Self {
        Self { query: TermQuery::new(term, IndexRecordOption::Basic), newcomers: newcomers.clone(), there: newcomers.count() }
    }
}

impl Query for Deletion {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(Doomed { weight: self.query.weight(scoring)?, newcomers: self.newcomers.clone(), there: self.there }))
    }
}

/// A [`Deletion`], ready to be asked.
struct Doomed {
    weight: Box<dyn Weight>,
    newcomers: Newcomers,
    there: usize,
}

impl Doomed {
    fn spares(&self, segment: &SegmentReader) -> bool {
        self.newcomers.came_after(self.there, segment.segment_id())
    }
}

impl Weight for Doomed {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        if self.spares(segment) { Ok(Box::new(tantivy::query::EmptyScorer)) } else { self.weight.scorer(segment, boost) }
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.weight.explain(segment, doc)
    }

    fn for_each_no_score(&self, segment: &SegmentReader, take: &mut dyn FnMut(&[DocId])) -> tantivy::Result<()> {
        if self.spares(segment) { Ok(()) } else { self.weight.for_each_no_score(segment, take) }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use proptest::prelude::*;

    use crate::index::fields::Meta;
    use crate::index::update::full_tests::held;
    use crate::index::{Options, Reader, update};

    /// An index that is brought up to date each time, with so much memory for a segment, holds what a new one does.
    fn follows(files: &Path, rounds: &[Vec<(u8, Option<String>)>], memory: usize) {
        let home = files.parent().unwrap();
        let options = Options { memory, ..Options::default() };
        let (index, fresh) = (home.join(".pundit/index"), home.join(".fresh/index"));
        for round in rounds {
            for (name, text) in round {
                let path = files.join(format!("{name}.jsonl"));
                match text {
                    Some(text) => fs::write(path, text).unwrap(),
                    None => drop(fs::remove_file(path)),
                }
            }
            update(&index, &[files.to_owned()], &options, |_| {}).unwrap();
            drop(fs::remove_dir_all(&fresh));
            update(&fresh, &[files.to_owned()], &Options::default(), |_| {}).unwrap();
            assert_eq!(sorted(&index), sorted(&fresh));
        }
        assert!(update(&index, &[], &options, |_| {}).unwrap().is_idle());
    }

    fn sorted(index: &Path) -> (Vec<(String, String, u64)>, String, usize) {
        let (mut pieces, totals) = held(index);
        pieces.sort_unstable();
        let reader = Reader::open(index).unwrap();
        let files = reader.segments().iter().map(|segment| segment.stored_files(Meta::File).unwrap().len()).sum();
        (pieces, format!("{totals:?}"), files)
    }

    fn lines(words: &[u8]) -> String {
        words.iter().map(|word| format!(r#"{{"text": "They spoke of w{word} and coal."}}"#)).collect::<Vec<_>>().join("\n")
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn what_replaces_something_stays(
            rounds in prop::collection::vec(
                prop::collection::vec((0_u8..5, prop::option::weighted(0.8, prop::collection::vec(0_u8..9, 1..4))), 1..5),
                1..5,
            ),
            memory in prop_oneof![Just(1_usize), Just(1 << 20)],
        ) {
            let dir = tempfile::tempdir().unwrap();
            let files = dir.path().canonicalize().unwrap().join("a");
            fs::create_dir_all(&files).unwrap();
            fs::write(files.join("always.jsonl"), lines(&[1])).unwrap();
            let of_round = |round: Vec<(u8, Option<Vec<u8>>)>| round.into_iter().map(|(name, words)| (name, words.map(|words| lines(&words)))).collect();
            let rounds: Vec<Vec<_>> = rounds.into_iter().map(of_round).collect();
            follows(&files, &rounds, memory);
        }
    }

    #[test]
    fn what_stands_for_a_large_file_goes_when_all_of_it_is_there() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().canonicalize().unwrap();
        // Read in two parts.
        let large = |word: &str| {
            let line = format!("{{\"text\": \"{}\"}}\n", format!("{word} ").repeat(30_000).trim());
            line.repeat(12)
        };
        for (name, memory) in [("one", usize::MAX), ("many", 1)] {
            let files = home.join(name).join("a");
            fs::create_dir_all(&files).unwrap();
            follows(&files, &[vec![(1, Some(large("coal")))], vec![(1, Some(large("iron"))), (2, Some(lines(&[1])))]], memory);
        }
    }
}
