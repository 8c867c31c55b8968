use proptest::prelude::*;

use super::*;

fn text(rtf: &str) -> String {
    read(rtf.as_bytes(), &Limits::default()).unwrap().text
}

#[test]
fn words_are_read_in_the_encoding_of_their_font() {
    let rtf = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}{\f1\fcharset134 SimSun;}{\f2\fcharset204 Arial;}}
{\f0 Caf\'e9, \ldblquote so\rdblquote .\par}{\f1\'b0\'b2\'c0\'ed\'bb\'e1\'a1\'a3}\par{\f2\'cc\'ee\'f1\'ea\'e2\'e0}.\par}";
    assert_eq!(text(rtf), "Café, “so”.\n\n安理会。\n\nМосква.");
}

#[test]
fn unicode_replaces_what_stands_behind_it() {
    assert_eq!(text(r"{\rtf1\uc1 a\u20013?b\u-10179?\u-8704?c\uc2\u8212\'81\'5c d.}"), "a中b😀c— d.");
    assert_eq!(text(r"{\rtf1 {\b He said \u8220}zebra\u8221{\i  and} lion.}"), "He said “zebra” and lion.");
}

#[test]
fn what_is_no_text_is_left_out() {
    let rtf = r"{\rtf1{\info{\title The talks}{\author J. Example}}{\*\generator X;}{\pict\bin5 }}}}}}{\field{\*\fldinst HYPERLINK x}{\fldrslt Words}} here.\par More.}";
    let piece = read(rtf.as_bytes(), &Limits::default()).unwrap();
    assert_eq!((piece.title.as_deref(), piece.text.as_str()), (Some("The talks"), "Words here.\n\nMore."));
    assert_eq!(piece.authors, ["J. Example"]);
}

#[test]
fn a_row_of_a_table_is_a_paragraph() {
    let before =
        r"{\rtf1 Above.\par\trowd\cellx1\cellx2\pard\intbl State\cell Votes\cell\row\pard\intbl Iran\cell 42\cell\row\pard Below.\par}";
    let twice = before.replace(r"\row\pard", r"{\trowd\cellx1\cellx2\row}\pard").replace(r"\intbl ", r"\intbl{\b }");
    for rtf in [before, &twice] {
        assert_eq!(text(rtf), "Above.\n\nState Votes\n\nIran 42\n\nBelow.");
    }
    let nested =
        r"{\rtf1\trowd\pard\intbl One.\par\itap2 Two.\nestcell Three.\nestcell{\*\nesttableprops\trowd\nestrow}Four.\cell Five.\cell\row}";
    assert_eq!(text(nested), "One.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.");
}

#[test]
fn notes_come_behind_the_text() {
    let note = r"{\super\chftn}{\footnote\pard\plain{\super\chftn} First note.\par Its end}";
    let rtf = format!(r"{{\rtf1 They met{note} again{{\*\footnote Second note.}}.\par More.}}");
    assert_eq!(text(&rtf), "They met again.\n\nMore.\n\nFirst note.\n\nIts end\n\nSecond note.");
    assert_eq!(text(r"{\rtf1{\header Page{\footnote No.}}Words.}"), "Words.");
}

#[test]
fn the_day_of_creation_is_a_date() {
    let date = |created: &str| {
        let rtf = format!(r"{{\rtf1{{\info{{\creatim{created}}}{{\revtim\yr2022\mo1\dy1}}}}They met.\par Again.}}");
        read(rtf.as_bytes(), &Limits::default()).unwrap().date
    };
    assert_eq!(date(r"\yr2021\mo3\dy4\hr10\min5").unwrap().to_string(), "2021-03-04");
    assert_eq!([date(r"\yr0\mo0\dy0"), date(r"\yr2021\mo3"), date("")], [None; 3]);
}

#[test]
fn properties_in_unicode_are_instead_of_those_before() {
    let title = |info: &str| read(format!(r"{{\rtf1{{\info{info}}}Words here.\par More.}}").as_bytes(), &Limits::default()).unwrap().title;
    let twice = r"{\upr{\title ?? 1}{\*\ud{\title \u20250\'3f\u35848\'3f 1}}}";
    assert_eq!((title(twice).as_deref(), title(r"{\title ????}")), (Some("会谈 1"), None));
}

#[test]
fn deep_groups_are_refused() {
    assert!(read("{".repeat(100_000).as_bytes(), &Limits::default()).is_err());
}

proptest! {
    #[test]
    fn nothing_panics(rtf in r"(\\[a-z]{1,5}-?[0-9]{0,6} ?|\\'[0-9a-f]{0,2}|[{}\\]|\PC){0,60}") {
        let _read = read(rtf.as_bytes(), &Limits::default());
    }
}
