#!/usr/bin/env python3
"""Writes states.tsv: the names of states and territories in seventeen languages.

Source: Unicode CLDR, npm package cldr-localenames-full (licence Unicode-3.0). To rebuild, in any folder:

    npm pack cldr-localenames-full && tar xzf cldr-localenames-full-*.tgz
    python3 states.py package        # writes states.tsv beside this script

CLDR writes names for pick lists ("Congo - Kinshasa", "Hong Kong SAR China"); the roster needs them as they stand in
running text. Four things happen to a CLDR name, in this order:
  1. an entry in FIXES below replaces it (`=`) or adds to it (`+`);
  2. otherwise the general rules in `spellings` split "Myanmar (Burma)", write out "&", "о-в" and so on;
  3. Traditional Chinese names are turned into Simplified and kept only where the wording differs;
  4. doubles are dropped.
A leading `~` marks a short name, which counts only where a full name of the same actor stands too.
Names that CLDR does not have at all are in state-words.tsv, not here.
"""
import json
import os
import sys

# id, ISO 3166-1 alpha-2 (the key in CLDR), alpha-3. XKX for Kosovo is user-assigned, not ISO.
ROWS = """
afghanistan AF AFG|albania AL ALB|algeria DZ DZA|andorra AD AND|angola AO AGO|antigua-and-barbuda AG ATG
argentina AR ARG|armenia AM ARM|australia AU AUS|austria AT AUT|azerbaijan AZ AZE|bahamas BS BHS|bahrain BH BHR
bangladesh BD BGD|barbados BB BRB|belarus BY BLR|belgium BE BEL|belize BZ BLZ|benin BJ BEN|bhutan BT BTN
bolivia BO BOL|bosnia-and-herzegovina BA BIH|botswana BW BWA|brazil BR BRA|brunei BN BRN|bulgaria BG BGR
burkina-faso BF BFA|burundi BI BDI|cambodia KH KHM|cameroon CM CMR|canada CA CAN|cape-verde CV CPV
central-african-republic CF CAF|chad TD TCD|chile CL CHL|china CN CHN|colombia CO COL|comoros KM COM
congo-republic CG COG|costa-rica CR CRI|croatia HR HRV|cuba CU CUB|cyprus CY CYP|czechia CZ CZE|denmark DK DNK
djibouti DJ DJI|dominica DM DMA|dominican-republic DO DOM|dr-congo CD COD|ecuador EC ECU|egypt EG EGY
el-salvador SV SLV|equatorial-guinea GQ GNQ|eritrea ER ERI|estonia EE EST|eswatini SZ SWZ|ethiopia ET ETH
fiji FJ FJI|finland FI FIN|france FR FRA|gabon GA GAB|gambia GM GMB|georgia GE GEO|germany DE DEU|ghana GH GHA
greece GR GRC|grenada GD GRD|guatemala GT GTM|guinea GN GIN|guinea-bissau GW GNB|guyana GY GUY|haiti HT HTI
honduras HN HND|hungary HU HUN|iceland IS ISL|india IN IND|indonesia ID IDN|iran IR IRN|iraq IQ IRQ
ireland IE IRL|israel IL ISR|italy IT ITA|ivory-coast CI CIV|jamaica JM JAM|japan JP JPN|jordan JO JOR
kazakhstan KZ KAZ|kenya KE KEN|kiribati KI KIR|kuwait KW KWT|kyrgyzstan KG KGZ|laos LA LAO|latvia LV LVA
lebanon LB LBN|lesotho LS LSO|liberia LR LBR|libya LY LBY|liechtenstein LI LIE|lithuania LT LTU
luxembourg LU LUX|madagascar MG MDG|malawi MW MWI|malaysia MY MYS|maldives MV MDV|mali ML MLI|malta MT MLT
marshall-islands MH MHL|mauritania MR MRT|mauritius MU MUS|mexico MX MEX|micronesia FM FSM|moldova MD MDA
monaco MC MCO|mongolia MN MNG|montenegro ME MNE|morocco MA MAR|mozambique MZ MOZ|myanmar MM MMR|namibia NA NAM
nauru NR NRU|nepal NP NPL|netherlands NL NLD|new-zealand NZ NZL|nicaragua NI NIC|niger NE NER|nigeria NG NGA
north-korea KP PRK|north-macedonia MK MKD|norway NO NOR|oman OM OMN|pakistan PK PAK|palau PW PLW|panama PA PAN
papua-new-guinea PG PNG|paraguay PY PRY|peru PE PER|philippines PH PHL|poland PL POL|portugal PT PRT
qatar QA QAT|romania RO ROU|russia RU RUS|rwanda RW RWA|saint-kitts-and-nevis KN KNA|saint-lucia LC LCA
saint-vincent-and-the-grenadines VC VCT|samoa WS WSM|san-marino SM SMR|sao-tome-and-principe ST STP
saudi-arabia SA SAU|senegal SN SEN|serbia RS SRB|seychelles SC SYC|sierra-leone SL SLE|singapore SG SGP
slovakia SK SVK|slovenia SI SVN|solomon-islands SB SLB|somalia SO SOM|south-africa ZA ZAF|south-korea KR KOR
south-sudan SS SSD|spain ES ESP|sri-lanka LK LKA|sudan SD SDN|suriname SR SUR|sweden SE SWE|switzerland CH CHE
syria SY SYR|tajikistan TJ TJK|tanzania TZ TZA|thailand TH THA|timor-leste TL TLS|togo TG TGO|tonga TO TON
trinidad-and-tobago TT TTO|tunisia TN TUN|turkey TR TUR|turkmenistan TM TKM|tuvalu TV TUV|uganda UG UGA
ukraine UA UKR|united-arab-emirates AE ARE|united-kingdom GB GBR|united-states US USA|uruguay UY URY
uzbekistan UZ UZB|vanuatu VU VUT|venezuela VE VEN|vietnam VN VNM|yemen YE YEM|zambia ZM ZMB|zimbabwe ZW ZWE
holy-see VA VAT|palestine PS PSE|taiwan TW TWN|kosovo XK XKX|hong-kong HK HKG|macau MO MAC|greenland GL GRL
puerto-rico PR PRI|western-sahara EH ESH|faroe-islands FO FRO|gibraltar GI GIB|isle-of-man IM IMN|jersey JE JEY
guernsey GG GGY|aland-islands AX ALA|svalbard SJ SJM|falkland-islands FK FLK|new-caledonia NC NCL
french-polynesia PF PYF|bermuda BM BMU|cayman-islands KY CYM|british-virgin-islands VG VGB
"""

# column of the table, CLDR locales that feed it
COLUMNS = [
    ("en", "en"), ("zh", "zh zh-Hant zh-Hant-HK"), ("ko", "ko"), ("ja", "ja"), ("ru", "ru"), ("ar", "ar"), ("fr", "fr"),
    ("es", "es"), ("de", "de"), ("pt", "pt pt-PT"), ("uk", "uk"), ("tr", "tr"), ("vi", "vi"), ("id_", "id"), ("fa", "fa"),
    ("he", "he"), ("hi", "hi"),
]

# Forms in CLDR that are no names in text: list abbreviations (RU, AS, BK ...) and the Aotearoa blends.
SKIP = {("es", "GB-alt-short"), ("fr", "GB-alt-short"), ("tr", "GB-alt-short"), ("pt-PT", "GB-alt-short"),
        ("fr", "US-alt-short"), ("id", "US-alt-short"), ("vi", "US-alt-short")}
SKIP |= {(locale, "NZ-alt-variant") for _, locales in COLUMNS for locale in locales.split()}

# Every Traditional character in the names of ROWS, with its Simplified form below it.
TRADITIONAL = "亞來倫偽內凱別剛勞區喬國圖奧寧屬岡島嶼幾庫愛揚撾敘時東極歐湯澤濟灣烏爾獅盧約納紐紹維緬羅義聖聯脫臘與茲萊萬葉蓋薩蘇蘭誕諾貝買賓賴賽贊達邊長門開關靈韋韓頓領馬魯鮑麥"
SIMPLIFIED_ = "亚来伦伪内凯别刚劳区乔国图奥宁属冈岛屿几库爱扬挝叙时东极欧汤泽济湾乌尔狮卢约纳纽绍维缅罗义圣联脱腊与兹莱万叶盖萨苏兰诞诺贝买宾赖赛赞达边长门开关灵韦韩顿领马鲁鲍麦"
SIMPLIFY = str.maketrans(TRADITIONAL, SIMPLIFIED_)

# iso2, column, `=` (replace what CLDR has) or `+` (add to it), names. Why, by kind:
#  - both Congos, Hong Kong, Macau, Palestine, Vatican, Svalbard, Virgin Islands: list forms in CLDR;
#  - usual order: Turkey, Ivory Coast, Myanmar, South Korea ... with the name met most often first;
#  - `~`: the name is mostly another word in that language (Russian Того "of that", Arabic مالي and Persian مالی "financial",
#    Korean 수단 "means", 저지 "stopping", French Maurice, German Island, Spanish Granada), part of other words
#    (海地 in 沿海地区, 马里 in 马里兰, 蒙古 in 内蒙古, 东加 in 远东加强, 查德 in 理查德, Jersey in New Jersey) or
#    a people or region as well (哈萨克, 孟加拉);
#  - Vietnamese names of one short syllable (Áo, Bỉ, Ý, Mỹ) stand only with "nước": bare, they would hit words once accents are folded.
FIXES = """
US en = United States | US
GB en = United Kingdom | UK
CD en = DR Congo | Democratic Republic of the Congo | Democratic Republic of Congo | Congo-Kinshasa
CG en = Republic of the Congo | Republic of Congo | Congo Republic | Congo-Brazzaville
CI en = Ivory Coast | Côte d'Ivoire
TR en = Turkey | Türkiye
HK en = Hong Kong | Hong Kong SAR
MO en = Macau | Macao
PS en = Palestine | Palestinian territories
VA en = Holy See | Vatican City | Vatican
SJ en = Svalbard
FK en = Falkland Islands | Falklands | Islas Malvinas | Malvinas
JE en = Bailiwick of Jersey | ~Jersey
BA en = Bosnia and Herzegovina | Bosnia
ST en + Sao Tome and Principe
VC en = Saint Vincent and the Grenadines | St. Vincent and the Grenadines | St Vincent and the Grenadines
AX en + Åland
FM en + Federated States of Micronesia

CD zh = 刚果（金） | 刚果(金) | 刚果金 | 刚果民主共和国
CG zh = 刚果（布） | 刚果(布) | 刚果布 | 刚果共和国
HK zh = 香港 | 香港特别行政区 | 香港特区
MO zh = 澳门 | 澳门特别行政区 | 澳门特区
PS zh = 巴勒斯坦 | 巴勒斯坦国 | 巴勒斯坦领土 | 巴勒斯坦自治区
FK zh = 福克兰群岛 | 马尔维纳斯群岛
SJ zh = 斯瓦尔巴群岛 | 斯瓦尔巴
MN zh = 蒙古国 | 外蒙古 | ~蒙古
ML zh = 马里共和国 | ~马里 | ~马利
HT zh = 海地共和国 | ~海地
DM zh = 多米尼克国 | ~多米尼克
DO zh = 多米尼加共和国 | 多米尼加 | 多明尼加共和国 | 多明尼加
GE zh = 格鲁吉亚 | ~乔治亚
TD zh = 乍得 | ~查德
NE zh = 尼日尔 | ~尼日
QA zh = 卡塔尔 | ~卡达
TO zh = 汤加 | ~东加
SL zh = 塞拉利昂 | ~狮子山
BJ zh = 贝宁 | ~贝南
BD zh = 孟加拉国 | ~孟加拉
KZ zh = 哈萨克斯坦 | ~哈萨克
UZ zh = 乌兹别克斯坦 | ~乌兹别克
TJ zh = 塔吉克斯坦 | ~塔吉克
KG zh = 吉尔吉斯斯坦 | ~吉尔吉斯
TM zh = 土库曼斯坦 | ~土库曼
GG zh = 根西岛

KR ko = 한국 | 대한민국
CD ko = 콩고민주공화국 | 콩고-킨샤사
CG ko = 콩고 공화국 | 콩고공화국 | 콩고-브라자빌
HK ko = 홍콩
MO ko = 마카오
PS ko = 팔레스타인
VA ko = 바티칸 시국 | 바티칸 | 교황청
CF ko = 중앙아프리카공화국 | 중앙 아프리카 공화국
DO ko = 도미니카 공화국 | 도미니카공화국
GQ ko = 적도 기니 | 적도기니
ZA ko = 남아프리카공화국 | 남아프리카 공화국
SJ ko = 스발바르제도 | 스발바르
FK ko = 포클랜드 제도 | 말비나스 군도
SD ko = 수단 공화국 | 수단공화국 | ~수단
OM ko = 오만 술탄국 | ~오만
GH ko = 가나 공화국 | ~가나
ML ko = 말리 공화국 | ~말리
FJ ko = 피지 공화국 | ~피지
BT ko = 부탄 왕국 | ~부탄
DM ko = 도미니카 연방 | ~도미니카
JE ko = 저지섬 | ~저지
GG ko = 건지섬 | ~건지

CD ja = コンゴ民主共和国
CG ja = コンゴ共和国
HK ja = 香港
MO ja = マカオ
PS ja = パレスチナ | パレスチナ自治区
VA ja = バチカン市国 | バチカン
SJ ja = スバールバル諸島
FK ja = フォークランド諸島 | マルビナス諸島
ZA ja + 南アフリカ共和国
TH ja + タイ王国
JE ja = ジャージー島 | ~ジャージー
GG ja = ガーンジー島 | ガーンジー

US ru = США | Соединенные Штаты
CD ru = Демократическая Республика Конго | ДР Конго | ДРК
CG ru = Республика Конго | Конго-Браззавиль
CF ru = Центральноафриканская Республика | ЦАР
KP ru = КНДР | Северная Корея
KR ru = Республика Корея | Южная Корея
HK ru = Гонконг
MO ru = Макао
PS ru = Палестина | Палестинские территории
FK ru = Фолклендские острова | Мальвинские острова | Фолклендские (Мальвинские) острова
VG ru = Британские Виргинские острова
SJ ru = Шпицберген
PG ru = Папуа - Новая Гвинея | Папуа — Новая Гвинея
TG ru = Тоголезская Республика | ~Того
JE ru = остров Джерси | ~Джерси

CD ar = جمهورية الكونغو الديمقراطية | الكونغو الديمقراطية
CG ar = جمهورية الكونغو | الكونغو برازافيل
HK ar = هونغ كونغ | هونج كونج
MO ar = ماكاو | مكاو
PS ar = فلسطين | الأراضي الفلسطينية
TL ar = تيمور الشرقية | تيمور ليشتي
FK ar = جزر فوكلاند | جزر مالفيناس
SJ ar = سفالبارد
OM ar = سلطنة عمان | ~عمان
ML ar = جمهورية مالي | ~مالي
JE ar = جزيرة جيرسي | ~جيرسي

CD fr = République démocratique du Congo | RD Congo | RDC | Congo-Kinshasa
CG fr = République du Congo | Congo-Brazzaville
HK fr = Hong Kong
MO fr = Macao
PS fr = Palestine | Territoires palestiniens
VA fr = Vatican | Cité du Vatican | État de la Cité du Vatican
FK fr = Îles Malouines | Malouines | Îles Falkland
SJ fr = Svalbard
MU fr = République de Maurice | île Maurice | ~Maurice
GD fr = ~Grenade
DM fr = Commonwealth de Dominique | ~Dominique
SV fr = République du Salvador | ~Salvador
CL fr = République du Chili | ~Chili
JE fr = Bailliage de Jersey | ~Jersey
TL fr = Timor oriental
VN fr + Viêt-Nam
CF fr + Centrafrique

CD es = República Democrática del Congo
CG es = República del Congo | Congo-Brazzaville
CI es = Costa de Marfil | Côte d'Ivoire
HK es = Hong Kong
MO es = Macao
PS es = Palestina | Territorios Palestinos
VA es = Ciudad del Vaticano | Vaticano
FK es = Islas Malvinas | Malvinas | Islas Falkland
SJ es = Svalbard
GD es = ~Granada
MU es = República de Mauricio | isla Mauricio | ~Mauricio
JE es = ~Jersey

CD de = Demokratische Republik Kongo | DR Kongo | Kongo-Kinshasa
CG de = Republik Kongo | Kongo-Brazzaville
CI de = Elfenbeinküste | Côte d'Ivoire
HK de = Hongkong
MO de = Macau
VA de = Vatikan | Vatikanstadt
FK de = Falklandinseln | Malwinen
SJ de = Spitzbergen
BN de = Brunei | Brunei Darussalam
IS de = Republik Island | ~Island
JE de = ~Jersey

CD pt = República Democrática do Congo | RD Congo
CG pt = República do Congo | Congo-Brazzaville
CI pt = Costa do Marfim | Côte d'Ivoire
HK pt = Hong Kong
MO pt = Macau
PS pt = Palestina | Territórios palestinos | Territórios palestinianos
VA pt = Cidade do Vaticano | Vaticano
FK pt = Ilhas Malvinas | Malvinas | Ilhas Falkland
SJ pt = Svalbard
TL pt = Timor-Leste
SV pt = El Salvador
GD pt = ~Granada
MU pt = República de Maurício | Ilhas Maurício | Maurícia | ~Maurício
GH pt = República do Gana | ~Gana
JE pt = ~Jersey

CD uk = Демократична Республіка Конго | ДР Конго
CG uk = Республіка Конго | Конго-Браззавіль
HK uk = Гонконг
MO uk = Макао
VA uk = Ватикан
FK uk = Фолклендські острови | Мальвінські острови
SJ uk = Шпіцберген
TG uk = Тоголезька Республіка | ~Того
ML uk = Республіка Малі | ~Малі
KM uk = Коморські острови | ~Комори
JE uk = ~Джерсі

CD tr = Kongo Demokratik Cumhuriyeti
CG tr = Kongo Cumhuriyeti
CI tr = Fildişi Sahili | Côte d'Ivoire
HK tr = Hong Kong
MO tr = Makao
PS tr = Filistin
SJ tr = Svalbard
FK tr = Falkland Adaları | Malvinas Adaları
GH tr = Gana Cumhuriyeti | ~Gana
JE tr = ~Jersey

CD vi = Cộng hòa Dân chủ Congo
CG vi = Cộng hòa Congo
CI vi = Bờ Biển Ngà | Côte d'Ivoire
HK vi = Hồng Kông
MO vi = Macao | Ma Cao
PS vi = Palestine
VA vi = Thành Vatican | Vatican
SJ vi = Svalbard
US vi = Hoa Kỳ | nước Mỹ
RU vi = Liên bang Nga | nước Nga | ~Nga
GB vi = Vương quốc Anh | nước Anh
FR vi = nước Pháp | Pháp
DE vi = nước Đức | ~Đức
LA vi = nước Lào | ~Lào
AT vi = nước Áo
BE vi = nước Bỉ
IT vi = nước Ý | Italy
CZ vi = Cộng hòa Séc
CY vi = Cộng hòa Síp | đảo Síp
JE vi = ~Jersey

CD id_ = Republik Demokratik Kongo
CG id_ = Republik Kongo
CI id_ = Pantai Gading | Côte d'Ivoire
HK id_ = Hong Kong
MO id_ = Makau
PS id_ = Palestina
SJ id_ = Svalbard
TR id_ = Republik Turki | Turkiye | ~Turki
JE id_ = ~Jersey

CD fa = جمهوری دموکراتیک کنگو
CG fa = جمهوری کنگو
HK fa = هنگ‌کنگ
MO fa = ماکائو
PS fa = فلسطین
SJ fa = سوالبارد
FK fa = جزایر فالکلند | جزایر مالویناس
ML fa = جمهوری مالی | ~مالی
MU fa = جمهوری موریس | ~موریس
GH fa = جمهوری غنا | ~غنا
CZ fa = جمهوری چک | ~چک
OM fa = سلطنت عمان | ~عمان
AZ fa = جمهوری آذربایجان | ~آذربایجان
JE fa = ~جرزی

CD he = הרפובליקה הדמוקרטית של קונגו
CG he = קונגו-ברזאויל
HK he = הונג קונג
MO he = מקאו
PS he = פלסטין
SJ he = סבאלברד
FK he = איי פוקלנד
BJ he = ~בנין
KE he = ~קניה
JE he = ~ג׳רזי

CD hi = कांगो लोकतांत्रिक गणराज्य
CG hi = कांगो गणराज्य
HK hi = हाँग काँग
MO hi = मकाऊ
PS hi = फ़िलिस्तीन
SJ hi = स्वालबार्ड
FK hi = फ़ॉकलैंड द्वीपसमूह
ML hi = माली गणराज्य | ~माली
JE hi = ~जर्सी
"""


def rows():
    return [row.split() for line in ROWS.split("\n") for row in line.split("|") if row.strip()]


def fixes():
    """{(iso2, column): (sign, [names])}; every line must name a row and a column, once."""
    known = {(iso2, column) for _, iso2, _ in rows() for column, _ in COLUMNS}
    out = {}
    for line in FIXES.strip().split("\n"):
        if line:
            iso2, column, sign, names = line.split(" ", 3)
            assert (iso2, column) in known and (iso2, column) not in out and sign in "=+", line
            out[iso2, column] = sign, names.split(" | ")
    return out


def spellings(column, name):
    """The forms in running text of one CLDR name."""
    for mark in "’ʼ":
        name = name.replace(mark, "'")
    name = name.replace("（", "(").replace("）", ")").replace("\u00a0", " ")
    if "(" in name:  # Myanmar (Burma)
        before, inside = name.rstrip(")").split("(")
        return [form for part in (before, inside) for form in spellings(column, part.strip())]
    if column == "en":
        name = name.replace(" & ", " and ")
        if name.startswith("St. "):
            return ["Saint " + name[4:], name, "St " + name[4:]]
    if column == "ru":
        name = name.replace("о-ва", "острова").replace("о-в", "остров")
    if column == "uk":  # capital Острови is CLDR's list style
        name = name.replace(" Острови", " острови")
    if column == "he" and "׳" in name:  # geresh, mostly typed as an apostrophe
        return [name, name.replace("׳", "'")]
    if column == "fa":  # hamza over he is mostly left out, the joiner often a space
        forms = [name, name.replace("\u0654", ""), name.replace("\u0654", "").replace("\u200c", " ")]
        return forms
    if column == "hi":  # nukta is mostly left out
        return [name, name.replace("\u093c", "")]
    return [name]


def cell(cldr, iso2, column, locales, fixed):
    sign, extra = fixed.get((iso2, column), ("+", []))
    names = []
    if sign == "+":
        for locale in locales.split():
            for key in (iso2, iso2 + "-alt-short", iso2 + "-alt-variant"):
                name = cldr[locale].get(key)
                if name and (locale, key) not in SKIP:
                    names += spellings(column, name.translate(SIMPLIFY) if column == "zh" else name)
    for name in extra:
        mark, bare = ("~", name[1:]) if name.startswith("~") else ("", name)
        names += [mark + form for form in ([bare] if "(" in name or "（" in name else spellings(column, bare))]
    names = list(dict.fromkeys(names))
    assert names and all(name.strip("~ ") for name in names), (iso2, column)
    if column == "zh":  # what GB 2312 lacks is a Traditional character missing from TRADITIONAL
        "".join(names).encode("gb2312")
    return " | ".join(names)


def main(package):
    cldr = {}
    for _, locales in COLUMNS:
        for locale in locales.split():
            with open(os.path.join(package, "main", locale, "territories.json"), encoding="utf-8") as file:
                cldr[locale] = json.load(file)["main"][locale]["localeDisplayNames"]["territories"]
    with open(os.path.join(package, "package.json"), encoding="utf-8") as file:
        version = json.load(file)["version"]
    fixed = fixes()
    lines = [
        "# Names of states and territories in seventeen languages. Written by states.py: do not edit, change the script.",
        f"# Source: Unicode CLDR, npm package cldr-localenames-full {version}, licence Unicode-3.0; fixes listed in states.py.",
        "# Names separated by ` | `; `~` marks a short name, which counts only where a full name of the actor stands too.",
        "# Further names, demonyms, capitals and seats, and the states that are no more: state-words.tsv.",
        "\t".join(["id", "iso3"] + [column for column, _ in COLUMNS]),
    ]
    for id_, iso2, iso3 in rows():
        lines.append("\t".join([id_, iso3] + [cell(cldr, iso2, column, locales, fixed) for column, locales in COLUMNS]))
    target = os.path.join(os.path.dirname(os.path.abspath(__file__)), "states.tsv")
    with open(target, "w", encoding="utf-8", newline="\n") as file:
        file.write("\n".join(lines) + "\n")
    print(f"{target}: {len(rows())} rows")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
