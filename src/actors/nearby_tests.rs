use crate::actors::tag::tests::{tag, tag_titled};

/// What is said of the first mention that is written so, without its rule.
fn actor_of(tagged: &str, written: &str) -> Option<String> {
    let (_, behind) = tagged.split_once(&format!("{written}="))?;
    Some(behind.split([':', ' ']).next().unwrap_or_default().to_owned())
}

#[track_caller]
fn check(table: &[(&str, &str, Option<&str>)]) {
    for &(text, written, actor) in table {
        let tagged = tag(text);
        assert_eq!(actor_of(&tagged, written).as_deref(), actor, "{text}: {tagged}");
    }
}

#[test]
fn organs_are_those_of_the_state_that_the_piece_is_about() {
    check(&[
        (
            "Joe Biden faces a hostile Congress. Republicans and Democrats in the United States are far apart.",
            "Congress",
            Some("us-congress"),
        ),
        ("Republicans want to keep the House. Democrats and President Trump know it.", "House", Some("us-house-of-representatives")),
        (
            "The British voted. Rishi Sunak spoke of Britain. The Supreme Court ruled the plan unlawful.",
            "Supreme Court",
            Some("united-kingdom-supreme-court"),
        ),
        ("Brazil voted again. Brazilians waited, and Brazil is calm. Only Congress can act now.", "Congress", Some("brazil-parliament")),
        // Named once, a state may be anybody's.
        ("An American came. Nobody knows what the Senate does.", "Senate", Some("senate")),
        // Two states alike.
        ("Brazil, Mexico, Brazil and Mexico trade. Mexico met Brazil. It was late when the Senate said so.", "Senate", Some("senate")),
    ]);
}

#[test]
fn a_state_that_is_but_near_gives_way_to_the_one_of_the_piece() {
    let tagged = tag(
        "Republicans, Democrats, Donald Trump and the GOP quarrel. He wants a wall at the border with Mexico, but Congress will not pay.",
    );
    assert_eq!(actor_of(&tagged, "Congress").as_deref(), Some("?mexico-parliament,us-congress"), "{tagged}");
    let tagged = tag("Republicans, Democrats, Donald Trump and the GOP quarrel. The Mexican Congress will not pay.");
    assert_eq!(actor_of(&tagged, "Mexican Congress").as_deref(), Some("mexico-parliament"), "{tagged}");
}

#[test]
fn organs_of_parts_of_states_are_not_those_of_states() {
    let about = "Republicans and Democrats of the United States look at America.";
    for text in [
        "The Ohio Senate met. The Senate voted.",
        "The Legislature met. The Senate voted.",
        "Two state senators came. The Senate voted.",
        "The Senate of Ohio voted.",
    ] {
        let tagged = tag(&format!("{about} {text}"));
        assert!(!tagged.contains("us-senate"), "{tagged}");
    }
    assert_eq!(actor_of(&tag(&format!("{about} House prices rose.")), "House"), None);
}

#[test]
fn parties_belong_to_the_state_that_the_piece_is_about() {
    let britain = "Britain voted. Keir Starmer thanked the British, and Britain waits.";
    assert_eq!(actor_of(&tag(&format!("{britain} Labour won.")), "Labour").as_deref(), Some("labour-party-uk"));
    let tagged = tag(&format!("{britain} Labour Day came."));
    assert!(!tagged.contains("labour-party-uk"), "{tagged}");
    // Nobody of that state is named.
    assert_ne!(actor_of(&tag("Britain, Britain and Britain. Then Labour won."), "Labour").as_deref(), Some("labour-party-uk"));
}

#[test]
fn what_stands_beside_a_chinese_organ_goes_before_what_is_named_elsewhere() {
    let tagged = tag("美国国务院发表声明。国务院总理主持召开国务院常务会议。中共中央、国务院印发通知。");
    assert_eq!(tagged.matches("国务院=state-council-china").count(), 3, "{tagged}");
    let tagged = tag("韩国的国会、日本国会和美国国会都表态。韩国媒体说，国会将开会。");
    assert!(tagged.ends_with("国会=national-assembly-korea:nearby"), "{tagged}");
    assert!(!tag("中国、中国和中国。前财政部长到访。").contains("财政部="));
}

#[test]
fn an_agency_tells_of_its_own_state_unless_the_piece_is_about_another() {
    assert_eq!(actor_of(&tag("新华社北京电 外交部发言人今天说。"), "外交部").as_deref(), Some("chinese-foreign-ministry"));
    let tagged = tag_titled("", "LONDON (Reuters) Obama and Kerry met Republicans. The Senate voted, said the Obama administration.");
    assert!(!tagged.contains("united-kingdom"), "{tagged}");
}

#[test]
fn the_capital_behind_an_organ_tells_whose_it_is() {
    check(&[(
        "Turkey's president spoke in Ankara. The foreign ministry in Doha said nothing.",
        "foreign ministry",
        Some("qatari-foreign-ministry"),
    )]);
}
