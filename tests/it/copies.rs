use super::harness::Sandbox;

/// A text of its own: sentences made of words that only this `seed` brings together.
pub fn text(seed: u64, sentences: std::ops::Range<u64>) -> String {
    let word = |at: u64| {
        let at = (at.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) % 900;
        ["ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo"].iter().enumerate().fold(String::new(), |mut word, (place, part)| {
            if (at >> place) & 1 == 1 {
                word.push_str(part);
            }
            word
        }) + "n"
    };
    let sentence = |number: u64| (0..12).map(|at| word(seed * 1_000_003 + number * 97 + at)).collect::<Vec<_>>().join(" ");
    sentences.map(|number| format!("The {} {number}.", sentence(number))).collect::<Vec<_>>().join(" ")
}

/// A piece with this text and a last sentence.
pub fn piece(title: &str, date: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: {date}\n---\n{body} They spoke of coal.\n")
}

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    let original = text(1, 0..30);
    sandbox.write("b/original.md", piece("The original", "2024-01-24", &original));
    sandbox.write("a/same.md", piece("The same again", "2024-01-26", &original));
    sandbox.write("a/cut.md", piece("A shorter one", "2024-01-25", &format!("SEOUL (Agency) — {}", text(1, 4..20))));
    sandbox.write("a/other.md", piece("Another", "2024-01-20", &text(2, 0..30)));
    sandbox.index();
    sandbox
}

#[test]
fn copies_are_one_hit_with_their_number() {
    let sandbox = sandbox();
    let grouped = sandbox.hits(&["coal"]);
    let sizes: Vec<_> = grouped.iter().map(|hit| hit["copies"]["size"].as_u64().unwrap()).collect();
    assert_eq!(sizes.len(), 2, "{grouped:?}");
    assert!(sizes.contains(&3) && sizes.contains(&1));
    let mut shown = sandbox.pieces(&["coal", "--copies", "show"]);
    shown.sort();
    assert_eq!(shown, ["a/cut.md", "a/other.md", "a/same.md", "b/original.md"]);
    // All members name their cluster by the earliest.
    let all = sandbox.hits(&["coal", "--copies", "show", "--per-piece", "1"]);
    let of = |id: &str| all.iter().find(|hit| hit["piece"]["id"] == id).unwrap();
    let head = of("b/original.md")["piece"]["digest"].as_str().unwrap()[..12].to_owned();
    assert_eq!(of("a/cut.md")["copies"]["cluster"], head);
    let mut hidden = sandbox.pieces(&["coal", "--copies", "hide"]);
    hidden.sort();
    assert_eq!(hidden, ["a/other.md", "b/original.md"]);
    assert_eq!(sandbox.run(&["search", "coal", "--copies", "hide", "-l"]).stdout.lines().count(), 2);
    assert_eq!(sandbox.run(&["search", "coal", "--copies", "hide", "-l", "-n", "2"]).stdout.lines().count(), 2);
    // A word that stands in a later copy alone finds the copy, and nothing where copies are not to be seen.
    assert_eq!(sandbox.run(&["search", "agency", "-l"]).stdout, "a/cut.md\n");
    let nothing = sandbox.run(&["search", "agency", "--copies", "hide"]);
    assert_eq!((nothing.code, nothing.stdout.as_str()), (1, ""), "{nothing:?}");
    assert_eq!(sandbox.run(&["search", "agency", "--copies", "hide", "-q"]).code, 1);
    assert!(nothing.stderr.contains("--copies group"), "{nothing:?}");
    // How many pieces match is not a matter of how they are grouped, but what is hidden does not count, in whatever number is told.
    for (copies, pieces) in [("group", 4), ("show", 4), ("hide", 2)] {
        let run = |args: &[&str]| sandbox.run(&[args, &["coal", "--copies", copies]].concat()).stdout;
        assert_eq!(run(&["search", "-c"]), format!("{pieces}\n"), "{copies}");
        assert_eq!(run(&["search", "-l"]).lines().count(), pieces, "{copies}");
        assert!(run(&["search", "-f", "json", "-n", "1"]).contains(&format!("\"found\":{pieces},")), "{copies}");
        assert!(run(&["count"]).starts_with(&format!("{pieces}\t")), "{copies}");
        let years: Vec<String> = run(&["count", "--by", "year"]).split('\t').map(ToOwned::to_owned).collect();
        assert_eq!(years[1], pieces.to_string(), "{copies}");
    }
}

#[test]
fn what_a_reprint_cut_and_added_is_listed() {
    let sandbox = sandbox();
    let ran = sandbox.run(&["copies", "a/cut.md", "-f", "jsonl"]);
    let copies = ran.json_lines();
    let ids: Vec<_> = copies.iter().map(|copy| copy["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["b/original.md", "a/cut.md", "a/same.md"]);
    assert_eq!(copies[0]["cut"].as_array().unwrap().len() + copies[2]["cut"].as_array().unwrap().len(), 0);
    // Four sentences before, ten behind; the first that is left has a wire tag before it.
    assert_eq!((copies[1]["cut"].as_array().unwrap().len(), copies[1]["added"].as_array().unwrap().len()), (15, 1), "{:?}", copies[1]);
    let all = sandbox.run(&["copies"]);
    assert_eq!((all.code, all.stdout.lines().filter(|line| !line.is_empty()).count()), (0, 3), "{all:?}");
    assert_eq!(sandbox.run(&["copies", "a/other.md"]).code, 1);
}

#[test]
fn clusters_follow_the_folder() {
    let sandbox = sandbox();
    sandbox.remove("b/original.md");
    sandbox.index();
    let hits = sandbox.hits(&["coal", "--copies", "show", "--per-piece", "1"]);
    let cut = hits.iter().find(|hit| hit["piece"]["id"] == "a/cut.md").unwrap();
    assert_eq!((&cut["copies"]["size"], &cut["copies"]["cluster"]), (&2.into(), &cut["piece"]["digest"].as_str().unwrap()[..12].into()));
}

#[test]
fn reprints_are_found_and_other_pieces_are_not() {
    // Originals, and of each reprints as papers make them: a new headline, a wire tag and a changed lede, cuts, all of these.
    let sandbox = Sandbox::new();
    let mut expected = 0;
    for seed in 10..40 {
        sandbox.write(&format!("{seed}/a.md"), piece("Original", "2024-01-01", &text(seed, 0..25)));
        let reprints = [
            text(seed, 0..25),
            format!("LONDON, Jan. 2 (Agency) — {} {}", text(seed + 500, 0..2), text(seed, 2..25)),
            text(seed, 0..14),
            format!("{} {} {}", text(seed + 900, 0..2), text(seed, 3..11), text(seed, 15..25)),
        ];
        for (number, body) in reprints.iter().enumerate() {
            sandbox.write(&format!("{seed}/r{number}.md"), piece("Reprint", "2024-01-02", body));
        }
        // A piece that quotes a paragraph is none.
        sandbox
            .write(&format!("{seed}/q.md"), piece("Quotes", "2024-01-03", &format!("{} {}", text(seed + 2_000, 0..25), text(seed, 5..8))));
        expected += 4;
    }
    sandbox.index();
    let listed = sandbox.run(&["copies", "-f", "jsonl"]).json_lines();
    let (mut right, mut wrong) = (0, 0);
    for copy in &listed {
        let id = copy["id"].as_str().unwrap();
        let size = copy["size"].as_u64().unwrap();
        assert!(size <= 6, "{copy:?}");
        if id.contains("/r") {
            right += 1;
        } else if id.ends_with("q.md") {
            wrong += 1;
        }
    }
    assert!(right * 100 >= expected * 95, "{right} of {expected} reprints are found");
    assert!(wrong == 0, "{wrong} pieces that only quote are taken for reprints");
}

#[test]
fn short_texts_are_copies_only_where_they_are_the_same() {
    let sandbox = Sandbox::with(&[
        ("b.md", &piece("First", "2024-01-01", "Sanctions on oil were kept.")),
        ("a.md", &piece("First", "2024-01-02", "Sanctions on oil were kept.")),
        ("d.md", &piece("Another", "2024-01-02", "Sanctions on oil were kept.")),
        ("c.md", &piece("Nearly", "2024-01-03", "Sanctions on oil were lifted.")),
    ]);
    sandbox.index();
    let mut sizes: Vec<_> = sandbox.hits(&["coal"]).iter().map(|hit| hit["copies"]["size"].as_u64().unwrap()).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [1, 1, 2]);
    let mut hidden = sandbox.pieces(&["coal", "--copies", "hide"]);
    hidden.sort();
    assert_eq!(hidden, ["b.md", "c.md", "d.md"]);
    let listed = sandbox.run(&["copies", "--fields", "id,size"]);
    assert_eq!((listed.code, listed.stdout.as_str()), (0, "b.md\t2\na.md\t2\n"));
    // Whoever lists files lists the same.
    for copies in ["group", "show", "hide"] {
        let files = |command: &str| sandbox.run(&[command, "coal", "-l", "--copies", copies]).stdout;
        assert_eq!(files("search"), files("kwic"), "{copies}");
    }
}
