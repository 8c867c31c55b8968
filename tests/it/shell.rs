use std::io::Write;
use std::process::{Command, Stdio};

use super::harness::Sandbox;

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::with(&[("a/x.md", "Coal and oil,\nor gas.\n"), ("a/y.md", "Wind. Kim Jong Un.\n")]);
    sandbox.run(&["index", "a"]);
    sandbox
}

#[test]
fn exit_codes_one_by_one() {
    let sandbox = sandbox();
    sandbox.write("bad.tsv", "a\toil\nb\toil AND\n");
    sandbox.write("b/broken.jsonl", "{\"text\":\"oil\"}\nbroken\n");
    let bare = Sandbox::new();
    let code = |args: &[&str]| sandbox.run(args).code;
    assert_eq!(code(&["search", "oil"]), 0, "a hit");
    assert_eq!(code(&["search", "unobtainium"]), 1, "no hit");
    assert_eq!(code(&["search", "unobtainium", "--zero-ok"]), 0, "no hit, and that is well");
    assert_eq!(code(&["search", "unobtainium", "-q"]), 1, "no hit, in silence");
    assert_eq!(code(&["search", "oil AND"]), 2, "a syntax error");
    assert_eq!(code(&["search", "oil", "--limit", "many"]), 2, "a usage error");
    assert_eq!(code(&["tag", "b/broken.jsonl"]), 2, "done, with something unreadable");
    assert_eq!(bare.run(&["search", "oil"]).code, 3, "no index");
    assert_eq!(code(&["search", "wind", "--fail-stale"]), 0, "an index that is up to date");
    sandbox.write("a/y.md", "Wind, and more of it.\n");
    assert_eq!(code(&["search", "wind", "--fail-stale"]), 3, "a file that has changed");
    assert_eq!(code(&["batch", "bad.tsv"]), 4, "a row failed");
    assert_eq!(code(&["batch", "bad.tsv", "--check"]), 4, "a row is wrong");
}

#[test]
fn exit_codes_command_by_command() {
    let sandbox = sandbox();
    sandbox.write("right.md", "He wrote “Coal and oil, or gas” once.\n");
    sandbox.write("wrong.md", "He wrote “Coal and nothing but coal” once.\n");
    sandbox.write("run", "a\tQ0\tx.md\t1\t2.0\tr\n");
    sandbox.write("qrels", "a\tx.md\t1\n");
    sandbox.write("none", "a\tx.md\t0\n");
    let table: &[(i32, &[&str])] = &[
        (0, &["count", "oil"]),
        (1, &["count", "unobtainium", "--by", "year"]),
        (0, &["kwic", "oil"]),
        (1, &["kwic", "unobtainium"]),
        (0, &["show", "x.md"]),
        (2, &["show", "nothing.md"]),
        (0, &["why", "oil", "x.md"]),
        (1, &["why", "wind", "x.md"]),
        (2, &["why", "oil AND", "x.md"]),
        (0, &["cite", "x.md"]),
        (2, &["cite", "nothing.md"]),
        (0, &["verify", "right.md"]),
        (1, &["verify", "wrong.md"]),
        (2, &["verify", "nothing.md"]),
        (1, &["copies"]),
        (2, &["copies", "nothing.md"]),
        (2, &["similar", "nothing.md"]),
        (0, &["tag", "a/y.md"]),
        (2, &["tag", "nothing.md"]),
        (0, &["eval", "run", "qrels"]),
        (2, &["eval", "run", "none"]),
        (0, &["actors", "find", "Kim Jong Un"]),
        (1, &["actors", "find", "Qqqqqqqq"]),
        (2, &["actors", "show", "qqqqqqqq"]),
        (0, &["check"]),
        (0, &["status"]),
        (0, &["config"]),
        (0, &["schema"]),
        (2, &["completions", "tcsh"]),
        (2, &["run", "nothing"]),
        (2, &["index", "nothing"]),
        (2, &["search", "oil", "--in", "nothing"]),
        (3, &["search", "oil", "--index", "nothing"]),
        (2, &["search", "oil", "-f", "trec", "--fields", "path"]),
        (2, &["search", "oil", "--source", ""]),
        (2, &["count", "oil", "--lang", " "]),
        (2, &["show", "x.md", "-f", "trec"]),
        (2, &["batch", "nothing.csv"]),
        (2, &["batch", "--fuse", "rrf", "nothing"]),
        (2, &["batch", "run", "--since", "nothing"]),
        (2, &["search", "oil", "-o", "nothing/out"]),
    ];
    for (code, args) in table {
        let ran = sandbox.run(args);
        assert_eq!(ran.code, *code, "{args:?}: {ran:?}");
        // Who gets a 2 or a 3 is told why.
        assert!(*code < 2 || ran.stderr.starts_with("error: "), "{args:?}: {ran:?}");
    }
}

#[test]
fn an_interruption_leaves_no_half_line_and_no_lock() {
    let sandbox = sandbox();
    // Ctrl-C, and what systems send to programs that are to end.
    for (signal, new) in [("-INT", "a/z.md"), ("-TERM", "a/zz.md")] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_pundit"))
            .args(["batch", "-", "--all", &format!("-o{}", &signal[1..])])
            .current_dir(sandbox.path())
            .stdin(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        for row in 0..300 {
            writeln!(input, "{row}\toil OR wind").unwrap();
        }
        input.flush().unwrap();
        let out = sandbox.path().join(&signal[1..]);
        while std::fs::metadata(&out).map_or(0, |found| found.len()) == 0 {
            std::thread::yield_now();
        }
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(130), "{signal}");
        let text = std::fs::read_to_string(&out).unwrap();
        assert!(text.ends_with('\n') && text.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
        sandbox.write(new, "Oil again.\n");
        assert!(sandbox.run(&["index", "a"]).closing().starts_with("1 new, 0 changed, 0 removed, 0 skipped"));
    }
}

#[test]
fn a_word_to_be_left_out_is_not_taken_for_flags() {
    let sandbox = sandbox();
    for (args, hint) in [
        (&["search", "oil", "-opinion"][..], "'oil -opinion', or write NOT opinion"),
        (&["search", "-nuclear", "oil"], "NOT nuclear"),
        (&["count", "oil", "-coal*"], "NOT coal*"),
        (&["kwic", "oil", "-title:gas"], "NOT title:gas"),
        (&["search", "oil", "-all"], "hint: the flag is --all\n"),
    ] {
        let ran = sandbox.run(args);
        assert!(ran.code == 2 && ran.stdout.is_empty() && ran.stderr.contains(hint), "{args:?}: {ran:?}");
    }
    let made: Vec<_> = std::fs::read_dir(sandbox.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!made.iter().any(|name| name == "pinion"), "{made:?}");
    for args in [
        &["search", "oil -wind", "-fcsv"][..],
        &["search", "oil", "--sort", "-date"],
        &["search", "--", "-wind"],
        &["search", "oil", "-oout"],
    ] {
        assert_eq!(sandbox.run(args).code, i32::from(args.contains(&"-oout")) * 2, "{args:?}");
    }
}

#[test]
fn pieces_are_found_by_the_paths_of_their_files() {
    let sandbox = sandbox();
    sandbox.write("a/deep/r.jsonl", "{\"id\":\"one\",\"text\":\"Oil.\"}\n{\"id\":\"two\",\"text\":\"Gas.\"}\n");
    sandbox.write("b/other.md", "Oil from elsewhere.\n");
    sandbox.run(&["index", "a"]);
    let absolute = sandbox.path().join("a/x.md");
    for name in ["x.md", "a/x.md", "./a/x.md", absolute.to_str().unwrap()] {
        assert!(sandbox.run(&["show", name]).stdout.contains("Coal and oil"), "{name}");
        assert_eq!(sandbox.run(&["why", "coal", name]).code, 0, "{name}");
        assert_eq!(sandbox.run(&["cite", name]).code, 0, "{name}");
        assert_eq!(sandbox.run(&["copies", name]).stderr, "no other piece is a copy of this\n", "{name}");
        // It is not like itself, under whatever name.
        assert!(!sandbox.run(&["similar", name, "-l"]).stdout.contains("x.md"), "{name}");
    }
    let told = |name: &str| sandbox.run(&["show", name]).stderr;
    assert!(told("r.jsonl").contains("hint: did you mean deep/r.jsonl?"));
    sandbox.write("a/empty.md", "");
    sandbox.run(&["index", "a"]);
    assert!(told("a/empty.md").contains("and why, run: pundit status"));
    assert!(told("b/other.md").contains("no piece or passage in the index is called") && !told("b/other.md").contains("did you mean"));
    assert!(told("y").contains("did you mean y.md?"));
}

#[test]
fn queries_are_saved_and_stand_for_their_names() {
    let sandbox = sandbox();
    assert_eq!(sandbox.run(&["save", "fuel", "oil", "OR", "gas"]).code, 0);
    assert_eq!(sandbox.run(&["save"]).stdout, "fuel\toil OR gas\n");
    assert_eq!(std::fs::read_to_string(sandbox.path().join(".pundit/queries.txt")).unwrap(), "fuel = oil OR gas\n");
    assert_eq!(sandbox.run(&["run", "fuel", "-l"]).stdout, "x.md\n");
    assert_eq!(sandbox.run(&["search", "&fuel AND coal", "-c"]).stdout, "1\n");
    assert_eq!(sandbox.run(&["save", "black", "coal", "--in", "a"]).code, 0);
    assert_eq!(sandbox.run(&["search", "&black", "--in", "a", "-c"]).stdout, "1\n");
    assert_eq!(sandbox.run(&["run", "black"]).code, 2, "it is kept beside that folder's index alone");
    assert_eq!(sandbox.run(&["search", "-l", "--", "-&fuel"]).stdout, "y.md\n");
    sandbox.write("q.tsv", "a\t&fuel\n");
    assert_eq!(sandbox.run(&["batch", "q.tsv", "-f", "tsv", "--fields", "status,piece"]).stdout, "status\tpiece\nok\tx.md\n");
    let ran = sandbox.run(&["run", "nobody"]);
    assert!(ran.code == 2 && ran.stderr.starts_with("error: no query is saved as &nobody\nhint: saved queries are &fuel"), "{ran:?}");
    assert_eq!(sandbox.run(&["save", "wrong", "oil AND"]).code, 2);
    assert_eq!(sandbox.run(&["save", "a b", "oil"]).code, 2);
    assert_eq!(sandbox.run(&["save", "fuel", "--remove"]).code, 0);
    assert_eq!(sandbox.run(&["save"]).stdout, "");
    // What cannot be read is told to whoever asks for it, and to nobody else.
    sandbox.write(".pundit/queries.txt", b"fuel = \xFF\n");
    let ran = sandbox.run(&["search", "&fuel"]);
    assert!(ran.code == 2 && ran.stderr.starts_with("error: cannot look up &fuel: cannot read "), "{ran:?}");
    assert!(sandbox.run(&["batch", "q.tsv", "-f", "tsv", "--threads", "3", "--fields", "error"]).stdout.contains("cannot look up &"));
    assert_eq!(sandbox.run(&["search", "oil", "-c"]).code, 0);
}

#[test]
fn shells_complete_commands_actors_and_saved_names() {
    let sandbox = sandbox();
    for shell in ["bash", "zsh", "fish"] {
        let ran = sandbox.run(&["completions", shell]);
        assert!(ran.code == 0 && ran.stdout.contains("PUNDIT_COMPLETE"), "{ran:?}");
    }
    sandbox.run(&["save", "fuel", "oil"]);
    let offered = |words: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_pundit"))
            .args(["--", "pundit"])
            .args(words)
            .current_dir(sandbox.path())
            .env_clear()
            .env("PUNDIT_COMPLETE", "fish")
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(offered(&["sea"]).starts_with("search"), "{}", offered(&["sea"]));
    assert!(offered(&["search", "--actor", "kim-jong-u"]).contains("kim-jong-un"));
    assert!(offered(&["search", "@kim-jong-u"]).contains("@kim-jong-un"));
    assert!(offered(&["run", "f"]).contains("fuel"));
    // Whom the user has added, and whom the index mentions though no roster lists them.
    sandbox.run(&["actors", "add", "Quentin Quillfeather", "--kind", "person"]);
    sandbox.write("a/q.md", "Jenny Quillfeather, a senior fellow at the Harbour Institute, left. Ms Quillfeather said no.\n");
    sandbox.run(&["index", "a"]);
    assert!(offered(&["search", "@quentin"]).contains("@quentin-quillfeather"));
    assert!(offered(&["search", "@jenny"]).contains("@jenny-quillfeather"), "{}", offered(&["search", "@jenny"]));
}

#[test]
fn manual_pages_and_installing() {
    let sandbox = Sandbox::new();
    let page = sandbox.run(&["man"]).stdout;
    assert!(page.contains(".TH pundit 1") && page.contains("search"), "{page}");
    let ran = sandbox.run(&["install", "--prefix", "prefix"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for path in [
        "bin/pundit",
        "share/man/man1/pundit.1",
        "share/man/man1/pundit-search.1",
        "share/man/man1/pundit-actors-add.1",
        "share/bash-completion/completions/pundit",
        "share/zsh/site-functions/_pundit",
    ] {
        assert!(sandbox.path().join("prefix").join(path).is_file(), "{path}");
    }
    let output = Command::new(sandbox.path().join("prefix/bin/pundit")).arg("--version").output().unwrap();
    assert!(output.status.success());
}

#[test]
fn editors_get_every_match_with_its_place() {
    let text =
        "Some words of the coal trade, which go on and on, to make this a line that is long enough.\nThe second has oil.\n\nOr gas.\n";
    let sandbox = Sandbox::with(&[("t.txt", text)]);
    sandbox.index();
    assert_eq!(sandbox.run(&["search", "oil OR gas", "--vimgrep"]).stdout, "t.txt:2:16:The second has oil.\nt.txt:4:4:Or gas.\n");
    // Columns are those of bytes, also where a passage begins in the middle of a line.
    let line = format!("{}能源与石油。\n又谈石油。\n", "本报讯，各国代表昨日开会讨论国际能源市场的走势。".repeat(30));
    sandbox.write("zh.txt", &line);
    sandbox.index();
    let found = sandbox.run(&["search", "石油", "--vimgrep", "--sort", "date"]).stdout;
    let places: Vec<Vec<&str>> = found.lines().map(|line| line.split(':').take(3).collect()).collect();
    let column = (line.find("石油").unwrap() + 1).to_string();
    assert_eq!(places, [["zh.txt", "1", column.as_str()], ["zh.txt", "2", "7"]]);
}

#[test]
fn a_wrong_command_is_answered_with_a_right_one() {
    for (wrong, right) in
        [("serach", "'search'"), ("statsu", "a similar subcommand exists: 'status'"), ("grep", "'search'"), ("ls", "'status'")]
    {
        let ran = Sandbox::new().run(&[wrong, "oil"]);
        assert!(ran.code == 2 && ran.stderr.contains(right), "{ran:?}");
    }
    let ran = Sandbox::new().run(&["search", "oil", "--fromat", "json"]);
    assert!(ran.code == 2 && ran.stderr.contains("'--format'"), "{ran:?}");
}

/// The commands that a help text lists.
fn commands(help: &str) -> Vec<String> {
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let name = |line: &str| {
        line.strip_prefix("  ").filter(|line| !line.starts_with(' ')).map(|line| line.split([' ', ',']).next().unwrap().to_owned())
    };
    listed.filter_map(name).collect()
}

#[test]
fn every_command_has_help_with_examples() {
    let sandbox = Sandbox::new();
    let help = sandbox.run(&["--help"]).stdout;
    assert_eq!(sandbox.run(&["help"]).stdout, help);
    assert_eq!(sandbox.run(&["help", "count"]).stdout, sandbox.run(&["count", "--help"]).stdout);
    let mut all: Vec<Vec<String>> = commands(&help).into_iter().map(|name| vec![name]).collect();
    all.extend(commands(&sandbox.run(&["actors", "--help"]).stdout).into_iter().map(|name| vec!["actors".to_owned(), name]));
    assert!(all.len() > 30, "{all:?}");
    for command in all {
        let help = sandbox.run(&[command.clone(), vec!["--help".to_owned()]].concat()).stdout;
        let examples = help.split_once("\nExamples:\n").unwrap_or_else(|| panic!("{command:?} has no examples")).1;
        // Each example is of this command, and known as such.
        let own = command.join(" ");
        assert!(examples.lines().any(|line| line.contains(&own)), "{command:?}: {examples}");
    }
}

#[test]
fn colours_can_be_refused() {
    let sandbox = sandbox();
    assert!(!sandbox.run(&["search", "oil", "--color", "never"]).stdout.contains('\u{1B}'));
    assert!(sandbox.run(&["search", "oil", "--color", "always"]).stdout.contains('\u{1B}'));
}

#[test]
fn a_folder_that_another_process_writes_to_is_answered_from_as_it_is() {
    let sandbox = Sandbox::with(&[("a/x.md", "Coal and oil.\n")]);
    assert_eq!(sandbox.run(&["search", "--in", "a", "oil", "-l"]).stdout, "x.md\n");
    sandbox.write("a/y.md", "More oil.\n");
    let lock = std::fs::File::options()
        .write(true)
        .create(true)
        .truncate(false)
        .open(sandbox.path().join("a/.pundit/index/.tantivy-writer.lock"))
        .unwrap();
    lock.try_lock().unwrap();
    let ran = sandbox.run(&["search", "--in", "a", "oil", "-l"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, "x.md\n"), "{ran:?}");
    assert!(ran.stderr.contains("another pundit is writing") && ran.stderr.contains("reading the index as it is"), "{ran:?}");
    assert_eq!(sandbox.run(&["search", "--in", "a", "oil", "-l", "--fail-stale"]).code, 3);
    sandbox.write("q.txt", "oil\n");
    assert_eq!(sandbox.run(&["batch", "--in", "a", "q.txt"]).code, 0);
    // Programs that other tests start may hold the file for a moment, too.
    lock.unlock().unwrap();
    assert_eq!(sandbox.run(&["search", "--in", "a", "oil", "-c"]).stdout, "2\n");
}

#[test]
fn the_folder_of_an_index_is_known_as_it_is_printed() {
    let sandbox = sandbox();
    let status = sandbox.run(&["status"]).stdout;
    let printed = status.lines().next().unwrap().split('\t').nth(1).unwrap();
    assert!(printed.ends_with(".pundit/index"), "{status}");
    let elsewhere = sandbox.path().join("a");
    let run = |variable: &str, args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pundit"));
        let ran = command.args(args).current_dir(&elsewhere).env_clear().env("PUNDIT_INDEX", variable).output().unwrap();
        (ran.status.code(), String::from_utf8(ran.stdout).unwrap())
    };
    for args in [&["search", "oil", "-l", "--index", printed][..], &["search", "oil", "-l"]] {
        assert_eq!(run("", args), (Some(0), "x.md\n".to_owned()), "{args:?}");
        assert_eq!(run(printed, args), (Some(0), "x.md\n".to_owned()), "{args:?}");
    }
}

#[test]
fn ids_are_found_as_they_are_shown_whatever_the_folders_are_called() {
    let sandbox = Sandbox::with(&[("x/newspapers/a.txt", "Gamma a."), ("y/newspapers/b.txt", "Gamma b."), ("y/papers/c.txt", "Gamma c.")]);
    for root in ["x/newspapers", "y/newspapers", "y/papers"] {
        assert_eq!(sandbox.run(&["index", root]).code, 0);
    }
    let ids = sandbox.run(&["search", "gamma", "-l"]).stdout;
    assert_eq!(ids.lines().count(), 3, "{ids}");
    for id in ids.lines() {
        for args in [&["show", id][..], &["why", "gamma", id], &["cite", id]] {
            assert_eq!(sandbox.run(args).code, 0, "{args:?}");
        }
    }
}
