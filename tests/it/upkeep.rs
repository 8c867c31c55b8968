use super::harness::Sandbox;

fn piece(title: &str, body: &str) -> String {
    format!("# {title}\n\n{body}\n")
}

fn sorted(mut ids: Vec<String>) -> Vec<String> {
    ids.sort();
    ids
}

#[test]
fn a_moved_file_keeps_the_ids_of_its_passages() {
    let sandbox = Sandbox::with(&[("a/x.md", &piece("X", "Coal is here.")), ("a/y.md", &piece("Y", "Coal is there."))]);
    sandbox.index();
    let before = sandbox.hits(&["here"])[0]["id"].clone();
    std::fs::create_dir(sandbox.path().join("b")).unwrap();
    std::fs::rename(sandbox.path().join("a/x.md"), sandbox.path().join("b/z.md")).unwrap();
    assert_eq!(sandbox.index().closing(), "0 new, 0 changed, 0 removed, 0 skipped (1 file unchanged, 1 moved)");
    let after = &sandbox.hits(&["here"])[0];
    assert_eq!((&after["id"], &after["piece"]["id"]), (&before, &"b/z.md".into()));
}

#[test]
fn a_word_that_is_gone_is_not_suggested() {
    let sandbox =
        Sandbox::with(&[("a.md", &piece("A", "Tungsten is scarce, and tungstan is not.")), ("b.md", &piece("B", "Coal is not."))]);
    sandbox.index();
    assert!(sandbox.run(&["search", "tungstin"]).stderr.contains("did you mean tungstan or tungsten?"));
    sandbox.write("a.md", piece("A", "Tungsten is scarce, and nothing else."));
    sandbox.index();
    for asked in ["tungstin", "tungstan"] {
        let ran = sandbox.run(&["search", asked]);
        assert!(ran.code == 1 && ran.stderr.contains("did you mean tungsten?"), "{ran:?}");
    }
}

#[test]
fn what_any_word_answers_is_counted_without_what_was_deleted() {
    let text = |n: usize| {
        let words = ["coal", "iron", "tin"].into_iter().enumerate().filter(|(at, _)| n.is_multiple_of(at + 2)).map(|(_, word)| word);
        piece(
            &format!("Piece {n}"),
            &words.map(|word| format!("There is {word}, and again {word}.\n\n")).collect::<String>().repeat(1 + n % 4),
        )
    };
    let sandbox = Sandbox::new();
    (1..60).for_each(|n| sandbox.write(&format!("{n}.md"), text(n)));
    sandbox.index();
    (1..60_usize).filter(|n| n.is_multiple_of(5)).for_each(|n| sandbox.remove(&format!("{n}.md")));
    sandbox.index();
    let living = (1..60_usize).filter(|n| !n.is_multiple_of(5) && [2, 3, 4].into_iter().any(|part| n.is_multiple_of(part))).count();
    for limit in ["1", "5", "100"] {
        let answered = |query: &str| {
            let answer = &sandbox.run(&["search", query, "-f", "json", "-n", limit, "--copies", "show"]).json_lines()[0];
            let ids = answer["hits"].as_array().unwrap().iter().map(|hit| (hit["id"].clone(), hit["score"].clone())).collect::<Vec<_>>();
            (answer["found"].clone(), ids)
        };
        let found = answered("coal OR iron OR tin");
        assert_eq!(found.0, living);
        // The same asked so that every piece is visited.
        assert_eq!(found, answered("(coal OR iron OR tin) NOT nothingness"));
    }
}

#[test]
fn what_is_wanted_is_kept_for_later_updates() {
    let sandbox = Sandbox::with(&[
        ("a/x.md", &piece("X", "Coal.")),
        ("a/x.txt", "Coal.\n"),
        ("a/old/y.md", &piece("Y", "Coal.")),
        ("b/z.md", &piece("Z", "Coal.")),
    ]);
    let ran = sandbox.run(&["index", "a", "--include", "*.md", "--exclude", "old/"]);
    assert!(ran.closing().starts_with("1 new"), "{ran:?}");
    sandbox.write("a/old/new.md", piece("N", "Coal."));
    sandbox.write("a/w.md", piece("W", "Coal."));
    assert!(sandbox.run(&["index"]).closing().starts_with("1 new, 0 changed, 0 removed"));
    assert_eq!(sorted(sandbox.pieces(&["coal"])), ["w.md", "x.md"]);
    // Said anew, it takes the place of what was said before; what is no more wanted goes.
    assert!(sandbox.run(&["index", "a", "--include", "", "--exclude", "x.*"]).closing().starts_with("2 new, 0 changed, 1 removed"));
    assert_eq!(sorted(sandbox.pieces(&["coal"])), ["old/new.md", "old/y.md", "w.md"]);
    let ran = sandbox.run(&["index", "a/old", "--include", "*.txt"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.stderr.contains("apply to a whole indexed folder"), "{ran:?}");
    let ran = sandbox.run(&["index", "a", "--include", "a["]);
    assert!(ran.code == 2 && ran.stderr.contains("is not a file pattern"), "{ran:?}");
}

#[test]
fn an_actor_has_its_name_from_the_first_piece_whenever_that_came() {
    let text = |name: &str| {
        piece("Seas", &format!("The {name} Research Institute said that ice melts. Experts at the {name} Research Institute agreed."))
    };
    let sandbox = Sandbox::with(&[("z.md", &text("Sønderby"))]);
    sandbox.index();
    sandbox.write("a.md", text("Sonderby"));
    sandbox.index();
    let listed = sandbox.run(&["actors", "list", "--by", "mentions", "-f", "tsv"]).stdout;
    assert!(listed.contains("sonderby-research-institute\t4\t2\t2\tSonderby Research Institute\n"), "{listed}");
    sandbox.write("a.md", piece("Seas", "Nobody said that."));
    sandbox.index();
    let listed = sandbox.run(&["actors", "list", "--by", "mentions", "-f", "tsv"]).stdout;
    assert!(listed.contains("sonderby-research-institute\t2\t1\t1\tSønderby Research Institute\n"), "{listed}");
}

#[test]
fn ignore_files_are_obeyed() {
    let sandbox = Sandbox::with(&[("a/x.md", "Coal.\n"), ("a/drafts/y.md", "Coal.\n"), (".ignore", "drafts/\n")]);
    sandbox.index();
    assert_eq!(sandbox.pieces(&["coal"]), ["a/x.md"]);
}

#[test]
fn fields_of_records_are_taken_for_what_is_said() {
    let sandbox = Sandbox::with(&[
        ("t.csv", "Überschrift,Inhalt,Tag\nOne,Coal is here.,2024-01-24\n"),
        ("r.jsonl", "{\"id\":\"r\",\"data\":{\"Inhalt\":\"x\"},\"Überschrift\":\"Two\",\"Inhalt\":\"Coal.\"}\n"),
    ]);
    let ran = sandbox.index();
    assert!(ran.stderr.contains("--map title=COLUMN"), "{ran:?}");
    let ran = sandbox.run(&["index", ".", "--map", "title=überschrift", "--map", "text=Inhalt", "--map", "date=Tag"]);
    assert!(ran.closing().starts_with("2 new") || ran.closing().starts_with("0 new, 2 changed"), "{ran:?}");
    let hit = &sandbox.hits(&["here"])[0];
    assert_eq!((&hit["piece"]["title"], &hit["piece"]["date"]), (&"One".into(), &"2024-01-24".into()));
    // It is kept, and what it was said of is not read again for it.
    assert!(sandbox.index().closing().starts_with("0 new, 0 changed, 0 removed, 0 skipped (2 files unchanged)"));
    for wrong in ["title", "headline=x"] {
        assert_eq!(sandbox.run(&["index", ".", "--map", wrong]).code, 2);
    }
}

#[test]
fn a_dry_run_tells_and_does_nothing() {
    let sandbox = Sandbox::with(&[("a/x.md", "Coal.\n"), ("a/y.md", "Coal too.\n")]);
    let ran = sandbox.run(&["index", "a", "--dry-run"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, "new\tx.md\nnew\ty.md\n"), "{ran:?}");
    assert!(!sandbox.path().join(".pundit").exists());
    sandbox.run(&["index", "a"]);
    sandbox.write("a/x.md", "Coal, and more.\n");
    sandbox.remove("a/y.md");
    sandbox.write("a/z.md", "Coal.\n");
    assert_eq!(sandbox.run(&["index", "--dry-run"]).stdout, "changed\tx.md\nnew\tz.md\ngone\ty.md\n");
    assert_eq!(sorted(sandbox.pieces(&["coal"])), ["x.md", "y.md"]);
}

#[test]
fn a_root_that_is_gone_is_forgotten_only_when_asked() {
    let sandbox = Sandbox::with(&[("a/x.md", "Coal.\n"), ("b/y.md", "Coal.\n")]);
    sandbox.run(&["index", "a", "b"]);
    std::fs::remove_dir_all(sandbox.path().join("a")).unwrap();
    for args in [&["index"][..], &["index", "a"]] {
        let ran = sandbox.run(args);
        assert!(ran.code == 2 && ran.stderr.contains("--prune-missing-root"), "{ran:?}");
    }
    assert_eq!(sandbox.run(&["search", "coal", "-c"]).stdout, "2\n");
    let ran = sandbox.run(&["index", "--prune-missing-root"]);
    assert!(ran.closing().starts_with("0 new, 0 changed, 1 removed"), "{ran:?}");
    assert_eq!(sandbox.pieces(&["coal"]), ["y.md"]);
}

#[test]
fn an_index_that_is_out_of_date_fails_where_that_is_asked_for() {
    let sandbox = Sandbox::with(&[("x.md", "Coal.\n")]);
    sandbox.index();
    assert_eq!(sandbox.run(&["search", "--fail-stale", "coal"]).code, 0);
    sandbox.write("y.md", "Iron.\n");
    let ran = sandbox.run(&["search", "--fail-stale", "coal"]);
    assert!(ran.code == 3 && ran.stderr.contains("out of date") && ran.stderr.contains("pundit index"), "{ran:?}");
    assert_eq!(sandbox.run(&["search", "coal"]).code, 0);
    assert!(sandbox.run(&["status"]).stdout.contains("stale\t1 new, 0 changed, 0 gone"));
    sandbox.index();
    assert_eq!(sandbox.run(&["search", "--fail-stale", "coal"]).code, 0);
}

/// All that a search says of everything, without the time that it took.
fn everything(sandbox: &Sandbox, index: &str) -> String {
    sandbox.run(&["search", "--index", index, "--any", "coal iron steel premier wang", "-f", "jsonl", "--all", "--explain"]).stdout
}

#[test]
fn what_is_known_of_a_moved_file_is_not_found_out_again() {
    let text = "# Coal\n\nThe Quux Board met on coal. The Quux Board will meet again.\n";
    let sandbox = Sandbox::with(&[("a/old.md", text)]);
    sandbox.index();
    sandbox.write(".pundit/actors.toml", "[[add]]\nid = \"board-of-coal\"\nnames = [\"Quux Board\"]\nkind = \"org\"\n");
    std::fs::rename(sandbox.path().join("a"), sandbox.path().join("b")).unwrap();
    sandbox.write("new.md", text);
    assert_eq!(sandbox.run(&["index"]).closing(), "1 new, 0 changed, 0 removed, 0 skipped (0 files unchanged, 1 moved)");
    let with_actor = || sorted(sandbox.pieces(&["@board-of-coal", "--copies", "show"]));
    assert_eq!(with_actor(), ["new.md"], "the mentions of the one that was moved are those that were found where it was");
    sandbox.run(&["index", "--retag"]);
    assert_eq!(with_actor(), ["b/old.md", "new.md"]);
    // What is moved and would be read in another way is read again.
    std::fs::rename(sandbox.path().join("b/old.md"), sandbox.path().join("b/old.txt")).unwrap();
    assert!(sandbox.run(&["index"]).closing().ends_with("1 moved)"));
    let titles = |path: &str| sandbox.hits(&["coal", "--copies", "show", &format!("path:{path}")])[0]["piece"]["title"].clone();
    assert_eq!((titles("md"), titles("txt")), ("Coal".into(), "# Coal".into()));
}

#[test]
fn an_index_of_moved_files_answers_as_a_fresh_one() {
    let long = "Coal and iron.\n\n".repeat(400);
    let sandbox = Sandbox::with(&[
        ("a/x.md", "---\ntitle: On coal\ndate: 2024-01-24\ntags: [coal]\n---\n\nPremier Wang met Mr. Kim.\n\n  Coal,\nand steel.\n"),
        (
            "a/y.html",
            "<html><head><title>Iron</title></head><body><article><p>Premier Wang spoke of iron and of coal, at length and in detail, to all who would listen to him.</p></article></body></html>",
        ),
        ("a/r.jsonl", "{\"id\":\"r1\",\"text\":\"Coal.\"}\n{\"title\":\"Coal is a title alone\"}\n{broken\n"),
        ("a/t.csv", "title,text\nCoal,Iron and steel\n"),
        ("a/long.txt", &long),
        ("a/zh.txt", "会谈重启\n\n王毅谈 steel。\n"),
    ]);
    let code = |args: &[&str]| sandbox.run(&[&["index"], args].concat()).code;
    assert_eq!(code(&[".", "--index", ".ix"]), 2, "a record is broken");
    let before = everything(&sandbox, ".ix");
    std::fs::rename(sandbox.path().join("a"), sandbox.path().join("b")).unwrap();
    let ran = sandbox.run(&["index", ".", "--index", ".ix"]);
    assert_eq!(ran.closing(), "0 new, 0 changed, 0 removed, 0 skipped (0 files unchanged, 7 moved)");
    let moved = everything(&sandbox, ".ix");
    assert_eq!(code(&[".", "--index", ".fresh"]), 2);
    assert_eq!(moved, everything(&sandbox, ".fresh"));
    assert_eq!(moved.lines().count(), before.lines().count());
    let skips = |index: &str| sandbox.run(&["status", "--index", index]).stdout.lines().filter(|line| line.contains("r.jsonl")).count();
    assert_eq!((skips(".ix"), skips(".fresh")), (1, 1), "what was left out is still told");
    // So does one in which the mentions were found again.
    assert_eq!(sandbox.run(&["index", "--index", ".ix", "--retag"]).code, 0);
    assert_eq!(moved, everything(&sandbox, ".ix"));
}

/// Whether the permission bits of a folder bind who runs this: they bind no superuser.
#[cfg(unix)]
fn closes(path: &std::path::Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o000)).unwrap();
    std::fs::read_dir(path).is_err()
}

#[cfg(unix)]
#[test]
fn a_root_that_cannot_be_opened_loses_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::with(&[("out/docs/x.md", "Coal.\n"), ("out/docs/docs/y.md", "Coal.\n")]);
    sandbox.run(&["index", "out/docs"]);
    for closed in ["out/docs", "out"] {
        let folder = sandbox.path().join(closed);
        if closes(&folder) {
            for args in [&["index"][..], &["index", "--prune-missing-root"]] {
                let ran = sandbox.run(args);
                assert!(ran.code == 2 && ran.closing().starts_with("0 new, 0 changed, 0 removed"), "{closed} {ran:?}");
            }
        }
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(sandbox.run(&["search", "coal", "-c"]).stdout, "2\n");
        assert!(sandbox.run(&["index"]).closing().starts_with("0 new, 0 changed, 0 removed"));
    }
    // Nor can what leads nowhere but to itself, whoever asks.
    let folder = sandbox.path().join("out/docs");
    std::fs::rename(&folder, sandbox.path().join("away")).unwrap();
    std::os::unix::fs::symlink("docs", &folder).unwrap();
    for _ in 0..2 {
        let ran = sandbox.run(&["index"]);
        assert!(ran.code == 2 && ran.closing().starts_with("0 new, 0 changed, 0 removed, 1 skipped"), "{ran:?}");
        assert_eq!(sandbox.run(&["search", "coal", "-c"]).stdout, "2\n");
    }
    // And nothing is made anew of it.
    let files = std::fs::read_dir(sandbox.path().join(".pundit/index")).unwrap().map(|entry| entry.unwrap().path());
    let store = files.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "store")).unwrap();
    std::fs::write(&store, "damaged").unwrap();
    let ran = sandbox.run(&["check", "--repair"]);
    assert!(ran.code == 2 && ran.stderr.contains("cannot open the indexed folder") && store.exists(), "{ran:?}");
}

#[test]
fn a_path_that_is_misspelt_makes_no_index() {
    let sandbox = Sandbox::with(&[("articles/x.md", "Coal.\n")]);
    for args in [&["index", "artciles"][..], &["index", "articles", "--include", "a["], &["index", "articles", "--map", "x"]] {
        assert_eq!(sandbox.run(args).code, 2, "{args:?}");
        assert!(!sandbox.path().join(".pundit").exists(), "{args:?}");
    }
    assert_eq!(sandbox.run(&["search", "coal"]).code, 3);
}

#[cfg(unix)]
#[test]
fn an_index_is_the_same_by_whatever_way_it_is_reached() {
    let sandbox = Sandbox::with(&[("a/docs/x.md", "Coal.\n")]);
    std::os::unix::fs::symlink("a", sandbox.path().join("link")).unwrap();
    sandbox.run(&["index", "--index", "a/.pundit", "a/docs"]);
    for place in ["link/.pundit", "link/../link/.pundit"] {
        let ran = sandbox.run(&["index", "--index", place, "link/docs"]);
        assert_eq!(ran.closing(), "0 new, 0 changed, 0 removed, 0 skipped (1 file unchanged)", "{ran:?}");
    }
    assert_eq!(sandbox.run(&["search", "--index", "link/.pundit", "coal", "-f", "jsonl"]).json_lines()[0]["piece"]["stale"], false);
    // So is one that is yet to be made.
    sandbox.run(&["index", "--index", "link/new/.pundit", "a/docs"]);
    assert!(sandbox.run(&["index", "--index", "a/new/.pundit"]).closing().ends_with("(1 file unchanged)"));
}

/// Names as an old archive has them that was unpacked without a word on its encoding.
#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf_8_are_each_their_own() {
    use std::os::unix::ffi::OsStrExt;
    let sandbox = Sandbox::with(&[("docs/\u{FFFD}.md", "Coal.\n")]);
    let name = |bytes: &'static [u8]| std::path::Path::new(std::ffi::OsStr::from_bytes(bytes));
    for bytes in [b"docs/\xFF.md", b"docs/\xFE.md"] {
        std::fs::write(sandbox.path().join(name(bytes)), "Coal, and coal again.\n").unwrap();
    }
    for updates in 0..3 {
        let ran = sandbox.run(&["index", "docs"]);
        let expected = if updates == 0 { "1 new, 0 changed, 0 removed, 2 skipped (0" } else { "0 new, 0 changed, 0 removed, 0 skipped (3" };
        assert!(ran.closing().starts_with(expected), "{ran:?}");
        assert_eq!(sandbox.run(&["search", "coal", "-c", "--fail-stale"]).stdout, "1\n");
    }
    let status = sandbox.run(&["status"]).stdout;
    assert!(status.contains("\\xff.md: a file name that is not UTF-8") && status.contains("\\xfe.md"), "{status}");
    // A folder of such a name may be indexed, and be where an index lies.
    std::fs::rename(sandbox.path().join("docs"), sandbox.path().join(name(b"d\xFF"))).unwrap();
    std::fs::remove_dir_all(sandbox.path().join(".pundit")).unwrap();
    let folder = name(b"d\xFF").as_os_str();
    let run = |args: &[&std::ffi::OsStr]| sandbox.run(args);
    let of = std::ffi::OsStr::new;
    assert!(run(&[of("index"), folder]).closing().starts_with("1 new"));
    assert!(run(&[of("index")]).closing().ends_with("(3 files unchanged)"));
    assert_eq!(run(&[of("search"), of("--in"), folder, of("coal"), of("-c")]).stdout, "1\n");
}

#[test]
fn a_folder_around_a_root_does_not_forget_what_was_said_of_it() {
    let sandbox = Sandbox::with(&[
        ("all/data/a.jsonl", "{\"hl\":\"One\",\"bd\":\"Coal.\"}\n"),
        ("all/data/drafts/d.md", "Coal.\n"),
        ("all/m.md", "Coal.\n"),
    ]);
    let said = ["--map", "title=hl", "--map", "text=bd", "--exclude", "drafts/"];
    sandbox.run(&[&["index", "all/data"][..], &said].concat());
    let ran = sandbox.run(&["index", "all"]);
    assert!(
        ran.code == 2 && ran.stderr.contains("was indexed with its own --include") && ran.stderr.contains("hint: repeat them"),
        "{ran:?}"
    );
    assert_eq!(sandbox.pieces(&["coal"]), ["a.jsonl#1"]);
    let ran = sandbox.run(&[&["index", "all"][..], &said].concat());
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(sorted(sandbox.pieces(&["coal"])), ["data/a.jsonl#1", "m.md"]);
}

#[test]
fn what_was_skipped_is_not_suggested_for_itself() {
    let sandbox = Sandbox::with(&[("a/x.bz2", "BZh9"), ("a/y.md", "Coal.\n")]);
    sandbox.run(&["index", "a"]);
    let ran = sandbox.run(&["show", "x.bz2"]);
    assert!(ran.code == 2 && ran.stderr.contains("whether it was skipped") && !ran.stderr.contains("did you mean"), "{ran:?}");
}

#[test]
fn what_was_deleted_says_nothing_of_patterns_and_accents() {
    let letters = || ('a'..='z').chain('0'..='9');
    let rare = |of: char| format!("The council met, and convoy{of}x or convoy{of}y was said of the talks today.");
    let sandbox = Sandbox::new();
    for of in letters() {
        sandbox.write(&format!("a/{of}.txt"), rare(of));
        sandbox.write(
            &format!("a/es-{of}.txt"),
            format!("Un texto sobre el puerto y los barcos del norte, dicho una vez más en la ciudad {of}."),
        );
    }
    sandbox.write("a/es-un.txt", "Un asunto económico de la región, dijo el ministro en la capital del país.");
    // Words like those that are asked for, in more pieces than any of them, and a writing with an accent, all of which go.
    let many = letters().flat_map(|a| letters().take(9).map(move |b| format!("conv{a}{b}"))).collect::<Vec<_>>().join(" ");
    for gone in 0..5 {
        sandbox.write(&format!("a/gone-{gone}.txt"), format!("The list of {many} was read to the council."));
    }
    sandbox.write("a/gone-es.txt", "La economía del país crece, dijo el ministro en la capital.");
    sandbox.run(&["index", "a", "--index", "updated"]);
    for gone in 0..5 {
        sandbox.remove(&format!("a/gone-{gone}.txt"));
    }
    sandbox.remove("a/gone-es.txt");
    sandbox.run(&["index", "a", "--index", "updated"]);
    sandbox.run(&["index", "a", "--index", "fresh"]);
    for query in ["conv*", "convoyax~1", "economia", "econom*"] {
        let answer =
            |index: &str| sandbox.run(&["search", "--index", index, query, "--all", "-f", "jsonl", "--zero-ok", "--fields", "score,path"]);
        let (updated, fresh) = (answer("updated"), answer("fresh"));
        assert_eq!((updated.code, &updated.stdout), (0, &fresh.stdout), "{query}");
        assert!(!query.starts_with("conv") || !fresh.stdout.contains("\"score\":0.0"), "{query}: {fresh:?}");
    }
}
