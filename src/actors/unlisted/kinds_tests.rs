use crate::actors::Kind;
use crate::actors::tag::tests::{mentions, tag};

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

#[test]
fn a_word_of_a_companys_name_is_no_person() {
    let text = "Haverlook Steel Holdings met. Rain fell, and Haverlook's owners said so.";
    assert_eq!(kinds(text, "Haverlook"), [Kind::Org]);
    // A place has a council, and is nobody.
    assert_eq!(kinds("The Zelbrook Regional Council met. Rain fell, and Zelbrook's roads said so.", "Zelbrook"), []);
    let text = "Haverlook Steel Holdings was bought. Its founder, John Haverlook, was glad; Haverlook said so.";
    assert_eq!(kinds(text, "Haverlook"), [Kind::Person]);
}

#[test]
fn letters_with_a_hyphen_between_are_an_organisation() {
    assert_eq!(kinds("FIOM-ZGIL's Michele Torvald called on the minister.", "FIOM-ZGIL"), [Kind::Org]);
}

#[test]
fn nicknames_apostrophes_and_articles_stand_inside_names() {
    let tagged = tag("The minister, Luis \"Toto\" Zelbrook, said so. Zelbrook left.");
    assert!(tagged.contains("Luis \"Toto\" Zelbrook=luis-toto-zelbrook") && tagged.contains(" Zelbrook=luis-toto-zelbrook"), "{tagged}");
    let tagged = tag("Le président de la commission condamne la prise du pouvoir par le général Moussa N'Tamba et par ses hommes.");
    assert!(tagged.contains("Moussa N'Tamba="), "{tagged}");
    let tagged = tag("Selon Marie-Aude de La Zelbrune, chercheuse à l'institut, la ville perd du crédit et les gens le savent.");
    assert!(tagged.contains("Marie-Aude de La Zelbrune="), "{tagged}");
}

#[test]
fn a_small_word_joins_two_whole_names_and_makes_none_of_them() {
    let tagged = tag("Las diputadas Yolanda Zelbrez e Irene Torvaldez, de la izquierda, votarán en contra de la ley del gobierno.");
    assert!(tagged.contains("Yolanda Zelbrez=") && tagged.contains("Irene Torvaldez="), "{tagged}");
}

#[test]
fn offices_of_one_word_stand_before_names_in_german() {
    let text = "Das sagte Bundesbauminister Hartwig Zelbrok am Montag in der Stadt. Auch Konzernchef Armin Torvald und der frühere \
                Ministerpräsident Erwin Quandrik sprachen, und die Regierungssprecherin Bärbel Ossig schwieg.";
    let tagged = tag(text);
    for name in ["Hartwig Zelbrok", "Armin Torvald", "Erwin Quandrik", "Bärbel Ossig"] {
        assert!(tagged.contains(&format!("{name}=")), "{name}: {tagged}");
    }
    assert!(!tagged.contains("Bundesbauminister Hartwig") && !tagged.contains("Regierungssprecherin Bärbel"), "{tagged}");
}

#[test]
fn what_is_contracted_is_nobody() {
    assert_eq!(tag("\"He'd say that,\" she said. He'd know, said they."), "");
}

#[test]
fn what_is_national_is_no_person() {
    assert_eq!(kinds("The National Archives said so.", "National Archives"), [Kind::Org]);
    assert_eq!(kinds("The Nadia Frobisher case went on.", "Nadia Frobisher"), [Kind::Person]);
}

#[test]
fn a_head_that_goes_on_behind_the_article_makes_an_organisation() {
    let tagged = tag("He left the College of Public Policy.");
    assert_eq!(tagged, "College of Public Policy=college-of-public-policy:org-form");
    assert_eq!(tag("He left the House of Strange Policy, and read the Commission of Inquiry Report."), "");
}

#[test]
fn what_ends_in_a_state_is_nobody() {
    assert_eq!(kinds("Users complained. Zelbrova Venezuela said so.", "Zelbrova Venezuela"), [Kind::Org]);
    assert_eq!(kinds("Users complained. Mr. Zelbrova Peru said so.", "Zelbrova Peru"), [Kind::Person]);
}

/// The kinds of the mentions that are written so.
fn kinds(text: &str, written: &str) -> Vec<Kind> {
    mentions(text).into_iter().filter(|one| one.span.of(text) == written).map(|one| one.kind).collect()
}

#[test]
fn an_article_begins_the_names_of_newspapers() {
    let kind = |text: &str| mentions(text).into_iter().map(|mention| (mention.name, mention.kind)).collect::<Vec<_>>();
    assert_eq!(kind("The plan was leaked. Die Torvalder reported on it."), [("Die Torvalder".to_owned(), Kind::Org)]);
    assert_eq!(kind("Mr. Les Torvald spoke to reporters."), [("Les Torvald".to_owned(), Kind::Person)]);
}

#[test]
fn what_somebody_is_and_where_from_names_nobody() {
    assert_eq!(
        tag("Kate Zelbrook left. The California Democrat said so to African Americans, and black Americans agreed."),
        "Kate Zelbrook=kate-zelbrook:name-form"
    );
    assert_eq!(tag("The party spent money from its PAC. Police said no. Administration officials agreed."), "");
    assert_eq!(tag("The Police said no. Police agreed."), "Police=police:org-form Police=police:org-form");
}

#[test]
fn committees_of_a_chamber_are_for_several_things() {
    let tagged =
        tag("He chaired the House Ways and Means Committee. He spoke to the Senate Homeland Security and Governmental Affairs Committee.");
    assert!(tagged.contains("House Ways and Means Committee=house-ways-and-means-committee:"), "{tagged}");
    assert!(tagged.contains("Senate Homeland Security and Governmental Affairs Committee="), "{tagged}");
}

#[test]
fn a_head_makes_an_organisation_of_what_and_joins() {
    for name in [
        "Agency for Healthcare Research and Quality",
        "Economic and Financial Crimes Commission",
        "Hostages and Missing Families Forum",
        "Center on Budget and Policy Priorities",
    ] {
        let id = name.to_lowercase().replace(' ', "-");
        assert_eq!(tag(&format!("They say that the {name} lost.")), format!("{name}={id}:org-form"));
    }
}

#[test]
fn initials_that_are_written_together_belong_to_a_name() {
    assert_eq!(tag("He met P.J. Zelbrook, a former spokesman."), "P.J. Zelbrook=pj-zelbrook:apposition");
    let tagged = tag("The office in L.A. Zelbrook left. He lives in Washington, D.C. Torvald did not.");
    assert!(!tagged.contains("L.A. Zelbrook") && !tagged.contains("D.C. Torvald"), "{tagged}");
}

#[test]
fn a_byline_is_no_headline() {
    let text = "By Andrew Zelbrook and Ricardo Torvald\n\nThe storm went on.\n\n(Reporting by Kate Torvald; Editing by Bill Zelbrook)";
    assert_eq!(
        tag(text),
        "Andrew Zelbrook=andrew-zelbrook:name-form Ricardo Torvald=ricardo-torvald:name-form Kate Torvald=kate-torvald:name-form Bill Zelbrook=bill-zelbrook:name-form"
    );
    assert_eq!(tag("By Any Means Necessary\n\nThe storm went on."), "");
}

#[test]
fn who_has_a_title_may_be_called_by_a_common_word() {
    assert_eq!(tag("They heard Sen. John Strange there."), "John Strange=john-strange:name-form");
}

#[test]
fn what_an_organisation_is_stands_beside_its_name() {
    for text in [
        "They wrote that the drugmaker Zelbrook cut jobs.",
        "They read the newspaper Zelbrook Torvald.",
        "They hired Zelbrook Torvald, a Chicago law firm that lost.",
    ] {
        let mention = mentions(text).pop().unwrap();
        assert!(mention.kind == Kind::Org && mention.name.starts_with("Zelbrook"), "{text}: {mention:?}");
    }
    for text in [
        "They met Kate Zelbrook, a company founder.",
        "They met Kate Zelbrook, the head of a law firm.",
        "They left the company Smith founded.",
    ] {
        assert!(mentions(text).iter().all(|mention| mention.kind == Kind::Person), "{text}: {}", tag(text));
    }
}

#[test]
fn letters_that_and_joins_are_an_organisation_or_a_thing() {
    assert_eq!(tag("The lights went out, PG&E said."), "PG&E=pg-e:speech");
    assert_eq!(tag("They spent more on it, R&D said. The R&D went on."), "");
}
