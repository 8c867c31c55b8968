use rustc_hash::FxHashSet;

/// The ids of rows. What rows bring themselves and what others get by their number are kept apart: of two that would be the same the later
/// gets `#2`, as pieces do. Equal ids that rows bring are left as they are.
///
/// Only what begins with a digit can be the same.
#[derive(Debug, Default)]
pub(super) struct Ids {
    own: FxHashSet<String>,
    given: FxHashSet<String>,
    /// So many rows at the beginning have none of their own: their ids need no memory.
    unnamed: u64,
}

impl Ids {
    /// Remembers an id that a row brings.
    pub(super) fn bring(&mut self, id: &str) {
        if id.starts_with(|c: char| c.is_ascii_digit()) && !self.own.contains(id) {
            self.own.insert(id.to_owned());
        }
    }

    /// The id of the row `number`, which brings this one, or none if it is empty.
    pub(super) fn settled(&mut self, id: &str, number: u64) -> String {
        if !id.is_empty() {
            let apart = apart(id, |id| self.is_given(id));
            self.bring(&apart);
            return apart;
        }
        let id = apart(&number.to_string(), |id| self.own.contains(id));
        if self.own.is_empty() && self.unnamed + 1 == number {
            self.unnamed = number;
        } else {
            self.given.insert(id.clone());
        }
        id
    }

    fn is_given(&self, id: &str) -> bool {
        let is_early = |number: u64| (1..=self.unnamed).contains(&number) && number.to_string() == id;
        self.given.contains(id) || id.parse().is_ok_and(is_early)
    }
}

/// The id, or the first made of it that is not taken.
fn apart(id: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let (mut apart, mut count) = (id.to_owned(), 1_u64);
    while is_taken(&apart) {
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
