use super::*;
use crate::actors::tag::tests::tag;

#[test]
fn stems_have_forms() {
    let table = [
        (german as Forms, "deutsch-", "deutsch deutsche deutscher deutschen deutschem deutsches"),
        (german, "Inder", "Inder Indern Inderin Inderinnen"),
        (german, "Franzose", "Franzose Franzosen Franzosin Franzosinnen"),
        (german, "Israeli", "Israeli Israelis"),
        (german, "Finnen", "Finnen"),
        (russian, "россиянин", "россиянин россияне"),
        (russian, "болгарин", "болгарин болгары"),
        (russian, "украинец", "украинец украинцы украинцев"),
        (russian, "китаец", "китаец китайцы китайцев"),
        (russian, "немка", "немка немок"),
        (russian, "поляк", "поляк поляков"),
        (russian, "косовский", "косовский"),
        (french, "estonien", "estonien estonienne estoniens estoniennes"),
        (french, "albanais", "albanais albanaise albanaises"),
        (french, "birman", "birman birmane birmans birmanes"),
        (french, "croate", "croate croates"),
        (spanish, "checo", "checo checa checos checas"),
        (spanish, "ghanés", "ghanés ghanesa ghaneses ghanesas"),
        (spanish, "letón", "letón letona letones letonas"),
        (spanish, "mongol", "mongol mongola mongoles mongolas"),
        (spanish, "omaní", "omaní omaníes omanís"),
        (spanish, "croata", "croata croatas"),
    ];
    for (forms, entry, expected) in table {
        assert_eq!(forms(entry).join(" "), expected);
    }
}

/// The mentions as `text=actor`, without their rules.
fn named(text: &str) -> String {
    tag(text).split(' ').map(|mention| mention.split(':').next().unwrap_or_default()).collect::<Vec<_>>().join(" ")
}

#[test]
fn peoples_and_adjectives_stand_for_their_states() {
    let table = [
        (
            "Die russischen Truppen zogen ab, und die Franzosen und Ukrainer haben es mit einem deutschen Minister gesehen.",
            "russischen=russia Franzosen=france Ukrainer=ukraine deutschen=germany",
        ),
        ("Das ist für das deutsch-französische Verhältnis nicht gut.", "deutsch=germany französische=france"),
        ("Для россиян и украинцев это важно, и американцам тоже.", "россиян=russia украинцев=ukraine американцам=united-states"),
        ("Les Croates et une société estonienne sont pour cela.", "Croates=croatia estonienne=estonia"),
        ("Los checos y una empresa letona están a favor de eso.", "checos=czechia letona=latvia"),
    ];
    for (text, expected) in table {
        assert_eq!(named(text), expected, "{text}");
    }
}

#[test]
fn family_names_and_languages_are_no_peoples() {
    for text in [
        "На встречу пришел и господин Поляков, который был там и раньше.",
        "Это написал Чехов, а не Турков.",
        "Er kann es auf Russisch sagen, aber nicht russisch denken.",
    ] {
        let tagged = tag(text);
        assert!(!tagged.contains("demonym"), "{text}: {tagged}");
    }
    let tagged = tag("Das hat die Deutsche Umwelthilfe nicht gesagt, und das ist auch so.");
    assert!(!tagged.contains("germany"), "{tagged}");
}
