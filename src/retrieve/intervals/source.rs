//! Places read from postings, block by block.
//!
//! An [`Opener`] makes of what is asked for a [`Source`] that stands at a piece's block: `each_place` and `places` say where in it the thing stands, and
//! whoever wants another block says from which on. All leaves go forward together; a block that lacks a part is passed over unread.

use std::ops::RangeInclusive;

use tantivy::postings::SegmentPostings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, TERMINATED};

use super::algebra::Turn;
use super::pair::Pair;
use super::phrase::Phrase;
use super::places::Text;
use super::tokens::Tokens;
use super::{Atom, How, Interval, Places, Reach};
use crate::index::marks;
use crate::index::{BlockMap, Error, Segment};
use crate::text::hyphens;

/// Opens what places need of a segment.
pub(in crate::retrieve) struct Opener<'s> {
    segment: &'s Segment,
    block_map: BlockMap,
}

/// Reads where something stands, block by block.
pub(in crate::retrieve) struct Source {
    places: Places<Leaf>,
    text: Block,
    over: bool,
}

/// The block at hand.
struct Block {
    block_map: BlockMap,
    header: DocId,
    /// Where units begin, if somebody may ask.
    sentences: Option<Units>,
    paragraphs: Option<Units>,
}

/// The beginnings of sentences or paragraphs in the block that was read last.
struct Units {
    tokens: Tokens,
    header: Option<DocId>,
    begins: Vec<u32>,
}

/// What is read from postings.
pub(super) enum Leaf {
    Tokens(Tokens),
    Phrase(Phrase),
    Pair(Box<Pair>),
}

impl<'s> Opener<'s> {
    pub(in crate::retrieve) fn new(segment: &'s Segment) -> Self {
        Self { segment, block_map: segment.block_map().clone() }
    }

    /// Where the segment's documents stand.
    pub(in crate::retrieve) fn block_map(&self) -> &BlockMap {
        &self.block_map
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
        Ok(self.source(with_pairs(with_phrases(places)), sentences, paragraphs))
    }

    /// What reads where sentences or paragraphs begin.
    fn units(&self, reach: Reach) -> Result<Units, Error> {
        let mark = if reach == Reach::Paragraph { marks::PARAGRAPH } else { marks::SENTENCE };
        Ok(Units { tokens: self.tokens([mark])?, header: None, begins: Vec::new() })
    }

    /// What reads where sentences begin.
    pub(in crate::retrieve) fn sentences(&self) -> Result<Source, Error> {
        let places = Places::Atom(Leaf::Tokens(self.tokens([marks::SENTENCE])?));
        Ok(self.source(places, None, None))
    }

    fn source(&self, places: Places<Leaf>, sentences: Option<Units>, paragraphs: Option<Units>) -> Source {
        let text = Block { block_map: self.block_map.clone(), header: 0, sentences, paragraphs };
        Source { places, text, over: false }
    }

    fn leaf(&self, atom: &Atom) -> Result<Leaf, Error> {
        if let Atom::Run(characters) = atom {
            let words = characters.iter().map(|character| Ok(self.tokens([character.as_str()])?.words()));
            let begins = self.tokens([marks::SENTENCE, marks::CLAUSE])?.word;
            return Ok(Leaf::Phrase(Phrase::new(words.collect::<Result<Vec<_>, Error>>()?.into_iter()).unbroken(begins)));
        }
        self.atom(atom).map(Leaf::Tokens)
    }

    fn atom(&self, atom: &Atom) -> Result<Tokens, Error> {
        match atom {
            Atom::Stem(stems) => {
                let fields = self.segment.fields();
                let postings = |stem: &str| self.segment.postings(fields.terms, stem, IndexRecordOption::WithFreqsAndPositions);
                let mut leaf = Tokens::of(Vec::with_capacity(stems.len()));
                for stem in stems {
                    leaf.word.0.extend(postings(stem)?);
                    if hyphens::is_marked(stem) {
                        leaf.widths.extend(postings(stem)?.map(|postings| (hyphens::WIDTH, postings)));
                    }
                }
                Ok(leaf)
            }
            Atom::Meta(tokens) => self.either(self.segment.fields().meta, tokens),
            Atom::Folded(forms) => self.either(self.segment.fields().words, forms),
            Atom::Written { folded, written } if marks::is_capitalised(folded, written) => {
                Ok(Tokens { also: vec![self.tokens([marks::CAPITAL])?.word], ..self.tokens([folded.as_str()])? })
            }
            Atom::Written { folded, written } if folded != written => self.tokens([marks::written(folded, written).as_str()]),
            // The folded form itself: all its places, less those where it is written otherwise.
            Atom::Written { folded, .. } => {
                let mut without = self.segment.tokens_with_prefix(self.segment.fields().words, &marks::written(folded, ""))?;
                without.push(marks::CAPITAL.to_owned());
                let without = self.either(self.segment.fields().words, &without)?.word.0;
                Ok(Tokens { without, ..self.tokens([folded.as_str()])? })
            }
            Atom::Mention(mark) => {
                let mut leaf = self.tokens([mark.as_str()])?;
                // Kinds have them: what stands where an actor does is its own.
                let kinds = if mark.starts_with(marks::KIND) { mark } else { &marks::KIND.to_string() };
                for token in self.segment.tokens_with_prefix(self.segment.fields().words, kinds)? {
                    let Some(width) = marks::width(&token) else { continue };
                    leaf.widths.extend(self.postings(self.segment.fields().words, &token)?.map(|postings| (width, postings)));
                }
                Ok(leaf)
            }
            // A pattern whose forms nobody looked up has none, and a run is no single token.
            Atom::Pattern(_) | Atom::Run(_) => self.tokens([]),
        }
    }

    fn tokens<const N: usize>(&self, tokens: [&str; N]) -> Result<Tokens, Error> {
        self.either(self.segment.fields().words, &tokens)
    }

    fn either(&self, field: Field, tokens: &[impl AsRef<str>]) -> Result<Tokens, Error> {
        let mut found = Vec::with_capacity(tokens.len());
        for token in tokens {
            found.extend(self.postings(field, token.as_ref())?);
        }
        Ok(Tokens::of(found))
    }

    fn postings(&self, field: Field, token: &str) -> Result<Option<SegmentPostings>, Error> {
        self.segment.postings(field, token, IndexRecordOption::WithFreqsAndPositions)
    }
}

/// The same places, each sequence of single words as a phrase; without alternatives that are nowhere.
fn with_phrases(places: Places<Leaf>) -> Places<Leaf> {
    let is_somewhere = |part: &Places<Leaf>| !matches!(part, Places::Atom(Leaf::Tokens(tokens)) if tokens.word.0.is_empty());
    let each = |parts: Vec<Places<Leaf>>| parts.into_iter().map(with_phrases).collect();
    match places {
        Places::Atom(Leaf::Tokens(tokens)) if tokens.is_of_words() && !tokens.also.is_empty() => {
            Places::Atom(Leaf::Phrase(Phrase::new(std::iter::once(tokens.words()))))
        }
        Places::Atom(leaf) => Places::Atom(leaf),
        Places::Either(parts) => {
            let mut parts: Vec<_> = each(parts.into_iter().filter(is_somewhere).collect());
            if parts.len() == 1 { parts.remove(0) } else { Places::Either(parts) }
        }
        Places::Sequence(parts) if parts.iter().all(|part| matches!(part, Places::Atom(Leaf::Tokens(tokens)) if tokens.is_of_words())) => {
            let words = parts.into_iter().map(|part| match part {
                Places::Atom(Leaf::Tokens(tokens)) => tokens.words(),
                _ => Vec::new(),
            });
            Places::Atom(Leaf::Phrase(Phrase::new(words)))
        }
        Places::Sequence(parts) => Places::Sequence(each(parts)),
        Places::Together(parts, reach) => {
            Places::Together(parts.into_iter().map(|(part, times)| (with_phrases(part), times)).collect(), reach)
        }
        Places::Near(left, how, right) => Places::Near(Box::new(with_phrases(*left)), how, Box::new(with_phrases(*right))),
    }
}

/// The same places, two single words near each other as a pair. To be asked for the shortest alone: an operand counts at all its places.
fn with_pairs(places: Places<Leaf>) -> Places<Leaf> {
    match places {
        Places::Either(parts) => Places::Either(parts.into_iter().map(with_pairs).collect()),
        Places::Near(left, how, right) => match (*left, how, *right) {
            (
                Places::Atom(Leaf::Tokens(left)),
                How { reach: Reach::Words(words), negated: false, ordered },
                Places::Atom(Leaf::Tokens(right)),
            ) if left.is_single() && right.is_single() => {
                let turn = if ordered { Turn::Given } else { Turn::Either };
                Places::Atom(Leaf::Pair(Box::new(Pair::new(left.word, right.word, words, turn))))
            }
            (left, how, right) => Places::Near(Box::new(left), how, Box::new(right)),
        },
        places => places,
    }
}

/// Whether working out `places` takes the beginnings of such units.
fn asks<A>(places: &Places<A>, unit: Reach) -> bool {
    match places {
        Places::Atom(_) => false,
        Places::Either(parts) | Places::Sequence(parts) => parts.iter().any(|part| asks(part, unit)),
        Places::Together(parts, reach) => *reach == unit || parts.iter().any(|(part, _)| asks(part, unit)),
        Places::Near(left, How { reach, .. }, right) => *reach == unit || asks(left, unit) || asks(right, unit),
    }
}

impl Source {
    /// The header of the first block at or behind document `from`, the first of a block, that may have it: one that has all that it needs,
    /// wherever. To be called with growing `from`.
    pub(in crate::retrieve) fn seek(&mut self, from: DocId) -> DocId {
        approach(&mut self.places, &self.text.block_map, from)
    }

    /// The shortest places in the block of `header`, which is not before any that was read.
    pub(in crate::retrieve) fn read(&mut self, header: DocId) -> Vec<Interval> {
        self.text.header = header;
        self.places.shortest(&mut self.text, &mut self.over)
    }

    /// Hands the documents of the block of `header` over which places go to `each`, place by place, if they can be told without the places;
    /// those may then still be [read](Self::places). Tells whether they can.
    pub(super) fn each_place(&mut self, header: DocId, mut each: impl FnMut(RangeInclusive<DocId>)) -> bool {
        let Places::Atom(Leaf::Phrase(phrase)) = &mut self.places else { return false };
        phrase.find(&self.text.block_map, header).iter().for_each(|stretch| each(stretch.docs()));
        true
    }

    /// The places in the block of `header`, of which the documents were counted.
    pub(super) fn places(&self, header: DocId) -> Vec<Interval> {
        match &self.places {
            Places::Atom(Leaf::Phrase(phrase)) => phrase.places(&self.text.block_map, header),
            _ => Vec::new(),
        }
    }

    /// Whether some places of some piece were not looked at.
    pub(in crate::retrieve) fn is_over(&self) -> bool {
        self.over
    }
}

/// The first block from `from` on that has what `places` need, told by its header.
fn approach(places: &mut Places<Leaf>, block_map: &BlockMap, from: DocId) -> DocId {
    match places {
        Places::Atom(leaf) => match leaf.seek(block_map, from) {
            TERMINATED => TERMINATED,
            doc => block_map.header_of(doc),
        },
        Places::Either(parts) => parts.iter_mut().map(|part| approach(part, block_map, from)).min().unwrap_or(TERMINATED),
        Places::Sequence(parts) => approach_all(parts.len(), block_map, from, |at, from| {
            parts.get_mut(at).map_or(TERMINATED, |part| approach(part, block_map, from))
        }),
        Places::Together(parts, _) => approach_all(parts.len(), block_map, from, |at, from| {
            parts.get_mut(at).map_or(TERMINATED, |(part, _)| approach(part, block_map, from))
        }),
        Places::Near(left, how, _) if how.negated => approach(left, block_map, from),
        Places::Near(left, _, right) => {
            approach_all(2, block_map, from, |at, from| approach(if at == 0 { left } else { right }, block_map, from))
        }
    }
}

/// The first block from `from` on at which so many parts meet, told by its header; `approach` gives that of one of them.
fn approach_all(parts: usize, block_map: &BlockMap, from: DocId, mut approach: impl FnMut(usize, DocId) -> DocId) -> DocId {
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
                furthest = block_map.first_passage(found);
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
        leaf.read(&self.block_map, self.header)
    }

    fn begins(&mut self, reach: Reach) -> &[u32] {
        let units = if reach == Reach::Paragraph { &mut self.paragraphs } else { &mut self.sentences };
        let Some(units) = units else { return &[] };
        if units.header != Some(self.header) {
            units.header = Some(self.header);
            units.begins.clear();
            units.tokens.numbers(&self.block_map, self.header, &mut units.begins);
        }
        &units.begins
    }
}

impl Leaf {
    /// The first document at or behind `from` in which it may stand.
    fn seek(&mut self, block_map: &BlockMap, from: DocId) -> DocId {
        match self {
            Self::Tokens(tokens) => tokens.word.seek(from),
            Self::Phrase(phrase) => phrase.seek(block_map, from),
            Self::Pair(pair) => pair.seek(block_map, from),
        }
    }

    fn read(&mut self, block_map: &BlockMap, header: DocId) -> Vec<Interval> {
        match self {
            Self::Tokens(tokens) => tokens.read(block_map, header),
            Self::Phrase(phrase) => phrase.read(block_map, header),
            Self::Pair(pair) => pair.read(block_map, header),
        }
    }
}
