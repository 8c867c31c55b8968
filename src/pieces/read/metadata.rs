//! What a saved page says of itself.

use dom_query::{Document, NodeRef};
use rs_trafilatura::ExtractResult;
use serde_json::{Map, Value, json};

use super::beside::Beside;
use super::byline;
use super::kind::{self, Signs};
use super::linked::Linked;
use super::published::Times;
use crate::pieces::Date;
use crate::pieces::piece::one_line;

/// What a page says of itself, from the most to the least trustworthy: JSON-LD, `meta` elements, markup.
pub(super) struct Metadata {
    pub(super) linked: Linked,
    pub(super) page: Document,
    saved_from: Option<String>,
}

/// What `meta` elements are called that say when a page was published, …
const DATES: [&str; 18] = [
    "article:published_time",
    "datePublished",
    "date",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "parsely-pub-date",
    "sailthru.date",
    "og:article:published_time",
    "article:published",
    "article.published",
    "article:created",
    "article.created",
];

/// … and when it was changed.
const CHANGES: [&str; 3] = ["article:modified_time", "og:updated_time", "dateModified"];

impl Metadata {
    pub(super) fn of(text: &str) -> Self {
        let page = Document::from(text);
        let scripts = page.select("script[type^='application/ld+json']");
        let linked = Linked::of(scripts.iter().map(|script| script.text()));
        Self { linked, page, saved_from: saved_from(text) }
    }

    /// The page's metadata as a record's fields. What the page does not say itself is taken from the extractor's guesses.
    pub(super) fn fields(&self, extracted: &ExtractResult) -> Map<String, Value> {
        let guessed = &extracted.metadata;
        let named = self.meta(&["og:site_name"]);
        let guessed_site = guessed.sitename.as_deref().and_then(|guess| self.site(guess));
        let site = named.as_ref().or(guessed_site.as_ref());
        let title = self
            .meta(&["og:title", "twitter:title"])
            .or_else(|| self.text_of("h1"))
            .or_else(|| self.text_of("title"))
            .map(|title| without_site(&one_line(&title), site.map(String::as_str)));
        let mut date = self.linked.date().or_else(|| self.date_in_head(&DATES).map(Value::String));
        let times = if date.is_none() { Times::of(&self.page) } else { Times::default() };
        date = date.or_else(|| times.sure().map(Value::String));
        let beside = if date.is_none() || named.is_none() { Beside::of(&self.page, title.as_deref()) } else { Beside::default() };
        date = date
            .or_else(|| beside.date.map(|date| json!(date.to_string())))
            .or_else(|| times.likely().or_else(|| self.date_in_head(&CHANGES)).map(Value::String));
        let source = named.or(beside.source).or(guessed_site);
        let author = self
            .linked
            .author()
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
        let section = self.linked.section().or_else(|| self.meta(&["article:section", "og:article:section", "section", "parsely-section"]));
        let schema = self.linked.kind();
        let signs = Signs { section: section.as_deref(), schema: schema.as_deref(), ..Signs::default() };
        let kind = self.meta(&["kind"]).or_else(|| kind::kind(&signs).map(ToOwned::to_owned));
        let tags = self.linked.tags().or_else(|| self.meta(&["keywords", "news_keywords"]).map(Value::String));
        let text = |value: Option<String>| value.map(Value::String);
        [
            ("title", text(title)),
            ("date", date),
            ("author", author),
            ("source", text(source)),
            ("lang", text(lang)),
            ("url", text(url)),
            ("kind", text(kind)),
            ("tags", tags),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect()
    }

    /// The first filled `meta` element of one of these names.
    fn meta(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| {
            let by = |attribute| self.attribute(&format!("meta[{attribute}='{name}']"), "content");
            by("property").or_else(|| by("name")).or_else(|| by("itemprop"))
        })
    }

    /// The first date that `meta` elements of one of these names say; some write names in other cases.
    fn date_in_head(&self, names: &[&str]) -> Option<String> {
        let metas = self.page.select("meta[content]");
        let called = |meta: &NodeRef<'_>, name: &str| {
            ["property", "name", "itemprop"].iter().any(|by| meta.attr(by).is_some_and(|said| said.eq_ignore_ascii_case(name)))
        };
        let is_date = |said: &str| Date::parse_field(said).is_some();
        names.iter().find_map(|name| {
            let said = metas.nodes().iter().filter(|meta| called(meta, name)).filter_map(|meta| meta.attr("content"));
            said.map(|said| said.trim().to_owned()).find(|said| is_date(said))
        })
    }

    /// A name of the site, if that is what a guess is: the end of the page's title, from which guesses are made, is often that of the headline.
    fn site(&self, guess: &str) -> Option<String> {
        /// What pages are called that have no title.
        const NOTHING: [&str; 8] = ["error", "404", "not", "found", "page", "untitled", "document", "home"];
        let guess = guess.trim();
        let says_nothing = guess.to_lowercase().split_whitespace().all(|word| NOTHING.contains(&word));
        let title = self.text_of("title").unwrap_or_default();
        let is_subtitle = title.strip_suffix(guess).is_some_and(|head| head.trim_end().ends_with("——"));
        let headline = self.text_of("h1").or_else(|| self.meta(&["og:title"])).unwrap_or_default();
        let ends_headline = title.ends_with(guess) && headline.strip_suffix(guess).is_some_and(|head| !head.trim().is_empty());
        let host = self.attribute("link[rel='canonical']", "href").or_else(|| self.meta(&["og:url"])).or_else(|| self.saved_from.clone());
        let host = host.and_then(|url| url.split('/').nth(2).map(ToOwned::to_owned)).unwrap_or_default();
        let letters: String = guess.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
        let is_host = letters.len() > 2 && host.contains(&letters);
        (!says_nothing && !is_subtitle && (!ends_headline || is_host)).then(|| guess.to_owned())
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

    fn fields(page: &str) -> Map<String, Value> {
        Metadata::of(page).fields(&ExtractResult::default())
    }

    #[test]
    fn a_time_beside_the_article_is_not_its_own() {
        let aside = "<aside><article><h1>Old</h1><time datetime='2019-01-01'>then</time></article></aside>";
        let card = "<article><h2>Other</h2><time datetime='2020-01-01'>then</time></article>";
        for own in [
            "<article><h1>T</h1><time datetime='2024-01-24'>now</time></article>",
            "<main><h1>T</h1><p><time datetime='2024-01-24'>now</time></p></main>",
            "<div><time itemprop='datePublished' datetime='2024-01-24'>now</time></div>",
            "<div><time pubdate datetime='2024-01-24'>now</time></div>",
        ] {
            assert_eq!(fields(&format!("{aside}{card}<nav><time datetime='2018-01-01'/></nav>{own}"))["date"], "2024-01-24", "{own}");
        }
        assert_eq!(fields(&format!("{aside}<p><time datetime='2024-01-24'>now</time></p>"))["date"], "2024-01-24");
        assert_eq!(fields(aside).get("date"), None, "a wrong date is worse than none");
        assert_eq!(fields("<meta name='date' content='today'><meta name='dc.date' content='2024-01-24'>")["date"], "2024-01-24");
        assert_eq!(fields("<time datetime='noon'>x</time><time datetime='2024-01-24'>now</time>")["date"], "2024-01-24");
    }

    #[test]
    fn the_end_of_a_headline_is_no_site() {
        let guess = |head: &str, guess: &str| Metadata::of(head).site(guess);
        for (head, said, expected) in [
            ("<title>Talks fail - Outlet</title><h1>Talks fail</h1>", "Outlet", true),
            ("<title>Talks fail - again</title><h1>Talks fail - again</h1>", "again", false),
            ("<title>会谈-再失败</title><meta property='og:title' content='会谈-再失败'>", "再失败", false),
            ("<title>把握机遇——论会谈精神</title>", "论会谈精神", false),
            ("<title>T | Outlet</title><h1>T | Outlet</h1><link rel=canonical href='https://www.outlet.example/a'>", "Outlet", true),
            ("<title>CCTV.com - ERROR</title>", "ERROR", false),
            ("", "Outlet", true),
        ] {
            assert_eq!(guess(head, said).is_some(), expected, "{head}");
        }
        let page = "<title>会谈失败 - 例网</title><h1>会谈失败</h1><p>来源：新华社 2024-01-24 10:20</p>";
        let found = fields(page);
        assert_eq!((&found["source"], &found["date"]), (&json!("新华社"), &json!("2024-01-24")));
    }

    #[test]
    fn what_is_linked_may_say_how_it_is_encoded() {
        let script =
            "<script type='application/ld+json; charset=utf-8'>{\"@type\": \"NewsArticle\", \"datePublished\": \"2024-01-24\"}</script>";
        assert_eq!(fields(script)["date"], "2024-01-24");
    }

    #[test]
    fn what_is_linked_and_cannot_be_used_leaves_room_for_what_the_head_says() {
        let head = "<meta property='article:published_time' content='2024-01-24'><meta name='author' content='Jane Example'>";
        for said in [
            "\"datePublished\": \"\", \"author\": []",
            "\"datePublished\": \"soon\", \"author\": {\"@id\": \"#gone\"}",
            "\"author\": \" \"",
        ] {
            let found = fields(&format!("{head}<script type='application/ld+json'>{{\"@type\": \"NewsArticle\", {said}}}</script>"));
            assert_eq!((&found["date"], &found["author"]), (&json!("2024-01-24"), &json!("Jane Example")), "{said}");
        }
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
            assert_eq!(saved_from(&format!("{note}<html><body>Words</body></html>")).as_deref(), expected, "{note}");
        }
    }

    #[test]
    fn the_site_is_cut_from_the_title() {
        assert_eq!(without_site("A - B | Outlet", Some("Outlet")), "A - B");
        assert_eq!(without_site("Inside the Outlet", Some("Outlet")), "Inside the Outlet");
        assert_eq!(without_site("A｜觀察", Some("觀察")), "A");
    }
}
