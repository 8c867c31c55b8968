use std::collections::BTreeMap;
use std::fmt::Write;

use pundit::actors::Roster;
use serde_json::{Value, json};

use super::golden;
use super::harness::{Sandbox, project};
use super::mentions::unmarked;

/// A short text with its mentions marked by hand, as in the annotated pieces. `+KIND:NAME` is somebody whom no roster lists, the same NAME at
/// each mention, whatever is written there. What is marked was marked before pundit read the text; the texts are inventions about public
/// affairs that took place, and the speakers whom no roster lists do not exist.
struct Short {
    id: String,
    date: String,
    text: String,
    mentions: BTreeMap<(usize, usize), String>,
}

fn texts() -> Vec<Short> {
    let folder = project().join("tests/it/short-mentions");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let file = std::fs::read_to_string(path).unwrap();
        let (head, marked) = file.split_once("\n\n").unwrap();
        let date = head.lines().find_map(|line| line.strip_prefix("date: ")).unwrap().to_owned();
        let (text, mentions) = unmarked(marked.trim_end());
        Short { id: path.file_stem().unwrap().to_str().unwrap().to_owned(), date, text, mentions }
    };
    paths.iter().map(read).collect()
}

/// Person, state or organisation, and whether it is a mention at all: a place is marked in order to be none.
fn kind(identity: &str) -> Option<String> {
    match identity.strip_prefix('+').and_then(|unlisted| unlisted.split_once(':')) {
        Some((kind, _)) => Some(kind.to_owned()),
        None if identity == "place" => None,
        None => Some(Roster::builtin().find(identity).unwrap_or_else(|| panic!("nobody has the id {identity}")).kind.to_string()),
    }
}

#[derive(Default)]
struct Counts {
    annotated: u32,
    found: u32,
    right: u32,
    identified: u32,
}

#[test]
fn figures_of_short_texts() {
    let texts = texts();
    let record = |text: &Short| {
        let language = text.id.split_once('-').unwrap().0;
        json!({"id": text.id, "text": text.text, "date": text.date, "lang": language}).to_string()
    };
    let records: Vec<String> = texts.iter().map(record).collect();
    let sandbox = Sandbox::with(&[("texts.jsonl", &records.join("\n"))]);
    let found = sandbox.run(&["tag", "texts.jsonl", "-f", "jsonl"]).json_lines();
    let mut counts: BTreeMap<(String, String), Counts> = BTreeMap::new();
    for text in &texts {
        let language = text.id.split_once('-').unwrap().0;
        let place = |mention: &Value, end: &str| usize::try_from(mention[end].as_u64().unwrap()).unwrap();
        let here: BTreeMap<_, _> = found
            .iter()
            .filter(|mention| mention["piece"] == text.id.as_str())
            .map(|mention| ((place(mention, "start"), place(mention, "end")), mention))
            .collect();
        for mention in here.values() {
            counts.entry((language.to_owned(), mention["kind"].as_str().unwrap().to_owned())).or_default().found += 1;
        }
        let mut ids: BTreeMap<&str, &Value> = BTreeMap::new();
        for (span, identity) in &text.mentions {
            let Some(kind) = kind(identity) else { continue };
            let counts = counts.entry((language.to_owned(), kind.clone())).or_default();
            counts.annotated += 1;
            let Some(mention) = here.get(span).filter(|mention| mention["kind"] == kind.as_str()) else { continue };
            counts.right += 1;
            // One whom no roster lists is identified where all mentions say the same.
            let meant = match identity.strip_prefix('+') {
                Some(_) => mention["listed"] == false && *ids.entry(identity).or_insert(&mention["actor"]) == &mention["actor"],
                None => mention["actor"] == identity.as_str(),
            };
            counts.identified += u32::from(meant);
        }
    }
    let mut table = String::from(
        "# Against short annotated texts: spans and kinds found exactly (precision, recall, F1), and the part of those whose actor is right.\n\
         lang\tkind\tannotated\tfound\tprecision\trecall\tf1\tidentity\n",
    );
    for ((language, kind), Counts { annotated, found, right, identified }) in &counts {
        let part = |of: u32, all: u32| f64::from(of) / f64::from(all.max(1));
        let f1 = 2.0 * f64::from(*right) / f64::from(annotated + found);
        let (precision, recall, identity) = (part(*right, *found), part(*right, *annotated), part(*identified, *right));
        writeln!(table, "{language}\t{kind}\t{annotated}\t{found}\t{precision:.3}\t{recall:.3}\t{f1:.3}\t{identity:.3}").unwrap();
    }
    golden::check("short-mentions.tsv", &table);
}
