use serde_json::Value;

use super::harness::{Sandbox, slice};

/// Pieces of one line each, called `a` to `z` in their order.
fn sandbox(lines: &[&str]) -> Sandbox {
    let files: Vec<(String, String)> = ('a'..='z').zip(lines).map(|(name, line)| (format!("{name}.md"), format!("{line}\n"))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, line)| (name.as_str(), line.as_str())).collect();
    let sandbox = Sandbox::with(&files);
    sandbox.index();
    sandbox
}

/// What is marked in each piece that a query finds, by the piece's letter, in the order of the letters.
fn marked(sandbox: &Sandbox, query: &str) -> String {
    let marked = |hit: &Value| {
        let text = hit["passage"]["text"].as_str().unwrap();
        let matches = hit["matches"].as_array().unwrap().iter().map(|part| slice(text, &part["start"], &part["end"]));
        format!("{}: {}", &hit["piece"]["path"].as_str().unwrap()[..1], matches.collect::<Vec<_>>().join(", "))
    };
    let mut found: Vec<String> = sandbox.hits(&[query]).iter().map(marked).collect();
    found.sort();
    found.join(" | ")
}

#[test]
fn words_with_hyphens_meet_their_inflections_and_other_spellings() {
    let sandbox = sandbox(&[
        "The asylum-seeker waited at the border.",
        "Many asylum seekers waited at the border.",
        "A ceasefire was signed on Monday.",
        "Both cease-fires failed after a week.",
        "They agreed to cease fire on Monday.",
        "The attorneys general sued the company.",
        "Two F-16s were seen, and an old F16 in the hangar.",
        "Policy-makers met the press.",
    ]);
    for (query, expected) in [
        ("asylum-seeker", "a: asylum-seeker | b: asylum seekers"),
        ("asylum-seekers", "a: asylum-seeker | b: asylum seekers"),
        ("ceasefire", "c: ceasefire | d: cease-fires"),
        ("cease-fire", "c: ceasefire | d: cease-fires | e: cease fire"),
        ("cease-fires OR oil", "c: ceasefire | d: cease-fires | e: cease fire"),
        ("attorney-general", "f: attorneys general"),
        ("F-16", "g: F-16s, F16"),
        ("policymaker", "h: Policy-makers"),
        ("policy-maker", "h: Policy-makers"),
        // Near something else, too.
        ("cease-fire w/3 signed", "c: ceasefire was signed"),
        ("ceasefire w/3 failed", "d: cease-fires failed"),
        // A phrase asks for its very words, and = for what is written.
        ("\"cease-fire\"", "e: cease fire"),
        ("\"cease-fires\"", "d: cease-fires"),
        ("=ceasefire", "c: ceasefire"),
    ] {
        assert_eq!(marked(&sandbox, query), expected, "{query}");
    }
    let mut found = sandbox.pieces(&["cease-fire", "--any"]);
    found.sort();
    assert_eq!(found, ["c.md", "d.md", "e.md"]);
}

#[test]
fn a_hyphen_that_tells_words_apart_joins_none() {
    let sandbox = sandbox(&[
        "The parties re-form after every election.",
        "They will reform the health system.",
        "The food co-op closed.",
        "Hens left the coop.",
        "This is for the well-being of all.",
        "It may well be that nothing changes.",
        "Long-running talks go on.",
        "In the long run we are all gone.",
        "Senator Smith (D-Ark.) made a just-in-time offer.",
        "Justin sat in the dark.",
        "La question est-elle ouverte pour les députés, et pourquoi ne le sont-ils pas avec nous dans cette affaire ?",
        "Estelle left the port.",
    ]);
    for (query, expected) in [
        ("reform", "b: reform"),
        ("re-form", "a: re-form"),
        ("co-op", "c: co-op"),
        ("coop", "d: coop"),
        ("well-being", "e: well-being"),
        ("long-running", "g: Long-running"),
        ("dark", "j: dark"),
        ("Justin", "j: Justin"),
        ("Estelle", "l: Estelle"),
    ] {
        assert_eq!(marked(&sandbox, query), expected, "{query}");
    }
}

#[test]
fn who_asks_for_one_spelling_is_told_of_the_other() {
    let sandbox = sandbox(&[
        "The airstrike hit a bridge.",
        "An air strike hit the port.",
        "Air strikes went on.",
        "The air was clean. Workers went on strike.",
        "The turnout was low.",
        "Nobody knows how it will turn out.",
        "A carpet lay there.",
        "The dog in the car is a pet.",
        "It was an air-strike.",
        "Covid19 spread.",
        "The notables met the House, which holds its breath.",
        "Every household paid.",
        "Airstrikes, they said.",
        "Covid 19 is over.",
    ]);
    let told = |query: &str| sandbox.run(&["search", query]).stderr;
    for (query, more, other, any) in [
        ("airstrike", "2 other pieces write airstrike", "two words", "air-strike"),
        ("Airstrikes OR oil", "2 other pieces write Airstrikes", "two words", "Air-strikes"),
        ("the air strikes", "2 other pieces write air strikes", "one word", "air-strikes"),
        ("\"air strike\"", "2 other pieces write air strike", "one word", "air-strike"),
        ("covid 19", "1 other piece writes covid 19", "one word", "covid-19"),
    ] {
        assert_eq!(told(query), format!("hint: {more} as {other}; to find every spelling write {any}\n"), "{query}");
    }
    // What is told is true.
    assert_eq!(sandbox.pieces(&["air-strike"]).len(), 5);
    for query in ["turnout", "turn out", "carpet", "household", "NOT airstrike"] {
        assert!(!told(query).contains("spelling"), "{query}");
    }
    for flags in [["-f", "jsonl"], ["--any", "--zero-ok"], ["--quiet", "--zero-ok"]] {
        assert_eq!(sandbox.run(&[&["search", "airstrike"], flags.as_slice()].concat()).stderr, "");
    }
    assert!(!sandbox.run(&["search", "airstrike", "--lang", "fr"]).stderr.contains("spelling"));
}

#[test]
fn titles_are_asked_for_words_with_hyphens_alike() {
    let sandbox = Sandbox::with(&[
        ("closed.md", "# Ceasefire signed\n\nTalks went on.\n"),
        ("hyphen.md", "# A cease-fire in sight\n\nTalks went on.\n"),
        ("none.md", "# Talks\n\nThe ceasefire failed.\n"),
    ]);
    sandbox.index();
    for query in ["title:cease-fire", "title:ceasefire"] {
        let mut found = sandbox.pieces(&[query]);
        found.sort();
        assert_eq!(found, ["closed.md", "hyphen.md"], "{query}");
    }
}
