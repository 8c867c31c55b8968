//! Which parts of an answer are written, the messages beside it, and the exit code: the same on every command that answers a query.

use clap::Args;

use super::form::{FormArgs, Manner};
use super::output::talk;
use super::{Failure, Outcome};
use crate::present::{Facts, Paths};
use crate::query::{Mode, any_actor, foreign, misnamed, parted};
use crate::search::{Asker, ClauseCount, Coverage, Detail, OtherSpelling, Question, TooMuch};
use crate::text::counted;

/// What of an answer is written
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct OnlyArgs {
    /// Print only the number of matching pieces (kwic: of lines)
    #[arg(short, long, conflicts_with = "fields")]
    pub(super) count: bool,
    /// Print only the paths of files with matching pieces, each once
    #[arg(short = 'l', long, conflicts_with_all = ["count", "fields"])]
    pub(super) files: bool,
}

impl OnlyArgs {
    /// How much is to be said of each hit.
    pub(super) const fn detail(self) -> Detail {
        match (self.count, self.files) {
            (true, _) => Detail::Count,
            (false, true) => Detail::Files,
            (false, false) => Detail::Passages,
        }
    }
}

/// Writes only how many were found.
pub(super) fn write_count(found: u64, form: &FormArgs) -> Result<(), Failure> {
    let mut writer = form.bare(Manner::default(), &["found"])?;
    writer.write(&Facts { name: "counts", columns: &["found"], rows: vec![vec![found.into()]], below: None })?;
    Ok(writer.finish()?)
}

/// Writes only the paths of files.
pub(super) fn write_paths(paths: Vec<&str>, form: &FormArgs) -> Result<(), Failure> {
    let mut writer = form.bare(Manner::default(), &["path"])?;
    writer.write(&Paths { paths, raw: !form.output.is_terminal() })?;
    Ok(writer.finish()?)
}

/// What is said beside an answer, and how the command ends
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct SayArgs {
    /// Print nothing; the exit code shows whether there is a hit
    #[arg(short, long)]
    pub(super) quiet: bool,
    /// Exit with 0 even if there is no hit
    #[arg(long)]
    pub(super) zero_ok: bool,
    /// Show what was searched, and how many pieces each clause finds alone (on standard error)
    #[arg(long)]
    pub(super) coverage: bool,
    /// Show how the query was understood, and what scores are made of
    #[arg(long)]
    pub(super) explain: bool,
}

impl SayArgs {
    /// Writes the messages that the flags ask for beside the answer to `question`.
    pub(super) fn say(self, asker: &Asker<'_>, question: &Question) -> Result<(), Failure> {
        if self.explain {
            talk(&format!("understood as: {}", asker.parsed(question)?));
        }
        if self.coverage {
            coverage(&asker.coverage(question)?);
        }
        Ok(())
    }

    /// Says what may have been meant by the query of `question`, where it finds nothing or, `in_text`, holds signs that are none here: that
    /// a word joins nothing shows in no list. Where any word will do there is nothing to join.
    pub(super) fn hint(self, asker: &Asker<'_>, question: &Question, is_found: bool, in_text: bool) -> Result<(), Failure> {
        if self.quiet {
            return Ok(());
        }
        if !is_found {
            empty_clauses(&asker.clauses(question)?);
            match asker.asks_too_much(question)? {
                Some(TooMuch::Clauses) => talk("hint: each of these is found, but no piece has them all; to match any of them add --any"),
                Some(TooMuch::Filters(flags, pieces)) => {
                    talk(&format!("hint: without {} {} would match", flags.join(" and "), counted(pieces, "piece")));
                }
                None => {}
            }
        }
        if in_text && question.mode == Mode::All {
            for OtherSpelling { typed, any, closed, pieces } in asker.other_spellings(question)? {
                let (more, write) = (counted(pieces, "other piece"), if pieces == 1 { "writes" } else { "write" });
                let words = if closed { "one word" } else { "two words" };
                talk(&format!("hint: {more} {write} {typed} as {words}; to find every spelling write {any}"));
            }
            if let Some((sign, instead)) = foreign(&question.query) {
                talk(&format!("hint: {sign} is not an operator here; write {instead}"));
            }
            if let Some((typed, any)) = any_actor(&question.query).filter(|_| !is_found) {
                talk(&format!("hint: {typed} is not a kind of pieces; to find any mention of that kind of actor write {any}"));
            } else if let Some((name, field)) = misnamed(&question.query) {
                talk(&format!("hint: {name} is not a field; did you mean {field}?"));
            }
            if let Some(field) = parted(&question.query) {
                talk(&format!(
                    "hint: {field} is read as a word where a space stands behind it; write {field}WORD or {field}\"SOME WORDS\""
                ));
            }
        }
        Ok(())
    }

    /// The outcome of a command, by whether something was found.
    pub(super) const fn outcome(self, is_found: bool) -> Outcome {
        if is_found || self.zero_ok { Outcome::Done } else { Outcome::NoHit }
    }
}

/// Says which clauses find nothing, and suggests others. If there is only one clause, the answer has said so.
fn empty_clauses(clauses: &[ClauseCount]) {
    for count in clauses.iter().filter(|count| count.pieces == 0) {
        match count.similar.as_slice() {
            [] if clauses.len() == 1 && !count.of_field => {}
            [] => talk(&format!("hint: no piece has {}", count.clause)),
            similar => talk(&format!("hint: no piece has {}; did you mean {}?", count.clause, similar.join(" or "))),
        }
    }
}

/// Says what was searched.
pub(super) fn coverage(coverage: &Coverage) {
    let languages: Vec<String> = coverage.languages.iter().map(|(language, pieces)| format!("{language} {pieces}")).collect();
    let dates = match (coverage.first, coverage.last) {
        (Some(first), Some(last)) => format!("dated {first} to {last}"),
        _ => "none with a date".to_owned(),
    };
    talk(&format!(
        "searched: {} ({}) from {}, {dates}, {} undated; skipped files and records: {}",
        counted(coverage.pieces, "piece"),
        languages.join(", "),
        counted(coverage.sources.len() as u64, "source"),
        coverage.undated,
        coverage.skipped
    ));
    for count in &coverage.clauses {
        let have = if count.pieces == 1 { "has" } else { "have" };
        talk(&format!("  {} {have} {}", counted(count.pieces, "piece"), count.clause));
    }
}
