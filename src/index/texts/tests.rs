//! Texts that are written, joined and read again.

use std::path::Path;

use proptest::prelude::*;
use tantivy::index::SegmentMeta;
use tantivy::{Index, IndexBuilder, IndexWriter, SegmentReader, TantivyDocument};

use super::*;
use crate::index::fields::Fields;
use crate::index::inversion::{Inversion, NewSegment};
use crate::index::open::parts;

/// What is kept of a document: a shell, a string, and a text of words.
type Said = (Vec<u8>, String, Vec<String>);

fn said() -> impl Strategy<Value = Option<Said>> {
    let word = prop_oneof![6 => "[a-d]{1,2}", 1 => "[a-c安]{1,3}", 1 => Just("long".repeat(LONGEST))];
    let one = (
        prop::collection::vec(any::<u8>(), 0..4),
        prop_oneof!["[a-c]{0,9}", Just("=a".repeat(LONGEST))],
        prop::collection::vec(word, 0..12),
    );
    prop::option::weighted(0.9, one)
}

/// A segment of these documents.
fn segment(index: &Index, folder: &Path, documents: &[Option<Said>], together: usize) -> SegmentMeta {
    let mut new = NewSegment::begin(index.new_segment(), folder).unwrap();
    let mut inversion = Inversion::default();
    for block in documents.chunks(together) {
        for said in block {
            if let Some((shell, string, words)) = said {
                let mut coding = inversion.coding(shell);
                coding.string(string);
                for word in words {
                    let number = coding.number(word);
                    coding.word(" ", word, number);
                }
            }
            inversion.end();
        }
        new.add(&vec![TantivyDocument::default(); block.len()], &inversion.take()).unwrap();
    }
    new.write().unwrap()
}

/// What is kept of each living document of a segment.
fn kept(segment: &SegmentReader) -> Vec<Option<Said>> {
    let texts = Texts::open(segment).unwrap();
    let each = segment.doc_ids_alive().map(|doc| {
        let bytes = texts.coded(doc).unwrap();
        let coded = Coded::read(&bytes)?;
        let mut strings = Strings::of(&coded, texts.vocabulary());
        let string = strings.string().unwrap();
        let words = strings.text().unwrap().split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        Some((coded.shell.to_vec(), string, words))
    });
    each.collect()
}

proptest! {
    #[test]
    fn texts_come_back_from_a_segment_and_from_one_that_others_are_merged_into(
        documents in prop::collection::vec(prop::collection::vec(said(), 1..40), 1..4),
        together in 1_usize..5,
    ) {
        let builder = parts().into_iter().fold(Index::builder().schema(Fields::schema().0), IndexBuilder::register_plugin);
        let index = builder.create_in_ram().unwrap();
        let dir = tempfile::tempdir().unwrap();
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
        for documents in &documents {
            writer.add_segment(segment(&index, dir.path(), documents, together)).unwrap();
        }
        writer.commit().unwrap();
        let mut found: Vec<_> = index.reader().unwrap().searcher().segment_readers().iter().map(kept).collect();
        let mut expected = documents.clone();
        found.sort();
        expected.sort();
        prop_assert_eq!(found, expected);
        let segments = index.searchable_segment_ids().unwrap();
        writer.merge(&segments).wait().unwrap();
        let reader = index.reader().unwrap();
        let mut found: Vec<_> = reader.searcher().segment_readers().iter().flat_map(kept).collect();
        let mut expected = documents.concat();
        found.sort();
        expected.sort();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn damage_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..90), counts in [0_u64..4, 0..4, 0..30]) {
        let bytes = [bytes, counts.iter().flat_map(|count| count.to_le_bytes()).collect()].concat();
        if let Some(texts) = Texts::read(&FileSlice::from(bytes.clone())).unwrap() {
            for doc in 0..6 {
                prop_assert!(texts.coded(doc).unwrap().len() <= bytes.len());
            }
        }
    }
}
