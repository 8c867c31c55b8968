//! What a query costs, step by step, on 3,000 pieces made of the sentences of `corpus/`.
//!
//! `cargo bench --bench search`, and a part of a name behind `--` for some of it.

#![expect(clippy::expect_used, reason = "a bench that cannot run says so and stops")]
#![allow(missing_docs, reason = "the group's function is made by a macro")]

mod made;

use std::convert::Infallible;
use std::hint::black_box;
use std::io::{self, Cursor};
use std::path::Path;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use pundit::actors::RosterInUse;
use pundit::index::{Options, PassageAddress, Reader, update};
use pundit::present::{Form, Hits, Look, Writer, hit_columns};
use pundit::query::{Mode, QueryContext, parse, resolve};
use pundit::rank::{Feedback, Level};
use pundit::retrieve::{Inflections, Order, Plan, Request, marks, retrieve};
use pundit::search::batch::{self, Rows};
use pundit::search::{Asker, Question};
use pundit::text::{Analyzer, Language};

/// A query of each kind.
const QUERIES: [(&str, &str); 10] = [
    ("one word", "sanctions"),
    ("and", "sanctions veto"),
    ("or", "munitions OR shells"),
    ("phrase", "\"arms control\""),
    ("near", "sanctions w/5 monitors"),
    ("sentence", "parliament w/s vote"),
    ("wildcard", "sanct*"),
    ("fuzzy", "Vladivostock~1"),
    ("actor", "@kim-jong-un"),
    ("chinese", "安理会 制裁"),
];

const LEVELS: [(&str, Level); 2] = [("quick", Level::Quick), ("full", Level::Full)];

fn question(query: &str, level: Level) -> Question {
    Question { query: query.to_owned(), level, ..Question::default() }
}

fn open(c: &mut Criterion, index: &Path) {
    let mut group = c.benchmark_group("open");
    group.bench_function("reader", |bencher| bencher.iter(|| Reader::open(index).expect("the index is opened")));
    let reader = Reader::open(index).expect("the index is opened");
    group.bench_function("asker", |bencher| bencher.iter(|| black_box(Asker::new(&reader))));
    group.finish();
}

/// Whole answers, with passages, matches and mentions.
fn search(c: &mut Criterion, reader: &Reader) {
    let asker = Asker::new(reader);
    let mut group = c.benchmark_group("search");
    for (kind, query) in QUERIES {
        for (name, level) in LEVELS {
            let question = question(query, level);
            let found = asker.ask(&question).expect("the query is answered").found;
            assert!(found > 0, "nothing is found for {query}");
            group.bench_function(BenchmarkId::new(kind, name), |bencher| bencher.iter(|| asker.ask(&question).expect("it was before")));
        }
    }
    group.finish();
}

/// The pass that tells, for the hits of a page, where in them the query is satisfied.
fn mark(c: &mut Criterion, reader: &Reader) {
    let analyzer = Analyzer::default();
    let languages = [Language::ENGLISH, Language::CHINESE];
    let inflections = Inflections::of_index(reader, &analyzer, &languages);
    let known = || QueryContext { roster: RosterInUse::default(), unlisted: None, today: None };
    let request = Request { limit: 10, per_piece: 3, level: Level::Quick, feedback: Feedback::Off, order: Order::Score };
    let mut group = c.benchmark_group("marks");
    for (kind, query) in QUERIES {
        let tree = parse(query, Mode::All).expect("the query is parsed");
        let tree = resolve(tree, query, Mode::All, known()).expect("its names are known");
        let mut plan = Plan::new(&tree, Mode::All, inflections);
        plan.expand(reader, inflections).expect("its patterns stand for words");
        let found = retrieve(reader, &plan, &request).expect("it is found").found;
        let hits: Vec<PassageAddress> = found.iter().map(|found| found.address).collect();
        group.bench_function(kind, |bencher| bencher.iter(|| marks(reader, &plan, &hits).expect("the hits are marked")));
    }
    group.finish();
}

/// A page of hits, written.
fn render(c: &mut Criterion, reader: &Reader) {
    let asked = question("sanctions veto", Level::Quick);
    let answer = Asker::new(reader).ask(&asked).expect("the query is answered");
    let page = Hits { answer: &answer, took_ms: 0, explain: false, columns: &hit_columns(&asked), address: &|_| None };
    let mut group = c.benchmark_group("render");
    for (form, name) in Form::ALL {
        let look = Look { laid_out: true, width: 100, ..Look::default() };
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let mut writer = Writer::new(Box::new(io::sink()), form, look, Vec::new());
                writer.write(&page).and_then(|()| writer.finish()).expect("nothing is in the way");
            });
        });
    }
    group.finish();
}

/// All queries ten times over, from a file of them.
fn many(c: &mut Criterion, reader: &Reader) {
    let lines = QUERIES.map(|(_, query)| query).join("\n") + "\n";
    let lines = lines.repeat(10);
    let mut group = c.benchmark_group("batch");
    group.sample_size(10).throughput(Throughput::Elements(10 * QUERIES.len() as u64));
    for (name, level) in LEVELS {
        for threads in [1, 2] {
            group.bench_function(BenchmarkId::new(name, threads), |bencher| {
                bencher.iter(|| {
                    let rows = Rows::open(Box::new(Cursor::new(lines.clone())), "queries.txt", None).expect("the queries are read");
                    let done = batch::run(reader, rows, &question("", level), threads, |outcome| {
                        assert_eq!(outcome.status().word(), "ok", "{}", outcome.row.qid);
                        Ok::<(), Infallible>(())
                    });
                    done.unwrap_or_else(|never| match never {});
                });
            });
        }
    }
    group.finish();
}

fn all(c: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder for pieces and index");
    let (pieces, index) = (folder.path().join("pieces"), folder.path().join("index"));
    made::write(&pieces, 3_000);
    update(&index, &[pieces], &Options::default(), |_| ()).expect("the pieces are indexed");
    open(c, &index);
    let reader = Reader::open(&index).expect("the index is opened");
    search(c, &reader);
    mark(c, &reader);
    render(c, &reader);
    many(c, &reader);
}

criterion_group!(benches, all);
criterion_main!(benches);
