use crate::actors::tag::tests::tag;

#[test]
fn a_word_before_a_known_family_name_makes_no_rival() {
    let tagged = tag("Kate Zelbrook spoke. Team Zelbrook said no, and Zelbrook left.");
    assert!(!tagged.contains("=?") && !tagged.contains("team-zelbrook"), "{tagged}");
    assert!(tagged.contains(" Zelbrook=kate-zelbrook"), "{tagged}");
    // Of whom that is told which is told of people alone, the first word is a name.
    for text in ["Kate Zelbrook came. Rep. Summer Zelbrook said so.", "Kate Zelbrook came. Summer Zelbrook, 48, a lawyer, said so."] {
        assert!(tag(text).contains("Summer Zelbrook=summer-zelbrook"), "{text}: {}", tag(text));
    }
}

#[test]
fn two_organisations_are_two() {
    assert_eq!(
        tag("The Council on Foreign Relations and the Brookings Institution agreed."),
        "Council on Foreign Relations=council-on-foreign-relations:full-name Brookings Institution=brookings:full-name"
    );
    let tagged = tag("The Ministry for Women and the Family said so.");
    assert_eq!(tagged, "Ministry for Women and the Family=ministry-for-women-and-the-family:org-form");
}

#[test]
fn a_hyphen_joins_listed_names_and_makes_none_of_them() {
    assert_eq!(tag("The Israel-Hamas war went on."), "Israel=israel:full-name Hamas=hamas:full-name");
    assert_eq!(tag("Mr. Rees-Torvald spoke."), "Rees-Torvald=rees-torvald:title");
}

#[test]
fn lawsuits_and_parts_of_places_are_nobody() {
    assert_eq!(tag("They spoke of Zelbrook v. Torvald, who said nothing."), "");
    assert_eq!(tag("He is from Los Angeles, a reporter said."), "");
}

#[test]
fn a_faith_speaks_for_no_person() {
    assert_eq!(tag("A Muslim said so, and a Christian, who agreed."), "");
}

#[test]
fn a_company_has_the_name_of_somebody() {
    let tagged = tag("Mayor Bloomberg spoke. Mr. Siemens did not.");
    assert!(!tagged.contains("bloomberg-news") && !tagged.contains("=siemens:full-name"), "{tagged}");
    assert_eq!(tag("Bloomberg reported it."), "Bloomberg=bloomberg-news:full-name");
}

#[test]
fn half_of_a_people_is_not_the_state() {
    for text in ["African American voters came.", "The African-American vote counts.", "Mexican Americans voted."] {
        assert!(!tag(text).contains("united-states"), "{text}");
    }
    assert!(tag("Korean-American talks went on.").contains("American=united-states:demonym"));
}

#[test]
fn the_point_of_an_abbreviation_belongs_to_it() {
    assert_eq!(
        tag("The U.S. and China met in the U.S."),
        "U.S.=united-states:full-name China=china:full-name U.S.=united-states:full-name"
    );
}
