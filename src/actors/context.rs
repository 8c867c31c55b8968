//! Words that tell what a name beside them is.

use super::word_list::WordList;

/// Titles and honorifics: a surname behind one is that person's, and they are no given names. Small letters.
pub(super) fn is_title(word: &str) -> bool {
    TITLES.holds(&word.to_lowercase())
}

/// The offices, as tables call them, that a title before a surname or Han text behind it tells.
pub(super) fn offices_of(before: &str, behind: &str) -> &'static [&'static str] {
    const BEHIND: [(&str, &[&str]); 31] = [
        ("总统", &["president", "chief of state"]),
        ("總統", &["president", "chief of state"]),
        ("主席", &["president", "chief of state"]),
        ("首相", &["prime minister", "head of government"]),
        ("总理", &["prime minister", "premier", "chancellor", "head of government"]),
        ("總理", &["prime minister", "premier", "chancellor", "head of government"]),
        ("国务卿", &["secretary of state"]),
        ("國務卿", &["secretary of state"]),
        ("外长", &["foreign minister", "foreign secretary"]),
        ("外長", &["foreign minister", "foreign secretary"]),
        ("防长", &["defence minister", "defence secretary"]),
        ("防長", &["defence minister", "defence secretary"]),
        ("国防部长", &["defence minister", "defence secretary"]),
        ("國防部長", &["defence minister", "defence secretary"]),
        ("大統領", &["president", "chief of state"]),
        ("総統", &["president", "chief of state"]),
        ("国家主席", &["president", "chief of state"]),
        ("外相", &["foreign minister", "foreign secretary"]),
        ("国防相", &["defence minister", "defence secretary"]),
        ("防衛相", &["defence minister"]),
        ("財務相", &["finance minister", "chancellor"]),
        ("国務長官", &["secretary of state"]),
        ("国防長官", &["defence secretary"]),
        ("대통령", &["president", "chief of state"]),
        ("총리", &["prime minister", "chancellor", "head of government"]),
        ("외교장관", &["foreign minister", "foreign secretary"]),
        ("외무장관", &["foreign minister", "foreign secretary"]),
        ("국방장관", &["defence minister", "defence secretary"]),
        ("국무장관", &["secretary of state"]),
        ("财长", &["finance minister", "treasury secretary"]),
        ("財長", &["finance minister", "treasury secretary"]),
    ];
    match before {
        "President" => &["president", "chief of state"],
        "Premier" => &["premier", "prime minister", "head of government"],
        "Chancellor" => &["chancellor", "head of government"],
        "Secretary" => &["secretary of state", "foreign secretary", "defence secretary", "treasury secretary"],
        "King" => &["king", "chief of state"],
        "Minister" => &[
            "prime minister",
            "foreign minister",
            "defence minister",
            "finance minister",
            "economy minister",
            "head of government",
            "government",
        ],
        "Президент" | "президент" | "президента" | "президенту" | "президентом" | "президенте" | "الرئيس" => {
            &["president", "chief of state"]
        }
        "канцлер" | "канцлера" | "канцлером" => &["chancellor"],
        "госсекретарь" | "госсекретаря" | "госсекретарем" | "госсекретарём" => {
            &["secretary of state"]
        }
        _ => {
            let behind = behind.trim_start_matches(' ');
            // Most texts go on in a script in which none of them is written.
            if behind.starts_with(|c: char| c.is_ascii()) {
                return &[];
            }
            BEHIND.iter().find(|(title, _)| behind.starts_with(title)).map(|(_, offices)| *offices).unwrap_or_default()
        }
    }
}

/// Words that begin sentences with a capital and are no names. As written at the beginning of a sentence.
pub(super) fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.holds(word)
}

/// Prepositions that make a city a place. Small letters.
pub(super) fn makes_place(word: &str) -> bool {
    PLACE.holds(&word.to_lowercase())
}

/// Words before a city that make it a government: one talks with, presses, or is pressed by a government.
pub(super) fn makes_government_before(word: &str) -> bool {
    GOVERNED.holds(&word.to_lowercase())
}

/// Whether a word, mostly a noun, and what joins it to a city make that a government: one presses governments, helps and criticises them.
pub(super) fn turns_on_government(noun: &str, joint: &str) -> bool {
    static ON: WordList =
        WordList::new("pressure pressures sanctions sanction tariffs tariff embargo leverage demands curbs penalties restrictions");
    static TO: WordList = WordList::new(
        "aid assistance concession concessions loans loyalty message messages overture overtures response signal signals threat threats \
        ties ultimatum warning warnings weapons",
    );
    static FROM: WordList = WordList::new("concessions guarantees independence pressure signal signals support threats");
    static OF: WordList = WordList::new("condemnation critic critics criticism denunciation distrust mistrust suspicion suspicions wary");
    static TOWARDS: WordList = WordList::new("attitude hostility policies policy stance");
    let list = match joint {
        "on" => &ON,
        "to" => &TO,
        "from" => &FROM,
        "of" => &OF,
        "toward" | "towards" => &TOWARDS,
        _ => return false,
    };
    list.holds(&noun.to_lowercase())
}

/// Verbs behind a city that make it a government. Small letters.
pub(super) fn makes_government_behind(word: &str) -> bool {
    // A past tense says that something acts; cities hardly do.
    let past = word.len() > 4 && word.ends_with("ed") && word.bytes().all(|byte| byte.is_ascii_lowercase());
    past && !matches!(word, "based" | "located" | "called" | "named" | "needed") || VERBS.holds(&word.to_lowercase())
}

/// Whether a Russian word is written as a verb of the present or past is: "заявила", "настаивает". Nouns seldom end so.
pub(super) fn is_russian_verb(word: &str) -> bool {
    const ENDS: [&str; 19] = [
        "ает", "яет", "еет", "ует", "ит", "ают", "яют", "уют", "ят", "ется", "ится", "ются", "ал", "ла", "ил", "ли", "лась", "лся", "лись",
    ];
    matches!(word, "не" | "уже" | "может" | "могут" | "хочет" | "хотят")
        || word.chars().count() > 4 && ENDS.iter().any(|end| word.ends_with(end))
}

/// Han text behind a surname that makes it a person addressed by title: 金**委员长**.
pub(super) fn begins_with_han_title(behind: &str) -> bool {
    HAN_TITLES.begins(behind)
}

/// Han text or Hangul past a word that tells that somebody has left an office or holds it: **전** 대통령, **前**总统.
pub(super) fn past_former(behind: &str) -> &str {
    let behind = behind.trim_start_matches(' ');
    behind.strip_prefix(['전', '현', '前', '故']).map_or(behind, |title| title.trim_start_matches(' '))
}

static HAN_TITLES: WordList = WordList::new(
    "委员长 委員長 总书记 總書記 主席 总统 總統 总理 總理 首相 大统领 大統領 外长 外長 防长 防長 部长 部長 国务卿 國務卿 秘书长 秘書長 先生 女士 氏 将军 將軍 书记 書記 议长 議長 国务委员 國務委員 大使 领导人 領導人 政府 政权 政權 王储 王儲 위원장 대통령 총리 장관 총비서 주석 의원 의장 씨 정권 정부 부부장 국무위원장",
);

/// Titles and honorifics.
static TITLES: WordList = WordList::new(
    "admiral adviser advisor amb ambassador archbishop ayatollah baroness bishop brother brothers candidate capt captain \
    cardinal chair chairman chairwoman chancellor chief col colonel comrade congressman congresswoman crown czar dame \
    dictator director dr duke emir emperor envoy ex father foreign former gen general gov governor imam judge justice king \
    lady leader lieutenant lord lt madam madame maj major marshal mayor minister monsieur mr mrs ms mullah pope premier \
    president president-elect prime prince princess prof professor queen rep representative rev reverend secretary sen \
    senator shah sheikh sir speaker spokesman spokeswoman sultan sultanate taoiseach tsar vice",
);

/// Words that begin sentences, as written there.
static FUNCTION_WORDS: WordList = WordList::new(
    "A About According After Against Although Among An And Are As At Because Before Behind Between Both But By Can Could \
    Despite Did Do Does During Even Every For From Had Has Have He Her His How If In Instead Into Is It Its Last Like \
    Meanwhile Most Neither Nor Not Now Of On Once Only Or Our Perhaps Since So Still Than That The Then There These They \
    This Though Through Thus To Today Under Unlike Until Was What When Where Whether While Why Will With Yet",
);

/// What stands before a place.
static PLACE: WordList = WordList::new(
    "across around at central dans downtown east eastern en entire greater in inside into near nearby north northern of \
    outside over south southern surrounding throughout to toward towards via visit visited visiting west western \
    в во из под через около возле до по над близ вокруг на за город города городе столица столице столицы столицу жители жителей житель мэр мэра мэрия \
    улицы улицах центр центра центре район района районе пригород маршруту метро суд суда суде аэропорт аэропорта небо окраина окраине университет \
    في من إلى الى مدينة العاصمة نحو قرب عبر داخل خارج غرب شرق جنوب شمال وسط زيارة مطار جامعة منطقة بمنطقة محافظة بمحافظة أمانة بلدية شوارع سكان أهالي ومن وفي وإلى",
);

/// What stands before a government.
static GOVERNED: WordList = WordList::new(
    "accused accuses accusing against allow allowed asked between blamed blames blaming by convince defied forced gave give \
    help helped if let persuade press pressed pressing pressure pressured than that told urge urged urges urging warned with for promise promised promises tempt tempts tempted annoy annoyed anger angered reassure reassured irk \
    irked embarrass embarrassed court courted criticise criticised criticises criticize criticized criticizes condemned condemn condemns \
    rebuked rebuke consult consulted snub snubbed defy isolate isolated engage deter deterred trust distrust lecture flatter \
    recognise recognised recognize recognized dropped show shows both unlike punish punished reward rewarded alarm alarmed appease \
    с со между против для о об у обвинил обвинила обвинили обвиняет обвиняют обвинить обвинив призвал призвала призвали призывает призывают \
    призвать предупредил предупредила предупредили предупреждает предупредить убедил убедила убедить заставил заставила заставить вынудил \
    вынудила вынудить попросил попросила попросили просит раскритиковал раскритиковала раскритиковали критикует критикуют критиковать осудил \
    осудила осудили осуждает осуждают поддержал поддержала поддержали поддерживает поддерживают поддержать упрекнул упрекнула أن إن بأن وأن لأن وإن بين وبين مع ضد لكن ولكن",
);

/// What a government does.
static VERBS: WordList = WordList::new(
    "accepted accepts accused accuses agreed agrees aims also announced announces appears argued argues asked asks backed \
    backs became believes blamed blames called calls can cannot chose claimed claims condemned condemns considers continued \
    continues could decided decides demanded demands denied denies did does expects fears gave gets gives had has hopes \
    imposed insisted insists intends is itself kept knew knows launched learned likes maintains may might moved must needs never \
    now offered offers opposes ordered paid plans pledged prefers promised pulled pursues refused refuses rejected rejects \
    remains responded said says seeks seems sees sent should signed sold sought spoke still swore supports thinks told wanted wants warned \
    warns was will would wrote",
);
