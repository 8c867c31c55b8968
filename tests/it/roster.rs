use std::collections::{BTreeMap, BTreeSet};

use pundit::actors::{Form, Kind, Roster, register};

use super::golden;
use super::harness::{Sandbox, project};

/// The rows of a table of the roster, cells by column.
fn rows(table: &str) -> Vec<BTreeMap<String, String>> {
    let text = std::fs::read_to_string(project().join("src/actors/roster").join(table)).unwrap();
    let mut lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let header: Vec<&str> = lines.next().unwrap().split('\t').collect();
    lines.map(|line| header.iter().zip(line.split('\t')).map(|(column, cell)| ((*column).to_owned(), cell.to_owned())).collect()).collect()
}

const TABLES: [&str; 6] = ["states.tsv", "people.tsv", "leaders.tsv", "officials.tsv", "orgs.tsv", "parties.tsv"];

#[test]
fn each_table_says_where_it_is_from() {
    for table in TABLES.iter().chain(&["state-words.tsv", "offices.tsv", "organs.tsv"]) {
        let text = std::fs::read_to_string(project().join("src/actors/roster").join(table)).unwrap();
        let head: String = text.lines().take_while(|line| line.starts_with('#')).collect();
        assert!(["Source", "Own writing", "public record"].iter().any(|word| head.contains(word)), "{table}: {head}");
    }
}

#[test]
fn no_id_is_given_twice_and_none_dangles() {
    let mut ids = BTreeSet::new();
    for table in TABLES {
        for row in rows(table) {
            assert!(ids.insert(row["id"].clone()), "{table} has {} again", row["id"]);
            let is_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(!row["id"].is_empty() && row["id"].chars().all(is_id), "{table}: {}", row["id"]);
        }
    }
    let roster = Roster::builtin();
    for actor in roster.actors() {
        for other in &actor.of {
            assert!(roster.find(other).is_some(), "{} is of {other}, whom nobody knows", actor.id);
        }
    }
    for row in rows("offices.tsv") {
        assert!(roster.find(&row["id"]).is_some_and(|actor| actor.kind == Kind::Person), "{}", row["id"]);
    }
}

#[test]
fn terms_of_office_end_after_they_begin() {
    for actor in Roster::builtin().actors() {
        for term in &actor.terms {
            let year =
                |date: &str| date.get(..4).and_then(|year| year.parse::<i32>().ok()).unwrap_or_else(|| panic!("{}: {date}", actor.id));
            assert!((1850..2030).contains(&year(&term.from)), "{}: {}", actor.id, term.from);
            assert!(term.to.as_ref().is_none_or(|to| *to >= term.from && year(to) < 2030), "{}: {} to {:?}", actor.id, term.from, term.to);
        }
    }
}

/// A name that two actors have in full is a decision, so the list of them is committed.
#[test]
fn no_name_is_shared_in_silence() {
    let roster = Roster::builtin();
    let mut owners: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for actor in roster.actors() {
        for name in roster.names_of(&actor.id).filter(|name| name.form == Form::Full) {
            owners.entry(&name.text).or_default().insert(&actor.id);
        }
    }
    let shared: String = owners
        .iter()
        .filter(|(_, ids)| ids.len() > 1)
        .map(|(name, ids)| format!("{name}\t{}\n", ids.iter().copied().collect::<Vec<_>>().join(" ")))
        .collect();
    golden::check("shared-names.tsv", &shared);
}

/// What searches ask of the roster, ready to be asked.
#[test]
fn the_register_is_that_of_the_tables() {
    golden::check_in("src/actors/roster", "register.tsv", &register(Roster::builtin()));
}

#[test]
fn the_roster_is_large_and_speaks_many_languages() {
    let roster = Roster::builtin();
    assert!(roster.actors().count() >= 6_000, "{}", roster.actors().count());
    assert!(roster.names().len() >= 60_000, "{}", roster.names().len());
    let header = std::fs::read_to_string(project().join("src/actors/roster/states.tsv")).unwrap();
    let header = header.lines().find(|line| line.starts_with("id\t")).unwrap();
    assert!(header.split('\t').count() - 2 >= 10);
}

const JENNY: &str = "Jenny Quillfeather met Kim Jong Un. The Young General smiled in Town.";

fn actors(sandbox: &Sandbox, args: &[&str]) -> Vec<String> {
    let mut all = vec!["tag", "a.txt", "-f", "jsonl"];
    all.extend(args);
    let found = sandbox.run(&all).json_lines();
    found.iter().filter_map(|mention| mention["actor"].as_str().map(ToOwned::to_owned)).collect()
}

#[test]
fn overlays_go_over_the_roster_and_over_each_other() {
    let sandbox = Sandbox::with(&[("a.txt", JENNY), ("more.toml", "[[ignore]]\nactor = 'kim-jong-un'\n")]);
    assert!(!actors(&sandbox, &[]).contains(&"the-quill".to_owned()));
    let ran = sandbox.run(&["actors", "add", "Jenny Quillfeather", "--kind", "person", "--id", "the-quill", "--user"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(actors(&sandbox, &[]).contains(&"the-quill".to_owned()));
    assert_eq!(sandbox.run(&["actors", "alias", "kim-jong-un", "Young General"]).code, 0);
    assert_eq!(actors(&sandbox, &[]), ["the-quill", "kim-jong-un", "kim-jong-un"]);
    assert_eq!(actors(&sandbox, &["--actors", "more.toml"]), ["the-quill"]);
    let exported = sandbox.run(&["actors", "export"]).stdout;
    assert!(exported.contains("id = \"the-quill\"") && exported.contains("names = [\"Young General\"]"), "{exported}");
}

#[test]
fn what_an_editor_leaves_open_is_closed_and_what_was_added_is_listed() {
    let sandbox = Sandbox::with(&[(
        "home/.config/pundit/actors.toml",
        "[[add]]\nid = \"the-quill\"\nkind = \"person\"\nnames = [\"Jenny Quillfeather\"]",
    )]);
    let ran = sandbox.run(&["actors", "alias", "kim-jong-un", "Young General", "--user"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for args in [&["actors"][..], &["actors", "list"]] {
        let ran = sandbox.run(args);
        assert!(ran.code == 0 && ran.stdout.contains("the-quill"), "{args:?}: {}", ran.stderr);
    }
}

#[test]
fn what_does_not_fit_changes_nothing_and_says_so() {
    let sandbox = Sandbox::with(&[("a.txt", JENNY), ("bad.toml", "[[alias]]\nactor = 'kim-jong-unn'\nnames = ['X Y']\n")]);
    let ran = sandbox.run(&["tag", "a.txt", "--actors", "bad.toml"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("bad.toml: no actor has the id \"kim-jong-unn\"") && ran.stderr.contains("did you mean kim-jong-un?"),
        "{ran:?}"
    );
    for (args, similar) in [
        (&["alias", "kim-jong-unn", "X Y"][..], "kim-jong-un"),
        (&["ignore", "--actor", "kim-jong-unn"], "kim-jong-un"),
        (&["add", "X Institute", "--kind", "org", "--of", "united-staates"], "united-states"),
    ] {
        let ran = sandbox.run(&[&["actors"], args].concat());
        assert!(ran.code == 2 && ran.stderr.ends_with(&format!("hint: did you mean {similar}?\n")), "{args:?}: {ran:?}");
    }
    assert!(!sandbox.path().join(".pundit/actors.toml").exists());
    // Of a short name most is another name.
    let hint = |name: &str| sandbox.run(&["actors", "show", name]).stderr;
    assert!(!hint("wfo").contains("did you mean") && hint("putn").contains("did you mean vladimir-putin, "), "{}", hint("putn"));
}

#[test]
fn a_table_can_be_imported() {
    let table = "id,kind,names,short\n,person,Jenny Quillfeather|珍妮,Quillfeather\nkim-jong-un,,Young General,\n";
    let sandbox = Sandbox::with(&[("a.txt", JENNY), ("t.csv", table)]);
    assert_eq!(sandbox.run(&["actors", "import", "t.csv"]).code, 0);
    assert_eq!(actors(&sandbox, &[]), ["jenny-quillfeather", "kim-jong-un", "kim-jong-un"]);
    assert_eq!(sandbox.run(&["actors", "list", "-n", "2"]).stdout.lines().count(), 2);
    // A row of nobody is told with its line, and nothing of the table is taken.
    for (row, told) in [
        (
            "kim-jong-um,person,,Marshal",
            "bad.csv:4: no actor has the id \"kim-jong-um\", and the row gives no names for a new one; nothing was imported\nhint: did you mean kim-jong-un",
        ),
        (",ship,Jan Anybody,,", "error: bad.csv: \"ship\" is no kind of actor"),
        (",org,,,", "bad.csv:4: the row has neither an id nor a name; nothing was imported\nhint: "),
    ] {
        sandbox.write("bad.csv", format!("id,kind,names,short\n,,,\n,person,Jan Anyone,\n{row}\n"));
        let ran = sandbox.run(&["actors", "import", "bad.csv", "--user"]);
        assert!(ran.code == 2 && ran.stderr.contains(told), "{ran:?}");
        assert!(!sandbox.path().join("home/.config/pundit/actors.toml").exists());
    }
}

#[test]
fn an_index_is_tagged_again_by_a_changed_roster() {
    let sandbox =
        Sandbox::with(&[("a.txt", JENNY), ("b.jsonl", "{\"id\":\"x\",\"text\":\"The Young General left.\",\"date\":\"2024-03-01\"}\n")]);
    sandbox.index();
    assert!(sandbox.pieces(&["@kim-jong-un"]) == ["a.txt"]);
    assert_eq!(sandbox.run(&["actors", "alias", "kim-jong-un", "Young General"]).code, 0);
    let ran = sandbox.run(&["index"]);
    assert!(ran.stderr.contains("pundit index --retag"), "{ran:?}");
    // No file is needed.
    sandbox.remove("b.jsonl");
    assert_eq!(sandbox.run(&["index", "--retag"]).code, 0);
    let mut found = sandbox.pieces(&["@kim-jong-un"]);
    found.sort();
    assert_eq!(found, ["a.txt", "x"]);
    assert!(!sandbox.run(&["status"]).stdout.contains("--retag"));
}

#[test]
fn an_index_tells_what_it_knows_of_actors() {
    let sandbox = Sandbox::with(&[
        ("a.txt", "Jenny Quillfeather met Kim Jong Un. Kim smiled."),
        (
            "b.jsonl",
            "{\"id\":\"x\",\"title\":\"Kim in Town\",\"text\":\"Kim Jong Un met Mr. Zelbrook.\",\"date\":\"2024-03-01\",\"lang\":\"en\"}\n",
        ),
    ]);
    sandbox.index();
    let listed = sandbox.run(&["actors", "list", "--by", "mentions"]).stdout;
    assert_eq!(listed.lines().next(), Some("kim-jong-un\t4\t2\t2\tKim Jong Un"), "{listed}");
    let people = sandbox.run(&["actors", "list", "--by", "mentions", "--kind", "person"]).stdout;
    assert!(people.contains("jenny-quillfeather\t1\t1\t1\tJenny Quillfeather\n") && people.starts_with("kim-jong-un\t"), "{people}");
    let states = sandbox.run(&["actors", "list", "--by", "mentions", "--kind", "state"]);
    assert_eq!((states.code, states.stdout.as_str()), (1, ""), "{states:?}");
    let shown = &sandbox.run(&["actors", "show", "kim-jong-un"]).json_lines()[0]["index"];
    assert_eq!(shown["mentions"], 4);
    assert_eq!(shown["months"][0]["what"], "2024-03");
    assert_eq!(shown["names"][0]["count"], 2);
    let pairs = sandbox.run(&["actors", "pairs", "-f", "csv"]).stdout;
    assert!(pairs.starts_with("actor,with,passages\n") && pairs.contains("jenny-quillfeather,kim-jong-un,1"), "{pairs}");
    let pairs = sandbox.run(&["actors", "pairs", "--actor", "kim-jong-unn"]);
    assert!(pairs.code == 2 && pairs.stderr.contains("did you mean kim-jong-un?"), "{pairs:?}");
    let why = sandbox.run(&["actors", "why", "a.txt:36-39"]).stdout;
    assert!(why.contains("kim-jong-un (Kim Jong Un): short-name, by “Kim Jong Un”"), "{why}");
    let why = sandbox.run(&["actors", "why", "a.txt:19-22"]);
    assert_eq!(why.code, 1);
    assert!(why.stdout.contains("met\t\tno mention"), "{why:?}");
}
