use std::sync::Arc;

use pundit::actors::{Matcher, Roster, Tagger};
use pundit::pieces::Date;
use pundit::text::{Analyzer, Language};
use serde_json::{Value, json};

use super::harness::{Sandbox, project};

/// A row of the table: what the rule says of a text.
struct Row {
    text: String,
    date: String,
    mentions: Vec<String>,
}

fn table() -> Vec<Row> {
    let table = std::fs::read_to_string(project().join("tests/it/semantics.tsv")).unwrap();
    let rows = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.map(|row| {
        let cells: Vec<&str> = row.split('\t').collect();
        let cell = |at: usize| (*cells.get(at).unwrap_or(&"")).to_owned();
        let mentions = cell(3).split(" | ").filter(|mention| !mention.is_empty()).map(ToOwned::to_owned).collect();
        Row { text: cell(1), date: cell(2), mentions }
    })
    .collect()
}

fn told(mention: &Value) -> String {
    let text = mention["text"].as_str().unwrap();
    match mention["actor"].as_str() {
        Some(actor) => format!("{text}={actor}:{}", mention["rule"].as_str().unwrap()),
        None => {
            let candidates: Vec<_> = mention["candidates"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
            format!("{text}=?{}", candidates.join(","))
        }
    }
}

fn records() -> String {
    table()
        .iter()
        .zip(0..)
        .map(|(row, id)| format!("{}\n", json!({"id": format!("row-{id}"), "text": row.text, "date": row.date})))
        .collect()
}

#[test]
fn the_tagger_says_what_the_table_says() {
    let roster = Roster::builtin();
    let tagger = Tagger::new(roster, Arc::new(Matcher::new(roster)));
    let analyzer = Analyzer::default();
    for row in table() {
        let language = Language::detect(&row.text);
        let (title, text) = (analyzer.analyse("", language), analyzer.analyse(&row.text, language));
        let day = Date::parse(&row.date).map(Date::first_day);
        let tagged = tagger.tag(("", &title), (&row.text, &text), language, day);
        let said: Vec<String> = tagged
            .text
            .iter()
            .map(|mention| match &mention.actor {
                Some(actor) => format!("{}={actor}:{}", mention.span.of(&row.text), mention.rule),
                None => format!("{}=?{}", mention.span.of(&row.text), mention.candidates.join(",")),
            })
            .collect();
        assert_eq!(said, row.mentions, "{}", row.text);
    }
}

#[test]
fn tagging_a_file_says_what_the_table_says() {
    let sandbox = Sandbox::with(&[("rows.jsonl", &records())]);
    let said = sandbox.run(&["tag", "rows.jsonl", "-f", "jsonl"]).json_lines();
    for (at, row) in table().iter().enumerate() {
        let here: Vec<String> = said.iter().filter(|mention| mention["piece"] == format!("row-{at}")).map(told).collect();
        assert_eq!(here, row.mentions, "{}", row.text);
    }
}

#[test]
fn an_index_says_what_the_table_says_also_when_it_is_tagged_again() {
    let sandbox = Sandbox::with(&[("rows.jsonl", &records())]);
    sandbox.index();
    for _ in 0..2 {
        for (at, row) in table().iter().enumerate() {
            let passages = sandbox.run(&["show", &format!("row-{at}"), "-f", "jsonl"]).json_lines();
            let here: Vec<String> = passages.iter().flat_map(|passage| passage["mentions"].as_array().unwrap()).map(told).collect();
            assert_eq!(here, row.mentions, "{}", row.text);
        }
        let before = sandbox.run(&["search", "--all", "--any", "the of 的", "-f", "jsonl"]).stdout;
        let ran = sandbox.run(&["index", "--retag"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        assert_eq!(sandbox.run(&["search", "--all", "--any", "the of 的", "-f", "jsonl"]).stdout, before);
    }
}
