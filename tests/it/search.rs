use super::harness::Sandbox;

/// A small corpus in which each piece is there for a reason.
fn corpus() -> Sandbox {
    let piece = |front: &str, body: &str| format!("---\n{front}\n---\n\n{body}\n");
    Sandbox::with(&[
        (
            "en/oil.md",
            &piece(
                "title: Oil and its price\nauthor: Jane Example\nsource: The Outlet\ndate: 2024-01-24\nlang: en\nkind: Opinion",
                "The oil embargo was tightened.\n\nKim Jong Un watched. Mr. Kim said nothing of oil.",
            ),
        ),
        (
            "en/gas.md",
            &piece(
                "title: Gas\nauthor: John Sample\nsource: Other Desk\ndate: 2023-06\nlang: en",
                "Sanctions on gas were lifted by the Security Council. Ambassador Sung Kim left.",
            ),
        ),
        ("en/coal.md", &piece("title: A ban on coal\nlang: en", "Exporting coal is sanctioned. The US president knows us.")),
        ("zh/石油.md", &piece("title: 石油與制裁\nsource: 遠望評論\ndate: 2024年1月20日", "安理會討論對朝鮮的石油制裁。金正恩沒有出席。")),
        ("zh/天然气.md", &piece("title: 天然气", "G7峰会没有谈石油，只谈制裁与天然气。Xi Jinping的发言很短。")),
        ("ru.txt", "Президент Путин приехал в Пхеньян на переговоры о поставках угля.\n"),
        ("ar.txt", "ناقش مجلس الأمن العقوبات المفروضة على كوريا الشمالية.\n"),
        ("ko.txt", "북한은 러시아에 포탄을 보냈다고 안보리는 밝혔다.\n"),
        ("ja.txt", "北朝鮮はミサイルを発射し、安保理は制裁を協議した。\n"),
    ])
}

#[test]
fn queries_and_the_pieces_they_find() {
    let sandbox = corpus();
    sandbox.index();
    let table: &[(&str, &[&str])] = &[
        // Inflections, in each language.
        ("sanction", &["en/coal.md", "en/gas.md"]),
        ("exports", &["en/coal.md"]),
        ("переговоров", &["ru.txt"]),
        ("العقوبة", &["ar.txt"]),
        // AND, OR, NOT are about the piece, title included.
        ("embargo AND price", &["en/oil.md"]),
        ("coal OR gas", &["en/coal.md", "en/gas.md"]),
        ("sanctions NOT gas", &["en/coal.md"]),
        ("sanctions -coal", &["en/gas.md"]),
        ("(coal OR gas) AND council", &["en/gas.md"]),
        ("NOT (sanctions OR 制裁 OR Kim OR Путин OR العقوبات OR 러시아)", &[]),
        // Phrases are words as they are, in order.
        ("\"oil embargo\"", &["en/oil.md"]),
        ("\"embargo oil\"", &[]),
        ("\"sanctioned coal\"", &[]),
        ("\"is sanctioned\"", &["en/coal.md"]),
        // Fields.
        ("title:gas", &["en/gas.md"]),
        ("title:embargo", &[]),
        ("author:example", &["en/oil.md"]),
        ("source:\"other desk\"", &["en/gas.md"]),
        ("lang:en Kim", &["en/gas.md", "en/oil.md"]),
        ("kind:opinion", &["en/oil.md"]),
        ("path:石油", &["zh/石油.md"]),
        ("title:石油", &["zh/石油.md"]),
        // Dates; a month is all its days.
        ("date:2024", &["en/oil.md", "zh/石油.md"]),
        ("date:2023-06-10..2023-06-12", &["en/gas.md"]),
        ("date:>=2024-01-21", &["en/oil.md"]),
        ("date:<2023-06", &[]),
        // Actors under any name, not their namesakes.
        ("@kim-jong-un", &["en/oil.md", "zh/石油.md"]),
        ("actor:金正恩 lang:en", &["en/oil.md"]),
        ("actor:\"Security Council\"", &["ar.txt", "en/gas.md", "ja.txt", "ko.txt", "zh/石油.md"]),
        ("@russia", &["ko.txt"]),
        // Han: words of a run in any place, phrases by characters, scripts together and apart.
        ("制裁石油", &["zh/天然气.md", "zh/石油.md"]),
        ("\"石油制裁\"", &["zh/石油.md"]),
        ("\"朝鲜的石油\"", &["zh/石油.md"]),
        ("石油與", &["zh/天然气.md", "zh/石油.md"]),
        ("\"石油與\"", &["zh/石油.md"]),
        ("=石油與制裁", &["zh/石油.md"]),
        ("=石油与制裁", &[]),
        ("=安理會", &["zh/石油.md"]),
        ("=安理会", &[]),
        // Mixed script.
        ("G7峰会", &["zh/天然气.md"]),
        ("\"G7峰会\"", &["zh/天然气.md"]),
        ("\"Xi Jinping\"", &["zh/天然气.md"]),
        // As written.
        ("=US", &["en/coal.md"]),
        ("=us", &["en/coal.md"]),
        ("=oil", &["en/oil.md"]),
        ("=OIL", &[]),
        // Other scripts by word.
        ("포탄", &["ko.txt"]),
        ("ミサイル", &["ja.txt"]),
        // A name finds its actor under every other; a phrase asks for the very words.
        ("북한", &["ar.txt", "ja.txt", "ko.txt", "zh/石油.md"]),
        ("北朝鮮 ミサイル", &["ja.txt"]),
        ("\"北朝鮮\"", &["ja.txt"]),
    ];
    for (query, expected) in table {
        let mut found = sandbox.pieces(&[query]);
        found.sort();
        assert_eq!(found, *expected, "{query}");
    }
    assert_eq!(sandbox.pieces(&["북한", "--literal"]), ["ko.txt"]);
}

#[test]
fn the_clause_that_matched_is_marked_and_nothing_else() {
    let sandbox = corpus();
    sandbox.index();
    let table: &[(&str, &str, &[&str])] = &[
        ("oil embargo", "en/oil.md", &["oil:oil", "embargo:embargo", "oil:oil"]),
        ("\"oil embargo\" NOT gas", "en/oil.md", &["\"oil embargo\":oil embargo"]),
        ("@kim-jong-un", "en/oil.md", &["@kim-jong-un:Kim Jong Un", "@kim-jong-un:Kim"]),
        ("石油制裁 lang:zh", "zh/石油.md", &["石油制裁:石油制裁"]),
        ("sanction gas", "en/gas.md", &["sanction:Sanctions", "gas:gas"]),
        ("=安理會", "zh/石油.md", &["=安理會:安理會"]),
    ];
    for (query, piece, expected) in table {
        let hits = sandbox.hits(&[query]);
        let hit = hits.iter().find(|hit| hit["piece"]["id"] == *piece).unwrap_or_else(|| panic!("{query}: {hits:?}"));
        let text = hit["passage"]["text"].as_str().unwrap();
        let matches = hit["matches"].as_array().unwrap();
        let found: Vec<_> = matches
            .iter()
            .map(|found| format!("{}:{}", found["clause"].as_str().unwrap(), super::harness::slice(text, &found["start"], &found["end"])))
            .collect();
        assert_eq!(found, *expected, "{query}");
    }
}

#[test]
fn a_match_in_the_title_alone_shows_the_lede() {
    let sandbox = corpus();
    sandbox.index();
    let hits = sandbox.hits(&["price"]);
    assert_eq!(hits.len(), 1);
    assert!(hits[0]["passage"]["text"].as_str().unwrap().starts_with("The oil embargo"));
    assert_eq!((hits[0]["matches"].as_array().unwrap().len(), hits[0]["title_matches"][0]["start"].as_u64()), (0, Some(12)));
}

#[test]
fn under_any_no_word_is_required() {
    let sandbox = corpus();
    sandbox.index();
    assert_eq!(sandbox.pieces(&["embargo unobtainium"]), [""; 0]);
    assert_eq!(sandbox.pieces(&["--any", "embargo unobtainium"]), ["en/oil.md"]);
    assert_eq!(sandbox.pieces(&["--any", "embargo +gas"]), ["en/gas.md"]);
    let mut found = sandbox.pieces(&["--any", "Who \"knows (of the embargo or the coal?"]);
    found.sort();
    assert_eq!(found, ["en/coal.md", "en/oil.md"]);
    // The more of the words and the rarer, the better.
    assert_eq!(sandbox.pieces(&["--any", "oil embargo sanctions"])[0], "en/oil.md");
    // Filters filter all the same.
    assert_eq!(sandbox.pieces(&["--any", "coal 石油 lang:zh"]).len(), 2);
}

#[test]
fn under_any_small_words_neither_find_nor_are_marked() {
    let sandbox = corpus();
    sandbox.index();
    let marked = |query: &str| -> Vec<String> {
        let mark = |hit: &serde_json::Value, found: &serde_json::Value| {
            super::harness::slice(hit["passage"]["text"].as_str().unwrap(), &found["start"], &found["end"])
        };
        let of = |hit: &serde_json::Value| hit["matches"].as_array().unwrap().iter().map(|found| mark(hit, found)).collect::<Vec<_>>();
        sandbox.hits(&["--any", query]).iter().flat_map(of).collect()
    };
    assert_eq!(marked("What of the embargo, and was it?"), ["embargo"]);
    assert_eq!(marked("谁的石油"), ["石油", "石油"]);
    // Who asks for nothing else means them.
    assert_eq!(marked("was of")[0], "was");
    assert_eq!(marked("谁的"), ["的", "的"]);
}

#[test]
fn under_any_a_part_of_what_is_asked_is_marked_where_the_whole_is_not() {
    let filler = "The ministry counted beds and nurses, and then it counted them once more. ".repeat(12);
    let text = format!("Wards filled with COVID-19 patients in the spring.\n\n{filler}\n\nBy summer the COVID wards stood empty.\n");
    let sandbox = Sandbox::with(&[("wards.txt", &text), ("else.txt", "Nothing of the kind.\n")]);
    sandbox.index();
    let marked = |args: &[&str]| {
        let hits = sandbox.hits(args);
        let of = |hit: &serde_json::Value, found: &serde_json::Value| {
            assert_eq!(found["clause"], "COVID-19");
            super::harness::slice(hit["passage"]["text"].as_str().unwrap(), &found["start"], &found["end"])
        };
        let mut marked: Vec<Vec<String>> =
            hits.iter().map(|hit| hit["matches"].as_array().unwrap().iter().map(|found| of(hit, found)).collect()).collect();
        marked.sort();
        marked
    };
    assert_eq!(marked(&["--any", "COVID-19", "--per-piece", "9"]), [vec!["COVID"], vec!["COVID-19"]]);
    // Where it is required, a passage without it is no hit.
    assert_eq!(marked(&["COVID-19", "--per-piece", "9"]), [vec!["COVID-19"]]);
}

#[test]
fn filters_narrow_what_is_found() {
    let sandbox = corpus();
    sandbox.index();
    let count = |args: &[&str]| sandbox.pieces(args).len();
    assert_eq!(count(&["--any", "石油 oil", "--lang", "en"]), 1);
    assert_eq!(count(&["--any", "石油 oil", "--lang", "en", "--lang", "zh"]), 3);
    assert_eq!(count(&["oil", "--actor", "金正恩"]), 1);
    assert_eq!(count(&["gas", "--source", "desk", "--author", "sample"]), 1);
    assert_eq!(count(&["Kim", "--since", "2024"]), 1);
    assert_eq!(count(&["coal", "--since", "2024"]), 0);
    assert_eq!(count(&["coal", "--since", "2024", "--undated", "include"]), 1);
    assert_eq!(count(&["--any", "coal gas oil", "--undated", "only"]), 1);
}

#[test]
fn to_mention_an_actor_is_a_fact_of_the_piece() {
    let filler = "Much was said of the weather and of the harvest, and little of anything else on that day. ".repeat(12);
    let piece =
        format!("Grain went north in spring.\n\n{filler}\n\nKim Jong Un watched the ships.\n\n{filler}\n\nGrain went south in autumn.");
    let sandbox = Sandbox::with(&[("a.txt", &piece), ("b.txt", "Grain stayed. Vladimir Putin left."), ("c.txt", "Kim Jong Un left.")]);
    sandbox.index();
    let told = |args: &[&str]| {
        let tell = |hit: &serde_json::Value| format!("{} {}", hit["piece"]["id"], hit["passage"]["start"]);
        let hits = sandbox.hits(&[&["--per-piece", "9"], args].concat());
        let clauses = hits.iter().flat_map(|hit| hit["matches"].as_array().unwrap()).map(|found| found["clause"].to_string());
        (hits.iter().map(tell).collect::<Vec<_>>(), clauses.collect::<std::collections::BTreeSet<_>>().into_iter().collect::<Vec<_>>())
    };
    let of_piece = told(&["grain path:a"]);
    assert_eq!(of_piece.0.len(), 2);
    assert_eq!(told(&["grain", "--actor", "金正恩"]), (of_piece.0.clone(), vec!["\"grain\"".to_owned()]));
    let lines = |args: &[&str]| sandbox.run(&[&["kwic", "-c", "grain"], args].concat()).stdout;
    assert_eq!((lines(&[]).as_str(), lines(&["--actor", "kim-jong-un"]).as_str()), ("3\n", "2\n"));
    sandbox.write("q.csv", "query,actor\ngrain,kim-jong-un\n");
    let batch = sandbox.run(&["batch", "q.csv", "-f", "csv", "--fields", "piece,matches,found"]).stdout;
    assert_eq!(batch, "piece,matches,found\na.txt,grain,1\na.txt,grain,1\n");
    assert_eq!(sandbox.run(&["count", "grain", "--actor", "kim-jong-un"]).stdout, "1\t2\n");
    // It stays so within a sentence, and where no word is required.
    assert_eq!(told(&["grain went", "--within", "sentence", "--actor", "kim-jong-un"]).0.len(), 2);
    assert_eq!(told(&["--any", "grain tin", "--actor", "kim-jong-un"]).1, ["\"grain\""]);
    // Where nothing else is asked for but facts, the mentions are what is shown.
    let (hits, clauses) = told(&["lang:en", "--actor", "kim-jong-un"]);
    assert_eq!((hits.len(), clauses), (2, vec!["\"actor:\\\"kim-jong-un\\\"\"".to_owned()]));
}

#[test]
fn what_is_said_of_undated_pieces_holds_for_dates_in_the_query() {
    let sandbox = corpus();
    sandbox.index();
    let count = |query: &str, said: &str| sandbox.pieces(&["--any", "-n", "50", query, "--undated", said]).len();
    let all = |said: &str| sandbox.pieces(&["coal", "date:2024", "--undated", said]).len();
    assert_eq!((all("exclude"), all("include"), all("only")), (0, 1, 1));
    assert_eq!((count("oil NOT date:2024", "include"), count("coal NOT date:2024", "include")), (0, 1));
    let ran = sandbox.run(&["search", "oil", "--until", "soon"]);
    assert!(ran.code == 2 && ran.stderr.starts_with("error: --until takes a date, not \"soon\"\nhint: write 2024, "), "{ran:?}");
    let ran = sandbox.run(&["search", "oil", "--since", "2024", "--until", "2023"]);
    assert!(ran.code == 2 && ran.stderr.starts_with("error: --since 2024 is after --until 2023\nhint: "), "{ran:?}");
}

#[test]
fn order_and_number_of_hits() {
    let sandbox = corpus();
    sandbox.index();
    let dated = |order: &str| sandbox.pieces(&["--any", "石油 oil gas", "--sort", order, "--undated", "exclude"]);
    assert_eq!(dated("date"), ["en/gas.md", "zh/石油.md", "en/oil.md"]);
    assert_eq!(dated("-date"), ["en/oil.md", "zh/石油.md", "en/gas.md"]);
    let all = sandbox.pieces(&["--any", "石油 oil gas sanctions", "--all"]);
    assert_eq!(sandbox.pieces(&["--any", "石油 oil gas sanctions", "-n", "2", "--offset", "1"]), all[1..3]);
    let ranks: Vec<_> = sandbox.hits(&["--any", "oil", "--offset", "0"]).iter().map(|hit| hit["rank"].as_u64().unwrap()).collect();
    assert_eq!(ranks, (1..=ranks.len() as u64).collect::<Vec<_>>());
}

#[test]
fn a_name_also_ranks_those_who_name_the_actor_otherwise() {
    let sandbox = Sandbox::with(&[
        ("a.md", "Talk of Kim Jong Un and of the weather. 金正恩。"),
        ("b.md", "Talk of Kim, Jong and Un, three men of the weather office, and no others at all in it."),
    ]);
    sandbox.index();
    let explained = sandbox.hits(&["Kim Jong Un", "--explain"]);
    let actor = |id: &str| explained.iter().find(|hit| hit["piece"]["id"] == id).unwrap()["signals"]["actor"].as_f64().unwrap();
    assert!(actor("a.md") > 0.0 && actor("b.md").abs() < 1e-9);
    let literal = sandbox.hits(&["Kim Jong Un", "--explain", "--literal"]);
    assert!(literal.iter().all(|hit| hit["signals"]["actor"].as_f64().unwrap().abs() < 1e-9));
}

#[test]
#[expect(clippy::cast_possible_truncation, reason = "scores are of single precision")]
fn a_score_is_the_sum_of_its_signals() {
    let sandbox = corpus();
    sandbox.index();
    for hit in sandbox.hits(&["--any", "\"oil embargo\" @kim-jong-un gas", "--explain"]) {
        let sum: f64 = hit["signals"].as_object().unwrap().values().map(|value| value.as_f64().unwrap()).sum();
        // To the last bit of the score, which is of single precision.
        assert_eq!((sum as f32).to_bits(), (hit["score"].as_f64().unwrap() as f32).to_bits(), "{hit}");
    }
}

#[test]
fn what_is_asked_of_titles_ranks_pieces() {
    let piece = |title: &str, body: &str| format!("---\ntitle: {title}\n---\n\n{body}\n");
    let talk = "The harbour was quiet and the talk was of the weather all day long.";
    let about = format!("{talk}\n\nSanctions bite. More sanctions follow; a sanction is a signal.");
    let sandbox = Sandbox::with(&[
        // In the order of their names the best one comes last.
        ("a.md", &piece("Letters, and a word on sanctions, from our readers in the north of the country", talk)),
        ("b.md", &piece("A word on sanctions", talk)),
        ("c.md", &piece("A word on sanctions", &about)),
        ("d.md", &piece("Another word", &about)),
    ]);
    sandbox.index();
    for (query, expected) in [
        ("title:sanctions", ["c.md", "b.md", "a.md"].as_slice()),
        ("title:sanct*", &["c.md", "b.md", "a.md"]),
        ("title:(sanctions OR embargo)", &["c.md", "b.md", "a.md"]),
        // A phrase ranks by its words: that of the title's which is in no text says more in a shorter piece.
        ("title:\"word on sanctions\"", &["b.md", "c.md", "a.md"]),
        ("harbour title:sanctions", &["c.md", "b.md", "a.md"]),
    ] {
        for rank in ["quick", "full"] {
            let hits = sandbox.hits(&[query, "--rank", rank]);
            let pieces: Vec<&str> = hits.iter().map(|hit| hit["piece"]["id"].as_str().unwrap()).collect();
            assert_eq!(pieces, expected, "{query} {rank}");
            let scores: Vec<f64> = hits.iter().map(|hit| hit["score"].as_f64().unwrap()).collect();
            assert!(scores.windows(2).all(|pair| pair[0] > pair[1]) && scores[2] > 0.0, "{query} {rank}: {scores:?}");
            // The word was asked of the title: no passage is better for having it.
            assert!(hits.iter().all(|hit| hit["passage"]["start"] == 0), "{query} {rank}");
        }
    }
}

#[test]
fn actors_near_each_other_rank() {
    let sandbox = Sandbox::with(&[
        ("a.md", "Kim Jong Un wrote a letter. Weeks later, and far from there, Vladimir Putin answered Kim Jong Un at length.\n"),
        ("b.md", "Kim Jong Un met Vladimir Putin; Vladimir Putin thanked Kim Jong Un; Kim Jong Un saw Vladimir Putin off.\n"),
    ]);
    sandbox.index();
    for query in ["@kim-jong-un w/3 @vladimir-putin", "PERSON w/3 PERSON", "atleast2(@kim-jong-un)", "@kim-jong-un w/s @vladimir-putin"] {
        let hits = sandbox.hits(&[query]);
        let scores: Vec<f64> = hits.iter().map(|hit| hit["score"].as_f64().unwrap()).collect();
        assert!(!scores.is_empty() && scores.iter().all(|&score| score > 0.0), "{query}: {scores:?}");
        assert_eq!(hits[0]["piece"]["id"], "b.md", "{query}");
    }
}

#[test]
fn what_is_not_wanted_neither_ranks_nor_falls_to_pieces() {
    let sandbox = Sandbox::with(&[
        ("gas.md", "Oil is dear. Gas, gasoline and gases are dearer, and of gas there is little.\n"),
        ("oil.md", "Oil is dear, and of oil there is little. Nobody spoke of anything else all day.\n"),
        ("sea.md", "The treaty covers oil at sea. The price, they said in the south, is high and will stay so.\n"),
    ]);
    sandbox.index();
    assert_eq!(sandbox.pieces(&["oil not w/2 gas*", "--rank", "quick"])[0], "oil.md");
    // A phrase that is not wanted is wanted by none of its words.
    for query in ["oil NOT \"sea price\"", "oil NOT (sea w/1 price)"] {
        assert_eq!(sandbox.pieces(&[query, "--any"]).len(), 3, "{query}");
    }
    assert_eq!(sandbox.pieces(&["oil NOT \"at sea\"", "--any"]).len(), 2);
}

#[test]
fn the_same_twice_is_counted_twice() {
    let sandbox = corpus();
    sandbox.index();
    let ran = sandbox.run(&["search", "\"oil embargo\" \"oil embargo\" price", "--coverage"]);
    assert!(ran.stderr.contains("1 piece has \"oil embargo\"") && !ran.stderr.contains(" 0 pieces have"), "{}", ran.stderr);
}

#[test]
fn an_actor_makes_the_pieces_come_first_that_are_about_it() {
    let about = "---\ntitle: Putin visits the coast\nlang: en\n---\n\nVladimir Putin came by train, as the harbour had been closed for days. \
                 Vladimir Putin spoke briefly.\n\nFishermen said that they had seen nobody.\n";
    let beside =
        "---\ntitle: A quiet week\nlang: en\n---\n\nVladimir Putin called.\n\nFishermen said that they had seen nobody for days.\n";
    let sandbox = Sandbox::with(&[("about.md", about), ("beside.md", beside)]);
    sandbox.index();
    let lines = sandbox.run(&["search", "@vladimir-putin", "-f", "jsonl", "--rank", "quick", "--explain"]).json_lines();
    let first = lines.first().unwrap();
    assert_eq!(first["piece"]["path"], "about.md", "{first}");
    for signal in ["actor", "piece", "title"] {
        assert!(first["signals"][signal].as_f64().unwrap_or_default() > 0.0, "{signal}: {first}");
    }
}
