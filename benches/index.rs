//! What a piece costs on its way into an index, step by step, on the pieces of `corpus/`; and the whole way, on 1,000 made of their sentences.
//!
//! `cargo bench --bench index`, and a name behind `--` for one step. Rates are of the bytes of the pieces' texts.

#![expect(clippy::expect_used, reason = "a bench that cannot run says so and stops")]
#![allow(missing_docs, reason = "the group's function is made by a macro")]

mod made;

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use pundit::actors::{Matcher, Roster, Tagger};
use pundit::index::fields::Fields;
use pundit::index::{Builder, Options, Origin, update};
use pundit::passages;
use pundit::pieces::{Date, Piece};
use pundit::text::sentences::sentences;
use pundit::text::terms::Analysed;
use pundit::text::{Analyzer, Language, Words};

/// A piece with everything that is made of it before a step.
struct Ready {
    piece: Piece,
    language: Language,
    title: Analysed,
    text: Analysed,
}

fn ready() -> Vec<Ready> {
    let analyzer = Analyzer::default();
    let ready = |piece: Piece| {
        let language = piece.language.unwrap_or_else(|| Language::detect(&piece.text));
        let title = analyzer.analyse(piece.title.as_deref().unwrap_or_default(), language);
        Ready { language, title, text: analyzer.analyse(&piece.text, language), piece }
    };
    made::pieces().into_iter().map(ready).collect()
}

fn steps(c: &mut Criterion) {
    let pieces = ready();
    let roster = Roster::builtin();
    let matcher = Arc::new(Matcher::new(roster));
    let mut group = c.benchmark_group("index");
    group.throughput(Throughput::Bytes(pieces.iter().map(|one| one.piece.text.len() as u64).sum()));
    let mut step = |name: &str, step: &mut dyn FnMut(&Ready)| {
        group.bench_function(name, |bencher| bencher.iter(|| pieces.iter().for_each(&mut *step)));
    };
    step("words", &mut |one| {
        black_box(Words::of(&one.piece.text).count());
    });
    step("sentences", &mut |one| {
        black_box(sentences(&one.piece.text));
    });
    step("language", &mut |one| {
        black_box(Language::detect(&one.piece.text));
    });
    let analyzer = Analyzer::default();
    step("forms", &mut |one| {
        black_box(analyzer.analyse(&one.piece.text, one.language));
    });
    let tagger = Tagger::new(roster, Arc::clone(&matcher));
    step("mentions", &mut |one| {
        let title = (one.piece.title.as_deref().unwrap_or_default(), &one.title);
        black_box(tagger.tag(title, (&one.piece.text, &one.text), one.language, one.piece.date.map(Date::first_day)));
    });
    step("passages", &mut |one| {
        black_box(passages::cut(&one.piece.text, &one.text.words, &sentences(&one.piece.text), &[]));
    });
    let (_, fields) = Fields::schema();
    let builder = Builder::new(fields, roster, Arc::clone(&matcher));
    let origin = Origin { root: 0, path: "piece.txt", size: 0, modified: 0 };
    step("block", &mut |one| {
        black_box(builder.block(one.piece.clone(), &origin));
    });
    group.finish();
}

/// The whole way: walked, read, analysed, written and committed.
fn whole(c: &mut Criterion) {
    let pieces = tempfile::tempdir().expect("a folder for pieces");
    let bytes = made::write(pieces.path(), 1_000);
    let mut group = c.benchmark_group("index");
    group.sample_size(10).throughput(Throughput::Bytes(bytes));
    group.bench_function("whole", |bencher| {
        bencher.iter_with_large_drop(|| {
            let made = tempfile::tempdir().expect("a folder for the index");
            update(&made.path().join("index"), &[pieces.path().to_owned()], &Options::default(), |_| ()).expect("the pieces are indexed");
            made
        });
    });
    group.finish();
}

criterion_group!(benches, steps, whole);
criterion_main!(benches);
