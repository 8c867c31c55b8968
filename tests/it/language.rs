use super::harness::{Sandbox, slice};

pub fn sandbox() -> Sandbox {
    Sandbox::with(&[
        (
            "en.md",
            "---\ntitle: Ships and grain\ndate: 2024-02-10\nsource: The Desk\n---\n\nSanctions hit the oil trade. Kim Jong Un met Vladimir Putin in Vladivostok.\n\nThe grain ships sailed; the oil did not. Arms control treaties lapse. The US knows us.\n",
        ),
        (
            "far.md",
            "---\ntitle: Far apart\ndate: 2023-04-01\n---\n\nOil one two three four five six seven eight nine ten sanctioned eleven. The treaty on arms waits. Controls are new.\n",
        ),
        (
            "hans.md",
            "---\ntitle: 制裁\ndate: 2024年1月20日\n---\n\n安理会讨论对朝鲜的石油制裁。金正恩没有出席。G7峰会谈天然气，不谈石油。\n",
        ),
        ("hant.md", "---\ntitle: 觀察\n---\n\n安理會討論對朝鮮的石油制裁。金正恩沒有出席。G7峰會談天然氣，不談石油。\n"),
    ])
}

/// The pieces that a query finds, in the order of their names, and all that is marked in them.
pub fn found(sandbox: &Sandbox, args: &[&str]) -> Vec<(String, Vec<String>)> {
    let mut found: Vec<(String, Vec<String>)> = sandbox
        .hits(args)
        .iter()
        .map(|hit| {
            let text = hit["passage"]["text"].as_str().unwrap();
            let marked = hit["matches"].as_array().unwrap().iter().map(|found| slice(text, &found["start"], &found["end"])).collect();
            (hit["piece"]["id"].as_str().unwrap().to_owned(), marked)
        })
        .collect();
    found.sort();
    found
}

#[test]
fn fields_take_patterns_and_titles_take_actors() {
    let sandbox = sandbox();
    sandbox
        .write("desk/korea.md", "---\ntitle: Kim Jong Un at sea\nauthors: [Jane Quillfeather]\ntags: [shipping]\n---\n\nOil was there.\n");
    sandbox.index();
    let pieces = |args: &[&str]| {
        sandbox.pieces(args).into_iter().collect::<std::collections::BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(" ")
    };
    for (query, expected) in [
        ("title:gra*", "en.md"),
        ("title:sihps~2", "en.md"),
        ("title:/far|觀/", "far.md"),
        ("title:\"far ap*\"", "far.md"),
        ("title:\"grain ships\"~1", "en.md"),
        ("title:\"grain ships\"", ""),
        ("title:@kim-jong-un", "desk/korea.md"),
        ("title:\"@kim-jong-un at\"", "desk/korea.md"),
        ("oil NOT title:gra*", "desk/korea.md far.md"),
        ("author:quill*", "desk/korea.md"),
        ("author:quillfaether~2", "desk/korea.md"),
        ("author:\"jane qu*\"", "desk/korea.md"),
        ("author:\"john qu*\"", ""),
        ("tag:ship*", "desk/korea.md"),
        ("path:h?n* 制裁", "hans.md"),
        ("source:/de.k/ oil", "en.md"),
        ("source:nob*", ""),
    ] {
        assert_eq!(pieces(&[query]), expected, "{query}");
    }
    assert_eq!(pieces(&["oil", "--source", "De*"]), "en.md");
    // A filter also where nothing is required.
    assert_eq!(pieces(&["--any", "oil", "ship", "author:quill*"]), "desk/korea.md");
    // What they marked in titles is told.
    let hit = &sandbox.hits(&["title:gra*"])[0];
    assert_eq!(slice("Ships and grain", &hit["title_matches"][0]["start"], &hit["title_matches"][0]["end"]), "grain");
    let why = sandbox.run(&["why", "author:quill* tag:ship*", "en.md"]).stdout;
    assert!(why.contains("author:quill*\tfalse\tit has no author"), "{why}");
}

#[test]
fn times_are_told_from_today_in_flags_too() {
    let sandbox = sandbox();
    sandbox.index();
    let pieces = |args: &[&str]| sandbox.pieces(&[&["oil OR 石油", "--today", "2024-03-05"], args].concat()).len();
    assert_eq!(pieces(&["--since", "last-month"]), 1);
    assert_eq!(pieces(&["--since", "last 2 months"]), 2);
    assert_eq!(pieces(&["--since", "2024年1月", "--until", "2 months ago"]), 1);
    assert_eq!(pieces(&["--until", "去年"]), 1);
    let ran = sandbox.run(&["search", "oil", "--since", "soon"]);
    assert!(ran.code == 2 && ran.stderr.contains("--since takes a date, not \"soon\"\nhint: write 2024"), "{ran:?}");
    sandbox.write("q.csv", "id,query,since,until\na,oil,,去年\nb,oil,last month,\nc,oil,soon,\n");
    let ran = sandbox.run(&["batch", "q.csv", "--today", "2024-03-05", "-n", "1", "-f", "tsv", "--fields", "qid,status,piece"]);
    assert_eq!(ran.stdout, "qid\tstatus\tpiece\na\tok\tfar.md\nb\tok\ten.md\nc\terror\t\n");
    assert!(ran.stderr.contains("q.csv:4:7: since takes a date, not \"soon\""), "{}", ran.stderr);
}

#[test]
fn actors_whom_no_roster_lists_are_found_by_the_ids_that_an_index_has() {
    let sandbox = Sandbox::with(&[
        ("a.md", "Jenny Quillfeather, a senior fellow at the Harbour Institute, met Kim Jong Un. Ms Quillfeather left.\n"),
        ("b.md", "Nobody else came.\n"),
        ("q.tsv", "a\t@jenny-quillfeather\nb\t@jenny-quilfeather\n"),
    ]);
    sandbox.index();
    for query in
        ["@jenny-quillfeather", "actor:\"Jenny Quillfeather\"", "\"@jenny-quillfeather left\"", "@jenny-quillfeather w/9 @kim-jong-un"]
    {
        assert_eq!(sandbox.pieces(&[query]), ["a.md"], "{query}");
    }
    assert_eq!(sandbox.pieces(&["met", "--actor", "jenny-quillfeather"]), ["a.md"]);
    let ran = sandbox.run(&["search", "@jenny-quilfeather"]);
    assert!(ran.code == 2 && ran.stderr.ends_with("hint: did you mean @jenny-quillfeather?\n"), "{ran:?}");
    assert!(sandbox.run(&["search", "@quillfeather"]).stderr.contains("@jenny-quillfeather"));
    // Rows are checked by the index that will answer them.
    let ran = sandbox.run(&["batch", "q.tsv", "--check"]);
    assert!(
        ran.code == 4 && ran.stderr.starts_with("q.tsv:2:3: no actor is known as") && ran.stderr.ends_with("2 rows: 1 wrong\n"),
        "{ran:?}"
    );
    // Of the marks of mentions none but the ids is told.
    let listed = sandbox.run(&["actors", "list", "--by", "mentions", "-f", "tsv", "--fields", "id"]).stdout;
    assert!(listed.lines().all(|id| id.chars().all(|c| c.is_ascii_lowercase() || c == '-')), "{listed}");
}

#[test]
fn more_than_two_are_in_one_sentence_in_whatever_order() {
    let sandbox = Sandbox::with(&[("a.txt", "Missiles. The treaty covers missiles and inspectors, and no more missiles.\n")]);
    sandbox.index();
    for query in [
        "treaty w/s inspectors w/s missiles",
        "missiles w/s treaty w/s inspectors",
        "inspectors w/s (missiles w/s treaty)",
        "missiles w/s inspectors w/s missiles w/s treaty",
        "treaty w/p inspectors w/p missiles",
    ] {
        assert_eq!(sandbox.pieces(&[query]), ["a.txt"], "{query}");
    }
    for query in ["treaty w/s inspectors w/s treaty", "missiles w/s missiles w/s missiles", "treaty w/s tariff w/s missiles"] {
        assert_eq!(sandbox.pieces(&[query]), [""; 0], "{query}");
    }
    let ran = sandbox.run(&["why", "treaty w/s inspectors w/s treaty", "a.txt"]);
    assert!(ran.stdout.contains("never all in one sentence"), "{ran:?}");
}

#[test]
fn what_each_sign_finds_and_marks() {
    let sandbox = sandbox();
    sandbox.index();
    let table: &[(&str, &[(&str, &[&str])])] = &[
        // Nearness takes inflections, in either order, within so many words.
        ("sanction w/4 oil", &[("en.md", &["Sanctions hit the oil"])]),
        (
            "oil w/11 sanction",
            &[("en.md", &["Sanctions hit the oil"]), ("far.md", &["Oil one two three four five six seven eight nine ten sanctioned"])],
        ),
        ("oil pre/11 sanction", &[("far.md", &["Oil one two three four five six seven eight nine ten sanctioned"])]),
        ("ｓanction　ｗ／３　oil", &[("en.md", &["Sanctions hit the oil"])]),
        ("oil not w/5 sanction", &[("en.md", &["oil"]), ("far.md", &["Oil"])]),
        // Sentences and paragraphs.
        ("treaty w/s arms", &[("en.md", &["Arms control treaties"]), ("far.md", &["treaty on arms"])]),
        ("Putin w/s oil", &[]),
        ("Putin w/p oil", &[("en.md", &["oil trade. Kim Jong Un met Vladimir Putin"])]),
        // Phrases of phrases, and actors in any of them.
        ("(\"arms control\" OR disarmament) w/1 treaty", &[("en.md", &["Arms control treaties"])]),
        ("(\"arms control\" OR arms) pre/1 treaty", &[("en.md", &["Arms control treaties"])]),
        ("\"@kim-jong-un met @vladimir-putin\"", &[("en.md", &["Kim Jong Un met Vladimir Putin"])]),
        // A name is asked for as the actor, too, and told once.
        ("\"Kim Jong Un\"", &[("en.md", &["Kim Jong Un"])]),
        ("@kim-jong-un w/1 met", &[("en.md", &["Kim Jong Un met"])]),
        ("PERSON w/s vladivostok", &[("en.md", &["Vladimir Putin in Vladivostok"])]),
        ("\"control arms\"~0", &[("en.md", &["Arms control"])]),
        ("\"treaty arms\"~0", &[]),
        ("\"treaty arms\"~1", &[("far.md", &["treaty on arms"])]),
        ("atleast2(oil)", &[("en.md", &["oil", "oil"])]),
        ("atleast3(oil)", &[]),
        // Words told by what they are like.
        ("sancti*", &[("en.md", &["Sanctions"]), ("far.md", &["sanctioned"])]),
        ("*ctions", &[("en.md", &["Sanctions"])]),
        ("gra?n", &[("en.md", &["grain"])]),
        ("sanctiosn~1", &[("en.md", &["Sanctions"])]),
        ("/treat(y|ies)/", &[("en.md", &["treaties"]), ("far.md", &["treaty"])]),
        ("\"arms contr*\"", &[("en.md", &["Arms control"])]),
        ("contr* w/2 arms", &[("en.md", &["Arms control"]), ("far.md", &["arms waits. Controls"])]),
        // As written.
        ("=US w/1 knows", &[("en.md", &["US knows"])]),
        ("=us w/1 knows", &[("en.md", &["knows us"])]),
        // Only what satisfied the query is marked.
        ("(grain AND unobtainium) OR ships", &[("en.md", &["ships"])]),
        ("\"arms control\" NOT \"oil one\"", &[("en.md", &["Arms control"])]),
        // Chinese: characters, in both scripts; nearness counts characters.
        ("\"石油制裁\"", &[("hans.md", &["石油制裁"]), ("hant.md", &["石油制裁"])]),
        ("\"安理會討論\"", &[("hans.md", &["安理会讨论"]), ("hant.md", &["安理會討論"])]),
        ("制裁 NOT =峰會", &[("hans.md", &["制裁"])]),
        ("石油 w/1 制裁", &[("hans.md", &["石油制裁"]), ("hant.md", &["石油制裁"])]),
        ("朝鲜 pre/2 石油", &[("hans.md", &["朝鲜的石油"]), ("hant.md", &["朝鮮的石油"])]),
        ("朝鲜 pre/1 石油", &[]),
        ("金正恩 w/s 石油", &[]),
        ("G7 pre/1 峰会", &[("hans.md", &["G7峰会"]), ("hant.md", &["G7峰會"])]),
        ("“G7峰會談”", &[("hans.md", &["G7峰会谈"]), ("hant.md", &["G7峰會談"])]),
        ("@kim-jong-un w/s 出席", &[("hans.md", &["金正恩没有出席"]), ("hant.md", &["金正恩沒有出席"])]),
        // Dates.
        ("oil date:last-month", &[("en.md", &["oil", "oil"])]),
        ("date:2024年1月 石油", &[("hans.md", &["石油", "石油"])]),
        ("oil date:last-year", &[("far.md", &["Oil"])]),
        ("oil date:(2023 OR last-month)", &[("en.md", &["oil", "oil"]), ("far.md", &["Oil"])]),
    ];
    for (query, expected) in table {
        // The two Chinese pieces are copies of each other.
        let found = found(&sandbox, &["--copies", "show", "--today", "2024-03-31", query]);
        let expected: Vec<(String, Vec<String>)> =
            expected.iter().map(|(piece, marked)| ((*piece).to_owned(), marked.iter().map(|text| (*text).to_owned()).collect())).collect();
        assert_eq!(found, expected, "{query}");
    }
}

#[test]
fn an_and_may_be_held_to_a_passage_or_a_sentence() {
    let sandbox = sandbox();
    sandbox.index();
    let pieces =
        |within: &str, query: &str| found(&sandbox, &["--within", within, query]).into_iter().map(|(piece, _)| piece).collect::<Vec<_>>();
    assert_eq!(pieces("piece", "ship sanction"), ["en.md"]);
    assert_eq!(pieces("passage", "sanction putin"), ["en.md"]);
    assert_eq!(pieces("sentence", "sanction putin"), [""; 0]);
    assert_eq!(pieces("sentence", "putin vladivostok"), ["en.md"]);
    // What is asked of the piece stays about the piece.
    assert_eq!(pieces("sentence", "putin vladivostok title:ships source:desk -unobtainium"), ["en.md"]);
    let marked = found(&sandbox, &["--within", "sentence", "grain ships"]);
    assert_eq!(marked, [("en.md".to_owned(), vec!["grain".to_owned(), "ships".to_owned()])]);
}

#[test]
fn what_is_near_is_found_across_the_seams_of_passages() {
    // Sentences of ten words: no passage holds more than eighteen.
    let filler = "one two three four five six seven eight nine ten. ";
    let text = format!("{}The unique marker stands. Here is the other token. {}", filler.repeat(11), filler.repeat(11));
    let sandbox = Sandbox::with(&[("long.txt", text.as_str())]);
    sandbox.index();
    let mut seams = 0;
    for at in 0..12 {
        let text = format!("{}Unique marker. Other token. {}", filler.repeat(at), filler.repeat(24 - at));
        sandbox.write("long.txt", text);
        sandbox.touch("long.txt", 1_000 + at as u64);
        sandbox.index();
        for query in ["marker w/1 other", "\"marker other\"", "unique w/p token", "\"unique token\"~2"] {
            // Of what goes on in the next passage, each passage has its part.
            let found = found(&sandbox, &[query]);
            let marked = found.iter().flat_map(|(_, marked)| marked).map(String::as_str).collect::<Vec<_>>().join(" ");
            let mut words: Vec<&str> = marked.split([' ', '.']).filter(|word| !word.is_empty()).collect();
            words.sort_unstable();
            let all = ["Other", "Unique", "marker", "token"];
            assert!((words == all || words == [all[0], all[2]]) && found.len() <= 2, "{query} at {at}: {marked}");
            seams += usize::from(found.len() == 2);
        }
        assert_eq!(found(&sandbox, &["unique not w/3 token"]).len(), 0, "at {at}");
        assert_eq!(found(&sandbox, &["marker w/s other"]).len(), 0, "at {at}");
    }
    assert!(seams > 0);
}

#[test]
fn a_weight_moves_the_order() {
    let sandbox = Sandbox::with(&[("a.txt", "Coal and only coal is here today.\n"), ("b.txt", "Steel and only steel is here today.\n")]);
    sandbox.index();
    assert_eq!(sandbox.pieces(&["coal^5 OR steel"]), ["a.txt", "b.txt"]);
    assert_eq!(sandbox.pieces(&["coal OR steel^5"]), ["b.txt", "a.txt"]);
}

#[test]
fn a_weight_is_a_number_above_nothing() {
    let sandbox = sandbox();
    sandbox.index();
    let ran = sandbox.run(&["search", "oil sanctions^0"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("a weight is a number above 0") && ran.stderr.contains("\n               ^^\n"), "{ran:?}");
    assert!(ran.stderr.contains("hint: ") && ran.stderr.contains("NOT oil"), "{ran:?}");
    // Where no text is an error it is words.
    assert_eq!(sandbox.run(&["search", "--any", "oil sanctions^0", "-q"]).code, 0);
}

#[test]
fn words_of_a_phrase_may_be_asked_for_as_they_are_written() {
    let sandbox = sandbox();
    sandbox.index();
    for (query, expected) in [
        ("\"the =US knows\"", Some(("en.md", "The US knows"))),
        ("\"the =us knows\"", None),
        ("\"knows ＝us\"", Some(("en.md", "knows us"))),
        ("\"knows =US\"", None),
        ("\"=us =US\"~1", Some(("en.md", "US knows us"))),
        ("\"=會談 天然氣\"", Some(("hant.md", "會談天然氣"))),
        ("\"=Sanctions hit @kim-jong-un\"", None),
    ] {
        let marked: Vec<(String, Vec<String>)> =
            expected.map(|(piece, text)| (piece.to_owned(), vec![text.to_owned()])).into_iter().collect();
        assert_eq!(found(&sandbox, &[query]), marked, "{query}");
    }
    for (query, code) in [("title:=Ships", 0), ("title:=ships", 1), ("title:\"=Ships and\"", 0), ("title:\"=ships and\"", 1)] {
        assert_eq!(sandbox.run(&["search", query, "-q"]).code, code, "{query}");
    }
    let ran = sandbox.run(&["search", "source:=Desk"]);
    assert!(ran.code == 2 && ran.stderr.contains("hint: leave out =, or write title:"), "{ran:?}");
}

#[test]
fn a_pattern_with_too_many_words_says_so() {
    let words: Vec<String> = (0..1_200).map(|number| format!("word{number}")).collect();
    let sandbox = Sandbox::with(&[("a.txt", words.join(" ").as_str())]);
    sandbox.index();
    let ran = sandbox.run(&["search", "word*", "-f", "json"]);
    assert!(ran.stdout.contains("\"truncated\":true") && ran.stderr.contains("1000 most frequent"), "{}", ran.stderr);
    assert!(sandbox.run(&["search", "word1*", "-f", "json"]).stdout.contains("\"truncated\":false"));
}

#[test]
fn why_names_the_clause_and_the_nearest_reason() {
    let sandbox = sandbox();
    sandbox.index();
    let table = [
        ("oil w/5 sanction", "far.md", false, "at their nearest they are 11 words apart"),
        ("oil w/11 sanction", "far.md", true, "1 place"),
        ("oil pre/5 sanction", "far.md", false, "at their nearest they are 11 words apart"),
        ("sanction pre/11 oil", "far.md", false, "they are near enough, but not in this order"),
        ("sanction pre/s oil", "far.md", false, "they are near enough, but not in this order"),
        ("oil~1 w/1 qqqqq~1", "far.md", false, "no word of the index matches a part of it"),
        ("\"oil two\"", "far.md", false, "its words are in the piece, but nowhere next to each other in this order"),
        ("\"oil unobtainium\"", "far.md", false, "unobtainium is nowhere in the piece"),
        ("sanctuary", "far.md", false, "the piece has \"sanctioned\", of another stem"),
        ("date:2024", "far.md", false, "its date is 2023-04-01"),
        ("@russia", "en.md", false, "the piece mentions @kim-jong-un, @vladimir-putin, @united-states"),
        ("source:gazette", "en.md", false, "its source is \"The Desk\""),
        ("=Us", "en.md", false, "the piece writes \"US\", \"us\""),
        ("atleast5(oil)", "en.md", false, "only 2 places"),
    ];
    for (query, piece, holds, reason) in table {
        let ran = sandbox.run(&["why", query, piece, "-f", "jsonl"]);
        assert_eq!(ran.code, i32::from(!holds), "{query}: {ran:?}");
        let clause = &ran.json_lines()[0];
        assert_eq!((clause["holds"].as_bool(), clause["reason"].as_str()), (Some(holds), Some(reason)), "{query}: {ran:?}");
    }
    assert_eq!(sandbox.run(&["why", "-q", "zebra", "en.md"]).code, 1);
    let ran = sandbox.run(&["why", "--zero-ok", "-q", "zebra", "en.md"]);
    assert!(ran.code == 0 && ran.stdout.is_empty() && ran.stderr.is_empty(), "{ran:?}");
    let ran = sandbox.run(&["why", "oil NOT gas", "en.md"]);
    assert_eq!(ran.stdout.lines().map(|line| line.split('\t').nth(1).unwrap()).collect::<Vec<_>>(), ["true", "true"]);
    assert_eq!((ran.code, ran.stderr.trim()), (0, "en.md matches: oil AND NOT gas"));
    // What is not wanted is told as that: it is what fails.
    for (query, clause, reason) in [
        ("sanctioned -oil", "NOT oil", "the piece has it, at 1 place"),
        ("sanctioned NOT (oil AND sanctioned)", "NOT (oil AND sanctioned)", "the piece has it"),
    ] {
        let ran = sandbox.run(&["why", query, "far.md", "-f", "jsonl"]);
        let last = ran.json_lines().pop().unwrap();
        let told = (last["clause"].as_str().unwrap(), last["holds"].as_bool(), last["reason"].as_str().unwrap());
        assert_eq!((ran.code, told), (1, (clause, Some(false), reason)), "{ran:?}");
    }
    // Each part holds, and that they stand apart is the reason.
    sandbox.write("apart.md", "Barges lay in the harbour. Pipelines were built elsewhere.\n");
    sandbox.index();
    let ran = sandbox.run(&["why", "barges pipelines", "apart.md", "--within", "sentence"]);
    assert!(ran.code == 1 && ran.stderr.contains("no single sentence does"), "{ran:?}");
    assert!(!sandbox.run(&["why", "barges pipelines", "apart.md"]).stderr.contains("no single"));
}
