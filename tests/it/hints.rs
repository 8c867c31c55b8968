use super::harness::Sandbox;
use super::language::sandbox;

#[test]
fn an_empty_answer_says_which_clause_is_empty() {
    let sandbox = sandbox();
    sandbox.index();
    let ran = sandbox.run(&["search", "oil sanctoins", "--coverage"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("hint: no piece has sanctoins; did you mean sanctions?"), "{ran:?}");
    assert!(
        ran.stderr.contains(
            "searched: 4 pieces (en 2, zh 2) from 1 source, dated 2023-04-01 to 2024-02-10, 1 undated; skipped files and records: 0"
        ),
        "{ran:?}"
    );
    for command in ["kwic", "count"] {
        let ran = sandbox.run(&[command, "oil sanctoins"]);
        assert!(ran.code == 1 && ran.stderr.contains("did you mean sanctions?"), "{ran:?}");
    }
    assert!(ran.stderr.contains("  2 pieces have oil") && ran.stderr.contains("  0 pieces have sanctoins"), "{ran:?}");
    // A field by itself is told too, and that each of several things is found, but nowhere all.
    assert_eq!(sandbox.run(&["search", "source:dask"]).stderr, "no piece matches\nhint: no piece has source:dask\n");
    let told = |query: &str| sandbox.run(&["search", query]).stderr;
    let hint = "hint: each of these is found, but no piece has them all; to match any of them add --any\n";
    assert_eq!(told("unobtainium"), "no piece matches\n");
    assert!(told("lang:zh oil").ends_with(hint), "{}", told("lang:zh oil"));
    assert!(!told("oil -oil").contains("--any"));
    assert!(!sandbox.run(&["kwic", "title:far lang:en"]).stderr.contains("--any"));
}

#[test]
fn the_likeliest_word_is_suggested_first() {
    let record = |at: usize, text: &str| format!("{{\"id\":\"{at}\",\"text\":\"{text}\"}}\n");
    let mut records: String = (0..60).map(|at| record(at, "A tariff is paid at the border.")).collect();
    records.push_str(&record(60, "Tarrio and Harrif are names."));
    let sandbox = Sandbox::with(&[("records.jsonl", &records)]);
    sandbox.index();
    let told = |query: &str| sandbox.run(&["search", query]).stderr;
    // Two letters are off, but sixty pieces have it; a first letter is seldom wrong.
    assert!(told("tarrif").ends_with("hint: no piece has tarrif; did you mean tariff or tarrio?\n"), "{}", told("tarrif"));
    assert!(told("bordre").ends_with("did you mean border?\n"));
    assert!(!told("nmaes").contains("tariff") && !told("xqzt").contains("did you mean"));
}

#[test]
fn signs_of_other_programs_are_told() {
    let sandbox = sandbox();
    sandbox.index();
    let told = |query: &str| sandbox.run(&["search", query]).stderr;
    assert!(told("oil | sanctions").ends_with("hint: | is not an operator here; write OR, in capitals\n"));
    assert!(told("oil !sanctions").ends_with("hint: ! is not an operator here; write NOT or -\n"));
    assert!(!told("oil OR sanctions").contains("hint"));
    assert!(told("titel:ships oil").ends_with("hint: titel: is not a field; did you mean title:?\n"));
    assert!(told("title: ships").ends_with("a space stands behind it; write title:WORD or title:\"SOME WORDS\"\n"));
    assert!(told("oil outlet:desk").ends_with("hint: outlet: is not a field; did you mean source:?\n"));
    for sign in ["NEAR", "w/x", "pre/x", "/s"] {
        let hint = format!("hint: {sign} is not an operator here; write w/5 for at most five words, w/s for a sentence, w/p");
        assert!(told(&format!("oil {sign} sanctions")).contains(&hint), "{sign}");
    }
    assert!(!sandbox.run(&["search", "--any", "oil or sanctions"]).stderr.contains("hint"));
    for query in ["\"", "?!", "()"] {
        let ran = sandbox.run(&["search", "--any", query]);
        assert!(ran.code == 1 && ran.stdout.is_empty() && !ran.stderr.contains("error"), "{query}: {ran:?}");
    }
}

#[test]
fn what_keeps_all_hits_back_is_told() {
    let sandbox = sandbox();
    sandbox.index();
    let told = |args: &[&str]| sandbox.run(&[&["search"], args].concat()).stderr;
    assert!(told(&["oil", "--since", "2030"]).ends_with("hint: without --since 2 pieces would match\n"));
    let both = told(&["oil", "--lang", "en", "--until", "1990", "--undated", "exclude"]);
    assert!(both.ends_with("hint: without --lang and --until and --undated 2 pieces would match\n"), "{both}");
    assert!(!told(&["unobtainium", "--since", "2030"]).contains("would match"));
    assert_eq!(told(&["oil", "--offset", "50"]), "--offset 50 passes over all hits\n");
    assert_eq!(sandbox.run(&["search", "oil", "--offset", "50", "-q"]).stderr, "");
}

#[test]
fn a_name_that_is_found_as_the_actor_is_not_told_to_be_missing() {
    let sandbox = Sandbox::with(&[("a.md", "Talk of Kim Jong Un and of the weather.")]);
    sandbox.index();
    let told = sandbox.run(&["search", "金正恩 unobtainium"]).stderr;
    assert!(told.contains("no piece has unobtainium") && !told.contains("no piece has 金正恩"), "{told}");
}
