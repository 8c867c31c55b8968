use super::*;
use crate::text::Analyzer;

#[path = "tag_han_tests.rs"]
mod han;

/// Mentions as `text=actor:rule`, undecided ones as `text=?a,b`.
pub(in crate::actors) fn tag_titled(title: &str, text: &str) -> String {
    tag_dated(title, text, None)
}

/// The same in a piece that was published on `day`, counted from 1970.
pub(in crate::actors) fn tag_dated(title: &str, text: &str, day: Option<i32>) -> String {
    let roster = Roster::builtin();
    let tagger = Tagger::new(roster, Arc::new(Matcher::new(roster)));
    let analyzer = Analyzer::default();
    let language = Language::detect(text);
    let (title_words, text_words) = (analyzer.analyse(title, language), analyzer.analyse(text, language));
    let tagged = tagger.tag((title, &title_words), (text, &text_words), language, day);
    let show = |source: &str, mentions: &[Mention]| {
        mentions
            .iter()
            .map(|mention| match &mention.actor {
                Some(actor) => format!("{}={actor}:{}", mention.span.of(source), mention.rule),
                None => format!("{}=?{}", mention.span.of(source), mention.candidates.join(",")),
            })
            .collect::<Vec<_>>()
    };
    let mut all = show(title, &tagged.title);
    all.extend(show(text, &tagged.text));
    all.join(" ")
}

/// The mentions in a text.
pub(in crate::actors) fn mentions(text: &str) -> Vec<Mention> {
    let roster = Roster::builtin();
    let tagger = Tagger::new(roster, Arc::new(Matcher::new(roster)));
    let analyzer = Analyzer::default();
    let language = Language::detect(text);
    let (title, words) = (analyzer.analyse("", language), analyzer.analyse(text, language));
    tagger.tag(("", &title), (text, &words), language, None).text
}

pub(in crate::actors) fn tag(text: &str) -> String {
    tag_titled("", text)
}

#[test]
fn names_are_found_in_every_writing() {
    let table = [
        (
            "Talks between Kim Jong-un and the Security Council.",
            "Kim Jong-un=kim-jong-un:full-name Security Council=un-security-council:full-name",
        ),
        ("KIM JONG UN’s visit to North\nKorea went on.", "KIM JONG UN=kim-jong-un:full-name North\nKorea=north-korea:full-name"),
        ("金正恩與普丁會面。", "金正恩=kim-jong-un:full-name 普丁=vladimir-putin:full-name"),
        ("弗拉基米尔·普京访问朝鲜。", "弗拉基米尔·普京=vladimir-putin:full-name 朝鲜=north-korea:full-name"),
        ("Президент Владимир Путин прибыл в Россию.", "Владимир Путин=vladimir-putin:full-name Россию=russia:full-name"),
        ("Встреча с Владимиром Путиным в России.", "Владимиром Путиным=vladimir-putin:full-name России=russia:full-name"),
        (
            "북한은 김정은 위원장이 러시아를 방문했다고 밝혔다.",
            "북한=north-korea:full-name 김정은=kim-jong-un:full-name 러시아=russia:full-name",
        ),
        (
            "وقالت روسيا إن كوريا الشمالية شريك، ولروسيا مصالح.",
            "روسيا=russia:full-name كوريا الشمالية=north-korea:full-name ولروسيا=russia:full-name",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(tag(text), expected, "{text}");
    }
}

#[test]
fn capitals_of_letters_tell_names_from_words() {
    assert_eq!(tag("They told us to ask the who, and china plates broke."), "");
    assert_eq!(tag("The US and the WHO asked China."), "US=united-states:full-name WHO=who:full-name China=china:full-name");
}

#[test]
fn short_names_lean_on_full_ones() {
    assert_eq!(
        tag("Kim Jong Un spoke. Mr. Kim smiled, and Kim left."),
        "Kim Jong Un=kim-jong-un:full-name Kim=kim-jong-un:short-name Kim=kim-jong-un:short-name"
    );
    // A bare surname that speaks or acts is somebody, and nothing says which of those who have it.
    let kims = tag("Kim smiled at nobody in particular.");
    assert!(kims.starts_with("Kim=?") && kims.contains("kim-jong-un") && kims.contains("sung-kim"), "{kims}");
    assert_eq!(tag("Nobody smiled at Kim in particular."), "");
    assert_eq!(tag("Mr. Kim smiled at nobody in particular."), kims);
    assert_eq!(tag("Mr. Zelbrook smiled at nobody in particular."), "Zelbrook=zelbrook:title");
    assert_eq!(
        tag_titled("Kim comes back", "On Monday Kim Jong Un returned."),
        "Kim=kim-jong-un:short-name Kim Jong Un=kim-jong-un:full-name"
    );
    assert_eq!(tag("金正恩出席会议。金委员长讲话。"), "金正恩=kim-jong-un:full-name 金=kim-jong-un:short-name");
    assert_eq!(tag("김정은이 참석했다. 김 위원장은 연설했다."), "김정은=kim-jong-un:full-name 김=kim-jong-un:short-name");
}

#[test]
fn a_surname_inside_another_name_is_nobodys() {
    assert_eq!(
        tag("Kim Jong Un met them. Min Kim waited, then Kim Yong Sample came."),
        "Kim Jong Un=kim-jong-un:full-name Min Kim=min-kim:name-form Kim Yong Sample=kim-yong-sample:name-form"
    );
}

#[test]
fn between_two_of_one_name_nothing_decides() {
    assert_eq!(
        tag("George W. Bush and George H. W. Bush met. Bush spoke first."),
        "George W. Bush=george-w-bush:full-name George H. W. Bush=george-hw-bush:full-name Bush=?george-w-bush,george-hw-bush"
    );
}

#[test]
fn capitals_are_places_unless_they_act() {
    assert_eq!(tag("Moscow denied it. They met in Moscow."), "Moscow=russia:capital");
    assert_eq!(tag("Talks between Washington and Seoul failed."), "Washington=united-states:capital Seoul=south-korea:capital");
    assert_eq!(tag("The Kremlin denied it."), "Kremlin=russia:seat");
    assert_eq!(tag("平壤表示不满，代表团在平壤停留。"), "平壤=north-korea:capital");
}

#[test]
fn demonyms_name_the_state() {
    assert_eq!(tag("Russian troops met the Iranians."), "Russian=russia:demonym Iranians=iran:demonym");
}

#[test]
fn a_name_inside_that_of_a_land_is_nobodys() {
    assert_eq!(
        tag("Latin America trades with New Mexico and over the Gulf of Mexico, and with Mexico. Central American leaders met Americans."),
        "Mexico=mexico:full-name Americans=united-states:demonym"
    );
    assert_eq!(tag("Ships in the Indian Ocean and the South China Sea were India’s."), "India=india:full-name");
    assert_eq!(tag("Страны Латинской Америки и Мексиканского залива говорили с Мексикой."), "Мексикой=mexico:full-name");
    assert_eq!(tag("印度洋沿岸的发展中国家同中国、印度会谈。"), "中国=china:full-name 印度=india:full-name");
    assert_eq!(tag("وناقشت أمريكا اللاتينية الأمر مع أمريكا."), "أمريكا=united-states:full-name");
}

#[test]
fn names_of_two_characters_begin_where_words_do() {
    assert_eq!(tag("各国企业参展，其中国内企业占三成。"), "");
    assert_eq!(tag("各国企业参展，其中中国企业占三成。"), "中国=china:full-name");
}

#[test]
fn days_are_no_states() {
    assert_eq!(tag("代表团于 2021 年 1 月 8 日下午抵达，9日，双方会谈。"), "");
    assert_eq!(tag("日、韩两国会谈。"), "日=japan:demonym 韩=south-korea:demonym");
}

#[test]
fn what_pages_say_of_themselves_names_nobody() {
    assert_eq!(
        tag(
            "Hide Caption\n\nPhotos of the day\n\nAdvertisement\n\nThe talks went on. Advertisement Continue reading. Hide Caption 2 of 9."
        ),
        ""
    );
    assert_eq!(tag("亚马逊表示将扩大高水平投资，养老金也会增加。"), "");
}

#[test]
fn persuasions_are_nobodys_short_names() {
    let tagged = tag("Senate Republican Joni Ernst spoke. A Republican said no. Every Republican voted, and Ernst said she would.");
    assert!(!tagged.contains("Republican="), "{tagged}");
    assert!(tagged.contains("Ernst="), "{tagged}");
}

#[test]
fn seats_are_no_names() {
    assert_eq!(
        tag("Sen. Kate Zelbrook (D-Calif.) met Sen. John Torvald, R-Texas, who said so."),
        "Kate Zelbrook=kate-zelbrook:name-form John Torvald=john-torvald:name-form"
    );
}

#[test]
fn titles_in_the_names_of_tables_are_outside_the_span() {
    assert_eq!(
        tag("President Trump spoke, and the Trump administration said no. Chairman Mao met Queen Elizabeth II; Sheikh Hasina fled."),
        "Trump=donald-trump:full-name Trump=donald-trump:full-name Mao=mao-zedong:full-name Elizabeth II=elizabeth-ii:full-name \
         Sheikh Hasina=sheikh-hasina:full-name"
    );
}

#[test]
fn offices_are_no_part_of_names() {
    assert_eq!(
        tag(
            "Secretary of State Ken Zelbrook refused. The Minister of Foreign Affairs Sameh Torvald came. The Minister of State Security left."
        ),
        "Ken Zelbrook=ken-zelbrook:name-form Sameh Torvald=sameh-torvald:name-form"
    );
    assert_eq!(tag("Hong Kong Chief Executive John Torvald spoke."), "Hong Kong=hong-kong:full-name John Torvald=john-torvald:name-form");
    // Family names that are titles: behind a title they are names, and so inside a name.
    assert_eq!(tag("Dr. King marched."), "King=king:title");
    assert_eq!(tag("The King marched."), "");
    assert_eq!(tag("Martin Edmund King Jr. marched."), "Martin Edmund King Jr=martin-edmund-king-jr:name-form");
    // A place before a title is no given name, and several have the title together.
    assert_eq!(tag("North Carolina Sen. Ken Zelbrook came."), "Ken Zelbrook=ken-zelbrook:name-form");
    assert_eq!(
        tag("Senators Ken Zelbrook and Kate Torvald came."),
        "Ken Zelbrook=ken-zelbrook:name-form Kate Torvald=kate-torvald:name-form"
    );
}

#[test]
fn what_the_piece_writes_small_is_nobody() {
    assert_eq!(tag("Torvald fell. Then the torvald rose again."), "");
    assert_eq!(tag("Mr. Torvald fell. Then the torvald rose again."), "Torvald=torvald:title");
    assert_eq!(tag("Torvald said no. Read more at example.org/torvald."), "Torvald=torvald:speech");
    assert_eq!(tag("Journalists said so. Additionally, Analysts said no."), "");
}

#[test]
fn the_first_of_two_peoples_is_nobody() {
    assert_eq!(tag("The Franco-German plan failed."), "German=germany:demonym");
}

#[test]
fn an_acronym_means_what_the_piece_says_it_means() {
    let text = "A Multinational Security Support mission (MSS) came. The MSS has few soldiers.";
    assert!(!tag(text).contains("ministry-of-state-security"), "{}", tag(text));
    let text = "China's Ministry of State Security (MSS) spoke. The MSS said no.";
    assert!(tag(text).contains("MSS=ministry-of-state-security-china"), "{}", tag(text));
}

#[test]
fn letters_before_a_sign_of_money_name_nobody() {
    assert_eq!(tag("The United Nations asked for US$500 million, NT$1,500 and HK$300."), "United Nations=united-nations:full-name");
    assert_eq!(tag("The US asked for $500 million."), "US=united-states:full-name");
}

#[test]
fn leaders_have_the_names_that_news_calls_them_by() {
    for (text, id) in [
        ("President Luis Abinader spoke on Tuesday.", "luis-rodolfo-abinader-corona"),
        ("Yamandu Orsi won the election.", "yamandu-orsi-martinez"),
        ("The Luis Lacalle Pou administration needs a deal.", "luis-alberto-lacalle-pou"),
        ("Mr. Frank Bainimarama lost his seat.", "voreqe-frank-bainimarama"),
        ("Hamid Ansari said so.", "mohammad-hamid-ansari"),
        ("Enda Kenny resigned.", "enda-kenny"),
    ] {
        assert!(tag(text).contains(&format!("={id}:full-name")), "{}", tag(text));
    }
    // Too many are called so.
    assert!(!tag("Juan Hernandez said so.").contains("juan-orlando"), "{}", tag("Juan Hernandez said so."));
}

#[test]
fn articles_begin_names_where_no_sentence_begins_with_them() {
    let english = "The far right was divided over the visit of the president on Tuesday. ";
    let candidates = "Le Pen=?marine-le-pen,jean-marie-le-pen";
    assert_eq!(tag(&format!("{english}Le Pen said that she would not come.")), candidates);
    assert_eq!(
        tag(&format!("{english}Pieter Le Grange wrote a book about it. Le Grange agreed that it was long.")),
        "Pieter Le Grange=pieter-le-grange:name-form Le Grange=pieter-le-grange:short-name"
    );
    let french = tag("Le gouvernement a reçu mardi M. Ousmane Sonko. M. Sonko a salué un dialogue franc avec le ministre.");
    assert_eq!(french, "Ousmane Sonko=ousmane-sonko:full-name Sonko=ousmane-sonko:short-name");
    let french = tag("La visite du ministre a été critiquée par Mme Le Pen, qui a refusé de se rendre à la réunion.");
    assert_eq!(french, candidates);
}

#[test]
fn peoples_of_long_ago_are_nobody() {
    assert_eq!(tag("Roman soldiers built the wall, and an Ottoman governor mended it. A Nobel laureate wrote about the Roman wall."), "");
    assert_eq!(tag("Roman Abramovich sold the club."), "Roman Abramovich=roman-abramovich:name-form");
}

#[test]
fn a_state_may_be_written_as_a_given_name_is() {
    let tagged = tag("Герман Греф из Сбербанка предупредил о застое.");
    assert!(!tagged.contains("germany") && tagged.contains("Герман Греф="), "{tagged}");
    assert!(tag("Германия и Франция договорились.").contains("Германия=germany"));
}

#[test]
fn long_lists_of_names_are_read_once() {
    // Nobody is called by all the words of a text in capitals, each of which would be compared with each.
    let capitals = "Horta Tam ".repeat(100_011);
    assert_eq!(tag(&format!("Jenny Example, a senior fellow, spoke. {capitals}")), "Jenny Example=jenny-example:name-form");
    // So would those be who share a name.
    let letters = |mut at: usize| {
        let mut name = "Z".to_owned();
        for _ in 0..4 {
            name.push(char::from(b'a' + u8::try_from(at % 26).unwrap()));
            at /= 26;
        }
        name
    };
    let list: Vec<String> = (0..50_000).map(|at| format!("John {} spoke.", letters(at))).collect();
    assert_eq!(mentions(&list.join(" ")).len(), 50_000);
    // Short names ask who is named before them, of thousands.
    for (sentences, mentioned) in [
        ("Melania Trump met Donald Trump. Mr. Trump said so. ", 3),
        ("Jeb Bush met George W. Bush. Mr. Bush said so. ", 3),
        ("China said so. The Foreign Ministry agreed. ", 2),
        ("金正恩会见。金委员长说。", 2),
        ("Putins Trumps Bidens Merkels sagte er. ", 0),
        ("Berlin hat Paris hat ", 0),
        ("J.K.", 0),
        ("中美俄朝韩日", 0),
    ] {
        const TIMES: usize = 6_000;
        let found = mentions(&sentences.repeat(TIMES)).len();
        assert!(found >= mentioned * TIMES && found <= (mentioned + 4) * TIMES, "{found} of {sentences}");
    }
}
