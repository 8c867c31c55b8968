use super::*;

fn split(text: &str) -> Vec<&str> {
    sentences(text).iter().map(|sentence| sentence.span.of(text)).collect()
}

#[test]
fn lists_are_sorted() {
    for list in [&GOES_ON[..], &BEFORE_NUMBERS, &MAY_END, &STARTERS] {
        assert!(list.is_sorted(), "{list:?}");
    }
}

#[test]
fn sentences_end_where_readers_stop() {
    let table: &[(&str, &[&str])] = &[
        ("One. Two! Three? Four", &["One.", "Two!", "Three?", "Four"]),
        ("Growth was 3.5 percent. It fell.", &["Growth was 3.5 percent.", "It fell."]),
        ("He said No. 5 was it. No. She left.", &["He said No. 5 was it.", "No.", "She left."]),
        ("J. Example and Ban K. Moon came.", &["J. Example and Ban K. Moon came."]),
        ("the U.S. Treasury acted", &["the U.S. Treasury acted"]),
        ("It left the U.S. The rest stayed.", &["It left the U.S.", "The rest stayed."]),
        ("“We will not.” He went. (It was late.) Then", &["“We will not.”", "He went.", "(It was late.)", "Then"]),
        ("\"Really?\" he asked. Yes...", &["\"Really?\" he asked.", "Yes..."]),
        ("Wait... what? No.", &["Wait... what?", "No."]),
        ("安理会通过决议。中方投了赞成票！为什么？", &["安理会通过决议。", "中方投了赞成票！", "为什么？"]),
        ("他说：“不会。”会议结束。", &["他说：“不会。”", "会议结束。"]),
        ("「不會。」他說。", &["「不會。」", "他說。"]),
        ("增长3.5%。GDP为1.2万亿。", &["增长3.5%。", "GDP为1.2万亿。"]),
        ("القمة انتهت. هل ينجح؟ نعم.", &["القمة انتهت.", "هل ينجح؟", "نعم."]),
        ("Er stimmt am 2. Februar ab. Im 19. Jahrhundert war es so.", &["Er stimmt am 2. Februar ab.", "Im 19. Jahrhundert war es so."]),
        ("It lost by 12. Nobody knew why.", &["It lost by 12.", "Nobody knew why."]),
        ("Los EE. UU. rechazaron la propuesta.", &["Los EE. UU. rechazaron la propuesta."]),
        ("Het is dhr. Jansen.", &["Het is dhr. Jansen."]),
        ("В 2014 г. началось. Это так.", &["В 2014 г. началось.", "Это так."]),
        ("", &[]),
        ("  \n\n ", &[]),
        ("...", &["..."]),
    ];
    for (text, expected) in table {
        assert_eq!(&split(text), expected, "{text}");
    }
}

#[test]
fn paragraphs_end_at_blank_lines_and_at_unwrapped_lines() {
    let text = "HEADLINE\nBy Jenny Example\n\nThis line was wrapped by a program at some seventy columns, and\ngoes on here. It ends.\nNew paragraph\u{3000}\n";
    let found: Vec<_> = paragraphs(text).into_iter().map(|span| span.of(text)).collect();
    assert_eq!(
        found,
        [
            "HEADLINE",
            "By Jenny Example",
            "This line was wrapped by a program at some seventy columns, and\ngoes on here. It ends.",
            "New paragraph"
        ]
    );
}

#[test]
fn only_white_space_stands_between_sentences() {
    // Were a short form looked for as far back as there is no space, the last would take minutes.
    let dense = "A.中".repeat(100_000);
    for text in ["a. b.c .d", "。。。x”」", "1.2.3. 4", "\u{3000}全角。\r\n\r\n次", "?!?! — “”", "Mr.", "U.S.", "т. е. так", &dense]
    {
        let mut at = 0;
        for sentence in sentences(text) {
            assert!(Span::new(at, sentence.span.start).of(text).trim().is_empty(), "{text}");
            at = sentence.span.end;
        }
        assert!(Span::new(at, text.len()).of(text).trim().is_empty(), "{text}");
    }
}
