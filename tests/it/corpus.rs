use std::path::Path;

use super::harness::{Sandbox, project};

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            if entry.file_name() != ".pundit" {
                copy(&entry.path(), &target);
            }
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A sandbox with a copy of the sample corpus.
pub fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    copy(&project().join("corpus"), &sandbox.path().join("corpus"));
    sandbox
}

#[test]
fn every_piece_has_its_metadata() {
    let sandbox = sandbox();
    let ran = sandbox.run(&["index", "corpus"]);
    assert!(ran.closing().contains(" 0 skipped"), "{ran:?}");
    let hits = sandbox.hits(&["NOT unobtainium", "--all", "--per-piece", "1"]);
    let mut languages = std::collections::BTreeMap::new();
    for hit in &hits {
        let piece = &hit["piece"];
        for key in ["title", "date", "source"] {
            // Plain text has no place for an outlet's name.
            let missing = piece[key].is_null() && !(key == "source" && piece["path"].as_str().unwrap().ends_with(".txt"));
            assert!(!missing, "{key} of {piece}");
        }
        assert!(!piece["authors"].as_array().unwrap().is_empty(), "{piece}");
        *languages.entry(piece["lang"].as_str().unwrap().to_owned()).or_insert(0) += 1;
        assert!(hit["passage"]["text"].as_str().unwrap().chars().count() > 20, "{hit}");
    }
    assert!(languages["en"] >= 24 && languages["zh"] >= 12, "{languages:?}");
    assert!(languages.len() >= 8, "{languages:?}");
}

#[test]
fn passages_are_of_a_size_to_read() {
    let sandbox = sandbox();
    sandbox.run(&["index", "corpus"]);
    let hits = sandbox.hits(&["NOT unobtainium", "--all", "--per-piece", "1000"]);
    assert!(!hits.is_empty());
    for piece in sandbox.run(&["search", "NOT unobtainium", "--all", "-l"]).stdout.lines().step_by(7) {
        for passage in sandbox.run(&["show", piece, "-f", "jsonl"]).json_lines() {
            let text = passage["passage"]["text"].as_str().unwrap();
            let (spaced, solo) = text.chars().fold((0, 0), |(spaced, solo), c| {
                if ('\u{3040}'..'\u{FB00}').contains(&c) { (spaced, solo + 1) } else { (spaced + usize::from(c == ' '), solo) }
            });
            assert!(2 * spaced + solo <= 420, "{piece}: {text}");
        }
    }
}
