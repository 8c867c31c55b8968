use proptest::prelude::*;

use super::*;
use crate::actors::Kind;
use crate::query::Field;

fn shown(query: &str, mode: Mode) -> String {
    match parse(query, mode) {
        Ok(tree) => tree.to_string(),
        Err(error) => format!("{}..{}: {}", error.at.start, error.at.end, error.problem),
    }
}

#[test]
fn trees_of_queries() {
    let table = [
        ("sanctions", "sanctions"),
        ("a b OR c d", "(a AND b) OR (c AND d)"),
        ("a AND b NOT c", "a AND b AND NOT c"),
        ("a -b +c", "a AND NOT b AND c"),
        ("NOT (a OR b)", "NOT (a OR b)"),
        ("NOT NOT a", "a"),
        ("((a))", "a"),
        ("a (b (c d))", "a AND b AND c AND d"),
        ("\"kim jong un\" met", "\"kim jong un\" AND met"),
        ("title:peace title:\"a b\" author:Ann lang:zh", "title:\"peace\" AND title:\"a b\" AND author:\"Ann\" AND lang:\"zh\""),
        ("@kim-jong-un actor:金正恩 actor:\"Kim\"", "@kim-jong-un AND actor:\"金正恩\" AND actor:\"Kim\""),
        (
            "date:2024-03..2024-06 date:2024 date:>=2023 date:<2024-05-01",
            "date:2024-03..2024-06 AND date:2024 AND date:2023.. AND date:..2024-04-30",
        ),
        ("date:>2023", "date:2024-01-01.."),
        ("date:\"24 January 2024\"", "date:2024-01-24"),
        ("PERSON STATE org", "PERSON AND STATE AND org"),
        ("=臺灣 =\"The US\"", "=\"臺灣\" AND =\"The US\""),
        // Punctuation, addresses and small words.
        ("what happened? why...", "what AND happened AND why"),
        ("and or not", "and AND or AND not"),
        ("https://a.example/x 10:30 foo:bar", "https://a.example/x AND 10:30 AND foo:bar"),
        ("a - b -- c", "a AND b AND c"),
        ("well-known don't", "well-known AND don't"),
        ("@Some_One", "Some_One"),
        ("title: x", "title AND x"),
        // Full-width and typographic forms.
        ("（制裁　ＯＲ 石油） －中国", "(制裁 OR 石油) AND NOT 中国"),
        ("“a b” 「甲 乙」 《丙》", "\"a b\" AND \"甲 乙\" AND \"丙\""),
        ("title：和平", "title:\"和平\""),
        ("“it's \"so\"”", "“it's \"so\"”"),
    ];
    for (query, tree) in table {
        assert_eq!(shown(query, Mode::All), tree, "{query}");
    }
}

#[test]
fn errors_point_at_what_is_wrong() {
    let table = [
        ("", "0..0: the query holds no word to search for"),
        (" ?!", "0..3: the query holds no word to search for"),
        ("a OR", "2..4: OR needs something on both sides"),
        ("OR a", "0..2: something to search for is missing here"),
        ("a AND AND b", "2..5: AND needs something on both sides"),
        ("(a", "0..1: this bracket is not closed"),
        ("a)", "1..2: this bracket closes nothing"),
        ("a ()", "2..3: these brackets are empty"),
        ("a \"b c", "2..6: this quotation mark is not closed"),
        ("a NOT", "2..5: NOT needs something behind it"),
        ("\"...\"", "0..5: there is no word between these quotation marks"),
        ("date:soon", "0..9: this is no date or range of dates"),
        ("title:(a b)", "0..5: something"),
    ];
    for (query, error) in table {
        let shown = shown(query, Mode::All);
        if query.starts_with("title:(") {
            // A field takes words or a phrase; before a bracket its name is a word.
            assert_eq!(shown, "title AND a AND b");
        } else {
            assert_eq!(shown, error, "{query}");
        }
    }
    let deep = "(".repeat(100_000);
    assert!(shown(&deep, Mode::All).ends_with("brackets are nested too deep"));
    let deep = format!("{}a", "-(".repeat(100_000));
    assert!(shown(&deep, Mode::All).ends_with("brackets are nested too deep"));
}

#[test]
fn under_any_nothing_is_an_error() {
    let table = [
        ("oil sanctions -coal", "oil sanctions NOT coal"),
        ("oil +gas lang:zh", "oil +gas lang:\"zh\""),
        ("a AND b c", "(a AND b) c"),
        ("a OR b c", "a OR (b c)"),
        ("a \"b c", "a \"b c"),
        ("(a", "(a"),
        ("OR", "OR"),
        ("He said: \"no\" and left?", "He said \"no\" and left"),
        (
            "one two three four five six seven eight nine is NOT -eleven (or so)",
            "one two three four five six seven eight nine is NOT eleven or so",
        ),
    ];
    for (query, tree) in table {
        assert_eq!(shown(query, Mode::Any), tree, "{query}");
    }
    assert!(parse("?!", Mode::Any).is_err());
}

fn wish() -> impl Strategy<Value = Wish> {
    let word = "[a-z]{1,6}|[一-龟]{1,3}|[a-z]{1,3}-[a-z]{1,3}";
    let words = "[a-z]{1,4}( [A-Z]?[a-z]{1,4}){0,2}|[一-龟]{1,4}|it's \"x\"";
    prop_oneof![
        4 => word.prop_map(Wish::Word),
        2 => words.prop_map(Wish::Phrase),
        1 => words.prop_map(Wish::Exact),
        1 => (prop::sample::select(Field::ALL.to_vec()), words).prop_map(|((_, field), value)| Wish::Field(field, value)),
        1 => "[a-z]{1,5}(-[a-z0-9]{1,4})?".prop_map(Wish::Actor),
        1 => words.prop_map(Wish::ActorNamed),
        1 => prop::sample::select(Kind::ALL.to_vec()).prop_map(Wish::Kind),
        1 => (2000_i16..2030, 1_i8..13, prop::option::of(2030_i16..2040)).prop_map(|(year, month, to)| {
            Wish::Date(Dates { from: Date::month(year, month), to: to.map_or(Date::month(year, month), Date::year) })
        }),
    ]
}

/// Trees as the parser makes them: joints have several parts, none of which is the same joint.
fn tree() -> impl Strategy<Value = Tree<Clause>> {
    let leaf = wish().prop_map(|wish| clause(wish, Span::default()));
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|trees| join(trees, Joint::All)),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|trees| join(trees, Joint::Any)),
            inner.prop_map(|tree| match tree {
                Tree::Not(inner) => *inner,
                tree => Tree::Not(Box::new(tree)),
            }),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_shown_parses_to_the_same_tree(tree in tree()) {
        let shown = tree.to_string();
        // A small word that reads as an operator only in capitals stays a word; a word equal to one of another clause is no matter.
        prop_assert_eq!(parse(&shown, Mode::All).map_err(|error| error.to_string()), Ok(tree), "{}", shown);
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,40}|([(\"“”「」()+\\-=@:]|AND|OR|NOT|date:|title:|[a-z]{1,3}| ){0,40}") {
        for mode in [Mode::All, Mode::Any] {
            if let Ok(tree) = parse(&text, mode) {
                prop_assert!(!tree.to_string().is_empty());
            } else {
                prop_assert!(mode == Mode::All || Words::of(&text).next().is_none(), "{}", text);
            }
        }
    }
}
