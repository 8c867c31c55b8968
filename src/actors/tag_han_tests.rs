//! What Chinese text alone asks for.

use super::tag;

/// The mentions as `text=actor`, without their rules.
fn named(text: &str) -> String {
    tag(text).split(' ').map(|mention| mention.split(':').next().unwrap_or_default()).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_capital_is_a_place_until_something_says_otherwise() {
    let places = [
        "莫斯科的积雪厚度创下纪录。",
        "伦敦布伦特原油期货上涨。",
        "欧尔班二日在丹麦哥本哈根表示欢迎。",
        "德国首都柏林发生火灾。",
        "今年，北京计划选取药店。",
    ];
    for place in places {
        assert!(!tag(place).contains("capital"), "{place}: {}", tag(place));
    }
    let governments = [
        "有人批评北京。",
        "这是亲北京的团体。",
        "莫斯科方面没有回应。",
        "會談在華盛頓與北京之間進行。",
        "台北的立场没有改变。",
        "对平壤施压无用。",
    ];
    for government in governments {
        assert!(tag(government).contains("capital"), "{government}: {}", tag(government));
    }
}

#[test]
fn a_capital_in_doubt_is_what_it_is_elsewhere_in_the_piece() {
    assert!(!tag("北京将推出新措施。").contains("capital"));
    assert_eq!(tag("北京将推出新措施，有人谴责北京。"), "北京=china:capital 北京=china:capital");
}
