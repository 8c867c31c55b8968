//! The program from outside: one binary, a module for each thing that is promised.

#![expect(clippy::unwrap_used, clippy::panic, clippy::string_slice, reason = "a test that cannot go on has failed")]
#![expect(unreachable_pub, reason = "modules of one program say what they offer each other")]
#![expect(
    clippy::format_collect,
    clippy::case_sensitive_file_extension_comparisons,
    clippy::type_complexity,
    reason = "in tests plain words beat fast ones"
)]

/// Bad input gets a clear message and costs nothing but itself.
mod bad_input;
/// Many queries in one run.
mod batch;
/// Batches of many rows: checked, killed, compared, fused.
mod batch_runs;
/// Copies of a piece are found, and are one hit.
mod config;
mod copies;
mod chinese;
/// The sample corpus is whole.
mod corpus;
/// Whatever happens to a run or to the index, nothing that was committed is lost, and the next run makes good.
mod crash;
/// Whatever is damaged of an index: it is told, nothing panics, and there is a next step that helps.
mod damage;
/// A file of any form in any encoding is found by its words, under its path.
mod formats;
/// The order of the floors, the size of files, and who may use what.
mod floors;
/// What is asked of headlines, outlets, authors, subjects and paths.
mod fields;
/// Figures that are committed, so that a change of them shows.
mod golden;
/// Runs the program in a folder of its own.
mod harness;
/// Every command in every form.
mod forms;
/// Words with hyphens, and what others write instead.
mod hyphens;
/// What is said beside an answer, where something else may have been meant.
mod hints;
/// An index follows its folder.
mod index;
/// How good answers are, by judgments of the sample corpus.
mod judged;
/// How good mentions are, by pieces that were annotated by hand.
mod mentions;
/// How good mentions are in languages that the corpus has little of, by short texts that were annotated by hand.
mod short_mentions;
/// The query language: what each sign finds and marks.
mod language;
mod languages;
/// Output of every form is as contracted.
mod output;
/// What a hit is called and where it is: in its file, among reprints, for other programs.
mod places;
/// What comes first, and by what.
mod ranking;
/// Numbers, concordances, citations, quotations looked up.
mod reading;
/// What the README shows is what happens.
mod readme;
/// What recurs over the pages of a site is left out of each, whichever came first.
mod boilerplate;
/// Who is in the roster, and what users change in it.
mod roster;
/// Runs of characters: what is a word, stands together, and is shown.
mod runs;
/// Output is as the schema says.
mod schema;
/// Habits of good command-line programs: exit codes, completions, saved queries, defaults, interruptions.
mod shell;
/// What is found, and in what order.
mod search;
/// What each rule for mentions says, through every path.
mod semantics;
/// Passages like a text.
mod similar;
/// Mentions in texts, and the roster.
mod tag;
/// The index is kept true: what has moved, what is wanted, what is gone.
mod upkeep;
/// Nothing is written over what is read, and no file is emptied for an answer that does not come.
mod written;
