use serde_json::json;

use super::harness::{Sandbox, slice};

#[test]
fn a_text_needs_no_index() {
    let text = "The Kremlin denied it. “Vladimir Putin” left; Mr. Putin 😀 met 金正恩.";
    let ran = Sandbox::new().run_with(&["tag", "-"], text);
    let lines = ran.json_lines();
    assert_eq!(
        lines[2],
        json!({"start": 50, "end": 55, "text": "Putin", "actor": "vladimir-putin", "name": "Vladimir Putin", "kind": "person", "listed": true, "rule": "full-name", "of": null})
    );
    for mention in &lines {
        assert_eq!(slice(text, &mention["start"], &mention["end"]), mention["text"].as_str().unwrap());
    }
    let actors: Vec<_> = lines.iter().map(|mention| mention["actor"].as_str().unwrap()).collect();
    assert_eq!(actors, ["russia", "vladimir-putin", "vladimir-putin", "kim-jong-un"]);
}

#[test]
fn records_are_named() {
    let sandbox = Sandbox::with(&[("r.jsonl", "{\"id\":\"a\",\"text\":\"Russia.\"}\nbroken\n{\"text\":\"\u{FEFF}In Russia.\"}\n")]);
    let ran = sandbox.run(&["tag", "r.jsonl", "-f", "jsonl"]);
    let found: Vec<_> = ran
        .json_lines()
        .iter()
        .map(|mention| (mention["piece"].as_str().unwrap().to_owned(), mention["start"].as_u64().unwrap()))
        .collect();
    assert_eq!(found, [("a".to_owned(), 0), ("r.jsonl#3".to_owned(), 4)]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.starts_with("skipped r.jsonl, line 2: broken JSON"), "{ran:?}");
}

#[test]
fn rows_of_a_table_are_named_too() {
    let sandbox = Sandbox::with(&[("rows.csv", "id,title,text\na,One,Moscow denied it.\nb,Two,Moscow denied that.\n")]);
    let lines = sandbox.run(&["tag", "rows.csv", "-f", "jsonl"]).json_lines();
    let pieces: Vec<_> = lines.iter().map(|line| (line["piece"].as_str().unwrap(), line["start"].as_u64().unwrap())).collect();
    assert_eq!(pieces, [("a", 0), ("b", 0)], "{lines:?}");
    let whole: serde_json::Value = serde_json::from_str(&sandbox.run(&["tag", "rows.csv", "-f", "json"]).stdout).unwrap();
    assert_eq!(whole["rows"].as_array().map(Vec::len), Some(2), "{whole}");
}

#[test]
fn text_is_shown_with_a_legend() {
    let sandbox = Sandbox::with(&[("a.txt", "Russia and China.\n\nThe Congo is two states.\n")]);
    let ran = sandbox.run(&["tag", "a.txt", "-f", "text"]);
    assert_eq!(ran.stdout.lines().next(), Some("Russia and China."));
    let legend = ran.stdout.lines().last().unwrap();
    assert!(legend.starts_with("actors: Russia (@russia, state)  China (@china, state)"), "{legend}");
}

#[test]
fn the_roster_can_be_looked_into() {
    let sandbox = Sandbox::new();
    assert!(sandbox.run(&["actors", "list"]).stdout.lines().count() > 1_000);
    assert!(sandbox.run(&["actors", "list", "--kind", "state"]).stdout.lines().all(|line| line.contains("\tstate\t")));
    for name in ["金正恩", "kim jong-un", "김정은", "Ким Чен Ын", "Ким Чен Ыном"] {
        let found = sandbox.run(&["actors", "find", name]).stdout;
        assert_eq!(found.lines().next(), Some("kim-jong-un\tperson\tKim Jong Un"), "{name}: {found}");
    }
    let shown = &sandbox.run(&["actors", "show", "russia"]).json_lines()[0];
    assert_eq!((shown["kind"].as_str(), shown["name"].as_str()), (Some("state"), Some("Russia")));
    assert!(shown["names"].as_array().unwrap().iter().any(|name| name["name"] == "Kremlin" && name["form"] == "seat"));
    let ran = sandbox.run(&["actors", "show", "rusland-x"]);
    assert_eq!(ran.code, 2);
    assert_eq!(sandbox.run(&["actors", "find", "zzzzqqqq"]).code, 1);
}
