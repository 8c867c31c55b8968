//! What a token says in the pieces of a segment, piece by piece.

use std::cmp::Reverse;

use tantivy::schema::Field;

use super::gauge::Gauge;
use crate::index::{Error, ImpactBlock, ImpactList, Segment};
use crate::rank::{Averages, Bm25, Impact, Levels, Shape, Signal, levels};

/// A walk over the pieces in which a token occurs, deleted ones too, by their rows, each with the most that the token says there.
pub(super) enum Heard<'s> {
    /// As the index keeps it of frequent terms.
    Listed(Box<Listed<'s>>),
    /// As postings tell.
    Told { pieces: Vec<(u32, f32)>, at: usize },
}

/// A walk over a list of the index.
pub(super) struct Listed<'s> {
    list: ImpactList<'s>,
    levels: Levels,
    block: ImpactBlock,
    /// The number of the block that was read.
    number: usize,
    /// The place in it.
    at: usize,
}

impl<'s> Heard<'s> {
    /// What `token` says, one of those by which `gauge` ranks, in an index with these averages. `None` where it does not occur.
    pub(super) fn of(
        segment: &'s Segment,
        gauge: &Gauge<'_>,
        (field, token): (Field, &str),
        averages: &Averages,
    ) -> Result<Option<Self>, Error> {
        // Impacts are kept of terms alone, which count in titles too.
        if let Some(bm25) = gauge.title.filter(|_| field == segment.fields().terms)
            && let Some((list, shape)) = segment.impacts(token)?
            && shape == bm25.shape()
        {
            return Ok(Some(Self::Listed(Box::new(Listed::new(list, shape, gauge.weight * bm25.most(), averages)))));
        }
        let mut pieces = Vec::new();
        // Of what is multiplied by nothing it is known all the same where it is.
        segment.each_impact(field, token, &impact(gauge), |row, says| pieces.push((row, says.max(f32::MIN_POSITIVE))))?;
        Ok(Some(Self::Told { pieces, at: 0 }).filter(|told| told.pieces() > 0))
    }

    /// How many pieces there are.
    pub(super) fn pieces(&self) -> u32 {
        match self {
            Self::Listed(listed) => listed.list.pieces(),
            Self::Told { pieces, .. } => u32::try_from(pieces.len()).unwrap_or(u32::MAX),
        }
    }

    /// Goes on to the first piece at or behind `row`, which never goes back.
    #[inline]
    pub(super) fn seek(&mut self, row: u32) -> Option<(u32, f32)> {
        match self {
            Self::Listed(listed) => listed.seek(row),
            Self::Told { pieces, at } => {
                while pieces.get(*at)?.0 < row {
                    *at += 1;
                }
                pieces.get(*at).copied()
            }
        }
    }

    /// Gives `take` the pieces from where the walk stands to before `end`.
    pub(super) fn each_before(&mut self, end: u32, mut take: impl FnMut(u32, f32)) {
        match self {
            Self::Listed(listed) => listed.each_before(end, take),
            Self::Told { pieces, at } => {
                while let Some(&(row, says)) = pieces.get(*at).filter(|&&(row, _)| row < end) {
                    take(row, says);
                    *at += 1;
                }
            }
        }
    }

    /// Gives `take` all pieces in which it says at least `least`, and takes from it how much from then on. The walk may be anywhere then.
    pub(super) fn each_best(&mut self, mut least: f32, mut take: impl FnMut(u32, f32) -> f32) {
        match self {
            Self::Listed(listed) => listed.each_best(least, take),
            Self::Told { pieces, .. } => {
                for &(row, says) in &*pieces {
                    if says >= least {
                        least = take(row, says);
                    }
                }
            }
        }
    }

    /// What at least `kept` pieces say, as far as that is known without a look at them.
    pub(super) fn known(&self, kept: usize) -> f32 {
        match self {
            Self::Listed(listed) => listed.known(kept),
            Self::Told { .. } => 0.0,
        }
    }
}

/// What a gauge says in a passage, a piece and a title, weighed.
fn impact(gauge: &Gauge<'_>) -> Impact {
    let curve = |(signal, bm25): &(Signal, Bm25)| bm25.curve(gauge.weight * signal.weight());
    Impact {
        passage: gauge.passage.as_ref().map(curve),
        piece: gauge.piece.as_ref().map(curve),
        title: gauge.title.map(|bm25| curve(&(Signal::Title, bm25))),
    }
}

impl<'s> Listed<'s> {
    fn new(list: ImpactList<'s>, shape: Shape, says: f32, averages: &Averages) -> Self {
        let mut levels = levels(shape, says, list.averages(), averages);
        for says in &mut levels {
            *says = says.max(f32::MIN_POSITIVE);
        }
        let mut listed = Self { list, levels, block: ImpactBlock::default(), number: 0, at: 0 };
        listed.read(0);
        listed
    }

    /// Goes to the beginning of a block.
    fn read(&mut self, number: usize) {
        (self.number, self.at) = (number, 0);
        self.list.read(number, &mut self.block);
    }

    #[inline]
    fn says(&self, level: u8) -> f32 {
        self.levels.get(usize::from(level)).copied().unwrap_or_default()
    }

    fn here(&self) -> Option<(u32, f32)> {
        Some((*self.block.rows().get(self.at)?, self.says(*self.block.levels().get(self.at)?)))
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
                take(row, self.says(level));
                taken += 1;
            });
            self.at += taken;
            if self.at < self.block.rows().len() || self.block.rows().is_empty() {
                return;
            }
            self.read(self.number + 1);
        }
    }

    fn each_best(&mut self, mut least: f32, mut take: impl FnMut(u32, f32) -> f32) {
        for number in 0..self.list.len() {
            if self.says(self.list.most(number)) < least {
                continue;
            }
            self.read(number);
            for (&row, &level) in self.block.rows().iter().zip(self.block.levels()) {
                let says = self.says(level);
                if says >= least {
                    least = take(row, says);
                }
            }
        }
    }

    fn known(&self, kept: usize) -> f32 {
        // The best of each block is one of the best.
        let Some(at) = kept.checked_sub(1).filter(|&at| at < self.list.len()) else { return 0.0 };
        let mut most: Vec<u8> = (0..self.list.len()).map(|number| self.list.most(number)).collect();
        let (_, &mut level, _) = most.select_nth_unstable_by_key(at, |&level| Reverse(level));
        self.says(level)
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
