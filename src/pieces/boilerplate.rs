//! Boilerplate: paragraphs that stand at the edges of many pages of a site, and are none of their articles. Pure.
//!
//! Extraction tells a page from itself alone, and lets some of what stands around every article of a site through: who may be followed where,
//! what may not be copied, whose newsletter is to be had. What these are is told by other pages of the site. It is a matter of the pages as
//! extraction gives them, and of all of them alike: not of what was left out of others, nor of which came first. So whoever keeps the
//! [`Outline`] of each can tell it again whenever pages come or go.
//!
//! Articles repeat things too: a lede over the parts of a series, what happened last year in all that is said of it this year, the last line of
//! statements. And they are there several times: saved again, printed, under another address, gone on with. Leaving out what is text is worse
//! than letting through what is none, so a paragraph of boilerplate has to be all of this:
//! - It stands on at least [`FEWEST`] articles of the site, and on at least one in [`SHARE`].
//! - Articles are told apart by their longest paragraphs: pages that share one, or their address, are one article; and a page most of whose
//!   longest paragraphs stand on several others has nothing of its own and is none.
//! - It stands at the edge: on nine of ten articles that have it nothing but boilerplate lies between it and the first or last paragraph.
//!
//! What is left out of a page is its boilerplate from the edge inwards, up to the innermost paragraph that is more than a few letters long; and
//! never all of what is most of the page.

use std::collections::BTreeMap;

use foldhash::{HashMap, HashSet};

use super::read::bare;

/// Articles that a paragraph of boilerplate stands on, at the least.
pub const FEWEST: usize = 5;
/// One in so many articles of the site has it, at the least. Sites are rebuilt, so that pages of many years have the boilerplate of their own times.
pub const SHARE: usize = 3;
/// Paragraphs from a page's beginning, and from its end, among which boilerplate is looked for.
const FIRST: usize = 4;
const LAST: usize = 12;
/// A page's longest paragraphs, by which it is told apart.
const LONGEST: usize = 4;
/// Bytes of letters (of which Han takes three each, as it should) of a paragraph that may be the innermost of boilerplate, at the least, …
const SHORT: usize = 16;
/// … and of any at the most.
const LONG: usize = 600;
/// So many pages of a site stand for all: those with the least digests, which are chosen by no order, and seldom others when pages come.
const SAMPLE: usize = 256;

/// What tells the boilerplate of a site from its pages, and a page from others. Paragraphs are hashes of their letters; of those that are more than
/// a few letters the last bit is set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// Its address, hashed; 0 if that is not known.
    pub address: u64,
    /// How many paragraphs it has.
    pub paragraphs: usize,
    /// Its first and last paragraphs, or all if these are no more. Those that are too long to be boilerplate are 0.
    pub edges: Vec<u64>,
    /// Its longest paragraphs, the longest first.
    pub longest: Vec<u64>,
}

/// What a saved page has beside its text, if it is known what site it is of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Margins {
    /// The site: its host, or its name.
    pub site: String,
    /// What it was told by, as extracted.
    pub outline: Outline,
    /// Paragraphs that were left out before the text, …
    pub head: Vec<String>,
    /// … and behind it.
    pub tail: Vec<String>,
}

/// The boilerplate of a site: paragraphs, by their hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Boilerplate(HashSet<u64>);

/// The pages that stand for all of a site.
#[derive(Clone, Debug, Default)]
pub struct Sample(BTreeMap<u64, Outline>);

impl Outline {
    /// That of a page with this text, an empty line between paragraphs.
    fn of(text: &str, url: Option<&str>) -> Self {
        let mut paragraphs: Vec<(usize, u64)> = text.split(BETWEEN).map(measured).collect();
        let count = paragraphs.len();
        let mut edges: Vec<u64> = paragraphs.iter().map(|&(length, hash)| if length > LONG { 0 } else { hash }).collect();
        if count > FIRST + LAST {
            edges.drain(FIRST..count - LAST);
        }
        paragraphs.sort_unstable_by(|a, b| b.cmp(a));
        paragraphs.dedup();
        let longest = paragraphs.iter().take(LONGEST).map(|&(_, hash)| hash).collect();
        let address = url.map(|url| url.split('#').next().unwrap_or_default().trim_end_matches('/'));
        let address = address.map(|url| url.split_once("://").map_or(url, |(_, rest)| rest)).map_or(0, hashed);
        Self { address, paragraphs: count, edges, longest }
    }

    /// The paragraphs among which boilerplate is looked for: the first, and the last.
    fn zones(&self) -> (&[u64], &[u64]) {
        let (first, last) = (FIRST.min(self.edges.len()), self.edges.len().saturating_sub(LAST));
        (self.edges.get(..first).unwrap_or_default(), self.edges.get(last..).unwrap_or_default())
    }

    fn digest(&self) -> u64 {
        let parts =
            [self.address, self.paragraphs as u64].into_iter().chain(self.edges.iter().copied()).chain(self.longest.iter().copied());
        beginning(&blake3::hash(&parts.flat_map(u64::to_le_bytes).collect::<Vec<u8>>()))
    }
}

/// What stands between paragraphs of a page's text.
const BETWEEN: &str = "\n\n";

/// The bytes of a paragraph's letters, and their hash.
fn measured(paragraph: &str) -> (usize, u64) {
    let letters = bare(paragraph);
    let hash = hashed(&letters);
    (letters.len(), if letters.len() < SHORT { hash & !1 } else { hash | 1 })
}

fn hashed(text: &str) -> u64 {
    beginning(&blake3::hash(text.as_bytes()))
}

fn beginning(hash: &blake3::Hash) -> u64 {
    // 0 says that there is none.
    hash.as_bytes().first_chunk().map_or(2, |bytes| u64::from_le_bytes(*bytes)).max(2)
}

const fn is_short(hash: u64) -> bool {
    hash & 1 == 0
}

impl Margins {
    /// Those of a page with this text as extracted, published at `url` by `source`; if these tell its site.
    #[must_use]
    pub fn of(text: &str, url: Option<&str>, source: Option<&str>) -> Option<Box<Self>> {
        let site = url.and_then(host).or_else(|| source.map(bare)).filter(|site| !site.is_empty())?;
        Some(Box::new(Self { site, outline: Outline::of(text, url), ..Self::default() }))
    }

    /// Leaves what is to be left out of `text`, that of the page with what was left out so far, and puts back what is not.
    pub(super) fn settle(&mut self, text: &mut String, boilerplate: &Boilerplate) {
        let (head, tail) = boilerplate.of_page(&self.outline);
        if (head, tail) == (self.head.len(), self.tail.len()) {
            return;
        }
        let kept = text.split(BETWEEN).map(ToOwned::to_owned);
        let mut whole: Vec<String> = self.head.drain(..).chain(kept).chain(self.tail.drain(..)).collect();
        self.tail = whole.split_off(whole.len().saturating_sub(tail));
        self.head = whole.drain(..head.min(whole.len())).collect();
        *text = whole.join(BETWEEN);
    }
}

/// The host in an address, without what tells its forms for small screens.
fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://").map(|(_, rest)| rest).or_else(|| url.strip_prefix("//"))?;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?.to_lowercase();
    let bare = ["www.", "m.", "mobile.", "amp."].iter().find_map(|start| host.strip_prefix(start)).unwrap_or(&host);
    bare.contains('.').then(|| bare.to_owned())
}

impl Sample {
    /// Takes a page in, if it is one of those that stand for all.
    pub fn add(&mut self, outline: Outline) {
        self.0.insert(outline.digest(), outline);
        if self.0.len() > SAMPLE {
            self.0.pop_last();
        }
    }

    /// How many pages stand for all.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The boilerplate of the site.
    #[must_use]
    pub fn boilerplate(&self) -> Boilerplate {
        let pages: Vec<&Outline> = self.0.values().collect();
        if pages.len() < FEWEST {
            return Boilerplate::default();
        }
        let common = common(&pages);
        let articles = articles(&pages, &common);
        let all: HashSet<usize> = articles.iter().map(|&(_, article)| article).collect();
        let mut standing: HashMap<u64, HashSet<usize>> = HashMap::default();
        for (page, article) in &articles {
            for &paragraph in page.edges.iter().filter(|paragraph| common.contains(paragraph)) {
                standing.entry(paragraph).or_default().insert(*article);
            }
        }
        standing.retain(|_, on| on.len() >= FEWEST && on.len() * SHARE >= all.len());
        let mut boilerplate = Boilerplate(standing.into_keys().collect());
        while boilerplate.lose_inner(&articles) {}
        boilerplate
    }
}

/// The paragraphs that stand on several pages.
fn common(pages: &[&Outline]) -> HashSet<u64> {
    let mut counts: HashMap<u64, usize> = HashMap::default();
    for page in pages {
        let paragraphs: HashSet<u64> = page.edges.iter().chain(&page.longest).copied().filter(|&paragraph| paragraph != 0).collect();
        for paragraph in paragraphs {
            *counts.entry(paragraph).or_default() += 1;
        }
    }
    counts.into_iter().filter(|&(_, count)| count >= FEWEST).map(|(paragraph, _)| paragraph).collect()
}

/// The pages with something of their own, and for each which article it is: pages of one have the same number.
fn articles<'p>(pages: &[&'p Outline], common: &HashSet<u64>) -> Vec<(&'p Outline, usize)> {
    let mut found: Vec<&Outline> = Vec::new();
    let mut of: Vec<usize> = Vec::new();
    let mut known: HashMap<u64, usize> = HashMap::default();
    for &page in pages {
        let own: Vec<u64> = page.longest.iter().copied().filter(|paragraph| !common.contains(paragraph)).collect();
        if own.len() * 2 < page.longest.len() {
            continue;
        }
        let at = found.len();
        found.push(page);
        of.push(at);
        for sign in own.into_iter().chain([page.address]).filter(|&sign| sign != 0) {
            let other = *known.entry(sign).or_insert(at);
            if let (Some(&mine), Some(&other)) = (of.get(at), of.get(other)) {
                of.iter_mut().filter(|article| **article == mine).for_each(|article| *article = other);
            }
        }
    }
    found.into_iter().zip(of).collect()
}

impl Boilerplate {
    /// How many of a page's first and last paragraphs are to be left out.
    #[must_use]
    pub fn of_page(&self, page: &Outline) -> (usize, usize) {
        let (first, last) = page.zones();
        let (head, tail) = self.runs(page);
        let head = first.get(..head).unwrap_or_default().iter().rposition(|&paragraph| !is_short(paragraph)).map_or(0, |at| at + 1);
        let run = last.get(last.len() - tail..).unwrap_or_default();
        let tail = run.iter().position(|&paragraph| !is_short(paragraph)).map_or(0, |at| run.len() - at);
        let out = |paragraph: &u64| first.iter().take(head).chain(last.iter().rev().take(tail)).any(|other| other == paragraph);
        let is_most = head + tail >= page.paragraphs || page.longest.iter().take(2).all(out);
        if is_most { (0, 0) } else { (head, tail) }
    }

    /// How many of a page's first paragraphs are boilerplate one after the other, and how many of its last.
    fn runs(&self, page: &Outline) -> (usize, usize) {
        let (first, last) = page.zones();
        let is_one = |paragraph: &&u64| self.0.contains(*paragraph);
        (first.iter().take_while(is_one).count(), last.iter().rev().take_while(is_one).count())
    }

    /// Takes out those that too often stand further inside; whether there were any.
    fn lose_inner(&mut self, articles: &[(&Outline, usize)]) -> bool {
        let mut counts: HashMap<u64, (usize, usize)> = HashMap::default();
        for (page, _) in articles {
            let (first, last) = page.zones();
            let (head, tail) = self.runs(page);
            let outer: HashSet<u64> = first.iter().take(head).chain(last.iter().rev().take(tail)).copied().collect();
            let all: HashSet<u64> = page.edges.iter().copied().filter(|paragraph| self.0.contains(paragraph)).collect();
            for paragraph in all {
                let (pages, at_edge) = counts.entry(paragraph).or_default();
                *pages += 1;
                *at_edge += usize::from(outer.contains(&paragraph));
            }
        }
        let before = self.0.len();
        self.0.retain(|paragraph| counts.get(paragraph).is_some_and(|(pages, at_edge)| at_edge * 10 >= pages * 9));
        self.0.len() < before
    }
}

#[cfg(test)]
#[path = "boilerplate_tests.rs"]
mod tests;
