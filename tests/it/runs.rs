use super::harness::Sandbox;
use super::language::found;

#[test]
fn what_no_dictionary_has_stands_together() {
    let sandbox = Sandbox::with(&[
        ("a.md", "代表团在等金与正。\n"),
        ("b.md", "金先生与代表团正在谈话。\n"),
        ("c.md", "马克龙来了。\n"),
        ("d.md", "马克思谈龙。马克也是钱。\n"),
    ]);
    sandbox.index();
    for (query, piece, marked) in [("金与正", "a.md", "金与正"), ("代表团金与正", "a.md", "代表团"), ("马克龙", "c.md", "马克龙")]
    {
        let found = found(&sandbox, &[query]);
        assert_eq!((found.len(), found[0].0.as_str(), found[0].1[0].as_str()), (1, piece, marked), "{query}");
    }
    // Where nothing is required, more is found by less.
    assert_eq!(found(&sandbox, &["--any", "金与正"]).len(), 2);
}

#[test]
fn hits_of_a_word_are_the_passages_that_have_it() {
    let filler = "一二三四五六七八九十甲乙丙丁。".repeat(30);
    let ports = "Covid was here. Port 19 was closed. ".repeat(12);
    let sandbox = Sandbox::with(&[
        ("long.md", format!("{filler}\n\n各国讨论个税改革。{filler}\n").as_str()),
        ("ports.md", format!("{ports}\n\n{ports}\n\nCOVID-19 is over. {ports}\n").as_str()),
    ]);
    sandbox.index();
    for (query, piece, marked) in [("税", "long.md", "税"), ("改革各国", "long.md", "各国"), ("COVID-19", "ports.md", "COVID-19")] {
        for rank in ["quick", "full"] {
            let found = found(&sandbox, &["--rank", rank, "--per-piece", "9", query]);
            assert_eq!((found.len(), found[0].0.as_str(), found[0].1[0].as_str()), (1, piece, marked), "{query}");
        }
    }
    // A character may be all that is asked for, and then it ranks.
    assert!(sandbox.hits(&["--rank", "quick", "--explain", "税"])[0]["signals"]["passage"].as_f64().unwrap() > 0.0);
}

#[test]
fn what_is_left_over_behind_a_word_is_shown_with_none() {
    for left_over in ["\u{200B}", "\u{FEFF}", "\u{200C}", "\u{200D}", "\u{AD}", "\u{200B}\u{FEFF}"] {
        let text =
            format!("The activist Wendeline Brak{left_over}, 45, met Putin{left_over}. Co{left_over}ld oil{left_over} rose{left_over}.\n");
        let sandbox = Sandbox::with(&[("a.md", text.as_str()), ("b.md", format!("制裁{left_over}决议{left_over}通过。\n").as_str())]);
        sandbox.index();
        for (query, piece, marked) in [
            ("oil", "a.md", "oil".to_owned()),
            ("\"cold oil rose\"", "a.md", format!("Co{left_over}ld oil{left_over} rose")),
            ("@wendeline-brak", "a.md", "Wendeline Brak".to_owned()),
            ("\"制裁决议\"", "b.md", format!("制裁{left_over}决议")),
        ] {
            assert_eq!(found(&sandbox, &[query]), [(piece.to_owned(), vec![marked])], "{query} {left_over:?}");
        }
        let mentions = sandbox.run_with(&["tag", "-"], &text).json_lines();
        let told: Vec<_> = mentions.iter().map(|mention| ["text", "name"].map(|key| mention[key].as_str().unwrap().to_owned())).collect();
        assert_eq!(told, [["Wendeline Brak"; 2], ["Putin", "Vladimir Putin"]], "{left_over:?}");
    }
    // A variation selector is no such thing: it chooses the form of the character before it.
    let sandbox = Sandbox::with(&[("a.md", "葛\u{E0100}城区\n")]);
    sandbox.index();
    assert_eq!(found(&sandbox, &["葛"]), [("a.md".to_owned(), vec!["葛\u{E0100}".to_owned()])]);
}
