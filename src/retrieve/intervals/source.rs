use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED};

use super::places::Text;
use super::{Atom, How, Interval, Places, Reach};
use crate::index::tokens::marks;
use crate::index::{Error, Frame, Segment};
use crate::retrieve::docs::seek;

/// Opens what places need of a segment.
pub(in crate::retrieve) struct Opener<'s> {
    segment: &'s Segment,
    frame: Frame,
}

/// Reads where something stands, block by block.
pub(in crate::retrieve) struct Source {
    places: Places<Leaf>,
    text: Block,
    over: bool,
}

/// The block at hand.
struct Block {
    frame: Frame,
    header: DocId,
    /// Where units begin, if somebody may ask.
    sentences: Option<Units>,
    paragraphs: Option<Units>,
    /// Numbers of words that were read last, in room that is used again.
    numbers: Vec<u32>,
}

/// The beginnings of sentences or paragraphs in the block that was read last.
struct Units {
    leaf: Leaf,
    header: Option<DocId>,
    begins: Vec<u32>,
}

/// Something that stands where tokens do.
pub(super) struct Leaf {
    /// Where one of these is …
    tokens: Vec<SegmentPostings>,
    /// … but none of these.
    without: Vec<SegmentPostings>,
    /// It covers so many words where these are, else one.
    widths: Vec<(u32, SegmentPostings)>,
}

impl<'s> Opener<'s> {
    pub(in crate::retrieve) fn new(segment: &'s Segment) -> Self {
        Self { segment, frame: segment.frame().clone() }
    }

    /// Where the segment's documents stand.
    pub(in crate::retrieve) fn frame(&self) -> &Frame {
        &self.frame
    }

    /// What reads the places of `places`.
    pub(in crate::retrieve) fn open(&self, places: &Places<Atom>) -> Result<Source, Error> {
        let (mut sentences, mut paragraphs) = (None, None);
        if asks(places, Reach::Sentence) {
            sentences = Some(self.units(Reach::Sentence)?);
        }
        if asks(places, Reach::Paragraph) {
            paragraphs = Some(self.units(Reach::Paragraph)?);
        }
        let places = places.try_map(&mut |atom| self.leaf(atom))?;
        Ok(self.source(places, sentences, paragraphs))
    }

    /// What reads where sentences or paragraphs begin.
    fn units(&self, reach: Reach) -> Result<Units, Error> {
        let mark = if reach == Reach::Paragraph { marks::PARAGRAPH } else { marks::SENTENCE };
        Ok(Units { leaf: self.tokens([mark])?, header: None, begins: Vec::new() })
    }

    /// What reads where sentences begin.
    pub(in crate::retrieve) fn sentences(&self) -> Result<Source, Error> {
        let places = Places::Atom(self.tokens([marks::SENTENCE])?);
        Ok(self.source(places, None, None))
    }

    fn source(&self, places: Places<Leaf>, sentences: Option<Units>, paragraphs: Option<Units>) -> Source {
        let text = Block { frame: self.frame.clone(), header: 0, sentences, paragraphs, numbers: Vec::new() };
        Source { places, text, over: false }
    }

    fn leaf(&self, atom: &Atom) -> Result<Leaf, Error> {
        match atom {
            Atom::Stem(stems) => {
                let fields = self.segment.fields();
                let mut leaf = Leaf { tokens: Vec::new(), without: Vec::new(), widths: Vec::new() };
                for stem in stems {
                    leaf.tokens.extend(self.segment.postings(fields.terms, stem, IndexRecordOption::WithFreqsAndPositions)?);
                }
                Ok(leaf)
            }
            Atom::Folded(forms) => self.tokens(forms.iter().map(String::as_str)),
            Atom::Written { folded, written } if folded != written => self.tokens([marks::written(folded, written).as_str()]),
            // The folded form itself: all its places, less those where it is written otherwise.
            Atom::Written { folded, .. } => {
                let without = self.segment.tokens_with_prefix(self.segment.fields().words, &marks::written(folded, ""))?;
                let without = self.tokens(without.iter().map(String::as_str))?.tokens;
                Ok(Leaf { without, ..self.tokens([folded.as_str()])? })
            }
            Atom::Mention(mark) => {
                let mut leaf = self.tokens([mark.as_str()])?;
                for token in self.segment.tokens_with_prefix(self.segment.fields().words, &marks::wide(mark, None))? {
                    if let (Some(width), Some(postings)) = (marks::width(mark, &token), self.postings(&token)?) {
                        leaf.widths.push((width, postings));
                    }
                }
                Ok(leaf)
            }
            // A pattern whose forms nobody looked up has none.
            Atom::Pattern(_) => self.tokens([]),
        }
    }

    fn tokens<'t>(&self, tokens: impl IntoIterator<Item = &'t str>) -> Result<Leaf, Error> {
        let mut found = Vec::new();
        for token in tokens {
            found.extend(self.postings(token)?);
        }
        Ok(Leaf { tokens: found, without: Vec::new(), widths: Vec::new() })
    }

    fn postings(&self, token: &str) -> Result<Option<SegmentPostings>, Error> {
        self.segment.postings(self.segment.fields().words, token, IndexRecordOption::WithFreqsAndPositions)
    }
}

/// Whether working out `places` takes the beginnings of such units.
fn asks<A>(places: &Places<A>, unit: Reach) -> bool {
    match places {
        Places::Atom(_) => false,
        Places::Either(parts) | Places::Sequence(parts) => parts.iter().any(|part| asks(part, unit)),
        Places::Together(parts, _) => parts.iter().any(|(part, _)| asks(part, unit)),
        Places::Near(left, How { reach, .. }, right) => *reach == unit || asks(left, unit) || asks(right, unit),
    }
}

impl Source {
    /// The header of the first block at or behind document `from`, the first of a block, that may have it: one that has all that it needs,
    /// wherever. To be called with growing `from`.
    pub(in crate::retrieve) fn seek(&mut self, from: DocId) -> DocId {
        approach(&mut self.places, &self.text.frame, from)
    }

    /// The shortest places in the block of `header`, which is not before any that was read.
    pub(in crate::retrieve) fn read(&mut self, header: DocId) -> Vec<Interval> {
        self.text.header = header;
        self.places.shortest(&mut self.text, &mut self.over)
    }

    /// Whether some places of some piece were not looked at.
    pub(in crate::retrieve) fn is_over(&self) -> bool {
        self.over
    }
}

/// The first block from `from` on that has what `places` need, told by its header.
fn approach(places: &mut Places<Leaf>, frame: &Frame, from: DocId) -> DocId {
    match places {
        Places::Atom(leaf) => match leaf.tokens.iter_mut().map(|postings| seek(postings, from)).min().unwrap_or(TERMINATED) {
            TERMINATED => TERMINATED,
            doc => frame.header_of(doc),
        },
        Places::Either(parts) => parts.iter_mut().map(|part| approach(part, frame, from)).min().unwrap_or(TERMINATED),
        Places::Sequence(parts) => {
            approach_all(parts.len(), frame, from, |at, from| parts.get_mut(at).map_or(TERMINATED, |part| approach(part, frame, from)))
        }
        Places::Together(parts, _) => {
            approach_all(parts.len(), frame, from, |at, from| parts.get_mut(at).map_or(TERMINATED, |(part, _)| approach(part, frame, from)))
        }
        Places::Near(left, how, _) if how.negated => approach(left, frame, from),
        Places::Near(left, _, right) => approach_all(2, frame, from, |at, from| approach(if at == 0 { left } else { right }, frame, from)),
    }
}

/// The first block from `from` on at which so many parts meet, told by its header; `approach` gives that of one of them.
fn approach_all(parts: usize, frame: &Frame, from: DocId, mut approach: impl FnMut(usize, DocId) -> DocId) -> DocId {
    let mut furthest = from;
    let mut header = TERMINATED;
    let mut agreed = 0;
    while agreed < parts {
        for part in 0..parts {
            let found = approach(part, furthest);
            if found == TERMINATED {
                return TERMINATED;
            }
            if found == header {
                agreed += 1;
            } else {
                (header, agreed) = (found, 1);
                furthest = frame.first_passage(found);
            }
            if agreed == parts {
                break;
            }
        }
    }
    header
}

impl Text<Leaf> for Block {
    fn read(&mut self, leaf: &mut Leaf) -> Vec<Interval> {
        leaf.read(&self.frame, self.header)
    }

    fn frequency(&self, leaf: &Leaf) -> Option<u32> {
        let single = leaf.widths.is_empty() && leaf.without.is_empty();
        single.then(|| leaf.tokens.iter().map(SegmentPostings::doc_freq).fold(0, u32::saturating_add))
    }

    fn numbers(&mut self, leaf: &mut Leaf) -> Vec<u32> {
        let mut found = Vec::new();
        leaf.numbers(&self.frame, self.header, &mut found);
        found
    }

    fn keep_before(&mut self, leaf: &mut Leaf, words: u32, starts: &mut Vec<u32>) {
        let there = &mut self.numbers;
        there.clear();
        for postings in &mut leaf.tokens {
            numbers_near(postings, &self.frame, self.header, (starts, words), there);
        }
        if leaf.tokens.len() > 1 {
            there.sort_unstable();
            there.dedup();
        }
        let mut there = there.iter().copied().peekable();
        starts.retain(|start| {
            while there.next_if(|&number| number < start + words).is_some() {}
            there.peek() == Some(&(start + words))
        });
    }

    fn begins(&mut self, reach: Reach) -> &[u32] {
        let units = if reach == Reach::Paragraph { &mut self.paragraphs } else { &mut self.sentences };
        let Some(units) = units else { return &[] };
        if units.header != Some(self.header) {
            units.header = Some(self.header);
            units.begins.clear();
            units.leaf.numbers(&self.frame, self.header, &mut units.begins);
        }
        &units.begins
    }
}

impl Leaf {
    /// The numbers of the words at which its tokens stand, in order.
    fn numbers(&mut self, frame: &Frame, header: DocId, out: &mut Vec<u32>) {
        for postings in &mut self.tokens {
            numbers(postings, frame, header, out);
        }
        if self.tokens.len() > 1 {
            out.sort_unstable();
            out.dedup();
        }
    }

    fn read(&mut self, frame: &Frame, header: DocId) -> Vec<Interval> {
        let mut found = Vec::new();
        self.numbers(frame, header, &mut found);
        let mut other = Vec::new();
        for postings in &mut self.without {
            other.clear();
            numbers(postings, frame, header, &mut other);
            found.retain(|number| other.binary_search(number).is_err());
        }
        let mut out: Vec<Interval> = found.into_iter().map(|number| Interval::new(number, number)).collect();
        for (width, postings) in &mut self.widths {
            other.clear();
            numbers(postings, frame, header, &mut other);
            for number in &other {
                if let Ok(at) = out.binary_search_by_key(number, |interval| interval.first)
                    && let Some(interval) = out.get_mut(at)
                {
                    interval.last = number.saturating_add(*width - 1);
                }
            }
        }
        out
    }
}

/// Adds the numbers of the words of the block of `header` at which a token stands.
fn numbers(postings: &mut SegmentPostings, frame: &Frame, header: DocId, out: &mut Vec<u32>) {
    let mut doc = seek(postings, frame.first_passage(header));
    while doc <= header {
        postings.append_positions_with_offset(frame.first_word(doc, header), out);
        doc = postings.advance();
    }
}

/// The same, of those documents alone in which the words stand that are so many words behind `starts`, which come in order.
fn numbers_near(postings: &mut SegmentPostings, frame: &Frame, header: DocId, (starts, words): (&[u32], u32), out: &mut Vec<u32>) {
    let mut starts = starts;
    let mut doc = seek(postings, frame.first_passage(header));
    while doc <= header {
        let of_doc = frame.words_of(doc, header);
        starts = starts.get(starts.partition_point(|start| start + words < of_doc.start)..).unwrap_or_default();
        let Some(next) = starts.first() else { break };
        if next + words < of_doc.end {
            postings.append_positions_with_offset(of_doc.start, out);
            doc = postings.advance();
        } else {
            // Where few documents are left, to look at each costs less than to find the one.
            let near = header - doc < FEW;
            doc = seek(postings, if near { doc + 1 } else { frame.document_of(next + words, header) });
        }
    }
}

/// See [`numbers_near`].
const FEW: u32 = 16;
