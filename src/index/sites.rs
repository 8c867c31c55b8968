//! The sites of saved pages, and their refrains: what recurs over the pages of one and is left out of each.
//!
//! The header of a page keeps its outline as extraction gave it, whatever was left out since, and what that was. So the refrains of a site are a
//! matter of the pages that are there, and a page can be made again without its file, with less or with more.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use tantivy::DocId;

use super::fields::Meta;
use super::{Error, Reader, Segment};
use crate::pieces::refrains::{Margins, Outline, Refrains, Sample};

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
pub struct Refrain {
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

/// The refrains of an index by their sites, each found when it is first asked for.
pub(super) struct Sites<'r> {
    reader: &'r Reader,
    known: Mutex<FxHashMap<String, Arc<Refrains>>>,
}

/// Of so many sites the refrains are remembered; then all are forgotten.
const REMEMBERED: usize = 10_000;

impl<'r> Sites<'r> {
    pub(super) fn new(reader: &'r Reader) -> Self {
        Self { reader, known: Mutex::default() }
    }

    /// The index.
    pub(super) const fn reader(&self) -> &'r Reader {
        self.reader
    }

    /// The refrains of `site`.
    pub(super) fn refrains(&self, site: &str) -> Result<Arc<Refrains>, Error> {
        // Who comes while they are looked for wants the same.
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(refrains) = known.get(site) {
            return Ok(Arc::clone(refrains));
        }
        let mut sample = Sample::default();
        for segment in self.reader.segments() {
            segment.each_page(site, |_, outline| {
                sample.add(outline);
                Ok(())
            })?;
        }
        let refrains = Arc::new(sample.refrains());
        if known.len() == REMEMBERED {
            known.clear();
        }
        known.insert(site.to_owned(), Arc::clone(&refrains));
        Ok(refrains)
    }
}

impl Segment {
    /// Calls `each` with every living page of `site`: its header and its outline.
    pub(super) fn each_page(&self, site: &str, mut each: impl FnMut(DocId, Outline) -> Result<(), Error>) -> Result<(), Error> {
        let headers = self.headers_with(Meta::Site(site))?;
        let column = if headers.is_empty() { None } else { self.bytes("outline")? };
        let Some(outlines) = column else { return Ok(()) };
        // Read in their order, they lie one behind another; pages that are the same have one.
        let mut ordered: BTreeMap<u64, Vec<DocId>> = BTreeMap::new();
        for header in headers {
            ordered.entry(outlines.ords().first(header).ok_or_else(|| self.no_outline())?).or_default().push(header);
        }
        let mut kept: Vec<Option<StoredOutline>> = Vec::with_capacity(ordered.len());
        let orders: Vec<u64> = ordered.keys().copied().collect();
        let take = |bytes: &[u8]| kept.push(postcard::from_bytes(bytes).ok());
        outlines.dictionary().sorted_ords_to_term_cb(&orders, take).map_err(|error| self.engine(error))?;
        for (headers, outline) in ordered.into_values().zip(kept) {
            let outline = Outline::from(outline.ok_or_else(|| self.no_outline())?);
            headers.into_iter().try_for_each(|header| each(header, outline.clone()))?;
        }
        Ok(())
    }

    /// What tells of the refrains of `site`, and what was left out of the page of `header`, which is one of it.
    pub(super) fn margins(&self, header: DocId, site: &str) -> Result<Margins, Error> {
        let outline: StoredOutline = self.kept_bytes("outline", header)?.ok_or_else(|| self.no_outline())?;
        let LeftOut { head, tail } = self.left_out(header)?;
        Ok(Margins { site: site.to_owned(), outline: outline.into(), head, tail })
    }

    /// What was left out of the page of `header`.
    pub(super) fn left_out(&self, header: DocId) -> Result<LeftOut, Error> {
        Ok(self.kept_bytes("left_out", header)?.unwrap_or_default())
    }

    fn kept_bytes<T: serde::de::DeserializeOwned>(&self, name: &str, header: DocId) -> Result<Option<T>, Error> {
        let Some(column) = self.bytes(name)? else { return Ok(None) };
        let Some(order) = column.ords().first(header) else { return Ok(None) };
        let mut bytes = Vec::new();
        column.ord_to_bytes(order, &mut bytes).map_err(|error| self.engine(error))?;
        postcard::from_bytes(&bytes).map(Some).map_err(|error| self.damaged(format!("what a page keeps of its site: {error}")))
    }

    fn no_outline(&self) -> Error {
        self.damaged("a page without outline")
    }
}

impl Reader {
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
    pub fn refrains(&self) -> Result<Vec<Refrain>, Error> {
        let mut counts: BTreeMap<(String, String), u64> = BTreeMap::new();
        for site in self.sites()? {
            for segment in self.segments() {
                for header in segment.headers_with(Meta::Site(&site))? {
                    let LeftOut { head, tail } = segment.left_out(header)?;
                    head.into_iter().chain(tail).for_each(|text| *counts.entry((site.clone(), text)).or_default() += 1);
                }
            }
        }
        Ok(counts.into_iter().map(|((site, text), pages)| Refrain { site, text, pages }).collect())
    }
}
