//! Texts made to take long: each is read in time linear in its length. Were only one of them not, this would take a minute or more.

use super::lex::lex;
use super::{Mode, any_actor, foreign, misnamed, parse, parted};

#[test]
fn texts_of_nothing_but_signs_are_read_once() {
    for bits in [
        "/x(",
        "/x/x(",
        "/a\\/(",
        "x/(/",
        "title:",
        "@title:",
        "@",
        "@a@",
        "-title:",
        "+@a:(",
        "date:(",
        "^x^",
        ")^",
        "~2~",
        "[",
        "\"a\" ",
        "“a”w/1 ",
        "a “ ",
        "„a",
        "»a ",
        "›a‹ « ",
        "a » «",
        "x:y ",
        "titel:x\" ",
        "or \"not\" ",
        "=@",
        "a^1^1",
        "制/(",
    ] {
        let text = bits.repeat(100_000);
        // Under the one it may be wrong, under the other nothing is.
        drop(parse(&text, Mode::All));
        assert!(parse(&text, Mode::Any).is_ok(), "{bits}");
        assert!(foreign(&text).is_none_or(|(sign, _)| bits.contains(sign)), "{bits}");
        assert!(parted(&text).is_none_or(|field| bits.contains(field)), "{bits}");
        assert!(misnamed(&text).is_none_or(|(name, _)| bits.contains(name)), "{bits}");
        assert!(any_actor(&text).is_none(), "{bits}");
    }
}

#[test]
fn what_was_found_ahead_changes_no_token() {
    // Each part by itself, and behind others that were looked through before.
    let parts = ["/a|b/", "/usr/bin/", "/x\\/y/", "/x(", "title:a", "@jo:n", "@jo", "//", "/", "a/b/", "x^2", "(/ab/^2)"];
    for first in parts {
        for second in parts {
            let (Ok(alone), Ok(before)) = (lex(second), lex(first)) else { continue };
            let both = lex(&format!("{first} {second}")).unwrap();
            let what = both.iter().map(|token| &token.what);
            assert!(what.eq(before.iter().chain(&alone).map(|token| &token.what)), "{first} {second}");
        }
    }
}
