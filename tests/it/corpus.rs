use std::path::Path;

use serde::Deserialize;

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

#[derive(Deserialize)]
struct Difficulties {
    difficulty: Vec<Difficulty>,
}

/// Something hard that the corpus has on purpose.
#[derive(Deserialize)]
struct Difficulty {
    name: String,
    what: String,
    #[serde(rename = "in")]
    places: Vec<Place>,
}

#[derive(Deserialize)]
struct Place {
    piece: String,
    /// Stretches of the title or text, in their order.
    has: Vec<String>,
}

#[test]
fn every_difficulty_is_really_there() {
    let sandbox = sandbox();
    sandbox.run(&["index", "corpus"]);
    let file = std::fs::read_to_string(project().join("tests/it/difficulties.toml")).unwrap();
    let difficulties: Difficulties = toml::from_str(&file).unwrap();
    assert!(difficulties.difficulty.len() >= 12);
    for Difficulty { name, what, places } in difficulties.difficulty {
        assert!(what.ends_with('.') && places.len() >= 2, "{name}");
        for Place { piece, has } in places {
            let passages = sandbox.run(&["show", &piece, "-f", "jsonl"]).json_lines();
            assert!(!passages.is_empty(), "{name}: no piece {piece}");
            let texts = passages.iter().map(|passage| passage["passage"]["text"].as_str().unwrap());
            let title = passages[0]["piece"]["title"].as_str().unwrap_or_default();
            let whole = std::iter::once(title).chain(texts).collect::<Vec<_>>().join("\n\n");
            let mut at = 0;
            for part in &has {
                let found = whole[at..].find(part.as_str()).unwrap_or_else(|| panic!("{name}: {piece} does not have {part:?} there"));
                at += found + part.len();
            }
        }
    }
}
