use super::harness::{Sandbox, slice};

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::with(&[(
        "kim.md",
        "---\ntitle: Munitions and words\nauthors: [Jane Example]\nsource: The Outlet\ndate: 2024-01-24\nurl: https://outlet.example/kim\n---\n\n🚀 Kim Jong Un promised munitions. Mr. Kim left Congo.\n",
    )]);
    sandbox.index();
    sandbox
}

#[test]
fn json_lines_are_as_contracted() {
    let hit = sandbox().hits(&["munitions"]).remove(0);
    let keys = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&hit), ["copies", "id", "matches", "mentions", "passage", "piece", "qid", "rank", "schema", "score", "title_matches"]);
    assert_eq!(keys(&hit["piece"]), ["authors", "date", "digest", "id", "lang", "path", "source", "stale", "title", "url"]);
    assert_eq!(keys(&hit["passage"]), ["end", "lang", "line", "page", "start", "text"]);
    assert_eq!((&hit["schema"], &hit["qid"], &hit["rank"]), (&1.into(), &serde_json::Value::Null, &1.into()));
    let text = hit["passage"]["text"].as_str().unwrap();
    let id = hit["id"].as_str().unwrap();
    let digest = hit["piece"]["digest"].as_str().unwrap();
    assert_eq!(id, format!("{}:{}-{}", &digest[..12], hit["passage"]["start"], hit["passage"]["end"]));
    assert_eq!((hit["passage"]["start"].as_u64(), hit["passage"]["line"].as_u64()), (Some(0), Some(9)));
    // Offsets count code points: the rocket is one.
    let found = &hit["matches"][0];
    assert_eq!((slice(text, &found["start"], &found["end"]).as_str(), found["clause"].as_str()), ("munitions", Some("munitions")));
    assert_eq!(hit["title_matches"][0]["start"], 0);
    let mentions = hit["mentions"].as_array().unwrap();
    for mention in mentions {
        assert_eq!(slice(text, &mention["start"], &mention["end"]), mention["text"].as_str().unwrap());
        assert!(mention["name"].is_string() && mention["kind"].is_string());
    }
    let decided = &mentions[1];
    assert_eq!(
        (
            decided["text"].as_str(),
            decided["actor"].as_str(),
            decided["rule"].as_str(),
            decided["of"].as_str(),
            decided["name"].as_str(),
            decided["listed"].as_bool()
        ),
        (Some("Kim"), Some("kim-jong-un"), Some("short-name"), Some("Kim Jong Un"), Some("Kim Jong Un"), Some(true))
    );
    assert!(decided.get("candidates").is_none());
}

#[test]
fn a_number_is_the_same_in_every_form() {
    let sandbox = sandbox();
    let line = sandbox.run(&["search", "munitions", "-f", "jsonl"]).stdout;
    let score = line.split("\"score\":").nth(1).unwrap().split(',').next().unwrap();
    let fields = sandbox.run(&["search", "munitions", "-f", "jsonl", "--fields", "score"]).stdout;
    assert_eq!(fields, format!("{{\"schema\":1,\"score\":{score}}}\n"));
    for form in ["csv", "tsv"] {
        assert_eq!(sandbox.run(&["search", "munitions", "-f", form, "--fields", "score"]).stdout, format!("score\n{score}\n"));
    }
}

#[test]
fn what_stands_around_a_passage_is_a_column_where_it_is_asked_for() {
    let filler = "Much was said of the weather and of the harvest, and little of anything else on that day. ".repeat(12);
    let sandbox = Sandbox::with(&[
        ("a.txt", &format!("{filler}\n\nIt rained. Munitions came.\n\n{filler}")),
        ("q.csv", "query,note\nrained,x\ntin,y\n"),
    ]);
    sandbox.index();
    let table = |args: &[&str]| {
        let stdout = sandbox.run(args).stdout;
        let mut reader = csv::Reader::from_reader(stdout.as_bytes());
        let mut rows = vec![reader.headers().unwrap().clone()];
        rows.extend(reader.records().map(Result::unwrap));
        rows
    };
    assert!(!table(&["search", "rained", "-f", "csv"])[0].iter().any(|name| name == "context"));
    let rows = table(&["search", "rained", "-f", "csv", "-C", "1s"]);
    let (text, context) = (rows[1].get(13).unwrap(), rows[1].get(20).unwrap());
    assert_eq!((rows[0].get(20), rows[0].len()), (Some("context"), 21));
    assert!(context.contains(text) && context.len() > text.len(), "{context}");
    let chosen = sandbox.run(&["search", "rained", "-C", "1s", "-f", "jsonl", "--fields", "context"]).json_lines();
    assert_eq!(chosen[0]["context"].as_str(), Some(context));
    assert_eq!(table(&["search", "tin", "-f", "csv", "-C", "1s"])[0].len(), 21);
    let rows = table(&["batch", "q.csv", "-f", "csv", "-C", "1s"]);
    assert_eq!(
        rows.iter().map(|row| (row.len(), row.get(26).unwrap(), row.get(27).unwrap())).collect::<Vec<_>>(),
        [(28, "context", "in_note"), (28, context, "x"), (28, "", "y"),]
    );
    // Who does not ask for it has no such column.
    assert_eq!(sandbox.run(&["search", "rained", "--fields", "context"]).code, 2);
}

#[test]
fn a_passage_of_a_mixed_piece_has_its_own_language() {
    let english = "The council met on Tuesday to speak of coal, and it was said that the sanctions on it would be kept. ".repeat(3);
    let chinese = "安理会周二开会讨论煤炭问题，各国代表意见不一，会议没有结果。".repeat(3);
    let sandbox = Sandbox::with(&[("mixed.md", &format!("# Coal\n\n{english}\n\n{chinese}\n\n{english}\n")), ("zh.md", &chinese)]);
    sandbox.index();
    let lang = |query: &[&str]| {
        let hits = sandbox.hits(query);
        hits.iter().map(|hit| format!("{} {}", hit["piece"]["lang"], hit["passage"]["lang"]).replace('"', "")).collect::<Vec<_>>()
    };
    assert_eq!(lang(&["path:mixed 煤炭"]), ["en zh"]);
    assert_eq!(lang(&["sanctions", "--per-piece", "1"]), ["en en"]);
    // In a query, as on the command line, a language is the piece's.
    assert_eq!(lang(&["煤炭 lang:zh"]), ["zh zh"]);
    assert_eq!(lang(&["煤炭", "--lang", "en"]), ["en zh"]);
    let table = sandbox.run(&["show", "mixed.md", "-f", "tsv", "--fields", "lang,passage_lang"]).stdout;
    assert_eq!(table, "lang\tpassage_lang\nen\ten\nen\tzh\nen\ten\n");
    // A file that was moved is analysed from what is kept of it.
    std::fs::rename(sandbox.path().join("mixed.md"), sandbox.path().join("moved.md")).unwrap();
    assert!(sandbox.index().closing().contains("1 moved"));
    assert_eq!(lang(&["path:moved 煤炭"]), ["en zh"]);
}

#[test]
fn json_wraps_the_hits() {
    let sandbox = sandbox();
    let answer = &sandbox.run(&["search", "munitions OR words", "-f", "json"]).json_lines()[0];
    let keys: Vec<_> = answer.as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys, ["found", "hits", "parsed", "query", "schema", "took_ms", "truncated"]);
    assert_eq!(
        (answer["query"].as_str(), answer["parsed"].as_str(), answer["found"].as_u64()),
        (Some("munitions OR words"), Some("munitions OR words"), Some(1))
    );
    let none = &sandbox.run(&["search", "unobtainium", "-f", "json"]).json_lines()[0];
    assert_eq!((none["found"].as_u64(), none["hits"].as_array().unwrap().len()), (Some(0), 0));
}

#[test]
fn piped_text_is_a_passage_a_line() {
    let sandbox = sandbox();
    let ran = sandbox.run(&["search", "munitions"]);
    let cells: Vec<&str> = ran.stdout.trim_end().split('\t').collect();
    assert_eq!((cells.len(), cells[0], cells[3]), (4, "kim.md:9:1", "🚀 Kim Jong Un promised munitions. Mr. Kim left Congo."));
    assert!(cells[1].parse::<f64>().unwrap() > 0.0);
    assert!(!ran.stdout.contains('\u{1B}') && ran.stderr.is_empty(), "{ran:?}");
    assert!(sandbox.run(&["show", cells[2]]).stdout.contains("▶ 🚀 Kim Jong Un promised"));
}

#[test]
fn on_a_terminal_matches_and_actors_are_marked() {
    let ran = sandbox().run(&["search", "munitions", "--color", "always"]);
    assert!(ran.stdout.contains("\u{1B}[1mmunitions\u{1B}[0m"), "{}", ran.stdout);
    assert!(ran.stdout.contains("\u{1B}[36mKim Jong Un\u{1B}[0m") && ran.stdout.contains("Mr. \u{1B}[36mKim\u{1B}[0m"), "{}", ran.stdout);
    assert!(ran.stdout.contains("actors:") && ran.stdout.contains("Kim Jong Un (@kim-jong-un, person)"), "{}", ran.stdout);
    assert!(ran.stdout.contains("\u{1B}]8;;file:///"), "{}", ran.stdout);
}

#[test]
fn files_counts_and_quiet() {
    let sandbox = sandbox();
    assert_eq!(sandbox.run(&["search", "munitions", "-l"]).stdout, "kim.md\n");
    assert_eq!(sandbox.run(&["search", "munitions", "-l", "-0"]).stdout, "kim.md\0");
    assert_eq!(sandbox.run(&["search", "munitions", "-c"]).stdout, "1\n");
    assert_eq!(sandbox.run(&["search", "munitions", "-q"]).stdout, "");
    assert!(sandbox.run(&["search", "munitions", "-o", "out.txt"]).stdout.is_empty());
    assert!(std::fs::read_to_string(sandbox.path().join("out.txt")).unwrap().starts_with("kim.md:9:1\t"));
    // A file of many records is one file, and so many files are listed as are asked for.
    let record = |id: u32, words: &str| format!("{{\"id\":\"r{id}\",\"text\":\"{words}\"}}\n");
    let many: String = (0..20).map(|id| record(id, "Coal, coal, coal.")).collect();
    let sandbox =
        Sandbox::with(&[("many.jsonl", &many), ("few.jsonl", &record(90, "Coal and more.")), ("one.txt", "Of coal and much else.\n")]);
    sandbox.index();
    assert_eq!(sandbox.run(&["search", "coal", "-c"]).stdout, "22\n");
    let listed = |args: &[&str]| {
        let ran = sandbox.run(&[&["search", "coal", "-l"], args].concat());
        let mut paths: Vec<String> = ran.stdout.lines().map(ToOwned::to_owned).collect();
        paths.sort();
        paths.join(" ")
    };
    for args in [&[][..], &["--all"], &["-n", "3"], &["--copies", "show"], &["--sort", "date"]] {
        assert_eq!(listed(args), "few.jsonl many.jsonl one.txt", "{args:?}");
    }
    assert_eq!(listed(&["-n", "2"]).split(' ').count(), 2);
    assert_eq!(listed(&["-n", "2", "--offset", "2"]).split(' ').count(), 1);
}

#[test]
fn a_trec_run_names_pieces() {
    let sandbox = Sandbox::with(&[(
        "r.jsonl",
        "{\"id\":\"a b\",\"text\":\"Coal.\"}\n{\"id\":\"c%\",\"text\":\"Coal coal coal, and much else that is no matter here.\"}\n",
    )]);
    sandbox.index();
    let ran = sandbox.run(&["search", "coal", "-f", "trec"]);
    let lines: Vec<Vec<&str>> = ran.stdout.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines.len(), 2);
    for (line, rank) in lines.iter().zip(1..) {
        assert_eq!((line.len(), line[0], line[1], line[3].parse::<i32>().unwrap(), line[5]), (6, "1", "Q0", rank, "pundit"));
    }
    let mut ids: Vec<_> = lines.iter().map(|line| line[2]).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["a%20b", "c%25"]);
}

#[test]
fn a_trec_run_by_date_has_scores_in_that_order() {
    let record = |id: &str, text: &str, year: u32| format!("{{\"id\":\"{id}\",\"text\":\"{text}\",\"date\":\"{year}\"}}\n");
    let long = "Much is said here that is no matter, and then a word on coal.";
    let sandbox = Sandbox::with(&[("r.jsonl", &(record("old", long, 2001) + &record("new", "Coal coal coal.", 2020)))]);
    sandbox.index();
    let run = |order: &str| {
        let ran = sandbox.run(&["search", "coal", "-f", "trec", "--sort", order]);
        let lines = ran.stdout.lines().map(|line| line.split('\t').map(ToOwned::to_owned).collect::<Vec<_>>());
        lines.map(|line| (line[2].clone(), line[4].parse::<f64>().unwrap())).collect::<Vec<_>>()
    };
    assert_eq!(run("date"), [("old".to_owned(), 1.0), ("new".to_owned(), 0.5)]);
    // Where both orders are one, the scores are those of the hits.
    let newest = run("-date");
    assert!(newest[0].0 == "new" && newest[0].1 < 0.9 && newest[0].1 > newest[1].1, "{newest:?}");
}

#[test]
fn every_command_has_help_with_what_it_takes() {
    let sandbox = Sandbox::new();
    assert!(sandbox.run(&["--help"]).stdout.contains("Examples:"));
    for command in [
        "index",
        "search",
        "batch",
        "show",
        "tag",
        "actors",
        "eval",
        "status",
        "schema",
        "count",
        "kwic",
        "cite",
        "verify",
        "save",
        "run",
        "config",
        "completions",
        "man",
        "install",
        "watch",
    ] {
        let ran = sandbox.run(&[command, "--help"]);
        assert_eq!(ran.code, 0);
        assert!(ran.stdout.contains("Usage: pundit") && ran.stderr.is_empty(), "{command}: {ran:?}");
    }
    let ran = sandbox.run(&["--version"]);
    assert_eq!(ran.stdout, format!("pundit {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_reader_who_goes_away_is_no_failure() {
    let sandbox = sandbox();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_pundit"))
        .args(["actors", "list"])
        .current_dir(sandbox.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(0), ""));
}
