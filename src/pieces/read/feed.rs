//! Feeds: RSS and Atom, each entry a piece.

use serde_json::{Map, Value, json};

use super::{Limits, Reading, escaped, html};
use crate::pieces::piece::cut_name;
use crate::pieces::{Date, Lines, Piece, Reason, Skipped};

/// The most entries of a feed. Exports of whole sites have some ten thousand.
const ENTRIES: usize = 200_000;

/// What a feed's categories call the kind of a piece.
const KINDS: [&str; 4] = ["opinion", "news", "statement", "interview"];

/// The entries of the feed in `text`. An XML file that is no feed is nothing that can be read here.
pub(super) fn read(text: &str, limits: &Limits) -> Reading {
    // Empty ones take a hundred times their length.
    if text.matches("<item").count() + text.matches("<entry").count() > ENTRIES {
        return Reading::left_out(Reason::Broken(format!("a feed of more than {ENTRIES} entries")));
    }
    // The parser turns times into UTC, which moves an evening's piece to the next day: what it is given is the day that the feed names.
    let parser = feed_rs::parser::Builder::new()
        .sanitize_content(false)
        .timestamp_parser(|time| Date::parse(time).and_then(|date| format!("{date}T12:00:00Z").parse().ok()))
        .build();
    let feed = match parser.parse(without_declarations(text).as_bytes()) {
        Ok(feed) => feed,
        Err(error) => return Reading::left_out(Reason::Unsupported(format!("XML, but not a feed: {error}"))),
    };
    let outlet = feed.title.map(|title| cut_name(&title.content));
    let mut reading = Reading::default();
    for (entry, number) in feed.entries.into_iter().zip(1_u64..) {
        let markup = entry.content.and_then(|content| content.body).or(entry.summary.map(|summary| summary.content));
        let categories: Vec<String> = entry.categories.into_iter().map(|category| category.label.unwrap_or(category.term)).collect();
        let kind = categories.iter().map(|name| name.to_lowercase()).find(|name| KINDS.contains(&name.as_str()));
        let fields: Map<String, Value> = [
            ("title", json!(entry.title.and_then(|title| html::plain(&title.content, limits).ok()))),
            ("date", json!(entry.published.or(entry.updated).map(|time| time.to_string()))),
            ("authors", json!(entry.authors.into_iter().filter_map(|author| author.name).collect::<Vec<_>>())),
            ("source", json!(outlet)),
            ("lang", json!(entry.language.or_else(|| feed.language.clone()))),
            ("url", json!(entry.links.into_iter().next().map(|link| link.href))),
            ("kind", json!(kind)),
            ("tags", json!(categories)),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
        let text = match markup.map(|markup| escaped::text(&markup, limits)).transpose() {
            Ok(text) => text.unwrap_or_default(),
            Err(reason) => {
                reading.skipped.push(Skipped::file(reason));
                continue;
            }
        };
        let piece = Piece { record: Some(number), text, lines: Lines::None, ..Piece::from_fields(&fields) };
        if piece.is_empty() {
            reading.skipped.push(Skipped::file(Reason::NoRecord));
        } else {
            reading.pieces.push(piece);
        }
    }
    reading
}

/// `text` without what it says of its encoding: it has been decoded, and a parser that believes it would do so again. One declaration stands at
/// the top; further ones, and text before it, are a fault at which the parser stops the program.
fn without_declarations(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = rest.find('<').and_then(|at| rest.split_at_checked(at)) {
        // In these it is what somebody wrote.
        let quoted = [("<![CDATA[", "]]>"), ("<!--", "-->")].into_iter().find(|(start, _)| from.starts_with(start));
        let end_of = |mark: &str| from.find(mark).map_or(from.len(), |at| at + mark.len());
        let is_declaration = from.strip_prefix("<?xml").is_some_and(|next| next.starts_with(char::is_whitespace));
        let end = match quoted {
            Some((_, end)) => end_of(end),
            None if is_declaration => end_of(">"),
            None => 1,
        };
        let (these, behind) = from.split_at_checked(end).unwrap_or((from, ""));
        out.push_str(before);
        out.push_str(if is_declaration { "" } else { these });
        rest = behind;
    }
    out.push_str(rest);
    out.trim_start().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Reading {
        super::read(text, &Limits::default())
    }

    #[test]
    fn markup_nested_too_deep_costs_its_entry_alone() {
        let entry = |body: &str| format!("<item><title>T</title><description>{}</description></item>", body.replace('<', "&lt;"));
        let deep = "<div>".repeat(100_000);
        let reading =
            read(&format!("<rss version='2.0'><channel><title>F</title>{}{}</channel></rss>", entry(&deep), entry("<p>Words.</p>")));
        assert_eq!((reading.pieces.len(), reading.skipped.len()), (1, 1));
        assert!(matches!(reading.skipped[0].reason, Reason::TooDeep(_)));
    }

    #[test]
    fn xml_nested_deep_is_no_feed() {
        let reading = read(&"<a>".repeat(1_000_000));
        assert!(reading.pieces.is_empty() && reading.skipped.len() == 1);
    }

    #[test]
    fn entries_of_rss_and_atom_are_pieces() {
        let rss = "<rss version='2.0'><channel><title>The Feed</title><language>en-gb</language><item><title>One &amp; all</title>\
            <link>https://feed.example/1</link><pubDate>Thu, 06 Apr 2023 23:30:00 -0800</pubDate><category>opinion</category>\
            <description>&lt;p&gt;First &lt;b&gt;words&lt;/b&gt;.&lt;/p&gt;&lt;p&gt;Second.&lt;/p&gt;</description></item></channel></rss>";
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>The Feed</title><id>x</id><updated>2023-04-06T23:30:00-08:00</updated>\
            <entry><id>1</id><title>One &amp; all</title><author><name>Jane Example &amp;#38; Co</name></author><updated>2023-04-06T23:30:00-08:00</updated>\
            <content type='html'>&lt;p&gt;First words.&lt;/p&gt;&lt;p&gt;Second.&lt;/p&gt;</content></entry></feed>";
        for (feed, author) in [(rss, None), (atom, Some("Jane Example & Co"))] {
            let reading = read(feed);
            let [piece] = reading.pieces.as_slice() else { panic!("{reading:?}") };
            assert_eq!((piece.title.as_deref(), piece.text.as_str()), (Some("One & all"), "First words.\n\nSecond."));
            assert_eq!((piece.source.as_deref(), piece.record), (Some("The Feed"), Some(1)));
            assert_eq!(piece.date.unwrap().to_string(), "2023-04-06");
            assert_eq!(piece.authors.first().map(String::as_str), author);
        }
        assert_eq!(read(rss).pieces[0].kind.as_deref(), Some("opinion"));
    }

    #[test]
    fn what_a_feed_says_of_its_encoding_is_past() {
        let feed = "<rss version='2.0'><channel><title>新闻</title><item><title>一</title><description><![CDATA[安理会 <?xml version='1.0'?> \
            表决。]]></description></item></channel></rss>";
        let declared = "<?xml version='1.0' encoding='gb2312'?>";
        for text in [format!("{declared}{feed}"), format!("\n <!-- a --> {declared}{feed}"), format!("{declared}{declared}{feed}")] {
            let reading = read(&text);
            let [piece] = reading.pieces.as_slice() else { panic!("{text}: {reading:?}") };
            assert_eq!((piece.source.as_deref(), piece.title.as_deref()), (Some("新闻"), Some("一")));
            assert!(piece.text.starts_with("安理会") && piece.text.ends_with("表决。"), "{}", piece.text);
        }
        assert_eq!(without_declarations("<a><!-- <?xml ?> --><b/><?xmlish?></a><?xml"), "<a><!-- <?xml ?> --><b/><?xmlish?></a><?xml");
    }

    #[test]
    fn other_xml_is_no_feed() {
        for text in ["<svg></svg>", "<rss", "", "no markup"] {
            assert!(matches!(read(text).skipped[0].reason, Reason::Unsupported(_)), "{text}");
        }
    }
}
