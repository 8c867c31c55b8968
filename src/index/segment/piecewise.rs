//! Postings of a token put together piece by piece.

use tantivy::DocId;
use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::{Field, IndexRecordOption};

use super::impacts::{ImpactList, place, shape_of};
use crate::index::{BlockMap, Error, Segment};
use crate::rank::{Impact, Shape};

/// What was read of a token in one piece.
#[derive(Default)]
struct Said {
    /// The document behind its header.
    behind: DocId,
    in_title: u32,
    in_passages: u32,
    /// What the best passage says.
    best: f32,
}

impl Said {
    /// What all of it says.
    #[inline]
    fn says(&self, block_map: &BlockMap, impact: &Impact) -> f32 {
        let header = self.behind - 1;
        let piece = impact.piece.map_or(0.0, |curve| curve.at(self.in_title + self.in_passages, block_map.length(header)));
        let title = impact.title.filter(|_| self.in_title > 0).map_or(0.0, |curve| curve.at(self.in_title, block_map.title_length(header)));
        self.best + piece + title
    }
}

impl BlockMap {
    /// Gives `take` what the postings in `blocks` say in each piece that has one, by its row in the forward index.
    pub(super) fn each_impact(&self, impact: &Impact, blocks: &mut BlockSegmentPostings, mut take: impl FnMut(u32, f32)) {
        let mut said = Said::default();
        while !blocks.docs().is_empty() {
            for (&doc, &times) in blocks.docs().iter().zip(blocks.freqs()) {
                if doc >= said.behind {
                    if said.behind > 0 {
                        take(self.row(said.behind - 1), said.says(self, impact));
                    }
                    said = Said { behind: self.header_of(doc).saturating_add(1), ..Said::default() };
                }
                if doc + 1 == said.behind {
                    said.in_title = times;
                } else {
                    said.in_passages += times;
                    said.best = said.best.max(impact.passage.map_or(0.0, |curve| curve.at(times, self.length(doc))));
                }
            }
            blocks.advance();
        }
        if said.behind > 0 {
            take(self.row(said.behind - 1), said.says(self, impact));
        }
    }
}

impl Segment {
    /// What `term` says in each piece, with how its occurrences count, where it is so frequent that this is kept.
    pub fn impacts(&self, term: &str) -> Result<Option<(ImpactList<'_>, Shape)>, Error> {
        let info = self.look(self.fields().terms, term)?;
        let shape = shape_of(term);
        let list = info.and_then(|info| self.impact_lists().list(place(&info, shape)));
        Ok(list.map(|list| (list, shape)))
    }

    /// Gives `take` the row of each piece in which `token` occurs in `field`, deleted ones too, with what it says there by `impact`.
    pub fn each_impact(&self, field: Field, token: &str, impact: &Impact, take: impl FnMut(u32, f32)) -> Result<(), Error> {
        if let Some(mut blocks) = self.block_postings(field, token, IndexRecordOption::WithFreqs)? {
            self.block_map().each_impact(impact, &mut blocks, take);
        }
        Ok(())
    }
}
