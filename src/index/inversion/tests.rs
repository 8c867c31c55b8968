//! What the engine itself writes of the same documents.

use proptest::prelude::*;
use tantivy::index::{SegmentComponent as File, SegmentMeta};
use tantivy::indexer::UserOperation;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tantivy::{Index, IndexBuilder, IndexWriter, TantivyDocument};

use super::*;
use crate::index::fields::{Fields, Meta};
use crate::index::open::parts;

/// One of the things that can be said to an [`Inversion`].
#[derive(Clone, Debug)]
enum Said {
    Push(String),
    Beside(String),
    Skip(usize),
}

/// A document: its words and terms, and of a header its title and metadata.
#[derive(Clone, Debug)]
struct Sketched {
    words: Vec<Said>,
    terms: Vec<Said>,
    header: Option<[Vec<Said>; 2]>,
}

fn said() -> impl Strategy<Value = Vec<Said>> {
    let token = || prop_oneof![4 => "[a-d]", 1 => "[a-c安\u{1}]{0,20}", 1 => Just("x".repeat(MAX_TOKEN_LEN + 1))];
    let one = prop_oneof![6 => token().prop_map(Said::Push), 2 => token().prop_map(Said::Beside), 1 => (1_usize..5).prop_map(Said::Skip)];
    prop::collection::vec(one, 0..12).prop_map(|said| {
        // Nothing is beside a position at which nothing stands, and behind the last token nothing is skipped.
        let mut out: Vec<Said> = Vec::new();
        for said in said {
            let follows = matches!((&said, out.last()), (Said::Beside(_), None | Some(Said::Skip(_))));
            if !follows {
                out.push(said);
            }
        }
        while matches!(out.last(), Some(Said::Skip(_))) {
            out.pop();
        }
        out
    })
}

/// Adds a document to `inversion`.
fn invert(of: &Sketched, inversion: &mut Inversion) {
    let [title, meta] = of.header.as_ref().map_or([&[] as &[Said]; 2], |header| header.each_ref().map(Vec::as_slice));
    let add = |mut out: Tokens<'_>, said: &[Said]| {
        for said in said {
            match said {
                Said::Push(token) => {
                    out.push(token);
                }
                Said::Beside(token) => {
                    out.beside(token);
                }
                Said::Skip(positions) => out.skip(*positions),
            }
        }
    };
    add(inversion.words(), &of.words);
    add(inversion.terms(), &of.terms);
    add(inversion.runs(), &of.terms);
    add(inversion.titles(), title);
    add(inversion.meta(), meta);
    inversion.end();
}

/// The document, without its tokens.
fn document(fields: &Fields, number: usize, of: &Sketched) -> TantivyDocument {
    let mut document = TantivyDocument::default();
    document.add_u64(fields.length, of.terms.len() as u64);
    document.add_bytes(fields.stored, format!("document {number}").as_bytes());
    if of.header.is_some() {
        document.add_text(fields.key, format!("{number:03}"));
        document.add_i64(fields.first_day, 100 - i64::try_from(number).unwrap_or_default());
        document.add_custom(fields.forward, &[1, 2, 3]);
    }
    document
}

/// The same with its tokens, as the engine takes them: for each a line with its position.
fn for_engine(fields: &Fields, number: usize, of: &Sketched) -> TantivyDocument {
    let mut document = document(fields, number, of);
    let [title, meta] = of.header.as_ref().map_or([None; 2], |header| header.each_ref().map(Some));
    let (words, terms) = (Some(&of.words), Some(&of.terms));
    for (field, said) in [(fields.words, words), (fields.terms, terms), (fields.runs, terms), (fields.titles, title), (fields.meta, meta)] {
        let (mut lines, mut next) = (Vec::new(), 0_usize);
        for said in said.into_iter().flatten() {
            match said {
                Said::Skip(positions) => next += positions,
                Said::Push(token) => {
                    lines.push(format!("{next} {token}"));
                    next += 1;
                }
                Said::Beside(token) => lines.push(format!("{} {token}", next - 1)),
            }
        }
        document.add_text(field, lines.join("\n"));
    }
    document
}

/// Cuts the lines of [`for_engine`] apart.
#[derive(Clone, Default)]
struct Lines {
    tokens: Vec<Token>,
    at: usize,
}

impl Tokenizer for Lines {
    type TokenStream<'a> = &'a mut Self;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> &'a mut Self {
        let token = |line: &str| {
            let (position, text) = line.split_once(' ').unwrap();
            Token { position: position.parse().unwrap(), text: text.to_owned(), ..Token::default() }
        };
        *self = Self { tokens: text.lines().map(token).collect(), at: 0 };
        self
    }
}

impl TokenStream for &mut Lines {
    fn advance(&mut self) -> bool {
        self.at += 1;
        self.at <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.at - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        let at = self.at - 1;
        &mut self.tokens[at]
    }
}

/// A new index in memory.
fn index() -> Index {
    let builder = parts().into_iter().fold(Index::builder().schema(Fields::schema().0), IndexBuilder::register_plugin);
    let index = builder.create_in_ram().unwrap();
    index.tokenizers().register("compact", Lines::default());
    index
}

/// The bytes of all files of a segment.
fn files(index: &Index, segment: &SegmentMeta) -> Vec<Vec<u8>> {
    let files = [File::Terms, File::Postings, File::Positions, File::FieldNorms, File::FastFields, File::Store];
    let own = ["shelf", "impacts"].map(|ending| File::Custom(ending.to_owned()));
    let read = |file| index.segment(segment.clone()).open_read(file).unwrap().read_bytes().unwrap().to_vec();
    files.into_iter().chain(own).map(read).collect()
}

proptest! {
    /// The files of a segment are, byte by byte, those that the engine writes.
    #[test]
    fn a_new_segment_is_that_of_the_engine(
        documents in prop::collection::vec((said(), said(), prop::option::weighted(0.4, [said(), said()])), 1..12),
        times in prop_oneof![9 => Just(1_usize), 1 => Just(300)],
        together in 1_usize..5,
    ) {
        let (_, fields) = Fields::schema();
        let sketched: Vec<_> = documents.into_iter().map(|(words, terms, header)| Sketched { words, terms, header }).collect();
        let all = sketched.iter().cycle().take(sketched.len() * times);
        let engine = index();
        let mut writer: IndexWriter = engine.writer_with_num_threads(1, 15_000_000).unwrap();
        // In one batch, so that they stay in one segment.
        writer.run(all.clone().enumerate().map(|(at, of)| UserOperation::Add(for_engine(&fields, at, of))).collect::<Vec<_>>()).unwrap();
        writer.commit().unwrap();
        let of_engine = engine.searchable_segment_metas().unwrap();
        prop_assert_eq!(of_engine.len(), 1);

        let (own, dir) = (index(), tempfile::tempdir().unwrap());
        let mut new = NewSegment::begin(own.new_segment(), dir.path()).unwrap();
        let all: Vec<_> = all.enumerate().collect();
        let mut inversion = Inversion::default();
        for block in all.chunks(together) {
            for (_, of) in block {
                invert(of, &mut inversion);
            }
            let documents: Vec<_> = block.iter().map(|(at, of)| document(&fields, *at, of)).collect();
            new.add(&documents, &inversion.take()).unwrap();
        }
        let said = |of: &Sketched| [&of.words, &of.terms].into_iter().chain(of.header.iter().flatten()).flatten().cloned().collect::<Vec<_>>();
        let is_a = |said: &Said| matches!(said, Said::Push(token) | Said::Beside(token) if token == "a");
        prop_assert_eq!(new.has("a"), sketched.iter().any(|of| said(of).iter().any(is_a)));
        prop_assert!(!new.has(&Meta::Piece.token()));
        let written = new.write().unwrap();
        prop_assert_eq!(written.max_doc() as usize, all.len());
        prop_assert!(files(&own, &written) == files(&engine, &of_engine[0]));
    }
}
