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
