//! Upper bounds of what a token adds to the scores of pieces, piece by piece.

use std::cmp::Reverse;

use tantivy::schema::Field;

use super::scorers::TermScorer;
use crate::index::{Error, ImpactBlock, ImpactList, Segment};
use crate::rank::{Averages, Bm25, Impact, Levels, Shape, Signal, levels};

/// A cursor over the pieces in which a token occurs, deleted ones too, by their rows, each with the most that the token adds to its score.
pub(super) enum TermBounds<'s> {
    /// From the impacts that the index keeps of frequent terms.
    Stored(Box<StoredBounds<'s>>),
    /// From postings.
    Computed { pieces: Vec<(u32, f32)>, at: usize },
}

/// A cursor over the impacts of a term.
pub(super) struct StoredBounds<'s> {
    list: ImpactList<'s>,
    levels: Levels,
    block: ImpactBlock,
    /// The number of the block that was read.
    number: usize,
    /// The place in it.
    at: usize,
}

impl<'s> TermBounds<'s> {
    /// The bounds of `token`, one of those that `scorer` scores, in an index with these averages. `None` where it does not occur.
    pub(super) fn open(
        segment: &'s Segment,
        scorer: &TermScorer<'_>,
        (field, token): (Field, &str),
        averages: &Averages,
    ) -> Result<Option<Self>, Error> {
        // Impacts are kept of terms alone, which count in titles too.
        if let Some(bm25) = scorer.title.filter(|_| field == segment.fields().terms)
            && let Some((list, shape)) = segment.impacts(token)?
            && shape == bm25.shape()
        {
            return Ok(Some(Self::Stored(Box::new(StoredBounds::new(list, shape, scorer.weight * bm25.max_score(), averages)))));
        }
        let mut pieces = Vec::new();
        // A weight of nothing does not hide where a token occurs.
        segment.each_impact(field, token, &impact(scorer), |row, bound| pieces.push((row, bound.max(f32::MIN_POSITIVE))))?;
        Ok(Some(Self::Computed { pieces, at: 0 }).filter(|computed| computed.pieces() > 0))
    }

    /// How many pieces there are.
    pub(super) fn pieces(&self) -> u32 {
        match self {
            Self::Stored(stored) => stored.list.pieces(),
            Self::Computed { pieces, .. } => u32::try_from(pieces.len()).unwrap_or(u32::MAX),
        }
    }

    /// Goes on to the first piece at or behind `row`, which never goes back.
    #[inline]
    pub(super) fn seek(&mut self, row: u32) -> Option<(u32, f32)> {
        match self {
            Self::Stored(stored) => stored.seek(row),
            Self::Computed { pieces, at } => {
                while pieces.get(*at)?.0 < row {
                    *at += 1;
                }
                pieces.get(*at).copied()
            }
        }
    }

    /// Gives `take` the pieces from where the cursor stands to before `end`.
    pub(super) fn each_before(&mut self, end: u32, mut take: impl FnMut(u32, f32)) {
        match self {
            Self::Stored(stored) => stored.each_before(end, take),
            Self::Computed { pieces, at } => {
                while let Some(&(row, bound)) = pieces.get(*at).filter(|&&(row, _)| row < end) {
                    take(row, bound);
                    *at += 1;
                }
            }
        }
    }

    /// Gives `take` all pieces whose bound reaches `threshold`, and takes from it the threshold from then on. The cursor may be anywhere then.
    pub(super) fn each_reaching(&mut self, mut threshold: f32, mut take: impl FnMut(u32, f32) -> f32) {
        match self {
            Self::Stored(stored) => stored.each_reaching(threshold, take),
            Self::Computed { pieces, .. } => {
                for &(row, bound) in &*pieces {
                    if bound >= threshold {
                        threshold = take(row, bound);
                    }
                }
            }
        }
    }

    /// A bound that at least `count` pieces reach, as far as that is known without a look at them.
    pub(super) fn reached_by(&self, count: usize) -> f32 {
        match self {
            Self::Stored(stored) => stored.reached_by(count),
            Self::Computed { .. } => 0.0,
        }
    }
}

/// How a scorer scores in a passage, a piece and a title, weighed.
fn impact(scorer: &TermScorer<'_>) -> Impact {
    let curve = |(signal, bm25): &(Signal, Bm25)| bm25.curve(scorer.weight * signal.weight());
    Impact {
        passage: scorer.passage.as_ref().map(curve),
        piece: scorer.piece.as_ref().map(curve),
        title: scorer.title.map(|bm25| curve(&(Signal::Title, bm25))),
    }
}

impl<'s> StoredBounds<'s> {
    fn new(list: ImpactList<'s>, shape: Shape, max_score: f32, averages: &Averages) -> Self {
        let mut levels = levels(shape, max_score, list.averages(), averages);
        for bound in &mut levels {
            *bound = bound.max(f32::MIN_POSITIVE);
        }
        let mut stored = Self { list, levels, block: ImpactBlock::default(), number: 0, at: 0 };
        stored.read(0);
        stored
    }

    /// Goes to the beginning of a block.
    fn read(&mut self, number: usize) {
        (self.number, self.at) = (number, 0);
        self.list.read(number, &mut self.block);
    }

    #[inline]
    fn bound(&self, level: u8) -> f32 {
        self.levels.get(usize::from(level)).copied().unwrap_or_default()
    }

    fn here(&self) -> Option<(u32, f32)> {
        Some((*self.block.rows().get(self.at)?, self.bound(*self.block.levels().get(self.at)?)))
    }

    fn seek(&mut self, row: u32) -> Option<(u32, f32)> {
        if self.block.rows().last().is_some_and(|&last| last < row) {
            self.read(self.list.block_of(row, self.number + 1));
        }
        self.at += first_reaching(self.block.rows().get(self.at..)?, row);
        // Rows of a damaged file may be in no order; who asks for the next ones has to come to an end all the same.
        self.here().filter(|&(found, _)| found >= row)
    }

    fn each_before(&mut self, end: u32, mut take: impl FnMut(u32, f32)) {
        loop {
            let (rows, levels) = (self.block.rows(), self.block.levels());
            let here = rows.iter().zip(levels).skip(self.at).take_while(|&(&row, _)| row < end);
            let mut taken = 0;
            here.for_each(|(&row, &level)| {
                take(row, self.bound(level));
                taken += 1;
            });
            self.at += taken;
            if self.at < self.block.rows().len() || self.block.rows().is_empty() {
                return;
            }
            self.read(self.number + 1);
        }
    }

    fn each_reaching(&mut self, mut threshold: f32, mut take: impl FnMut(u32, f32) -> f32) {
        for number in 0..self.list.len() {
            if self.bound(self.list.most(number)) < threshold {
                continue;
            }
            self.read(number);
            for (&row, &level) in self.block.rows().iter().zip(self.block.levels()) {
                let bound = self.bound(level);
                if bound >= threshold {
                    threshold = take(row, bound);
                }
            }
        }
    }

    fn reached_by(&self, count: usize) -> f32 {
        // The best of each block is one of the best.
        let Some(at) = count.checked_sub(1).filter(|&at| at < self.list.len()) else { return 0.0 };
        let mut greatest: Vec<u8> = (0..self.list.len()).map(|number| self.list.most(number)).collect();
        let (_, &mut level, _) = greatest.select_nth_unstable_by_key(at, |&level| Reverse(level));
        self.bound(level)
    }
}

/// The place of the first of `rows`, which come in order, that reaches `row`. It is asked for the next ones mostly.
#[inline]
fn first_reaching(rows: &[u32], row: u32) -> usize {
    match rows {
        [first, ..] if *first >= row => 0,
        [_, second, ..] if *second >= row => 1,
        rows => rows.partition_point(|&other| other < row),
    }
}
