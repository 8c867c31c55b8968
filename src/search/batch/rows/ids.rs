use std::collections::BTreeMap;

use foldhash::HashSet;

/// The ids of rows. What rows bring themselves and what others get by their number are kept apart: of two that would be the same the later
/// gets `#2`, as pieces do. Equal ids that rows bring are left as they are.
#[derive(Debug, Default)]
pub(super) struct Ids {
    own: Taken,
    given: Taken,
}

/// Ids that are taken, as far as a number that a row gets can be one of them: numbers, and numbers with `#2`.
#[derive(Debug, Default)]
struct Taken {
    /// As runs, by their first numbers with their last: rows are mostly counted through, so that a million take no more memory than one.
    runs: BTreeMap<u64, u64>,
    others: HashSet<String>,
}

impl Ids {
    /// Remembers an id that a row brings.
    pub(super) fn bring(&mut self, id: &str) {
        self.own.add(id);
    }

    /// The id of the row `number`, which brings this one, or none if it is empty.
    pub(super) fn settled(&mut self, id: &str, number: u64) -> String {
        let (taken, kept) = if id.is_empty() { (&self.own, &mut self.given) } else { (&self.given, &mut self.own) };
        let number = number.to_string();
        let apart = apart(if id.is_empty() { &number } else { id }, taken);
        kept.add(&apart);
        apart
    }
}

impl Taken {
    fn add(&mut self, id: &str) {
        match number(id) {
            Some(number) if !self.holds(id) => {
                let before = self.runs.range(..number).next_back().filter(|&(_, &last)| last + 1 == number);
                let first = before.map_or(number, |(&first, _)| first);
                let last = number.checked_add(1).and_then(|next| self.runs.remove(&next)).unwrap_or(number);
                self.runs.insert(first, last);
            }
            None if id.contains('#') => {
                self.others.insert(id.to_owned());
            }
            _ => {}
        }
    }

    fn holds(&self, id: &str) -> bool {
        match number(id) {
            Some(number) => self.runs.range(..=number).next_back().is_some_and(|(_, &last)| number <= last),
            None => self.others.contains(id),
        }
    }
}

/// The number that is written so.
fn number(id: &str) -> Option<u64> {
    let plain = id.bytes().all(|byte| byte.is_ascii_digit()) && !id.starts_with('0');
    id.parse().ok().filter(|_| plain)
}

/// The id, or the first made of it that is not taken.
fn apart(id: &str, taken: &Taken) -> String {
    let (mut apart, mut count) = (id.to_owned(), 1_u64);
    while taken.holds(&apart) {
        count += 1;
        apart = format!("{id}#{count}");
    }
    apart
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rows_that_are_counted_through_take_no_memory() {
        let mut ids = Ids::default();
        for number in 1..=1_000 {
            // Odd rows before even ones leave as many runs as there are gaps; filled, they are one.
            ids.settled(&(5_000 + number * 2).to_string(), number * 2);
            ids.settled("", number * 2 + 1);
        }
        for number in 1..=1_000 {
            ids.settled(&(5_001 + number * 2).to_string(), 0);
        }
        assert_eq!((ids.own.runs.len(), ids.own.others.len()), (1, 0));
        let mut ids = Ids::default();
        (1..=1_000).for_each(|number| drop(ids.settled("", number)));
        assert_eq!((ids.given.runs.len(), ids.given.others.len()), (1, 0));
        assert_eq!((ids.settled("1000", 1_001), ids.settled("1001", 1_002)), ("1000#2".to_owned(), "1001".to_owned()));
    }

    proptest! {
        #[test]
        fn no_id_that_is_given_is_one_that_a_row_brings(brought in prop::collection::vec("|[1-4]|[12]#2|a", 1..12), reads_ahead in any::<bool>()) {
            let mut ids = Ids::default();
            if reads_ahead {
                for id in &brought {
                    ids.bring(id);
                }
            }
            let mut kinds: HashMap<String, Option<usize>> = HashMap::new();
            for ((at, own), number) in brought.iter().enumerate().zip(1..) {
                let id = ids.settled(own, number);
                prop_assert!(!reads_ahead || own.is_empty() || id == *own, "{} became {}", own, id);
                // One that is given is that of a single row.
                let kind = own.is_empty().then_some(at);
                prop_assert!(kinds.insert(id.clone(), kind).is_none_or(|before| before.is_none() && kind.is_none()), "{} of {:?}", id, brought);
            }
        }
    }
}
