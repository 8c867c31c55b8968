//! How many pieces and passages match, by what they are.

use foldhash::HashMap;

use super::Error;
use super::ask::{Asker, Question};
use crate::actors::Mention;
use crate::index::{PassageAddress, PieceAddress, StoredPiece};

/// By what matches are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupBy {
    /// The outlet.
    Source,
    /// Each author.
    Author,
    /// The language.
    Lang,
    /// The year of publication.
    Year,
    /// The month of publication.
    Month,
    /// Each actor whom a matching passage mentions.
    Actor,
}

impl GroupBy {
    /// What it is called, as a column.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Author => "author",
            Self::Lang => "lang",
            Self::Year => "year",
            Self::Month => "month",
            Self::Actor => "actor",
        }
    }
}

/// How many matches have something in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// What they have in common; `None` where it is not known.
    pub value: Option<String>,
    /// How many pieces.
    pub pieces: u64,
    /// How many passages.
    pub passages: u64,
}

/// The numbers of a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many pieces match.
    pub pieces: u64,
    /// How many of their passages do.
    pub passages: u64,
    /// The groups: the largest first, but years and months in their order, those without matches between them too.
    pub groups: Vec<Group>,
}

impl Asker<'_> {
    /// How many pieces and passages match `question`, in all and in groups.
    pub fn count(&self, question: &Question, by: Option<GroupBy>) -> Result<Counts, Error> {
        let mut counts = Counts::default();
        // Matches do not come piece by piece: remember which pieces have been counted, in all and in each group.
        let mut groups: HashMap<Option<String>, (u64, u64)> = HashMap::default();
        let mut last: HashMap<Option<String>, PieceAddress> = HashMap::default();
        let mut passages = self.passages(question)?;
        passages.sort_unstable();
        let mut piece: Option<(PieceAddress, StoredPiece)> = None;
        for PassageAddress { piece: address, passage } in passages {
            let Some(segment) = self.reader().segments().get(address.segment) else { continue };
            if piece.as_ref().is_none_or(|(known, _)| *known != address) {
                counts.pieces += 1;
                piece = Some((address, segment.piece(address.header)?));
            }
            counts.passages += 1;
            let (Some(by), Some((_, stored))) = (by, &piece) else { continue };
            let values = match by {
                GroupBy::Actor => actors(segment.mentions(passage)?.into_iter().map(Into::into)),
                by => values(stored, by),
            };
            for value in values {
                let (pieces, passages) = groups.entry(value.clone()).or_default();
                *passages += 1;
                if last.insert(value, address) != Some(address) {
                    *pieces += 1;
                }
            }
        }
        counts.groups = groups.into_iter().map(|(value, (pieces, passages))| Group { value, pieces, passages }).collect();
        match by {
            Some(GroupBy::Year | GroupBy::Month) => {
                fill(&mut counts.groups);
                counts.groups.sort_by(|a, b| (a.value.is_none(), &a.value).cmp(&(b.value.is_none(), &b.value)));
            }
            _ => counts.groups.sort_by(|a, b| (b.pieces, b.passages, &a.value).cmp(&(a.pieces, a.passages, &b.value))),
        }
        Ok(counts)
    }
}

fn values(piece: &StoredPiece, by: GroupBy) -> Vec<Option<String>> {
    let date = |length: usize| vec![piece.date.as_deref().and_then(|date| date.get(..length)).map(ToOwned::to_owned)];
    match by {
        GroupBy::Source => vec![piece.source.clone()],
        GroupBy::Author if piece.authors.is_empty() => vec![None],
        GroupBy::Author => piece.authors.iter().cloned().map(Some).collect(),
        GroupBy::Lang => vec![Some(piece.lang.clone())],
        GroupBy::Year => date(4),
        GroupBy::Month => date(7),
        GroupBy::Actor => Vec::new(),
    }
}

/// The actors of some mentions, each once; nobody decided is nobody counted.
fn actors(mentions: impl Iterator<Item = Mention>) -> Vec<Option<String>> {
    let mut ids: Vec<String> = mentions.filter_map(|mention| mention.actor).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().map(Some).collect()
}

/// The most years or months without matches between two that have some: dates that are farther off are wrong, and no gap to be shown.
const GAP: usize = 600;

/// Adds the years or months without matches between each two that have some.
fn fill(groups: &mut Vec<Group>) {
    let mut known: Vec<String> = groups.iter().filter_map(|group| group.value.clone()).collect();
    known.sort_unstable();
    for (before, after) in known.iter().zip(known.iter().skip(1)) {
        let periods = std::iter::successors(following(before), |period| following(period)).take_while(|period| period < after);
        let empty: Vec<String> = periods.take(GAP + 1).collect();
        if empty.len() <= GAP {
            groups.extend(empty.into_iter().map(|period| Group { value: Some(period), ..Group::default() }));
        }
    }
}

/// The year after `2024`, the month after `2024-12`.
fn following(period: &str) -> Option<String> {
    match period.split_once('-') {
        None => Some(format!("{:04}", period.parse::<u32>().ok()? + 1)),
        Some((year, month)) => {
            let (year, month): (u32, u32) = (year.parse().ok()?, month.parse().ok()?);
            Some(if month >= 12 { format!("{:04}-01", year + 1) } else { format!("{year:04}-{:02}", month + 1) })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled() {
        let group = |value: &str| Group { value: Some(value.to_owned()), pieces: 1, passages: 1 };
        let mut groups = vec![group("2024-02"), group("2023-11"), Group { value: None, pieces: 1, passages: 1 }];
        fill(&mut groups);
        let mut values: Vec<_> = groups.iter().filter_map(|group| group.value.as_deref()).collect();
        values.sort_unstable();
        assert_eq!(values, ["2023-11", "2023-12", "2024-01", "2024-02"]);
        assert_eq!(groups.iter().filter(|group| group.pieces == 0).count(), 2);
        // One that is far off takes no gap from the others.
        let mut groups = vec![group("1895-01"), group("2010-01"), group("2010-03")];
        fill(&mut groups);
        assert_eq!(
            groups.iter().filter(|group| group.pieces == 0).map(|group| group.value.as_deref()).collect::<Vec<_>>(),
            [Some("2010-02")]
        );
    }
}
