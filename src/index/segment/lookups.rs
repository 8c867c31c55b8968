//! What the dictionary of a segment says of terms, remembered.
//!
//! One query asks for the same few terms again and again: how many documents have them, which, how often, at which places. And it asks for
//! stems of every language of the index, most of which no text has. Each walk through a dictionary costs as much as scoring some dozens of
//! documents.

use std::sync::{Mutex, PoisonError};

use foldhash::HashMap;
use tantivy::schema::Field;

/// What was looked up of the terms of some fields, and what was found.
#[derive(Debug)]
pub(super) struct Lookups<T>(Mutex<HashMap<Field, HashMap<Box<str>, T>>>);

/// So many terms of a field are remembered; then all are forgotten. One query asks for some dozens, and the next for others: who remembers more
/// has to look for it in memory that is further away.
const MOST: usize = 256;

impl<T> Default for Lookups<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Lookups<T> {
    /// What is known of `token` in `field`; looked up with `look` where that was not done before.
    pub(super) fn get<E>(&self, field: Field, token: &str, look: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let fields = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = fields.get(&field).and_then(|known| known.get(token)) {
            return Ok(found.clone());
        }
        drop(fields);
        let found = look()?;
        let mut fields = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = fields.entry(field).or_default();
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(token.into(), found.clone());
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_looked_up_once_and_not_mistaken_for_one_of_another_field() {
        let lookups = Lookups::default();
        let (words, terms) = (Field::from_field_id(0), Field::from_field_id(1));
        let look = |answer: Option<u32>| move || Ok::<_, &str>(answer);
        assert_eq!(lookups.get(words, "oil", look(Some(3))), Ok(Some(3)));
        assert_eq!(lookups.get(words, "oil", || Err("asked again")), Ok(Some(3)));
        assert_eq!(lookups.get(terms, "oil", look(None)), Ok(None));
        assert_eq!(lookups.get(terms, "oil", || Err("asked again")), Ok(None));
        assert_eq!(lookups.get(terms, "gas", || Err("damaged")), Err("damaged"));
        for number in 0..2 * MOST {
            assert_eq!(lookups.get(terms, &number.to_string(), look(None)), Ok(None));
        }
        assert!(lookups.0.lock().unwrap().values().all(|known| known.len() <= MOST));
    }
}
