use std::process::Command;

use super::batch_runs::sandbox;

#[test]
fn nothing_is_written_over_what_is_read() {
    let sandbox = sandbox();
    let queries = "id,query\na,oil\nb,coal\n";
    sandbox.write("q.csv", queries);
    assert_eq!(sandbox.run(&["batch", "q.csv", "--manifest", "m"]).code, 0);
    let manifest = std::fs::read_to_string(sandbox.path().join("m")).unwrap();
    sandbox.write("mine.toml", "");
    std::fs::hard_link(sandbox.path().join("q.csv"), sandbox.path().join("link.csv")).unwrap();
    for args in [
        &["q.csv", "-f", "csv", "-o", "q.csv"][..],
        &["q.csv", "-f", "html", "-o", "./q.csv"],
        &["q.csv", "-o", "link.csv"],
        &["q.csv", "--summary", "q.csv"],
        &["q.csv", "--manifest", "link.csv"],
        &["q.csv", "--actors", "mine.toml", "-o", "mine.toml"],
        &["q.csv", "--since", "m", "-o", "m"],
        &["q.csv", "--since", "m", "--summary", "m"],
        &["q.csv", "-o", "new", "--summary", "new"],
        &["q.csv", "-o", "new", "--manifest", "./new"],
        &["q.csv", "-o", "new", "--summary", "new.journal"],
        &["--fuse", "rrf", "q.csv", "-o", "q.csv"],
    ] {
        let ran = sandbox.run(&[&["batch"], args].concat());
        let told = ran.stderr.contains("would be overwritten\nhint: write to another file")
            || ran.stderr.contains("would write to the same file: ");
        assert!(ran.code == 2 && told, "{args:?} {ran:?}");
        assert!(!sandbox.path().join("new").exists());
    }
    // An index keeps its own files.
    sandbox.index();
    for args in [
        &["search", "coal", "-o", ".pundit/index/meta.json"][..],
        &["search", "coal", "-o", ".pundit/new.txt"],
        &["batch", "q.csv", "--summary", ".pundit/index/new"],
    ] {
        let ran = sandbox.run(args);
        assert!(ran.code == 2 && ran.stderr.contains("lies in the folder of an index"), "{args:?} {ran:?}");
    }
    assert_eq!(sandbox.run(&["search", "coal", "-q", "--zero-ok"]).code, 0);
    // What a shell gives as standard input is a file as well.
    #[cfg(target_os = "linux")]
    {
        let mut shell = Command::new(env!("CARGO_BIN_EXE_pundit"));
        shell
            .args(["batch", "-", "-o", "q.csv"])
            .current_dir(sandbox.path())
            .stdin(std::fs::File::open(sandbox.path().join("q.csv")).unwrap());
        assert_eq!(shell.output().unwrap().status.code(), Some(2));
    }
    sandbox.write("draft.md", "He wrote “Coal and oil” once.");
    for args in
        [&["verify", "draft.md", "-o", "draft.md"][..], &["tag", "draft.md", "-o", "draft.md"], &["similar", "draft.md", "-o", "draft.md"]]
    {
        assert_eq!(sandbox.run(args).code, 2, "{args:?}");
    }
    assert_eq!(sandbox.run(&["actors", "export", "--actors", "mine.toml", "-o", "mine.toml"]).code, 2);
    assert_eq!(sandbox.run(&["eval", "q.csv", "m", "-o", "m"]).code, 2);
    let read = |name: &str| std::fs::read_to_string(sandbox.path().join(name)).unwrap();
    assert_eq!((read("q.csv").as_str(), read("m"), read("draft.md").len()), (queries, manifest, 33));
    // Nothing is lost in a pipe or a terminal.
    #[cfg(unix)]
    assert_eq!(sandbox.run(&["batch", "q.csv", "-o", "/dev/null", "--summary", "/dev/null", "--manifest", "/dev/null"]).code, 0);
}

#[test]
fn what_fails_before_it_has_an_answer_takes_nothing_away() {
    let sandbox = sandbox();
    sandbox.write("empty.txt", "# nothing\n");
    sandbox.write("header.csv", "id,query\n");
    sandbox.write("q.tsv", "a\toil\n");
    for args in [
        &["batch", "empty.txt"][..],
        &["batch", "header.csv", "-f", "csv"],
        &["batch", "q.tsv", "-f", "csv", "--fields", "nosuch"],
        &["batch", "q.tsv", "--manifest", "nowhere/m"],
        &["batch", "q.tsv", "--summary", "nowhere/s"],
        &["tag", "nosuch"],
    ] {
        for output in ["keep", "new"] {
            sandbox.write("keep", "kept");
            let ran = sandbox.run(&[args, &["-o", output]].concat());
            assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{args:?}: {ran:?}");
            assert_eq!(std::fs::read_to_string(sandbox.path().join("keep")).unwrap(), "kept", "{args:?}");
            for left in ["new", "new.journal", "keep.journal"] {
                assert!(!sandbox.path().join(left).exists(), "{args:?}: {left}");
            }
        }
    }
    assert_eq!(sandbox.run(&["batch", "q.tsv", "--summary", "nowhere/s"]).stdout, "", "no row is answered before");
    // An answer that is nothing is one.
    sandbox.write("q.tsv", "a\tunobtainium\n");
    assert_eq!(sandbox.run(&["batch", "q.tsv", "-f", "text", "-o", "keep", "--summary", "s"]).code, 0);
    assert_eq!(std::fs::read_to_string(sandbox.path().join("keep")).unwrap(), "");
    assert!(sandbox.path().join("s").exists() && !sandbox.path().join("s.part").exists());
}
