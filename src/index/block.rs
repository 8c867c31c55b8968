//! A piece on its way into the index: analysed, named and cut, as the documents that are written of it.
//!
//! This is the one place where text becomes tokens of an index. Whatever else is made of a text (`tag`, `verify`, what is shown of a query) goes
//! through the same analysis, so that it cannot differ from what was indexed.

use std::cell::RefCell;
use std::sync::Arc;

use tantivy::TantivyDocument;

use super::fields::{Fields, Meta};
use super::inversion::{Inversion, Inverted, KnownWords, Tokens};
use super::segment::sketch::sketched;
use super::segment::vector::Vector;
use super::shell::Shell;
use super::sites::{LeftOut, StoredOutline};
use super::stored::{StoredPassage, StoredPiece, encode};
use super::tokenize::Spoken;
use crate::actors::{Matcher, Mention, Roster, Tagged, Tagger};
use crate::passages::{self, Passage};
use crate::pieces::{Date, Piece, Skipped, guarded};
use crate::text::sentences::sentences;
use crate::text::{Analyzer, CodePoints, Language, Span, Words, fold};

/// A piece as documents: its passages, then its header.
#[derive(Debug)]
pub struct Block {
    /// The documents, in order, …
    pub documents: Vec<TantivyDocument>,
    /// … and what is written of their words.
    pub inverted: Inverted,
    /// What the header keeps.
    pub header: StoredPiece,
}

/// Where a piece was read from.
#[derive(Clone, Debug)]
pub struct Origin<'o> {
    /// The number of its root.
    pub root: u32,
    /// Its file's path from the root.
    pub path: &'o str,
    /// Its file's size in bytes.
    pub size: u64,
    /// When its file was changed, in nanoseconds since 1970.
    pub modified: i64,
}

impl Origin<'_> {
    /// The key that every document of the file carries.
    #[must_use]
    pub fn owner(&self) -> String {
        owner(self.root, self.path)
    }
}

/// The key of a file: its root and path.
#[must_use]
pub(super) fn owner(root: u32, path: &str) -> String {
    format!("{root:08}/{path}")
}

/// Makes blocks of pieces. Each thread has its own.
pub struct Builder<'r> {
    fields: Fields,
    roster: &'r Roster,
    matcher: Arc<Matcher>,
    analyzer: Analyzer,
    tagger: Tagger<'r>,
    room: RefCell<Room>,
}

/// A longer piece leaves tables behind that would take long to empty for each of the next, and memory.
const MOST_WORDS: usize = 1 << 14;

/// What a piece is written to, kept from one to the next.
#[derive(Default)]
struct Room {
    inversion: Inversion,
    known_words: KnownWords,
}

impl Room {
    /// What was written of a piece of so many words. There is room for another then.
    fn take(&mut self, words: usize) -> Inverted {
        let inverted = self.inversion.take();
        if words > MOST_WORDS {
            *self = Self::default();
        } else {
            self.known_words.clear();
        }
        inverted
    }
}

impl<'r> Builder<'r> {
    /// A builder that finds mentions by `roster`, for which `matcher` was made.
    #[must_use]
    pub fn new(fields: Fields, roster: &'r Roster, matcher: Arc<Matcher>) -> Self {
        let tagger = Tagger::new(roster, Arc::clone(&matcher));
        Self { fields, roster, matcher, analyzer: Analyzer::default(), tagger, room: RefCell::default() }
    }

    /// The same as [`Builder::block_with`]; if making it comes upon what was not foreseen, the piece is left out, and told as that.
    pub(super) fn block_or_skip(&mut self, piece: Piece, known: Option<Tagged>, origin: &Origin<'_>) -> Result<Block, Skipped> {
        let (inside, line) = (piece.inside.clone(), piece.record.and(piece.lines.at(0)));
        guarded(|| self.block_with(piece, known, origin)).map_err(|reason| {
            // What it remembers of words may be half of something.
            *self = Self::new(self.fields, self.roster, Arc::clone(&self.matcher));
            Skipped { inside, line, reason }
        })
    }

    /// The block of `piece`, which was read from `origin`.
    #[must_use]
    pub fn block(&self, piece: Piece, origin: &Origin<'_>) -> Block {
        self.block_with(piece, None, origin)
    }

    /// The block of `piece`, which was read from `origin`, with the mentions in it if they are known.
    #[must_use]
    pub(super) fn block_with(&self, mut piece: Piece, known: Option<Tagged>, origin: &Origin<'_>) -> Block {
        // A piece without body has one passage, its title, whose words then do not count twice.
        let is_bare = piece.text.trim().is_empty();
        if is_bare {
            piece.text = piece.title.clone().unwrap_or_default();
        }
        let language = piece.language.unwrap_or_else(|| Language::detect(&piece.text));
        let title = piece.title.as_deref().unwrap_or_default();
        let title_words = self.analyzer.analyse(title, language);
        let words = self.analyzer.analyse(&piece.text, language);
        let tagged = known
            .unwrap_or_else(|| self.tagger.tag((title, &title_words), (&piece.text, &words), language, piece.date.map(Date::first_day)));
        let sentences_of_text = sentences(&piece.text);
        let names: Vec<Span> = tagged.text.iter().map(|mention| mention.span).collect();
        let passages = passages::cut(&piece.text, &words.words, &sentences_of_text, &names);
        let mut room = self.room.borrow_mut();
        let Room { inversion, known_words } = &mut *room;
        let spoken = Spoken::of((&piece.text, &words), &sentences_of_text, known_words, inversion);
        let owner = Meta::Owner(&origin.owner()).token();

        let mut documents = Vec::with_capacity(passages.len() + 1);
        let mut terms = 0;
        // Passages and the lines that they start in come in order, so that both are counted in one reading of the text.
        let (mut at, mut line_at) = (CodePoints::of(&piece.text), CodePoints::of(&piece.text));
        let mut mentions = tagged.text.into_iter().peekable();
        for (place, passage) in passages.iter().enumerate() {
            let mut inside: Vec<Mention> = Vec::new();
            while let Some(mention) = mentions.next_if(|mention| mention.span.start < passage.span.end) {
                if passage.span.contains(mention.span) {
                    inside.push(Mention { span: mention.span.relative_to(passage.span.start), ..mention });
                }
            }
            let next = passages.get(place + 1).map_or(piece.text.len(), |next| next.span.start);
            let start = at.before(passage.span.start);
            let line_start = piece.lines.start(passage.span.start).map(|line| line_at.before(line));
            let own = language.of_part(passage.span.of(&piece.text));
            let stored = StoredPassage {
                start,
                end: at.before(passage.span.end),
                line: piece.lines.at(passage.span.start),
                page: piece.lines.page(passage.span.start),
                lang: (own != language).then(|| own.code().to_owned()),
                column: line_start.map(|line| (start - line) as u64 + 1),
                // It is coded with its words.
                text: String::new(),
                gap: Span::new(passage.span.end, next).of(&piece.text).to_owned(),
                lead: if place == 0 { Span::new(0, passage.span.start).of(&piece.text).to_owned() } else { String::new() },
                mentions: inside.iter().map(Into::into).collect(),
            };
            spoken.words(passage.words.clone(), &inside, passage.span.start, inversion.words());
            let mut coding = inversion.coding(&Shell::of(&stored).encode());
            stored.code(&mut coding);
            spoken.spell(passage.span, passage.words.clone(), coding);
            let of_words = spoken.terms_of_words(passage.words.clone(), inversion.terms());
            let count = of_words + spoken.terms_of_runs(passage.words.clone(), inversion.runs());
            inversion.meta().push(&owner);
            inversion.end();
            terms += count;
            documents.push(self.passage(passage, count));
        }
        let spoken_title = Spoken::of((title, &title_words), &sentences(title), known_words, inversion);
        let all = 0..spoken_title.len();
        spoken_title.words(all.clone(), &tagged.title, 0, inversion.words());
        let of_words = spoken_title.terms_of_words(all.clone(), inversion.terms());
        let title_terms = of_words + spoken_title.terms_of_runs(all.clone(), inversion.runs());
        spoken_title.terms_of_words(all.clone(), inversion.titles());
        spoken_title.terms_of_runs(all, inversion.titles());
        let header = StoredPiece {
            root: origin.root,
            path: origin.path.to_owned(),
            inside: piece.inside.clone(),
            record: piece.record,
            id: piece.id.clone(),
            title: piece.title.clone(),
            authors: piece.authors.clone(),
            source: piece.source.clone(),
            date: piece.date.map(|date| date.to_string()),
            lang: language.code().to_owned(),
            url: piece.url.clone(),
            kind: piece.kind.clone(),
            tags: piece.tags.clone(),
            site: piece.margins.as_ref().map(|margins| margins.site.clone()),
            digest: digest(piece.text.as_bytes()),
            size: origin.size,
            modified: origin.modified,
            passages: passages.len() as u64,
            terms,
            title_terms: if is_bare { 0 } else { title_terms },
            title_mentions: tagged.title.iter().map(Into::into).collect(),
        };
        let mut document = self.header(&piece, &header);
        let sketch = sketched((0..words.words.len()).map(|at| words.folded.get(at)));
        let mut vector = Vector::default();
        if !is_bare {
            spoken_title.count(&mut vector);
        }
        spoken.count(&mut vector);
        vector.code(inversion);
        document.add_custom(self.fields.forward, &sketch);
        documents.push(document);
        meta(&header, inversion.meta());
        inversion.meta().push(&owner);
        inversion.end();
        Block { documents, inverted: room.take(words.words.len()), header }
    }

    /// The document of a passage with so many ranking terms.
    fn passage(&self, passage: &Passage, terms: u64) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_u64(self.fields.length, terms);
        document.add_u64(self.fields.first_word, passage.words.start as u64);
        document
    }

    fn header(&self, piece: &Piece, header: &StoredPiece) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_u64(self.fields.length, header.terms + header.title_terms);
        if let Some(date) = piece.date {
            document.add_i64(self.fields.first_day, i64::from(date.first_day()));
            document.add_i64(self.fields.last_day, i64::from(date.last_day()));
        }
        document.add_text(self.fields.key, key(header));
        document.add_bytes(self.fields.stored, &encode(header));
        if let Some(margins) = &piece.margins {
            document.add_bytes(self.fields.outline, &encode(&StoredOutline::from(&margins.outline)));
            let left_out = LeftOut { head: margins.head.clone(), tail: margins.tail.clone() };
            if left_out != LeftOut::default() {
                document.add_bytes(self.fields.left_out, &encode(&left_out));
            }
        }
        document
    }
}

/// Adds what a header is asked for exactly to `out`.
fn meta(header: &StoredPiece, mut out: Tokens<'_>) {
    out.push(&Meta::Piece.token());
    out.push(&Meta::Lang(&header.lang).token());
    out.push(&Meta::Digest(header.short_digest()).token());
    if let Some(id) = &header.id {
        out.push(&Meta::Id(id).token());
    }
    if let Some(kind) = &header.kind {
        out.push(&Meta::Kind(kind).token());
    }
    if let Some(site) = &header.site {
        out.push(&Meta::Site(site).token());
    }
    let mut each_word = |text: &str, name: fn(&str) -> Meta<'_>| {
        // So that no phrase goes on from one name into the next.
        out.skip(1);
        for word in Words::of(text) {
            out.push(&name(&fold::folded(word.span.of(text))).token());
        }
    };
    header.source.iter().for_each(|source| each_word(source, |word| Meta::Source(word)));
    header.authors.iter().for_each(|author| each_word(author, |word| Meta::Author(word)));
    header.tags.iter().for_each(|tag| each_word(tag, |word| Meta::Tag(word)));
    each_word(&header.whole_path(), |word| Meta::Path(word));
}

/// The key by which ties are broken: root, path, path inside, then the record's place as a number of fixed width.
pub(super) fn key(header: &StoredPiece) -> String {
    let inside = header.inside.as_deref().unwrap_or_default();
    format!("{}\u{1}{inside}\u{1}{:012}", owner(header.root, &header.path), header.record.unwrap_or_default())
}

/// The part of a key that tells the file, and where in it if it is an archive.
#[must_use]
pub fn file_of_key(key: &str) -> &str {
    key.rsplit_once('\u{1}').map_or(key, |(file, _)| file)
}

/// The digest of a text: the first 128 bits of its BLAKE3 hash, in hexadecimal.
#[must_use]
pub(super) fn digest(bytes: &[u8]) -> String {
    short_hex(&blake3::hash(bytes))
}

pub(super) fn short_hex(hash: &blake3::Hash) -> String {
    hash.to_hex().chars().take(32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_piece_leaves_no_large_table() {
        let mut room = Room::default();
        for (words, is_kept) in [(MOST_WORDS, true), (MOST_WORDS + 1, false)] {
            for word in 0..words {
                room.inversion.number(&word.to_string());
            }
            let _inverted = room.take(words);
            assert_eq!(room.inversion.room() >= words, is_kept);
            assert_eq!(["b", "a", "b"].map(|word| room.inversion.number(word)), [0, 1, 0]);
            let _inverted = room.take(2);
        }
    }
}
