//! Many questions, answered in order.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};

use rustc_hash::FxHashMap;

use super::ask::{Asker, Question};
use super::{Answer, Bad, Error, Row};
use crate::index::Reader;
use crate::query::Mode;

/// What has become of a row.
#[derive(Debug)]
pub struct Outcome {
    /// The row.
    pub row: Row,
    /// Its answer, or what was wrong.
    pub result: Result<Answer, String>,
}

impl Outcome {
    /// `ok`, `zero`, `error` or `truncated`.
    #[must_use]
    pub fn status(&self) -> &'static str {
        match &self.result {
            Err(_) => "error",
            Ok(answer) if answer.truncated => "truncated",
            Ok(answer) if answer.found == 0 => "zero",
            Ok(_) => "ok",
        }
    }
}

/// Answers `rows` on several threads and gives `take` each outcome, in the order of the rows. What a row does not say is as in `base`. A bad
/// row is an outcome like any other. If `take` fails, the work stops and its error is given back.
pub fn run<E>(
    reader: &Reader,
    rows: Vec<(Row, Option<Bad>)>,
    base: &Question,
    threads: usize,
    mut take: impl FnMut(Outcome) -> Result<(), E>,
) -> Result<(), E> {
    let count = rows.len();
    let rows: Vec<_> = rows.into_iter().map(|row| Mutex::new(Some(row))).collect();
    let next = AtomicUsize::new(0);
    let threads = threads.clamp(1, count.max(1));
    let (sender, results) = sync_channel(threads * 4);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (sender, rows, next) = (sender.clone(), &rows, &next);
            scope.spawn(move || {
                let asker = Asker::new(reader);
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(row) = rows.get(at).and_then(|row| row.lock().ok()?.take()) else { break };
                    if sender.send((at, answer(&asker, row, base))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        in_order(results, &mut take)
    })
}

/// Gives `take` the outcomes by their numbers.
fn in_order<E>(results: Receiver<(usize, Outcome)>, take: &mut impl FnMut(Outcome) -> Result<(), E>) -> Result<(), E> {
    let mut early: FxHashMap<usize, Outcome> = FxHashMap::default();
    let mut next = 0;
    for (at, outcome) in results {
        early.insert(at, outcome);
        while let Some(outcome) = early.remove(&next) {
            next += 1;
            take(outcome)?;
        }
    }
    Ok(())
}

fn answer(asker: &Asker<'_>, (row, bad): (Row, Option<Bad>), base: &Question) -> Outcome {
    if let Some(bad) = bad {
        return Outcome { row, result: Err(bad.problem) };
    }
    let result = question(&row, base).and_then(|question| asker.ask(&question).map_err(|error| told(&error)));
    Outcome { row, result }
}

/// The message of an error with its hint, in one line.
fn told(error: &Error) -> String {
    match error {
        Error::Syntax(syntax) => match &syntax.hint {
            Some(hint) => format!("{syntax}, at character {}: {hint}", crate::text::code_points(&syntax.query, syntax.at.start) + 1),
            None => syntax.to_string(),
        },
        Error::Filter { problem, hint } => format!("{problem}: {hint}"),
        error => error.to_string(),
    }
}

/// The question of a row.
fn question(row: &Row, base: &Question) -> Result<Question, String> {
    let mut question = Question { query: row.get("query").unwrap_or_default().to_owned(), ..base.clone() };
    let filters = &mut question.filters;
    for (name, list) in
        [("actor", &mut filters.actors), ("lang", &mut filters.langs), ("source", &mut filters.sources), ("author", &mut filters.authors)]
    {
        if let Some(value) = row.get(name) {
            *list = value.split(';').map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect();
        }
    }
    for (name, date) in [("since", &mut filters.since), ("until", &mut filters.until)] {
        if let Some(value) = row.get(name) {
            *date = Some(value.to_owned());
        }
    }
    if let Some(limit) = row.get("limit") {
        question.limit = limit.parse().map_err(|_| format!("limit takes a whole number, not {limit:?}"))?;
    }
    match row.get("mode") {
        None => {}
        Some("any") => question.mode = Mode::Any,
        Some("all") => question.mode = Mode::All,
        Some(other) => return Err(format!("mode takes any or all, not {other:?}")),
    }
    match row.get("within") {
        None | Some("piece") => {}
        Some(other) => return Err(format!("within takes piece, not {other:?}")),
    }
    Ok(question)
}
