use std::fs;
use std::path::{Path, PathBuf};

use super::boilerplate::page;
use super::harness::{Ran, Sandbox};

/// The folder of the index, inside which the engine's lies.
const INDEX: &str = ".pundit/index";

/// A sandbox with a few pieces, indexed by one update or by two.
fn indexed(updates: usize) -> Sandbox {
    let sandbox = Sandbox::new();
    for (file, text) in ["Coal and iron.", "They spoke of coal with Xi Jinping.", "制裁与煤炭。"].into_iter().enumerate() {
        sandbox.write(&format!("{file}.md"), format!("# File {file}\n\n{text}\n"));
    }
    sandbox.write("page.html", page("site.example", 3, &[]));
    sandbox.index();
    if updates > 1 {
        sandbox.write("1.md", "# File 1\n\nThey spoke of coal again.\n");
        sandbox.write("late.md", "# Late\n\nMore coal.\n");
        sandbox.index();
    }
    sandbox
}

fn search(sandbox: &Sandbox, query: &str) -> Ran {
    sandbox.run(&["search", "-f", "jsonl", "--all", "--any", query])
}

const QUERIES: [&str; 3] = ["coal iron spoke", "@xi-jinping", "制裁"];

/// What the index answers.
fn answers(sandbox: &Sandbox) -> Vec<String> {
    QUERIES.map(|query| search(sandbox, query)).into_iter().map(|ran| ran.stdout).collect()
}

/// The files of the index that are not empty, with their bytes.
fn files(sandbox: &Sandbox) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = fs::read_dir(sandbox.path().join(INDEX)).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<(PathBuf, Vec<u8>)> = entries.map(|path| (path.clone(), fs::read(path).unwrap())).collect();
    files.retain(|(_, bytes)| !bytes.is_empty());
    files.sort();
    files
}

/// Puts the index back as it was.
fn put_back(sandbox: &Sandbox, files: &[(PathBuf, Vec<u8>)]) {
    fs::remove_dir_all(sandbox.path().join(INDEX)).unwrap();
    fs::create_dir_all(sandbox.path().join(INDEX)).unwrap();
    for (path, bytes) in files {
        fs::write(path, bytes).unwrap();
    }
}

/// No panic is told, and none of the program's own.
fn is_told_well(ran: &Ran) -> bool {
    !ran.stderr.contains("panicked") && !ran.stderr.contains("internal error")
}

/// Reads a damaged index, which before gave the answers `before`; whether the check tells of it.
fn told(sandbox: &Sandbox, before: &[String], what: &str) -> bool {
    for (query, before) in QUERIES.iter().zip(before) {
        let ran = search(sandbox, query);
        let tells = ran.stderr.contains("is damaged") || ran.stderr.contains("failed: ");
        let stops = ran.code == 3 && tells && ran.stderr.contains("pundit check --repair");
        assert!(is_told_well(&ran) && (stops || [0, 1].contains(&ran.code)), "{what}: {ran:?}");
        assert!(stops || what.starts_with("flipped") || ran.stdout == *before, "{what}: {ran:?}");
    }
    let ran = sandbox.run_with(&["batch", "-"], "query\ncoal\niron AND coal\n\"spoke of coal\"\n");
    assert!(is_told_well(&ran) && [0, 3, 4].contains(&ran.code), "{what}: {ran:?}");
    let checked = sandbox.run(&["check"]);
    assert!(is_told_well(&checked), "{what}: {checked:?}");
    assert_eq!(checked.code, if checked.stdout.is_empty() { 0 } else { 3 }, "{what}: {checked:?}");
    if checked.code == 0 {
        assert_eq!(answers(sandbox), before, "{what} is not told");
    }
    checked.code == 3
}

/// Whether damage of a file does no harm: it is a record of a commit beside the one that is read, or a list for sweeping up.
fn is_spare(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "commit") || path.ends_with(".managed.json")
}

/// Damages each file of an index, one after the other, in so many ways, and repairs it.
fn each_file_damaged(ways: &[(&str, fn(&mut Vec<u8>))]) {
    let sandbox = indexed(1);
    let (before, whole) = (answers(&sandbox), files(&sandbox));
    assert!(before.iter().all(|answer| !answer.is_empty()));
    for (path, bytes) in &whole {
        let mut is_repaired = false;
        for (way, damage) in ways {
            let what = format!("{way} {}", path.file_name().unwrap().display());
            let mut damaged = bytes.clone();
            damage(&mut damaged);
            // A file may be too short to be damaged so.
            if damaged == *bytes {
                continue;
            }
            fs::write(path, damaged).unwrap();
            if *way == "removed" {
                fs::remove_file(path).unwrap();
            }
            let is_told = told(&sandbox, &before, &what);
            // A record that is gone may never have been; one that has changed is told.
            let may_be_untold = is_spare(path) && (*way == "removed" || path.ends_with(".managed.json"));
            assert!(is_told || may_be_untold, "{what} is not told");
            // A repair does not look at what is damaged and takes long: one for each file.
            if is_told && !std::mem::replace(&mut is_repaired, true) {
                let ran = sandbox.run(&["check", "--repair"]);
                assert!(ran.code == 0 && is_told_well(&ran), "{what}: {ran:?}");
                assert_eq!(answers(&sandbox), before, "{what}");
            }
            put_back(&sandbox, &whole);
        }
    }
}

#[test]
fn files_that_are_gone_or_cut_short_are_told_and_made_new() {
    each_file_damaged(&[
        ("removed", Vec::clear),
        ("emptied", Vec::clear),
        ("halved", |bytes| bytes.truncate(bytes.len() / 2)),
        ("shortened", |bytes| bytes.truncate(bytes.len() - 1)),
    ]);
}

#[test]
fn flipped_bytes_are_told_and_made_new() {
    each_file_damaged(&[
        ("flipped at the start of", |bytes| bytes.iter_mut().take(9).for_each(|byte| *byte ^= 0xFF)),
        ("flipped here and there in", |bytes| bytes.iter_mut().skip(3).step_by(37).for_each(|byte| *byte ^= 0x15)),
        ("flipped once in", |bytes| {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 0x40;
        }),
        // Before the footer, where most files keep what tells of the rest.
        ("flipped near the end of", |bytes| {
            let end = bytes.len().saturating_sub(110);
            bytes[end.saturating_sub(60)..end].iter_mut().for_each(|byte| *byte ^= 0xFF);
        }),
        ("flipped at the end of", |bytes| bytes.iter_mut().rev().take(3).for_each(|byte| *byte ^= 0xFF)),
    ]);
}

#[test]
fn a_damaged_first_update_is_no_empty_index() {
    let sandbox = indexed(1);
    let (before, whole) = (answers(&sandbox), files(&sandbox));
    for (path, bytes) in whole.iter().filter(|(path, _)| !is_spare(path) && !path.ends_with("meta.json")) {
        fs::remove_file(path).unwrap();
        for command in [&["search", "coal"][..], &["index"], &["index", "."], &["status"]] {
            let ran = sandbox.run(command);
            assert!(ran.code == 3 && ran.stdout.is_empty() && ran.stderr.contains("pundit check --repair"), "{command:?}: {ran:?}");
        }
        // None of them has forgotten anything.
        fs::write(path, bytes).unwrap();
        assert_eq!(answers(&sandbox), before);
    }
    assert_eq!(sandbox.run(&["index"]).closing(), "0 new, 0 changed, 0 removed, 0 skipped (4 files unchanged)");
}

#[test]
fn an_index_that_does_not_tell_its_last_update_is_read_and_mended() {
    let sandbox = indexed(2);
    let (before, whole) = (answers(&sandbox), files(&sandbox));
    let meta = sandbox.path().join(INDEX).join("meta.json");
    let text = fs::read_to_string(&meta).unwrap();
    let spoilt = [None, Some("bad\n".to_owned()), Some(String::new()), Some(text.replace(r#"\"pieces\":5"#, r#"\"pieces\":7"#))];
    for contents in spoilt {
        assert!(contents.as_ref() != Some(&text));
        for mend in [&["index"][..], &["check", "--repair"]] {
            match &contents {
                Some(contents) => fs::write(&meta, contents).unwrap(),
                None => fs::remove_file(&meta).unwrap(),
            }
            let ran = search(&sandbox, QUERIES[0]);
            assert_eq!((ran.code, &ran.stdout), (0, &before[0]), "{ran:?}");
            assert!(ran.stderr.contains("up to date run: pundit index"), "{ran:?}");
            let ran = sandbox.run(&["check"]);
            assert!(ran.code == 3 && ran.stdout.contains("meta.json"), "{ran:?}");
            let ran = sandbox.run(mend);
            assert_eq!(ran.code, 0, "{ran:?}");
            assert_eq!(sandbox.run(&["check"]).code, 0);
            assert_eq!(answers(&sandbox), before);
            put_back(&sandbox, &whole);
        }
    }
    // Where nothing tells what it was made of, that is said, and what helps.
    fs::write(&meta, "bad").unwrap();
    for (path, _) in whole.iter().filter(|(path, _)| path.extension().is_some_and(|ending| ending == "commit")) {
        fs::remove_file(path).unwrap();
    }
    for command in [&["search", "coal"][..], &["index", "."], &["check", "--repair"]] {
        let ran = sandbox.run(command);
        let hint = format!("hint: remove {} and index again", sandbox.path().join(INDEX).display());
        assert!(ran.code == 3 && ran.stderr.contains("is damaged") && ran.stderr.contains(&hint), "{command:?}: {ran:?}");
    }
    fs::remove_dir_all(sandbox.path().join(INDEX)).unwrap();
    sandbox.index();
    assert_eq!(answers(&sandbox), before);
}

#[test]
fn a_repair_finds_the_actors_that_the_user_added() {
    let sandbox = indexed(1);
    let ran = sandbox.run(&["actors", "add", "Coal Board", "--kind", "org"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    sandbox.write("3.md", "# File 3\n\nThe Coal Board met.\n");
    sandbox.index();
    let found = sandbox.pieces(&["@coal-board"]);
    assert_eq!(found, ["3.md"]);
    let (store, _) = files(&sandbox).into_iter().find(|(path, _)| path.extension().is_some_and(|ending| ending == "store")).unwrap();
    fs::write(store, "").unwrap();
    assert_eq!(sandbox.run(&["check", "--repair"]).code, 0);
    assert_eq!(sandbox.pieces(&["@coal-board"]), found);
}

/// Flips a bit in the middle of the file with this ending, of which there is one.
#[test]
fn a_repair_that_is_stopped_loses_no_index() {
    let sandbox = indexed(1);
    let before = answers(&sandbox);
    let folder = sandbox.path().join(".pundit");
    // As it stands when the old one is taken away and the new one is not in its place yet.
    fs::rename(folder.join("index"), folder.join("index.repaired")).unwrap();
    fs::create_dir(folder.join("index.unrepaired")).unwrap();
    assert_eq!(answers(&sandbox), before);
    assert!(sandbox.run(&["index"]).closing().starts_with("0 new, 0 changed, 0 removed"));
}

#[test]
fn a_repair_waits_for_no_writer_and_takes_nothing_from_it() {
    let sandbox = indexed(1);
    flip(&sandbox, "store");
    let lock = fs::File::options().write(true).open(sandbox.path().join(".pundit/index/.tantivy-writer.lock")).unwrap();
    lock.lock().unwrap();
    let ran = sandbox.run(&["check", "--repair"]);
    assert!(ran.code == 3 && ran.stderr.contains("another pundit is writing"), "{ran:?}");
    drop(lock);
    assert_eq!(sandbox.run(&["check", "--repair"]).code, 0);
}

fn flip(sandbox: &Sandbox, ending: &str) {
    let (path, mut bytes) = files(sandbox).into_iter().find(|(path, _)| path.extension().is_some_and(|end| end == ending)).unwrap();
    let at = bytes.len() / 3;
    bytes[at] ^= 1;
    fs::write(path, bytes).unwrap();
}

#[test]
fn what_is_damaged_is_not_written_anew_as_whole() {
    let sandbox = indexed(1);
    flip(&sandbox, "store");
    let ran = sandbox.run(&["index", "--retag"]);
    assert!(ran.code == 3 && ran.stderr.contains(".store has changed since it was written"), "{ran:?}");
    // So many updates that what they wrote is joined to one.
    for number in 0..9 {
        sandbox.write(&format!("new{number}.md"), format!("# New {number}\n\nCoal.\n"));
        let ran = sandbox.run(&["index"]);
        assert!(ran.code == 0 || ran.code == 3, "{ran:?}");
    }
    let ran = sandbox.run(&["check"]);
    assert!(ran.code == 3 && ran.stdout.contains(".store has changed"), "{ran:?}");
    assert_eq!(sandbox.run(&["check", "--repair"]).code, 0);
    assert_eq!(sandbox.pieces(&["coal", "--all"]).len(), 12);
}
