use proptest::prelude::*;

use super::*;

const FOLLOW: &str = "Follow our correspondents for the latest from the region.";
const RIGHTS: &str = "No part of this may be copied without leave of the publisher.";

/// A paragraph that is said once.
fn own(page: usize, paragraph: usize) -> String {
    let words = ["coal", "council", "minister", "border", "talks", "harbour", "budget", "envoy"];
    let word = |step: usize| words[(page * 5 + paragraph * 3 + step) % words.len()];
    format!("In report {page}, part {paragraph}, the {} and the {} are said to bear on the {} once more.", word(0), word(1), word(2))
}

/// The paragraphs of an article, all its own.
fn article(page: usize) -> Vec<String> {
    (0..6).map(|paragraph| own(page, paragraph)).collect()
}

fn with(page: usize, tail: &[&str]) -> Vec<String> {
    article(page).into_iter().chain(tail.iter().map(|&paragraph| paragraph.to_owned())).collect()
}

fn margins(address: usize, paragraphs: &[String]) -> Margins {
    *Margins::of(&paragraphs.join("\n\n"), Some(&format!("https://www.outlet.example/{address}")), None).unwrap()
}

/// What is left out of each page of a site, each at an address of its own.
fn left_out(pages: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut sample = Sample::default();
    pages.iter().enumerate().for_each(|(address, page)| sample.add(margins(address, page).outline));
    let boilerplate = sample.boilerplate();
    let of_page = |(address, page): (usize, &Vec<String>)| {
        let (mut margins, mut text) = (margins(address, page), page.join("\n\n"));
        margins.settle(&mut text, &boilerplate);
        assert_eq!([margins.head.clone(), text.split("\n\n").map(ToOwned::to_owned).collect(), margins.tail.clone()].concat(), *page);
        margins.head.into_iter().chain(margins.tail).collect()
    };
    pages.iter().enumerate().map(of_page).collect()
}

/// How many pages lose something.
fn losing(pages: &[Vec<String>]) -> usize {
    left_out(pages).iter().filter(|out| !out.is_empty()).count()
}

#[test]
fn what_stands_at_the_edges_of_many_pages_is_left_out() {
    let pages: Vec<_> = (0..6).map(|page| with(page, &[FOLLOW, RIGHTS])).collect();
    assert_eq!(left_out(&pages), vec![[FOLLOW, RIGHTS]; 6]);
    // Before the text too, in either case, whatever stands between the words; and each page loses what it has.
    let mut pages: Vec<_> = (0..6).map(|page| [vec![FOLLOW.to_uppercase()], article(page)].concat()).collect();
    pages.extend((6..9).map(|page| with(page, &[FOLLOW])));
    pages.push(article(9));
    assert_eq!(left_out(&pages).iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 1, 1, 1, 1, 1, 1, 1, 0]);
    let pages: Vec<_> = (0..5).map(|page| with(page, &["责任编辑：某某某"])).collect();
    assert_eq!(left_out(&pages), vec![["责任编辑：某某某"]; 5]);
}

#[test]
fn short_articles_are_articles() {
    let pages: Vec<_> = (0..6).map(|page| vec![own(page, 0), format!("{FOLLOW} {RIGHTS} {FOLLOW} {RIGHTS}")]).collect();
    assert_eq!(losing(&pages), 6);
}

#[test]
fn few_pages_tell_nothing() {
    let pages = |with_it: usize, without: usize| -> Vec<_> {
        (0..with_it).map(|page| with(page, &[FOLLOW])).chain((with_it..with_it + without).map(article)).collect()
    };
    for (with_it, without, losing_it) in [(4, 0, 0), (5, 0, 5), (5, 10, 5), (5, 11, 0), (80, 160, 80), (40, 200, 0)] {
        assert_eq!(losing(&pages(with_it, without)), losing_it, "{with_it} with it and {without} without");
    }
}

#[test]
fn copies_are_one_article() {
    // The same under many addresses, beside some others.
    let mut pages = vec![article(0); 9];
    pages.extend((1..4).map(article));
    assert_eq!(losing(&pages), 0);
    // With another first line and another end each; one of its paragraphs changed in each; gone on with from one to the next.
    let others: Vec<_> = (20..24).map(article).collect();
    let retitled = |copy: usize| [vec![format!("Copy {copy}")], article(0), vec![format!("Printed on day {copy}")]].concat();
    let changed = |copy: usize| (0..6).map(|part| own(if part == 1 { copy } else { 0 }, part)).collect();
    let grown = |copy: usize| [(0..=copy).rev().map(|update| own(100 + update, 7)).collect(), article(0)].concat();
    for (name, copies) in [
        ("retitled", (0..8).map(retitled).collect::<Vec<_>>()),
        ("changed", (0..8).map(changed).collect()),
        ("grown", (0..8).map(grown).collect()),
    ] {
        assert_eq!(losing(&[copies, others.clone()].concat()), 0, "{name}");
    }
    // The same address, saved again and again while it changed from one end to the other.
    let mut sample = Sample::default();
    (0..8).for_each(|time| sample.add(margins(0, &with(time, &[FOLLOW])).outline));
    assert_eq!(sample.boilerplate(), Boilerplate::default());
}

#[test]
fn what_articles_repeat_is_text() {
    const BACKGROUND: &str = "The two have been at odds over the harbour since the treaty was left.";
    // Last in some, and further up in others.
    let in_the_middle = |page: usize| [article(page), vec![BACKGROUND.to_owned(), own(page, 8)]].concat();
    let pages: Vec<_> = (0..6).map(|page| with(page, &[BACKGROUND])).chain((6..9).map(in_the_middle)).collect();
    assert_eq!(losing(&pages), 0);
    // A lede over the parts of a series, in a fifth of what the site has.
    let series = (0..8).map(|page| [vec!["Part of a series on what became of the harbour.".to_owned()], article(page)].concat());
    let pages: Vec<_> = series.chain((8..40).map(article)).collect();
    assert_eq!(losing(&pages), 0);
    // What is as long as a paragraph of an article.
    let long = "And they will not have said it for the last time in these halls. ".repeat(14);
    assert_eq!(losing(&(0..8).map(|page| with(page, &[&long])).collect::<Vec<_>>()), 0);
}

#[test]
fn short_lines_go_with_what_stands_further_in() {
    let pages: Vec<_> = (0..6).map(|page| with(page, &["Thank you.", FOLLOW, "Share", RIGHTS, "Print"])).collect();
    assert_eq!(left_out(&pages), vec![[FOLLOW, "Share", RIGHTS, "Print"]; 6]);
    let pages: Vec<_> = (0..6).map(|page| with(page, &["Thank you."])).collect();
    assert_eq!(losing(&pages), 0);
}

#[test]
fn a_page_of_boilerplate_keeps_it() {
    let mut pages: Vec<_> = (0..6).map(|page| with(page, &[FOLLOW, RIGHTS])).collect();
    pages.push(vec![FOLLOW.to_owned(), RIGHTS.to_owned()]);
    pages.push(vec!["Closed".to_owned(), FOLLOW.to_owned(), RIGHTS.to_owned()]);
    let out = left_out(&pages);
    assert_eq!(out.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 2, 2, 2, 2, 0, 0]);
}

#[test]
fn a_site_is_a_host_or_a_name() {
    let site = |url, source| Margins::of("Text", url, source).map(|margins| margins.site);
    for (url, source, expected) in [
        (Some("https://www.Outlet.example:8080/a?b"), Some("Outlet"), Some("outlet.example")),
        (Some("//m.outlet.example/a"), None, Some("outlet.example")),
        (Some("http://reader@news.outlet.example"), None, Some("news.outlet.example")),
        (Some("/a/b"), Some("The Outlet"), Some("theoutlet")),
        (Some("file:///home/a.html"), None, None),
        (None, Some("央视网"), Some("央视网")),
        (None, None, None),
    ] {
        assert_eq!(site(url, source).as_deref(), expected, "{url:?} {source:?}");
    }
}

proptest! {
    /// Whatever pages there are, in whatever order they come: the same is left out.
    #[test]
    fn the_order_of_pages_tells_nothing(
        pages in prop::collection::vec((0_usize..12, prop::collection::vec(0_usize..4, 0..3), prop::collection::vec(0_usize..4, 0..3)), 1..24),
        turned in 0_usize..24,
    ) {
        let page = |(number, (of, head, tail)): (usize, &(usize, Vec<usize>, Vec<usize>))| {
            let lines = |parts: &[usize]| parts.iter().map(|&part| own(99, part)).collect::<Vec<_>>();
            margins(number % 20, &[lines(head), article(*of), lines(tail)].concat()).outline
        };
        let mut pages: Vec<Outline> = pages.iter().enumerate().map(page).collect();
        let boilerplate = |pages: &[Outline]| {
            let mut sample = Sample::default();
            for page in pages {
                sample.add(page.clone());
            }
            sample.boilerplate()
        };
        let found = boilerplate(&pages);
        let turned = turned % pages.len();
        pages.rotate_left(turned);
        prop_assert_eq!(&found, &boilerplate(&pages));
        pages.reverse();
        prop_assert_eq!(&found, &boilerplate(&pages));
    }

    #[test]
    fn what_was_left_out_can_be_put_back(page in prop::collection::vec(0_usize..8, 1..20), all in prop::collection::vec(0_usize..8, 0..8)) {
        let text = page.iter().map(|&part| own(1, part)).collect::<Vec<_>>().join("\n\n");
        let boilerplate = Boilerplate(all.iter().map(|&part| measured(&own(1, part)).1).collect());
        let (before, mut cut) = (*Margins::of(&text, None, Some("x")).unwrap(), text.clone());
        let mut margins = before.clone();
        margins.settle(&mut cut, &boilerplate);
        prop_assert_eq!(boilerplate.of_page(&margins.outline), (margins.head.len(), margins.tail.len()));
        prop_assert!(!cut.is_empty());
        margins.settle(&mut cut, &Boilerplate::default());
        prop_assert_eq!((cut, margins), (text, before));
    }
}
