//! What Chinese text alone asks for.

use super::{Kind, tag};

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
    assert!(!tag("北京的新措施今天推出。").contains("capital"));
    assert_eq!(tag("北京的新措施今天推出，有人谴责北京。"), "北京=china:capital 北京=china:capital");
}

#[test]
fn states_in_a_row_are_each_a_mention() {
    let table = [
        ("俄乌冲突爆发。", "俄=russia 乌=ukraine"),
        ("美欧对俄制裁。", "美=united-states 欧=european-union 俄=russia"),
        ("中欧班列开行。", "中=china 欧=european-union"),
        ("巴以冲突持续。", "巴=palestine 以=israel"),
        ("印巴冲突升级。", "印=india 巴=pakistan"),
        ("中柬关系发展。", "中=china 柬=cambodia"),
        ("中塔两国是好邻居，塔吉克斯坦表示欢迎。", "中=china 塔=tajikistan 塔吉克斯坦=tajikistan"),
        ("俄美乌三方会谈。", "俄=russia 美=united-states 乌=ukraine"),
        ("中加关系改善。", "中=china 加=canada"),
    ];
    for (text, expected) in table {
        assert_eq!(named(text), expected, "{text}");
    }
    for text in ["他在报告中加入新的栏目。", "经过是中意的。", "欧美企业大量订单遭取消。", "他们以贸易战相威胁。"]
    {
        assert_eq!(named(text), "", "{text}");
    }
    assert_eq!(named("西格蒙德·弗洛伊德认为如此。"), "西格蒙德·弗洛伊德=西格蒙德-弗洛伊德");
}

#[test]
fn titles_stand_outside_names() {
    let table = [
        ("陈教授说他不同意。", "陈=陈"),
        ("李局长表示可以。", "李=李"),
        ("希拉·威曼女士表示同意。", "希拉·威曼=希拉-威曼"),
        ("毛主席的讲话", "毛=mao-zedong"),
        ("埃及总统塞西会见了他。", "塞西=abdel-fattah-el-sisi"),
    ];
    for (text, expected) in table {
        assert_eq!(named(text), expected, "{text}");
    }
}

#[test]
fn what_clings_to_a_name_is_no_part_of_it() {
    let table = [
        ("安格拉·默克尔曾说欧洲要自立。", "安格拉·默克尔=angela-merkel"),
        ("罗莎·帕克斯因拒绝让座被捕。", "罗莎·帕克斯=罗莎-帕克斯"),
        ("海协会会长张志军说两岸要和解。", "张志军=张志军"),
        ("他和普京会晤。", "普京=vladimir-putin"),
    ];
    for (text, expected) in table {
        assert_eq!(named(text), expected, "{text}");
    }
    assert!(named("德国防长皮斯托留斯访问基辅。").contains(" 皮斯托留斯="));
}

#[test]
fn words_and_companies_are_no_people() {
    assert_eq!(named("明天有雷阵雨，卢布下跌，他在牛津演讲，石家庄举办论坛。"), "");
    assert_eq!(named("蔚来创始人李斌说，蔚来发布新车。"), "蔚来=蔚来 李斌=李斌 蔚来=蔚来");
    assert!(tag("蔚来创始人李斌说，蔚来发布新车。").starts_with("蔚来=蔚来:org-form"));
    assert_eq!(named("马克思主义的原理"), "");
}

#[test]
fn phrases_and_terms_are_no_organisations() {
    assert_eq!(named("这家上市公司收购了一家金融科技公司。"), "");
    assert_eq!(named("要坚持全面从严治党。"), "");
    assert_eq!(named("网站使用HTTPS和GIF格式，DRAM的价格上涨。"), "");
    assert!(named("代表们在京中共中央政治局会议室开会。").contains("中共中央政治局=ccp-politburo"));
}

#[test]
fn a_hyphen_joins_the_halves_of_a_foreign_name() {
    let tagged = named("布鲁盖尔研究所的阿莉西亚·加西亚-埃雷罗说，欧洲缺乏筹码。");
    assert!(tagged.contains("阿莉西亚·加西亚-埃雷罗="), "{tagged}");
}

#[test]
fn who_is_told_to_be_a_person_is_no_army() {
    let text = "小米创始人雷军出席座谈会。雷军说，价格战没有赢家。";
    assert!(super::mentions(text).iter().filter(|one| one.name == "雷军").all(|one| one.kind == Kind::Person), "{}", tag(text));
}

#[test]
fn datelines_dams_and_camps_are_nobody() {
    assert!(!tag("（記者陳怡君／台北報導）中央銀行昨日召開會議。").contains("報導"));
    assert_eq!(tag("由乌东德、白鹤滩、三峡等水电站组成。"), "");
    assert!(!tag("最初，它们很像古拉格制度，苏联古拉格成立了。").contains("古拉格="));
}

#[test]
fn the_standing_members_of_a_committee_are_no_part_of_its_name() {
    let tagged = tag("中共中央政治局常委、中央纪委书记24日出席全国纪检监察工作会议并讲话。");
    assert!(tagged.contains("中共中央政治局=") && !tagged.contains("常委="), "{tagged}");
    assert!(!tag("俄军在库皮扬斯克、红利曼等多方向发动攻势，软银高管称将继续投资。").contains("皮扬斯克="));
}

#[test]
fn what_many_are_is_nobodys_name() {
    assert_eq!(tag("国际社会普遍认为，各级党委和养老院应当加强管理。他向大会致贺信，文创产品走上国际舞台。"), "");
}
