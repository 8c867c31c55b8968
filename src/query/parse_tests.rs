use proptest::prelude::*;

use super::*;
use crate::actors::Kind;
use crate::query::{Dates, Field, How, Pattern, Reach, Weight, Written};

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
        ("title:peace title:\"a b\" author:Ann lang:zh", "title:peace AND title:\"a b\" AND author:\"Ann\" AND lang:\"zh\""),
        ("@kim-jong-un actor:金正恩 actor:\"Kim\"", "@kim-jong-un AND actor:\"金正恩\" AND actor:\"Kim\""),
        (
            "date:2024-03..2024-06 date:2024 date:>=2023 date:<2024-05-01",
            "date:2024-03..2024-06 AND date:2024 AND date:2023.. AND date:..2024-04-30",
        ),
        ("date:>2023", "date:2024-01-01.."),
        ("date:2023.. date:..2015 (date:2023-05..)^2", "date:2023.. AND date:..2015 AND date:2023-05..^2"),
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
        ("@China w/5 veto @Kim-Jong-un", "(actor:\"China\" w/5 veto) AND actor:\"Kim-Jong-un\""),
        ("title: x", "title AND x"),
        // Full-width and typographic forms.
        ("（制裁　ＯＲ 石油） －中国", "(制裁 OR 石油) AND NOT 中国"),
        ("“a b” 「甲 乙」 《丙》", "\"a b\" AND \"甲 乙\" AND \"丙\""),
        ("„a b“ „c d” „e f\"", "\"a b\" AND \"c d\" AND \"e f\""),
        ("«a b» ‹c d› »e f« (›g h‹)", "\"a b\" AND \"c d\" AND \"e f\" AND \"g h\""),
        ("title:»a b«~2 -„c d“^2", "title:\"a b\"~2 AND NOT (\"c d\"^2)"),
        ("»a b» c", "\"a b\" AND c"),
        ("»a b c› ›", "a AND b AND c›"),
        ("title：和平", "title:和平"),
        ("“it's \"so\"”", "“it's \"so\"”"),
        // Nearness binds tighter than AND, and goes from left to right.
        ("a w/5 b", "a w/5 b"),
        ("a b W/5 c OR d", "(a AND (b w/5 c)) OR d"),
        ("a w/5 b pre/3 c w/s d w/p e", "a w/5 b pre/3 c w/s d w/p e"),
        ("a w/5 (b w/3 c)", "a w/5 (b w/3 c)"),
        ("(\"a b\" OR c) w/5 @russia", "(\"a b\" OR c) w/5 @russia"),
        ("a not w/5 b NOT pre/2 c", "a not w/5 b not pre/2 c"),
        ("not w/5 b", "not w/5 b"),
        ("PERSON w/s resign*", "PERSON w/s resign*"),
        ("NOT (a w/5 b)", "NOT (a w/5 b)"),
        ("甲　ｗ／５　乙", "甲 w/5 乙"),
        ("atleast3(a OR b) c", "atleast3(a OR b) AND c"),
        ("ATLEAST2(\"a b\")^2", "atleast2(\"a b\")^2"),
        ("atleast", "atleast"),
        ("\"a b\"~5 “a b”～２", "\"a b\"~5 AND \"a b\"~2"),
        ("\"@kim-jong-un met @vladimir-putin\"", "\"@kim-jong-un met @vladimir-putin\""),
        // Patterns and weights.
        ("sanct* *tion def?nce why?", "sanct* AND *tion AND def?nce AND why"),
        ("word~ word~2", "word~1 AND word~2"),
        ("/sanction(s|ed)?/ /usr/bin/ either/or", "/sanction(s|ed)?/ AND /usr/bin/ AND either/or"),
        ("／ab/ c", "／ab/ AND c"),
        ("oil^2 \"a b\"^0.5 (a OR b)^3 @russia^1.25", "oil^2 AND \"a b\"^0.5 AND (a OR b)^3 AND @russia^1.25"),
        ("-oil^2", "NOT (oil^2)"),
        ("co-operat*", "\"co-operat*\""),
        ("https://a.example/x?y=1*", "https://a.example/x?y=1*"),
        ("title:ab* tag:word~1^2 path:/a(b|c)/", "title:ab* AND tag:word~1^2 AND path:/a(b|c)/"),
        ("title:\"a bc*\" title:\"a b\"~5 title:@russia", "title:\"a bc*\" AND title:\"a b\"~5 AND title:@russia"),
        ("title:(oil OR \"a b\" -gas*)^2", "(title:oil OR (title:\"a b\" AND NOT title:gas*))^2"),
        (
            "lang:(en OR zh) actor:(russia OR \"Kim Jong Un\")",
            "(lang:\"en\" OR lang:\"zh\") AND (actor:\"russia\" OR actor:\"Kim Jong Un\")",
        ),
        ("date:(2024)", "date:2024"),
        ("date:(2022 OR >=2024-03 OR last-month)", "date:2022 OR date:2024-03.. OR date:last-month"),
        ("date：（2024年1月） NOT date:(\"last 7 days\")", "date:2024-01 AND NOT date:\"last 7 days\""),
        ("\"a b\"~ c", "\"a b\" AND c"),
        ("atleast (oil) /军|税/", "atleast AND oil AND /军|税/"),
        ("source:co-operat*", "source:\"co-operat*\""),
        ("@王小明 @jean-d'arc", "@王小明 AND @jean-d'arc"),
        // Dates told from today stay so until somebody says what day it is.
        ("date:last-month date:>=last-7-days", "date:last-month AND date:>=last-7-days"),
        ("date:\"last 7 days\"", "date:\"last 7 days\""),
        ("date:2024年1月 date：２０２４", "date:2024-01 AND date:2024"),
    ];
    for (query, tree) in table {
        assert_eq!(shown(query, Mode::All), tree, "{query}");
    }
}

#[test]
fn errors_point_at_what_is_wrong() {
    let table = [
        ("", "0..0: the query has no word to search for"),
        (" ?!", "0..3: the query has no word to search for"),
        ("a OR", "2..4: OR needs something on both sides"),
        ("OR a", "0..2: a term is missing here"),
        ("a AND AND b", "2..5: AND needs something on both sides"),
        ("(a", "0..1: this bracket is not closed"),
        ("a)", "1..2: this bracket has no partner"),
        ("a ()", "2..3: these brackets are empty"),
        ("a \"b c", "2..6: this quotation mark is not closed"),
        ("a NOT", "2..5: NOT needs something after it"),
        ("\"...\"", "0..5: there is no word between these quotation marks"),
        ("date:soon", "0..9: not a date or a range of dates"),
        ("a w/5", "2..5: w/5 needs something on both sides"),
        ("w/5 b", "0..3: w/5 needs something on both sides"),
        ("a w/5 OR b", "2..5: w/5 needs something on both sides"),
        ("a w/0 b", "2..5: 0 is not a distance"),
        ("a NEAR/5 b", "2..8: nearness is written w/5 here"),
        ("oil veto^0", "8..10: a weight is a number above 0 and up to 100, with at most two decimals"),
        ("(a OR b)^-1 c", "8..11: a weight is a number above 0 and up to 100, with at most two decimals"),
        ("\"a b\"^1000", "5..10: a weight is a number above 0 and up to 100, with at most two decimals"),
        ("\"the =US*\"", "0..10: a pattern cannot follow ="),
        ("source:=Desk", "0..8: = works only in texts and titles"),
        ("source:\"the =Desk\"", "0..18: = works only in texts and titles"),
        ("source:(a OR \"=Desk\")", "13..20: this cannot be used in the brackets of a field"),
        ("(a b) w/5 c", "0..5: AND cannot stand beside w/5"),
        ("NOT a w/5 b", "0..5: NOT cannot stand beside w/5"),
        ("a w/5 title:b", "6..13: a field cannot stand beside w/5"),
        ("a^2 w/5 b", "0..3: a weight cannot stand beside w/5"),
        ("atleast3(a b)", "0..13: this cannot be counted"),
        ("atleast0(a)", "0..8: the count is out of range"),
        ("a*", "0..2: this matches too many words"),
        ("制*裁", "0..7: * stands for letters of a word, and in scripts without spaces each character is a word"),
        ("at~2", "0..4: this matches too many words"),
        ("*a????????????n w/5 b", "0..15: this pattern can match in too many ways"),
        ("\"the *a????????????n\"", "0..21: this pattern can match in too many ways"),
        ("word~3", "0..6: ~ allows at most 2 edits"),
        ("lang:a*b", "0..8: a pattern cannot be used here"),
        ("actor:ab*", "0..9: a pattern cannot be used here"),
        ("title:\"a*\"", "0..10: this matches too many words"),
        ("author:\"a b\"~2", "0..14: nearness works only in texts and titles"),
        ("title:ab* w/5 c", "0..9: a field cannot stand beside w/5"),
        ("date:2024-06..2024-03", "0..21: this range ends before it begins"),
        ("date:last-0-days", "0..16: not a date or a range of dates"),
        ("title:(a w/5 b)", "6..7: this cannot be used in the brackets of a field"),
        ("source:(a =b)", "10..12: this cannot be used in the brackets of a field"),
        ("kind:(op* OR news)", "6..9: this cannot be used in the brackets of a field"),
        ("title:()", "6..7: these brackets are empty"),
        ("date:(2024 OR soon)", "14..18: not a date or a range of dates"),
        ("date:(2024 w/5 2025)", "5..6: dates cannot be joined by nearness"),
        ("date:(2024 OR oil*)", "14..18: not a date"),
        ("\"a b\"~x", "0..6: a number is missing after ~"),
        ("oil \"a b\"~-1", "4..10: a number is missing after ~"),
        ("\"a b\"~1000000", "0..13: the distance is too large"),
        ("atleast3 alpha", "0..8: brackets are missing after this"),
        ("atleast(alpha)", "0..7: the number is missing here"),
        ("/军./", "0..6: an expression is compared with single words, and in scripts without spaces each character is a word"),
    ];
    for (query, error) in table {
        assert_eq!(shown(query, Mode::All), error, "{query}");
    }
    assert!(shown("/a(b/", Mode::All).starts_with("0..5: this expression cannot be used: "));
    assert_eq!(shown(&format!("{}~2", "ab".repeat(32_000)), Mode::All), "0..64002: the word is too long");
    let long = format!("a{}", " w/2 a".repeat(100_000));
    assert!(shown(&long, Mode::All).ends_with("too many terms are joined by nearness"));
    let deep = "(".repeat(100_000);
    assert!(shown(&deep, Mode::All).ends_with("brackets are nested too deeply"));
    let deep = format!("{}a", "-(".repeat(100_000));
    assert!(shown(&deep, Mode::All).ends_with("brackets are nested too deeply"));
}

#[test]
fn words_that_look_like_signs_stay_words_when_they_are_shown() {
    let table =
        [("OR?-", "OR?-"), ("OR~0", "or"), ("@/AND/^2w/p", "/AND/ AND ^2w/p"), ("oil^2?^2:", "oil"), ("/coal/(oil)", "/coal/ AND oil")];
    for (query, expected) in table {
        let tree = parse(query, Mode::All).unwrap();
        let shown = tree.to_string();
        assert_eq!(shown, expected, "{query}");
        assert_eq!(parse(&shown, Mode::All).unwrap(), tree, "{query}");
    }
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
        ("a w/5 b c", "(a w/5 b) c"),
        ("a w/5", "a w/5"),
        ("a (b c) w/5 d", "a (b c) w/5 d"),
        ("x~9 y", "x~9 y"),
        ("He said: \"no\" and left?", "He said \"no\" and left"),
        (
            "one two three four five six seven eight nine is NOT -eleven (or so)",
            "one two three four five six seven eight nine is NOT eleven or so",
        ),
    ];
    for (query, tree) in table {
        assert_eq!(shown(query, Mode::Any), tree, "{query}");
    }
    // What holds no word is found nowhere, and that is no error; but something has to be asked.
    for text in ["?!", "\"", "()", " \"\" ", "NOT", "。"] {
        assert!(parse(text, Mode::Any).is_ok(), "{text}");
    }
    assert_eq!((shown("?! ", Mode::Any), parse(" \t", Mode::Any).is_err()), ("?!".to_owned(), true));
}

fn wish() -> impl Strategy<Value = Wish> {
    let word = "[a-z]{1,6}|[一-龟]{1,3}|[a-z]{1,3}-[a-z]{1,3}";
    let words = "[a-z]{1,4}( [A-Z]?[a-z]{1,4}){0,2}|[一-龟]{1,4}|it's \"x\"";
    prop_oneof![
        4 => word.prop_map(Wish::Word),
        2 => words.prop_map(Wish::Phrase),
        1 => words.prop_map(Wish::Exact),
        1 => (prop::sample::select(Field::ALL.to_vec()), words).prop_map(|((_, field), value)| match field {
            Field::Title => Wish::In(field, Box::new(Wish::Phrase(value))),
            field => Wish::Field(field, value),
        }),
        1 => word.prop_map(|word| Wish::Field(Field::Title, word)),
        1 => in_field(),
        1 => "[a-z]{1,5}(-[a-z0-9]{1,4})?".prop_map(Wish::Actor),
        1 => words.prop_map(Wish::ActorNamed),
        1 => prop::sample::select(Kind::ALL.to_vec()).prop_map(Wish::Kind),
        1 => (2000_i16..2030, 1_i8..13, prop::option::of(2030_i16..2040)).prop_map(|(year, month, to)| {
            Wish::Date(Dates { from: Date::month(year, month), to: to.map_or(Date::month(year, month), Date::year) })
        }),
    ]
}

fn pattern() -> impl Strategy<Value = Pattern> {
    prop_oneof![
        "[a-z]{2,4}\\*|\\*[a-z]{2,4}|[a-z]{2}\\?[a-z]{1,2}".prop_map(Pattern::Like),
        ("[a-z]{4,6}", 1_u8..3).prop_map(|(word, off)| Pattern::Fuzzy(word, off)),
        "[a-z]{1,3}\\([a-z]{1,2}\\|[a-z]{1,2}\\)\\+".prop_map(Pattern::Regex),
    ]
}

/// What is more than words, in a field.
fn in_field() -> impl Strategy<Value = Wish> {
    let words = prop::sample::select(Field::ALL.map(|(_, field)| field).into_iter().filter(|field| field.has_words()).collect::<Vec<_>>());
    let within = |field| move |wish| Wish::In(field, Box::new(wish));
    prop_oneof![
        (words, pattern()).prop_map(|(field, pattern)| Wish::In(field, Box::new(Wish::Pattern(pattern)))),
        ("[a-z]{1,4}( [a-z]{1,4}){0,2}", 0_u32..20).prop_map(|(words, others)| Wish::Loose(words, others)).prop_map(within(Field::Title)),
        "[a-z]{1,5}(-[a-z0-9]{1,4})?".prop_map(Wish::Actor).prop_map(within(Field::Title)),
    ]
}

fn operand() -> impl Strategy<Value = Tree<Clause>> {
    let words = "[a-z]{1,4}( [A-Z]?[a-z]{1,4}){0,2}|[一-龟]{1,4}";
    let leaf = prop_oneof![
        4 => wish().prop_filter("about the piece", |wish| !matches!(wish, Wish::Field(..) | Wish::In(..) | Wish::Date(_) | Wish::When(_))),
        1 => Just(Wish::Word("not".to_owned())),
        1 => pattern().prop_map(Wish::Pattern),
        1 => (words, 0_u32..20).prop_map(|(words, others)| Wish::Loose(words, others)),
    ];
    let leaf = leaf.prop_map(|wish| clause(wish, Span::default()));
    leaf.prop_recursive(3, 8, 3, |inner| {
        let reach = prop_oneof![(1_u32..30).prop_map(Reach::Words), Just(Reach::Sentence), Just(Reach::Paragraph)];
        let how = (any::<bool>(), any::<bool>(), reach).prop_map(|(negated, ordered, reach)| How { negated, ordered, reach });
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|trees| join(trees, Joint::Any)),
            (inner.clone(), how, inner).prop_map(|(left, how, right)| Tree::Near(Box::new(left), how, Box::new(right), Written::default())),
        ]
    })
}

/// Trees as the parser makes them: joints have several parts, none of which is the same joint.
fn tree() -> impl Strategy<Value = Tree<Clause>> {
    let leaf = prop_oneof![
        3 => wish().prop_map(|wish| clause(wish, Span::default())),
        2 => operand(),
        1 => (1_u32..9, operand()).prop_map(|(times, tree)| Tree::AtLeast(times, Box::new(tree), Written::default())),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|trees| join(trees, Joint::All)),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|trees| join(trees, Joint::Any)),
            inner.clone().prop_map(|tree| match tree {
                Tree::Not(inner) => *inner,
                tree => Tree::Not(Box::new(tree)),
            }),
            (inner, 1_u16..1_000).prop_map(|(tree, weight)| match tree {
                Tree::Not(inner) => Tree::Not(Box::new(Tree::Boost(inner, Weight(weight)))),
                tree => Tree::Boost(Box::new(tree), Weight(weight)),
            }),
        ]
    })
}

/// Texts made of what the language is made of: the seed gives the text.
fn scramble(seed: u64) -> String {
    const BITS: [&str; 51] = [
        "a",
        "oil",
        "制裁",
        "金正恩",
        " ",
        " ",
        " ",
        "  ",
        "AND",
        "OR",
        "NOT",
        "not",
        "-",
        "+",
        "=",
        "(",
        ")",
        "\"",
        "“",
        "”",
        "„",
        "»",
        "«",
        "「",
        "w/5",
        "pre/3",
        "w/s",
        "w/p",
        "w/0",
        "atleast3(",
        "atleast",
        "*",
        "?",
        "~",
        "~1",
        "~2",
        "^2",
        "^",
        "/",
        "\\",
        "[",
        "@",
        "@russia",
        "actor:",
        "title:",
        "date:",
        "last-month",
        "2024",
        "..",
        "ＯＲ",
        "PERSON",
    ];
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let bits = next() % 24;
    (0..bits).map(|_| BITS[usize::try_from(next() % BITS.len() as u64).unwrap()]).collect()
}

#[test]
fn fifty_thousand_scrambled_texts_are_trees_or_errors() {
    for seed in 0..50_000 {
        let text = scramble(seed);
        if let Ok(tree) = parse(&text, Mode::All) {
            // What a tree is shown as is understood as the same.
            let shown = tree.to_string();
            assert_eq!(parse(&shown, Mode::All).map_err(|error| error.to_string()), Ok(tree), "{text:?} shown as {shown:?}");
        }
        assert_eq!(parse(&text, Mode::Any).is_ok(), !text.trim().is_empty(), "{text:?}");
    }
}

proptest! {
    #[test]
    fn what_is_shown_parses_to_the_same_tree(tree in tree()) {
        let shown = tree.to_string();
        // A small word that reads as an operator only in capitals stays a word; a word equal to one of another clause is no matter.
        prop_assert_eq!(parse(&shown, Mode::All).map_err(|error| error.to_string()), Ok(tree), "{}", shown);
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,40}|([(\"“”「」()+\\-=@:]|AND|OR|NOT|date:|title:|w/5|pre/2|not|atleast2|~2|\\^2|\\*|/|[a-z]{1,3}| ){0,40}") {
        for mode in [Mode::All, Mode::Any] {
            if let Ok(tree) = parse(&text, mode) {
                prop_assert!(!tree.to_string().is_empty());
            } else {
                prop_assert!(mode == Mode::All || text.trim().is_empty(), "{}", text);
            }
        }
    }
}
