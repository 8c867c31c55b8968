//! Many questions are answered in order.
//!
//! Reads a file of queries row by row ([`Rows`]), answers each row or reports what is wrong with it ([`RowOutcome`]), and compares what was found with
//! an earlier run ([`Baseline`]).

mod rows;
mod manifest;
#[cfg(test)]
mod tests;

use std::sync::mpsc::{Sender, channel, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use foldhash::HashMap;

use super::ask::{Asker, Question, understand};
use super::{Answer, End, Error};
use crate::actors::RosterInUse;
use crate::index::{MOST_THREADS, Reader};
use crate::query::Mode;
use crate::retrieve::Within;
use crate::text::Span;

pub use manifest::{Baseline, HitChanges, index_digest, manifest_flags, write_manifest_row};
pub use rows::{CellPosition, KNOWN_COLUMNS, Row, RowError, RowFormat, Rows};

/// What has become of a row.
#[derive(Debug)]
pub struct RowOutcome {
    /// The row.
    pub row: Row,
    /// Its answer, or what was wrong.
    pub result: Result<Answer, RowError>,
}

/// What has become of a row, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It found something.
    Ok,
    /// It found nothing.
    Zero,
    /// Something was wrong with it.
    Error,
    /// A bound on work was reached, so that there may be more.
    Truncated,
}

impl Status {
    /// The word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Zero => "zero",
            Self::Error => "error",
            Self::Truncated => "truncated",
        }
    }
}

impl RowOutcome {
    /// The word for it.
    #[must_use]
    pub fn status(&self) -> Status {
        match &self.result {
            Err(_) => Status::Error,
            Ok(answer) if answer.truncated => Status::Truncated,
            Ok(answer) if answer.found == 0 => Status::Zero,
            Ok(_) => Status::Ok,
        }
    }

    /// How many pieces match.
    #[must_use]
    pub fn found(&self) -> u64 {
        self.result.as_ref().map_or(0, |answer| answer.found)
    }

    /// What was wrong, in one line with what to do.
    #[must_use]
    pub fn error(&self) -> Option<String> {
        let bad = self.result.as_ref().err()?;
        let problem = match &bad.part {
            // Where a cell is wrong as a whole, no character of it is to be told.
            Some((text, at)) if at.len() < text.len() => {
                format!("{}, at character {}", bad.problem, crate::text::code_points(text, at.start) + 1)
            }
            _ => bad.problem.clone(),
        };
        Some(match &bad.hint {
            Some(hint) => format!("{problem}: {hint}"),
            None => problem,
        })
    }
}

/// Rows and how far they have got.
struct Queue<I> {
    rows: I,
    /// How many have been taken out.
    begun: usize,
    /// How many have been handed on.
    done: usize,
    /// Whether nobody wants the rest.
    stopped: bool,
}

/// So many rows for each thread are under way at the most.
const WINDOW: usize = 16;

/// An outcome, and who made it, if that was another thread. There it goes when it has been taken: the memory in it would have to be waited for
/// elsewhere.
struct Made {
    outcome: RowOutcome,
    by: Option<Sender<RowOutcome>>,
}

/// Answers `rows` on several threads, this one among them, and gives `take` each outcome, in the order of the rows. What a row does not say is
/// as in `base`. A bad row is an outcome like any other. If `take` fails, the work stops and its error is given back.
///
/// Rows are taken as they are needed, and no more of them are under way than a few for each thread: a slow row holds the others up before they
/// fill the memory. A thread that did nothing but hand on would be woken for each row, which costs as much as a good part of answering one.
pub fn run<E>(
    reader: &Reader,
    mut rows: impl Iterator<Item = (Row, Option<RowError>)> + Send,
    base: &Question,
    threads: usize,
    mut take: impl FnMut(&mut RowOutcome) -> Result<(), E>,
) -> Result<(), E> {
    let asker = Asker::new(reader);
    let threads = threads.min(MOST_THREADS);
    if threads < 2 {
        return rows.try_for_each(|row| take(&mut answer(&asker, row, base)));
    }
    let window = threads * WINDOW;
    let queue = Mutex::new(Queue { rows, begun: 0, done: 0, stopped: false });
    let moved = Condvar::new();
    let (sender, results) = sync_channel(window);
    std::thread::scope(|scope| {
        for _ in 1..threads {
            let (sender, saved, queue, moved) = (sender.clone(), Arc::clone(asker.saved()), &queue, &moved);
            scope.spawn(move || {
                let _alarm = Alarm { queue, moved };
                let asker = Asker::with_saved(reader, saved);
                let (back, used) = channel();
                let is_full = |queue: &mut Queue<_>| queue.is_full(window);
                let next = || moved.wait_while(locked(queue), is_full).unwrap_or_else(PoisonError::into_inner).next();
                while let Some((at, row)) = next() {
                    used.try_iter().for_each(drop);
                    if sender.send((at, Made { outcome: answer(&asker, row, base), by: Some(back.clone()) })).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let _alarm = Alarm { queue: &queue, moved: &moved };
        let mut early: HashMap<usize, Made> = HashMap::default();
        let mut wanted = 0;
        loop {
            early.extend(results.try_iter());
            while let Some(Made { mut outcome, by }) = early.remove(&wanted) {
                take(&mut outcome)?;
                if let Some(by) = by {
                    // One that has ended wants nothing back.
                    drop(by.send(outcome));
                }
                wanted += 1;
                locked(&queue).done = wanted;
                moved.notify_all();
            }
            let row = Some(locked(&queue)).filter(|queue| !queue.is_full(window)).and_then(|mut queue| queue.next());
            match row {
                Some((at, row)) => drop(early.insert(at, Made { outcome: answer(&asker, row, base), by: None })),
                // What is wanted next, or all that is left, is with the others.
                None => match results.recv() {
                    Ok((at, made)) => drop(early.insert(at, made)),
                    // The others have ended. If one did so by a panic, its row is missing, and the panic goes on from here.
                    Err(_) if !early.contains_key(&wanted) => return Ok(()),
                    Err(_) => {}
                },
            }
        }
    })
}

impl<I: Iterator> Queue<I> {
    /// Whether so many rows are under way that others have to wait.
    fn is_full(&self, window: usize) -> bool {
        !self.stopped && self.begun >= self.done + window
    }

    /// The next row, with its number.
    fn next(&mut self) -> Option<(usize, I::Item)> {
        let row = if self.stopped { None } else { self.rows.next() }?;
        self.begun += 1;
        Some((self.begun - 1, row))
    }
}

fn locked<I>(queue: &Mutex<Queue<I>>) -> MutexGuard<'_, Queue<I>> {
    queue.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends the work of all threads when its own ends, be it by a panic, as a damaged index may make it do: they would wait for its rows for ever.
struct Alarm<'q, I> {
    queue: &'q Mutex<Queue<I>>,
    moved: &'q Condvar,
}

impl<I> Drop for Alarm<'_, I> {
    fn drop(&mut self) {
        locked(self.queue).stopped = true;
        self.moved.notify_all();
    }
}

fn answer(asker: &Asker<'_>, (row, bad): (Row, Option<RowError>), base: &Question) -> RowOutcome {
    if let Some(bad) = bad {
        return RowOutcome { row, result: Err(bad) };
    }
    let result = question(&row, base).and_then(|question| asker.ask(&question).map_err(|error| located(&row, error)));
    RowOutcome { row, result }
}

/// What is wrong with a row, if anything is: by the index of `asker`, or as far as that can be told without one, by `roster`.
#[must_use]
pub fn check(row: &Row, base: &Question, asker: Option<&Asker<'_>>, roster: RosterInUse) -> Option<RowError> {
    let understood = |question| match asker {
        Some(asker) => asker.understands(&question),
        None => understand(&question, roster),
    };
    question(row, base).and_then(|question| understood(question).map_err(|error| located(row, error))).err()
}

/// An error at its place in the row.
fn located(row: &Row, error: Error) -> RowError {
    match error {
        Error::Syntax(syntax) => {
            // A saved query stands for its name.
            let bad = row.fault("query", syntax.at, syntax.to_string());
            RowError { part: Some((syntax.query, syntax.at)), hint: syntax.hint, ..bad }
        }
        Error::Filter { name, error } => RowError { hint: error.hint.clone(), ..whole(row, name, error.to_string()) },
        Error::NoDate { end, ref value } => {
            RowError { hint: error.hint(), ..whole(row, end.word(), format!("{} takes a date, not {value:?}", called(row, end))) }
        }
        Error::Backwards { ref since, ref until } => {
            let [first, last] = [End::Since, End::Until].map(|end| called(row, end));
            let cell = if row.get(End::Since.word()).is_some() { End::Since } else { End::Until };
            RowError { hint: error.hint(), ..whole(row, cell.word(), format!("{first} {since} is after {last} {until}")) }
        }
        Error::Saved(_) => RowError { hint: error.hint(), ..whole(row, "query", error.to_string()) },
        error => RowError::at(row.line, 1, error.to_string()),
    }
}

/// What an end of the dates is called: a cell by its column, else the flag that all rows have.
fn called(row: &Row, end: End) -> String {
    let flag = if row.get(end.word()).is_some() { "" } else { "--" };
    format!("{flag}{}", end.word())
}

/// Something wrong with the cell `name` as a whole.
fn whole(row: &Row, name: &str, problem: String) -> RowError {
    row.fault(name, Span::new(0, row.get(name).map_or(0, str::len)), problem)
}

/// The question of a row.
fn question(row: &Row, base: &Question) -> Result<Question, RowError> {
    let mut question = Question { query: row.get("query").unwrap_or_default().to_owned(), ..base.clone() };
    let filters = &mut question.filters;
    for (name, list) in
        [("actor", &mut filters.actors), ("lang", &mut filters.langs), ("source", &mut filters.sources), ("author", &mut filters.authors)]
    {
        if let Some(value) = row.get(name) {
            // Languages have no commas, as names do.
            let parts = |c: char| c == ';' || c == ',' && name == "lang";
            *list = value.split(parts).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect();
        }
    }
    for (name, date) in [("since", &mut filters.since), ("until", &mut filters.until)] {
        if let Some(value) = row.get(name) {
            *date = Some(value.to_owned());
        }
    }
    let not = |name: &str, takes: &str| {
        let value = row.get(name).unwrap_or_default();
        whole(row, name, format!("{name} takes {takes}, not {value:?}"))
    };
    if let Some(limit) = row.limit() {
        question.limit = limit.ok_or_else(|| not("limit", "a whole number"))?;
    }
    match row.get("mode").map(str::to_lowercase).as_deref() {
        None => {}
        Some("any") => question.mode = Mode::Any,
        Some("all") => question.mode = Mode::All,
        Some(_) => return Err(not("mode", "any or all")),
    }
    match row.get("within").map(str::to_lowercase).as_deref() {
        None => {}
        Some("piece") => question.within = Within::Piece,
        Some("passage") => question.within = Within::Passage,
        Some("sentence") => question.within = Within::Sentence,
        Some(_) => return Err(not("within", "piece, passage or sentence")),
    }
    Ok(question)
}
