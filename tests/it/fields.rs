use super::harness::Sandbox;

fn sandbox() -> Sandbox {
    let piece = |head: &str| format!("---\n{head}\n---\n\nOil was there.\n");
    let sandbox = Sandbox::with(&[
        (
            "north/2023/a.md",
            &piece("title: Long walks\nauthors: [David Jones, Ann Smith]\nsource: Gulf Daily Post\ntags: [trade war, arms control]"),
        ),
        ("north/2024/b.md", &piece("title: He walks home\nauthors: [Ann Low, David Smith]\nsource: Daily Gulf Times\ntags: [arms trade]")),
        ("2023/north/c.md", &piece("title: A walk\nauthors: [Smith David]\nsource: 海湾日报\ntags: [贸易战争]")),
    ]);
    sandbox.index();
    sandbox
}

fn found(sandbox: &Sandbox, args: &[&str]) -> String {
    let mut pieces: Vec<String> = sandbox.pieces(args).iter().filter_map(|id| id.rsplit('/').next().map(ToOwned::to_owned)).collect();
    pieces.sort();
    pieces.join(" ")
}

#[test]
fn quoted_words_of_a_field_stand_in_order_in_one_name() {
    let sandbox = sandbox();
    for (query, expected) in [
        ("author:smith", "a.md b.md c.md"),
        ("author:\"smith\"", "a.md b.md c.md"),
        ("author:\"David Smith\"", "b.md"),
        ("author:\"smith  david\"", "c.md"),
        ("author:\"David Sm*\"", "b.md"),
        // Neither from one author into the next, nor from the last into what follows.
        ("author:\"Jones Ann\"", ""),
        ("author:\"Low David\"", ""),
        ("author:\"Jon?s Ann\"", ""),
        ("author:(\"Ann Smith\" OR \"Smith David\")", "a.md c.md"),
        ("oil -author:\"David Smith\"", "a.md c.md"),
        ("source:\"Gulf Daily\"", "a.md"),
        ("source:\"daily gulf times\"", "b.md"),
        ("source:\"Gulf Post\"", ""),
        ("source:海湾日报", "c.md"),
        ("source:日报海湾", ""),
        ("tag:\"arms trade\"", "b.md"),
        ("tag:\"trade arms\"", ""),
        ("tag:\"war arms\"", ""),
        ("tag:“贸易战”", "c.md"),
        ("path:\"north/2023\"", "a.md"),
        ("path:\"2023 north\"", "c.md"),
        ("path:2023/north/c.md", "c.md"),
        ("path:\"north b\"", ""),
    ] {
        assert_eq!(found(&sandbox, &[query]), expected, "{query}");
    }
    assert_eq!(found(&sandbox, &["oil", "--author", "David Smith", "--author", "Jones"]), "a.md b.md");
    assert_eq!(found(&sandbox, &["oil", "--source", "Gulf Daily"]), "a.md");
    assert_eq!(found(&sandbox, &["--any", "oil", "walk", "author:\"David Smith\""]), "b.md");
    let counted = sandbox.run(&["count", "author:\"David Smith\"", "--by", "author"]);
    assert!(counted.stdout.contains("Ann Low\t1") && !counted.stdout.contains("Jones"), "{counted:?}");
    let rows = sandbox.run_with(&["batch", "-", "-f", "jsonl"], "id,query,author\n1,oil,David Smith\n2,oil,Smith David\n");
    let told = rows.json_lines().iter().filter_map(|line| line["piece"]["id"].as_str().map(ToOwned::to_owned)).collect::<Vec<_>>();
    assert_eq!(told, ["north/2024/b.md", "2023/north/c.md"], "{rows:?}");
}

#[test]
fn why_tells_that_quoted_words_are_asked_for_in_a_row() {
    let sandbox = sandbox();
    let why = |query: &str, piece: &str| sandbox.run(&["why", query, piece]).stdout;
    let told = why("author:\"David Smith\"", "north/2023/a.md");
    assert!(
        told.contains("“author:david author:smith” in a row") && told.contains("its author is \"David Jones\", \"Ann Smith\""),
        "{told}"
    );
    assert_eq!(sandbox.run(&["why", "author:\"David Smith\"", "north/2024/b.md"]).code, 0);
    let told = why("title:\"walk\"", "north/2023/a.md");
    assert!(told.contains("in the title, walk") && told.contains("its title is \"Long walks\""), "{told}");
}

#[test]
fn quoted_words_of_a_title_are_literal() {
    let sandbox = sandbox();
    for (query, expected) in [
        ("title:walks", "a.md b.md c.md"),
        ("title:(walk)", "a.md b.md c.md"),
        ("title:\"walks\"", "a.md b.md"),
        ("title:\"walk\"", "c.md"),
        ("title:(\"walk\" OR home)", "b.md c.md"),
        ("title:\"long walk\"", ""),
        ("title:\"walks home\"", "b.md"),
        ("oil -title:\"walks\"", "c.md"),
    ] {
        assert_eq!(found(&sandbox, &[query]), expected, "{query}");
        // What is shown as understood asks for the same.
        let ran = sandbox.run(&["search", "-f", "json", query]);
        let parsed = serde_json::from_str::<serde_json::Value>(&ran.stdout).unwrap()["parsed"].as_str().unwrap().to_owned();
        assert_eq!(found(&sandbox, &[&parsed]), expected, "{query} as {parsed}");
    }
}
