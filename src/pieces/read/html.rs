//! Saved pages: main text and metadata.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::Document;
use rs_trafilatura::{ExtractResult, Options};

use super::Limits;
use super::joints;
use super::metadata::Metadata;
use super::nesting::{fits, tags};
use super::region::refine;
use crate::pieces::piece::one_line;
use crate::pieces::{Lines, Piece, Reason};
use crate::text::Language;

pub(super) fn read(text: &str, limits: &Limits) -> Result<Piece, Reason> {
    let depth = fits(text, limits)?;
    let metadata = Metadata::of(text);
    let takes_long =
        depth.saturating_mul(tags(text)) > MEASURED || text.matches("<br").count() > BREAKS || has_endless_names(&metadata.page);
    let measured = if takes_long { None } else { extract(text) };
    // A page so short that it has no main text by measure is all text.
    let (fields, paragraphs) = match measured {
        Some(extracted) => {
            let found = body_of(&metadata, &extracted).unwrap_or_else(|| paragraphs(&extracted.content_text));
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

/// Pages with more line breaks than this are taken as they are, too: for each the extractor looks at those around it.
const BREAKS: usize = 10_000;

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
    let text = joints::marked(text);
    let extracted = catch_unwind(AssertUnwindSafe(|| rs_trafilatura::extract_with_options(&text, &options)));
    let mut extracted = extracted.ok()?.ok().filter(|extracted| !extracted.content_text.trim().is_empty())?;
    extracted.content_text = joints::joined(&extracted.content_text);
    for guess in [&mut extracted.metadata.author, &mut extracted.metadata.sitename].into_iter().flatten() {
        *guess = joints::joined(guess);
    }
    Some(extracted)
}

/// What of a page is never text.
const NO_TEXT: &str = "head, title, style, script, noscript, template";

/// The text of a piece of markup that is all main text: paragraphs with an empty line between.
pub(super) fn plain(markup: &str, limits: &Limits) -> Result<String, Reason> {
    if !markup.contains(['<', '&']) {
        return Ok(markup.trim().to_owned());
    }
    fits(markup, limits)?;
    Ok(marked_up(markup).join("\n\n"))
}

/// The text that a record gives as markup, as the programs that make pages export it; one that is none, as it is.
pub(super) fn of_record(text: String) -> String {
    /// What hardly stands in a text that is not markup.
    const TAGS: [&str; 6] = ["</p>", "</P>", "</div>", "<br>", "<br/>", "<br />"];
    let is_markup = text.contains('<') && TAGS.iter().any(|tag| text.contains(tag));
    if is_markup { as_read(text) } else { text }
}

/// The text of what may be markup by what is said of it.
pub(super) fn of_markup(text: String) -> String {
    if text.contains("</") { as_read(text) } else { text }
}

/// The text that a reader sees; the markup itself, where it is too much to be read.
fn as_read(markup: String) -> String {
    plain(&markup, &Limits::default()).unwrap_or(markup)
}

/// The paragraphs of a piece of markup.
pub(super) fn marked_up(markup: &str) -> Vec<String> {
    let page = Document::fragment(&*without_ends(markup));
    page.select(NO_TEXT).remove();
    paragraphs(&page.formatted_text())
}

/// The paragraphs of a body that the page gives in JSON-LD as markup, if it is that from which the text was extracted: which then has them in no
/// order and many times, where elements stand in elements.
fn body_of(metadata: &Metadata, extracted: &ExtractResult) -> Option<Vec<String>> {
    let body = metadata.linked.body().filter(|body| body.contains("<p>"))?;
    let paragraphs = marked_up(body);
    let is_source = extracted.content_text.trim_start().starts_with(paragraphs.first()?.as_str());
    is_source.then_some(paragraphs)
}

/// Long markup without the white space at the ends of paragraphs and the like: for each of them the library copies all text before it.
fn without_ends(markup: &str) -> Cow<'_, str> {
    const LONG: usize = 256 << 10;
    const BLOCKS: [&str; 21] = [
        "address",
        "article",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "li",
        "ol",
        "p",
        "section",
        "td",
        "tr",
        "ul",
    ];
    if markup.len() < LONG {
        return Cow::Borrowed(markup);
    }
    let mut out = String::with_capacity(markup.len());
    for (at, part) in markup.split('<').enumerate() {
        if at > 0 {
            let name = part.strip_prefix('/').unwrap_or(part);
            let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
            if name.get(..end).is_some_and(|name| BLOCKS.iter().any(|block| name.eq_ignore_ascii_case(block))) {
                out.truncate(out.trim_end().len());
            }
            out.push('<');
        }
        out.push_str(part);
    }
    Cow::Owned(out)
}

/// The text of a page without what is never main text.
fn bare(page: &str) -> String {
    let page = Document::from(&*without_ends(page));
    page.select(NO_TEXT).remove();
    page.select("nav, header, footer, aside, form, iframe, button").remove();
    page.formatted_text().to_string()
}

/// The heading and the text of a page that is all main text, as the chapters of books are.
pub(super) fn body(page: &str, limits: &Limits) -> Result<(Option<String>, String), Reason> {
    fits(page, limits)?;
    let page = Document::from(page);
    page.select("body").select(NO_TEXT).remove();
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
    fn a_page_is_in_the_language_of_its_text() {
        let german = "Der Rat kam im Herbst zum dritten Mal zusammen und hörte drei Berichte über den Stand der Gespräche, von denen keiner gut war.";
        let paragraphs = format!("<p>{german}</p><p>Es war {german}</p>").repeat(3);
        let piece = read(&page("", &format!("<article><h1>Rat</h1>{paragraphs}</article>")), &Limits::default()).unwrap();
        assert_eq!(piece.language.unwrap().code(), "de");
    }

    #[test]
    fn words_go_on_over_tags_inside_them() {
        let first = "<p><span class='drop'>P</span>arliament sat (<i>sic</i>) on CO<sub>2</sub> and 全国<b>人民</b>代表大会, says <a href='/x'>Reuters</a>’s man.<sup>1</sup></p>";
        let piece = read(
            &page("", &format!("<article><h1>Talks</h1>{first}{}</article>", format!("<p>{PARAGRAPH}</p>").repeat(5))),
            &Limits::default(),
        );
        let text = piece.unwrap().text;
        assert!(
            text.starts_with("Parliament sat (sic) on CO2 and 全国人民代表大会, says Reuters’s man.") && !text.contains('\u{2060}'),
            "{text}"
        );
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
    fn style_sheets_and_scripts_are_no_text() {
        let head = "<html><head><title>T</title><style>p{color:red}</style></head><body><script>var x=1</script>";
        let text = "<p>Words.</p><noscript>Allow it</noscript><template><p>T</p></template><style>a{}</style><p>More.</p>";
        let limits = Limits::default();
        for markup in [format!("{head}{text}</body></html>"), text.to_owned()] {
            assert_eq!(plain(&markup, &limits).unwrap(), "Words.\n\nMore.");
            assert_eq!(body(&markup, &limits).unwrap().1, "Words.\n\nMore.");
        }
        assert_eq!(body(&format!("{head}{text}"), &limits).unwrap().0.as_deref(), Some("T"));
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
}
