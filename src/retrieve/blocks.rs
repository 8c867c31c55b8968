//! Documents lifted to pieces: here AND, OR and NOT hold.

use tantivy::columnar::Column;
use tantivy::postings::SegmentPostings;
use tantivy::{DocId, DocSet, TERMINATED};

use super::docs::{Docs, seek};
use super::intervals::Source;
use crate::index::Segment;
use crate::query::{Dates, Undated};

/// A cursor over the blocks of a segment that match, in order. Each block is told by its header.
pub(super) enum Blocks {
    /// Those of which some document has it.
    Having(Docs),
    /// Those whose header has it: a title, a piece's own facts.
    InHeader(Docs),
    /// Those that have something at so many places.
    Often(u32, Box<Source>),
    /// All pieces.
    Every(Box<SegmentPostings>),
    /// All whose date may lie in a range.
    Dated { all: Box<SegmentPostings>, first: Column<i64>, last: Column<i64>, dates: Dates, undated: Undated },
    /// Those that match all of these.
    All(Vec<Blocks>),
    /// Those that match one of these.
    Any(Vec<Peeked>),
    /// Those that match the first and not the second.
    Except(Box<Blocks>, Box<Peeked>),
    /// None.
    None,
}

/// A cursor that remembers the block on which it stands, so that it can be asked for it again.
pub(super) struct Peeked {
    blocks: Blocks,
    at: Option<DocId>,
}

impl Peeked {
    pub(super) fn new(blocks: Blocks) -> Self {
        Self { blocks, at: None }
    }

    /// The first matching header at or behind `from`, which never goes back.
    pub(super) fn seek(&mut self, segment: &Segment, from: DocId) -> DocId {
        match self.at {
            Some(header) if header >= from => header,
            _ => {
                let header = self.blocks.seek(segment, from);
                self.at = Some(header);
                header
            }
        }
    }
}

impl Blocks {
    /// Those that match all of `parts`. The rarest leads: the others are asked where it is.
    pub(super) fn all(mut parts: Vec<Self>) -> Self {
        parts.sort_by_key(Self::cost);
        Self::All(parts)
    }

    /// In about how many documents it is looked for, as far as that is known without a look.
    pub(super) fn cost(&self) -> u32 {
        match self {
            Self::None => 0,
            Self::Having(docs) | Self::InHeader(docs) => docs.cost(),
            Self::Often(..) | Self::Every(_) | Self::Dated { .. } => u32::MAX,
            Self::All(parts) => parts.iter().map(Self::cost).min().unwrap_or(0),
            Self::Any(parts) => parts.iter().map(|part| part.blocks.cost()).fold(0, u32::saturating_add),
            Self::Except(wanted, _) => wanted.cost(),
        }
    }

    /// The header of the first matching block whose header is at or behind `from`, [`TERMINATED`] if there is none. To be called with
    /// growing `from`, each the first document of a block.
    pub(super) fn seek(&mut self, segment: &Segment, from: DocId) -> DocId {
        match self {
            Self::None => TERMINATED,
            Self::Having(docs) => match docs.seek(from) {
                TERMINATED => TERMINATED,
                doc => segment.block_map().header_of(doc),
            },
            Self::InHeader(docs) => {
                let mut doc = docs.seek(from);
                // Words of passages and titles share a field; only the title's count.
                while doc != TERMINATED && segment.block_map().header_of(doc) != doc {
                    doc = docs.seek(segment.block_map().header_of(doc));
                }
                doc
            }
            Self::Often(times, source) => {
                let mut header = source.seek(from);
                while header != TERMINATED && source.read(header).len() < *times as usize {
                    header = source.seek(header + 1);
                }
                header
            }
            Self::Every(all) => seek(all, from),
            Self::Dated { all, first, last, dates, undated } => {
                let mut header = seek(all, from);
                while header != TERMINATED {
                    let fits = match first.first(header).zip(last.first(header)) {
                        Some((first, last)) => !undated.only() && dates.admit(first, last),
                        None => undated.admits(),
                    };
                    if fits {
                        break;
                    }
                    header = all.advance();
                }
                header
            }
            Self::All(parts) => Self::seek_all(parts, segment, from),
            Self::Any(parts) => parts.iter_mut().map(|part| part.seek(segment, from)).min().unwrap_or(TERMINATED),
            Self::Except(wanted, unwanted) => {
                let mut header = wanted.seek(segment, from);
                while header != TERMINATED && unwanted.seek(segment, segment.block_map().first_passage(header)) == header {
                    header = wanted.seek(segment, header + 1);
                }
                header
            }
        }
    }

    fn seek_all(parts: &mut [Self], segment: &Segment, from: DocId) -> DocId {
        let mut from = from;
        loop {
            let mut agreed = None;
            let mut restart = None;
            for part in parts.iter_mut() {
                let header = part.seek(segment, from);
                match agreed {
                    _ if header == TERMINATED => return TERMINATED,
                    None => agreed = Some(header),
                    Some(other) if other == header => {}
                    Some(other) => {
                        restart = Some(other.max(header));
                        break;
                    }
                }
                from = segment.block_map().first_passage(header);
            }
            match (restart, agreed) {
                (Some(header), _) => from = segment.block_map().first_passage(header),
                (None, Some(header)) => return header,
                (None, None) => return TERMINATED,
            }
        }
    }
}
