//! The sites of saved pages, and their boilerplate: what recurs over the pages of one and is left out of each.
//!
//! The header of a page keeps its outline as extraction gave it, whatever was left out since, and what that was. So the boilerplate of a site is a
//! matter of the pages that are there, and a page can be made again without its file, with less or with more.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashMap;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tantivy::DocId;
use tantivy::columnar::BytesColumn;

use super::fields::Meta;
use super::{Error, Reader, Segment};
use crate::pieces::boilerplate::{Margins, Outline, Sample};

/// An outline as it is kept: hashes take all their bytes.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredOutline {
    address: [u8; 8],
    paragraphs: usize,
    edges: Vec<[u8; 8]>,
    longest: Vec<[u8; 8]>,
}

/// What was left out of a page, before its text and behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LeftOut {
    pub(super) head: Vec<String>,
    pub(super) tail: Vec<String>,
}

/// A paragraph that is left out of the pages of a site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BoilerplateParagraph {
    /// The site.
    pub site: String,
    /// The paragraph.
    pub text: String,
    /// Of how many pages.
    pub pages: u64,
}

impl From<&Outline> for StoredOutline {
    fn from(outline: &Outline) -> Self {
        let bytes = |hashes: &[u64]| hashes.iter().map(|hash| hash.to_le_bytes()).collect();
        Self {
            address: outline.address.to_le_bytes(),
            paragraphs: outline.paragraphs,
            edges: bytes(&outline.edges),
            longest: bytes(&outline.longest),
        }
    }
}

impl From<StoredOutline> for Outline {
    fn from(stored: StoredOutline) -> Self {
        let hashes = |bytes: Vec<[u8; 8]>| bytes.into_iter().map(u64::from_le_bytes).collect();
        Self {
            address: u64::from_le_bytes(stored.address),
            paragraphs: stored.paragraphs,
            edges: hashes(stored.edges),
            longest: hashes(stored.longest),
        }
    }
}

impl Segment {
    /// Calls `each` with every living page of `site`: its header, its outline, and how many paragraphs were left out before its text and behind.
    pub(super) fn each_page(
        &self,
        site: &str,
        mut each: impl FnMut(DocId, Outline, (usize, usize)) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let headers = self.headers_with(Meta::Site(site))?;
        if headers.is_empty() {
            return Ok(());
        }
        let (outlines, left_out) = (self.bytes("outline")?.ok_or_else(|| self.no_outline())?, self.bytes("left_out")?);
        let mut counts: HashMap<u64, (usize, usize)> = HashMap::default();
        let mut count = |header| -> Result<(usize, usize), Error> {
            let Some(column) = &left_out else { return Ok((0, 0)) };
            let Some(order) = column.ords().first(header) else { return Ok((0, 0)) };
            if let Some(&known) = counts.get(&order) {
                return Ok(known);
            }
            let LeftOut { head, tail } = self.value(column, order)?;
            counts.insert(order, (head.len(), tail.len()));
            Ok((head.len(), tail.len()))
        };
        // Read in their order, outlines lie one behind another; pages that are the same have one.
        let of = |header| Ok((outlines.ords().first(header).ok_or_else(|| self.no_outline())?, header));
        let mut ordered = headers.into_iter().map(of).collect::<Result<Vec<(u64, DocId)>, Error>>()?;
        ordered.sort_unstable();
        let mut orders: Vec<u64> = ordered.iter().map(|&(order, _)| order).collect();
        orders.dedup();
        let mut alike = ordered.chunk_by(|a, b| a.0 == b.0);
        let mut give = |bytes: &[u8]| -> Result<(), Error> {
            let stored: StoredOutline = postcard::from_bytes(bytes).map_err(|_| self.no_outline())?;
            let outline = Outline::from(stored);
            alike.next().unwrap_or_default().iter().try_for_each(|&(_, header)| each(header, outline.clone(), count(header)?))
        };
        let mut given = Ok(());
        let take = |bytes: &[u8]| {
            if given.is_ok() {
                given = give(bytes);
            }
        };
        outlines.dictionary().sorted_ords_to_term_cb(&orders, take).map_err(|error| self.engine(error))?;
        given
    }

    /// What tells of the boilerplate of `site`, and what was left out of the page of `header`, which is one of it.
    pub(super) fn margins(&self, header: DocId, site: &str) -> Result<Margins, Error> {
        let outline: StoredOutline = self.kept_bytes("outline", header)?.ok_or_else(|| self.no_outline())?;
        let LeftOut { head, tail } = self.left_out(header)?;
        Ok(Margins { site: site.to_owned(), outline: outline.into(), head, tail })
    }

    /// What was left out of the page of `header`.
    pub(super) fn left_out(&self, header: DocId) -> Result<LeftOut, Error> {
        Ok(self.kept_bytes("left_out", header)?.unwrap_or_default())
    }

    fn kept_bytes<T: DeserializeOwned>(&self, name: &str, header: DocId) -> Result<Option<T>, Error> {
        let Some(column) = self.bytes(name)? else { return Ok(None) };
        column.ords().first(header).map(|order| self.value(&column, order)).transpose()
    }

    fn value<T: DeserializeOwned>(&self, column: &BytesColumn, order: u64) -> Result<T, Error> {
        let mut bytes = Vec::new();
        column.ord_to_bytes(order, &mut bytes).map_err(|error| self.engine(error))?;
        postcard::from_bytes(&bytes).map_err(|error| self.damaged(format!("a page's record of its site: {error}")))
    }

    fn no_outline(&self) -> Error {
        self.damaged("a page without outline")
    }
}

impl Reader {
    /// The pages that stand for all of `site`.
    pub(super) fn sample(&self, site: &str) -> Result<Sample, Error> {
        let mut sample = Sample::default();
        for segment in self.segments() {
            segment.each_page(site, |_, outline, _| {
                sample.add(outline);
                Ok(())
            })?;
        }
        Ok(sample)
    }

    /// The sites of all its pages.
    pub(super) fn sites(&self) -> Result<BTreeSet<String>, Error> {
        let prefix = Meta::Site("").token();
        let mut sites = BTreeSet::new();
        for segment in self.segments() {
            let tokens = segment.tokens_with_prefix(self.fields().meta, &prefix)?;
            sites.extend(tokens.iter().filter_map(|token| token.strip_prefix(&prefix)).map(ToOwned::to_owned));
        }
        Ok(sites)
    }

    /// What is left out of its pages because it recurs over those of a site, in order.
    pub fn boilerplate(&self) -> Result<Vec<BoilerplateParagraph>, Error> {
        let mut counts: BTreeMap<(String, String), u64> = BTreeMap::new();
        for site in self.sites()? {
            for segment in self.segments() {
                for header in segment.headers_with(Meta::Site(&site))? {
                    let LeftOut { head, tail } = segment.left_out(header)?;
                    head.into_iter().chain(tail).for_each(|text| *counts.entry((site.clone(), text)).or_default() += 1);
                }
            }
        }
        Ok(counts.into_iter().map(|((site, text), pages)| BoilerplateParagraph { site, text, pages }).collect())
    }
}
