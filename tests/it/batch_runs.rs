use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::harness::Sandbox;
use super::schema::faults;

/// Three pieces, indexed.
pub fn sandbox() -> Sandbox {
    let sandbox = Sandbox::with(&[
        ("a/x.md", "---\nlang: en\ndate: 2024-01-24\n---\nCoal and oil. 煤炭。"),
        ("a/y.md", "---\nlang: en\n---\nOil and gas."),
        ("a/z.md", "石油与天然气。"),
    ]);
    sandbox.run(&["index", "a"]);
    sandbox
}

#[test]
fn a_check_tells_every_bad_row_with_its_place() {
    let sandbox = sandbox();
    sandbox.write(
        "q.csv",
        "id,query,since,limit\na,oil AND,,\nb,oil,soon,\nc,,,\nd,\"oil\",,many\ne,@nobody-known,,\nf,oil,2024,1\ng,\"石油 (\",,\n",
    );
    let ran = sandbox.run(&["batch", "q.csv", "--check"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (4, ""));
    for told in [
        "q.csv:2:7: AND needs something on both sides\n  oil AND\n      ^^^\n",
        "q.csv:3:7: since takes a date, not \"soon\"\n  soon\n  ^^^^\nhint: write 2024",
        "q.csv:4:3: no query in this row\n",
        "q.csv:5:10: limit takes a whole number, not \"many\"\n  many\n  ^^^^\n",
        "q.csv:6:3: ",
        "q.csv:8:8: ",
        "7 rows: 6 wrong\n",
    ] {
        assert!(ran.stderr.contains(told), "{told}\n{}", ran.stderr);
    }
    // An end of the dates is called as it was given: by its column, or as the flag of all rows.
    sandbox.write("dates.csv", "query,since,until\noil,2024,2023\noil,2024,\n");
    let ran = sandbox.run(&["batch", "dates.csv", "--check", "--until", "2022"]);
    for told in [
        "dates.csv:2:5: since 2024 is after until 2023\n  2024\n  ^^^^\nhint: swap the two dates\n",
        "dates.csv:3:5: since 2024 is after --until 2022\n",
    ] {
        assert!(ran.stderr.contains(told), "{told}\n{}", ran.stderr);
    }
    // As data where that is asked for, and never in place of answers.
    let told = sandbox.run(&["batch", "q.csv", "--check", "-f", "tsv", "--fields", "qid,line,column,problem"]);
    assert_eq!(told.stdout.lines().nth(1), Some("a\t2\t7\tAND needs something on both sides"), "{told:?}");
    sandbox.write("out", "answers");
    assert_eq!(sandbox.run(&["batch", "q.csv", "--check", "-f", "csv", "-o", "out"]).stdout, "");
    assert_eq!(std::fs::read_to_string(sandbox.path().join("out")).unwrap(), "answers");
    // No index is needed to check.
    let bare = Sandbox::with(&[("q.txt", "oil\n")]);
    let ran = bare.run(&["batch", "q.txt", "--check"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, "1 row: 0 wrong\n"));
}

#[test]
fn encodings_of_spreadsheets_are_read() {
    let sandbox = sandbox();
    let text = "id;query;备注\r\n一;石油;=好\r\n";
    let utf16: Vec<u8> = "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let (gb, _, _) = encoding_rs::GB18030.encode(text);
    for (name, bytes) in [("utf8.csv", text.as_bytes()), ("utf16.csv", &utf16), ("gb.csv", &gb)] {
        sandbox.write(name, bytes);
        let ran = sandbox.run(&["batch", name, "-f", "tsv", "--fields", "qid,status,found,in_备注"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (0, "qid\tstatus\tfound\tin_备注\n一\tok\t1\t'=好\n"), "{name}: {ran:?}");
    }
    let russian = "id;query;note\r\n1;санкции;переговоры о поставках угля\r\n2;oil;нефть и газ\r\n";
    let (cyrillic, _, _) = encoding_rs::WINDOWS_1251.encode(russian);
    sandbox.write("ru.csv", &*cyrillic);
    let ran = sandbox.run(&["batch", "ru.csv", "-f", "tsv", "--fields", "qid,found,in_note"]);
    assert!(ran.stdout.contains("1\t0\tпереговоры о поставках угля\n") && ran.stdout.contains("2\t2\tнефть и газ\n"), "{ran:?}");
    let ran = sandbox.run(&["batch", "gb.csv", "--encoding", "klingon"]);
    assert!(ran.code == 2 && ran.stderr.starts_with("error: no encoding is called \"klingon\""), "{ran:?}");
}

/// Queries enough that a run is under way when it is killed.
fn queries(count: usize) -> String {
    (0..count).map(|at| format!("q{at}\t{}\n", ["oil", "coal AND", "unobtainium", "gas OR 石油"][at % 4])).collect()
}

#[test]
fn a_killed_run_goes_on_where_it_was() {
    let sandbox = sandbox();
    sandbox.write("q.tsv", queries(500));
    for form in ["jsonl", "csv", "trec"] {
        let whole = sandbox.run(&["batch", "q.tsv", "-f", form, "-o", "whole", "--manifest", "whole.m"]);
        assert_eq!(whole.code, 4, "{whole:?}");
        // The run is fed by hand, and killed when it has written something down.
        let mut child = Command::new(env!("CARGO_BIN_EXE_pundit"))
            .args(["batch", "-", "-f", form, "-o", "out", "--manifest", "out.m"])
            .current_dir(sandbox.path())
            .stdin(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        input.write_all(queries(300).as_bytes()).unwrap();
        input.flush().unwrap();
        let journal = sandbox.path().join("out.journal");
        let begun = std::time::Instant::now();
        while std::fs::read_to_string(&journal).map_or(0, |text| text.lines().count()) < 3 {
            assert!(child.try_wait().unwrap().is_none(), "{form}: the run ended by itself");
            assert!(begun.elapsed().as_secs() < 120, "{form}: nothing is written down");
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        // What the kill cut off in the middle of a line.
        let mut out = std::fs::OpenOptions::new().append(true).open(sandbox.path().join("out")).unwrap();
        out.write_all(b"{\"half\":").unwrap();
        let other = sandbox.run(&["batch", "q.tsv", "-f", form, "-o", "out", "--manifest", "out.m", "--resume", "--any"]);
        assert!(other.code == 2 && other.stderr.contains("started with other flags"), "{other:?}");
        for (file, text) in
            [(".pundit/queries.txt", "mine = oil\n"), (".pundit/actors.toml", "[[alias]]\nactor = \"russia\"\nnames = [\"Ruritania\"]\n")]
        {
            sandbox.write(file, text);
            let other = sandbox.run(&["batch", "q.tsv", "-f", form, "-o", "out", "--manifest", "out.m", "--resume"]);
            assert!(other.code == 2 && other.stderr.contains("started with other flags"), "{file}: {other:?}");
            std::fs::remove_file(sandbox.path().join(file)).unwrap();
        }
        let ran = sandbox.run(&["batch", "q.tsv", "-f", form, "-o", "out", "--manifest", "out.m", "--resume"]);
        assert_eq!(ran.code, 4, "{ran:?}");
        assert_eq!(ran.stderr.lines().last(), whole.stderr.lines().last(), "{form}");
        let read = |name: &str| std::fs::read_to_string(sandbox.path().join(name)).unwrap();
        assert!(read("out") == read("whole"), "{form}: what went on differs from what was not killed");
        assert!(read("out.m") == read("whole.m"), "{form}");
        assert!(!journal.exists());
        let again = sandbox.run(&["batch", "q.tsv", "-f", form, "-o", "out", "--resume"]);
        assert!(again.code == 0 && again.stderr.contains("out is complete"), "{again:?}");
    }
}

#[test]
fn without_a_journal_only_a_whole_output_is_taken_for_one() {
    let sandbox = sandbox();
    sandbox.write("q.tsv", "0\tunobtainium\na\toil\nb\t石油\nc\tunobtainium\n");
    for form in ["jsonl", "csv", "tsv", "trec", "text"] {
        let args = ["batch", "q.tsv", "-f", form, "-o", "out", "--resume"];
        assert_eq!(sandbox.run(&args[..6]).code, 0, "{form}");
        let whole = std::fs::read_to_string(sandbox.path().join("out")).unwrap();
        let again = sandbox.run(&args);
        assert_eq!((again.code, again.stderr.as_str()), (0, "out is complete; there is nothing to resume\n"), "{form}");
        // Cut off behind each line, in the last one, or written by something else.
        let lines: Vec<&str> = whole.split_inclusive('\n').collect();
        let cuts = (0..lines.len()).map(|count| lines[..count].concat());
        for cut in cuts.chain([whole.trim_end().to_owned(), format!("{whole}x"), "x\n".to_owned()]) {
            sandbox.write("out", &cut);
            let ran = sandbox.run(&args);
            assert_eq!(ran.code, 2, "{form}: {cut:?} {ran:?}");
            assert!(
                ran.stderr.starts_with("error: cannot resume out: ") && ran.stderr.contains("\nhint: start again without --resume"),
                "{ran:?}"
            );
            assert_eq!(std::fs::read_to_string(sandbox.path().join("out")).unwrap(), cut, "{form}");
        }
    }
    // So many rows of which nothing is written tell nothing: no more are held in memory.
    for (empty, code) in [(900, 0), (1_100, 2)] {
        sandbox.write("long.tsv", format!("a\toil\n{}", (0..empty).map(|row| format!("b{row}\tunobtainium\n")).collect::<String>()));
        let args = ["batch", "long.tsv", "-f", "trec", "-o", "run", "--resume"];
        assert_eq!(sandbox.run(&args[..6]).code, 0);
        assert_eq!(sandbox.run(&args).code, code, "{empty}");
    }
    // Where nothing tells one row from another, nothing is known.
    sandbox.write("out", "status\nzero\nok\nok\nok\nzero\n");
    assert_eq!(sandbox.run(&["batch", "q.tsv", "-f", "csv", "--fields", "status", "-o", "out", "--resume"]).code, 2);
    // Of queries that find nothing a run is empty.
    sandbox.write("none.tsv", "a\tunobtainium\n");
    sandbox.write("out", "");
    assert_eq!(sandbox.run(&["batch", "none.tsv", "-f", "trec", "-o", "out", "--resume"]).code, 0);
    assert_eq!(sandbox.run(&["batch", "none.tsv", "-o", "out", "--resume"]).code, 2);
}

#[test]
fn other_queries_are_not_gone_on_with() {
    let sandbox = sandbox();
    sandbox.write("q.tsv", "a\toil\n");
    let first = sandbox.run(&["batch", "q.tsv", "-o", "out"]);
    assert_eq!(first.code, 0);
    let ran = sandbox.run(&["batch", "q.tsv", "--resume"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    let ran = sandbox.run(&["batch", "q.tsv", "--resume", "-f", "html", "-o", "page"]);
    assert!(ran.code == 2 && ran.stderr.contains("cannot be resumed"), "{ran:?}");
}

#[test]
fn only_what_has_changed_since_an_earlier_run() {
    let sandbox = sandbox();
    sandbox.write("q.tsv", "a\toil\nb\t石油\n");
    sandbox.run(&["batch", "q.tsv", "--all", "--manifest", "week1"]);
    let head: Value = serde_json::from_str(std::fs::read_to_string(sandbox.path().join("week1")).unwrap().lines().next().unwrap()).unwrap();
    assert_eq!(head["index"].as_str().unwrap().len(), 64);
    let same = sandbox.run(&["batch", "q.tsv", "--all", "--since", "week1"]);
    assert!(same.json_lines().iter().all(|line| line["status"] == "ok"), "{same:?}");
    sandbox.write("a/w.md", "Oil again.");
    sandbox.write("a/y.md", "---\nlang: en\n---\nOil without it.");
    sandbox.remove("a/z.md");
    sandbox.run(&["index", "a"]);
    // The rows may stand in another order.
    sandbox.write("q.tsv", "b\t石油\na\toil\nc\tcoal\n");
    let ran = sandbox.run(&["batch", "q.tsv", "--all", "--since", "week1", "--manifest", "week2"]);
    let lines = ran.json_lines();
    for line in &lines {
        let name = if line.get("status").is_some() {
            "status"
        } else if line["change"] == "gone" {
            "gone"
        } else {
            "hit"
        };
        assert_eq!(faults(line, name), Vec::<String>::new());
    }
    let mut changes: Vec<String> = lines
        .iter()
        .filter(|line| line.get("change").is_some())
        .map(|line| {
            format!("{} {} {}", line["qid"].as_str().unwrap(), line["change"].as_str().unwrap(), line["piece"]["id"].as_str().unwrap())
        })
        .collect();
    changes.sort();
    assert_eq!(changes, ["a changed y.md", "a new w.md", "b gone z.md", "c new x.md"]);
    let csv = sandbox.run(&["batch", "q.tsv", "--all", "--since", "week1", "-f", "csv", "--fields", "qid,change,piece"]).stdout;
    assert!(csv.contains("b,gone,z.md\n"), "{csv}");
    // A manifest of the later run, made beside, is a baseline too; dates still work.
    let quiet = sandbox.run(&["batch", "q.tsv", "--all", "--since", "week2"]);
    assert!(quiet.json_lines().iter().all(|line| line.get("change").is_none()), "{quiet:?}");
    assert!(sandbox.run(&["batch", "q.tsv", "--since", "2024"]).json_lines().iter().all(|line| line.get("change").is_none()));
}

#[test]
fn a_row_is_known_again_by_what_it_asks() {
    let sandbox = sandbox();
    // Without ids of their own, rows are not known by their places.
    sandbox.write("q.csv", "query,limit\noil,1.0\ngas,3\n");
    sandbox.run(&["batch", "q.csv", "--manifest", "m"]);
    sandbox.write("q.csv", "query,limit\ncoal,3\noil,1.0\ngas,3\n");
    sandbox.write("a/w.md", "Oil, oil, and oil again.");
    sandbox.run(&["index", "a"]);
    let lines = sandbox.run(&["batch", "q.csv", "--since", "m"]).json_lines();
    let changes: Vec<_> = lines.iter().filter_map(|line| Some((line["qid"].as_str()?, line.get("change")?.as_str()?))).collect();
    // What is cut at a limit, whichever way that is written, is not gone.
    assert_eq!(changes, [("1", "new"), ("2", "new")], "{lines:?}");
}

#[test]
fn filters_of_rows_are_told_by_their_cells() {
    let sandbox = sandbox();
    sandbox.write("q.csv", "id,query,source,author\n1,oil,=Desk*,\n2,oil,,=Jan*\n");
    let told = sandbox.run(&["batch", "q.csv", "--check", "-f", "tsv", "--fields", "qid,line,column,problem"]).stdout;
    let problem = "a pattern cannot follow =";
    assert_eq!(told.lines().skip(1).collect::<Vec<_>>(), [format!("1\t2\t7\t{problem}"), format!("2\t3\t8\t{problem}")]);
    sandbox.write("q.jsonl", "{\"query\":\"oil\",\"query\":\"gas\"}\n");
    let ran = sandbox.run(&["batch", "q.jsonl", "--check"]);
    assert!(ran.code == 4 && ran.stderr.contains("q.jsonl:1:1: two members are called query"), "{ran:?}");
}

#[test]
fn a_summary_says_what_was_done() {
    let sandbox = sandbox();
    sandbox.write("q.tsv", "a\toil\nb\tunobtainium\nc\tx AND\n");
    sandbox.run(&["batch", "q.tsv", "--summary", "summary.json"]);
    let summary: Value = serde_json::from_str(&std::fs::read_to_string(sandbox.path().join("summary.json")).unwrap()).unwrap();
    let count = |name: &str| summary[name].as_u64().unwrap();
    assert_eq!((count("rows"), count("ok"), count("zero"), count("error"), count("truncated")), (3, 1, 1, 1, 0));
    assert_eq!((summary["pundit"].as_str(), summary["index"].as_str().unwrap().len()), (Some(env!("CARGO_PKG_VERSION")), 64));
}

#[test]
fn topics_make_a_run_and_runs_are_fused() {
    let sandbox = sandbox();
    sandbox.write("topics", "<top>\n<num> Number: 7\n<title> oil\n<desc> x\n</top>\n");
    let run = sandbox.run(&["batch", "topics", "-f", "trec", "-o", "one"]);
    assert_eq!(run.code, 0, "{run:?}");
    sandbox.write("two", "7 Q0 z.md 1 5 x\n7 Q0 y.md 2 4 x\n");
    let fused = sandbox.run(&["batch", "--fuse", "rrf", "one", "two"]);
    let ids: Vec<&str> = fused.stdout.lines().map(|line| line.split('\t').nth(2).unwrap()).collect();
    assert_eq!((ids[0], ids.len(), fused.stdout.lines().all(|line| line.starts_with("7\tQ0\t"))), ("y.md", 3, true), "{fused:?}");
    assert_eq!(sandbox.run(&["batch", "one", "two"]).code, 2);
    for flags in [&["-f", "csv"][..], &["--check"], &["-c"], &["--explain"], &["--since", "2024"], &["--rank", "quick"]] {
        let ran = sandbox.run(&[&["batch", "--fuse", "rrf", "one", "two"], flags].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{flags:?} {ran:?}");
    }
    // What is read again is ranked as it was, also where scores are nearly the same.
    let long: String = (1..1_200).map(|at| format!("7 Q0 {at}.md {at} {} x\n", 2_000 - at)).collect();
    sandbox.write("long", &long);
    let fused = sandbox.run(&["batch", "--fuse", "rrf", "long", "-n", "1199", "-o", "again"]);
    assert_eq!(fused.code, 0, "{fused:?}");
    let again = sandbox.run(&["batch", "--fuse", "rrf", "again", "-n", "1199"]);
    let ids: Vec<&str> = again.stdout.lines().map(|line| line.split('\t').nth(2).unwrap()).collect();
    assert_eq!(ids, (1..1_200).map(|at| format!("{at}.md")).collect::<Vec<_>>());
}

#[test]
fn runs_of_other_flags_are_not_compared() {
    let sandbox = sandbox();
    sandbox.write("q.tsv", "a\toil\n");
    sandbox.run(&["batch", "q.tsv", "-n", "1", "--manifest", "week1"]);
    let ran = sandbox.run(&["batch", "q.tsv", "--all", "--since", "week1"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{ran:?}");
    assert!(ran.stderr.starts_with("error: the earlier run had other flags: --limit was 1 and is now \"all\"\nhint: "), "{ran:?}");
    assert_eq!(sandbox.run(&["batch", "q.tsv", "-n", "1", "--since", "week1"]).code, 0);
    // What says nothing of its flags is compared as it was.
    let manifest = std::fs::read_to_string(sandbox.path().join("week1")).unwrap();
    let rows: String = manifest.split_inclusive('\n').skip(1).collect();
    sandbox.write("old", format!("{{\"schema\":1,\"pundit\":\"0\",\"index\":\"\"}}\n{rows}"));
    assert_eq!(sandbox.run(&["batch", "q.tsv", "--all", "--since", "old"]).code, 0);
}

#[test]
fn a_manifest_is_brought_up_to_date_in_its_place() {
    let sandbox = sandbox();
    sandbox.write("q.tsv", "a\toil\nb\t石油\n");
    sandbox.run(&["batch", "q.tsv", "--all", "--manifest", "m"]);
    sandbox.write("a/w.md", "Oil again.");
    sandbox.run(&["index", "a"]);
    let args = ["batch", "q.tsv", "--all", "--since", "m", "--manifest", "m"];
    let changed = |ran: &super::harness::Ran| ran.json_lines().iter().filter(|line| line["change"] == "new").count();
    let first = sandbox.run(&args);
    assert_eq!((first.code, changed(&first)), (0, 1), "{first:?}");
    let again = sandbox.run(&args);
    assert_eq!((again.code, changed(&again)), (0, 0), "{again:?}");
    assert!(!sandbox.path().join("m.part").exists());
}

#[test]
fn a_run_tells_how_the_index_was_read() {
    let digest = |map: &[&str]| {
        let sandbox =
            Sandbox::with(&[("r/r.jsonl", "{\"headline\":\"Oil\",\"text\":\"Coal and oil.\",\"body\":\"Gas.\"}\n"), ("q.txt", "oil\n")]);
        assert_eq!(sandbox.run(&[&["index", "r"], map].concat()).code, 0);
        assert_eq!(sandbox.run(&["batch", "q.txt", "--manifest", "m"]).code, 0);
        let manifest = std::fs::read_to_string(sandbox.path().join("m")).unwrap();
        serde_json::from_str::<Value>(manifest.lines().next().unwrap()).unwrap()["index"].as_str().unwrap().to_owned()
    };
    assert_eq!(digest(&[]), digest(&[]));
    assert_ne!(digest(&[]), digest(&["--map", "text=body"]));
}
