use super::harness::Sandbox;

#[test]
fn editors_get_places_that_there_are() {
    let filler = "Much was said of the weather and of the harvest, and little of anything else on that day. ".repeat(8);
    let sandbox = Sandbox::with(&[
        ("r.jsonl", "{\"text\":\"No.\"}\n{\"text\":\"One line.\\n\\nTwo of oil.\\nThree of oil.\"}\n"),
        ("page.html", &format!("<html><body><article><p>{filler}</p>\n<p>{filler} oil.</p></article></body></html>")),
        ("m.md", "---\ntitle: T\n---\n\nA word of **oil** and\nthen [more oil](https://x.example/).\n\n\n\nThe last of oil.\n"),
        ("t.txt", "Some words go on and on, as they do.\nAnd oil.\n"),
    ]);
    sandbox.index();
    let places = |query: &[&str]| {
        let ran = sandbox.run(&[&["search", "oil", "--vimgrep", "--all", "--per-piece", "9"], query].concat());
        let mut places: Vec<String> = ran.stdout.lines().map(|line| line.splitn(4, ':').take(3).collect::<Vec<_>>().join(":")).collect();
        places.sort();
        places
    };
    let expected = ["m.md:10:13", "m.md:5:13", "m.md:6:12", "page.html:1:1", "r.jsonl:2:1", "r.jsonl:2:1", "t.txt:2:5"];
    assert_eq!(places(&[]), expected);
    // What has changed since is not looked for.
    sandbox.write("t.txt", "Nothing of it.\n");
    assert_eq!(places(&["path:t"]), ["t.txt:1:1"]);
}

#[test]
fn names_keep_their_white_space() {
    let name = "a  b\u{3000}c\u{A0}d.md";
    let sandbox = Sandbox::with(&[(name, "Coal  and\u{3000}oil.\n"), ("q.csv", "id,query\nq  1,coal\n")]);
    sandbox.index();
    let line = format!("{name}\n");
    assert_eq!(sandbox.run(&["search", "coal", "-l"]).stdout, line);
    assert_eq!(sandbox.run(&["search", "coal", "--fields", "path"]).stdout, line);
    assert_eq!(sandbox.run(&["search", "coal", "--fields", "piece,text"]).stdout, format!("{name}\tCoal and oil.\n"));
    assert_eq!(sandbox.run(&["batch", "q.csv", "--fields", "qid,path"]).stdout, format!("q  1\t{name}\n"));
    assert!(sandbox.run(&["search", "coal", "--vimgrep"]).stdout.starts_with(&format!("{name}:1:1:")));
    assert!(sandbox.run(&["search", "coal", "-f", "md"]).stdout.contains(name));
    assert!(sandbox.run(&["search", "coal", "--fields", "path", "-f", "md"]).stdout.contains(&format!("| {name} |")));
    let ids = sandbox.run(&["search", "coal", "--fields", "piece"]).stdout;
    assert_eq!(sandbox.run_with(&["cite", "-", "--fields", "piece"], &ids).stdout, ids);
    // For programs a path is as it is, whatever it holds, but makes no cell or line of its own among others.
    #[cfg(unix)]
    {
        sandbox.write("x\t\u{1B}y.md", "Gas.\n");
        sandbox.index();
        assert_eq!(sandbox.run(&["search", "gas", "--fields", "path", "-0"]).stdout, "x\t\u{1B}y.md\0");
        assert_eq!(sandbox.run(&["search", "gas", "--fields", "path,lang"]).stdout, "x �y.md\ten\n");
    }
}

#[test]
fn of_reprints_the_one_that_is_meant_is_told() {
    let piece = |source: &str| format!("---\ntitle: Coal\nsource: {source}\ndate: 2024-01-24\n---\n\nCoal is over, they said.\n");
    let sandbox = Sandbox::with(&[("a.md", &piece("Outlet A")), ("b.md", &piece("Outlet B"))]);
    sandbox.index();
    let search = |field: &str| sandbox.run(&["search", "coal", "--source", "Outlet B", "--fields", field]).stdout;
    let cite = |names: &str, style: &str| sandbox.run_with(&["cite", "-", "--style", style], names);
    let ran = cite(&search("id"), "chicago");
    assert!(ran.stderr.contains("is cited from a.md; also in b.md; to choose, cite by path"), "{ran:?}");
    let ran = cite(&search("piece"), "chicago");
    assert!(ran.stdout.contains("Outlet B") && ran.stderr.is_empty(), "{ran:?}");
    // Why it matches is asked of each.
    let ran = sandbox.run(&["why", "coal source:\"Outlet B\"", search("id").trim_end()]);
    assert!(ran.code == 0 && ran.stderr.contains("b.md matches") && ran.stderr.contains("also in a.md"), "{ran:?}");
    assert_eq!(sandbox.run(&["why", "coal source:\"Outlet B\"", "a.md"]).code, 1);
    // Each has a key of its own, the same each time.
    let keys =
        |names: &str| cite(names, "bibtex").stdout.lines().filter(|line| line.starts_with('@')).map(str::to_owned).collect::<Vec<_>>();
    let both = keys("a.md\n \n  b.md\r\n");
    assert!(both.len() == 2 && both[0] != both[1] && both[1] == keys("b.md")[0], "{both:?}");
    let styled = sandbox.run(&["cite", "a.md", "--style", "csl-json", "--fields", "style,citation"]).stdout;
    assert!(styled.starts_with("csl-json\t{\""), "{styled}");
}

#[test]
fn a_passage_is_shown_with_as_much_around_it_in_every_form() {
    let paragraph = |word: &str| format!("{word} began it. {}They left.", "Much was said of the weather and of the harvest. ".repeat(14));
    let text = ["One", "Two", "Three", "Four", "Five"].map(paragraph).join("\n\n");
    let sandbox = Sandbox::with(&[("a.txt", &text)]);
    sandbox.index();
    let id = sandbox.run(&["search", "three", "--fields", "id"]).stdout.trim_end().to_owned();
    let count = |around: &str| {
        let json = sandbox.run(&["show", &id, "-C", around, "-f", "jsonl"]).json_lines();
        let table = sandbox.run(&["show", &id, "-C", around, "-f", "tsv"]).stdout.lines().count() - 1;
        assert_eq!((json.len(), json.iter().filter(|passage| passage["asked"] == true).count()), (table, 1));
        table
    };
    let all = sandbox.run(&["show", "a.txt", "-f", "jsonl"]).json_lines().len();
    assert_eq!(["0", "1", "1s", "18446744073709551614"].map(count), [1, 3, 1, all]);
    let one = &sandbox.run(&["show", &id, "-C", "1s", "-f", "jsonl"]).json_lines()[0];
    assert!(!one["context"]["before"].as_str().unwrap().trim().is_empty(), "{one}");
    let cell = |field: &str| sandbox.run(&["show", &id, "-C", "1s", "--fields", field]).stdout.trim_end().to_owned();
    assert!(cell("context").contains(&cell("text")) && cell("context").len() > cell("text").len(), "{}", cell("context"));
}

#[test]
fn an_object_is_a_line_for_every_program() {
    let sandbox = Sandbox::with(&[("a.jsonl", "{\"id\":\"a\u{2028}b\",\"text\":\"Coal\u{2028}and\u{2029}Kim Jong Un\u{85}left.\"}\n")]);
    sandbox.index();
    for args in [
        &["search", "coal", "-f", "jsonl"][..],
        &["search", "coal\u{2028}", "-f", "json"],
        &["search", "coal", "-f", "jsonl", "--fields", "text"],
        &["show", "a\u{2028}b", "-f", "jsonl"],
        &["tag", "a.jsonl"],
        &["cite", "a\u{2028}b", "--style", "csl-json"],
    ] {
        let ran = sandbox.run(args);
        assert!(ran.code == 0 && !ran.stdout.contains(['\u{85}', '\u{2028}', '\u{2029}']), "{args:?}: {ran:?}");
    }
}

#[test]
fn what_says_nothing_is_refused() {
    let sandbox = Sandbox::with(&[("a.md", "Coal.\n"), ("q.txt", "coal\n")]);
    sandbox.index();
    for args in [
        &["run", "x", "-opinion"][..],
        &["similar", "a.md", "-opinion"],
        &["batch", "q.txt", "-opinion"],
        &["show", "a.md", "-opinion"],
        &["cite", "a.md", "-opinion"],
        &["verify", "a.md", "-opinion"],
    ] {
        let ran = sandbox.run(args);
        assert!(ran.code == 2 && ran.stderr.contains("-opinion is read as a flag\nhint: "), "{args:?}: {ran:?}");
        assert!(!sandbox.path().join("pinion").exists(), "{args:?}");
    }
    assert_eq!(sandbox.run(&["show", "a.md", "-oout.txt"]).code, 0);
    let told = |args: &[&str]| {
        let ran = sandbox.run(args);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{args:?}");
        ran.stderr
    };
    assert!(told(&["search", "coal", "--fields", "id,text,id", "-f", "json"]).contains("\"id\" is named twice"));
    assert!(told(&["eval", "-k", "0", "q.txt", "q.txt"]).contains("write 1 or more"));
    assert!(!told(&["nosuch"]).contains("similar"));
}
