use super::harness::Sandbox;

#[test]
fn words_that_stand_together_in_the_query_do_so_in_the_best_passage() {
    let paper = "The ministry set out its plans for the harbour in a white paper that nobody in the town had read to the end.";
    let apart = "The white house by the harbour has a paper shop, and paper boats, white ones, and white paint on its walls.";
    let talk = "The weather was fair and the talk was of the harvest. ".repeat(40);
    let sandbox = Sandbox::with(&[
        ("apart.md", &format!("{talk}\n\n{apart}\n")),
        ("both.md", &format!("{apart}\n\n{talk}\n\n{paper}\n")),
        ("turned.md", &format!("{talk}\n\n5 articles were read.\n")),
        ("article.md", &format!("{talk}\n\nThe article names five, but {talk} it is article 5 that counts.\n")),
    ]);
    sandbox.index();
    let first = &sandbox.hits(&["white paper", "--per-piece", "1", "--explain"])[0];
    assert_eq!(first["piece"]["id"], "both.md");
    assert!(first["passage"]["text"].as_str().unwrap().contains("a white paper"), "{first}");
    assert!(first["signals"]["adjacent"].as_f64().unwrap() > 0.0);
    let quick = sandbox.hits(&["white paper", "--rank", "quick", "--explain"]);
    assert!(quick.iter().all(|hit| hit["signals"]["adjacent"].as_f64().unwrap().abs() < 1e-9));
    let numbered = sandbox.hits(&["article 5", "--explain", "--copies", "show"]);
    let adjacent = |id: &str| numbered.iter().find(|hit| hit["piece"]["id"] == id).unwrap()["signals"]["adjacent"].as_f64().unwrap();
    assert!(adjacent("article.md") > 0.0 && adjacent("turned.md").abs() < 1e-9);
}
