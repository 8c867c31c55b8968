//! Whether a piece is opinion, news, a statement or an interview, as far as it says.

/// What may tell the kind of a piece.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Signs<'s> {
    /// The section that it stands in.
    pub(super) section: Option<&'s str>,
    /// What it is in the vocabulary of schema.org.
    pub(super) schema: Option<&'s str>,
    /// Its address.
    pub(super) url: Option<&'s str>,
    /// Its headline, with what stands before it.
    pub(super) title: Option<&'s str>,
    /// Who wrote it.
    pub(super) author: Option<&'s str>,
    /// The path of its file.
    pub(super) path: Option<&'s str>,
}

const OPINION: &str = "opinion";
const NEWS: &str = "news";
const STATEMENT: &str = "statement";
const INTERVIEW: &str = "interview";

/// What sections, folders of addresses and standing heads are called.
const NAMES: [(&str, &[&str]); 4] = [
    (
        OPINION,
        &[
            "opinion",
            "opinions",
            "comment",
            "commentary",
            "commentaries",
            "commentisfree",
            "editorial",
            "editorials",
            "op-ed",
            "op-eds",
            "oped",
            "opeds",
            "column",
            "columns",
            "columnists",
            "viewpoint",
            "viewpoints",
            "perspective",
            "perspectives",
            "leader",
            "leaders",
            "voices",
            "ideas",
            "views",
            "blogs",
            "guest-essay",
            "leading-article",
            "tribune",
            "tribunes",
            "débats",
            "idées",
            "opinión",
            "opinion-article",
            "editoriales",
            "meinung",
            "kommentar",
            "kommentare",
            "мнение",
            "мнения",
            "колонка",
            "رأي",
            "مقالات",
            "评论",
            "評論",
            "社论",
            "社論",
            "社评",
            "社評",
            "社説",
            "时评",
            "時評",
            "观点",
            "觀點",
            "专栏",
            "專欄",
            "言论",
            "论坛",
            "論壇",
            "论说",
            "オピニオン",
            "コラム",
            "論説",
            "사설",
            "칼럼",
            "오피니언",
            "시론",
            "기고",
        ],
    ),
    (
        INTERVIEW,
        &[
            "interview",
            "interviews",
            "q-a",
            "q&a",
            "entretien",
            "entretiens",
            "entrevista",
            "интервью",
            "专访",
            "專訪",
            "访谈",
            "訪談",
            "インタビュー",
            "인터뷰",
            "مقابلة",
        ],
    ),
    (
        STATEMENT,
        &[
            "statement",
            "statements",
            "press-release",
            "press-releases",
            "press release",
            "pressrelease",
            "remarks",
            "speech",
            "speeches",
            "communique",
            "communiqués",
            "readout",
            "声明",
            "聲明",
            "公报",
            "公報",
            "讲话",
            "講話",
            "新闻稿",
            "新聞稿",
            "성명",
            "보도자료",
            "заявление",
            "заявления",
            "بيان",
        ],
    ),
    (
        NEWS,
        &[
            "news",
            "world",
            "politics",
            "business",
            "national",
            "international",
            "asia",
            "europe",
            "africa",
            "americas",
            "us-news",
            "world-news",
            "breaking-news",
            "latest",
            "新闻",
            "新聞",
            "要闻",
            "要聞",
            "时政",
            "国际",
            "國際",
            "兩岸",
            "两岸",
            "ニュース",
            "뉴스",
            "новости",
            "أخبار",
        ],
    ),
];

/// Names that say nothing of the pieces in a folder of somebody's own: they may as well be about leaders, ideas or Asia.
const TOPICS: [&str; 24] = [
    "column",
    "columns",
    "perspective",
    "perspectives",
    "leader",
    "leaders",
    "voices",
    "ideas",
    "views",
    "blogs",
    "论坛",
    "論壇",
    "world",
    "politics",
    "business",
    "national",
    "international",
    "asia",
    "europe",
    "africa",
    "americas",
    "时政",
    "两岸",
    "兩岸",
];

/// The kind that `signs` tell, the most telling first: markup, a standing head, the author, the section, the address, the folders.
pub(super) fn kind(signs: &Signs<'_>) -> Option<&'static str> {
    let by_schema = signs.schema.and_then(|schema| {
        [("OpinionNewsArticle", OPINION), ("ReportageNewsArticle", NEWS), ("AnalysisNewsArticle", OPINION), ("Interview", INTERVIEW)]
            .into_iter()
            .find_map(|(name, kind)| schema.contains(name).then_some(kind))
    });
    by_schema
        .or_else(|| signs.title.and_then(by_head))
        .or_else(|| signs.author.and_then(by_author))
        .or_else(|| signs.section.and_then(named))
        .or_else(|| signs.url.and_then(by_address))
        .or_else(|| signs.path.and_then(folder_kind))
}

/// The kind that the folders of a path on disk tell, the nearest that says anything.
#[must_use]
pub fn folder_kind(path: &str) -> Option<&'static str> {
    let (folders, _) = path.rsplit_once('/')?;
    folders.rsplit('/').filter(|folder| !TOPICS.contains(&folder.trim().to_lowercase().as_str())).find_map(named)
}

/// The kind that a line tells which is nothing but a standing head: `社论`, `[사설]`, `OPINION:`.
pub(super) fn standing(line: &str) -> Option<&'static str> {
    let is_mark = |c: char| c.is_whitespace() || "[]【】〔〕［］()（）|｜:：".contains(c);
    named(line.trim_matches(is_mark)).filter(|kind| *kind != NEWS)
}

/// The kind of a name.
pub(super) fn named(name: &str) -> Option<&'static str> {
    let name = name.trim().to_lowercase();
    NAMES.iter().find_map(|(kind, names)| names.contains(&name.as_str()).then_some(*kind))
}

/// What stands before or behind a headline, set off from it: `Opinion | …`, `【社説】…`, `[사설] …`, `Editorial: …`.
fn by_head(title: &str) -> Option<&'static str> {
    let title = title.trim();
    if let Some(inside) = title.strip_prefix(['[', '【', '〔', '［', '('])
        && let Some((head, _)) = inside.split_once([']', '】', '〕', '］', ')'])
        && let Some(kind) = named(head)
    {
        return Some(kind);
    }
    let marks = ['|', '｜', ':', '：', '丨', '—', '–', '/'];
    let (first, last) = (title.split(marks).next(), title.rsplit(['|', '｜', '丨']).next());
    // A headline that is nothing but the name is no head of anything.
    [first, last].into_iter().flatten().filter(|head| head.len() < title.len()).find_map(|head| named(head).filter(|kind| *kind != NEWS))
}

fn by_author(author: &str) -> Option<&'static str> {
    let author = author.to_lowercase();
    let desk = ["editorial board", "the editors", "editorial desk", "评论员", "評論員", "社论", "社論", "논설위원", "論説委員"];
    desk.iter().any(|desk| author.contains(desk)).then_some(OPINION)
}

/// A folder of an address, the last that says anything: `/world/opinion/2024/…` is opinion.
fn by_address(url: &str) -> Option<&'static str> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (host, path) = path.split_once('/')?;
    let folders = path.split(['?', '#']).next().unwrap_or_default().rsplit_once('/').map_or("", |(folders, _)| folders);
    folders.rsplit('/').find_map(named).or_else(|| host.split('.').next().and_then(named).filter(|kind| *kind == OPINION))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_is_told_by_what_is_most_telling() {
        let signs = Signs { url: Some("https://outlet.example/news/2024/a"), ..Signs::default() };
        assert_eq!(kind(&signs), Some("news"));
        assert_eq!(kind(&Signs { section: Some("Opinion"), ..signs }), Some("opinion"));
        assert_eq!(kind(&Signs { section: Some("Opinion"), title: Some("Interview: the minister"), ..signs }), Some("interview"));
        assert_eq!(kind(&Signs { schema: Some("OpinionNewsArticle"), ..signs }), Some("opinion"));
        assert_eq!(kind(&Signs { author: Some("The Editorial Board"), ..signs }), Some("opinion"));
        assert_eq!(kind(&Signs::default()), None);
    }

    #[test]
    fn standing_heads_in_many_languages() {
        for title in ["Opinion | On talks", "Editorial: On talks", "【社説】会談", "[사설] 회담", "评论：会谈", "On talks | Opinion"]
        {
            assert_eq!(kind(&Signs { title: Some(title), ..Signs::default() }), Some("opinion"), "{title}");
        }
        for title in ["Opinion", "World: a view", "Public opinion turns", "社论如何写成"] {
            assert_eq!(kind(&Signs { title: Some(title), ..Signs::default() }), None, "{title}");
        }
    }

    #[test]
    fn folders_on_disk_tell_what_lies_in_them() {
        for (path, expected) in [
            ("opinion/2024/a.txt", Some("opinion")),
            ("outlet/Editorials/a.txt", Some("opinion")),
            ("评论/a.txt", Some("opinion")),
            ("社论/a.txt", Some("opinion")),
            ("사설/a.txt", Some("opinion")),
            ("opinion/interviews/a.txt", Some("interview")),
            ("news/a.txt", Some("news")),
            ("export.zip/press-releases/a.html", Some("statement")),
            ("world/leaders/a.txt", None),
            ("2024/opinion.txt", None),
            ("opinion", None),
        ] {
            assert_eq!(folder_kind(path), expected, "{path}");
        }
        let signs = Signs { path: Some("news/a.txt"), title: Some("Opinion | On talks"), ..Signs::default() };
        assert_eq!(kind(&signs), Some("opinion"));
    }

    #[test]
    fn addresses_tell_by_their_folders() {
        for (url, expected) in [
            ("https://a.example/world/opinion/2024/talks", Some("opinion")),
            ("https://opinion.a.example/2024/talks", Some("opinion")),
            ("https://a.example/press-releases/x", Some("statement")),
            ("https://a.example/2024/opinion", None),
        ] {
            assert_eq!(kind(&Signs { url: Some(url), ..Signs::default() }), expected, "{url}");
        }
    }
}
