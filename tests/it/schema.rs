use std::sync::LazyLock;

use serde_json::Value;

use super::copies::{piece, text};
use super::harness::{Sandbox, project};

static SCHEMA: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(&std::fs::read_to_string(project().join("docs/schema.json")).unwrap()).unwrap());

/// What of `value` does not fit the definition `name` of the schema.
pub fn faults(value: &Value, name: &str) -> Vec<String> {
    let mut faults = Vec::new();
    check(value, &SCHEMA["$defs"][name], name, &mut faults);
    faults
}

/// Checks `value` by the part of JSON Schema that the schema uses. A keyword that is not known here is a fault: it would be checked by nobody.
fn check(value: &Value, schema: &Value, at: &str, faults: &mut Vec<String>) {
    let rules = schema.as_object().unwrap_or_else(|| panic!("no definition {at}"));
    for (rule, wanted) in rules {
        let fits = match rule.as_str() {
            "description" => true,
            "$ref" => {
                let target = wanted.as_str().unwrap().strip_prefix("#/$defs/").unwrap();
                check(value, &SCHEMA["$defs"][target], at, faults);
                true
            }
            "const" => value == wanted,
            "enum" => wanted.as_array().unwrap().contains(value),
            "type" => match wanted {
                Value::Array(kinds) => kinds.iter().any(|kind| is(value, kind)),
                kind => is(value, kind),
            },
            "minimum" => value.as_f64().is_none_or(|number| number >= wanted.as_f64().unwrap()),
            "pattern" => {
                assert_eq!(wanted, "^[0-9a-f]{12}:[0-9]+-[0-9]+$", "the one pattern that is known here");
                let (digest, range) = value.as_str().unwrap().split_once(':').unwrap_or_default();
                let (start, end) = range.split_once('-').unwrap_or_default();
                digest.len() == 12 && start.parse::<u64>().is_ok() && end.parse::<u64>().is_ok()
            }
            "items" => {
                for (number, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(item, wanted, &format!("{at}[{number}]"), faults);
                }
                true
            }
            "required" => wanted.as_array().unwrap().iter().all(|key| value.get(key.as_str().unwrap()).is_some()),
            "properties" => {
                for (key, member) in value.as_object().into_iter().flatten() {
                    if let Some(schema) = wanted.get(key) {
                        check(member, schema, &format!("{at}.{key}"), faults);
                    }
                }
                true
            }
            "additionalProperties" => {
                let extra = value.as_object().into_iter().flatten().filter(|(key, _)| schema["properties"].get(key.as_str()).is_none());
                match wanted {
                    Value::Bool(false) => extra.count() == 0,
                    wanted => {
                        extra.for_each(|(key, member)| check(member, wanted, &format!("{at}.{key}"), faults));
                        true
                    }
                }
            }
            unknown => panic!("{at} uses {unknown}, which this check does not know"),
        };
        if !fits {
            faults.push(format!("{at}: {rule} {wanted} does not hold for {value}"));
        }
    }
}

fn is(value: &Value, kind: &Value) -> bool {
    match kind.as_str().unwrap() {
        "string" => value.is_string(),
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("no type is called {other}"),
    }
}

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::with(&[
        (
            "a/kim.md",
            "---\ntitle: Munitions\nauthors: [Jane Example]\ndate: 2024-01-24\n---\n\nKim Jong Un promised munitions. Mr. Kim left Congo.\n",
        ),
        ("a/r.jsonl", "{\"id\":\"r1\",\"text\":\"Russia and munitions. 金正恩\"}\nbroken\n"),
        ("q.csv", "id,query,note\na,munitions,x\nb,unobtainium,\nc,a AND,\n"),
        ("draft.md", "He “promised munitions”, or “promised no munitions at all”.\n\n> Nothing like this.\n"),
        ("qrels.tsv", "a\tr1\t1\n"),
        ("a/copy.md", &piece("Coal", "2024-01-24", &text(1, 0..30))),
        ("a/same.md", &piece("Coal again", "2024-01-25", &text(1, 0..30))),
        ("a/jenny.md", "Jenny Example, a senior fellow at the Harbour Institute, said no. Mr. Kim Jong Un agreed with Ms Example.\n"),
    ]);
    sandbox.run(&["index", "a"]);
    sandbox.run(&["save", "fuel", "oil OR gas"]);
    sandbox.run(&["batch", "q.csv", "-f", "trec", "-o", "run"]);
    sandbox
}

#[test]
fn real_output_is_as_the_schema_says() {
    let sandbox = sandbox();
    let id = sandbox.hits(&["munitions"])[0]["id"].as_str().unwrap().to_owned();
    let place = format!("{id}:0-11");
    // Commands, and what each line or object of their output is; a batch has hits and statuses.
    let cases: &[(&[&str], &str, &str)] = &[
        (&["search", "munitions OR @russia", "--explain"], "hit", "search_answer"),
        (&["search", "unobtainium"], "hit", "search_answer"),
        (&["search", "munitions", "-c"], "found", "count_list"),
        (&["search", "munitions", "-l"], "file", "file_list"),
        (&["similar", &id], "hit", "search_answer"),
        (&["run", "fuel", "--any"], "hit", "search_answer"),
        (&["why", "munitions AND oil", &id], "clause", "clause_list"),
        (&["copies"], "copy", "copy_list"),
        (&["copies", "copy.md"], "copy", "copy_list"),
        (&["tag", "a/jenny.md", "--evidence"], "weighed", "weighed_list"),
        (&["actors", "list", "--by", "mentions"], "mentioned", "mentioned_list"),
        (&["actors", "pairs"], "pair", "pair_list"),
        (&["actors", "why", &place], "reason", "reason_list"),
        (&["actors", "show", "jenny-example"], "known", "known_list"),
        (&["actors", "find", "Kim Jong"], "actor", "actor_list"),
        (&["batch", "q.csv"], "hit", "batch_answer"),
        (&["batch", "q.csv", "-c"], "status", "batch_answer"),
        (&["batch", "q.csv", "--check"], "wrong_row", "wrong_row_list"),
        (&["batch", "q.csv", "-l"], "row_file", "batch_answer"),
        (&["kwic", "munitions", "-c"], "found", "count_list"),
        (&["kwic", "munitions", "-l"], "file", "file_list"),
        (&["show", &id], "passage_shown", "passage_list"),
        (&["tag", "a/kim.md"], "mention", "mention_list"),
        (&["tag", "a/r.jsonl"], "mention", "mention_lists"),
        (&["actors", "show", "kim-jong-un"], "actor", "actor_list"),
        (&["actors", "list", "--kind", "org"], "actor", "actor_list"),
        (&["search", "munitions", "-C", "1s"], "hit", "search_answer"),
        (&["count", "munitions"], "group", "group_list"),
        (&["count", "munitions", "--by", "actor"], "group", "group_list"),
        (&["count", "munitions", "--by", "year"], "group", "group_list"),
        (&["kwic", "munitions"], "concordance_line", "concordance_list"),
        (&["cite", &id], "citation", "citation_list"),
        (&["verify", "draft.md"], "quotation", "quotation_list"),
        (&["status"], "fact", "fact_list"),
        (&["check"], "fault", "fault_list"),
        (&["search", "munitions", "--vimgrep"], "match_line", "match_list"),
        (&["save"], "saved", "saved_list"),
        (&["config"], "default", "default_list"),
        (&["eval", "run", "qrels.tsv"], "measure", "measure_list"),
    ];
    for (command, entry, whole) in cases {
        let lines = sandbox.run(&[*command, &["-f", "jsonl"]].concat()).json_lines();
        assert!(!lines.is_empty() || command.iter().any(|word| ["unobtainium", "fuel", "check"].contains(word)), "{command:?}");
        for line in lines {
            let name = if line.get("status").is_some() { "status" } else { entry };
            assert_eq!(faults(&line, name), Vec::<String>::new(), "{command:?}");
        }
        let ran = sandbox.run(&[*command, &["-f", "json"]].concat());
        let object: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{command:?}: {error}: {ran:?}"));
        assert_eq!(faults(&object, whole), Vec::<String>::new(), "{command:?}");
    }
    // No command that writes JSON is left out.
    let help = sandbox.run(&["--help"]).stdout;
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names: Vec<&str> =
        commands.filter_map(|line| line.strip_prefix("  ")?.split([' ', ',']).next().filter(|name| !name.is_empty())).collect();
    assert!(names.len() > 20, "{names:?}");
    for name in names {
        let writes = sandbox.run(&[name, "--help"]).stdout.contains("--format");
        assert!(!writes || cases.iter().any(|(command, ..)| command[0] == name), "{name} is not checked");
    }
}

#[test]
fn what_a_batch_keeps_is_as_the_schema_says() {
    let sandbox = sandbox();
    assert_eq!(sandbox.run(&["batch", "q.csv", "--summary", "summary", "--manifest", "kept"]).code, 4);
    let read = |path: &str| std::fs::read_to_string(sandbox.path().join(path)).unwrap();
    assert_eq!(faults(&serde_json::from_str(&read("summary")).unwrap(), "batch_summary"), Vec::<String>::new());
    let kept: Vec<Value> = read("kept").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((kept.len(), faults(&kept[0], "manifest_head")), (4, Vec::new()));
    for row in &kept[1..] {
        assert_eq!(faults(row, "manifest_row"), Vec::<String>::new());
    }
    // What is gone since has a line of its own.
    sandbox.remove("a/kim.md");
    sandbox.run(&["index", "a"]);
    let lines = sandbox.run(&["batch", "q.csv", "--since", "kept"]).json_lines();
    let gone: Vec<&Value> = lines.iter().filter(|line| line["change"] == "gone").collect();
    assert!(!gone.is_empty(), "{lines:?}");
    for line in gone {
        assert_eq!(faults(line, "gone"), Vec::<String>::new());
    }
}

#[test]
fn what_is_wrong_with_an_index_is_told_as_the_schema_says() {
    let sandbox = sandbox();
    let store = std::fs::read_dir(sandbox.path().join(".pundit/index")).unwrap().map(|entry| entry.unwrap().path());
    let store = store.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "store")).unwrap();
    let bytes = std::fs::read(&store).unwrap();
    std::fs::write(&store, &bytes[..bytes.len() / 2]).unwrap();
    let ran = sandbox.run(&["check", "-f", "jsonl"]);
    assert!(ran.code == 3 && !ran.json_lines().is_empty(), "{ran:?}");
    for line in ran.json_lines() {
        assert_eq!(faults(&line, "fault"), Vec::<String>::new());
    }
}

#[test]
fn the_check_finds_faults() {
    let hit = sandbox().hits(&["munitions"]).remove(0);
    for (key, wrong) in [("rank", Value::from(0)), ("id", "x".into()), ("qid", 1.into()), ("more", 1.into())] {
        let mut hit = hit.clone();
        hit[key] = wrong;
        assert_eq!(faults(&hit, "hit").len(), 1, "{key}");
    }
    let mut hit = hit;
    hit.as_object_mut().unwrap().remove("piece");
    assert_eq!(faults(&hit, "hit").len(), 1);
}

#[test]
fn the_schema_is_printed_and_hangs_together() {
    let printed: Value = serde_json::from_str(&Sandbox::new().run(&["schema"]).stdout).unwrap();
    assert_eq!(printed, *SCHEMA);
    for choice in SCHEMA["anyOf"].as_array().unwrap() {
        let name = choice["$ref"].as_str().unwrap().strip_prefix("#/$defs/").unwrap();
        assert!(SCHEMA["$defs"].get(name).is_some(), "{name}");
    }
}
