use crate::actors::tag::tests::tag;

#[test]
fn what_cities_have_makes_no_government() {
    for text in ["London's mayor spoke.", "Paris's narrow streets were full.", "Moscow's metro is deep."] {
        assert!(!tag(text).contains(":capital"), "{text}: {}", tag(text));
    }
    assert!(tag("They feared Moscow's troops.").contains("Moscow=russia:capital"));
}

#[test]
fn brussels_is_the_union_unless_the_piece_is_about_belgium() {
    assert!(tag("Brussels proposed tariffs, and Brussels said so.").contains("Brussels=european-union:capital"));
    assert!(tag("Brussels warned the Flemings. Belgium is one, and Belgians know it.").contains("Brussels=belgium:capital"));
    assert!(tag("布鲁塞尔宣布加征关税。").contains("布鲁塞尔=european-union:capital"));
}
