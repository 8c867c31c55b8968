//! Matches with the words around them, line by line.

use foldhash::HashMap;

use super::Error;
use super::ask::{Asker, Question};
use super::context::{ContextSize, first_words, last_words};
use crate::search::PieceView;
use crate::text::fold::folded;
use crate::text::{Span, Words, code_points};

/// A match with the words around it.
#[derive(Clone, Debug, Default)]
pub struct ConcordanceLine {
    /// What stands before it.
    pub left: String,
    /// The match.
    pub keyword: String,
    /// What stands behind it.
    pub right: String,
    /// Its piece.
    pub piece: PieceView,
    /// The id of its passage.
    pub id: String,
    /// The line of the file in which the passage begins, if files of its kind have lines.
    pub line: Option<u64>,
    /// The match's first code point in the piece.
    pub start: usize,
}

/// In what order the lines of a concordance stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sorting {
    /// As the hits come.
    #[default]
    Hits,
    /// By the words before the match, from it outwards.
    Left,
    /// By the match.
    Match,
    /// By the words behind the match.
    Right,
}

/// What of a concordance is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Concordance {
    /// Words on either side.
    pub words: usize,
    /// The order.
    pub sorting: Sorting,
    /// How many lines, chosen by chance.
    pub sample: Option<usize>,
    /// What chance starts from: the same seed chooses the same lines.
    pub seed: u64,
    /// Lines passed over before the first.
    pub offset: usize,
    /// Lines, at the most.
    pub limit: usize,
    /// Lines of one piece, at the most.
    pub per_piece: usize,
    /// Whether it is wanted how many there are in all, for which every match is looked at.
    pub counted: bool,
}

impl Asker<'_> {
    /// The matches of `question` as lines, and how many there are: in all, or of what had to be looked at.
    pub fn concordance(&self, question: &Question, wanted: &Concordance) -> Result<(Vec<ConcordanceLine>, u64), Error> {
        // As the hits come, those behind the last line that is wanted are only counted.
        let as_they_come = wanted.sorting == Sorting::Hits && wanted.sample.is_none();
        let enough = if as_they_come { wanted.offset.saturating_add(wanted.limit) } else { usize::MAX };
        // Who wants none still wants to know whether there are any.
        if !wanted.counted && (1..usize::MAX).contains(&enough) {
            let (lines, found) = self.lines(question, wanted, enough, enough)?;
            // Most hits have a line; of those that match by their titles alone there may be too many.
            if lines.len() + wanted.offset >= enough {
                return Ok((lines, found));
            }
        }
        self.lines(question, wanted, enough, usize::MAX)
    }

    /// The lines of the first so many hits, at the most `enough`, and how many there are.
    fn lines(&self, question: &Question, wanted: &Concordance, enough: usize, hits: usize) -> Result<(Vec<ConcordanceLine>, u64), Error> {
        let question =
            Question { limit: hits, offset: 0, per_piece: usize::MAX, context: Some(ContextSize::Words(wanted.words)), ..question.clone() };
        let mut lines: Vec<([u8; 32], u64, ConcordanceLine)> = Vec::new();
        let mut found = 0;
        let mut of_piece: HashMap<String, usize> = HashMap::default();
        self.each(&question, &mut |hit| {
            let text = &hit.passage.text;
            let mut spans: Vec<Span> = hit.matches.iter().map(|found| found.span).collect();
            spans.sort_unstable();
            spans.dedup();
            let (before, after) = hit.context.clone().unwrap_or_default();
            let id = hit.piece.passage_id(&hit.passage);
            if wanted.per_piece < usize::MAX {
                let told = of_piece.entry(hit.piece.id.clone()).or_default();
                spans.truncate(wanted.per_piece.saturating_sub(*told));
                *told += spans.len();
            }
            for span in spans {
                if lines.len() >= enough {
                    found += 1;
                    continue;
                }
                let left = format!("{before}{}", Span::new(0, span.start).of(text));
                let right = format!("{}{after}", Span::new(span.end, text.len()).of(text));
                let line = ConcordanceLine {
                    left: last_words(&left, wanted.words).to_owned(),
                    keyword: span.of(text).to_owned(),
                    right: first_words(&right, wanted.words).to_owned(),
                    piece: hit.piece.clone(),
                    id: id.clone(),
                    line: hit.passage.line,
                    start: hit.passage.start + code_points(text, span.start),
                };
                let chance = blake3::hash(format!("{} {id} {} {}", wanted.seed, hit.piece.id, line.start).as_bytes());
                lines.push((*chance.as_bytes(), found, line));
                found += 1;
            }
            // Of a sample no more than twice as much is kept at a time.
            if let Some(sample) = wanted.sample
                && lines.len() >= sample.saturating_mul(2).max(1_024)
            {
                choose(&mut lines, sample);
            }
            Ok(())
        })?;
        if let Some(sample) = wanted.sample {
            choose(&mut lines, sample);
        }
        lines.sort_by_key(|(_, number, _)| *number);
        let mut lines: Vec<ConcordanceLine> = lines.into_iter().map(|(_, _, line)| line).collect();
        match wanted.sorting {
            Sorting::Hits => {}
            Sorting::Left => lines.sort_by_cached_key(|line| {
                let mut words = forms(&line.left);
                words.reverse();
                words
            }),
            Sorting::Match => lines.sort_by_cached_key(|line| forms(&line.keyword)),
            Sorting::Right => lines.sort_by_cached_key(|line| forms(&line.right)),
        }
        Ok((lines.into_iter().skip(wanted.offset).take(wanted.limit).collect(), found))
    }
}

/// Keeps the `sample` lines that chance puts first.
fn choose(lines: &mut Vec<([u8; 32], u64, ConcordanceLine)>, sample: usize) {
    lines.sort_unstable_by_key(|(chance, number, _)| (*chance, *number));
    lines.truncate(sample);
}

fn forms(text: &str) -> Vec<String> {
    Words::of(text).map(|word| folded(word.span.of(text))).collect()
}
