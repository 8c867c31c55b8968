//! Lines of a saved page that stand in its article and are none of it: what a picture or an advertisement is announced by, when the page was
//! put there, and links to other pieces, in the text or in rows of subjects below it.

use dom_query::Document;
use foldhash::HashSet;

use super::region::ends_sentence;
use super::stamp::is_time;
use crate::pieces::piece::one_line;

/// The paragraphs without those lines.
pub(super) fn without_labels(paragraphs: Vec<String>, page: &Document) -> Vec<String> {
    let paragraphs = paragraphs.into_iter().filter(|paragraph| !is_label(paragraph)).collect();
    without_head(without_links(paragraphs, page))
}

/// Lines that label something else than text, in small letters.
const LABELS: [&str; 34] = [
    "ad",
    "advert",
    "advertisement",
    "advertising",
    "sponsored",
    "sponsored links",
    "sponsored content",
    "back to gallery",
    "see full gallery",
    "view gallery",
    "text size",
    "print",
    "share",
    "share this article",
    "tweet",
    "tags",
    "topics",
    "by",
    "read more",
    "iklan",
    "publicidad",
    "publicidade",
    "publicité",
    "anzeige",
    "werbung",
    "pubblicità",
    "реклама",
    "广告",
    "廣告",
    "広告",
    "スポンサーリンク",
    "광고",
    "إعلان",
    "loading",
];

fn is_label(paragraph: &str) -> bool {
    let line = paragraph.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if LABELS.contains(&line.as_str()) {
        return true;
    }
    // Image 1 of 5.
    let mut words = line.split_whitespace();
    let number = |word: Option<&str>| word.is_some_and(|word| word.parse::<u16>().is_ok());
    matches!(words.next(), Some("image" | "photo" | "slide" | "picture"))
        && number(words.next())
        && words.next() == Some("of")
        && number(words.next())
        && words.next().is_none()
}

/// What announces a single other piece, in small letters.
const ANNOUNCE: [&str; 18] = [
    "related",
    "also",
    "see also",
    "also read",
    "read also",
    "also on",
    "read more",
    "read next",
    "more",
    "watch",
    "leggi anche",
    "lire aussi",
    "lea también",
    "leia também",
    "lesen sie auch",
    "читайте также",
    "相关",
    "延伸阅读",
];

/// The paragraphs without those that are nothing but a link to another piece: announced as such, or in a row of them, or below the text. Where
/// they are a good part of all, the links are what the page is about.
fn without_links(paragraphs: Vec<String>, page: &Document) -> Vec<String> {
    const ROW: usize = 3;
    /// Lines of fewer characters on the average are what a table or a list says.
    const HEADLINE: usize = 20;
    let links: HashSet<String> = page.select("a[href]").iter().map(|link| one_line(&link.text())).filter(|text| !text.is_empty()).collect();
    let is_link = |paragraph: &str| !paragraph.contains("://") && !ends_sentence(paragraph) && links.contains(paragraph);
    let is_announced = |paragraph: &str| {
        let line = paragraph.trim_matches(|c: char| c.is_whitespace() || "[]()".contains(c));
        line.split_once([':', '：'])
            .is_some_and(|(label, rest)| ANNOUNCE.contains(&label.trim().to_lowercase().as_str()) && links.contains(rest.trim()))
    };
    let mut linked: Vec<bool> = paragraphs.iter().map(|paragraph| is_announced(paragraph)).collect();
    let mut at = 0;
    while at < paragraphs.len() {
        let row = paragraphs.iter().skip(at).take_while(|paragraph| is_link(paragraph)).count();
        let letters: usize = paragraphs.iter().skip(at).take(row).map(|paragraph| paragraph.chars().count()).sum();
        let is_last = at + row == paragraphs.len();
        if row > 0 && (is_last || row >= ROW && letters >= HEADLINE * row) {
            linked.iter_mut().skip(at).take(row).for_each(|linked| *linked = true);
        }
        at += row.max(1);
    }
    let letters = |wanted: bool| {
        paragraphs
            .iter()
            .zip(&linked)
            .filter(|(_, linked)| **linked == wanted)
            .map(|(paragraph, _)| paragraph.chars().count())
            .sum::<usize>()
    };
    if letters(true) * 3 > letters(false) {
        return paragraphs;
    }
    paragraphs.into_iter().zip(linked).filter(|(_, linked)| !linked).map(|(paragraph, _)| paragraph).collect()
}

/// The paragraphs without the first ones that are no more than a date or a time.
fn without_head(mut paragraphs: Vec<String>) -> Vec<String> {
    const LINES: usize = 6;
    let first = paragraphs.iter().take(LINES).take_while(|paragraph| is_time(paragraph)).count();
    if first < paragraphs.len() {
        paragraphs.drain(..first);
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str =
        "The council met for the third time this month and heard three reports on the state of the talks, none of them good.";

    fn cleaned(paragraphs: &[&str], links: &[&str]) -> Vec<String> {
        let links: Vec<String> = links.iter().map(|link| format!("<a href='/x'>{link}</a>")).collect();
        without_labels(paragraphs.iter().map(|&paragraph| paragraph.to_owned()).collect(), &Document::from(links.concat()))
    }

    #[test]
    fn labels_and_dates_above_the_text_are_left_out() {
        let page =
            ["November 20", "15:23", "2019年11月20日 15:23", LONG, "ADVERTISEMENT", "Image 2 of 5", "2019", "By then it was late.", LONG];
        assert_eq!(cleaned(&page, &[]), [LONG, "2019", "By then it was late.", LONG]);
        assert_eq!(cleaned(&["2019", "15:23"], &[]), ["2019", "15:23"], "a page that is nothing else");
    }

    #[test]
    fn links_to_other_pieces_are_left_out() {
        let titles = ["Envoys leave the talks without a word", "The price of coal is rising again", "What the sanctions did to shipping"];
        let announced = format!("[Related: {}]", titles[0]);
        let row = [LONG, titles[0], titles[1], titles[2], LONG, LONG, LONG, announced.as_str(), LONG, "Trade", "Asia"];
        assert_eq!(cleaned(&row, &[titles[0], titles[1], titles[2], "Trade", "Asia"]), [LONG; 5]);
        // One in the text may be a heading, what is not linked a line of the text, and a page of links is about them.
        let single = [LONG, titles[0], LONG, "Trade", "Asia"];
        assert_eq!(cleaned(&single, &[titles[0], "Trade"]), single);
        assert_eq!(cleaned(&titles, &titles), titles);
    }
}
