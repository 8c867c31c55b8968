//! When a saved page was published, as its markup says.

use dom_query::{Document, NodeId, NodeRef};
use foldhash::HashSet;

use super::beside::is_beside;
use super::stamp::stamp;
use crate::pieces::Date;

/// The times that a page marks up.
#[derive(Default)]
pub(super) struct Times(Vec<Time>);

struct Time {
    said: String,
    date: Date,
    rank: Rank,
}

/// How sure it is that a time is that of the publication, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// The page says that it is, and it stands in the article that has the headline.
    SaidOfThis,
    /// The page says that it is.
    Said,
    /// It stands in the article that has the headline.
    ByHeadline,
    /// It stands in an article.
    InArticle,
    Anywhere,
}

impl Times {
    /// Those of `page`, without what stands beside its article, below it and in comments.
    pub(super) fn of(page: &Document) -> Self {
        /// Of more than so many the first few tell as well.
        const MOST: usize = 50;
        let marked = page.select("time[datetime], time[pubdate], [itemprop~='datePublished'], .published, .dt-published");
        let headline = ["article h1", "main h1", "h1"]
            .iter()
            .find_map(|place| page.select(place).nodes().iter().find(|headline| !is_beside(headline, None)).copied());
        let around_headlines = around(page.select("h1").nodes());
        let times = marked.nodes().iter().take(MOST).filter_map(|node| {
            let (said, date) = said(node)?;
            let rank = rank(node, &around_headlines).filter(|_| !is_beside(node, headline.as_ref()))?;
            Some(Time { said, date, rank })
        });
        Self(times.collect())
    }

    /// The one that is that of the publication.
    pub(super) fn sure(&self) -> Option<String> {
        self.first(Rank::SaidOfThis).or_else(|| self.only(Rank::Said)).or_else(|| self.first(Rank::ByHeadline))
    }

    /// The one that may be, where there is none but that: of several, one may be as well another's.
    pub(super) fn likely(&self) -> Option<String> {
        self.only(Rank::InArticle).or_else(|| self.only(Rank::Anywhere))
    }

    fn first(&self, rank: Rank) -> Option<String> {
        self.0.iter().find(|time| time.rank == rank).map(|time| time.said.clone())
    }

    fn only(&self, rank: Rank) -> Option<String> {
        let mut times = self.0.iter().filter(|time| time.rank == rank);
        let first = times.next()?;
        times.all(|time| time.date == first.date).then(|| first.said.clone())
    }
}

/// What an element says that is for a time: as programs read it, or else as people do.
fn said(node: &NodeRef<'_>) -> Option<(String, Date)> {
    let attributes = ["datetime", "content", "title"].iter().filter_map(|name| node.attr(name));
    let mut read = attributes.filter_map(|value| Some((value.trim().to_owned(), Date::parse_field(&value)?)));
    read.next().or_else(|| {
        let date = stamp(&node.text())?.date;
        Some((date.to_string(), date))
    })
}

/// The elements in which one of `nodes` stands, each visited once: a page may have a hundred thousand, one in the other.
fn around(nodes: &[NodeRef<'_>]) -> HashSet<NodeId> {
    let mut around = HashSet::default();
    for node in nodes {
        for element in node.ancestors_it(None) {
            if !around.insert(element.id) {
                break;
            }
        }
    }
    around
}

/// How sure a time is. That of a change is none, unless it is the only one by a headline.
fn rank(node: &NodeRef<'_>, around_headlines: &HashSet<NodeId>) -> Option<Rank> {
    let words = |name: &str| node.attr(name).unwrap_or_default().split_whitespace().map(ToOwned::to_owned).collect::<Vec<_>>();
    let (property, class) = (words("itemprop"), words("class"));
    let is_said = node.has_attr("pubdate") || property.iter().any(|word| word == "datePublished");
    let is_change = property.iter().any(|word| matches!(word.as_str(), "dateModified" | "dateUpdated"))
        || class.iter().any(|word| word == "updated") && !class.iter().any(|word| word == "published");
    let articles: Vec<_> = node.ancestors_it(None).filter(|node| ["article", "main"].iter().any(|name| node.has_name(name))).collect();
    let is_by_headline = articles.iter().any(|article| around_headlines.contains(&article.id));
    match (is_said, is_by_headline, is_change) {
        (true, true, _) => Some(Rank::SaidOfThis),
        (true, false, _) => Some(Rank::Said),
        (false, true, false) => Some(Rank::ByHeadline),
        (false, true, true) => Some(Rank::InArticle),
        (false, false, true) => None,
        (false, false, false) => Some(if articles.is_empty() { Rank::Anywhere } else { Rank::InArticle }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(page: &str) -> Times {
        Times::of(&Document::from(page))
    }

    #[test]
    fn an_element_says_its_time_in_many_ways() {
        for element in [
            "<time itemprop='datePublished' content='2017-01-18T23:00-0800'>x</time>",
            "<span itemprop='name datePublished' datetime='2017-01-18'>x</span>",
            "<abbr class='published' itemprop='datePublished' title='2017-01-18T00:55:00-07:00'>12:55 AM</abbr>",
            "<abbr class='published' title='2017-01-18T00:55:00-07:00'>12:55 AM</abbr>",
            "<time class='dt-published gray'><b>Published:</b> Jan. 18, 2017, 6:18 p.m.</time>",
            "<span itemprop='datePublished'>18 January 2017</span>",
        ] {
            let found = times(&format!("<article><h1>T</h1>{element}</article>")).sure();
            assert_eq!(found.as_deref().and_then(Date::parse_field), Date::day(2017, 1, 18), "{element}");
        }
    }

    #[test]
    fn times_of_others_do_not_count() {
        for others in [
            "<aside><time datetime='2019-01-01'></aside>",
            "<ol class='comment-list'><li><time itemprop='datePublished' datetime='2019-01-01'></ol>",
            "<div itemtype='https://schema.org/Comment'><time itemprop='datePublished' datetime='2019-01-01'></div>",
            "<footer><time datetime='2019-01-01'></footer>",
            "<div id='related'><time datetime='2019-01-01'></div>",
            "<p><time datetime='2019-01-01'></p><p><time datetime='2019-01-02'></p>",
            "<article><h2>A</h2><time datetime='2019-01-01'></article><article><h2>B</h2><time datetime='2019-01-02'></article>",
        ] {
            let found = times(&format!("<h1>T</h1>{others}"));
            assert_eq!((found.sure(), found.likely()), (None, None), "{others}");
        }
    }

    #[test]
    fn a_change_is_no_publication() {
        let changed = "<time itemprop='dateModified' datetime='2019-01-02'></time>";
        let found = times(&format!("<article><h1>T</h1>{changed}<time datetime='2019-01-01'></time></article>"));
        assert_eq!(found.sure().as_deref(), Some("2019-01-01"));
        let found = times(&format!("<article><h1>T</h1>{changed}</article>"));
        assert_eq!((found.sure(), found.likely().as_deref()), (None, Some("2019-01-02")));
    }
}
