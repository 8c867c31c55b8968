//! The boilerplate of sites as far as it can be told while pages are being read.

use std::sync::{Arc, Mutex, PoisonError};

use foldhash::HashMap;

use crate::index::{Error, Reader};
use crate::pieces::Piece;
use crate::pieces::boilerplate::{Boilerplate, FEWEST, Sample};

/// What is to be left out of pages, by those that the index had before, and those that were read so far. It depends on the order in which
/// pages are read, so that it decides nothing: once all are read they are [`settled`](mod@super::settle). But what is foreseen right has not to be
/// made again.
pub(super) struct Foreseen<'r> {
    before: &'r Reader,
    sites: Mutex<HashMap<String, Site>>,
}

struct Site {
    sample: Sample,
    boilerplate: Arc<Boilerplate>,
    /// How many pages were seen, and at how many they are asked again.
    pages: usize,
    next: usize,
}

/// So many sites are remembered; then all are forgotten.
const REMEMBERED: usize = 1_000;

impl<'r> Foreseen<'r> {
    pub(super) fn new(before: &'r Reader) -> Self {
        Self { before, sites: Mutex::default() }
    }

    /// The index as it was before.
    pub(super) const fn before(&self) -> &'r Reader {
        self.before
    }

    /// Leaves out of a page what probably is to be.
    pub(super) fn settle(&self, piece: &mut Piece) -> Result<(), Error> {
        if let Some(margins) = &piece.margins {
            let boilerplate = {
                let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
                if !sites.contains_key(&margins.site) {
                    if sites.len() == REMEMBERED {
                        sites.clear();
                    }
                    sites.insert(margins.site.clone(), Site::of(self.before.sample(&margins.site)?));
                }
                sites.get_mut(&margins.site).map(|site| {
                    site.sample.add(margins.outline.clone());
                    site.pages += 1;
                    if site.pages == site.next {
                        site.ask();
                    }
                    Arc::clone(&site.boilerplate)
                })
            };
            piece.settle(&boilerplate.unwrap_or_default());
        }
        Ok(())
    }
}

impl Site {
    fn of(sample: Sample) -> Self {
        let mut site = Self { pages: sample.len(), sample, boilerplate: Arc::default(), next: FEWEST };
        if site.pages >= FEWEST {
            site.ask();
        }
        site
    }

    /// Asks the pages, and says when to ask again: the more there are, the less new ones change.
    fn ask(&mut self) {
        self.boilerplate = Arc::new(self.sample.boilerplate());
        self.next = self.pages + self.pages / 2;
    }
}
