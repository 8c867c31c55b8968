//! Lists of intervals joined.
//!
//! Every list is in order, by first word and then by last, and holds no interval twice.

use std::collections::VecDeque;

/// A run of words: the numbers of its first and its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// Its first word.
    pub first: u32,
    /// Its last word.
    pub last: u32,
}

impl Interval {
    /// The run from word `first` to word `last`.
    #[must_use]
    pub const fn new(first: u32, last: u32) -> Self {
        Self { first, last }
    }

    fn hull(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }

    fn width(self) -> u64 {
        u64::from(self.last - self.first) + 1
    }
}

/// The most places of one operand in one piece that are looked at.
pub(in crate::retrieve) const MOST: usize = 1 << 17;

/// How two places have to stand to each other.
#[derive(Clone, Copy)]
pub(super) struct Bond<'b> {
    /// How near they are.
    pub(super) near: Near<'b>,
    /// In which order they come.
    pub(super) turn: Turn,
}

/// Which places of an operand are asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All.
    All,
    /// Of those that begin alike the one that ends first, and of those that end alike the one that begins last; maybe others. With whatever else
    /// they stand near, the shortest hulls are those of such.
    Ends,
    /// Those that may hold no other.
    Shortest,
}

/// How near two places have to be.
#[derive(Clone, Copy)]
pub(super) enum Near<'b> {
    /// The later begins so many words behind the end of the earlier, at the most.
    Words(u32),
    /// Both lie in one of the units that begin at these words.
    Unit(&'b [u32]),
}

/// In which order two places have to be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// The left operand's first.
    Given,
    /// Either first.
    Either,
}

/// The first word of the unit in which word `at` stands.
pub(in crate::retrieve) fn start_of(begins: &[u32], at: u32) -> u32 {
    begins.partition_point(|&begin| begin <= at).checked_sub(1).and_then(|before| begins.get(before)).copied().unwrap_or(0)
}

/// The first word behind that unit.
fn end_of(begins: &[u32], at: u32) -> u32 {
    begins.get(begins.partition_point(|&begin| begin <= at)).copied().unwrap_or(u32::MAX)
}

/// Puts a list in order.
pub(super) fn ordered(mut list: Vec<Interval>) -> Vec<Interval> {
    if !list.is_sorted_by(|a, b| a < b) {
        list.sort_unstable();
        list.dedup();
    }
    list
}

/// Those that hold no other.
pub(in crate::retrieve) fn shortest(mut list: Vec<Interval>) -> Vec<Interval> {
    // Most lists are of places of one width, none of which holds another.
    if list.is_sorted_by(|a, b| a.first < b.first && a.last < b.last) {
        return list;
    }
    let mut kept = 0;
    for at in 0..list.len() {
        let interval = list[at];
        while kept > 0 && interval.last <= list[kept - 1].last {
            kept -= 1;
        }
        if kept == 0 || list[kept - 1].first < interval.first {
            list[kept] = interval;
            kept += 1;
        }
    }
    list.truncate(kept);
    list
}

/// Each of `left` with each of `right` that begins right behind it.
pub(super) fn adjacent(left: &[Interval], right: &[Interval], over: &mut bool) -> Vec<Interval> {
    let mut out = Vec::new();
    for before in by_last(left).iter() {
        let Some(next) = before.last.checked_add(1) else { continue };
        let from = right.partition_point(|after| after.first < next);
        let meet = right.get(from..).unwrap_or_default().iter().take_while(|after| after.first == next);
        out.extend(meet.map(|after| before.hull(*after)));
        if out.len() > MOST {
            *over = true;
            break;
        }
    }
    ordered(out)
}

/// The hulls of pairs of `left` and `right` that stand so, as far as they are `wanted`.
pub(super) fn near(left: &[Interval], right: &[Interval], bond: Bond<'_>, wanted: Wanted, over: &mut bool) -> Vec<Interval> {
    let mut out = Vec::new();
    before(&by_last(left), right, bond.near, wanted, &mut out);
    if bond.turn == Turn::Either {
        before(&by_last(right), left, bond.near, wanted, &mut out);
    }
    // The others are no more than the places of both.
    *over |= wanted == Wanted::All && out.len() >= MOST;
    ordered(out)
}

fn by_last(list: &[Interval]) -> std::borrow::Cow<'_, [Interval]> {
    if list.is_sorted_by_key(|interval| interval.last) {
        return list.into();
    }
    let mut list = list.to_vec();
    list.sort_unstable_by_key(|interval| interval.last);
    list.into()
}

/// Adds the hulls of pairs in which one of `earlier` (by last word) ends before one of `later` (by first) begins. Of all, stops at [`MOST`].
fn before(earlier: &[Interval], later: &[Interval], near: Near<'_>, wanted: Wanted, out: &mut Vec<Interval>) {
    let within;
    let (earlier, later) = match near {
        Near::Words(_) => (earlier, later),
        Near::Unit(begins) => {
            // What reaches over the end of its unit is never in one with another. Left in, it would be passed over again and again.
            within = [earlier, later].map(|list| list.iter().filter(|one| is_inside(**one, begins)).copied().collect::<Vec<_>>());
            (within[0].as_slice(), within[1].as_slice())
        }
    };
    if wanted == Wanted::Ends {
        soonest(earlier, later, near, out);
    }
    let mut upto = 0;
    let mut latest = Latest::default();
    for second in later {
        while let Some(first) = earlier.get(upto).filter(|first| first.last < second.first) {
            latest.add(*first);
            upto += 1;
        }
        let low = match near {
            Near::Words(words) => second.first.saturating_sub(words),
            Near::Unit(begins) => start_of(begins, second.first),
        };
        if wanted != Wanted::All {
            out.extend(latest.from(low).map(|first| first.hull(*second)));
            continue;
        }
        for first in earlier.get(..upto).unwrap_or_default().iter().rev().take_while(|first| first.last >= low) {
            if out.len() >= MOST {
                return;
            }
            out.push(first.hull(*second));
        }
    }
}

/// Adds for each of `earlier` (by last word) the hull with the one that ends first of those `later` (by first) that begin behind it, near enough.
/// Units hold the whole of each.
fn soonest(earlier: &[Interval], later: &[Interval], near: Near<'_>, out: &mut Vec<Interval>) {
    // Those that may end first for one of the rest of `earlier`: ever later ones that end ever later.
    let mut open: VecDeque<Interval> = VecDeque::new();
    let mut later = later.iter().peekable();
    for first in earlier {
        let high = match near {
            Near::Words(words) => first.last.saturating_add(words),
            Near::Unit(begins) => end_of(begins, first.last) - 1,
        };
        while let Some(second) = later.next_if(|second| second.first <= high) {
            while open.back().is_some_and(|last| last.last >= second.last) {
                open.pop_back();
            }
            open.push_back(*second);
        }
        while open.front().is_some_and(|second| second.first <= first.last) {
            open.pop_front();
        }
        out.extend(open.front().map(|second| first.hull(*second)));
    }
}

/// Whether the whole of `interval` lies in one unit.
fn is_inside(interval: Interval, begins: &[u32]) -> bool {
    interval.first >= start_of(begins, interval.last)
}

/// Of intervals that end ever later, and are passed over once they end too early, the one that begins last. Each is added and taken away once, so
/// that the work grows with the intervals and not with their pairs.
#[derive(Default)]
struct Latest(VecDeque<Interval>);

impl Latest {
    /// Adds an interval that ends no earlier than those before it.
    fn add(&mut self, interval: Interval) {
        // What begins no later than this, and ends no later, is never better again.
        while self.0.back().is_some_and(|last| last.first <= interval.first) {
            self.0.pop_back();
        }
        self.0.push_back(interval);
    }

    /// The one that begins last of those that end at `low` or later. To be asked with growing `low`.
    fn from(&mut self, low: u32) -> Option<Interval> {
        while self.0.front().is_some_and(|first| first.last < low) {
            self.0.pop_front();
        }
        self.0.front().copied()
    }
}

/// Those of `wanted` to which none of `unwanted` stands so.
pub(super) fn apart(wanted: &[Interval], unwanted: &[Interval], bond: Bond<'_>) -> Vec<Interval> {
    // Up to each one the furthest that any reaches, from each one on the nearest that any ends.
    let mut furthest = 0;
    let furthest: Vec<u32> = unwanted
        .iter()
        .map(|interval| {
            furthest = interval.last.max(furthest);
            furthest
        })
        .collect();
    let mut nearest = u32::MAX;
    let mut nearest: Vec<u32> = unwanted
        .iter()
        .rev()
        .map(|interval| {
            nearest = interval.last.min(nearest);
            nearest
        })
        .collect();
    nearest.reverse();
    // How many begin so many words behind it at the most, and whether one of them reaches so many before it.
    let upto = |interval: &Interval, words: u32| {
        let reach = interval.last.saturating_add(words);
        unwanted.partition_point(|other| other.first <= reach)
    };
    let is_within = |interval: &Interval, words: u32| {
        let reaches = upto(interval, words).checked_sub(1).and_then(|at| furthest.get(at));
        reaches.is_some_and(|&last| last >= interval.first.saturating_sub(words))
    };
    let is_near = |interval: &Interval| match bond.near {
        Near::Words(words) => match bond.turn {
            Turn::Either => is_within(interval, words),
            Turn::Given => upto(interval, words) > upto(interval, 0),
        },
        // What overlaps it is near, whatever unit it reaches into.
        Near::Unit(_) if bond.turn == Turn::Either && is_within(interval, 0) => true,
        Near::Unit(begins) => {
            let (start, end) = (start_of(begins, interval.first), end_of(begins, interval.first));
            let from = match bond.turn {
                Turn::Either => unwanted.partition_point(|other| other.first < start),
                Turn::Given => upto(interval, 0),
            };
            interval.last < end && nearest.get(from).is_some_and(|&last| last < end)
        }
    };
    wanted.iter().filter(|interval| !is_near(interval)).copied().collect()
}

/// For each interval of a part, the shortest hull that ends with it and has all `parts`, each as often as it says, if they are so near: at the most
/// so many of its words belong to none, or it lies in one unit, in which of any two parts some intervals do not overlap.
pub(super) fn together(parts: &[(Vec<Interval>, usize)], near: Near<'_>) -> Vec<Interval> {
    let usable = |list: &[Interval]| match near {
        Near::Words(_) => by_last(list).into_owned(),
        // What holds another takes more room, and here covers nothing that counts.
        Near::Unit(begins) => shortest(list.iter().copied().filter(|one| is_inside(*one, begins)).collect()),
    };
    let sorted: Vec<(Vec<Interval>, usize)> = parts.iter().map(|(list, times)| (usable(list), *times)).collect();
    let mut ends: Vec<u32> = sorted.iter().flat_map(|(list, _)| list.iter().map(|interval| interval.last)).collect();
    ends.sort_unstable();
    ends.dedup();
    let most = match near {
        Near::Words(others) => covered_at_most(parts) + u64::from(others),
        Near::Unit(_) => u64::MAX,
    };
    let mut upto = vec![0; sorted.len()];
    let mut out = Vec::new();
    let mut unit = Unit::default();
    'ends: for end in ends {
        let low = match near {
            Near::Words(_) => 0,
            Near::Unit(begins) => start_of(begins, end),
        };
        let mut hull = Interval::new(end, end);
        let mut covered = 0;
        for ((list, times), upto) in sorted.iter().zip(&mut upto) {
            while list.get(*upto).is_some_and(|interval| interval.last <= end) {
                *upto += 1;
            }
            let (mut left, mut free) = (*times, end.saturating_add(1));
            for interval in list.get(..*upto).unwrap_or_default().iter().rev() {
                if left == 0 || interval.last < low {
                    break;
                }
                if interval.last < free {
                    (left, free) = (left - 1, interval.first);
                    covered += interval.width();
                    hull = hull.hull(*interval);
                    // Too far back already: whatever else is needed cannot make it shorter.
                    if hull.width() > most {
                        continue 'ends;
                    }
                }
            }
            if left > 0 {
                continue 'ends;
            }
        }
        let is_near = match near {
            Near::Words(others) => hull.width() <= covered + u64::from(others),
            Near::Unit(begins) => unit.holds_each_pair(&sorted, low, end_of(begins, end)),
        };
        if is_near {
            out.push(hull);
        }
    }
    ordered(out)
}

/// The unit that was looked at last, and what was found.
#[derive(Default)]
struct Unit(Option<(u32, bool)>);

impl Unit {
    /// Whether of any two of `parts` (by last word), all inside of units, some intervals in the unit from word `low` to before word `high` do not overlap.
    fn holds_each_pair(&mut self, parts: &[(Vec<Interval>, usize)], low: u32, high: u32) -> bool {
        if let Some((_, holds)) = self.0.filter(|(known, _)| *known == low) {
            return holds;
        }
        // Where the first ends, and where the last begins.
        let extremes = |(list, _): &(Vec<Interval>, usize)| {
            let [from, to] = [low, high].map(|word| list.partition_point(|one| one.last < word));
            let inside = list.get(from..to).unwrap_or_default();
            Some((inside.first()?.last, inside.iter().map(|one| one.first).max()?))
        };
        let found: Option<Vec<(u32, u32)>> = parts.iter().map(extremes).collect();
        let apart = |(a_end, a_begin): (u32, u32), (b_end, b_begin): (u32, u32)| a_end < b_begin || b_end < a_begin;
        let holds = found.is_some_and(|found| found.iter().enumerate().all(|(at, &a)| found.iter().skip(at + 1).all(|&b| apart(a, b))));
        self.0 = Some((low, holds));
        holds
    }
}

/// How many words parts can cover at the most.
fn covered_at_most(parts: &[(Vec<Interval>, usize)]) -> u64 {
    let widest = |list: &[Interval]| list.iter().map(|interval| interval.width()).max().unwrap_or(1);
    parts.iter().map(|(list, times)| widest(list) * *times as u64).sum()
}

#[cfg(test)]
#[path = "algebra_tests.rs"]
mod tests;
