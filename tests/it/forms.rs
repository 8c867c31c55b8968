use super::copies::text;
use super::harness::Sandbox;

/// A piece whose text and metadata are as hostile as they can be.
const HOSTILE: &str = "{\"id\":\"evil\",\"title\":\"=cmd|' /C calc'!A0 <script>alert(1)</script>\",\"author\":\"@SUM(A1)\",\"source\":\"[link](javascript:x)\",\"url\":\"javascript:alert(1)\",\"date\":\"2024-01-24\",\"text\":\"Munitions \\u001b[31m <b onclick=x>\\u202e *bold* Kim Jong Un said “no”.\"}\n";

const FORMS: [&str; 7] = ["text", "json", "jsonl", "csv", "tsv", "md", "html"];

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::with(&[
        ("a/r.jsonl", HOSTILE),
        (
            "a/kim.md",
            "---\ntitle: Munitions and words\nauthors: [Jane Example]\nsource: The Outlet\ndate: 2024-01-24\nurl: https://outlet.example/kim\n---\n\nKim Jong Un promised munitions.\n",
        ),
        ("q.csv", "id,query,note\na,munitions,=1+1\nb,unobtainium,\nc,a AND,\n"),
        ("qrels.tsv", "a\tevil\t1\n"),
        ("draft.md", "He “promised munitions”, <b onclick=x>“promised no <script>alert(1)</script> munitions at all”.\n"),
        ("a/copy.md", &format!("---\ntitle: Coal *bold* <b onclick=x>\n---\n\n{}", text(1, 0..30))),
        ("a/same.md", &text(1, 0..30)),
        ("a/pair.md", "Kim Jong Un met Vladimir Putin.\n"),
    ]);
    sandbox.run(&["index", "a"]);
    sandbox.run(&["save", "hostile", "munitions OR \"<b onclick=x> *bold*\""]);
    sandbox.run(&["batch", "q.csv", "-f", "trec", "-o", "run"]);
    sandbox
}

fn table(text: &str, delimiter: u8) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(ToOwned::to_owned).collect()).collect()
}

#[test]
fn every_reading_command_has_every_form() {
    let sandbox = sandbox();
    let id = sandbox.hits(&["munitions"])[0]["id"].as_str().unwrap().to_owned();
    let place = format!("{}:0-11", sandbox.hits(&["promised"])[0]["id"].as_str().unwrap());
    let commands: &[&[&str]] = &[
        &["search", "munitions"],
        &["search", "munitions", "--color", "always"],
        &["batch", "q.csv"],
        &["show", &id],
        &["show", "evil"],
        &["tag", "a/r.jsonl"],
        &["actors", "find", "kim"],
        &["status"],
        &["eval", "run", "qrels.tsv"],
        &["similar", "evil"],
        &["kwic", "munitions"],
        &["count", "munitions", "--by", "source"],
        &["why", "munitions", "evil"],
        &["copies"],
        &["cite", &id],
        &["verify", "draft.md"],
        &["save"],
        &["run", "hostile"],
        &["config"],
        &["actors", "list", "--by", "mentions"],
        &["actors", "show", "kim-jong-un"],
        &["actors", "pairs"],
        &["actors", "why", &place],
    ];
    for command in commands {
        for form in FORMS {
            let ran = sandbox.run(&[*command, &["-f", form]].concat());
            let expected = match command[0] {
                "batch" => 4,
                "verify" => 1,
                _ => 0,
            };
            assert_eq!(ran.code, expected, "{command:?} {form}: {ran:?}");
            assert!(ran.stdout.ends_with('\n'), "{command:?} {form}: {ran:?}");
            let painted = command.contains(&"always") && form == "text";
            let data = matches!(form, "json" | "jsonl" | "csv" | "tsv");
            assert!(painted || data || !ran.stdout.contains(['\u{1B}', '\u{202E}']), "{command:?} {form}");
            match form {
                // Every record as long as the header: the reader refuses others.
                "csv" => assert!(table(&ran.stdout, b',').len() > 1, "{command:?}"),
                "tsv" => assert!(table(&ran.stdout, b'\t').len() > 1, "{command:?}"),
                "html" => {
                    assert!(ran.stdout.starts_with("<!DOCTYPE html>") && ran.stdout.ends_with("</body>\n</html>\n"), "{ran:?}");
                    for bad in ["<script", "onclick=x>", "\"javascript:", "src=", "http-equiv=\"refresh"] {
                        assert!(!ran.stdout.contains(bad), "{command:?}: {bad}");
                    }
                }
                "md" => assert!(
                    !ran.stdout.replace("\\<", "").contains("<b")
                        && !ran.stdout.contains("](<javascript")
                        && !ran.stdout.contains(" *bold* ")
                ),
                _ => {}
            }
        }
    }
    let ran = sandbox.run(&["status", "-f", "trec"]);
    assert!(ran.code == 2 && ran.stderr.contains("cannot write a TREC run"), "{ran:?}");
}

#[test]
fn tables_have_fixed_columns_and_no_formulas() {
    let sandbox = sandbox();
    let rows = table(&sandbox.run(&["search", "munitions", "-f", "csv"]).stdout, b',');
    assert_eq!(
        rows[0].join(","),
        "rank,score,id,piece,path,line,title,authors,source,date,lang,kind,url,text,matches,actors,copies,signals,page,passage_lang"
    );
    for row in &rows[1..] {
        assert!(row.iter().all(|cell| !cell.starts_with(['=', '@', '+'])), "{row:?}");
    }
    let evil = rows.iter().find(|row| row[3] == "evil").unwrap();
    assert!(evil[6].starts_with("'=cmd") && evil[7] == "'@SUM(A1)", "{evil:?}");
    let rows = table(&sandbox.run(&["batch", "q.csv", "-f", "csv"]).stdout, b',');
    assert_eq!(rows[0][..6].join(",") + "…" + rows[0].last().unwrap(), "row,qid,status,found,error,change…in_note");
    let statuses: Vec<String> = rows[1..].iter().map(|row| format!("{} {} {} {}", row[0], row[1], row[2], row.last().unwrap())).collect();
    assert_eq!(statuses, ["1 a ok '=1+1", "1 a ok '=1+1", "2 b zero ", "3 c error "]);
    assert!(rows[4][4].starts_with("AND needs something"), "{rows:?}");
    assert!(sandbox.run(&["search", "munitions", "-f", "csv", "--bom"]).stdout.starts_with("\u{FEFF}rank,"));
}

#[test]
fn columns_can_be_chosen_in_every_form() {
    let sandbox = sandbox();
    let run = |form: &str| sandbox.run(&["search", "munitions promised", "--fields", "date,title,actors", "-f", form]).stdout;
    assert_eq!(run("text"), "2024-01-24\tMunitions and words\tkim-jong-un\n");
    assert_eq!(run("csv"), "date,title,actors\n2024-01-24,Munitions and words,kim-jong-un\n");
    assert_eq!(run("jsonl"), "{\"schema\":1,\"date\":\"2024-01-24\",\"title\":\"Munitions and words\",\"actors\":[\"kim-jong-un\"]}\n");
    assert!(run("md").starts_with("| date | title | actors |\n| --- | --- | --- |\n| 2024-01-24 | Munitions and words | kim-jong-un |\n"));
    assert!(run("html").contains("<td>2024-01-24</td><td>Munitions and words</td><td>kim-jong-un</td>"));
    let answer: serde_json::Value = serde_json::from_str(&run("json")).unwrap();
    assert_eq!((answer["found"].as_u64(), answer["hits"][0]["date"].as_str()), (Some(1), Some("2024-01-24")));
    assert_eq!(sandbox.run(&["search", "munitions promised", "--fields", "path", "-0"]).stdout, "kim.md\0");
    let ran = sandbox.run(&["search", "munitions", "--fields", "colour"]);
    assert!(ran.code == 2 && ran.stderr.starts_with("error: no column is called \"colour\"\nhint: the columns are rank, score"), "{ran:?}");
    assert_eq!(sandbox.run(&["search", "munitions", "-c", "-f", "csv"]).stdout, "found\n2\n");
}

#[test]
fn markdown_quotes_and_cites() {
    let out = sandbox().run(&["search", "munitions promised", "-f", "md"]).stdout;
    assert_eq!(
        out,
        "## [Munitions and words](<https://outlet.example/kim>)\n\nThe Outlet · 2024-01-24 · kim.md\n\n> *Kim Jong Un* **promised** **munitions**.\n>\n> — Jane Example, “Munitions and words,” The Outlet, January 24, 2024.\n>\n> "
            .to_owned()
            + &out[out.rfind("> ").unwrap() + 2..]
    );
    assert!(out.trim_end().ends_with("Actors: Kim Jong Un (@kim-jong-un, person)."), "{out}");
}

#[test]
fn a_page_has_a_legend_and_marks() {
    let out = sandbox().run(&["search", "munitions promised", "-f", "html"]).stdout;
    assert!(out.contains("<span class=\"a0\">Kim Jong Un</span> <mark>promised</mark> <mark>munitions</mark>."), "{out}");
    assert!(out.contains("<li class=\"a0\">Kim Jong Un (@kim-jong-un, person)</li>"), "{out}");
    assert!(out.contains("<h2><a href=\"https://outlet.example/kim\" rel=\"noreferrer\">"), "{out}");
    assert!(out.contains("@media print"));
}

#[test]
fn every_command_that_reads_takes_a_folder() {
    let sandbox = Sandbox::with(&[("a/x.md", "Coal.")]);
    for command in [vec!["status"], vec!["show", "x.md"], vec!["search", "coal"]] {
        let ran = sandbox.run(&[&command[..], &["--in", "a"]].concat());
        assert_eq!(ran.code, 0, "{command:?}: {ran:?}");
    }
    assert!(sandbox.run(&["status", "--in", "a"]).stdout.contains("pieces\t1\n"));
}
