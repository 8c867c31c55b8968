//! What ranking needs to know of a piece that matches, counted from postings.

use tantivy::columnar::Column;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::{DocId, TERMINATED};

use super::docs::Docs;
use crate::index::Segment;
use crate::rank::{Bm25, Signal, Signals};

/// Something of which each occurrence counts.
pub(super) struct Gauge {
    /// How often the query has it.
    pub(super) weight: f32,
    /// Where it is; in headers where titles share the field.
    pub(super) docs: Docs,
    /// The titles where it is, if they have a field of their own.
    pub(super) titles: Docs,
    /// How much it says in a passage, and as what.
    pub(super) passage: Option<(Signal, Bm25)>,
    /// How much it says in a piece, and as what.
    pub(super) piece: Option<(Signal, Bm25)>,
    /// How much it says in a title.
    pub(super) title: Option<Bm25>,
}

/// Reads what ranking needs, block by block.
pub(super) struct Gauges<'s> {
    segment: &'s Segment,
    gauges: Vec<Gauge>,
    lengths: Column<u64>,
    title_lengths: FieldNormReader,
    /// The passages of the block at hand that have something, with their signals.
    passages: Vec<(DocId, Signals)>,
    /// Occurrences in the block at hand, one gauge at a time.
    counts: Vec<(DocId, u32)>,
}

impl<'s> Gauges<'s> {
    pub(super) fn new(segment: &'s Segment, gauges: Vec<Gauge>) -> Result<Self, crate::index::Error> {
        let fields = segment.fields();
        Ok(Self {
            segment,
            gauges,
            lengths: segment.column_u64("length")?,
            title_lengths: segment.lengths(fields.title)?,
            passages: Vec::new(),
            counts: Vec::new(),
        })
    }

    /// The passages of the block of `header` that have something that the query asks for, with their signals: of `hits` (documents of the
    /// block in order), if somebody knows them. If there are none, though the piece matches (by its title, its date …), its first passage.
    pub(super) fn read(&mut self, header: DocId, hits: Option<&[DocId]>) -> &[(DocId, Signals)] {
        let first = self.segment.first_passage(header);
        self.passages.clear();
        let mut of_piece = Signals::default();
        let length = |doc: DocId| self.lengths.first(doc).and_then(|length| u32::try_from(length).ok()).unwrap_or(u32::MAX);
        let piece_length = length(header);
        // Where the only passage is as long as the piece, there is no title, or it is that passage.
        let is_bare = header - first == 1 && length(first) == piece_length;
        for gauge in &mut self.gauges {
            let in_title = gauge.count(first, header, &mut self.counts);
            let in_title = if is_bare { 0 } else { in_title };
            let mut in_piece = in_title;
            for &(doc, times) in &self.counts {
                in_piece += times;
                let Some((signal, bm25)) = &gauge.passage else { continue };
                let at = match self.passages.binary_search_by_key(&doc, |&(doc, _)| doc) {
                    Ok(at) => at,
                    Err(at) => {
                        self.passages.insert(at, (doc, Signals::default()));
                        at
                    }
                };
                if let Some((_, signals)) = self.passages.get_mut(at) {
                    signals[*signal] += gauge.weight * bm25.score(times, length(doc));
                }
            }
            if let Some((signal, bm25)) = &gauge.piece {
                of_piece[*signal] += gauge.weight * bm25.score(in_piece, piece_length);
            }
            if let (Some(bm25), true) = (&gauge.title, in_title > 0) {
                of_piece[Signal::Title] += gauge.weight * bm25.score(in_title, self.title_lengths.fieldnorm(header));
            }
        }
        if let Some(hits) = hits {
            self.passages.retain(|(doc, _)| hits.binary_search(doc).is_ok());
            for &hit in hits.iter().filter(|&&hit| hit != header) {
                if let Err(at) = self.passages.binary_search_by_key(&hit, |&(doc, _)| doc) {
                    self.passages.insert(at, (hit, Signals::default()));
                }
            }
        }
        if self.passages.is_empty() {
            self.passages.push((first, Signals::default()));
        }
        for (_, signals) in &mut self.passages {
            for signal in [Signal::Piece, Signal::Title, Signal::Characters] {
                signals[signal] = of_piece[signal];
            }
        }
        &self.passages
    }
}

impl Gauge {
    /// How often it is in the title of a block, and, in `counts`, in each of its passages that have it.
    fn count(&mut self, first: DocId, header: DocId, counts: &mut Vec<(DocId, u32)>) -> u32 {
        counts.clear();
        let mut title = 0;
        let mut doc = self.docs.seek(first);
        while doc <= header && doc != TERMINATED {
            let times = self.docs.times();
            if doc == header {
                title += times;
            } else {
                counts.push((doc, times));
            }
            doc = self.docs.seek(doc + 1);
        }
        if self.titles.seek(header) == header {
            title += self.titles.times();
        }
        title
    }
}
