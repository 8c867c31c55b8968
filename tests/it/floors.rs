use std::fs;
use std::path::{Path, PathBuf};

use super::harness::project;

/// The floors in the order of `lib.rs`.
fn floors() -> Vec<String> {
    let lib = fs::read_to_string(project().join("src/lib.rs")).unwrap();
    lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).map(ToOwned::to_owned).collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The lines of code of a file, without comments, with their numbers.
fn code(path: &Path) -> Vec<(usize, String)> {
    let text = fs::read_to_string(path).unwrap();
    text.lines().zip(1..).filter(|(line, _)| !line.trim_start().starts_with("//")).map(|(line, number)| (number, line.to_owned())).collect()
}

#[test]
fn a_floor_uses_only_those_above_it() {
    let floors = floors();
    assert!(floors.len() > 8, "lib.rs lists the floors: {floors:?}");
    let mut faults = Vec::new();
    for (height, floor) in floors.iter().enumerate() {
        let files = rust_files(&project().join("src").join(floor));
        assert!(!files.is_empty(), "floor {floor} has no folder");
        for file in files {
            for (number, line) in code(&file) {
                if line.contains("use crate::{") {
                    faults.push(format!("{}:{number}: name each floor in a line of its own", file.display()));
                }
                for used in line.split("crate::").skip(1) {
                    let name: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    if floors.iter().position(|other| *other == name).is_some_and(|other| other > height) {
                        faults.push(format!("{}:{number}: {floor} stands above {name}", file.display()));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_a_floor_may_not_know() {
    // Each word, and where alone it may stand.
    let rules: [(&str, &[&str]); 7] = [
        ("tantivy::", &["index", "retrieve"]),
        ("Serialize", &["index", "present/wire.rs"]),
        ("std::env", &["cli"]),
        ("std::process", &["cli", "main.rs"]),
        // Nothing below the command line asks what time it is; the tests of what is told the time make one up from it.
        ("::now()", &["cli", "index/update/gather.rs"]),
        ("std::fs", &["pieces", "index", "search", "cli"]),
        ("\\u{1B}", &["present"]),
    ];
    let source = project().join("src");
    let mut faults = Vec::new();
    for file in rust_files(&source) {
        let inside = file.strip_prefix(&source).unwrap();
        for (number, line) in code(&file) {
            for (word, allowed) in rules {
                if line.contains(word) && !allowed.iter().any(|place| inside.starts_with(place)) {
                    faults.push(format!("{}:{number}: {word} belongs to {}", inside.display(), allowed.join(", ")));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn files_stay_small() {
    let mut files = rust_files(&project().join("src"));
    files.extend(rust_files(&project().join("tests")));
    for file in files {
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines <= 400, "{} has {lines} lines: give it rooms", file.display());
    }
}

#[test]
fn every_test_file_is_declared() {
    let main = fs::read_to_string(project().join("tests/it/main.rs")).unwrap();
    for file in rust_files(&project().join("tests/it")) {
        let name = file.file_stem().unwrap().to_str().unwrap();
        assert!(name == "main" || main.contains(&format!("mod {name};")), "tests/it/{name}.rs is in no test");
    }
}

#[test]
fn no_test_is_put_off() {
    let mut files = rust_files(&project().join("src"));
    files.extend(rust_files(&project().join("tests")));
    for file in files.iter().filter(|file| !file.ends_with("floors.rs")) {
        let text = fs::read_to_string(file).unwrap();
        for word in ["#[ignore", "todo!(", "unimplemented!(", "thread::sleep"] {
            assert!(!text.contains(word), "{} has {word}", file.display());
        }
    }
}
