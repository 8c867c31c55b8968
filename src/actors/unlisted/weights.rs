//! How much each piece of evidence weighs.

use std::sync::LazyLock;

use super::evidence::{Evidence, Set};

/// What a name may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Person,
    Org,
    /// A place, a work, an event, or no name at all.
    Other,
}

/// What the evidence in `set` makes of a name, and how sure that is, from 0 to 1.
pub(super) fn judge(set: Set) -> (Class, f32) {
    let mut sums = [0.0; 3];
    for evidence in set.members() {
        if let Some(weights) = WEIGHTS.get(evidence as usize) {
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += weight;
            }
        }
    }
    let total: f32 = sums.iter().map(|sum: &f32| sum.exp()).sum();
    let [person, org, other] = sums.map(|sum| sum.exp() / total);
    if person > org && person > other {
        (Class::Person, person)
    } else if org > other {
        (Class::Org, org)
    } else {
        (Class::Other, other)
    }
}

/// How much one piece of evidence speaks for a class rather than for the others.
pub(super) fn pull(evidence: Evidence, class: Class) -> f32 {
    let weights = WEIGHTS.get(evidence as usize).copied().unwrap_or_default();
    let own = weights.get(class as usize).copied().unwrap_or_default();
    own - (weights.iter().sum::<f32>() - own) / 2.0
}

/// The weights of each piece of evidence for each class, in the order of both.
static WEIGHTS: LazyLock<Vec<[f32; 3]>> = LazyLock::new(|| {
    let mut table = vec![[0.0; 3]; Evidence::ALL.len()];
    for line in include_str!("weights.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let name = cells.next().unwrap_or_default();
        let Some(row) = Evidence::ALL.iter().position(|evidence| evidence.word() == name).and_then(|at| table.get_mut(at)) else {
            continue;
        };
        for (cell, weight) in row.iter_mut().zip(cells) {
            *cell = weight.parse().unwrap_or_default();
        }
    }
    table
});
