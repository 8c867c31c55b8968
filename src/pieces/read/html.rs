//! Saved pages: main text and metadata.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::Document;
use rs_trafilatura::{ExtractResult, Options};
use serde_json::{Map, Value, json};

use super::kind::{self, Signs};
use super::nesting::{fits, tags};
use super::region::refine;
use super::{Limits, byline};
use crate::pieces::piece::one_line;
use crate::pieces::{Lines, Piece, Reason};
use crate::text::Language;

pub(super) fn read(text: &str, limits: &Limits) -> Result<Piece, Reason> {
    let depth = fits(text, limits)?;
    let metadata = Metadata::of(text);
    let takes_long = depth.saturating_mul(tags(text)) > MEASURED || has_endless_names(&metadata.page);
    let measured = if takes_long { None } else { extract(text) };
    // A page so short that it has no main text by measure is all text.
    let (fields, paragraphs) = match measured {
        Some(extracted) => {
            let found = metadata.marked_up(&extracted).unwrap_or_else(|| paragraphs(&extracted.content_text));
            (metadata.fields(&extracted), refine(found, &metadata.page))
        }
        None => (metadata.fields(&ExtractResult::default()), paragraphs(&bare(text))),
    };
    let mut piece = Piece::from_fields(&fields);
    piece.text = main_text(paragraphs, piece.title.as_deref());
    piece.lines = Lines::None;
    // A page says of itself what the program that made it was set to. Whatever else is left out of it later, its language is that of all this.
    piece.language = Some(piece.language.map_or_else(|| Language::detect(&piece.text), |said| said.of_part(&piece.text)));
    if piece.text.is_empty() { Err(Reason::NoMainText) } else { Ok(piece) }
}

/// Pages with more tags times levels of nesting than this are taken as they are: the extractor looks at each level of a page with all that is
/// in it, which takes it some seconds for so many. Saved pages have half as many at the most, by tags never closed; usually a twentieth.
const MEASURED: usize = 700_000;

/// Whether a class or an id of an element is so long, by a quotation mark that is missing, that it takes the extractor too long to look for
/// words in it that tell what is no main text: it does so at every level below, and in other letters than ASCII far more slowly.
fn has_endless_names(page: &Document) -> bool {
    const ENDLESS: usize = 4_000;
    const ENDLESS_TEXT: usize = 200;
    let is_endless = |value: &str| value.len() > if value.is_ascii() { ENDLESS } else { ENDLESS_TEXT };
    let has =
        |name: &str| page.select(&format!("[{name}]")).iter().any(|element| element.attr(name).is_some_and(|value| is_endless(&value)));
    ["class", "id"].into_iter().any(has)
}

/// The main text, if there is one. The page is a stranger's and the extractor somebody else's: what it does not foresee costs this page its main
/// text, not the run.
fn extract(text: &str) -> Option<ExtractResult> {
    // Of itself it cuts off what is longer than a million bytes, or stops there if that is inside a character.
    let options = Options { max_extracted_len: usize::MAX, ..Options::default() };
    let extracted = catch_unwind(AssertUnwindSafe(|| rs_trafilatura::extract_with_options(text, &options)));
    extracted.ok()?.ok().filter(|extracted| !extracted.content_text.trim().is_empty())
}

/// The text of a piece of markup that is all main text: paragraphs with an empty line between.
pub(super) fn plain(markup: &str, limits: &Limits) -> Result<String, Reason> {
    if !markup.contains(['<', '&']) {
        return Ok(markup.trim().to_owned());
    }
    fits(markup, limits)?;
    Ok(paragraphs(&Document::fragment(markup).formatted_text()).join("\n\n"))
}

/// The text of a page without what is never main text.
fn bare(page: &str) -> String {
    let page = Document::from(page);
    page.select("head, nav, header, footer, aside, form, script, style, noscript, template, iframe, button").remove();
    page.formatted_text().to_string()
}

/// The heading and the text of a page that is all main text, as the chapters of books are.
pub(super) fn body(page: &str, limits: &Limits) -> Result<(Option<String>, String), Reason> {
    fits(page, limits)?;
    let page = Document::from(page);
    let heading =
        ["h1", "h2", "h3", "title"].iter().map(|name| one_line(&page.select_single(name).text())).find(|heading| !heading.is_empty());
    let mut paragraphs = paragraphs(&page.select_single("body").formatted_text());
    if paragraphs.len() > 1 && paragraphs.first() == heading.as_ref() {
        paragraphs.remove(0);
    }
    Ok((heading, paragraphs.join("\n\n")))
}

/// The text of paragraphs. A first paragraph that says the title again is left out.
fn main_text(mut paragraphs: Vec<String>, title: Option<&str>) -> String {
    if paragraphs.first().is_some_and(|first| Some(first.as_str()) == title) {
        paragraphs.remove(0);
    }
    paragraphs.join("\n\n")
}

fn paragraphs(content: &str) -> Vec<String> {
    content.split('\n').map(one_line).filter(|line| !line.is_empty()).collect()
}

/// What a page says of itself, from the most to the least trustworthy: JSON-LD, `meta` elements, markup.
struct Metadata {
    json_ld: Map<String, Value>,
    page: Document,
    saved_from: Option<String>,
}

impl Metadata {
    fn of(text: &str) -> Self {
        let page = Document::from(text);
        let json_ld = page
            .select("script[type='application/ld+json']")
            .iter()
            .filter_map(|script| serde_json::from_str(&script.text()).ok())
            .find_map(article)
            .unwrap_or_default();
        Self { json_ld, page, saved_from: saved_from(text) }
    }

    /// The page's metadata as a record's fields. What the page does not say itself is taken from the extractor's guesses.
    fn fields(&self, extracted: &ExtractResult) -> Map<String, Value> {
        let guessed = &extracted.metadata;
        let site = self.meta(&["og:site_name"]).or_else(|| guessed.sitename.clone());
        let title = self
            .meta(&["og:title", "twitter:title"])
            .or_else(|| self.text_of("h1"))
            .or_else(|| self.text_of("title"))
            .map(|title| without_site(&one_line(&title), site.as_deref()));
        let date = self
            .linked("datePublished")
            .or_else(|| {
                self.meta(&["article:published_time", "date", "pubdate", "publishdate", "dc.date", "dcterms.date", "parsely-pub-date"])
                    .map(Value::String)
            })
            .or_else(|| self.attribute("time[datetime]", "datetime").map(Value::String))
            .or_else(|| guessed.date.map(|date| json!(date.to_string())));
        let author = self
            .linked("author")
            .or_else(|| {
                self.meta(&["author", "article:author", "parsely-author", "dc.creator"])
                    .filter(|name| !name.starts_with("http"))
                    .map(Value::String)
            })
            .or_else(|| guessed.author.clone().map(Value::String))
            .or_else(|| self.byline().map(|names| json!(names)));
        let lang = self.attribute("html", "lang").or_else(|| self.meta(&["og:locale"])).or_else(|| guessed.language.clone());
        let url = self.attribute("link[rel='canonical']", "href").or_else(|| self.meta(&["og:url"]));
        let url = url.or_else(|| guessed.url.clone()).or_else(|| self.saved_from.clone());
        let section = self.linked("articleSection").and_then(|section| match section {
            Value::Array(names) => names.into_iter().find_map(|name| name.as_str().map(ToOwned::to_owned)),
            section => section.as_str().map(ToOwned::to_owned),
        });
        let section = section.or_else(|| self.meta(&["article:section", "og:article:section", "section", "parsely-section"]));
        let schema = self.linked("@type").map(|kind| kind.to_string());
        let signs = Signs { section: section.as_deref(), schema: schema.as_deref(), ..Signs::default() };
        let kind = self.meta(&["kind"]).or_else(|| kind::kind(&signs).map(ToOwned::to_owned));
        let tags = self.linked("keywords").or_else(|| self.meta(&["keywords", "news_keywords"]).map(Value::String));
        let text = |value: Option<String>| value.map(Value::String);
        [
            ("title", text(title)),
            ("date", date),
            ("author", author),
            ("source", text(site)),
            ("lang", text(lang)),
            ("url", text(url)),
            ("kind", text(kind)),
            ("tags", tags),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect()
    }

    /// The paragraphs of a body that the page gives in JSON-LD as markup, if it is that from which the text was extracted: which then has them in
    /// no order and many times, where elements stand in elements.
    fn marked_up(&self, extracted: &ExtractResult) -> Option<Vec<String>> {
        let body = self.linked("articleBody")?;
        let body = body.as_str().filter(|body| body.contains("<p>"))?;
        let paragraphs = paragraphs(&Document::fragment(body).formatted_text());
        let is_source = extracted.content_text.trim_start().starts_with(paragraphs.first()?.as_str());
        is_source.then_some(paragraphs)
    }

    fn linked(&self, name: &str) -> Option<Value> {
        self.json_ld.get(name).filter(|value| !value.is_null()).cloned()
    }

    /// The first filled `meta` element of one of these names.
    fn meta(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| {
            let by = |attribute| self.attribute(&format!("meta[{attribute}='{name}']"), "content");
            by("property").or_else(|| by("name")).or_else(|| by("itemprop"))
        })
    }

    fn attribute(&self, selector: &str, attribute: &str) -> Option<String> {
        let value = self.page.select_single(selector).attr(attribute)?;
        Some(value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    /// The names in what the page marks as its byline.
    fn byline(&self) -> Option<Vec<String>> {
        let marked = ["[rel='author']", "[itemprop='author']", ".author", ".byline span", ".byline"];
        let line = marked.iter().find_map(|selector| self.text_of(selector)).filter(|line| line.chars().count() <= 60)?;
        Some(byline::names_in(&line).unwrap_or_else(|| vec![line]))
    }

    fn text_of(&self, selector: &str) -> Option<String> {
        Some(one_line(&self.page.select_single(selector).text())).filter(|text| !text.is_empty())
    }
}

/// The address that a browser, or what it is helped by, notes in a comment at the top of a page that it saves.
fn saved_from(page: &str) -> Option<String> {
    let comments = page.split("<!--").skip(1).take(3).filter_map(|rest| rest.split("-->").next());
    let noted = |comment: &str| {
        let lines = comment.lines().map(str::trim);
        let mut addresses = lines.filter_map(|line| match line.strip_prefix("saved from url=(") {
            Some(rest) => rest.split_once(')').map(|(_, address)| address),
            None => line.strip_prefix("url:"),
        });
        addresses.find_map(|address| address.split_whitespace().next().filter(|address| address.starts_with("http")).map(ToOwned::to_owned))
    };
    comments.filter(|comment| comment.contains("saved ")).find_map(noted)
}

/// The article in a JSON-LD value: the value itself, or the first in its list or graph.
fn article(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Array(values) => values.into_iter().find_map(article),
        Value::Object(mut fields) => {
            if let Some(graph) = fields.remove("@graph") {
                return article(graph);
            }
            let kind = fields.get("@type").map(ToString::to_string).unwrap_or_default();
            let is_article = ["Article", "Posting", "Report", "Review"].iter().any(|kinds| kind.contains(kinds));
            is_article.then_some(fields)
        }
        _ => None,
    }
}

/// `title` without the site's name behind a bar or dash.
fn without_site(title: &str, site: Option<&str>) -> String {
    let Some(site) = site.map(|site| site.trim().trim_start_matches('@')) else { return title.to_owned() };
    let Some(head) = title.strip_suffix(site) else { return title.to_owned() };
    let head = head.trim_end();
    let bare = head.trim_end_matches(['|', '-', '–', '—', '_', '·', ':', '｜', '－']);
    if bare.len() < head.len() && !bare.trim().is_empty() { bare.trim_end().to_owned() } else { title.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAGRAPH: &str =
        "The council met for the third time this month and heard three reports on the state of the talks, none of them good.";

    fn page(head: &str, body: &str) -> String {
        format!(
            "<!doctype html><html lang='en-GB'><head>{head}</head><body><nav><a href='/'>Home</a> <a href='/w'>World</a></nav>{body}<footer>Copyright</footer></body></html>"
        )
    }

    fn article_of(paragraphs: usize) -> String {
        format!("<article><h1>Talks fail</h1>{}</article>", format!("<p>{PARAGRAPH}</p>").repeat(paragraphs))
    }

    #[test]
    fn metadata_comes_from_json_ld_then_meta_then_markup() {
        let head = "<title>Talks fail | The Outlet</title><meta property='og:site_name' content='The Outlet'>\
            <meta property='article:published_time' content='2024-01-25T01:00:00Z'>\
            <script type='application/ld+json'>{\"@graph\": [{\"@type\": \"WebSite\"}, {\"@type\": \"NewsArticle\", \"datePublished\": \"2024-01-24T23:30:00-05:00\", \"author\": [{\"name\": \"Jane Example\"}]}]}</script>";
        let piece = read(&page(head, &article_of(5)), &Limits::default()).unwrap();
        assert_eq!(piece.title.as_deref(), Some("Talks fail"));
        assert_eq!(piece.source.as_deref(), Some("The Outlet"));
        assert_eq!(piece.date.unwrap().to_string(), "2024-01-24");
        assert_eq!(piece.authors, ["Jane Example"]);
        assert_eq!(piece.language.unwrap().code(), "en");
        assert!(piece.text.starts_with(PARAGRAPH) && !piece.text.contains("Home") && !piece.text.contains("Copyright"), "{}", piece.text);
    }

    #[test]
    fn a_browser_notes_where_a_page_was_saved() {
        for (note, expected) in [
            ("<!-- saved from url=(0026)https://outlet.example/a/1 -->", Some("https://outlet.example/a/1")),
            (
                "<!--\n Page saved with a helper \n url: https://outlet.example/a/1 \n saved date: today\n-->",
                Some("https://outlet.example/a/1"),
            ),
            ("<!-- saved from url=(0014)about:internet -->", None),
            ("<!-- url: https://outlet.example/a/1 -->", None),
        ] {
            let piece = read(&format!("{note}{}", page("", &article_of(5))), &Limits::default()).unwrap();
            assert_eq!(piece.url.as_deref(), expected, "{note}");
        }
    }

    #[test]
    fn a_page_is_in_the_language_of_its_text() {
        let german = "Der Rat kam im Herbst zum dritten Mal zusammen und hörte drei Berichte über den Stand der Gespräche, von denen keiner gut war.";
        let paragraphs = format!("<p>{german}</p><p>Es war {german}</p>").repeat(3);
        let piece = read(&page("", &format!("<article><h1>Rat</h1>{paragraphs}</article>")), &Limits::default()).unwrap();
        assert_eq!(piece.language.unwrap().code(), "de");
    }

    #[test]
    fn a_body_in_markup_is_read_in_its_order() {
        let parts: Vec<String> =
            (1..9).map(|number| format!("<h3>Part {number}</h3><div data-video='x'/><p>{number}: {PARAGRAPH}</p>")).collect();
        let body = parts.concat();
        let json = serde_json::json!({ "@type": "NewsArticle", "articleBody": format!("<p>First. {PARAGRAPH}</p>{body}") });
        let piece = read(&page(&format!("<script type='application/ld+json'>{json}</script>"), "<div id='app'></div>"), &Limits::default())
            .unwrap();
        assert_eq!(piece.text.matches("none of them good").count(), 9);
        assert!(piece.text.starts_with("First. ") && piece.text.contains("\n\nPart 8\n\n8: "), "{}", piece.text);
    }

    #[test]
    fn a_page_without_text_says_so() {
        assert_eq!(read("<html><body></body></html>", &Limits::default()).unwrap_err(), Reason::NoMainText);
        assert_eq!(read("", &Limits::default()).unwrap_err(), Reason::NoMainText);
    }

    #[test]
    fn deep_nesting_is_refused_before_it_is_parsed() {
        let deep = "<div>".repeat(100_000);
        assert_eq!(read(&deep, &Limits::default()).unwrap_err(), Reason::TooDeep(2_000));
        let stray = "</head></b><div>text<li>item</li>".repeat(2_500);
        assert_eq!(read(&stray, &Limits::default()).unwrap_err(), Reason::TooDeep(2_000));
    }

    #[test]
    fn a_page_that_takes_too_long_to_measure_is_taken_as_it_is() {
        let nested = |depth: usize, tail: &str| {
            format!("<html><body>{}{}{tail}</body></html>", "<div>".repeat(depth), format!("<p>{PARAGRAPH}</p>").repeat(1_000))
        };
        let aside = "<div class='related'><a href='/x'>Another headline</a></div>";
        let long = |page: &str| read(page, &Limits::default()).unwrap().text;
        assert!(!long(&nested(10, aside)).contains("Another headline"));
        assert!(long(&nested(1_900, aside)).ends_with("Another headline"));
    }

    #[test]
    fn names_that_do_not_end_are_not_searched() {
        let endless = format!("<div class='{}'>{}</div>", "否决权".repeat(20_000), "<div>".repeat(40));
        let piece = read(&page("", &format!("{endless}{}", article_of(5))), &Limits::default()).unwrap();
        assert!(has_endless_names(&Document::from(endless.as_str())) && piece.text.contains(PARAGRAPH));
        for (class, expected) in [("a b c", false), (&"flex ".repeat(200), false), (&"否决权".repeat(30), true)] {
            assert_eq!(has_endless_names(&Document::from(format!("<div class='{class}' id='d'>"))), expected, "{class}");
        }
    }

    #[test]
    fn a_long_page_is_whole() {
        let paragraphs: Vec<String> = (0..9_000).map(|number| format!("<p>第{number}段。{PARAGRAPH}</p>")).collect();
        let piece = read(&page("", &format!("<article><h1>Talks</h1>{}</article>", paragraphs.concat())), &Limits::default()).unwrap();
        assert!(piece.text.len() > 1_000_000 && piece.text.contains("第8999段"));
    }

    #[test]
    fn the_site_is_cut_from_the_title() {
        assert_eq!(without_site("A - B | Outlet", Some("Outlet")), "A - B");
        assert_eq!(without_site("Inside the Outlet", Some("Outlet")), "Inside the Outlet");
        assert_eq!(without_site("A｜觀察", Some("觀察")), "A");
    }
}
