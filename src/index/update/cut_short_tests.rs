//! What a run leaves that ends between two commits: no piece is there twice, and none is missing, when the next run is done.

use std::cell::Cell;
use std::fmt::Write as _;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};

use super::full_tests::held;
use super::*;
use crate::actors::Matcher;
use crate::index::Builder;
use rewrite::rewrite;

/// A folder with one file of so many records, each with so many words, and where its index is to be.
fn folder(home: &Path, records: usize, words: usize) -> (PathBuf, PathBuf) {
    let root = home.join("a");
    fs::create_dir_all(&root).unwrap();
    let mut lines = String::new();
    for record in 0..records {
        let text = format!("Envoy number {record} spoke. ") + &"They went on about the terms of it. ".repeat(words / 8);
        writeln!(lines, "{{\"id\":\"r{record}\",\"title\":\"Talks {record}\",\"text\":\"{text}\"}}").unwrap();
    }
    fs::write(root.join("all.jsonl"), lines).unwrap();
    (root, home.join(".pundit/index"))
}

/// Whether the index holds what a fresh one would.
fn is_as_fresh(index: &Path, root: &PathBuf, home: &Path) -> bool {
    let fresh = home.join(".fresh/index");
    update(&fresh, std::slice::from_ref(root), &Options::default(), |_| {}).unwrap();
    held(index) == held(&fresh)
}

#[test]
fn pieces_that_are_made_again_are_there_once_whenever_that_ends() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().canonicalize().unwrap();
    let options = Options::default();
    let (root, index) = folder(&home, 10, 8);
    update(&index, std::slice::from_ref(&root), &options, |_| {}).unwrap();
    let mut writer = Writer::open(&index, &options).unwrap();
    let roster = options.roster.roster();
    let mut builder = Builder::new(writer.before().fields(), roster, Arc::new(Matcher::new(roster)));
    let left = Cell::new(6);
    let cut_short = catch_unwind(AssertUnwindSafe(|| {
        rewrite(&mut writer, &mut builder, (0, "all.jsonl"), |_| {
            left.set(left.get() - 1);
            if left.get() == 0 {
                resume_unwind(Box::new(()));
            }
        })
    }));
    assert!(cut_short.is_err());
    // As if so much had been written that a commit was due.
    writer.commit().unwrap();
    drop(writer);
    update(&index, &[], &options, |_| {}).unwrap();
    assert!(is_as_fresh(&index, &root, &home));
}

#[test]
fn the_last_unit_of_a_file_does_not_stand_for_all_of_it() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().canonicalize().unwrap();
    let options = Options::default();
    let (root, index) = folder(&home, 300, 1_000);
    let plan = Plan::new(None, &index, Of::Named(std::slice::from_ref(&root)), &options).unwrap();
    let mut writer = Writer::open_or_new(&index, &plan.roots, &options).unwrap();
    writer.begin(&plan.roots).unwrap();
    let before = Arc::clone(writer.before());
    let mut units: Vec<Done> = Vec::new();
    work(&plan.jobs, Lost::default(), &before, &options, |done| {
        units.push(done);
        Ok(())
    })
    .unwrap();
    // Threads are done with units in any order: here the last is the first.
    let last = units.iter().position(|unit| unit.whole && unit.end.is_some()).unwrap();
    let first = units.swap_remove(last);
    assert!(first.end.as_ref().is_some_and(|(units, _)| *units > 1));
    let mut file = OpenFile::begin(&mut writer, &plan.jobs[0], &first).unwrap();
    file.take(&mut writer, first).unwrap();
    assert!(!file.is_complete());
    writer.commit().unwrap();
    drop(writer);
    update(&index, &[], &options, |_| {}).unwrap();
    assert!(is_as_fresh(&index, &root, &home));
}
