//! The fields of an index.

use tantivy::schema::{FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions};

/// The fields of every document.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// Every word of a passage in its folded form, at its position; beside it its written form where that differs, and what begins there
    /// (sentences, paragraphs, mentions), marked as [`super::marks`] says. In a header: the words of the title.
    pub words: Field,
    /// The ranking terms of a passage, or, in a header, of the title, that are stems of words, with their number in it. They stand at the positions of
    /// their words.
    ///
    /// So proximity takes inflections without asking which forms a stem has. The other way, the stem as a token beside each word that
    /// differs from it, names a stem by two tokens, one of which other words share (`news` and its own stem). On 10,000 pieces of news in
    /// six languages these positions take 6% of the index, and a twentieth more time to write it.
    pub terms: Field,
    /// The ranking terms of runs without spaces, which have no positions: the characters of a run have theirs among the words. Most are pairs of
    /// characters, of which there are many, each with few occurrences, so that positions would take a byte each. Whoever asks a
    /// [`Segment`](super::Segment) for a term need not know in which field it is.
    pub runs: Field,
    /// In a header: the ranking terms of the title once more. So it is known without a look at postings how many documents that have a
    /// term are titles, and how many passages.
    pub titles: Field,
    /// What is asked for exactly: see [`Meta`]. The words of an outlet, an author, a subject or a path stand at positions one behind the other,
    /// and between two such names there is a gap: so what is asked for in quotes is found inside one of them.
    pub meta: Field,
    /// In a passage: how many words of its piece stand before it. With that all positions of a piece are numbered through, and what stands
    /// together is found across the seams of passages. Kept in the forward index.
    pub first_word: Field,
    /// How long it is for ranking, in terms: a passage by itself, in a header title and passages together. Words of grammar do not count.
    /// Kept in the forward index.
    pub length: Field,
    /// In a header: what of its piece stands in the segment's forward index, as [`super::segment::forward_index`] says.
    pub forward: Field,
    /// In the header of a saved page: what tells the boilerplate of its site, as [`super::sites`] says.
    pub outline: Field,
    /// In the header of a saved page: the boilerplate that was left out of it. The same on many pages, it takes room once.
    pub left_out: Field,
    /// In a header: the first day of its date, counted from 1970.
    pub first_day: Field,
    /// In a header: the last day of its date.
    pub last_day: Field,
    /// In a header: root, path and record, in the order of which ties are broken. In a file's document: root and path.
    pub key: Field,
    /// In a file's document: its size in bytes.
    pub size: Field,
    /// In a file's document: when it was changed, in nanoseconds since 1970.
    pub modified: Field,
    /// What is needed to show a piece or a file. That of passages is among the [`texts`](super::texts).
    pub stored: Field,
}

/// What a document is asked for exactly, as a token of the field `meta`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Meta<'a> {
    /// Every document of a file: its root and path.
    Owner(&'a str),
    /// The document of one file: its root and path.
    FileOf(&'a str),
    /// What stands for the document of one file until all of the file is written: its root and path.
    Unfinished(&'a str),
    /// A header.
    Piece,
    /// Any file's document.
    File,
    /// A header, by the id that its record gives it.
    Id(&'a str),
    /// A header, by the beginning of its digest.
    Digest(&'a str),
    /// A header, by its language.
    Lang(&'a str),
    /// A header, by a folded word of its outlet's name.
    Source(&'a str),
    /// A header, by a folded word of an author's name.
    Author(&'a str),
    /// A header, by a folded word of its path.
    Path(&'a str),
    /// A header, by a folded word of a tag.
    Tag(&'a str),
    /// A header, by its kind.
    Kind(&'a str),
    /// The header of a saved page, by its site.
    Site(&'a str),
}

impl Meta<'_> {
    /// The token.
    #[must_use]
    pub fn token(&self) -> String {
        let (name, value) = match *self {
            Self::Owner(key) => ("owner", key),
            Self::FileOf(key) => ("file", key),
            Self::Unfinished(key) => ("unfinished", key),
            Self::Piece => ("is", "piece"),
            Self::File => ("is", "file"),
            Self::Id(id) => ("id", id),
            Self::Digest(digest) => ("digest", digest),
            Self::Lang(lang) => ("lang", lang),
            Self::Source(word) => ("source", word),
            Self::Author(word) => ("author", word),
            Self::Path(word) => ("path", word),
            Self::Tag(word) => ("tag", word),
            Self::Kind(word) => ("kind", word),
            Self::Site(site) => ("site", site),
        };
        // An id or a path may hold anything. Indexes on disk have these characters as spaces.
        let value: String = value.chars().map(|c| if matches!(c, '\n' | '\t') { ' ' } else { c }).collect();
        format!("{name}:{value}")
    }
}

impl Fields {
    /// The schema, and its fields.
    #[must_use]
    pub fn schema() -> (Schema, Self) {
        let mut schema = Schema::builder();
        // The engine never sees the texts, but a field names what cuts them; indexes on disk have this name. Lengths stand in the forward
        // index: the engine would keep them too, and weigh every posting by them.
        let text = |option| {
            let indexing = TextFieldIndexing::default().set_tokenizer("compact").set_index_option(option).set_fieldnorms(false);
            TextOptions::default().set_indexing_options(indexing)
        };
        let fast = || NumericOptions::default().set_fast();
        let fields = Self {
            words: schema.add_text_field("words", text(IndexRecordOption::WithFreqsAndPositions)),
            terms: schema.add_text_field("terms", text(IndexRecordOption::WithFreqsAndPositions)),
            runs: schema.add_text_field("runs", text(IndexRecordOption::WithFreqs)),
            titles: schema.add_text_field("titles", text(IndexRecordOption::Basic)),
            meta: schema.add_text_field("meta", text(IndexRecordOption::WithFreqsAndPositions)),
            // The forward index keeps these.
            first_word: schema.add_u64_field("first_word", NumericOptions::default()),
            length: schema.add_u64_field("length", NumericOptions::default()),
            // The name that it always had, so that indexes on disk stay readable.
            forward: schema.add_custom_field("shelf", "shelf", serde_json::Value::Null),
            outline: schema.add_bytes_field("outline", FAST),
            left_out: schema.add_bytes_field("left_out", FAST),
            first_day: schema.add_i64_field("first_day", fast()),
            last_day: schema.add_i64_field("last_day", fast()),
            key: schema.add_text_field("key", TextOptions::default().set_fast(tantivy::tokenizer::RAW_TOKENIZER_NAME)),
            size: schema.add_u64_field("size", fast()),
            modified: schema.add_i64_field("modified", fast()),
            stored: schema.add_bytes_field("stored", STORED),
        };
        (schema.build(), fields)
    }
}
