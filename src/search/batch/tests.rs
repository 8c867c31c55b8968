//! Rows on one thread and on several.

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::{Question, Row, RowError, RowOutcome, run};
use crate::index::{self, Options, Reader};

const ROWS: u64 = 200;

fn reader(folder: &Path) -> Reader {
    let files = folder.join("files");
    std::fs::create_dir_all(&files).unwrap();
    for number in 0..9 {
        std::fs::write(files.join(format!("{number}.txt")), format!("Grain ships leave port {number}. Oil and gas do not.")).unwrap();
    }
    let path = folder.join(".pundit/index");
    index::update(&path, &[files], &Options { threads: NonZeroUsize::MIN, ..Options::default() }, |_| ()).unwrap();
    Reader::open(&path).unwrap()
}

/// Rows that find something, nothing, or are wrong.
fn rows() -> impl Iterator<Item = (Row, Option<RowError>)> + Send {
    (0..ROWS).map(|number| {
        let query = ["grain", "grain AND oil", "wheat", "\"port 3\"", "(grain"][usize::try_from(number % 5).unwrap()];
        let cells = [("query".to_owned(), query.to_owned())].into();
        (Row { number, qid: number.to_string(), cells, ..Row::default() }, None)
    })
}

/// What is said of each row, until `end` rows have been taken: then that is given back as an error.
fn told(reader: &Reader, threads: usize, end: u64) -> (Vec<String>, Result<(), u64>) {
    let mut told = Vec::new();
    let result = run(reader, rows(), &Question::default(), threads, |RowOutcome { row, result }| {
        let answer = result.as_ref().map(|answer| (answer.found, answer.hits.iter().map(|hit| hit.piece.id.clone()).collect::<Vec<_>>()));
        told.push(format!("{} {answer:?}", row.qid));
        if told.len() as u64 == end { Err(end) } else { Ok(()) }
    });
    (told, result)
}

#[test]
fn on_several_threads_rows_come_in_their_order_with_the_same_answers() {
    let folder = tempfile::tempdir().unwrap();
    let reader = reader(folder.path());
    let (one, result) = told(&reader, 1, u64::MAX);
    assert_eq!((one.len() as u64, result), (ROWS, Ok(())));
    assert!(one[0].starts_with("0 Ok((9, [") && one[2] == "2 Ok((0, []))" && one[4].starts_with("4 Err("), "{:?}", &one[..5]);
    // So many as nobody has are no more than are of use.
    for threads in [2, 3, 8, usize::MAX] {
        assert_eq!(told(&reader, threads, u64::MAX), (one.clone(), Ok(())), "{threads} threads");
    }
}

#[test]
fn who_wants_no_more_rows_ends_the_work_on_all_threads() {
    let folder = tempfile::tempdir().unwrap();
    let reader = reader(folder.path());
    for threads in [1, 2, 4] {
        for end in [1, 7, 100] {
            let (told, result) = told(&reader, threads, end);
            assert_eq!((told.len() as u64, result), (end, Err(end)), "{threads} threads");
        }
    }
}

#[test]
fn a_panic_while_rows_are_answered_or_taken_is_passed_on_and_keeps_nobody_waiting() {
    let folder = tempfile::tempdir().unwrap();
    let reader = reader(folder.path());
    let taken = || {
        run(&reader, rows(), &Question::default(), 3, |outcome| if outcome.row.number == 90 { panic!("taken") } else { Ok::<_, ()>(()) })
    };
    assert!(catch_unwind(AssertUnwindSafe(taken)).is_err());
    let broken = rows().inspect(|(row, _)| assert!(row.number < 90, "no more rows"));
    let read = || run(&reader, broken, &Question::default(), 3, |_| Ok::<_, ()>(()));
    assert!(catch_unwind(AssertUnwindSafe(read)).is_err());
}

#[test]
fn whether_a_file_has_changed_is_asked_once_in_a_batch() {
    let folder = tempfile::tempdir().unwrap();
    let reader = reader(folder.path());
    let stale = |change_behind: u64| {
        let mut stale = Vec::new();
        let rows = (0..4).map(|number| {
            let cells = [("query".to_owned(), "\"port 3\"".to_owned())].into();
            (Row { number, qid: number.to_string(), cells, ..Row::default() }, None)
        });
        run(&reader, rows, &Question::default(), 1, |RowOutcome { row, result }| {
            stale.extend(result.as_ref().unwrap().hits.iter().map(|hit| hit.piece.stale));
            if row.number == change_behind {
                std::fs::write(folder.path().join("files/3.txt"), "Nothing of it is left here.").unwrap();
            }
            Ok::<_, ()>(())
        })
        .unwrap();
        stale
    };
    assert_eq!(stale(0), [false; 4]);
    assert_eq!(stale(0), [true; 4]);
}
