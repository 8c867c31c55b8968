use std::collections::BTreeMap;

use super::harness::{Sandbox, project, slice};

fn piece(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\nauthor: Jane Example\ndate: 2024-01-24\nsource: The Outlet\n---\n\n{body}\n")
}

#[test]
fn a_second_run_changes_nothing() {
    let sandbox = Sandbox::with(&[
        ("a.md", &piece("A", "Sanctions on coal.")),
        ("b 二/c.txt", "制裁石油。\n"),
        ("d.jsonl", "{\"id\":\"r1\",\"text\":\"Oil.\"}\n"),
    ]);
    assert_eq!(sandbox.index().closing(), "3 new, 0 changed, 0 removed, 0 skipped (0 files unchanged)");
    let before = sandbox.hits(&["--any", "sanctions oil 制裁"]);
    assert_eq!(sandbox.index().closing(), "0 new, 0 changed, 0 removed, 0 skipped (3 files unchanged)");
    assert_eq!(sandbox.hits(&["--any", "sanctions oil 制裁"]), before);
    assert_eq!(before.len(), 3);
}

#[test]
fn changed_files_replace_their_pieces_and_deleted_ones_go() {
    let sandbox = Sandbox::with(&[("a.md", &piece("A", "Sanctions on coal.")), ("b.md", &piece("B", "Sanctions on oil."))]);
    sandbox.index();
    sandbox.write("a.md", piece("A", "Tariffs on coal, and more of them."));
    sandbox.remove("b.md");
    sandbox.write("c.md", piece("C", "Sanctions on gas."));
    assert_eq!(sandbox.index().closing(), "1 new, 1 changed, 1 removed, 0 skipped (0 files unchanged)");
    assert_eq!(sandbox.pieces(&["sanctions"]), ["c.md"]);
    assert_eq!(sandbox.pieces(&["tariffs"]), ["a.md"]);
}

#[test]
fn an_updated_index_answers_as_a_fresh_one() {
    let bodies =
        ["Sanctions on coal and coal again.", "Oil sanctions bite. The rest is talk about oil.", "Coal, oil, gas.", "石油制裁。煤炭。"];
    let updated = Sandbox::new();
    for round in 0..3 {
        for (at, body) in bodies.iter().enumerate() {
            // In the first rounds other texts stand in these files, and one more file is there.
            let text = if round < 2 {
                format!("{body} Round {round} of sanctions talk. {}", "More words. ".repeat(round + at))
            } else {
                (*body).to_owned()
            };
            updated.write(&format!("{at}.md"), piece(&format!("Piece {at}"), &text));
            updated.touch(&format!("{at}.md"), 1_000_000 + round as u64);
        }
        if round == 1 {
            updated.write("gone.md", piece("Gone", "Sanctions, sanctions, sanctions."));
        } else if round == 2 {
            updated.remove("gone.md");
        }
        updated.index();
    }
    let fresh = Sandbox::new();
    for (at, body) in bodies.iter().enumerate() {
        fresh.write(&format!("{at}.md"), piece(&format!("Piece {at}"), body));
        fresh.touch(&format!("{at}.md"), 1_000_002);
    }
    fresh.index();
    for query in ["sanctions", "coal oil", "石油", "\"oil sanctions\"", "talk NOT gas"] {
        let args = ["--any", query, "--explain"];
        assert_eq!(updated.hits(&args), fresh.hits(&args), "{query}");
    }
    assert_eq!(
        updated.run(&["status"]).stdout.lines().skip(2).collect::<Vec<_>>(),
        fresh.run(&["status"]).stdout.lines().skip(2).collect::<Vec<_>>()
    );
}

/// Hash maps have other keys in each run, so nothing may go by their order.
#[test]
fn one_thread_writes_the_same_segment_in_each_run() {
    let sandbox = Sandbox::new();
    let segment = |name: &str| -> BTreeMap<String, Vec<u8>> {
        let corpus = project().join("corpus");
        assert_eq!(sandbox.run(&["index", corpus.to_str().unwrap(), "--index", name, "--threads", "1"]).code, 0);
        let files = std::fs::read_dir(sandbox.path().join(name).join("index")).unwrap().map(|file| file.unwrap().path());
        let parts = files.filter_map(|file| Some((file.extension()?.to_str()?.to_owned(), std::fs::read(&file).unwrap())));
        parts.filter(|(kind, _)| !["commit", "json", "lock"].contains(&kind.as_str())).collect()
    };
    let (one, other) = (segment("one"), segment("other"));
    assert!(one.contains_key("idx") && one.contains_key("store"));
    assert!(one.keys().eq(other.keys()));
    let differ: Vec<&String> = one.iter().filter(|(kind, bytes)| other.get(*kind) != Some(bytes)).map(|(kind, _)| kind).collect();
    assert!(differ.is_empty(), "{differ:?}");
}

#[test]
fn only_what_lies_under_the_path_is_touched() {
    let sandbox = Sandbox::with(&[("news/a.md", &piece("A", "Coal.")), ("news/old/b.md", &piece("B", "Coal."))]);
    sandbox.run(&["index", "news"]);
    sandbox.remove("news/a.md");
    sandbox.remove("news/old/b.md");
    let ran = sandbox.run(&["index", "news/old"]);
    assert!(ran.closing().starts_with("0 new, 0 changed, 1 removed"), "{ran:?}");
    assert_eq!(sandbox.pieces(&["coal"]), ["a.md"]);
    // Without a path everything that was indexed is brought up to date.
    assert!(sandbox.run(&["index"]).closing().starts_with("0 new, 0 changed, 1 removed"));
}

#[test]
fn a_folder_moves_with_its_index() {
    let sandbox = Sandbox::with(&[("a/x.md", &piece("A", "Coal."))]);
    sandbox.run(&["search", "--in", "a", "coal"]);
    std::fs::rename(sandbox.path().join("a"), sandbox.path().join("b")).unwrap();
    let ran = sandbox.run(&["search", "--in", "b", "coal", "-f", "jsonl"]);
    assert_eq!(ran.json_lines()[0]["piece"]["stale"], false, "{ran:?}");
    assert!(!ran.stderr.contains("new"), "nothing is read again: {ran:?}");
}

#[test]
fn search_in_a_folder_makes_its_index_first() {
    let sandbox = Sandbox::with(&[("articles/x.md", &piece("A", "Coal."))]);
    let ran = sandbox.run(&["search", "--in", "articles", "coal"]);
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, 1), "{ran:?}");
    assert_eq!(std::fs::read_to_string(sandbox.path().join("articles/.pundit/.gitignore")).unwrap(), "*\n");
    sandbox.write("articles/y.md", piece("B", "Coal too."));
    assert_eq!(sandbox.run(&["search", "--in", "articles", "coal", "-c"]).stdout, "2\n");
}

#[test]
fn several_roots_come_first_in_ids() {
    let sandbox = Sandbox::with(&[
        ("one/x.md", &piece("A", "Coal.")),
        ("two/x.md", &piece("B", "Coal.")),
        ("z.jsonl", "{\"id\":\"r\",\"text\":\"Coal.\"}\n{\"text\":\"Coal too.\"}\n"),
    ]);
    sandbox.run(&["index", "one"]);
    assert_eq!(sandbox.pieces(&["coal"]), ["x.md"]);
    sandbox.run(&["index", "two", "z.jsonl"]);
    let mut found = sandbox.pieces(&["coal"]);
    found.sort();
    assert_eq!(found, ["one/x.md", "r", "two/x.md", "z.jsonl#2"]);
}

#[test]
fn records_that_claim_one_id_are_told_apart() {
    let sandbox = Sandbox::with(&[
        ("a.jsonl", "{\"id\":\"x\",\"text\":\"Coal one.\"}\n{\"id\":\"x\",\"text\":\"Coal two.\"}\n"),
        ("b.jsonl", "{\"id\":\"x\",\"text\":\"Coal three.\"}\n{\"id\":\"x#2\",\"text\":\"Coal four.\"}\n"),
    ]);
    sandbox.index();
    let mut found: Vec<_> = sandbox
        .hits(&["coal"])
        .iter()
        .map(|hit| (hit["piece"]["id"].as_str().unwrap().to_owned(), hit["passage"]["text"].as_str().unwrap().to_owned()))
        .collect();
    found.sort();
    // An id that a record has itself is nobody else's.
    let expected = [("x", "Coal one."), ("x#2", "Coal four."), ("x#3", "Coal two."), ("x#4", "Coal three.")];
    assert_eq!(found, expected.map(|(id, text)| (id.to_owned(), text.to_owned())));
    for (id, text) in expected {
        assert!(sandbox.run(&["show", id]).stdout.contains(text), "{id}");
    }
}

#[test]
fn a_changed_file_is_flagged_until_it_is_indexed_again() {
    let sandbox = Sandbox::with(&[("a.md", &piece("A", "Coal."))]);
    sandbox.index();
    assert_eq!(sandbox.hits(&["coal"])[0]["piece"]["stale"], false);
    sandbox.write("a.md", piece("A", "Coal, and more coal."));
    assert_eq!(sandbox.hits(&["coal"])[0]["piece"]["stale"], true);
    sandbox.index();
    assert_eq!(sandbox.hits(&["coal"])[0]["piece"]["stale"], false);
}

#[test]
fn passages_of_a_piece_are_its_text() {
    let body = "The first sentence stands here, with some words in it. Another one follows it at once.\n\n".repeat(40);
    let sandbox = Sandbox::with(&[("a.txt", &format!("\u{FEFF}{body}"))]);
    sandbox.index();
    let shown = sandbox.run(&["show", "a.txt", "-f", "jsonl"]).json_lines();
    assert!(shown.len() > 5);
    let mut at = 0;
    for passage in &shown {
        let (start, end) = (&passage["passage"]["start"], &passage["passage"]["end"]);
        assert_eq!(slice(&body, start, end), passage["passage"]["text"].as_str().unwrap());
        let start = usize::try_from(start.as_u64().unwrap()).unwrap();
        assert!(body[at..start].trim().is_empty());
        at = usize::try_from(end.as_u64().unwrap()).unwrap();
    }
    assert!(body[at..].trim().is_empty());
}

#[test]
fn two_writers_do_not_meet() {
    let sandbox = Sandbox::with(&[("a.md", &piece("A", "Coal."))]);
    sandbox.index();
    let lock = std::fs::File::options()
        .write(true)
        .create(true)
        .truncate(false)
        .open(sandbox.path().join(".pundit/index/.tantivy-writer.lock"))
        .unwrap();
    lock.lock().unwrap();
    assert_eq!(sandbox.run(&["index", "."]).code, 0, "where there is nothing to do there is nobody to wait for");
    sandbox.write("b.md", piece("B", "Iron."));
    let ran = sandbox.run(&["index", "."]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.stderr.contains("another pundit is writing"), "{ran:?}");
    assert_eq!(sandbox.pieces(&["coal"]), ["a.md"], "readers do not wait");
    drop(lock);
    assert!(sandbox.index().closing().starts_with("1 new"));
}

#[cfg(unix)]
#[test]
fn whoever_may_read_one_file_of_an_index_may_read_them_all() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::with(&[("a.md", "Coal.\n")]);
    sandbox.index();
    sandbox.write("b.md", "More coal.\n");
    sandbox.index();
    // As for any file that is made here.
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode();
    let usual = mode(&sandbox.path().join("b.md"));
    for entry in std::fs::read_dir(sandbox.path().join(".pundit/index")).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), usual, "{}", path.display());
    }
}
