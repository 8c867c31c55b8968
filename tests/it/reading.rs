use super::formats::zip;
use super::harness::Sandbox;

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::with(&[
        (
            "kim.md",
            "---\ntitle: Munitions and words\nauthors: [Jane Example]\nsource: The Outlet\ndate: 2022-01-24\nurl: https://outlet.example/kim\n---\n\nThe first sentence is here. Kim Jong Un promised munitions to Russia. “We will not stop,” he said, and left.\n",
        ),
        (
            "words.md",
            "---\ntitle: Words\nauthors: [Jane Example, 李四]\nsource: 远望评论\ndate: 2024\n---\n\nMunitions are no words. 双方同意继续会谈，外交部发言人说。\n",
        ),
        ("undated.txt", "No munitions, says Russia.\n"),
    ]);
    sandbox.index();
    sandbox
}

#[test]
fn numbers_by_what_pieces_are() {
    let sandbox = sandbox();
    let count = |by: &str| sandbox.run(&["count", "munitions", "--by", by]).stdout;
    assert_eq!(sandbox.run(&["count", "munitions"]).stdout, "3\t3\n");
    assert_eq!(count("year"), "2022\t1\t1\n2023\t0\t0\n2024\t1\t1\n\t1\t1\n");
    assert_eq!(count("author"), "Jane Example\t2\t2\n\t1\t1\n李四\t1\t1\n");
    assert_eq!(count("source"), "\t1\t1\nThe Outlet\t1\t1\n远望评论\t1\t1\n");
    assert_eq!(count("actor"), "russia\t2\t2\nkim-jong-un\t1\t1\n");
    assert_eq!(
        sandbox.run(&["count", "munitions", "--by", "author", "-n", "1", "-f", "csv"]).stdout,
        "author,pieces,passages\nJane Example,2,2\n"
    );
    let chart = sandbox.run(&["count", "munitions", "--by", "author", "--color", "always"]).stdout;
    assert!(chart.contains("Jane Example") && chart.contains('█') && chart.contains("(unknown)"), "{chart}");
    assert_eq!(sandbox.run(&["count", "unobtainium"]).code, 1);
}

#[test]
fn the_first_lines_of_a_concordance_are_the_first_of_all() {
    let sandbox = sandbox();
    // A hit by its title alone has no line.
    sandbox.write("titled.md", "---\ntitle: Munitions, munitions and munitions\n---\n\nNothing else was said.\n");
    sandbox.index();
    for query in ["munitions", "munitions OR title:munitions", "title:munitions"] {
        let lines = |args: &[&str]| sandbox.run(&[&["kwic", query], args].concat()).stdout;
        let all: Vec<String> = lines(&[]).split_inclusive('\n').map(ToOwned::to_owned).collect();
        for (first, most) in [(0, 1), (0, 2), (1, 1), (1, 2), (2, 5), (0, 9), (4, 1)] {
            let (offset, limit) = (first.to_string(), most.to_string());
            let expected: String = all.iter().skip(first).take(most).map(String::as_str).collect();
            assert_eq!(lines(&["--offset", &offset, "-n", &limit]), expected, "{query} {first} {most}");
        }
        let none = sandbox.run(&["kwic", query, "-n", "0"]);
        assert_eq!((none.stdout.as_str(), none.code), ("", i32::from(all.is_empty())), "{query}");
        // Where it is told how many there are, all are counted.
        let whole: serde_json::Value = serde_json::from_str(&lines(&["-n", "1", "-f", "json"])).unwrap();
        assert_eq!(whole["found"], all.len(), "{query}");
        assert_eq!(lines(&["-n", "1", "-c"]), format!("{}\n", all.len()), "{query}");
    }
}

#[test]
fn a_concordance_has_its_words_around_matches() {
    let sandbox = sandbox();
    let run = |more: &[&str]| sandbox.run(&[&["kwic", "munitions", "-C", "2w", "--fields", "left,match,right"], more].concat()).stdout;
    let mut lines: Vec<String> = run(&[]).lines().map(ToOwned::to_owned).collect();
    lines.sort();
    assert_eq!(lines, ["\tMunitions\t are no", "No \tmunitions\t, says Russia.", "Un promised \tmunitions\t to Russia."]);
    assert_eq!(
        run(&["--by", "left"]).lines().map(|line| line.split('\t').next().unwrap().trim().to_owned()).collect::<Vec<_>>(),
        ["", "No", "Un promised"]
    );
    assert_eq!(run(&["--by", "right"]).lines().next().unwrap().trim(), "Munitions\t are no");
    let sample = run(&["--sample", "2", "--seed", "5"]);
    assert_eq!((sample.lines().count(), &sample), (2, &run(&["--sample", "2", "--seed", "5"])));
    let others: std::collections::BTreeSet<String> = (0..20).map(|seed| run(&["--sample", "1", "--seed", &seed.to_string()])).collect();
    assert!(others.len() > 1, "every seed chooses the same");
    let laid_out = sandbox.run(&["kwic", "munitions", "--color", "always"]).stdout;
    let places: Vec<usize> = laid_out.lines().map(|line| line.split('\u{1B}').next().unwrap().chars().count()).collect();
    assert!(places.len() == 3 && places.iter().all(|place| *place == places[0]), "matches stand below each other: {laid_out}");
    assert_eq!(sandbox.run(&["kwic", "unobtainium"]).code, 1);
    assert_eq!(run(&["--by", "left", "--offset", "1"]), run(&["--by", "left"]).split_inclusive('\n').skip(1).collect::<String>());
}

#[test]
fn what_is_told_and_how_a_command_ends_is_alike_wherever_a_query_is_answered() {
    let sandbox = sandbox();
    for (command, query) in [("search", "munitions"), ("kwic", "munitions"), ("count", "munitions"), ("similar", "undated.txt")] {
        let run = |args: &[&str]| sandbox.run(&[&[command, query], args].concat());
        let quiet = run(&["-q"]);
        assert_eq!((quiet.code, quiet.stdout.as_str(), quiet.stderr.as_str()), (0, "", ""), "{command}");
        let told = run(&["-q", "--explain", "--coverage"]).stderr;
        assert!(told.starts_with("understood as: ") && told.contains("munitions"), "{command}: {told}");
        assert!(told.contains("searched: 3 pieces (en 2, zh 1)") && told.contains("  3 pieces have munitions"), "{command}: {told}");
        let nothing = |args: &[&str]| run(&[&["--since", "1990", "--until", "1991", "-q"], args].concat()).code;
        assert_eq!((nothing(&[]), nothing(&["--zero-ok"])), (1, 0), "{command}");
    }
    assert_eq!(sandbox.run(&["kwic", "munitions OR words", "-c"]).stdout, "4\n");
    assert_eq!(sandbox.run(&["kwic", "munitions OR words", "-l", "--by", "left"]).stdout.lines().count(), 3);
    // The piece itself is no hit, and does not count.
    assert_eq!(sandbox.run(&["similar", "undated.txt", "-c"]).stdout, "2\n");
    assert_eq!(sandbox.run(&["similar", "undated.txt", "-l"]).stdout, "kim.md\nwords.md\n");
}

#[test]
fn what_stands_around_passages() {
    let sandbox = Sandbox::with(&[(
        "long.md",
        &format!("{}\n\nThe keystone is here.\n\n{}\n", "Before it all, words. ".repeat(60), "After it all, words. ".repeat(60)),
    )]);
    sandbox.index();
    let hit = sandbox.hits(&["keystone", "-C", "1s"]).remove(0);
    let text = hit["passage"]["text"].as_str().unwrap();
    let (before, after) = (hit["context"]["before"].as_str().unwrap(), hit["context"]["after"].as_str().unwrap());
    assert!(text.contains("keystone"), "{hit}");
    assert!(before.trim().is_empty() || before.trim() == "Before it all, words.", "{before}");
    assert_eq!(after.trim(), "After it all, words.");
    assert!(sandbox.hits(&["keystone"])[0].get("context").is_none());
    let id = hit["id"].as_str().unwrap();
    let shown = sandbox.run(&["show", id, "-C", "3w"]).stdout;
    let line = shown.lines().find(|line| line.starts_with('▶')).unwrap();
    assert!(line.starts_with("▶ it all, words. ") && line.ends_with("words. After it all,"), "{shown}");
    assert_eq!(sandbox.run(&["search", "keystone", "-C", "x"]).code, 2);
}

#[test]
fn sources_are_cited() {
    let sandbox = sandbox();
    let id = sandbox.hits(&["promised"])[0]["id"].as_str().unwrap().to_owned();
    let cite = |style: &str| sandbox.run(&["cite", &id, "kim.md", "--style", style]).stdout;
    assert_eq!(cite("chicago"), "Jane Example, “Munitions and words,” The Outlet, January 24, 2022, https://outlet.example/kim.\n");
    assert_eq!(cite("apa"), "Example, J. (2022, January 24). Munitions and words. The Outlet. https://outlet.example/kim\n");
    assert!(cite("bibtex").starts_with("@article{example-2022-") && cite("bibtex").ends_with("}\n\n"));
    let items: serde_json::Value = serde_json::from_str(&cite("csl-json")).unwrap();
    assert_eq!((items.as_array().unwrap().len(), items[0]["issued"]["date-parts"][0][1].as_u64()), (1, Some(1)));
    let ran = sandbox.run_with(&["cite", "-", "--style", "gbt7714", "--accessed", "2025-02-01"], "words.md\nkim.md\n");
    assert_eq!(
        ran.stdout,
        "EXAMPLE J, 李四. Words[N]. 远望评论, 2024[2025-02-01].\nEXAMPLE J. Munitions and words[N/OL]. The Outlet, 2022-01-24[2025-02-01]. https://outlet.example/kim.\n"
    );
    assert_eq!(sandbox.run(&["cite", "nobody"]).code, 2);
    for none in ["yesterday", "2025-02-30", "2025"] {
        let ran = sandbox.run(&["cite", "kim.md", "--accessed", none]);
        assert!(ran.code == 2 && ran.stderr.contains("--accessed") && ran.stderr.contains("write 2024-03-15"), "{none}: {ran:?}");
    }
}

#[test]
fn quotations_are_looked_up() {
    let sandbox = sandbox();
    sandbox.write(
        "draft/draft.md",
        "Kim “promised munitions to Russia” and said \"We will not stop\".\n\n> The first sentence is here ... we will not stop\n\nHe “promised weapons to Russia” or 「双方同意继续会谈」, not 「双方拒绝继续会谈」; so “Munitions and words” had it.\n“This stands nowhere in the corpus at all.”\n",
    );
    let ran = sandbox.run(&["verify", "draft/draft.md"]);
    let told: Vec<Vec<&str>> = ran.stdout.lines().map(|line| line.split('\t').collect()).collect();
    let verdicts: Vec<String> =
        told.iter().map(|cells| format!("{} {} {}", cells[0].strip_prefix("draft/draft.md:").unwrap(), cells[1], cells[3])).collect();
    assert_eq!(
        verdicts,
        [
            "1:6 verbatim promised munitions to Russia",
            "1:46 verbatim We will not stop",
            "3:3 verbatim The first sentence is here ... we will not stop",
            "5:5 altered promised [-munitions-]{+weapons+} to Russia".replace("]{", "] {").as_str(),
            "5:37 verbatim 双方同意继续会谈",
            "5:53 altered 双方[-同意-]{+拒绝+}继续会谈",
            "5:68 verbatim Munitions and words",
            "6:2 absent This stands nowhere in the corpus at all.",
        ]
    );
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.ends_with("8 quotations: 5 verbatim, 2 altered, 1 absent; 0 too short to check\n"), "{ran:?}");
    // The passage is the one that is quoted.
    assert!(sandbox.run(&["show", told[0][2]]).stdout.contains("▶ The first sentence is here."));
    sandbox.write("good.txt", "She called it “no words”, and “munitions are no words”.");
    let ran = sandbox.run(&["verify", "good.txt"]);
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, 1), "{ran:?}");
    // Paragraphs of Word are set off by their style, whatever its id is called.
    let styles = "<w:styles><w:style w:styleId=\"Zitat\"><w:name w:val=\"Quote\"/></w:style><w:style w:styleId=\"b\"><w:name w:val=\"Body\"/></w:style></w:styles>";
    let paragraph =
        |style: &str, text: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>");
    let body = [
        paragraph("b", "He promised “munitions to Russia” and nothing else."),
        paragraph("Zitat", "The first sentence is here"),
        paragraph("Zitat", "The first sentence is nowhere at all"),
        paragraph("b", "No quotation is this."),
    ];
    let document = format!("<w:document><w:body>{}</w:body></w:document>", body.concat());
    sandbox.write("draft.docx", zip(&[("word/styles.xml", styles.as_bytes()), ("word/document.xml", document.as_bytes())]));
    let ran = sandbox.run(&["verify", "draft.docx", "--fields", "line,verdict,quotation"]);
    let told: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(told.len(), 3, "{ran:?}");
    assert_eq!(told[..2], ["1\tverbatim\tmunitions to Russia", "3\tverbatim\tThe first sentence is here"]);
    assert!(told[2].starts_with("5\t") && !told[2].contains("verbatim"), "{told:?}");
    // What people said is no query: signs in it ask for nobody, and no quotation is too long to be looked for.
    let long = "munitions".repeat(9_000);
    sandbox.write(
        "signs.md",
        format!("“We asked @whitehouse about =war* and they said no more”\n\n“{long} {long} are not words at all”\n\n“promised munitions to Russia”\n"),
    );
    let ran = sandbox.run(&["verify", "signs.md", "--fields", "line,verdict"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, "1\tabsent\n3\tabsent\n5\tverbatim\n"), "{ran:?}");
    let page = sandbox.run(&["verify", "draft/draft.md", "-f", "html"]).stdout;
    assert!(page.contains("<del> munitions</del><ins> weapons</ins>"), "{page}");
}

#[test]
fn a_slip_in_the_front_matter_costs_neither_title_nor_date() {
    let sandbox = Sandbox::with(&[
        ("a.md", "---\ntitle: China: the next step\ndate: 2024-05-05\nauthor: Ann Lee\ntags: [oil, war]\n---\nwombat\n"),
        ("talk.md", "---\nSmith: Well: the wombat.\nJones: No.\n---\nThat was all.\n"),
    ]);
    sandbox.index();
    let hits = sandbox.hits(&["wombat tag:war"]);
    let piece = &hits[0]["piece"];
    assert_eq!(
        (&piece["title"], &piece["date"], &piece["authors"][0]),
        (&"China: the next step".into(), &"2024-05-05".into(), &"Ann Lee".into())
    );
    assert_eq!((&hits[0]["passage"]["text"], &hits[0]["passage"]["line"]), (&"wombat".into(), &7.into()));
    assert_eq!(sandbox.pieces(&["wombat", "--sort", "date"]), ["a.md", "talk.md"]);
}

#[test]
fn a_concordance_has_as_many_lines_of_a_piece_as_are_wanted() {
    let sandbox = Sandbox::with(&[("a.txt", "Oil, oil and oil."), ("b.txt", "Oil and oil again.")]);
    sandbox.index();
    let lines = |args: &[&str]| sandbox.run(&[&["kwic", "oil", "-c"], args].concat()).stdout;
    assert_eq!((lines(&[]).as_str(), lines(&["--per-piece", "2"]).as_str(), lines(&["--per-piece", "1"]).as_str()), ("5\n", "4\n", "2\n"));
    let ran = sandbox.run(&["kwic", "oil", "--per-piece", "0"]);
    assert!(ran.code == 2 && ran.stderr.contains("write 1 or more"), "{ran:?}");
}

#[test]
fn all_files_are_listed_unless_a_number_is_given() {
    let sandbox = Sandbox::new();
    for number in 0..14 {
        sandbox.write(&format!("{number}.txt"), format!("Oil came in ship {number}."));
    }
    sandbox.index();
    for command in ["search", "kwic"] {
        let files = |args: &[&str]| sandbox.run(&[&[command, "oil", "-l"], args].concat()).stdout.lines().count();
        assert_eq!((files(&[]), files(&["-n", "3"])), (14, 3), "{command}");
    }
    // The ranks of a run go on where what was passed over ends.
    let ran = sandbox.run(&["search", "oil", "-f", "trec", "--offset", "12"]);
    assert_eq!(ran.stdout.lines().map(|line| line.split('\t').nth(3).unwrap()).collect::<Vec<_>>(), ["13", "14"]);
}

#[test]
fn paths_with_a_number_sign_are_names() {
    let sandbox = Sandbox::with(&[
        ("#notes.md", "Notes on oil."),
        ("##.md", "More on oil."),
        ("a#b/c#2.md", "Oil and gas."),
        ("r.jsonl", "{\"text\":\"Oil one.\"}\n{\"text\":\"Oil two.\"}\n"),
    ]);
    sandbox.index();
    let mut pieces = sandbox.pieces(&["oil"]);
    pieces.sort();
    assert_eq!(pieces, ["##.md", "#notes.md", "a#b/c#2.md", "r.jsonl#1", "r.jsonl#2"]);
    for piece in pieces {
        let ran = sandbox.run(&["show", &piece, "-f", "jsonl"]);
        assert!(ran.code == 0 && ran.json_lines()[0]["piece"]["id"] == piece.as_str(), "{ran:?}");
    }
}
