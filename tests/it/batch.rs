use serde_json::{Value, json};

use super::harness::Sandbox;

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::with(&[
        ("a/x.md", "---\nlang: en\ndate: 2024-01-24\n---\nCoal and oil. 煤炭。"),
        ("a/y.md", "---\nlang: en\n---\nOil and gas."),
        ("a/z.md", "石油与天然气。"),
    ]);
    sandbox.run(&["index", "a"]);
    sandbox
}

/// The statuses of a batch as `qid status found`.
fn statuses(lines: &[Value]) -> Vec<String> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
    lines
        .iter()
        .filter(|line| line.get("status").is_some())
        .map(|line| format!("{} {} {}", text(&line["qid"]), text(&line["status"]), line["found"]))
        .collect()
}

#[test]
fn rows_in_every_form() {
    let sandbox = sandbox();
    let forms = [
        ("q.txt", "# a comment\noil\n\nunobtainium\n石油\n", "1 ok 2|2 zero 0|3 ok 1"),
        ("q.tsv", "a\toil\nb\tunobtainium\nc\t石油\n", "a ok 2|b zero 0|c ok 1"),
        ("q.csv", "id,query\na,oil\nb,unobtainium\n\"c\",\"石油\"\n", "a ok 2|b zero 0|c ok 1"),
        (
            "q.jsonl",
            "{\"id\":\"a\",\"query\":\"oil\"}\n{\"id\":2,\"query\":\"unobtainium\"}\n{\"query\":\"石油\"}\n",
            "a ok 2|2 zero 0|3 ok 1",
        ),
        ("header.tsv", "query\tid\noil\tx\n", "x ok 2"),
        ("commas.tsv", "id,query,lang\na,oil,en\n", "a ok 2"),
        ("titled.csv", "Title;;\n;;\nid;query;lang\na;oil;en\n", "a ok 2"),
        ("q.json", "[{\"id\":\"a\",\"query\":\"oil\"},\n\"unobtainium\"]\n", "a ok 2|2 zero 0"),
        ("q.xml", "<topics><topic number=\"7\"><query>oil</query></topic>\n</topics>\n", "7 ok 2"),
        ("bom.csv", "\u{FEFF}query\r\noil\r\n", "1 ok 2"),
    ];
    for (name, text, expected) in forms {
        sandbox.write(name, text);
        let ran = sandbox.run(&["batch", name]);
        assert_eq!((statuses(&ran.json_lines()).join("|").as_str(), ran.code), (expected, 0), "{name}: {ran:?}");
    }
    let ran = sandbox.run_with(&["batch", "-"], "oil\n");
    assert_eq!(statuses(&ran.json_lines()), ["1 ok 2"]);
}

#[test]
fn hits_come_before_the_status_of_their_row() {
    let sandbox = sandbox();
    sandbox.write("q.csv", "id,query,note\nr1,oil,\"first, note\"\nr2,coal,\n");
    let lines = sandbox.run(&["batch", "q.csv"]).json_lines();
    let kinds: Vec<_> = lines.iter().map(|line| (line["qid"].as_str().unwrap(), line.get("status").is_some())).collect();
    assert_eq!(kinds, [("r1", false), ("r1", false), ("r1", true), ("r2", false), ("r2", true)]);
    assert_eq!(lines[2], json!({"schema": 1, "qid": "r1", "status": "ok", "found": 2, "error": null, "in": {"in_note": "first, note"}}));
}

#[test]
fn fields_are_those_of_hits_and_the_status_stays_whole() {
    let sandbox = sandbox();
    sandbox.write("q.csv", "id,query,note\nr1,coal,n\nr2,unobtainium,\nr3,coal AND,\n");
    let run = |args: &[&str]| sandbox.run(&[&["batch", "q.csv", "-q"], args].concat());
    let (all, chosen) = (run(&[]).json_lines(), run(&["-f", "jsonl", "--fields", "qid,piece"]).json_lines());
    assert_eq!(chosen[0], json!({"schema": 1, "qid": "r1", "piece": "x.md"}));
    assert_eq!((&chosen[1..], statuses(&chosen).len()), (&all[1..], 3));
    let whole: Value = serde_json::from_str(&run(&["-f", "json", "--fields", "piece"]).stdout).unwrap();
    assert_eq!((&whole["rows"][0]["hits"][0]["piece"], &whole["rows"][1]["hits"]), (&json!("x.md"), &json!([])));
    // In a table each row has one all the same.
    assert_eq!(run(&["-f", "csv", "--fields", "qid,piece"]).stdout, "qid,piece\nr1,x.md\nr2,\nr3,\n");
}

#[test]
fn what_stands_above_a_header_and_ids_that_rows_share_are_told() {
    let sandbox = sandbox();
    sandbox.write("titled.csv", "Queries of June\n\nid,query\na,oil\nb,gas\na,coal\n");
    for told in ["check", "count"] {
        let ran = sandbox.run(&["batch", "titled.csv", &format!("--{told}")]);
        assert!(ran.stderr.contains("hint: titled.csv: 1 line above the header"), "{ran:?}");
        assert!(ran.stderr.contains("hint: titled.csv:6: a row has the id of a row above, here \"a\"; "), "{ran:?}");
        assert!(ran.stderr.contains("3 rows"), "{ran:?}");
        assert!(!sandbox.run(&["batch", "titled.csv", "--quiet", &format!("--{told}")]).stderr.contains("hint:"));
    }
}

#[test]
fn a_header_without_query_is_told() {
    let sandbox = sandbox();
    for (text, is_told) in [
        ("search,lang\noil,en\n", true),
        ("id\ttext\na\toil\n", true),
        ("a\toil\nb\tgas\n", false),
        ("1,source\n2,oil\n", false),
        ("id,query\na,oil\n", false),
    ] {
        sandbox.write("q.csv", text);
        for check in [&["batch", "q.csv"][..], &["batch", "q.csv", "--check"]] {
            assert_eq!(sandbox.run(check).stderr.contains("no column called query"), is_told, "{text}");
        }
    }
}

#[test]
fn queries_that_a_comma_may_part_are_told() {
    let sandbox = sandbox();
    for (name, text, is_told) in [
        ("q.csv", "oil, gas\ncoal\n", true),
        ("q.csv", "oil; gas\n", true),
        ("q.csv", "q1,oil\n", false),
        ("q.csv", "coal\noil, gas\n", false),
        ("q.csv", "\"oil, gas\"\n", false),
        ("q.csv", "id,query\noil,gas\n", false),
        ("q.tsv", "oil\tgas\n", false),
        ("q.txt", "oil, gas\n", false),
    ] {
        sandbox.write(name, text);
        let ran = sandbox.run(&["batch", name]);
        assert_eq!(ran.stderr.contains(&format!("hint: {name}: without a header")), is_told, "{text}: {ran:?}");
        assert!(!sandbox.run(&["batch", name, "--quiet"]).stderr.contains("hint:"), "{text}");
    }
}

#[test]
fn numbers_alone_and_files_alone() {
    let sandbox = sandbox();
    sandbox.write("a/r.jsonl", "{\"id\":\"r1\",\"text\":\"Oil.\"}\n{\"id\":\"r2\",\"text\":\"Oil too.\"}\n");
    sandbox.run(&["index", "a"]);
    sandbox.write("q.csv", "id,query,note,limit\na,oil,n,1.0\nb,unobtainium,,\nc,oil AND,,\n");
    let run = |args: &[&str]| sandbox.run(&[&["batch", "q.csv", "-q"], args].concat());
    assert_eq!(run(&["-c", "-f", "text"]).stdout, "a\t4\nb\t0\nc\t0\n");
    assert_eq!(
        run(&["-c", "-f", "csv"]).stdout.lines().take(3).collect::<Vec<_>>(),
        ["row,qid,status,found,error,path,in_note", "1,a,ok,4,,,n", "2,b,zero,0,,,"]
    );
    let lines = run(&["-c"]).json_lines();
    assert!(lines.len() == 3 && lines[0]["found"] == 4 && lines[0]["in"]["in_note"] == "n", "{lines:?}");
    assert_eq!(run(&["-l", "-f", "text"]).stdout.lines().count(), 1, "a row has its own limit");
    sandbox.write("q.csv", "id,query\na,oil\n");
    let none_shown = run(&["-n", "0", "-f", "md"]).stdout;
    assert!(none_shown.contains("a · oil") && !none_shown.contains("nothing found"), "{none_shown}");
    let mut paths: Vec<String> = run(&["-l"]).json_lines().iter().filter_map(|line| line["path"].as_str().map(ToOwned::to_owned)).collect();
    paths.sort();
    assert_eq!(paths, ["r.jsonl", "x.md", "y.md"]);
    assert!(run(&["-c", "--coverage"]).stderr.starts_with("searched: 5 pieces"));
    for args in [&["-c", "-f", "trec"][..], &["-l", "--manifest", "m"]] {
        assert_eq!(run(args).code, 2, "{args:?}");
    }
}

#[test]
fn a_bad_row_never_stops_the_run() {
    let sandbox = sandbox();
    sandbox.write("q.csv", "id,query,since,limit\na,oil AND,,\nb,oil,soon,\nc,,,\nd,oil,,many\ne,@nobody-known,,\nf,oil,2024,1\n");
    let ran = sandbox.run(&["batch", "q.csv"]);
    assert_eq!(ran.code, 4);
    let lines = ran.json_lines();
    assert_eq!(statuses(&lines), ["a error 0", "b error 0", "c error 0", "d error 0", "e error 0", "f ok 1"]);
    let errors: Vec<_> = lines.iter().filter_map(|line| line["error"].as_str()).collect();
    assert!(errors[0].starts_with("AND needs something on both sides, at character 5"), "{errors:?}");
    assert!(errors[1].starts_with("since takes a date"), "{errors:?}");
    assert_eq!(&errors[2..4], ["no query in this row", "limit takes a whole number, not \"many\""]);
    assert!(ran.stderr.contains("6 rows: 1 ok, 0 zero, 5 error, 0 truncated"), "{ran:?}");
}

#[test]
fn a_row_that_cannot_be_decoded_is_one_of_many() {
    let sandbox = sandbox();
    sandbox.write("one.csv", b"id,query\n1,oil\n2,\xff\xfe\xfaoil\n3,gas\n4,coal\n");
    sandbox.write("many.csv", [&b"id,query\n1,oil\n2,\xff\xfeoil\n"[..], "3,石油\n4,煤炭\n".as_bytes()].concat());
    for (name, expected) in [("one.csv", "1 ok 2|2 zero 0|3 ok 1|4 ok 1"), ("many.csv", "1 ok 2|2 error 0|3 ok 1|4 ok 1")] {
        let ran = sandbox.run(&["batch", name]);
        assert_eq!(statuses(&ran.json_lines()).join("|"), expected, "{name}: {ran:?}");
    }
    let ran = sandbox.run(&["batch", "many.csv", "--check"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (4, "many.csv:3:1: bytes that are invalid in the file's encoding\n4 rows: 1 wrong\n"));
}

#[test]
fn ids_and_numbers_stay_apart() {
    let sandbox = sandbox();
    let text = "{\"query\":\"oil\"}\n{\"id\":1,\"query\":\"gas\"}\n";
    sandbox.write("q.jsonl", text);
    let of_file = sandbox.run(&["batch", "q.jsonl", "-f", "trec"]);
    let qids = |stdout: &str| stdout.lines().map(|line| line.split('\t').next().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(qids(&of_file.stdout), ["1#2", "1#2", "1"]);
    // A stream is not read ahead.
    assert_eq!(qids(&sandbox.run_with(&["batch", "-", "-f", "trec"], text).stdout), ["1", "1", "1#2"]);
}

#[test]
fn rows_have_filters_and_modes_of_their_own() {
    let sandbox = sandbox();
    sandbox.write("q.csv", "query,lang,since,mode\noil unobtainium,,,any\noil unobtainium,,,\noil,zh,,\n\"oil, coal\",en,2024,any\n");
    let found = statuses(&sandbox.run(&["batch", "q.csv"]).json_lines());
    assert_eq!(found, ["1 ok 2", "2 zero 0", "3 zero 0", "4 ok 1"]);
}

#[test]
fn output_is_in_the_order_of_the_rows_whatever_the_threads() {
    let sandbox = sandbox();
    let rows: String = (0..200).map(|at| format!("{at}\t{}\n", ["oil", "coal gas", "石油", "\"oil and\" -coal"][at % 4])).collect();
    sandbox.write("q.tsv", rows);
    let one = sandbox.run(&["batch", "q.tsv", "--threads", "1"]);
    let many = sandbox.run(&["batch", "q.tsv", "--threads", "8"]);
    assert_eq!(one.stdout, many.stdout);
    assert_eq!(statuses(&one.json_lines()).len(), 200);
}

#[test]
fn a_run_can_be_judged() {
    let sandbox = sandbox();
    sandbox.write("q.tsv", "1\tcoal oil\n2\t石油\n3\tnothing of this\n");
    sandbox.write("qrels.tsv", "1\tx.md\t2\n1\ty.md\t1\n2\tz.md\t1\n3\tx.md\t1\n");
    let ran = sandbox.run(&["batch", "q.tsv", "--any", "--limit", "1000", "--format", "trec", "-o", "run"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
    let judged = sandbox.run(&["eval", "run", "qrels.tsv"]).stdout;
    assert_eq!(judged, "queries\t3\nanswered\t2\nndcg@10\t0.6667\nmap\t0.6667\nrecall@100\t0.6667\nmrr\t0.6667\n");
    assert_eq!(sandbox.run(&["eval", "run", "q.tsv"]).code, 2);
}

#[test]
fn an_empty_or_missing_file_says_so() {
    let sandbox = sandbox();
    sandbox.write("q.txt", "# nothing\n");
    let ran = sandbox.run(&["batch", "q.txt"]);
    assert!(ran.code == 2 && ran.stderr.starts_with("error: no queries in q.txt"), "{ran:?}");
    sandbox.write("q.csv", "query,lang\n");
    assert!(sandbox.run(&["batch", "q.csv"]).stderr.ends_with("hint: there is nothing below its header\n"));
    let ran = sandbox.run(&["batch", "nowhere.csv"]);
    assert!(ran.code == 2 && ran.stderr.starts_with("error: cannot read nowhere.csv"), "{ran:?}");
    assert!(ran.stderr.contains("\nhint: check the spelling"), "{ran:?}");
}

#[test]
fn lists_and_letters_of_any_case_are_what_they_mean() {
    let sandbox = sandbox();
    sandbox.write(
        "q.jsonl",
        "{\"query\":\"oil OR 石油\",\"lang\":[\"en\",\"zh\"]}\n{\"query\":[\"oil\"]}\n{\"query\":\"oil\",\"lang\":[1]}\n{\"query\":\"oil\",\"more\":[1]}\n",
    );
    let lines = sandbox.run(&["batch", "q.jsonl"]).json_lines();
    assert_eq!(statuses(&lines), ["1 ok 3", "2 error 0", "3 error 0", "4 ok 2"]);
    let errors: Vec<_> = lines.iter().filter_map(|line| line["error"].as_str()).collect();
    assert_eq!(errors, ["query takes one value, not [\"oil\"]", "lang takes text or a list of texts, not 1"]);
    sandbox.write("q.csv", "query,lang,mode,within\noil OR 石油,\"en, zh\",,\noil unobtainium,,ANY,Passage\n");
    assert_eq!(statuses(&sandbox.run(&["batch", "q.csv"]).json_lines()), ["1 ok 3", "2 ok 2"]);
    sandbox.write("q.txt", "# a comment\n  # another\noil\n");
    assert_eq!(statuses(&sandbox.run(&["batch", "q.txt"]).json_lines()), ["1 ok 2"]);
}

#[test]
fn what_is_no_text_is_refused() {
    let sandbox = sandbox();
    for (name, bytes) in [("q.xlsx", &b"PK\x03\x04\x14\x00"[..]), ("q.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), ("q.csv", b"%PDF-1.7\n")]
    {
        sandbox.write(name, bytes);
        let ran = sandbox.run(&["batch", name]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{ran:?}");
        assert!(ran.stderr.starts_with(&format!("error: cannot read {name}: ")) && ran.stderr.contains("save it as CSV"), "{ran:?}");
    }
}

#[test]
fn judgments_have_ids_as_they_are_or_as_a_run_has_them() {
    let sandbox = Sandbox::with(&[("a/Coal and oil.md", "Coal."), ("q.csv", "id,query\na b,coal\n")]);
    sandbox.run(&["index", "a"]);
    let run = sandbox.run(&["batch", "q.csv", "-f", "trec", "-o", "run"]);
    assert_eq!(run.code, 0, "{run:?}");
    for qrels in ["a b\tCoal and oil.md\t1\n", "a%20b 0 Coal%20and%20oil.md 1\n"] {
        sandbox.write("qrels", qrels);
        let judged = sandbox.run(&["eval", "run", "qrels"]).stdout;
        assert!(judged.starts_with("queries\t1\nanswered\t1\nndcg@10\t1"), "{qrels}: {judged}");
    }
}
