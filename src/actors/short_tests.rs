use crate::actors::tag::tests::tag;

#[track_caller]
fn holds(text: &str, mention: &str) {
    let tagged = tag(text);
    assert!(tagged.contains(mention), "{text}: {tagged}");
}

#[test]
fn who_is_named_only_behind_is_no_rival() {
    holds("Boris Johnson resigned, and Johnson wept. Lyndon Johnson was another.", "Johnson=boris-johnson:short-name Lyndon");
    holds("Johnson wept. It was Boris Johnson, not Lyndon Johnson.", "Johnson=?");
    holds("Kate Zelbrook said no, and Zelbrook left. Then Anna Zelbrook said yes.", " Zelbrook=kate-zelbrook:short-name");
}

#[test]
fn the_last_word_of_a_listed_name_is_a_short_one() {
    holds("Karim Khan sought warrants. Then Khan spoke.", " Khan=karim-khan:short-name");
    holds("Imran Khan and Karim Khan met. Then Khan spoke.", " Khan=?");
}

#[test]
fn names_of_one_person_are_no_rivals() {
    for text in [
        "Jerrold Zelbrook spoke. Jerry Zelbrook, the chairman, said so. Mr. Zelbrook left.",
        "William P. Zelbrook spoke. Bill Zelbrook, the chairman, said so. Mr. Zelbrook left.",
    ] {
        let tagged = tag(text);
        assert!(!tagged.contains("=?") && tagged.contains(" Zelbrook="), "{tagged}");
    }
    let tagged = tag("George Zelbrook spoke. Kate Zelbrook, the chairman, said so. Mr. Zelbrook left.");
    assert!(tagged.contains("=?george-zelbrook,kate-zelbrook"), "{tagged}");
}

#[test]
fn a_channel_is_nobodys_family_name() {
    holds("Fox News reported it. Then Fox said so.", "Fox=fox-news:short-name");
    let tagged = tag("Fox News reported it. Then Jamie Fox said so.");
    assert_eq!(tagged.matches("fox-news").count(), 1, "{tagged}");
}

#[test]
fn an_agency_signs_what_is_its_own() {
    assert_eq!(tag("SPRINGFIELD (AP) — The mayor spoke."), "AP=associated-press:short-name");
    assert!(tag("Photo: Kate Zelbrook/AP").ends_with("AP=associated-press:short-name"));
    assert!(!tag("Pupils (AP) and others took part.").contains("associated-press"));
}
