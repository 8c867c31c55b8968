use super::harness::Sandbox;

#[test]
fn a_compound_that_the_dictionary_cuts_is_found_as_it_stands() {
    let sandbox = Sandbox::with(&[
        ("compound.md", "双方在日内瓦重启核谈判，会议持续两天。\n"),
        ("apart.md", "贸易谈判仍在继续。核电站没有受到影响。\n"),
        ("speech.md", "主席讲话，会议结束。\n"),
    ]);
    sandbox.index();
    assert_eq!(sandbox.run(&["search", "核谈判", "--count"]).stdout.trim(), "1");
    assert_eq!(sandbox.run(&["search", "核谈判", "--count", "--any"]).stdout.trim(), "2");
    // A small word is not required where others stand.
    assert_eq!(sandbox.run(&["search", "主席的讲话", "--count"]).stdout.trim(), "1");
    assert_eq!(sandbox.run(&["search", "\"主席的讲话\"", "--count"]).stdout.trim(), "0");
}

#[test]
fn where_no_piece_has_a_compound_its_words_are_suggested() {
    let sandbox = Sandbox::with(&[("apart.md", "数字经济发展很快。税收没有增加，增值税也没有。\n")]);
    sandbox.index();
    let told = |query: &str| sandbox.run(&["search", query]).stderr;
    assert!(told("数字税").ends_with("hint: no piece has 数字税; did you mean 数字 税?\n"), "{}", told("数字税"));
    // What finds nothing either is no suggestion.
    assert_eq!(told("核谈判"), "no piece matches\n");
}
