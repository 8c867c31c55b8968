//! What of a page's extracted text is its article: pages mark it, and extractors let through what stands around it.
//!
//! A page is told from itself alone, so that its file read alone always gives the same. What recurs over many pages of a site and is let
//! through here, too, is told by an index of them: see [`boilerplate`](crate::pieces::boilerplate).

use dom_query::{Document, NodeId};
use foldhash::HashSet;

use super::labels::without_labels;

/// The paragraphs that are the article's: those in what the page marks as its body, without what is said twice, what announces other pieces and
/// whose the picture is.
pub(super) fn refine(paragraphs: Vec<String>, page: &Document) -> Vec<String> {
    let paragraphs = match region(page) {
        Some(region) => inside(paragraphs, &region),
        None => paragraphs,
    };
    without_credit(without_labels(without_tail(without_repeats(paragraphs)), page))
}

/// The text of what the page marks as the article's body; or of the article among several that has the headline.
fn region(page: &Document) -> Option<String> {
    /// A region of fewer letters marks something else.
    const FEWEST: usize = 180;
    let bodies = page.select("[itemprop~='articleBody']");
    // One inside of another is part of that.
    let nested = page.select("[itemprop~='articleBody'] [itemprop~='articleBody']");
    let nested: HashSet<NodeId> = nested.nodes().iter().map(|body| body.id).collect();
    let marked: String = bodies.nodes().iter().filter(|body| !nested.contains(&body.id)).map(|body| bare(&body.text())).collect();
    if marked.chars().count() >= FEWEST {
        return Some(marked);
    }
    let articles = page.select("article");
    let headed: Vec<String> = articles
        .iter()
        .filter(|article| article.select("h1").exists() && !article.select("article").exists())
        .map(|article| bare(&article.text()))
        .collect();
    match headed.as_slice() {
        [only] if articles.length() > 1 && only.chars().count() >= 2 * FEWEST => Some(only.clone()),
        _ => None,
    }
}

/// The paragraphs that stand in `region`; all, if these are too few to be an article.
fn inside(paragraphs: Vec<String>, region: &str) -> Vec<String> {
    const WINDOW: usize = 40;
    /// So many bytes of the region are looked through for short paragraphs, each of which may stand anywhere. An article takes a fraction.
    const MOST: usize = 64 << 20;
    let of_region: Vec<char> = region.chars().collect();
    let known: HashSet<&[char]> = of_region.windows(WINDOW).collect();
    let mut looked_through = 0;
    let mut stands = |paragraph: &String| {
        let letters = bare(paragraph);
        let chars: Vec<char> = letters.chars().collect();
        let Some(last) = chars.len().checked_sub(WINDOW) else {
            looked_through += region.len();
            return looked_through > MOST || region.contains(&letters);
        };
        let windows = (0..=last).step_by(WINDOW).chain((last % WINDOW > 0).then_some(last));
        let (all, found) = windows
            .filter_map(|at| chars.get(at..at + WINDOW))
            .fold((0, 0), |(all, found), window| (all + 1, found + usize::from(known.contains(window))));
        found * 2 >= all
    };
    let kept: Vec<String> = paragraphs.iter().filter(|paragraph| stands(paragraph)).cloned().collect();
    let letters: usize = kept.iter().map(|paragraph| paragraph.chars().count()).sum();
    if letters >= 200 { kept } else { paragraphs }
}

/// Letters and digits alone, small.
pub(in crate::pieces) fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A paragraph of some length is not said twice in an article, but is on a page: above the fold and below it.
fn without_repeats(paragraphs: Vec<String>) -> Vec<String> {
    const SHORT: usize = 60;
    let mut seen = HashSet::default();
    paragraphs.into_iter().filter(|paragraph| paragraph.chars().count() < SHORT || seen.insert(bare(paragraph))).collect()
}

/// How a list of something else begins.
const ANNOUNCE: [&str; 49] = [
    "read also",
    "read more",
    "related",
    "related articles",
    "related stories",
    "related posts",
    "related links",
    "related coverage",
    "related content",
    "topics",
    "tags",
    "keywords",
    "related news",
    "see also",
    "more from",
    "more on this story",
    "more stories",
    "more news",
    "recommended",
    "recommended for you",
    "most read",
    "most popular",
    "most viewed",
    "trending",
    "trending now",
    "share this",
    "share your thoughts with friends",
    "comments",
    "leave a reply",
    "leave a comment",
    "you may also like",
    "you might also like",
    "what to read next",
    "latest news",
    "latest stories",
    "source",
    "sources",
    "advert",
    "advertisement",
    "関連記事",
    "相关阅读",
    "相关新闻",
    "相关文章",
    "延伸阅读",
    "延伸閱讀",
    "相關新聞",
    "관련기사",
    "читайте также",
    "lire aussi",
];

/// Without what stands below a line that announces other pieces, if that is a list.
fn without_tail(mut paragraphs: Vec<String>) -> Vec<String> {
    let announces = |paragraph: &str| {
        let line = paragraph.trim().trim_end_matches([':', '：', '…', '.', ' ']).to_lowercase();
        ANNOUNCE.contains(&line.as_str())
            || line.starts_with("leave a reply")
            || ["tags:", "タグ:", "topics:", "filed under"].iter().any(|start| line.starts_with(start) && line.chars().count() < 90)
    };
    let is_item = |paragraph: &String| paragraph.chars().count() < 60 || !ends_sentence(paragraph);
    let first = (paragraphs.len() / 3).max(1);
    for at in first..paragraphs.len() {
        let (Some(line), Some(rest)) = (paragraphs.get(at), paragraphs.get(at + 1..)) else { break };
        if announces(line) && rest.iter().filter(|paragraph| is_item(paragraph)).count() * 10 >= rest.len() * 6 {
            paragraphs.truncate(at);
            break;
        }
    }
    paragraphs
}

pub(super) fn ends_sentence(paragraph: &str) -> bool {
    paragraph.trim_end().ends_with(['.', '!', '?', '。', '！', '？', '…', '”', '"', '’', '」', '』', ')'])
}

/// Without a first line that says whose the picture above is.
fn without_credit(mut paragraphs: Vec<String>) -> Vec<String> {
    let is_credit = paragraphs.first().is_some_and(|first| {
        let first = first.trim();
        let starts = ["©", "Photo: ", "Image: ", "Credit: ", "图：", "圖：", "写真："].iter().any(|start| first.starts_with(start));
        let ends = ["Getty Images", "Getty Images)", "Shutterstock", "Shutterstock)", "AP Photo)", "Reuters]", "AP]", "AFP]"]
            .iter()
            .any(|end| first.ends_with(end));
        first.chars().count() < 220 && (starts || ends)
    });
    if is_credit && paragraphs.len() > 2 {
        paragraphs.remove(0);
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(paragraphs: &[&str]) -> Vec<String> {
        paragraphs.iter().map(|&paragraph| paragraph.to_owned()).collect()
    }

    const LONG: &str =
        "The council met for the third time this month and heard three reports on the state of the talks, none of them good.";
    const OTHER: &str =
        "Another story altogether is told here at some length, about a boat, its owner and the weather on the lake that day.";

    #[test]
    fn what_stands_outside_the_marked_body_is_left_out() {
        let body = format!(
            "<div itemprop='articleBody'><p>{LONG} </p><p>They will <b>meet</b> again.</p><p>{}</p></div>",
            LONG.replace("third", "fourth")
        );
        let page = Document::from(format!("<html><body>{body}<p>{OTHER}</p></body></html>"));
        let found = refine(owned(&[LONG, OTHER, "They will meet again.", &LONG.replace("third", "fourth")]), &page);
        assert_eq!(found, owned(&[LONG, "They will meet again.", &LONG.replace("third", "fourth")]));
    }

    #[test]
    fn of_several_articles_the_one_with_the_headline_counts() {
        let long = [
            LONG,
            &LONG.replace("third", "fourth"),
            &LONG.replace("third", "fifth"),
            &LONG.replace("third", "sixth"),
            &LONG.replace("third", "last"),
        ];
        let paragraphs = format!("<p>{}</p>", long.join("</p><p>"));
        let page = Document::from(format!("<article><h1>Talks</h1>{paragraphs}</article><article><h2>Boat</h2><p>{OTHER}</p></article>"));
        let all: Vec<&str> = long.iter().copied().chain([OTHER]).collect();
        assert_eq!(refine(owned(&all), &page), owned(&long));
    }

    #[test]
    fn repeats_lists_and_credits_are_left_out() {
        let page = Document::from("<p>x</p>");
        let found = refine(owned(&["© A. Photographer", LONG, OTHER, LONG, "Related articles:", "A headline", "Another headline"]), &page);
        assert_eq!(found, owned(&[LONG, OTHER]));
        // A word like these inside a text announces nothing.
        let whole = owned(&[LONG, "Sources:", OTHER, &OTHER.replace("boat", "barge"), &OTHER.replace("boat", "ship")]);
        assert_eq!(refine(whole.clone(), &page), whole);
    }
}
