//! What a saved page shows beside its headline: when the piece was published, and where it is from.
//!
//! A page holds other pieces, comments and a footer, all with days of their own, and none is worse than another's. So only the few lines next to
//! the headline count, and of these what is nothing but a date, or is labelled as one.

use dom_query::{Document, NodeRef};

use super::region::bare;
use super::stamp::{Stamp, labelled, stamp};
use crate::pieces::Date;
use crate::text::script::is_han;

/// What the lines beside a headline say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Beside {
    pub(super) date: Option<Date>,
    pub(super) source: Option<String>,
}

/// Lines that are looked at behind the headline, and before it.
const BEHIND: usize = 12;
const BEFORE: usize = 3;
/// Longer lines are text, in columns.
const LONG: usize = 160;
/// So many places where the title stands are looked at.
const HEADLINES: usize = 4;

impl Beside {
    /// What stands beside the headline of `page`, which says the title again.
    pub(super) fn of(page: &Document, title: Option<&str>) -> Self {
        let lines = lines(page);
        let mut found = Self::default();
        for at in headlines(&lines, title) {
            found.read(&lines, at);
            if found.date.is_some() {
                break;
            }
        }
        found
    }

    fn read(&mut self, lines: &[Line<'_>], at: usize) {
        let Some(headline) = lines.get(at) else { return };
        let near = headline.block.ancestors(Some(2)).into_iter().filter(|node| !is_named(node, &["body", "html"]));
        let near: Vec<_> = near.map(|node| node.id).collect();
        let is_near = |line: &&Line<'_>| line.block.ancestors_it(None).any(|node| near.contains(&node.id));
        let above = lines.get(at.saturating_sub(BEFORE)..at).unwrap_or_default().iter().filter(is_near);
        let mut update = None;
        self.take(lines.iter().skip(at + 1).take(BEHIND), headline, &mut update);
        self.take(above, headline, &mut update);
        self.date = self.date.or(update);
    }

    /// Takes what `lines` say, and apart from that when the piece was changed.
    fn take<'l, 'p: 'l>(&mut self, lines: impl Iterator<Item = &'l Line<'p>>, headline: &Line<'_>, update: &mut Option<Date>) {
        let mut long = 0;
        for line in lines {
            if line.is_heading && line.block.has_name("h1") {
                break;
            }
            if columns(&line.segments) > LONG {
                long += 1;
                if long > 1 {
                    break;
                }
                continue;
            }
            if is_beside(&line.block, Some(&headline.block)) {
                continue;
            }
            self.source = self.source.take().or_else(|| source(&line.segments.join("  ")).map(|(_, name, _)| name.to_owned()));
            // Below the first paragraph a day may be one that the text is about.
            let stamp = stamp_of(&line.segments).filter(|stamp| long == 0 || stamp.is_labelled);
            match stamp {
                Some(stamp) if stamp.is_update => *update = update.or(Some(stamp.date)),
                Some(stamp) => self.date = self.date.or(Some(stamp.date)),
                None => {}
            }
        }
    }
}

/// The places of lines that may be the headline: those that say the title, in a heading first; where none does, the only main heading.
fn headlines(lines: &[Line<'_>], title: Option<&str>) -> Vec<usize> {
    let main = |line: &Line<'_>| line.is_heading && line.block.has_name("h1");
    let title = bare(title.unwrap_or_default());
    let says_title = |line: &Line<'_>| {
        let said = bare(&line.segments.concat());
        let (short, long) = if said.len() < title.len() { (&said, &title) } else { (&title, &said) };
        short.chars().count() >= 4 && short.len() * 10 >= long.len() * 6 && long.contains(short.as_str())
    };
    let all = || lines.iter().enumerate().filter(|(_, line)| line.is_heading || !line.is_link);
    let mut found: Vec<usize> = all().filter(|(_, line)| says_title(line) && !is_beside(&line.block, None)).map(|(at, _)| at).collect();
    found.sort_by_key(|&at| !lines.get(at).is_some_and(|line| line.is_heading));
    if found.is_empty() {
        found.extend(all().filter(|(_, line)| main(line)).map(|(at, _)| at));
        if found.len() > 1 {
            found.clear();
        }
    }
    found.truncate(HEADLINES);
    found
}

/// A line as a page shows it, in the parts that are marked up each for itself.
struct Line<'p> {
    segments: Vec<String>,
    block: NodeRef<'p>,
    is_heading: bool,
    /// Whether it begins with a link.
    is_link: bool,
}

/// What begins a line of its own.
const BLOCKS: [&str; 36] = [
    "html",
    "body",
    "div",
    "p",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "header",
    "footer",
    "aside",
    "nav",
    "main",
    "table",
    "tbody",
    "tr",
    "td",
    "th",
    "form",
    "figure",
    "figcaption",
    "blockquote",
    "hgroup",
    "address",
    "center",
    "pre",
];

/// What is not shown, or is no text.
const UNSEEN: [&str; 12] =
    ["script", "style", "noscript", "template", "head", "title", "option", "button", "textarea", "iframe", "svg", "select"];

fn is_named(node: &NodeRef<'_>, names: &[&str]) -> bool {
    names.iter().any(|name| node.has_name(name))
}

fn lines(page: &Document) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut is_broken = true;
    for node in page.root().descendants_it() {
        if !node.is_text() {
            is_broken |= node.has_name("br") || is_named(&node, &BLOCKS);
            continue;
        }
        let text = node.text();
        if text.trim().is_empty() {
            continue;
        }
        let (mut block, mut is_seen, mut is_link) = (None, true, false);
        for around in node.ancestors_it(None) {
            is_seen &= !is_named(&around, &UNSEEN);
            is_link |= around.has_name("a");
            if is_named(&around, &BLOCKS) {
                block = Some(around);
                break;
            }
        }
        let Some(block) = block.filter(|_| is_seen) else { continue };
        match lines.last_mut() {
            Some(line) if !is_broken && line.block.id == block.id => line.segments.push(text.trim().to_owned()),
            _ => {
                let is_heading = is_named(&block, &["h1", "h2", "h3"]);
                lines.push(Line { segments: vec![text.trim().to_owned()], block, is_heading, is_link });
            }
        }
        is_broken = false;
    }
    lines
}

/// Whether `node` belongs to something else than the piece whose headline is `headline`: what the page has beside it, below it, or said about it.
pub(super) fn is_beside(node: &NodeRef<'_>, headline: Option<&NodeRef<'_>>) -> bool {
    const WORDS: [&str; 15] = [
        "comment",
        "comments",
        "commentlist",
        "related",
        "recommend",
        "recommended",
        "popular",
        "sidebar",
        "respond",
        "trending",
        "teaser",
        "promo",
        "recent",
        "footer",
        "latest",
    ];
    let around: Vec<_> = headline.map(|headline| headline.ancestors_it(None).map(|node| node.id).collect()).unwrap_or_default();
    let is_other = |node: &NodeRef<'_>| {
        let said = |name: &str| node.attr(name).unwrap_or_default().to_lowercase();
        let has_word = |value: String| value.split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.contains(&word));
        is_named(node, &["nav", "aside", "footer"])
            || has_word(said("class"))
            || has_word(said("id"))
            || said("itemtype").contains("comment")
    };
    let own = std::iter::once(*node).chain(node.ancestors_it(None));
    own.take_while(|node| !around.contains(&node.id) && !is_named(node, &["body", "html"])).any(|node| is_other(&node))
}

/// How wide a line is: a Han character takes two columns.
fn columns(segments: &[String]) -> usize {
    segments.iter().flat_map(|segment| segment.chars()).map(|c| if is_han(c) { 2 } else { 1 }).sum()
}

/// The date that a line, or one of its parts, says.
fn stamp_of(segments: &[String]) -> Option<Stamp> {
    /// Labels that stand behind something else too.
    const LABELS: [&str; 6] = ["发布时间", "發布時間", "更新时间", "更新時間", "时间：", "日期："];
    let part = |part: &str| {
        let behind = || LABELS.iter().filter_map(|label| part.get(part.find(label)?..)).find_map(stamp);
        let by_source = || source(part).and_then(|(before, _, behind)| stamp(before).or_else(|| stamp(behind)));
        stamp(part).or_else(behind).or_else(by_source)
    };
    let parts = |text: &str| text.split(['|', '｜', '•', '·', '\u{3000}']).find_map(part);
    let whole = segments.join(" ");
    let mut label = None;
    let single = || {
        segments.iter().find_map(|segment| {
            let found = parts(segment).map(|found| match label {
                Some(is_update) if !found.is_labelled => Stamp { is_update, is_labelled: true, ..found },
                _ => found,
            });
            label = labelled(segment).filter(|(rest, _)| !rest.contains(char::is_alphanumeric)).map(|(_, is_update)| is_update);
            found
        })
    };
    parts(&whole).or_else(single)
}

/// The outlet that a line names as that from which the piece is, between what stands before and behind that.
fn source(line: &str) -> Option<(&str, &str, &str)> {
    const LABELS: [&str; 5] = ["来源", "來源", "稿源", "出处", "出處"];
    /// What stands behind the name.
    const ENDS: [&str; 8] = ["作者", "编辑", "編輯", "时间", "時間", "发布", "更新", "责编"];
    /// Words that name nobody.
    const NOBODY: [&str; 8] = ["网络", "互联网", "本站", "原创", "未知", "其他", "綜合", "综合"];
    const LONGEST: usize = 20;
    let (at, label) = LABELS.iter().filter_map(|label| Some((line.find(label)?, label))).min()?;
    let rest = line.get(at + label.len()..)?.trim_start().strip_prefix([':', '：'])?.trim_start();
    let end = rest.find(|c: char| c.is_whitespace() || "|｜/（(，,。；;【[".contains(c)).unwrap_or(rest.len());
    let end = ENDS.iter().filter_map(|word| rest.find(word)).fold(end, usize::min);
    let (name, behind) = rest.split_at(end);
    let is_name = (2..=LONGEST).contains(&name.chars().count()) && name.chars().any(char::is_alphabetic) && !name.contains("://");
    (is_name && !NOBODY.contains(&name)).then_some((line.split_at(at).0, name, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beside(page: &str, title: &str) -> (Option<String>, Option<String>) {
        let found = Beside::of(&Document::from(page), Some(title));
        (found.date.map(|date| date.to_string()), found.source)
    }

    const TEXT: &str = "<p>The council met for the third time this month and heard three reports on the state of the talks, none of them good, \
        and one of them by its own secretary, who had been to the region.</p>";

    #[test]
    fn the_day_stands_beside_the_headline() {
        for (page, date) in [
            ("<h1>Talks fail again</h1><div>来源：央视网    更新时间：2022年05月30日 19:24</div>", "2022-05-30"),
            ("<h1>Talks fail again</h1><div><span>来源 : 央视网</span><span>2022-05-30 19:24</span><span>简介</span></div>", "2022-05-30"),
            ("<div class=tit>Talks fail again</div><p>A lede</p><p>Published: <b>Nov. 19, 2019, 6:18 p.m.</b></p>", "2019-11-19"),
            ("<h1>Talks fail again</h1><b>Updated:</b> May 2, 2019<br><b>Published:</b> May 1, 2019", "2019-05-01"),
            ("<h1>Talks fail again</h1><p>Jane Example | May 1, 2019 | 5 comments</p>", "2019-05-01"),
            ("<h1>Talks fail again</h1><p>Опубликовано 1 мая 2019, 10:20</p>", "2019-05-01"),
            ("<div><div>May 1, 2019</div><h1>Talks fail again</h1></div>", "2019-05-01"),
            ("<h1>Talks fail again</h1><p>Last updated May 1, 2019</p>", "2019-05-01"),
        ] {
            let top = "<div><h1>The Outlet</h1><span>Friday, June 3, 2022</span></div>";
            assert_eq!(beside(&format!("{top}{page}{TEXT}"), "Talks fail again").0.as_deref(), Some(date), "{page}");
        }
    }

    #[test]
    fn the_days_of_others_do_not_count() {
        for page in [
            format!("<p>May 1, 2019</p><p>a</p><p>b</p><p>c</p><h1>Talks fail again</h1>{TEXT}"),
            format!("<h1>Talks fail again</h1>{TEXT}{TEXT}<p>May 1, 2019</p>"),
            format!("<h1>Talks fail again</h1>{TEXT}<h4>May 1, 2019</h4>{TEXT}"),
            "<h1>Talks fail again</h1><p>What it said on May 1, 2019</p>".to_owned(),
            "<h1>Talks fail again</h1><aside>May 1, 2019</aside><div class='related list'>May 1, 2019</div>".to_owned(),
            "<h1>Talks fail again</h1><ol id=comments><li>May 1, 2019</ol><footer>May 1, 2019</footer>".to_owned(),
            "<nav><a>Talks fail again</a> May 1, 2019</nav>".to_owned(),
            "<h1>One</h1>May 1, 2019<h1>Two</h1>May 2, 2019".to_owned(),
        ] {
            assert_eq!(beside(&page, "Talks fail again").0, None, "{page}");
        }
    }

    #[test]
    fn the_source_stands_beside_the_headline() {
        for (line, source) in [
            ("来源：央视网    更新时间：2022年05月30日 19:24", Some("央视网")),
            ("<span>来源 : </span><a>新华社</a> <span>作者：孙一</span>", Some("新华社")),
            ("2022-05-30 來源:中央社", Some("中央社")),
            ("来源：网络", None),
            ("他谈到收入来源", None),
        ] {
            assert_eq!(beside(&format!("<h1>会谈再次失败</h1><div>{line}</div>"), "会谈再次失败").1.as_deref(), source, "{line}");
        }
        assert_eq!(beside(&format!("<h1>会谈再次失败</h1>{TEXT}{TEXT}<p>来源：央视网</p>"), "会谈再次失败").1, None);
    }
}
