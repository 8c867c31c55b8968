use super::harness::Sandbox;

const OIL: (&str, &str) = ("oil.md", "# Tankers\n\nThe embargo on crude oil keeps tankers in port while refineries wait for shipments.\n");
const MORE: (&str, &str) = ("more.md", "# Ports\n\nPort crews say that the tankers and the refineries will outlast the oil embargo.\n");
const ART: (&str, &str) = ("art.md", "# A show\n\nThe museum hangs forty portraits beside letters of the painter.\n");
const HAN: (&str, &str) = ("han.md", "# 制裁\n\n安理会讨论延长对朝鲜的制裁，各国代表意见不一。\n");
const HAN_TOO: (&str, &str) = ("han-too.md", "# 决议\n\n联合国安理会就朝鲜制裁投票。\n");

fn ids(hits: &[serde_json::Value]) -> Vec<&str> {
    hits.iter().filter_map(|hit| hit["piece"]["id"].as_str()).collect()
}

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::with(&[OIL, MORE, ART, HAN, HAN_TOO]);
    sandbox.index();
    sandbox
}

fn similar(sandbox: &Sandbox, name: &str) -> Vec<serde_json::Value> {
    let ran = sandbox.run(&["similar", name, "-f", "jsonl"]);
    assert!(ran.code < 2, "{ran:?}");
    ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_piece_is_not_like_itself_but_like_others_of_its_subject() {
    let sandbox = sandbox();
    let hits = similar(&sandbox, "oil.md");
    assert_eq!(ids(&hits).first(), Some(&"more.md"));
    assert!(!ids(&hits).contains(&"oil.md"));
    assert_eq!(hits[0]["rank"], 1);
    assert_eq!(ids(&similar(&sandbox, "han.md")), ["han-too.md"]);
}

#[test]
fn any_text_and_any_passage_will_do() {
    let sandbox = sandbox();
    sandbox.write("draft.txt", "Painters and their portraits");
    assert_eq!(ids(&similar(&sandbox, "draft.txt")).first(), Some(&"art.md"));
    let id = similar(&sandbox, "oil.md")[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(ids(&similar(&sandbox, &id)).first(), Some(&"oil.md"));
    sandbox.write("nothing.txt", "the of and");
    assert_eq!(sandbox.run(&["similar", "nothing.txt"]).code, 1);
    assert_eq!(sandbox.run(&["similar", "no-such-thing"]).code, 2);
    // As every command that reads, it can bring a folder's own index up to date first.
    sandbox.write("later/easel.md", "# An easel\n\nPainters and portraits.\n");
    sandbox.write("later/letters.md", "# Letters\n\nLetters of painters beside portraits.\n");
    let ran = sandbox.run(&["similar", "easel.md", "--in", "later", "-f", "jsonl"]);
    assert!(ran.code == 0 && ran.stdout.contains("\"letters.md\"") && !ran.stdout.contains("art.md"), "{ran:?}");
}

#[test]
fn the_numbers_are_the_same_for_every_order_and_limit() {
    let sandbox = Sandbox::new();
    let text = "The embargo on crude oil keeps tankers in port while refineries wait for shipments.";
    for number in 0..9 {
        let date = format!("---\ndate: 2024-01-0{}\n---\n", number + 1);
        sandbox.write(
            &format!("{number}.md"),
            format!("{date}# Tankers {number}\n\n{text} Crew {number} left pier {number}.\n\nNothing new for tankers at pier {number}.\n"),
        );
    }
    // The same text elsewhere is the piece itself.
    sandbox.write("same.md", std::fs::read(sandbox.path().join("4.md")).unwrap());
    sandbox.index();
    for args in [
        &[][..],
        &["-n", "1"],
        &["-n", "0"],
        &["--sort", "date", "-n", "2"],
        &["--sort=-date", "-n", "2"],
        &["--copies", "show"],
        &["--copies", "show", "-n", "3", "--per-piece", "1"],
        &["--per-piece", "1", "--offset", "2"],
        &["-q"],
    ] {
        let all = ["similar", "4.md", "-f", "json"];
        let ran = sandbox.run(&[&all, args].concat());
        assert_eq!(ran.code, 0, "{args:?} {ran:?}");
        if args == ["-q"] {
            continue;
        }
        let answer: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        let hits = answer["hits"].as_array().unwrap();
        assert_eq!(answer["found"], 8, "{args:?}");
        assert!(!ids(hits).iter().any(|id| ["4.md", "same.md"].contains(id)), "{args:?} {:?}", ids(hits));
        let first = args.iter().position(|arg| *arg == "--offset").map_or(1, |_| 3);
        assert!(hits.iter().zip(first..).all(|(hit, rank)| hit["rank"] == rank), "{args:?}");
    }
    for args in [&["-c"][..], &["-c", "--sort", "date"], &["-c", "--copies", "show"]] {
        assert_eq!(sandbox.run(&[&["similar", "4.md"], args].concat()).stdout.trim(), "8", "{args:?}");
    }
    let files = sandbox.run(&["similar", "4.md", "-l"]).stdout;
    assert!(files.lines().count() == 8 && !files.contains("4.md"), "{files}");
}
