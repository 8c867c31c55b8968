use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde::Deserialize;
use serde_json::{Value, json};

use super::harness::{Sandbox, project};
use super::{corpus, golden};

#[derive(Deserialize)]
struct Judged {
    query: Vec<Query>,
}

/// A query with the pieces that answer it, found by reading.
#[derive(Deserialize)]
struct Query {
    id: String,
    text: String,
    kind: String,
    /// Whether the aimed piece shares words with the query.
    words: String,
    aimed_at: Option<String>,
    /// Where spaces do not tell them: the words of the query that the aimed piece does not have.
    #[serde(default)]
    content: Vec<String>,
    relevant: Vec<Relevant>,
}

#[derive(Deserialize)]
struct Relevant {
    piece: String,
    grade: u32,
    /// A part of the sentence that answers.
    at: String,
}

const SETS: [&str; 3] = ["english", "chinese", "crossing"];

fn queries(set: &str) -> Vec<Query> {
    let path = project().join(format!("tests/it/judged/{set}.toml"));
    toml::from_str::<Judged>(&std::fs::read_to_string(path).unwrap()).unwrap().query
}

/// A piece as the index has it.
struct Held {
    title: String,
    passages: Vec<String>,
}

/// The pieces of the corpus by their ids.
fn pieces(sandbox: &Sandbox) -> BTreeMap<String, Held> {
    let held = |hit: Value| {
        let id = hit["piece"]["id"].as_str().unwrap().to_owned();
        let shown = sandbox.run(&["show", &id, "-f", "jsonl"]).json_lines();
        let passages = shown.iter().map(|passage| passage["passage"]["text"].as_str().unwrap().to_owned()).collect();
        (id, Held { title: hit["piece"]["title"].as_str().unwrap_or_default().to_owned(), passages })
    };
    sandbox.hits(&["NOT unobtainium", "--all", "--per-piece", "1", "--copies", "show"]).into_iter().map(held).collect()
}

/// Words that any text has, and that a query in plain language has too.
const FUNCTION_WORDS: &str = "the of in and for to on a an what who whom whose why how where when which did does do is are was were with by from at after \
     before about its it their his her has have had been that this these those not be as or into over under than between will would could should \
     can may no more most";

/// The words of a text that say something, in small letters, where spaces tell words apart.
fn content(text: &str) -> BTreeSet<String> {
    let text = text.to_lowercase();
    let mut words = BTreeSet::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let spaced = !word.contains(|c: char| ('\u{2E80}'..'\u{FB00}').contains(&c));
        if spaced && !FUNCTION_WORDS.split_whitespace().any(|function| function == word) && word.len() > 1 {
            words.insert(word.to_owned());
        }
    }
    words
}

#[test]
fn judgments_are_of_real_places() {
    let sandbox = corpus::sandbox();
    sandbox.run(&["index", "corpus"]);
    let pieces = pieces(&sandbox);
    let (mut count, mut other, mut ids) = (0, 0, BTreeSet::new());
    for query in SETS.into_iter().flat_map(queries) {
        count += 1;
        assert!(ids.insert(query.id.clone()), "{} stands twice", query.id);
        assert!(["keywords", "phrase", "name", "question", "paragraph"].contains(&query.kind.as_str()), "{}", query.id);
        for Relevant { piece, grade, at } in &query.relevant {
            let Held { passages, .. } = pieces.get(piece).unwrap_or_else(|| panic!("{}: no piece {piece}", query.id));
            assert!((1..=3).contains(grade), "{}: {grade}", query.id);
            assert!(passages.iter().any(|passage| passage.contains(at)), "{}: no passage of {piece} has {at:?}", query.id);
        }
        if query.words == "other" {
            other += 1;
            let aim = query.aimed_at.as_ref().unwrap_or_else(|| panic!("{} aims at nothing", query.id));
            assert!(query.relevant.iter().any(|relevant| relevant.piece == *aim && relevant.grade == 3), "{}", query.id);
            let Held { title, passages } = &pieces[aim];
            let text = format!("{title}\n{}", passages.join("\n"));
            let shared: Vec<String> = content(&query.text).intersection(&content(&text)).cloned().collect();
            assert!(shared.is_empty(), "{}: {aim} has {shared:?}", query.id);
            let written: Vec<&String> = query.content.iter().filter(|word| text.contains(word.as_str())).collect();
            assert!(written.is_empty(), "{}: {aim} has {written:?}", query.id);
        }
    }
    assert!(count >= 120 && other * 2 >= count, "{count} queries, {other} in other words");
}

/// Normalised discounted cumulative gain of an answer's first ten, with the grade as gain as in `pundit eval`.
fn ndcg(gains: &[u32], mut ideal: Vec<u32>) -> f64 {
    let discounted =
        |gains: &[u32]| -> f64 { gains.iter().take(10).zip(2_u32..).map(|(gain, rank)| f64::from(*gain) / f64::from(rank).log2()).sum() };
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    discounted(gains) / discounted(&ideal)
}

/// How good answers are, summed over queries.
#[derive(Default)]
struct Figures {
    queries: f64,
    piece_ndcg: f64,
    passage_ndcg: f64,
    recall: f64,
    first_relevant: f64,
}

impl Figures {
    /// Counts in the hits of one query.
    fn add(&mut self, query: &Query, hits: &[Value]) {
        let mut pieces: Vec<&str> = Vec::new();
        for hit in hits {
            let piece = hit["piece"]["id"].as_str().unwrap();
            if !pieces.contains(&piece) {
                pieces.push(piece);
            }
        }
        pieces.truncate(10);
        let grade = |piece: &str| query.relevant.iter().find(|relevant| relevant.piece == piece).map_or(0, |relevant| relevant.grade);
        let grades: Vec<u32> = query.relevant.iter().map(|relevant| relevant.grade).collect();
        let gains: Vec<u32> = pieces.iter().map(|piece| grade(piece)).collect();
        let passage_gains: Vec<u32> = hits
            .iter()
            .map(|hit| {
                let (piece, text) = (hit["piece"]["id"].as_str().unwrap(), hit["passage"]["text"].as_str().unwrap());
                query.relevant.iter().find(|relevant| relevant.piece == piece && text.contains(&relevant.at)).map_or(0, |it| it.grade)
            })
            .collect();
        self.queries += 1.0;
        self.piece_ndcg += ndcg(&gains, grades.clone());
        self.passage_ndcg += ndcg(&passage_gains, grades.clone());
        let found = gains.iter().filter(|gain| **gain > 0).count();
        self.recall += f64::from(u32::try_from(found).unwrap()) / f64::from(u32::try_from(grades.len().min(10)).unwrap());
        self.first_relevant += gains.iter().zip(1_u32..).find(|(gain, _)| **gain > 1).map_or(0.0, |(_, rank)| 1.0 / f64::from(rank));
    }
}

/// The answers to the queries of a set, by their ids.
fn answers(sandbox: &Sandbox, set: &str, flags: &[&str]) -> BTreeMap<String, Vec<Value>> {
    let rows: String = queries(set).iter().map(|query| format!("{}\n", json!({"id": query.id, "query": query.text}))).collect();
    sandbox.write(&format!("{set}.jsonl"), rows);
    let file = format!("{set}.jsonl");
    let mut args = vec!["batch", file.as_str(), "--any", "--limit", "30", "--copies", "show", "-f", "jsonl"];
    args.extend(flags);
    let mut answers: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for line in sandbox.run(&args).json_lines() {
        if line.get("status").is_none() {
            answers.entry(line["qid"].as_str().unwrap().to_owned()).or_default().push(line);
        }
    }
    answers
}

/// The corpus once more, as records of an unknown language: what it is worth to know the endings of words shows against it.
fn without_stems(sandbox: &Sandbox) -> Sandbox {
    let record = |(id, Held { title, passages }): (String, Held)| {
        let record = json!({"id": id, "title": title, "text": passages.join("\n\n"), "lang": "und"});
        format!("{record}\n")
    };
    let lines: String = pieces(sandbox).into_iter().map(record).collect();
    let other = Sandbox::with(&[("records.jsonl", &lines)]);
    assert_eq!(other.run(&["index", "records.jsonl"]).code, 0);
    other
}

#[test]
fn figures_of_ranking() {
    let sandbox = corpus::sandbox();
    sandbox.run(&["index", "corpus"]);
    let unstemmed = without_stems(&sandbox);
    let settings: [(&str, &Sandbox, &[&str]); 5] = [
        ("as it is", &sandbox, &[]),
        ("quick", &sandbox, &["--rank", "quick"]),
        ("without actors", &sandbox, &["--literal"]),
        ("without stems", &unstemmed, &[]),
        ("without feedback", &sandbox, &["--feedback", "off"]),
    ];
    let mut table = String::from(
        "# Means over the judged queries: nDCG@10 of pieces and of passages, recall among the first 10, reciprocal rank of the first piece of grade 2 or 3.\n\
         setting\tset\twords\tqueries\tpieces\tpassages\trecall\tmrr\n",
    );
    for (name, index, flags) in settings {
        for set in SETS {
            let answers = answers(index, set, flags);
            for words in ["shared", "other"] {
                let mut figures = Figures::default();
                for query in queries(set).iter().filter(|query| query.words == words) {
                    figures.add(query, answers.get(&query.id).map_or(&[], Vec::as_slice));
                }
                let Figures { queries, piece_ndcg, passage_ndcg, recall, first_relevant } = figures;
                let mean = |sum: f64| format!("{:.3}", sum / queries);
                let means = [piece_ndcg, passage_ndcg, recall, first_relevant].map(mean).join("\t");
                writeln!(table, "{name}\t{set}\t{words}\t{queries}\t{means}").unwrap();
            }
        }
    }
    golden::check("ranking.tsv", &table);
}
