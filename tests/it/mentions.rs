use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use serde_json::Value;

use super::harness::{Sandbox, project, slice};
use super::{corpus, golden};

/// A piece with its mentions marked by hand, as `⟦written|identity⟧`.
struct Annotated {
    piece: String,
    text: String,
    /// Code points, and who is meant.
    mentions: BTreeMap<(usize, usize), String>,
}

impl Annotated {
    fn read(path: &Path) -> Self {
        let file = std::fs::read_to_string(path).unwrap();
        let (head, marked) = file.split_once("\n\n").unwrap();
        let piece = head.lines().find_map(|line| line.strip_prefix("piece: ")).unwrap().to_owned();
        let (text, mentions) = unmarked(marked.trim_end());
        Self { piece, text, mentions }
    }
}

/// A text without its marks, and what they say: code points, and who is meant.
pub fn unmarked(marked: &str) -> (String, BTreeMap<(usize, usize), String>) {
    let (mut text, mut at, mut mentions) = (String::new(), 0, BTreeMap::new());
    let mut rest = marked;
    while let Some((before, mark)) = rest.split_once('⟦') {
        let (inside, behind) = mark.split_once('⟧').unwrap_or_else(|| panic!("an open mark: {mark}"));
        let (written, identity) = inside.rsplit_once('|').unwrap();
        text.push_str(before);
        at += before.chars().count();
        let end = at + written.chars().count();
        text.push_str(written);
        mentions.insert((at, end), identity.to_owned());
        (at, rest) = (end, behind);
    }
    text.push_str(rest);
    (text, mentions)
}

fn annotated() -> Vec<Annotated> {
    let folder = project().join("tests/it/mentions");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| Annotated::read(path)).collect()
}

/// Whether what the program says of a mention is who is meant.
fn is_meant(identity: &str, found: &Value) -> bool {
    match identity.strip_prefix('+').and_then(|unlisted| unlisted.split_once(':')) {
        Some((kind, name)) => found["listed"] == false && found["kind"] == kind && found["name"] == name,
        None if identity == "?" => found["actor"].is_null(),
        None => found["actor"] == identity,
    }
}

#[derive(Default)]
struct Counts {
    annotated: u32,
    found: u32,
    right_span: u32,
    right_actor: u32,
}

/// The mentions that the program finds in the text of a piece: its passages are parts of the text.
fn found(sandbox: &Sandbox, piece: &Annotated) -> BTreeMap<(usize, usize), Value> {
    let mut found = BTreeMap::new();
    for passage in sandbox.run(&["show", &piece.piece, "-f", "jsonl"]).json_lines() {
        let origin = usize::try_from(passage["passage"]["start"].as_u64().unwrap()).unwrap();
        for mention in passage["mentions"].as_array().unwrap() {
            let place = |end: &str| origin + usize::try_from(mention[end].as_u64().unwrap()).unwrap();
            found.insert((place("start"), place("end")), mention.clone());
        }
    }
    found
}

#[test]
fn annotations_are_of_the_pieces_as_they_are() {
    let sandbox = corpus::sandbox();
    sandbox.run(&["index", "corpus"]);
    let pieces = annotated();
    assert!(pieces.len() >= 30);
    for piece in pieces {
        let passages = sandbox.run(&["show", &piece.piece, "-f", "jsonl"]).json_lines();
        assert!(!passages.is_empty(), "{}", piece.piece);
        for passage in passages {
            let at = &passage["passage"];
            assert_eq!(slice(&piece.text, &at["start"], &at["end"]), at["text"].as_str().unwrap(), "{}", piece.piece);
        }
    }
}

#[test]
fn figures_of_mentions() {
    let sandbox = corpus::sandbox();
    sandbox.run(&["index", "corpus"]);
    let mut by_language: BTreeMap<String, Counts> = BTreeMap::new();
    for piece in annotated() {
        let language = sandbox.run(&["show", &piece.piece, "-f", "jsonl"]).json_lines()[0]["piece"]["lang"].as_str().unwrap().to_owned();
        let counts = by_language.entry(language).or_default();
        let found = found(&sandbox, &piece);
        // A place is marked in order to be no mention.
        let wanted: BTreeMap<_, _> = piece.mentions.iter().filter(|(_, identity)| *identity != "place").collect();
        counts.annotated += u32::try_from(wanted.len()).unwrap();
        counts.found += u32::try_from(found.len()).unwrap();
        for (span, identity) in wanted {
            if let Some(mention) = found.get(span) {
                counts.right_span += 1;
                counts.right_actor += u32::from(is_meant(identity, mention));
            }
        }
    }
    let mut table = String::from(
        "# Against the annotated pieces: spans found exactly (precision, recall, F1), and the same where the actor is right too.\n\
         lang\tannotated\tfound\tprecision\trecall\tf1\tf1 with actor\n",
    );
    for (language, Counts { annotated, found, right_span, right_actor }) in &by_language {
        let part = |of: u32, all: u32| f64::from(of) / f64::from(all.max(1));
        let f1 = |right: u32| 2.0 * f64::from(right) / f64::from(annotated + found);
        writeln!(
            table,
            "{language}\t{annotated}\t{found}\t{:.3}\t{:.3}\t{:.3}\t{:.3}",
            part(*right_span, *found),
            part(*right_span, *annotated),
            f1(*right_span),
            f1(*right_actor)
        )
        .unwrap();
    }
    golden::check("mentions.tsv", &table);
}
