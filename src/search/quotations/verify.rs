//! Whether quotations stand in the corpus as they are quoted.

use std::rc::Rc;
use std::sync::Arc;

use foldhash::HashMap;

use super::changes::{WordChange, best_window, changes, distance_bound};
use super::draft::Quotation;
use super::wording::{Token, contains, segments, tokens};
use crate::index::{StoredPassage, StoredPiece};
use crate::query::{Mode, literal};
use crate::rank::Level;
use crate::search::{Asker, Detail, Error, PieceView, Question};
use crate::text::sentences::sentences;
use crate::text::{Span, Words};

/// What has become of a quotation.
#[derive(Clone, Debug)]
pub struct CheckedQuotation {
    /// The quotation.
    pub quotation: Quotation,
    /// The verdict.
    pub verdict: Verdict,
    /// Where it stands, or what comes closest.
    pub source: Option<QuotationSource>,
    /// From the source to the quotation, word by word; empty where nothing comes close.
    pub changes: Vec<WordChange>,
}

/// Whether a quotation is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Word for word, but for typography, what is left out where … says so, and what stands in brackets.
    Verbatim,
    /// A passage comes close.
    Altered,
    /// Nothing comes close.
    Absent,
}

impl Verdict {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::Altered => "altered",
            Self::Absent => "absent",
        }
    }
}

/// Where a quotation is from.
#[derive(Clone, Debug)]
pub struct QuotationSource {
    /// The piece.
    pub piece: PieceView,
    /// The passage in which it begins; none for a title.
    pub passage: Option<StoredPassage>,
}

/// How many pieces with a phrase of a quotation are read.
const WITH_PHRASE: usize = 100;

/// How many pieces with some of its words are.
const WITH_WORDS: usize = 20;

/// How many words of a quotation are looked for as a phrase.
const PHRASE: usize = 8;

/// How many words of it are looked for singly, …
const MOST_WORDS: usize = 60;

/// … or characters of a script without spaces.
const MOST_CHARACTERS: usize = 1_000;

/// The part of a quotation's words that must agree for a passage to come close.
const CLOSE: f64 = 0.6;

/// How many words and marks of the pieces read last are kept: some 100 MB.
const KEPT: usize = 1_000_000;

/// … and how many pieces.
const MOST_KEPT: usize = 200;

impl Asker<'_> {
    /// What has become of `quotations` in the corpus.
    pub fn verify(&self, quotations: &[Quotation]) -> Result<Vec<CheckedQuotation>, Error> {
        let mut check = Check { asker: self, read: Vec::new() };
        let mut checked: Vec<CheckedQuotation> = Vec::new();
        let mut known: HashMap<&str, usize> = HashMap::default();
        for quotation in quotations {
            let again = known.get(quotation.text.as_str()).and_then(|at| checked.get(*at)).cloned();
            known.entry(&quotation.text).or_insert(checked.len());
            checked.push(match again {
                Some(again) => CheckedQuotation { quotation: quotation.clone(), ..again },
                None => check.verify(quotation)?,
            });
        }
        Ok(checked)
    }
}

/// A check of many quotations, which are often from the same pieces.
struct Check<'a> {
    asker: &'a Asker<'a>,
    /// The pieces read last, the last one behind.
    read: Vec<Rc<Text>>,
}

impl Check<'_> {
    fn verify(&mut self, quotation: &Quotation) -> Result<CheckedQuotation, Error> {
        let wanted = segments(&quotation.text);
        for phrase in phrases(&quotation.text) {
            for piece in self.asker.pieces(&format!("\"{phrase}\""), Mode::All, WITH_PHRASE)? {
                let text = self.text(piece)?;
                if let Some(at) = contains(&text.tokens, &wanted) {
                    let source = Some(text.source(at));
                    return Ok(CheckedQuotation { quotation: quotation.clone(), verdict: Verdict::Verbatim, source, changes: Vec::new() });
                }
                if contains(&tokens(text.title()), &wanted).is_some() {
                    let source = Some(QuotationSource { piece: text.piece.clone(), passage: None });
                    return Ok(CheckedQuotation { quotation: quotation.clone(), verdict: Verdict::Verbatim, source, changes: Vec::new() });
                }
            }
        }
        self.closest(quotation)
    }

    /// The passage that comes closest.
    fn closest(&mut self, quotation: &Quotation) -> Result<CheckedQuotation, Error> {
        let asked = tokens(&quotation.text);
        let bound = distance_bound(asked.len(), CLOSE);
        let most = if Words::of(&quotation.text).next().is_some_and(|first| first.solo) { MOST_CHARACTERS } else { MOST_WORDS };
        let query = literal(&quotation.text, most);
        let mut best: Option<(usize, Rc<Text>, (usize, usize))> = None;
        for piece in self.asker.pieces(&query, Mode::Any, WITH_WORDS)? {
            let text = self.text(piece)?;
            // Of what is so much longer too many words are missing here.
            if text.tokens.len() + bound < asked.len() {
                continue;
            }
            let (distance, window) = best_window(&text.tokens, &asked);
            if best.as_ref().is_none_or(|(least, ..)| distance < *least) {
                best = Some((distance, text, window));
            }
        }
        let absent = CheckedQuotation { quotation: quotation.clone(), verdict: Verdict::Absent, source: None, changes: Vec::new() };
        let Some((distance, text, (start, end))) = best else { return Ok(absent) };
        if distance > bound {
            return Ok(absent);
        }
        let window = text.tokens.get(start..end).unwrap_or_default();
        Ok(CheckedQuotation { verdict: Verdict::Altered, changes: changes(window, &asked), source: Some(text.source(start)), ..absent })
    }

    /// The text of a piece.
    fn text(&mut self, piece: Arc<StoredPiece>) -> Result<Rc<Text>, Error> {
        let text = match self.read.iter().position(|text| Arc::ptr_eq(&text.piece.stored, &piece) || text.piece.stored == piece) {
            Some(at) => self.read.remove(at),
            None => Rc::new(Text::of(self.asker, piece)?),
        };
        self.read.push(Rc::clone(&text));
        let mut size: usize = self.read.iter().map(|text| text.tokens.len()).sum();
        while (size > KEPT || self.read.len() > MOST_KEPT) && self.read.len() > 1 {
            size -= self.read.remove(0).tokens.len();
        }
        Ok(text)
    }
}

impl Asker<'_> {
    /// The pieces that answer `query` best.
    fn pieces(&self, query: &str, mode: Mode, limit: usize) -> Result<Vec<Arc<StoredPiece>>, Error> {
        if query.trim_matches('"').trim().is_empty() {
            return Ok(Vec::new());
        }
        let question = Question {
            query: query.to_owned(),
            mode,
            limit,
            per_piece: 1,
            level: Level::Quick,
            literal: true,
            detail: Detail::Pieces,
            ..Question::default()
        };
        Ok(self.ask(&question)?.hits.into_iter().map(|hit| hit.piece.stored).collect())
    }
}

/// Runs of words to look for: the first and the last of each of the longest sentences, which no passage cuts.
fn phrases(text: &str) -> Vec<String> {
    let mut parts: Vec<&str> = Vec::new();
    for segment in super::wording::parts(text) {
        parts.extend(sentences(segment).iter().map(|sentence| sentence.span.of(segment)));
    }
    parts.sort_by_key(|part| std::cmp::Reverse(Words::of(part).count()));
    let mut phrases = Vec::new();
    for part in parts.iter().take(2) {
        let words: Vec<Span> = Words::of(part).map(|word| word.span).collect();
        let size = PHRASE.min(words.len());
        for window in [words.get(..size), words.get(words.len() - size..)].into_iter().flatten() {
            if let [first, .., last] | [first @ last] = window {
                let phrase = literal(first.cover(*last).of(part), PHRASE);
                if !phrases.contains(&phrase) {
                    phrases.push(phrase);
                }
            }
        }
    }
    phrases
}

/// A piece, read whole.
struct Text {
    piece: PieceView,
    passages: Vec<StoredPassage>,
    tokens: Vec<Token>,
    /// Where each passage begins among the tokens.
    begins: Vec<usize>,
}

impl Text {
    fn of(asker: &Asker<'_>, stored: Arc<StoredPiece>) -> Result<Self, Error> {
        let passages = asker.reader().passages_of(&stored)?;
        let mut text =
            Self { piece: PieceView::new(asker.reader(), stored)?, tokens: Vec::new(), begins: Vec::new(), passages: Vec::new() };
        for passage in &passages {
            text.begins.push(text.tokens.len());
            text.tokens.extend(tokens(&passage.text));
        }
        text.passages = passages;
        Ok(text)
    }

    fn title(&self) -> &str {
        self.piece.stored.title.as_deref().unwrap_or_default()
    }

    /// Where the token `at` stands.
    fn source(&self, at: usize) -> QuotationSource {
        let passage = self.begins.partition_point(|begin| *begin <= at).saturating_sub(1);
        QuotationSource { passage: self.passages.get(passage).cloned(), piece: self.piece.clone() }
    }
}
