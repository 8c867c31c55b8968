use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

fn list(ends: &[(u32, u32)]) -> Vec<Interval> {
    ordered(ends.iter().map(|&(first, last)| Interval::new(first, last)).collect())
}

/// Places of operands as words and small phrases make them, anywhere in a short text.
fn places() -> impl Strategy<Value = Vec<Interval>> {
    prop::collection::btree_set((0_u32..40, 0_u32..4), 0..14)
        .prop_map(|set| list(&set.into_iter().map(|(first, more)| (first, first + more)).collect::<Vec<_>>()))
}

/// Places in such a number, and so wide, that many reach over many others.
fn wide_places() -> impl Strategy<Value = Vec<Interval>> {
    prop::collection::btree_set((0_u32..400, 0_u32..120), 0..250)
        .prop_map(|set| list(&set.into_iter().map(|(first, more)| (first, first + more)).collect::<Vec<_>>()))
}

fn units() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::btree_set(1_u32..45, 0..6).prop_map(|set| std::iter::once(0).chain(set).collect())
}

/// Every pair, as the definition says.
fn naive(left: &[Interval], right: &[Interval], turn: Turn, fits: impl Fn(Interval, Interval) -> bool) -> Vec<Interval> {
    let mut out = Vec::new();
    for a in left {
        for b in right {
            if a.last < b.first && fits(*a, *b) || turn == Turn::Either && b.last < a.first && fits(*b, *a) {
                out.push(a.hull(*b));
            }
        }
    }
    ordered(out)
}

/// Where the first ends of those that begin at each word, and where the last begins of those that end there.
fn ends_of(list: &[Interval]) -> (BTreeMap<u32, u32>, BTreeMap<u32, u32>) {
    let (mut ends, mut begins) = (BTreeMap::new(), BTreeMap::new());
    for &Interval { first, last } in list {
        ends.entry(first).and_modify(|end: &mut u32| *end = last.min(*end)).or_insert(last);
        begins.entry(last).and_modify(|begin: &mut u32| *begin = first.max(*begin)).or_insert(first);
    }
    (ends, begins)
}

fn naive_shortest(list: &[Interval]) -> Vec<Interval> {
    let holds = |outer: &Interval, inner: &Interval| outer != inner && outer.first <= inner.first && inner.last <= outer.last;
    list.iter().filter(|outer| !list.iter().any(|inner| holds(outer, inner))).copied().collect()
}

proptest! {
    #[test]
    fn pairs_are_those_of_the_definition(left in places(), right in places(), words in 1_u32..12, units in units(), given in any::<bool>()) {
        let turn = if given { Turn::Given } else { Turn::Either };
        let mut over = false;
        let within = naive(&left, &right, turn, |a, b| b.first - a.last <= words);
        prop_assert_eq!(&near(&left, &right, Bond { near: Near::Words(words), turn }, Wanted::All, &mut over), &within);
        let short = near(&left, &right, Bond { near: Near::Words(words), turn }, Wanted::Shortest, &mut over);
        prop_assert_eq!(shortest(short), naive_shortest(&within));
        let unit = |at: u32| units.iter().filter(|&&begin| begin <= at).count();
        let same = naive(&left, &right, turn, |a, b| unit(a.first) == unit(b.last));
        prop_assert_eq!(&near(&left, &right, Bond { near: Near::Unit(&units), turn }, Wanted::All, &mut over), &same);
        let short = near(&left, &right, Bond { near: Near::Unit(&units), turn }, Wanted::Shortest, &mut over);
        prop_assert_eq!(shortest(short), naive_shortest(&same));
        prop_assert!(!over);
    }

    #[test]
    fn pairs_of_many_wide_places_are_those_of_the_definition(
        left in wide_places(),
        right in wide_places(),
        words in 1_u32..300,
        units in prop::collection::btree_set(1_u32..500, 0..8),
        given in any::<bool>(),
    ) {
        let turn = if given { Turn::Given } else { Turn::Either };
        let units: Vec<u32> = std::iter::once(0).chain(units).collect();
        let unit = |at: u32| units.partition_point(|&begin| begin <= at);
        let within = naive(&left, &right, turn, |a, b| b.first - a.last <= words);
        let same = naive(&left, &right, turn, |a, b| unit(a.first) == unit(b.last));
        for (bond, expected) in [(Near::Words(words), within), (Near::Unit(&units), same)] {
            let bond = Bond { near: bond, turn };
            let mut over = false;
            prop_assert_eq!(shortest(near(&left, &right, bond, Wanted::Shortest, &mut over)), shortest(expected.clone()));
            let ends = near(&left, &right, bond, Wanted::Ends, &mut over);
            prop_assert!(ends.len() <= 4 * (left.len() + right.len()) && ends.iter().all(|one| expected.binary_search(one).is_ok()));
            prop_assert_eq!(ends_of(&ends), ends_of(&expected));
            prop_assert_eq!(near(&left, &right, bond, Wanted::All, &mut over), expected);
            prop_assert!(!over);
        }
    }

    #[test]
    fn by_their_ends_places_are_near_others_as_all_are(list in places(), other in places(), words in 1_u32..12, units in units()) {
        let (first_ends, last_begins) = ends_of(&list);
        let is_end = |one: &&Interval| first_ends[&one.first] == one.last || last_begins[&one.last] == one.first;
        let ends: Vec<Interval> = list.iter().filter(is_end).copied().collect();
        for near_to in [Near::Words(words), Near::Unit(&units)] {
            for (turn, swapped) in [(Turn::Given, false), (Turn::Given, true), (Turn::Either, false)] {
                let pairs = |list: &[Interval]| {
                    let (left, right) = if swapped { (other.as_slice(), list) } else { (list, other.as_slice()) };
                    shortest(near(left, right, Bond { near: near_to, turn }, Wanted::Shortest, &mut false))
                };
                prop_assert_eq!(pairs(&ends), pairs(&list));
            }
        }
    }

    #[test]
    fn what_is_apart_has_nothing_near(left in places(), right in places(), words in 1_u32..12, units in units()) {
        let away = |a: &Interval, b: &Interval| b.first > a.last.saturating_add(words) || a.first > b.last.saturating_add(words);
        let expected: Vec<_> = left.iter().filter(|a| right.iter().all(|b| away(a, b))).copied().collect();
        prop_assert_eq!(apart(&left, &right, Bond { near: Near::Words(words), turn: Turn::Either }), expected);
        let expected: Vec<_> = left.iter().filter(|a| right.iter().all(|b| b.first <= a.last || b.first - a.last > words)).copied().collect();
        prop_assert_eq!(apart(&left, &right, Bond { near: Near::Words(words), turn: Turn::Given }), expected);
        let unit = |at: u32| units.iter().filter(|&&begin| begin <= at).count();
        let inside = |a: &Interval, b: &Interval| [a.first, a.last, b.first, b.last].iter().all(|&at| unit(at) == unit(a.first));
        let overlap = |a: &Interval, b: &Interval| a.first <= b.last && b.first <= a.last;
        let expected: Vec<_> = left.iter().filter(|a| !right.iter().any(|b| overlap(a, b) || inside(a, b))).copied().collect();
        prop_assert_eq!(apart(&left, &right, Bond { near: Near::Unit(&units), turn: Turn::Either }), expected);
    }

    #[test]
    fn sequences_are_those_of_the_definition(left in places(), right in places()) {
        let expected = naive(&left, &right, Turn::Given, |a, b| b.first == a.last + 1);
        prop_assert_eq!(adjacent(&left, &right, &mut false), expected);
    }

    #[test]
    fn several_are_in_one_unit_where_each_two_of_them_are(
        lists in prop::collection::vec((places(), 1_usize..3), 2..4),
        units in units(),
    ) {
        let unit = |at: u32| units.iter().filter(|&&begin| begin <= at).count();
        let inside = |list: &[Interval], wanted: usize| -> Vec<Interval> {
            list.iter().filter(|one| unit(one.first) == wanted && unit(one.last) == wanted).copied().collect()
        };
        // So many that do not overlap.
        let has = |list: &[Interval], times: usize| times == 1 || !naive(list, list, Turn::Given, |_, _| true).is_empty();
        let holds = |wanted: usize| {
            let lists: Vec<(Vec<Interval>, usize)> = lists.iter().map(|(list, times)| (inside(list, wanted), *times)).collect();
            let pairs = lists.iter().enumerate().flat_map(|(at, one)| lists[at + 1..].iter().map(move |other| (one, other)));
            lists.iter().all(|(list, times)| !list.is_empty() && has(list, *times))
                && pairs.clone().all(|((one, _), (other, _))| !naive(one, other, Turn::Either, |_, _| true).is_empty())
        };
        let expected: Vec<usize> = (1..=units.len()).filter(|&wanted| holds(wanted)).collect();
        let found = together(&lists, Near::Unit(&units));
        prop_assert!(found.iter().all(|one| unit(one.first) == unit(one.last)));
        prop_assert!(found.iter().all(|hull| lists.iter().all(|(list, _)| list.iter().any(|one| hull.first <= one.first && one.last <= hull.last))));
        let mut found: Vec<usize> = found.iter().map(|one| unit(one.first)).collect();
        found.dedup();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn words_stand_together_where_some_window_has_them(
        words in prop::collection::vec(0_usize..4, 0..30),
        times in prop::collection::vec(0_usize..3, 4),
        others in 0_u32..6,
    ) {
        let at = |wanted: usize| words.iter().zip(0..).filter(move |(word, _)| **word == wanted).map(|(_, at)| Interval::new(at, at));
        let parts: Vec<(Vec<Interval>, usize)> =
            times.iter().enumerate().filter(|(_, times)| **times > 0).map(|(word, times)| (at(word).collect(), *times)).collect();
        let needed: usize = times.iter().sum();
        // Any window that has them all, and at the most so many others.
        let mut expected = Vec::new();
        for first in 0..words.len() {
            for last in first..words.len().min(first + needed + others as usize) {
                let window = &words[first..=last];
                if needed > 0 && times.iter().enumerate().all(|(word, times)| window.iter().filter(|found| **found == word).count() >= *times) {
                    expected.push(Interval::new(u32::try_from(first).unwrap(), u32::try_from(last).unwrap()));
                }
            }
        }
        prop_assert_eq!(shortest(together(&parts, Near::Words(others))), naive_shortest(&ordered(expected)));
    }

    #[test]
    fn the_shortest_hold_no_other(list in places()) {
        prop_assert_eq!(shortest(list.clone()), naive_shortest(&list));
    }
}

#[test]
fn units_are_told_by_their_beginnings() {
    let begins = [0, 5, 9];
    assert_eq!([start_of(&begins, 4), start_of(&begins, 5), start_of(&begins, 100), start_of(&[], 3)], [0, 5, 9, 0]);
    assert_eq!([end_of(&begins, 4), end_of(&begins, 5), end_of(&begins, 9)], [5, 9, u32::MAX]);
}

#[test]
fn too_many_pairs_are_told() {
    let many: Vec<Interval> = (0..2_000).map(|at| Interval::new(at, at)).collect();
    let mut over = false;
    assert!(near(&many, &many, Bond { near: Near::Unit(&[0]), turn: Turn::Either }, Wanted::All, &mut over).len() <= 2 * MOST && over);
    let mut over = false;
    assert_eq!(near(&many, &many, Bond { near: Near::Unit(&[0]), turn: Turn::Either }, Wanted::Shortest, &mut over).len(), 1_999);
    assert!(!over);
}

/// Were each later place to walk over all earlier ones, these would be some thirty thousand million steps.
#[test]
fn places_that_reach_over_each_other_are_not_walked_again_and_again() {
    let most = u32::try_from(MOST).unwrap();
    // All begin among the first words, but end far behind: each later place has all of them before it.
    let wide: Vec<Interval> = list(&(0..most).map(|at| (at % 300, 300 + at)).collect::<Vec<_>>());
    let single: Vec<Interval> = (0..300_000).map(|at| Interval::new(500_000 + at, 500_000 + at)).collect();
    let turn = Turn::Given;
    let mut over = false;
    let short = near(&wide, &single, Bond { near: Near::Unit(&[0]), turn }, Wanted::Shortest, &mut over);
    assert_eq!((short.len(), short[0]), (300_000, Interval::new(299, 500_000)));
    assert_eq!(near(&wide, &single, Bond { near: Near::Words(1_000_000), turn }, Wanted::Shortest, &mut over), short);
    // All of them begin in one sentence and end in the next, so that they are in none.
    over = false;
    let sentences = [0, 300];
    for wanted in [Wanted::All, Wanted::Ends, Wanted::Shortest] {
        assert!(near(&wide, &single, Bond { near: Near::Unit(&sentences), turn }, wanted, &mut over).is_empty());
    }
    assert!(!over);
}
