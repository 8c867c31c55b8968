//! Pieces made of the sentences of `corpus/`: as many as are wanted, the same ones each time.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use pundit::pieces::read::read;
use pundit::pieces::{Format, Limits, Piece};
use pundit::text::Language;
use pundit::text::sentences::sentences;

/// A language of which the corpus has fewer sentences is left out: made pieces would all be copies of each other.
const ENOUGH: usize = 200;

/// Numbers that look random and are the same each time (`SplitMix64`; Steele, Lea and Flood 2014).
struct Dice(u64);

impl Dice {
    /// One of `things`.
    fn pick<'t, T>(&mut self, things: &'t [T]) -> Option<&'t T> {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let at = (mixed ^ (mixed >> 31)) % things.len().max(1) as u64;
        things.get(usize::try_from(at).unwrap_or_default())
    }
}

/// The pieces of the sample corpus, as they are read.
pub(super) fn pieces() -> Vec<Piece> {
    let mut found = Vec::new();
    collect(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus")), &mut found);
    found
}

fn collect(folder: &Path, out: &mut Vec<Piece>) {
    let mut paths: Vec<_> = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, out);
        } else if let (Ok(format), Ok(bytes)) = (Format::of(&path), fs::read(&path)) {
            out.extend(read(bytes, format, &Limits::default()).pieces);
        }
    }
}

/// Writes `count` pieces into `folder`. Each has the head of a real one and as many sentences, which are from anywhere in its language. Gives the
/// bytes of their texts.
pub(super) fn write(folder: &Path, count: usize) -> u64 {
    let mut real: Vec<(Language, usize, Piece)> = Vec::new();
    let mut known: BTreeMap<Language, Vec<String>> = BTreeMap::new();
    for piece in pieces() {
        let language = piece.language.unwrap_or_else(|| Language::detect(&piece.text));
        let found: Vec<String> = sentences(&piece.text).iter().map(|one| one.span.of(&piece.text).trim().to_owned()).collect();
        real.push((language, found.len(), piece));
        known.entry(language).or_default().extend(found);
    }
    known.retain(|_, sentences| sentences.len() >= ENOUGH);
    real.retain(|(language, _, _)| known.contains_key(language));
    let mut dice = Dice(0);
    let mut bytes = 0;
    for number in 0..count {
        let Some((language, length, head)) = dice.pick(&real) else { continue };
        let said = known.get(language).map(Vec::as_slice).unwrap_or_default();
        let space = if matches!(*language, Language::CHINESE | Language::JAPANESE) { "" } else { " " };
        let text: Vec<&str> = (0..*length).filter_map(|_| dice.pick(said)).map(String::as_str).collect();
        let text = text.chunks(4).map(|paragraph| paragraph.join(space)).collect::<Vec<_>>().join("\n\n");
        let folder = folder.join(format!("{:03}", number / 500));
        fs::create_dir_all(&folder).expect("a folder for pieces");
        fs::write(folder.join(format!("{number}.md")), format!("{}\n{text}\n", front_matter(head, *language))).expect("a piece is written");
        bytes += text.len() as u64;
    }
    bytes
}

fn front_matter(piece: &Piece, language: Language) -> String {
    let date = piece.date.map(|date| date.to_string());
    let lines =
        [("title", piece.title.as_ref()), ("source", piece.source.as_ref()), ("author", piece.authors.first()), ("date", date.as_ref())];
    let lines: String = lines.iter().filter_map(|(name, value)| Some(format!("{name}: {:?}\n", value.as_ref()?))).collect();
    format!("---\n{lines}lang: {language}\n---\n")
}
