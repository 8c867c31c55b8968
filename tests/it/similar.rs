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
